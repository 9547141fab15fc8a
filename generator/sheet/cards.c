/* cards.c: n-up. Cards of one size in rows and columns in the middle of the paper; with gap 0 neighbours share a cut. The trim of the sheet is the
 * block of cards; the paper around it has their bleed and the marks. */
#include "sheet/inner.h"

struct grid {
    fixed w, h; /* of a card */
    int columns, rows;
    fixed all_w, all_h; /* of the block */
};

static int64_t block(int n, fixed one, fixed gap) { return n * (int64_t)one + (n - 1) * (int64_t)gap; }

static bool one_size(struct job *j, struct grid *g)
{
    g->w = j->in->pages[0].trim_w, g->h = j->in->pages[0].trim_h;
    for (size_t i = 1; i < j->in->n_pages; i++) {
        const struct frame_page *p = &j->in->pages[i];
        if (same_length(p->trim_w, g->w) && same_length(p->trim_h, g->h)) continue;
        SHEET_SAY(j, MSG_SHEET_CARDS, arena_printf(j->a, "%zu", i + 1), sheet_mm(j->a, p->trim_w), sheet_mm(j->a, p->trim_h), sheet_mm(j->a, g->w),
                  sheet_mm(j->a, g->h));
        return false;
    }
    return true;
}

static bool make_grid(struct job *j, struct grid *g)
{
    const struct sheet_style *s = j->s;
    if (!one_size(j, g)) return false;
    int64_t around = 2 * ((int64_t)s->bleed + marks_room(s)), room_w = s->width - around, room_h = s->height - around;
    g->columns = s->columns ? s->columns : (int)((room_w + s->column_gap + TOLERANCE) / (g->w + (int64_t)s->column_gap));
    g->rows = s->rows ? s->rows : (int)((room_h + s->row_gap + TOLERANCE) / (g->h + (int64_t)s->row_gap));
    if (g->columns > 100) g->columns = 100;
    if (g->rows > 100) g->rows = 100;
    int columns = g->columns > 0 ? g->columns : 1, rows = g->rows > 0 ? g->rows : 1;
    int64_t w = block(columns, g->w, s->column_gap), h = block(rows, g->h, s->row_gap);
    if (w > room_w + 2 * TOLERANCE || h > room_h + 2 * TOLERANCE) {
        SHEET_SAY(j, MSG_SHEET_GRID, arena_printf(j->a, "%d", columns), arena_printf(j->a, "%d", rows),
                  arena_printf(j->a, "%.1f", (double)(w + around) / 64 * 25.4 / 72),
                  arena_printf(j->a, "%.1f", (double)(h + around) / 64 * 25.4 / 72), sheet_mm(j->a, s->width), sheet_mm(j->a, s->height));
        return false;
    }
    g->all_w = (fixed)w, g->all_h = (fixed)h;
    return true;
}

static void cuts(struct face *f, const struct grid *g)
{
    const struct sheet_style *s = f->j->s;
    struct arena *a = f->j->a;
    for (int c = 0; c < g->columns; c++) {
        fixed x = f->x + c * (g->w + s->column_gap);
        if (!c || s->column_gap) *vec_push(a, &f->cut_x) = x;
        *vec_push(a, &f->cut_x) = x + g->w;
    }
    for (int r = 0; r < g->rows; r++) {
        fixed y = f->y + r * (g->h + s->row_gap);
        if (!r || s->row_gap) *vec_push(a, &f->cut_y) = y;
        *vec_push(a, &f->cut_y) = y + g->h;
    }
}

/* The page of card k of all, from 0, on a side; SIZE_MAX: none. units: pages, or pairs of them that are printed back to back. */
static size_t page_of(const struct job *j, const struct grid *g, size_t k, bool back)
{
    size_t per = (size_t)g->columns * (size_t)g->rows, times = j->s->repeat == REPEAT_SHEET ? per : j->s->repeat ? (size_t)j->s->repeat : 1;
    size_t unit = k / times, page = j->s->both_sides ? 2 * unit + back : unit;
    return page < j->in->n_pages ? page : SIZE_MAX;
}

static void make_side(struct face *f, const struct grid *g, bool back)
{
    const struct sheet_style *s = f->j->s;
    fixed half_w = fixed_min(s->bleed, s->column_gap / 2), half_h = fixed_min(s->bleed, s->row_gap / 2);
    size_t per = (size_t)g->columns * (size_t)g->rows;
    f->side = s->both_sides ? back : -1;
    for (size_t i = 0; i < per; i++) {
        int row = (int)i / g->columns, column = (int)i % g->columns;
        size_t page = page_of(f->j, g, f->sheet * per + i, back);
        if (page == SIZE_MAX) continue;
        if (f->j->rtl != back) column = g->columns - 1 - column; /* behind the first card of the front stands the last place of the row */
        face_place(f, &(struct cell){.page = page,
                                     .x = f->x + column * (g->w + s->column_gap),
                                     .y = f->y + row * (g->h + s->row_gap),
                                     .w = g->w,
                                     .h = g->h,
                                     .left = column ? half_w : s->bleed,
                                     .right = column + 1 < g->columns ? half_w : s->bleed,
                                     .top = row ? half_h : s->bleed,
                                     .bottom = row + 1 < g->rows ? half_h : s->bleed});
    }
    cuts(f, g);
}

bool cards_impose(struct job *j)
{
    struct sheet_style *s = j->s;
    struct grid g;
    if (!s->width) s->width = MM(210), s->height = MM(297);
    if (!make_grid(j, &g)) return false;
    size_t units = s->both_sides ? (j->in->n_pages + 1) / 2 : j->in->n_pages, per = (size_t)g.columns * (size_t)g.rows;
    size_t all = s->repeat == REPEAT_SHEET ? units * per : s->repeat ? units * (size_t)s->repeat : units, sheets = (all + per - 1) / per;
    if (all > SHEET_CARDS || sheets > SHEET_SIDES / 2) return SHEET_SAY(j, MSG_SHEET_MANY, arena_printf(j->a, "%zu", sheets)), false;
    if (s->both_sides && !sheet_blanks(j, &(struct sheet_order){.pages = j->in->n_pages, .all = 2 * units})) return false;
    bool flip_natural = s->height > s->width;
    j->out->duplex = !s->both_sides ? STR("none") : s->flip_long ? STR("long") : STR("short");
    for (size_t i = 0; i < sheets; i++)
        for (int back = 0; back <= s->both_sides; back++) {
            struct face f;
            face_open(&f, j, s->width, s->height, g.all_w, g.all_h, back && s->flip_long != flip_natural);
            f.sheet = i;
            make_side(&f, &g, back);
            face_close(&f);
        }
    return true;
}
