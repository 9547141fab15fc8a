/* table.c: tables (CSS 2.2, chapter 17). A grid of slots is made first (which cell covers which row and column), then widths of columns (17.5.2),
 * then bands: the rows that cells join by rowspan, mostly one, each a piece of the strip that may be cut between its lines. Head and foot groups are
 * strips of their own, repeated on every page. Collapsed borders (17.6.2) are settled between the two cells of each edge and painted by the bands; a
 * cell's own border is then half of what won. */
#include "layout/internal.h"

struct tcell {
    struct box *box;
    uint32_t row, col;
    int colspan, rowspan;
    fixed before; /* aligned at a character: width of what stands before it; -1 = not */
};
struct trow {
    struct box *box, *group;
    struct tcell **slots;
};
struct column {
    fixed min, max, fixed_w, percent, x, w;
    fixed before, behind; /* of the cells that are aligned at a character */
};
struct grid {
    struct layout *l;
    struct box *box;
    size_t n_cols, n_rows, head, foot; /* rows [0, head) repeat at the top, [n_rows - foot, n_rows) at the bottom */
    struct trow *rows;
    struct column *cols;
    bool collapse;
    fixed sx, sy, width; /* border-spacing; content width */
    VEC(struct box *) captions;
};

typedef VEC(struct edge) VEC_edges;

/* --- the grid --- */
enum { MOST_SLOTS = 8 << 20 }; /* rows × columns of a table that spans or uneven rows have widened beyond its cells */

/* A cell ends where another already hangs into its first row: none lies over another. */
static void cover(struct grid *g, struct tcell *t)
{
    for (int c = 1; c < t->colspan; c++)
        if (g->rows[t->row].slots[t->col + (uint32_t)c]) t->colspan = c;

    for (int r = 0; r < t->rowspan && t->row + (uint32_t)r < g->n_rows; r++)
        for (int c = 0; c < t->colspan; c++) {
            struct tcell **slot = &g->rows[t->row + (uint32_t)r].slots[t->col + (uint32_t)c];
            if (!*slot) *slot = t;
        }
}

/* Columns a row needs: its cells, and what hangs into it from above. Two passes, since slots have the width of the widest row. A table of few cells
 * may claim billions of slots (colspan, rowspan, one very long row): it gets as many columns as there is room for, and what is right of them is
 * reported and left out. */
static size_t count_columns(const struct grid *g, struct arena *a)
{
    size_t most = 0, cells = 0, limit;
    struct hang {
        int left, cols;
        size_t at;
    };
    VEC(struct hang) open = {0};
    for (size_t r = 0; r < g->n_rows; r++)
        for (struct box *c = g->rows[r].box->first; c; c = c->next) cells++;
    limit = (cells * 4 > MOST_SLOTS ? cells * 4 : MOST_SLOTS) / (g->n_rows ? g->n_rows : 1);
    for (size_t r = 0; r < g->n_rows; r++) {
        size_t n = 0, k = 0;
        for (size_t i = 0; i < open.n; i++)
            if (open.v[i].left > 0) n += (size_t)open.v[i].cols;
        for (struct box *c = g->rows[r].box->first; c; c = c->next) {
            if (c->kind != BOX_CELL) continue;
            n += (size_t)c->u.cell.colspan;
            if (c->u.cell.rowspan > 1) *vec_push(a, &open) = (struct hang){c->u.cell.rowspan, c->u.cell.colspan, 0};
        }
        most = n > most ? n : most;
        if (most > limit) {
            DIAG(g->l->diag, MSG_LAYOUT_TABLE_WIDE, box_place(g->rows[r].box), arena_printf(a, "%zu", limit));
            return limit;
        }
        for (size_t i = 0; i < open.n; i++)
            if (--open.v[i].left > 0) open.v[k++] = open.v[i];
        open.n = k;
    }
    return most;
}

static void add_group(struct grid *g, struct box *group, size_t *room)
{
    for (struct box *r = group->first; r; r = r->next) {
        if (r->kind != BOX_ROW) continue;
        if (g->n_rows == *room) {
            struct trow *old = g->rows;
            *room = *room ? *room * 2 : 16;
            g->rows = ARENA_ARRAY(&g->l->work, struct trow, *room);
            if (old) memcpy(g->rows, old, g->n_rows * sizeof *old);
        }
        g->rows[g->n_rows++] = (struct trow){r, group, NULL};
    }
}

