/* deco.c: backgrounds and borders (CSS Backgrounds 3) as RECT and PATH items, always artifacts. Straight solid edges are rectangles, which viewers
 * draw crisply; dashed, dotted and rounded ones are paths. Edges of different colour meet square. */
#include "layout/internal.h"

/* Bézier approximation of a quarter circle: control points at this part of the radius (Goldapp 1991), ×65536. */
enum { KAPPA = 36195 };

static size_t round_rect(struct point *pt, uint8_t *ops, fixed x, fixed y, fixed w, fixed h, const fixed radius[4][2])
{
    size_t n = 0, o = 0;
    fixed k[4][2];
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 2; j++) k[i][j] = radius[i][j] - fixed_muldiv(radius[i][j], KAPPA, 65536);
    const struct {
        fixed x, y;
        int dx, dy;
    } corner[4] = {{x, y, 1, 1}, {x + w, y, -1, 1}, {x + w, y + h, -1, -1}, {x, y + h, 1, -1}};
    for (int i = 0; i < 4; i++) {
        /* clockwise: top left and bottom right are entered along y, the others along x */
        bool along_y = i % 2 == 0;
        fixed rx = radius[i][0] * corner[i].dx, ry = radius[i][1] * corner[i].dy, kx = k[i][0] * corner[i].dx, ky = k[i][1] * corner[i].dy;
        struct point in = along_y ? (struct point){corner[i].x, corner[i].y + ry} : (struct point){corner[i].x + rx, corner[i].y};
        struct point out = along_y ? (struct point){corner[i].x + rx, corner[i].y} : (struct point){corner[i].x, corner[i].y + ry};
        ops[o++] = i ? PATH_LINE : PATH_MOVE;
        pt[n++] = in;
        if (!rx || !ry) continue;
        ops[o++] = PATH_CURVE;
        pt[n++] = along_y ? (struct point){corner[i].x, corner[i].y + ky} : (struct point){corner[i].x + kx, corner[i].y};
        pt[n++] = along_y ? (struct point){corner[i].x + kx, corner[i].y} : (struct point){corner[i].x, corner[i].y + ky};
        pt[n++] = out;
    }
    ops[o++] = PATH_CLOSE;
    return (n << 8) | o;
}

static const struct path *path_rounded(struct arena *a, fixed x, fixed y, fixed w, fixed h, const fixed radius[4][2])
{
    struct point *pt = ARENA_ARRAY(a, struct point, 16);
    uint8_t *ops = arena_alloc(a, 16);
    size_t r = round_rect(pt, ops, x, y, w, h, radius);
    struct path *p = ARENA_NEW(a, struct path);
    *p = (struct path){(uint32_t)(r & 255), (uint32_t)(r >> 8), ops, pt};
    return p;
}

static const struct path *path_ring(struct arena *a, struct deco d, const fixed *b, const fixed outer[4][2], const fixed inner[4][2])
{
    struct point *pt = ARENA_ARRAY(a, struct point, 32);
    uint8_t *ops = arena_alloc(a, 32);
    size_t r = round_rect(pt, ops, d.x, d.y, d.w, d.h, outer), n = r >> 8, o = r & 255;
    r = round_rect(pt + n, ops + o, d.x + b[LEFT], d.y + b[TOP], d.w - b[LEFT] - b[RIGHT], d.h - b[TOP] - b[BOTTOM], inner);
    struct path *p = ARENA_NEW(a, struct path);
    *p = (struct path){(uint32_t)(o + (r & 255)), (uint32_t)(n + (r >> 8)), ops, pt};
    return p;
}

