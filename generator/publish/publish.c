/* publish.c: see publish.h. Order of safety: lock → staging → all files → manifest → syncfs → swap → old site removed → lock gone. Only the swap
 * changes OUT, and it is one system call. */
#include "publish/publish.h"
#include "base/map.h"
#include "base/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <dirent.h>

struct written {
    const char *path;
    uint64_t hash, size;
};
struct publish {
    struct arena arena;
    struct diag *diag;
    const char *out, *staging, *lock;
    int lock_fd, dir_fd;   /* the staging folder */
    bool replace;          /* OUT exists */
    pthread_mutex_t mutex; /* over what follows */
    VEC(struct written) files;
    struct map seen, folders; /* paths; those of folders that were made, or are about to be */
    uint64_t bytes;
    bool failed; /* the first failed write is reported, the others are its echo */
};

static struct place at_path(const char *path) { return (struct place){path, 0, 0}; }

/* Absolute path of a folder that need not exist yet, links resolved as far as it does. */
static char *absolute(struct arena *a, const char *path)
{
    char *real = realpath(path, NULL);
    if (real) {
        char *copy = arena_copy(a, real, strlen(real));
        free(real);
        return copy;
    }
    struct str s = str_of(path);
    while (s.n > 1 && s.s[s.n - 1] == '/') s.n--;
    struct str dir = path_dir(s);
    if (!dir.n) dir = s.n && s.s[0] == '/' ? STR("/") : STR(".");
    if (str_eq(dir, s)) return str_z(a, s);
    return path_join(a, str_of(absolute(a, str_z(a, dir))), path_base(s));
}

