/* strip.c: cutting and painting strips (strip.h). strip_split and strip_place walk the same pieces by the same rules of height, so what one promises
 * the other keeps:
 *   - at the top of a fragment that does not begin the strip, SPACE has no height;
 *   - an OPEN with a repeated head takes the head's height, where it opens and at the top of every later fragment; foot likewise at the bottom;
 *   - box-decoration-break: clone repeats border and padding in the same way. */
#include "layout/internal.h"

enum { MOST_REST = 64 }; /* floats that a cut keeps note of, about */
enum { SLACK = 8 };      /* an eighth of a point: 209.9mm + rounding fits where 209.9mm fits */

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
static bool rest_ahead(const struct strip *s, const struct cut *a, const struct cut *b)
{
    for (size_t k = 0; k < b->n_rest; k++) {
        const struct float_rest *r = rest_of(a, b->rest[k].i);
        if (!r || r->dy < b->rest[k].dy || cut_ahead(s->v.v[b->rest[k].i].u.floated->strip, r->at, b->rest[k].at)) return true;
    }
    return false;
}

/* --- floats in a fragment: how far down those on the left and right reach --- */
struct floors {
    fixed y[2];
};
#define NO_FLOOR (-FIXED_MAX / 2)
static void floor_add(struct floors *f, const struct floated *fl, fixed bottom) { f->y[fl->right] = fixed_max(f->y[fl->right], bottom); }
static fixed floor_of(const struct floors *f, uint8_t clear)
{
    return fixed_max(clear & CLEAR_LEFT ? f->y[0] : NO_FLOOR, clear & CLEAR_RIGHT ? f->y[1] : NO_FLOOR);
}
/* The sides on which p stands beside no float of its fragment: where floats are lifted, on both, and what follows is made for no lift. */
static uint8_t clears(const struct piece *p, fixed *lift)
{
    if (!*lift || (p->kind != PIECE_LINE && p->kind != PIECE_BAND && p->kind != PIECE_COLUMNS)) return p->clear;
    *lift = 0;
    return CLEAR_LEFT | CLEAR_RIGHT;
}
static fixed lowest(const struct floors *f) { return floor_of(f, CLEAR_LEFT | CLEAR_RIGHT); }

struct cut *cut_copy(struct arena *a, const struct cut *c, size_t n)
{
    struct cut *out = ARENA_ARRAY(a, struct cut, n);
    memcpy(out, c, n * sizeof *c);
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
        if (cut_ahead(p->kind == PIECE_BAND ? p->u.band->cells[k].strip : p->u.columns->strip, a.sub[k], b.sub ? b.sub[k] : (struct cut){0}))
            return true;
    return a.lift > b.lift || (b.n_rest && rest_ahead(s, &a, &b)) || (b.carried && carried_ahead(a.carried, b.carried));
}

/* --- bands --- */
static struct cut cell_cut(const struct cut *at, size_t i) { return at && at->sub ? at->sub[i] : (struct cut){0}; }

/* How much lower what follows the cut stands because the pieces that were cut need more room than was left for them. */
static fixed band_growth(const struct band *b, const struct cut *at)
{
    fixed grow = 0;
    if (!at || !at->sub) return 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct band_cell *c = &b->cells[i];
        if (c->y >= at->done) continue;
        fixed need = strip_done(c->strip, at->sub[i]) ? 0 : rest_height(c->strip, at->sub[i]) + c->bottom, room = c->y + c->h - at->done;
        if (need > room && room >= 0) grow = fixed_max(grow, need - room);
        else if (need > 0 && room < 0) grow = fixed_max(grow, need);
    }
    return grow;
}

static fixed band_rest(const struct band *b, const struct cut *at)
{
    fixed all = b->rows[b->n_rows];
    if (!at || !at->sub) return all;
    if (b->n_rows > 1) return all - at->done + band_growth(b, at);
    fixed h = 0;
    for (size_t i = 0; i < b->n; i++)
        if (!strip_done(b->cells[i].strip, at->sub[i])) h = fixed_max(h, rest_height(b->cells[i].strip, at->sub[i]) + b->cells[i].bottom);
    return h;
}

/* Cuts a band at `room`. False where nothing of it would stand above the cut. */
static bool band_split(struct split *q, const struct band *b, const struct cut *from, fixed room, struct cut *to, fixed *used)
{
    struct layout *l = q->l;
    fixed done = from && from->sub ? from->done : 0, grow = band_growth(b, from), tight = 0, notes = 0;
    bool any = false, rest = false;
    struct cut *sub = ARENA_ARRAY(&l->work, struct cut, b->n);
    for (size_t i = 0; i < b->n; i++) {
        const struct band_cell *c = &b->cells[i];
        sub[i] = cell_cut(from, i);
        fixed top = c->y < done ? 0 : c->y - done + grow + c->top;
        if (c->y >= done && c->y - done + grow >= room) {
            rest = true;
            continue;
        }
        if (strip_done(c->strip, sub[i])) continue;
        struct foot foot = {0};
        if (q->foot) foot.column = q->foot->column, foot.lead = q->foot->used ? 0 : q->foot->lead;
        struct split inner = {.l = l, .avail = room - top - c->bottom - notes, .foot = q->foot ? &foot : NULL, .force = q->force};
        if (inner.avail <= 0 && !q->force) {
            rest = true;
            continue;
        }
        struct cut cut = strip_split(&inner, c->strip, sub[i]);
        any |= cut_ahead(c->strip, cut, sub[i]);
        sub[i] = cut;
        q->overflow |= inner.overflow;
        rest |= !strip_done(c->strip, cut);
        notes += foot.used;
        tight = fixed_max(tight, top + inner.used + c->bottom);
    }
    if (!any) return false;
    *used = b->n_rows == 1 ? fixed_min(tight, fixed_max(room, tight)) : room;
    if (!rest) { /* all of it stood above after all */
        *to = (struct cut){0};
        *used = fixed_min(band_rest(b, from), room);
        return true;
    }
    if (q->foot) q->foot->used += notes;
    fixed at = done + *used - grow;
    *to = (struct cut){.sub = sub, .done = fixed_clamp(at, done, b->rows[b->n_rows])};
    return true;
}

