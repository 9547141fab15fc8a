/* columns.c: strips set in columns (Multicol 1), balanced or filled one after the other. A footnote stands at the foot of the page, where the columns
 * leave it room, or, with float-reference: column, at the foot of the column that calls it; there it may go on in the next. */
#include "layout/internal.h"

/* What stands in one column. */
struct column {
    struct cut to;
    struct note_plan notes; /* at its foot */
    bool text;              /* above them */
    fixed used;             /* its height */
};

static fixed column_used(const struct column *k) { return k->used + k->notes.h; }

/* Adds the notes of the column: those that go on, and those that are called in it. */
static void column_notes(struct layout *l, const struct columns *c, struct cut from, struct column *k, fixed room, bool force)
{
    struct carried_notes *list = ARENA_NEW(&l->work, struct carried_notes), *left = ARENA_NEW(&l->work, struct carried_notes);
    for (size_t i = 0; from.carried && i < from.carried->list.n; i++) *vec_push(&l->work, &list->list) = from.carried->list.v[i];
    if (k->text) notes_between(l, c->strip, from, k->to, true, list);
    k->to.carried = NULL;
    if (!list->list.n) return;
    for (size_t i = 0; i < list->list.n; i++) list->list.v[i].note->listed = true;
    k->notes = notes_plan(l, list, c->width, room, force);
    notes_left(l, &k->notes, left);
    for (size_t i = 0; i < k->notes.n; i++) /* notes of notes */
        notes_between(l, list->list.v[i].note->strip, list->list.v[i].from, k->notes.to[i], true, left);
    if (left->list.n) k->to.carried = left;
}

/* Fills a column of height h. force: something must stand in it, however low it is. */
static struct column column_fill(struct layout *l, const struct columns *c, struct cut from, fixed h, bool force)
{
    struct column k = {0};
    struct foot foot = {.column = true};
    struct split q = {.l = l, .avail = h, .force = force};
    if (c->note_h[1]) {
        foot.lead = notes_lead(l, c->width);
        foot.used = notes_kept(l, from.carried, foot.lead, h, strip_done(c->strip, (struct cut){.i = from.i}));
        q.foot = &foot;
    }
    struct cut text = from;
    text.carried = NULL;
    k.to = strip_split(&q, c->strip, text);
    k.text = cut_ahead(c->strip, k.to, text);
    k.used = k.text ? q.used : 0;
    if (c->note_h[1]) column_notes(l, c, from, &k, h - k.used, force && !k.used);
    return k;
}

/* All that is left, in one column. */
static struct column column_whole(struct layout *l, const struct columns *c, struct cut from)
{
    struct column k = {.to = {.i = c->strip->v.n}, .text = true, .used = rest_height(c->strip, from)};
    if (c->note_h[1]) column_notes(l, c, from, &k, FIXED_MAX / 4, true);
    return k;
}

/* How far columns of height h reach. */
static struct cut columns_fit(struct layout *l, const struct columns *c, struct cut from, fixed h, bool force)
{
    for (int i = 0; i < c->n && !strip_done(c->strip, from); i++) {
        struct cut next = column_fill(l, c, from, h, force && !i).to;
        if (!cut_ahead(c->strip, next, from)) break;
        from = next;
    }
    return from;
}

fixed columns_rest(struct layout *l, const struct columns *c, struct cut from)
{
    struct column all = column_whole(l, c, from);
    fixed high = column_used(&all) + FIXED_ONE, low = high / c->n;
    if (!c->balance) return high;
    for (int i = 0; i < 20 && high - low > FIXED_ONE / 4; i++) {
        fixed mid = low + (high - low) / 2;
        if (strip_done(c->strip, columns_fit(l, c, from, mid, false))) high = mid;
        else low = mid;
    }
    return high;
}

/* --- footnotes for the page --- */
/* Room that those called between the cuts take beside what the page has already; splits: the last of them may go on on the next page. */
static fixed page_notes(struct layout *l, const struct columns *c, struct cut from, struct cut to, const struct foot *foot, bool splits)
{
    struct carried_notes list = {0};
    fixed h = 0;
    if (!foot || foot->column || !c->note_h[0]) return 0;
    notes_between(l, c->strip, from, to, false, &list);
    for (size_t i = 0; i < list.list.n; i++) {
        const struct note *n = list.list.v[i].note;
        h += splits && i + 1 == list.list.n && note_splits(n) ? fixed_min(note_least(n), n->h) : n->h;
    }
    return list.list.n && !foot->used ? h + foot->lead : h;
}

bool columns_too_long(struct layout *l, const struct columns *c, const struct cut *at, fixed room, const struct foot *foot, fixed *notes)
{
    struct cut from = cell_cut(at, 0), end = {.i = c->strip->v.n};
    if (c->balance && !strip_done(c->strip, columns_fit(l, c, from, room, false))) return true;
    fixed all = page_notes(l, c, from, end, foot, false);
    if (!all) return false;
    *notes = foot->used ? all : all - foot->lead;
    return c->balance && !strip_done(c->strip, columns_fit(l, c, from, room - all, false));
}

