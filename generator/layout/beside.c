/* beside.c: the lines of a paragraph beside floats (CSS 2.2, 9.4.2 and 9.5).
 *
 * A paragraph is broken as a whole, so how wide a line is must be known before what stands in it, and how high it is, which decides what stands
 * beside the lines below, only afterwards. So lines are first taken to be of the usual height; where they turn out otherwise, the paragraph is broken
 * again, a few times at most, and in the end a line that would still lie under a float is moved down.
 * A float in the middle of a paragraph begins at the line that holds its place, or, where that line cannot hold both, below it. */
#include "layout/internal.h"

enum { ROUNDS = 5, ONE_BY_ONE = 16 }; /* of a paragraph's floats so many are placed each for itself */

/* The places of the first lines, as high as b->heights says, down to where no float reaches. */
static void measure(struct beside *b, fixed full, size_t most)
{
    struct flow *f = b->f;
    fixed y = f->y, low = floats_bottom(f, CLEAR_BOTH), least = fixed_min(b->line * 3 / 2, full);
    struct arena *a = &f->l->work;
    b->measures.n = 0;
    for (size_t i = 0; y < low && i < most;) {
        fixed h = i < b->heights.n ? b->heights.v[i] : b->line, x0, x1, next = floats_room(f, y, h, &x0, &x1);
        fixed need = i < b->needs.n ? fixed_max(least, b->needs.v[i]) : least;
        if (next != FIXED_MAX && x1 - x0 < need) {
            y = next;
            continue;
        }
        *vec_push(a, &b->measures) = (struct para_measure){x0 - f->x, fixed_max(x1 - x0, 1)};
        y += fixed_max(h, 1);
        i++;
    }
}

/* The lines as they stand now; their heights are in b->heights. */
static struct para_lines *fit(struct beside *b, struct para *p, struct para_shape *shape)
{
    struct arena *a = &b->f->l->work;
    struct para_lines *lines = NULL;
    bool again = true;
    b->needs.n = 0;
    for (int round = 0; again && round < ROUNDS; round++) {
        measure(b, shape->width, para_length(p) + 1);
        shape->n_measures = (uint32_t)b->measures.n;
        shape->measures = b->measures.v;
        lines = para_break(p, shape);
        again = false;
        for (size_t i = 0; i < lines->n; i++) {
            fixed h = b->high(b->ctx, &lines->lines[i]), was = i < b->heights.n ? b->heights.v[i] : b->line;
            if (i >= b->heights.n) *vec_push(a, &b->heights) = h;
            b->heights.v[i] = h;
            again |= h != was && i <= b->measures.n;
            while (b->needs.n <= i) *vec_push(a, &b->needs) = 0;
            bool narrow = i < b->measures.n && b->measures.v[i].w < shape->width;
            if (lines->lines[i].overfull && narrow && !b->needs.v[i]) { /* too narrow for its first word: below */
                b->needs.v[i] = fixed_min(lines->lines[i].natural, shape->width);
                again = true;
            }
        }
    }
    b->heights.n = lines ? lines->n : 0;
    return lines;
}

/* Where an anchor's mark is sought: marks stand in their lines in the order of the anchors, mostly. */
struct cursor {
    size_t line, run;
};

static void find_line(const struct para_lines *lines, const struct box *box, struct cursor *at)
{
    if (at->line >= lines->n) *at = (struct cursor){lines->n ? lines->n - 1 : 0, 0};
    for (size_t i = at->line, first = at->run; i < lines->n; i++, first = 0) {
        const struct para_line *line = &lines->lines[i];
        for (size_t k = 0; k < line->n; k++) {
            size_t r = (first + k) % line->n;
            if (line->runs[r].kind != RUN_MARK || line->runs[r].owner != box) continue;
            *at = (struct cursor){i, r};
            return;
        }
    }
}

/* Where lines begin, and what they leave free above: as b->heights and b->measures say, and lower where they would lie under a float. */
static void find_tops(struct beside *b)
{
    struct flow *f = b->f;
    struct arena *a = &f->l->work;
    fixed y = f->y;
    b->gaps.n = b->tops.n = 0;
    for (size_t i = 0; i < b->heights.n; i++) {
        fixed h = b->heights.v[i], from = y, x0, x1, next;
        fixed left = f->x + (i < b->measures.n ? b->measures.v[i].x : 0), w = i < b->measures.n ? b->measures.v[i].w : f->width;
        for (;; y = next) {
            next = floats_room(f, y, h, &x0, &x1);
            if (next == FIXED_MAX || (x0 <= left && x1 >= left + w)) break;
        }
        *vec_push(a, &b->gaps) = y - from;
        *vec_push(a, &b->tops) = y;
        y += h;
    }
}

static fixed note_float(struct beside *b, struct floated *fl, fixed y)
{
    fixed top = float_place(b->f, fl, b->f->x, y);
    *vec_push(&b->f->l->work, &b->set) = (struct set_float){fl, top, 0};
    return top;
}

/* Gives each float the last line that begins no lower than it does. */
static void settle_pieces(struct beside *b)
{
    size_t k = 0, n = b->tops.n;
    find_tops(b);
    for (size_t i = 0; i < n; i++)
        for (; k < b->set.n && (i + 1 == n || b->set.v[k].top < b->tops.v[i] + b->heights.v[i]); k++) b->set.v[k].line = i;
}

/* The float of an anchor that text stands before: at the top of its line, or, where that moves its place to a later one, below it. */
static struct para_lines *place_alone(struct beside *b, struct floated *fl, struct para *p, struct para_shape *shape, struct para_lines *lines,
                                      struct cursor *at)
{
    struct flow *f = b->f;
    find_line(lines, fl->box, at);
    find_tops(b);
    fixed y = b->tops.v[at->line], below = y + b->heights.v[at->line], last = floats_last(f);
    struct cursor now = {at->line, 0};
    bool here = note_float(b, fl, y) == y;
    lines = fit(b, p, shape);
    find_line(lines, fl->box, &now);
    if (!here || now.line <= at->line) return lines;
    float_undo(f, fl, last);
    b->set.n--;
    note_float(b, fl, below);
    return fit(b, p, shape);
}

struct para_lines *beside_break(struct beside *b, struct para *p, struct para_shape *shape)
{
    struct flow *f = b->f;
    struct cursor at = {0, 0};
    size_t k = 0;
    for (; k < b->anchors.n && !b->anchors.v[k].begun; k++) note_float(b, b->anchors.v[k].fl, f->y);
    struct para_lines *lines = fit(b, p, shape);
    for (size_t end = k + ONE_BY_ONE; k < b->anchors.n && k < end; k++, at.run = 0) lines = place_alone(b, b->anchors.v[k].fl, p, shape, lines, &at);
    find_tops(b);
    bool many = k < b->anchors.n;
    for (; k < b->anchors.n; k++) {
        find_line(lines, b->anchors.v[k].box, &at);
        note_float(b, b->anchors.v[k].fl, b->tops.v[at.line]);
    }
    if (many) lines = fit(b, p, shape);
    settle_pieces(b);
    return lines;
}