/* --- all pieces --- */
static fixed piece_rest(const struct strip *s, const struct piece *p, const struct cut *at)
{
    if (p->kind == PIECE_BAND) return band_rest(p->u.band, at);
    if (p->kind == PIECE_COLUMNS) return columns_rest(s->l, p->u.columns, at && at->sub ? at->sub[0] : (struct cut){0});
    return p->h;
}

/* How high a SPACE is that begins y below the top of its page. */
static fixed space_height(const struct piece *p, fixed y)
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

/* --- cutting --- */
struct candidate {
    size_t i;
    fixed y, foot;
    bool set;
};

static void open_edges(const struct strip *s, size_t i, fixed *top, fixed *bottom)
{
    for (uint32_t o = i < s->v.n ? s->v.v[i].parent : 0; o; o = s->v.v[o - 1].parent) {
        const struct group *g = s->v.v[o - 1].u.group;
        *top += g->head_h + (g->repeats_edges ? g->top : 0);
        *bottom += g->foot_h + (g->repeats_edges ? g->bottom : 0);
    }
}

/* Room that the notes of a line would take in all. *least: where the last of them is split after two lines. */
static fixed notes_of(const struct foot *f, const struct line *line, fixed *least)
{
    fixed all = f->used;
    *least = -1;
    for (size_t i = 0; i < line->n_notes; i++) {
        const struct note *n = line->notes[i];
        if (n->column != f->column) continue;
        if (!all) all = f->lead;
        *least = note_splits(n) ? all + note_least(n) : -1;
        all += n->h;
    }
    return all;
}

/* One run of strip_split. */
struct splitter {
    struct split *q;
    const struct strip *s;
    struct cut from;
    fixed y, reserve, avail; /* height so far; room that must stay for feet and repeated edges; with the slack */
    bool start, solid;       /* the fragment begins the strip; something that one can see stands in it */
    bool full;               /* a footnote had to be split: nothing may follow */
    bool nothing;            /* nothing fits: the cut is where the fragment begins */
    struct floors floors;
    VEC(struct float_rest) rest;       /* floats that go on behind the cut … */
    uint8_t rest_sides;                /* … on these sides (enum clear) … */
    fixed lift;                        /* as in struct cut */
    fixed delay;                       /* … and how much lower than they were made for what begins there stands */
    struct candidate best[CUT_LEVELS]; /* the last place of each quality */
};

static bool any_candidate(const struct splitter *x)
{
    bool any = false;
    for (int k = 0; k < CUT_LEVELS; k++) any |= x->best[k].set;
    return any;
}
static fixed notes_used(const struct splitter *x) { return x->q->foot ? x->q->foot->used : 0; }
static bool fits(const struct splitter *x, fixed h, fixed notes) { return !x->full && x->y + h + x->reserve + notes <= x->avail; }

/* Spaces, edges and marks, which never decide where to cut. False: the piece must be asked whether it fits. */
static bool take_edge(struct splitter *x, const struct piece *p, fixed h)
{
    const struct group *g = p->u.group;
    switch ((enum piece_kind)p->kind) {
    case PIECE_MARK:
    case PIECE_ABSOLUTE: return true;
    case PIECE_SPACE:
        if (p->clear || (!x->solid && !x->start && !p->fill)) return true;
        h = space_height(p, x->y);
        if (p->fill && x->y + h + x->reserve + notes_used(x) > x->avail)
            h = fixed_clamp(x->q->avail - x->y - x->reserve - notes_used(x), 0, fixed_max(h, 0));
        x->y += h;
        return true;
    case PIECE_OPEN:
        x->y += h + g->head_h;
        x->reserve += g->foot_h + (g->repeats_edges ? g->bottom : 0);
        return true;
    case PIECE_CLOSE:
        x->reserve -= g->foot_h + (g->repeats_edges ? g->bottom : 0);
        if (x->y + h + g->foot_h + x->reserve + notes_used(x) > x->avail && x->solid && !x->q->overflow) return false;
        x->y += h + g->foot_h;
        return true;
    default: return false;
    }
}

/* Takes a line, a band or columns where it fits with its footnotes. columns: height of those of columns. *notes: what the area of notes would need.
 */
static bool take_solid(struct splitter *x, const struct piece *p, bool whole, fixed h, fixed columns, fixed *notes)
{
    struct foot *foot = x->q->foot;
    fixed used = notes_used(x), least = -1;
    *notes = used;
    if (p->kind == PIECE_CLOSE) return false;
    if (p->kind == PIECE_LINE && foot && p->u.line->n_notes) *notes = notes_of(foot, p->u.line, &least);
    fixed all = p->kind == PIECE_COLUMNS ? columns : p->kind == PIECE_BAND && foot && whole ? p->u.band->note_h[foot->column] : 0;
    if (foot && all) *notes = (used ? used : foot->lead) + all;
    if (!fits(x, h, *notes)) {
        /* the note may be split where the page has no better end, or the note is long */
        if (least < 0 || !fits(x, h, least) || (any_candidate(x) && *notes - used <= x->q->avail / 3)) return false;
        *notes = least;
        x->full = true;
    }
    x->y += h;
    x->solid |= h > 0 || p->kind != PIECE_LINE || p->u.line->n;
    if (foot) foot->used = *notes;
    return true;
}

