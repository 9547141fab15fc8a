/* svg.c: a page of frames as SVG: covers of publications in lists of the site. What pdf/paint.c says in PDF, said in SVG: outlines of glyphs once in
 * <defs>, in font units, shown by <use>; groups are opened by what SAVE, CLIP, MATRIX and ALPHA say and all closed by RESTORE. */
#include "base/map.h"
#include "image/image.h"
#include "image/profile.h"
#include "sheet/inner.h"

struct drawing {
    struct arena a;
    struct diag *diag;
    struct buf defs, *b;
    struct map glyphs; /* "path of the font, number" -> its id, as text */
    size_t n_clips;
    const struct press *press;
    struct profile *profile; /* of colours in CMYK: opened for the first */
    bool no_profile;         /* reported */
    VEC(int) groups;         /* opened since each SAVE that is open */
};

/* n / unit with as many decimals as unit has zeros, without those at the end. No printf: no locale. */
static void put_number(struct buf *b, int64_t n, int64_t unit)
{
    if (n < 0) buf_putc(b, '-'), n = -n;
    buf_int(b, (long)(n / unit));
    n %= unit;
    if (n) buf_putc(b, '.');
    for (; n; n %= unit) unit /= 10, buf_putc(b, (char)('0' + n / unit));
}
static void put_length(struct buf *b, fixed f) { put_number(b, ((int64_t)f * 100 + (f >= 0 ? 32 : -32)) / 64, 100); }
static void put_real(struct buf *b, double v) { put_number(b, (int64_t)(v * 1e5 + (v >= 0 ? 0.5 : -0.5)), 100000); }

static void put_attr(struct buf *b, const char *name, fixed v) { buf_printf(b, " %s=\"", name), put_length(b, v), buf_putc(b, '"'); }

/* what: fill or stroke */
static void put_color(struct drawing *k, struct buf *b, const char *what, struct color c)
{
    if (c.cmyk && !k->profile && !k->no_profile) {
        static const struct press usual = {0};
        const struct press *how = k->press ? k->press : &usual;
        k->profile = profile_open(how->profile, str_z(&k->a, how->file), how->at, PROFILE_FOR_SCREEN, k->diag);
        k->no_profile = !k->profile;
    }
    if (c.cmyk && k->profile) {
        uint8_t inks[4] = {c.c, c.m, c.y, c.k}, rgb[3];
        profile_to_screen(k->profile, inks, rgb);
        c.r = rgb[0], c.g = rgb[1], c.b = rgb[2];
    }
    buf_printf(b, " %s=\"#%02x%02x%02x\"", what, c.r, c.g, c.b);
    if (c.a != 255) buf_printf(b, " %s-opacity=\"", what), put_number(b, c.a * 1000 / 255, 1000), buf_putc(b, '"');
}

static struct str glyph_id(struct drawing *k, const struct font *font, uint16_t glyph)
{
    struct str key = str_printf(&k->a, "%s,%u", font->path, glyph);
    struct str **slot = (struct str **)map_at(&k->glyphs, key);
    if (*slot) return **slot;
    struct buf outline = {0};
    *slot = ARENA_NEW(&k->a, struct str);
    text_outline(&outline, font, glyph);
    if (outline.n) {
        **slot = str_printf(&k->a, "g%zu", k->glyphs.entries.n);
        buf_printf(&k->defs, "<path id=\"%.*s\" d=\"", STR_ARG(**slot)), buf_str(&k->defs, buf_view(&outline)), buf_puts(&k->defs, "\"/>\n");
    }
    buf_close(&outline);
    return **slot;
}

static void draw_text(struct drawing *k, const struct item *it)
{
    const struct text_item *t = it->u.text;
    double scale = FIXED_PT(t->size) / t->font->upem;
    int64_t pen = 0;
    if (!t->n || scale <= 0) return;
    buf_puts(k->b, "<g"), put_color(k, k->b, "fill", t->color), buf_puts(k->b, " transform=\"matrix(");
    put_real(k->b, scale), buf_puts(k->b, " 0 "), put_real(k->b, scale * FIXED_PT(t->skew)), buf_putc(k->b, ' '), put_real(k->b, -scale);
    buf_putc(k->b, ' '), put_length(k->b, it->x), buf_putc(k->b, ' '), put_length(k->b, it->y), buf_puts(k->b, ")\">");
    for (uint32_t i = 0; i < t->n; i++) {
        struct str id = glyph_id(k, t->font, t->glyphs[i].id);
        struct glyph_offset off = t->offsets ? t->offsets[i] : (struct glyph_offset){0};
        if (id.n) {
            buf_printf(k->b, "<use href=\"#%.*s\" x=\"", STR_ARG(id)), buf_int(k->b, (long)(FIXED_PT(pen + off.dx) / scale + 0.5));
            if (off.dy) buf_puts(k->b, "\" y=\""), buf_int(k->b, (long)(FIXED_PT(off.dy) / scale));
            buf_puts(k->b, "\"/>");
        }
        pen += t->glyphs[i].advance;
    }
    buf_puts(k->b, "</g>\n");
}

