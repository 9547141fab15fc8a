/* conserve.c: nothing is lost: every letter of a document stands exactly once in the frames, under the tag of its element and in its place among all
 * others; words that white space parts stay parted, and no word comes apart. Held for 1,000 random documents (10,000 where ALL is set), for the test
 * documents of tests/print and tests/layout, and for every publication of the sample site.
 *
 *     conserve FILE.html …      the same for these files: prints what differs
 *     conserve --html SEED      the random document of that number
 *     conserve --text SEED      its letters as they must be read
 *
 * And every letter stands on its page, within the clips around it, or a message says of it, or of a table or another element around it, that it does
 * not.
 *
 * What is expected is read from the tree of the HTML and its display values alone, what is found from the frames: neither knows the boxes between
 * them. Random documents are made so that what style sheets generate (counters, markers, signs) has no letter. In documents of others generated text
 * has letters; there all letters of the source must be found in order, and what is found beside them must be in the text that boxes_dump shows as
 * generated. */
#include "base/file.h"
#include "base/utf8.h"
#include "build/build.h"
#include "build/print.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <cmocka.h>

/* --- letters --- */
struct letter {
    uint32_t c;
    bool space;      /* white space stands before it … */
    bool joins;      /* … or the letter before is of the same text and nothing stands between */
    const void *tag; /* found: its tag */
};
struct letters {
    VEC(struct letter) v;
    bool space, joins;
};

static bool counts(uint32_t c) { return u_isalpha((UChar32)c) || u_charType((UChar32)c) == U_COMBINING_SPACING_MARK; }
static bool ignored(uint32_t c) { return c >= 0xAD && u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

static void add_text(struct arena *a, struct letters *l, struct str s, const void *tag)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == '\f') l->space = true, l->joins = false;
        else if (counts(c)) {
            *vec_push(a, &l->v) = (struct letter){(uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT), l->space, l->joins, tag};
            l->space = false, l->joins = true;
        } else if (!ignored(c)) l->joins = false;
    }
}

/* --- what the source says --- */
static bool silent(const xmlNode *n)
{
    static const char *const names[] = {"head", "style", "script", "title", "template", "select", "textarea", "svg", "math", "datalist"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp((const char *)n->name, names[i])) return true;
    const struct style *s = DOM_INFO(n)->style;
    return s->display == DISPLAY_NONE || s->running.n || str_is(dom_attr(n, "aria-hidden"), "true");
}

static void expect(struct arena *a, struct letters *l, const xmlNode *n)
{
    for (; n; n = n->next) {
        if (n->type == XML_TEXT_NODE) l->joins = false, add_text(a, l, str_of((const char *)n->content), NULL);
        else if (n->type == XML_ELEMENT_NODE && !silent(n)) {
            size_t before = l->v.n;
            bool outside = l->space, out = DOM_INFO(n)->style->flo == FLOAT_LEFT || DOM_INFO(n)->style->flo == FLOAT_RIGHT,
                 box = DOM_INFO(n)->style->display == DISPLAY_INLINE_BLOCK; /* white space at its edges collapses, and words there touch */
            expect(a, l, n->children);
            if (box && before < l->v.n) l->v.v[before].space = outside, l->space = false;
            if (out) l->space = outside; /* stands apart: its white space parts nothing around it */
        }
        l->joins = false;
    }
}

/* --- what the frames say, read as the tags lead --- */
struct found {
    const struct tag *tag;
    uint64_t seq;
    struct str text;
};
static int by_tag(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->tag->index != y->tag->index) return x->tag->index < y->tag->index ? -1 : 1;
    return x->seq < y->seq ? -1 : x->seq > y->seq;
}

struct reading {
    struct arena *a;
    struct letters *out;
    const struct found *v; /* by tag */
    size_t *first;         /* by index of the tag: its items in v, first[i] to first[i + 1] */
    uint64_t *seq;         /* by index: the least of its own and all that is below it */
};

static void number(struct reading *r, const struct tag *t)
{
    uint64_t least = r->first[t->index] < r->first[t->index + 1] ? r->v[r->first[t->index]].seq : UINT64_MAX;
    for (const struct tag *c = t->first; c; c = c->next) {
        number(r, c);
        if (r->seq[c->index] < least) least = r->seq[c->index];
    }
    r->seq[t->index] = least;
}

static void read_tag(struct reading *r, const struct tag *t)
{
    size_t i = r->first[t->index], end = r->first[t->index + 1];
    for (const struct tag *c = t->first; c; c = c->next) {
        for (; i < end && r->seq[c->index] != UINT64_MAX && r->v[i].seq < r->seq[c->index]; i++) add_text(r->a, r->out, r->v[i].text, t);
        read_tag(r, c);
    }
    for (; i < end; i++) add_text(r->a, r->out, r->v[i].text, t);
}