/* Rows that are high, or have no better place, and columns are cut inside. */
static bool cut_inside(struct splitter *x, size_t i, const struct cut *at, fixed h, struct cut *to)
{
    struct split *q = x->q;
    const struct piece *p = &x->s->v.v[i];
    fixed room = q->avail - x->y - x->reserve - notes_used(x), part = 0;
    if (x->full) return false;
    if (p->kind == PIECE_BAND && (!any_candidate(x) || (!p->u.band->rigid && h > q->avail / 3))) {
        struct split inner = *q;
        inner.force = q->force && !x->solid;
        inner.overflow = false;
        if ((room <= 0 && !inner.force) || (p->u.band->rigid && x->solid) || !band_split(&inner, p->u.band, at, room, to, &part)) return false;
        q->overflow |= inner.overflow;
        q->used = x->y + part;
        to->i = to->sub ? i : i + 1;
        return true;
    }
    if (p->kind != PIECE_COLUMNS || room <= 0 || (p->u.columns->rigid && any_candidate(x))) return false;
    if (!columns_split(q->l, p->u.columns, at, room, q->force && !x->solid, q->foot, to)) return false;
    to->i = i;
    q->used = x->y + to->done;
    return true;
}

/* The last good place leaves two lines or more empty that a place within a word would fill; not above notes, where it is not overleaf that one reads
 * on.
 */
static bool too_short(const struct splitter *x)
{
    const struct candidate *good = &x->best[CUT_GOOD], *word = &x->best[CUT_WORD];
    if (!good->set || !word->set || word->i <= good->i || word->foot) return false;
    return x->avail - x->reserve - good->foot - good->y >= 2 * x->s->v.v[word->i].h;
}

/* The piece at i does not fit: back to the best place. False: there is none, and the piece has to be taken as it is. */
static bool go_back(struct splitter *x, size_t i, struct cut *to)
{
    struct split *q = x->q;
    for (int k = too_short(x) ? CUT_WORD : CUT_GOOD; k < CUT_LEVELS; k++)
        if (x->best[k].set) {
            q->used = x->best[k].y;
            if (q->foot) q->foot->used = x->best[k].foot;
            *to = (struct cut){.i = x->best[k].i};
            return true;
        }
    if (!q->force) { /* nothing fits here: the caller has another place for it */
        q->used = 0;
        x->nothing = true;
        *to = x->from;
        return true;
    }
    if (!x->solid || x->s->v.v[i].kind == PIECE_CLOSE || i == x->from.i) return false;
    q->used = x->y;
    *to = (struct cut){.i = i};
    return true;
}

/* --- cutting beside floats --- */
static void rest_add(struct splitter *x, size_t i, struct cut at, fixed dy)
{
    *vec_push(&x->q->l->work, &x->rest) = (struct float_rest){i, at, dy};
    x->rest_sides |= x->s->v.v[i].u.floated->right ? CLEAR_RIGHT : CLEAR_LEFT;
}

/* The float of piece i, from `at` on, whose top is at `top`: as much of it as fits, of the rest (where anything goes on already: of all) a note for
 * the next fragment. False where nothing of it stands here. */
static bool take_float(struct splitter *x, size_t i, struct cut at, fixed top)
{
    const struct floated *fl = x->s->v.v[i].u.floated;
    bool whole = at.i == 0 && !at.sub && !at.n_rest;
    fixed h = whole ? fl->h : rest_height(fl->strip, at), limit = x->avail - x->reserve - notes_used(x);
    if (!x->rest.n && top + h <= limit) {
        floor_add(&x->floors, fl, top + h);
        return true;
    }
    top += x->delay;
    bool force = x->q->force && !x->solid && !x->rest.n;
    if (x->rest.n || (top >= limit && !force)) {
        rest_add(x, i, at, fixed_max(top - limit, 0));
        return false;
    }
    struct split inner = {.l = x->q->l, .avail = limit - SLACK - top, .force = force};
    struct cut to = strip_split(&inner, fl->strip, at);
    bool any = cut_ahead(fl->strip, to, at);
    x->q->overflow |= inner.overflow;
    if (any) floor_add(&x->floors, fl, top + inner.used);
    if (strip_done(fl->strip, to)) return true;
    rest_add(x, i, to, 0);
    x->delay += any ? fixed_max(rest_height(fl->strip, to) - (top + h - limit), 0) : limit - top;
    return any;
}

/* Keeps room for the footnotes of a float whose top is at `top`; false where it does not stand here as a whole with them. */
static bool note_room(struct splitter *x, const struct floated *fl, fixed top)
{
    struct foot *foot = x->q->foot;
    fixed notes = notes_used(x);
    if (foot && fl->note_h[foot->column]) notes = (notes ? notes : foot->lead) + fl->note_h[foot->column];
    bool here = !x->rest.n && !x->full && top + fl->h + x->reserve + notes <= x->avail;
    if (foot && here) foot->used = notes;
    return here;
}

/* A FLOAT with its footnotes. False: it goes back with the line that it stands beside, to a better place or, where there is none here, to another
 * fragment. */
