/* heif.c: what a HEIF file (AVIF, HEIC: ISO/IEC 23008-12) carries beside its picture: see picture.h. Its parts are boxes; the picture is made of
 * items, whose bytes lie in mdat or idat where iloc says. Bytes there that no item claims are as suspect as a box that nobody knows. */
#include "check/walk.h"
#include <stdlib.h>

enum { MOST_EXTENTS = 4096 };
struct box {
    const char *type;
    struct str body;
    size_t at; /* of body in the file */
};
struct extent {
    uint64_t at, n;
};
struct extents {
    struct extent file[MOST_EXTENTS], idat[MOST_EXTENTS];
    size_t n_file, n_idat;
};

static bool next_box(struct str s, size_t base, size_t *at, struct box *b)
{
    if (*at + 8 > s.n) return false;
    uint64_t n = be(s.s + *at, 4), head = 8;
    if (n == 1 && *at + 16 <= s.n) n = (uint64_t)be(s.s + *at + 8, 4) << 32 | be(s.s + *at + 12, 4), head = 16;
    if (!n) n = s.n - *at;
    if (n < head || n > s.n - *at) return false;
    *b = (struct box){s.s + *at + 4, str_part(s, *at + head, n - head), base + *at + head};
    *at += n;
    return true;
}

static bool is(const struct box *b, const char *type) { return !memcmp(b->type, type, 4); }

/* An item: its kind and name. */
static const char *item(struct str b)
{
    static const struct chunk kinds[] = {{"av01", NULL}, {"hvc1", NULL},   {"grid", NULL},  {"iovl", NULL},
                                         {"iden", NULL}, {"Exif", "EXIF"}, {"mime", "XMP"}, {NULL, NULL}};
    size_t type = b.n && b.s[0] == 3 ? 10 : 8; /* version 3 has longer numbers */
    if (b.n < type + 4 || (b.s[0] != 2 && b.s[0] != 3)) return "damaged";
    const char *what = chunk_what(kinds, b.s + type, "unknown item");
    return what ? what : b.n > type + 5 ? "text" : NULL;
}

static const char *items(struct str b)
{
    size_t at = b.n && b.s[0] ? 8 : 6;
    const char *what = NULL;
    for (struct box x; !what && next_box(b, 0, &at, &x);) what = is(&x, "infe") ? item(x.body) : "unknown box";
    return what ? what : at == b.n ? NULL : "damaged";
}

static const char *properties(struct str b)
{
    static const struct chunk known[] = {{"ispe", NULL}, {"pixi", NULL}, {"av1C", NULL}, {"hvcC", NULL}, {"colr", NULL},   {"auxC", NULL},
                                         {"irot", NULL}, {"imir", NULL}, {"pasp", NULL}, {"clap", NULL}, {"clli", NULL},   {"mdcv", NULL},
                                         {"a1op", NULL}, {"a1lx", NULL}, {"lsel", NULL}, {"rloc", NULL}, {"udes", "text"}, {NULL, NULL}};
    size_t at = 0, inner = 0;
    const char *what = NULL;
    for (struct box x, p; !what && next_box(b, 0, &at, &x); inner = 0) {
        if (is(&x, "ipma")) continue;
        if (!is(&x, "ipco")) return "unknown box";
        while (!what && next_box(x.body, 0, &inner, &p)) what = chunk_what(known, p.type, "unknown property");
        if (!what && inner != x.body.n) what = "damaged";
    }
    return what ? what : at == b.n ? NULL : "damaged";
}

static bool take(struct str b, size_t *at, unsigned size, uint64_t *v)
{
    if (size > b.n - *at) return false;
    for (*v = 0; size; size--) *v = *v << 8 | (unsigned char)b.s[(*at)++];
    return true;
}

/* iloc (ISO/IEC 14496-12, 8.11.3): where each item's bytes lie. */
static const char *places(struct str b, struct extents *e)
{
    uint64_t sizes, count, skip, method = 0, base, parts, from, length;
    size_t at = 4;
    unsigned version = b.n ? (unsigned char)b.s[0] : 9;
    if (version > 2 || b.n < 8 || !take(b, &at, 2, &sizes) || !take(b, &at, version == 2 ? 4 : 2, &count)) return "damaged";
    unsigned s_from = sizes >> 12 & 15, s_length = sizes >> 8 & 15, s_base = sizes >> 4 & 15, s_index = version ? sizes & 15 : 0;
    for (; count; count--) {
        if (!take(b, &at, version == 2 ? 4 : 2, &skip) || (version && !take(b, &at, 2, &method)) || !take(b, &at, 2, &skip) ||
            !take(b, &at, s_base, &base) || !take(b, &at, 2, &parts) || (method & 15) > 1)
            return "damaged";
        for (; parts; parts--) {
            if (!take(b, &at, s_index, &skip) || !take(b, &at, s_from, &from) || !take(b, &at, s_length, &length)) return "damaged";
            bool idat = method & 15;
            size_t *n = idat ? &e->n_idat : &e->n_file;
            if (*n == MOST_EXTENTS) return "damaged";
            (idat ? e->idat : e->file)[(*n)++] = (struct extent){base + from, length};
        }
    }
    return at == b.n ? NULL : "damaged";
}

static int by_place(const void *x, const void *y)
{
    const struct extent *a = x, *b = y;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Whether sorted extents leave no byte between from and to. */
static bool covered(const struct extent *e, size_t n, uint64_t from, uint64_t to)
{
    for (size_t i = 0; i < n && from < to; i++)
        if (e[i].at <= from && e[i].at + e[i].n > from) from = e[i].at + e[i].n;
    return from >= to;
}

static const char *meta(struct box m, struct extents *e, struct box *idat)
{
    size_t at = 4;
    const char *what = NULL;
    for (struct box x; !what && next_box(m.body, m.at, &at, &x);) {
        if (is(&x, "hdlr")) what = x.body.n > 25 || (x.body.n == 25 && x.body.s[24]) ? "text" : NULL;
        else if (is(&x, "iinf")) what = items(x.body);
        else if (is(&x, "iprp")) what = properties(x.body);
        else if (is(&x, "iloc")) what = places(x.body, e);
        else if (is(&x, "idat")) *idat = x;
        else if (!is(&x, "pitm") && !is(&x, "iref") && !is(&x, "dinf") && !is(&x, "grpl")) what = "unknown box";
    }
    return what ? what : at == m.body.n ? NULL : "damaged";
}

const char *heif_carries(struct str b)
{
    struct extents *e = calloc(1, sizeof *e);
    struct box idat = {0}, x;
    const char *what = e ? NULL : "damaged";
    size_t at = 0;
    while (!what && next_box(b, 0, &at, &x)) {
        if (is(&x, "meta")) what = meta(x, e, &idat);
        else if (!is(&x, "ftyp") && !is(&x, "mdat")) what = "unknown box";
    }
    if (!what && at != b.n) what = "bytes behind its end";
    if (!what) {
        qsort(e->file, e->n_file, sizeof *e->file, by_place);
        qsort(e->idat, e->n_idat, sizeof *e->idat, by_place);
        if (!covered(e->idat, e->n_idat, 0, idat.body.n)) what = "bytes of no picture";
    }
    for (at = 0; !what && next_box(b, 0, &at, &x);)
        if (is(&x, "mdat") && !covered(e->file, e->n_file, x.at, x.at + x.body.n)) what = "bytes of no picture";
    free(e);
    return what;
}
