/* write.c: files out of pixels (pixels.h). One thread and fixed settings each, so that the same pixels give the same bytes on every machine. */
#include "image/library.h"
#include "base/child.h"
#include "image/pixels.h"
#include <stdlib.h>

enum { AVIF_SPEED = 6, WEBP_METHOD = 4 };

static bool picture(const struct pixels *p, WebPPicture *w)
{
    if (p->w > INT32_MAX / 4 || !lib.WebPPictureInitInternal(w, WEBP_ENCODER_ABI_VERSION)) return false;
    w->use_argb = 1, w->width = (int)p->w, w->height = (int)p->h;
    w->argb = p->at, w->argb_stride = (int)p->w;
    return true;
}

/* libwebp's way to make pictures smaller weighs what is transparent as it should. */
bool pixels_scale(const struct pixels *from, uint32_t w, uint32_t h, struct pixels *to)
{
    WebPPicture pic;
    size_t n = (size_t)from->w * from->h * 4;
    struct pixels copy = *from;
    if (from->alpha) { /* it multiplies alpha into what it was given */
        copy.at = mem_realloc(NULL, n);
        memcpy(copy.at, from->at, n);
    }
    if (!picture(&copy, &pic) || !lib.WebPPictureRescale(&pic, (int)w, (int)h)) return false;
    if (from->alpha) free(copy.at);
    *to = (struct pixels){w, h, from->alpha, mem_realloc(NULL, (size_t)w * h * 4)};
    for (uint32_t y = 0; y < h; y++) memcpy(to->at + (size_t)y * w, pic.argb + (size_t)y * (size_t)pic.argb_stride, (size_t)w * 4);
    lib.WebPPictureFree(&pic);
    return true;
}

static bool write_webp(const struct pixels *p, int quality, bool lossless, struct buf *out)
{
    WebPPicture pic;
    WebPConfig config;
    WebPMemoryWriter writer;
    if (p->w > WEBP_MAX_DIMENSION || p->h > WEBP_MAX_DIMENSION || !picture(p, &pic)) return false;
    if (!lib.WebPConfigInitInternal(&config, WEBP_PRESET_DEFAULT, (float)quality, WEBP_ENCODER_ABI_VERSION)) return false;
    config.method = WEBP_METHOD;
    if (lossless) lib.WebPConfigLosslessPreset(&config, 6);
    lib.WebPMemoryWriterInit(&writer);
    pic.writer = lib.WebPMemoryWrite, pic.custom_ptr = &writer;
    bool ok = lib.WebPEncode(&config, &pic);
    if (ok) buf_add(out, (const char *)writer.mem, writer.size);
    lib.WebPMemoryWriterClear(&writer);
    lib.WebPPictureFree(&pic); /* its planes; the pixels are ours */
    return ok;
}

static struct heif_error take(struct heif_context *c, const void *data, size_t n, void *to)
{
    (void)c;
    buf_add(to, data, n);
    return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, ""};
}

