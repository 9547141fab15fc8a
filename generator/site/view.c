/* view.c: the tree of values that a layout shows for one output of one page. Names and their meaning: context.c. What is equal on all pages of a
 * language comes ready from words.c; here only what belongs to the page is made. Paths are from the root of the site; layouts put {{root}} before
 * them. */
#include "site/inner.h"
#include "base/file.h"
#include "base/utf8.h"
#include <stdlib.h>

static void set(struct viewing *m, const char *key, struct str text) { value_set_text(m->a, m->v, key, text); }
static struct str shown(struct viewing *m, struct str text) { return site_shown(m->l, m->a, text); }

static struct str date_iso(struct arena *a, struct date d)
{
    return d.hour >= 0 ? str_printf(a, "%04d-%02d-%02dT%02d:%02d", d.year, d.month, d.day, d.hour, d.minute) : date_day(a, d);
}

/* Transliterated where l is derived. */
static struct str date_text(struct arena *a, const struct language *l, struct date d, enum date_form form)
{
    struct buf b = {0};
    lang_date(&b, l, d.year, d.month, d.day, form, 0);
    struct str s = buf_copy(a, &b);
    buf_close(&b);
    return s;
}

const struct value *view_date(struct arena *a, const struct language *l, struct date d, enum date_form form)
{
    struct value *v = value_map(a);
    value_set_text(a, v, "text", date_text(a, l, d, form));
    value_set_text(a, v, "iso", date_iso(a, (struct date){d.year, d.month, d.day, -1, 0}));
    return v;
}

static struct str menu_title(const struct output *o, struct arena *a)
{
    return site_shown(o->lang, a, o->text->menu_title.n ? o->text->menu_title : o->text->title);
}

/* A page as an item of a list, in the language of the view where it exists in it. */
static struct value *page_item(struct viewing *m, const struct entry *e, bool brief)
{
    const struct output *o = site_output(e, m->l);
    struct value *v = value_map(m->a);
    bool other = !o;
    if (!o) o = site_fallback(e, m->l);
    value_set_text(m->a, v, "title", brief ? menu_title(o, m->a) : site_title(o, m->a));
    value_set_text(m->a, v, "path", o->path);
    /* What is not there is said to be so: a layout would find the page's own value of that name else. */
    set_foreign(m->a, v, other ? o->lang : NULL, m->l);
    return v;
}

/* A list of which a layout shows a frame only where it has something: {items: […]}; nothing where empty. */
struct value *view_frame(struct viewing *m, const char *key, struct value *list)
{
    if (!list->n) return NULL;
    struct value *frame = value_map(m->a);
    value_set(m->a, frame, "items", list);
    value_set(m->a, m->v, key, frame);
    return frame;
}

/* --- the parts that every page has --- */
static void language_values(struct viewing *m)
{
    struct value *languages = value_list(m->a), *alternates = value_list(m->a);
    for (size_t i = 0; i < m->s->n_langs && m->s->n_langs > 1; i++) {
        const struct language *l = m->s->langs[i];
        const struct output *there = site_output(m->e, l);
        struct value *v = value_map(m->a);
        const struct page *near = m->e->source;
        for (bool missing = !there; !there && near; near = near->parent) { /* the nearest page above that exists in it */
            const struct entry *e = site_entry(m->s, near);
            there = e ? site_output(e, l) : NULL;
            if (missing && there)
                value_set_text(m->a, v, "missing", site_word(m->s, l, "not-translated")), value_set_text(m->a, v, "near", menu_title(there, m->a));
        }
        if (!there) continue;
        value_set_text(m->a, v, "name", str_of(l->name));
        value_set_text(m->a, v, "tag", str_of(l->tag));
        if (l->rtl != m->l->rtl) value_set_text(m->a, v, "dir", str_of(l->rtl ? "rtl" : "ltr"));
        value_set_text(m->a, v, "path", there->path);
        if (l == m->l) value_set(m->a, v, "current", value_bool(true));
        value_push(m->a, languages, v);
    }
    if (languages->n > 1) view_frame(m, "languages", languages);
    if (!m->s->c->config->base_url.n) return;
    struct buf b = {0};
    for (size_t i = 0; i <= m->e->n_outputs && m->e->n_outputs > 1; i++) { /* the source language is also what others get (x-default) */
        const struct output *o = &m->e->outputs[i < m->e->n_outputs ? i : 0];
        struct value *v = value_map(m->a);
        buf_reset(&b);
        site_address(m->s, &b, o->path);
        value_set_text(m->a, v, "tag", i < m->e->n_outputs ? str_of(o->lang->tag) : STR("x-default"));
        value_set_text(m->a, v, "url", buf_copy(m->a, &b));
        value_push(m->a, alternates, v);
    }
    buf_reset(&b);
    site_address(m->s, &b, m->o->path);
    set(m, "canonical", buf_copy(m->a, &b));
    buf_close(&b);
    value_set(m->a, m->v, "alternates", alternates);
}

