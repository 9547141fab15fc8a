/* records.c: pages that are a record each (projects, units, documents, partners): their facts in a box, and lists of them on the page above. One row
 * of the table is one fact; how it is shown follows from the type of its key. */
#include "site/inner.h"
#include <stdlib.h>

static const struct fact_row {
    enum kind kind;
    const char *word; /* of layouts/strings */
    enum key key;
} fact_rows[] = {
    {KIND_PROJECT, "fact-period", KEY_FROM},
    {KIND_PROJECT, "fact-donors", KEY_DONORS},
    {KIND_PROJECT, "fact-partners", KEY_PARTNERS},
    {KIND_PROJECT, "fact-budget", KEY_BUDGET},
    {KIND_PROJECT, "fact-contact", KEY_CONTACT},
    {KIND_UNIT, "fact-head", KEY_HEAD},
    {KIND_UNIT, "fact-contact", KEY_CONTACT},
    {KIND_DOCUMENT, "fact-number", KEY_NUMBER},
    {KIND_DOCUMENT, "fact-class", KEY_CLASS},
    {KIND_DOCUMENT, "fact-adopted", KEY_ADOPTED},
    {KIND_DOCUMENT, "fact-valid-until", KEY_VALID_UNTIL},
    {KIND_PARTNER, "fact-sector", KEY_SECTOR},
    {KIND_PARTNER, "fact-services", KEY_SERVICES},
    {KIND_PARTNER, "fact-spoken", KEY_SPOKEN},
    {KIND_PARTNER, "fact-contact", KEY_CONTACT},
};

/* „1. 3. 2026 – 28. 2. 2027.“ */
static struct str period(struct viewing *m, const struct page *p)
{
    struct buf b = {0};
    struct date from = front_of(p, KEY_FROM)->date, until = front_of(p, KEY_UNTIL)->date;
    lang_date(&b, m->l, from.year, from.month, from.day, DATE_NUMERIC, 0x2013);
    buf_puts(&b, " – ");
    lang_date(&b, m->l, until.year, until.month, until.day, DATE_NUMERIC, 0);
    struct str s = buf_copy(m->a, &b);
    buf_close(&b);
    return s;
}

/* What the key says, in the language of the view; the translation's own words first. */
static struct str told(struct viewing *m, const struct entry *e, const struct output *o, enum key key)
{
    const struct front_value *own = front_of(o->text, key);
    if (own->kind == FRONT_NONE) own = front_of(e->source, key);
    if (own->kind != FRONT_LIST) return site_shown(o->lang, m->a, own->text);
    struct buf b = {0};
    for (size_t i = 0; i < own->n; i++) {
        if (i) buf_puts(&b, ", ");
        if (key_rows[key].type == TYPE_KEYS) buf_str(&b, view_label(m, key_rows[key].choices, own->list[i]));
        else buf_str(&b, site_shown(o->lang, m->a, own->list[i]));
    }
    struct str s = buf_copy(m->a, &b);
    buf_close(&b);
    return s;
}

static void facts(struct viewing *m)
{
    const struct page *p = m->e->source;
    struct value *list = value_list(m->a);
    for (size_t i = 0; i < sizeof fact_rows / sizeof *fact_rows; i++) {
        const struct fact_row *row = &fact_rows[i];
        const struct front_value *f = front_of(p, row->key);
        if (row->kind != p->kind->kind || f->kind == FRONT_NONE) continue;
        struct value *v = value_map(m->a);
        const struct contact *k = key_rows[row->key].type == TYPE_CONTACT ? map_find(&m->s->c->contacts, f->text) : NULL;
        if (key_rows[row->key].type == TYPE_CONTACT && !(k && k->published)) continue;
        value_set_text(m->a, v, "label", site_word(m->s, m->l, row->word));
        if (row->key == KEY_FROM) value_set_text(m->a, v, "text", period(m, p));
        else if (key_rows[row->key].type == TYPE_DATE) value_set(m->a, v, "date", view_date(m->a, m->l, f->date, DATE_ALONE));
        else if (k) value_set(m->a, v, "contact", view_contact(m, k));
        else value_set_text(m->a, v, "text", told(m, m->e, m->o, row->key));
        value_push(m->a, list, v);
    }
    view_frame(m, "facts", list);
}

