/* tags.c: the structure tree (ISO 32000-1, 14.8.4; PDF/UA-1), from the elements of the document, never from pages: an element that crosses pages
 * stays one. The table ELEMENTS says which element becomes what; what needs more thought (lists, headings, figures, links) is below it. */
#include "layout/fix.h"

enum { AS_NOTHING = -1, AS_SPECIAL = -2 };
static const struct {
    const char *name;
    int8_t tag;
    bool block;
} ELEMENTS[] = {
    {"a", AS_SPECIAL, false},       {"abbr", AS_SPECIAL, false},  {"address", TAG_DIV, true},
    {"article", TAG_ART, true},     {"aside", TAG_SECT, true},    {"blockquote", TAG_BLOCKQUOTE, true},
    {"caption", TAG_CAPTION, true}, {"code", TAG_CODE, false},    {"dd", AS_SPECIAL, true},
    {"details", TAG_DIV, true},     {"div", TAG_DIV, true},       {"dl", TAG_L, true},
    {"dt", AS_SPECIAL, true},       {"fieldset", TAG_SECT, true}, {"figcaption", TAG_CAPTION, true},
    {"figure", AS_SPECIAL, true},   {"footer", TAG_DIV, true},    {"form", TAG_DIV, true},
    {"h1", AS_SPECIAL, true},       {"h2", AS_SPECIAL, true},     {"h3", AS_SPECIAL, true},
    {"h4", AS_SPECIAL, true},       {"h5", AS_SPECIAL, true},     {"h6", AS_SPECIAL, true},
    {"header", TAG_DIV, true},      {"kbd", TAG_CODE, false},     {"legend", TAG_P, true},
    {"li", AS_SPECIAL, true},       {"main", TAG_DIV, true},      {"menu", TAG_L, true},
    {"nav", TAG_SECT, true},        {"ol", AS_SPECIAL, true},     {"p", TAG_P, true},
    {"pre", TAG_P, true},           {"q", TAG_QUOTE, false},      {"samp", TAG_CODE, false},
    {"section", TAG_SECT, true},    {"summary", TAG_P, true},     {"table", TAG_TABLE, true},
    {"tbody", TAG_TBODY, true},     {"td", AS_SPECIAL, true},     {"tfoot", TAG_TFOOT, true},
    {"th", AS_SPECIAL, true},       {"thead", TAG_THEAD, true},   {"tr", TAG_TR, true},
    {"ul", AS_SPECIAL, true},
};

static int row_of(const char *name)
{
    size_t low = 0, high = sizeof ELEMENTS / sizeof *ELEMENTS;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = strcmp(name, ELEMENTS[mid].name);
        if (!c) return (int)mid;
        if (c < 0) high = mid;
        else low = mid + 1;
    }
    return -1;
}

struct tag *tag_new(struct layout *l, struct tag *parent, enum tag_type type, struct place at)
{
    struct tag *t = ARENA_NEW(l->a, struct tag);
    t->type = type;
    t->at = at;
    t->parent = parent;
    if (!parent) return t;
    if (parent->last) parent->last->next = t;
    else parent->first = t;
    parent->last = t;
    return t;
}

bool tag_holds_text(const struct tag *t)
{
    switch (t->type) {
    case TAG_DOCUMENT:
    case TAG_PART:
    case TAG_SECT:
    case TAG_ART:
    case TAG_DIV:
    case TAG_BLOCKQUOTE:
    case TAG_TOC:
    case TAG_L:
    case TAG_LI:
    case TAG_TABLE:
    case TAG_THEAD:
    case TAG_TBODY:
    case TAG_TFOOT:
    case TAG_TR:
    case TAG_FIGURE: return false;
    default: return true;
    }
}

/* The full form of an abbreviation, "" where n is none or says none. */
static struct str expansion(const xmlNode *n) { return strcmp((const char *)n->name, "abbr") ? (struct str){0} : str_trim(dom_attr(n, "title")); }

static bool own_lang(const xmlNode *n) { return dom_attr(n, "lang").n > 0; }

bool tag_inline(const xmlNode *n)
{
    bool plain = !strcmp((const char *)n->name, "abbr") && !expansion(n).n;
    return own_lang(n) || (row_of((const char *)n->name) >= 0 && !plain);
}

bool tag_block(const char *name)
{
    int row = row_of(name);
    return row >= 0 && ELEMENTS[row].block;
}

bool tag_holds_blocks(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && (tag_block((const char *)c->name) || tag_holds_blocks(c))) return true;
    return false;
}

/* H1 … H6 without gaps: the number of headings that are open around this one. */
static enum tag_type heading(struct layout *l, int level)
{
    while (l->headings.n && l->headings.v[l->headings.n - 1] >= level) l->headings.n--;
    *vec_push(l->a, &l->headings) = level;
    return (enum tag_type)(TAG_H1 + (l->headings.n < 6 ? (int)l->headings.n - 1 : 5));
}