static void place_cells(struct grid *g)
{
    struct layout *l = g->l;
    for (size_t r = 0; r < g->n_rows; r++) g->rows[r].slots = ARENA_ARRAY(&l->work, struct tcell *, g->n_cols + 1);
    for (size_t r = 0; r < g->n_rows; r++) {
        size_t c = 0;
        for (struct box *b = g->rows[r].box->first; b; b = b->next) {
            if (b->kind != BOX_CELL) continue;
            while (c < g->n_cols && g->rows[r].slots[c]) c++;
            if (c >= g->n_cols) break;
            struct tcell *t = ARENA_NEW(&l->work, struct tcell);
            *t = (struct tcell){b, (uint32_t)r, (uint32_t)c, b->u.cell.colspan, b->u.cell.rowspan, -1};
            if ((size_t)t->colspan > g->n_cols - c) t->colspan = (int)(g->n_cols - c);
            size_t last = r; /* a span ends with its group */
            while (last + 1 < g->n_rows && g->rows[last + 1].group == g->rows[r].group && last - r + 1 < (size_t)t->rowspan) last++;
            t->rowspan = (int)(last - r + 1);
            cover(g, t);
            c += (size_t)t->colspan;
        }
    }
}

static struct grid grid_of(struct layout *l, struct box *b)
{
    struct grid g = {.l = l, .box = b, .collapse = b->style->border_collapse != 0};
    struct arena tmp = {0};
    size_t room = 0;
    VEC(struct box *) bodies = {0}, feet = {0};
    for (struct box *c = b->first; c; c = c->next) {
        if (c->kind == BOX_BLOCK) *vec_push(&l->work, &g.captions) = c;
        else if (c->kind != BOX_GROUP) continue;
        else if (c->style->display == DISPLAY_TABLE_HEADER_GROUP && !g.n_rows) add_group(&g, c, &room), g.head = g.n_rows;
        else if (c->style->display == DISPLAY_TABLE_FOOTER_GROUP && !feet.n) *vec_push(&tmp, &feet) = c;
        else *vec_push(&tmp, &bodies) = c;
    }
    for (size_t i = 0; i < bodies.n; i++) add_group(&g, bodies.v[i], &room);
    size_t before = g.n_rows;
    if (feet.n) add_group(&g, feet.v[0], &room), g.foot = g.n_rows - before;
    if (g.head == g.n_rows) g.head = 0; /* nothing but a head: it need not repeat */
    if (g.foot + g.head >= g.n_rows) g.foot = 0;
    g.n_cols = count_columns(&g, &tmp);
    if (!g.collapse) g.sx = b->style->border_spacing_x, g.sy = b->style->border_spacing_y;
    g.cols = ARENA_ARRAY(&l->work, struct column, g.n_cols + 1);
    place_cells(&g);
    arena_close(&tmp);
    return g;
}

/* --- collapsed borders --- */
struct border {
    fixed w;
    uint8_t style;
    struct color color;
};

static struct border border_of(const struct box *b, int side)
{
    if (!b || b->style->border_style[side] == BORDER_NONE) return (struct border){0};
    if (b->style->border_style[side] == BORDER_HIDDEN) return (struct border){0, BORDER_HIDDEN, {0}};
    return (struct border){b->style->border_width[side], b->style->border_style[side], b->style->border_color[side]};
}

static struct border stronger(struct border a, struct border b)
{
    static const int RANK[] = {
        [BORDER_NONE] = 0, [BORDER_HIDDEN] = 9, [BORDER_DOTTED] = 1, [BORDER_DASHED] = 2, [BORDER_SOLID] = 3, [BORDER_DOUBLE] = 4};
    if (a.style == BORDER_HIDDEN || b.style == BORDER_HIDDEN) return (struct border){0, BORDER_HIDDEN, {0}};
    if (a.w != b.w) return a.w > b.w ? a : b;
    return RANK[a.style] >= RANK[b.style] ? a : b;
}

static struct tcell *slot(const struct grid *g, size_t r, size_t c) { return r < g->n_rows && c < g->n_cols ? g->rows[r].slots[c] : NULL; }