static void put_path(struct buf *b, const struct path *p)
{
    static const char names[] = "MLCZ";
    static const uint32_t takes[] = {1, 1, 3, 0};
    buf_puts(b, " d=\"");
    for (uint32_t i = 0, at = 0; i < p->n_ops; i++) {
        uint8_t op = p->ops[i];
        if (op > PATH_CLOSE || at + takes[op] > p->n_points) break;
        buf_putc(b, names[op]);
        for (uint32_t n = 0; n < takes[op]; n++, at++) {
            if (n) buf_putc(b, ' ');
            put_length(b, p->points[at].x), buf_putc(b, ' '), put_length(b, p->points[at].y);
        }
    }
    buf_putc(b, '"');
}

static void draw_path(struct drawing *k, const struct item *it)
{
    static const char *const caps[] = {"butt", "round", "square"}, *const joins[] = {"miter", "round", "bevel"};
    const struct paint *s = it->u.path.paint;
    if (!it->u.path.path || !s || (!s->fill.a && !s->stroke.a)) return;
    buf_puts(k->b, "<path"), put_path(k->b, it->u.path.path);
    if (s->fill.a) put_color(k, k->b, "fill", s->fill);
    else buf_puts(k->b, " fill=\"none\"");
    if (s->fill.a && s->even_odd) buf_puts(k->b, " fill-rule=\"evenodd\"");
    if (s->stroke.a) {
        put_color(k, k->b, "stroke", s->stroke), put_attr(k->b, "stroke-width", s->width);
        if (s->cap % 3) buf_printf(k->b, " stroke-linecap=\"%s\"", caps[s->cap % 3]);
        if (s->join % 3) buf_printf(k->b, " stroke-linejoin=\"%s\"", joins[s->join % 3]);
        for (unsigned i = 0; i < s->n_dash && i < 6; i++) buf_puts(k->b, i ? " " : " stroke-dasharray=\""), put_length(k->b, s->dash[i]);
        if (s->n_dash) buf_putc(k->b, '"');
    }
    buf_puts(k->b, "/>\n");
}

void sheet_base64(struct buf *b, struct str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.n; i += 3) {
        uint32_t v = 0;
        for (size_t n = 0; n < 3; n++) v = v << 8 | (i + n < s.n ? (unsigned char)s.s[i + n] : 0);
        for (size_t n = 0; n < 4; n++) buf_putc(b, i + n > s.n ? '=' : digits[v >> (18 - 6 * n) & 63]);
    }
}

/* Bytes that a browser shows, without metadata. A HEIC or a JPEG in CMYK becomes a JPEG or PNG in sRGB. False where the file is broken (reported). */
static bool for_screen(struct drawing *k, const struct image *im, struct str *bytes, enum image_format *format)
{
    struct image_version *made;
    struct str packed;
    size_t n;
    *format = im->format;
    bool shown = im->format != IMAGE_HEIC && !image_is_cmyk(im); /* not every browser takes CMYK */
    if (shown) return image_clean(&k->a, im->bytes, im->name, im->at, k->diag, bytes);
    if (!image_make(&k->a, im, IMAGE_WHOLE, k->diag, &packed)) return false;
    if (!image_unpack(&k->a, packed, &n, &made) || !n) return false;
    *bytes = made[0].bytes, *format = made[0].format;
    return true;
}

static void draw_image(struct drawing *k, const struct item *it)
{
    struct str bytes;
    enum image_format format;
    if (!it->u.image || !for_screen(k, it->u.image, &bytes, &format)) return;
    buf_puts(k->b, "<image preserveAspectRatio=\"none\""), put_attr(k->b, "x", it->x), put_attr(k->b, "y", it->y);
    put_attr(k->b, "width", it->w), put_attr(k->b, "height", it->h);
    buf_printf(k->b, " href=\"data:%s;base64,", image_kinds[format].media), sheet_base64(k->b, bytes), buf_puts(k->b, "\"/>\n");
}