static void find(struct arena *a, struct letters *out, const struct frames *f)
{
    VEC(struct found) v = {0};
    for (size_t p = 0; p < f->n_pages; p++)
        for (size_t i = 0; i < f->pages[p].n; i++) {
            const struct item *it = &f->pages[p].items[i];
            if (it->kind == ITEM_TEXT && it->tag) *vec_push(a, &v) = (struct found){it->tag, (uint64_t)it->order << 32 | v.n, it->u.text->text};
        }
    if (!v.n) return;
    qsort(v.v, v.n, sizeof *v.v, by_tag);
    struct reading r = {a, out, v.v, ARENA_ARRAY(a, size_t, f->n_tags + 2), ARENA_ARRAY(a, uint64_t, f->n_tags + 1)};
    for (size_t i = 0, t = 0; t <= f->n_tags; t++) {
        while (i < v.n && v.v[i].tag->index < t) i++;
        r.first[t] = i;
    }
    number(&r, f->root);
    read_tag(&r, f->root);
}

/* --- the comparison --- */
static void around(struct buf *b, const struct letters *l, size_t at)
{
    for (size_t i = at > 25 ? at - 25 : 0; i < l->v.n && i < at + 25; i++) {
        if (i == at) buf_puts(b, " >>");
        if (l->v.v[i].space && i != at) buf_putc(b, ' ');
        buf_utf8(b, l->v.v[i].c);
    }
    if (at >= l->v.n) buf_puts(b, " >>end");
}

static void differs(struct buf *said, const char *why, const struct letters *want, size_t i, const struct letters *have, size_t k)
{
    buf_printf(said, "%s\n  source: ", why);
    around(said, want, i);
    buf_puts(said, "\n  frames: ");
    around(said, have, k);
}

/* exact: nothing but the source's letters may be found. Else what else there is goes to extra. */
static void compare(struct arena *a, const struct letters *want, const struct letters *have, bool exact, struct letters *extra, struct buf *said)
{
    size_t k = 0, last = SIZE_MAX;
    for (size_t i = 0; i < want->v.n; i++, k++) {
        const struct letter *w = &want->v.v[i];
        for (; k < have->v.n && have->v.v[k].c != w->c && !exact; k++) *vec_push(a, &extra->v) = have->v.v[k];
        if (k >= have->v.n || have->v.v[k].c != w->c) {
            differs(said, "letters are lost, doubled or in another order", want, i, have, k);
            return;
        }
        const struct letter *h = &have->v.v[k];
        if (k && last == k - 1) {
            if (w->space && !h->space && h->joins && h->tag == have->v.v[k - 1].tag) {
                differs(said, "two words run together", want, i, have, k);
                return;
            }
            if (w->joins && !h->joins) {
                differs(said, "a word comes apart", want, i, have, k);
                return;
            }
        }
        last = k;
    }
    if (exact && k < have->v.n) differs(said, "more letters than the source has", want, want->v.n, have, k);
    for (; k < have->v.n && !exact; k++) *vec_push(a, &extra->v) = have->v.v[k];
}

/* Letters that style sheets put in: those of the boxes that pseudo-elements and markers made, and of references, which stand for text elsewhere. */
static void generated(struct arena *a, struct letters *out, struct print *p)
{
    struct buf b = {0};
    struct diag *quiet = diag_new(DIAG_EN);
    struct arena own = {0};
    layout_dump_boxes(&b, &own, p->css, p->doc, p->text, &p->layout, quiet);
    struct str rest = buf_view(&b), line;
    while (str_split(&rest, '\n', &line)) add_text(a, out, line, NULL);
    arena_close(&own);
    diag_close(quiet);
    buf_close(&b);
}

static void check_extra(struct arena *a, struct print *p, const struct letters *extra, struct buf *said)
{
    struct letters made = {0};
    if (!extra->v.n) return;
    generated(a, &made, p);
    size_t *n = ARENA_ARRAY(a, size_t, 0x10000);
    for (size_t i = 0; i < made.v.n; i++) n[made.v.v[i].c & 0xFFFF]++;
    for (size_t i = 0; i < extra->v.n; i++)
        if (!n[extra->v.v[i].c & 0xFFFF]) {
            differs(said, "text that neither the source nor a style sheet has", extra, i, extra, i);
            return;
        }
}

/* --- where letters stand --- */
struct window { /* clips, as the half planes that they are made of: ax + by + c >= 0, in points of the page */
    double m[6];
    struct half {
        double a, b, c;
    } half[64];
    int n;
};

static void window_clip(struct window *w, double x0, double y0, double x1, double y1)
{
    const double *m = w->m, xs[4] = {x0, x1, x1, x0}, ys[4] = {y0, y0, y1, y1}, turn = m[0] * m[3] - m[1] * m[2] < 0 ? -1 : 1;
    assert_true(w->n + 4 <= 64);
    for (int i = 0; i < 4; i++) { /* what is inside lies to the right of each side, in the order of the corners */
        int k = (i + 1) % 4;
        double ax = m[0] * xs[i] + m[2] * ys[i] + m[4], ay = m[1] * xs[i] + m[3] * ys[i] + m[5], bx = m[0] * xs[k] + m[2] * ys[k] + m[4],
               by = m[1] * xs[k] + m[3] * ys[k] + m[5];
        w->half[w->n++] = (struct half){turn * (ay - by), turn * (bx - ax), turn * ((by - ay) * ax - (bx - ax) * ay)};
    }
}

