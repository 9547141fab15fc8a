/* kinds.c: what the kind of a page demands of its headings, lists and tables. */
#include "content/edition.h"
#include "content/parse.h"
#include "base/utf8.h"

/* What a heading says of editions: names of those that choose among panels, and that the page asks for. */
static void heading_editions(struct making *m, const struct page *source, const struct node *h)
{
    const struct attr *attr = h->kind == NODE_HEADING ? node_attr(h, key_rows[KEY_EDITIONS].en) : NULL;
    struct str rest = attr ? attr->value : (struct str){0}, part, word;
    if (attr && (h->n != 2 || m->page->kind->kind != KIND_LEAFLET)) {
        DIAG0(m->diag, MSG_EDITION_OUTSIDE, h->at);
        return;
    }
    while (str_split(&rest, ',', &part))
        while (str_split(&part, ' ', &word)) {
            const struct edition_row *row = edition_find(word);
            const char *near = row ? NULL : edition_nearest(word);
            if (!word.n) continue;
            if (!row || row->takes == TAKES_ALL)
                DIAG(m->diag, MSG_EDITION_HEADING, h->at, str_z(m->arena, word), near ? arena_printf(m->arena, " (%s?)", near) : "");
            else if (!edition_asked(source, row)) DIAG(m->diag, MSG_EDITION_ABSENT, h->at, str_z(m->arena, word));
        }
}

static void leaflet(struct making *m)
{
    const struct page *source = m->page->source ? m->page->source : m->page;
    struct str fold = front_of(source, KEY_FOLD)->text;
    int want = schema_fold_panels(fold), have = 0;
    const struct node *first = NULL;
    for (const struct node *n = m->doc->root->first; n; n = n->next) {
        if (n->kind == NODE_HEADING && n->n == 2) have++;
        else if (!have && !first) first = n;
        heading_editions(m, source, n);
    }
    if (first) DIAG0(m->diag, MSG_LEAFLET_BEFORE, first->at);
    if (want && have != want)
        DIAG(m->diag, MSG_LEAFLET_PANELS, ((struct place){m->file, m->page->body_line, 1}), arena_printf(m->arena, "%d", have), str_z(m->arena, fold),
             arena_printf(m->arena, "%d", want));
}

/* The heading of the section that has one of the two names. */
static const struct node *section(struct making *m, const char *en, const char *sr)
{
    const struct node *n = m->doc->root->first;
    while (n && !(n->kind == NODE_HEADING && schema_named(node_text(m->arena, n), en, sr))) n = n->next;
    return n;
}

/* The table of the section below heading h, NULL where it has none. */
static const struct node *table_of(const struct node *h)
{
    const struct node *t = h ? h->next : NULL;
    while (t && t->kind != NODE_TABLE && t->kind != NODE_HEADING) t = t->next;
    return t && t->kind == NODE_TABLE ? t : NULL;
}

/* Whether its head row has all of n columns, by either of their names. */
static bool has_columns(struct making *m, const struct node *t, const char *const (*columns)[2], size_t n)
{
    const struct node *row = t->first;
    while (row && row->kind != NODE_ROW) row = row->next;
    for (size_t k = 0; k < n; k++) {
        bool found = false;
        for (const struct node *c = row ? row->first : NULL; c; c = c->next)
            found |= schema_named(node_text(m->arena, c), columns[k][0], columns[k][1]);
        if (!found) return false;
    }
    return true;
}

/* The section „Програм“ holds a table with these columns. */
static void event(struct making *m)
{
    static const char *const columns[][2] = {{"Time", "Време"}, {"Topic", "Тема"}, {"Speaker", "Излагач"}, {"Form", "Облик"}};
    const struct node *t = table_of(section(m, "Programme", "Програм"));
    if (t && !has_columns(m, t, columns, 4))
        DIAG(m->diag, MSG_EVENT_COLUMNS, t->at, schema_say(m->diag, "Time, Topic, Speaker, Form", "Време, Тема, Излагач, Облик"));
    else if (!t && !m->page->source) DIAG0(m->diag, MSG_EVENT_PROGRAMME, ((struct place){m->file, m->page->body_line, 1}));
}

/* A project that is over says what came of it, under a heading that begins with the word: „Резултати до маја“. */
static void project(struct making *m)
{
    const struct front_value *until = front_of(m->page, KEY_UNTIL);
    if (m->page->source || !until->kind || date_compare(until->date, m->c->today) >= 0) return;
    for (const struct node *n = m->doc->root->first; n; n = n->next) {
        struct str text = n->kind == NODE_HEADING ? node_text(m->arena, n) : (struct str){0};
        if (schema_named(str_part(text, 0, str_find(text, ' ')), "Results", "Резултати")) return;
    }
    DIAG0(m->diag, MSG_PROJECT_RESULTS, until->at);
}

/* The section „Људи“ holds a table with these columns. */
static void unit(struct making *m)
{
    static const char *const columns[][2] = {{"Name", "Име"}, {"Work", "Посао"}};
    const struct node *h = section(m, "People", "Људи"), *t = table_of(h);
    if (h && (!t || !has_columns(m, t, columns, 2))) DIAG(m->diag, MSG_UNIT_PEOPLE, h->at, schema_say(m->diag, "Name, Work", "Име, Посао"));
}

/* Headings without headings below them are questions and have an answer. */
static void questions(struct making *m)
{
    for (const struct node *h = m->doc->root->first; h; h = h->next) {
        if (h->kind != NODE_HEADING) continue;
        const struct node *next = h->next;
        while (next && next->kind != NODE_HEADING) next = next->next;
        if (next && next->n > h->n) continue; /* a group of questions */
        const char *text = str_z(m->arena, node_text(m->arena, h));
        if (!str_ends(str_of(text), "?")) DIAG(m->diag, MSG_QUESTION, h->at, text);
        else if (next == h->next) DIAG(m->diag, MSG_ANSWER, h->at, text);
    }
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
    case KIND_PROJECT: project(m); break;
    case KIND_UNIT: unit(m); break;
    case KIND_QUESTIONS: questions(m); break;
    default: break;
    }
    if (m->page->kind->kind != KIND_LEAFLET)
        for (size_t i = 0; i < m->doc->headings.n; i++)
            if (m->doc->headings.v[i]->attrs) heading_editions(m, m->page, m->doc->headings.v[i]);
}
