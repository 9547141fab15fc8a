/* place.c: painting strips from one cut to the other, and the canvas that takes what they paint (strip.h). */
#include "layout/fragment.h"

struct item *canvas_add(struct canvas *c, enum item_kind kind, struct box *owner)
{
    struct item *it = vec_push(c->a, &c->items);
    *it = (struct item){.kind = (uint8_t)kind, .order = owner ? owner->order : 0, .at = owner ? box_place(owner) : (struct place){0}};
    return it;
}

struct open_group {
    const struct group *g;
    size_t slot, waiting, floats;
    struct transform_from from; /* where g transforms */
    fixed y;
    bool begins;
};
struct placing {
    struct canvas *c;
    VEC(struct open_group) open;
    VEC(struct items) floats; /* painted over what stands beside them: last in their block */
    struct floors floors;
    fixed x;
};

static fixed place_again(struct canvas *c, const struct strip *s, fixed x, fixed y, bool first)
{
    bool was = c->artifact;
    c->artifact |= !first;
    fixed h = strip_place_all(c, s, x, y);
    c->artifact = was;
    return h;
}

/* A place in front of what comes next; its items are set when they are known. */
static size_t slot_new(struct canvas *c)
{
    *vec_push(c->a, &c->slots) = (struct slot){.at = c->items.n};
    return c->slots.n - 1;
}

static void slot_fill(struct canvas *c, size_t slot, const struct items *items)
{
    c->slots.v[slot].items = items->v;
    c->slots.v[slot].n = items->n;
}

static void group_begin(struct placing *p, const struct group *g, fixed *y, bool begins)
{
    struct canvas *c = p->c;
    struct open_group *o = vec_push(c->a, &p->open);
    *o = (struct open_group){g, slot_new(c), c->waiting.n, p->floats.n, transform_from(c), *y, begins};
    if (begins || g->repeats_edges) *y += g->top;
    if (g->head) *y += place_again(c, g->head, p->x + g->x + g->box_inset, *y, begins);
}

static void note_box(struct canvas *c, const struct style *s, struct deco d)
{
    if (!c->l->o->notes || c->artifact) return;
    struct frame_box *b = vec_push(c->a, &c->noted.boxes);
    *b = (struct frame_box){.x = d.x, .y = d.y, .w = d.w, .h = d.h};
    for (int i = 0; i < 4; i++) b->margin[i] = s->margin[i].kind == LEN_FIXED ? s->margin[i].v : 0;
    if (!d.top) b->margin[TOP] = 0;
    if (!d.bottom) b->margin[BOTTOM] = 0;
}

static void floats_paint(struct placing *p, size_t first)
{
    struct canvas *c = p->c;
    for (size_t i = first; i < p->floats.n; i++)
        for (size_t k = 0; k < p->floats.v[i].n; k++) *vec_push(c->a, &c->items) = p->floats.v[i].v[k];
    p->floats.n = first;
}

static void group_end(struct placing *p, fixed *y, bool ends)
{
    struct canvas *c = p->c;
    struct layout *l = c->l;
    struct open_group o = p->open.v[--p->open.n];
    const struct group *g = o.g;
    const struct style *s = g->box->style;
    if (g->foot) *y += place_again(c, g->foot, p->x + g->x + g->box_inset, *y, ends);
    if (ends || g->repeats_edges) *y += g->bottom;
    bool top = (o.begins && !g->continued) || g->repeats_edges, bottom = (ends && !g->goes_on) || g->repeats_edges;
    struct deco d = {p->x + g->x, o.y, g->w, *y - o.y, top, bottom, true, true};
    struct items out = {0};
    bool saves = g->opacity < 255 || g->clips || g->transforms;
    if (saves) floats_paint(p, o.floats);
    if (saves) *vec_push(c->a, &out) = (struct item){.kind = ITEM_SAVE};
    if (g->transforms) transform_begin(s, d.x, d.y, d.w, d.h, c->a, &out);
    if (g->opacity < 255) {
        struct item *it = vec_push(c->a, &out);
        *it = (struct item){.kind = ITEM_ALPHA};
        it->u.alpha.alpha = g->opacity;
    }
    note_box(c, s, d);
    if (g->borderless) d.top = d.right = d.bottom = d.left = false;
    if (g->paints) deco_paint(l, s, d, box_place(g->box), c->a, &out);
    fixed b[4];
    for (int i = 0; i < 4; i++) b[i] = s->border_style[i] > BORDER_HIDDEN ? s->border_width[i] : 0;
    struct deco in = {
        d.x + b[LEFT], d.y + (top ? b[TOP] : 0), d.w - b[LEFT] - b[RIGHT], d.h - (top ? b[TOP] : 0) - (bottom ? b[BOTTOM] : 0), 0, 0, 0, 0};
    if (g->clips) *vec_push(c->a, &out) = (struct item){.kind = ITEM_CLIP, .x = in.x, .y = in.y, .w = in.w, .h = in.h};
    if (g->contains) canvas_absolute(c, o.waiting, in.x, in.y, in.w, in.h, &out);
    slot_fill(c, o.slot, &out);
    if (saves) *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_RESTORE};
    if (g->transforms) l->transformed = true, transform_marks(c, &o.from, g->box, d.x, d.y, d.w, d.h);
}

