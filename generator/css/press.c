/* press.c: @-letak-press, how the document is printed, and @-letak-color, how one of its colours is. Both are ours: other engines skip them and show
 * the colours as they stand in the rest of the style sheet. Descriptors of later rules win one by one; so does a later @-letak-color of the same RGB
 * value or the same name. */
#include "css/internal.h"

enum { MOST_COLORS = 256 };

static void refuse(struct css *c, const struct source *src, const struct css_item *d, enum msg m)
{
    struct buf b = {0};
    css_write(&b, cvs_trim(d->value));
    struct str name = d->name, key = str_printf(c->arena, "%.*s:%s", STR_ARG(name), b.n ? b.s : "");
    REPORT(c, m, css_place(src, d->at), key, str_z(c->arena, name), str_z(c->arena, buf_view(&b)));
    buf_close(&b);
}

static struct ctx press_ctx(struct css *c, const struct source *src, struct style *s)
{
    *s = c->initial;
    return (struct ctx){.css = c, .arena = c->arena, .s = s, .parent = &c->initial, .root = &c->initial, .base = src->base};
}

static void use_usual(struct css *c)
{
    c->press.profile = c->usual.profile, c->press.file = c->usual.file, c->press.at = c->usual.at;
    c->press.condition = (struct str){0};
}
void css_usual_profile(struct css *c, struct str bytes, struct str file, struct place at)
{
    c->usual.profile = bytes.n ? bytes : STR("?"), c->usual.file = file, c->usual.at = at;
    if (!c->press.profile.n) use_usual(c);
}

/* "file.icc" or url(file.icc), then the name of the printing condition; auto: the usual profile. A file that is missing is reported with its place,
 * and what was said before stays. */
static bool intent_value(struct css *c, const struct source *src, struct ctx *x, struct cvs v, struct place at)
{
    struct str url, path, bytes, condition = {0};
    if (val_ident(&v, "auto")) {
        if (!val_done(&v)) return false;
        use_usual(c);
        return true;
    }
    x->base = STR(""); /* css_file resolves */
    if ((!val_text(x, &v, &url) && !val_url(x, &v, &url)) || !url.n) return false;
    if (val_peek(&v) && (!val_text(x, &v, &condition) || !condition.n)) return false;
    if (!val_done(&v)) return false;
    if (css_file(c, src, url, at, &path, &bytes)) {
        c->press.profile = bytes.n ? bytes : STR("?"); /* an empty file is a broken profile, not the usual one */
        c->press.file = path, c->press.condition = condition, c->press.at = at;
    }
    return true;
}

/* none, or a percentage from 100 (one ink) to 400 (four) */
static bool ink_value(struct ctx *x, struct cvs v, int *out)
{
    const struct cv *t = val_peek(&v);
    (void)x;
    if (val_ident(&v, "none")) return *out = 0, val_done(&v);
    if (!t || t->kind != TOK_PERCENT || t->num < 100 || t->num > 400) return false;
    val_next(&v);
    if (!val_done(&v)) return false;
    *out = (int)(t->num + 0.5);
    return true;
}

/* @-letak-press { output-intent; images; ink-limit } */
void css_press_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct css_reader r = css_reader(it->block, CSS_DECLARATIONS);
    struct style s;
    struct ctx x = press_ctx(c, src, &s);
    for (struct css_item d; css_next(&r, &d);) {
        struct cvs v = cvs_trim(d.value);
        int k = 0;
        bool good;
        if (d.kind != CSS_DECLARATION) continue;
        if (css_is(d.name, "output-intent")) good = intent_value(c, src, &x, v, css_place(src, d.at));
        else if (css_is(d.name, "images")) {
            good = val_keyword(&x, &v, "rgb cmyk", &k) && val_done(&v);
            if (good) c->press.images_cmyk = k;
        } else if (css_is(d.name, "ink-limit")) good = ink_value(&x, v, &c->press.most_ink);
        else good = false;
        if (!good) refuse(c, src, &d, MSG_CSS_PRESS);
    }
}

/* device-cmyk(…), or its four parts alone: 0 0 0 100% */
static bool build_value(struct ctx *x, struct cvs v, struct color *out)
{
    if (val_color(x, &v, out)) return out->cmyk && val_done(&v);
    return css_cmyk(v, out);
}

static bool same_rgb(struct color a, struct color b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

/* @-letak-color name { rgb; cmyk } */
void css_color_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct css_reader r = css_reader(it->block, CSS_DECLARATIONS);
    struct style s;
    struct ctx x = press_ctx(c, src, &s);
    struct cvs name = it->value;
    struct place at = css_place(src, it->at);
    struct press_color p = {.at = at};
    bool have_rgb = false, have_cmyk = false, refused = false, named = val_name(&x, &name, &p.name) && val_done(&name);
    for (struct css_item d; css_next(&r, &d);) {
        struct cvs v = cvs_trim(d.value);
        bool good = false;
        if (d.kind != CSS_DECLARATION) continue;
        if (css_is(d.name, "rgb")) good = have_rgb = val_color(&x, &v, &p.rgb) && !p.rgb.cmyk && p.rgb.a == 255 && val_done(&v);
        else if (css_is(d.name, "cmyk")) good = have_cmyk = build_value(&x, v, &p.cmyk) && p.cmyk.a == 255;
        if (!good) refuse(c, src, &d, MSG_CSS_COLOR), refused = true;
    }
    if (!named || !have_rgb || !have_cmyk || c->press_colors.n >= MOST_COLORS) {
        const char *lacks = !named ? "NAME" : !have_rgb ? "rgb" : !have_cmyk ? "cmyk" : "256";
        if (!refused) REPORT(c, MSG_CSS_COLOR_LACKS, at, str_printf(c->arena, "%.*s %u", STR_ARG(p.name), at.line), lacks);
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < c->press_colors.n; i++) { /* what it takes the place of goes */
        const struct press_color *old = &c->press_colors.v[i];
        if (!str_eq(old->name, p.name) && !same_rgb(old->rgb, p.rgb)) c->press_colors.v[n++] = *old;
    }
    c->press_colors.n = n;
    *vec_push(c->arena, &c->press_colors) = p;
}

const struct press *css_press(struct css *c)
{
    c->press.n_colors = c->press_colors.n, c->press.colors = c->press_colors.v;
    return &c->press;
}
