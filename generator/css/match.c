/* match.c: the walk over the tree: <style> and <link>, which rules match which element, inheritance, pseudo elements. */
#include "css/internal.h"

/* Rules by what their last compound asks for first, so that an element meets only the few that could match. One set for elements, one for each pseudo
 * element. */
typedef VEC(const struct rule *) rule_list;
struct bucket {
    rule_list list;
};
struct rule_set {
    struct map ids, classes, types;
    struct bucket any;
    size_t n;
};
enum { SETS = 1 + PSEUDOS };
_Static_assert(sizeof((struct dom_info){0}.pseudo) == PSEUDOS * sizeof(struct style *), "dom.h has room for each");
struct rule_index {
    struct rule_set sets[SETS]; /* [0] elements, [1 + enum css_pseudo] */
};

static void put(struct css *c, struct rule_set *set, const struct rule *r)
{
    const struct compound *last = r->selector.last;
    struct bucket *b = &set->any;
    const struct simple *id = NULL, *class = NULL;
    for (size_t i = 0; i < last->n; i++) {
        if (last->simples[i].kind == SIMPLE_ID) id = &last->simples[i];
        if (last->simples[i].kind == SIMPLE_CLASS) class = &last->simples[i];
    }
    if (id || class || last->type.n) {
        void **at = id ? map_at(&set->ids, id->name) : class ? map_at(&set->classes, class->name) : map_at(&set->types, last->type);
        if (!*at) *at = ARENA_NEW(c->arena, struct bucket);
        b = *at;
    }
    *vec_push(c->arena, &b->list) = r;
    set->n++;
}
static void make_index(struct css *c)
{
    c->index = ARENA_NEW(c->arena, struct rule_index);
    for (int i = 0; i < SETS; i++) {
        struct rule_set *s = &c->index->sets[i];
        s->ids = map_new(c->arena), s->classes = map_new(c->arena), s->types = map_new(c->arena);
    }
    for (size_t i = 0; i < c->rules.n; i++) put(c, &c->index->sets[1 + c->rules.v[i].selector.pseudo], &c->rules.v[i]);
    c->dirty = false;
    c->style_cache = map_new(c->arena);
}

struct walk {
    struct css *css;
    struct matcher m;
    VEC(struct matched) found;
    struct buf key;
    const struct style *root;
};
static void test(struct walk *w, const struct bucket *b, const xmlNode *n)
{
    for (size_t i = 0; b && i < b->list.n; i++) {
        const struct rule *r = b->list.v[i];
        if (selector_match(&w->m, r->selector.last, n))
            *vec_push(w->m.arena, &w->found) = (struct matched){r->block, r->selector.specificity, r->order, r->origin};
    }
}
static void gather(struct walk *w, int which, const xmlNode *n)
{
    struct rule_set *s = &w->css->index->sets[which];
    w->found.n = 0;
    if (!s->n) return;
    struct str id = dom_attr(n, "id"), class = dom_attr(n, "class");
    if (id.n && s->ids.entries.n) test(w, map_find(&s->ids, id), n);
    for (size_t i = 0; s->classes.entries.n && i < class.n;) {
        size_t end = i;
        while (end < class.n && (unsigned char)class.s[end] > ' ') end++;
        if (end > i) test(w, map_find(&s->classes, str_part(class, i, end - i)), n);
        i = end + 1;
    }
    test(w, map_find(&s->types, str_of((const char *)n->name)), n);
    test(w, &s->any, n);
}

