/* floats.c: boxes at the left and right (CSS 2.2, 9.5), while a strip is made.
 *
 * The floats of a block formatting context are noted as rectangles in the strip, in the order in which they came; their tops never rise (9.5.1, rule
 * 5), so whatever is asked about a height ends at the first float that begins below it. Two lists: `all` for what stands beside floats, from which
 * goes what lies above the present place, and `row` for where the next float may stand, from which goes what lies above the last one's top. Each is
 * cleaned when half of it may have gone, so that many floats cost as much each as few.
 * Heights are those of the endless strip. What a page break changes is left to split.c (struct piece, clear). */
#include "layout/internal.h"

struct side_box {
    fixed x0, x1, top, bottom;
    bool right;
};
struct side_list {
    VEC(struct side_box) v;
    size_t next_clean;
};
struct floats {
    struct side_list all, row;
    fixed last_top;
};

static void clean(struct side_list *s, fixed y) /* of what ends above y */
{
    size_t n = 0;
    if (s->v.n < s->next_clean) return;
    for (size_t i = 0; i < s->v.n; i++)
        if (s->v.v[i].bottom > y) s->v.v[n++] = s->v.v[i];
    s->v.n = n;
    s->next_clean = 2 * n + 16;
}

/* Narrows *x0 … *x1 to what the floats leave free from y to y + h; returns the least bottom of those floats, FIXED_MAX where there are none. */
static fixed room_in(const struct side_list *s, fixed y, fixed h, fixed *x0, fixed *x1)
{
    fixed next = FIXED_MAX, low = y + fixed_max(h, 1);
    for (size_t i = 0; i < s->v.n && s->v.v[i].top < low; i++) {
        const struct side_box *b = &s->v.v[i];
        if (b->bottom <= y) continue;
        if (b->right) *x1 = fixed_min(*x1, b->x0);
        else *x0 = fixed_max(*x0, b->x1);
        next = fixed_min(next, b->bottom);
    }
    return next;
}

fixed floats_room(const struct flow *f, fixed y, fixed h, fixed *x0, fixed *x1)
{
    *x0 = f->x, *x1 = f->x + f->width;
    return f->floats ? room_in(&f->floats->all, y, h, x0, x1) : FIXED_MAX;
}

fixed floats_bottom(const struct flow *f, uint8_t sides)
{
    fixed low = 0;
    for (size_t i = 0; sides && f->floats && i < f->floats->all.v.n; i++) {
        const struct side_box *b = &f->floats->all.v.v[i];
        if (sides & (b->right ? CLEAR_RIGHT : CLEAR_LEFT)) low = fixed_max(low, b->bottom);
    }
    return low;
}

uint8_t floats_none(const struct flow *f, fixed y)
{
    uint8_t none = CLEAR_BOTH;
    if (!f->floats) return none;
    clean(&f->floats->all, f->y);
    for (size_t i = 0; none && i < f->floats->all.v.n; i++) {
        const struct side_box *b = &f->floats->all.v.v[i];
        if (b->bottom > y) none &= (uint8_t) ~(b->right ? CLEAR_RIGHT : CLEAR_LEFT);
    }
    return none;
}

void floats_end(struct flow *f)
{
    fixed low = floats_bottom(f, CLEAR_BOTH);
    if (!f->floats) return;
    struct piece *p = flow_add(f, PIECE_SPACE, fixed_max(low - f->y, 0));
    p->clear = CLEAR_BOTH;
    f->floats = NULL;
}

