/* cascade.c: matched declarations into computed styles (Cascade 4). The tree walk that finds what matches is in match.c.
 *
 * A style is computed once for each different (parent, matched blocks): css_cascade keeps a map of those. What comes out is interned by its bytes, so
 * equal styles are one pointer. */
#include "css/internal.h"
#include <stddef.h>

/* --- var() --- */
enum {
    VAR_DEEPEST = 20,
    VAR_TOKENS = 20000,
    VAR_STEPS = 200000000 /* along lists of custom properties, in a document; behind them no var() has a value. A usual one takes a few thousand */
};
struct substitution {
    struct css *css;
    const struct css_var *vars;
    VEC(struct cv) out;
    struct str missing;
};
static const struct css_var *find(struct css *c, const struct css_var *v, struct str name)
{
    for (; v && v->name.s != name.s; v = v->next) /* names are interned */
        if (++c->var_steps > VAR_STEPS) return NULL;
    return v;
}
static bool replace(struct substitution *s, struct cvs in, int depth)
{
    if (depth > VAR_DEEPEST) return false;
    for (size_t i = 0; i < in.n;) {
        const struct cv *t = &in.v[i];
        if (s->out.n > VAR_TOKENS) return false;
        if (t->kind != TOK_FUNCTION || !css_is(t->text, "var")) {
            *vec_push(s->css->arena, &s->out) = *t;
            i++;
            continue;
        }
        struct cvs args = cv_inside(t);
        const struct cv *name = val_next(&args);
        if (!name || name->kind != TOK_IDENT) return false;
        const struct css_var *v = find(s->css, s->vars, css_intern(s->css, name->text));
        size_t mark = s->out.n;
        bool good = v && v->value.v && replace(s, v->value, depth + 1);
        if (!good) {
            s->out.n = mark;
            if (!val_delim(&args, ',')) {
                if (!s->missing.s) s->missing = name->text;
                return false;
            }
            if (!replace(s, args, depth + 1)) return false;
        }
        i += t->skip;
    }
    return true;
}
bool css_substitute(struct css *c, struct cvs in, const struct css_var *vars, struct cvs *out, struct str *missing)
{
    struct substitution s = {.css = c, .vars = vars};
    bool good = replace(&s, in, 0);
    *missing = s.missing;
    css_relink(c->arena, s.out.v, s.out.n);
    *out = (struct cvs){s.out.v, s.out.n};
    return good;
}

/* --- order --- */
static int compare(const void *a, const void *b)
{
    const struct matched *x = a, *y = b;
    if (x->origin != y->origin) return x->origin < y->origin ? -1 : 1;
    if (x->specificity != y->specificity) return x->specificity < y->specificity ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}
void css_sort(struct matched *m, size_t n)
{
    if (n > 16) qsort(m, n, sizeof *m, compare);
    else
        for (size_t i = 1; i < n; i++)
            for (size_t k = i; k && compare(&m[k - 1], &m[k]) > 0; k--) {
                struct matched swap = m[k];
                m[k] = m[k - 1];
                m[k - 1] = swap;
            }
}