static bool take_new_float(struct splitter *x, size_t i)
{
    const struct piece *p = &x->s->v.v[i];
    const struct floated *fl = p->u.floated;
    fixed top = x->y + fixed_max(fl->dy - x->lift, 0);
    if (!note_room(x, fl, top) && !fl->dy && !x->rest.n && any_candidate(x)) return false;
    bool taken = take_float(x, i, (struct cut){0}, top);
    if (!taken && !fl->dy && !x->q->force && !x->solid && x->rest.n == 1) return false;
    x->solid |= taken && fl->h > 0;
    return true;
}

/* Whether what begins at piece i was made narrow for a float of this fragment: it should not stand in the next, where there is none. */
static bool beside_float(const struct splitter *x, size_t i)
{
    for (; i < x->s->v.n; i++) {
        const struct piece *p = &x->s->v.v[i];
        if (p->kind == PIECE_LINE || p->kind == PIECE_BAND || p->kind == PIECE_COLUMNS || p->clear)
            return floor_of(&x->floors, (uint8_t)((CLEAR_LEFT | CLEAR_RIGHT) & ~p->clear)) > x->y;
    }
    return false;
}

static void note_candidate(struct splitter *x, size_t i, uint8_t cut)
{
    fixed y = x->y;
    if (x->s->floats && lowest(&x->floors) > y) {
        if (cut < CUT_KEEP && beside_float(x, i)) cut = CUT_KEEP;
        y = lowest(&x->floors);
    }
    x->best[cut] = (struct candidate){i, y, notes_used(x), true};
}

/* Where the FLOAT p begins. */
static fixed lifted(const struct splitter *x, const struct piece *p) { return x->y + x->delay + fixed_max(p->u.floated->dy - x->lift, 0); }

static struct cut split_pieces(struct splitter *x)
{
    struct split *q = x->q;
    const struct strip *s = x->s;
    struct cut to = {0};
    for (size_t i = x->from.i; i < s->v.n; i++) {
        const struct piece *p = &s->v.v[i];
        const struct cut *at = i == x->from.i && x->from.sub ? &x->from : NULL;
        uint8_t cut = p->cut;
        if (p->whole_spread) q->l->spread_asked = true, cut = q->l->spread_ends && cut < CUT_LINES ? CUT_LINES : cut;
        if (x->solid && !at && cut < CUT_LEVELS) note_candidate(x, i, cut);
        if (p->kind == PIECE_BREAK) {
            q->used = x->y;
            q->forced = true;
            return (struct cut){.i = i + 1};
        }
        if (p->kind == PIECE_FLOAT) {
            if (x->rest.n >= MOST_REST && lifted(x, p) >= x->avail - x->reserve) { /* so few pages keep note of many floats */
                q->used = x->y;
                return (struct cut){.i = i, .lift = fixed_max(x->lift + x->avail - x->reserve - x->y - x->delay, x->lift)};
            }
            if (take_new_float(x, i)) continue;
            if (!go_back(x, i, &to)) x->nothing = true;
            return x->nothing ? x->from : to;
        }
        uint8_t clear = s->floats ? clears(p, &x->lift) : 0;
        if (clear) {
            if (x->rest_sides & clear) { /* no float may go on beside it */
                q->used = x->y;
                return (struct cut){.i = i, .sub = at ? x->from.sub : NULL, .done = at ? x->from.done : 0};
            }
            x->y = fixed_max(x->y, floor_of(&x->floors, clear));
        }
        fixed col_notes = 0;
        bool long_columns =
            p->kind == PIECE_COLUMNS && columns_too_long(q->l, p->u.columns, at, x->avail - x->y - x->reserve - notes_used(x), q->foot, &col_notes);
        /* their height is not asked for: that costs all of what is left, on every page */
        fixed h = long_columns ? FIXED_MAX / 8 : piece_rest(s, p, at), notes;
        if (take_edge(x, p, h) || take_solid(x, p, !at, h, col_notes, &notes)) continue;
        if (cut_inside(x, i, at, h, &to) || go_back(x, i, &to)) return to;
        if (p->kind != PIECE_CLOSE) q->overflow = true;
        if (long_columns) h = piece_rest(s, p, at);
        x->y += h;
        x->solid = true;
        if (q->foot && notes > 0) q->foot->used = fixed_min(notes, fixed_max(q->avail - x->y, q->foot->used));
    }
    q->used = x->y;
    return (struct cut){.i = s->v.n};
}

struct cut strip_split(struct split *q, const struct strip *s, struct cut from)
{
    struct splitter x = {.q = q,
                         .s = s,
                         .from = from,
                         .avail = q->avail + SLACK,
                         .start = from.i == 0 && !from.sub,
                         .lift = from.lift,
                         .floors = {{NO_FLOOR, NO_FLOOR}}};
    q->forced = false;
    if (!x.start) open_edges(s, from.i, &x.y, &x.reserve);
    if (!s->floats) return split_pieces(&x);
    fixed top = x.y;
    for (size_t k = 0; k < from.n_rest; k++) {
        const struct float_rest *r = &from.rest[k];
        if (!r->at.i && !r->at.sub) note_room(&x, s->v.v[r->i].u.floated, top + r->dy);
        if (take_float(&x, r->i, r->at, top + r->dy)) x.solid = true;
    }
    struct cut to = split_pieces(&x);
    if (x.nothing) to = from;
    while (x.rest.n && x.rest.v[x.rest.n - 1].i >= to.i) x.rest.n--; /* met again behind the cut */
    to.n_rest = x.rest.n, to.rest = x.rest.v;
    if (x.nothing && !rest_ahead(s, &to, &from)) return from;
    if (to.i >= s->v.n || to.n_rest) q->used = fixed_max(q->used, lowest(&x.floors));
    return to;
}

