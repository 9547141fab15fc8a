/* paint.c: the items of a page into a content stream (ISO 32000-1, 7.8, 8, 9.4, 14.6).
 *
 * Small files come from saying only what changed: one BT … ET over many lines, runs of a line in one TJ where the pen already stands right, font,
 * size and colour when they differ. Coordinates are hundredths of a point; differences are taken between rounded values, so nothing drifts. Marked
 * content: neighbours of one element share one BDC … EMC; it never crosses a BT, ET, q or Q unless the whole group inside is its own. */
#include "pdf/writer.h"
#include "base/utf8.h"
#include <math.h>

struct gstate { /* what q saves */
    struct color fill, stroke;
    bool fill_set, stroke_set;
    int alpha; /* now in force */
    int base;  /* ITEM_ALPHA of the groups around, multiplied */
    fixed line_width;
    uint8_t cap, join;
    bool dashed, overprint;
    struct pdf_font *font;
    fixed size;
    int rise;
    int32_t track; /* as in struct text_item; spacing: in points (Tc) */
    double spacing;
    size_t first_ground, n_grounds;
};
/* An area of one colour on which more is printed, in the coordinates now in force. */
struct ground {
    fixed x, y, w, h;
    int inks;                 /* percent */
    const struct path *shape; /* what of it; NULL: all */
    bool even_odd;
};
struct painter {
    struct pdf *p;
    size_t page;
    const struct frame_page *fp;
    struct buf *b;
    struct gstate g;
    VEC(struct gstate) stack;
    bool press;
    const struct item *item;    /* at work */
    VEC(struct ground) grounds; /* of a press file: those from g.first_ground on lie in the coordinates now in force */
    bool in_text, placed;       /* between BT and ET; the line matrix is set */
    bool array, string;         /* a TJ array, and a string in it, is open */
    int64_t line_x, line_y;
    int64_t base_y; /* of what the pen writes on */
    double pen;     /* points */
    fixed skew;
    bool marked;
    const struct tag *mark; /* NULL: artifact */
    struct str mark_lang;
    size_t mark_depth;
    uint32_t mark_order; /* of the last item in it */
    uint64_t seq;        /* of the item at work */
};

static int64_t cents(fixed f) { return ((int64_t)f * 100 + (f >= 0 ? 32 : -32)) / 64; }
static int64_t flip(const struct painter *k, fixed y) { return cents(k->fp->h) - cents(y); }

/* --- text operators --- */

static void string_close(struct painter *k)
{
    if (k->string) buf_putc(k->b, ')');
    k->string = false;
}

static void array_close(struct painter *k)
{
    string_close(k);
    if (k->array) buf_add(k->b, "]TJ\n", 4);
    k->array = false;
}

static void text_end(struct painter *k)
{
    array_close(k);
    if (k->in_text) buf_add(k->b, "ET\n", 3);
    k->in_text = k->placed = false;
}

/* --- marked content --- */

static void mark_close(struct painter *k)
{
    array_close(k);
    if (k->marked) buf_add(k->b, "EMC\n", 4);
    k->marked = false;
}

/* Opens marked content of tag, or an artifact; lang only where it is not the element's; actual: what is read instead of it. */
static void mark_open(struct painter *k, const struct tag *tag, struct str lang, struct str actual)
{
    if (!k->p->tagged) return;
    if (tag && lang.n && str_eq(lang, k->p->tags[tag->index].lang)) lang = (struct str){0};
    if (!tag) lang = (struct str){0};
    uint32_t order = (uint32_t)(k->seq >> 32), last = k->mark_order;
    bool jumps = tag && order > last + 1 && k->mark_depth == k->stack.n; /* what is read in between, a float, is painted at another time */
    k->mark_order = order;
    if (k->marked && !actual.n && k->mark == tag && !jumps && (str_eq(k->mark_lang, lang) || k->mark_depth < k->stack.n)) return;
    mark_close(k);
    k->marked = true, k->mark = tag, k->mark_lang = lang, k->mark_depth = k->stack.n;
    if (!tag) {
        buf_puts(k->b, "/Artifact BMC\n");
        return;
    }
    int mcid = tags_mcid(k->p, tag, k->page, k->seq);
    buf_putc(k->b, '/');
    buf_puts(k->b, tag_name(tag->type));
    buf_puts(k->b, "<</MCID ");
    buf_int(k->b, mcid);
    if (lang.n) buf_puts(k->b, "/Lang"), put_text(k->b, lang);
    if (actual.n) buf_puts(k->b, "/ActualText"), put_text(k->b, actual);
    buf_add(k->b, ">>BDC\n", 6);
}