struct winners {
    const struct decl *of[PROP_LONGHANDS];
    uint8_t origin[PROP_LONGHANDS];
};
typedef void visit_fn(void *ctx, const struct decl *d, uint8_t origin);
/* All declarations from weakest to strongest; only those of origins below `below`. */
static void visit(const struct matched *m, size_t n, int below, visit_fn *f, void *ctx)
{
    bool important = false;
    for (size_t i = 0; i < n; i++) {
        if (m[i].origin >= below) continue;
        important |= m[i].block->important;
        for (size_t k = 0; k < m[i].block->n; k++)
            if (!m[i].block->list[k].important) f(ctx, &m[i].block->list[k], m[i].origin);
    }
    for (int origin = CSS_AUTHOR; important && origin >= CSS_AGENT; origin--)
        for (size_t i = 0; i < n; i++) {
            if (m[i].origin != origin || origin >= below || !m[i].block->important) continue;
            for (size_t k = 0; k < m[i].block->n; k++)
                if (m[i].block->list[k].important) f(ctx, &m[i].block->list[k], m[i].origin);
        }
}
struct collect {
    struct winners *w;
    bool rtl;
    int only; /* one longhand, or -1 */
    struct css *css;
    const struct css_var *vars;
    struct css_var *own; /* custom properties of this element, raw, newest first */
};
static void collect(void *ctx, const struct decl *d, uint8_t origin)
{
    struct collect *c = ctx;
    int p = c->rtl ? d->rtl : d->prop;
    if (d->prop == PROP_CUSTOM) {
        if (c->only >= 0) return;
        struct css_var *v = ARENA_NEW(c->css->arena, struct css_var);
        *v = (struct css_var){.name = d->name, .value = d->wide ? (struct cvs){0} : d->value, .next = c->own};
        if (!d->wide && !v->value.v) v->value.v = (const struct cv *)""; /* --x:; is an empty value, not a missing one */
        if (d->wide != WIDE_INITIAL && d->wide) {
            const struct css_var *up = find(c->css, c->vars, d->name);
            v->value = up ? up->value : (struct cvs){0};
        }
        c->own = v;
        return;
    }
    if (c->only >= 0 && p != c->only) return;
    c->w->of[p] = d;
    c->w->origin[p] = origin;
}
/* The element's own custom properties in front of those of its parent, with var() inside them replaced. */
static const struct css_var *custom(struct css *c, const struct css_var *parent, struct css_var *own)
{
    const struct css_var *list = parent;
    struct css_var *last = own;
    if (!own) return parent;
    while (last->next) last = (struct css_var *)(uintptr_t)last->next;
    last->next = parent; /* raw values see each other and the parent's */
    for (struct css_var *v = own; v != parent; v = (struct css_var *)(uintptr_t)v->next) {
        const struct css_var *k = own;
        while (k->name.s != v->name.s) k = k->next, c->var_steps++;
        if (c->var_steps > VAR_STEPS) break;
        if (k != v) continue; /* a newer one wins */
        struct css_var *done = ARENA_NEW(c->arena, struct css_var);
        *done = (struct css_var){.name = v->name, .value = v->value, .next = list};
        bool any = false;
        for (size_t i = 0; i < v->value.n; i++) any |= v->value.v[i].kind == TOK_FUNCTION && css_is(v->value.v[i].text, "var");
        struct str missing;
        if (any && !css_substitute(c, v->value, own, &done->value, &missing)) done->value = (struct cvs){0};
        else if (any && !done->value.v) done->value.v = (const struct cv *)"";
        list = done;
    }
    return list;
}