static bool at_or_below(const struct page *p, const struct page *top)
{
    for (; p; p = p->parent)
        if (p == top) return true;
    return false;
}

/* The language's menu as it is, with the one item that this page belongs to marked. */
static struct value *menu_value(struct viewing *m, size_t n, const struct entry **entries, const struct value **items)
{
    struct value *list = value_list(m->a);
    for (size_t i = 0; i < n; i++) {
        const struct value *item = items[i];
        if (entries[i]->source->path.n ? at_or_below(m->e->source, entries[i]->source) : entries[i] == m->e) {
            struct value *mine = value_map(m->a);
            for (size_t k = 0; k < item->n; k++) value_set(m->a, mine, item->keys[k].s, item->items[k]);
            value_set(m->a, mine, "current", value_text(m->a, entries[i] == m->e ? STR("page") : STR("true")));
            item = mine;
        }
        value_push(m->a, list, item);
    }
    return list;
}

static void navigation(struct viewing *m)
{
    const struct page *p = m->e->source, *above[64];
    size_t n = 0;
    for (const struct page *q = p->parent; q && n < 64; q = q->parent) above[n++] = q;
    struct value *crumbs = value_list(m->a);
    while (n--) {
        const struct entry *e = site_entry(m->s, above[n]);
        if (e) value_push(m->a, crumbs, page_item(m, e, true));
    }
    view_frame(m, "breadcrumbs", crumbs);
    view_frame(m, "menu", menu_value(m, m->w->n_menu, m->w->menu_entries, m->w->menu));
    view_frame(m, "footer-menu", menu_value(m, m->w->n_footer, m->w->footer_entries, m->w->footer));
    struct value *both = value_map(m->a);
    if (m->e->prev && site_output(m->e->prev, m->l)) value_set(m->a, both, "prev", page_item(m, m->e->prev, false));
    if (m->e->next && site_output(m->e->next, m->l)) value_set(m->a, both, "next", page_item(m, m->e->next, false));
    if (both->n) value_set(m->a, m->v, "neighbours", both);
    const struct entry *home = m->s->c->home ? site_entry(m->s, m->s->c->home) : NULL;
    set(m, "home", home ? site_fallback(home, m->l)->path : m->o->path);
    if (m->w->help) value_set(m->a, m->v, "help", m->w->help);
    if (m->w->search) value_set(m->a, m->v, "search", m->w->search);
}

static void toc(struct viewing *m, const struct document *doc)
{
    struct value *list = value_list(m->a);
    size_t tops = 0;
    for (size_t i = 0; doc && i < doc->headings.n; i++) {
        const struct node *h = doc->headings.v[i];
        if (h->n < 2 || h->n > 3) continue;
        tops += h->n == 2;
        struct value *v = value_map(m->a);
        value_set_text(m->a, v, "id", h->id);
        value_set_text(m->a, v, "title", shown(m, node_text(m->a, h)));
        if (h->n == 3) value_set(m->a, v, "deep", value_bool(true));
        value_push(m->a, list, v);
    }
    if (tops >= 3) view_frame(m, "toc", list);
}

/* --- lists of other pages --- */
struct value *view_item(struct viewing *m, const struct entry *e)
{
    struct value *v = page_item(m, e, false);
    const struct output *o = site_fallback(e, m->l);
    value_set(m->a, v, "description", value_text(m->a, site_shown(o->lang, m->a, o->text->description)));
    const struct date d = e->source->kind->kind == KIND_EVENT ? front_of(e->source, KEY_START)->date : e->source->published;
    if (d.year && (e->source->kind->kind == KIND_NEWS || e->source->kind->kind == KIND_EVENT))
        value_set(m->a, v, "date", view_date(m->a, m->l, d, DATE_ALONE));
    return v;
}

