/* seen.c: characters of a finished page that nobody can see, because they stand beyond the edge of the trimmed page or behind a clip, are reported:
 * one message for each table and for each other element that loses any, with the place of the first. A character counts as seen where the middle of
 * its glyph is. */
#include "layout/page.h"
#include "base/utf8.h"
#include "base/matrix.h"
#include <math.h>

struct view { /* what shows, in points of the page, and where the coordinates of items lie in it */
    double x0, y0, x1, y1, m[6];
    size_t n; /* and within the first n of the half planes, four a clip that stands askew */
};
struct half { /* a·x + b·y + c >= 0 */
    double a, b, c;
};
struct unseen {
    struct place at;
    size_t n, page;
    const char *word;
};
struct looking {
    struct layout *l;
    VEC(struct view) saved;
    VEC(struct half) halves;
    struct view now;
    struct map found; /* of struct unseen, by tag and place */
    size_t page;
};

static struct point_d {
    double x, y;
} place_in(const struct view *v, double x, double y)
{
    return (struct point_d){v->m[0] * x + v->m[2] * y + v->m[4], v->m[1] * x + v->m[3] * y + v->m[5]};
}

/* The sides of a clip that is turned or skewed: what shows lies to the right of each. */
static void clip_askew(struct looking *k, const struct point_d corner[4])
{
    struct view *v = &k->now;
    double turn = v->m[0] * v->m[3] - v->m[1] * v->m[2] < 0 ? -1 : 1;
    k->halves.n = v->n; /* those behind belong to groups that are closed */
    for (int i = 0; i < 4; i++) {
        struct point_d a = corner[i], b = corner[(i + 1) % 4];
        *vec_push(k->l->a, &k->halves) = (struct half){turn * (a.y - b.y), turn * (b.x - a.x), turn * ((b.y - a.y) * a.x - (b.x - a.x) * a.y)};
    }
    v->n = k->halves.n;
}

static void clip_by(struct looking *k, double x0, double y0, double x1, double y1)
{
    struct view *v = &k->now;
    const struct point_d c[4] = {place_in(v, x0, y0), place_in(v, x1, y0), place_in(v, x1, y1), place_in(v, x0, y1)};
    v->x0 = fmax(v->x0, fmin(fmin(c[0].x, c[1].x), fmin(c[2].x, c[3].x))), v->x1 = fmin(v->x1, fmax(fmax(c[0].x, c[1].x), fmax(c[2].x, c[3].x)));
    v->y0 = fmax(v->y0, fmin(fmin(c[0].y, c[1].y), fmin(c[2].y, c[3].y))), v->y1 = fmin(v->y1, fmax(fmax(c[0].y, c[1].y), fmax(c[2].y, c[3].y)));
    if ((v->m[1] != 0 || v->m[2] != 0) && (v->m[0] != 0 || v->m[3] != 0)) clip_askew(k, c);
}

static void clip(struct looking *k, const struct item *it)
{
    const struct path *p = it->u.path.path;
    double x0 = FIXED_PT(it->x), y0 = FIXED_PT(it->y), x1 = x0 + FIXED_PT(it->w), y1 = y0 + FIXED_PT(it->h);
    for (uint32_t i = 0; p && i < p->n_points; i++) { /* the rectangle around it: what a rounded corner hides is little */
        double x = FIXED_PT(p->points[i].x), y = FIXED_PT(p->points[i].y);
        x0 = i ? fmin(x0, x) : x, x1 = i ? fmax(x1, x) : x, y0 = i ? fmin(y0, y) : y, y1 = i ? fmax(y1, y) : y;
    }
    clip_by(k, x0, y0, x1, y1);
}

static bool shows(const struct looking *k, double x, double y)
{
    const struct view *v = &k->now;
    struct point_d p = place_in(v, x, y);
    bool in = p.x >= v->x0 && p.x <= v->x1 && p.y >= v->y0 && p.y <= v->y1;
    for (size_t i = 0; in && i < v->n; i++) in = k->halves.v[i].a * p.x + k->halves.v[i].b * p.y + k->halves.v[i].c >= 0;
    return in;
}

