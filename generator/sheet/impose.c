/* impose.c: pages onto sheets. Each stands in a group SAVE CLIP MATRIX … RESTORE; the clip ends at the folds and, outside, at the bleed. */
#include "sheet/sheet.h"
#include <stdio.h>

#define MARK_GAP MM(2) /* between bleed and marks */
#define MARK_LENGTH MM(5)
#define MARK_WIDTH PT(0.25)
#define TOLERANCE MM(0.2) /* rounding of millimetres, no more */
#define CREEP_FACTOR 1.3  /* a fold is thicker than its paper */

struct face {
    struct arena *a;
    const struct frames *in;
    const struct sheet_style *s;
    fixed margin; /* from the media's edge to the trim */
    bool turn;    /* printed upside down */
    VEC(struct item) items;
};

static struct item *push(struct face *d, enum item_kind kind)
{
    struct item *it = vec_push(d->a, &d->items);
    *it = (struct item){.kind = (uint8_t)kind};
    return it;
}

/* --- marks --- */

static void line(struct face *d, fixed x0, fixed y0, fixed x1, fixed y1, bool dashed)
{
    static const uint8_t ops[] = {PATH_MOVE, PATH_LINE};
    static const struct paint solid = {.stroke = {.a = 255}, .width = MARK_WIDTH};
    static const struct paint dashes = {.stroke = {.a = 255}, .width = MARK_WIDTH, .n_dash = 2, .dash = {MM(1), MM(0.7)}};
    struct point *points = ARENA_ARRAY(d->a, struct point, 2);
    points[0] = (struct point){x0, y0}, points[1] = (struct point){x1, y1};
    struct path *path = ARENA_NEW(d->a, struct path);
    *path = (struct path){2, 2, ops, points};
    struct item *it = push(d, ITEM_PATH);
    it->u.path.path = path, it->u.path.paint = dashed ? &dashes : &solid;
}

static void crop_marks(struct face *d)
{
    fixed m = d->margin, w = d->s->width, h = d->s->height, near = d->s->bleed + MARK_GAP, far = near + MARK_LENGTH;
    for (int i = 0; i < 4; i++) {
        bool right = i & 1, low = i & 2;
        fixed x = m + (right ? w : 0), y = m + (low ? h : 0), sx = right ? 1 : -1, sy = low ? 1 : -1;
        line(d, x + sx * near, y, x + sx * far, y, false);
        line(d, x, y + sy * near, x, y + sy * far, false);
    }
}

static void fold_mark(struct face *d, fixed x)
{
    fixed m = d->margin, near = d->s->bleed + MARK_GAP, far = near + MARK_LENGTH;
    line(d, x, m - near, x, m - far, true);
    line(d, x, m + d->s->height + near, x, m + d->s->height + far, true);
}

/* --- one panel --- */

/* A page without bleed of its own: coloured areas that reach its edge go on into the sheet's bleed. */
static void stretch(struct item *it, const struct frame_page *p, fixed left, fixed right, fixed bleed)
{
    if (it->kind != ITEM_RECT || it->tag || p->bleed) return;
    fixed x0 = it->x, y0 = it->y, x1 = it->x + it->w, y1 = it->y + it->h;
    if (x0 <= PT(0.1)) x0 -= left;
    if (y0 <= PT(0.1)) y0 -= bleed;
    if (x1 >= p->w - PT(0.1)) x1 += right;
    if (y1 >= p->h - PT(0.1)) y1 += bleed;
    it->x = x0, it->y = y0, it->w = x1 - x0, it->h = y1 - y0;
}

/* Places page p with the left edge of its trim at x; first, last: at an outer edge of the sheet, where the bleed shows; shift: creep. */
static void place(struct face *d, const struct frame_page *p, fixed x, fixed w, bool first, bool last, fixed shift)
{
    fixed bleed = d->s->bleed, left = first ? bleed : 0, right = last ? bleed : 0, y = d->margin;
    push(d, ITEM_SAVE);
    struct item *clip = push(d, ITEM_CLIP);
    clip->x = x - left, clip->y = y - bleed, clip->w = w + left + right, clip->h = d->s->height + 2 * bleed;
    struct item *move = push(d, ITEM_MATRIX);
    double m[6] = {1, 0, 0, 1, FIXED_PT(x + shift - p->trim_x), FIXED_PT(y - p->trim_y)};
    memcpy(move->u.matrix, m, sizeof m);
    for (size_t i = 0; i < p->n; i++) {
        if (p->items[i].kind == ITEM_LINK || p->items[i].kind == ITEM_FIELD) continue;
        struct item *it = vec_push(d->a, &d->items);
        *it = p->items[i];
        stretch(it, p, left, right, bleed);
        it->tag = NULL;
    }
    push(d, ITEM_RESTORE);
}

/* --- checks and sides --- */

static const char *mm(struct arena *a, fixed f) { return arena_printf(a, "%.1f", FIXED_PT(f) * 25.4 / 72); }

