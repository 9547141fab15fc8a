/* selector.c: see selector.h. Parser first, matcher below. */
#include "css/selector.h"
#include "css/parse.h"
#include "css/style.h"
#include "base/map.h"

/* --- parser --- */
struct parser {
    struct arena *arena;
    struct cvs rest;
    const struct cv *bad;
    int nesting;
    bool relative; /* inside :has() */
};
static bool list(struct parser *p, struct selector_list *out, bool forgiving);

static const struct cv *look(const struct parser *p, size_t k) { return k < p->rest.n ? &p->rest.v[k] : NULL; }
static void eat(struct parser *p)
{
    size_t k = p->rest.v->skip;
    p->bad = p->rest.v;
    p->rest.v += k;
    p->rest.n -= k;
}
static bool spaces(struct parser *p)
{
    bool any = false;
    for (; look(p, 0) && look(p, 0)->kind == TOK_SPACE; any = true) eat(p);
    return any;
}
static struct str lower(struct arena *a, struct str s)
{
    struct str t = str_copy(a, s);
    for (size_t i = 0; i < t.n; i++)
        if (t.s[i] >= 'A' && t.s[i] <= 'Z') ((char *)(uintptr_t)t.s)[i] = (char)(t.s[i] + 32);
    return t;
}

static bool attribute(struct parser *p, const struct cv *t, struct simple *s)
{
    struct cvs v = cvs_trim(cv_inside(t));
    *s = (struct simple){.kind = SIMPLE_ATTR};
    if (!v.n || v.v->kind != TOK_IDENT) return false;
    s->name = lower(p->arena, v.v->text);
    v = cvs_trim((struct cvs){v.v + 1, v.n - 1});
    if (!v.n) return true;
    if (v.v->kind == TOK_MATCH && v.v->text.s[1] == '=') s->op = v.v->text.s[0];
    else if (v.v->kind == TOK_DELIM && v.v->c == '=') s->op = '=';
    else return false;
    v = cvs_trim((struct cvs){v.v + 1, v.n - 1});
    if (!v.n || (v.v->kind != TOK_IDENT && v.v->kind != TOK_STRING)) return false;
    s->value = v.v->text;
    v = cvs_trim((struct cvs){v.v + 1, v.n - 1});
    if (!v.n) return true;
    s->fold = v.v->kind == TOK_IDENT && css_is(v.v->text, "i");
    return v.n == 1 && v.v->kind == TOK_IDENT && (s->fold || css_is(v.v->text, "s"));
}

static const struct {
    const char *name;
    struct simple simple;
} PSEUDO[] = {
    {"root", {.kind = SIMPLE_ROOT}},
    {"scope", {.kind = SIMPLE_ROOT}},
    {"empty", {.kind = SIMPLE_EMPTY}},
    {"first-child", {.kind = SIMPLE_NTH, .b = 1}},
    {"last-child", {.kind = SIMPLE_NTH, .b = 1, .last = true}},
    {"only-child", {.kind = SIMPLE_ONLY}},
    {"first-of-type", {.kind = SIMPLE_NTH, .b = 1, .of_type = true}},
    {"last-of-type", {.kind = SIMPLE_NTH, .b = 1, .of_type = true, .last = true}},
    {"only-of-type", {.kind = SIMPLE_ONLY, .of_type = true}},
    {"link", {.kind = SIMPLE_LINK}},
    {"any-link", {.kind = SIMPLE_LINK}},
    {"checked", {.kind = SIMPLE_CHECKED}},
    {"disabled", {.kind = SIMPLE_DISABLED}},
    {"enabled", {.kind = SIMPLE_ENABLED}},
    {"required", {.kind = SIMPLE_REQUIRED}},
    {"optional", {.kind = SIMPLE_OPTIONAL}},
    {"hover", {.kind = SIMPLE_NEVER}},
    {"active", {.kind = SIMPLE_NEVER}},
    {"focus", {.kind = SIMPLE_NEVER}},
    {"focus-within", {.kind = SIMPLE_NEVER}},
    {"focus-visible", {.kind = SIMPLE_NEVER}},
    {"visited", {.kind = SIMPLE_NEVER}},
    {"target", {.kind = SIMPLE_NEVER}},
};
static const struct {
    const char *name;
    int8_t pseudo;
} ELEMENTS[] = {{"before", PSEUDO_BEFORE},
                {"after", PSEUDO_AFTER},
                {"first-letter", PSEUDO_FIRST_LETTER},
                {"marker", PSEUDO_MARKER},
                {"footnote-call", PSEUDO_FOOTNOTE_CALL},
                {"footnote-marker", PSEUDO_FOOTNOTE_MARKER}};