static bool linked(const struct document *doc, const struct page *p)
{
    for (size_t i = 0; doc && i < doc->links.n; i++) {
        const struct page *t = doc->links.v[i]->target;
        if (t && (t == p || t->source == p)) return true;
    }
    return false;
}

/* Day by which an event is listed: over after its last day. */
static struct date last_day(const struct entry *e)
{
    struct date d = front_of(e->source, KEY_END)->date.year ? front_of(e->source, KEY_END)->date : front_of(e->source, KEY_START)->date;
    d.hour = -1;
    return d;
}

int site_by_start(const void *x, const void *y)
{
    const struct entry *a = *(struct entry *const *)x, *b = *(struct entry *const *)y;
    int c = date_compare(front_of(a->source, KEY_START)->date, front_of(b->source, KEY_START)->date);
    return c ? c : str_cmp(a->source->path, b->source->path);
}

/* Events of a section: those to come, the next one first; those that were, the last one first. */
static void events(struct viewing *m, const struct entry **list, size_t n)
{
    struct value *upcoming = value_list(m->a), *past = value_list(m->a);
    qsort(list, n, sizeof *list, site_by_start);
    for (size_t i = 0; i < n; i++)
        if (date_compare(last_day(list[i]), m->s->c->today) >= 0) value_push(m->a, upcoming, view_item(m, list[i]));
    for (size_t i = n; i--;)
        if (date_compare(last_day(list[i]), m->s->c->today) < 0) value_push(m->a, past, view_item(m, list[i]));
    view_frame(m, "upcoming", upcoming), view_frame(m, "past", past);
    set(m, "calendar", site_root_file(m->s, m->l, "kalendar.ics", m->a));
    records_open_data(m, KIND_EVENT);
}

/* News, newest first, under their years. */
static void years(struct viewing *m, const struct entry **list, size_t n)
{
    struct value *all = value_list(m->a), *year = NULL, *items = NULL;
    for (size_t i = 0; i < n; i++) {
        int y = list[i]->source->published.year;
        if (!i || y != list[i - 1]->source->published.year) {
            year = value_map(m->a), items = value_list(m->a);
            value_set(m->a, year, "year", value_int(m->a, y)), value_set(m->a, year, "items", items);
            value_push(m->a, all, year);
        }
        value_push(m->a, items, view_item(m, list[i]));
    }
    view_frame(m, "years", all);
}

/* Children of one kind that are shown here; how many, and of how many years they are. */
static size_t children_of(struct viewing *m, enum kind kind, const struct entry **list, size_t *n_years)
{
    const struct page *p = m->e->source;
    size_t n = 0;
    *n_years = 0;
    for (size_t i = 0; i < p->children.n; i++) {
        const struct entry *e = site_entry(m->s, p->children.v[i]);
        if (!e || !site_output(e, m->l) || e->source->kind->kind != kind || e->source->is_part) continue;
        list[n++] = e;
        *n_years += n == 1 || list[n - 2]->source->published.year != e->source->published.year;
    }
    return n;
}

static void children(struct viewing *m, const struct document *doc)
{
    const struct page *p = m->e->source;
    bool book = p->kind->kind == KIND_BOOK, home = !p->path.n && !m->s->c->foreign, split = p->children.n && !home && !m->s->c->foreign;
    struct value *list = value_list(m->a);
    const struct entry **dated = split ? ARENA_ARRAY(m->a, const struct entry *, p->children.n) : NULL;
    size_t n_years = 0, n_news = split ? children_of(m, KIND_NEWS, dated, &n_years) : 0, none;
    bool archive = n_years > 1;
    if (archive) years(m, dated, n_news);
    size_t n_events = split ? children_of(m, KIND_EVENT, dated, &none) : 0;
    if (n_events) events(m, dated, n_events);
    for (size_t i = 0; i < p->children.n && !home; i++) {
        const struct entry *e = site_entry(m->s, p->children.v[i]);
        enum kind kind = p->children.v[i]->kind->kind;
        if (!e || !site_output(e, m->l) || view_listed(m, e) || (!book && linked(doc, p->children.v[i]))) continue;
        if ((archive && kind == KIND_NEWS) || (split && kind == KIND_EVENT && !e->source->is_part)) continue;
        struct value *v = view_item(m, e);
        if (e->chapter) value_set(m->a, v, "number", value_int(m->a, e->chapter));
        value_push(m->a, list, v);
    }
    view_frame(m, book ? "chapters" : "children", list);
}

