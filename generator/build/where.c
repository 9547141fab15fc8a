/* where.c: `letak where contact ID`: every page and PDF that prints a contact, so that whoever changes a number knows what goes out anew. Told from
 * the trees of the texts, not from what is written: two contacts may have one number. Only of editions that hold some of the panels it is asked what
 * is written. */
#include "build/build.h"
#include "site/site.h"
#include <stdlib.h>

struct search_for {
    struct arena arena;
    struct catalogue *c;
    struct site *site;
    struct diag *quiet;
    struct str id;
    struct map texts; /* file of a text -> itself where it prints the contact */
    bool json;
    struct buf *out;
};

static bool prints(struct arena *a, const struct node *n, struct str id)
{
    if (n->kind == NODE_MARK && n->mark->mark == MARK_CONTACT && str_eq(node_text(a, n), id)) return true;
    for (const struct node *c = n->first; c; c = c->next)
        if (prints(a, c, id)) return true;
    return false;
}

/* Reads every text that is shown, once. */
static void read_texts(struct search_for *w)
{
    for (size_t i = 0; i < w->c->pages.n; i++) {
        const struct page *p = w->c->pages.v[i];
        struct arena scratch = {0};
        if (!p->file.n || p->hidden) continue;
        const struct document *doc = content_parse(&scratch, w->c, p, w->quiet);
        if (doc && prints(&scratch, doc->root, w->id)) *map_at(&w->texts, p->file) = w;
        arena_close(&scratch);
    }
}

static bool has(const struct search_for *w, const struct entry *e, const struct page *text)
{
    for (size_t k = 0; k < KEYS; k++) {
        const struct front_value *v = front_of(e->source, k);
        if (key_rows[k].type == TYPE_CONTACT && v->kind && str_eq(v->text, w->id)) return true;
    }
    return text->file.n && map_find(&w->texts, text->file);
}

static bool stands_in(struct str html, struct str text)
{
    struct arena a = {0};
    struct buf said = {0}, latin = {0};
    buf_html(&said, text), lang_latin(&latin, buf_view(&said)); /* who reads no Serbian gets it in Latin script */
    bool found = text.n && (str_search(html, str_z(&a, buf_view(&said))) != SIZE_MAX || str_search(html, str_z(&a, buf_view(&latin))) != SIZE_MAX);
    buf_close(&said), buf_close(&latin);
    arena_close(&a);
    return found;
}

/* A small edition of a leaflet has some of its panels: whether what it is set from, before it is put into Latin script, names the contact. */
static bool in_edition(const struct search_for *w, const struct publication *p)
{
    const struct contact *k = map_find(&w->c->contacts, w->id);
    const struct language *l = p->output->text->lang;
    struct output plain = *p->output;
    struct publication one = *p;
    struct arena a = {0};
    struct buf html = {0};
    plain.lang = l, one.output = &plain;
    bool found = !site_print_html(w->site, &one, &a, &html); /* not to be told: rather one too many */
    const struct str parts[] = {k->mail, k->web, by_lang_text(&k->address, l), by_lang_text(&k->name, l)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !found; i++) found = stands_in(buf_view(&html), parts[i]);
    for (size_t i = 0; i < k->phones.n && !found; i++) {
        struct buf tel = {0};
        site_tel(&tel, k->phones.v[i].number);
        found = stands_in(buf_view(&html), buf_view(&tel));
        buf_close(&tel);
    }
    buf_close(&html);
    arena_close(&a);
    return found;
}

/* A book's PDF has the words of its chapters, a set of forms those of its forms. */
static bool in_print(const struct search_for *w, const struct publication *p)
{
    const struct page *above = p->entry->source;
    if (has(w, p->entry, p->output->text)) return !p->edition || p->edition->takes == TAKES_ALL || in_edition(w, p);
    for (size_t i = 0; i < above->children.n; i++) {
        const struct entry *e = site_entry(w->site, above->children.v[i]);
        const struct output *o = e ? site_output(e, p->output->lang) : NULL;
        bool within = e && (site_bound(p->entry, e) || (above->kind->kind == KIND_BOOK && e->source->is_part));
        if (within && o && map_find(&w->texts, o->text->file)) return true;
    }
    return false;
}

static void row(struct search_for *w, const char *kind, struct str path, struct str source)
{
    if (w->json) {
        buf_printf(w->out, "{\"kind\":\"%s\",\"path\":", kind), buf_json(w->out, path);
        buf_puts(w->out, ",\"source\":"), buf_json(w->out, source), buf_puts(w->out, "}\n");
    } else {
        buf_printf(w->out, "%-5s %.*s  (%.*s)\n", kind, STR_ARG(path), STR_ARG(source));
    }
}

static void list(struct search_for *w)
{
    if (str_eq(w->c->config->help_contact, w->id)) row(w, "help", STR("*"), STR("content/site.yml"));
    for (size_t i = 0; i < w->site->entries.n; i++) {
        const struct entry *e = w->site->entries.v[i];
        for (size_t k = 0; k < e->n_outputs; k++)
            if (has(w, e, e->outputs[k].text)) row(w, "page", e->outputs[k].path, e->outputs[k].text->file);
        for (size_t k = 0; k < e->n_publications; k++)
            if (in_print(w, &e->publications[k])) row(w, "pdf", e->publications[k].path, e->publications[k].shown);
    }
}

void build_where(const struct where_job *j, struct diag *d, struct buf *out)
{
    struct search_for w = {.id = str_of(j->args[1]), .json = j->json, .out = out, .quiet = diag_new(DIAG_EN)};
    build_init();
    w.texts = map_new(&w.arena);
    if (strcmp(j->args[0], "contact") != 0) DIAG(d, MSG_USAGE_ARGUMENT, (struct place){0}, "where", "contact ID");
    else if (!file_is_dir(j->root)) DIAG(d, MSG_USAGE_NO_SITE, (struct place){0}, j->root);
    else if (content_open(&w.arena, &(struct content_options){.root = j->root, .drafts = j->drafts, .today = j->today, .threads = 1}, w.quiet,
                          &w.c)) {
        VEC(const char *) ids = {0};
        for (size_t i = 0; i < w.c->contacts.entries.n; i++) *vec_push(&w.arena, &ids) = str_z(&w.arena, w.c->contacts.entries.v[i].key);
        *vec_push(&w.arena, &ids) = NULL;
        if (map_find(&w.c->contacts, w.id)) {
            w.site = site_open(&w.arena, w.c, w.quiet);
            read_texts(&w);
            list(&w);
            site_close(w.site);
        } else {
            const char *near = str_nearest(w.id, ids.v);
            DIAG(d, MSG_WHERE_CONTACT, (struct place){0}, j->args[1], near ? arena_printf(&w.arena, " (%s?)", near) : "");
        }
        content_close(w.c);
    }
    diag_close(w.quiet);
    arena_close(&w.arena);
}