static uint32_t strongest(const struct selector_list *l)
{
    uint32_t most = 0;
    for (size_t i = 0; i < l->n; i++)
        if (l->list[i].specificity > most) most = l->list[i].specificity;
    return most;
}

/* What stands in :lang(…): names or strings, joined by commas. */
static bool languages(struct parser *p, struct cvs v, struct str *out)
{
    bool name = true;
    for (size_t i = 0; i < v.n; i++) {
        const struct cv *t = &v.v[i];
        if (t->kind == TOK_SPACE) continue;
        if (name ? t->kind != TOK_IDENT && t->kind != TOK_STRING : t->kind != TOK_COMMA) return false;
        if (name) *out = out->n ? str_printf(p->arena, "%.*s,%.*s", STR_ARG(*out), STR_ARG(t->text)) : t->text;
        name = !name;
    }
    return !name;
}

/* :name(…). *weight: its specificity. */
static bool functional(struct parser *p, const struct cv *t, struct simple *s, uint32_t *weight)
{
    struct cvs v = cvs_trim(cv_inside(t));
    *weight = 1 << 10;
    static const char *const nth[] = {"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"};
    for (int i = 0; i < 4; i++)
        if (css_is(t->text, nth[i])) {
            *s = (struct simple){.kind = SIMPLE_NTH, .last = i & 1, .of_type = i >= 2};
            return css_an_plus_b(v, &s->a, &s->b);
        }
    if (css_is(t->text, "lang")) {
        *s = (struct simple){.kind = SIMPLE_LANG};
        return languages(p, v, &s->value);
    }
    bool has = css_is(t->text, "has"), is = css_is(t->text, "is") || css_is(t->text, "matches"), where = css_is(t->text, "where");
    if (!has && !is && !where && !css_is(t->text, "not")) return false;
    if (p->nesting == SELECTOR_NESTING) return false;
    struct parser inner = {.arena = p->arena, .rest = v, .nesting = p->nesting + 1, .relative = has};
    struct selector_list *l = ARENA_NEW(p->arena, struct selector_list);
    if (!list(&inner, l, is || where)) return false;
    *s = (struct simple){.kind = has ? SIMPLE_HAS : is || where ? SIMPLE_IS : SIMPLE_NOT, .list = l};
    *weight = where ? 0 : strongest(l);
    return true;
}

static bool pseudo(struct parser *p, struct simple *s, uint32_t *weight, int8_t *element) /* behind the first colon */
{
    const struct cv *t = look(p, 0);
    bool twice = t && t->kind == TOK_COLON;
    if (twice) eat(p), t = look(p, 0);
    if (!t) return false;
    eat(p);
    s->kind = UINT8_MAX;
    if (t->kind == TOK_IDENT) {
        for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++)
            if (css_is(t->text, ELEMENTS[i].name) && (twice || i < 3)) {
                *element = ELEMENTS[i].pseudo;
                *weight = 1;
                return true;
            }
        for (size_t i = 0; !twice && i < sizeof PSEUDO / sizeof *PSEUDO; i++)
            if (css_is(t->text, PSEUDO[i].name)) {
                *s = PSEUDO[i].simple;
                *weight = 1 << 10;
                return true;
            }
    }
    return !twice && t->kind == TOK_FUNCTION && functional(p, t, s, weight);
}

static uint32_t weigh(uint32_t a, uint32_t b) /* sums the three counts, each stops at 1023 */
{
    uint32_t out = 0;
    for (int shift = 0; shift <= 20; shift += 10) {
        uint32_t n = (a >> shift & 1023) + (b >> shift & 1023);
        out |= (n > 1023 ? 1023 : n) << shift;
    }
    return out;
}