/* ET; what was opened behind BT is closed before it. */
static void leave_text(struct painter *k)
{
    if (k->in_text && !(k->marked && k->mark_depth < k->stack.n)) mark_close(k);
    text_end(k);
}

static void mark_graphics(struct painter *k, const struct tag *tag)
{
    bool same = k->marked && k->mark == tag;
    leave_text(k);
    mark_open(k, tag, same ? k->mark_lang : (struct str){0}, (struct str){0});
}

static void mark_text(struct painter *k, const struct tag *tag, struct str lang)
{
    if (!k->in_text) {
        bool around = k->marked && k->mark == tag && k->mark_depth < k->stack.n; /* the group's own content stays open around BT */
        if (!around) mark_close(k);
        buf_add(k->b, "BT\n", 3);
        k->in_text = true, k->placed = false, k->line_x = k->line_y = 0;
    }
    mark_open(k, tag, lang, (struct str){0});
}

/* --- colours and other state --- */

static bool color_eq(struct color a, struct color b)
{
    if (a.cmyk != b.cmyk) return false;
    return a.cmyk ? a.c == b.c && a.m == b.m && a.y == b.y && a.k == b.k : a.r == b.r && a.g == b.g && a.b == b.b;
}

/* CMYK only for the print shop; elsewhere the page promises sRGB (ISO 19005-2, 6.2.4). fine: text or a hairline. */
static struct color device(const struct painter *k, struct color c, bool fine)
{
    if (k->press) return press_color(k->p, c, fine);
    return c.cmyk ? press_screen_color(k->p, c) : c;
}

/* Neither is worth a separation that must fit to a tenth of a millimetre. */
static bool hairline(fixed w) { return w <= FIXED_ONE; }
static bool all_black(struct color c) { return c.a == 255 && c.cmyk && c.k == 255 && !c.c && !c.m && !c.y; }

/* Marks stand on every plate, and nowhere in the source. */
static void weigh(const struct painter *k, struct color c)
{
    bool mark = !k->item->at.file && fixed_min(k->item->w, k->item->h) < MM(8) && c.c == 255 && c.m == 255 && c.y == 255 && c.k == 255;
    if (!mark) press_weigh(k->p, c, 0, k->page, k->item->at);
}

/* Black letters and lines are printed over what lies below, so that no white shows beside them where plates do not fit (ISO 32000-1, 8.6.7: with OPM
 * 1 the plates that they have nothing on keep what they have). Everything else takes the place of what lies below. */
static void set_overprint(struct painter *k, bool on)
{
    if (!k->press || on == k->g.overprint) return;
    array_close(k);
    buf_puts(k->b, on ? "/O1 gs\n" : "/O0 gs\n");
    k->p->overprints[on] = true;
    k->g.overprint = on;
}

static void put_part(struct buf *b, int v)
{
    put_real(b, v / 255.0, 3);
    buf_putc(b, ' ');
}

/* Whole percents, as inks are given in, are said as such. */
static void put_ink(struct buf *b, int v)
{
    int whole = (v * 100 + 127) / 255;
    if ((whole * 255 + 50) / 100 == v) put_real(b, whole / 100.0, 2);
    else put_real(b, v / 255.0, 3);
    buf_putc(b, ' ');
}

