/* site.c: which page stands where in which language, who its neighbours are, what can be downloaded of it. */
#include "site/inner.h"
#include "base/file.h"
#include "content/schema.h"
#include <assert.h>

/* What a kind is printed as, besides its web page. suffix: of the file's name. */
static const struct publication_row {
    enum kind kind;
    enum variant variant;
    const char *suffix;
    bool press, cover; /* cover: its first page is drawn for lists of publications */
} publication_rows[] = {
    {KIND_LEAFLET, VARIANT_READING, "", false, true},     {KIND_LEAFLET, VARIANT_DISCREET, "-2", false, false},
    {KIND_LEAFLET, VARIANT_PRESS, "-print", true, false}, {KIND_FORM, VARIANT_FILLABLE, "", false, false},
    {KIND_FORM, VARIANT_PAPER, "-print", false, false},   {KIND_FORMS, VARIANT_PAPER, "", false, false},
    {KIND_BOOK, VARIANT_READING, "", false, true},        {KIND_BROCHURE, VARIANT_READING, "", false, true},
    {KIND_REPORT, VARIANT_READING, "", false, true},      {KIND_EVENT, VARIANT_READING, "", false, false},
    {KIND_DOCUMENT, VARIANT_READING, "", false, false},
}; /* what else editions: of a page asks for: add_editions */
static const char *const variant_names[] = {"web", "reading", "press", "discreet", "fillable", "paper"};
const char *site_variant_name(enum variant v) { return variant_names[v]; }

const struct entry *site_entry(const struct site *s, const struct page *p) { return s->by_number[p->number]; }

const struct output *site_output(const struct entry *e, const struct language *l)
{
    for (size_t i = 0; i < e->n_outputs; i++)
        if (e->outputs[i].lang == l) return &e->outputs[i];
    return NULL;
}

const struct output *site_original(const struct entry *e)
{
    for (size_t i = 0; i < e->n_outputs; i++)
        if (e->outputs[i].lang->derived && e->outputs[i].text == e->source) return &e->outputs[i];
    return &e->outputs[0];
}

const struct output *site_fallback(const struct entry *e, const struct language *l)
{
    const struct output *o = site_output(e, l);
    return o ? o : site_original(e);
}

bool site_bound(const struct entry *forms, const struct entry *e)
{
    const struct page *p = e->source;
    return forms->source->kind->kind == KIND_FORMS && p->parent == forms->source && p->kind->kind == KIND_FORM && !front_of(p, KEY_APART)->number;
}

struct str site_beside(struct arena *a, const struct entry *e, const struct output *o, const char *tail)
{
    struct str name = e->source->path.n ? path_base(e->source->path) : STR("index");
    return str_printf(a, "%.*s%.*s%s", (int)(o->path.n - strlen("index.html")), o->path.s, STR_ARG(name), tail);
}

const struct page *site_text(const struct page *source, const struct language *l, bool also_hidden)
{
    if (l->derived) l = lang_find(str_of(l->derived));
    if (source->lang == l) return source;
    for (size_t i = 0; i < source->translations.n; i++)
        if (source->translations.v[i]->lang == l && (also_hidden || !source->translations.v[i]->hidden)) return source->translations.v[i];
    return NULL;
}

struct str site_path(const struct site *s, const struct language *l, struct str path, struct arena *a)
{
    static const char name[] = "/index.html";
    size_t n = l == s->langs[0] ? 0 : strlen(l->path) + 1;
    char *out = arena_alloc(a, n + path.n + sizeof name);
    if (n) memcpy(out, l->path, n - 1), out[n - 1] = '/';
    if (path.n) memcpy(out + n, path.s, path.n);
    memcpy(out + n + path.n, name + !path.n, sizeof name - !path.n);
    return (struct str){out, n + path.n + sizeof name - 1 - !path.n};
}

static struct entry *new_entry(struct site *s, const struct page *p)
{
    struct entry *e = ARENA_NEW(s->arena, struct entry);
    e->source = p;
    e->outputs = ARENA_ARRAY(s->arena, struct output, s->n_langs + 1);
    for (size_t i = 0; i < s->n_langs; i++) {
        const struct page *text = site_text(p, s->langs[i], false);
        if (text) e->outputs[e->n_outputs++] = (struct output){text, s->langs[i], site_path(s, s->langs[i], p->path, s->arena)};
    }
    if (!e->n_outputs) e->outputs[e->n_outputs++] = (struct output){p, s->langs[0], site_path(s, s->langs[0], p->path, s->arena)};
    return e;
}

