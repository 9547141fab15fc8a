/* urls.c: how one file of the finished site names another. Links are relative and end in a file name, so that they work from a folder. */
#include "site/inner.h"
#include "base/file.h"
#include <stdlib.h>

struct str root_of(struct arena *a, struct str from)
{
    size_t depth = 0;
    for (size_t i = 0; i < from.n; i++) depth += from.s[i] == '/';
    char *s = arena_alloc(a, depth * 3 + 1);
    for (size_t i = 0; i < depth; i++) memcpy(s + i * 3, (const char[]){'.', '.', '/'}, 3);
    return (struct str){s, depth * 3};
}

void site_address(const struct site *s, struct buf *b, struct str path)
{
    struct str base = s->c->config->base_url;
    buf_str(b, base);
    if (base.n && base.s[base.n - 1] != '/') buf_putc(b, '/');
    if (str_is(path, "index.html") || str_ends(path, "/index.html")) path.n -= 10;
    buf_str(b, path);
}

struct str site_root_file(const struct site *s, const struct language *l, const char *name, struct arena *a)
{
    bool root = l == s->langs[0];
    return str_printf(a, "%s%s%s", root ? "" : l->path, root ? "" : "/", name);
}

struct str site_data_path(const struct site *s, const struct language *l, const char *name, const char *ext, struct arena *a)
{
    return site_root_file(s, l, arena_printf(a, SITE_DATA "/%s.%s", name, ext), a);
}

struct str site_feed(const struct site *s, const struct entry *section, const struct language *l, struct arena *a)
{
    const struct page *p = section->source;
    const struct output *o = site_output(section, l);
    bool any = false;
    if (!o || !p->path.n || p->is_part || s->c->foreign || !s->c->config->base_url.n) return (struct str){0};
    for (size_t i = 0; i < p->children.n && !any; i++) {
        const struct page *c = p->children.v[i];
        const struct entry *e = c->published.year && !c->is_part ? site_entry(s, c) : NULL;
        any = e && site_output(e, l);
    }
    return any ? str_printf(a, "%.*sfeed.xml", (int)(o->path.n - strlen("index.html")), o->path.s) : (struct str){0};
}

char *urls_source(const struct site *s, struct arena *a, struct str path)
{
    return arena_printf(a, "%s/%.*s%.*s", s->c->root, STR_ARG(s->content), STR_ARG(path));
}

/* Where a link to a page leads: its output in this language, else in its source language (then *shown_in says which). In print, to a chapter of
 * the same book, else to the page's address on the net; "" where it has none. */
struct str urls_page(struct body *r, const struct page *target, struct str fragment, const struct language **shown_in)
{
    const struct entry *e = site_entry(r->s, target);
    if (!e) return (struct str){0};
    const struct output *o = site_output(e, r->links);
    if (!o) o = site_fallback(e, r->links), *shown_in = o->lang;
    for (size_t k = 0; k < r->entry->n_outputs && !r->placed;
         k++) /* trees of languages are alike, so links within each are, if both ends are there */
        r->placed = r->entry->outputs[k].text == r->out->text && !site_output(e, r->entry->outputs[k].lang);
    bool inside = r->print && r->book && (e == r->book || (e->source->parent == r->book->source && (site_bound(r->book, e) || e->chapter)));
    if (inside) {
        if (fragment.n) return str_printf(r->arena, "#%.*s-%.*s", STR_ARG(path_base(e->source->path)), STR_ARG(str_from(fragment, 1)));
        return str_printf(r->arena, "#%.*s", STR_ARG(path_base(e->source->path)));
    }
    struct buf b = {0};
    if (r->print) {
        if (e == r->entry) return fragment;
        if (!r->s->c->config->base_url.n) return (struct str){0};
        site_address(r->s, &b, o->path);
    } else if (e == r->entry && fragment.n) {
        return fragment;
    } else {
        buf_str(&b, path_relative(r->arena, r->out->path, o->path));
    }
    buf_str(&b, fragment);
    struct str s = buf_copy(r->arena, &b);
    buf_close(&b);
    return s;
}

struct str urls_file(struct body *r, struct str path, bool image)
{
    if (r->print && image) return str_printf(r->arena, "%.*s%.*s", STR_ARG(r->s->content), STR_ARG(path));
    if (r->print) {
        struct buf b = {0};
        if (r->s->c->config->base_url.n) site_address(r->s, &b, path);
        struct str s = buf_copy(r->arena, &b);
        buf_close(&b);
        return s;
    }
    pthread_mutex_lock(&r->s->lock);
    if (!map_find(&r->s->files, path)) {
        struct str kept = str_copy(&r->s->uses_arena, path);
        *map_at(&r->s->files, kept) = r->s;
    }
    pthread_mutex_unlock(&r->s->lock);
    return urls_made(r, path);
}

struct str urls_made(struct body *r, struct str path)
{
    /* what is special in a URL but not in a file name */
    struct buf b = {0};
    r->placed = true;
    buf_str(&b, r->root);
    for (size_t i = 0; i < path.n; i++) {
        if (strchr(" %?#\"<>\\^`{|}", path.s[i]) || (unsigned char)path.s[i] < 32) buf_printf(&b, "%%%02X", (unsigned char)path.s[i]);
        else buf_putc(&b, path.s[i]);
    }
    struct str s = buf_copy(r->arena, &b);
    buf_close(&b);
    return s;
}

static int by_key(const void *x, const void *y) { return str_cmp(((const struct map_entry *)x)->key, ((const struct map_entry *)y)->key); }

static struct map_entry *sorted(struct site *s, const struct map *m, struct arena *a)
{
    struct map_entry *list = ARENA_ARRAY(a, struct map_entry, m->entries.n);
    pthread_mutex_lock(&s->lock);
    if (m->entries.n) memcpy(list, m->entries.v, m->entries.n * sizeof *list);
    pthread_mutex_unlock(&s->lock);
    if (m->entries.n) qsort(list, m->entries.n, sizeof *list, by_key);
    return list;
}

size_t site_files(struct site *s, struct arena *a, struct str **paths)
{
    struct map_entry *list = sorted(s, &s->files, a);
    *paths = ARENA_ARRAY(a, struct str, s->files.entries.n);
    for (size_t i = 0; i < s->files.entries.n; i++) (*paths)[i] = list[i].key;
    return s->files.entries.n;
}

size_t site_qrs(struct site *s, struct arena *a, struct qr_use **out)
{
    struct map_entry *list = sorted(s, &s->qr, a);
    *out = ARENA_ARRAY(a, struct qr_use, s->qr.entries.n);
    for (size_t i = 0; i < s->qr.entries.n; i++) (*out)[i] = (struct qr_use){list[i].key, *(struct str *)list[i].value};
    return s->qr.entries.n;
}