static void draw_rect(struct buf *b, const struct item *it)
{
    buf_puts(b, "<rect"), put_attr(b, "x", it->x), put_attr(b, "y", it->y), put_attr(b, "width", it->w), put_attr(b, "height", it->h);
}

static void open_group(struct drawing *k, const struct item *it)
{
    if (!k->groups.n) *vec_push(&k->a, &k->groups) = 0; /* outside any SAVE: until the end of the page */
    k->groups.v[k->groups.n - 1]++;
    if (it->kind == ITEM_CLIP) {
        buf_printf(&k->defs, "<clipPath id=\"c%zu\">", ++k->n_clips);
        if (it->u.path.path) buf_puts(&k->defs, "<path"), put_path(&k->defs, it->u.path.path);
        else draw_rect(&k->defs, it);
        buf_puts(&k->defs, "/></clipPath>\n");
        buf_printf(k->b, "<g clip-path=\"url(#c%zu)\">\n", k->n_clips);
    } else if (it->kind == ITEM_ALPHA) {
        buf_puts(k->b, "<g opacity=\""), put_number(k->b, it->u.alpha.alpha * 1000 / 255, 1000), buf_puts(k->b, "\">\n");
    } else {
        buf_puts(k->b, "<g transform=\"matrix(");
        for (int i = 0; i < 6; i++) buf_puts(k->b, i ? " " : ""), put_real(k->b, it->u.matrix[i]);
        buf_puts(k->b, ")\">\n");
    }
}

static void close_groups(struct drawing *k)
{
    if (!k->groups.n) return;
    for (int n = k->groups.v[--k->groups.n]; n; n--) buf_puts(k->b, "</g>\n");
}

static void draw(struct drawing *k, const struct item *it)
{
    switch ((enum item_kind)it->kind) {
    case ITEM_TEXT: draw_text(k, it); break;
    case ITEM_RECT:
        if (!it->u.color.a || it->w <= 0 || it->h <= 0) break;
        draw_rect(k->b, it), put_color(k, k->b, "fill", it->u.color), buf_puts(k->b, "/>\n");
        break;
    case ITEM_PATH: draw_path(k, it); break;
    case ITEM_IMAGE: draw_image(k, it); break;
    case ITEM_LINK:
    case ITEM_FIELD: break;
    case ITEM_SAVE: *vec_push(&k->a, &k->groups) = 0; break;
    case ITEM_CLIP:
    case ITEM_ALPHA:
    case ITEM_MATRIX: open_group(k, it); break;
    case ITEM_RESTORE: close_groups(k); break;
    }
}

void sheet_svg(const struct frames *f, size_t page, struct diag *d, struct buf *out)
{
    const struct frame_page *p = &f->pages[page];
    struct buf body = {0};
    struct drawing k = {.diag = d, .b = &body, .press = f->press};
    k.glyphs = map_new(&k.a);
    for (size_t i = 0; i < p->n; i++) draw(&k, &p->items[i]);
    while (k.groups.n) close_groups(&k);
    bool whole = p->trim_w <= 0 || p->trim_h <= 0; /* else what is left after trimming */
    fixed x = whole ? 0 : p->trim_x, y = whole ? 0 : p->trim_y, w = whole ? p->w : p->trim_w, h = whole ? p->h : p->trim_h;
    buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\""), put_length(out, x), buf_putc(out, ' '), put_length(out, y),
        buf_putc(out, ' ');
    put_length(out, w), buf_putc(out, ' '), put_length(out, h), buf_puts(out, "\"><defs>\n"), buf_str(out, buf_view(&k.defs));
    buf_puts(out, "</defs>\n<path fill=\"#ffffff\" d=\"M"), put_length(out, x), buf_putc(out, ' '), put_length(out, y), buf_putc(out, 'H'),
        put_length(out, x + w);
    buf_putc(out, 'V'), put_length(out, y + h), buf_putc(out, 'H'), put_length(out, x), buf_puts(out, "Z\"/>\n");
    buf_str(out, buf_view(&body)), buf_puts(out, "</svg>\n");
    profile_close(k.profile);
    buf_close(&body), buf_close(&k.defs), arena_close(&k.a);
}