static void groups_enter(struct placing *p, const struct strip *s, uint32_t open, fixed *y)
{
    if (!open) return;
    groups_enter(p, s, s->v.v[open - 1].parent, y);
    group_begin(p, s->v.v[open - 1].u.group, y, false);
}

static void wait_for_block(struct canvas *c, struct absolute *a, fixed x, fixed y)
{
    *vec_push(c->a, &c->waiting) = (struct waiting){a, x, y, c->artifact};
}

void noted_add(struct arena *a, struct noted *to, const struct noted *from, fixed x, fixed y)
{
    for (size_t i = 0; from && i < from->lines.n; i++) {
        struct frame_line *s = vec_push(a, &to->lines);
        *s = from->lines.v[i];
        s->x += x, s->y += y;
        s->blanks = (struct frame_blank *)(void *)arena_copy(a, (const char *)s->blanks, s->n_blanks * sizeof *s->blanks);
        for (uint32_t k = 0; k < s->n_blanks; k++) s->blanks[k].x += x;
    }
    for (size_t i = 0; from && i < from->boxes.n; i++) {
        struct frame_box *b = vec_push(a, &to->boxes);
        *b = from->boxes.v[i];
        b->x += x, b->y += y;
    }
}

static void place_line(struct canvas *c, const struct line *line, fixed x, fixed y)
{
    for (size_t i = 0; i < line->n; i++) {
        if (c->artifact && (line->items[i].kind == ITEM_LINK || line->items[i].kind == ITEM_FIELD)) continue;
        struct item *it = vec_push(c->a, &c->items);
        *it = line->items[i];
        item_move(c->l->a, it, x, y);
        if (c->artifact) it->tag = NULL;
    }
    for (size_t i = 0; i < line->n_marks; i++) {
        const struct line_mark *m = &line->marks[i];
        if (m->box->absolute) wait_for_block(c, m->box->laid, x + m->x, y);
        else if (!c->artifact) *vec_push(c->a, &c->marks) = (struct page_mark){m->box, x + m->x, y};
    }
    if (c->artifact) return;
    noted_add(c->a, &c->noted, line->noted, x, y);
    c->lines += line->n > 0;
    c->words += line->words;
    for (size_t i = 0; i < line->n_notes; i++) *vec_push(c->a, &c->notes) = line->notes[i];
}

static void mark_add(struct canvas *c, struct box *b, fixed x, fixed y)
{
    if (!c->artifact && b && b->extra) *vec_push(c->a, &c->marks) = (struct page_mark){b, x, y};
}