static void put_color(struct painter *k, struct color c, bool stroke)
{
    if (c.cmyk) {
        put_ink(k->b, c.c), put_ink(k->b, c.m), put_ink(k->b, c.y), put_ink(k->b, c.k);
        buf_puts(k->b, stroke ? "K\n" : "k\n");
    } else if (c.r == c.g && c.g == c.b) {
        put_part(k->b, c.r);
        buf_puts(k->b, stroke ? "G\n" : "g\n");
    } else {
        put_part(k->b, c.r), put_part(k->b, c.g), put_part(k->b, c.b);
        buf_puts(k->b, stroke ? "RG\n" : "rg\n");
    }
}

static void set_alpha(struct painter *k, int a)
{
    a = a * k->g.base / 255;
    if (a == k->g.alpha) return;
    array_close(k);
    buf_printf(k->b, "/G%d gs\n", a);
    k->p->alphas[a & 255] = k->p->pages[k->page].alpha = true;
    k->g.alpha = a;
}

static void set_fill(struct painter *k, struct color c, bool fine)
{
    set_alpha(k, c.a);
    c = device(k, c, fine);
    if (k->press) weigh(k, c);
    if (k->g.fill_set && color_eq(k->g.fill, c)) return;
    array_close(k);
    put_color(k, c, false);
    k->g.fill = c, k->g.fill_set = true;
}

static void set_stroke(struct painter *k, const struct paint *s)
{
    set_alpha(k, s->stroke.a);
    struct color c = device(k, s->stroke, hairline(s->width));
    if (k->press) weigh(k, c);
    if (!k->g.stroke_set || !color_eq(k->g.stroke, c)) {
        put_color(k, c, true);
        k->g.stroke = c, k->g.stroke_set = true;
    }
    if (k->g.line_width != s->width) put_fixed(k->b, s->width), buf_puts(k->b, " w\n"), k->g.line_width = s->width;
    if (k->g.cap != s->cap) buf_printf(k->b, "%d J\n", s->cap), k->g.cap = s->cap;
    if (k->g.join != s->join) buf_printf(k->b, "%d j\n", s->join), k->g.join = s->join;
    if (s->n_dash || k->g.dashed) {
        buf_putc(k->b, '[');
        for (unsigned i = 0; i < s->n_dash && i < 6; i++) {
            if (i) buf_putc(k->b, ' ');
            put_fixed(k->b, s->dash[i]);
        }
        buf_puts(k->b, "]0 d\n");
        k->g.dashed = s->n_dash > 0;
    }
}

/* --- text --- */

static void put_skew(struct painter *k, fixed skew, int64_t x, int64_t y)
{
    buf_puts(k->b, "1 0 ");
    put_real(k->b, skew / 64.0, 3);
    buf_puts(k->b, " 1 ");
    put_cents(k->b, x), buf_putc(k->b, ' '), put_cents(k->b, y);
    buf_puts(k->b, " Tm\n");
}

/* Moves to where a run begins, unless the pen already writes on its line. */
static void place(struct painter *k, const struct item *it, fixed skew)
{
    int64_t x = cents(it->x), y = flip(k, it->y);
    if (k->placed && y == k->base_y && skew == k->skew) return;
    array_close(k);
    if (skew || (k->placed && k->skew)) put_skew(k, skew, x, y);
    else {
        put_cents(k->b, x - k->line_x), buf_putc(k->b, ' '), put_cents(k->b, y - k->line_y);
        buf_add(k->b, " Td\n", 4);
    }
    k->placed = true, k->skew = skew, k->line_x = x, k->line_y = k->base_y = y;
    k->pen = (double)x / 100;
}

static void put_code(struct painter *k, uint16_t cid)
{
    if (!k->array) buf_putc(k->b, '['), k->array = true;
    if (!k->string) buf_putc(k->b, '('), k->string = true;
    for (int shift = 8; shift >= 0; shift -= 8) {
        char c = (char)(cid >> shift);
        if (c == '(' || c == ')' || c == '\\') buf_putc(k->b, '\\');
        if (c == '\r') buf_add(k->b, "\\r", 2);
        else buf_putc(k->b, c);
    }
}

