/* inside.h: what the files of image/ share. Parsers take the bytes of a stranger: every read is checked against the end. */
#ifndef LETAK_IMAGE_INSIDE_H
#define LETAK_IMAGE_INSIDE_H
#include "image/image.h"

static inline uint32_t be16(const char *s) { return (uint32_t)(unsigned char)s[0] << 8 | (unsigned char)s[1]; }
static inline uint32_t be32(const char *s) { return be16(s) << 16 | be16(s + 2); }
static inline uint32_t le16(const char *s) { return (uint32_t)(unsigned char)s[1] << 8 | (unsigned char)s[0]; }
static inline uint32_t le32(const char *s) { return le16(s + 2) << 16 | le16(s); }

/* Each of these returns NULL, or what is wrong in a few words for IMAGE_BROKEN; KIND: starts with "?" and names the kind for IMAGE_KIND. */
const char *jpeg_header(struct str bytes, struct image *im);
const char *png_header(struct str bytes, struct image *im);
const char *gif_header(struct str bytes, struct image *im);
const char *webp_header(struct str bytes, struct image *im);

enum jpeg_keep { JPEG_BARE, JPEG_FOR_WEB }; /* BARE: no APPn but Adobe's; FOR_WEB: JFIF and the colour profile, too */
/* Segments that hold a colour profile. */
void jpeg_put_icc(struct buf *out, struct str icc);
/* The file without what does not make the picture, ending with EOI; icc: the profile's bytes, "" = none. */
const char *jpeg_strip(struct arena *a, struct str bytes, enum jpeg_keep keep, struct buf *out, struct str *icc);
const char *png_data(struct arena *a, struct str bytes, struct image_data *out);
const char *png_strip(struct arena *a, struct str bytes, struct buf *out);
const char *gif_strip(struct str bytes, struct buf *out);
const char *webp_strip(struct str bytes, struct buf *out);
const char *svg_strip(struct arena *a, struct str bytes, struct buf *out);
bool svg_is(struct str bytes);

/* Pixels through libgd (opened when first needed). False where it fails; library: the reason is that libgd cannot be opened. */
bool gd_pixels(struct arena *a, const struct image *im, struct image_data *out, const char **library);
/* A JPEG turned upright and packed again. */
bool gd_upright(struct arena *a, const struct image *im, struct str *out, const char **library);
#endif
