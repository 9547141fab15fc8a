/* strip.c: where strips (strip.h) are cut, and how high they are, and what is left of them. split.c cuts and place.c paints by the same rules of
 * height (fragment.h), so what one promises the other keeps. */
#include "layout/fragment.h"
#include <assert.h>

bool strip_done(const struct strip *s, struct cut at) { return at.i >= s->v.n && !at.n_rest && !at.carried; }

const struct float_rest *rest_of(const struct cut *c, size_t i)
{
    size_t low = 0, high = c->n_rest;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (c->rest[mid].i < i) low = mid + 1;
        else high = mid;
    }
    return low < c->n_rest && c->rest[low].i == i ? &c->rest[low] : NULL;
}

/* Floats that had gone on at b and have ended, or come further, at a. */
bool rest_ahead(const struct strip *s, const struct cut *a, const struct cut *b)
{
    for (size_t k = 0; k < b->n_rest; k++) {
        const struct float_rest *r = rest_of(a, b->rest[k].i);
        assert(s->v.v);
        if (!r || r->dy < b->rest[k].dy || cut_ahead(s->v.v[b->rest[k].i].u.floated->strip, r->at, b->rest[k].at)) return true;
    }
    return false;
}

struct cut **cut_one(struct arena *a, struct cut c)
{
    struct cut **out = ARENA_NEW(a, struct cut *);
    *(*out = ARENA_NEW(a, struct cut)) = c;
    return out;
}

static size_t subs_of(const struct strip *s, size_t i)
{
    const struct piece *p = i < s->v.n ? &s->v.v[i] : NULL;
    return !p ? 0 : p->kind == PIECE_BAND ? p->u.band->n : p->kind == PIECE_COLUMNS ? 1 : 0;
}

bool cut_ahead(const struct strip *s, struct cut a, struct cut b)
{
    if (a.i != b.i) return a.i > b.i;
    const struct piece *p = a.i < s->v.n ? &s->v.v[a.i] : NULL;
    for (size_t k = 0; a.sub && p && k < subs_of(s, a.i); k++)
        if (cut_ahead(p->kind == PIECE_BAND ? p->u.band->cells[k].strip : p->u.columns->strip, cell_cut(&a, k), cell_cut(&b, k))) return true;
    return a.lift > b.lift || (b.n_rest && rest_ahead(s, &a, &b)) || (b.carried && carried_ahead(a.carried, b.carried));
}

/* --- bands --- */
struct cut cell_cut(const struct cut *at, size_t i) { return at && at->sub && at->sub[i] ? *at->sub[i] : (struct cut){0}; }

/* How much lower what follows the cut stands because the pieces that were cut need more room than was left for them. */
fixed band_growth(const struct band *b, const struct cut *at)
{
    fixed grow = 0;
    if (!at || !at->sub) return 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct band_cell *c = &b->cells[i];
        if (c->y >= at->done) continue;
        const struct cut cell = cell_cut(at, i);
        fixed need = strip_done(c->strip, cell) ? 0 : rest_height(c->strip, cell) + c->bottom, room = c->y + c->h - at->done;
        if (need > room && room >= 0) grow = fixed_max(grow, need - room);
        else if (need > 0 && room < 0) grow = fixed_max(grow, need);
    }
    return grow;
}

fixed band_rest(const struct band *b, const struct cut *at)
{
    fixed all = b->rows[b->n_rows];
    if (!at || !at->sub) return all;
    if (b->n_rows > 1) return all - at->done + band_growth(b, at);
    fixed h = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct cut cell = cell_cut(at, i);
        if (!strip_done(b->cells[i].strip, cell)) h = fixed_max(h, rest_height(b->cells[i].strip, cell) + b->cells[i].bottom);
    }
    return h;
}

/* --- all pieces --- */
fixed piece_rest(const struct strip *s, const struct piece *p, const struct cut *at)
{
    if (p->kind == PIECE_BAND) return band_rest(p->u.band, at);
    if (p->kind == PIECE_COLUMNS) return columns_rest(s->l, p->u.columns, cell_cut(at, 0));
    return p->h;
}

/* How high a SPACE is that begins y below the top of its page. */
fixed space_height(const struct piece *p, fixed y)
{
    fixed over = p->u.step > 0 ? (y + p->h) % p->u.step : 0;
    return p->h + (over > 0 ? p->u.step - over : 0);
}

fixed rest_height(const struct strip *s, struct cut at)
{
    fixed y = 0;
    bool solid = at.i == 0 && !at.sub && !at.n_rest;
    struct floors floors = {{NO_FLOOR, NO_FLOOR}};
    for (size_t k = 0; k < at.n_rest; k++) {
        const struct floated *fl = s->v.v[at.rest[k].i].u.floated;
        floor_add(&floors, fl, at.rest[k].dy + rest_height(fl->strip, at.rest[k].at));
    }
    for (size_t i = at.i; i < s->v.n; i++) {
        const struct piece *p = &s->v.v[i];
        if (p->kind == PIECE_FLOAT) floor_add(&floors, p->u.floated, y + fixed_max(p->u.floated->dy - at.lift, 0) + p->u.floated->h);
        if (p->clear || at.lift) y = fixed_max(y, floor_of(&floors, clears(p, &at.lift)));
        if (p->kind == PIECE_SPACE && (p->clear || (!solid && !p->fill))) continue;
        y += p->kind == PIECE_SPACE ? space_height(p, y) : piece_rest(s, p, i == at.i ? &at : NULL);
        if (p->kind == PIECE_OPEN) y += p->u.group->head_h;
        if (p->kind == PIECE_CLOSE) y += p->u.group->foot_h;
        solid |= p->kind == PIECE_LINE || p->kind == PIECE_FLOAT || p->kind == PIECE_BAND || p->kind == PIECE_COLUMNS;
    }
    return fixed_max(y, lowest(&floors));
}

fixed strip_height(const struct strip *s) { return rest_height(s, (struct cut){0}); }

fixed strip_baseline(const struct strip *s, bool last)
{
    fixed y = 0, base = -1;
    struct floors floors = {{NO_FLOOR, NO_FLOOR}};
    for (size_t i = 0; i < s->v.n; i++) {
        const struct piece *p = &s->v.v[i];
        fixed here = -1;
        if (p->kind == PIECE_FLOAT) floor_add(&floors, p->u.floated, y + p->u.floated->dy + p->u.floated->h);
        if (p->clear) y = fixed_max(y, floor_of(&floors, p->clear));
        if (p->kind == PIECE_SPACE && p->clear) continue;
        if (p->kind == PIECE_OPEN) y += p->u.group->head_h;
        if (p->kind == PIECE_LINE && p->h) here = y + p->u.line->baseline;
        if (p->kind == PIECE_BAND && p->u.band->n) {
            fixed inner = strip_baseline(p->u.band->cells[0].strip, false);
            if (inner >= 0) here = y + p->u.band->cells[0].y + p->u.band->cells[0].top + p->u.band->cells[0].shift + inner;
        }
        if (here >= 0) base = here;
        if (here >= 0 && !last) return base;
        y += p->kind == PIECE_SPACE ? space_height(p, y) : piece_rest(s, p, NULL);
    }
    return base;
}