static void put_glyph(struct painter *k, struct pdf_font *font, uint16_t cid, double at, int rise)
{
    double size = FIXED_PT(k->g.size);
    if (rise != k->g.rise) {
        array_close(k);
        put_fixed(k->b, rise), buf_puts(k->b, " Ts\n");
        k->g.rise = rise;
    }
    double off = at - k->pen;
    if (fabs(off) > 0.02 && size > 0) {
        long adjust = lround(-off * 1000 / size);
        if (adjust) {
            string_close(k);
            if (!k->array) buf_putc(k->b, '['), k->array = true;
            buf_int(k->b, adjust);
            k->pen -= (double)adjust * size / 1000;
        }
    }
    put_code(k, cid);
    k->pen += pdf_font_width(font, cid) * size / 1000 + k->g.spacing;
}

/* The characters that the glyphs [i, j) of one cluster stand for. */
static struct str cluster_text(const struct text_item *t, uint32_t i, uint32_t j)
{
    size_t from = t->glyphs[i].cluster, end = t->text.n; /* up to the next cluster; a hyphen shares that of the letter before it */
    if (t->rtl)
        while (i > 0 && t->glyphs[i - 1].cluster == from) i--;
    else
        while (j < t->n && t->glyphs[j].cluster == from) j++;
    if (t->rtl ? i > 0 : j < t->n) end = t->glyphs[t->rtl ? i - 1 : j].cluster;
    if (end < from) end = from;
    return str_part(t->text, from, end - from);
}

/* Several glyphs of one cluster that are just its characters one by one (a letter and its accent): each can carry its own text. From right to left
 * the last glyph is the first character, and the letter below the signs may have one of its joined shapes. */
static bool one_by_one(const struct text_item *t, uint32_t i, uint32_t j, struct str text)
{
    size_t at = 0, other = 0;
    if (utf8_length(text) != j - i) return false;
    for (uint32_t k = i; k < j; k++) other += !pdf_font_is(t->font, t->glyphs[t->rtl ? i + j - 1 - k : k].id, utf8_next(text, &at));
    return other <= (t->rtl ? 1 : 0);
}

/* Shows the glyphs [i, j), which stand for text together. */
static fixed paint_cluster(struct painter *k, const struct item *it, struct pdf_font *font, uint32_t i, uint32_t j, struct str text, fixed x)
{
    const struct text_item *t = it->u.text;
    bool several = j - i > 1, split = several && one_by_one(t, i, j, text);
    bool actual = several && !split && it->tag && k->p->tagged && text.n;
    if (actual) mark_close(k), mark_open(k, it->tag, t->lang, text);
    for (size_t at = t->rtl ? text.n : 0; i < j; i++) {
        const struct glyph *gl = &t->glyphs[i];
        struct str own = text;
        if (split && t->rtl) {
            size_t end = at--;
            while (at && ((unsigned char)text.s[at] & 0xC0) == 0x80) at--;
            own = str_part(text, at, end - at);
        } else if (split) {
            size_t from = at;
            utf8_next(text, &at);
            own = str_part(text, from, at - from);
        }
        struct glyph_offset off = t->offsets ? t->offsets[i] : (struct glyph_offset){0};
        put_glyph(k, font, pdf_font_cid(k->p, font, gl->id, own), FIXED_PT(x + off.dx), off.dy);
        x += gl->advance;
    }
    if (actual) mark_close(k);
    return x;
}

/* Black text overprints: what lies below its middle, as far as it is an area of one colour, is printed as well. */
static void over_ground(struct painter *k, const struct item *it)
{
    bool black = all_black(k->g.fill);
    set_overprint(k, black && k->g.alpha == 255);
    fixed x = it->x + it->w / 2, y = it->y - it->u.text->size / 4;
    enum { LOOK = 4096 }; /* below so many areas nobody sees one */
    for (size_t i = k->grounds.n, n = 0; black && i > k->g.first_ground && n < LOOK; i--, n++) {
        const struct ground *g = &k->grounds.v[i - 1];
        if (x < g->x || y < g->y || x >= g->x + g->w || y >= g->y + g->h) continue;
        if (g->shape && !press_inside(g->shape, g->even_odd, (struct point){x, y})) continue;
        press_weigh(k->p, k->g.fill, g->inks, k->page, it->at);
        return;
    }
}