/* The edge above row r (r = n_rows: below the last) in column c. */
static struct border edge_above(const struct grid *g, size_t r, size_t c)
{
    struct tcell *up = r ? slot(g, r - 1, c) : NULL, *down = slot(g, r, c);
    if (up && up == down) return (struct border){0};
    struct border b = stronger(border_of(up ? up->box : NULL, BOTTOM), border_of(down ? down->box : NULL, TOP));
    if (r) b = stronger(b, border_of(g->rows[r - 1].box, BOTTOM));
    if (r < g->n_rows) b = stronger(b, border_of(g->rows[r].box, TOP));
    if (r && (r == g->n_rows || g->rows[r - 1].group != g->rows[r].group)) b = stronger(b, border_of(g->rows[r - 1].group, BOTTOM));
    if (r < g->n_rows && (!r || g->rows[r - 1].group != g->rows[r].group)) b = stronger(b, border_of(g->rows[r].group, TOP));
    if (!r || r == g->n_rows) b = stronger(b, border_of(g->box, r ? BOTTOM : TOP));
    return b;
}

static struct border edge_before(const struct grid *g, size_t r, size_t c)
{
    struct tcell *left = c ? slot(g, r, c - 1) : NULL, *right = slot(g, r, c);
    if (left && left == right) return (struct border){0};
    bool rtl = g->box->style->rtl;
    struct border b = stronger(border_of(left ? left->box : NULL, rtl ? LEFT : RIGHT), border_of(right ? right->box : NULL, rtl ? RIGHT : LEFT));
    if (!c || c == g->n_cols) b = stronger(b, border_of(g->box, (c == 0) != rtl ? LEFT : RIGHT));
    return b;
}

static struct edges cell_edges(const struct grid *g, const struct tcell *t, fixed base)
{
    struct edges e = edges_of(t->box->style, base);
    for (int i = 0; i < 4; i++) e.margin[i] = 0;
    if (!g->collapse) return e;
    bool rtl = g->box->style->rtl;
    fixed side[4] = {0};
    for (int c = 0; c < t->colspan; c++) {
        side[TOP] = fixed_max(side[TOP], edge_above(g, t->row, t->col + (uint32_t)c).w);
        side[BOTTOM] = fixed_max(side[BOTTOM], edge_above(g, t->row + (uint32_t)t->rowspan, t->col + (uint32_t)c).w);
    }
    for (int r = 0; r < t->rowspan; r++) {
        side[rtl ? RIGHT : LEFT] = fixed_max(side[rtl ? RIGHT : LEFT], edge_before(g, t->row + (uint32_t)r, t->col).w);
        side[rtl ? LEFT : RIGHT] = fixed_max(side[rtl ? LEFT : RIGHT], edge_before(g, t->row + (uint32_t)r, t->col + (uint32_t)t->colspan).w);
    }
    for (int i = 0; i < 4; i++) e.border[i] = side[i] / 2;
    return e;
}

/* --- widths of columns --- */
static void column_hint(struct column *c, const struct style *s, fixed extra)
{
    if (s->width.kind == LEN_FIXED) c->fixed_w = fixed_max(c->fixed_w, s->width.v + (s->box_sizing_border ? 0 : extra));
    else if (s->width.kind == LEN_PERCENT) c->percent = fixed_max(c->percent, s->width.v);
}

static void column_boxes(struct grid *g)
{
    size_t at = 0;
    for (struct box *b = g->box->first; b; b = b->next) {
        if (b->kind != BOX_COLUMN) continue;
        if (!b->first) {
            for (int i = 0; i < b->u.cell.colspan && at < g->n_cols; i++) column_hint(&g->cols[at++], b->style, 0);
            continue;
        }
        for (struct box *c = b->first; c; c = c->next)
            for (int i = 0; c->kind == BOX_COLUMN && i < c->u.cell.colspan && at < g->n_cols; i++) column_hint(&g->cols[at++], c->style, 0);
    }
}

static void spread(struct grid *g, const struct tcell *t, struct extent x)
{
    fixed min = -g->sx, max = -g->sx;
    for (int i = 0; i < t->colspan; i++) min += g->cols[t->col + (uint32_t)i].min + g->sx, max += g->cols[t->col + (uint32_t)i].max + g->sx;
    fixed more_min = x.min - min, more_max = x.max - max;
    for (int i = 0; i < t->colspan; i++) {
        struct column *c = &g->cols[t->col + (uint32_t)i];
        if (more_min > 0) c->min += more_min / t->colspan + (i == 0 ? more_min % t->colspan : 0);
        if (more_max > 0) c->max += more_max / t->colspan + (i == 0 ? more_max % t->colspan : 0);
        c->max = fixed_max(c->max, c->min);
    }
}

