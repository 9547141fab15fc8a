/* links.c: see links.h. Files are known before pages are read, so that addresses are judged at once; places (#…) when all pages have told theirs. */
#include "check/links.h"
#include "base/map.h"
#include "css/dom.h"
#include <strings.h>

struct wanted { /* a place in a page */
    struct str page, place;
    struct place at;
};
struct links {
    struct arena *a;
    struct gate *gate;
    struct map files;  /* path -> anything */
    struct map pages;  /* path of what was read as HTML -> anything */
    struct map places; /* "path#id" -> anything */
    VEC(struct wanted) wanted;
};
struct reading { /* one page */
    struct links *k;
    struct str path, base; /* base: the folder that addresses start from */
    struct arena *scratch;
    struct diag *diag;
};

/* Attributes that hold an address which a browser follows or loads. */
enum { ONE, SET, REFRESH };
enum { LONGEST_SHOWN = 200 }; /* bytes of an address in a message */
static const struct {
    const char *element, *attribute; /* element NULL: any */
    int holds;
} addresses[] = {{"a", "href", ONE},       {"area", "href", ONE},       {"link", "href", ONE},     {"img", "src", ONE},
                 {"img", "srcset", SET},   {"source", "src", ONE},      {"source", "srcset", SET}, {"script", "src", ONE},
                 {"iframe", "src", ONE},   {"embed", "src", ONE},       {"object", "data", ONE},   {"video", "src", ONE},
                 {"video", "poster", ONE}, {"audio", "src", ONE},       {"track", "src", ONE},     {"input", "src", ONE},
                 {"use", "href", ONE},     {"use", "xlink:href", ONE},  {"image", "href", ONE},    {"image", "xlink:href", ONE},
                 {"a", "xlink:href", ONE}, {"meta", "content", REFRESH}};

/* "https:", "mailto:", "//host": not in this site. */
static bool leads_away(struct str url)
{
    size_t i = 0;
    while (i < url.n && (((url.s[i] | 32) >= 'a' && (url.s[i] | 32) <= 'z') || (i && strchr("0123456789+-.", url.s[i])))) i++;
    return (i && i < url.n && url.s[i] == ':') || str_starts(url, "//");
}

static struct str decoded(struct arena *a, struct str s)
{
    struct buf b = {0};
    for (size_t i = 0; i < s.n; i++) {
        bool spelled = s.s[i] == '%' && i + 2 < s.n && str_hex(s.s[i + 1]) >= 0 && str_hex(s.s[i + 2]) >= 0;
        buf_putc(&b, spelled ? (char)(str_hex(s.s[i + 1]) * 16 + str_hex(s.s[i + 2])) : s.s[i]);
        if (spelled) i += 2;
    }
    struct str out = buf_copy(a, &b);
    buf_close(&b);
    return out;
}

/* The file that a path of an address means: itself, or the index of a folder. False where the site has neither. */
static bool file_of(struct reading *r, struct str path, struct str *out)
{
    struct str from = str_starts(path, "/") ? (struct str){0} : r->base, whole;
    while (str_starts(path, "/")) path = str_from(path, 1);
    if (!path_normal(r->scratch, str_of(path_join(r->scratch, from, path)), &whole)) return false;
    bool folder = !path.n || str_ends(path, "/") || str_ends(path, "/.") || str_ends(path, "..") || str_is(path, ".");
    if (!folder && map_find(&r->k->files, whole)) return *out = whole, true;
    *out = str_of(path_join(r->scratch, whole, STR("index.html")));
    return map_find(&r->k->files, *out) != NULL;
}

static struct str place_key(struct arena *a, struct str page, struct str place) { return str_printf(a, "%.*s#%.*s", STR_ARG(page), STR_ARG(place)); }

static void address(struct reading *r, struct str url, struct place at)
{
    url = str_trim(url);
    if (leads_away(url)) return;
    size_t hash = str_find(url, '#');
    struct str path = str_part(url, 0, hash), place = hash == SIZE_MAX ? (struct str){0} : str_from(url, hash + 1), page = r->path;
    path = decoded(r->scratch, str_part(path, 0, str_find(path, '?')));
    if (path.n && !file_of(r, path, &page)) {
        struct str shown = str_of(gate_masked_url(r->k->gate, str_z(r->scratch, url)));
        size_t n = shown.n < LONGEST_SHOWN ? shown.n : LONGEST_SHOWN;
        while (n < shown.n && n && (shown.s[n] & 0xc0) == 0x80) n--;
        DIAG(r->diag, MSG_PAGE_LINK, at, str_z(r->scratch, str_part(shown, 0, n)));
        return;
    }
    place = str_part(place, 0, str_search(place, ":~:")); /* words to be looked for: no place */
    if (!place.n || (place.n == 3 && !strncasecmp(place.s, "top", 3))) return;
    *vec_push(r->k->a, &r->k->wanted) = (struct wanted){str_copy(r->k->a, page), str_copy(r->k->a, place), at};
}

