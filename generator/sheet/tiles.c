/* tiles.c: posters. Whole: each page a sheet with marks. In tiles, for an office printer: each page is cut into pieces that overlap; each lies on
 * paper with a margin that has its name (row a letter, column a number), cut marks at the edges where it is cut, dashed marks where the next one
 * begins and that one's name. The sheet that comes later in reading order is cut and lies on top. They end at the poster's trim, since the margin
 * that an office printer leaves white is cut away by hand: no bleed, and of the marks crop and info alone. */
#include "sheet/inner.h"

bool poster_impose(struct job *j)
{
    const struct sheet_style *s = j->s;
    fixed margin = s->bleed + marks_room(s);
    j->out->duplex = STR("none");
    for (size_t i = 0; i < j->in->n_pages; i++) {
        const struct frame_page *p = &j->in->pages[i];
        fixed w = s->width ? s->width : p->trim_w, h = s->height ? s->height : p->trim_h;
        if (!same_length(p->trim_w, w) || !same_length(p->trim_h, h))
            return SHEET_SAY(j, MSG_SHEET_POSTER, arena_printf(j->a, "%zu", i + 1), sheet_mm(j->a, p->trim_w), sheet_mm(j->a, p->trim_h),
                             sheet_mm(j->a, w), sheet_mm(j->a, h)),
                   false;
        struct face f;
        face_open(&f, j, w + 2 * margin, h + 2 * margin, w, h, false);
        f.sheet = i;
        face_place(&f, &(struct cell){
                           .page = i, .x = f.x, .y = f.y, .w = w, .h = h, .left = s->bleed, .right = s->bleed, .top = s->bleed, .bottom = s->bleed});
        *vec_push(j->a, &f.cut_x) = f.x, *vec_push(j->a, &f.cut_x) = f.x + w;
        *vec_push(j->a, &f.cut_y) = f.y, *vec_push(j->a, &f.cut_y) = f.y + h;
        face_close(&f);
    }
    return true;
}

struct tiling {
    fixed w, h;           /* of the picture on a sheet, at most */
    fixed step_x, step_y; /* from one to the next */
    int columns, rows;
};

static int pieces(fixed whole, fixed one, fixed step) { return whole <= one + TOLERANCE ? 1 : 1 + (whole - one - TOLERANCE + step - 1) / step; }

static struct str tile_name(struct arena *a, int row, int column)
{
    return row < 26 ? str_printf(a, "%c%d", 'A' + row, column + 1) : str_printf(a, "A%c%d", 'A' + row - 26, column + 1);
}

