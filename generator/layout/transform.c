/* transform.c: boxes that are painted elsewhere than they are laid out (CSS Transforms 1): moved, turned, scaled, skewed about their
 * transform-origin.
 *
 * Layout knows nothing of it: a box keeps its place and its room. Its items stand between SAVE, MATRIX and RESTORE, links and fields among them;
 * these name rectangles of the page, and transform_rects makes them so once the page is whole: the upright rectangle around what the matrix makes of
 * them. Where a box goes on overleaf, each part is transformed by itself, about its own border box. */
#include "layout/internal.h"
#include "base/matrix.h"
#include <math.h>

bool transform_of(const struct style *s, fixed x, fixed y, fixed w, fixed h, double m[6])
{
    const double width = FIXED_PT(w), height = FIXED_PT(h);
    const double ox = FIXED_PT(x + len_resolve(s->origin_x, w, 0)), oy = FIXED_PT(y + len_resolve(s->origin_y, h, 0));
    const struct transform *const parts[] = {s->translate, s->rotate, s->scale, s->transform}; /* in this order: Transforms 2, 6 */
    struct transform all = {.m = {1, 0, 0, 1, 0, 0}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i]) css_multiply(&all, parts[i]);
    memcpy(m, all.m, sizeof all.m);
    m[4] += all.of_width[0] * width + all.of_height[0] * height + ox - m[0] * ox - m[2] * oy;
    m[5] += all.of_width[1] * width + all.of_height[1] * height + oy - m[1] * ox - m[3] * oy;
    return fabs(m[0] * m[3] - m[1] * m[2]) > 1e-9;
}

void transform_begin(const struct style *s, fixed x, fixed y, fixed w, fixed h, struct arena *a, struct items *out)
{
    double m[6];
    bool shows = transform_of(s, x, y, w, h, m);
    struct item *it = vec_push(a, out);
    /* a matrix that cannot be undone leaves nothing to see (Transforms 1, 12): cut away, so that what is lost is reported as any that is cut away */
    *it = (struct item){.kind = shows ? ITEM_MATRIX : ITEM_CLIP, .x = x, .y = y};
    if (shows) memcpy(it->u.matrix, m, sizeof m);
}

static fixed coordinate(double pt) { return !(pt == pt) ? 0 : pt > 156250 ? PT(156250) : pt < -156250 ? -PT(156250) : (fixed)lround(pt * FIXED_ONE); }

static void map_rect(const double m[6], fixed *x, fixed *y, fixed *w, fixed *h)
{
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int i = 0; i < 4; i++) {
        double px = FIXED_PT(*x + (i & 1 ? *w : 0)), py = FIXED_PT(*y + (i & 2 ? *h : 0));
        double qx = m[0] * px + m[2] * py + m[4], qy = m[1] * px + m[3] * py + m[5];
        x0 = fmin(x0, qx), x1 = fmax(x1, qx), y0 = fmin(y0, qy), y1 = fmax(y1, qy);
    }
    *x = coordinate(x0), *y = coordinate(y0), *w = coordinate(x1) - *x, *h = coordinate(y1) - *y;
}

void transform_marks(struct canvas *c, const struct transform_from *from, const struct box *b, fixed x, fixed y, fixed w, fixed h)
{
    double m[6];
    transform_of(b->style, x, y, w, h, m);
    size_t first = from->marks;
    for (; first && c->marks.v[first - 1].box == b; first--) { /* the box's own: where the rectangle around it begins */
        fixed left = x, top = y, wide = w, high = h;
        map_rect(m, &left, &top, &wide, &high);
        c->marks.v[first - 1].x = left, c->marks.v[first - 1].y = top;
    }
    for (size_t i = from->marks; i < c->marks.n; i++) {
        fixed none = 0, nothing = 0;
        map_rect(m, &c->marks.v[i].x, &c->marks.v[i].y, &none, &nothing);
    }
    for (size_t i = from->boxes; i < c->noted.boxes.n; i++) {
        struct frame_box *k = &c->noted.boxes.v[i];
        map_rect(m, &k->x, &k->y, &k->w, &k->h);
    }
    for (size_t i = from->lines; i < c->noted.lines.n; i++) { /* the rectangle around the line; where its blanks are is not said */
        struct frame_line *k = &c->noted.lines.v[i];
        fixed top = k->turned ? k->y : k->y - k->above, wide = k->turned ? k->above + k->below : k->w, high = k->turned ? k->w : k->above + k->below;
        map_rect(m, &k->x, &top, &wide, &high);
        bool upright = m[0] == 0 && m[3] == 0;
        k->turned = k->turned != upright;
        k->y = k->turned ? top : top + high, k->w = k->turned ? high : wide, k->above = k->turned ? wide : high, k->below = 0;
        k->n_blanks = 0;
    }
}

void transform_step(struct transform_walk *w, const struct item *it)
{
    if (it->kind == ITEM_SAVE) *vec_push(w->a, &w->saved) = w->now;
    else if (it->kind == ITEM_RESTORE && w->saved.n) w->now = w->saved.v[--w->saved.n];
    else if (it->kind == ITEM_MATRIX) matrix_multiply(w->now.m, it->u.matrix);
}

void transform_map(const struct transform_walk *w, fixed *x, fixed *y, fixed *wide, fixed *high)
{
    if (w->saved.n) map_rect(w->now.m, x, y, wide, high);
}

void transform_rects(struct arena *a, struct item *v, size_t n)
{
    struct transform_walk w = {.a = a, .now = {{1, 0, 0, 1, 0, 0}}};
    for (size_t i = 0; i < n; i++) {
        transform_step(&w, &v[i]);
        if (v[i].kind == ITEM_LINK || v[i].kind == ITEM_FIELD) transform_map(&w, &v[i].x, &v[i].y, &v[i].w, &v[i].h);
    }
}
