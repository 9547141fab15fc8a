/* fragment.h: the rules of height that measuring (strip.c), cutting (split.c) and painting (place.c) of a fragment of a strip have in common:
 *   - at the top of a fragment that does not begin the strip, SPACE has no height;
 *   - an OPEN with a repeated head takes the head's height, where it opens and at the top of every later fragment; foot likewise at the bottom;
 *   - box-decoration-break: clone repeats border and padding in the same way. */
#ifndef LETAK_LAYOUT_FRAGMENT_H
#define LETAK_LAYOUT_FRAGMENT_H
#include "layout/internal.h"

/* --- floats in a fragment: how far down those on the left and right reach --- */
struct floors {
    fixed y[2];
};
#define NO_FLOOR (-FIXED_MAX / 2)
static inline void floor_add(struct floors *f, const struct floated *fl, fixed bottom) { f->y[fl->right] = fixed_max(f->y[fl->right], bottom); }
static inline fixed floor_of(const struct floors *f, uint8_t clear)
{
    return fixed_max(clear & CLEAR_LEFT ? f->y[0] : NO_FLOOR, clear & CLEAR_RIGHT ? f->y[1] : NO_FLOOR);
}
/* The sides on which p stands beside no float of its fragment: where floats are lifted, on both, and what follows is made for no lift. */
static inline uint8_t clears(const struct piece *p, fixed *lift)
{
    if (!*lift || (p->kind != PIECE_LINE && p->kind != PIECE_BAND && p->kind != PIECE_COLUMNS)) return p->clear;
    *lift = 0;
    return CLEAR_BOTH;
}
static inline fixed lowest(const struct floors *f) { return floor_of(f, CLEAR_BOTH); }

/* --- strip.c --- */
fixed space_height(const struct piece *p, fixed y);                                   /* of a SPACE that begins y below the top of its page */
fixed piece_rest(const struct strip *s, const struct piece *p, const struct cut *at); /* what is left of a piece at a cut; NULL: all of it */
fixed band_rest(const struct band *b, const struct cut *at);
/* How much lower what follows the cut stands because the pieces that were cut need more room than was left for them. */
fixed band_growth(const struct band *b, const struct cut *at);
bool rest_ahead(const struct strip *s, const struct cut *a, const struct cut *b); /* floats that went on at b have ended, or come further, at a */
#endif
