/* kinds.c: what the kind of a page adds to its view: the catalogue of publications, how each is quoted. */
#include "site/inner.h"
#include "base/file.h"
#include <stdlib.h>

/* --- the catalogue of publications --- */
enum { FILTER_TOPIC, FILTER_AUDIENCE, FILTER_LANGUAGE, FILTER_YEAR, FILTERS };
static const struct filter_row {
    const char *name, *word; /* in addresses and data-…; of layouts/strings */
    int key;                 /* of the front matter; -1: not from there */
} filter_rows[FILTERS] = {{"topic", "filter-topic", KEY_TOPICS},
                          {"audience", "filter-audience", KEY_AUDIENCE},
                          {"language", "filter-language", -1},
                          {"year", "filter-year", -1}};
struct option {
    struct str key, label;
    struct value *items; /* title and id of what it finds */
};
struct options {
    VEC(struct option) list;
};

static int newest_first(const void *x, const void *y)
{
    const struct page *a = (*(struct entry *const *)x)->source, *b = (*(struct entry *const *)y)->source;
    int c = cite_year(b) - cite_year(a);
    if (!c) c = date_compare(b->published, a->published);
    return c ? c : str_cmp(a->path, b->path);
}

struct str view_label(struct viewing *m, const char *list, struct str key)
{
    const struct by_lang *label = choice_label(m->s->c, list, key);
    return label ? site_shown(m->l, m->a, by_lang_text(label, m->l)) : key; /* reported */
}

/* The publication has the key: noted under the filter, and among its own keys. */
static void note(struct viewing *m, struct options *o, struct str key, struct str label, const struct value *link, struct buf *keys,
                 struct value *labels)
{
    size_t i = 0;
    while (i < o->list.n && !str_eq(o->list.v[i].key, key)) i++;
    if (i == o->list.n) *vec_push(m->a, &o->list) = (struct option){key, label, value_list(m->a)};
    value_push(m->a, o->list.v[i].items, link);
    if (keys->n) buf_putc(keys, ' ');
    buf_str(keys, key);
    struct value *v = value_map(m->a);
    value_set_text(m->a, v, "label", label);
    value_push(m->a, labels, v);
}

static void cover(struct viewing *m, struct value *v, const struct entry *e, const struct output *o)
{
    enum { WIDTH = 150 };
    for (size_t i = 0; i < e->n_publications; i++) {
        const struct publication *p = &e->publications[i];
        if (p->output != o || !p->made || !p->as.cover_w) continue;
        struct value *c = value_map(m->a);
        value_set_text(m->a, c, "path", p->cover);
        value_set(m->a, c, "width", value_int(m->a, WIDTH));
        value_set(m->a, c, "height", value_int(m->a, p->as.cover_h * WIDTH / p->as.cover_w));
        value_set(m->a, v, "cover", c);
    }
}

static struct value *publication(struct viewing *m, const struct entry *e, struct options all[FILTERS])
{
    const struct output *o = site_fallback(e, m->l);
    struct value *v = view_item(m, e), *link = value_map(m->a), *downloads = value_list(m->a);
    struct str id = str_printf(m->a, "izdanje-%.*s", STR_ARG(path_base(e->source->path)));
    value_set_text(m->a, v, "id", id);
    value_set_text(m->a, link, "id", id), value_set(m->a, link, "title", value_find(v, STR("title")));
    value_set(m->a, link, "foreign", value_find(v, STR("foreign")));
    if (value_find(v, STR("dir"))) value_set(m->a, link, "dir", value_find(v, STR("dir")));
    value_set_text(m->a, v, "kind-name", site_word(m->s, m->l, arena_printf(m->a, "kind-%s", e->source->kind->en)));
    value_set_text(m->a, v, "subtitle", site_front(e, o, KEY_SUBTITLE, m->a));
    value_set_text(m->a, v, "citation", site_citation(m->s, e, o, m->a));
    value_set_text(m->a, v, "ris", site_beside(m->a, e, o, ".ris"));
    cover(m, v, e, o);
    view_downloads(m, downloads, e, o);
    value_set(m->a, v, "files", downloads);
    for (int f = 0; f < FILTERS; f++) {
        const struct filter_row *row = &filter_rows[f];
        struct buf keys = {0};
        struct value *labels = value_list(m->a);
        const struct front_value *given = row->key < 0 ? NULL : front_of(e->source, (size_t)row->key);
        for (size_t i = 0; given && i < given->n; i++)
            note(m, &all[f], given->list[i], view_label(m, key_rows[row->key].choices, given->list[i]), link, &keys, labels);
        for (size_t i = 0; f == FILTER_LANGUAGE && i < e->n_outputs; i++)
            note(m, &all[f], str_of(e->outputs[i].lang->path), str_of(e->outputs[i].lang->name), link, &keys, labels);
        if (f == FILTER_YEAR && cite_year(e->source)) {
            struct str year = str_printf(m->a, "%d", cite_year(e->source));
            note(m, &all[f], year, year, link, &keys, labels);
        }
        value_set_text(m->a, v, row->name, buf_copy(m->a, &keys));
        value_set(m->a, v, arena_printf(m->a, "%s-labels", row->name), labels);
        buf_close(&keys);
    }
    return v;
}

