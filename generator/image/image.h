/* image.h: raster images (PNG, JPEG, GIF, WebP, AVIF, HEIC) and QR codes. The only user of libraries for pixels, lcms2, libexif and libqrencode.
 *
 * image_open reads the header alone, so that layout knows the size at the cost of a few microseconds. Bytes are only borrowed: they must live as long
 * as the struct image. Every size in a file is a claim of a stranger and is checked against IMAGE_MAX_PIXELS before anything is allocated. Pixels are
 * unpacked and packed in a child of the program with bounds on memory and time (versions.c). All functions may be called from any thread. */
#ifndef LETAK_IMAGE_IMAGE_H
#define LETAK_IMAGE_IMAGE_H
#include "base/diag.h"

#define IMAGE_MAX_PIXELS 100000000u

enum image_format { IMAGE_PNG, IMAGE_JPEG, IMAGE_GIF, IMAGE_WEBP, IMAGE_HEIC, IMAGE_AVIF, IMAGE_FORMATS };
struct image {
    enum image_format format;
    uint32_t width, height; /* pixels as seen: orientation already applied */
    double dpi_x, dpi_y;    /* as seen; 0 = the file does not say */
    bool alpha;             /* some pixel may be transparent */
    bool animated;          /* of GIF: not known, so true */
    bool lossless;          /* of WebP: no pixel was changed to save bytes */
    uint8_t orientation;    /* Exif, 1–8; 1 = as stored */
    uint8_t components;     /* as stored: 1 grey, 3 RGB or palette, 4 CMYK; without alpha */
    struct str bytes, name; /* name: for messages */
    struct str icc;         /* where the header says it: the profile of the colours as it is stored */
    struct place at;        /* where it was asked for */
};
/* Reads the header. NULL and a message at `at` where the bytes are no image that letak reads, are cut off in the header, or claim more than
 * IMAGE_MAX_PIXELS. name: for messages. */
const struct image *image_open(struct arena *a, struct str bytes, struct str name, struct place at, struct diag *d);

/* What a PDF needs of an image (ISO 32000-1, 8.9.5). data is a JPEG file (jpeg set), the zlib stream of a PNG (png_predictor set: PNG filters), or
 * raw rows of `components` × bits. */
struct image_data {
    uint32_t width, height;   /* as stored in data */
    uint8_t components, bits; /* 1, 3, or, of image_data_press, 4; bits a component */
    bool jpeg, png_predictor;
    bool inverted; /* of four components: 0 is full ink */
    struct str data;
    struct str palette; /* RGB triples; "" = none; then components is 1 */
    struct str icc;     /* profile of the colours; "" = sRGB or grey */
    struct str alpha;   /* raw, 8 bits a pixel, same size; "" = opaque */
    double matrix[6];   /* from the unit square of the stored image to that of the upright one: orientation; y up as in PDF */
};
/* False and a message at im->at where the file is cut off or broken. What PDF has no filter for is made into IMAGE_WHOLE first. */
bool image_data(struct arena *a, const struct image *im, struct diag *d, struct image_data *out);
/* The same for a press, where a JPEG in CMYK stays as it is. */
bool image_data_press(struct arena *a, const struct image *im, struct diag *d, struct image_data *out);
/* What a press makes of it: the inks of its pixels by the output profile (profile.h), 0–255 = nothing to full ink. */
struct image_inks {
    int most;               /* percent: all inks together where they are most; what shows through counts for less */
    int over;               /* tenths of a percent of the pixels have more than `limit`; at least 1 where any has */
    uint32_t width, height; /* as stored */
    struct str inks;        /* four bytes a pixel; "" where not asked for */
    struct str alpha;       /* a byte a pixel; "" = opaque, or not asked for */
    double matrix[6];       /* as of struct image_data */
};
/* limit: percent. pixels: whether they are wanted, too. output: bytes of a profile that profile_open took. False and a message at im->at where the
 * picture is broken. */
bool image_press(struct arena *a, const struct image *im, struct str output, int limit, bool pixels, struct diag *d, struct image_inks *out);
static inline bool image_is_cmyk(const struct image *im) { return im->format == IMAGE_JPEG && im->components == 4; }
/* Whether PDF has a filter for it. If not, who shows it many times gives image_open the IMAGE_WHOLE of it instead, with the same result. */
bool image_prints(const struct image *im);

/* The same picture for the web: no Exif, XMP, IPTC, comment, text, thumbnail, trailing bytes; orientation applied; colour profile kept. SVG (by its
 * content): no comments, metadata, scripts, event handlers, editor data or references to other places. HEIC, which browsers do not show, and files of
 * other kinds are refused. Same input, same bytes. False and a message at `at` where the file is broken. */
bool image_clean(struct arena *a, struct str bytes, struct str name, struct place at, struct diag *d, struct str *out);

/* What to make of a picture's pixels. Same input, same libraries (image_engine), same bytes. */
enum image_wish {
    IMAGE_OFFERED, /* what a page offers: formats from the one that packs best to the one that every browser reads, in each widths from narrow to wide
                    */
    IMAGE_QUICK,   /* the same without AVIF, which takes most of the time: for a preview */
    IMAGE_WHOLE,   /* one JPEG or PNG in full size */
    IMAGE_CLEAN    /* its own format in full size */
};
/* Of SVG, GIF and what is animated there are no versions: not to be asked. *packed is what image_unpack reads, and what a cache may keep. False and a
 * message at im->at. */
bool image_make(struct arena *a, const struct image *im, enum image_wish wish, struct diag *d, struct str *packed);
struct image_version {
    enum image_format format;
    uint32_t width, height;
    bool own;         /* the file itself, cleaned: bytes are empty */
    struct str bytes; /* in packed */
};
/* At least one; false where packed is damaged. */
bool image_unpack(struct arena *a, struct str packed, size_t *n, struct image_version **list);
/* Names and versions of the libraries that make pixels into files. */
const char *image_engine(void);
extern const struct image_kind {
    const char *extension, *media; /* "jpg", "image/jpeg" */
    const char *en, *sr;           /* what becomes of such a file, for help */
} image_kinds[IMAGE_FORMATS];
/* Whether a file of that name is taken for a picture (SVG too), by its extension in capitals or not. */
bool image_named(struct str path);

/* A QR code (ISO/IEC 18004, level M) as an SVG document of one path, quiet zone of four modules included; viewBox in modules. The empty string where
 * text is too long (about 2,300 bytes). */
struct str image_qr(struct arena *a, struct str text);
#endif
