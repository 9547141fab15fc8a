/* dom.c: see dom.h. libgumbo reads, its tree is copied into a libxml2 tree and dropped.
 *
 * It does not see most of the text (withhold.h). libgumbo has two weaknesses that hostile input finds: it frees its tree by recursion, and its work
 * grows with the square of the nesting depth. So its memory comes from a pool of ours that is dropped as a whole, with a limit; and before it starts,
 * a quick scan cuts the text where it nests far too deep. And some of its own assertions fail on odd input (a CDATA section in formulas in tables):
 * they end the reading, not the program. */
#include "css/dom.h"
#include "base/map.h"
#include "base/utf8.h"
#include "css/withhold.h"
#include <gumbo.h>
#include <setjmp.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <libxml/parser.h>
#include <libxml/dict.h>

/* --- memory for gumbo: size classes of 16 bytes up to 1 KB, then powers of two; freed pieces are used again --- */
enum { POOL_CLASSES = 64 + 32 };
struct pool {
    struct arena arena;
    void *free[POOL_CLASSES];
    size_t used, limit;
    jmp_buf out; /* longjmp with one of the ends below */
};
enum { READ_ALL, READ_FULL, READ_FAULT };
static size_t class_of(size_t n, size_t *size)
{
    if (n <= 1024) return *size = (n + 15) / 16 * 16, (n + 15) / 16 - 1;
    size_t k = 0;
    for (*size = 2048; *size < n; *size *= 2) k++;
    return 64 + k;
}
static void *pool_alloc(void *ctx, size_t n)
{
    struct pool *p = ctx;
    size_t size, k = class_of(n ? n : 1, &size);
    if (k >= POOL_CLASSES || p->used + size > p->limit) longjmp(p->out, READ_FULL);
    char *at = p->free[k];
    if (at) memcpy(&p->free[k], at, sizeof(void *));
    else {
        p->used += size + 16;
        at = arena_alloc(&p->arena, size + 16);
        at += 16;
        memcpy(at - 8, &k, sizeof k);
    }
    return at;
}
static void pool_free(void *ctx, void *at)
{
    struct pool *p = ctx;
    if (!at) return;
    size_t k;
    memcpy(&k, (char *)at - 8, sizeof k);
    memcpy(at, &p->free[k], sizeof(void *));
    p->free[k] = at;
}

/* What assert() calls, here and in every library of the process, since a program's symbols come first: while libgumbo reads, the way out of it. */
static _Thread_local struct pool *reading;
_Noreturn void __assert_fail(const char *condition, const char *file, unsigned line, const char *function) /* NOLINT: the C library's own name */
{
    if (reading) longjmp(reading->out, READ_FAULT);
    fprintf(stderr, "letak: %s:%u: %s: assertion failed: %s\n", file, line, function, condition);
    abort();
}

/* --- the scan for depth --- */
static bool in_list(struct str name, const char *list) /* list: " a b c " */
{
    char key[16];
    if (name.n + 2 >= sizeof key) return false;
    key[0] = ' ';
    for (size_t i = 0; i < name.n; i++) key[i + 1] = (char)(name.s[i] | 32);
    key[name.n + 1] = ' ';
    key[name.n + 2] = 0;
    return strstr(list, key);
}
/* Where the text of a script, style, textarea or title that begins at from ends; 0 where it does not. ends[k] keeps what was found, an offset in
 * html, so that a thousand titles that never close are one search and not a thousand. */
