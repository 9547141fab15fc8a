/* links.c: where links and images lead, references by id, phone numbers typed into the text. */
#include "base/file.h"
#include "content/front.h"
#include "content/parse.h"
#include "base/utf8.h"
#include <ctype.h>

static const char *guess(struct arena *a, const char *near) { return near ? arena_printf(a, " (%s?)", near) : ""; }

/* "http" of "http://…"; "" where the url has no scheme. */
static struct str scheme(struct str url)
{
    size_t i = 0;
    while (i < url.n && (isalnum((unsigned char)url.s[i]) || strchr("+-.", url.s[i]))) i++;
    return i > 1 && i < url.n && url.s[i] == ':' ? str_part(url, 0, i) : (struct str){0};
}

static struct str percent_decoded(struct arena *a, struct str s)
{
    if (str_find(s, '%') == SIZE_MAX) return s;
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned byte;
        if (s.s[i] == '%' && i + 2 < s.n && sscanf((char[]){s.s[i + 1], s.s[i + 2], 0}, "%2x", &byte) == 1 && byte) out[n++] = (char)byte, i += 2;
        else out[n++] = s.s[i];
    }
    struct str r = {out, n};
    return utf8_invalid(r) == SIZE_MAX ? r : s;
}

/* Path relative to content/ that url means, seen from the folder of the file; false where it climbs out. */
static bool to_content(struct making *m, struct str url, struct str *path)
{
    size_t cut = url.n;
    for (size_t i = 0; i < url.n; i++)
        if (url.s[i] == '#' || url.s[i] == '?') {
            cut = i;
            break;
        }
    url = percent_decoded(m->arena, str_part(url, 0, cut));
    if (str_starts(url, "/")) return path_normal(m->arena, url, path);
    return path_normal(m->arena, str_of(path_join(m->arena, m->dir, url)), path);
}

/* The page that a path relative to content/ means: the file itself, a folder's page, an address of the finished site. */
static struct page *find_page(struct making *m, struct str path)
{
    static const char *const tails[] = {"", "/index.md", "/README.md", "/_index.md", ".md"};
    struct page *p = str_ends(path, ".md") ? NULL : map_find(&m->c->by_path, path); /* an address of the finished site, or a folder */
    for (size_t i = 0; i < sizeof tails / sizeof *tails && !p; i++)
        p = map_find(&m->c->by_file, i ? str_printf(m->arena, "%.*s%s", STR_ARG(path), path.n ? tails[i] : tails[i] + (tails[i][0] == '/')) : path);
    if (!p && str_ends(path, ".html")) {
        struct str bare = str_part(path, 0, path.n - 5);
        if (str_ends(bare, "/index")) bare = str_part(bare, 0, bare.n - 6);
        p = map_find(&m->c->by_file, str_printf(m->arena, "%.*s.md", STR_ARG(bare)));
        if (!p) p = map_find(&m->c->by_path, bare);
    }
    return p;
}

/* Whether key, a path, has this name, or stands in this folder: asked of every file for every dead link. */
static bool is_near(struct str key, struct str dir, struct str base)
{
    size_t before = key.n - base.n, inside = dir.n ? dir.n + 1 : 0;
    if (key.n >= base.n && (!before || key.s[before - 1] == '/') && !memcmp(key.s + before, base.s, base.n)) return true;
    return key.n > inside && (!dir.n || (key.s[dir.n] == '/' && !memcmp(key.s, dir.s, dir.n))) && !memchr(key.s + inside, '/', key.n - inside);
}

static const char *nearest_file(struct making *m, struct str path, const struct map *files)
{
    enum { MOST = 100 }; /* neighbours and namesakes only: a folder with thousands of dead links must not cost minutes */
    const char *names[MOST + 1] = {0};
    size_t n = 0;
    struct str dir = path_dir(path), base = path_base(path);
    bool small = files->entries.n <= MOST;
    for (size_t i = 0; i < files->entries.n; i++) {
        struct str key = files->entries.v[i].key;
        if (!small && !is_near(key, dir, base)) continue;
        if (n == MOST) return NULL;
        names[n++] = str_z(m->arena, key);
    }
    return str_nearest(path, names);
}

static bool is_file(struct making *m, struct str path)
{
    if (map_find(&m->c->files, path)) return true;
    const char *full = m->c->single ? path_join(m->arena, str_of(m->c->root), path) : NULL;
    return full && file_exists(full) && !file_is_dir(full);
}

static void typed(struct making *m, struct place at, struct str phone)
{
    const char *number = str_z(m->arena, phone);
    if (m->c->foreign) diag_once(m->diag, MSG_PHONE_TYPED, at, str_of(at.file), (const char *const[]){number});
    else DIAG(m->diag, MSG_PHONE_TYPED, at, number);
}