static int newest_first(const void *x, const void *y)
{
    const struct entry *a = *(struct entry *const *)x, *b = *(struct entry *const *)y;
    int c = date_compare(b->source->published, a->source->published);
    return c ? c : str_cmp(a->source->path, b->source->path);
}

static void news(struct viewing *m)
{
    enum { MOST = 3 };
    VEC(const struct entry *) v = {0};
    if (m->e->source->path.n) return;
    for (size_t i = 0; i < m->s->entries.n; i++)
        if (m->s->entries.v[i]->source->kind->kind == KIND_NEWS && site_output(m->s->entries.v[i], m->l)) *vec_push(m->a, &v) = m->s->entries.v[i];
    if (!v.n) return;
    qsort(v.v, v.n, sizeof *v.v, newest_first);
    struct value *list = value_list(m->a);
    for (size_t i = 0; i < v.n && i < MOST; i++) value_push(m->a, list, view_item(m, v.v[i]));
    struct value *frame = view_frame(m, "news", list);
    const struct entry *section = v.v[0]->source->parent ? site_entry(m->s, v.v[0]->source->parent) : NULL;
    if (section) value_set(m->a, frame, "page", page_item(m, section, true));
}

/* --- downloads --- */
static struct str size_text(struct viewing *m, size_t bytes)
{
    struct buf b = {0};
    size_t kilo = (bytes + 999) / 1000;
    if (bytes >= 1000000) lang_number(&b, m->l, (double)bytes / 1e6, 1), buf_puts(&b, "\xC2\xA0MB");
    else lang_number(&b, m->l, (double)kilo, 0), buf_puts(&b, "\xC2\xA0kB");
    struct str s = buf_copy(m->a, &b);
    buf_close(&b);
    return s;
}

static struct str pages_text(struct viewing *m, int n)
{
    struct str word = site_word(m->s, m->l, arena_printf(m->a, "pages-%s", lang_plural(m->l, n)));
    size_t at = str_search(word, "{n} "); /* Arabic says "one page" and "two pages" without a figure */
    if (at == SIZE_MAX) return word;
    return str_printf(m->a, "%.*s%d\xC2\xA0%.*s", (int)at, word.s, n, STR_ARG(str_from(word, at + 4)));
}

/* What a file is called: as its variant is; on a page with editions, as the edition is. */
static struct str file_name(struct viewing *m, const struct publication *p, bool by_edition)
{
    if (!by_edition || !p->edition || p->entry->source->kind->kind == KIND_BOOK)
        return site_word(m->s, m->l,
                         arena_printf(m->a, "download-%s", p->entry->source->kind->kind == KIND_FORMS ? "forms" : site_variant_name(p->variant)));
    struct str name = site_word(m->s, m->l, p->edition->word);
    return p->discreet ? str_printf(m->a, "%.*s%.*s %.*s", STR_ARG(name), STR_ARG(site_word(m->s, m->l, "comma")),
                                    STR_ARG(site_word(m->s, m->l, "edition-discreet")))
                       : name;
}

static void push_file(struct viewing *m, struct value *list, struct str name, struct str path, const char *format, const struct output *o,
                      const struct published *as)
{
    struct value *v = value_map(m->a);
    value_set_text(m->a, v, "name", name);
    value_set_text(m->a, v, "path", path);
    value_set_text(m->a, v, "format", str_of(format));
    if (as) value_set_text(m->a, v, "size", size_text(m, as->bytes)), value_set_text(m->a, v, "pages", pages_text(m, as->pages));
    value_set_text(m->a, v, "language", str_of(o->lang->name));
    value_set_text(m->a, v, "tag", str_of(o->lang->tag));
    value_push(m->a, list, v);
}

/* Whether the page comes in further editions: then files are named by them, and those for the press stand apart. */
static bool in_editions(const struct entry *e)
{
    for (size_t i = 0; i < e->n_publications; i++)
        if (e->publications[i].further) return true;
    return false;
}

static void editions(struct viewing *m, struct value *list, const struct entry *e, const struct output *o, bool press)
{
    for (size_t i = 0; i < e->n_publications; i++) {
        const struct publication *p = &e->publications[i];
        if (p->output == o && p->made && p->press == press) push_file(m, list, file_name(m, p, true), p->path, "PDF", o, &p->as);
    }
}