static void place_cell(struct canvas *c, const struct band *b, size_t i, struct cut from, struct cut to, fixed x, fixed y, fixed done, fixed grow,
                       fixed height, bool ends)
{
    const struct band_cell *k = &b->cells[i];
    bool continues = k->y < done;
    fixed top = continues ? y : y + k->y - done + grow, bottom = fixed_min(y + k->y + k->h - done + grow, y + height);
    if (top >= y + height && height > 0) return;                               /* stands on a later page */
    if (b->n_rows == 1) bottom = ends && !continues ? top + k->h : y + height; /* border-spacing below a row is not the cell's */
    bool last = ends || k->y + k->h - done + grow <= height;
    if (b->n_rows > 1 && continues && bottom <= y && strip_done(k->strip, from)) return;
    bottom = fixed_max(bottom, top);
    struct deco d = {x + k->x, top, k->w, bottom - top, !continues && !k->collapsed, last && !k->collapsed, !k->collapsed, !k->collapsed};
    struct items out = {0}, below = {0};
    size_t waiting = c->waiting.n;
    bool clips = k->box && k->box->style->overflow_hidden, moves = k->box && transforms(k->box->style);
    struct transform_from begun = transform_from(c);
    if (moves) *vec_push(c->a, &out) = (struct item){.kind = ITEM_SAVE};
    if (moves) transform_begin(k->box->style, d.x, d.y, d.w, d.h, c->a, &out);
    if (k->box) note_box(c, k->box->style, d);
    if (k->box && k->paints) deco_paint(c->l, k->box->style, d, box_place(k->box), c->a, &out);
    if (clips) {
        *vec_push(c->a, &out) = (struct item){.kind = ITEM_SAVE};
        *vec_push(c->a, &out) = (struct item){.kind = ITEM_CLIP, .x = d.x, .y = d.y, .w = d.w, .h = d.h};
    }
    for (size_t n = 0; n < out.n; n++) *vec_push(c->a, &c->items) = out.v[n];
    size_t slot = slot_new(c);
    if (!continues) mark_add(c, k->box, d.x, d.y);
    fixed shift = ends && !from.i ? k->shift : 0;
    if (c->limit && top + k->top + shift + k->content > c->limit)
        shift = fixed_clamp(c->limit - top - k->top - k->content, 0, shift); /* not off the page */
    strip_place(c, k->strip, from, to, x + k->x + k->left, continues ? y : top + k->top + shift);
    if (k->box && contains_absolute(k->box->style)) canvas_absolute(c, waiting, d.x, d.y, d.w, d.h, &below);
    slot_fill(c, slot, &below);
    if (clips) *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_RESTORE};
    if (!moves) return;
    *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_RESTORE};
    c->l->transformed = true, transform_marks(c, &begun, k->box, d.x, d.y, d.w, d.h);
}

static fixed place_band(struct canvas *c, const struct band *b, const struct cut *from, const struct cut *to, fixed x, fixed y)
{
    bool ends = !to;
    fixed done = from && from->sub ? from->done : 0, grow = band_growth(b, from), rest = band_rest(b, from);
    fixed height = ends ? rest : to->done - done + grow;
    struct items out = {0};
    for (size_t r = 0; b->row_boxes && r < b->n_rows; r++) {
        fixed top = b->rows[r] - done + (b->rows[r] >= done ? grow : 0), bottom = b->rows[r + 1] - done + grow;
        top = fixed_max(top, 0);
        bottom = b->n_rows == 1 ? height : fixed_min(bottom, height);
        if (bottom <= top && b->n_rows > 1) continue;
        struct box *row = b->row_boxes[r];
        if (row && transforms(row->style)) diag_once(c->l->diag, MSG_LAYOUT_NO_TRANSFORM, box_place(row), STR("transform"), NULL);
        if (row && deco_paints(row->style))
            deco_paint(c->l, row->style, (struct deco){x + b->x, y + top, b->w, bottom - top, b->rows[r] >= done, true, true, true}, box_place(row),
                       c->a, &out);
        if (row && b->rows[r] >= done) mark_add(c, row, x, y + top);
    }
    for (size_t i = 0; i < out.n; i++) *vec_push(c->a, &c->items) = out.v[i];
    for (size_t i = 0; i < b->n; i++)
        place_cell(c, b, i, cell_cut(from, i), ends ? (struct cut){.i = b->cells[i].strip->v.n} : cell_cut(to, i), x, y, done, grow, height, ends);
    out.n = 0;
    for (size_t i = 0; i < b->n_edges; i++) { /* collapsed borders, cut to the part that is here */
        struct edge e = b->edges[i];
        fixed top = e.y - done, bottom = e.y + e.h - done + (b->n_rows == 1 ? 0 : grow);
        if (b->n_rows == 1 && e.y + e.h >= b->rows[1])
            bottom = e.horizontal ? bottom - b->rows[1] + done + height : height, top = e.horizontal ? bottom - e.h : top;
        if (bottom <= 0 || top >= height + e.h) continue;
        if (!e.horizontal) top = fixed_max(top, 0), bottom = fixed_min(bottom, height);
        e.y = top;
        e.h = bottom - top;
        deco_edge(c->l, &e, x, y, c->a, &out);
    }
    for (size_t i = 0; i < out.n; i++) *vec_push(c->a, &c->items) = out.v[i];
    return height;
}