static bool window_shows(const struct window *w, double x, double y)
{
    double px = w->m[0] * x + w->m[2] * y + w->m[4], py = w->m[1] * x + w->m[3] * y + w->m[5];
    for (int i = 0; i < w->n; i++)
        if (w->half[i].a * px + w->half[i].b * py + w->half[i].c < 0) return false;
    return true;
}

/* Letters of an item that cannot be seen; those and signs that are no letters are added to *all. */
static size_t letters_off(const struct window *w, const struct item *it, size_t *all)
{
    const struct text_item *t = it->u.text;
    double x = FIXED_PT(it->x), y = FIXED_PT(it->y) - FIXED_PT(t->size) / 4;
    size_t off = 0, last = SIZE_MAX;
    for (uint32_t g = 0; g < t->n; x += FIXED_PT(t->glyphs[g++].advance)) {
        size_t at = t->glyphs[g].cluster;
        if (at >= t->text.n || at == last || window_shows(w, x + FIXED_PT(t->glyphs[g].advance) / 2, y)) continue;
        last = at;
        uint32_t c = utf8_next(t->text, &at);
        off += counts(c), *all += c > ' ';
    }
    return off;
}

/* Whether each glyph stands for whole characters: half of one is none when the PDF is read. */
static bool whole_characters(const struct text_item *t)
{
    for (uint32_t g = 0; g < t->n; g++)
        if (t->glyphs[g].cluster < t->text.n && ((unsigned char)t->text.s[t->glyphs[g].cluster] & 0xC0) == 0x80) return false;
    return true;
}

/* Whether a message stands at that place: "file:line:col: warning L097". */
static bool message_at(struct str messages, struct place at)
{
    char key[300];
    int n = snprintf(key, sizeof key, "%s:%u:%u: warning L097", at.file ? at.file : "", at.line, at.col);
    return n > 0 && str_search(messages, key) != SIZE_MAX;
}

static void check_places(struct print *p, struct diag *d, struct buf *said)
{
    const struct frames *f = &p->frames;
    struct buf b = {0};
    struct window saved[64], now;
    size_t off = 0, all = 0, told = 0;
    diag_write(d, &b, false, false);
    for (size_t i = 0; i < f->n_pages; i++) {
        const struct frame_page *fp = &f->pages[i];
        int deep = 0;
        now = (struct window){.m = {1, 0, 0, 1}};
        window_clip(&now, FIXED_PT(fp->trim_x), FIXED_PT(fp->trim_y), FIXED_PT(fp->trim_x + fp->trim_w), FIXED_PT(fp->trim_y + fp->trim_h));
        for (size_t k = 0; k < fp->n; k++) {
            const struct item *it = &fp->items[k];
            size_t lost = 0;
            if (it->kind == ITEM_TEXT && !whole_characters(it->u.text) && !said->n)
                buf_printf(said, "on page %zu, a glyph of \"%.*s\" begins within a character", i + 1, STR_ARG(it->u.text->text));
            if (it->kind == ITEM_SAVE) {
                assert_true(deep < 64);
                saved[deep++] = now;
            } else if (it->kind == ITEM_RESTORE) now = saved[--deep];
            else if (it->kind == ITEM_CLIP && !it->u.path.path)
                window_clip(&now, FIXED_PT(it->x), FIXED_PT(it->y), FIXED_PT(it->x + it->w), FIXED_PT(it->y + it->h));
            else if (it->kind == ITEM_MATRIX) {
                double o[6], *m = now.m;
                const double *n = it->u.matrix;
                memcpy(o, m, sizeof o);
                for (int j = 0; j < 3; j++)
                    m[2 * j] = o[0] * n[2 * j] + o[2] * n[2 * j + 1] + (j == 2) * o[4],
                          m[2 * j + 1] = o[1] * n[2 * j] + o[3] * n[2 * j + 1] + (j == 2) * o[5];
            } else if (it->kind == ITEM_TEXT && (lost = letters_off(&now, it, &all)) != 0) {
                bool reported = message_at(buf_view(&b), it->at);
                for (const struct tag *t = it->tag; t; t = t->parent) reported |= message_at(buf_view(&b), t->at);
                off += lost;
                if (!reported && it->tag && !said->n)
                    buf_printf(said, "on page %zu, \"%.*s\" cannot be seen, and nothing says so", i + 1, STR_ARG(it->u.text->text));
            }
        }
    }
    struct str rest = buf_view(&b), line;
    while (str_split(&rest, '\n', &line)) {
        size_t at = str_search(line, "of this text ");
        if (at != SIZE_MAX) told += strtoul(line.s + at + strlen("of this text "), NULL, 10);
    }
    if (!said->n && (off > told || (told && !all))) buf_printf(said, "%zu letters cannot be seen, and messages say %zu", off, told);
    buf_close(&b);
}