/* The greatest height at which the columns and the notes that they bring along fit into `room`. */
static struct cut fit_above_notes(struct layout *l, const struct columns *c, struct cut from, fixed room, const struct foot *foot, bool splits,
                                  fixed *h)
{
    fixed low = 0, high = room;
    struct cut best = from;
    for (int i = 0; i < 20 && high - low > FIXED_ONE / 4; i++) {
        fixed mid = low + (high - low) / 2;
        struct cut to = columns_fit(l, c, from, mid, false);
        if (mid + page_notes(l, c, from, to, foot, splits) <= room) low = mid, best = to;
        else high = mid;
    }
    *h = low;
    return best;
}

bool columns_split(struct layout *l, const struct columns *c, const struct cut *at, fixed room, bool force, struct foot *foot, struct cut *to)
{
    struct cut from = cell_cut(at, 0), end = columns_fit(l, c, from, room, false);
    fixed h = room;
    bool forced = false;
    if (page_notes(l, c, from, end, foot, false)) {
        end = fit_above_notes(l, c, from, room, foot, false, &h);
        if (!cut_ahead(c->strip, end, from) || room - h - page_notes(l, c, from, end, foot, false) > room / 3)
            end = fit_above_notes(l, c, from, room, foot, true, &h);
    }
    if (!cut_ahead(c->strip, end, from)) { /* the least that can stand here; its notes go where room is left */
        if (!force) return false;
        struct column k = column_fill(l, c, from, FIXED_ONE, true);
        h = fixed_max(column_used(&k), page_notes(l, c, from, k.to, foot, false) ? FIXED_ONE : room);
        end = columns_fit(l, c, from, h, forced = true);
        if (!cut_ahead(c->strip, end, from)) return false;
    }
    fixed notes = page_notes(l, c, from, end, foot, false);
    if (notes) foot->used = fixed_min(foot->used + notes, fixed_max(foot->used + room - h, foot->used));
    *to = (struct cut){.sub = cut_one(&l->work, end), .done = h, .forced = forced};
    return true;
}

/* --- painting --- */
/* Takes the notes for columns that were called since `first` off the canvas: they are placed by their column. What is called where cuts do not lead,
 * in a repeated foot or an absolute box, goes to the foot of the page. */
static void take_notes(struct canvas *c, size_t first)
{
    size_t n = first;
    for (size_t i = first; i < c->notes.n; i++)
        if (!c->notes.v[i]->listed) c->notes.v[n++] = c->notes.v[i];
    c->notes.n = n;
}

static fixed column_place(struct canvas *c, const struct columns *k, struct cut from, const struct column *col, fixed h, fixed x, fixed y)
{
    size_t first = c->notes.n;
    fixed text = col->text ? strip_place(c, k->strip, from, col->to, x, y) : 0, low = fixed_max(h - col->notes.h, text);
    if (!k->note_h[1]) return text;
    if (col->notes.n) notes_place(c, &col->notes, x, y + low, k->width);
    take_notes(c, first);
    return col->notes.n ? low + col->notes.h : text;
}

fixed place_columns(struct canvas *c, const struct columns *k, struct cut from, const struct cut *to, fixed x, fixed y)
{
    struct layout *l = c->l;
    const struct style *s = k->box->style;
    if (to && !cut_ahead(k->strip, cell_cut(to, 0), from)) return 0; /* nothing of it stands here: notes or other cells alone went on */
    fixed h = to ? to->done : columns_rest(l, k, from), lowest = 0;
    int used = 0;
    for (int i = 0; i < k->n && !strip_done(k->strip, from); i++) { /* nothing may be left where this is the end of it */
        struct column col = i + 1 == k->n && !to ? column_whole(l, k, from) : column_fill(l, k, from, h, !to || (to->forced && !i));
        if (!cut_ahead(k->strip, col.to, from)) break;
        int column = s->rtl ? k->n - 1 - i : i;
        lowest = fixed_max(lowest, column_place(c, k, from, &col, h, x + (k->width + k->gap) * column, y));
        from = col.to;
        used++;
    }
    if (s->column_rule_style > BORDER_HIDDEN && s->column_rule_width)
        for (int i = 1; i < used; i++) {
            struct edge e = {(k->width + k->gap) * i - k->gap / 2 - s->column_rule_width / 2,
                             0,
                             s->column_rule_width,
                             fixed_min(lowest, h),
                             false,
                             s->column_rule_style,
                             s->column_rule_color};
            deco_edge(l, &e, x, y, c->a, &c->items);
        }
    return h;
}
