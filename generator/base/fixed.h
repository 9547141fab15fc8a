/* fixed.h: lengths on paper. 26.6 fixed point: 64 units are one PostScript point (1/72 inch). 32 bits hold ±11.8 km. */
#ifndef LETAK_BASE_FIXED_H
#define LETAK_BASE_FIXED_H
#include <stdint.h>

typedef int32_t fixed;
#define FIXED_ONE 64
#define FIXED_MAX INT32_MAX
#define PT(x) ((fixed)((x)*64.0 + ((x) < 0 ? -0.5 : 0.5)))
#define MM(x) PT((x)*72.0 / 25.4)
#define FIXED_PT(f) ((double)(f) / 64.0)
static inline fixed fixed_muldiv(fixed a, int64_t b, int64_t c) /* a·b/c, rounded half up; c > 0 */
{
    int64_t p = (int64_t)a * b;
    return (fixed)(p >= 0 ? (p + c / 2) / c : -((-p + c / 2) / c));
}
static inline fixed fixed_min(fixed a, fixed b) { return a < b ? a : b; }
static inline fixed fixed_max(fixed a, fixed b) { return a > b ? a : b; }
#endif
