/* longhand.c: the parsers of single properties, named in properties.def. Each takes its value off *v and writes the member(s) of struct style at
 * `field`. */
#include "css/longhand.h"
#include "css/internal.h"

bool p_enum(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    int n;
    if (!val_keyword(x, v, arg, &n)) return false;
    *(uint8_t *)field = (uint8_t)n; /* uint8_t and bool members */
    return true;
}
bool p_align(struct ctx *x, void *field, const char *arg, struct cvs *v) /* Text 4, 6.1: a string aligns the column at it, a word places the column */
{
    struct str at = {0};
    bool given = val_text(x, v, &at), word = p_enum(x, field, arg, v);
    if (!given && word) given = val_text(x, v, &at);
    if (given && !at.n) return false;
    if (given && !word) *(uint8_t *)field = ALIGN_RIGHT;
    x->s->text_align_char = given ? css_intern(x->css, at) : (struct str){0};
    return given || word;
}
bool p_display(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    if (!p_enum(x, field, arg, v)) return false;
    int inner;
    if (val_peek(v) && *(uint8_t *)field <= DISPLAY_BLOCK && val_keyword(x, v, "flow flow-root flex table", &inner)) { /* block flow … */
        static const uint8_t block[] = {DISPLAY_BLOCK, DISPLAY_FLOW_ROOT, DISPLAY_FLEX, DISPLAY_TABLE},
                             in[] = {DISPLAY_INLINE, DISPLAY_INLINE_BLOCK, DISPLAY_INLINE_FLEX, DISPLAY_INLINE_TABLE};
        *(uint8_t *)field = *(uint8_t *)field == DISPLAY_BLOCK ? block[inner] : in[inner];
    }
    return true;
}
/* arg: n negative allowed, % percentages, a auto, 0 none, m min-content …, c content, g normal (= auto) */
bool p_len(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    struct len *l = field;
    int flags = 0, k;
    for (const char *c = arg; *c; c++) {
        if (*c == 'n') flags |= LEN_NEGATIVE;
        if (*c == '%') flags |= LEN_PERCENTS;
        if ((*c == 'a' && val_ident(v, "auto")) || (*c == 'g' && val_ident(v, "normal")) || (*c == 'c' && val_ident(v, "content")))
            return *l = (struct len){LEN_AUTO, 0, 0}, true;
        if (*c == '0' && val_ident(v, "none")) return *l = (struct len){LEN_NONE, 0, 0}, true;
        if (*c == 'm' && val_keyword(x, v, "min-content=4 max-content=5 fit-content=6", &k)) return *l = (struct len){(uint32_t)k, 0, 0}, true;
    }
    return val_len(x, v, flags, l);
}
/* arg: n negative allowed, N normal = 0, w thin medium thick */
bool p_abs(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    int k;
    if (strchr(arg, 'N') && val_ident(v, "normal")) return *(fixed *)field = 0, true;
    if (strchr(arg, 'w') && val_keyword(x, v, "thin=1 medium=3 thick=5", &k)) return *(fixed *)field = k * 48, true;
    return val_fixed(x, v, strchr(arg, 'n') ? LEN_NEGATIVE : 0, field);
}
bool p_color(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    return val_color(x, v, field);
}
bool p_text_color(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    if (val_ident(v, "currentcolor")) return *(struct color *)field = x->parent->color, true;
    return val_color(x, v, field);
}
bool p_font_size(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    static const fixed sizes[] = {432, 480, 624, 768, 864, 1152, 1536, 2304}; /* 9 10 13 16 18 24 32 48 px */
    fixed parent = x->parent->font_size;
    int k;
    struct len l;
    if (val_keyword(x, v, "xx-small x-small small medium large x-large xx-large xxx-large", &k)) *(fixed *)field = sizes[k];
    else if (val_ident(v, "smaller")) *(fixed *)field = fixed_muldiv(parent, 5, 6);
    else if (val_ident(v, "larger")) *(fixed *)field = fixed_muldiv(parent, 6, 5);
    else if (val_len(x, v, LEN_PERCENTS, &l)) *(fixed *)field = len_resolve(l, parent, parent);
    else return false;
    if (*(fixed *)field > PT(20000)) *(fixed *)field = PT(20000);
    return *(fixed *)field >= 0;
}
bool p_line_height(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg, (void)field;
    struct style *s = x->s;
    double n;
    struct len l;
    s->line_factor = 0;
    if (val_ident(v, "normal")) s->line_height = LINE_HEIGHT_NORMAL;
    else if (val_number(x, v, &n)) {
        if (n < 0) return false;
        s->line_factor = (int32_t)(n > 1000 ? 1000 * 4096 : n * 4096 + 0.5);
        s->line_height = fixed_muldiv(s->font_size, s->line_factor, 4096);
    } else if (val_len(x, v, LEN_PERCENTS, &l)) s->line_height = len_resolve(l, s->font_size, 0);
    else return false;
    return true;
}
bool p_families(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    VEC(struct str) names = {0};
    do {
        struct str name;
        if (!val_text(x, v, &name)) {
            struct buf b = {0};
            while (val_peek(v) && val_peek(v)->kind == TOK_IDENT) {
                if (b.n) buf_putc(&b, ' ');
                buf_str(&b, val_next(v)->text);
            }
            name = css_intern(x->css, buf_view(&b));
            buf_close(&b);
            if (css_is(name, "ui-serif")) name = css_intern(x->css, STR("serif"));
            if (css_is(name, "system-ui") || css_is(name, "ui-sans-serif") || css_is(name, "-apple-system"))
                name = css_intern(x->css, STR("sans-serif"));
            if (css_is(name, "ui-monospace")) name = css_intern(x->css, STR("monospace"));
        }
        if (!name.n || names.n >= 64) return false;
        *vec_push(x->arena, &names) = name;
    } while (val_delim(v, ','));
    struct families f = {names.n, css_same(x->css, names.v, names.n * sizeof *names.v)};
    *(const struct families **)field = css_same(x->css, &f, sizeof f);
    return true;
}
bool p_weight(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    int k, p = x->parent->font_weight;
    double n;
    if (val_keyword(x, v, "normal=400 bold=700", &k)) *(uint16_t *)field = (uint16_t)k;
    else if (val_ident(v, "bolder")) *(uint16_t *)field = p < 350 ? 400 : p < 550 ? 700 : 900;
    else if (val_ident(v, "lighter")) *(uint16_t *)field = p < 550 ? 100 : p < 750 ? 400 : 700;
    else if (val_number(x, v, &n) && n >= 1 && n <= 1000) *(uint16_t *)field = (uint16_t)n;
    else return false;
    return true;
}
bool p_font_style(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    int k;
    if (!val_keyword(x, v, "normal italic oblique", &k)) return false;
    *(bool *)field = k > 0;
    const struct cv *t = val_peek(v);
    if (k == 2 && t && t->kind == TOK_DIMENSION && css_is(t->unit, "deg")) val_next(v);
    return true;
}
bool p_numeric(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg, (void)field;
    int k, any = 0;
    x->s->tabular = x->s->oldstyle = x->s->lining = false;
    if (val_ident(v, "normal")) return true;
    for (; val_keyword(x, v, "tabular-nums proportional-nums oldstyle-nums lining-nums !diagonal-fractions !stacked-fractions !ordinal !slashed-zero",
                       &k);
         any++) {
        if (k == 0) x->s->tabular = true;
        if (k == 2) x->s->oldstyle = true;
        if (k == 3) x->s->lining = true;
    }
    return any;
}
bool p_features(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct buf b = {0};
    bool good = val_ident(v, "normal");
    if (!good) do {
            struct str tag;
            long n = 1;
            good = val_text(x, v, &tag) && tag.n == 4;
            if (!good) break;
            if (val_ident(v, "off")) n = 0;
            else if (!val_ident(v, "on")) val_integer(x, v, &n);
            if (b.n) buf_putc(&b, ',');
            buf_printf(&b, "%.*s=%ld", STR_ARG(tag), n < 0 ? 0 : n > 65535 ? 65535 : n);
        } while (val_delim(v, ','));
    *(struct str *)field = css_intern(x->css, buf_view(&b));
    buf_close(&b);
    return good;
}
bool p_tab(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    double n;
    struct len l;
    if (val_number(x, v, &n) && n >= 0) return *(fixed *)field = (fixed)(n > 1000 ? 1000 : n), true;
    if (val_len(x, v, 0, &l)) x->unsupported = true;
    return false;
}
bool p_count(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    long n, least = arg[0] - '0';
    if (!val_integer(x, v, &n) || n < least) return false;
    *(uint8_t *)field = (uint8_t)(n > 100 ? 100 : n);
    return true;
}
bool p_initial(struct ctx *x, void *field, const char *arg, struct cvs *v) /* Inline 3, 6.2: as many lines high as it is sunk */
{
    long n = 0, sunk;
    (void)arg;
    if (!val_ident(v, "normal") && (!val_integer(x, v, &n) || n < 1 || n > 20)) return false;
    if (n && val_integer(x, v, &sunk) && sunk != n) return false;
    *(uint8_t *)field = (uint8_t)n;
    return true;
}
bool p_limit_chars(struct ctx *x, void *field, const char *arg, struct cvs *v) /* Text 4, 5.4.1 */
{
    (void)arg;
    uint8_t *out = field;
    int k = 0;
    for (; k < 3 && val_peek(v); k++) {
        long n = 0;
        if (!val_ident(v, "auto") && (!val_integer(x, v, &n) || n < 0)) return false;
        out[k] = (uint8_t)(n > 100 ? 100 : n);
    }
    if (k == 1) out[1] = out[2] = 0;
    if (k == 2) out[2] = out[1];
    return k;
}
bool p_limit_lines(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    int k;
    long n;
    if (val_keyword(x, v, "auto no-limit", &k)) return *(uint8_t *)field = (uint8_t)k, true;
    if (!val_integer(x, v, &n) || n < 0) return false;
    *(uint8_t *)field = (uint8_t)(HYPHEN_LINES + (n > HYPHEN_LINES_MOST ? HYPHEN_LINES_MOST : n));
    return true;
}
bool p_hanging(struct ctx *x, void *field, const char *arg, struct cvs *v) /* each at most once, one of the two ends */
{
    (void)arg;
    int k;
    uint8_t all = 0;
    if (val_ident(v, "none")) return *(uint8_t *)field = 0, true;
    while (val_keyword(x, v, "first=1 last=2 force-end=4 allow-end=8", &k)) {
        if (all & k || (k >= HANG_FORCE_END && all >= HANG_FORCE_END)) return false;
        all |= (uint8_t)k;
    }
    return (*(uint8_t *)field = all) != 0;
}
bool p_tracking(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)x, (void)arg;
    const struct cv *t = val_peek(v);
    if (val_ident(v, "none")) return *(uint16_t *)field = 0, true;
    if (!t || t->kind != TOK_PERCENT || !(t->num >= 0 && t->num <= 5)) return false;
    *(uint16_t *)field = (uint16_t)(t->num * 100 + 0.5);
    return val_next(v) != NULL;
}
bool p_int(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    long n;
    if (!val_integer(x, v, &n)) return false;
    *(int *)field = (int)n;
    return true;
}
bool p_z(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    if (val_ident(v, "auto")) return *(int *)field = 0, true;
    return p_int(x, field, arg, v);
}
bool p_list_type(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct str s;
    if (val_name(x, v, &s)) *(struct str *)field = s;
    else if (val_text(x, v, &s)) *(struct str *)field = css_intern(x->css, str_printf(x->arena, "\"%.*s\"", STR_ARG(s)));
    else return false;
    return true;
}
bool p_url(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    const struct cv *t = val_peek(v);
    if (val_ident(v, "none")) return *(struct str *)field = (struct str){0}, true;
    if (t && t->kind == TOK_FUNCTION && (str_search(t->text, "gradient") != SIZE_MAX || str_search(t->text, "image") != SIZE_MAX))
        x->unsupported = true;
    return val_url(x, v, field);
}
bool p_spacing(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg, (void)field;
    if (!val_fixed(x, v, 0, &x->s->border_spacing_x)) return false;
    if (!val_fixed(x, v, 0, &x->s->border_spacing_y)) x->s->border_spacing_y = x->s->border_spacing_x;
    return true;
}
bool p_quotes(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    if (val_ident(v, "auto")) return *(struct str *)field = (struct str){0}, true;
    if (val_ident(v, "none")) return *(struct str *)field = css_intern(x->css, STR("\x1F")), true;
    struct buf b = {0};
    int n = 0;
    for (struct str s; val_text(x, v, &s); n++) {
        if (n) buf_putc(&b, 0x1F);
        buf_str(&b, s);
    }
    *(struct str *)field = css_intern(x->css, buf_view(&b));
    buf_close(&b);
    return n && n % 2 == 0;
}
bool p_name(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    if (val_ident(v, arg)) return *(struct str *)field = (struct str){0}, true;
    return val_name(x, v, field);
}
bool p_page(struct ctx *x, void *field, const char *arg, struct cvs *v) /* auto: the value of the parent, Paged Media 3, 8.1 */
{
    (void)arg;
    if (val_ident(v, "auto")) return *(struct str *)field = x->parent->page, true;
    return val_name(x, v, field);
}
bool p_string(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    if (val_ident(v, "auto")) return *(struct str *)field = (struct str){0}, true;
    return val_text(x, v, field);
}
bool p_position(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    int k;
    const struct cv *t = val_peek(v);
    x->s->running = (struct str){0};
    if (t && t->kind == TOK_FUNCTION && css_is(t->text, "running")) {
        struct cvs in = cv_inside(t);
        if (!val_name(x, &in, &x->s->running) || !val_done(&in)) return false;
        val_next(v);
        *(uint8_t *)field = POSITION_RUNNING;
        return true;
    }
    if (!val_keyword(x, v, "static relative absolute !fixed !sticky", &k)) return false;
    *(uint8_t *)field = (uint8_t)k;
    return true;
}
bool p_overflow(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    int k;
    if (!val_keyword(x, v, "visible=0 auto=0 hidden=1 clip=1 scroll=1", &k)) return false;
    *(uint8_t *)field = (uint8_t)k;
    val_keyword(x, v, "visible=0 auto=0 hidden=1 clip=1 scroll=1", &k);
    return true;
}
bool p_radius(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct len second;
    if (!val_len(x, v, LEN_PERCENTS, field)) return false;
    val_len(x, v, LEN_PERCENTS, &second); /* elliptical corners are drawn round */
    return true;
}
/* axis: 0 either, 1 horizontal, 2 vertical; second: a keyword stands before, so an offset behind this one is its own */
static bool place_part(struct ctx *x, struct cvs *v, bool second, struct len *out, int *axis)
{
    int k;
    if (val_keyword(x, v, "left=1 right=2 top=3 bottom=4 center=5", &k)) {
        *axis = k < 3 ? 1 : k < 5 ? 2 : 0;
        *out = (struct len){LEN_PERCENT, k == 1 || k == 3 ? 0 : k == 5 ? 3200 : 6400, 0};
        struct len off;
        struct cvs save = *v;
        if (k < 5 && val_len(x, v, LEN_NEGATIVE | LEN_PERCENTS, &off)) { /* left 10px top 5px: only where a keyword follows */
            const struct cv *t = val_peek(v);
            if (second || (t && t->kind == TOK_IDENT)) {
                if (k & 1) *out = off;
                else if (off.kind == LEN_FIXED) *out = (struct len){LEN_CALC, -off.v, 6400};
                else *out = (struct len){LEN_PERCENT, 6400 - off.v, 0};
            } else *v = save;
        }
        return true;
    }
    *axis = 0;
    return val_len(x, v, LEN_NEGATIVE | LEN_PERCENTS, out);
}
bool p_place(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct len *out = field, a, b; /* two members, x and y */
    int m, n;
    const struct cv *t = val_peek(v);
    bool word = t && t->kind == TOK_IDENT;
    if (!place_part(x, v, false, &a, &m)) return false;
    if (!place_part(x, v, word, &b, &n)) b = (struct len){LEN_PERCENT, 3200, 0}, n = 0;
    if (m && m == n) return false;
    bool swap = m == 2 || n == 1;
    out[0] = swap ? b : a;
    out[1] = swap ? a : b;
    return true;
}
bool p_bg_size(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct len *out = field;
    int k;
    if (val_keyword(x, v, "contain=4 cover=5", &k)) return out[0] = out[1] = (struct len){(uint32_t)k, 0, 0}, true;
    if (!p_len(x, out, "a%", v)) return false;
    if (!p_len(x, out + 1, "a%", v)) out[1] = (struct len){LEN_AUTO, 0, 0};
    return true;
}
bool p_valign(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg, (void)field;
    int k;
    struct len l;
    struct style *s = x->s;
    s->vertical_shift = 0;
    if (val_keyword(x, v, "baseline sub super top text-top middle bottom text-bottom", &k)) s->vertical_align = (uint8_t)k;
    else if (val_len(x, v, LEN_NEGATIVE | LEN_PERCENTS, &l)) {
        s->vertical_align = VALIGN_LENGTH;
        s->vertical_shift = len_resolve(l, s->line_height > 0 ? s->line_height : fixed_muldiv(s->font_size, 6, 5), 0);
    } else return false;
    return true;
}
bool p_decoration(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    int k, all = 0;
    if (val_ident(v, "none")) return *(uint8_t *)field = 0, true;
    while (val_keyword(x, v, "underline=1 overline=2 line-through=4 blink=0", &k)) all |= k | 8;
    *(uint8_t *)field = (uint8_t)(all & 7);
    return all;
}
bool p_thickness(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    int k;
    struct len l;
    if (val_keyword(x, v, "auto=0 from-font=0", &k)) return *(fixed *)field = 0, true;
    if (!val_len(x, v, LEN_PERCENTS, &l)) return false;
    *(fixed *)field = len_resolve(l, x->s->font_size, 0);
    return true;
}
bool p_opacity(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    double n;
    const struct cv *t = val_peek(v);
    if (t && t->kind == TOK_PERCENT) n = val_next(v)->num / 100;
    else if (!val_number(x, v, &n)) return false;
    *(uint8_t *)field = (uint8_t)(n <= 0 ? 0 : n >= 1 ? 255 : n * 255 + 0.5);
    return true;
}
bool p_columns(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    long n;
    if (val_ident(v, "auto")) return *(int *)field = 0, true;
    if (!val_integer(x, v, &n) || n < 1) return false;
    *(int *)field = (int)(n > 100 ? 100 : n);
    return true;
}
bool p_factor(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    double n;
    if (!val_number(x, v, &n) || n < 0) return false;
    *(fixed *)field = fixed_of(n > 10000 ? 10000 : n);
    return true;
}
bool p_bookmark(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    long n;
    if (val_ident(v, "none")) return *(int *)field = 0, true;
    if (!val_integer(x, v, &n) || n < 1) return false;
    *(int *)field = (int)(n > 100 ? 100 : n);
    return true;
}
bool p_fit(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    fixed *out = field; /* fit_min, fit_max */
    if (val_ident(v, "none")) return out[0] = out[1] = 0, true;
    if (!val_fixed(x, v, 0, &out[0])) return false;
    if (!val_fixed(x, v, 0, &out[1])) out[1] = out[0];
    return out[0] > 0 && out[0] <= out[1];
}
bool p_counter(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    struct counter_ops *out = field;
    VEC(struct counter_op) list = {0};
    *out = (struct counter_ops){0};
    if (val_ident(v, "none")) return true;
    for (struct str name; list.n < 100 && val_name(x, v, &name);) {
        long n;
        if (!val_integer(x, v, &n)) n = arg[0] - '0';
        *vec_push(x->arena, &list) = (struct counter_op){name, n};
    }
    out->n = list.n;
    out->list = css_same(x->css, list.v, list.n * sizeof *list.v);
    return list.n;
}