/* Lays p out and appends what is wrong. d: where its messages went. */
static void check(struct print *p, struct diag *d, bool exact, struct buf *said)
{
    struct arena a = {0};
    struct letters want = {0}, have = {0}, extra = {0};
    xmlNode *root = xmlDocGetRootElement(p->doc);
    expect(&a, &want, root);
    if (!print_frames(p)) {
        if (want.v.n) buf_puts(said, "no pages");
    } else {
        find(&a, &have, &p->frames);
        compare(&a, &want, &have, exact, &extra, said);
        if (!exact && !said->n) check_extra(&a, p, &extra, said);
        if (!said->n) check_places(p, d, said);
    }
    arena_close(&a);
}

static void check_html(struct print_worker *w, struct diag *d, struct str html, const char *file, const char *base, bool exact, struct buf *said)
{
    struct print p;
    if (print_open(&p, w, &(struct print_source){.html = html, .file = file, .base = base}, d)) check(&p, d, exact, said);
    print_close(&p);
}

/* --- random documents --- */
struct maker {
    uint64_t state;
    struct buf *b;
    uint32_t word, ids;
    int deep, blocks;
    bool rtl, footnotes; /* in a footnote: none inside */
};
static uint32_t roll(struct maker *m, uint32_t n) /* splitmix64 */
{
    uint64_t z = m->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ z >> 31) >> 16) % n;
}
static bool one_in(struct maker *m, uint32_t n) { return roll(m, n) == 0; }
static const char *pick(struct maker *m, const char *const *v, uint32_t n) { return v[roll(m, n)]; }
#define PICK(m, ...) pick((m), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* A word that no other of the document is, of one script: so that nothing can stand for something else. */
static void word(struct maker *m, int script)
{
    static const uint32_t first[] = {'a', 0x430, 0x628, 0x915};
    static const uint32_t letters[] = {26, 32, 0, 21};
    static const uint16_t arabic[] = {0x628, 0x62A, 0x62D, 0x62F, 0x631, 0x633, 0x639, 0x641, 0x642, 0x644, 0x645, 0x646, 0x647, 0x648, 0x64A};
    uint32_t n = ++m->word, base = script == 2 ? 15 : letters[script];
    for (int i = 0; i < 3 || n; i++, n /= base) buf_utf8(m->b, script == 2 ? arabic[n % base] : first[script] + n % base);
    for (uint32_t k = roll(m, 7); k > 0; k--) buf_utf8(m->b, script == 2 ? arabic[roll(m, base)] : first[script] + roll(m, base));
    if (script == 3 && one_in(m, 3)) buf_utf8(m->b, 0x93F); /* a vowel that stands before its letter */
    if (script == 1 && one_in(m, 40)) buf_puts(m->b, "\u0301");
}
static void words(struct maker *m, uint32_t n)
{
    int script = one_in(m, 30) ? 3 : m->rtl ? (one_in(m, 8) ? 0 : 2) : one_in(m, 25) ? 2 : one_in(m, 3) ? 0 : 1;
    for (uint32_t i = 0; i < n; i++) {
        if (i) buf_puts(m->b, PICK(m, " ", " ", " ", " ", ", ", "\n", " – ", "&nbsp;", " (", ") ", "\t"));
        if (one_in(m, 60))
            for (uint32_t k = 0; k < 30; k++) word(m, script == 3 ? 0 : script); /* very long */
        word(m, script);
        if (one_in(m, 15)) buf_puts(m->b, "&shy;"), word(m, script);
        if (one_in(m, 25)) buf_puts(m->b, " 12.345,6 ");
        if (one_in(m, 50)) buf_puts(m->b, "-"), word(m, script);
    }
}

static void blocks(struct maker *m, uint32_t n);
static void block(struct maker *m);

