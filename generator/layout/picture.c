/* picture.c: replaced content: raster images and SVG (CSS 2.2, 10.3.2 and 10.6.2; CSS Images 3, 5.5). A file is read once a document. */
#include "layout/internal.h"
#include "base/file.h"
#include "image/image.h"
#include "svg/svg.h"

enum { LIMIT_MB = 64 };

static bool load(struct layout *l, struct str path, struct place at, struct str *bytes)
{
    char *z = str_z(l->a, path);
    if (l->o->load && l->o->load(l->o->ctx, z, bytes)) return true;
    const char *base = l->o->base ? l->o->base : "", *root = l->o->root ? l->o->root : base;
    const char *full = z[0] == '/' ? z : path_join(l->a, str_of(base), path);
    struct str normal, normal_root;
    /* Compared as written: both come from the same caller, so a link on the way is the author's own. */
    if (str_search(path, "..") != SIZE_MAX || z[0] == '/') {
        bool inside =
            path_normal(l->a, str_of(full), &normal) && path_normal(l->a, str_of(root), &normal_root) &&
            (!normal_root.n || (str_starts(normal, str_z(l->a, normal_root)) && normal.n > normal_root.n && normal.s[normal_root.n] == '/'));
        if (!inside) {
            DIAG(l->diag, MSG_LAYOUT_IMAGE_OUTSIDE, at, z);
            return false;
        }
    }
    if (file_read(l->a, full, (size_t)LIMIT_MB << 20, bytes)) return true;
    DIAG(l->diag, MSG_LAYOUT_IMAGE_MISSING, at, z);
    return false;
}

static void natural(struct picture *p)
{
    if (p->svg) {
        p->width = p->svg->w;
        p->height = p->svg->h;
    } else if (p->image) {
        p->width = PT(0.75) * (fixed)(p->image->width < 1000000 ? p->image->width : 1000000);
        p->height = PT(0.75) * (fixed)(p->image->height < 1000000 ? p->image->height : 1000000);
    }
    p->ratio = p->width > 0 && p->height > 0 ? (double)p->width / p->height : 0;
}

static bool looks_like_svg(struct str path, struct str bytes)
{
    struct str head = str_part(bytes, 0, 1024);
    return str_is(path_ext(path), "svg") || str_search(head, "<svg") != SIZE_MAX;
}

struct picture *picture_open(struct layout *l, struct str path, struct place at)
{
    void **slot = map_at(&l->pictures, path);
    if (*slot) return *slot;
    struct picture *p = ARENA_NEW(l->a, struct picture);
    *slot = p;
    struct str bytes;
    if (!path.n || !load(l, path, at, &bytes)) return p;
    if (looks_like_svg(path, bytes)) p->svg = svg_read(l->a, bytes, str_z(l->a, path), (struct color){.a = 255}, l->diag);
    else p->image = image_open(l->a, bytes, path, at, l->diag);
    natural(p);
    return p;
}

struct picture *picture_of(struct layout *l, xmlNode *n, const struct style *s)
{
    struct place at = DOM_INFO(n)->at;
    if (!xmlStrcmp(n->name, BAD_CAST "img")) {
        if (!dom_attr(n, "alt").s && !str_is(dom_attr(n, "aria-hidden"), "true") && !str_is(dom_attr(n, "role"), "presentation"))
            DIAG0(l->diag, MSG_LAYOUT_IMAGE_ALT, at);
        return picture_open(l, dom_attr(n, "src"), at);
    }
    struct picture *p = ARENA_NEW(l->a, struct picture);
    p->svg = svg_read_node(l->a, n, at, s->color, l->diag), p->element = true;
    natural(p);
    return p;
}

/* At most 55 m: no paper is longer, and many such pictures one below the other are still a height that fits into 32 bits. */
static fixed by_ratio(fixed v, double ratio) { return (fixed)(v * ratio < 1e7 ? v * ratio + 0.5 : 1e7); }

void picture_size(struct layout *l, struct box *b, fixed width, fixed height, fixed *w, fixed *h)
{
    (void)l;
    const struct picture *p = b->u.picture;
    const struct style *s = b->style;
    struct edges e = edges_of(s, width);
    fixed cut_w = s->box_sizing_border ? edges_h(&e) : 0, cut_h = s->box_sizing_border ? edges_v(&e) : 0;
    fixed ow = len_definite(s->width) ? fixed_max(len_resolve(s->width, width, 0) - cut_w, 0) : -1, oh = -1; /* attributes came by the cascade */
    if (s->height.kind == LEN_FIXED || (len_definite(s->height) && height >= 0)) oh = fixed_max(len_resolve(s->height, height, 0) - cut_h, 0);
    bool auto_w = ow < 0, auto_h = oh < 0;
    double ratio = p->ratio > 0 ? p->ratio : 2;
    if (auto_w && auto_h) ow = p->width ? p->width : PT(225), oh = p->height ? p->height : by_ratio(ow, 1 / ratio);
    else if (auto_w) ow = p->ratio > 0 ? by_ratio(oh, p->ratio) : p->width;
    else if (auto_h) oh = p->ratio > 0 ? by_ratio(ow, 1 / p->ratio) : p->height;
    fixed cw = width_clamp(s, ow, width, cut_w), ch = height_clamp(s, oh, height, cut_h);
    /* limits keep the ratio where the other side is free (10.4) */
    if (cw != ow && auto_h && p->ratio > 0) ch = height_clamp(s, by_ratio(cw, 1 / p->ratio), height, cut_h);
    if (ch != oh && auto_w && p->ratio > 0) cw = fixed_min(width_clamp(s, by_ratio(ch, p->ratio), width, cut_w), cw);
    *w = cw;
    *h = ch;
}

