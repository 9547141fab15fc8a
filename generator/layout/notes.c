/* notes.c: footnotes (GCPM 3, chapter 2) in the areas at the foot of pages, or of columns where float-reference asks for it (CSS Page Floats 3,
 * chapter 2): which of them are called in a part of a strip, and how many have room. */
#include "layout/internal.h"

static size_t lines_of(const struct strip *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->v.n; i++) n += s->v.v[i].kind == PIECE_LINE;
    return n;
}

bool note_splits(const struct note *n) { return n->body->style->footnote_policy == NOTE_SPLITS && lines_of(n->strip) >= 4; }
fixed note_least(const struct note *n) { return n->h * 2 / fixed_max((fixed)lines_of(n->strip), 1) + FIXED_ONE; }

/* --- which notes there are --- */
void strip_notes(const struct strip *s, fixed h[2])
{
    for (size_t i = 0; i < s->v.n; i++) {
        const struct piece *p = &s->v.v[i];
        const fixed *in = p->kind == PIECE_BAND ? p->u.band->note_h : p->kind == PIECE_FLOAT ? p->u.floated->note_h : NULL;
        if (p->kind == PIECE_LINE)
            for (size_t k = 0; k < p->u.line->n_notes; k++) h[p->u.line->notes[k]->column] += p->u.line->notes[k]->h;
        else if (p->kind == PIECE_COLUMNS) h[0] += p->u.columns->note_h[0];
        else if (in) h[0] += in[0], h[1] += in[1];
    }
}

/* Of the float of piece i, which begins (stands, where it came from the fragment before) between the cuts. */
static void notes_of_float(struct layout *l, const struct strip *s, size_t i, struct cut from, const struct cut *to, bool column,
                           struct carried_notes *out)
{
    const struct floated *fl = s->v.v[i].u.floated;
    const struct float_rest *r = rest_of(to, i);
    if (fl->note_h[column]) notes_between(l, fl->strip, from, r ? r->at : (struct cut){.i = fl->strip->v.n}, column, out);
}

void notes_between(struct layout *l, const struct strip *s, struct cut from, struct cut to, bool column, struct carried_notes *out)
{
    for (size_t k = 0; k < from.n_rest; k++) notes_of_float(l, s, from.rest[k].i, from.rest[k].at, &to, column, out);
    for (size_t i = from.i; i < s->v.n && (i < to.i || (i == to.i && to.sub)); i++) {
        const struct piece *p = &s->v.v[i];
        const struct cut *begin = i == from.i ? &from : NULL, *end = i == to.i && to.sub ? &to : NULL, none = {0};
        if (p->kind == PIECE_LINE) {
            for (size_t k = 0; k < p->u.line->n_notes; k++)
                if (p->u.line->notes[k]->column == column) *vec_push(&l->work, &out->list) = (struct carried){p->u.line->notes[k], {0}};
        } else if (p->kind == PIECE_FLOAT) notes_of_float(l, s, i, none, &to, column, out);
        else if (p->kind == PIECE_COLUMNS && !column && p->u.columns->note_h[0])
            notes_between(l, p->u.columns->strip, cell_cut(begin, 0), end ? cell_cut(end, 0) : (struct cut){.i = p->u.columns->strip->v.n}, column,
                          out);
        for (size_t k = 0; p->kind == PIECE_BAND && p->u.band->note_h[column] && k < p->u.band->n; k++) {
            const struct strip *cell = p->u.band->cells[k].strip;
            notes_between(l, cell, cell_cut(begin, k), end ? cell_cut(end, k) : (struct cut){.i = cell->v.n}, column, out);
        }
    }
}

/* --- how many have room --- */
static struct edges area_edges(const struct layout *l, fixed width) { return edges_of(l->page_style->footnote, width); }

fixed notes_lead(const struct layout *l, fixed width)
{
    struct edges e = area_edges(l, width);
    return e.margin[TOP] + e.margin[BOTTOM] + edges_v(&e);
}

fixed notes_kept(struct layout *l, const struct carried_notes *list, fixed lead, fixed room, bool alone)
{
    fixed h = 0;
    if (!list || !list->list.n) return 0;
    for (size_t i = 0; i < list->list.n && h <= room; i++) {
        struct split q = {.l = l, .avail = FIXED_MAX / 4};
        strip_split(&q, list->list.v[i].note->strip, list->list.v[i].from);
        h += q.used;
    }
    return fixed_min(lead + h, alone ? room : room * 3 / 4);
}

struct note_plan notes_plan(struct layout *l, const struct carried_notes *list, fixed width, fixed room, bool force)
{
    struct note_plan p = {.list = list, .lead = notes_lead(l, width)};
    VEC(struct cut) to = {0};
    fixed h = 0;
    for (; p.n < list->list.n; p.n++) {
        const struct carried *k = &list->list.v[p.n];
        struct split q = {.l = l, .avail = room - p.lead - h, .force = force && !p.n};
        if (q.avail <= 0 && !q.force) break;
        struct cut end = strip_split(&q, k->note->strip, k->from);
        if (!cut_ahead(k->note->strip, end, k->from)) {
            if (!q.force) break;
            end = (struct cut){.i = k->from.i + 1};
        }
        *vec_push(&l->work, &to) = end;
        h += q.used;
        if (!strip_done(k->note->strip, end)) {
            p.n++;
            break;
        }
    }
    p.to = to.v;
    p.h = p.n ? p.lead + h : 0;
    return p;
}

void notes_place(struct canvas *c, const struct note_plan *plan, fixed x, fixed y, fixed width)
{
    struct edges e = area_edges(c->l, width);
    x += e.margin[LEFT], y += e.margin[TOP];
    struct deco area = {x, y, width - e.margin[LEFT] - e.margin[RIGHT], plan->h - plan->lead + edges_v(&e), true, true, true, true};
    deco_paint(c->l, c->l->page_style->footnote, area, (struct place){0}, c->a, &c->items);
    x += e.border[LEFT] + e.padding[LEFT], y += e.border[TOP] + e.padding[TOP];
    for (size_t i = 0; i < plan->n; i++) y += strip_place(c, plan->list->list.v[i].note->strip, plan->list->list.v[i].from, plan->to[i], x, y);
}

void notes_left(struct layout *l, const struct note_plan *plan, struct carried_notes *left)
{
    const struct carried *v = plan->list->list.v;
    size_t n = plan->list->list.n;
    struct carried_notes out = {0};
    if (plan->n && !strip_done(v[plan->n - 1].note->strip, plan->to[plan->n - 1]))
        *vec_push(&l->work, &out.list) = (struct carried){v[plan->n - 1].note, plan->to[plan->n - 1]};
    for (size_t i = plan->n; i < n; i++) *vec_push(&l->work, &out.list) = v[i];
    *left = out;
}

bool carried_ahead(const struct carried_notes *a, const struct carried_notes *b)
{
    const struct carried *x = a && a->list.n ? a->list.v : NULL, *y = b->list.v;
    return !x || x->note != y->note || cut_ahead(y->note->strip, x->from, y->from);
}