static bool compound(struct parser *p, struct compound *c, struct selector *s)
{
    VEC(struct simple) v = {0};
    bool any = false;
    const struct cv *t = look(p, 0);
    if (t && t->kind == TOK_IDENT) {
        c->type = lower(p->arena, t->text);
        s->specificity = weigh(s->specificity, 1);
        any = true, eat(p);
    } else if (t && t->kind == TOK_DELIM && t->c == '*') any = true, eat(p);
    for (; (t = look(p, 0)); any = true) {
        struct simple one = {0};
        uint32_t weight = 1 << 10;
        if (t->kind == TOK_HASH && t->integer) {
            one = (struct simple){.kind = SIMPLE_ID, .name = t->text};
            weight = 1 << 20;
            eat(p);
        } else if (t->kind == TOK_DELIM && t->c == '.' && look(p, 1) && look(p, 1)->kind == TOK_IDENT) {
            one = (struct simple){.kind = SIMPLE_CLASS, .name = look(p, 1)->text};
            eat(p), eat(p);
        } else if (t->kind == TOK_BRACKET) {
            if (!attribute(p, t, &one)) return false;
            eat(p);
        } else if (t->kind == TOK_COLON) {
            eat(p);
            if (!pseudo(p, &one, &weight, &s->pseudo)) return false;
        } else break;
        s->specificity = weigh(s->specificity, weight);
        if (one.kind != UINT8_MAX) *vec_push(p->arena, &v) = one;
        if (s->pseudo >= 0) {
            any = true;
            break;
        }
    }
    c->n = v.n;
    c->simples = v.v;
    return any;
}

static bool complex(struct parser *p, struct selector *s)
{
    struct compound *left = NULL;
    *s = (struct selector){.pseudo = -1};
    spaces(p);
    char comb = 0;
    if (p->relative) {
        comb = ' ';
        const struct cv *t = look(p, 0);
        if (t && t->kind == TOK_DELIM && strchr(">+~", t->c)) comb = t->c, eat(p), spaces(p);
    }
    for (int n = 0;; n++) {
        if (n == SELECTOR_COMPOUNDS) return false;
        struct compound *c = ARENA_NEW(p->arena, struct compound);
        c->left = left;
        c->combinator = comb;
        if (!compound(p, c, s)) return false;
        left = c;
        s->last = c;
        bool gap = spaces(p);
        const struct cv *t = look(p, 0);
        if (!t || t->kind == TOK_COMMA) return true;
        if (s->pseudo >= 0) return false;
        if (t->kind == TOK_DELIM && strchr(">+~", t->c)) comb = t->c, eat(p), spaces(p);
        else if (gap) comb = ' ';
        else return false;
    }
}

static bool list(struct parser *p, struct selector_list *out, bool forgiving)
{
    VEC(struct selector) v = {0};
    struct cvs all = p->rest, part;
    if (!all.n && !forgiving) return false;
    while (all.n && cvs_split(&all, &part)) {
        struct selector s;
        p->rest = part;
        p->bad = part.v;
        bool good = complex(p, &s) && !p->rest.n && !(p->nesting && s.pseudo >= 0);
        if (good) *vec_push(p->arena, &v) = s;
        else if (!forgiving) return false;
        if (!all.v) break;
        if (!all.n && !forgiving) return false; /* ends in a comma */
    }
    *out = (struct selector_list){v.n, v.v};
    return true;
}

bool selector_parse(struct arena *a, struct cvs v, struct selector_list *out, const struct cv **bad)
{
    struct parser p = {.arena = a, .rest = cvs_trim(v)};
    p.bad = p.rest.v;
    bool good = list(&p, out, false);
    if (bad) *bad = p.bad;
    return good;
}

/* --- matcher --- */
static const xmlNode *parent_of(const xmlNode *n) { return n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : NULL; }
static const xmlNode *before(const xmlNode *n)
{
    for (n = n->prev; n && n->type != XML_ELEMENT_NODE;) n = n->prev;
    return n;
}
static const xmlNode *first_in(const xmlNode *n)
{
    for (n = n->children; n && n->type != XML_ELEMENT_NODE;) n = n->next;
    return n;
}
static const xmlNode *after(const xmlNode *n)
{
    for (n = n->next; n && n->type != XML_ELEMENT_NODE;) n = n->next;
    return n;
}

static bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; }
static bool has_word(struct str list_of, struct str word)
{
    for (size_t i = 0; i + word.n <= list_of.n;) {
        size_t end = i;
        while (end < list_of.n && !blank(list_of.s[end])) end++;
        if (end - i == word.n && word.n && !memcmp(list_of.s + i, word.s, word.n)) return true;
        i = end + 1;
    }
    return false;
}
static bool same(struct str a, struct str b, bool fold)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.s[i], y = b.s[i];
        if (fold && x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (fold && y >= 'A' && y <= 'Z') y = (char)(y + 32);
        if (x != y) return false;
    }
    return true;
}
static bool match_attr(const struct simple *s, const xmlNode *n)
{
    char name[64];
    if (s->name.n >= sizeof name) return false;
    memcpy(name, s->name.s, s->name.n);
    name[s->name.n] = 0;
    struct str v = dom_attr(n, name);
    if (!v.s) return false;
    size_t k = s->value.n;
    switch (s->op) {
    case 0: return true;
    case '=': return same(v, s->value, s->fold);
    case '~': return k && has_word(v, s->value);
    case '|': return same(str_part(v, 0, k), s->value, s->fold) && (v.n == k || v.s[k] == '-');
    case '^': return k && same(str_part(v, 0, k), s->value, s->fold);
    case '$': return k && v.n >= k && same(str_from(v, v.n - k), s->value, s->fold);
    default:
        for (size_t i = 0; k && i + k <= v.n; i++)
            if (same(str_part(v, i, k), s->value, s->fold)) return true;
        return false;
    }
}
bool selector_lang(struct str range, struct str lang)
{
    return range.n && lang.n >= range.n && same(str_part(lang, 0, range.n), range, true) && (lang.n == range.n || lang.s[range.n] == '-');
}

static bool one_of_languages(struct str ranges, struct str lang)
{
    for (struct str one; str_split(&ranges, ',', &one);)
        if (selector_lang(one, lang)) return true;
    return false;
}

/* Counts all children of a parent at once, so that :nth-… costs nothing more for each. */
static void count_children(struct matcher *m, const xmlNode *first)
{
    struct type_count {
        uint32_t n;
    };
    struct arena scratch = {0};
    struct map types = map_new(&scratch);
    uint32_t n = 0;
    const xmlNode *last = NULL;
    for (int k = 0; k < 4; k++)
        if (!m->nth[k]) m->nth[k] = ARENA_ARRAY(m->arena, uint32_t, m->nodes + 1);
    for (int back = 0; back < 2; back++) {
        for (const xmlNode *c = back ? last : first; c; c = back ? before(c) : after(c)) {
            void **at = map_at(&types, str_of((const char *)c->name));
            if (!*at) *at = ARENA_NEW(&scratch, struct type_count);
            uint32_t i = DOM_INFO(c)->index;
            m->nth[back][i] = ++n;
            m->nth[2 + back][i] = ++((struct type_count *)*at)->n;
            last = c;
        }
        if (back) break;
        n = 0;
        for (size_t i = 0; i < types.entries.n; i++) ((struct type_count *)types.entries.v[i].value)->n = 0;
    }
    arena_close(&scratch);
}
static uint32_t position(struct matcher *m, const xmlNode *n, bool of_type, bool last)
{
    const xmlNode *p = parent_of(n);
    if (!p) return 1;
    uint32_t i = DOM_INFO(n)->index;
    if (!m->nth[0] || !m->nth[0][i]) count_children(m, first_in(p));
    return m->nth[2 * of_type + last][i];
}
static bool fits(long at, long a, long b) { return a ? (at - b) % a == 0 && (at - b) / a >= 0 : at == b; }

