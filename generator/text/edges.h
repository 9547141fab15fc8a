/* edges.h: inside text/ only: what may stand beyond the edges of a line. */
#ifndef LETAK_TEXT_EDGES_H
#define LETAK_TEXT_EDGES_H
#include "text/para.h"

/* How far the first character of a line stands out that begins with atom, behind `inside` bytes of it; first: the first line. */
fixed edge_start(const struct para *p, const struct para_shape *s, uint32_t atom, size_t inside, bool first);
/* How far the last character of a line stands out that ends behind atom, or behind `inside` bytes of it (0 = whole); hyphen: the width of that which
 * is set there, 0 = none; last: the last line. *allowed: how much further, where the line is else too long (hanging-punctuation: allow-end). */
fixed edge_end(const struct para *p, const struct para_shape *s, uint32_t atom, size_t inside, fixed hyphen, bool last, fixed *allowed);
#endif