static void inlines(struct maker *m, uint32_t n)
{
    m->deep++;
    for (uint32_t i = 0; i < n; i++) {
        if (i) buf_puts(m->b, one_in(m, 6) ? "" : " ");
        bool flat = m->deep > 7;
        switch (flat ? 99 : roll(m, 24)) {
        case 0:
            if (m->footnotes) break;
            m->footnotes = true;
            buf_puts(m->b, "<span class=f>"), words(m, 1 + roll(m, one_in(m, 5) ? 120 : 12));
            if (one_in(m, 4)) buf_puts(m->b, "<br>"), inlines(m, 2);
            buf_puts(m->b, "</span>");
            m->footnotes = false;
            break;
        case 1: buf_puts(m->b, "<b>"), inlines(m, 1 + roll(m, 3)), buf_puts(m->b, "</b>"); break;
        case 2: buf_puts(m->b, "<i>"), inlines(m, 1 + roll(m, 3)), buf_puts(m->b, "</i>"); break;
        case 3: buf_puts(m->b, "<span class=ib>"), inlines(m, 1 + roll(m, 3)), buf_puts(m->b, "</span>"); break;
        case 4:
            buf_puts(m->b, "<span class=ib>");
            blocks(m, 1 + roll(m, 2));
            buf_puts(m->b, "</span>");
            break;
        case 5: buf_printf(m->b, "<a href=#i%u>", roll(m, 9)), words(m, 1 + roll(m, 4)), buf_puts(m->b, "</a>"); break;
        case 6: buf_puts(m->b, "<br>"); break;
        case 7: buf_puts(m->b, "<sup>"), words(m, 1), buf_puts(m->b, "</sup>"); break;
        case 8:
            buf_printf(m->b, "<span class=%s>", PICK(m, "u", "box", "nw", "big", "rel", "g", "hid")), inlines(m, 1 + roll(m, 2)),
                buf_puts(m->b, "</span>");
            break;
        case 9: {
            bool was = m->rtl;
            m->rtl = !was;
            buf_printf(m->b, "<%s dir=%s>", was ? "bdi" : "span", m->rtl ? "rtl" : "ltr"), inlines(m, 1 + roll(m, 2)),
                buf_printf(m->b, "</%s>", was ? "bdi" : "span");
            m->rtl = was;
            break;
        }
        case 10: buf_puts(m->b, "<q>"), words(m, 2), buf_puts(m->b, "</q>"); break;
        case 11: buf_puts(m->b, "<span class=abs>"), words(m, 1 + roll(m, 3)), buf_puts(m->b, "</span>"); break;
        case 12: buf_puts(m->b, "<span class=l></span>"); break;
        case 13: buf_printf(m->b, "<span class=%s>", PICK(m, "fl", "fr", "fw", "fh")), inlines(m, 1 + roll(m, 2)), buf_puts(m->b, "</span>"); break;
        case 14: buf_printf(m->b, "<span class=%s>", PICK(m, "fl", "fr", "ft")), blocks(m, 1 + roll(m, 2)), buf_puts(m->b, "</span>"); break;
        case 15: buf_puts(m->b, "<span class=t6>"), words(m, 1 + roll(m, 3)), buf_puts(m->b, "</span>"); break;
        default: words(m, 1 + roll(m, one_in(m, 6) ? 60 : 9));
        }
    }
    m->deep--;
}

static void cells(struct maker *m, const char *tag, uint32_t cols, bool spans)
{
    for (uint32_t c = 0; c < cols; c++) {
        uint32_t wide = spans && one_in(m, 6) ? 1 + roll(m, 3) : 1, high = spans && one_in(m, 6) ? 1 + roll(m, 4) : 1;
        buf_printf(m->b, "<%s", tag);
        if (wide > 1) buf_printf(m->b, " colspan=%u", wide);
        if (high > 1) buf_printf(m->b, " rowspan=%u", high);
        buf_puts(m->b, one_in(m, 12) ? PICK(m, " class=va>", " class=t1>") : ">");
        if (one_in(m, 7)) blocks(m, 1 + roll(m, 2));
        else if (!one_in(m, 9)) inlines(m, 1 + roll(m, 2));
        buf_printf(m->b, "</%s>", tag);
        c += wide - 1;
    }
}

static void table(struct maker *m)
{
    uint32_t cols = 1 + roll(m, 4), rows = 1 + roll(m, one_in(m, 4) ? 30 : 6);
    bool spans = one_in(m, 2), head = one_in(m, 2);
    buf_printf(m->b, "<table class=%s>", PICK(m, "sep", "col", "fix", "av"));
    if (one_in(m, 4)) buf_puts(m->b, "<caption>"), words(m, 3), buf_puts(m->b, "</caption>");
    bool notes = m->footnotes;
    if (head) buf_puts(m->b, "<thead><tr>"), cells(m, "th", cols, false), buf_puts(m->b, "</tr></thead>");
    buf_puts(m->b, "<tbody>");
    for (uint32_t r = 0; r < rows; r++) {
        if (r && one_in(m, 12)) buf_puts(m->b, "</tbody><tbody>");
        buf_puts(m->b, "<tr>"), cells(m, "td", cols, spans), buf_puts(m->b, "</tr>");
    }
    buf_puts(m->b, "</tbody>");
    if (head && one_in(m, 3)) buf_puts(m->b, "<tfoot><tr>"), cells(m, "td", cols, false), buf_puts(m->b, "</tr></tfoot>");
    m->footnotes = notes;
    buf_puts(m->b, "</table>");
}

static void within(struct maker *m, const char *open, const char *close, uint32_t n) { buf_puts(m->b, open), blocks(m, n), buf_puts(m->b, close); }