void view_downloads(struct viewing *m, struct value *list, const struct entry *e, const struct output *o)
{
    for (size_t i = 0; i < e->n_publications; i++) {
        const struct publication *p = &e->publications[i];
        if (p->output == o && p->made && !p->further) push_file(m, list, file_name(m, p, false), p->path, "PDF", o, &p->as);
    }
    if (e->source->kind->kind == KIND_EVENT && !e->source->is_part)
        push_file(m, list, site_word(m->s, m->l, "download-calendar"), site_beside(m->a, e, o, ".ics"), "ICS", o, NULL);
}

static void downloads(struct viewing *m)
{
    struct value *list = value_list(m->a);
    const struct page *p = m->e->source;
    const struct entry *book = p->is_part && p->parent->kind->kind == KIND_BOOK ? site_entry(m->s, p->parent) : NULL;
    const struct output *o = book ? site_output(book, m->l) : m->o;
    const struct entry *e = book ? book : m->e;
    if (o && in_editions(e)) editions(m, list, e, o, false);
    else if (o) view_downloads(m, list, e, o);
    struct value *frame = view_frame(m, "downloads", list);
    if (frame && o && in_editions(e)) {
        struct value *press = value_map(m->a), *items = value_list(m->a);
        editions(m, items, e, o, true);
        value_set(m->a, press, "items", items);
        if (items->n) value_set(m->a, frame, "press", press);
    }
    if (!book) return;
    value_set(m->a, m->v, "book", page_item(m, book, false));
    if (m->e->chapter) value_set(m->a, m->v, "chapter", value_int(m->a, m->e->chapter));
}

/* --- kinds --- */
void view_front(struct viewing *m, struct value *v, const char *name, enum key key)
{
    const struct front_value *own = front_of(m->o->text, key);
    if (own->kind == FRONT_NONE) own = front_of(m->e->source, key);
    if (own->kind == FRONT_NONE) return;
    if (own->kind != FRONT_LIST) {
        value_set_text(m->a, v, name, shown(m, own->text));
        return;
    }
    struct buf b = {0};
    for (size_t i = 0; i < own->n; i++) buf_puts(&b, i ? ", " : ""), buf_str(&b, own->list[i]);
    value_set_text(m->a, v, name, shown(m, buf_copy(m->a, &b)));
    buf_close(&b);
}

static void imprint(struct viewing *m)
{
    static const struct {
        const char *name;
        enum key key;
    } parts[] = {
        {"authors", KEY_AUTHORS},      {"publisher", KEY_PUBLISHER},       {"place", KEY_PLACE},   {"year", KEY_YEAR}, {"edition", KEY_EDITION},
        {"reviewers", KEY_REVIEWERS},  {"proofreading", KEY_PROOFREADING}, {"design", KEY_DESIGN}, {"isbn", KEY_ISBN}, {"license", KEY_LICENSE},
        {"disclaimer", KEY_DISCLAIMER}};
    struct value *v = value_map(m->a);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) view_front(m, v, parts[i].name, parts[i].key);
    if (v->n) value_set(m->a, m->v, "imprint", v);
}

static void put_time(struct viewing *m, struct buf *b, struct date d) { lang_time(b, m->l, d.hour, d.minute); }

/* „18. март 2027. године, 09.00–15.00“; two days: both in full with a dash between. */
static struct str when(struct viewing *m, struct date a, struct date b)
{
    struct buf t = {0};
    bool same = a.year == b.year && a.month == b.month && a.day == b.day;
    lang_date(&t, m->l, a.year, a.month, a.day, DATE_ALONE, 0);
    if (a.hour >= 0) buf_puts(&t, ", "), put_time(m, &t, a);
    if (b.year && !same) {
        buf_puts(&t, " – ");
        lang_date(&t, m->l, b.year, b.month, b.day, DATE_ALONE, 0);
        if (b.hour >= 0) buf_puts(&t, ", "), put_time(m, &t, b);
    } else if (b.year && b.hour >= 0 && a.hour >= 0) {
        buf_puts(&t, "–"), put_time(m, &t, b);
    }
    struct str s = buf_copy(m->a, &t);
    buf_close(&t);
    return s;
}