static void link_one(struct making *m, struct node *n)
{
    static const char *const safe[] = {"http", "https", "mailto", "tel", "sms"};
    struct str s = scheme(n->url), path;
    if (s.n || str_starts(n->url, "//")) {
        bool ok = !s.n;
        for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) ok |= str_is(s, safe[i]);
        if (!ok) {
            DIAG(m->diag, MSG_LINK_UNSAFE, n->at, str_z(m->arena, s));
            n->url = (struct str){0};
        } else if (str_is(s, "tel") || str_is(s, "sms")) {
            typed(m, n->at, str_from(n->url, 4));
        }
        return;
    }
    if (!n->url.n || n->url.s[0] == '#') return; /* anchors of the page are checked when all ids are known */
    if (!to_content(m, n->url, &path)) {
        DIAG(m->diag, MSG_LINK_OUTSIDE, n->at, str_z(m->arena, n->url));
        return;
    }
    struct page *p = find_page(m, path);
    if (p && p->hidden && !p->broken && !m->page->hidden) DIAG(m->diag, MSG_LINK_HIDDEN, n->at, str_z(m->arena, path));
    else if (p) n->target = p;
    else if (is_file(m, path)) n->path = path;
    else DIAG(m->diag, MSG_LINK_BROKEN, n->at, str_z(m->arena, n->url), guess(m->arena, nearest_file(m, path, &m->c->by_file)));
}

static void image_one(struct making *m, struct node *n)
{
    struct str path, s = scheme(n->url);
    if (!node_text(m->arena, n).n) {
        if (m->c->foreign) diag_once(m->diag, MSG_IMAGE_ALT, n->at, STR("alt"), NULL);
        else DIAG0(m->diag, MSG_IMAGE_ALT, n->at);
    }
    if (s.n || str_starts(n->url, "//")) {
        DIAG0(m->diag, MSG_IMAGE_REMOTE, n->at);
        n->kind = NODE_LINK;
        if (!str_starts(s, "http")) n->url = (struct str){0};
        return;
    }
    if (!to_content(m, n->url, &path)) DIAG(m->diag, MSG_LINK_OUTSIDE, n->at, str_z(m->arena, n->url));
    else if (is_file(m, path)) n->path = path;
    else DIAG(m->diag, MSG_IMAGE_MISSING, n->at, str_z(m->arena, n->url), guess(m->arena, nearest_file(m, path, &m->c->files)));
}

static void contact_one(struct making *m, const struct node *n)
{
    struct str id = node_text(m->arena, n);
    const struct contact *c = map_find(&m->c->contacts, id);
    if (!c) {
        const char **names = ARENA_ARRAY(m->arena, const char *, m->c->contacts.entries.n + 1);
        for (size_t i = 0; i < m->c->contacts.entries.n; i++) names[i] = str_z(m->arena, m->c->contacts.entries.v[i].key);
        DIAG(m->diag, MSG_CONTACT_UNKNOWN, n->at, str_z(m->arena, id), guess(m->arena, str_nearest(id, names)));
        return;
    }
    if (!c->published) DIAG(m->diag, MSG_CONTACT_HIDDEN, n->at, str_z(m->arena, id));
    if (c->placeholder) diag_once(m->diag, MSG_CONTACT_PLACEHOLDER, c->at, id, (const char *const[]){str_z(m->arena, id)});
    if (node_attr(n, "phone") && !c->phones.n) DIAG(m->diag, MSG_CONTACT_NO_PART, n->at, str_z(m->arena, id), "phone");
    if (node_attr(n, "mail") && !c->mail.n) DIAG(m->diag, MSG_CONTACT_NO_PART, n->at, str_z(m->arena, id), "mail");
    if (node_attr(n, "address") && !c->address.n) DIAG(m->diag, MSG_CONTACT_NO_PART, n->at, str_z(m->arena, id), "address");
    if ((node_attr(n, "qr") || node_attr(n, "web")) && !c->web.n) DIAG(m->diag, MSG_CONTACT_NO_PART, n->at, str_z(m->arena, id), "web");
}

static void mark_one(struct making *m, struct node *n)
{
    struct date date;
    switch (n->mark->mark) {
    case MARK_CONTACT: contact_one(m, n); break;
    case MARK_DATE: {
        struct str s = node_text(m->arena, n);
        if (!date_read(s, &date)) DIAG(m->diag, MSG_KEY_DATE, n->at, str_z(m->arena, s));
        break;
    }
    case MARK_LANG: {
        const struct attr *a = node_attr(n, "lang");
        if (!a || !a->value.n) DIAG(m->diag, MSG_MARK_VALUE, n->at, "lang", "lang=en");
        break;
    }
    case MARK_ABBR:
    case MARK_KEEP:
    case MARK_TERM:
    case MARK_ICON:
    case MARK_REF:
        if (!n->first) DIAG(m->diag, MSG_MARK_VALUE, n->at, n->mark->en, "[…]");
        break;
    default: break;
    }
}

