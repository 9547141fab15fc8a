/* library.c: see library.h. */
#include "image/library.h"
#include <dlfcn.h>
#include <lcms2.h>
#include <pthread.h>
#include <stdarg.h>

struct library_functions lib;
static const struct {
    const char *file, *package;
} libraries[LIBRARIES] = {[LIBRARY_HEIF] = {"libheif.so.1", "libheif1"},
                          [LIBRARY_WEBP] = {"libwebp.so.7", "libwebp7"},
                          [LIBRARY_PNG] = {"libpng16.so.16", "libpng16-16"},
                          [LIBRARY_JPEG] = {"libjpeg.so.62", "libjpeg62-turbo"},
                          [LIBRARY_GD] = {"libgd.so.3", "libgd3"}};
static const struct {
    enum library library;
    const char *name;
    void *slot;
} functions[] = {
#define X(library, name) {LIBRARY_##library, #name, &lib.name},
    LIBRARY_FUNCTIONS(X)
#undef X
};
static enum library failed = LIBRARIES;
static char engine[256];
static pthread_once_t once = PTHREAD_ONCE_INIT, once_gd = PTHREAD_ONCE_INIT;

static bool open_one(enum library l)
{
    void *handle = dlopen(libraries[l].file, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; handle && i < sizeof functions / sizeof *functions; i++) {
        if (functions[i].library != l) continue;
        void *f = dlsym(handle, functions[i].name);
        if (!f) return false;
        memcpy(functions[i].slot, &f, sizeof f);
    }
    return handle != NULL;
}

static void silent(int priority, const char *fmt, va_list args) { (void)priority, (void)fmt, (void)args; }

static void open_gd(void)
{
    if (!open_one(LIBRARY_GD)) failed = LIBRARY_GD;
    else lib.gdSetErrorMethod(silent); /* it would write to standard error; what is wrong we say ourselves */
}

const struct heif_encoder_descriptor *library_avif(void)
{
    const struct heif_encoder_descriptor *found = NULL;
    lib.heif_get_encoder_descriptors(heif_compression_AV1, "aom", &found, 1);
    return found;
}

static void open_all(void)
{
    for (enum library l = 0; l < LIBRARY_GD; l++)
        if (!open_one(l)) failed = l;
    if (failed < LIBRARIES) return;
    const struct heif_encoder_descriptor *avif = library_avif();
    snprintf(engine, sizeof engine, "heif %s, %s, webp %x, png %u, jpeg %d, lcms %d", lib.heif_get_version(),
             avif ? lib.heif_encoder_descriptor_get_name(avif) : "-", (unsigned)lib.WebPGetEncoderVersion(),
             (unsigned)lib.png_access_version_number(), LIBJPEG_TURBO_VERSION_NUMBER, cmsGetEncodedCMMversion());
}

bool library_open(bool gif, const char **file, const char **package)
{
    pthread_once(&once, open_all);
    if (gif) pthread_once(&once_gd, open_gd);
    if (failed == LIBRARIES || (failed == LIBRARY_GD && !gif)) return true;
    *file = libraries[failed].file, *package = libraries[failed].package;
    return false;
}

const char *image_engine(void)
{
    const char *file, *package;
    return library_open(false, &file, &package) ? engine : "";
}
