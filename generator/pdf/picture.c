/* picture.c: images as XObjects (ISO 32000-1, 8.9.5), one for each struct image however often it is shown. In a press file no picture is left without
 * a profile (ISO 15930-7): sRGB where it has none of its own, unless its inks are those of the output intent. */
#include "pdf/writer.h"
#include <stdio.h>

static void put_profile(struct pdf *p, const struct image_data *im, struct buf *b)
{
    char entries[64];
    snprintf(entries, sizeof entries, "/N %d", im->components);
    objid icc = im->icc.n ? pdf_stream(p, entries, im->icc, false) : pdf_screen_profile(p);
    buf_puts(b, "[/ICCBased "), put_ref(b, icc), buf_puts(b, "]");
}

static void color_space(struct pdf *p, const struct image_data *im, struct buf *b)
{
    bool press = p->o->flavour == PDF_PRESS, own = im->icc.n && !(press && str_eq(im->icc, profile_bytes(press_profile(p))));
    buf_puts(b, "/ColorSpace");
    if (im->palette.n) {
        buf_puts(b, "[/Indexed");
        if (press) put_profile(p, &(struct image_data){.components = 3}, b);
        else buf_puts(b, "/DeviceRGB");
        buf_printf(b, " %zu", im->palette.n / 3 - 1);
        buf_putc(b, '<'); /* in hexadecimal: pdf_stream takes its entries as a C string, which a zero byte would end */
        for (size_t i = 0; i < im->palette.n; i++) buf_printf(b, "%02x", (unsigned char)im->palette.s[i]);
        buf_puts(b, ">]");
    } else if (own || (press && im->components == 3)) put_profile(p, im, b);
    else buf_puts(b, im->components == 1 ? "/DeviceGray" : im->components == 4 ? "/DeviceCMYK" : "/DeviceRGB");
    if (im->inverted) buf_puts(b, "/Decode[1 0 1 0 1 0 1 0]");
}

/* The picture as the press gets it, its inks weighed. A JPEG in CMYK stays as it is; others keep their colours or are converted. */
static bool press_data(struct pdf *p, const struct image *im, struct image_inks *inks, struct image_data *out)
{
    const struct press *how = press_how(p);
    bool convert = how->images_cmyk && !image_is_cmyk(im);
    if (!convert && !how->most_ink) return image_data_press(&p->a, im, p->d, out);
    if (!image_press(&p->a, im, profile_bytes(press_profile(p)), how->most_ink, convert, p->d, inks)) return false;
    if (!convert) return image_data_press(&p->a, im, p->d, out);
    *out = (struct image_data){.width = inks->width, .height = inks->height, .components = 4, .bits = 8, .data = inks->inks, .alpha = inks->alpha};
    memcpy(out->matrix, inks->matrix, sizeof out->matrix);
    return true;
}

size_t pdf_image(struct pdf *p, const struct image *im)
{
    for (size_t i = 0; i < p->images.n; i++)
        if (p->images.v[i].im == im) return p->images.v[i].obj ? i : SIZE_MAX;
    struct image_data data = {0};
    struct image_inks inks = {0};
    size_t n = p->images.n;
    (void)vec_push(&p->a, &p->images);
    p->images.v[n].im = im;
    p->images.v[n].obj = 0;
    bool good = p->o->flavour == PDF_PRESS ? press_data(p, im, &inks, &data) : image_data(&p->a, im, p->d, &data);
    if (!good) return SIZE_MAX;
    p->images.v[n].inks = inks, p->images.v[n].mask = data.alpha.n > 0;
    memcpy(p->images.v[n].matrix, data.matrix, sizeof data.matrix);
    struct buf b = {0};
    objid mask = 0;
    if (data.alpha.n) {
        buf_printf(&b, "/Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace/DeviceGray/BitsPerComponent 8", data.width, data.height);
        mask = pdf_stream(p, b.s, data.alpha, false);
        buf_reset(&b);
    }
    buf_printf(&b, "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent %d", data.width, data.height, data.bits);
    color_space(p, &data, &b);
    if (mask) buf_puts(&b, "/SMask "), put_ref(&b, mask);
    if (data.jpeg) buf_puts(&b, "/Filter/DCTDecode");
    if (data.png_predictor)
        buf_printf(&b, "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %u>>", data.components, data.bits,
                   data.width);
    struct str entries = buf_copy(&p->a, &b);
    p->images.v[n].obj = pdf_stream(p, entries.s, data.data, data.jpeg || data.png_predictor);
    buf_close(&b);
    return n;
}
