/* matrix.h: affine maps of the plane, as cm of PDF: x' = m[0]·x + m[2]·y + m[4], y' = m[1]·x + m[3]·y + m[5]. */
#ifndef LETAK_BASE_MATRIX_H
#define LETAK_BASE_MATRIX_H
#include <string.h>

/* m = m · n: what n does is done first. */
static inline void matrix_multiply(double m[6], const double n[6])
{
    const double r[6] = {m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1],        m[0] * n[2] + m[2] * n[3],
                         m[1] * n[2] + m[3] * n[3], m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5]};
    memcpy(m, r, sizeof r);
}
#endif