static size_t raw_text_end(struct str html, size_t from, struct str name, size_t ends[4])
{
    static const char *const raw[] = {"script", "style", "textarea", "title"};
    for (size_t k = 0; k < 4; k++) {
        if (name.n != strlen(raw[k]) || strncasecmp(name.s, raw[k], name.n) != 0) continue;
        if (ends[k] == SIZE_MAX) return 0;
        if (ends[k] < from) {
            size_t at = from, next;
            while ((next = str_search(str_from(html, at), "</")) != SIZE_MAX) {
                at += next;
                if (html.n - at >= name.n + 2 && !strncasecmp(html.s + at + 2, raw[k], name.n)) break;
                at += 2;
            }
            ends[k] = next == SIZE_MAX ? SIZE_MAX : at;
        }
        return ends[k] == SIZE_MAX ? 0 : ends[k];
    }
    return 0;
}
/* How much of html to read: all, or up to where about 10 × DOM_DEEPEST elements are open. Elements whose end tag may be left out do not count. */
static size_t sane_length(struct str html)
{
    static const char uncounted[] =
        " area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot option optgroup colgroup rp rt ";
    enum { LONGEST_TAG = 2000 };
    size_t ends[4] = {0};
    long depth = 0;
    for (size_t i = 0; i < html.n; i++) {
        const char *lt = memchr(html.s + i, '<', html.n - i);
        if (!lt) break;
        i = (size_t)(lt - html.s);
        struct str rest = str_from(html, i + 1);
        if (str_starts(rest, "!--")) {
            size_t end = str_search(rest, "-->");
            if (end == SIZE_MAX) break;
            i += end;
            continue;
        }
        bool close = rest.n && rest.s[0] == '/';
        struct str name = {rest.s + close, 0};
        while (name.n + close < rest.n && ((name.s[name.n] | 32) >= 'a' && (name.s[name.n] | 32) <= 'z')) name.n++;
        while (name.n && name.n + close < rest.n && name.s[name.n] >= '1' && name.s[name.n] <= '6') name.n++;
        if (!name.n || in_list(name, uncounted)) continue;
        size_t gt = str_find(str_part(rest, 0, LONGEST_TAG), '>');
        if (gt != SIZE_MAX && gt && rest.s[gt - 1] == '/') continue; /* <path …/>: at worst a <div/> is not counted */
        if (close) depth -= depth > 0;
        else if (++depth > 10 * DOM_DEEPEST) return i;
        size_t end = close ? 0 : raw_text_end(html, i + 1, name, ends);
        if (end) i = end - 1; /* the end tag is next */
        else i += name.n;
    }
    return html.n;
}

/* --- from gumbo to libxml2 --- */
struct reader {
    struct arena *arena;
    const char *file;
    struct diag *diag;
    xmlDoc *doc;
    uint32_t index;
    bool reported;
    struct withheld *withheld;
    struct buf restored;
};
static struct dom_info *info_new(struct reader *r, xmlNode *n, GumboSourcePosition at)
{
    struct dom_info *i = ARENA_NEW(r->arena, struct dom_info);
    uint32_t line = at.line, column = at.column;
    withhold_place(r->withheld, at.offset, &line, &column);
    i->at = (struct place){r->file, line, column};
    i->index = r->index++;
    n->_private = i;
    n->line = line > 65535 ? 65535 : (unsigned short)line;
    return i;
}
static const xmlChar *tag_name(struct reader *r, const GumboElement *e)
{
    if (e->tag_namespace == GUMBO_NAMESPACE_HTML && e->tag != GUMBO_TAG_UNKNOWN)
        return xmlDictLookup(r->doc->dict, (const xmlChar *)gumbo_normalized_tagname(e->tag), -1);
    GumboStringPiece p = e->original_tag;
    gumbo_tag_from_original_text(&p);
    if (e->tag_namespace == GUMBO_NAMESPACE_SVG && p.data) {
        const char *svg = gumbo_normalize_svg_tagname(&p);
        if (svg) return xmlDictLookup(r->doc->dict, (const xmlChar *)svg, -1);
    }
    if (!p.length || p.length > 1000) return xmlDictLookup(r->doc->dict, BAD_CAST(p.length ? "unknown" : gumbo_normalized_tagname(e->tag)), -1);
    char *name = arena_copy(r->arena, p.data, p.length);
    for (char *c = name; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    return xmlDictLookup(r->doc->dict, BAD_CAST name, -1);
}
static xmlNode *element_new(struct reader *r, const GumboNode *g)
{
    const GumboElement *e = &g->v.element;
    xmlNode *n = xmlNewDocNodeEatName(r->doc, NULL, (xmlChar *)(uintptr_t)tag_name(r, e), NULL);
    info_new(r, n, e->start_pos);
    xmlAttr *last = NULL;
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *ga = e->attributes.data[i];
        xmlAttr *a = xmlNewDocProp(r->doc, BAD_CAST ga->name, NULL);
        a->parent = n;
        a->children = a->last = xmlNewDocText(r->doc, BAD_CAST withhold_restore(r->withheld, ga->value, &r->restored));
        a->children->parent = (xmlNode *)a;
        a->prev = last;
        if (last) last->next = a;
        else n->properties = a;
        last = a;
    }
    return n;
}
static void text_new(struct reader *r, xmlNode *parent, const GumboNode *g)
{
    xmlNode *n = xmlNewDocText(r->doc, BAD_CAST withhold_restore(r->withheld, g->v.text.text, &r->restored));
    info_new(r, n, g->v.text.start_pos);
    n->parent = parent; /* not xmlAddChild: it would merge texts and free one */
    n->prev = parent->last;
    if (parent->last) parent->last->next = n;
    else parent->children = n;
    parent->last = n;
}
static const GumboVector *children(const GumboNode *g) { return g->type == GUMBO_NODE_DOCUMENT ? &g->v.document.children : &g->v.element.children; }
static void cut(struct reader *r, struct place at)
{
    if (!r->reported) DIAG(r->diag, MSG_DOM_DEEP, at, arena_printf(r->arena, "%d", DOM_DEEPEST));
    r->reported = true;
}
/* The tree below g, without recursion: a stack of (node, next child). */
static void copy(struct reader *r, const GumboNode *document)
{
    struct level {
        const GumboNode *g;
        xmlNode *n;
        unsigned next;
    } *stack = mem_realloc(NULL, (DOM_DEEPEST + 1) * sizeof *stack);
    size_t depth = 0;
    stack[0] = (struct level){document, (xmlNode *)r->doc, 0};
    for (;;) {
        struct level *l = &stack[depth];
        const GumboVector *list = children(l->g);
        if (l->next == list->length) {
            if (!depth--) break;
            continue;
        }
        const GumboNode *g = list->data[l->next++];
        if (g->type == GUMBO_NODE_TEXT || g->type == GUMBO_NODE_WHITESPACE || g->type == GUMBO_NODE_CDATA) {
            if (depth) text_new(r, l->n, g);
        } else if (g->type == GUMBO_NODE_ELEMENT || g->type == GUMBO_NODE_TEMPLATE) {
            xmlNode *n = element_new(r, g);
            if (!depth) xmlDocSetRootElement(r->doc, n);
            else {
                n->parent = l->n;
                n->prev = l->n->last;
                if (l->n->last) l->n->last->next = n;
                else l->n->children = n;
                l->n->last = n;
            }
            if (!children(g)->length) continue;
            if (depth == DOM_DEEPEST) cut(r, DOM_INFO(n)->at);
            else stack[++depth] = (struct level){g, n, 0};
        }
    }
    free(stack);
}