/* One tile: row, column in reading order; at: where it is cut out of the page, from the trim's corner. */
static void make_tile(struct job *j, const struct tiling *t, size_t page, int row, int column, size_t sheet)
{
    const struct sheet_style *s = j->s;
    const struct frame_page *p = &j->in->pages[page];
    fixed ax = column * t->step_x, ay = row * t->step_y, w = fixed_min(t->w, p->trim_w - ax), h = fixed_min(t->h, p->trim_h - ay);
    fixed near = MM(1), far = fixed_min(s->margin, MARK_LENGTH + near);
    bool before = column > 0, behind = column + 1 < t->columns, below = row + 1 < t->rows;
    if (j->rtl) ax = p->trim_w - ax - w; /* the first column is the right one */
    struct face f;
    face_open(&f, j, s->width, s->height, w, h, false);
    f.x = s->margin, f.y = s->margin, f.bleed = 0, f.bare = true; /* pieces of a row stand equally high on their paper */
    if (j->rtl) f.x = s->width - s->margin - w;
    f.sheet = sheet;
    face_place(&f, &(struct cell){.page = page, .x = f.x, .y = f.y, .w = w, .h = h, .dx = -ax, .dy = -ay});
    fixed left = f.x, top = f.y, right = f.x + w, bottom = f.y + h;
    fixed next_x = j->rtl ? right - t->step_x : left + t->step_x, next_y = top + t->step_y;
    if (s->crop_marks) { /* solid: cut here; dashed: as far as here the next sheet covers this one */
        for (int k = 0; k < 4; k++) {
            fixed x = k & 1 ? right : left, y = k & 2 ? bottom : top, sx = k & 1 ? 1 : -1, sy = k & 2 ? 1 : -1;
            marks_line(&f, x + sx * near, y, x + sx * far, y, false), marks_line(&f, x, y + sy * near, x, y + sy * far, false);
        }
        if (behind) marks_line(&f, next_x, top - near, next_x, top - far, true), marks_line(&f, next_x, bottom + near, next_x, bottom + far, true);
        if (below) marks_line(&f, left - near, next_y, left - far, next_y, true), marks_line(&f, right + near, next_y, right + far, next_y, true);
    }
    if (s->info_marks && s->margin >= MM(5)) {
        static const struct color black = {.a = 255};
        fixed size = PT(8), base = size / 3, mid = s->margin / 2;
        struct str own = tile_name(j->a, row, column);
        struct str whole = j->in->title.n ? str_printf(j->a, "%.*s · %.*s / %.*s", STR_ARG(j->in->title), STR_ARG(own),
                                                       STR_ARG(tile_name(j->a, t->rows - 1, t->columns - 1)))
                                          : own;
        if (marks_words(&f, whole, size, NULL, AT_LEFT, 0, 0, false) > w - MM(20)) whole = own;
        marks_words(&f, whole, size, &black, AT_MIDDLE, (left + right) / 2, top - mid + base, false);
        const char *on = j->rtl ? "←" : "→", *back = j->rtl ? "→" : "←";
        fixed outer = j->rtl ? left - mid : right + mid, inner = j->rtl ? right + mid : left - mid, level = (top + bottom) / 2;
        if (behind)
            marks_words(&f, str_of(on), size, &black, AT_MIDDLE, outer, level, false),
                marks_words(&f, tile_name(j->a, row, column + 1), size, &black, AT_MIDDLE, outer, level + size, false);
        if (before)
            marks_words(&f, str_of(back), size, &black, AT_MIDDLE, inner, level, false),
                marks_words(&f, tile_name(j->a, row, column - 1), size, &black, AT_MIDDLE, inner, level + size, false);
        if (below)
            marks_words(&f, str_printf(j->a, "↓ %.*s", STR_ARG(tile_name(j->a, row + 1, column))), size, &black, AT_MIDDLE, (left + right) / 2,
                        bottom + mid + base, false);
    }
    face_close(&f);
}

bool tiles_impose(struct job *j)
{
    struct sheet_style *s = j->s;
    if (!s->width) s->width = MM(210), s->height = MM(297);
    if (s->overlap < 0) s->overlap = MM(10);
    if (s->margin < 0) s->margin = MM(10);
    if (!s->marks_said) s->crop_marks = s->info_marks = true;
    if (s->fold_marks || s->cross_marks || s->color_marks) { /* they serve machines */
        const char *list =
            arena_printf(j->a, "%s%s%s", s->fold_marks ? " fold" : "", s->cross_marks ? " cross" : "", s->color_marks ? " colors" : "");
        SHEET_SAY(j, MSG_SHEET_TILES_MARKS, list + 1);
    }
    struct tiling t = {.w = s->width - 2 * s->margin, .h = s->height - 2 * s->margin};
    t.step_x = t.w - s->overlap, t.step_y = t.h - s->overlap;
    if (t.step_x < MM(10) || t.step_y < MM(10))
        return SHEET_SAY(j, MSG_SHEET_TILES, sheet_mm(j->a, s->margin), sheet_mm(j->a, s->overlap), sheet_mm(j->a, s->width),
                         sheet_mm(j->a, s->height)),
               false;
    j->out->duplex = STR("none");
    size_t n = 0;
    for (size_t i = 0; i < j->in->n_pages; i++) {
        const struct frame_page *p = &j->in->pages[i];
        t.columns = pieces(p->trim_w, t.w, t.step_x), t.rows = pieces(p->trim_h, t.h, t.step_y);
        n += (size_t)t.columns * (size_t)t.rows;
        if (t.columns > SHEET_TILE_GRID || t.rows > SHEET_TILE_GRID || n > SHEET_SIDES)
            return SHEET_SAY(j, MSG_SHEET_MANY, arena_printf(j->a, "%zu", n)), false;
        for (int row = 0; row < t.rows; row++)
            for (int column = 0; column < t.columns; column++) make_tile(j, &t, i, row, column, j->pages.n);
    }
    return true;
}
