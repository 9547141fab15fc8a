/* pictures.c: see pictures.h. */
#include "build/pictures.h"
#include "image/image.h"
#include "publish/cache.h"
#include "publish/sums.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { VERSION = 1 /* of what image_make does: another number makes all anew */, LARGEST = 256 << 20 };
struct made { /* one picture; another thread that wants it waits until it is done */
    struct picture picture;
    struct str linked;
    bool done, good;
};
struct pictures {
    struct site *site;
    struct file_sink sink;
    struct cache *cache;
    bool quick;
    struct diag *quiet;
    atomic_bool failed;
    struct arena arena; /* with the maps, under the lock */
    struct map shown, linked;
    pthread_mutex_t lock;
    pthread_cond_t one_done;
};

/* What the cache has, else what is made of the file. The bytes are in a. */
static bool versions(struct pictures *p, struct arena *a, const struct image *im, enum image_wish wish, struct diag *d, size_t *n,
                     struct image_version **list)
{
    char sum[SUM_DIGITS + 1];
    struct str packed;
    sum_of(im->bytes, sum);
    for (enum image_wish w = wish == IMAGE_QUICK ? IMAGE_OFFERED : wish;; w = wish) { /* better than asked will do */
        struct str key = str_printf(a, "%d %d %s %s", VERSION, (int)w, image_engine(), sum);
        if (cache_find(p->cache, a, key, &packed) && image_unpack(a, packed, n, list)) return true;
        if (w != wish) continue;
        if (!image_make(a, im, wish, d, &packed)) return false;
        cache_put(p->cache, key, packed);
        return image_unpack(a, packed, n, list);
    }
}

static const struct image *open_picture(struct pictures *p, struct arena *a, struct str path)
{
    struct str name = str_printf(&p->arena, "%.*s%.*s", STR_ARG(p->site->content), STR_ARG(path)), bytes; /* under the lock */
    struct place at = {name.s, 0, 0};
    pthread_mutex_unlock(&p->lock);
    const struct image *im = NULL;
    if (file_read(a, path_join(a, str_of(p->site->c->root), name), LARGEST, &bytes)) im = image_open(a, bytes, path, at, p->site->diag);
    else DIAG(p->site->diag, MSG_FILE_UNREADABLE, at, strerror(errno)), p->failed = true;
    return im;
}

/* "a/slika.jpg" -> "a/slika-jpg-480.webp": no other picture's, and no file of the author's. Under the lock. */
static struct str name_of(struct pictures *p, struct str path, uint32_t width, enum image_format f)
{
    struct str dir = path_dir(path), ext = path_ext(path);
    const char *slash = dir.n ? "/" : "", *own = "";
    char size[16] = "";
    if (width) snprintf(size, sizeof size, "-%u", width);
    for (;; own = arena_printf(&p->arena, "%s-", own)) {
        struct str s = str_printf(&p->arena, "%.*s%s%.*s-%.*s%s%s.%s", STR_ARG(dir), slash, STR_ARG(path_stem(path)), STR_ARG(ext), size, own,
                                  image_kinds[f].extension);
        if (!map_find(&p->site->c->files, s)) return s;
    }
}

static void put(struct pictures *p, struct str path, struct str bytes)
{
    if (p->sink.write && !p->sink.write(p->sink.ctx, path.s, bytes)) p->failed = true;
}

/* The file of one version, written. Takes and leaves the lock. */
static struct str file_of(struct pictures *p, struct str path, const struct image_version *v, bool with_width)
{
    if (v->own) return path;
    pthread_mutex_lock(&p->lock);
    struct str name = name_of(p, path, with_width ? v->width : 0, v->format);
    pthread_mutex_unlock(&p->lock);
    put(p, name, v->bytes);
    return name;
}

