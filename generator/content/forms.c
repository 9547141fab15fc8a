/* forms.c: what a form demands: fields with an id of their own and a label, choices with options, rows that fit the page, ::when that names a field.
 *
 * KEYS. A field is called by its id; in rows, where it may be left out, by the slug of its column's label. An option that is written below its field
 * is called by the slug of its label; a list has keys of its own. A translation says the same in the same order: it takes all keys from its source
 * page by position, and where it has more or fewer that is an error. */
#include "content/parse.h"
#include <ctype.h>

enum { SHEET = 176, NARROWEST = 14, ROW_NUMBER = 11 }; /* mm: width of an A4 page between its margins; of a column; of the column of row numbers */

static bool good_id(struct str id)
{
    if (!id.n || !(id.s[0] >= 'a' && id.s[0] <= 'z')) return false;
    for (size_t i = 0; i < id.n; i++)
        if (!(id.s[i] >= 'a' && id.s[i] <= 'z') && !isdigit((unsigned char)id.s[i]) && id.s[i] != '-') return false;
    return true;
}

static const struct node *up(const struct node *n, enum node_kind kind)
{
    while (n && n->kind != kind) n = n->parent;
    return n;
}

static struct str slug(struct making *m, struct str text)
{
    struct buf b = {0};
    lang_slug(&b, text);
    struct str s = buf_copy(m->arena, &b);
    buf_close(&b);
    return s;
}

/* The first option written below the field, NULL where none is; next_option gives the others. */
static struct node *first_option(const struct node *field)
{
    const struct node *item = up(field, NODE_ITEM), *list = item ? item->first : NULL;
    while (list && list->kind != NODE_LIST) list = list->next;
    return list ? list->first : NULL;
}

static struct node *next_option(const struct node *option)
{
    if (option->next) return option->next;
    const struct node *list = option->parent->next;
    while (list && list->kind != NODE_LIST) list = list->next;
    return list ? list->first : NULL;
}

static bool has_options(const struct node *f) { return f->mark->field == FIELD_CHOICE || f->mark->field == FIELD_MANY; }

/* Gives each option its key. theirs: the same field of the source page, NULL in the source itself. */
static void option_keys(struct making *m, const struct node *f, const struct node *theirs)
{
    struct map seen = map_new(m->arena);
    size_t n = 0, want = 0;
    const struct node *from = theirs ? first_option(theirs) : NULL;
    for (struct node *o = first_option(f); o; o = next_option(o)) {
        n++;
        o->id = from ? from->id : slug(m, node_text(m->arena, o));
        if (!o->id.n) o->id = str_printf(m->arena, "%zu", n);
        if (map_find(&seen, o->id)) DIAG(m->diag, MSG_FIELD_OPTION_TWICE, o->at, str_z(m->arena, o->id), str_z(m->arena, f->id));
        *map_at(&seen, o->id) = o;
        if (from) from = next_option(from);
    }
    for (const struct node *o = theirs ? first_option(theirs) : NULL; o; o = next_option(o)) want++;
    if (theirs && n != want)
        DIAG(m->diag, MSG_FIELD_OPTIONS_DIFFER, f->at, str_z(m->arena, f->id), arena_printf(m->arena, "%zu", n), arena_printf(m->arena, "%zu", want));
}

static void check_options(struct making *m, const struct node *f)
{
    const struct attr *list = node_attr(f, "list");
    const struct choices *c = list ? map_find(&m->c->lists, list->value) : NULL;
    if (list && !c) {
        const char **names = ARENA_ARRAY(m->arena, const char *, m->c->lists.entries.n + 1);
        for (size_t k = 0; k < m->c->lists.entries.n; k++) names[k] = str_z(m->arena, m->c->lists.entries.v[k].key);
        const char *near = str_nearest(list->value, names);
        DIAG(m->diag, MSG_FIELD_NO_LIST, f->at, str_z(m->arena, list->value), near ? arena_printf(m->arena, " (%s?)", near) : "");
    } else if (list ? !c->list.n : !first_option(f)) {
        DIAG(m->diag, MSG_FIELD_NO_OPTIONS, f->at, str_z(m->arena, f->id));
    }
}

