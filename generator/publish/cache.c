/* cache.c: see cache.h. An entry is a file named by the SHA-256 of its key: the SHA-256 of what follows the line end, in hexadecimal, a line end, the
 * bytes. */
#include "publish/cache.h"
#include "base/map.h"
#include "publish/sums.h"
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = SUM_DIGITS + 1, DAY = 24 * 60 * 60, OLD = 30 * DAY };
#define LARGEST ((size_t)1 << 30)
struct cache {
    struct arena arena;
    const char *folder;
    bool write;
    struct map asked; /* names of entries */
    pthread_mutex_t lock;
};

const char *cache_folder(struct arena *a, const char *root, const char *name)
{
    const char *folder = arena_printf(a, "%s/.letak/%s", root, name);
    if (!file_exists(path_join(a, str_of(root), STR("content/site.yml")))) return NULL;
    file_mkdirs(folder);
    return folder;
}

void cache_leave(const char *folder)
{
    struct arena a = {0};
    if (folder && !rmdir(folder)) rmdir(str_z(&a, path_dir(str_of(folder))));
    arena_close(&a);
}

struct cache *cache_open(const char *folder, bool write)
{
    struct cache *c = mem_realloc(NULL, sizeof *c);
    *c = (struct cache){.write = write};
    c->folder = folder ? arena_copy(&c->arena, folder, strlen(folder)) : NULL;
    c->asked = map_new(&c->arena);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

static const char *entry(struct cache *c, struct arena *a, struct str key)
{
    char name[SUM_DIGITS + 1];
    sum_of(key, name);
    pthread_mutex_lock(&c->lock);
    *map_at(&c->asked, str_copy(&c->arena, str_of(name))) = c;
    pthread_mutex_unlock(&c->lock);
    return path_join(a, str_of(c->folder), str_of(name));
}

bool cache_find(struct cache *c, struct arena *a, struct str key, struct str *bytes)
{
    char sum[SUM_DIGITS + 1];
    struct str all;
    struct stat st;
    if (!c->folder) return false;
    const char *path = entry(c, a, key);
    if (!file_read(a, path, LARGEST, &all) || all.n < HEAD) return false;
    *bytes = str_from(all, HEAD);
    sum_of(*bytes, sum);
    if (memcmp(all.s, sum, SUM_DIGITS) != 0) return false;
    if (c->write && !stat(path, &st) && time(NULL) - st.st_mtime > DAY) utimensat(AT_FDCWD, path, NULL, 0); /* still in use */
    return true;
}

void cache_put(struct cache *c, struct str key, struct str bytes)
{
    struct arena a = {0};
    struct buf b = {0};
    char sum[SUM_DIGITS + 1];
    if (!c->folder || !c->write) return;
    sum_of(bytes, sum);
    buf_puts(&b, sum), buf_putc(&b, '\n'), buf_str(&b, bytes);
    file_write(entry(c, &a, key), buf_view(&b));
    buf_close(&b);
    arena_close(&a);
}

static void prune_all(struct cache *c)
{
    DIR *dir = opendir(c->folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        struct stat st;
        if (e->d_name[0] == '.' || map_find(&c->asked, str_of(e->d_name)) || fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW)) continue;
        if (S_ISREG(st.st_mode) && time(NULL) - st.st_mtime > OLD) unlinkat(dirfd(dir), e->d_name, 0);
    }
    if (dir) closedir(dir);
}

void cache_close(struct cache *c, bool prune)
{
    if (prune && c->write && c->folder) prune_all(c);
    pthread_mutex_destroy(&c->lock);
    arena_close(&c->arena);
    free(c);
}
