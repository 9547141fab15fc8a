/* profile.c: see profile.h. */
#include "image/profile.h"
#include "base/file.h"
#include "image/inside.h"
#include <lcms2.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum { LARGEST = 1 << 24 };

struct profile {
    struct arena arena;
    struct str bytes;
    char name[128];
    cmsContext ctx;
    cmsHTRANSFORM convert;
    uint8_t black[256]; /* by grey; made when first asked for */
    bool have_black;
};

/* A lock of lcms2's own may not be held by another thread while a child is made, which would wait for it for ever. */
static pthread_mutex_t lcms = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t lcms_once = PTHREAD_ONCE_INIT;
static void lock(void) { pthread_mutex_lock(&lcms); }
static void unlock(void) { pthread_mutex_unlock(&lcms); }
static void guard_forks(void) { pthread_atfork(lock, unlock, unlock); }

bool icc_fits(struct str icc, unsigned components)
{
    static const char *const spaces[] = {"", "GRAY", "", "RGB ", "CMYK"};
    if (icc.n < 132 || components > 4 || memcmp(icc.s + 16, spaces[components], 4) != 0 || (unsigned char)icc.s[8] > 4 || be32(icc.s) != icc.n)
        return false;
    pthread_once(&lcms_once, guard_forks);
    lock();
    cmsContext ctx = cmsCreateContext(NULL, NULL); /* its own: lcms2's global one writes to standard error */
    cmsHPROFILE p = ctx && icc.n < LARGEST ? cmsOpenProfileFromMemTHR(ctx, icc.s, (cmsUInt32Number)icc.n) : NULL;
    bool fits = p && cmsChannelsOf(cmsGetColorSpace(p)) == components;
    if (p) cmsCloseProfile(p);
    if (ctx) cmsDeleteContext(ctx);
    unlock();
    return fits;
}

/* What the header says it is of, where that is not CMYK; NULL: it is, or it is no profile at all. */
static const char *other_space(struct str icc)
{
    static const char *const spaces[][2] = {{"RGB ", "RGB"}, {"GRAY", "GRAY"}, {"Lab ", "Lab"}, {"XYZ ", "XYZ"}}, *const rest = "nCLR";
    if (icc.n < 132 || memcmp(icc.s + 36, "acsp", 4) != 0 || !memcmp(icc.s + 16, "CMYK", 4)) return NULL;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (!memcmp(icc.s + 16, spaces[i][0], 4)) return spaces[i][1];
    return rest;
}

static void read_name(cmsHPROFILE h, char name[128])
{
    size_t n = 0;
    char text[128] = "";
    cmsGetProfileInfoASCII(h, cmsInfoDescription, "en", "US", text, sizeof text);
    for (size_t i = 0; i < sizeof text && text[i]; i++)
        if (text[i] >= 32 && text[i] < 127 && n < 127) name[n++] = text[i];
    name[n] = 0;
    if (!n) memcpy(name, "CMYK", 5);
}

static bool open_transform(struct profile *p, enum profile_use use)
{
    cmsHPROFILE press = cmsOpenProfileFromMemTHR(p->ctx, p->bytes.s, (cmsUInt32Number)p->bytes.n), screen = cmsCreate_sRGBProfileTHR(p->ctx);
    bool fits = press && screen && cmsGetColorSpace(press) == cmsSigCmykData && cmsGetDeviceClass(press) == cmsSigOutputClass;
    cmsUInt32Number flags = cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE; /* few colours: not worth a table of its own */
    if (fits) {
        read_name(press, p->name);
        p->convert = use == PROFILE_FOR_PRESS
                         ? cmsCreateTransformTHR(p->ctx, screen, TYPE_RGB_8, press, TYPE_CMYK_8, INTENT_RELATIVE_COLORIMETRIC, flags)
                         : cmsCreateTransformTHR(p->ctx, press, TYPE_CMYK_8, screen, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, flags);
    }
    if (press) cmsCloseProfile(press);
    if (screen) cmsCloseProfile(screen);
    return p->convert;
}