/* Millimetres of width=30mm, 0 where there is none. */
static long width_of(const struct node *f)
{
    const struct attr *a = node_attr(f, "width");
    long mm = 0;
    return a && str_ends(a->value, "mm") && str_int(str_part(a->value, 0, a->value.n - 2), &mm) && mm > 0 && mm <= 500 ? mm : 0;
}

/* Of a column that says nothing about it, as in layouts/print/form.css. */
static long own_width(enum field_type t) { return t == FIELD_NUMBER ? 26 : t == FIELD_DATE ? 32 : t == FIELD_DATETIME ? 42 : NARROWEST; }

/* Rows: an id, and columns that fit side by side. */
static void check_rows(struct making *m, const struct node *rows)
{
    const struct node *head = rows->first->first;
    long wide = 0;
    bool fixed = false;
    if (!good_id(rows->id)) DIAG0(m->diag, MSG_FIELD_NO_ID, rows->at);
    while (head && head->kind != NODE_ROW) head = head->next;
    for (const struct node *c = head ? head->first : NULL; c; c = c->next) {
        const struct node *f = c->first;
        while (f && !(f->kind == NODE_MARK && f->mark->field)) f = f->next;
        long mm = f ? width_of(f) : 0;
        wide += mm ? mm : f ? own_width(f->mark->field) : NARROWEST;
        fixed |= !f;
        if (f && f->mark->field == FIELD_MANY) DIAG(m->diag, MSG_FIELD_MANY_IN_ROWS, f->at, str_z(m->arena, f->id));
    }
    if (!fixed) wide += ROW_NUMBER;
    if (wide > SHEET && !node_attr(rows, "cards"))
        DIAG(m->diag, MSG_ROWS_WIDE, rows->at, str_z(m->arena, rows->id), arena_printf(m->arena, "%ld", wide), arena_printf(m->arena, "%d", SHEET));
}

static struct str full_name(struct making *m, const struct node *f)
{
    const struct node *rows = up(f, NODE_ROWS);
    return rows ? str_printf(m->arena, "%.*s.%.*s", STR_ARG(rows->id), STR_ARG(f->id)) : f->id;
}

/* One field; theirs as for option_keys. */
static void check_field(struct making *m, struct node *f, const struct node *theirs, struct map *seen)
{
    struct str label = node_text(m->arena, f->parent);
    const struct attr *width = node_attr(f, "width");
    if (!f->id.n && theirs) f->id = theirs->id;
    if (!f->id.n && up(f, NODE_ROWS)) f->id = slug(m, label);
    if (!f->id.n) {
        DIAG0(m->diag, MSG_FIELD_NO_ID, f->at);
    } else if (!good_id(f->id)) {
        DIAG(m->diag, MSG_FIELD_BAD_ID, f->at, str_z(m->arena, f->id));
    } else {
        struct str full = full_name(m, f);
        void **slot = map_at(seen, full);
        if (*slot) DIAG(m->diag, MSG_ID_TWICE, f->at, str_z(m->arena, full));
        *slot = f;
    }
    if (!label.n) DIAG(m->diag, MSG_FIELD_NO_LABEL, f->at, str_z(m->arena, f->id));
    if (width && !width_of(f)) DIAG(m->diag, MSG_MARK_VALUE, f->at, f->mark->en, "width=40mm");
    if (has_options(f)) option_keys(m, f, theirs), check_options(m, f);
}

