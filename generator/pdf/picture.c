/* picture.c: images as XObjects (ISO 32000-1, 8.9.5), one for each struct image however often it is shown. */
#include "pdf/writer.h"
#include <stdio.h>

static objid color_space(struct pdf *p, const struct image_data *im, struct buf *b)
{
    if (im->palette.n) {
        buf_printf(b, "/ColorSpace[/Indexed/DeviceRGB %zu", im->palette.n / 3 - 1);
        buf_putc(b, '<'); /* in hexadecimal: pdf_stream takes its entries as a C string, which a zero byte would end */
        for (size_t i = 0; i < im->palette.n; i++) buf_printf(b, "%02x", (unsigned char)im->palette.s[i]);
        buf_puts(b, ">]");
        return 0;
    }
    if (im->icc.n) {
        char entries[64];
        snprintf(entries, sizeof entries, "/N %d", im->components);
        objid icc = pdf_stream(p, entries, im->icc, false);
        buf_puts(b, "/ColorSpace[/ICCBased "), put_ref(b, icc), buf_puts(b, "]");
        return icc;
    }
    buf_puts(b, im->components == 1 ? "/ColorSpace/DeviceGray" : "/ColorSpace/DeviceRGB");
    return 0;
}

size_t pdf_image(struct pdf *p, const struct image *im)
{
    for (size_t i = 0; i < p->images.n; i++)
        if (p->images.v[i].im == im) return p->images.v[i].obj ? i : SIZE_MAX;
    struct image_data data = {0};
    size_t n = p->images.n;
    (void)vec_push(&p->a, &p->images);
    p->images.v[n].im = im;
    p->images.v[n].obj = 0;
    if (!image_data(&p->a, im, p->d, &data)) return SIZE_MAX;
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
