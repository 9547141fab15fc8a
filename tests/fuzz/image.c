/* image.c: fuzz target: any bytes as an image: header, what a PDF needs of it, the cleaned picture, and as the text of a QR code. What was cleaned
 * must be clean: a second cleaning changes nothing, and the gate finds nothing in it. What needs a child of the program (pixels.h) is left out: there
 * the fuzzer sees nothing, and its time would go into forks. */
#include "check/picture.h"
#include "image/image.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = {0};
    struct diag *d = diag_new(DIAG_EN);
    struct place at = {"a.png", 0, 0};
    struct str bytes = str_copy(&a, (struct str){(const char *)data, n}), clean, again;
    const struct image *im = image_open(&a, bytes, STR("a.png"), at, d);
    struct image_data out;
    struct image_version *versions;
    size_t n_versions;
    if (im && (uint64_t)im->width * im->height > 4000000) goto done; /* honest but slow */
    bool child = im && (im->format == IMAGE_HEIC || im->format == IMAGE_AVIF || (im->orientation > 1 && !im->animated));
    if (im && image_prints(im) && image_data(&a, im, d, &out) && (!out.width || !out.height || (out.components != 1 && out.components != 3))) abort();
    if (!child && image_clean(&a, bytes, STR("a.png"), at, d, &clean)) {
        if (!image_clean(&a, clean, STR("a.png"), at, d, &again)) abort();
        if (str_starts(str_trim(clean), "<") && !str_eq(clean, again)) abort(); /* SVG; a JPEG may lose a little each time */
        const char *carried = picture_carries(clean);
        if (carried && strcmp(carried, "damaged") != 0) abort();
    }
    if (image_unpack(&a, bytes, &n_versions, &versions) && !n_versions) abort();
    if (n < 3000) image_qr(&a, bytes);
done:
    diag_close(d);
    arena_close(&a);
    return 0;
}
