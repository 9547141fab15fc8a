/* kinds.c: what the kind of a page demands of its headings, lists and tables. */
#include "content/parse.h"
#include "base/utf8.h"
#include <ctype.h>

static void leaflet(struct making *m)
{
    const struct page *source = m->page->source ? m->page->source : m->page;
    struct str fold = source->front[KEY_FOLD].text;
    int want = schema_fold_panels(fold), have = 0;
    const struct node *first = NULL;
    for (const struct node *n = m->doc->root->first; n; n = n->next) {
        if (n->kind == NODE_HEADING && n->n == 2) have++;
        else if (!have && !first) first = n;
    }
    if (first) DIAG0(m->diag, MSG_LEAFLET_BEFORE, first->at);
    if (want && have != want)
        DIAG(m->diag, MSG_LEAFLET_PANELS, ((struct place){m->file, m->page->body_line, 1}), arena_printf(m->arena, "%d", have), str_z(m->arena, fold),
             arena_printf(m->arena, "%d", want));
}

/* The section „Програм“ holds a table with the columns of the table below, by any of their names. */
static void event(struct making *m)
{
    static const char *const columns[4][2] = {{"Time", "Време"}, {"Topic", "Тема"}, {"Speaker", "Излагач"}, {"Form", "Облик"}};
    for (const struct node *n = m->doc->root->first; n; n = n->next) {
        if (n->kind != NODE_HEADING || !schema_named(node_text(m->arena, n), "Programme", "Програм")) continue;
        const struct node *t = n->next;
        while (t && t->kind != NODE_TABLE && t->kind != NODE_HEADING) t = t->next;
        if (!t || t->kind != NODE_TABLE) break;
        const struct node *row = t->first;
        while (row && row->kind != NODE_ROW) row = row->next;
        for (size_t k = 0; k < 4; k++) {
            bool found = false;
            for (const struct node *c = row ? row->first : NULL; c; c = c->next)
                found |= schema_named(node_text(m->arena, c), columns[k][0], columns[k][1]);
            if (!found) {
                DIAG(m->diag, MSG_EVENT_COLUMNS, t->at, schema_say(m->diag, "Time, Topic, Speaker, Form", "Време, Тема, Излагач, Облик"));
                return;
            }
        }
        return;
    }
    if (!m->page->source) DIAG0(m->diag, MSG_EVENT_PROGRAMME, ((struct place){m->file, m->page->body_line, 1}));
}

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

/* Fields: an id of their own (in rows, the label's slug), a label before the mark, options where there is a choice. */
static void form(struct making *m)
{
    struct map seen = map_new(m->arena);
    for (size_t i = 0; i < m->doc->fields.n; i++) {
        struct node *f = m->doc->fields.v[i];
        const struct node *rows = up(f, NODE_ROWS);
        struct str label = node_text(m->arena, f->parent);
        if (!f->id.n && rows) {
            struct buf b = {0};
            lang_slug(&b, label);
            f->id = buf_copy(m->arena, &b);
            buf_close(&b);
        }
        if (!f->id.n) DIAG0(m->diag, MSG_FIELD_NO_ID, f->at);
        else if (!good_id(f->id)) DIAG(m->diag, MSG_FIELD_BAD_ID, f->at, str_z(m->arena, f->id));
        else {
            struct str full = rows ? str_printf(m->arena, "%.*s.%.*s", STR_ARG(rows->id), STR_ARG(f->id)) : f->id;
            void **slot = map_at(&seen, full);
            if (*slot) DIAG(m->diag, MSG_ID_TWICE, f->at, str_z(m->arena, full));
            *slot = f;
        }
        if (!label.n) DIAG(m->diag, MSG_FIELD_NO_LABEL, f->at, str_z(m->arena, f->id));
        if (f->mark->field != FIELD_CHOICE && f->mark->field != FIELD_MANY) continue;
        const struct attr *list = node_attr(f, "list");
        const struct node *item = up(f, NODE_ITEM), *options = item ? item->first : NULL;
        while (options && options->kind != NODE_LIST) options = options->next;
        if (list && !map_find(&m->c->lists, list->value)) {
            const char **names = ARENA_ARRAY(m->arena, const char *, m->c->lists.entries.n + 1);
            for (size_t k = 0; k < m->c->lists.entries.n; k++) names[k] = str_z(m->arena, m->c->lists.entries.v[k].key);
            const char *near = str_nearest(list->value, names);
            DIAG(m->diag, MSG_FIELD_NO_LIST, f->at, str_z(m->arena, list->value), near ? arena_printf(m->arena, " (%s?)", near) : "");
        } else if (!list && !options) {
            DIAG(m->diag, MSG_FIELD_NO_OPTIONS, f->at, str_z(m->arena, f->id));
        }
    }
    for (const struct node *n = m->doc->root->first; n; n = n->next)
        if (n->kind == NODE_ROWS && !good_id(n->id)) DIAG0(m->diag, MSG_FIELD_NO_ID, n->at);
}

void kinds_check(struct making *m)
{
    switch (m->page->kind->kind) {
    case KIND_LEAFLET: leaflet(m); break;
    case KIND_EVENT:
        if (!m->page->is_part) event(m);
        break;
    case KIND_FORM: form(m); break;
    default: break;
    }
}