/* Whether a shape may leave the view box: by its points, curves by their control points too, and half of its stroke. */
static bool leaves_view(const struct svg *v)
{
    for (size_t i = 0; i < v->n; i++) {
        const struct svg_shape *s = &v->shapes[i];
        fixed half = s->paint.stroke.a ? s->paint.width / 2 : 0;
        for (uint32_t k = 0; k < s->path.n_points; k++) {
            struct point p = s->path.points[k];
            if (p.x - half < v->vx || p.x + half > v->vx + v->vw || p.y - half < v->vy || p.y + half > v->vy + v->vh) return true;
        }
    }
    return false;
}

static void add_shapes(struct layout *l, const struct svg *v, fixed x, fixed y, fixed w, fixed h, struct arena *a, struct items *out)
{
    if (v->vw <= 0 || v->vh <= 0) return;
    double sx = (double)w / v->vw, sy = (double)h / v->vh, tx = x - v->vx * sx, ty = y - v->vy * sy, line = (sx + sy) / 2;
    for (size_t i = 0; i < v->n; i++) {
        const struct svg_shape *s = &v->shapes[i];
        struct path *p = ARENA_NEW(l->a, struct path);
        struct point *pt = ARENA_ARRAY(l->a, struct point, s->path.n_points);
        for (uint32_t k = 0; k < s->path.n_points; k++)
            pt[k] = (struct point){(fixed)(s->path.points[k].x * sx + tx + 0.5), (fixed)(s->path.points[k].y * sy + ty + 0.5)};
        *p = (struct path){s->path.n_ops, s->path.n_points, s->path.ops, pt};
        struct paint *paint = ARENA_NEW(l->a, struct paint);
        *paint = s->paint;
        paint->width = (fixed)(s->paint.width * line + 0.5);
        for (int k = 0; k < paint->n_dash; k++) paint->dash[k] = (fixed)(s->paint.dash[k] * line + 0.5);
        struct item *it = vec_push(a, out);
        *it = (struct item){.kind = ITEM_PATH, .x = x, .y = y, .w = w, .h = h};
        it->u.path.path = p;
        it->u.path.paint = paint;
    }
}

void picture_paint(struct layout *l, const struct picture *p, const struct style *s, fixed x, fixed y, fixed w, fixed h, struct arena *a,
                   struct items *out)
{
    if ((!p->image && !p->svg) || w <= 0 || h <= 0) return;
    fixed pw = w, ph = h;
    enum object_fit fit = s ? (enum object_fit)s->object_fit : FIT_FILL;
    if (p->svg && fit == FIT_FILL && !p->svg->stretch) fit = FIT_CONTAIN; /* preserveAspectRatio */
    if (p->ratio > 0 && fit != FIT_FILL) {
        bool wide = (double)w / h > p->ratio, cover = fit == FIT_COVER;
        if (fit == FIT_NONE || (fit == FIT_SCALE_DOWN && p->width <= w && p->height <= h)) pw = p->width, ph = p->height;
        else if (wide == cover) ph = by_ratio(w, 1 / p->ratio);
        else pw = by_ratio(h, p->ratio);
    }
    fixed px = x + (w - pw) / 2, py = y + (h - ph) / 2;
    if (s && s->object_x.kind != LEN_AUTO)
        px = x + (s->object_x.kind == LEN_PERCENT ? len_resolve(s->object_x, w - pw, 0) : len_resolve(s->object_x, w, 0));
    if (s && s->object_y.kind != LEN_AUTO)
        py = y + (s->object_y.kind == LEN_PERCENT ? len_resolve(s->object_y, h - ph, 0) : len_resolve(s->object_y, h, 0));
    bool shown = p->element && s && !s->overflow_hidden, clip = pw > w || ph > h;
    clip |= p->svg && !shown && p->svg->vw > 0 && leaves_view(p->svg); /* SVG 2 8.2: the viewport clips */
    if (clip) {
        *vec_push(a, out) = (struct item){.kind = ITEM_SAVE};
        *vec_push(a, out) = (struct item){.kind = ITEM_CLIP, .x = x, .y = y, .w = w, .h = h};
    }
    if (p->svg) add_shapes(l, p->svg, px, py, pw, ph, a, out);
    else {
        struct item *it = vec_push(a, out);
        *it = (struct item){.kind = ITEM_IMAGE, .x = px, .y = py, .w = pw, .h = ph};
        it->u.image = p->image;
    }
    if (clip) *vec_push(a, out) = (struct item){.kind = ITEM_RESTORE};
}