/* Corner radii in use: percentages resolved, edges that are cut off square, scaled down where two do not fit (Backgrounds 3, 5.5). */
static bool radii(const struct style *s, const struct deco *d, fixed r[4][2])
{
    bool any = false, cut[4] = {!d->top || !d->left, !d->top || !d->right, !d->bottom || !d->right, !d->bottom || !d->left};
    for (int i = 0; i < 4; i++) {
        r[i][0] = cut[i] ? 0 : fixed_max(len_resolve(s->radius[i], d->w, 0), 0);
        r[i][1] = cut[i] ? 0 : fixed_max(len_resolve(s->radius[i], d->h, 0), 0);
        any |= r[i][0] && r[i][1];
    }
    const int64_t sums[4][2] = {{(int64_t)r[0][0] + r[1][0], d->w},
                                {(int64_t)r[3][0] + r[2][0], d->w},
                                {(int64_t)r[0][1] + r[3][1], d->h},
                                {(int64_t)r[1][1] + r[2][1], d->h}};
    int64_t num = 1, den = 1;
    for (int i = 0; i < 4; i++)
        if (sums[i][0] > sums[i][1] && sums[i][1] * den < num * sums[i][0]) num = sums[i][1], den = sums[i][0];
    if (den != num)
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 2; j++) r[i][j] = (fixed)(r[i][j] * num / den);
    return any;
}

static struct item *push(struct arena *a, struct items *out, enum item_kind kind, struct place at, fixed x, fixed y, fixed w, fixed h)
{
    struct item *it = vec_push(a, out);
    *it = (struct item){.kind = (uint8_t)kind, .x = x, .y = y, .w = w, .h = h, .at = at};
    return it;
}

static void fill_path(struct layout *l, struct arena *a, struct items *out, struct place at, struct deco d, const struct path *p, struct color c,
                      bool even_odd)
{
    struct item *it = push(a, out, ITEM_PATH, at, d.x, d.y, d.w, d.h);
    struct paint *paint = ARENA_NEW(l->a, struct paint);
    *paint = (struct paint){.fill = c, .even_odd = even_odd};
    it->u.path.path = p;
    it->u.path.paint = paint;
}

static void stroke_line(struct layout *l, struct arena *a, struct items *out, struct place at, fixed x0, fixed y0, fixed x1, fixed y1, fixed width,
                        uint8_t style, struct color c)
{
    static const uint8_t OPS[] = {PATH_MOVE, PATH_LINE};
    struct point *pt = ARENA_ARRAY(l->a, struct point, 2);
    pt[0] = (struct point){x0, y0};
    pt[1] = (struct point){x1, y1};
    struct path *p = ARENA_NEW(l->a, struct path);
    *p = (struct path){2, 2, OPS, pt};
    struct paint *paint = ARENA_NEW(l->a, struct paint);
    *paint = (struct paint){.stroke = c, .width = width, .n_dash = 2};
    if (style == BORDER_DOTTED) paint->cap = 1, paint->dash[0] = 0, paint->dash[1] = width * 2;
    else paint->dash[0] = width * 3, paint->dash[1] = width * 2;
    struct item *it = push(a, out, ITEM_PATH, at, fixed_min(x0, x1), fixed_min(y0, y1), x1 > x0 ? x1 - x0 : x0 - x1, y1 > y0 ? y1 - y0 : y0 - y1);
    it->u.path.path = p;
    it->u.path.paint = paint;
}

static void edge(struct layout *l, struct arena *a, struct items *out, struct place at, fixed x, fixed y, fixed w, fixed h, bool horizontal,
                 uint8_t style, struct color c)
{
    if (w <= 0 || h <= 0 || !c.a) return;
    if (style == BORDER_DASHED || style == BORDER_DOTTED) {
        if (horizontal) stroke_line(l, a, out, at, x, y + h / 2, x + w, y + h / 2, h, style, c);
        else stroke_line(l, a, out, at, x + w / 2, y, x + w / 2, y + h, w, style, c);
    } else if (style == BORDER_DOUBLE && (horizontal ? h : w) >= 3) {
        fixed third = (horizontal ? h : w) / 3;
        push(a, out, ITEM_RECT, at, x, y, horizontal ? w : third, horizontal ? third : h)->u.color = c;
        push(a, out, ITEM_RECT, at, horizontal ? x : x + w - third, horizontal ? y + h - third : y, horizontal ? w : third, horizontal ? third : h)
            ->u.color = c;
    } else push(a, out, ITEM_RECT, at, x, y, w, h)->u.color = c;
}

