/* parse.c: see parse.h. */
#include "css/parse.h"

static struct cvs from(struct cvs v, size_t n) { return n >= v.n ? (struct cvs){v.v + v.n, 0} : (struct cvs){v.v + n, v.n - n}; }

struct cvs cvs_trim(struct cvs v)
{
    while (v.n && v.v->kind == TOK_SPACE) v.v++, v.n--;
    while (v.n && v.v[v.n - 1].kind == TOK_SPACE) v.n--;
    return v;
}

bool cvs_split(struct cvs *v, struct cvs *part)
{
    if (!v->v) return false;
    size_t i = 0;
    while (i < v->n && v->v[i].kind != TOK_COMMA) i += v->v[i].skip;
    *part = cvs_trim((struct cvs){v->v, i < v->n ? i : v->n});
    if (i >= v->n) *v = (struct cvs){0};
    else *v = from(*v, i + 1);
    return true;
}

bool css_declaration(struct cvs v, struct css_item *out)
{
    while (v.n && v.v->kind == TOK_SPACE) v = from(v, 1);
    *out = (struct css_item){.kind = CSS_INVALID, .at = v.v};
    if (!v.n || v.v->kind != TOK_IDENT) return false;
    struct str name = v.v->text;
    v = from(v, 1);
    while (v.n && v.v->kind == TOK_SPACE) v = from(v, 1);
    if (!v.n || v.v->kind != TOK_COLON) return false;
    v = from(v, 1);
    out->kind = CSS_DECLARATION;
    out->name = name;
    out->value = v;
    size_t last[2] = {SIZE_MAX, SIZE_MAX}, i = 0; /* the last two component values that are not white space */
    for (; i < v.n; i += v.v[i].skip)
        if (v.v[i].kind != TOK_SPACE) last[0] = last[1], last[1] = i;
    if (last[0] != SIZE_MAX && v.v[last[0]].kind == TOK_DELIM && v.v[last[0]].c == '!' && v.v[last[1]].kind == TOK_IDENT &&
        css_is(v.v[last[1]].text, "important")) {
        out->important = true;
        out->value.n = last[0];
    }
    return true;
}

/* The rest of an at-rule (5.4.2) or a qualified rule (5.4.3). */
static bool rule(struct css_reader *r, struct css_item *out, bool at)
{
    struct cvs v = r->rest;
    size_t i = at ? 1 : 0;
    *out = (struct css_item){.kind = at ? CSS_AT_RULE : CSS_QUALIFIED, .at = v.v, .name = at ? v.v->text : (struct str){0}};
    struct cvs prelude = from(v, i);
    for (;; i += v.v[i].skip) {
        if (i >= v.n) {
            if (!at) out->kind = CSS_INVALID;
            i = v.n;
            break;
        }
        if (v.v[i].kind == TOK_BRACE || (at && v.v[i].kind == TOK_SEMICOLON)) break;
    }
    out->value = (struct cvs){prelude.v, i - (at ? 1 : 0)};
    if (i < v.n && v.v[i].kind == TOK_BRACE) {
        out->has_block = true;
        out->block = cv_inside(&v.v[i]);
    }
    r->rest = i < v.n ? from(v, i + v.v[i].skip) : from(v, v.n);
    return true;
}

bool css_next(struct css_reader *r, struct css_item *out)
{
    for (;;) {
        struct cvs v = r->rest;
        if (!v.n) return false;
        enum token k = v.v->kind;
        if (k == TOK_SPACE || (r->mode == CSS_DECLARATIONS && k == TOK_SEMICOLON) || (r->mode == CSS_STYLESHEET && (k == TOK_CDO || k == TOK_CDC))) {
            r->rest = from(v, 1);
            continue;
        }
        if (k == TOK_AT) return rule(r, out, true);
        if (r->mode != CSS_DECLARATIONS) return rule(r, out, false);
        size_t i = 0;
        while (i < v.n && v.v[i].kind != TOK_SEMICOLON) i += v.v[i].skip;
        css_declaration((struct cvs){v.v, i < v.n ? i : v.n}, out);
        r->rest = from(v, i < v.n ? i + 1 : v.n);
        return true;
    }
}

/* --- An+B --- */
static bool small(double d, int *out)
{
    if (d < -1e6 || d > 1e6) d = d < 0 ? -1e6 : 1e6;
    *out = (int)d;
    return true;
}
/* "n-12" in s from `at`: the B; "n-" leaves it open. 0 no, 1 complete, 2 "n-", 3 "n" */
static int n_tail(struct str s, int *b)
{
    if (!s.n || (s.s[0] | 32) != 'n') return 0;
    if (s.n == 1) return 3;
    if (s.s[1] != '-') return 0;
    if (s.n == 2) return 2;
    long v = 0;
    for (size_t i = 2; i < s.n; i++) {
        if (s.s[i] < '0' || s.s[i] > '9') return 0;
        if (v < 1000000) v = v * 10 + (s.s[i] - '0');
    }
    *b = (int)-v;
    return 1;
}
bool css_an_plus_b(struct cvs v, int *a, int *b)
{
    v = cvs_trim(v);
    if (!v.n) return false;
    *a = *b = 0;
    const struct cv *t = v.v;
    struct str tail = {0};
    size_t i = 1;
    if (t->kind == TOK_NUMBER && t->integer) return v.n == 1 && small(t->num, b);
    if (t->kind == TOK_IDENT && css_is(t->text, "odd")) return *a = 2, *b = 1, v.n == 1;
    if (t->kind == TOK_IDENT && css_is(t->text, "even")) return *a = 2, v.n == 1;
    if (t->kind == TOK_DIMENSION && t->integer) small(t->num, a), tail = t->unit;
    else if (t->kind == TOK_IDENT) {
        bool minus = t->text.n && t->text.s[0] == '-';
        *a = minus ? -1 : 1;
        tail = str_from(t->text, minus);
    } else if (t->kind == TOK_DELIM && t->c == '+' && v.n > 1 && v.v[1].kind == TOK_IDENT) *a = 1, tail = v.v[1].text, i = 2;
    else return false;
    int how = n_tail(tail, b);
    if (!how) return false;
    if (how == 1) return i == v.n;
    while (i < v.n && v.v[i].kind == TOK_SPACE) i++;
    if (i == v.n) return how == 3;
    int sign = how == 2 ? -1 : 0;
    if (!sign && v.v[i].kind == TOK_DELIM && (v.v[i].c == '+' || v.v[i].c == '-')) {
        sign = v.v[i++].c == '-' ? -1 : 1;
        while (i < v.n && v.v[i].kind == TOK_SPACE) i++;
    }
    if (i + 1 != v.n || v.v[i].kind != TOK_NUMBER || !v.v[i].integer) return false;
    bool is_signed = v.v[i].text.s[0] == '+' || v.v[i].text.s[0] == '-';
    if (is_signed == (sign != 0)) return false;
    small(v.v[i].num, b);
    if (sign < 0) *b = -*b;
    return true;
}