/* The characters of the cluster at byte `from` that leave ink. */
static size_t characters(struct str text, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t at = from; at < to && at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        n += c > ' ' && c != 0xA0 && c != 0xAD && !(c >= 0x2000 && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202F) && !(c >= 0x2060 && c <= 0x206F);
    }
    return n;
}

/* Where the cluster of glyph g ends in the text. */
static size_t cluster_end(const struct text_item *t, uint32_t g)
{
    for (uint32_t i = g; t->rtl ? i-- > 0 : ++i < t->n;) /* glyphs of a cluster stand together, and clusters go one way */
        if (t->glyphs[i].cluster > t->glyphs[g].cluster) return t->glyphs[i].cluster;
    return t->text.n;
}

static size_t unseen_in(const struct looking *k, const struct item *it)
{
    const struct text_item *t = it->u.text;
    double y = FIXED_PT(it->y) - FIXED_PT(t->size) / 4, x = FIXED_PT(it->x);
    if (shows(k, x, y) && shows(k, x + FIXED_PT(it->w), y)) return 0; /* both ends, so all between them */
    size_t n = 0, last = SIZE_MAX;
    for (uint32_t g = 0; g < t->n; x += FIXED_PT(t->glyphs[g++].advance)) {
        size_t from = t->glyphs[g].cluster;
        if (from == last || shows(k, x + FIXED_PT(t->glyphs[g].advance) / 2, y)) continue;
        n += characters(t->text, from, cluster_end(t, g));
        last = from;
    }
    return n;
}

static const char *beginning(struct layout *l, struct str s)
{
    size_t at = 0;
    for (int i = 0; i < 24 && at < s.n; i++) utf8_next(s, &at);
    return arena_printf(l->a, "%.*s%s", (int)at, s.s, at < s.n ? "…" : "");
}

static void note(struct looking *k, const struct item *it, size_t n)
{
    const struct tag *t = it->tag, *key = t;
    for (const struct tag *up = t; up; up = up->parent)
        if (up->type == TAG_TABLE) key = up;
    struct place at = key && key->at.file ? key->at : it->at.file ? it->at : DOM_INFO(k->l->root->node)->at; /* last: a margin box */
    uintptr_t id[3] = {(uintptr_t)key, at.line, at.col};
    struct unseen *u = map_find(&k->found, (struct str){(const char *)id, sizeof id});
    if (!u) {
        u = ARENA_NEW(k->l->a, struct unseen);
        *u = (struct unseen){at, 0, k->page, beginning(k->l, it->u.text->text)};
        *map_at(&k->found, (struct str){arena_copy(k->l->a, (const char *)id, sizeof id), sizeof id}) = u;
    }
    u->n += n;
}

static void look(struct looking *k, const struct frame_page *p)
{
    k->saved.n = k->halves.n = 0;
    k->now =
        (struct view){FIXED_PT(p->trim_x), FIXED_PT(p->trim_y), FIXED_PT(p->trim_x + p->trim_w), FIXED_PT(p->trim_y + p->trim_h), {1, 0, 0, 1}, 0};
    for (size_t i = 0; i < p->n; i++) {
        const struct item *it = &p->items[i];
        size_t n;
        switch ((enum item_kind)it->kind) {
        case ITEM_SAVE: *vec_push(k->l->a, &k->saved) = k->now; break;
        case ITEM_RESTORE:
            if (k->saved.n) k->now = k->saved.v[--k->saved.n];
            break;
        case ITEM_CLIP: clip(k, it); break;
        case ITEM_MATRIX: matrix_multiply(k->now.m, it->u.matrix); break;
        case ITEM_TEXT:
            if ((n = unseen_in(k, it)) != 0) note(k, it, n);
            break;
        default: break;
        }
    }
}

void report_unseen(struct layout *l, const struct frames *f)
{
    struct looking k = {.l = l, .found = map_new(l->a)};
    for (k.page = 0; k.page < f->n_pages; k.page++) look(&k, &f->pages[k.page]);
    for (size_t i = 0; i < k.found.entries.n; i++) {
        const struct unseen *u = k.found.entries.v[i].value;
        DIAG(l->diag, MSG_LAYOUT_UNSEEN, u->at, arena_printf(l->a, "%zu", u->n), u->word, arena_printf(l->a, "%zu", u->page + 1));
    }
}