/* --- cells aligned at a character (CSS Text 4, 6.1) --- */
/* The block that holds the lines of a cell, where it is one. */
static struct box *only_lines(struct box *b)
{
    while (!b->inline_children && b->first && !b->first->next && b->first->kind == BOX_BLOCK) b = b->first;
    return b->inline_children ? b : NULL;
}

static void measure_marks(struct grid *g)
{
    for (size_t r = 0; r < g->n_rows; r++)
        for (size_t c = 0; c < g->n_cols; c++) {
            struct tcell *t = g->rows[r].slots[c];
            if (!t || t->row != r || t->col != c || t->colspan > 1 || !t->box->style->text_align_char.n) continue;
            struct box *lines = only_lines(t->box);
            fixed before, behind;
            if (!lines) continue;
            inline_parts(g->l, lines, &before, &behind);
            t->before = before;
            g->cols[c].before = fixed_max(g->cols[c].before, before);
            g->cols[c].behind = fixed_max(g->cols[c].behind, behind);
        }
}

/* Moves the only line of a cell to where its character stands under that of the others. */
static void move_to_mark(const struct grid *g, const struct tcell *t, const struct strip *s, fixed room)
{
    const struct column *k = &g->cols[t->col];
    fixed free = room - k->before - k->behind;
    uint8_t a = t->box->style->text_align;
    bool rtl = t->box->style->rtl, left = a == ALIGN_LEFT || a == (rtl ? ALIGN_END : ALIGN_START);
    fixed x = (a == ALIGN_CENTER ? free / 2 : left || a == ALIGN_JUSTIFY ? 0 : free) + k->before - t->before;
    for (size_t i = 0; i < s->v.n; i++)
        if (s->v.v[i].kind == PIECE_LINE) s->v.v[i].x += x;
}

static void measure_columns(struct grid *g)
{
    column_boxes(g);
    bool spans = false;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t r = 0; r < g->n_rows; r++)
            for (size_t c = 0; c < g->n_cols; c++) {
                struct tcell *t = g->rows[r].slots[c];
                if (!t || t->row != r || t->col != c || (t->colspan == 1) != (pass == 0)) {
                    spans |= t && t->colspan > 1;
                    continue;
                }
                struct edges e = cell_edges(g, t, 0);
                struct extent x = measure_content(g->l, t->box);
                x.min += edges_h(&e), x.max += edges_h(&e);
                const struct style *s = t->box->style;
                if (s->min_width.kind == LEN_FIXED) x.min = fixed_max(x.min, s->min_width.v);
                if (t->before >= 0) x.min = x.max = fixed_max(x.max, g->cols[c].before + g->cols[c].behind + edges_h(&e));
                x.max = fixed_max(x.max, x.min);
                if (pass == 0) {
                    column_hint(&g->cols[c], s, edges_h(&e));
                    g->cols[c].min = fixed_max(g->cols[c].min, x.min);
                    g->cols[c].max = fixed_max(g->cols[c].max, x.max);
                } else {
                    if (s->width.kind == LEN_FIXED) x.max = fixed_max(x.min, s->width.v + (s->box_sizing_border ? 0 : edges_h(&e)));
                    spread(g, t, x);
                }
            }
        if (!spans) break;
    }
    for (size_t c = 0; c < g->n_cols; c++)
        if (g->cols[c].fixed_w) {
            g->cols[c].max = fixed_max(g->cols[c].fixed_w, g->cols[c].min);
            g->cols[c].min = g->cols[c].max;
        }
}

static fixed spacing(const struct grid *g) { return g->n_cols ? g->sx * (fixed)(g->n_cols + 1) : 0; }

/* Shares out `room` (without spacing) over the columns, automatic layout. */
static void share(struct grid *g, fixed room)
{
    int64_t min = 0, max = 0, flexible = 0;
    for (size_t c = 0; c < g->n_cols; c++) {
        struct column *k = &g->cols[c];
        if (k->percent) k->min = k->max = fixed_max(fixed_muldiv(room, k->percent, 6400), k->min);
        min += k->min;
        max += k->max;
        if (!k->percent && !k->fixed_w) flexible += k->max;
    }
    fixed given = 0;
    for (size_t c = 0; c < g->n_cols; c++) {
        struct column *k = &g->cols[c];
        if (room >= max) {
            if (!flexible) k->w = max ? (fixed)((int64_t)k->max * room / max) : room / (fixed)g->n_cols;
            else k->w = k->max + (k->percent || k->fixed_w ? 0 : (fixed)((room - max) * k->max / flexible));
        } else if (room > min) k->w = k->min + (fixed)((k->max - (int64_t)k->min) * (room - min) / (max - min));
        else k->w = k->min;
        given += k->w;
    }
    if (room > given && g->n_cols && room > min) g->cols[g->n_cols - 1].w += room - given < (fixed)g->n_cols * 2 ? room - given : 0;
}

