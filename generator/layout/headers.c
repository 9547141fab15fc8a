/* headers.c: which header cells belong to a cell, for tables where their scope alone does not say it: those in which a header spans several columns
 * or rows. The way is that of HTML 5, 4.9.12.2: from a cell upwards and towards the row's start, past data to further headers, but not to one that
 * another of the same column and width stands in front of. Cells whose headers the author names keep those. */
#include "layout/internal.h"

enum { MOST_SLOTS = 400000, MOST_COLUMNS = 200, MOST_HEADERS = 32 }; /* a larger table is left to its scopes */
/* The headers that hold for what comes below in a column, nearest first; kept while rows are gone through, so that a long table costs no more for
 * each row than a short one. */
struct above {
    size_t n;
    bool data; /* data stands below the nearest */
    struct {
        struct tag *t;
        bool gap; /* data stands between it and the one below */
    } list[MOST_HEADERS];
};
struct slots {
    struct arena *a;
    size_t rows, cols;
    struct tag **at; /* rows × cols; NULL = nothing */
    struct above *above;
};

static bool is_cell(const struct tag *t) { return t->type == TAG_TH || t->type == TAG_TD; }
static size_t wide(const struct tag *t) { return t->colspan > 1 ? (size_t)t->colspan : 1; }
static size_t high(const struct tag *t) { return t->rowspan > 1 ? (size_t)t->rowspan : 1; }

/* The row behind `row` (NULL: the first), in order: those of groups and the table's own. */
static const struct tag *next_row(const struct tag *table, const struct tag *row)
{
    const struct tag *c = !row ? table->first : row->next;
    if (row && !c && row->parent != table) c = row->parent->next;
    for (; c; c = c->next) {
        if (c->type == TAG_TR) return c;
        if ((c->type == TAG_THEAD || c->type == TAG_TBODY || c->type == TAG_TFOOT) && c->first) {
            for (const struct tag *r = c->first; r; r = r->next)
                if (r->type == TAG_TR) return r;
        }
        if (!c->next && c->parent != table) c = c->parent;
    }
    return NULL;
}

/* Whether a header spans; *cols: cells of the widest row, a guess from below that fill() corrects. */
static bool spanning(const struct tag *table, size_t *rows, size_t *cols)
{
    bool any = false;
    *rows = *cols = 0;
    size_t hanging = 0;
    for (const struct tag *r = next_row(table, NULL); r; r = next_row(table, r), ++*rows) {
        size_t n = 0;
        for (const struct tag *c = r->first; c; c = c->next) {
            if (!is_cell(c)) continue;
            n += wide(c);
            if (high(c) > 1) hanging += wide(c);
            any |= c->type == TAG_TH && (wide(c) > 1 || high(c) > 1);
        }
        *cols = n > *cols ? n : *cols;
        if (*cols > MOST_COLUMNS || *rows > MOST_SLOTS) return false;
    }
    *cols += hanging < 64 ? hanging : 64; /* cells that hang into a row from above */
    return any && *cols <= MOST_COLUMNS && *rows * *cols <= MOST_SLOTS;
}

static void fill(struct slots *s, const struct tag *table)
{
    size_t y = 0;
    s->at = ARENA_ARRAY(s->a, struct tag *, s->rows * s->cols);
    for (const struct tag *r = next_row(table, NULL); r; r = next_row(table, r), y++) {
        size_t x = 0;
        for (struct tag *c = r->first; c; c = c->next) {
            if (!is_cell(c)) continue;
            while (x < s->cols && s->at[y * s->cols + x]) x++;
            for (size_t dy = 0; dy < high(c) && y + dy < s->rows; dy++)
                for (size_t dx = 0; dx < wide(c) && x + dx < s->cols; dx++) {
                    struct tag **slot = &s->at[(y + dy) * s->cols + x + dx];
                    if (!*slot) *slot = c;
                }
            x += wide(c);
        }
    }
}

typedef VEC(struct tag *) tag_list;

static void add(struct slots *s, tag_list *list, struct tag *t)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i] == t) return;
    *vec_push(s->a, list) = t;
}

/* Headers of the row, from the cell at (x, y) back to its start; the most general first. */
static void before(struct slots *s, tag_list *list, size_t x, size_t y)
{
    tag_list found = {0};
    size_t opaque = 0; /* of these, how many data stands in front of */
    while (x-- > 0) {
        struct tag *t = s->at[y * s->cols + x];
        if (!t || (found.n && t == found.v[found.n - 1])) continue;
        bool hidden = false;
        if (t->type == TAG_TD) opaque = found.n;
        for (size_t i = 0; i < opaque; i++) hidden |= high(found.v[i]) == high(t);
        if (t->type == TAG_TH && (t->scope == SCOPE_ROW || t->scope == SCOPE_BOTH) && !hidden) *vec_push(s->a, &found) = t;
    }
    for (size_t i = found.n; i-- > 0;) add(s, list, found.v[i]);
}

/* The cell becomes part of what stands above the rows that follow. */
static void pass(struct above *k, struct tag *t)
{
    if (t->type == TAG_TD) k->data = true;
    if (t->type == TAG_TD || (t->scope != SCOPE_COLUMN && t->scope != SCOPE_BOTH) || (k->n && k->list[0].t == t)) return;
    struct above old = *k;
    bool passed = false, gap = old.data;
    k->list[0].t = t, k->list[0].gap = false, k->n = 1, k->data = false;
    for (size_t i = 0; i < old.n && k->n < MOST_HEADERS; i++) {
        gap |= i && old.list[i].gap;
        passed |= gap;
        if (passed && wide(old.list[i].t) == wide(t)) continue;
        k->list[k->n].t = old.list[i].t, k->list[k->n++].gap = gap;
        gap = false;
    }
}

static void name_headers(struct layout *l, struct slots *s, struct tag *cell, size_t x, size_t y)
{
    tag_list list = {0};
    struct buf b = {0};
    for (size_t dx = 0; dx < wide(cell) && x + dx < s->cols; dx++)
        for (size_t i = s->above[x + dx].n; i-- > 0;)
            if (s->above[x + dx].list[i].t != cell) add(s, &list, s->above[x + dx].list[i].t);
    if (cell->type == TAG_TD)
        for (size_t dy = 0; dy < high(cell) && y + dy < s->rows; dy++) before(s, &list, x, y + dy);
    for (size_t i = 0; i < list.n && i < MOST_HEADERS; i++) {
        struct tag *t = list.v[i];
        if (!t->id.n) t->id = str_printf(l->a, "th.%u", t->index);
        buf_printf(&b, "%s%.*s", i ? " " : "", STR_ARG(t->id));
    }
    cell->headers = buf_copy(l->a, &b);
    buf_close(&b);
}

void tags_headers(struct layout *l, struct tag *table)
{
    struct arena tmp = {0};
    struct slots s = {.a = &tmp};
    if (spanning(table, &s.rows, &s.cols)) {
        fill(&s, table);
        s.above = ARENA_ARRAY(&tmp, struct above, s.cols);
        for (size_t y = 0; y < s.rows; y++) {
            struct tag **row = &s.at[y * s.cols];
            for (size_t x = 0; x < s.cols; x++) {
                struct tag *c = row[x];
                bool begins = c && (!x || row[x - 1] != c) && (!y || s.at[(y - 1) * s.cols + x] != c);
                if (begins && !c->headers.n && (c->type == TAG_TD || c->scope == SCOPE_COLUMN)) name_headers(l, &s, c, x, y);
            }
            for (size_t x = 0; x < s.cols; x++)
                if (row[x]) pass(&s.above[x], row[x]);
        }
    }
    arena_close(&tmp);
}
