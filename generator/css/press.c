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
static bool ink_value(struct cvs v, int *out)
{
    const struct cv *t = val_peek(&v);
    if (val_ident(&v, "none")) return *out = 0, val_done(&v);
    if (!t || t->kind != TOK_PERCENT || t->num < 100 || t->num > 400) return false;
    val_next(&v);
    if (!val_done(&v)) return false;
    *out = (int)(t->num + 0.5);
    return true;
}

/* --- the descriptors: parser, help and what is offered after a wrong one --- */

struct reading { /* of one rule */
    struct css *c;
    const struct source *src;
    struct ctx x;
    struct place at; /* of the descriptor */
    struct press_color color;
    bool have_rgb, have_cmyk;
};

static bool set_intent(struct reading *r, struct cvs v) { return intent_value(r->c, r->src, &r->x, v, r->at); }
static bool set_images(struct reading *r, struct cvs v)
{
    int k;
    if (!val_keyword(&r->x, &v, "rgb cmyk", &k) || !val_done(&v)) return false;
    r->c->press.images_cmyk = k;
    return true;
}
static bool set_ink(struct reading *r, struct cvs v) { return ink_value(v, &r->c->press.most_ink); }
static bool set_rgb(struct reading *r, struct cvs v)
{
    struct color *to = &r->color.rgb;
    return r->have_rgb = val_color(&r->x, &v, to) && !to->cmyk && to->a == 255 && val_done(&v);
}
/* device-cmyk(…), or its four parts alone: 0 0 0 100% */
static bool build_value(struct ctx *x, struct cvs v, struct color *out)
{
    if (val_color(x, &v, out)) return out->cmyk && val_done(&v);
    return css_cmyk(v, out);
}

static bool set_cmyk(struct reading *r, struct cvs v) { return r->have_cmyk = build_value(&r->x, v, &r->color.cmyk) && r->color.cmyk.a == 255; }

static const struct descriptor {
    const char *name, *values, *initial;
    bool (*set)(struct reading *r, struct cvs v);
    const char *help[2];
} PRESS[] = {{"output-intent",
              "auto | [<string> | <url>] <string>?",
              "auto",
              set_intent,
              {"ICC profile of paper and inks, and the name of its printing condition; auto: that of site.yml, or of Ghostscript",
               "ICC профил папира и боја и назив услова штампе; auto: онај из site.yml или из Ghostscript-а"}},
             {"images",
              "rgb | cmyk",
              "rgb",
              set_images,
              {"pictures keep their colours with a profile; or are converted into inks. A JPEG in CMYK stays as it is",
               "слике задржавају своје боје са профилом; или се претварају у штампарске. JPEG у CMYK остаје какав јесте"}},
             {"ink-limit",
              "none | <percentage>",
              "300%",
              set_ink,
              {"more ink than that in one place, from 100% to 400%, is reported",
               "више мастила од тога на једном месту, од 100% до 400%, јавља се"}}},
  COLOR[] = {{"rgb", "<color>", "none", set_rgb, {"as it stands in style sheets; without transparency", "како стоји у стиловима; без провидности"}},
             {"cmyk",
              "[<percentage> | <number>]{4} | device-cmyk()",
              "none",
              set_cmyk,
              {"the inks that the press PDF has for it", "боје којима се штампа у PDF-у за штампарију"}}};
enum { N_PRESS = sizeof PRESS / sizeof *PRESS, N_COLOR = sizeof COLOR / sizeof *COLOR };

static void help(struct buf *b, const char *name, const char *what, const struct descriptor *rows, size_t n, enum diag_lang lang)
{
    buf_printf(b, "%s  %s\n", name, what);
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "  %s: %s  (%s)\n      %s\n", rows[i].name, rows[i].values, rows[i].initial, rows[i].help[lang != DIAG_EN]);
}
void css_press_help(struct buf *b, enum diag_lang lang)
{
    static const char *const what[] = {"at-rule: how the press PDF (--print) is printed; man letak-press. Other engines skip it.",
                                       "правило: како се штампа PDF за штампарију (--print); man letak-press. Други програми га прескачу."};
    help(b, "@-letak-press", what[lang != DIAG_EN], PRESS, N_PRESS, lang);
}
void css_color_help(struct buf *b, enum diag_lang lang)
{
    static const char *const what[] = {"at-rule, with a name behind it: the inks of one colour; man letak-press. Other engines skip it.",
                                       "правило, са именом иза: боје за штампу једне боје; man letak-press. Други програми га прескачу."};
    help(b, "@-letak-color", what[lang != DIAG_EN], COLOR, N_COLOR, lang);
}

/* Sets all descriptors of a rule; false: one was refused (reported). */
static bool read_rule(struct reading *r, const struct css_item *it, const struct descriptor *rows, size_t n, enum msg m)
{
    struct css_reader in = css_reader(it->block, CSS_DECLARATIONS);
    bool all = true;
    for (struct css_item d; css_next(&in, &d);) {
        size_t k = 0;
        if (d.kind != CSS_DECLARATION) continue;
        r->at = css_place(r->src, d.at);
        while (k < n && !css_is(d.name, rows[k].name)) k++;
        if (k < n && rows[k].set(r, cvs_trim(d.value))) continue;
        refuse(r->c, r->src, &d, m);
        all = false;
    }
    return all;
}

static struct reading reading_of(struct css *c, const struct source *src, struct style *s)
{
    *s = c->initial;
    return (struct reading){
        .c = c, .src = src, .x = {.css = c, .arena = c->arena, .s = s, .parent = &c->initial, .root = &c->initial, .base = src->base}};
}

void css_press_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct style s;
    struct reading r = reading_of(c, src, &s);
    read_rule(&r, it, PRESS, N_PRESS, MSG_CSS_PRESS);
}

static bool same_rgb(struct color a, struct color b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

void css_color_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct style s;
    struct reading r = reading_of(c, src, &s);
    struct press_color *p = &r.color;
    struct cvs name = it->value;
    bool named = val_name(&r.x, &name, &p->name) && val_done(&name), good = read_rule(&r, it, COLOR, N_COLOR, MSG_CSS_COLOR);
    p->at = css_place(src, it->at);
    if (!named || !r.have_rgb || !r.have_cmyk || c->press_colors.n >= MOST_COLORS) {
        const char *lacks = !named ? "NAME" : !r.have_rgb ? "rgb" : !r.have_cmyk ? "cmyk" : "256";
        if (good) REPORT(c, MSG_CSS_COLOR_LACKS, p->at, str_printf(c->arena, "%.*s %u", STR_ARG(p->name), p->at.line), lacks);
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < c->press_colors.n; i++) { /* what it takes the place of goes */
        const struct press_color *old = &c->press_colors.v[i];
        if (!str_eq(old->name, p->name) && !same_rgb(old->rgb, p->rgb)) c->press_colors.v[n++] = *old;
    }
    c->press_colors.n = n;
    *vec_push(c->arena, &c->press_colors) = *p;
}

const struct press *css_press(struct css *c)
{
    c->press.n_colors = c->press_colors.n, c->press.colors = c->press_colors.v;
    return &c->press;
}