static size_t flatten(const struct canvas *c, struct arena *a, struct item **all);

/* The float of a piece from one cut to the other, at the height y. Its items are kept apart. */
static void place_float(struct placing *p, const struct floated *fl, struct cut from, struct cut to, fixed y, fixed y0)
{
    struct canvas *c = p->c;
    if (to.i == from.i && !to.sub && !from.sub && !to.n_rest && !from.n_rest && from.i < fl->strip->v.n) return; /* stands in another fragment */
    struct canvas outer = *c;
    memset(&c->items, 0, sizeof c->items);
    memset(&c->slots, 0, sizeof c->slots);
    fixed h = strip_place(c, fl->strip, from, to, p->x + fl->x, y);
    struct items *own = vec_push(c->a, &p->floats);
    own->n = flatten(c, c->a, &own->v);
    c->items = outer.items, c->slots = outer.slots;
    floor_add(&p->floors, fl, y + h - y0);
}

fixed strip_place(struct canvas *c, const struct strip *s, struct cut from, struct cut to, fixed x, fixed y0)
{
    struct placing p = {.c = c, .floors = {{NO_FLOOR, NO_FLOOR}}, .x = x};
    fixed y = y0;
    bool start = from.i == 0 && !from.sub, solid = from.n_rest > 0;
    if (!start && from.i < s->v.n) groups_enter(&p, s, s->v.v[from.i].parent, &y);
    fixed top = y;
    for (size_t k = 0; k < from.n_rest; k++) {
        const struct floated *fl = s->v.v[from.rest[k].i].u.floated;
        const struct float_rest *r = rest_of(&to, from.rest[k].i);
        place_float(&p, fl, from.rest[k].at, r ? r->at : (struct cut){.i = fl->strip->v.n}, top + from.rest[k].dy, y0);
    }
    for (size_t i = from.i; i < s->v.n && (i < to.i || (i == to.i && to.sub)); i++) {
        const struct piece *k = &s->v.v[i];
        const struct cut *begin = i == from.i && from.sub ? &from : NULL, *end = i == to.i && to.sub ? &to : NULL;
        if (s->floats) y = fixed_max(y, y0 + floor_of(&p.floors, clears(k, &from.lift)));
        fixed at = y + k->dy;
        switch ((enum piece_kind)k->kind) {
        case PIECE_LINE:
            place_line(c, k->u.line, x + k->x, at);
            y += k->h;
            solid = true;
            break;
        case PIECE_SPACE:
            if (!k->clear && (solid || start || k->fill))
                y += k->fill && c->limit > y0 && y + k->h > c->limit ? fixed_max(c->limit - y, 0) : space_height(k, y - y0);
            break;
        case PIECE_OPEN: group_begin(&p, k->u.group, &y, true); break;
        case PIECE_CLOSE:
            if (p.open.n) group_end(&p, &y, true);
            break;
        case PIECE_MARK: mark_add(c, k->u.mark, x + k->x, at); break;
        case PIECE_ABSOLUTE: wait_for_block(c, k->u.absolute, x + k->x, at); break;
        case PIECE_FLOAT: {
            const struct float_rest *r = rest_of(&to, i);
            place_float(&p, k->u.floated, (struct cut){0}, r ? r->at : (struct cut){.i = k->u.floated->strip->v.n},
                        at + fixed_max(k->u.floated->dy - from.lift, 0), y0);
            solid |= k->u.floated->h > 0 && (!r || r->at.i || r->at.sub);
            break;
        }
        case PIECE_BAND:
            y += place_band(c, k->u.band, begin, end, x + k->x, at);
            solid = true;
            break;
        case PIECE_COLUMNS:
            y += place_columns(c, k->u.columns, cell_cut(begin, 0), end, x + k->x, at);
            solid = true;
            break;
        case PIECE_BREAK: break;
        }
    }
    if (s->floats && to.n_rest) y = fixed_max(y, y0 + lowest(&p.floors));
    while (p.open.n) group_end(&p, &y, false);
    if (!s->floats) return y - y0;
    floats_paint(&p, 0);
    return fixed_max(y - y0, lowest(&p.floors));
}

fixed strip_place_all(struct canvas *c, const struct strip *s, fixed x, fixed y)
{
    return strip_place(c, s, (struct cut){0}, (struct cut){.i = s->v.n}, x, y);
}

