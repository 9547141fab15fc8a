/* refs.c: what :ref may name. Tables and figures with a caption are numbered through the page (in a book through the chapter: „Табела 2.1“), chapters
 * through the book. The index of a page is made when its first :ref is met; that of a book, which needs all its chapters, once for all of them. */
#include "site/inner.h"
#include "base/file.h"

static bool captioned(const struct node *n)
{
    for (const struct node *c = n->first; c; c = c->next)
        if (c->kind == NODE_CAPTION) return true;
    return false;
}

static void add(struct map *index, struct arena *a, struct str id, struct ref_target t)
{
    void **slot = map_at(index, str_copy(a, id));
    if (*slot) return;
    *slot = ARENA_NEW(a, struct ref_target);
    t.id = str_copy(a, id), t.text = str_copy(a, t.text);
    *(struct ref_target *)*slot = t;
}

static void add_document(struct map *index, struct arena *a, const struct entry *e, const struct document *doc, bool all)
{
    int tables = 0, figures = 0;
    for (size_t i = 0; i < doc->tables.n; i++)
        if (captioned(doc->tables.v[i])) {
            tables++;
            if (doc->tables.v[i]->id.n) add(index, a, doc->tables.v[i]->id, (struct ref_target){e, "table", e->chapter, tables, {0}, {0}});
        }
    for (size_t i = 0; i < doc->figures.n; i++)
        if (captioned(doc->figures.v[i])) {
            figures++;
            if (doc->figures.v[i]->id.n) add(index, a, doc->figures.v[i]->id, (struct ref_target){e, "figure", e->chapter, figures, {0}, {0}});
        }
    for (size_t i = 0; i < doc->headings.n && all; i++)
        add(index, a, doc->headings.v[i]->id, (struct ref_target){e, "section", 0, 0, node_text(a, doc->headings.v[i]), {0}});
}

/* Ids of all chapters, chapters themselves by the last part of their address. Made under the lock, kept for good. */
static const struct map *book_index(struct body *r, const struct entry *book)
{
    struct site *s = r->s;
    struct str key = str_printf(r->arena, "%s %.*s", r->lang->code, STR_ARG(book->source->path));
    pthread_mutex_lock(&s->lock);
    struct map *index = map_find(&s->books, key);
    if (!index) {
        struct diag *quiet = diag_new(DIAG_EN); /* each page reports its own mistakes when it is made */
        struct arena texts = {0};
        index = ARENA_NEW(&s->uses_arena, struct map);
        *index = map_new(&s->uses_arena);
        for (size_t i = 0; i <= book->source->children.n; i++) {
            const struct entry *e = i ? site_entry(s, book->source->children.v[i - 1]) : book;
            if (!e) continue;
            const struct output *o = site_output(e, r->links);
            if (!o) o = &e->outputs[0];
            if (e->chapter)
                add(index, &s->uses_arena, path_base(e->source->path), (struct ref_target){e, "chapter", e->chapter, 0, o->text->title, {0}});
            const struct document *doc = content_parse(&texts, s->c, o->text, quiet);
            if (doc) add_document(index, &s->uses_arena, e, doc, true);
            arena_reset(&texts);
        }
        arena_close(&texts);
        diag_close(quiet);
        *map_at(&s->books, str_copy(&s->uses_arena, key)) = index;
    }
    pthread_mutex_unlock(&s->lock);
    return index;
}

const struct ref_target *refs_find(struct body *r, struct str id)
{
    if (!r->refs) {
        r->refs = ARENA_NEW(r->arena, struct map);
        *r->refs = map_new(r->arena);
        add_document(r->refs, r->arena, r->entry, r->doc, true);
    }
    const struct ref_target *t = map_find(r->refs, id);
    const struct page *p = r->entry->source, *book = p->kind->kind == KIND_BOOK                         ? p
                                                     : p->is_part && p->parent->kind->kind == KIND_BOOK ? p->parent
                                                                                                        : NULL;
    const struct entry *e = book ? site_entry(r->s, book) : NULL;
    return t || !e ? t : map_find(book_index(r, e), id);
}

void refs_number(struct buf *b, const struct ref_target *t)
{
    if (t->chapter && t->number) buf_printf(b, "%d.%d", t->chapter, t->number);
    else buf_int(b, t->chapter ? t->chapter : t->number);
}

struct str refs_href(struct body *r, const struct ref_target *t)
{
    bool chapter = t->chapter && !t->number;
    const struct language *other = NULL;
    if (t->entry == r->entry && !chapter) return str_printf(r->arena, "#%.*s%.*s", STR_ARG(r->prefix), STR_ARG(t->id));
    return urls_page(r, t->entry->source, chapter ? (struct str){0} : str_printf(r->arena, "#%.*s", STR_ARG(t->id)), &other);
}