static bool match(struct matcher *m, const struct compound *c, const xmlNode *n, const xmlNode *anchor);
static bool any_of(struct matcher *m, const struct selector_list *l, const xmlNode *n)
{
    for (size_t i = 0; i < l->n; i++)
        if (match(m, l->list[i].last, n, NULL)) return true;
    return false;
}
/* Whether some element that hangs on n the way the first compound says matches. */
static bool has(struct matcher *m, const struct selector_list *l, const xmlNode *n)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct compound *first = l->list[i].last;
        int steps = 0;
        while (first->left) first = first->left, steps++;
        bool beside = first->combinator == '+' || first->combinator == '~';
        const xmlNode *root = beside ? parent_of(n) : n;
        const xmlNode *e = beside ? after(n) : first_in(n);
        while (e && m->budget > 0) {
            if (match(m, l->list[i].last, e, n)) return true;
            bool deeper = steps || first->combinator == ' ';
            const xmlNode *next = deeper ? first_in(e) : NULL;
            while (!next && e && e != root) {
                next = after(e);
                if (!next) e = parent_of(e);
            }
            e = next;
        }
    }
    return false;
}
static bool is_control(const xmlNode *n)
{
    static const char *const names[] = {"input", "select", "textarea", "button"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp((const char *)n->name, names[i])) return true;
    return false;
}

static bool match_simple(struct matcher *m, const struct simple *s, const xmlNode *n)
{
    switch ((enum simple_kind)s->kind) {
    case SIMPLE_ID: return str_eq(dom_attr(n, "id"), s->name);
    case SIMPLE_CLASS: return has_word(dom_attr(n, "class"), s->name);
    case SIMPLE_ATTR: return match_attr(s, n);
    case SIMPLE_ROOT: return !parent_of(n);
    case SIMPLE_EMPTY:
        for (const xmlNode *c = n->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE || (c->content && *c->content)) return false;
        return true;
    case SIMPLE_NTH: return fits((long)position(m, n, s->of_type, s->last), s->a, s->b);
    case SIMPLE_ONLY: return position(m, n, s->of_type, false) == 1 && position(m, n, s->of_type, true) == 1;
    case SIMPLE_NOT: return !any_of(m, s->list, n);
    case SIMPLE_IS: return any_of(m, s->list, n);
    case SIMPLE_HAS: return has(m, s->list, n);
    case SIMPLE_LANG: return one_of_languages(s->value, dom_lang(n));
    case SIMPLE_LINK: return (!strcmp((const char *)n->name, "a") || !strcmp((const char *)n->name, "area")) && dom_attr(n, "href").s;
    case SIMPLE_CHECKED: return dom_attr(n, "checked").s || (!strcmp((const char *)n->name, "option") && dom_attr(n, "selected").s);
    case SIMPLE_DISABLED: return dom_attr(n, "disabled").s;
    case SIMPLE_ENABLED: return is_control(n) && !dom_attr(n, "disabled").s;
    case SIMPLE_REQUIRED: return dom_attr(n, "required").s;
    case SIMPLE_OPTIONAL: return is_control(n) && !dom_attr(n, "required").s;
    case SIMPLE_NEVER: break;
    }
    return false;
}
static bool match_compound(struct matcher *m, const struct compound *c, const xmlNode *n)
{
    m->budget--;
    if (c->type.n && !str_is(c->type, (const char *)n->name)) return false;
    for (size_t i = 0; i < c->n; i++)
        if (!match_simple(m, &c->simples[i], n)) return false;
    return true;
}
/* anchor: the element of :has() that the leftmost compound hangs on; NULL elsewhere. */
static bool match(struct matcher *m, const struct compound *c, const xmlNode *n, const xmlNode *anchor)
{
    if (m->budget <= 0 || !match_compound(m, c, n)) return false;
    if (!c->left && !(anchor && c->combinator)) return true;
    bool side = c->combinator == '+' || c->combinator == '~', once = c->combinator == '>' || c->combinator == '+';
    while ((n = side ? before(n) : parent_of(n))) {
        if (!c->left) {
            if (n == anchor) return true;
        } else if (match(m, c->left, n, anchor)) return true;
        if (once || m->budget-- <= 0) return false;
    }
    return false;
}
bool selector_match(struct matcher *m, const struct compound *last, const xmlNode *n) { return match(m, last, n, NULL); }