/* --- painting --- */
struct item *canvas_add(struct canvas *c, enum item_kind kind, struct box *owner)
{
    struct item *it = vec_push(c->a, &c->items);
    *it = (struct item){.kind = (uint8_t)kind, .order = owner ? owner->order : 0, .at = owner ? box_place(owner) : (struct place){0}};
    return it;
}

struct open_group {
    const struct group *g;
    size_t slot, waiting, floats;
    struct transform_from from; /* where g transforms */
    fixed y;
    bool begins;
};
struct placing {
    struct canvas *c;
    VEC(struct open_group) open;
    VEC(struct items) floats; /* painted over what stands beside them: last in their block */
    struct floors floors;
    fixed x;
};

static fixed place_again(struct canvas *c, const struct strip *s, fixed x, fixed y, bool first)
{
    bool was = c->artifact;
    c->artifact |= !first;
    fixed h = strip_place_all(c, s, x, y);
    c->artifact = was;
    return h;
}

/* A place in front of what comes next; its items are set when they are known. */
static size_t slot_new(struct canvas *c)
{
    *vec_push(c->a, &c->slots) = (struct slot){.at = c->items.n};
    return c->slots.n - 1;
}

static void slot_fill(struct canvas *c, size_t slot, const struct items *items)
{
    c->slots.v[slot].items = items->v;
    c->slots.v[slot].n = items->n;
}

static void group_begin(struct placing *p, const struct group *g, fixed *y, bool begins)
{
    struct canvas *c = p->c;
    struct open_group *o = vec_push(c->a, &p->open);
    *o = (struct open_group){g, slot_new(c), c->waiting.n, p->floats.n, transform_from(c), *y, begins};
    if (begins || g->repeats_edges) *y += g->top;
    if (g->head) *y += place_again(c, g->head, p->x + g->x + g->box_inset, *y, begins);
}

static void note_box(struct canvas *c, const struct style *s, struct deco d)
{
    if (!c->l->o->notes || c->artifact) return;
    struct frame_box *b = vec_push(c->a, &c->noted.boxes);
    *b = (struct frame_box){.x = d.x, .y = d.y, .w = d.w, .h = d.h};
    for (int i = 0; i < 4; i++) b->margin[i] = s->margin[i].kind == LEN_FIXED ? s->margin[i].v : 0;
    if (!d.top) b->margin[TOP] = 0;
    if (!d.bottom) b->margin[BOTTOM] = 0;
}

static void floats_paint(struct placing *p, size_t first)
{
    struct canvas *c = p->c;
    for (size_t i = first; i < p->floats.n; i++)
        for (size_t k = 0; k < p->floats.v[i].n; k++) *vec_push(c->a, &c->items) = p->floats.v[i].v[k];
    p->floats.n = first;
}

static void group_end(struct placing *p, fixed *y, bool ends)
{
    struct canvas *c = p->c;
    struct layout *l = c->l;
    struct open_group o = p->open.v[--p->open.n];
    const struct group *g = o.g;
    const struct style *s = g->box->style;
    if (g->foot) *y += place_again(c, g->foot, p->x + g->x + g->box_inset, *y, ends);
    if (ends || g->repeats_edges) *y += g->bottom;
    bool top = (o.begins && !g->continued) || g->repeats_edges, bottom = (ends && !g->goes_on) || g->repeats_edges;
    struct deco d = {p->x + g->x, o.y, g->w, *y - o.y, top, bottom, true, true};
    struct items out = {0};
    bool saves = g->opacity < 255 || g->clips || g->transforms;
    if (saves) floats_paint(p, o.floats);
    if (saves) *vec_push(c->a, &out) = (struct item){.kind = ITEM_SAVE};
    if (g->transforms) transform_begin(s, d.x, d.y, d.w, d.h, c->a, &out);
    if (g->opacity < 255) {
        struct item *it = vec_push(c->a, &out);
        *it = (struct item){.kind = ITEM_ALPHA};
        it->u.alpha.alpha = g->opacity;
    }
    note_box(c, s, d);
    if (g->borderless) d.top = d.right = d.bottom = d.left = false;
    if (g->paints) deco_paint(l, s, d, box_place(g->box), c->a, &out);
    fixed b[4];
    for (int i = 0; i < 4; i++) b[i] = s->border_style[i] > BORDER_HIDDEN ? s->border_width[i] : 0;
    struct deco in = {
        d.x + b[LEFT], d.y + (top ? b[TOP] : 0), d.w - b[LEFT] - b[RIGHT], d.h - (top ? b[TOP] : 0) - (bottom ? b[BOTTOM] : 0), 0, 0, 0, 0};
    if (g->clips) *vec_push(c->a, &out) = (struct item){.kind = ITEM_CLIP, .x = in.x, .y = in.y, .w = in.w, .h = in.h};
    if (g->contains) canvas_absolute(c, o.waiting, in.x, in.y, in.w, in.h, &out);
    slot_fill(c, o.slot, &out);
    if (saves) *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_RESTORE};
    if (g->transforms) l->transformed = true, transform_marks(c, &o.from, g->box, d.x, d.y, d.w, d.h);
}

