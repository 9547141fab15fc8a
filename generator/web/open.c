/* open.c: open data: the documents and the events of the site as CSV (RFC 4180) and JSON, in each language: podaci/dokumenta.csv … One row of a table
 * is one column; its words stand in the JSON file beside the rows and in the manual. Days are ISO 8601, times have their offset.
 *
 * The CSV begins with a byte order mark. A spreadsheet that opens it by a double click takes a file without one for the machine's old encoding
 * (windows-1250 on Serbian Windows) and shows „РџСЂРё…“. A first line „sep=,“ is not written: it would name the comma to one program, be a row of
 * data to every other, and make that one forget the mark. The JSON has none (RFC 8259, 8.1): programs read that. */
#include "web/web.h"
#include <stdlib.h>

enum column { NUMBER, TITLE, CLASS, ADOPTED, VALID_UNTIL, IN_FORCE, PDF, TYPE, START, END, PLACE, SEATS, APPLY_UNTIL, CALENDAR, UPDATED, URL };
static const struct column_row {
    enum column column;
    const char *name, *en, *sr;
} document_columns[] = {{NUMBER, "number", "number of the document", "број документа"},
                        {TITLE, "title", "title", "наслов"},
                        {CLASS, "class", "kind of document", "врста документа"},
                        {ADOPTED, "adopted", "day of the document", "датум документа"},
                        {VALID_UNTIL, "valid_until", "last day in force; empty: no end", "последњи дан важења; празно: нема краја"},
                        {IN_FORCE, "in_force", "1 in force, 0 no longer, on the day the site was made",
                         "1 на снази, 0 више није, на дан израде сајта"},
                        {UPDATED, "updated", "day of the last change of the page", "дан последње измене странице"},
                        {URL, "url", "address of the page", "адреса странице"},
                        {PDF, "pdf", "address of the PDF", "адреса PDF-а"}},
  event_columns[] = {{TITLE, "title", "title", "наслов"},
                     {TYPE, "type", "seminar, conference, training, meeting", "seminar, conference, training, meeting"},
                     {START, "start", "begins", "почетак"},
                     {END, "end", "ends", "крај"},
                     {PLACE, "place", "place", "место"},
                     {SEATS, "seats", "how many may come; empty: not limited", "број места; празно: није ограничен"},
                     {APPLY_UNTIL, "apply_until", "last day to register", "последњи дан за пријаву"},
                     {UPDATED, "updated", "day of the last change of the page", "дан последње измене странице"},
                     {URL, "url", "address of the page", "адреса странице"},
                     {CALENDAR, "calendar", "address of the calendar file", "адреса календарске датотеке"}};
static const struct set_row {
    const char *name; /* of the files */
    enum kind kind;
    enum key order; /* rows come by this key, the newest first */
    const struct column_row *columns;
    size_t n;
} sets[] = {{"dokumenta", KIND_DOCUMENT, KEY_ADOPTED, document_columns, sizeof document_columns / sizeof *document_columns},
            {"dogadjaji", KIND_EVENT, KEY_START, event_columns, sizeof event_columns / sizeof *event_columns}};

static struct str address(struct site *s, struct arena *a, struct str path)
{
    struct buf b = {0};
    if (s->c->config->base_url.n) site_address(s, &b, path);
    else buf_str(&b, path);
    struct str r = buf_copy(a, &b);
    buf_close(&b);
    return r;
}

static struct str number(struct arena *a, const struct front_value *f) { return f->kind ? str_printf(a, "%ld", f->number) : (struct str){0}; }

static struct str class_of(struct site *s, const struct entry *e, const struct output *o, struct arena *a)
{
    const struct front_value *f = front_of(e->source, KEY_CLASS);
    if (!f->n) return (struct str){0};
    return site_shown(o->lang, a, by_lang_text(choice_label(s->c, key_rows[KEY_CLASS].choices, f->list[0]), o->lang));
}

