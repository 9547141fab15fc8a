/* content.c: the values of content, string-set and bookmark-label (CSS Content 3, GCPM). attr() is resolved here, all else by layout. */
#include "css/longhand.h"
#include "css/internal.h"

typedef VEC(struct content_item) item_list;

static struct content_item *push(struct ctx *x, item_list *l, enum content_kind kind)
{
    struct content_item *i = vec_push(x->arena, l);
    memset(i, 0, sizeof *i); /* compared by bytes */
    i->kind = (uint8_t)kind;
    return i;
}
static struct str attribute(struct ctx *x, struct cvs in) /* attr(name), attr(name url) …; "" where absent or while a sheet is checked */
{
    const struct cv *t = val_next(&in);
    char name[64];
    if (!t || t->kind != TOK_IDENT || !x->el || t->text.n >= sizeof name) return STR("");
    for (size_t i = 0; i < t->text.n; i++) name[i] = t->text.s[i] >= 'A' && t->text.s[i] <= 'Z' ? (char)(t->text.s[i] + 32) : t->text.s[i];
    name[t->text.n] = 0;
    struct str v = dom_attr(x->el, name);
    const struct cv *rest;
    if (!v.s && val_delim(&in, ',') && (rest = val_next(&in)) && rest->kind == TOK_STRING) v = rest->text;
    return css_intern(x->css, v);
}
static bool counter_style(struct ctx *x, struct cvs *in, struct str *out)
{
    *out = css_intern(x->css, STR("decimal"));
    if (!val_delim(in, ',')) return true;
    if (val_name(x, in, out)) return true;
    struct str text;
    if (!val_text(x, in, &text)) return false;
    *out = css_intern(x->css, str_printf(x->arena, "\"%.*s\"", STR_ARG(text)));
    return true;
}
static bool target(struct ctx *x, struct cvs *in, struct str *out) /* url() | attr(href) | "text" */
{
    const struct cv *t = val_peek(in);
    if (t && t->kind == TOK_FUNCTION && css_is(t->text, "attr")) {
        *out = attribute(x, cv_inside(t));
        val_next(in);
        return true;
    }
    return val_url(x, in, out) || val_text(x, in, out);
}
static bool word(struct ctx *x, struct cvs *in, const char *words, struct str *out)
{
    int k;
    struct cvs before;
    if (!val_delim(in, ',')) return true;
    val_peek(in);
    before = *in;
    if (!val_keyword(x, in, words, &k)) return false;
    *out = css_intern(x->css, before.v->text);
    return true;
}

static bool function(struct ctx *x, const struct cv *t, item_list *l)
{
    struct cvs in = cv_inside(t);
    if (css_is(t->text, "attr")) return push(x, l, CONTENT_TEXT)->text = attribute(x, in), true;
    if (css_is(t->text, "counter")) {
        struct content_item *i = push(x, l, CONTENT_COUNTER);
        return val_name(x, &in, &i->text) && counter_style(x, &in, &i->style) && val_done(&in);
    }
    if (css_is(t->text, "counters")) {
        struct content_item *i = push(x, l, CONTENT_COUNTERS);
        return val_name(x, &in, &i->text) && val_delim(&in, ',') && val_text(x, &in, &i->text2) && counter_style(x, &in, &i->style) && val_done(&in);
    }
    if (css_is(t->text, "string") || css_is(t->text, "element")) {
        struct content_item *i = push(x, l, css_is(t->text, "string") ? CONTENT_STRING : CONTENT_ELEMENT);
        i->style = css_intern(x->css, STR("first"));
        return val_name(x, &in, &i->text) && word(x, &in, "first start last first-except", &i->style) && val_done(&in);
    }
    if (css_is(t->text, "target-counter") || css_is(t->text, "target-counters")) {
        bool plural = t->text.n == 15;
        struct content_item *i = push(x, l, plural ? CONTENT_TARGET_COUNTERS : CONTENT_TARGET_COUNTER);
        return target(x, &in, &i->target) && val_delim(&in, ',') && val_name(x, &in, &i->text) &&
               (!plural || (val_delim(&in, ',') && val_text(x, &in, &i->text2))) && counter_style(x, &in, &i->style) && val_done(&in);
    }
    if (css_is(t->text, "target-text")) {
        struct content_item *i = push(x, l, CONTENT_TARGET_TEXT);
        i->style = css_intern(x->css, STR("content"));
        return target(x, &in, &i->target) && word(x, &in, "content before after first-letter", &i->style) && val_done(&in);
    }
    if (css_is(t->text, "leader")) {
        static const char *const patterns[] = {".", "_", " "};
        struct content_item *i = push(x, l, CONTENT_LEADER);
        int k;
        if (val_keyword(x, &in, "dotted solid space", &k)) i->text = css_intern(x->css, str_of(patterns[k]));
        else if (!val_text(x, &in, &i->text) || !i->text.n) return false;
        return val_done(&in);
    }
    if (css_is(t->text, "content")) {
        int k = 0;
        if (!val_done(&in) && !val_keyword(x, &in, "text before after !marker !first-letter", &k)) return false;
        push(x, l, k == 0 ? CONTENT_CONTENTS : k == 1 ? CONTENT_CONTENT_BEFORE : CONTENT_CONTENT_AFTER);
        return val_done(&in);
    }
    if (str_search(t->text, "gradient") != SIZE_MAX || css_is(t->text, "symbols")) x->unsupported = true;
    return false;
}