void deco_edge(struct layout *l, const struct edge *e, fixed x, fixed y, struct arena *a, struct items *out)
{
    edge(l, a, out, (struct place){0}, x + e->x, y + e->y, e->w, e->h, e->horizontal, e->style, e->color);
}

static bool same_color(struct color a, struct color b) { return !memcmp(&a, &b, sizeof a); }
static bool visible(const struct style *s, int i) { return s->border_style[i] > BORDER_HIDDEN && s->border_width[i] > 0 && s->border_color[i].a; }

bool deco_paints(const struct style *s)
{
    if (s->visibility_hidden) return false;
    return s->background.a || s->background_image.n || visible(s, TOP) || visible(s, RIGHT) || visible(s, BOTTOM) || visible(s, LEFT);
}

/* Where the first tile begins of those that reach past the edge, one of them standing at `at`. */
static fixed first_tile(fixed at, fixed edge, fixed step)
{
    fixed over = (at - edge) % step;
    return edge + (over > 0 ? over - step : over);
}

/* Background image: positioned, sized and repeated inside the padding box, clipped to the border box. */
static void background_image(struct layout *l, const struct style *s, struct deco d, struct place at, const struct path *clip, struct arena *a,
                             struct items *out)
{
    const struct picture *p = picture_open(l, s->background_image, at);
    if (!p->image && !p->svg) return;
    fixed w = len_resolve(s->background_w, d.w, 0), h = len_resolve(s->background_h, d.h, 0), nw = p->width ? p->width : d.w,
          nh = p->height ? p->height : d.h;
    if (s->background_w.kind == LEN_MAX_CONTENT || s->background_w.kind == LEN_MIN_CONTENT) { /* cover, contain */
        bool cover = s->background_w.kind == LEN_MAX_CONTENT, by_width = ((int64_t)d.w * nh > (int64_t)d.h * nw) == cover;
        w = by_width ? d.w : fixed_muldiv(d.h, nw, nh);
        h = by_width ? fixed_muldiv(d.w, nh, nw) : d.h;
    } else if (!w && !h) w = nw, h = nh;
    else if (!w) w = fixed_muldiv(h, nw, nh);
    else if (!h) h = fixed_muldiv(w, nh, nw);
    if (w < FIXED_ONE || h < FIXED_ONE) return;
    fixed x = d.x + (s->background_x.kind == LEN_PERCENT ? len_resolve(s->background_x, d.w - w, 0) : len_resolve(s->background_x, d.w, 0));
    fixed y = d.y + (s->background_y.kind == LEN_PERCENT ? len_resolve(s->background_y, d.h - h, 0) : len_resolve(s->background_y, d.h, 0));
    bool across = s->background_repeat == BG_REPEAT || s->background_repeat == BG_REPEAT_X,
         down = s->background_repeat == BG_REPEAT || s->background_repeat == BG_REPEAT_Y;
    if (((int64_t)d.w / w + 2) * ((int64_t)d.h / h + 2) > 2000) across = down = false; /* a dot of one pixel would make a page of 100,000 images */
    if (across) x = first_tile(x, d.x, w);
    if (down) y = first_tile(y, d.y, h);
    push(a, out, ITEM_SAVE, at, 0, 0, 0, 0);
    push(a, out, ITEM_CLIP, at, d.x, d.y, d.w, d.h)->u.path.path = clip;
    for (fixed ty = y; ty < d.y + d.h; ty += h) {
        for (fixed tx = x; tx < d.x + d.w; tx += w) {
            picture_paint(l, p, NULL, tx, ty, w, h, a, out);
            if (!across) break;
        }
        if (!down) break;
    }
    push(a, out, ITEM_RESTORE, at, 0, 0, 0, 0);
}

