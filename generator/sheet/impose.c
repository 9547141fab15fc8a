/* impose.c: pages onto sheets. Each stands in a group SAVE CLIP MATRIX … RESTORE; the clip ends at folds and cuts and, outside, at the bleed. */
#include "sheet/inner.h"
#include <stdio.h>

#define CREEP_FACTOR 1.3 /* a fold is thicker than its paper: 1.2 … 1.4 */

const char *sheet_mm(struct arena *a, fixed f) { return arena_printf(a, "%.1f", FIXED_PT(f) * 25.4 / 72); }

/* --- sides --- */
struct item *face_push(struct face *f, enum item_kind kind)
{
    struct item *it = vec_push(f->j->a, &f->items);
    *it = (struct item){.kind = (uint8_t)kind};
    return it;
}

void face_open(struct face *f, struct job *j, fixed w, fixed h, fixed trim_w, fixed trim_h, bool turn)
{
    *f = (struct face){.j = j, .w = w, .h = h, .x = (w - trim_w) / 2, .y = (h - trim_h) / 2, .trim_w = trim_w, .trim_h = trim_h, .turn = turn};
    f->bleed = j->s->bleed;
    f->side = -1;
    if (!turn) return;
    face_push(f, ITEM_SAVE);
    double m[6] = {-1, 0, 0, -1, FIXED_PT(w), FIXED_PT(h)};
    memcpy(face_push(f, ITEM_MATRIX)->u.matrix, m, sizeof m);
}

void face_close(struct face *f)
{
    if (!f->bare) marks_draw(f);
    if (f->j->dummy) dummy_folds(f);
    if (f->turn) face_push(f, ITEM_RESTORE);
    *vec_push(f->j->a, &f->j->pages) = (struct frame_page){.w = f->w,
                                                           .h = f->h,
                                                           .trim_x = f->turn ? f->w - f->x - f->trim_w : f->x,
                                                           .trim_y = f->turn ? f->h - f->y - f->trim_h : f->y,
                                                           .trim_w = f->trim_w,
                                                           .trim_h = f->trim_h,
                                                           .bleed = f->bleed,
                                                           .items = f->items.v,
                                                           .n = f->items.n};
}

/* Coloured areas that reach the trim go on as far as the cell shows them, and as far as creep has moved the page away from its outer edge: also where
 * the page has a bleed that its author forgot to fill. */
static void stretch(struct item *it, const struct frame_page *p, const struct cell *c)
{
    if (it->kind != ITEM_RECT || it->tag) return;
    fixed x0 = it->x, y0 = it->y, x1 = it->x + it->w, y1 = it->y + it->h;
    fixed left = p->trim_x, top = p->trim_y, right = left + p->trim_w, bottom = top + p->trim_h, near = PT(0.1);
    if (c->left && x0 <= left + near) x0 = fixed_min(x0, left - c->left - fixed_max(c->dx, 0));
    if (c->top && y0 <= top + near) y0 = fixed_min(y0, top - c->top);
    if (c->right && x1 >= right - near) x1 = fixed_max(x1, right + c->right - fixed_min(c->dx, 0));
    if (c->bottom && y1 >= bottom - near) y1 = fixed_max(y1, bottom + c->bottom);
    it->x = x0, it->y = y0, it->w = x1 - x0, it->h = y1 - y0;
}

void face_place(struct face *f, const struct cell *c)
{
    const struct frame_page *p = &f->j->in->pages[c->page];
    face_push(f, ITEM_SAVE);
    struct item *clip = face_push(f, ITEM_CLIP);
    clip->x = c->x - c->left, clip->y = c->y - c->top, clip->w = c->w + c->left + c->right, clip->h = c->h + c->top + c->bottom;
    struct item *move = face_push(f, ITEM_MATRIX);
    double m[6] = {1, 0, 0, 1, FIXED_PT(c->x + c->dx - p->trim_x), FIXED_PT(c->y + c->dy - p->trim_y)};
    memcpy(move->u.matrix, m, sizeof m);
    for (size_t i = 0; i < p->n; i++) {
        if (p->items[i].kind == ITEM_LINK || p->items[i].kind == ITEM_FIELD) continue;
        struct item *it = vec_push(f->j->a, &f->items);
        *it = p->items[i];
        stretch(it, p, c);
        it->tag = NULL;
    }
    face_push(f, ITEM_RESTORE);
}

