/* image.h: raster images (PNG, JPEG, GIF, WebP) and QR codes. The only user of libgd, lcms2, libexif and libqrencode.
 *
 * image_open reads the header alone, so that layout knows the size at the cost of a few microseconds; pixels are decoded when a PDF wants
 * them. Bytes are only borrowed: they must live as long as the struct image. Every size in a file is a claim of a stranger and is checked
 * against IMAGE_MAX_PIXELS before anything is allocated. libgd is opened (dlopen) when first needed. All functions may be called from any thread. */
#ifndef LETAK_IMAGE_IMAGE_H
#define LETAK_IMAGE_IMAGE_H
#include "base/diag.h"

#define IMAGE_MAX_PIXELS 100000000u

enum image_format { IMAGE_PNG, IMAGE_JPEG, IMAGE_GIF, IMAGE_WEBP };
struct image {
    enum image_format format;
    uint32_t width, height; /* pixels as seen: orientation already applied */
    double dpi_x, dpi_y;    /* as seen; 0 = the file does not say */
    bool alpha;             /* some pixel may be transparent */
    uint8_t orientation;    /* Exif, 1–8; 1 = as stored */
    uint8_t components;     /* as stored: 1 grey, 3 RGB or palette, 4 CMYK; without alpha */
    struct str bytes, name; /* name: for messages */
    struct place at;        /* where it was asked for */
};
/* Reads the header. NULL and a message at `at` where the bytes are no image that letak reads, are cut off in the header, or claim more than
 * IMAGE_MAX_PIXELS. name: for messages. */
const struct image *image_open(struct arena *a, struct str bytes, struct str name, struct place at, struct diag *d);

/* What a PDF needs of an image (ISO 32000-1, 8.9.5). data is a JPEG file (jpeg set), the zlib stream of a PNG (png_predictor set: PNG filters), or
 * raw rows of `components` × bits. */
struct image_data {
    uint32_t width, height;   /* as stored in data */
    uint8_t components, bits; /* 1 or 3; bits a component */
    bool jpeg, png_predictor;
    struct str data;
    struct str palette; /* RGB triples; "" = none; then components is 1 */
    struct str icc;     /* profile of the colours; "" = sRGB or grey */
    struct str alpha;   /* raw, 8 bits a pixel, same size; "" = opaque */
    double matrix[6];   /* from the unit square of the stored image to that of the upright one: orientation; y up as in PDF */
};
/* False and a message at im->at where the file is cut off or broken. CMYK becomes sRGB. */
bool image_data(struct arena *a, const struct image *im, struct diag *d, struct image_data *out);

/* The same picture for the web: no Exif, XMP, IPTC, comment, text, thumbnail, trailing bytes; orientation applied; colour profile kept. SVG (by its
 * content): no comments, metadata, scripts, event handlers, editor data or references to other places. Files of other kinds are refused. Same
 * input, same bytes. False and a message at `at` where the file is broken. */
bool image_clean(struct arena *a, struct str bytes, struct str name, struct place at, struct diag *d, struct str *out);

/* A QR code (ISO/IEC 18004, level M) as an SVG document of one path, quiet zone of four modules included; viewBox in modules. The empty string where
 * text is too long (about 2,300 bytes). */
struct str image_qr(struct arena *a, struct str text);
#endif
