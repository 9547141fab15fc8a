/* gd.c: pixels through libgd, which is opened when first needed: linked, it would cost every start of the program 10 ms. */
#include "image/inside.h"
#include <dlfcn.h>
#include <gd.h>
#include <pthread.h>
#include <stdarg.h>

/* The functions used, by name: X(name) becomes a pointer of the right type, filled by dlsym. */
#define FUNCTIONS(X)                                                                                                                                 \
    X(gdImageCreateFromPngPtr)                                                                                                                       \
    X(gdImageCreateFromJpegPtr)                                                                                                                      \
    X(gdImageCreateFromGifPtr)                                                                                                                       \
    X(gdImageCreateFromWebpPtr)                                                                                                                      \
    X(gdImageDestroy) X(gdImageGetTrueColorPixel) X(gdImageCreateTrueColor) X(gdImageJpegPtr) X(gdFree) X(gdSetErrorMethod)
static struct {
#define X(name) __typeof__(name) *name; // NOLINT(bugprone-macro-parentheses)
    FUNCTIONS(X)
#undef X
    const char *failed; /* why it could not be opened */
} gd;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void silent(int priority, const char *fmt, va_list args) { (void)priority, (void)fmt, (void)args; }

static void open_gd(void)
{
    void *lib = dlopen("libgd.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!lib) {
        gd.failed = "libgd.so.3";
        return;
    }
#define X(name)                                                                                                                                      \
    *(void **)&gd.name = dlsym(lib, #name);                                                                                                          \
    if (!gd.name) gd.failed = #name;
    FUNCTIONS(X)
#undef X
    if (!gd.failed) gd.gdSetErrorMethod(silent); /* it would write to standard error; what is wrong we say ourselves */
}

static gdImagePtr decode(const struct image *im, const char **library)
{
    pthread_once(&once, open_gd);
    if ((*library = gd.failed) || im->bytes.n > INT32_MAX) return NULL;
    int n = (int)im->bytes.n;
    void *s = (void *)im->bytes.s; /* gd does not write to it */
    gdImagePtr g = im->format == IMAGE_PNG    ? gd.gdImageCreateFromPngPtr(n, s)
                   : im->format == IMAGE_JPEG ? gd.gdImageCreateFromJpegPtr(n, s)
                   : im->format == IMAGE_GIF  ? gd.gdImageCreateFromGifPtr(n, s)
                                              : gd.gdImageCreateFromWebpPtr(n, s);
    bool turned = im->orientation > 4;
    uint32_t w = turned ? im->height : im->width, h = turned ? im->width : im->height;
    if (g && (gdImageSX(g) != (int)w || gdImageSY(g) != (int)h)) { /* the header said otherwise */
        gd.gdImageDestroy(g);
        g = NULL;
    }
    return g;
}

bool gd_pixels(struct arena *a, const struct image *im, struct image_data *out, const char **library)
{
    gdImagePtr g = decode(im, library);
    if (!g) return false;
    int w = gdImageSX(g), h = gdImageSY(g);
    size_t n = (size_t)w * (size_t)h;
    uint8_t *color = arena_alloc(a, n * 3), *alpha = im->alpha ? arena_alloc(a, n) : NULL, *c = color, *al = alpha;
    bool clear = false;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            int v = gd.gdImageGetTrueColorPixel(g, x, y), t = gdTrueColorGetAlpha(v); /* 0 = opaque, 127 = clear */
            *c++ = (uint8_t)gdTrueColorGetRed(v), *c++ = (uint8_t)gdTrueColorGetGreen(v), *c++ = (uint8_t)gdTrueColorGetBlue(v);
            if (al) *al++ = (uint8_t)(255 - t * 255 / 127), clear |= t > 0;
        }
    gd.gdImageDestroy(g);
    out->jpeg = false, out->icc = (struct str){0};
    out->width = (uint32_t)w, out->height = (uint32_t)h, out->components = 3, out->bits = 8;
    out->data = (struct str){(char *)color, n * 3};
    if (clear) out->alpha = (struct str){(char *)alpha, n};
    return true;
}

/* Where pixel (x, y) of the upright picture stands in the stored one of w × h. */
static void stored_at(unsigned orientation, int w, int h, int x, int y, int *sx, int *sy)
{
    bool swap = orientation > 4;
    int c = swap ? y : x, r = swap ? x : y;
    bool flip_c = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool flip_r = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    *sx = flip_c ? w - 1 - c : c, *sy = flip_r ? h - 1 - r : r;
}

bool gd_upright(struct arena *a, const struct image *im, struct str *out, const char **library)
{
    enum { QUALITY = 90 };
    gdImagePtr g = decode(im, library);
    if (!g) return false;
    gdImagePtr t = gd.gdImageCreateTrueColor((int)im->width, (int)im->height);
    void *bytes = NULL;
    int n = 0;
    if (t) {
        for (int y = 0; y < (int)im->height; y++)
            for (int x = 0; x < (int)im->width; x++) {
                int sx, sy;
                stored_at(im->orientation, gdImageSX(g), gdImageSY(g), x, y, &sx, &sy);
                gdImageTrueColorPixel(t, x, y) = gd.gdImageGetTrueColorPixel(g, sx, sy);
            }
        bytes = gd.gdImageJpegPtr(t, &n, QUALITY);
        gd.gdImageDestroy(t);
    }
    gd.gdImageDestroy(g);
    if (!bytes) return false;
    *out = (struct str){arena_copy(a, bytes, (size_t)n), (size_t)n};
    gd.gdFree(bytes);
    return true;
}