static void groups_enter(struct placing *p, const struct strip *s, uint32_t open, fixed *y)
{
    if (!open) return;
    groups_enter(p, s, s->v.v[open - 1].parent, y);
    group_begin(p, s->v.v[open - 1].u.group, y, false);
}

static void wait_for_block(struct canvas *c, struct absolute *a, fixed x, fixed y)
{
    *vec_push(c->a, &c->waiting) = (struct waiting){a, x, y, c->artifact};
}

void noted_add(struct arena *a, struct noted *to, const struct noted *from, fixed x, fixed y)
{
    for (size_t i = 0; from && i < from->lines.n; i++) {
        struct frame_line *s = vec_push(a, &to->lines);
        *s = from->lines.v[i];
        s->x += x, s->y += y;
        s->blanks = (struct frame_blank *)(void *)arena_copy(a, (const char *)s->blanks, s->n_blanks * sizeof *s->blanks);
        for (uint32_t k = 0; k < s->n_blanks; k++) s->blanks[k].x += x;
    }
    for (size_t i = 0; from && i < from->boxes.n; i++) {
        struct frame_box *b = vec_push(a, &to->boxes);
        *b = from->boxes.v[i];
        b->x += x, b->y += y;
    }
}

static void place_line(struct canvas *c, const struct line *line, fixed x, fixed y)
{
    for (size_t i = 0; i < line->n; i++) {
        if (c->artifact && (line->items[i].kind == ITEM_LINK || line->items[i].kind == ITEM_FIELD)) continue;
        struct item *it = vec_push(c->a, &c->items);
        *it = line->items[i];
        item_move(c->l->a, it, x, y);
        if (c->artifact) it->tag = NULL;
    }
    for (size_t i = 0; i < line->n_marks; i++) {
        const struct line_mark *m = &line->marks[i];
        if (m->box->absolute) wait_for_block(c, m->box->laid, x + m->x, y);
        else if (!c->artifact) *vec_push(c->a, &c->marks) = (struct page_mark){m->box, x + m->x, y};
    }
    if (c->artifact) return;
    noted_add(c->a, &c->noted, line->noted, x, y);
    c->lines += line->n > 0;
    c->words += line->words;
    for (size_t i = 0; i < line->n_notes; i++) *vec_push(c->a, &c->notes) = line->notes[i];
}

static void mark_add(struct canvas *c, struct box *b, fixed x, fixed y)
{
    if (!c->artifact && b && b->extra) *vec_push(c->a, &c->marks) = (struct page_mark){b, x, y};
}

static void place_cell(struct canvas *c, const struct band *b, size_t i, struct cut from, struct cut to, fixed x, fixed y, fixed done, fixed grow,
                       fixed height, bool ends)
{
    const struct band_cell *k = &b->cells[i];
    bool continues = k->y < done;
    fixed top = continues ? y : y + k->y - done + grow, bottom = fixed_min(y + k->y + k->h - done + grow, y + height);
    if (top >= y + height && height > 0) return;                               /* stands on a later page */
    if (b->n_rows == 1) bottom = ends && !continues ? top + k->h : y + height; /* border-spacing below a row is not the cell's */
    bool last = ends || k->y + k->h - done + grow <= height;
    if (b->n_rows > 1 && continues && bottom <= y && strip_done(k->strip, from)) return;
    bottom = fixed_max(bottom, top);
    struct deco d = {x + k->x, top, k->w, bottom - top, !continues && !k->collapsed, last && !k->collapsed, !k->collapsed, !k->collapsed};
    struct items out = {0}, below = {0};
    size_t waiting = c->waiting.n;
    bool clips = k->box && k->box->style->overflow_hidden, moves = k->box && transforms(k->box->style);
    struct transform_from begun = transform_from(c);
    if (moves) *vec_push(c->a, &out) = (struct item){.kind = ITEM_SAVE};
    if (moves) transform_begin(k->box->style, d.x, d.y, d.w, d.h, c->a, &out);
    if (k->box) note_box(c, k->box->style, d);
    if (k->box && k->paints) deco_paint(c->l, k->box->style, d, box_place(k->box), c->a, &out);
    if (clips) {
        *vec_push(c->a, &out) = (struct item){.kind = ITEM_SAVE};
        *vec_push(c->a, &out) = (struct item){.kind = ITEM_CLIP, .x = d.x, .y = d.y, .w = d.w, .h = d.h};
    }
    for (size_t n = 0; n < out.n; n++) *vec_push(c->a, &c->items) = out.v[n];
    size_t slot = slot_new(c);
    if (!continues) mark_add(c, k->box, d.x, d.y);
    fixed shift = ends && !from.i ? k->shift : 0;
    if (c->limit && top + k->top + shift + k->content > c->limit)
        shift = fixed_clamp(c->limit - top - k->top - k->content, 0, shift); /* not off the page */
    strip_place(c, k->strip, from, to, x + k->x + k->left, continues ? y : top + k->top + shift);
    if (k->box && contains_absolute(k->box->style)) canvas_absolute(c, waiting, d.x, d.y, d.w, d.h, &below);
    slot_fill(c, slot, &below);
    if (clips) *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_RESTORE};
    if (!moves) return;
    *vec_push(c->a, &c->items) = (struct item){.kind = ITEM_RESTORE};
    c->l->transformed = true, transform_marks(c, &begun, k->box, d.x, d.y, d.w, d.h);
}

