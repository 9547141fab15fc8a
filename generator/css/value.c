/* value.c: see value.h. Lengths and calc(). */
#include "css/value.h"
#include "css/internal.h"
#include <assert.h>
#include <math.h>
#include <stddef.h>

const struct cv *val_peek(struct cvs *v)
{
    while (v->n && v->v->kind == TOK_SPACE) v->v++, v->n--;
    return v->n ? v->v : NULL;
}
const struct cv *val_next(struct cvs *v)
{
    const struct cv *t = val_peek(v);
    if (t) v->v += t->skip, v->n -= t->skip;
    return t;
}
bool val_done(struct cvs *v) { return !val_peek(v); }
bool val_ident(struct cvs *v, const char *name)
{
    const struct cv *t = val_peek(v);
    return t && t->kind == TOK_IDENT && css_is(t->text, name) && val_next(v);
}
bool val_delim(struct cvs *v, char c)
{
    const struct cv *t = val_peek(v);
    return t && ((t->kind == TOK_DELIM && t->c == c) || (c == ',' && t->kind == TOK_COMMA)) && val_next(v);
}
bool val_keyword(struct ctx *x, struct cvs *v, const char *words, int *out)
{
    const struct cv *t = val_peek(v);
    if (!t || t->kind != TOK_IDENT) return false;
    struct str rest = str_of(words), word;
    for (int at = 0; str_split(&rest, ' ', &word); at++) {
        bool no = str_starts(word, "!");
        if (no) word = str_from(word, 1);
        size_t eq = str_find(word, '=');
        if (eq != SIZE_MAX) {
            long n;
            if (str_int(str_from(word, eq + 1), &n)) at = (int)n;
            word.n = eq;
        }
        char z[40];
        if (word.n >= sizeof z) continue;
        memcpy(z, word.s, word.n);
        z[word.n] = 0;
        if (!css_is(t->text, z)) continue;
        if (no) return x->unsupported = true, false;
        *out = at;
        val_next(v);
        return true;
    }
    return false;
}

enum { LONGEST = 10000000 }; /* 55 m: two hundred such lengths can be added before 32 bits are full */

fixed fixed_of(double pt)
{
    double v = pt * 64;
    if (!(v == v)) return 0;
    return v > LONGEST ? LONGEST : v < -LONGEST ? -LONGEST : (fixed)(v < 0 ? v - 0.5 : v + 0.5);
}

/* --- units; calc() works on (number | length + percentage) --- */
struct quantity {
    bool number, has_percent, has_length;
    double v, percent;
};
enum { CALC_DEEPEST = 20 };