static void fixed_columns(struct grid *g, fixed room)
{
    column_boxes(g);
    for (size_t c = 0; g->n_rows && c < g->n_cols; c++) {
        struct tcell *t = g->rows[0].slots[c];
        if (!t || t->col != c || t->colspan != 1 || g->cols[c].fixed_w || g->cols[c].percent) continue;
        struct edges e = cell_edges(g, t, 0);
        column_hint(&g->cols[c], t->box->style, edges_h(&e));
    }
    fixed taken = 0, free = 0;
    for (size_t c = 0; c < g->n_cols; c++) {
        struct column *k = &g->cols[c];
        k->w = k->fixed_w ? k->fixed_w : k->percent ? fixed_muldiv(room, k->percent, 6400) : 0;
        taken += k->w;
        free += !k->w;
    }
    fixed left = fixed_max(room - taken, 0);
    for (size_t c = 0; c < g->n_cols; c++)
        if (!g->cols[c].w && free) g->cols[c].w = left / free;
        else if (!free && taken && room > taken) g->cols[c].w = fixed_muldiv(g->cols[c].w, room, taken);
}

static fixed table_extra(const struct grid *g, const struct edges *e) /* what lies between border box and columns */
{
    return g->collapse ? 0 : edges_h(e) + spacing(g);
}

struct extent table_measure(struct layout *l, struct box *b)
{
    struct grid g = grid_of(l, b);
    struct edges e = edges_of(b->style, 0);
    measure_marks(&g);
    measure_columns(&g);
    struct extent x = {table_extra(&g, &e), table_extra(&g, &e)};
    for (size_t c = 0; c < g.n_cols; c++) x.min += g.cols[c].min, x.max += g.cols[c].max;
    if (b->style->width.kind == LEN_FIXED) x.min = x.max = fixed_max(x.min, b->style->width.v);
    return x;
}

/* --- bands --- */
static fixed cell_width(const struct grid *g, const struct tcell *t)
{
    fixed w = g->sx * (t->colspan - 1);
    for (int i = 0; i < t->colspan; i++) w += g->cols[t->col + (uint32_t)i].w;
    return w;
}

static fixed cell_x(const struct grid *g, const struct tcell *t, fixed w)
{
    fixed x = g->cols[t->col].x;
    return g->box->style->rtl ? g->width - x - w : x;
}

static struct band_cell make_cell(struct grid *g, struct tcell *t)
{
    struct layout *l = g->l;
    const struct style *s = t->box->style;
    struct band_cell c = {.box = t->box, .w = cell_width(g, t), .collapsed = g->collapse, .align = s->vertical_align};
    struct edges e = cell_edges(g, t, g->width);
    c.top = e.border[TOP] + e.padding[TOP];
    c.bottom = e.border[BOTTOM] + e.padding[BOTTOM];
    c.left = e.border[LEFT] + e.padding[LEFT];
    c.right = e.border[RIGHT] + e.padding[RIGHT];
    c.x = cell_x(g, t, c.w);
    fixed cb_w = l->cb_w, cb_h = l->cb_h;
    if (contains_absolute(s)) l->cb_w = c.w, l->cb_h = -1;
    fixed room = fixed_max(c.w - c.left - c.right, FIXED_ONE);
    bool marked = t->before >= 0 && room >= g->cols[t->col].before + g->cols[t->col].behind;
    l->at_char |= marked;
    c.strip = turned(t->box) ? turned_strip(l, t->box, room, -1) : strip_of(l, t->box, room, -1);
    if (marked) l->at_char = false, move_to_mark(g, t, c.strip, room);
    l->cb_w = cb_w, l->cb_h = cb_h;
    c.content = strip_height(c.strip);
    c.paints = deco_paints(s) && !(s->empty_cells_hide && !g->collapse && !c.strip->v.n);
    return c;
}

static bool baseline_aligned(uint8_t v) { return v != VALIGN_TOP && v != VALIGN_MIDDLE && v != VALIGN_BOTTOM; }

