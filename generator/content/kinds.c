/* kinds.c: what the kind of a page demands of its headings, lists and tables. */
#include "content/parse.h"
#include "base/utf8.h"

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

/* Terms are headings of the second level with something said below; „Облици: …“ right behind one goes into its title. */
static void glossary(struct making *m)
{
    static const char *const words[] = {"Облици:", "Oblici:", "Forms:"};
    for (struct node *h = m->doc->root->first; h; h = h->next) {
        if (h->kind != NODE_HEADING || h->n != 2) continue;
        struct node *p = h->next, *t = p && p->kind == NODE_PARAGRAPH ? p->first : NULL;
        for (size_t i = 0; t && t->kind == NODE_TEXT && i < sizeof words / sizeof *words; i++) {
            if (!str_starts(t->text, words[i])) continue;
            struct str all = node_text(m->arena, p);
            h->title = str_trim(str_from(all, strlen(words[i])));
            making_remove(p);
            break;
        }
        if (!h->next || (h->next->kind == NODE_HEADING && h->next->n <= 2))
            DIAG(m->diag, MSG_TERM_EMPTY, h->at, str_z(m->arena, node_text(m->arena, h)));
    }
}

void kinds_check(struct making *m)
{
    switch (m->page->kind->kind) {
    case KIND_LEAFLET: leaflet(m); break;
    case KIND_EVENT:
        if (!m->page->is_part) event(m);
        break;
    case KIND_FORM: forms_check(m); break;
    case KIND_GLOSSARY: glossary(m); break;
    default: break;
    }
}
