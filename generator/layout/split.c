/* split.c: how much of a strip fits into a height: the best place to cut it, before a piece or inside (strip.h, strip_split). */
#include "layout/fragment.h"

enum { MOST_REST = 64 }; /* floats that a cut keeps note of, about */
enum { SLACK = 8 };      /* an eighth of a point: 209.9mm + rounding fits where 209.9mm fits */

/* --- bands --- */
/* Cuts a band at `room`. False where nothing of it would stand above the cut. */
static bool band_split(struct split *q, const struct band *b, const struct cut *from, fixed room, struct cut *to, fixed *used)
{
    struct layout *l = q->l;
    fixed done = from && from->sub ? from->done : 0, grow = band_growth(b, from), tight = 0, notes = 0;
    bool any = false, rest = false;
    struct cut **sub = ARENA_ARRAY(&l->work, struct cut *, b->n);
    for (size_t i = 0; i < b->n; i++) {
        const struct band_cell *c = &b->cells[i];
        struct cut at = cell_cut(from, i);
        sub[i] = from && from->sub ? from->sub[i] : NULL;
        fixed top = c->y < done ? 0 : c->y - done + grow + c->top;
        if (c->y >= done && c->y - done + grow >= room) {
            rest = true;
            continue;
        }
        if (strip_done(c->strip, at)) continue;
        struct foot foot = {0};
        if (q->foot) foot.column = q->foot->column, foot.lead = q->foot->used ? 0 : q->foot->lead;
        struct split inner = {.l = l, .avail = room - top - c->bottom - notes, .foot = q->foot ? &foot : NULL, .force = q->force};
        if (inner.avail <= 0 && !q->force) {
            rest = true;
            continue;
        }
        struct cut cut = strip_split(&inner, c->strip, at);
        any |= cut_ahead(c->strip, cut, at);
        *(sub[i] = ARENA_NEW(&l->work, struct cut)) = cut;
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

/* --- pieces --- */
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
            return floor_of(&x->floors, (uint8_t)(CLEAR_BOTH & ~p->clear)) > x->y;
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
    to.n_rest = (uint32_t)x.rest.n, to.rest = x.rest.v;
    if (x.nothing && !rest_ahead(s, &to, &from)) return from;
    if (to.i >= s->v.n || to.n_rest) q->used = fixed_max(q->used, lowest(&x.floors));
    return to;
}