static bool wanted(const struct page *p, const struct publication_row *row)
{
    bool handout = p->is_part && p->parent->kind->kind == KIND_EVENT; /* materials of an event are handed out on paper */
    if (!p->path.n) return false;
    if (handout && p->kind->kind == KIND_PAGE) return row->kind == KIND_EVENT;
    if (p->is_part || p->kind->kind != row->kind) return false;
    return row->variant != VARIANT_DISCREET || front_of(p, KEY_DISCREET_TITLE)->text.n;
}

static struct publication *add_publication(struct site *s, struct entry *e, const struct output *o, enum variant v, const char *tail)
{
    assert(e->publications);
    struct publication *pub = &e->publications[e->n_publications++];
    *pub = (struct publication){.entry = e, .output = o, .variant = v, .shown = o->text->file, .path = site_beside(s->arena, e, o, tail)};
    *vec_push(s->arena, &s->publications) = pub;
    return pub;
}

/* One that editions: asks for, in the files that it comes in. The page's own fold is made anyway; of its discreet one, the press file is not. */
static void add_edition(struct site *s, struct entry *e, const struct output *o, struct edition_wish w, const struct edition_row *own)
{
    const struct edition_row *r = w.row;
    const char *tail = arena_printf(s->arena, "%s%s", r == own ? "" : r->suffix, w.discreet ? "-2" : "");
    struct publication *read = NULL, *press = NULL;
    assert(e->publications);
    if (r == own && !w.discreet) return;
    if (e->source->kind->kind == KIND_BOOK)
        own = r, read = e->publications + e->n_publications - 1; /* a book is on A5 already: for the press alone */
    for (size_t i = 0; r == own && i < e->n_publications && !read; i++)
        if (e->publications[i].output == o && e->publications[i].discreet) read = &e->publications[i];
    if (!read && r->read) read = add_publication(s, e, o, w.discreet ? VARIANT_DISCREET : VARIANT_READING, arena_printf(s->arena, "%s.pdf", tail));
    if (r->press) press = add_publication(s, e, o, VARIANT_PRESS, arena_printf(s->arena, r->read ? "%s-print.pdf" : "%s.pdf", tail));
    if (read) read->edition = r, read->discreet = w.discreet, read->further |= r != own, read->press_twin = press;
    if (press) press->edition = r, press->discreet = w.discreet, press->further = true, press->press = true, press->is_twin = read != NULL;
    if (r->edition == EDITION_POSTER) add_edition(s, e, o, (struct edition_wish){&edition_rows[EDITION_TILES], w.discreet}, own);
}

static void add_publications(struct site *s, struct entry *e)
{
    enum { ROWS = sizeof publication_rows / sizeof *publication_rows, MOST_FILES = 3 /* of an edition */ };
    const struct page *p = e->source;
    const struct front_value *editions = front_of(p, KEY_EDITIONS);
    const struct edition_row *own = p->kind->kind == KIND_LEAFLET ? edition_find(front_of(p, KEY_FOLD)->text) : NULL;
    size_t n = 0;
    for (size_t k = 0; k < ROWS; k++) n += wanted(p, &publication_rows[k]);
    if (!n || !p->file.n) return;
    e->publications = ARENA_ARRAY(s->arena, struct publication, (n + MOST_FILES * editions->n) * e->n_outputs);
    for (size_t i = 0; i < e->n_outputs; i++) {
        const struct output *o = &e->outputs[i];
        struct publication *read = NULL;
        for (size_t k = 0; k < ROWS; k++) {
            const struct publication_row *row = &publication_rows[k];
            if (!wanted(p, row)) continue;
            struct publication *pub = add_publication(s, e, o, row->variant, arena_printf(s->arena, "%s.pdf", row->suffix));
            pub->press = row->press, pub->edition = own, pub->discreet = row->variant == VARIANT_DISCREET;
            if (row->cover) pub->cover = site_beside(s->arena, e, o, "-korice.svg");
            if (row->variant == VARIANT_READING) read = pub;
            if (row->press && read) read->press_twin = pub, pub->is_twin = true;
        }
        for (size_t k = 0; !p->is_part && k < editions->n; k++)
            add_edition(s, e, o, edition_wish(editions->list[k], front_of(p, KEY_FOLD)->text), own);
    }
}