/* --- direction that the text itself says (HTML 5, 3.2.6.4) --- */
static xmlNode *following(const xmlNode *n, const xmlNode *root, bool inside);

static bool dir_auto(const xmlNode *n)
{
    if (n->type != XML_ELEMENT_NODE) return false;
    struct str dir = dom_attr(n, "dir");
    return dir.s ? dir.n == 4 && !strncasecmp(dir.s, "auto", 4) : !strcmp((const char *)n->name, "bdi");
}

/* Whether the first letter of n's text is read from right to left; what has a direction of its own does not count. */
bool dom_text_rtl(const xmlNode *n)
{
    for (const xmlNode *t = n; t;) {
        bool apart = t != n && t->type == XML_ELEMENT_NODE && (dom_attr(t, "dir").s || !strcmp((const char *)t->name, "bdi"));
        struct str text = t->type == XML_TEXT_NODE && t->content ? str_of((const char *)t->content) : STR("");
        for (size_t at = 0; at < text.n;) {
            UCharDirection d = u_charDirection((UChar32)utf8_next(text, &at));
            if (d == U_LEFT_TO_RIGHT) return false;
            if (d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC) return true;
        }
        t = following(t, n, !apart);
    }
    return false;
}

static void settle_directions(xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    for (xmlNode *n = root; n; n = following(n, root, true))
        if (dir_auto(n)) xmlSetProp(n, BAD_CAST "dir", dom_text_rtl(n) ? BAD_CAST "rtl" : BAD_CAST "ltr");
}

xmlDoc *dom_read_html(struct arena *a, struct str html, const char *file, struct diag *d)
{
    struct reader r = {.arena = a, .file = file, .diag = d, .doc = xmlNewDoc(BAD_CAST "1.0")};
    r.doc->dict = xmlDictCreate();
    size_t n = sane_length(html);
    struct str part = {html.n ? html.s : "", n};
    if (n < html.n) {
        uint32_t line = 1;
        for (size_t i = 0; i < n; i++) line += html.s[i] == '\n';
        cut(&r, (struct place){file, line, 0});
    }
    struct withheld withheld = withhold(part);
    r.withheld = &withheld;
    struct pool *pool = mem_realloc(NULL, sizeof *pool);
    memset(pool, 0, sizeof *pool);
    pool->limit = ((size_t)64 << 20) + 40 * n;
    switch (setjmp(pool->out)) {
    case READ_ALL: {
        GumboOptions o = kGumboDefaultOptions;
        o.allocator = pool_alloc;
        o.deallocator = pool_free;
        o.userdata = pool;
        o.tab_stop = 1;
        o.max_errors = 0;
        reading = pool;
        GumboOutput *out = gumbo_parse_with_options(&o, withheld.text.s, withheld.text.n);
        reading = NULL;
        copy(&r, out->document);
        settle_directions(r.doc);
        break;
    }
    case READ_FULL: DIAG0(d, MSG_DOM_LARGE, ((struct place){file, 0, 0})); break;
    default: DIAG0(d, MSG_DOM_FAULT, ((struct place){file, 0, 0}));
    }
    reading = NULL;
    withhold_close(&withheld);
    buf_close(&r.restored);
    arena_close(&pool->arena);
    free(pool);
    return r.doc;
}