struct profile *profile_open(struct str icc, const char *file, struct place at, enum profile_use use, struct diag *d)
{
    struct profile *p = mem_realloc(NULL, sizeof *p);
    *p = (struct profile){.bytes = icc};
    bool usual = !icc.n;
    if (usual && !file_read(&p->arena, PROFILE_USUAL, LARGEST, &p->bytes)) {
        DIAG(d, MSG_IMAGE_LIBRARY, ((struct place){0}), PROFILE_USUAL, "libgs-common");
        profile_close(p);
        return NULL;
    }
    const char *other = other_space(p->bytes);
    bool good = !other && icc_fits(p->bytes, 4);
    if (good) {
        lock();
        p->ctx = cmsCreateContext(NULL, NULL);
        good = p->ctx && open_transform(p, use);
        unlock();
    }
    if (good) return p;
    if (other) DIAG(d, MSG_PROFILE_SPACE, at, file, other);
    else DIAG(d, MSG_PROFILE_BROKEN, at, usual ? PROFILE_USUAL : file);
    profile_close(p);
    return NULL;
}

void profile_close(struct profile *p)
{
    if (!p) return;
    lock();
    if (p->convert) cmsDeleteTransform(p->convert);
    if (p->ctx) cmsDeleteContext(p->ctx);
    unlock();
    arena_close(&p->arena);
    free(p);
}

struct str profile_bytes(const struct profile *p) { return p->bytes; }
const char *profile_name(const struct profile *p) { return p->name; }

void profile_to_screen(struct profile *p, const uint8_t cmyk[4], uint8_t rgb[3]) { cmsDoTransform(p->convert, cmyk, rgb, 1); }

void profile_to_press(struct profile *p, const uint8_t rgb[3], uint8_t cmyk[4])
{
    if (rgb[0] == 255 && rgb[1] == 255 && rgb[2] == 255) memset(cmyk, 0, 4);
    else cmsDoTransform(p->convert, rgb, cmyk, 1);
}

/* CIE L* of an sRGB grey. */
static double lightness(double grey)
{
    double v = grey / 255, y = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
}

/* The lightness of each amount of black ink, as the profile has it, and then of greys between it and the paper: black and white of the screen are
 * those of the press, as in black point compensation. */
static bool make_black(struct profile *p)
{
    double light[256];
    lock();
    cmsHPROFILE press = cmsOpenProfileFromMemTHR(p->ctx, p->bytes.s, (cmsUInt32Number)p->bytes.n), lab = cmsCreateLab4ProfileTHR(p->ctx, NULL);
    cmsHTRANSFORM t =
        press && lab ? cmsCreateTransformTHR(p->ctx, press, TYPE_CMYK_8, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE) : NULL;
    for (int k = 0; t && k < 256; k++) {
        uint8_t cmyk[4] = {0, 0, 0, (uint8_t)k};
        cmsCIELab v;
        cmsDoTransform(t, cmyk, &v, 1);
        light[k] = v.L;
    }
    if (t) cmsDeleteTransform(t);
    if (press) cmsCloseProfile(press);
    if (lab) cmsCloseProfile(lab);
    unlock();
    for (int g = 0, k = 255; t && g < 256; g++) {
        double want = light[255] + lightness(g) / 100 * (light[0] - light[255]);
        while (k > 0 && fabs(light[k - 1] - want) <= fabs(light[k] - want)) k--;
        p->black[g] = (uint8_t)k;
    }
    p->black[0] = 255, p->black[255] = 0;
    return t;
}

uint8_t profile_black(struct profile *p, uint8_t grey)
{
    if (!p->have_black) {
        p->have_black = true;
        if (!make_black(p))
            for (int g = 0; g < 256; g++) p->black[g] = (uint8_t)(255 - g);
    }
    return p->black[grey];
}
