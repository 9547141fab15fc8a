/* versions.c: one picture in the sizes and formats that a page offers, or whole for paper. Pixels are unpacked and packed in a child of the program
 * with bounds on memory and time and nothing of the disk but the system's (base/child.h, base/sandbox.h): what a stranger's file does to a library
 * ends there. The child's answer is a row of records, each a HEAD and its bytes; it is also what a cache keeps.
 *
 * What is offered: widths of 480, 960 and 1600 pixels as far as the picture is wider, the narrower ones only where they are much narrower; formats
 * from the one that packs best to the one that every browser reads, the better ones only where they are smaller by a tenth in every width. */
#include "image/inside.h"
#include "base/child.h"
#include "base/sandbox.h"
#include "image/pixels.h"
#include <stdlib.h>

enum { MOST_VERSIONS = 16, MOST_ANSWER_MB = 512, CPU_SECONDS = 120, WALL_SECONDS = 600, MEMORY_MB = 1536, WIDTHS = 3, LEAST_SAVED = 1024 };
enum { AVIF_QUALITY = 60, WEBP_QUALITY = 80, JPEG_QUALITY = 82, WHOLE_QUALITY = 92 };
static const uint32_t widths[WIDTHS] = {480, 960, 1600};

struct head {
    uint32_t format, width, height, n; /* bytes that follow; 0: the file itself, cleaned */
};
struct task {
    const struct image *im;
    struct str icc;
    enum image_wish wish;
};

/* --- in the child --- */

struct size { /* one width of the picture, packed in some formats */
    struct pixels px;
    struct buf as[IMAGE_FORMATS];
    uint32_t own_w, own_h; /* not 0: as[base] is the file itself, which is that large */
};
struct making {
    const struct task *t;
    struct size sizes[WIDTHS]; /* the widest last */
    size_t n;
    enum image_format base; /* what every browser reads */
    bool lossless;
};

/* What of width i costs a reader: a wider one may be the smaller file. */
static size_t cost(const struct making *m, size_t i, enum image_format f)
{
    size_t least = SIZE_MAX;
    for (; i < m->n; i++) {
        size_t n = f == m->base && m->sizes[i].own_w ? m->t->im->bytes.n : m->sizes[i].as[f].n;
        if (n < least) least = n;
    }
    return least;
}

static bool pack(struct making *m, enum image_format f)
{
    static const int quality[IMAGE_FORMATS] = {[IMAGE_AVIF] = AVIF_QUALITY, [IMAGE_WEBP] = WEBP_QUALITY, [IMAGE_JPEG] = JPEG_QUALITY};
    for (size_t i = 0; i < m->n; i++) {
        struct size *s = &m->sizes[i];
        if ((f == m->base && s->own_w) || s->as[f].n) continue;
        if (!pixels_write(&s->px, f, quality[f], m->lossless, &s->as[f])) return false;
    }
    return true;
}

/* Whether f is smaller by a tenth in every width than `than`, and by more than naming it costs. */
static bool worth(const struct making *m, enum image_format f, enum image_format than)
{
    if (cost(m, m->n - 1, f) + LEAST_SAVED > cost(m, m->n - 1, than)) return false;
    for (size_t i = 0; i < m->n; i++)
        if (cost(m, i, f) * 10 > cost(m, i, than) * 9) return false;
    return true;
}

static void say(struct buf *out, enum image_format f, uint32_t w, uint32_t h, struct str bytes)
{
    struct head head = {f, w, h, (uint32_t)bytes.n};
    buf_add(out, (const char *)&head, sizeof head);
    buf_str(out, bytes);
}

/* A format's widths, the narrow ones only where they are smaller files. */
static void say_format(const struct making *m, enum image_format f, struct buf *out)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct size *s = &m->sizes[i];
        if (i + 1 < m->n && cost(m, i, f) * 10 > cost(m, i + 1, f) * 9) continue;
        if (f == m->base && s->own_w) say(out, f, s->own_w, s->own_h, (struct str){0});
        else say(out, f, s->px.w, s->px.h, buf_view(&s->as[f]));
    }
}

/* The widths to make, upright and in the colours of the web. */
static bool scale_all(struct making *m)
{
    const struct image *im = m->t->im;
    bool turned = im->orientation > 4;
    uint32_t top = im->width > widths[WIDTHS - 1] ? widths[WIDTHS - 1] : im->width, h = (uint32_t)((uint64_t)im->height * top / im->width);
    struct pixels px, small;
    if (!h) h = 1;
    if (!pixels_read(im, m->t->icc, turned ? h : top, &px)) return false;
    if (top < im->width) {
        if (!pixels_scale(&px, turned ? h : top, turned ? top : h, &small)) return false;
        free(px.at);
        px = small;
    }
    pixels_to_srgb(&px, m->t->icc);
    pixels_turn(&px, im->orientation);
    for (size_t i = 0; i < WIDTHS - 1; i++) {
        if ((uint64_t)widths[i] * 100 >= (uint64_t)top * 85) continue;
        h = (uint32_t)((uint64_t)px.h * widths[i] / px.w);
        if (!pixels_scale(&px, widths[i], h ? h : 1, &m->sizes[m->n++].px)) return false;
    }
    m->sizes[m->n++].px = px;
    return true;
}