static bool unit_points(struct ctx *x, struct str unit, double *out)
{
    static const struct {
        const char *unit;
        double pt;
    } absolute[] = {{"px", 0.75}, {"pt", 1}, {"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"in", 72}, {"pc", 12}, {"q", 72 / 101.6}};
    for (size_t i = 0; i < sizeof absolute / sizeof *absolute; i++)
        if (css_is(unit, absolute[i].unit)) return *out = absolute[i].pt, true;
    double em = FIXED_PT(x->s->font_size);
    if (css_is(unit, "em")) *out = em;
    else if (css_is(unit, "rem")) *out = FIXED_PT(x->root->font_size);
    else if (css_is(unit, "ex") || css_is(unit, "ch")) *out = em / 2; /* the font is not known here: Values 4, 6.1.1 allows 0.5em */
    else if (css_is(unit, "cap")) *out = em * 0.7;
    else if (css_is(unit, "ic")) *out = em;
    else if (css_is(unit, "lh")) *out = x->s->line_height > 0 ? FIXED_PT(x->s->line_height) : em * 1.2;
    else if (css_is(unit, "rlh")) *out = x->root->line_height > 0 ? FIXED_PT(x->root->line_height) : FIXED_PT(x->root->font_size) * 1.2;
    else {
        static const char *const later[] = {"vw", "vh", "vmin", "vmax", "vi", "vb", "svh", "svw", "lvh", "lvw", "dvh", "dvw", "cqw", "cqh"};
        for (size_t i = 0; i < sizeof later / sizeof *later; i++) x->unsupported |= css_is(unit, later[i]);
        return false;
    }
    return true;
}

static bool calc_sum(struct ctx *x, struct cvs *v, int depth, struct quantity *out);
static bool calc_function(struct ctx *x, const struct cv *f, int depth, struct quantity *out)
{
    struct cvs in = cv_inside(f);
    if (depth > CALC_DEEPEST) return false;
    if (f->kind == TOK_PAREN || css_is(f->text, "calc")) return calc_sum(x, &in, depth + 1, out) && val_done(&in);
    int which = css_is(f->text, "min") ? 1 : css_is(f->text, "max") ? 2 : css_is(f->text, "clamp") ? 3 : 0;
    if (!which) return false;
    struct quantity q[3];
    int n = 0;
    for (bool more = true; more; more = val_delim(&in, ',')) {
        if (!calc_sum(x, &in, depth + 1, &q[which == 3 && n < 3 ? n : n ? 1 : 0])) return false;
        if (which == 3 && ++n > 3) return false;
        if (which == 3) continue;
        if (n++ == 0) {
            *out = q[0];
            continue;
        }
        if (q[1].number != out->number) return false;
        if (q[1].has_percent || out->has_percent) { /* only comparable without knowing the base when one kind is alone */
            if (q[1].has_length || out->has_length) return x->unsupported = true, false;
            out->percent = which == 1 ? fmin(out->percent, q[1].percent) : fmax(out->percent, q[1].percent);
        } else out->v = which == 1 ? fmin(out->v, q[1].v) : fmax(out->v, q[1].v);
    }
    if (!val_done(&in)) return false;
    if (which < 3) return true;
    if (n != 3 || q[0].number != q[1].number || q[1].number != q[2].number) return false;
    if (q[0].has_percent || q[1].has_percent || q[2].has_percent) return x->unsupported = true, false;
    *out = q[1];
    out->v = fmax(q[0].v, fmin(q[1].v, q[2].v));
    return true;
}
static bool calc_value(struct ctx *x, struct cvs *v, int depth, struct quantity *out)
{
    struct cvs save = *v;
    const struct cv *t = val_next(v);
    *out = (struct quantity){0};
    double unit;
    if (t && t->kind == TOK_NUMBER) out->number = true, out->v = t->num;
    else if (t && t->kind == TOK_PERCENT) out->has_percent = true, out->percent = t->num;
    else if (t && t->kind == TOK_DIMENSION && unit_points(x, t->unit, &unit)) out->has_length = true, out->v = t->num * unit;
    else if (!t || (t->kind != TOK_FUNCTION && t->kind != TOK_PAREN) || !calc_function(x, t, depth, out)) return *v = save, false;
    return true;
}
static bool calc_product(struct ctx *x, struct cvs *v, int depth, struct quantity *out)
{
    if (!calc_value(x, v, depth, out)) return false;
    for (;;) {
        bool times = val_delim(v, '*');
        if (!times && !val_delim(v, '/')) return true;
        struct quantity q;
        if (!calc_value(x, v, depth, &q)) return false;
        if (!times && (!q.number || q.v == 0)) return false;
        if (times && !q.number) {
            struct quantity swap = q;
            q = *out;
            *out = swap;
        }
        if (!q.number) return false;
        double by = times ? q.v : 1 / q.v;
        out->v *= by;
        out->percent *= by;
    }
}
static bool calc_sum(struct ctx *x, struct cvs *v, int depth, struct quantity *out)
{
    if (!calc_product(x, v, depth, out)) return false;
    for (;;) {
        bool plus = val_delim(v, '+');
        if (!plus && !val_delim(v, '-')) return true;
        struct quantity q;
        if (!calc_product(x, v, depth, &q) || q.number != out->number) return false;
        out->v += plus ? q.v : -q.v;
        out->percent += plus ? q.percent : -q.percent;
        out->has_percent |= q.has_percent;
        out->has_length |= q.has_length;
    }
}

bool val_number(struct ctx *x, struct cvs *v, double *out)
{
    struct cvs save = *v;
    struct quantity q;
    const struct cv *t = val_peek(v);
    if (t && t->kind != TOK_PAREN && calc_value(x, v, 0, &q) && q.number) return *out = q.v, true;
    *v = save;
    return false;
}
bool val_integer(struct ctx *x, struct cvs *v, long *out)
{
    const struct cv *t = val_peek(v);
    double d;
    if (!t || (t->kind == TOK_NUMBER && !t->integer) || !val_number(x, v, &d)) return false;
    *out = (long)(d > 1e9 ? 1e9 : d < -1e9 ? -1e9 : floor(d + 0.5));
    return true;
}
static struct len len_of(const struct quantity *q)
{
    if (q->has_percent && q->has_length) return (struct len){LEN_CALC, fixed_of(q->v), fixed_of(q->percent)};
    return q->has_percent ? (struct len){LEN_PERCENT, fixed_of(q->percent), 0} : (struct len){LEN_FIXED, fixed_of(q->v), 0};
}

fixed len_math(struct len l, fixed base)
{
    const struct len_math *m;
    static_assert(sizeof m <= sizeof l.v + sizeof l.p, "a pointer fits into v and p");
    memcpy(&m, (const char *)&l + offsetof(struct len, v), sizeof m);
    fixed v = len_resolve(m->part[0], base, 0);
    if (m->clamp) return fixed_max(v, fixed_min(len_resolve(m->part[1], base, 0), len_resolve(m->part[2], base, 0)));
    for (uint32_t i = 1; i < m->n; i++) {
        fixed w = len_resolve(m->part[i], base, 0);
        v = m->max ? fixed_max(v, w) : fixed_min(v, w);
    }
    return v;
}

/* A length that is wholly a min(), max() or clamp() whose parts mix lengths and percentages. */
static bool math_len(struct ctx *x, const struct cv *t, struct len *out)
{
    struct len_math m = {.max = css_is(t->text, "max"), .clamp = css_is(t->text, "clamp")};
    struct cvs in = cv_inside(t);
    if (!m.max && !m.clamp && !css_is(t->text, "min")) return false;
    for (bool more = true; more; more = val_delim(&in, ',')) {
        struct quantity q;
        if (m.n >= MATH_MOST || !calc_sum(x, &in, 0, &q) || (q.number && q.v != 0)) return false;
        m.part[m.n++] = len_of(&q);
    }
    if (!val_done(&in) || (m.clamp && m.n != 3)) return false;
    const struct len_math *kept = x->css ? css_same(x->css, &m, sizeof m) : (const void *)arena_copy(x->arena, (const char *)&m, sizeof m);
    *out = (struct len){.kind = LEN_MATH};
    memcpy((char *)out + offsetof(struct len, v), &kept, sizeof kept);
    return true;
}

bool val_len(struct ctx *x, struct cvs *v, int flags, struct len *out)
{
    struct cvs save = *v;
    struct quantity q;
    const struct cv *t = val_peek(v);
    bool was = x->unsupported;
    if (!t || t->kind == TOK_PAREN) return false;
    if (!calc_value(x, v, 0, &q)) {
        bool mixed = x->unsupported && !was && t->kind == TOK_FUNCTION && (flags & LEN_PERCENTS);
        if (!mixed || !math_len(x, t, out)) goto no;
        x->unsupported = was;
        val_next(v);
        return true;
    }
    if (q.number && q.v == 0 && t->kind == TOK_NUMBER) q.number = false, q.has_length = true;
    if (q.number && (flags & LEN_NUMBERS)) q.number = false, q.v *= 0.75;
    if (q.number || (q.has_percent && !(flags & LEN_PERCENTS))) goto no;
    bool math = t->kind == TOK_FUNCTION;
    if (!(flags & LEN_NEGATIVE) && (q.v < 0 || q.percent < 0)) {
        if (!math) goto no;
        if (!q.has_percent || !q.has_length) q.v = fmax(q.v, 0), q.percent = fmax(q.percent, 0); /* math functions are clamped, not refused */
    }
    *out = len_of(&q);
    return true;
no:
    *v = save;
    return false;
}
bool val_fixed(struct ctx *x, struct cvs *v, int flags, fixed *out)
{
    struct len l;
    if (!val_len(x, v, flags & ~LEN_PERCENTS, &l)) return false;
    *out = l.v;
    return true;
}

bool val_text(struct ctx *x, struct cvs *v, struct str *out)
{
    const struct cv *t = val_peek(v);
    if (!t || t->kind != TOK_STRING) return false;
    *out = css_intern(x->css, t->text);
    val_next(v);
    return true;
}
bool val_name(struct ctx *x, struct cvs *v, struct str *out)
{
    const struct cv *t = val_peek(v);
    if (!t || t->kind != TOK_IDENT) return false;
    *out = css_intern(x->css, t->text);
    val_next(v);
    return true;
}
bool val_url(struct ctx *x, struct cvs *v, struct str *out)
{
    const struct cv *t = val_peek(v);
    struct str url;
    if (!t) return false;
    if (t->kind == TOK_URL) url = t->text;
    else if (t->kind == TOK_FUNCTION && css_is(t->text, "url")) {
        struct cvs in = cv_inside(t);
        const struct cv *s = val_next(&in);
        if (!s || s->kind != TOK_STRING || !val_done(&in)) return false;
        url = s->text;
    } else return false;
    *out = css_intern(x->css, css_resolve_url(x->css, x->base, url));
    val_next(v);
    return true;
}