static struct str cell(struct site *s, enum column c, const struct entry *e, const struct output *o, struct arena *a)
{
    const struct page *p = e->source;
    switch (c) {
    case NUMBER: return site_front(e, o, KEY_NUMBER, a);
    case TITLE: return site_title(o, a);
    case CLASS: return class_of(s, e, o, a);
    case ADOPTED: return date_day(a, front_of(p, KEY_ADOPTED)->date);
    case VALID_UNTIL: return date_day(a, front_of(p, KEY_VALID_UNTIL)->date);
    case IN_FORCE:
        return front_of(p, KEY_VALID_UNTIL)->kind && date_compare(front_of(p, KEY_VALID_UNTIL)->date, s->c->today) < 0 ? STR("0") : STR("1");
    case PDF: return e->n_publications ? address(s, a, site_beside(a, e, o, ".pdf")) : (struct str){0};
    case TYPE: return front_of(p, KEY_TYPE)->text;
    case START: return web_moment(a, front_of(p, KEY_START)->date);
    case END: return web_moment(a, front_of(p, KEY_END)->date);
    case PLACE: return site_front(e, o, KEY_PLACE, a);
    case SEATS: return number(a, front_of(p, KEY_SEATS));
    case APPLY_UNTIL: return date_day(a, front_of(p, KEY_APPLY_UNTIL)->date);
    case CALENDAR: return address(s, a, site_beside(a, e, o, ".ics"));
    case UPDATED: return date_day(a, site_changed(e, o));
    case URL: return address(s, a, o->path);
    }
    return (struct str){0};
}

struct found {
    const struct entry *entry;
    struct date date;
};
static int newest_first(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    int c = date_compare(b->date, a->date);
    return c ? c : str_cmp(a->entry->source->path, b->entry->source->path);
}

static void put_csv(struct buf *b, struct str text)
{
    bool plain = str_find_either(text, ',', '"') == SIZE_MAX && str_find_either(text, '\n', '\r') == SIZE_MAX;
    if (plain) {
        buf_str(b, text);
        return;
    }
    buf_putc(b, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '"') buf_putc(b, '"');
        buf_putc(b, text.s[i]);
    }
    buf_putc(b, '"');
}

static void csv(struct site *s, const struct set_row *set, const struct found *rows, size_t n, const struct language *l, struct arena *a,
                struct buf *b)
{
    buf_puts(b, "\xEF\xBB\xBF");
    for (size_t c = 0; c < set->n; c++) buf_printf(b, "%s%s", c ? "," : "", set->columns[c].name);
    buf_puts(b, "\r\n");
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < set->n; c++)
            buf_puts(b, c ? "," : ""), put_csv(b, cell(s, set->columns[c].column, rows[i].entry, site_output(rows[i].entry, l), a));
        buf_puts(b, "\r\n");
    }
}

static void json(struct site *s, const struct set_row *set, const struct found *rows, size_t n, const struct language *l, struct arena *a,
                 struct buf *b)
{
    bool serbian = !strncmp(l->code, "sr", 2);
    buf_printf(b, "{\"language\":\"%s\",\n\"columns\":{", l->tag);
    for (size_t c = 0; c < set->n; c++) {
        buf_printf(b, "%s\n\"%s\":", c ? "," : "", set->columns[c].name);
        buf_json(b, serbian ? site_shown(l, a, str_of(set->columns[c].sr)) : str_of(set->columns[c].en));
    }
    buf_puts(b, "},\n\"rows\":[");
    for (size_t i = 0; i < n; i++) {
        buf_puts(b, i ? ",\n{" : "\n{");
        for (size_t c = 0; c < set->n; c++) {
            struct str text = cell(s, set->columns[c].column, rows[i].entry, site_output(rows[i].entry, l), a);
            buf_printf(b, "%s\"%s\":", c ? "," : "", set->columns[c].name);
            if (text.n) web_json(b, text);
            else buf_puts(b, "null");
        }
        buf_putc(b, '}');
    }
    buf_puts(b, "]}\n");
}

static bool write_set(struct site *s, const struct set_row *set, const struct language *l, struct arena *a, const struct file_sink *sink)
{
    VEC(struct found) v = {0};
    for (size_t i = 0; i < s->entries.n; i++) {
        const struct entry *e = s->entries.v[i];
        if (e->source->kind->kind == set->kind && !e->source->is_part && site_output(e, l))
            *vec_push(a, &v) = (struct found){e, front_of(e->source, set->order)->date};
    }
    if (!v.n) return true;
    qsort(v.v, v.n, sizeof *v.v, newest_first);
    struct buf b = {0};
    csv(s, set, v.v, v.n, l, a, &b);
    bool ok = sink->write(sink->ctx, site_data_path(s, l, set->name, "csv", a).s, buf_view(&b));
    buf_reset(&b);
    json(s, set, v.v, v.n, l, a, &b);
    ok = ok && sink->write(sink->ctx, site_data_path(s, l, set->name, "json", a).s, buf_view(&b));
    buf_close(&b);
    return ok;
}

bool web_open_data(struct site *s, struct arena *a, const struct file_sink *sink)
{
    bool ok = true;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        for (size_t k = 0; k < s->n_langs && ok; k++) ok = write_set(s, &sets[i], s->langs[k], a, sink);
    return ok;
}