static bool items(struct ctx *x, struct cvs *v, struct content *out)
{
    item_list l = {0};
    for (const struct cv *t; (t = val_peek(v)) && l.n < 1000;) {
        struct str url;
        if (t->kind == TOK_STRING) push(x, &l, CONTENT_TEXT)->text = css_intern(x->css, t->text), val_next(v);
        else if (val_url(x, v, &url)) push(x, &l, CONTENT_IMAGE)->text = url;
        else if (t->kind == TOK_IDENT && css_is(t->text, "open-quote")) push(x, &l, CONTENT_OPEN_QUOTE), val_next(v);
        else if (t->kind == TOK_IDENT && css_is(t->text, "close-quote")) push(x, &l, CONTENT_CLOSE_QUOTE), val_next(v);
        else if (t->kind == TOK_IDENT && css_is(t->text, "no-open-quote")) push(x, &l, CONTENT_NO_OPEN_QUOTE), val_next(v);
        else if (t->kind == TOK_IDENT && css_is(t->text, "no-close-quote")) push(x, &l, CONTENT_NO_CLOSE_QUOTE), val_next(v);
        else if (t->kind == TOK_IDENT && css_is(t->text, "contents")) push(x, &l, CONTENT_CONTENTS), val_next(v);
        else if (t->kind == TOK_FUNCTION) {
            if (!function(x, t, &l)) return false;
            val_next(v);
        } else break;
    }
    out->n = l.n;
    out->items = css_same(x->css, l.v, l.n * sizeof *l.v);
    return l.n;
}

bool p_content(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct content *c = field;
    memset(c, 0, sizeof *c);
    if (val_ident(v, "normal")) return c->normal = true;
    if (val_ident(v, "none")) return c->none = true;
    if (!items(x, v, c)) return false;
    if (val_delim(v, '/')) /* alternative text, Content 3, 1.1: layout takes none */
        while (val_next(v)) {}
    return true;
}
bool p_string_set(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct named_content {
        struct str name;
        struct content content;
    };
    struct string_set *out = field;
    VEC(struct named_content) list = {0};
    memset(out, 0, sizeof *out);
    if (val_ident(v, "none")) return true;
    do {
        struct named_content *n = vec_push(x->arena, &list);
        memset(n, 0, sizeof *n);
        if (list.n > 100 || !val_name(x, v, &n->name) || !items(x, v, &n->content)) return false;
    } while (val_delim(v, ','));
    out->n = list.n;
    _Static_assert(sizeof(struct named_content) == sizeof *out->list, "the two are one");
    out->list = css_same(x->css, list.v, list.n * sizeof *list.v);
    return true;
}