/* What the picture is. Drawings stay lossless; a photograph that came as PNG is packed like one, where half the bytes do. */
static bool choose(struct making *m)
{
    const struct image *im = m->t->im;
    struct size *top = &m->sizes[m->n - 1];
    bool png = im->format == IMAGE_PNG, jpeg = im->format == IMAGE_JPEG && !image_is_cmyk(im);
    m->base = png ? IMAGE_PNG : im->format == IMAGE_WEBP || im->format == IMAGE_AVIF ? IMAGE_WEBP : top->px.alpha ? IMAGE_PNG : IMAGE_JPEG;
    if ((png || jpeg || im->format == IMAGE_WEBP) && im->orientation == 1 && im->width <= widths[WIDTHS - 1])
        top->own_w = im->width, top->own_h = im->height;
    if (!png && !im->lossless) return true;
    m->lossless = true;
    bool few = pixels_few_colours(&top->px);
    struct buf lossy = {0};
    if (!pack(m, m->base) || (!few && !pixels_write(&top->px, IMAGE_WEBP, WEBP_QUALITY, false, &lossy))) return false;
    if (!few && lossy.n * 2 < cost(m, m->n - 1, m->base)) {
        m->lossless = false;
        if (png && !top->px.alpha) m->base = IMAGE_JPEG, top->own_w = 0;
        for (size_t i = 0; i < m->n; i++) buf_reset(&m->sizes[i].as[IMAGE_WEBP]);
    } else if (im->orientation == 1 && im->bytes.n <= cost(m, m->n - 1, m->base)) {
        top->own_w = im->width, top->own_h = im->height; /* made smaller, a drawing has more colours and may need more bytes */
    }
    buf_close(&lossy);
    return true;
}

static bool offer(const struct task *t, struct buf *out)
{
    struct making m = {.t = t};
    if (!scale_all(&m) || !choose(&m) || !pack(&m, m.base)) return false;
    bool webp = m.base != IMAGE_WEBP && pack(&m, IMAGE_WEBP) && worth(&m, IMAGE_WEBP, m.base);
    bool avif = t->wish == IMAGE_OFFERED && !m.lossless && pack(&m, IMAGE_AVIF) && worth(&m, IMAGE_AVIF, webp ? IMAGE_WEBP : m.base);
    if (avif) say_format(&m, IMAGE_AVIF, out);
    if (webp) say_format(&m, IMAGE_WEBP, out);
    say_format(&m, m.base, out);
    return true;
}

/* The picture in full size, in one format. */
static bool whole(const struct task *t, struct buf *out)
{
    struct pixels p;
    struct buf file = {0};
    const struct image *im = t->im;
    if (!pixels_read(im, t->icc, im->orientation > 4 ? im->height : im->width, &p)) return false;
    bool exact = im->format == IMAGE_PNG || im->format == IMAGE_GIF || im->lossless;
    enum image_format f = t->wish == IMAGE_CLEAN ? im->format : exact || p.alpha ? IMAGE_PNG : IMAGE_JPEG;
    pixels_to_srgb(&p, t->icc);
    pixels_turn(&p, im->orientation);
    if (!pixels_write(&p, f, WHOLE_QUALITY, exact, &file)) return false;
    say(out, f, p.w, p.h, buf_view(&file));
    return true;
}

static int work(void *ctx, int to)
{
    const struct task *t = ctx;
    struct buf out = {0};
    sandbox_enter((struct sandbox_path[]){{NULL, SANDBOX_READ}}, -1);
    bool ok = t->wish == IMAGE_OFFERED || t->wish == IMAGE_QUICK ? offer(t, &out) : whole(t, &out);
    return ok && child_say(to, buf_view(&out)) ? 0 : PIXELS_BAD;
}

/* --- here --- */

bool image_child(struct arena *a, const struct image *im, int (*what)(void *ctx, int to), void *ctx, struct str *icc, struct diag *d,
                 struct str *packed)
{
    static const struct child_bounds bounds = {CPU_SECONDS, WALL_SECONDS, MEMORY_MB, (size_t)MOST_ANSWER_MB << 20};
    struct buf answer = {0};
    const char *file, *package, *wrong = NULL, *name = str_z(a, im->name);
    if (!library_open(im->format == IMAGE_GIF, &file, &package)) {
        DIAG(d, MSG_IMAGE_LIBRARY, im->at, file, package);
        return false;
    }
    if (!(wrong = image_profile(a, im, icc))) {
        int status = child_run_within(&bounds, what, ctx, &answer);
        if (status == PIXELS_NO_CMYK) DIAG(d, MSG_IMAGE_LIBRARY, im->at, "default_cmyk.icc", "libgs-common");
        else if (status == PIXELS_BAD) wrong = "its pixels cannot be read";
        else if (status) wrong = "its pixels cannot be read within 1.5 GB and two minutes";
        *packed = buf_copy(a, &answer);
        if (status && !wrong) wrong = "";
    }
    if (wrong && *wrong) DIAG(d, MSG_IMAGE_BROKEN, im->at, name, image_wrong(d, wrong));
    buf_close(&answer);
    return !wrong;
}

bool image_make(struct arena *a, const struct image *im, enum image_wish wish, struct diag *d, struct str *packed)
{
    struct task t = {.im = im, .wish = wish};
    return image_child(a, im, work, &t, &t.icc, d, packed);
}

bool image_unpack(struct arena *a, struct str packed, size_t *n, struct image_version **list)
{
    VEC(struct image_version) v = {0};
    while (packed.n) {
        struct head h;
        if (packed.n < sizeof h) return false;
        memcpy(&h, packed.s, sizeof h);
        packed = str_from(packed, sizeof h);
        if (h.format >= IMAGE_FORMATS || !h.width || !h.height || h.n > packed.n || v.n == MOST_VERSIONS) return false;
        *vec_push(a, &v) = (struct image_version){(enum image_format)h.format, h.width, h.height, !h.n, str_part(packed, 0, h.n)};
        packed = str_from(packed, h.n);
    }
    *n = v.n, *list = v.v;
    return v.n > 0;
}