static void block(struct maker *m)
{
    uint32_t few = 1 + roll(m, 3);
    m->blocks++;
    m->deep++;
    if (m->deep > 6 || m->blocks > 60) {
        buf_puts(m->b, "<p>"), words(m, 1 + roll(m, 6)), buf_puts(m->b, "</p>");
        m->deep--;
        return;
    }
    switch (roll(m, 27)) {
    case 0:
        buf_puts(m->b, "<ul>");
        for (uint32_t i = 0; i < few; i++) within(m, "<li>", "</li>", 1);
        buf_puts(m->b, "</ul>");
        break;
    case 1:
        buf_printf(m->b, "<ol class=%s>", PICK(m, "in", "out", "none"));
        for (uint32_t i = 0; i < few; i++) buf_puts(m->b, "<li>"), inlines(m, few), buf_puts(m->b, "</li>");
        buf_puts(m->b, "</ol>");
        break;
    case 2:
    case 3: table(m); break;
    case 4: within(m, "<div class=cols>", "</div>", few + roll(m, 3)); break;
    case 5: within(m, PICK(m, "<div class=flex>", "<div class=wrap>", "<div class=fcol>"), "</div>", few); break;
    case 6: within(m, "<blockquote>", "</blockquote>", few); break;
    case 7: buf_printf(m->b, "<h%u id=i%u>", 1 + roll(m, 5), m->ids++ % 9), inlines(m, 1), buf_puts(m->b, "</h1>"); break;
    case 8:
        within(m, PICK(m, "<section class=pg>", "<section class=right>", "<section class=av>", "<section class=keep>", "<section class=nm>"),
               "</section>", few);
        break;
    case 9:
        within(m, PICK(m, "<div class=box>", "<div class=clone>", "<div class=clip>", "<div class=fade>", "<div class=rel>", "<div class=mn>"),
               "</div>", few);
        break;
    case 21:
        within(m,
               PICK(m, "<div class=t1>", "<div class=t2>", "<div class=t3>", "<div class=t4>", "<div class=t5>", "<div class='t1 clip'>",
                    "<div class='t2 fade'>"),
               "</div>", few);
        break;
    case 10: within(m, PICK(m, "<div class=absb>", "<div class=absr>"), "</div>", 1); break;
    case 11: buf_puts(m->b, "<pre>"), words(m, 12), buf_puts(m->b, "\n  "), words(m, 3), buf_puts(m->b, "</pre>"); break;
    case 12: buf_puts(m->b, "<div class=none>"), words(m, 2), buf_puts(m->b, "</div>"); break;
    case 13: within(m, "<figure>", "", 1), buf_puts(m->b, "<figcaption>"), inlines(m, 1), buf_puts(m->b, "</figcaption></figure>"); break;
    case 14: buf_puts(m->b, "<dl><dt>"), inlines(m, 1), within(m, "<dd>", "</dl>", few); break;
    case 15: buf_puts(m->b, "<div class=h>"), words(m, 2), buf_puts(m->b, "</div>"); break;
    case 16: inlines(m, few); break; /* text between blocks */
    case 17: {
        bool was = m->rtl;
        m->rtl = true;
        within(m, "<div dir=rtl lang=ar>", "</div>", few);
        m->rtl = was;
        break;
    }
    case 18: within(m, PICK(m, "<div class=all>", "<div class=fixh>", "<div class=ibb>", "<div class=narrow>"), "</div>", few); break;
    case 19:
        within(m, PICK(m, "<div class=fl>", "<div class=fr>", "<div class=fw>", "<div class=fh>", "<aside class=ft>", "<div class=\"fl cl\">"),
               "</div>", few);
        break;
    case 20: within(m, PICK(m, "<div class=cl>", "<div class=\"cl box\">", "<div class=clip>"), "</div>", few); break;
    default:
        buf_printf(m->b, "<p class=%s>", PICK(m, "j", "r", "c", "k", "up", "j", "any", "cnt", "il", "id", "in")), inlines(m, 1 + roll(m, 5)),
            buf_puts(m->b, "</p>");
    }
    m->deep--;
}

static void blocks(struct maker *m, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) block(m);
}