static bool fits(struct arena *a, const struct frames *in, const struct sheet_style *s, const struct sheet_slot *slots, size_t n, size_t per,
                 struct diag *d)
{
    size_t want = sheet_pages(s->scheme);
    if (want && in->n_pages != want) {
        DIAG(d, MSG_SHEET_COUNT, ((struct place){0}), arena_printf(a, "%zu", in->n_pages), arena_printf(a, "%zu", want));
        return false;
    }
    for (size_t i = 0; i < n; i += per) {
        fixed sum = 0;
        for (size_t k = 0; k < per; k++) {
            if (slots[i + k].page == SIZE_MAX) continue;
            const struct frame_page *p = &in->pages[slots[i + k].page];
            sum += p->trim_w;
            if (p->trim_h > s->height + TOLERANCE || p->trim_h < s->height - TOLERANCE) {
                DIAG(d, MSG_SHEET_HEIGHT, ((struct place){0}), mm(a, p->trim_h), mm(a, s->height));
                return false;
            }
        }
        if (sum > s->width + TOLERANCE) {
            DIAG(d, MSG_SHEET_WIDTH, ((struct place){0}), mm(a, sum), mm(a, s->width));
            return false;
        }
    }
    return true;
}

/* Widths of the places of a side: of the pages, the rest shared among the blank ones. */
static void slot_widths(const struct face *d, const struct sheet_slot *slots, size_t per, fixed *w)
{
    fixed rest = d->s->width;
    int blank = 0;
    for (size_t k = 0; k < per; k++) {
        w[k] = slots[k].page == SIZE_MAX ? 0 : d->in->pages[slots[k].page].trim_w;
        rest -= w[k];
        blank += slots[k].page == SIZE_MAX;
    }
    for (size_t k = 0; k < per && blank; k++)
        if (slots[k].page == SIZE_MAX) w[k] = rest / blank;
}

static void make_side(struct face *d, const struct sheet_slot *slots, size_t per, struct frame_page *out)
{
    fixed w[3], x = d->margin, sum = 0;
    slot_widths(d, slots, per, w);
    for (size_t k = 0; k < per; k++) sum += w[k];
    x += (d->s->width - sum) / 2; /* a narrower row of panels stands in the middle */
    *out = (struct frame_page){.w = d->s->width + 2 * d->margin,
                               .h = d->s->height + 2 * d->margin,
                               .trim_x = d->margin,
                               .trim_y = d->margin,
                               .trim_w = d->s->width,
                               .trim_h = d->s->height,
                               .bleed = d->s->bleed};
    if (d->turn) {
        push(d, ITEM_SAVE);
        double m[6] = {-1, 0, 0, -1, FIXED_PT(out->w), FIXED_PT(out->h)};
        memcpy(push(d, ITEM_MATRIX)->u.matrix, m, sizeof m);
    }
    size_t sheet = slots[0].side / 2; /* counted from the outermost: inner sheets move to the spine */
    fixed creep = d->s->scheme == SHEET_SADDLE ? (fixed)(d->s->creep * CREEP_FACTOR * (double)sheet) : 0;
    for (size_t k = 0; k < per; k++) {
        if (slots[k].page != SIZE_MAX) place(d, &d->in->pages[slots[k].page], x, w[k], k == 0, k + 1 == per, k == 0 ? creep : -creep);
        x += w[k];
        if (d->s->fold_marks && k + 1 < per) fold_mark(d, x);
    }
    if (d->s->crop_marks) crop_marks(d);
    if (d->turn) push(d, ITEM_RESTORE);
    out->items = d->items.v, out->n = d->items.n;
}

bool sheet_impose(struct arena *a, const struct frames *in, const struct sheet_style *style, struct diag *d, struct frames *out)
{
    struct sheet_style own = *style, *s = &own;
    if (!s->bleed) /* the sheet does not say: as much as the pages have */
        for (size_t i = 0; i < in->n_pages; i++) s->bleed = fixed_max(s->bleed, in->pages[i].bleed);
    struct sheet_slot *slots;
    size_t n, per = sheet_table(a, s->scheme, in->n_pages, str_is(in->dir, "rtl"), &slots, &n);
    if (!per || !fits(a, in, s, slots, n, per, d)) return false;
    bool flip_natural =
        s->height > s->width; /* turned like a leaf of a book: about the long edge of an upright sheet, the short edge of one that lies */
    *out =
        (struct frames){.title = in->title, .lang = in->lang, .author = in->author, .subject = in->subject, .creator = in->creator, .dir = in->dir};
    out->duplex = s->flip_long ? STR("long") : STR("short");
    out->n_pages = n / per;
    out->pages = ARENA_ARRAY(a, struct frame_page, out->n_pages);
    for (size_t i = 0; i < out->n_pages; i++) {
        struct face side = {.a = a, .in = in, .s = s, .margin = s->bleed, .turn = i % 2 && s->flip_long != flip_natural};
        if (s->crop_marks || s->fold_marks) side.margin += MARK_GAP + MARK_LENGTH;
        make_side(&side, slots + i * per, per, &out->pages[i]);
    }
    return true;
}