/* Heights of rows first to last from cells of one row, then of those that span more. */
static void row_heights(struct grid *g, struct band *b, struct tcell **cells, size_t first, size_t last)
{
    size_t n = last - first;
    fixed *base = ARENA_ARRAY(&g->l->work, fixed, n), *h = ARENA_ARRAY(&g->l->work, fixed, n);
    for (size_t r = 0; r < n; r++) {
        const struct style *s = g->rows[first + r].box->style;
        h[r] = s->height.kind == LEN_FIXED ? s->height.v : 0;
    }
    for (size_t i = 0; i < b->n; i++) { /* baselines of each row */
        struct band_cell *c = &b->cells[i];
        fixed line = strip_baseline(c->strip, false);
        if (baseline_aligned(c->align) && line >= 0 && !turned(c->box))
            base[cells[i]->row - first] = fixed_max(base[cells[i]->row - first], c->top + line);
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < b->n; i++) {
            struct band_cell *c = &b->cells[i];
            if ((cells[i]->rowspan == 1) != (pass == 0)) continue;
            size_t r = cells[i]->row - first, span = (size_t)cells[i]->rowspan;
            fixed line = strip_baseline(c->strip, false);
            if (baseline_aligned(c->align) && line >= 0 && !turned(c->box)) c->shift = base[r] - c->top - line;
            const struct style *s = c->box->style;
            fixed need = c->top + c->bottom + c->content + c->shift, is = g->sy * (fixed)(span - 1);
            if (s->height.kind == LEN_FIXED) need = fixed_max(need, s->height.v + (s->box_sizing_border ? 0 : c->top + c->bottom));
            for (size_t k = 0; k < span; k++) is += h[r + k];
            if (need <= is) continue;
            if (span == 1) h[r] = need;
            else h[r + span - 1] += need - is;
        }
    b->rows = ARENA_ARRAY(&g->l->work, fixed, n + 1);
    for (size_t r = 0; r < n; r++) b->rows[r + 1] = b->rows[r] + h[r] + g->sy;
    for (size_t i = 0; i < b->n; i++) {
        struct band_cell *c = &b->cells[i];
        size_t r = cells[i]->row - first;
        c->y = b->rows[r];
        c->h = b->rows[r + (size_t)cells[i]->rowspan] - g->sy - c->y;
        if (turned(c->box)) { /* its lines are as long as the row is high */
            fixed length = fixed_max(c->h - c->top - c->bottom, FIXED_ONE);
            c->shift = 0;
            if (length != c->content) c->strip = turned_strip(g->l, c->box, fixed_max(c->w - c->left - c->right, FIXED_ONE), length);
            c->content = strip_height(c->strip);
        }
        fixed spare = c->h - c->top - c->bottom - c->content;
        if (c->align == VALIGN_MIDDLE) c->shift = spare / 2;
        else if (c->align == VALIGN_BOTTOM) c->shift = spare;
        c->shift = fixed_max(c->shift, 0);
    }
}

static void add_edge(struct grid *g, VEC_edges *list, fixed x, fixed y, fixed len, bool horizontal, struct border b)
{
    if (!b.w || b.style <= BORDER_HIDDEN) return;
    struct edge e = horizontal ? (struct edge){x, y - b.w / 2, len, b.w, true, b.style, b.color}
                               : (struct edge){x - b.w / 2, y, b.w, len, false, b.style, b.color};
    if (list->n) { /* lengthen the one before where they meet */
        struct edge *p = &list->v[list->n - 1];
        bool same = p->horizontal == horizontal && p->style == e.style && !memcmp(&p->color, &e.color, sizeof e.color);
        if (same && horizontal && p->y == e.y && p->h == e.h && p->x + p->w == e.x) {
            p->w += len;
            return;
        }
        if (same && horizontal && p->y == e.y && p->h == e.h && e.x + e.w == p->x) {
            p->x = e.x;
            p->w += len;
            return;
        }
    }
    *vec_push(&g->l->work, list) = e;
}