/* A style attribute, or attributes of the element that count as style, as a block; made once for each text. */
static void add_text(struct walk *w, struct str text, const xmlNode *n, bool hint)
{
    struct css *c = w->css;
    struct str key = str_printf(c->arena, "%c%.*s", hint ? 'h' : 's', STR_ARG(text));
    void **at = map_at(&c->blocks, key);
    if (!*at) {
        struct source src = {.file = DOM_INFO(n)->at.file, .base = STR(""), .origin = CSS_AUTHOR};
        *at = css_block(c, &src, css_tokens(c->arena, str_copy(c->arena, text), DOM_INFO(n)->at.line, DOM_INFO(n)->at.col), CSS_IN_STYLE);
    }
    *vec_push(w->m.arena, &w->found) = (struct matched){*at, hint ? 0 : UINT32_MAX, 0, CSS_AUTHOR};
}
static void size_hint(struct buf *b, const xmlNode *n, const char *name)
{
    struct str v = str_trim(dom_attr(n, name));
    size_t digits = 0;
    while (digits < v.n && v.s[digits] >= '0' && v.s[digits] <= '9') digits++;
    if (digits && digits < 6) buf_printf(b, "%s:%.*s%s;", name, (int)digits, v.s, digits < v.n && v.s[digits] == '%' ? "%" : "px");
}
static bool named(const xmlNode *n, const char *names) /* one of "a b c" */
{
    size_t len = strlen((const char *)n->name);
    for (const char *p = names; *p;) {
        const char *end = strchrnul(p, ' ');
        if ((size_t)(end - p) == len && !memcmp(p, n->name, len)) return true;
        p = *end ? end + 1 : end;
    }
    return false;
}
/* HTML 15: the few presentational attributes that print needs. */
static void hints(struct walk *w, const xmlNode *n)
{
    if (!n->properties) return;
    struct buf b = {0};
    if (named(n, "img svg canvas object video embed iframe")) size_hint(&b, n, "width"), size_hint(&b, n, "height");
    else if (named(n, "table td th col colgroup")) {
        size_hint(&b, n, "width");
        struct str align = dom_attr(n, "align"), valign = dom_attr(n, "valign");
        if (str_is(align, "left") || str_is(align, "right") || str_is(align, "center") || str_is(align, "justify"))
            buf_printf(&b, "text-align:%.*s;", STR_ARG(align));
        if (str_is(valign, "top") || str_is(valign, "middle") || str_is(valign, "bottom") || str_is(valign, "baseline"))
            buf_printf(&b, "vertical-align:%.*s;", STR_ARG(valign));
    } else if (named(n, "ol li")) {
        long v;
        bool li = n->name[0] == 'l';
        if (str_int(str_trim(dom_attr(n, li ? "value" : "start")), &v) && v > -1000000 && v < 1000000)
            buf_printf(&b, li ? "counter-set:list-item %ld;" : "counter-reset:list-item %ld;", li ? v : v - 1);
    }
    if (b.n) add_text(w, buf_view(&b), n, true);
    buf_close(&b);
}

static const struct style *style_of(struct walk *w, const struct style_env *env, int which, const xmlNode *n)
{
    struct css *c = w->css;
    css_sort(w->found.v, w->found.n);
    buf_reset(&w->key);
    buf_add(&w->key, (const char *)&env->parent, sizeof env->parent);
    buf_add(&w->key, (const char *)&env->lang.s, sizeof env->lang.s);
    const char rest[] = {(char)which, env->element && named(n, "ol ul menu"), env->root == NULL};
    buf_add(&w->key, rest, sizeof rest);
    bool attr = c->attr_vars;
    for (size_t i = 0; i < w->found.n; i++) {
        attr |= w->found.v[i].block->attr;
        buf_add(&w->key, (const char *)&w->found.v[i].block, sizeof w->found.v[i].block);
    }
    if (attr) buf_add(&w->key, (const char *)&n, sizeof n);
    const struct style *s = map_find(&c->style_cache, buf_view(&w->key));
    if (s) return s;
    s = css_compute(c, w->found.v, w->found.n, env);
    *map_at(&c->style_cache, buf_copy(c->arena, &w->key)) = (void *)(uintptr_t)s;
    return s;
}
static void element(struct walk *w, const xmlNode *n)
{
    struct dom_info *info = DOM_INFO(n);
    struct css *c = w->css;
    bool is_root = !n->parent || n->parent->type != XML_ELEMENT_NODE;
    const struct style *parent = is_root ? &c->initial : DOM_INFO(n->parent)->style;
    struct style_env env = {.parent = parent, .root = is_root ? NULL : w->root, .el = n, .lang = parent->lang, .element = true};
    struct str lang = n->properties ? dom_attr(n, "lang") : (struct str){0};
    if (n->properties && !lang.s) lang = dom_attr(n, "xml:lang");
    if (lang.s) env.lang = css_intern(c, lang);
    memset(info->pseudo, 0, sizeof info->pseudo);
    gather(w, 0, n);
    hints(w, n);
    struct str style = n->properties ? dom_attr(n, "style") : (struct str){0};
    if (style.n) add_text(w, style, n, false);
    const struct style *s = info->style = style_of(w, &env, 0, n);
    if (is_root) w->root = s;
    if (s->display == DISPLAY_NONE) return;
    env = (struct style_env){.parent = s, .root = w->root, .el = n, .lang = s->lang};
    for (int p = 0; p < PSEUDOS; p++) {
        bool always = (p == PSEUDO_MARKER && s->display == DISPLAY_LIST_ITEM) ||
                      ((p == PSEUDO_FOOTNOTE_CALL || p == PSEUDO_FOOTNOTE_MARKER) && s->flo == FLOAT_FOOTNOTE);
        if (p == PSEUDO_FIRST_LETTER) {
            if (!c->index->sets[1 + p].n) continue;
            gather(w, 1 + p, n);
            if (w->found.n) info->pseudo[p] = style_of(w, &env, 1 + p, n);
            continue;
        }
        if (p >= PSEUDO_MARKER && !always) continue;
        gather(w, 1 + p, n);
        if (!w->found.n && !always) continue;
        const struct style *made = style_of(w, &env, 1 + p, n);
        if (always || (!made->content.normal && !made->content.none && made->display != DISPLAY_NONE)) info->pseudo[p] = made;
    }
}