static void place_absolute(struct canvas *c, const struct waiting *k, fixed x, fixed y, fixed w, fixed h)
{
    struct absolute *a = k->absolute;
    const struct style *s = a->box->style;
    fixed left = s->inset[LEFT].kind != LEN_AUTO    ? x + len_resolve(s->inset[LEFT], w, 0)
                 : s->inset[RIGHT].kind != LEN_AUTO ? x + w - len_resolve(s->inset[RIGHT], w, 0) - a->w
                                                    : k->x;
    fixed top = s->inset[TOP].kind != LEN_AUTO      ? y + len_resolve(s->inset[TOP], h, 0)
                : s->inset[BOTTOM].kind != LEN_AUTO ? y + h - len_resolve(s->inset[BOTTOM], h, 0) - a->h
                                                    : k->static_y;
    fixed limit = c->limit;
    size_t first = c->waiting.n, slot = slot_new(c);
    struct items below = {0};
    bool artifact = c->artifact;
    c->limit = 0;
    c->artifact |= k->artifact;
    strip_place_all(c, a->strip, left, top);
    canvas_absolute(c, first, left, top, a->w, a->h, &below); /* those in it that no group of its strip has taken */
    slot_fill(c, slot, &below);
    c->limit = limit;
    c->artifact = artifact;
}

/* The canvas's items with the backgrounds in their places; returns how many. */
static size_t flatten(const struct canvas *c, struct arena *a, struct item **all)
{
    size_t total = c->items.n, out = 0, k = 0;
    for (size_t i = 0; i < c->slots.n; i++) total += c->slots.v[i].n;
    *all = ARENA_ARRAY(a, struct item, total);
    for (size_t i = 0; i <= c->items.n; i++) {
        for (; k < c->slots.n && c->slots.v[k].at == i; k++)
            for (size_t j = 0; j < c->slots.v[k].n; j++) (*all)[out++] = c->slots.v[k].items[j];
        if (i < c->items.n) (*all)[out++] = c->items.v[i];
    }
    return out;
}

/* The first n of canvas_absolute's list, those that lie below. Not inlined: its canvas would stand on the stack at every level of nested boxes. */
__attribute__((noinline)) static void place_below(struct canvas *c, const struct waiting *list, size_t n, fixed x, fixed y, fixed w, fixed h,
                                                  struct items *below)
{
    struct canvas apart = *c;
    struct item *own;
    memset(&apart.items, 0, sizeof apart.items);
    memset(&apart.slots, 0, sizeof apart.slots);
    for (size_t i = 0; i < n; i++) place_absolute(&apart, &list[i], x, y, w, h);
    size_t n_own = flatten(&apart, c->a, &own);
    apart.items = c->items, apart.slots = c->slots;
    *c = apart; /* marks, notes and what waits have been added */
    for (size_t i = 0; below && i < n_own; i++) *vec_push(c->a, below) = own[i];
    if (below) return;
    vec_push(c->a, &c->slots);
    memmove(c->slots.v + 1, c->slots.v, (c->slots.n - 1) * sizeof *c->slots.v);
    c->slots.v[0] = (struct slot){.at = 0, .items = own, .n = n_own};
}

void canvas_absolute(struct canvas *c, size_t first, fixed x, fixed y, fixed w, fixed h, struct items *below)
{
    size_t n = c->waiting.n - (first < c->waiting.n ? first : c->waiting.n);
    if (!n) return;
    struct waiting *list = ARENA_ARRAY(c->a, struct waiting, n);
    for (size_t i = 0; i < n; i++) { /* a stable order */
        size_t k = i;
        struct waiting one = c->waiting.v[first + i];
        for (; k && list[k - 1].absolute->box->style->z_index > one.absolute->box->style->z_index; k--) list[k] = list[k - 1];
        list[k] = one;
    }
    c->waiting.n = first;
    size_t under = 0;
    while (under < n && list[under].absolute->box->style->z_index < 0) under++;
    if (under) place_below(c, list, under, x, y, w, h, below);
    for (size_t i = under; i < n; i++) place_absolute(c, &list[i], x, y, w, h);
}

struct item *canvas_items(struct canvas *c, struct arena *a, size_t *n)
{
    struct item *all;
    *n = flatten(c, a, &all);
    c->items.n = c->slots.n = c->marks.n = c->notes.n = c->waiting.n = c->noted.lines.n = c->noted.boxes.n = 0;
    return all;
}
