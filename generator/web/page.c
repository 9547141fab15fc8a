/* page.c: one page of the website: parsed once, its body rendered for each language that shows it, wrapped in its layout, written. */
#include "web/search.h"
#include "web/web.h"

void web_worker_close(struct web_worker *w)
{
    arena_close(&w->arena);
    buf_close(&w->body), buf_close(&w->page), buf_close(&w->latin);
}

static const struct template *layout_of(struct site *s, const struct page *p)
{
    char name[64];
    bool chapter = p->is_part && p->parent && p->parent->kind->kind == KIND_BOOK;
    snprintf(name, sizeof name, "web/%s", chapter ? "chapter" : p->is_part && p->kind->kind == KIND_PAGE ? "page" : p->kind->en);
    const struct template *t = templates_find(s->templates, str_of(name));
    if (!t) t = templates_find(s->templates, STR("web/page"));
    if (!t) diag_once(s->diag, MSG_LAYOUT_MISSING, (struct place){0}, STR("web/page"), (const char *const[]){"web/page"});
    return t;
}

/* The first output that shows a text: its words are those of all others. */
static const struct output *first_of(const struct entry *e, const struct page *text)
{
    for (size_t k = 0; k < e->n_outputs; k++)
        if (e->outputs[k].text == text) return &e->outputs[k];
    return NULL;
}

/* The page of an entry in one output. *same: w->body is that of all outputs of the text. */
static void render(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, struct web_worker *w, bool *same,
                   struct buf *out)
{
    const struct template *t = layout_of(s, e->source);
    if (!t) return;
    if (!*same) {
        buf_reset(&w->body);
        *same = site_body(s, e, o, doc, VARIANT_WEB, &w->arena, &w->body);
    }
    struct str body = buf_view(&w->body);
    if (w->search && o == first_of(e, o->text)) search_page(w->search, w->number, e, o, body);
    if (o->lang->derived && o->text->lang != o->lang) {
        buf_reset(&w->latin);
        lang_latin_html(&w->latin, body, false);
        body = buf_view(&w->latin);
    }
    templates_render(s->templates, t, site_view(s, e, o, doc, VARIANT_WEB, body, &w->arena), out);
}

bool web_page(struct site *s, size_t i, struct web_worker *w, const struct file_sink *sink)
{
    const struct page *p = s->c->pages.v[i];
    arena_reset(&w->arena);
    const struct document *doc = content_parse(&w->arena, s->c, p, s->diag);
    const struct entry *e = p->hidden ? NULL : site_entry(s, p);
    bool ok = true, same = false;
    w->doc = p->hidden ? NULL : doc;
    if (!doc || !e) return true; /* unreadable: reported */
    for (size_t k = 0; k < e->n_outputs && ok; k++) {
        const struct output *o = &e->outputs[k];
        if (o->text != p) continue;
        buf_reset(&w->page);
        render(s, e, o, doc, w, &same, &w->page);
        ok = sink->write(sink->ctx, str_z(&w->arena, o->path), buf_view(&w->page));
        if (ok && site_data_type(e->source)) {
            buf_reset(&w->page);
            web_data(s, e, o, doc, &w->arena, &w->page);
            ok = sink->write(sink->ctx, site_beside(&w->arena, e, o, ".jsonld").s, buf_view(&w->page));
        }
        if (ok && site_is_publication(e->source)) {
            buf_reset(&w->page);
            site_ris(s, e, o, &w->arena, &w->page);
            ok = sink->write(sink->ctx, site_beside(&w->arena, e, o, ".ris").s, buf_view(&w->page));
        }
        if (!ok || e->source->kind->kind != KIND_EVENT || e->source->is_part || !front_of(e->source, KEY_START)->date.year) continue;
        buf_reset(&w->page);
        web_ics(s, e, o, &w->arena, &w->page);
        const char *path = site_beside(&w->arena, e, o, ".ics").s; /* has a NUL behind it, as all of str_printf */
        ok = sink->write(sink->ctx, path, buf_view(&w->page));
    }
    return ok;
}