void deco_paint(struct layout *l, const struct style *s, struct deco d, struct place at, struct arena *a, struct items *out)
{
    if (s->visibility_hidden || d.w <= 0 || d.h < 0) return;
    fixed r[4][2];
    bool rounded = radii(s, &d, r);
    const struct path *outline = rounded ? path_rounded(l->a, d.x, d.y, d.w, d.h, (const fixed(*)[2])r) : NULL;
    if (s->background.a && d.h > 0) {
        if (outline) fill_path(l, a, out, at, d, outline, s->background, false);
        else push(a, out, ITEM_RECT, at, d.x, d.y, d.w, d.h)->u.color = s->background;
    }
    if (s->background_image.n && d.h > 0) background_image(l, s, d, at, outline, a, out);
    bool on[4] = {d.top, d.right, d.bottom, d.left}, uniform = true;
    fixed b[4];
    int first = -1;
    for (int i = 0; i < 4; i++) {
        b[i] = on[i] && visible(s, i) ? s->border_width[i] : 0;
        if (!b[i]) continue;
        if (first < 0) first = i;
        uniform &= s->border_style[i] == BORDER_SOLID && same_color(s->border_color[i], s->border_color[first]);
    }
    if (first < 0) return;
    if (rounded && uniform) {
        fixed in[4][2];
        const int edges[4][2] = {{LEFT, TOP}, {RIGHT, TOP}, {RIGHT, BOTTOM}, {LEFT, BOTTOM}};
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 2; j++) in[i][j] = fixed_max(r[i][j] - b[edges[i][j]], 0);
        fill_path(l, a, out, at, d, path_ring(l->a, d, b, (const fixed(*)[2])r, (const fixed(*)[2])in), s->border_color[first], true);
        return;
    }
    edge(l, a, out, at, d.x, d.y, d.w, b[TOP], true, s->border_style[TOP], s->border_color[TOP]);
    edge(l, a, out, at, d.x, d.y + d.h - b[BOTTOM], d.w, b[BOTTOM], true, s->border_style[BOTTOM], s->border_color[BOTTOM]);
    edge(l, a, out, at, d.x, d.y + b[TOP], b[LEFT], d.h - b[TOP] - b[BOTTOM], false, s->border_style[LEFT], s->border_color[LEFT]);
    edge(l, a, out, at, d.x + d.w - b[RIGHT], d.y + b[TOP], b[RIGHT], d.h - b[TOP] - b[BOTTOM], false, s->border_style[RIGHT],
         s->border_color[RIGHT]);
}

static const struct path *path_moved(struct arena *a, const struct path *p, fixed dx, fixed dy)
{
    struct path *q = ARENA_NEW(a, struct path);
    struct point *pt = ARENA_ARRAY(a, struct point, p->n_points);
    for (uint32_t i = 0; i < p->n_points; i++) pt[i] = (struct point){p->points[i].x + dx, p->points[i].y + dy};
    *q = (struct path){p->n_ops, p->n_points, p->ops, pt};
    return q;
}

void item_move(struct arena *a, struct item *it, fixed dx, fixed dy)
{
    if (!dx && !dy) return;
    it->x += dx;
    it->y += dy;
    if ((it->kind == ITEM_PATH || it->kind == ITEM_CLIP) && it->u.path.path) it->u.path.path = path_moved(a, it->u.path.path, dx, dy);
    else if (it->kind == ITEM_MATRIX) { /* what is inside moves as well, so the same must be done about another point: T·M·T⁻¹ */
        double x = FIXED_PT(dx), y = FIXED_PT(dy), *m = it->u.matrix;
        m[4] += x - m[0] * x - m[2] * y, m[5] += y - m[1] * x - m[3] * y;
    }
}
