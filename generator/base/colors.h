/* colors.h: colours as CSS and SVG write them both (CSS Color 4, 5.2 and 6.1). */
#ifndef LETAK_BASE_COLORS_H
#define LETAK_BASE_COLORS_H
#include "base/str.h"

/* One of the 148 named colours, in letters of any case: 0xRRGGBB. False where there is no such name; transparent and currentcolor are none. */
bool color_named(struct str name, uint32_t *rgb);
/* What stands behind "#": 3, 4, 6 or 8 digits, as red, green, blue, alpha from 0 to 255. False where it is anything else. */
bool color_digits(struct str digits, uint8_t rgba[4]);
#endif