static bool write_avif(const struct pixels *p, int quality, struct buf *out)
{
    const struct heif_encoder_descriptor *avif = library_avif();
    struct heif_context *c = lib.heif_context_alloc();
    struct heif_encoder *e = NULL;
    struct heif_image *img = NULL;
    struct heif_image_handle *handle = NULL;
    struct heif_writer writer = {.writer_api_version = 1, .write = take};
    enum heif_chroma chroma = p->alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
    unsigned per = p->alpha ? 4 : 3;
    int stride;
    if (!avif || lib.heif_context_get_encoder(c, avif, &e).code) return false;
    lib.heif_encoder_set_lossy_quality(e, quality);
    lib.heif_encoder_set_parameter_integer(e, "speed", AVIF_SPEED);
    lib.heif_encoder_set_parameter_integer(e, "threads", 1);
    if (lib.heif_image_create((int)p->w, (int)p->h, heif_colorspace_RGB, chroma, &img).code) return false;
    if (lib.heif_image_add_plane(img, heif_channel_interleaved, (int)p->w, (int)p->h, 8).code) return false;
    struct heif_color_profile_nclx *srgb = lib.heif_nclx_color_profile_alloc();
    srgb->color_primaries = heif_color_primaries_ITU_R_BT_709_5;
    srgb->transfer_characteristics = heif_transfer_characteristic_IEC_61966_2_1;
    srgb->matrix_coefficients = heif_matrix_coefficients_ITU_R_BT_601_6;
    srgb->full_range_flag = 1;
    lib.heif_image_set_nclx_color_profile(img, srgb);
    uint8_t *to = lib.heif_image_get_plane(img, heif_channel_interleaved, &stride);
    for (uint32_t y = 0; y < p->h; y++) {
        uint8_t *row = to + (size_t)y * (size_t)stride;
        for (uint32_t x = 0; x < p->w; x++, row += per) {
            uint32_t v = p->at[(size_t)y * p->w + x];
            row[0] = (uint8_t)(v >> 16), row[1] = (uint8_t)(v >> 8), row[2] = (uint8_t)v;
            if (per == 4) row[3] = (uint8_t)(v >> 24);
        }
    }
    return !lib.heif_context_encode_image(c, img, e, NULL, &handle).code && !lib.heif_context_write(c, &writer, out).code;
}

static bool write_png(const struct pixels *p, struct buf *out)
{
    png_image png = {.version = PNG_IMAGE_VERSION, .width = p->w, .height = p->h, .format = p->alpha ? PNG_FORMAT_BGRA : PNG_FORMAT_BGR};
    size_t n = (size_t)p->w * p->h;
    uint8_t *rows = (uint8_t *)p->at;
    if (!p->alpha) {
        rows = mem_realloc(NULL, n * 3);
        for (size_t i = 0; i < n; i++)
            rows[3 * i] = (uint8_t)p->at[i], rows[3 * i + 1] = (uint8_t)(p->at[i] >> 8), rows[3 * i + 2] = (uint8_t)(p->at[i] >> 16);
    }
    png_alloc_size_t most = PNG_IMAGE_PNG_SIZE_MAX(png), size = most;
    buf_room(out, most);
    if (!lib.png_image_write_to_memory(&png, out->s + out->n, &size, 0, rows, 0, NULL)) return false;
    out->n += size;
    return true;
}

static _Noreturn void give_up(j_common_ptr c) { (void)c, child_end(PIXELS_BAD); }

static bool write_jpeg(const struct pixels *p, int quality, struct buf *out)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr e;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    c.err = lib.jpeg_std_error(&e);
    e.error_exit = give_up;
    lib.jpeg_CreateCompress(&c, JPEG_LIB_VERSION, sizeof c);
    lib.jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = p->w, c.image_height = p->h, c.input_components = 4, c.in_color_space = JCS_EXT_BGRX;
    lib.jpeg_set_defaults(&c);
    lib.jpeg_set_quality(&c, quality, TRUE);
    c.optimize_coding = TRUE;
    if (quality < 90) lib.jpeg_simple_progression(&c);                    /* on screen it shows as a whole first; paper does not wait */
    else c.comp_info[0].h_samp_factor = c.comp_info[0].v_samp_factor = 1; /* colours as fine as light */
    lib.jpeg_start_compress(&c, TRUE);
    while (c.next_scanline < c.image_height) {
        JSAMPROW row = (JSAMPROW)(p->at + (size_t)c.next_scanline * p->w);
        lib.jpeg_write_scanlines(&c, &row, 1);
    }
    lib.jpeg_finish_compress(&c);
    buf_add(out, (const char *)bytes, n);
    return true;
}

bool pixels_write(const struct pixels *p, enum image_format f, int quality, bool lossless, struct buf *out)
{
    switch (f) {
    case IMAGE_AVIF: return write_avif(p, quality, out);
    case IMAGE_WEBP: return write_webp(p, quality, lossless, out);
    case IMAGE_PNG: return write_png(p, out);
    case IMAGE_JPEG: return write_jpeg(p, quality, out);
    case IMAGE_GIF:
    case IMAGE_HEIC:
    case IMAGE_FORMATS: break;
    }
    return false;
}