static void band_edges(struct grid *g, struct band *b, size_t first, size_t last)
{
    VEC_edges list = {0};
    bool rtl = g->box->style->rtl;
    for (size_t r = first; r <= last; r++) /* the edge below the last row as well: the page may end there */
        for (size_t c = 0; c < g->n_cols; c++) {
            fixed w = g->cols[c].w, x = rtl ? g->width - g->cols[c].x - w : g->cols[c].x;
            add_edge(g, &list, x, b->rows[r - first], w, true, edge_above(g, r, c));
        }
    for (size_t c = 0; c <= g->n_cols; c++)
        for (size_t r = first; r < last; r++) {
            fixed x = c < g->n_cols ? g->cols[c].x : g->width;
            add_edge(g, &list, rtl ? g->width - x : x, b->rows[r - first], b->rows[r - first + 1] - b->rows[r - first], false, edge_before(g, r, c));
        }
    b->edges = list.v;
    b->n_edges = list.n;
}

static bool avoids(uint8_t v) { return v == BREAK_AVOID || v == BREAK_AVOID_PAGE; }
static bool forces(uint8_t v) { return v == BREAK_PAGE || v == BREAK_LEFT || v == BREAK_RIGHT; }

/* Rows from first on that are joined, as one piece. Returns the row behind them. */
static size_t add_band(struct grid *g, struct flow *f, size_t first, size_t end)
{
    struct layout *l = g->l;
    size_t last = first + 1, n = 0;
    for (size_t r = first; r < last; r++)
        for (size_t c = 0; c < g->n_cols; c++) {
            struct tcell *t = g->rows[r].slots[c];
            if (!t || t->row != r || t->col != c) continue;
            n++;
            size_t to = r + (size_t)t->rowspan;
            if (to > last) last = to < end ? to : end;
        }
    struct band *b = ARENA_NEW(&l->work, struct band);
    b->cells = ARENA_ARRAY(&l->work, struct band_cell, n);
    struct tcell **cells = ARENA_ARRAY(&l->work, struct tcell *, n);
    for (size_t r = first; r < last; r++)
        for (size_t c = 0; c < g->n_cols; c++) {
            struct tcell *t = g->rows[r].slots[c];
            if (!t || t->row != r || t->col != c) continue;
            cells[b->n] = t;
            b->cells[b->n++] = make_cell(g, t);
        }
    b->n_rows = last - first;
    b->w = g->width;
    row_heights(g, b, cells, first, last);
    bool rows_paint = false;
    b->row_boxes = ARENA_ARRAY(&l->work, struct box *, b->n_rows);
    for (size_t r = first; r < last; r++) {
        struct box *row = g->rows[r].box;
        b->row_boxes[r - first] = row;
        rows_paint |= deco_paints(row->style) || row->extra;
        b->rigid |= avoids(row->style->break_inside);
    }
    if (!rows_paint) b->row_boxes = NULL;
    if (g->collapse) band_edges(g, b, first, last);
    for (size_t i = 0; i < b->n; i++) strip_notes(b->cells[i].strip, b->note_h);
    flow_add(f, PIECE_BAND, b->rows[b->n_rows])->u.band = b;
    return last;
}

static void add_rows(struct grid *g, struct flow *f, size_t first, size_t end)
{
    for (size_t r = first; r < end;) {
        const struct style *s = g->rows[r].box->style, *gs = g->rows[r].group->style;
        bool group_starts = r == first || g->rows[r - 1].group != g->rows[r].group;
        if (r > first) {
            const struct style *before = g->rows[r - 1].box->style, *group_before = g->rows[r - 1].group->style;
            if (forces(s->break_before) || forces(before->break_after) ||
                (group_starts && (forces(gs->break_before) || forces(group_before->break_after)))) {
                flow_add(f, PIECE_BREAK, 0);
                f->cut = CUT_GOOD;
            } else {
                uint8_t q = avoids(s->break_before) || avoids(before->break_after) ? CUT_KEEP : CUT_GOOD;
                if (!group_starts && avoids(gs->break_inside) && q < CUT_LINES) q = CUT_LINES;
                /* one row alone on a page is an orphan or a widow, as a line would be */
                if (end - first > 3 && (r == first + 1 || r + 1 == end) && q < CUT_LINES) q = CUT_LINES;
                flow_boundary(f, q);
            }
        }
        r = add_band(g, f, r, end);
    }
}

/* Rows [first, end) as a strip for head or foot; NULL where it is too high to repeat. */
static struct strip *repeated(struct grid *g, size_t first, size_t end, fixed *h)
{
    if (first == end) return NULL;
    struct flow f = flow_new(g->l, g->width, -1);
    add_rows(g, &f, first, end);
    flow_end(&f);
    *h = strip_height(f.s);
    return *h <= g->l->area_h / 3 ? f.s : NULL;
}

