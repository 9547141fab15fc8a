/* heif.c: the frame of HEIF files (ISO/IEC 23008-12 over ISO/IEC 14496-12), which HEIC and AVIF are: size, turning and profile of the picture that
 * is meant to be seen. Nothing of the picture itself is read. */
#include "image/inside.h"

struct box {
    char type[5];
    struct str body;
};

/* The box at *at. A size of 0 (to the end) is only that of the last one; sizes of 64 bits are those of films. */
static bool next_box(struct str s, size_t *at, struct box *b)
{
    if (*at + 8 > s.n) return false;
    uint64_t n = be32(s.s + *at), head = 8;
    memcpy(b->type, s.s + *at + 4, 4);
    b->type[4] = 0;
    if (n == 1 && *at + 16 <= s.n) n = (uint64_t)be32(s.s + *at + 8) << 32 | be32(s.s + *at + 12), head = 16;
    if (n == 0) n = s.n - *at;
    if (n < head || n > s.n - *at) return false;
    b->body = str_part(s, *at + head, n - head);
    *at += n;
    return true;
}

static bool find_box(struct str s, const char *type, struct str *body)
{
    size_t at = 0;
    for (struct box b; next_box(s, &at, &b);)
        if (!strcmp(b.type, type)) return *body = b.body, true;
    return false;
}

/* Whether four letters are a word of the list. */
static bool listed(const char *list, const char *letters)
{
    for (; *list; list += 5)
        if (!memcmp(list, letters, 4)) return true;
    return false;
}

bool heif_is(struct str s, enum image_format *f)
{
    static const char avif[] = "avif avis ", heic[] = "heic heix heim heis hevc hevx mif1 msf1 ";
    struct box b;
    size_t at = 0;
    if (s.n < 16 || memcmp(s.s + 4, "ftyp", 4) != 0 || !next_box(s, &at, &b) || b.body.n < 4) return false;
    bool is = false;
    for (size_t i = 0; i + 4 <= b.body.n && i < 256; i += i ? 4 : 8) { /* major brand, version, compatible brands */
        if (listed(avif, b.body.s + i)) return *f = IMAGE_AVIF, true;
        is |= listed(heic, b.body.s + i);
    }
    *f = IMAGE_HEIC;
    return is;
}

/* One property of the picture that is meant, in the order in which they apply (ISO/IEC 23008-12, 6.5). */
static void property(struct image *im, const struct box *p)
{
    struct str b = p->body;
    if (!strcmp(p->type, "ispe") && b.n >= 12 && !im->width) {
        im->width = be32(b.s + 4), im->height = be32(b.s + 8);
    } else if (!strcmp(p->type, "irot") && b.n >= 1 && (b.s[0] & 1)) {
        uint32_t w = im->width;
        im->width = im->height, im->height = w;
    } else if (!strcmp(p->type, "clap") && b.n >= 32 && be32(b.s + 4) && be32(b.s + 12)) {
        im->width = be32(b.s) / be32(b.s + 4), im->height = be32(b.s + 8) / be32(b.s + 12);
    } else if (!strcmp(p->type, "colr") && b.n > 132 && (!memcmp(b.s, "prof", 4) || !memcmp(b.s, "rICC", 4))) {
        im->icc = str_from(b, 4);
    }
}

static bool nth_box(struct str s, uint32_t n, struct box *b)
{
    size_t at = 0;
    while (n && next_box(s, &at, b)) n--;
    return n == 0;
}

/* ipma: which properties (numbered from 1 in ipco) each item has. */
static bool properties_of(struct str ipma, struct str ipco, uint32_t item, struct image *im)
{
    if (ipma.n < 8) return false;
    bool wide_id = ipma.s[0] > 0, wide = ipma.s[3] & 1;
    size_t at = 8, id_size = wide_id ? 4 : 2, step = wide ? 2 : 1;
    for (uint32_t n = be32(ipma.s + 4); n && at + id_size + 1 <= ipma.n; n--) {
        uint32_t id = wide_id ? be32(ipma.s + at) : be16(ipma.s + at);
        size_t count = (unsigned char)ipma.s[at + id_size];
        at += id_size + 1;
        if (count * step > ipma.n - at) return false;
        for (size_t i = 0; i < count && id == item; i++) {
            struct box p;
            uint32_t k = wide ? be16(ipma.s + at + 2 * i) & 0x7FFF : (unsigned char)ipma.s[at + i] & 0x7Fu;
            if (k && nth_box(ipco, k, &p)) property(im, &p);
        }
        if (id == item) return true;
        at += count * step;
    }
    return false;
}

const char *heif_header(struct str s, struct image *im)
{
    static const char films[] = "avis msf1 hevc hevx ";
    struct str meta, pitm, iprp, ipco, ipma;
    if (listed(films, s.s + 8)) return im->format == IMAGE_AVIF ? "?AVIF (moving picture)" : "?HEIC (moving picture)";
    if (!find_box(s, "meta", &meta) || meta.n < 4) return "its header is not valid";
    meta = str_from(meta, 4); /* version and flags */
    if (!find_box(meta, "pitm", &pitm) || pitm.n < 6) return "no picture in it";
    uint32_t item = pitm.s[0] ? pitm.n >= 8 ? be32(pitm.s + 4) : 0 : be16(pitm.s + 4);
    if (!find_box(meta, "iprp", &iprp) || !find_box(iprp, "ipco", &ipco) || !find_box(iprp, "ipma", &ipma)) return "its header is not valid";
    if (!properties_of(ipma, ipco, item, im)) return "its header is not valid";
    size_t at = 0;
    for (struct box b; next_box(ipco, &at, &b);) /* of any item: only known after reading it all */
        if (!strcmp(b.type, "auxC") && (str_search(b.body, ":alpha") != SIZE_MAX || str_search(b.body, "auxid:1") != SIZE_MAX)) im->alpha = true;
    return NULL;
}