/* <style> and <link rel=stylesheet> of the document. */
static void embedded(struct css *c, const xmlNode *n)
{
    const char *file = DOM_INFO(n)->at.file;
    struct str media = dom_attr(n, "media");
    if (media.n && !css_media(c, css_tokens(c->arena, str_copy(c->arena, media), 1, 1))) return;
    struct source src = {.file = file, .base = STR(""), .origin = CSS_AUTHOR};
    if (!strcmp((const char *)n->name, "style")) {
        for (const xmlNode *t = n->children; t; t = t->next)
            if (t->type == XML_TEXT_NODE && t->content)
                css_add_at(c, &src, str_copy(c->arena, str_of((const char *)t->content)), DOM_INFO(t)->at.line, DOM_INFO(t)->at.col);
        return;
    }
    struct str rel = dom_attr(n, "rel"), href = dom_attr(n, "href");
    for (struct str word; str_split(&rel, ' ', &word);)
        if (css_is(word, "stylesheet") && href.n) css_import(c, &src, href, DOM_INFO(n)->at);
}

static const xmlNode *following(const xmlNode *n, bool inside)
{
    if (inside && n->type == XML_ELEMENT_NODE && n->children) return n->children;
    while (n && n->type != XML_DOCUMENT_NODE && !n->next) n = n->parent;
    return !n || n->type == XML_DOCUMENT_NODE ? NULL : n->next;
}
void css_cascade(struct css *c, xmlDoc *doc)
{
    struct arena scratch = {0};
    const xmlNode *root = xmlDocGetRootElement(doc);
    struct walk w = {.css = c, .m = {.arena = &scratch}};
    if (!root) return;
    for (const xmlNode *n = root; n; n = following(n, true)) {
        if (DOM_INFO(n)->index >= w.m.nodes) w.m.nodes = DOM_INFO(n)->index + 1;
        if (n->type == XML_ELEMENT_NODE && (!strcmp((const char *)n->name, "style") || !strcmp((const char *)n->name, "link"))) embedded(c, n);
    }
    if (c->dirty || !c->index) make_index(c);
    c->page_cache = map_new(c->arena);
    w.m.budget = 20000000 + 300 * (int64_t)w.m.nodes;
    for (const xmlNode *n = root; n;) {
        bool inside = true;
        if (n->type != XML_ELEMENT_NODE) {
            if (n->parent->type == XML_ELEMENT_NODE) DOM_INFO(n)->style = DOM_INFO(n->parent)->style;
        } else if (n->parent->type == XML_ELEMENT_NODE && !strcmp((const char *)n->parent->name, "svg")) {
            for (const xmlNode *e = n; e;) { /* inside a drawing CSS has no say: svg.h */
                DOM_INFO(e)->style = DOM_INFO(n->parent)->style;
                if (e->type == XML_ELEMENT_NODE && e->children) e = e->children;
                else {
                    while (e != n && !e->next) e = e->parent;
                    e = e == n ? NULL : e->next;
                }
            }
            inside = false;
        } else element(&w, n);
        n = following(n, inside);
    }
    c->root = w.root;
    if (w.m.budget <= 0) DIAG0(c->diag, MSG_CSS_BUDGET, ((struct place){DOM_INFO(root)->at.file, 0, 0}));
    buf_close(&w.key);
    arena_close(&scratch);
}