static void make(struct buf *b, unsigned seed)
{
    struct maker m = {.state = seed * 7919u + 1, .b = b};
    static const char *const sizes[] = {"A5", "A6", "A4", "200pt 300pt", "120pt 160pt", "60pt 80pt", "90pt 40pt", "A5 landscape"};
    const char *size = sizes[roll(&m, 8)];
    buf_printf(b, "<!doctype html><html lang=%s><meta charset=utf-8><title>%u</title><style>", PICK(&m, "sr-Cyrl-RS", "sr-Latn-RS", "en"), seed);
    buf_printf(
        b, "@page{size:%s;margin:%s;%s@footnote{%s}}", size, PICK(&m, "5pt", "8pt 10pt 12pt", "0", "2pt 2pt 20pt"),
        PICK(&m, "", "@bottom-center{content:counter(page) '/' counter(pages)}", "@top-left{content:element(h)}@bottom-right{content:string(s)}"),
        PICK(&m, "", "border-top:1pt solid;padding-top:2pt", "margin-top:3pt"));
    buf_printf(b, "@page:left{margin-left:9pt}@page nm{size:%s}", PICK(&m, "A6", "150pt 100pt", "A5"));
    buf_printf(b, "html{font:%s serif;orphans:%u;widows:%u;hyphens:%s;overflow-wrap:%s}", PICK(&m, "7pt/9pt", "10pt/12pt", "12pt", "20pt/1.1"),
               1 + roll(&m, 3), 1 + roll(&m, 3), PICK(&m, "auto", "manual", "none"), PICK(&m, "anywhere", "normal"));
    buf_printf(b, "html{hanging-punctuation:%s;-letak-protrude:%s;-letak-tracking:%s}",
               PICK(&m, "none", "first last", "force-end", "first allow-end last"), PICK(&m, "none", "auto"), PICK(&m, "none", "1%", "5%"));
    buf_printf(b, "html{hyphenate-limit-chars:%s;hyphenate-limit-lines:%s;hyphenate-limit-last:%s;hyphenate-limit-zone:%s}",
               PICK(&m, "auto", "8 4", "2"), PICK(&m, "auto", "0", "1", "3", "no-limit"), PICK(&m, "none", "always", "column", "page", "spread"),
               PICK(&m, "0", "10%", "20pt"));
    buf_puts(
        b,
        ".f{float:footnote}.ib{display:inline-block;border:1pt "
        "solid}.abs,.absb{position:absolute}.absr{position:absolute;right:0;top:0}.cols{columns:2;column-gap:4pt}"
        ".flex{display:flex;gap:3pt}.wrap{display:flex;flex-wrap:wrap}.fcol{display:flex;flex-direction:column}.pg{break-before:page}.right{break-"
        "before:right}"
        ".av{break-inside:avoid}.keep{break-after:avoid}.nm{page:nm}.box{border:1pt solid;padding:2pt;margin:3pt}.clone{border:1pt solid;padding:3pt;"
        "box-decoration-break:clone}.clip{overflow:hidden}.fade{opacity:.5;border-radius:3pt;background:#eee}.rel{position:relative;left:2pt}.mn{"
        "margin:-2pt 0}"
        ".none,.hid{display:none}.h{position:running(h)}.all{column-span:all}.fixh{height:20pt}.ibb{display:inline-block;width:60%}.narrow{width:"
        "25pt}"
        "td,th{border:1pt "
        "solid;padding:1pt}.col{border-collapse:collapse}.fix{table-layout:fixed;width:100%}.va{vertical-align:middle}.j{text-align:justify}"
        ".r{text-align:right}.c{text-align:center}.k{break-after:avoid}.up{text-transform:uppercase}.any{overflow-wrap:anywhere;text-indent:9pt}"
        ".cnt{counter-increment:c}.cnt::before{content:'\u2020' counter(c) ' '}.cnt::after{content:' "
        "\u2021'}.u{text-decoration:underline}.nw{white-space:nowrap}"
        ".fl{float:left;border:1pt "
        "solid}.fr{float:right;width:40%;margin:2pt}.fw{float:left;width:130%}.fh{float:right;height:500pt}.ft{float:inline-start;display:table;"
        "margin:-3pt}.cl{clear:both}.il::first-letter{initial-letter:3}.id::first-letter{float:left;font-size:250%}.in::first-letter{color:red;"
        "font-size:150%}"
        ".t1{transform:rotate(4deg)}.t2{scale:.8;transform-origin:left}.t3{transform:skewY(-3deg) "
        "translate(2pt,5%)}.t4{rotate:180deg;position:relative}"
        ".t5{translate:-10% 3pt;overflow:hidden;rotate:-90deg}.t6{display:inline-block;transform:rotate(90deg) scale(.7,1.1)}"
        ".big{font-size:200%}.g::after{content:'\u00A7'}.l::after{content:leader('.')}ul,ol{padding-left:9pt}.in{list-style-position:inside}"
        "blockquote{margin:3pt 6pt}a::after{content:' ' target-counter(attr(href),page)}h1,h2,h3,h4,h5{string-set:s "
        "content();font-size:1.1em}p{margin:3pt 0}</style>");
    if (one_in(&m, 2)) buf_puts(b, "<style>.cols .f,.all .f{float-reference:column}</style>");
    if (one_in(&m, 3)) buf_printf(b, "<style>.cols{columns:3;column-fill:%s}</style>", PICK(&m, "balance", "auto"));
    buf_printf(b, "<body%s>", one_in(&m, 12) ? " dir=rtl" : "");
    blocks(&m, 3 + roll(&m, 9));
    buf_puts(b, "</body></html>");
}