static void set_track(struct painter *k, int32_t track)
{
    array_close(k);
    k->g.track = track, k->g.spacing = track / 65536.0 / FIXED_ONE;
    put_real(k->b, k->g.spacing, 4), buf_puts(k->b, " Tc\n");
}

static void paint_text(struct painter *k, const struct item *it)
{
    const struct text_item *t = it->u.text;
    if (!t->n) return;
    struct pdf_font *font = pdf_font(k->p, t->font);
    if (k->p->tagged && it->tag && k->p->tags[it->tag->index].rtl) tags_piece(k->p, k->page, it);
    mark_text(k, it->tag, t->lang);
    if (k->g.font != font || k->g.size != t->size) {
        array_close(k);
        buf_putc(k->b, '/'), buf_putc(k->b, 'F'), buf_int(k->b, (long)pdf_font_index(font)), buf_putc(k->b, ' ');
        put_real(k->b, FIXED_PT(t->size), 4);
        buf_add(k->b, " Tf\n", 4);
        k->g.font = font, k->g.size = t->size;
    }
    set_fill(k, t->color, true);
    if (k->press) over_ground(k, it);
    if (t->track != k->g.track) set_track(k, t->track);
    place(k, it, t->skew);
    uint32_t hyphen = !t->hyphen ? UINT32_MAX : t->rtl ? 0 : t->n - 1; /* its glyph stands for a soft hyphen, U+00AD (14.8.2.2.3) */
    fixed x = it->x;
    for (uint32_t i = 0, j; i < t->n; i = j) {
        for (j = i + 1; j < t->n && t->glyphs[j].cluster == t->glyphs[i].cluster && j != hyphen && i != hyphen;) j++;
        if (!k->marked) mark_text(k, it->tag, t->lang);
        x = paint_cluster(k, it, font, i, j, i == hyphen ? STR("\xC2\xAD") : cluster_text(t, i, j), x);
    }
}

/* --- rectangles, paths, images, groups --- */

static void put_xy(struct painter *k, fixed x, fixed y)
{
    put_cents(k->b, cents(x)), buf_putc(k->b, ' '), put_cents(k->b, flip(k, y)), buf_putc(k->b, ' ');
}

static void put_box(struct painter *k, fixed x, fixed y, fixed w, fixed h)
{
    int64_t left = cents(x), bottom = flip(k, y + h);
    put_cents(k->b, left), buf_putc(k->b, ' '), put_cents(k->b, bottom), buf_putc(k->b, ' ');
    put_cents(k->b, cents(x + w) - left), buf_putc(k->b, ' '), put_cents(k->b, flip(k, y) - bottom);
    buf_puts(k->b, " re\n");
}

static void put_path(struct painter *k, const struct path *path)
{
    static const char *const names[] = {"m\n", "l\n", "c\n", "h\n"};
    static const uint32_t takes[] = {1, 1, 3, 0};
    uint32_t at = 0;
    for (uint32_t i = 0; i < path->n_ops; i++) {
        uint8_t op = path->ops[i];
        if (op > PATH_CLOSE || at + takes[op] > path->n_points) return;
        for (uint32_t n = 0; n < takes[op]; n++, at++) put_xy(k, path->points[at].x, path->points[at].y);
        buf_puts(k->b, names[op]);
    }
}

