/* press.c: the inks of a picture's pixels, in a child of the program as versions.c does. The child's answer is a struct said, then, where they are
 * asked for, the inks and the alpha of all pixels. */
#include "base/child.h"
#include "base/sandbox.h"
#include "image/pixels.h"
#include <lcms2.h>
#include <stdlib.h>

struct said {
    uint32_t w, h, alpha;
    int most, over;
};
struct inking {
    const struct image *im;
    struct str icc, output;
    int limit;
    bool pixels;
    struct said said;
    uint64_t heavy;
};

/* --- in the child --- */

static cmsHTRANSFORM transform(struct str from, cmsUInt32Number format, struct str to)
{
    cmsContext ctx = cmsCreateContext(NULL, NULL);
    cmsHPROFILE out = ctx ? cmsOpenProfileFromMemTHR(ctx, to.s, (cmsUInt32Number)to.n) : NULL;
    cmsHPROFILE in = from.n ? cmsOpenProfileFromMemTHR(ctx, from.s, (cmsUInt32Number)from.n) : cmsCreate_sRGBProfileTHR(ctx);
    if (!in || !out) child_end(PIXELS_BAD);
    cmsHTRANSFORM t = cmsCreateTransformTHR(ctx, in, format, out, TYPE_CMYK_8, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);
    if (!t) child_end(PIXELS_BAD);
    return t;
}

/* alpha: NULL where all are opaque; else of every fourth byte. */
static void weigh(struct inking *t, const uint8_t *inks, const uint32_t *argb, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++, inks += 4) {
        unsigned sum = (unsigned)inks[0] + inks[1] + inks[2] + inks[3], percent = sum * 100 / 255;
        if (argb) percent = percent * (argb[i] >> 24) / 255;
        if ((int)percent > t->said.most) t->said.most = (int)percent;
        t->heavy += (int)percent > t->limit;
    }
}

static void cmyk_jpeg(struct inking *t, struct buf *inks)
{
    uint8_t *stored = pixels_read_inks(t->im, &t->said.w, &t->said.h), *row = stored;
    bool same = !t->icc.n || str_eq(t->icc, t->output);
    cmsHTRANSFORM convert = same ? NULL : transform(t->icc, TYPE_CMYK_8, t->output);
    for (uint32_t y = 0; y < t->said.h; y++, row += (size_t)t->said.w * 4) {
        if (convert) cmsDoTransform(convert, row, row, t->said.w);
        weigh(t, row, NULL, t->said.w);
    }
    if (t->pixels) buf_add(inks, (const char *)stored, (size_t)t->said.w * t->said.h * 4);
}

static void rgb_pixels(struct inking *t, struct buf *inks, struct buf *alpha)
{
    struct pixels p;
    if (!pixels_read(t->im, t->icc, t->im->orientation > 4 ? t->im->height : t->im->width, &p)) child_end(PIXELS_BAD);
    cmsHTRANSFORM convert = transform(t->icc, TYPE_BGRA_8, t->output);
    uint8_t *row = mem_realloc(NULL, (size_t)p.w * 4);
    t->said.w = p.w, t->said.h = p.h, t->said.alpha = p.alpha;
    for (uint32_t y = 0; y < p.h; y++) {
        const uint32_t *from = p.at + (size_t)y * p.w;
        cmsDoTransform(convert, from, row, p.w);
        weigh(t, row, p.alpha ? from : NULL, p.w);
        if (!t->pixels) continue;
        buf_add(inks, (const char *)row, (size_t)p.w * 4);
        for (uint32_t x = 0; p.alpha && x < p.w; x++) buf_putc(alpha, (char)(from[x] >> 24));
    }
}

static int work(void *ctx, int to)
{
    struct inking *t = ctx;
    struct buf inks = {0}, alpha = {0};
    sandbox_enter((struct sandbox_path[]){{NULL, SANDBOX_READ}}, -1);
    if (image_is_cmyk(t->im)) cmyk_jpeg(t, &inks);
    else rgb_pixels(t, &inks, &alpha);
    uint64_t n = (uint64_t)t->said.w * t->said.h, over = n ? (t->heavy * 1000 + n / 2) / n : 0;
    t->said.over = t->heavy && !over ? 1 : (int)over;
    return child_say(to, (struct str){(const char *)&t->said, sizeof t->said}) && child_say(to, buf_view(&inks)) && child_say(to, buf_view(&alpha))
               ? 0
               : PIXELS_BAD;
}

/* --- here --- */

bool image_press(struct arena *a, const struct image *im, struct str output, int limit, bool pixels, struct diag *d, struct image_inks *out)
{
    struct inking t = {.im = im, .output = output, .limit = limit ? limit : 400, .pixels = pixels};
    struct str answer;
    struct said said = {0};
    *out = (struct image_inks){0};
    if (!image_child(a, im, work, &t, &t.icc, d, &answer)) return false;
    bool whole = answer.n >= sizeof said;
    if (whole) memcpy(&said, answer.s, sizeof said);
    uint64_t n = whole ? (uint64_t)said.w * said.h : 0, want = !pixels ? 0 : n * (said.alpha ? 5 : 4);
    if (!whole || answer.n - sizeof said != want) {
        DIAG(d, MSG_IMAGE_BROKEN, im->at, str_z(a, im->name), image_wrong(d, "its pixels cannot be read"));
        return false;
    }
    *out = (struct image_inks){.most = said.most, .over = said.over, .width = said.w, .height = said.h};
    memcpy(out->matrix, image_matrix(im), sizeof out->matrix);
    if (pixels) out->inks = str_part(answer, sizeof said, (size_t)n * 4), out->alpha = str_from(answer, sizeof said + (size_t)n * 4);
    return true;
}
