/* read.c: pixels out of files (pixels.h), each format by its own library. */
#include "image/library.h"
#include "base/child.h"
#include "image/pixels.h"
#include "image/profile.h"
#include <jerror.h>
#include <lcms2.h>
#include <stdlib.h>

static void room(struct pixels *p, uint32_t w, uint32_t h) { *p = (struct pixels){w, h, false, mem_realloc(NULL, (size_t)w * h * 4)}; }

/* --- JPEG --- */

static _Noreturn void give_up(j_common_ptr c) { (void)c, child_end(PIXELS_BAD); }

/* Warnings: most mean that something is missing or wrong. */
static void doubt(j_common_ptr c, int level)
{
    int code = c->err->msg_code;
    if (level < 0 && code != JWRN_EXTRANEOUS_DATA && code != JWRN_ADOBE_XFORM && code != JWRN_JFIF_MAJOR) give_up(c);
}

static void read_cmyk(struct jpeg_decompress_struct *c, struct str icc, struct pixels *p)
{
    cmsContext ctx = cmsCreateContext(NULL, NULL);
    cmsHPROFILE from = icc.n ? cmsOpenProfileFromMemTHR(ctx, icc.s, (cmsUInt32Number)icc.n) : cmsOpenProfileFromFileTHR(ctx, PROFILE_USUAL, "r");
    if (!from) child_end(PIXELS_NO_CMYK);
    cmsHTRANSFORM t = cmsCreateTransformTHR(ctx, from, c->saw_Adobe_marker ? TYPE_CMYK_8_REV : TYPE_CMYK_8, cmsCreate_sRGBProfileTHR(ctx),
                                            TYPE_BGRA_8, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);
    uint8_t *row = mem_realloc(NULL, (size_t)p->w * 4);
    if (!t) child_end(PIXELS_BAD);
    for (uint32_t y = 0; y < p->h; y++) {
        lib.jpeg_read_scanlines(c, &row, 1);
        cmsDoTransform(t, row, p->at + (size_t)y * p->w, p->w);
        for (uint32_t x = 0; x < p->w; x++) p->at[(size_t)y * p->w + x] |= 0xFF000000;
    }
}

static void open_jpeg(const struct image *im, struct jpeg_decompress_struct *c, struct jpeg_error_mgr *e)
{
    c->err = lib.jpeg_std_error(e);
    e->error_exit = give_up, e->emit_message = doubt;
    lib.jpeg_CreateDecompress(c, JPEG_LIB_VERSION, sizeof *c);
    lib.jpeg_mem_src(c, (const unsigned char *)im->bytes.s, im->bytes.n);
    lib.jpeg_read_header(c, TRUE);
}

uint8_t *pixels_read_inks(const struct image *im, uint32_t *w, uint32_t *h)
{
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr e;
    open_jpeg(im, &c, &e);
    c.out_color_space = JCS_CMYK;
    lib.jpeg_start_decompress(&c);
    *w = c.output_width, *h = c.output_height;
    if ((uint64_t)*w * *h > IMAGE_MAX_PIXELS) child_end(PIXELS_BAD);
    size_t row = (size_t)*w * 4, n = row * *h;
    uint8_t *inks = mem_realloc(NULL, n);
    while (c.output_scanline < c.output_height) {
        JSAMPROW at = inks + c.output_scanline * row;
        lib.jpeg_read_scanlines(&c, &at, 1);
    }
    for (size_t i = 0; c.saw_Adobe_marker && i < n; i++) inks[i] = (uint8_t)(255 - inks[i]); /* Adobe's programs write 0 for full ink */
    return inks;
}

static bool read_jpeg(const struct image *im, struct str icc, uint32_t narrowest, struct pixels *p)
{
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr e;
    open_jpeg(im, &c, &e);
    for (c.scale_num = 1, c.scale_denom = 8; c.scale_num < 8 && (uint64_t)c.image_width * c.scale_num / 8 < narrowest;) c.scale_num++;
    bool cmyk = c.num_components == 4;
    c.out_color_space = cmyk ? JCS_CMYK : JCS_EXT_BGRA;
    lib.jpeg_start_decompress(&c);
    if ((uint64_t)c.output_width * c.output_height > IMAGE_MAX_PIXELS) return false;
    room(p, c.output_width, c.output_height);
    if (cmyk) read_cmyk(&c, icc, p);
    while (!cmyk && c.output_scanline < c.output_height) {
        JSAMPROW row = (JSAMPROW)(p->at + (size_t)c.output_scanline * p->w);
        lib.jpeg_read_scanlines(&c, &row, 1);
    }
    return lib.jpeg_finish_decompress(&c);
}

/* --- the others --- */

static bool read_png(const struct image *im, struct pixels *p)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    if (!lib.png_image_begin_read_from_memory(&png, im->bytes.s, im->bytes.n)) return false;
    if ((uint64_t)png.width * png.height > IMAGE_MAX_PIXELS) return false;
    png.format = PNG_FORMAT_BGRA;
    room(p, png.width, png.height);
    p->alpha = im->alpha;
    return lib.png_image_finish_read(&png, NULL, p->at, 0, NULL);
}

static bool read_webp(const struct image *im, struct pixels *p)
{
    bool turned = im->orientation > 4;
    room(p, turned ? im->height : im->width, turned ? im->width : im->height);
    p->alpha = im->alpha;
    size_t n = (size_t)p->w * p->h * 4;
    return lib.WebPDecodeBGRAInto((const uint8_t *)im->bytes.s, im->bytes.n, (uint8_t *)p->at, n, (int)p->w * 4) != NULL;
}