static void ground_path(struct painter *k, const struct path *path, bool even_odd)
{
    struct point low = {FIXED_MAX, FIXED_MAX}, high = {-FIXED_MAX, -FIXED_MAX};
    for (uint32_t i = 0; i < path->n_points; i++) {
        struct point p = path->points[i];
        low = (struct point){fixed_min(low.x, p.x), fixed_min(low.y, p.y)}, high = (struct point){fixed_max(high.x, p.x), fixed_max(high.y, p.y)};
    }
    const fixed most = FIXED_MAX / 4; /* further out there is no paper */
    low = (struct point){fixed_max(low.x, -most), fixed_max(low.y, -most)}, high = (struct point){fixed_min(high.x, most), fixed_min(high.y, most)};
    if (low.x < high.x && low.y < high.y)
        *vec_push(&k->p->a, &k->grounds) = (struct ground){low.x, low.y, high.x - low.x, high.y - low.y, press_inks(k->g.fill), path, even_odd};
}

static void paint_path(struct painter *k, const struct item *it)
{
    const struct path *path = it->u.path.path;
    const struct paint *s = it->u.path.paint;
    if (!path || !s || (!s->fill.a && !s->stroke.a)) return;
    mark_graphics(k, it->tag);
    bool both = s->fill.a && s->stroke.a && s->fill.a == s->stroke.a;
    if (s->fill.a) {
        set_fill(k, s->fill, false);
        set_overprint(k, false);
        if (k->press && k->g.alpha == 255) ground_path(k, path, s->even_odd);
        if (both) set_stroke(k, s);
        put_path(k, path);
        buf_puts(k->b, both ? s->even_odd ? "B*\n" : "B\n" : s->even_odd ? "f*\n" : "f\n");
    }
    if (s->stroke.a && !both) {
        set_stroke(k, s);
        set_overprint(k, hairline(s->width) && all_black(k->g.stroke) && k->g.alpha == 255);
        put_path(k, path);
        buf_puts(k->b, "S\n");
    }
}

static void put_matrix(struct buf *b, const double m[6])
{
    for (int i = 0; i < 6; i++) put_real(b, m[i], 5), buf_putc(b, ' ');
    buf_puts(b, "cm\n");
}

static void paint_image(struct painter *k, const struct item *it)
{
    size_t n = it->u.image ? pdf_image(k->p, it->u.image) : SIZE_MAX;
    if (n == SIZE_MAX) return;
    mark_graphics(k, it->tag);
    set_alpha(k, 255), set_overprint(k, false);
    if (k->p->images.v[n].mask) k->p->pages[k->page].alpha = true;
    if (k->press) press_weigh_image(k->p, &k->p->images.v[n].inks, it->u.image, k->page);
    double w = FIXED_PT(it->w), h = FIXED_PT(it->h), m[6] = {w, 0, 0, h, FIXED_PT(it->x), FIXED_PT(k->fp->h - it->y - it->h)};
    const double *o = k->p->images.v[n].matrix; /* orientation first, then placing: o · m */
    double r[6] = {o[0] * m[0], o[1] * m[3], o[2] * m[0], o[3] * m[3], o[4] * m[0] + m[4], o[5] * m[3] + m[5]};
    buf_puts(k->b, "q\n");
    put_matrix(k->b, r);
    buf_printf(k->b, "/X%zu Do\nQ\n", n);
}

/* Does everything up to the RESTORE of the group that item i opens belong to one element? Then its marked content may stay open around q … Q. *order:
 * the least of its items: the SAVE itself stands nowhere in what is read. */
static bool uniform(const struct frame_page *fp, size_t i, const struct tag **tag, uint32_t *order)
{
    enum { LOOK = 4096 }; /* further on it is cheaper to close than to look */
    int depth = 0;
    bool any = false;
    for (size_t at = i; at < fp->n && at < i + LOOK; at++) {
        const struct item *it = &fp->items[at];
        if (it->kind == ITEM_SAVE) depth++;
        else if (it->kind == ITEM_RESTORE) {
            if (!--depth) return any;
        } else if (it->kind <= ITEM_IMAGE) {
            if (any && it->tag != *tag) return false;
            if (!any || it->order < *order) *order = it->order;
            *tag = it->tag, any = true;
        }
    }
    return false;
}