const struct value *view_contact(struct viewing *m, const struct contact *k)
{
    struct value *v = value_map(m->a), *phones = value_list(m->a);
    set_by_lang(m->a, v, "name", &k->name, m->l);
    value_set_text(m->a, v, "mail", k->mail);
    for (size_t i = 0; i < k->phones.n; i++) {
        struct value *p = value_map(m->a);
        struct buf tel = {0};
        site_tel(&tel, k->phones.v[i].number);
        value_set_text(m->a, p, "number", k->phones.v[i].number);
        value_set_text(m->a, p, "tel", str_from(buf_copy(m->a, &tel), 4));
        set_by_lang(m->a, p, "hours", &k->phones.v[i].hours, m->l);
        value_push(m->a, phones, p);
        buf_close(&tel);
    }
    value_set(m->a, v, "phones", phones);
    return v;
}

static void event(struct viewing *m)
{
    const struct page *p = m->e->source;
    struct value *v = value_map(m->a);
    value_set_text(m->a, v, "type", site_word(m->s, m->l, arena_printf(m->a, "event-%.*s", STR_ARG(front_of(p, KEY_TYPE)->text))));
    value_set_text(m->a, v, "when", when(m, front_of(p, KEY_START)->date, front_of(p, KEY_END)->date));
    value_set_text(m->a, v, "start", date_iso(m->a, front_of(p, KEY_START)->date));
    value_set_text(m->a, v, "end", date_iso(m->a, front_of(p, KEY_END)->date));
    view_front(m, v, "place", KEY_PLACE), view_front(m, v, "access", KEY_ACCESS), view_front(m, v, "seats", KEY_SEATS),
        view_front(m, v, "hours", KEY_HOURS);
    if (front_of(p, KEY_APPLY_UNTIL)->kind == FRONT_DATE)
        value_set(m->a, v, "apply-until", view_date(m->a, m->l, front_of(p, KEY_APPLY_UNTIL)->date, DATE_ALONE));
    const struct contact *k = front_of(p, KEY_APPLY_TO)->text.n ? map_find(&m->s->c->contacts, front_of(p, KEY_APPLY_TO)->text) : NULL;
    if (k && k->published) value_set(m->a, v, "contact", view_contact(m, k));
    value_set(m->a, m->v, "event", v);
}

static void put_form(struct viewing *m, struct value *v)
{
    view_front(m, v, "code", KEY_CODE), view_front(m, v, "version", KEY_VERSION), view_front(m, v, "purpose", KEY_PURPOSE);
}

static void form(struct viewing *m)
{
    struct value *v = value_map(m->a);
    put_form(m, v);
    value_set(m->a, m->v, "form", v);
}

void view_form(struct site *s, const struct entry *e, const struct output *o, struct arena *a, struct value *v)
{
    struct viewing m = {.s = s, .e = e, .o = o, .l = o->text->lang, .a = a};
    put_form(&m, v);
}

/* "12–14 pt" -> "12pt", "14pt" */
static void font_sizes(struct viewing *m)
{
    struct str s = front_of(m->e->source, KEY_FONT_SIZE)->text, least = {0}, most = {0};
    for (size_t i = 0; i < s.n;) {
        size_t n = 0;
        while (i + n < s.n && (strchr("0123456789.,", s.s[i + n]))) n++;
        if (n) {
            struct buf b = {0};
            for (size_t k = 0; k < n; k++) buf_putc(&b, s.s[i + k] == ',' ? '.' : s.s[i + k]);
            buf_puts(&b, "pt");
            *(least.n ? &most : &least) = buf_copy(m->a, &b);
            buf_close(&b);
        }
        i += n ? n : 1;
    }
    if (least.n) set(m, "font-min", least), set(m, "font-max", most.n ? most : least);
}

static void print(struct viewing *m, enum variant v)
{
    struct str cover = site_title(m->o, m->a), discreet = site_front(m->e, m->o, KEY_DISCREET_TITLE, m->a);
    if (v == VARIANT_DISCREET && discreet.n) cover = discreet, value_set(m->a, m->v, "discreet", value_bool(true));
    set(m, "cover-title", cover);
    set(m, "fold", front_of(m->e->source, KEY_FOLD)->text);
    font_sizes(m);
    if (v == VARIANT_FILLABLE) value_set(m->a, m->v, "fillable", value_bool(true));
    if (v == VARIANT_PAPER) value_set(m->a, m->v, "paper", value_bool(true));
    if (m->s->c->config->base_url.n) {
        struct buf b = {0};
        site_address(m->s, &b, m->o->path);
        set(m, "address", buf_copy(m->a, &b));
        buf_close(&b);
    }
}