/* --- one float --- */
/* The width of its border box with margins (10.3.5, 10.3.6), in a container `room` wide. */
static fixed float_width(struct layout *l, struct box *b, const struct edges *e, fixed room, fixed height, fixed *w, fixed *h)
{
    const struct style *s = b->style;
    fixed sides = e->margin[LEFT] + e->margin[RIGHT] + edges_h(e), cut = s->box_sizing_border ? edges_h(e) : 0;
    *w = *h = 0;
    if (b->kind == BOX_IMAGE) picture_size(l, b, room, height, w, h);
    else if (b->kind == BOX_FIELD) control_size(l, b, room, w, h);
    else if (len_definite(s->width)) {
        fixed given = len_resolve(s->width, room, 0);
        if (b->kind == BOX_TABLE) return fixed_max(fixed_max(given, table_measure(l, b).min) + e->margin[LEFT] + e->margin[RIGHT], 0);
        *w = fixed_max(given - cut, 0);
    } else {
        struct extent x = measure_box(l, b);
        fixed min = x.min - sides, max = x.max - sides;
        if (b->kind == BOX_TABLE) sides -= edges_h(e), min += edges_h(e), max += edges_h(e);
        *w = s->width.kind == LEN_MIN_CONTENT ? min : s->width.kind == LEN_MAX_CONTENT ? max : fixed_min(fixed_max(min, room - sides), max);
    }
    if (b->kind != BOX_IMAGE && b->kind != BOX_FIELD) *w = width_clamp(s, *w, room, cut);
    return fixed_max(*w + sides, 0);
}

struct floated *float_new(struct flow *f, struct box *b)
{
    struct layout *l = f->l;
    struct floated *fl = ARENA_NEW(&l->work, struct floated);
    struct edges e = edges_of(b->style, f->width);
    fixed w, h;
    uint8_t side = b->floating;
    *fl = (struct floated){.box = b, .room = f->width, .right = side == FLOAT_RIGHT};
    fl->w = float_width(l, b, &e, f->width, f->height, &w, &h);
    struct flow inner = flow_new(l, fl->w, f->height);
    b->floating = 0;
    if (b->kind == BOX_IMAGE || b->kind == BOX_FIELD) {
        if (b->extra) flow_add(&inner, PIECE_MARK, 0)->u.mark = b;
        flow_add(&inner, PIECE_LINE, fixed_max(h + edges_v(&e) + e.margin[TOP] + e.margin[BOTTOM], 0))->u.line = object_line(l, b, &e, w, h);
    } else {
        inner.filled = b->kind != BOX_TABLE;
        flow_block(&inner, b);
        flow_end(&inner);
    }
    b->floating = side;
    fl->strip = inner.s;
    fl->h = fixed_max(strip_height(fl->strip), 0);
    strip_notes(fl->strip, fl->note_h);
    return fl;
}

fixed float_place(struct flow *f, struct floated *fl, fixed left, fixed y)
{
    struct floats *all = f->floats;
    fixed x0, x1, next;
    if (!all) all = f->floats = ARENA_NEW(&f->l->work, struct floats);
    y = fixed_max(fixed_max(y, all->last_top), floats_bottom(f, fl->box->style->clear));
    clean(&all->row, fixed_max(y, all->last_top));
    for (;; y = next) {
        x0 = left, x1 = left + fl->room;
        next = room_in(&all->row, y, fl->h, &x0, &x1);
        if (next == FIXED_MAX || fl->w <= x1 - x0) break;
    }
    fl->x = fl->right ? x1 - fl->w : x0;
    all->last_top = y;
    if (fl->h <= 0 || fl->w <= 0) return y;
    struct side_box b = {fl->x, fl->x + fl->w, y, y > FIXED_MAX - 1 - fl->h ? FIXED_MAX - 1 : y + fl->h, fl->right};
    *vec_push(&f->l->work, &all->all.v) = b;
    *vec_push(&f->l->work, &all->row.v) = b;
    return y;
}

fixed floats_last(const struct flow *f) { return f->floats ? f->floats->last_top : 0; }

void float_undo(struct flow *f, const struct floated *fl, fixed last)
{
    f->floats->last_top = last;
    if (fl->h <= 0 || fl->w <= 0) return;
    f->floats->all.v.n--;
    f->floats->row.v.n--;
}

