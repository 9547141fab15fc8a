/* pixels.h: pictures unpacked. Only in a child of the program (make.c), which may die of what a stranger wrote: there is nothing to be freed, and
 * memory that runs out ends it. */
#ifndef LETAK_IMAGE_PIXELS_H
#define LETAK_IMAGE_PIXELS_H
#include "image/inside.h"

struct pixels {
    uint32_t w, h;
    bool alpha;   /* some may be transparent */
    uint32_t *at; /* 0xAARRGGBB, alpha not multiplied in; row after row */
};
enum pixels_trouble { PIXELS_BAD = 1, PIXELS_NO_CMYK }; /* with which the child ends */

/* As stored, no turning, its own colours, but CMYK as sRGB. A JPEG may come in smaller, yet not narrower than `narrowest`. icc: its profile. */
bool pixels_read(const struct image *im, struct str icc, uint32_t narrowest, struct pixels *p);
/* The inks of a CMYK JPEG as stored, 0 = no ink: four bytes a pixel, *w × *h. Ends the child where it is damaged. */
uint8_t *pixels_read_inks(const struct image *im, uint32_t *w, uint32_t *h);
void pixels_to_srgb(struct pixels *p, struct str icc); /* a profile that does not fit is none */
void pixels_turn(struct pixels *p, unsigned orientation);
/* In w × h, averaged over areas; `from` stays. */
bool pixels_scale(const struct pixels *from, uint32_t w, uint32_t h, struct pixels *to);
bool pixels_few_colours(const struct pixels *p); /* at most 256 */
/* One file, without any metadata, appended. lossless: of WebP. */
bool pixels_write(const struct pixels *p, enum image_format f, int quality, bool lossless, struct buf *out);
#endif