/* --- looking at the tree --- */
struct dom_ids {
    struct arena arena;
    struct map map;
};
void dom_close(xmlDoc *doc)
{
    if (!doc) return;
    struct dom_ids *ids = doc->_private;
    if (ids) {
        arena_close(&ids->arena);
        free(ids);
    }
    xmlFreeDoc(doc);
}
struct str dom_attr(const xmlNode *n, const char *name)
{
    if (n->type != XML_ELEMENT_NODE) return (struct str){0};
    for (const xmlAttr *a = n->properties; a; a = a->next)
        if (!strcmp((const char *)a->name, name)) return a->children && a->children->content ? str_of((const char *)a->children->content) : STR("");
    return (struct str){0};
}
static xmlNode *following(const xmlNode *n, const xmlNode *root, bool inside)
{
    if (inside && n->type == XML_ELEMENT_NODE && n->children) return n->children;
    while (n && n != root && !n->next) n = n->parent;
    return !n || n == root ? NULL : n->next;
}
xmlNode *dom_by_id(xmlDoc *doc, struct str id)
{
    struct dom_ids *ids = doc->_private;
    if (!ids) {
        ids = mem_realloc(NULL, sizeof *ids);
        memset(ids, 0, sizeof *ids);
        ids->map = map_new(&ids->arena);
        xmlNode *root = xmlDocGetRootElement(doc);
        for (xmlNode *n = root; n; n = following(n, root, true)) {
            struct str key = dom_attr(n, "id");
            if (!key.n) continue;
            void **at = map_at(&ids->map, key);
            if (!*at) *at = n;
        }
        doc->_private = ids;
    }
    return map_find(&ids->map, id);
}
struct str dom_lang(const xmlNode *n)
{
    for (; n && n->type != XML_DOCUMENT_NODE; n = n->parent) {
        struct str l = dom_attr(n, "lang");
        if (!l.s) l = dom_attr(n, "xml:lang");
        if (l.s) return l;
    }
    return STR("");
}
struct str dom_text(struct arena *a, const xmlNode *n)
{
    struct buf b = {0};
    for (const xmlNode *t = n; t; t = following(t, n, true)) {
        if (t->type == XML_TEXT_NODE && t->content) buf_puts(&b, (const char *)t->content);
        else if (t->type == XML_ELEMENT_NODE && !xmlStrcmp(t->name, BAD_CAST "br")) buf_puts(&b, " ");
    }
    struct str s = buf_copy(a, &b);
    buf_close(&b);
    return s;
}
void dom_dump(struct buf *b, const xmlDoc *doc)
{
    const xmlNode *root = xmlDocGetRootElement((xmlDoc *)(uintptr_t)doc);
    for (const xmlNode *n = root; n; n = following(n, root, true)) {
        int depth = 0;
        for (const xmlNode *p = n; p != root; p = p->parent) depth++;
        const struct dom_info *i = DOM_INFO(n);
        buf_printf(b, "%*s", 2 * depth, "");
        if (n->type == XML_TEXT_NODE) buf_json(b, str_of((const char *)n->content));
        else {
            buf_printf(b, "<%s", (const char *)n->name);
            for (const xmlAttr *a = n->properties; a; a = a->next) {
                buf_printf(b, " %s=", (const char *)a->name);
                buf_json(b, str_of(a->children ? (const char *)a->children->content : ""));
            }
            buf_putc(b, '>');
        }
        if (i) buf_printf(b, " %u:%u", i->at.line, i->at.col);
        buf_putc(b, '\n');
    }
}

/* libxml2 hands NULL on where memory is out, and few of its callers could do anything with it: the program ends, as everywhere (arena.h). */
static void *xml_alloc(size_t n) { return mem_realloc(NULL, n); }
static char *xml_copy(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(mem_realloc(NULL, n), s, n);
}
void dom_init(void)
{
    xmlMemSetup(free, xml_alloc, mem_realloc, xml_copy);
    xmlInitParser();
}