static bool has_value(struct making *m, const struct node *f, struct str value)
{
    const struct attr *list = node_attr(f, "list");
    const struct choices *c = list ? map_find(&m->c->lists, list->value) : NULL;
    if (f->mark->field == FIELD_YESNO) return str_is(value, "yes") || str_is(value, "no") || str_is(value, "unknown");
    if (!has_options(f)) return false;
    for (size_t i = 0; c && i < c->list.n; i++)
        if (str_eq(c->list.v[i].key, value)) return true;
    for (const struct node *o = c ? NULL : first_option(f); o; o = next_option(o))
        if (str_eq(o->id, value)) return true;
    return false;
}

static void check_when(struct making *m, const struct node *n, const struct map *seen)
{
    const struct attr *field = node_attr(n, "field"), *value = node_attr(n, "value");
    if (n->kind == NODE_HEADING && !field && !value) return;
    const struct node *f = field ? map_find(seen, field->value) : NULL;
    if (!f || !value || !has_value(m, f, value->value))
        DIAG(m->diag, MSG_WHEN_FIELD, n->at, field ? str_z(m->arena, field->value) : "", value ? str_z(m->arena, value->value) : "");
}

/* A translation and its source ask the same: as many fields, of the same kinds and names, in the same order. */
static bool same_fields(struct making *m, const struct document *source)
{
    struct place end = {m->file, m->page->body_line, 1};
    size_t have = m->doc->fields.n, want = source->fields.n, most = have < want ? have : want;
    for (size_t i = 0; i < most; i++) {
        const struct node *f = m->doc->fields.v[i], *s = source->fields.v[i];
        if (f->mark == s->mark && (!f->id.n || str_eq(f->id, s->id))) continue;
        DIAG(m->diag, MSG_FIELD_DIFFERS, f->at, f->mark->en, str_z(m->arena, f->id), s->mark->en, str_z(m->arena, s->id));
        return false;
    }
    if (have == want) return true;
    if (have > want) end = m->doc->fields.v[want]->at;
    else if (have) end = m->doc->fields.v[have - 1]->at;
    DIAG(m->diag, MSG_FIELDS_DIFFER, end, arena_printf(m->arena, "%zu", have), arena_printf(m->arena, "%zu", want));
    return false;
}

/* Its tables of rows are the same ones, with as many rows. */
static void same_rows(struct making *m, const struct document *source)
{
    for (size_t i = 0, k = 0; i < m->doc->tables.n; i++) {
        const struct node *rows = m->doc->tables.v[i]->parent;
        if (rows->kind != NODE_ROWS) continue;
        while (k < source->tables.n && source->tables.v[k]->parent->kind != NODE_ROWS) k++;
        const struct node *theirs = k < source->tables.n ? source->tables.v[k++]->parent : NULL;
        if (!theirs || !str_eq(theirs->id, rows->id) || theirs->n != rows->n)
            DIAG(m->diag, MSG_ROWS_DIFFER, rows->at, str_z(m->arena, rows->id), arena_printf(m->arena, "%d", rows->n),
                 theirs ? str_z(m->arena, theirs->id) : "", arena_printf(m->arena, "%d", theirs ? theirs->n : 0));
    }
}

static void check_whens(struct making *m, const struct node *parent, const struct map *seen)
{
    for (const struct node *n = parent->first; n; n = n->next) {
        if (n->kind == NODE_WHEN || n->kind == NODE_HEADING) check_when(m, n, seen);
        if (n->kind == NODE_WHEN) check_whens(m, n, seen);
    }
}

void forms_check(struct making *m)
{
    const struct document *source = m->page->source ? markdown_source(m) : NULL;
    struct map seen = map_new(m->arena);
    if (source && !same_fields(m, source)) source = NULL;
    if (source) same_rows(m, source);
    for (size_t i = 0; i < m->doc->fields.n; i++) check_field(m, m->doc->fields.v[i], source ? source->fields.v[i] : NULL, &seen);
    for (size_t i = 0; i < m->doc->tables.n; i++)
        if (m->doc->tables.v[i]->parent->kind == NODE_ROWS) check_rows(m, m->doc->tables.v[i]->parent);
    check_whens(m, m->doc->root, &seen);
}