static fixed used_width(struct grid *g, struct box *b, fixed room, fixed extra, bool *is_fixed)
{
    const struct style *s = b->style;
    fixed w = 0;
    bool given = len_definite(s->width);
    if (given) w = len_resolve(s->width, room, 0); /* a table's width is that of its border box (17.5.2) */
    *is_fixed = s->table_layout_fixed && given;
    if (*is_fixed) return width_clamp(s, w, room, 0);
    measure_columns(g);
    fixed min = extra, max = extra;
    int64_t percent = 0;
    for (size_t c = 0; c < g->n_cols; c++) min += g->cols[c].min, max += g->cols[c].max, percent += g->cols[c].percent;
    if (percent && !given) max = room; /* a column asks for its part of a width: take what there is */
    if (!given) w = fixed_min(max, room);
    return fixed_max(width_clamp(s, w, room, 0), min);
}

static void caption(struct flow *f, struct grid *g, fixed x, fixed w, bool bottom)
{
    fixed ox = f->x, ow = f->width;
    f->x = x;
    f->width = w;
    for (size_t i = 0; i < g->captions.n; i++)
        if ((g->captions.v[i]->style->caption_side_bottom != 0) == bottom) {
            if (bottom) f->cut = CUT_NEVER;
            flow_block(f, g->captions.v[i]);
            if (!bottom) f->cut = CUT_KEEP;
        }
    f->x = ox;
    f->width = ow;
}

void flow_table(struct flow *f, struct box *b)
{
    struct layout *l = f->l;
    const struct style *s = b->style;
    struct grid g = grid_of(l, b);
    struct edges e = edges_of(s, f->width);
    if (g.collapse)
        for (int i = 0; i < 4; i++) e.border[i] = e.padding[i] = 0;
    fixed extra = table_extra(&g, &e), room = fixed_max(f->width - e.margin[LEFT] - e.margin[RIGHT], 0);
    bool is_fixed;
    measure_marks(&g);
    fixed w = used_width(&g, b, room, extra, &is_fixed);
    if (is_fixed) fixed_columns(&g, w - extra);
    else share(&g, w - extra);
    fixed x = g.sx;
    for (size_t c = 0; c < g.n_cols; c++) {
        g.cols[c].x = x;
        x += g.cols[c].w + g.sx;
    }
    fixed sum = g.n_cols ? x : 0;
    g.width = sum;
    w = fixed_max(w, sum + (g.collapse ? 0 : edges_h(&e)));
    fixed spare = room - w;
    if (spare < -FIXED_ONE) DIAG(l->diag, MSG_LAYOUT_TABLE_ROOM, box_place(b), arena_printf(l->a, "%.1f", FIXED_PT(-spare)));
    if (e.auto_left && e.auto_right) e.margin[LEFT] += fixed_max(spare / 2, 0);
    else if (e.auto_left || (s->rtl && !e.auto_right)) e.margin[LEFT] += fixed_max(spare, 0);

    flow_margin(f, e.margin[TOP]);
    if (f->marker) flow_marker(f);
    struct flow saved = *f;
    fixed left = f->x + e.margin[LEFT];
    caption(f, &g, left, w, false);
    struct group *group = flow_open(f, b, &e, left, w, true);
    group->borderless = g.collapse;
    group->box_inset = e.border[LEFT] + e.padding[LEFT];
    if (b->extra) flow_add(f, PIECE_MARK, 0)->u.mark = b;
    f->x = left + group->box_inset;
    if (avoids(s->break_inside)) f->avoid++;
    fixed head_h = 0, foot_h = 0;
    struct strip *head = repeated(&g, 0, g.head, &head_h), *foot = repeated(&g, g.n_rows - g.foot, g.n_rows, &foot_h);
    if (head) group->head = head, group->head_h = head_h + g.sy;
    if (foot) group->foot = foot, group->foot_h = foot_h;
    if (g.sy && g.n_rows) flow_add(f, PIECE_SPACE, g.sy)->fill = true;
    add_rows(&g, f, head ? g.head : 0, foot ? g.n_rows - g.foot : g.n_rows);
    f->cut = CUT_NEVER;
    flow_close(f, group, group->bottom);
    f->x = saved.x;
    f->avoid = saved.avoid;
    caption(f, &g, left, w, true);
    flow_margin(f, e.margin[BOTTOM]);
    flow_boundary(f, quality_after(s));
}