/* Whether OUT may be replaced: empty (.gitignore aside) or made by an earlier build. */
static bool is_ours(struct publish *p)
{
    struct stat st;
    if (lstat(p->out, &st)) {
        if (errno == ENOENT) return true;
        return DIAG(p->diag, MSG_FILE_UNREADABLE, at_path(p->out), strerror(errno)), false;
    }
    if (!S_ISDIR(st.st_mode)) return DIAG(p->diag, MSG_OUT_NOT_FOLDER, (struct place){0}, p->out), false;
    p->replace = true;
    if (file_exists(path_join(&p->arena, str_of(p->out), STR(PUBLISH_MANIFEST)))) return true;
    DIR *dir = opendir(p->out);
    if (!dir) return DIAG(p->diag, MSG_FILE_UNREADABLE, at_path(p->out), strerror(errno)), false;
    bool empty = true;
    errno = 0;
    for (struct dirent *e; (e = readdir(dir));)
        empty = empty && (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") || !strcmp(e->d_name, ".gitignore"));
    int failed = errno;
    closedir(dir);
    if (failed) return DIAG(p->diag, MSG_FILE_UNREADABLE, at_path(p->out), strerror(failed)), false;
    if (!empty) DIAG(p->diag, MSG_OUT_FOREIGN, (struct place){0}, p->out);
    return empty;
}

/* An exclusive lock on a file that its owner removes at the end; so after locking it must still be the file of that name. */
static bool take_lock(struct publish *p)
{
    for (int tries = 0; tries < 100; tries++) {
        struct stat held, named;
        p->lock_fd = open(p->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (p->lock_fd < 0) return DIAG(p->diag, MSG_FILE_UNWRITABLE, at_path(p->lock), strerror(errno)), false;
        if (flock(p->lock_fd, LOCK_EX | LOCK_NB)) {
            close(p->lock_fd);
            p->lock_fd = -1;
            return DIAG(p->diag, MSG_OUT_LOCKED, (struct place){0}, p->out), false;
        }
        if (!fstat(p->lock_fd, &held) && !stat(p->lock, &named) && held.st_ino == named.st_ino && held.st_dev == named.st_dev) return true;
        close(p->lock_fd);
    }
    p->lock_fd = -1;
    return DIAG(p->diag, MSG_OUT_LOCKED, (struct place){0}, p->out), false;
}

static void release(struct publish *p)
{
    if (p->dir_fd >= 0) close(p->dir_fd);
    if (p->lock_fd >= 0) {
        unlink(p->lock);
        close(p->lock_fd);
    }
    pthread_mutex_destroy(&p->mutex);
    arena_close(&p->arena);
    free(p);
}

struct publish *publish_open(const char *out, const char *content, const char *root, struct diag *d)
{
    struct publish *p = mem_realloc(NULL, sizeof *p);
    *p = (struct publish){.diag = d, .lock_fd = -1, .dir_fd = -1};
    pthread_mutex_init(&p->mutex, NULL);
    p->seen = p->folders = map_new(&p->arena);
    p->out = absolute(&p->arena, out);
    const char *sources = content ? absolute(&p->arena, content) : NULL, *top = absolute(&p->arena, root);
    struct str dir = path_dir(str_of(p->out)), base = path_base(str_of(p->out));
    const char *above = dir.n ? str_z(&p->arena, dir) : "/";
    p->staging = arena_printf(&p->arena, "%s/.%.*s.letak-new", above, STR_ARG(base));
    p->lock = arena_printf(&p->arena, "%s/.%.*s.letak-lock", above, STR_ARG(base));
    if (!base.n || path_holds(p->out, top) || (sources && (path_holds(p->out, sources) || path_holds(sources, p->out)))) {
        DIAG(d, MSG_OUT_INSIDE, (struct place){0}, p->out);
    } else if (!file_mkdirs(above)) {
        DIAG(d, MSG_FILE_UNWRITABLE, at_path(above), strerror(errno));
    } else if (take_lock(p) && is_ours(p)) { /* looked at under the lock: what another build is about to swap in is seen as it will be */
        if (file_remove_tree(p->staging) && !mkdir(p->staging, 0777)) p->dir_fd = open(p->staging, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (p->dir_fd >= 0) return p;
        DIAG(d, MSG_FILE_UNWRITABLE, at_path(p->staging), strerror(errno));
    }
    release(p);
    return NULL;
}

void publish_wall_in(struct publish *p, const char *root, const char *extra)
{
    struct str above = path_dir(str_of(p->out));
    struct sandbox_path paths[] = {{root, SANDBOX_READ},
                                   {arena_printf(&p->arena, "%s/.letak", root), SANDBOX_WRITE},
                                   {p->staging, SANDBOX_WRITE},
                                   {above.n ? str_z(&p->arena, above) : "/", SANDBOX_NAMES},
                                   {p->replace ? p->out : extra, SANDBOX_READ},
                                   {extra, SANDBOX_READ},
                                   {NULL, SANDBOX_READ}};
    sandbox_enter(paths, SANDBOX_NO_NETWORK);
}

/* The folders above a file, most often the last one alone. */
static bool make_folders(int dir_fd, const char *path)
{
    char up[4096];
    struct str dir = path_dir(str_of(path));
    if (!dir.n) return true;
    if (dir.n >= sizeof up) return errno = ENAMETOOLONG, false;
    memcpy(up, dir.s, dir.n);
    up[dir.n] = 0;
    if (!mkdirat(dir_fd, up, 0777) || errno == EEXIST) return true;
    return errno == ENOENT && make_folders(dir_fd, up) && (!mkdirat(dir_fd, up, 0777) || errno == EEXIST);
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t w = write(fd, bytes.s, bytes.n);
        if (w >= 0) bytes = str_from(bytes, (size_t)w);
        else if (errno != EINTR) return false;
    }
    return true;
}

static bool put(struct publish *p, const char *path, struct str bytes, bool new_folder)
{
    if (new_folder && !make_folders(p->dir_fd, path)) return false;
    int fd = openat(p->dir_fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0 && errno == ENOENT && make_folders(p->dir_fd, path)) fd = openat(p->dir_fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return false;
    bool ok = write_all(fd, bytes);
    int e = errno;
    if (close(fd) && ok) return false;
    errno = e;
    return ok;
}

static bool sink_write(void *ctx, const char *path, struct str bytes)
{
    struct publish *p = ctx;
    uint64_t hash = str_sum(bytes);
    pthread_mutex_lock(&p->mutex);
    struct str name = str_copy(&p->arena, str_of(path));
    void **seen = map_at(&p->seen, name);
    bool twice = *seen != NULL, new_folder = false;
    if (!twice) {
        *seen = p;
        *vec_push(&p->arena, &p->files) = (struct written){name.s, hash, bytes.n};
        p->bytes += bytes.n;
        void **folder = map_at(&p->folders, path_dir(name)); /* what another thread is about to make is made again: that does no harm */
        new_folder = !*folder;
        *folder = p;
    }
    pthread_mutex_unlock(&p->mutex);
    if (twice) return DIAG(p->diag, MSG_OUT_TWICE, (struct place){0}, path), true;
    if (put(p, path, bytes, new_folder)) return true;
    int e = errno;
    pthread_mutex_lock(&p->mutex);
    bool first = !p->failed;
    p->failed = true;
    pthread_mutex_unlock(&p->mutex);
    if (first) DIAG(p->diag, MSG_FILE_UNWRITABLE, at_path(path), strerror(e));
    return false;
}

struct file_sink publish_sink(struct publish *p) { return (struct file_sink){.write = sink_write, .ctx = p}; }

void publish_totals(struct publish *p, size_t *files, uint64_t *bytes)
{
    pthread_mutex_lock(&p->mutex);
    *files = p->files.n, *bytes = p->bytes;
    pthread_mutex_unlock(&p->mutex);
}

static int by_path(const void *a, const void *b) { return strcmp(((const struct written *)a)->path, ((const struct written *)b)->path); }

static struct str manifest(struct publish *p)
{
    if (p->files.n) qsort(p->files.v, p->files.n, sizeof *p->files.v, by_path);
    struct buf b = {0};
    for (size_t i = 0; i < p->files.n; i++)
        buf_printf(&b, "%016llx %llu %s\n", (unsigned long long)p->files.v[i].hash, (unsigned long long)p->files.v[i].size, p->files.v[i].path);
    struct str s = buf_copy(&p->arena, &b);
    buf_close(&b);
    return s;
}

bool publish_unchanged(struct publish *p)
{
    struct str old;
    if (!p->replace || !file_read(&p->arena, path_join(&p->arena, str_of(p->out), STR(PUBLISH_MANIFEST)), (size_t)1 << 30, &old)) return false;
    return str_eq(old, manifest(p));
}

static bool swap(struct publish *p)
{
    if (renameat2(AT_FDCWD, p->staging, AT_FDCWD, p->out, p->replace ? RENAME_EXCHANGE : RENAME_NOREPLACE)) return false;
    if (p->replace && !file_remove_tree(p->staging)) DIAG(p->diag, MSG_OUT_CLEANUP, (struct place){0}, strerror(errno), p->staging);
    return true;
}

bool publish_commit(struct publish *p)
{
    struct str ignore;
    bool ok = !p->failed && put(p, PUBLISH_MANIFEST, manifest(p), false);
    const char *kept = path_join(&p->arena, str_of(p->out), STR(".gitignore"));
    if (ok && p->replace && file_exists(kept)) ok = file_read(&p->arena, kept, 1 << 20, &ignore) && put(p, ".gitignore", ignore, false);
    ok = ok && !syncfs(p->dir_fd);
    if (!ok && !p->failed) DIAG(p->diag, MSG_FILE_UNWRITABLE, at_path(p->staging), strerror(errno));
    if (ok && !swap(p)) {
        DIAG(p->diag, MSG_OUT_SWAP, (struct place){0}, p->out, strerror(errno));
        ok = false;
    }
    if (!ok) file_remove_tree(p->staging);
    release(p);
    return ok;
}

void publish_abort(struct publish *p)
{
    file_remove_tree(p->staging);
    release(p);
}