/* --- checks of folds --- */
bool sheet_blanks(struct job *j, const struct sheet_order *o)
{
    if (o->pages == o->all || j->s->blank == BLANK_ALLOW) return true;
    struct buf b = {0};
    for (size_t i = 0; i < o->all; i++)
        if (sheet_page_at(o, i) == SIZE_MAX) buf_printf(&b, "%s%zu", b.n ? ", " : "", i + 1);
    const char *which = str_z(j->a, buf_view(&b)), *have = arena_printf(j->a, "%zu", o->pages), *of = arena_printf(j->a, "%zu", o->all);
    buf_close(&b);
    bool refuse = j->s->blank == BLANK_REFUSE;
    SHEET_SAY(j, refuse ? MSG_SHEET_BLANK_REFUSED : MSG_SHEET_BLANK, have, of, which);
    return !refuse;
}

/* Panels that lie back to back must be equal, or no fold hits both sides. */
static bool backs(struct job *j, const struct sheet_slot *slots, size_t n, size_t per)
{
    for (size_t i = 0; i + per < n; i++) {
        size_t side = i / per, k = i % per, back = (side + 1) * per + per - 1 - k;
        if (side % 2 || slots[i].page == SIZE_MAX || slots[back].page == SIZE_MAX) continue;
        fixed w = j->in->pages[slots[i].page].trim_w, v = j->in->pages[slots[back].page].trim_w;
        if (same_length(w, v)) continue;
        SHEET_SAY(j, MSG_SHEET_BACKS, arena_printf(j->a, "%zu", slots[i].page + 1), arena_printf(j->a, "%zu", slots[back].page + 1),
                  sheet_mm(j->a, w), sheet_mm(j->a, v));
        return false;
    }
    return true;
}

/* A flap that is as wide as what it lies on bends at the fold. */
static void flaps(struct job *j)
{
    static const struct {
        enum sheet_scheme scheme;
        size_t flap, under, share; /* pages from 0; so many flaps lie on it */
    } rows[] = {{SHEET_LETTERFOLD, 3, 2, 1}, {SHEET_GATEFOLD, 0, 3, 2}, {SHEET_GATEFOLD, 4, 3, 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].scheme != j->s->scheme || !j->s->panel_trim) continue;
        fixed flap = j->in->pages[rows[i].flap].trim_w, room = j->in->pages[rows[i].under].trim_w / (fixed)rows[i].share;
        if (flap <= room - j->s->panel_trim + TOLERANCE) continue;
        SHEET_SAY(j, MSG_SHEET_FLAP, arena_printf(j->a, "%zu", rows[i].flap + 1), sheet_mm(j->a, flap), sheet_mm(j->a, room - j->s->panel_trim));
    }
}

static bool fits(struct job *j, const struct sheet_slot *slots, size_t n, size_t per)
{
    const struct sheet_style *s = j->s;
    size_t want = sheet_pages(s->scheme);
    if (want && j->in->n_pages != want)
        return SHEET_SAY(j, MSG_SHEET_COUNT, arena_printf(j->a, "%zu", j->in->n_pages), arena_printf(j->a, "%zu", want)), false;
    for (size_t i = 0; i < n; i += per) {
        fixed sum = 0;
        for (size_t k = 0; k < per; k++) {
            if (slots[i + k].page == SIZE_MAX) continue;
            const struct frame_page *p = &j->in->pages[slots[i + k].page];
            sum += p->trim_w;
            if (s->scheme == SHEET_SADDLE && p->trim_w > s->width / 2 + TOLERANCE)
                return SHEET_SAY(j, MSG_SHEET_WIDTH, sheet_mm(j->a, 2 * p->trim_w), sheet_mm(j->a, s->width)), false;
            if (!same_length(p->trim_h, s->height))
                return SHEET_SAY(j, MSG_SHEET_HEIGHT, sheet_mm(j->a, p->trim_h), sheet_mm(j->a, s->height)), false;
        }
        if (sum > s->width + TOLERANCE) return SHEET_SAY(j, MSG_SHEET_WIDTH, sheet_mm(j->a, sum), sheet_mm(j->a, s->width)), false;
    }
    const size_t sheets = n / per / 2;
    double shift = (double)s->creep * s->creep_factor * (double)(sheets - 1);
    if (s->scheme == SHEET_SADDLE && shift > s->width / 20.0) /* a tenth of the page: nobody's margins are that wide */
        return SHEET_SAY(j, MSG_SHEET_CREEP, arena_printf(j->a, "%zu", sheets), sheet_mm(j->a, s->creep), sheet_mm(j->a, (fixed)shift)), false;
    if (want) flaps(j);
    return backs(j, slots, n, per);
}

/* --- folds --- */
/* Widths of the places of a side: of the pages, the rest shared among the blank ones. */
static void slot_widths(const struct job *j, const struct sheet_slot *slots, size_t per, fixed *w)
{
    fixed rest = j->s->width;
    int blank = 0;
    for (size_t k = 0; k < per; k++) {
        w[k] = slots[k].page == SIZE_MAX ? 0 : j->in->pages[slots[k].page].trim_w;
        if (j->s->scheme == SHEET_SADDLE) w[k] = j->s->width / 2; /* the spine stays where it is */
        rest -= w[k];
        blank += !w[k];
    }
    for (size_t k = 0; k < per && blank; k++)
        if (!w[k]) w[k] = rest / blank;
}