/* --- lists on the page above --- */
static size_t children(struct viewing *m, enum kind kind, const struct entry ***list)
{
    const struct page *p = m->e->source;
    size_t n = 0;
    *list = ARENA_ARRAY(m->a, const struct entry *, p->children.n + 1);
    for (size_t i = 0; i < p->children.n; i++) {
        const struct entry *e = site_entry(m->s, p->children.v[i]);
        if (e && e->source->kind->kind == kind && !e->source->is_part) (*list)[n++] = e;
    }
    return n;
}

static int newest_first(const struct entry *a, const struct entry *b, enum key key)
{
    int c = date_compare(front_of(b->source, key)->date, front_of(a->source, key)->date);
    return c ? c : str_cmp(a->source->path, b->source->path);
}
static int by_adopted(const void *x, const void *y) { return newest_first(*(struct entry *const *)x, *(struct entry *const *)y, KEY_ADOPTED); }
static int by_from(const void *x, const void *y) { return newest_first(*(struct entry *const *)x, *(struct entry *const *)y, KEY_FROM); }

static const struct data_row {
    enum kind kind;
    const char *name, *word; /* of the files; what they are called */
} data_rows[] = {{KIND_DOCUMENT, "dokumenta", "data-documents"}, {KIND_EVENT, "dogadjaji", "data-events"}};

/* Links to the files of one kind, pushed; none where these have no row in this language. */
static void data_files(struct viewing *m, const struct data_row *row, struct value *list)
{
    static const char *const forms[] = {"csv", "json"}, *const shown_as[] = {"CSV", "JSON"};
    bool any = false;
    for (size_t i = 0; i < m->s->entries.n && !any; i++) {
        const struct entry *e = m->s->entries.v[i];
        any = e->source->kind->kind == row->kind && !e->source->is_part && site_output(e, m->l);
    }
    for (size_t i = 0; any && i < 2; i++) {
        struct value *v = value_map(m->a);
        value_set_text(m->a, v, "label", site_word(m->s, m->l, row->word));
        value_set_text(m->a, v, "format", str_of(shown_as[i]));
        value_set_text(m->a, v, "path", site_data_path(m->s, m->l, row->name, forms[i], m->a));
        value_push(m->a, list, v);
    }
}

void records_open_data(struct viewing *m, enum kind kind)
{
    const struct entry *about = map_find(&m->s->by_path, STR(SITE_DATA));
    const struct output *o = about ? site_output(about, m->l) : NULL;
    struct value *list = value_list(m->a);
    for (size_t i = 0; i < sizeof data_rows / sizeof *data_rows; i++)
        if (data_rows[i].kind == kind) data_files(m, &data_rows[i], list);
    struct value *frame = view_frame(m, "open-data", list);
    if (frame && o) value_set_text(m->a, frame, "about", o->path);
}

/* The page that explains open data has all of it. */
static void all_open_data(struct viewing *m)
{
    struct value *all = value_list(m->a);
    for (size_t i = 0; i < sizeof data_rows / sizeof *data_rows; i++) data_files(m, &data_rows[i], all);
    view_frame(m, "data-files", all);
}