/* --- values --- */
static void copy_member(struct style *to, const struct style *from, enum prop p)
{
    const struct property *row = css_property(p);
    memcpy((char *)to + row->at, (const char *)from + row->at, row->size);
}
static void set_initial(struct css *c, struct style *s, enum prop p)
{
    copy_member(s, &c->initial, p);
    if (css_property(p)->initial[0] == 'c' && !strcmp(css_property(p)->initial, "currentcolor"))
        *(struct color *)((char *)s + css_property(p)->at) = s->color;
}
static bool set_value(struct ctx *x, enum prop p, const struct decl *d, bool rtl)
{
    struct cvs value = d->value;
    x->base = d->base;
    if (d->has_var) {
        struct str missing;
        if (!css_substitute(x->css, value, x->s->vars, &value, &missing)) {
            char *name = str_z(x->arena, missing.s ? missing : STR("var()"));
            REPORT(x->css, MSG_CSS_VAR, d->at, str_of(name), name, css_property(p)->name);
            return false;
        }
    }
    if (!d->shorthand) return css_set(x, p, value);
    decl_list list = {0};
    struct decl like = {.at = d->at, .base = d->base};
    value = cvs_trim(value);
    if (!css_expand(x, (enum prop)d->shorthand, value, &like, &list)) return false;
    for (size_t i = 0; i < list.n; i++) {
        if ((rtl ? list.v[i].rtl : list.v[i].prop) != p) continue;
        if (list.v[i].wide) return set_initial(x->css, x->s, p), true;
        return css_set(x, p, list.v[i].value);
    }
    return false;
}
static void apply(struct ctx *x, enum prop p, const struct winners *w, const struct matched *m, size_t n, bool rtl)
{
    const struct property *row = css_property(p);
    const struct decl *d = w->of[p];
    enum wide wide = (enum wide)d->wide;
    struct winners lower;
    int origin = w->origin[p];
    while (wide == WIDE_REVERT && origin > CSS_AGENT) {
        struct collect k = {.w = &lower, .rtl = rtl, .only = (int)p, .css = x->css};
        lower.of[p] = NULL;
        visit(m, n, origin, collect, &k);
        d = lower.of[p];
        wide = d ? (enum wide)d->wide : WIDE_UNSET;
        origin = d ? lower.origin[p] : CSS_AGENT;
    }
    if (wide == WIDE_NONE && !set_value(x, p, d, rtl)) wide = WIDE_UNSET; /* invalid at computed-value time */
    if (wide == WIDE_NONE) return;
    if (wide == WIDE_INHERIT || (wide != WIDE_INITIAL && row->inherited)) copy_member(x->s, x->parent, p);
    else set_initial(x->css, x->s, p);
}

/* --- what other values make of a value --- */
static uint8_t as_block(uint8_t display)
{
    switch (display) {
    case DISPLAY_INLINE_TABLE: return DISPLAY_TABLE;
    case DISPLAY_INLINE_FLEX: return DISPLAY_FLEX;
    case DISPLAY_INLINE:
    case DISPLAY_INLINE_BLOCK:
    case DISPLAY_TABLE_ROW_GROUP:
    case DISPLAY_TABLE_HEADER_GROUP:
    case DISPLAY_TABLE_FOOTER_GROUP:
    case DISPLAY_TABLE_ROW:
    case DISPLAY_TABLE_CELL:
    case DISPLAY_TABLE_CAPTION:
    case DISPLAY_TABLE_COLUMN:
    case DISPLAY_TABLE_COLUMN_GROUP: return DISPLAY_BLOCK;
    default: return display;
    }
}
static void imply_counter(struct css *c, struct counter_ops *ops, const char *name, long value)
{
    for (size_t i = 0; i < ops->n; i++)
        if (str_is(ops->list[i].name, name)) return;
    struct counter_op *list = ARENA_ARRAY(c->arena, struct counter_op, ops->n + 1);
    list[0] = (struct counter_op){css_intern(c, str_of(name)), value};
    if (ops->n) memcpy(list + 1, ops->list, ops->n * sizeof *list);
    ops->list = css_same(c, list, (ops->n + 1) * sizeof *list);
    ops->n++;
}
static void settle(struct css *c, struct style *s, const struct style_env *env)
{
    if (s->line_factor) s->line_height = fixed_muldiv(s->font_size, s->line_factor, 4096);
    for (int i = 0; i < 4; i++)
        if (s->border_style[i] <= BORDER_HIDDEN) s->border_width[i] = 0;
    if (s->column_rule_style <= BORDER_HIDDEN) s->column_rule_width = 0;
    if (s->position == POSITION_ABSOLUTE || s->position == POSITION_RUNNING) s->flo = FLOAT_NONE;
    bool flex_item = env->parent->display == DISPLAY_FLEX || env->parent->display == DISPLAY_INLINE_FLEX, rtl = env->parent->rtl;
    if (s->flo >= FLOAT_START) s->flo = (s->flo == FLOAT_START) != rtl ? FLOAT_LEFT : FLOAT_RIGHT;
    if (s->clear >= CLEAR_START) s->clear = (s->clear == CLEAR_START) != rtl ? CLEAR_LEFT : CLEAR_RIGHT;
    if (s->flo != FLOAT_FOOTNOTE && (flex_item || (env->element && !env->root))) s->flo = FLOAT_NONE; /* Flexbox, 3; CSS 2.2, 9.7 */
    if (s->display != DISPLAY_NONE && (s->flo || s->position >= POSITION_ABSOLUTE || (flex_item && env->el) || (env->element && !env->root)))
        s->display = as_block(s->display);
    if (!env->element) return;
    if (s->display == DISPLAY_LIST_ITEM) imply_counter(c, &s->counter_increment, "list-item", 1);
    if (s->flo == FLOAT_FOOTNOTE) imply_counter(c, &s->counter_increment, "footnote", 1);
    static const char *const lists[] = {"ol", "ul", "menu"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!strcmp((const char *)env->el->name, lists[i])) imply_counter(c, &s->counter_reset, "list-item", 0);
}