static void random_documents(void **state)
{
    (void)state;
    unsigned n = getenv("ALL") ? 10000 : 1000, bad = 0;
    struct buf report = {0};
    for (unsigned seed = 1; seed <= n; seed++) {
        struct diag *d = diag_new(DIAG_EN);
        struct print_worker *w = print_worker_new(d);
        struct buf html = {0}, said = {0};
        make(&html, seed);
        check_html(w, d, buf_view(&html), "random.html", "/nowhere", true, &said);
        if (said.n && bad++ < 20) buf_printf(&report, "%u: %s\n", seed, said.s);
        buf_close(&html), buf_close(&said);
        print_worker_close(w);
        diag_close(d);
    }
    if (bad) { /* cmocka cuts long texts */
        fputs(report.s, stderr);
        fail_msg("%u of %u documents", bad, n);
    }
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void test_documents(void **state)
{
    (void)state;
    static const char *const folders[] = {"tests/print", "tests/layout"};
    size_t ran = 0, bad = 0;
    struct arena a = {0};
    struct buf report = {0};
    for (size_t i = 0; i < 2; i++) {
        VEC(char *) names = {0};
        DIR *dir = opendir(folders[i]);
        assert_non_null(dir);
        for (struct dirent *e; (e = readdir(dir));)
            if (str_ends(str_of(e->d_name), ".html")) *vec_push(&a, &names) = arena_printf(&a, "%s/%s", folders[i], e->d_name);
        closedir(dir);
        qsort(names.v, names.n, sizeof *names.v, by_name);
        for (size_t k = 0; k < names.n; k++, ran++) {
            struct diag *d = diag_new(DIAG_EN);
            struct print_worker *w = print_worker_new(d);
            struct buf said = {0};
            struct str html;
            assert_true(file_read_made(&a, names.v[k], names.v[k], d, &html));
            check_html(w, d, html, names.v[k], folders[i], false, &said);
            if (said.n) bad++, buf_printf(&report, "%s: %s\n", names.v[k], said.s);
            buf_close(&said);
            print_worker_close(w);
            diag_close(d);
        }
    }
    assert_true(ran > 10);
    if (bad) { /* cmocka cuts long texts */
        fputs(report.s, stderr);
        fail_msg("%zu of %zu documents", bad, ran);
    }
    arena_close(&a);
}

static void publications(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diag *d = diag_new(DIAG_EN);
    struct catalogue *c;
    struct buf report = {0};
    size_t ran = 0, bad = 0;
    assert_true(content_open(&a, &(struct content_options){.root = ".", .drafts = true, .today = {2026, 11, 24, -1, 0}, .threads = 1}, d, &c));
    struct site *s = site_open(&a, c, d);
    for (size_t i = 0; i < s->publications.n; i++) {
        struct publication *pub = s->publications.v[i];
        struct print_worker *w = print_worker_new(d);
        struct print p;
        struct buf html = {0}, said = {0};
        if (print_open_publication(&p, w, s, pub, &html)) check(&p, d, false, &said), ran++;
        if (said.n) bad++, buf_printf(&report, "%.*s: %s\n", STR_ARG(pub->path), said.s);
        print_close(&p);
        buf_close(&html), buf_close(&said);
        print_worker_close(w);
    }
    if (bad || ran < 30) {
        fputs(report.n ? report.s : "", stderr);
        fail_msg("%zu of %zu publications", bad, ran);
    }
    site_close(s);
    content_close(c);
    diag_close(d);
    arena_close(&a);
}

static int by_hand(int argc, char **argv)
{
    int bad = 0;
    if (argc == 3 && (!strcmp(argv[1], "--html") || !strcmp(argv[1], "--text"))) {
        struct buf html = {0};
        make(&html, (unsigned)atoi(argv[2]));
        bool wrong;
        if (!strcmp(argv[1], "--html")) wrong = fwrite(html.s, 1, html.n, stdout) != html.n;
        else {
            struct diag *d = diag_new(DIAG_EN);
            struct print_worker *w = print_worker_new(d);
            struct print p;
            struct letters want = {0};
            struct buf out = {0};
            if (print_open(&p, w, &(struct print_source){.html = buf_view(&html), .file = "a.html", .base = "/nowhere"}, d))
                expect(&p.arena, &want, xmlDocGetRootElement(p.doc));
            for (size_t i = 0; i < want.v.n; i++) buf_utf8(&out, want.v.v[i].c);
            wrong = fwrite(out.s, 1, out.n, stdout) != out.n;
            buf_close(&out);
            print_close(&p);
            print_worker_close(w);
            diag_close(d);
        }
        buf_close(&html);
        return wrong;
    }
    for (int i = 1; i < argc; i++) {
        struct arena a = {0};
        struct diag *d = diag_new(DIAG_EN);
        struct print_worker *w = print_worker_new(d);
        struct buf said = {0};
        struct str html, dir = path_dir(str_of(argv[i]));
        if (file_read_made(&a, argv[i], argv[i], d, &html))
            check_html(w, d, html, argv[i], dir.n ? str_z(&a, dir) : ".", str_search(html, "class=f") != SIZE_MAX, &said);
        if (said.n) bad = 1, printf("%s: %s\n", argv[i], said.s);
    }
    return bad;
}

int main(int argc, char **argv)
{
    build_init();
    if (argc > 1) return by_hand(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_documents),
        cmocka_unit_test(test_documents),
        cmocka_unit_test(publications),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