static void make_side(struct face *f, const struct sheet_slot *slots, size_t per)
{
    const struct job *j = f->j;
    const struct sheet_style *s = j->s;
    fixed w[3], x = f->x, sum = 0;
    slot_widths(j, slots, per, w);
    for (size_t k = 0; k < per; k++) sum += w[k];
    x += (s->width - sum) / 2; /* a narrower row of panels stands in the middle */
    f->sheet = slots[0].side / 2, f->side = (int)(slots[0].side % 2);
    fixed creep = s->scheme == SHEET_SADDLE ? (fixed)(s->creep * s->creep_factor * (double)f->sheet + 0.5) : 0; /* inner sheets move to the spine */
    for (size_t k = 0; k < per; k++) {
        bool first = k == 0, last = k + 1 == per;
        fixed page_w = slots[k].page == SIZE_MAX ? 0 : j->in->pages[slots[k].page].trim_w, inset = first ? w[k] - page_w : 0;
        if (page_w)
            face_place(f, &(struct cell){.page = slots[k].page,
                                         .x = x + inset,
                                         .y = f->y,
                                         .w = page_w,
                                         .h = s->height,
                                         .left = first ? s->bleed : 0,
                                         .right = last ? s->bleed : 0,
                                         .top = s->bleed,
                                         .bottom = s->bleed,
                                         .dx = first ? creep : -creep});
        x += w[k];
        if (!last) *vec_push(j->a, &f->fold_x) = x;
    }
    *vec_push(j->a, &f->cut_x) = f->x, *vec_push(j->a, &f->cut_x) = f->x + f->trim_w;
    *vec_push(j->a, &f->cut_y) = f->y, *vec_push(j->a, &f->cut_y) = f->y + f->trim_h;
}

static bool fold_impose(struct job *j)
{
    struct sheet_style *s = j->s;
    struct sheet_slot *slots;
    if (!s->width) s->width = MM(297), s->height = MM(210);
    const struct sheet_order order = sheet_order(j->in, s);
    size_t n, per = sheet_table(j->a, s->scheme, &order, j->rtl, &slots, &n);
    if (!per || !fits(j, slots, n, per) || !sheet_blanks(j, &order)) return false;
    bool flip_natural =
        s->height > s->width; /* turned like a leaf of a book: about the long edge of an upright sheet, the short edge of one that lies */
    j->out->duplex = s->flip_long ? STR("long") : STR("short");
    fixed margin = s->bleed + marks_room(s);
    for (size_t i = 0; i < n / per; i++) {
        struct face side;
        face_open(&side, j, s->width + 2 * margin, s->height + 2 * margin, s->width, s->height, i % 2 && s->flip_long != flip_natural);
        make_side(&side, slots + i * per, per);
        face_close(&side);
    }
    return true;
}

bool sheet_impose_as(struct arena *a, const struct frames *in, const struct sheet_style *style, struct diag *d, bool dummy, struct frames *out)
{
    struct sheet_style own = *style, *s = &own;
    if (!s->bleed) /* the sheet does not say: as much as the pages have */
        for (size_t i = 0; i < in->n_pages; i++) s->bleed = fixed_max(s->bleed, in->pages[i].bleed);
    if (s->creep_factor == 0) s->creep_factor = CREEP_FACTOR;
    *out =
        (struct frames){.title = in->title, .lang = in->lang, .author = in->author, .subject = in->subject, .creator = in->creator, .dir = in->dir};
    out->press = in->press;
    struct job j = {.a = a, .in = in, .s = s, .d = d, .out = out, .rtl = str_is(in->dir, "rtl"), .dummy = dummy};
    fixed w = s->width ? s->width : MM(210), h = s->height ? s->height : MM(297);
    if (2 * (int64_t)s->bleed > fixed_min(w, h) / 2) /* both sides together take half of the sheet */
        return SHEET_SAY(&j, MSG_SHEET_BLEED, sheet_mm(a, s->bleed), sheet_mm(a, w), sheet_mm(a, h)), false;
    bool good;
    switch (s->scheme) {
    case SHEET_N_UP: good = cards_impose(&j); break;
    case SHEET_POSTER: good = poster_impose(&j); break;
    case SHEET_TILES: good = tiles_impose(&j); break;
    default: good = fold_impose(&j);
    }
    text_close(j.text);
    out->pages = j.pages.v, out->n_pages = j.pages.n;
    return good;
}

bool sheet_impose(struct arena *a, const struct frames *in, const struct sheet_style *s, struct diag *d, struct frames *out)
{
    return sheet_impose_as(a, in, s, d, false, out);
}