void float_piece(struct flow *f, struct piece *p, struct floated *fl, fixed top)
{
    p->u.floated = fl;
    p->x = fl->x;
    fl->dy = fixed_max(top - f->y, 0);
    f->s->floats = true;
}

/* --- blocks that stand beside floats as a whole --- */
/* A box that floats do not reach into (9.4.1, 9.5): a block formatting context, a table, an image. */
static bool whole(const struct box *b)
{
    const struct style *s = b->style;
    return b->kind != BOX_BLOCK || s->overflow_hidden || s->display == DISPLAY_FLOW_ROOT || s->opacity < 255 || s->column_count > 1 ||
           (s->column_count == 0 && s->column_width.kind == LEN_FIXED && s->column_width.v > 0) || turned(b);
}

/* What a whole box must have room for. */
static fixed least_width(struct flow *f, struct box *b, const struct edges *e)
{
    fixed w, h;
    if (b->kind == BOX_IMAGE || b->kind == BOX_FIELD || len_definite(b->style->width)) return float_width(f->l, b, e, f->width, f->height, &w, &h);
    return measure_box(f->l, b).min;
}

/* Down to y, where floats end on the given sides (0: not on all of one). */
static void go_down(struct flow *f, fixed y, uint8_t sides)
{
    uint8_t cut = f->cut;
    flow_settle(f);
    f->cut = cut; /* a page may end here, and float's end on it */
    if (y > f->y) flow_add(f, PIECE_SPACE, y - f->y)->clear = sides;
}

static void add_whole(struct flow *f, struct box *b, fixed x, fixed w)
{
    struct layout *l = f->l;
    struct strip *s = strip_of_box(l, b, w, f->height);
    struct band *band = ARENA_NEW(&l->work, struct band);
    struct band_cell *c = ARENA_NEW(&l->work, struct band_cell);
    fixed h = strip_height(s), *rows = ARENA_ARRAY(&l->work, fixed, 2);
    *c = (struct band_cell){.w = w, .h = h, .content = h, .strip = s};
    rows[1] = h;
    *band = (struct band){.n = 1, .n_rows = 1, .cells = c, .rows = rows, .w = w};
    strip_notes(s, band->note_h);
    if (f->marker) flow_marker(f);
    struct piece *p = flow_add(f, PIECE_BAND, h);
    p->u.band = band;
    p->x = x;
    flow_boundary(f, quality_after(b->style));
}

bool float_beside(struct flow *f, struct box *b)
{
    const struct style *s = b->style;
    bool apart = whole(b);
    if (!apart && !s->clear) return false;
    if (f->floats_wait) flow_settle(f);
    struct edges e = edges_of(s, f->width);
    fixed above = e.margin[TOP], y = f->y + (f->waits || above ? fixed_max(f->plus, above) + fixed_min(f->minus, above) : 0);
    fixed low = floats_bottom(f, s->clear);
    if (low > y) {
        go_down(f, low, s->clear);
        if (above > 0) flow_margin(f, -above); /* its border begins at the floats' foot (9.5.2) */
        y = f->y;
    }
    if (!apart || floats_bottom(f, CLEAR_BOTH) <= y) return false;
    fixed need = least_width(f, b, &e), x0, x1, next, from = y;
    for (;; y = next) {
        next = floats_room(f, y, FIXED_MAX - y, &x0, &x1);
        if (next == FIXED_MAX || need <= x1 - x0) break;
    }
    if (y > from) {
        go_down(f, y, next == FIXED_MAX ? CLEAR_BOTH : 0);
        if (above > 0 && next == FIXED_MAX) flow_margin(f, -above);
    }
    if (next == FIXED_MAX || (x0 == f->x && x1 == f->x + f->width)) return false;
    f->plus = fixed_max(f->plus - fixed_max(above, 0), 0); /* its margin stands inside its strip */
    add_whole(f, b, x0, x1 - x0);
    return true;
}