static const char *numbering(const struct style *s)
{
    static const struct {
        const char *css, *pdf;
    } NAMES[] = {{"none", "None"},
                 {"disc", "Disc"},
                 {"circle", "Circle"},
                 {"square", "Square"},
                 {"decimal", "Decimal"},
                 {"lower-alpha", "LowerAlpha"},
                 {"lower-latin", "LowerAlpha"},
                 {"upper-alpha", "UpperAlpha"},
                 {"upper-latin", "UpperAlpha"},
                 {"lower-roman", "LowerRoman"},
                 {"upper-roman", "UpperRoman"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (str_is(s->list_style_type, NAMES[i].css)) return NAMES[i].pdf;
    return "Decimal";
}

static bool holds(const xmlNode *n, const char *a, const char *b)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (c->type != XML_ELEMENT_NODE) continue;
        if (!strcmp((const char *)c->name, a) || (b && !strcmp((const char *)c->name, b))) return true;
        if (holds(c, a, b)) return true;
    }
    return false;
}

static bool in_contents(const struct tag *t) { return t->type == TAG_TOC || t->type == TAG_TOCI; }

static struct tag *list_item(struct layout *l, struct tag *parent, xmlNode *n, const struct style *s)
{
    if (in_contents(parent)) return tag_new(l, parent, TAG_TOCI, DOM_INFO(n)->at);
    if (parent->type != TAG_L) return tag_new(l, parent, TAG_DIV, DOM_INFO(n)->at);
    struct tag *li = tag_new(l, parent, TAG_LI, DOM_INFO(n)->at);
    const struct style *m = DOM_INFO(n)->pseudo[PSEUDO_MARKER];
    if (s->display == DISPLAY_LIST_ITEM && (marker_text(l, s).n || (m && m->content.n))) tag_new(l, li, TAG_LBL, DOM_INFO(n)->at);
    return tag_new(l, li, TAG_LBODY, DOM_INFO(n)->at);
}

static struct tag *cell(struct layout *l, struct tag *parent, xmlNode *n, bool head)
{
    if (parent->type != TAG_TR) return tag_new(l, parent, TAG_DIV, DOM_INFO(n)->at);
    struct tag *t = tag_new(l, parent, head ? TAG_TH : TAG_TD, DOM_INFO(n)->at);
    long v;
    if (str_int(dom_attr(n, "colspan"), &v) && v > 1 && v <= 1000) t->colspan = (int)v;
    if (str_int(dom_attr(n, "rowspan"), &v) && v > 1 && v <= 65534) t->rowspan = (int)v;
    t->headers = dom_attr(n, "headers");
    if (!head) return t;
    t->id = dom_attr(n, "id");
    struct str scope = dom_attr(n, "scope");
    if (str_starts(scope, "col")) t->scope = SCOPE_COLUMN;
    else if (str_starts(scope, "row")) t->scope = SCOPE_ROW;
    else {
        const struct tag *rows = parent->parent, *table = rows; /* rows: of the row; there always is one, a document's tag at the least */
        while (table && table->type != TAG_TABLE) table = table->parent;
        bool first_row = rows && (rows->type == TAG_THEAD || (table && rows->first == parent && (table->first == rows || rows == table)));
        t->scope = first_row ? SCOPE_COLUMN : SCOPE_ROW;
    }
    return t;
}

/* A link's element: in a table of contents, Reference > Link, as readers expect. */
static struct tag *link(struct layout *l, struct tag *parent, xmlNode *n)
{
    if (!dom_attr(n, "href").s) return parent;
    if (parent->type == TAG_TOCI) parent = tag_new(l, parent, TAG_REFERENCE, DOM_INFO(n)->at);
    return tag_new(l, parent, TAG_LINK, DOM_INFO(n)->at);
}

static struct tag *special(struct layout *l, struct tag *parent, xmlNode *n, const struct style *s)
{
    const char *name = (const char *)n->name;
    struct place at = DOM_INFO(n)->at;
    if (name[0] == 'h') return tag_new(l, parent, heading(l, name[1] - '0'), at);
    if (!strcmp(name, "a")) return link(l, parent, n);
    if (!strcmp(name, "abbr")) {
        struct str full = expansion(n);
        if (!full.n) return parent;
        struct tag *t = tag_new(l, parent, TAG_SPAN, at);
        t->expansion = full;
        return t;
    }
    if (!strcmp(name, "li")) return list_item(l, parent, n, s);
    if (!strcmp(name, "td") || !strcmp(name, "th")) return cell(l, parent, n, name[1] == 'h');
    if (!strcmp(name, "ul") || !strcmp(name, "ol")) {
        const xmlNode *up = n->parent;
        bool contents = in_contents(parent) || (up && up->type == XML_ELEMENT_NODE && str_is(dom_attr(up, "role"), "doc-toc")) ||
                        str_is(dom_attr(n, "role"), "doc-toc");
        struct tag *t = tag_new(l, parent, contents ? TAG_TOC : TAG_L, at);
        if (!contents) t->list_numbering = numbering(s);
        return t;
    }
    if (!strcmp(name, "dt") || !strcmp(name, "dd")) {
        struct tag *group = parent->type == TAG_DIV && parent->parent && parent->parent->type == TAG_L ? parent : NULL; /* dl > div > dt, dd */
        if (group) group->type = TAG_LI, parent = parent->parent;
        if (parent->type == TAG_LI && parent->parent->type == TAG_L) group = parent, parent = parent->parent;
        if (parent->type != TAG_L) return tag_new(l, parent, TAG_DIV, at);
        struct tag *li = group ? group : parent->last;
        bool term = name[1] == 't';
        if (group) {
            if (li->last && li->last->type == (term ? TAG_LBL : TAG_LBODY)) return tag_new(l, li->last, TAG_DIV, at);
            return tag_new(l, li, term ? TAG_LBL : TAG_LBODY, at);
        }
        if (!li || (term && li->last && li->last->type == TAG_LBODY)) li = tag_new(l, parent, TAG_LI, at);
        struct tag *t = li->last;
        if (t && t->type == (term ? TAG_LBL : TAG_LBODY)) return tag_new(l, t, TAG_DIV, at);
        return tag_new(l, li, term ? TAG_LBL : TAG_LBODY, at);
    }
    /* figure: with a picture it is a Figure, whose alternative text the picture gives; with a table or code it only groups */
    return tag_new(l, parent, holds(n, "img", "svg") && !holds(n, "table", "pre") ? TAG_FIGURE : TAG_DIV, at);
}