static void group_save(struct painter *k, size_t i)
{
    const struct tag *tag = NULL;
    uint32_t order = 0;
    bool one = uniform(k->fp, i, &tag, &order);
    if (k->in_text || !k->marked || !one || tag != k->mark) mark_close(k);
    text_end(k);
    if (one && !k->marked) k->seq = (uint64_t)order << 32 | (uint32_t)k->seq, mark_open(k, tag, (struct str){0}, (struct str){0});
    buf_puts(k->b, "q\n");
    k->g.n_grounds = k->grounds.n;
    *vec_push(&k->p->a, &k->stack) = k->g;
}

static void group_restore(struct painter *k)
{
    if (!k->stack.n) return;
    if (k->marked && k->mark_depth >= k->stack.n) mark_close(k);
    text_end(k);
    buf_puts(k->b, "Q\n");
    k->g = k->stack.v[--k->stack.n];
    k->grounds.n = k->g.n_grounds;
}

static void group_matrix(struct painter *k, const double m[6])
{
    double h = FIXED_PT(k->fp->h); /* y downwards there, upwards here: F·M·F */
    double r[6] = {m[0], -m[1], -m[2], m[3], m[4] + m[2] * h, h - m[5] - m[3] * h};
    leave_text(k);
    put_matrix(k->b, r);
    k->g.first_ground = k->grounds.n;
}

static void group_clip(struct painter *k, const struct item *it)
{
    leave_text(k);
    if (it->u.path.path) put_path(k, it->u.path.path);
    else put_box(k, it->x, it->y, it->w, it->h);
    buf_puts(k->b, "W n\n");
}

static void paint_rect(struct painter *k, const struct item *it)
{
    bool fine = k->press && hairline(fixed_min(it->w, it->h));
    if (!it->u.color.a || it->w <= 0 || it->h <= 0) return;
    mark_graphics(k, it->tag);
    set_fill(k, it->u.color, fine);
    if (k->press) {
        set_overprint(k, fine && all_black(k->g.fill) && k->g.alpha == 255);
        if (k->g.alpha == 255) *vec_push(&k->p->a, &k->grounds) = (struct ground){it->x, it->y, it->w, it->h, press_inks(k->g.fill), NULL, false};
    }
    put_box(k, it->x, it->y, it->w, it->h);
    buf_puts(k->b, "f\n");
}

static void paint_item(struct painter *k, size_t i)
{
    const struct item *it = &k->fp->items[i];
    k->item = it;
    k->seq = (uint64_t)it->order << 32 | k->p->painted++;
    switch ((enum item_kind)it->kind) {
    case ITEM_TEXT: paint_text(k, it); break;
    case ITEM_RECT: paint_rect(k, it); break;
    case ITEM_PATH: paint_path(k, it); break;
    case ITEM_IMAGE: paint_image(k, it); break;
    case ITEM_LINK:
        if (k->p->tagged) pdf_link(k->p, k->page, it, k->seq);
        break;
    case ITEM_FIELD:
        if (k->p->o->flavour == PDF_FORM) form_widget(k->p, k->page, it, k->seq);
        break;
    case ITEM_SAVE: group_save(k, i); break;
    case ITEM_CLIP: group_clip(k, it); break;
    case ITEM_ALPHA: k->g.base = k->g.base * it->u.alpha.alpha / 255; break;
    case ITEM_MATRIX: group_matrix(k, it->u.matrix); break;
    case ITEM_RESTORE: group_restore(k); break;
    }
}

void pdf_paint(struct pdf *p, size_t page)
{
    struct buf b = {0};
    struct painter k = {.p = p, .page = page, .fp = &p->f->pages[page], .b = &b, .press = p->o->flavour == PDF_PRESS};
    k.g = (struct gstate){.alpha = 255, .base = 255, .line_width = FIXED_ONE, .fill_set = true, .stroke_set = true}; /* black */
    for (size_t i = 0; i < k.fp->n; i++) paint_item(&k, i);
    while (k.stack.n) group_restore(&k);
    mark_close(&k);
    text_end(&k);
    p->pages[page].content = pdf_deflate_page(p, buf_view(&b));
    buf_close(&b);
}