/* Neighbours among children that are read one after the other: chapters, news, all pages of a foreign folder. */
static void set_neighbours(struct site *s, const struct page *parent)
{
    bool book = parent->kind->kind == KIND_BOOK;
    struct entry *last = book ? map_find(&s->by_path, parent->path) : NULL;
    int chapter = 0;
    for (size_t i = 0; i < parent->children.n; i++) {
        const struct page *p = parent->children.v[i];
        struct entry *e = map_find(&s->by_path, p->path);
        if (!e) continue;
        if (book && p->is_part) e->chapter = ++chapter;
        else if (p->kind->kind != KIND_NEWS && !s->c->foreign) continue;
        if (last) last->next = e, e->prev = last;
        last = e;
    }
}

/* What page->file has before the path in content/: told from any file, since its key in by_file has not got it. */
static struct str content_prefix(const struct catalogue *c)
{
    if (!c->by_file.entries.n) return (struct str){0};
    const struct map_entry *m = &c->by_file.entries.v[0];
    const struct page *p = m->value;
    return str_part(p->file, 0, p->file.n - m->key.n);
}

/* The source language, and those in which something is shown: one whose translations all wait for a speaker to read them is not offered. */
static void set_languages(struct site *s)
{
    const struct site_config *config = s->c->config;
    const struct language **list = ARENA_ARRAY(s->arena, const struct language *, config->languages.n);
    s->langs = list;
    for (size_t i = 0; i < config->languages.n; i++) {
        const struct language *l = config->languages.v[i], *written = l->derived ? lang_find(str_of(l->derived)) : l;
        bool shown = !i;
        for (size_t k = 0; k < s->c->pages.n && !shown; k++) shown = s->c->pages.v[k]->lang == written && !s->c->pages.v[k]->hidden;
        if (shown) list[s->n_langs++] = l;
    }
}

struct site *site_open(struct arena *a, const struct catalogue *c, struct diag *d)
{
    struct site *s = ARENA_NEW(a, struct site);
    s->arena = a, s->c = c, s->diag = d;
    set_languages(s);
    s->content = content_prefix(c);
    s->by_path = map_new(a);
    s->files = s->qr = s->books = map_new(&s->uses_arena);
    pthread_mutex_init(&s->lock, NULL);
    for (size_t i = 0; i < c->pages.n; i++) {
        const struct page *p = c->pages.v[i];
        if (p->source || p->hidden || map_find(&s->by_path, p->path)) continue;
        struct entry *e = new_entry(s, p);
        *vec_push(a, &s->entries) = e;
        *map_at(&s->by_path, p->path) = e;
    }
    s->by_number = ARENA_ARRAY(a, struct entry *, c->pages.n);
    for (size_t i = 0; i < c->pages.n; i++) {
        const struct page *p = c->pages.v[i];
        s->by_number[i] = map_find(&s->by_path, (p->source ? p->source : p)->path);
    }
    for (size_t i = 0; i < s->entries.n; i++) {
        add_publications(s, s->entries.v[i]);
        if (s->entries.v[i]->source->children.n) set_neighbours(s, s->entries.v[i]->source);
    }
    layouts_open(s);
    words_open(s);
    terms_open(s);
    return s;
}

void site_close(struct site *s)
{
    templates_close(s->templates);
    pthread_mutex_destroy(&s->lock);
    arena_close(&s->uses_arena);
    arena_close(&s->layouts_arena);
}

void site_published(struct publication *p, struct published as) { p->as = as, p->made = true; }

struct str site_title(const struct output *o, struct arena *a) { return site_shown(o->lang, a, o->text->title); }

struct date site_changed(const struct entry *e, const struct output *o)
{
    const struct page *p = e->source;
    return o->text->updated.year ? o->text->updated : p->updated.year ? p->updated : p->published;
}

bool site_pending(const struct entry *e, const struct output *o)
{
    return e->source != o->text && str_is(front_of(o->text, KEY_REVIEW)->text, "pending");
}

bool site_stale(const struct entry *e, const struct output *o) { return o->text->stale && o->text != e->source; }

struct str site_front(const struct entry *e, const struct output *o, enum key key, struct arena *a)
{
    struct str text = front_of(o->text, key)->text;
    if (!text.n) text = front_of(e->source, key)->text;
    return text.n ? site_shown(o->lang, a, text) : (struct str){0};
}
