/* inside.h: what the files of image/ share. Parsers take the bytes of a stranger: every read is checked against the end. */
#ifndef LETAK_IMAGE_INSIDE_H
#define LETAK_IMAGE_INSIDE_H
#include "image/image.h"

static inline uint32_t be16(const char *s) { return (uint32_t)(unsigned char)s[0] << 8 | (unsigned char)s[1]; }
static inline uint32_t be32(const char *s) { return be16(s) << 16 | be16(s + 2); }
static inline uint32_t le16(const char *s) { return (uint32_t)(unsigned char)s[1] << 8 | (unsigned char)s[0]; }
static inline uint32_t le32(const char *s) { return le16(s + 2) << 16 | le16(s); }

const char *image_wrong(const struct diag *d, const char *wrong); /* such words in the author's language */
/* Each of these returns NULL, or what is wrong in a few words for IMAGE_BROKEN; KIND: starts with "?" and names the kind for IMAGE_KIND. */
const char *jpeg_header(struct str bytes, struct image *im);
const char *png_header(struct str bytes, struct image *im);
const char *gif_header(struct str bytes, struct image *im);
const char *webp_header(struct str bytes, struct image *im);
const char *heif_header(struct str bytes, struct image *im);
bool heif_is(struct str bytes, enum image_format *f); /* and which of the two */
/* The orientation (tag 274) that an Exif block says, without the "Exif\0\0" before it; 1 where it says none. */
uint8_t exif_orientation(struct str tiff);

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

bool icc_fits(struct str icc, unsigned components); /* a whole profile for that many components? (profile.c) */
/* The profile of the colours, whole and for as many components as the picture has; else "". NULL, or what is wrong with the file. */
const char *image_profile(struct arena *a, const struct image *im, struct str *icc);
bool png_profile(struct arena *a, struct str chunk, struct str *icc); /* out of the body of iCCP */
/* Runs what(ctx, to) on the picture in a child of the program within bounds; *icc, mostly a member of ctx, gets its profile first. False and a
 * message at im->at where its libraries are missing, its pixels cannot be read, or it takes too long. (versions.c) */
bool image_child(struct arena *a, const struct image *im, int (*what)(void *ctx, int to), void *ctx, struct str *icc, struct diag *d,
                 struct str *answer);
const double *image_matrix(const struct image *im); /* of image_data */
/* Opens the libraries that read and write pixels, when first called; false: file and its package are missing. */
bool library_open(bool gif, const char **file, const char **package);
#endif