/* srcset: "a.png 1x, b.png 2x". */
static void address_set(struct reading *r, struct str set, struct place at)
{
    for (size_t i = 0; i < set.n;) {
        while (i < set.n && strchr(" \t\n\r\f,", set.s[i])) i++;
        size_t from = i;
        while (i < set.n && !strchr(" \t\n\r\f", set.s[i])) i++;
        size_t end = i;
        bool alone = end > from && set.s[end - 1] == ',';
        while (end > from && set.s[end - 1] == ',') end--;
        if (end > from) address(r, str_part(set, from, end - from), at);
        while (!alone && i < set.n && set.s[i] != ',') i++;
    }
}

static void element(struct reading *r, const xmlNode *n)
{
    struct str id = dom_attr(n, "id"), name = !xmlStrcmp(n->name, BAD_CAST "a") ? dom_attr(n, "name") : (struct str){0};
    if (id.n) *map_at(&r->k->places, place_key(r->k->a, r->path, id)) = r;
    if (name.n) *map_at(&r->k->places, place_key(r->k->a, r->path, name)) = r;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        if (strcmp(addresses[i].element, (const char *)n->name) != 0) continue;
        struct str held = dom_attr(n, addresses[i].attribute), equiv = dom_attr(n, "http-equiv");
        if (!held.s) continue;
        if (addresses[i].holds == ONE) address(r, held, DOM_INFO(n)->at);
        else if (addresses[i].holds == SET) address_set(r, held, DOM_INFO(n)->at);
        else if (equiv.n == 7 && !strncasecmp(equiv.s, "refresh", 7)) {
            size_t url = str_search(held, "=");
            if (url != SIZE_MAX) address(r, str_from(held, url + 1), DOM_INFO(n)->at);
        }
    }
}

/* <base href>: false where it leads away, and all addresses with it. */
static bool base_of(struct reading *r, xmlNode *root)
{
    for (xmlNode *n = root->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || xmlStrcmp(n->name, BAD_CAST "head") != 0) continue;
        for (xmlNode *k = n->children; k; k = k->next) {
            struct str href = k->type == XML_ELEMENT_NODE && !xmlStrcmp(k->name, BAD_CAST "base") ? dom_attr(k, "href") : (struct str){0};
            if (!href.n) continue;
            if (leads_away(href)) return false;
            struct str path = decoded(r->scratch, href), from = str_starts(path, "/") ? (struct str){0} : r->base;
            size_t slash = str_rfind(path, '/');
            if (slash != SIZE_MAX)
                path_normal(r->scratch, str_of(path_join(r->scratch, from, str_part(path, str_starts(path, "/"), slash))), &r->base);
            return true;
        }
    }
    return true;
}

static bool is_page(struct str path) { return str_is(path_ext(path), "html") || str_is(path_ext(path), "htm") || str_is(path_ext(path), "xhtml"); }

struct links *links_open(struct arena *a, const struct file_list *files, struct gate *g)
{
    struct links *k = ARENA_NEW(a, struct links);
    *k = (struct links){.a = a, .gate = g, .files = map_new(a), .pages = map_new(a), .places = map_new(a)};
    for (size_t i = 0; i < files->files.n; i++)
        if (!files->files.v[i].is_dir) *map_at(&k->files, str_of(files->files.v[i].path)) = k;
    return k;
}

void links_page(struct links *k, const char *path, struct str html, struct diag *d)
{
    struct arena scratch = {0};
    struct reading r = {k, str_copy(k->a, str_of(path)), {0}, &scratch, d};
    if (!is_page(r.path)) return;
    r.base = path_dir(r.path);
    *map_at(&k->pages, r.path) = k;
    xmlDoc *doc = dom_read_html(&scratch, html, gate_masked_path(k->gate, r.path.s), d);
    xmlNode *root = xmlDocGetRootElement(doc);
    bool here = root && base_of(&r, root);
    for (xmlNode *n = here ? root : NULL; n;) {
        if (n->type == XML_ELEMENT_NODE) element(&r, n);
        if (n->type == XML_ELEMENT_NODE && n->children) n = n->children;
        else {
            while (n && !n->next) n = n == root ? NULL : n->parent;
            if (n) n = n == root ? NULL : n->next;
        }
    }
    dom_close(doc);
    arena_close(&scratch);
}

void links_close(struct links *k, struct diag *d)
{
    for (size_t i = 0; i < k->wanted.n; i++) {
        const struct wanted *w = &k->wanted.v[i];
        if (!map_find(&k->pages, w->page) || map_find(&k->places, place_key(k->a, w->page, w->place)) ||
            map_find(&k->places, place_key(k->a, w->page, decoded(k->a, w->place))))
            continue;
        DIAG(d, MSG_PAGE_ANCHOR, w->at, gate_masked_path(k->gate, w->page.s), gate_masked_url(k->gate, w->place.s));
    }
}