static int by_label(const void *x, const void *y)
{
    const struct option *a = x, *b = y;
    int c = str_cmp(a->label, b->label);
    return c ? c : str_cmp(a->key, b->key);
}

static void filters(struct viewing *m, struct options all[FILTERS])
{
    struct value *list = value_list(m->a);
    for (int f = 0; f < FILTERS; f++) {
        struct value *v = value_map(m->a), *options = value_list(m->a);
        if (all[f].list.n < 2) continue; /* nothing to choose from */
        if (filter_rows[f].key >= 0) qsort(all[f].list.v, all[f].list.n, sizeof *all[f].list.v, by_label);
        for (size_t i = 0; i < all[f].list.n; i++) {
            struct value *o = value_map(m->a);
            value_set_text(m->a, o, "key", all[f].list.v[i].key), value_set_text(m->a, o, "label", all[f].list.v[i].label);
            const struct language *named = f == FILTER_LANGUAGE ? lang_find(all[f].list.v[i].key) : NULL; /* its name is in itself */
            value_set(m->a, o, "tag", named ? value_text(m->a, str_of(named->tag)) : value_bool(false));
            if (named && named->rtl != m->l->rtl) value_set_text(m->a, o, "dir", str_of(named->rtl ? "rtl" : "ltr"));
            value_set(m->a, o, "found", all[f].list.v[i].items);
            value_push(m->a, options, o);
        }
        value_set_text(m->a, v, "name", str_of(filter_rows[f].name));
        value_set_text(m->a, v, "label", site_word(m->s, m->l, filter_rows[f].word));
        value_set(m->a, v, "options", options);
        value_push(m->a, list, v);
    }
    view_frame(m, "filters", list);
}

static void catalogue(struct viewing *m)
{
    struct options all[FILTERS] = {0};
    VEC(const struct entry *) found = {0};
    for (size_t i = 0; i < m->s->entries.n; i++)
        if (site_is_publication(m->s->entries.v[i]->source)) *vec_push(m->a, &found) = m->s->entries.v[i];
    if (found.n) qsort(found.v, found.n, sizeof *found.v, newest_first);
    struct value *list = value_list(m->a);
    for (size_t i = 0; i < found.n; i++) value_push(m->a, list, publication(m, found.v[i], all));
    view_frame(m, "catalogue", list);
    value_set(m->a, m->v, "lists-script", value_bool(true));
    filters(m, all);
}

const char *site_data_type(const struct page *p)
{
    static const char *const types[KINDS] = {
        [KIND_NEWS] = "NewsArticle",     [KIND_BROCHURE] = "CreativeWork",    [KIND_BOOK] = "Book",        [KIND_REPORT] = "Report",
        [KIND_EVENT] = "Event",          [KIND_GLOSSARY] = "DefinedTermSet",  [KIND_PROJECT] = "Project",  [KIND_UNIT] = "Organization",
        [KIND_PARTNER] = "Organization", [KIND_DOCUMENT] = "DigitalDocument", [KIND_QUESTIONS] = "FAQPage"};
    return p->is_part || !p->path.n ? NULL : types[p->kind->kind];
}

bool view_listed(const struct viewing *m, const struct entry *e)
{
    return (m->e->source->kind->kind == KIND_CATALOGUE && site_is_publication(e->source)) || records_listed(m, e);
}

void view_kinds(struct viewing *m, enum variant v)
{
    const struct page *p = m->e->source;
    records_view(m, v);
    if (v != VARIANT_WEB) return;
    if (site_data_type(p)) value_set_text(m->a, m->v, "data", site_beside(m->a, m->e, m->o, ".jsonld"));
    if (p->kind->kind == KIND_CATALOGUE) catalogue(m);
    if (site_is_publication(p) && p->kind->kind != KIND_LEAFLET) { /* who quotes a leaflet finds it in the catalogue; its page stays small */
        value_set(m->a, m->v, "lists-script", value_bool(true));
        value_set_text(m->a, m->v, "citation", site_citation(m->s, m->e, m->o, m->a));
        value_set_text(m->a, m->v, "ris", site_beside(m->a, m->e, m->o, ".ris"));
    }
}