static bool read_gif(const struct image *im, struct pixels *p)
{
    gdImagePtr g = im->bytes.n < INT32_MAX ? lib.gdImageCreateFromGifPtr((int)im->bytes.n, (void *)(uintptr_t)im->bytes.s) : NULL;
    if (!g || gdImageSX(g) != (int)im->width || gdImageSY(g) != (int)im->height) return false; /* the header said otherwise */
    room(p, im->width, im->height);
    for (uint32_t y = 0; y < p->h; y++)
        for (uint32_t x = 0; x < p->w; x++) {
            int v = lib.gdImageGetTrueColorPixel(g, (int)x, (int)y);
            bool clear = gdTrueColorGetAlpha(v) > 0; /* GIF knows clear and opaque alone */
            p->at[(size_t)y * p->w + x] = clear ? 0 : 0xFF000000 | ((uint32_t)v & 0xFFFFFF);
            p->alpha |= clear;
        }
    return true;
}

/* HEIC and AVIF; comes upright. */
static bool read_heif(const struct image *im, struct pixels *p)
{
    struct heif_context *c = lib.heif_context_alloc();
    struct heif_image_handle *handle = NULL;
    struct heif_image *img = NULL;
    lib.heif_context_set_max_decoding_threads(c, 0);
    if (lib.heif_context_read_from_memory_without_copy(c, im->bytes.s, im->bytes.n, NULL).code) return false;
    if (lib.heif_context_get_primary_image_handle(c, &handle).code) return false;
    if (lib.heif_decode_image(handle, &img, heif_colorspace_RGB, heif_chroma_interleaved_RGBA, NULL).code) return false;
    int w = lib.heif_image_get_primary_width(img), h = lib.heif_image_get_primary_height(img), stride;
    const uint8_t *rgba = lib.heif_image_get_plane_readonly(img, heif_channel_interleaved, &stride);
    if (!rgba || w != (int)im->width || h != (int)im->height) return false;
    room(p, im->width, im->height);
    p->alpha = im->alpha;
    for (uint32_t y = 0; y < p->h; y++) {
        const uint8_t *from = rgba + (size_t)y * (size_t)stride;
        uint32_t *to = p->at + (size_t)y * p->w;
        for (uint32_t x = 0; x < p->w; x++, from += 4)
            to[x] = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 | from[2] | (p->alpha ? (uint32_t)from[3] << 24 : 0xFF000000);
    }
    return true;
}

bool pixels_read(const struct image *im, struct str icc, uint32_t narrowest, struct pixels *p)
{
    bool ok = false;
    *p = (struct pixels){0};
    switch (im->format) {
    case IMAGE_JPEG: ok = read_jpeg(im, icc, narrowest, p); break;
    case IMAGE_PNG: ok = read_png(im, p); break;
    case IMAGE_GIF: ok = read_gif(im, p); break;
    case IMAGE_WEBP: ok = read_webp(im, p); break;
    case IMAGE_HEIC:
    case IMAGE_AVIF: ok = read_heif(im, p); break;
    case IMAGE_FORMATS: break;
    }
    bool clear = false;
    for (size_t i = 0, n = (size_t)p->w * p->h; ok && p->alpha && i < n && !clear; i++) clear = p->at[i] < 0xFF000000;
    p->alpha = clear;
    return ok;
}

void pixels_to_srgb(struct pixels *p, struct str icc)
{
    cmsContext ctx = icc.n ? cmsCreateContext(NULL, NULL) : NULL;
    cmsHPROFILE from = ctx ? cmsOpenProfileFromMemTHR(ctx, icc.s, (cmsUInt32Number)icc.n) : NULL;
    cmsHTRANSFORM t = from ? cmsCreateTransformTHR(ctx, from, TYPE_BGRA_8, cmsCreate_sRGBProfileTHR(ctx), TYPE_BGRA_8, INTENT_RELATIVE_COLORIMETRIC,
                                                   cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA)
                           : NULL;
    for (uint32_t y = 0; t && y < p->h; y++) cmsDoTransform(t, p->at + (size_t)y * p->w, p->at + (size_t)y * p->w, p->w);
}

void pixels_turn(struct pixels *p, unsigned orientation)
{
    if (orientation < 2 || orientation > 8) return;
    bool swap = orientation > 4;
    bool flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8; /* of what is stored */
    bool flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    struct pixels to;
    room(&to, swap ? p->h : p->w, swap ? p->w : p->h);
    for (uint32_t y = 0; y < to.h; y++)
        for (uint32_t x = 0; x < to.w; x++) {
            uint32_t sx = swap ? y : x, sy = swap ? x : y;
            to.at[(size_t)y * to.w + x] = p->at[(size_t)(flip_y ? p->h - 1 - sy : sy) * p->w + (flip_x ? p->w - 1 - sx : sx)];
        }
    to.alpha = p->alpha;
    free(p->at);
    *p = to;
}

bool pixels_few_colours(const struct pixels *p)
{
    enum { SLOTS = 1024, MOST = 256 };
    uint32_t seen[SLOTS] = {0}, last = 0;
    unsigned n = 0;
    bool used[SLOTS] = {false};
    for (size_t i = 0, all = (size_t)p->w * p->h; i < all; i++) {
        uint32_t c = p->at[i];
        if (i && c == last) continue;
        last = c;
        size_t k = (c * 2654435761u) >> 22;
        while (used[k] && seen[k] != c) k = (k + 1) % SLOTS;
        if (used[k]) continue;
        if (n++ == MOST) return false;
        used[k] = true, seen[k] = c;
    }
    return true;
}