/* A run of digits, spaces and hyphens that a person would dial. */
static bool is_phone(struct str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) digits += isdigit((unsigned char)s.s[i]) != 0;
    if (s.s[0] == '+') return digits >= 9 && digits <= 15;
    if (str_starts(s, "00")) return digits >= 11 && digits <= 16;
    if (str_starts(s, "0800") || str_starts(s, "0900")) return digits >= 8 && digits <= 11;
    if (digits < 9 || digits > 11 || s.s[0] != '0') return false; /* eight: a date such as 06-12-2026 */
    return s.s[1] == '6' || s.s[1] == '1' || s.s[1] == '2' || s.s[1] == '3';
}

static void phones_in(struct making *m, const struct node *t)
{
    struct str s = t->text;
    for (size_t i = 0, next; (next = str_find_either(str_from(s, i), '+', '0')) != SIZE_MAX; i++) {
        i += next;
        if (i && (isalnum((unsigned char)s.s[i - 1]) || strchr(".,-/", s.s[i - 1]))) continue;
        size_t end = i + 1, last = i + 1;
        while (end < s.n && (isdigit((unsigned char)s.s[end]) || strchr(" /-()", s.s[end]))) {
            if (isdigit((unsigned char)s.s[end])) last = end + 1;
            end++;
        }
        if (last - i > 6 && is_phone(str_part(s, i, last - i)) &&
            !(last < s.n && (s.s[last] == '.' || s.s[last] == ':') && last + 1 < s.n && isdigit((unsigned char)s.s[last + 1]))) {
            struct place at = t->at;
            at.col += (uint32_t)utf8_length(str_part(s, 0, i));
            typed(m, at, str_part(s, i, last - i));
        }
        i = last - 1;
    }
}

static void walk(struct making *m, struct node *n)
{
    if (n->kind == NODE_TEXT) phones_in(m, n);
    else if (n->kind == NODE_MARK) mark_one(m, n);
    for (struct node *c = n->first; c; c = c->next) walk(m, c);
}

bool links_refs_elsewhere(const struct page *p) { return p->is_part || p->kind->kind == KIND_BOOK; }

/* Ids that links and :ref name. Chapters of a book refer to each other: what is not found here is left to content_check_anchors. */
static void references(struct making *m)
{
    const struct map *ids = &m->doc->ids;
    bool part = links_refs_elsewhere(m->page);
    const char **names = ARENA_ARRAY(m->arena, const char *, ids->entries.n + 1);
    for (size_t i = 0; i < ids->entries.n; i++) names[i] = str_z(m->arena, ids->entries.v[i].key);
    for (size_t i = 0; i < m->doc->refs.n && !part; i++) {
        struct str id = node_text(m->arena, m->doc->refs.v[i]);
        if (id.n && !map_find(ids, id))
            DIAG(m->diag, MSG_REF_UNKNOWN, m->doc->refs.v[i]->at, str_z(m->arena, id), guess(m->arena, str_nearest(id, names)));
    }
    for (size_t i = 0; i < m->doc->links.n; i++) {
        struct node *n = m->doc->links.v[i];
        if (n->url.n < 2 || n->url.s[0] != '#') continue;
        struct str id = percent_decoded(m->arena, str_from(n->url, 1));
        if (map_find(ids, id)) continue;
        struct buf slug = {0}; /* other systems keep letters as they are: find the heading by its text */
        lang_slug(&slug, id);
        const struct node *h = slug.n ? map_find(ids, buf_view(&slug)) : NULL;
        if (h) n->url = str_printf(m->arena, "#%.*s", STR_ARG(h->id));
        else DIAG(m->diag, MSG_LINK_ANCHOR, n->at, str_z(m->arena, id));
        buf_close(&slug);
    }
}

void links_resolve(struct making *m)
{
    for (size_t i = 0; i < m->doc->links.n; i++) {
        m->dir = path_dir(str_starts(str_of(m->doc->links.v[i]->at.file), "content/") ? str_from(str_of(m->doc->links.v[i]->at.file), 8)
                                                                                      : str_of(m->doc->links.v[i]->at.file));
        link_one(m, m->doc->links.v[i]);
    }
    for (size_t i = 0; i < m->doc->images.n; i++) {
        m->dir = path_dir(str_starts(str_of(m->doc->images.v[i]->at.file), "content/") ? str_from(str_of(m->doc->images.v[i]->at.file), 8)
                                                                                       : str_of(m->doc->images.v[i]->at.file));
        image_one(m, m->doc->images.v[i]);
    }
    walk(m, m->doc->root);
    references(m);
}