static void documents(struct viewing *m)
{
    const struct entry **e;
    size_t n = children(m, KIND_DOCUMENT, &e);
    struct value *list = value_list(m->a);
    if (n) qsort(e, n, sizeof *e, by_adopted);
    for (size_t i = 0; i < n; i++) {
        const struct page *p = e[i]->source;
        const struct output *o = site_fallback(e[i], m->l);
        struct value *v = view_item(m, e[i]);
        struct date until = front_of(p, KEY_VALID_UNTIL)->date;
        bool over = front_of(p, KEY_VALID_UNTIL)->kind && date_compare(until, m->s->c->today) < 0;
        value_set_text(m->a, v, "doc-number", told(m, e[i], o, KEY_NUMBER));
        value_set_text(m->a, v, "doc-class", told(m, e[i], o, KEY_CLASS));
        value_set(m->a, v, "adopted", view_date(m->a, m->l, front_of(p, KEY_ADOPTED)->date, DATE_NUMERIC));
        value_set_text(m->a, v, "valid", site_word(m->s, m->l, over ? "no" : "yes"));
        value_push(m->a, list, v);
    }
    if (!view_frame(m, "register", list)) return;
    value_set(m->a, m->v, "lists-script", value_bool(true));
    records_open_data(m, KIND_DOCUMENT);
}

static void projects(struct viewing *m)
{
    const struct entry **e;
    size_t n = children(m, KIND_PROJECT, &e);
    struct value *running = value_list(m->a), *finished = value_list(m->a);
    if (n) qsort(e, n, sizeof *e, by_from);
    for (size_t i = 0; i < n; i++) {
        struct value *v = view_item(m, e[i]);
        bool over = date_compare(front_of(e[i]->source, KEY_UNTIL)->date, m->s->c->today) < 0;
        struct str donors = told(m, e[i], site_fallback(e[i], m->l), KEY_DONORS);
        value_set_text(m->a, v, "over",
                       donors.n ? str_printf(m->a, "%.*s · %.*s", STR_ARG(period(m, e[i]->source)), STR_ARG(donors)) : period(m, e[i]->source));
        value_push(m->a, over ? finished : running, v);
    }
    view_frame(m, "running", running), view_frame(m, "finished", finished);
}

/* Partners under the sectors in the order of their list. */
static void partners(struct viewing *m)
{
    const struct entry **e;
    size_t n = children(m, KIND_PARTNER, &e);
    const struct choices *sectors = map_find(&m->s->c->lists, str_of(key_rows[KEY_SECTOR].choices));
    struct value *groups = value_list(m->a);
    for (size_t k = 0; sectors && k < sectors->list.n; k++) {
        struct value *group = value_map(m->a), *list = value_list(m->a);
        for (size_t i = 0; i < n; i++) {
            const struct front_value *f = front_of(e[i]->source, KEY_SECTOR);
            if (!f->n || !str_eq(f->list[0], sectors->list.v[k].key)) continue;
            const struct output *o = site_fallback(e[i], m->l);
            struct value *v = view_item(m, e[i]);
            value_set_text(m->a, v, "services", told(m, e[i], o, KEY_SERVICES));
            value_set_text(m->a, v, "spoken", told(m, e[i], o, KEY_SPOKEN));
            value_push(m->a, list, v);
        }
        if (!list->n) continue;
        value_set_text(m->a, group, "label", view_label(m, key_rows[KEY_SECTOR].choices, sectors->list.v[k].key));
        value_set_text(m->a, group, "id", str_printf(m->a, "vrsta-%.*s", STR_ARG(sectors->list.v[k].key)));
        value_set(m->a, group, "items", list);
        value_push(m->a, groups, group);
    }
    view_frame(m, "directory", groups);
}

bool records_listed(const struct viewing *m, const struct entry *e)
{
    enum kind k = e->source->kind->kind;
    return (k == KIND_DOCUMENT || k == KIND_PROJECT || k == KIND_PARTNER) && e->source->parent == m->e->source && !e->source->is_part;
}

void records_view(struct viewing *m, enum variant v)
{
    if (!m->e->source->is_part) facts(m);
    if (v == VARIANT_WEB && str_is(m->e->source->path, SITE_DATA)) all_open_data(m);
    if (v != VARIANT_WEB || !m->e->source->children.n) return;
    documents(m), projects(m), partners(m);
}
