/* anchors.c: places inside pages that other pages name: link#fragment, and :ref across the chapters of a book.
 *
 * Pages are parsed one by one, from any thread, and their trees do not stay. What stays is, for each page, a hash of each of its ids and what it
 * wants of other pages; content_check_anchors compares the two when all are parsed. */
#include "content/parse.h"
#include <pthread.h>

struct want {
    const struct page *in; /* the page (link) or the bundle's index (ref) */
    uint64_t id;
    const char *name;
    bool ref;
    struct place at;
};
struct page_anchors {
    VEC(uint64_t) ids;
    VEC(struct want) wants;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards page->anchors and the catalogue's arena during the second pass */

static const struct page *bundle_of(const struct page *p) { return p->is_part ? p->parent : p->source ? p->source : p; }

/* The page that a reader of language l gets for p. */
static const struct page *shown_for(const struct page *p, const struct language *l)
{
    for (size_t i = 0; i < p->translations.n; i++)
        if (p->translations.v[i]->lang == l && !p->translations.v[i]->hidden) return p->translations.v[i];
    return p;
}

static void want(struct making *m, struct page_anchors *a, const struct page *in, struct str id, bool ref, struct place at)
{
    struct arena *arena = m->c->arena;
    at.file = arena_copy(arena, at.file, strlen(at.file));
    *vec_push(arena, &a->wants) = (struct want){in, str_hash(id), str_z(arena, id), ref, at};
}

void anchors_keep(struct making *m)
{
    struct page *p = (struct page *)(uintptr_t)m->page; /* the catalogue's pages are only borrowed as const */
    pthread_mutex_lock(&lock);
    if (!p->anchors) {
        struct page_anchors *a = p->anchors = ARENA_NEW(m->c->arena, struct page_anchors);
        for (size_t i = 0; i < m->doc->ids.entries.n; i++) *vec_push(m->c->arena, &a->ids) = str_hash(m->doc->ids.entries.v[i].key);
        for (size_t i = 0; i < m->doc->links.n; i++) {
            const struct node *n = m->doc->links.v[i];
            size_t hash = n->target ? str_find(n->url, '#') : SIZE_MAX;
            if (hash != SIZE_MAX && hash + 1 < n->url.n) want(m, a, shown_for(n->target, p->lang), str_from(n->url, hash + 1), false, n->at);
        }
        for (size_t i = 0; i < m->doc->refs.n; i++) {
            struct str id = node_text(m->arena, m->doc->refs.v[i]);
            if (id.n && !map_find(&m->doc->ids, id) && links_refs_elsewhere(p)) want(m, a, bundle_of(p), id, true, m->doc->refs.v[i]->at);
        }
    }
    pthread_mutex_unlock(&lock);
}

static bool has_id(const struct page *p, uint64_t id) /* a page that was not parsed is not judged */
{
    if (!p->anchors) return true;
    for (size_t i = 0; i < p->anchors->ids.n; i++)
        if (p->anchors->ids.v[i] == id) return true;
    return false;
}

void content_check_anchors(const struct catalogue *c, struct diag *d)
{
    for (size_t i = 0; i < c->pages.n; i++) {
        const struct page_anchors *a = c->pages.v[i]->anchors;
        for (size_t k = 0; a && k < a->wants.n; k++) {
            const struct want *w = &a->wants.v[k];
            if (!w->ref && !has_id(w->in, w->id)) DIAG(d, MSG_LINK_ANCHOR, w->at, w->name);
            if (!w->ref) continue;
            bool found = has_id(w->in, w->id);
            for (size_t n = 0; !found && n < w->in->children.n; n++) found = w->in->children.v[n]->is_part && has_id(w->in->children.v[n], w->id);
            if (!found) DIAG(d, MSG_REF_UNKNOWN, w->at, w->name, "");
        }
    }
}