static void make_shown(struct pictures *p, struct made *m, struct str path)
{
    struct arena a = {0};
    struct image_version *list;
    size_t n;
    const struct image *im = open_picture(p, &a, path);
    if (im) m->picture.width = im->width, m->picture.height = im->height;
    if (im && im->animated) m->good = true;
    else if (im && versions(p, &a, im, p->quick ? IMAGE_QUICK : IMAGE_OFFERED, p->site->diag, &n, &list)) {
        pthread_mutex_lock(&p->lock);
        struct picture_version *v = ARENA_ARRAY(&p->arena, struct picture_version, n);
        pthread_mutex_unlock(&p->lock);
        for (size_t i = 0; i < n; i++)
            v[i] = (struct picture_version){image_kinds[list[i].format].media, file_of(p, path, &list[i], true), list[i].width};
        m->picture = (struct picture){list[n - 1].width, list[n - 1].height, n, v};
        m->good = true;
    }
    arena_close(&a);
}

static void make_linked(struct pictures *p, struct made *m, struct str path)
{
    struct arena a = {0};
    struct image_version *list;
    size_t n;
    const struct image *im = open_picture(p, &a, path);
    m->good = im && versions(p, &a, im, IMAGE_WHOLE, p->site->diag, &n, &list);
    if (m->good) m->linked = file_of(p, path, &list[0], false);
    arena_close(&a);
}

/* Made by the first that asks; both functions begin with the lock held and leave it. */
static struct made *find(struct pictures *p, struct map *map, struct str path, void (*make)(struct pictures *, struct made *, struct str))
{
    pthread_mutex_lock(&p->lock);
    struct made *m = map_find(map, path);
    if (!m) {
        struct str key = str_copy(&p->arena, path);
        *map_at(map, key) = m = ARENA_NEW(&p->arena, struct made);
        make(p, m, key);
        pthread_mutex_lock(&p->lock);
        m->done = true;
        pthread_cond_broadcast(&p->one_done);
    }
    while (!m->done) pthread_cond_wait(&p->one_done, &p->lock);
    pthread_mutex_unlock(&p->lock);
    return m;
}

static const struct picture *shown(void *ctx, struct str path)
{
    struct pictures *p = ctx;
    struct made *m = find(p, &p->shown, path, make_shown);
    return m->good ? &m->picture : NULL;
}

static struct str linked(void *ctx, struct str path)
{
    struct pictures *p = ctx;
    return find(p, &p->linked, path, make_linked)->linked;
}

/* What fails here is asked for once more, and reported, when the PDF wants its pixels. */
static struct str printed(void *ctx, struct arena *a, struct str path, struct str bytes)
{
    struct pictures *p = ctx;
    struct image_version *list;
    size_t n;
    const struct image *im = image_open(a, bytes, path, (struct place){0}, p->quiet);
    if (im && im->format == IMAGE_JPEG) return bytes; /* in CMYK, too: it stays so for the press */
    return im && !image_prints(im) && versions(p, a, im, IMAGE_WHOLE, p->quiet, &n, &list) ? list->bytes : bytes;
}

struct pictures *pictures_open(struct site *s, const struct file_sink *sink, bool quick, bool keep)
{
    struct pictures *p = mem_realloc(NULL, sizeof *p);
    *p = (struct pictures){.site = s, .quick = quick, .quiet = diag_new(DIAG_EN)};
    if (sink) p->sink = *sink;
    const char *folder = arena_printf(&p->arena, "%s/.letak/" PICTURES_CACHE, s->c->root);
    p->cache = cache_open(file_is_dir(folder) ? folder : NULL, keep);
    p->shown = p->linked = map_new(&p->arena);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->one_done, NULL);
    s->pictures = (struct site_pictures){shown, linked, printed, p};
    return p;
}

bool pictures_close(struct pictures *p, bool prune)
{
    bool good = !p->failed;
    p->site->pictures = (struct site_pictures){0};
    cache_close(p->cache, prune && good);
    diag_close(p->quiet);
    pthread_cond_destroy(&p->one_done);
    pthread_mutex_destroy(&p->lock);
    arena_close(&p->arena);
    free(p);
    return good;
}