struct tag *tag_element(struct layout *l, struct tag *parent, xmlNode *n, const struct style *s, bool *hidden)
{
    if (str_is(dom_attr(n, "aria-hidden"), "true")) {
        *hidden = true;
        if (parent->type == TAG_TR &&
            (!xmlStrcmp(n->name, BAD_CAST "td") || !xmlStrcmp(n->name, BAD_CAST "th"))) /* an empty cell: rows are equally long (PDF/UA-1, 7.2) */
            return special(l, parent, n, s);
        return parent;
    }
    int row = row_of((const char *)n->name);
    struct tag *t = parent;
    if (row >= 0 && ELEMENTS[row].tag >= 0) t = tag_new(l, parent, (enum tag_type)ELEMENTS[row].tag, DOM_INFO(n)->at);
    else if (row >= 0) t = special(l, parent, n, s);
    if (t->type == TAG_L && !t->list_numbering) t->list_numbering = "None";
    if (own_lang(n) && !(n->parent && n->parent->type != XML_ELEMENT_NODE)) {
        if (t == parent && strcmp((const char *)n->name, "body") != 0)
            t = tag_new(l, parent, s->display == DISPLAY_INLINE || s->display == DISPLAY_INLINE_BLOCK ? TAG_SPAN : TAG_DIV, DOM_INFO(n)->at);
        t->lang = dom_attr(n, "lang");
    }
    if (!t->title.n && t != parent && t->type != TAG_LINK && !t->expansion.n) t->title = dom_attr(n, "title");
    return t;
}

/* --- at the end --- */
static bool keeps(const struct tag *t)
{
    return t->type == TAG_TD || t->type == TAG_TH || t->type == TAG_TR || t->type == TAG_DOCUMENT || t->type == TAG_LBODY;
}

static void use(struct tag *t) /* index marks what holds something, until all are numbered */
{
    for (; t && !t->index; t = t->parent) t->index = 1;
}

static void prune(struct tag *t)
{
    struct tag **at = &t->first;
    t->last = NULL;
    while (*at) {
        struct tag *c = *at;
        prune(c);
        if (!c->index && !c->first && !keeps(c)) {
            *at = c->next;
            continue;
        }
        t->last = c;
        at = &c->next;
    }
}

static uint32_t number(struct tag *t, uint32_t n)
{
    t->index = n++;
    for (struct tag *c = t->first; c; c = c->next) n = number(c, n);
    return n;
}

static void name_headers(struct layout *l, struct tag *t)
{
    if (t->type == TAG_TABLE) tags_headers(l, t);
    for (struct tag *c = t->first; c; c = c->next) name_headers(l, c);
}

void tags_finish(struct layout *l, struct frames *f)
{
    for (size_t p = 0; p < f->n_pages; p++) {
        struct transform_walk walk = {.a = &l->work, .now = {{1, 0, 0, 1, 0, 0}}};
        for (size_t i = 0; i < f->pages[p].n; i++) {
            struct item *it = &f->pages[p].items[i];
            use(it->tag);
            if (l->transformed) transform_step(&walk, it);
            if (it->kind == ITEM_IMAGE || (it->kind == ITEM_PATH && it->tag && it->tag->type == TAG_FIGURE)) {
                struct tag *t = it->tag;
                if (!t || t->type != TAG_FIGURE) continue;
                if (t->has_bbox) continue;
                t->has_bbox = true, t->page = (int)p, t->x = it->x, t->y = it->y, t->w = it->w, t->h = it->h;
                transform_map(&walk, &t->x, &t->y, &t->w, &t->h);
            }
        }
    }
    prune(l->document);
    f->root = l->document;
    f->n_tags = number(l->document, 0);
    name_headers(l, l->document);
}