const struct style *css_compute(struct css *c, const struct matched *m, size_t n, const struct style_env *env)
{
    struct style s;
    struct winners w;
    memcpy(&s, &c->initial, sizeof s);
    memcpy(&s, env->parent, offsetof(struct style, display)); /* what is inherited stands first */
    s.lang = env->lang;
    struct collect k = {.w = &w, .rtl = env->parent->rtl, .only = -1, .css = c, .vars = env->parent->vars};
    memset(w.of, 0, sizeof w.of);
    visit(m, n, CSS_AUTHOR + 1, collect, &k);
    s.vars = custom(c, env->parent->vars, k.own);
    struct ctx x = {.css = c, .arena = c->arena, .s = &s, .parent = env->parent, .root = env->root ? env->root : &c->initial, .el = env->el};
    if (w.of[PROP_DIRECTION]) apply(&x, PROP_DIRECTION, &w, m, n, k.rtl);
    if (s.rtl != k.rtl) {
        k = (struct collect){.w = &w, .rtl = s.rtl, .only = -1, .css = c, .vars = env->parent->vars};
        memset(w.of, 0, sizeof w.of);
        visit(m, n, CSS_AUTHOR + 1, collect, &k);
    }
    if (!env->root && env->element && w.of[PROP_FONT_SIZE]) { /* rem on the root itself is its own size, but in font-size the initial one */
        apply(&x, PROP_FONT_SIZE, &w, m, n, k.rtl);
        w.of[PROP_FONT_SIZE] = NULL;
        x.root = &s;
    }
    for (int p = 1; p < PROP_LONGHANDS; p++) {
        if (p > PROP_LINE_HEIGHT && !w.of[p]) continue;
        if (w.of[p] && p != PROP_DIRECTION) apply(&x, (enum prop)p, &w, m, n, k.rtl);
        if (p == PROP_LINE_HEIGHT && s.line_factor) s.line_height = fixed_muldiv(s.font_size, s.line_factor, 4096);
    }
    static const uint16_t in_text_color[] = {PROP_BORDER_TOP_COLOR,  PROP_BORDER_RIGHT_COLOR,    PROP_BORDER_BOTTOM_COLOR,
                                             PROP_BORDER_LEFT_COLOR, PROP_TEXT_DECORATION_COLOR, PROP_COLUMN_RULE_COLOR};
    for (size_t i = 0; i < sizeof in_text_color / sizeof *in_text_color; i++)
        if (!w.of[in_text_color[i]]) set_initial(c, &s, (enum prop)in_text_color[i]);
    settle(c, &s, env);
    return css_same(c, &s, sizeof s);
}

const struct style *css_anonymous(struct css *c, const struct style *parent, enum display display)
{
    struct style s;
    memcpy(&s, &c->initial, sizeof s);
    memcpy(&s, parent, offsetof(struct style, display));
    for (int i = 0; i < 4; i++) s.border_color[i] = s.color, s.border_width[i] = 0;
    s.decoration_color = s.column_rule_color = s.color;
    s.column_rule_width = 0;
    s.display = (uint8_t)display;
    return css_same(c, &s, sizeof s);
}