static fixed place_band(struct canvas *c, const struct band *b, const struct cut *from, const struct cut *to, fixed x, fixed y)
{
    bool ends = !to;
    fixed done = from && from->sub ? from->done : 0, grow = band_growth(b, from), rest = band_rest(b, from);
    fixed height = ends ? rest : to->done - done + grow;
    struct items out = {0};
    for (size_t r = 0; b->row_boxes && r < b->n_rows; r++) {
        fixed top = b->rows[r] - done + (b->rows[r] >= done ? grow : 0), bottom = b->rows[r + 1] - done + grow;
        top = fixed_max(top, 0);
        bottom = b->n_rows == 1 ? height : fixed_min(bottom, height);
        if (bottom <= top && b->n_rows > 1) continue;
        struct box *row = b->row_boxes[r];
        if (row && transforms(row->style)) diag_once(c->l->diag, MSG_LAYOUT_NO_TRANSFORM, box_place(row), STR("transform"), NULL);
        if (row && deco_paints(row->style))
            deco_paint(c->l, row->style, (struct deco){x + b->x, y + top, b->w, bottom - top, b->rows[r] >= done, true, true, true}, box_place(row),
                       c->a, &out);
        if (row && b->rows[r] >= done) mark_add(c, row, x, y + top);
    }
    for (size_t i = 0; i < out.n; i++) *vec_push(c->a, &c->items) = out.v[i];
    for (size_t i = 0; i < b->n; i++)
        place_cell(c, b, i, cell_cut(from, i), ends ? (struct cut){.i = b->cells[i].strip->v.n} : to->sub[i], x, y, done, grow, height, ends);
    out.n = 0;
    for (size_t i = 0; i < b->n_edges; i++) { /* collapsed borders, cut to the part that is here */
        struct edge e = b->edges[i];
        fixed top = e.y - done, bottom = e.y + e.h - done + (b->n_rows == 1 ? 0 : grow);
        if (b->n_rows == 1 && e.y + e.h >= b->rows[1])
            bottom = e.horizontal ? bottom - b->rows[1] + done + height : height, top = e.horizontal ? bottom - e.h : top;
        if (bottom <= 0 || top >= height + e.h) continue;
        if (!e.horizontal) top = fixed_max(top, 0), bottom = fixed_min(bottom, height);
        e.y = top;
        e.h = bottom - top;
        deco_edge(c->l, &e, x, y, c->a, &out);
    }
    for (size_t i = 0; i < out.n; i++) *vec_push(c->a, &c->items) = out.v[i];
    return height;
}

static size_t flatten(const struct canvas *c, struct arena *a, struct item **all);

/* The float of a piece from one cut to the other, at the height y. Its items are kept apart. */
static void place_float(struct placing *p, const struct floated *fl, struct cut from, struct cut to, fixed y, fixed y0)
{
    struct canvas *c = p->c;
    if (to.i == from.i && !to.sub && !from.sub && !to.n_rest && !from.n_rest && from.i < fl->strip->v.n) return; /* stands in another fragment */
    struct canvas outer = *c;
    memset(&c->items, 0, sizeof c->items);
    memset(&c->slots, 0, sizeof c->slots);
    fixed h = strip_place(c, fl->strip, from, to, p->x + fl->x, y);
    struct items *own = vec_push(c->a, &p->floats);
    own->n = flatten(c, c->a, &own->v);
    c->items = outer.items, c->slots = outer.slots;
    floor_add(&p->floors, fl, y + h - y0);
}

fixed strip_place(struct canvas *c, const struct strip *s, struct cut from, struct cut to, fixed x, fixed y0)
{
    struct placing p = {.c = c, .floors = {{NO_FLOOR, NO_FLOOR}}, .x = x};
    fixed y = y0;
    bool start = from.i == 0 && !from.sub, solid = from.n_rest > 0;
    if (!start && from.i < s->v.n) groups_enter(&p, s, s->v.v[from.i].parent, &y);
    fixed top = y;
    for (size_t k = 0; k < from.n_rest; k++) {
        const struct floated *fl = s->v.v[from.rest[k].i].u.floated;
        const struct float_rest *r = rest_of(&to, from.rest[k].i);
        place_float(&p, fl, from.rest[k].at, r ? r->at : (struct cut){.i = fl->strip->v.n}, top + from.rest[k].dy, y0);
    }
    for (size_t i = from.i; i < s->v.n && (i < to.i || (i == to.i && to.sub)); i++) {
        const struct piece *k = &s->v.v[i];
        const struct cut *begin = i == from.i && from.sub ? &from : NULL, *end = i == to.i && to.sub ? &to : NULL;
        if (s->floats) y = fixed_max(y, y0 + floor_of(&p.floors, clears(k, &from.lift)));
        fixed at = y + k->dy;
        switch ((enum piece_kind)k->kind) {
        case PIECE_LINE:
            place_line(c, k->u.line, x + k->x, at);
            y += k->h;
            solid = true;
            break;
        case PIECE_SPACE:
            if (!k->clear && (solid || start || k->fill))
                y += k->fill && c->limit > y0 && y + k->h > c->limit ? fixed_max(c->limit - y, 0) : space_height(k, y - y0);
            break;
        case PIECE_OPEN: group_begin(&p, k->u.group, &y, true); break;
        case PIECE_CLOSE:
            if (p.open.n) group_end(&p, &y, true);
            break;
        case PIECE_MARK: mark_add(c, k->u.mark, x + k->x, at); break;
        case PIECE_ABSOLUTE: wait_for_block(c, k->u.absolute, x + k->x, at); break;
        case PIECE_FLOAT: {
            const struct float_rest *r = rest_of(&to, i);
            place_float(&p, k->u.floated, (struct cut){0}, r ? r->at : (struct cut){.i = k->u.floated->strip->v.n},
                        at + fixed_max(k->u.floated->dy - from.lift, 0), y0);
            solid |= k->u.floated->h > 0 && (!r || r->at.i || r->at.sub);
            break;
        }
        case PIECE_BAND:
            y += place_band(c, k->u.band, begin, end, x + k->x, at);
            solid = true;
            break;
        case PIECE_COLUMNS:
            y += place_columns(c, k->u.columns, begin ? begin->sub[0] : (struct cut){0}, end, x + k->x, at);
            solid = true;
            break;
        case PIECE_BREAK: break;
        }
    }
    if (s->floats && to.n_rest) y = fixed_max(y, y0 + lowest(&p.floors));
    while (p.open.n) group_end(&p, &y, false);
    if (!s->floats) return y - y0;
    floats_paint(&p, 0);
    return fixed_max(y - y0, lowest(&p.floors));
}