/* What a program shows of a link that somebody sends: the same neutral words and picture for every page, unless the page gives a title for it. */
static void preview(struct viewing *m)
{
    struct value *v = value_map(m->a);
    struct str title = site_front(m->e, m->o, KEY_PREVIEW_TITLE, m->a);
    if (!title.n) title = site_front(m->e, m->o, KEY_DISCREET_TITLE, m->a);
    value_set_text(m->a, v, "title", title.n ? title : value_find(m->w->site, STR("short-name"))->text);
    struct buf b = {0};
    site_address(m->s, &b, STR("assets/pregled.png"));
    value_set_text(m->a, v, "image", buf_copy(m->a, &b));
    buf_close(&b);
    value_set(m->a, m->v, "preview", v);
}

/* The original of a translation: of one that is behind it, or that no speaker has read. */
static const struct value *original(struct viewing *m)
{
    const struct output *o = site_original(m->e);
    struct value *v = value_map(m->a);
    value_set_text(m->a, v, "title", site_title(o, m->a));
    value_set_text(m->a, v, "path", o->path);
    value_set_text(m->a, v, "tag", str_of(o->lang->tag));
    if (o->lang->rtl != m->l->rtl) value_set_text(m->a, v, "dir", str_of(o->lang->rtl ? "rtl" : "ltr"));
    return v;
}

const struct value *site_view(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, enum variant v,
                              struct str body, struct arena *scratch)
{
    struct viewing m = {s, e, o, o->lang, words_of(s, o->lang), scratch, value_map(scratch)};
    const struct page *p = e->source;
    set(&m, "title", site_title(o, scratch));
    value_set(scratch, m.v, "body", value_html(scratch, body));
    set(&m, "root", v == VARIANT_WEB ? root_of(scratch, o->path) : (struct str){0});
    value_set(scratch, m.v, "t", m.w->strings);
    value_set(scratch, m.v, "site", m.w->site);
    set(&m, "lang", str_of(o->lang->tag));
    if (o->lang->rtl) value_set(scratch, m.v, "rtl", value_bool(true));
    set(&m, "path", o->path);
    set(&m, "kind", str_of(p->kind->en));
    set(&m, "variant", str_of(site_variant_name(v)));
    struct str subtitle = site_front(e, o, KEY_SUBTITLE, scratch),
               brief = value_find(m.w->site, STR("short-name"))->text; /* in the title: windows, histories and messages show it */
    set(&m, "subtitle", subtitle);
    if (!p->path.n) value_set(scratch, m.v, "is-home", value_bool(true));
    set(&m, "page-title", p->path.n ? str_printf(scratch, "%.*s – %.*s", STR_ARG(site_title(o, scratch)), STR_ARG(brief)) : site_title(o, scratch));
    set(&m, "description", shown(&m, o->text->description));
    if (p->published.year) value_set(scratch, m.v, "published", view_date(scratch, m.l, p->published, DATE_ALONE));
    const struct date changed = site_changed(e, o);
    if (changed.year) value_set(scratch, m.v, "updated", view_date(scratch, m.l, changed, DATE_ALONE));
    if (site_stale(e, o)) value_set(scratch, m.v, "stale", original(&m));
    if (site_pending(e, o)) value_set(scratch, m.v, "pending", original(&m));
    navigation(&m);
    language_values(&m);
    if (p->kind->kind == KIND_EVENT && !p->is_part) event(&m);
    if (p->kind->kind == KIND_FORM) form(&m);
    if (key_rows[KEY_DESIGN].kinds & 1u << p->kind->kind) imprint(&m); /* kinds that say who designed them are published as such */
    view_kinds(&m, v);
    children(&m, doc);
    if (v == VARIANT_WEB) {
        toc(&m, doc);
        news(&m);
        downloads(&m);
        if (s->c->config->base_url.n) {
            set(&m, "feed", site_root_file(s, o->lang, "feed.xml", scratch));
            set(&m, "section-feed", site_feed(s, e, o->lang, scratch));
            preview(&m);
        }
    } else {
        print(&m, v);
    }
    return m.v;
}