fixed strip_place_all(struct canvas *c, const struct strip *s, fixed x, fixed y)
{
    return strip_place(c, s, (struct cut){0}, (struct cut){.i = s->v.n}, x, y);
}

static void place_absolute(struct canvas *c, const struct waiting *k, fixed x, fixed y, fixed w, fixed h)
{
    struct absolute *a = k->absolute;
    const struct style *s = a->box->style;
    fixed left = s->inset[LEFT].kind != LEN_AUTO    ? x + len_resolve(s->inset[LEFT], w, 0)
                 : s->inset[RIGHT].kind != LEN_AUTO ? x + w - len_resolve(s->inset[RIGHT], w, 0) - a->w
                                                    : k->x;
    fixed top = s->inset[TOP].kind != LEN_AUTO      ? y + len_resolve(s->inset[TOP], h, 0)
                : s->inset[BOTTOM].kind != LEN_AUTO ? y + h - len_resolve(s->inset[BOTTOM], h, 0) - a->h
                                                    : k->static_y;
    fixed limit = c->limit;
    size_t first = c->waiting.n, slot = slot_new(c);
    struct items below = {0};
    bool artifact = c->artifact;
    c->limit = 0;
    c->artifact |= k->artifact;
    strip_place_all(c, a->strip, left, top);
    canvas_absolute(c, first, left, top, a->w, a->h, &below); /* those in it that no group of its strip has taken */
    slot_fill(c, slot, &below);
    c->limit = limit;
    c->artifact = artifact;
}

/* The canvas's items with the backgrounds in their places; returns how many. */
static size_t flatten(const struct canvas *c, struct arena *a, struct item **all)
{
    size_t total = c->items.n, out = 0, k = 0;
    for (size_t i = 0; i < c->slots.n; i++) total += c->slots.v[i].n;
    *all = ARENA_ARRAY(a, struct item, total);
    for (size_t i = 0; i <= c->items.n; i++) {
        for (; k < c->slots.n && c->slots.v[k].at == i; k++)
            for (size_t j = 0; j < c->slots.v[k].n; j++) (*all)[out++] = c->slots.v[k].items[j];
        if (i < c->items.n) (*all)[out++] = c->items.v[i];
    }
    return out;
}

/* The first n of canvas_absolute's list, those that lie below. Not inlined: its canvas would stand on the stack at every level of nested boxes. */
__attribute__((noinline)) static void place_below(struct canvas *c, const struct waiting *list, size_t n, fixed x, fixed y, fixed w, fixed h,
                                                  struct items *below)
{
    struct canvas apart = *c;
    struct item *own;
    memset(&apart.items, 0, sizeof apart.items);
    memset(&apart.slots, 0, sizeof apart.slots);
    for (size_t i = 0; i < n; i++) place_absolute(&apart, &list[i], x, y, w, h);
    size_t n_own = flatten(&apart, c->a, &own);
    apart.items = c->items, apart.slots = c->slots;
    *c = apart; /* marks, notes and what waits have been added */
    for (size_t i = 0; below && i < n_own; i++) *vec_push(c->a, below) = own[i];
    if (below) return;
    vec_push(c->a, &c->slots);
    memmove(c->slots.v + 1, c->slots.v, (c->slots.n - 1) * sizeof *c->slots.v);
    c->slots.v[0] = (struct slot){.at = 0, .items = own, .n = n_own};
}

void canvas_absolute(struct canvas *c, size_t first, fixed x, fixed y, fixed w, fixed h, struct items *below)
{
    size_t n = c->waiting.n - (first < c->waiting.n ? first : c->waiting.n);
    if (!n) return;
    struct waiting *list = ARENA_ARRAY(c->a, struct waiting, n);
    for (size_t i = 0; i < n; i++) { /* a stable order */
        size_t k = i;
        struct waiting one = c->waiting.v[first + i];
        for (; k && list[k - 1].absolute->box->style->z_index > one.absolute->box->style->z_index; k--) list[k] = list[k - 1];
        list[k] = one;
    }
    c->waiting.n = first;
    size_t under = 0;
    while (under < n && list[under].absolute->box->style->z_index < 0) under++;
    if (under) place_below(c, list, under, x, y, w, h, below);
    for (size_t i = under; i < n; i++) place_absolute(c, &list[i], x, y, w, h);
}

struct item *canvas_items(struct canvas *c, struct arena *a, size_t *n)
{
    struct item *all;
    *n = flatten(c, a, &all);
    c->items.n = c->slots.n = c->marks.n = c->notes.n = c->waiting.n = c->noted.lines.n = c->noted.boxes.n = 0;
    return all;
}
