/* file.c: see file.h. */
#include "base/file.h"
#include "base/utf8.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST_LINE = 1 << 20, DEEPEST_FOLDER = 64 };

int file_open(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); }

size_t file_hold(size_t n)
{
    enum { OTHERS = 512 };
    struct rlimit most;
    if (getrlimit(RLIMIT_NOFILE, &most)) return 0;
    rlim_t wanted = (rlim_t)n + OTHERS;
    if (most.rlim_cur < wanted && most.rlim_cur < most.rlim_max) {
        rlim_t before = most.rlim_cur;
        most.rlim_cur = wanted < most.rlim_max ? wanted : most.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &most)) most.rlim_cur = before;
    }
    if (most.rlim_cur <= OTHERS) return 0;
    if (most.rlim_cur < wanted) n = (size_t)most.rlim_cur - OTHERS;
    int fd = open("/", O_PATH | O_CLOEXEC), last = fcntl(fd, F_DUPFD_CLOEXEC, (int)n + OTHERS / 2);
    if (fd >= 0) close(fd);
    if (last >= 0) close(last);
    return n;
}

/* The whole of an open file, from its beginning, which is closed. */
static bool read_open(struct arena *a, int fd, size_t limit, struct str *out)
{
    struct stat st;
    if (fd < 0) return false;
    int e = 0;
    if (fstat(fd, &st)) e = errno;
    else if (!S_ISREG(st.st_mode)) e = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
    else if ((uint64_t)st.st_size > limit) e = EFBIG;
    if (!e) {
        size_t size = (size_t)st.st_size, n = 0;
        char *s = arena_alloc(a, size + 1);
        while (n < size) {
            ssize_t r = pread(fd, s + n, size - n, (off_t)n);
            if (r < 0 && errno == EINTR) continue;
            if (r < 0) e = errno;
            if (r <= 0) break; /* the file became shorter: what there is */
            n += (size_t)r;
        }
        s[n] = 0;
        *out = (struct str){s, n};
    }
    close(fd);
    errno = e;
    return !e;
}

bool file_read(struct arena *a, const char *path, size_t limit, struct str *out) { return read_open(a, file_open(path), limit, out); }

static struct place place_at(const char *file, struct str text, size_t at)
{
    struct place p = {file, 1, 1};
    size_t line = 0;
    for (size_t i = 0; i < at; i++)
        if (text.s[i] == '\n') p.line++, line = i + 1;
    p.col = (uint32_t)utf8_length((struct str){text.s + line, at - line}) + 1;
    return p;
}

static bool read_made(struct arena *a, int fd, const char *path, const char *shown, struct diag *d, struct str *out)
{
    struct str t;
    if (!read_open(a, fd, FILE_TEXT_LIMIT, &t)) {
        struct stat st;
        if (errno == EFBIG && !stat(path, &st)) {
            char mb[32], most[32];
            snprintf(mb, sizeof mb, "%ld", (long)(st.st_size >> 20));
            snprintf(most, sizeof most, "%ld", (long)(FILE_TEXT_LIMIT >> 20));
            DIAG(d, MSG_FILE_TOO_LARGE, ((struct place){shown, 0, 0}), mb, most);
        } else {
            DIAG(d, MSG_FILE_UNREADABLE, ((struct place){shown, 0, 0}), strerror(errno));
        }
        return false;
    }
    if (str_starts(t, "\xEF\xBB\xBF")) t = str_from(t, 3);
    size_t bad = utf8_invalid(t);
    if (bad != SIZE_MAX) return DIAG0(d, MSG_FILE_NOT_UTF8, place_at(shown, t, bad)), false;
    bad = str_find(t, 0);
    if (bad != SIZE_MAX) return DIAG0(d, MSG_FILE_NUL, place_at(shown, t, bad)), false;
    if (str_find(t, '\r') != SIZE_MAX) { /* CRLF and lone CR become LF, in place: the bytes are our own copy */
        char *w = (char *)(uintptr_t)t.s;
        size_t n = 0;
        for (size_t i = 0; i < t.n; i++) {
            char c = t.s[i];
            if (c == '\r') {
                if (i + 1 < t.n && t.s[i + 1] == '\n') continue;
                c = '\n';
            }
            w[n++] = c;
        }
        w[n] = 0;
        t.n = n;
    }
    *out = t;
    return true;
}

bool file_read_made(struct arena *a, const char *path, const char *shown, struct diag *d, struct str *out)
{
    return read_made(a, file_open(path), path, shown, d, out);
}

bool file_read_text(struct arena *a, const char *path, const char *shown, struct diag *d, struct str *out)
{
    return file_read_text_of(a, -1, path, shown, d, out);
}

bool file_read_text_of(struct arena *a, int fd, const char *path, const char *shown, struct diag *d, struct str *out)
{
    struct str t;
    if (!read_made(a, fd < 0 ? file_open(path) : fd, path, shown, d, &t)) return false;
    for (size_t from = 0, at; t.n > LONGEST_LINE && from < t.n; from = at + 1) {
        const char *p = memchr(t.s + from, '\n', t.n - from);
        at = p ? (size_t)(p - t.s) : t.n;
        if (at - from > LONGEST_LINE) {
            char mb[32];
            snprintf(mb, sizeof mb, "%zu", (at - from) >> 20);
            return DIAG(d, MSG_FILE_LONG_LINE, place_at(shown, t, from), mb), false;
        }
    }
    *out = t;
    return true;
}

static int write_to(int fd, struct str bytes)
{
    int e = 0;
    while (bytes.n && !e) {
        ssize_t w = write(fd, bytes.s, bytes.n);
        if (w >= 0) bytes = str_from(bytes, (size_t)w);
        else if (errno != EINTR) e = errno;
    }
    if (close(fd) && !e) e = errno;
    return e;
}

bool file_write(const char *path, struct str bytes)
{
    struct stat st;
    bool there = !stat(path, &st);
    if (there && !S_ISREG(st.st_mode)) { /* /dev/stdout, a pipe */
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        return fd >= 0 && !(errno = write_to(fd, bytes));
    }
    char *real = there ? realpath(path, NULL) : NULL; /* a link stays one */
    const char *to = real ? real : path;
    struct arena a = {0};
    char *part = arena_printf(&a, "%s.%ld.part", to, (long)getpid());
    int fd = there && access(to, W_OK) ? -1 : open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), e = fd < 0 ? errno : write_to(fd, bytes);
    if (!e && there) chmod(part, st.st_mode & 07777);
    if (!e && rename(part, to)) e = errno;
    if (e && fd >= 0) unlink(part);
    arena_close(&a);
    free(real);
    errno = e;
    return !e;
}

bool file_is_dir(const char *path)
{
    struct stat st;
    return !stat(path, &st) && S_ISDIR(st.st_mode);
}

const char *file_tmp(void)
{
    const char *tmp = getenv("TMPDIR");
    return tmp && *tmp ? tmp : "/tmp";
}

bool file_exists(const char *path) { return !access(path, F_OK); }

bool file_mkdirs(const char *path)
{
    if (!mkdir(path, 0777) || (errno == EEXIST && file_is_dir(path))) return true;
    if (errno != ENOENT) return false;
    char *up = strdup(path), *slash = up ? strrchr(up, '/') : NULL;
    bool ok = false;
    if (slash && slash != up) {
        *slash = 0;
        ok = file_mkdirs(up) && (!mkdir(path, 0777) || (errno == EEXIST && file_is_dir(path)));
    }
    int e = errno;
    free(up);
    errno = e;
    return ok;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

bool file_remove_tree(const char *path)
{
    struct stat st;
    if (lstat(path, &st)) return errno == ENOENT;
    return !nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* One folder on the path from the root, to see links that lead back. */
struct above {
    const struct above *up;
    dev_t dev;
    ino_t ino;
    int depth;
    bool linked; /* it, or one above, is a link */
};
enum { MOST_LINKED = 5000 }; /* folders that are seen through links: links to neighbours that hold links double with every level */
struct walk {
    struct arena *arena;
    struct diag *diag;
    const char *shown;
    bool (*skip)(void *, const char *, bool);
    void *ctx;
    struct file_list *out;
    bool ok;
    int linked;
};

struct found {
    char *name;
    unsigned char type; /* DT_… */
};
static int by_name(const void *a, const void *b) { return strcmp(((const struct found *)a)->name, ((const struct found *)b)->name); }

static struct place place_of(const struct walk *w, const char *path)
{
    return (struct place){arena_printf(w->arena, "%s%s", path[0] == '/' ? "" : w->shown, path), 0, 0};
}

static void walk_folder(struct walk *w, const char *full, const char *rel, const struct above *above)
{
    DIR *dir = opendir(full);
    if (!dir) {
        DIAG(w->diag, MSG_FILE_UNREADABLE, place_of(w, *rel ? rel : full), strerror(errno));
        w->ok = false;
        return;
    }
    VEC(struct found) names = {0};
    errno = 0;
    for (struct dirent *e; (e = readdir(dir)); errno = 0)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            *vec_push(w->arena, &names) = (struct found){arena_copy(w->arena, e->d_name, strlen(e->d_name)), e->d_type};
    if (errno) { /* a folder read in part would be a site with pages missing */
        DIAG(w->diag, MSG_FILE_UNREADABLE, place_of(w, *rel ? rel : full), strerror(errno));
        w->ok = false;
    }
    closedir(dir);
    if (names.n) qsort(names.v, names.n, sizeof *names.v, by_name);
    for (size_t i = 0; i < names.n; i++) {
        const char *path = path_join(w->arena, str_of(rel), str_of(names.v[i].name));
        const char *below = path_join(w->arena, str_of(full), str_of(names.v[i].name));
        struct stat st = {.st_mode = S_IFREG};
        if (utf8_invalid(str_of(names.v[i].name)) != SIZE_MAX) {
            DIAG0(w->diag, MSG_FILE_NOT_UTF8, place_of(w, rel));
            continue;
        }
        if ((w->out->stamps || names.v[i].type != DT_REG) && stat(below, &st)) {
            if (w->skip && w->skip(w->ctx, path, false)) continue;
            DIAG(w->diag, MSG_FILE_UNREADABLE, place_of(w, path), strerror(errno)); /* one file: what else is wrong is still told */
            continue;
        }
        bool is_dir = S_ISDIR(st.st_mode), linked = false;
        if (w->skip && w->skip(w->ctx, path, is_dir)) continue;
        if (!is_dir && !S_ISREG(st.st_mode)) {
            DIAG0(w->diag, MSG_FILE_SPECIAL, place_of(w, path));
            continue;
        }
        if (is_dir) {
            const struct above *loop = above;
            while (loop && (loop->dev != st.st_dev || loop->ino != st.st_ino)) loop = loop->up;
            struct stat own;
            linked = above->linked || (!lstat(below, &own) && S_ISLNK(own.st_mode));
            if (linked && w->linked++ >= MOST_LINKED) {
                if (w->linked == MOST_LINKED + 1) DIAG0(w->diag, MSG_FILE_LINKS, place_of(w, path));
                continue;
            }
            if (loop || above->depth >= DEEPEST_FOLDER) {
                DIAG0(w->diag, MSG_FILE_LINK_LOOP, place_of(w, path));
                continue;
            }
        }
        *vec_push(w->arena, &w->out->files) = (struct file_entry){
            .path = path, .size = (uint64_t)st.st_size, .mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec, .is_dir = is_dir};
        if (is_dir) walk_folder(w, below, path, &(struct above){above, st.st_dev, st.st_ino, above->depth + 1, linked});
    }
}

bool file_walk(struct arena *a, const char *root, const char *shown, struct diag *d, bool (*skip)(void *, const char *, bool), void *ctx,
               struct file_list *out)
{
    struct walk w = {a, d, shown, skip, ctx, out, true, 0};
    struct stat st;
    if (stat(root, &st)) {
        DIAG(d, MSG_FILE_UNREADABLE, ((struct place){root, 0, 0}), strerror(errno));
        return false;
    }
    walk_folder(&w, root, "", &(struct above){NULL, st.st_dev, st.st_ino, 0, false});
    return w.ok;
}

struct str path_dir(struct str p)
{
    size_t at = str_rfind(p, '/');
    return at == SIZE_MAX ? (struct str){p.s, 0} : str_part(p, 0, at);
}

bool path_holds(const char *folder, const char *path)
{
    size_t n = strlen(folder);
    return !strncmp(folder, path, n) && (path[n] == '/' || !path[n] || (n && folder[n - 1] == '/'));
}

struct str path_base(struct str p)
{
    size_t at = str_rfind(p, '/');
    return at == SIZE_MAX ? p : str_from(p, at + 1);
}

struct str path_stem(struct str p)
{
    struct str b = path_base(p);
    size_t at = str_rfind(b, '.');
    return at == SIZE_MAX || at == 0 ? b : str_part(b, 0, at);
}

struct str path_ext(struct str p)
{
    struct str b = path_base(p);
    size_t at = str_rfind(b, '.');
    return at == SIZE_MAX || at == 0 ? (struct str){NULL, 0} : str_from(b, at + 1);
}

char *path_join(struct arena *a, struct str dir, struct str rest)
{
    char *p = arena_alloc(a, dir.n + rest.n + 2), *w = p;
    if (dir.n) {
        memcpy(w, dir.s, dir.n);
        w += dir.n;
        if (rest.n && w[-1] != '/') *w++ = '/';
    }
    if (rest.n) memcpy(w, rest.s, rest.n);
    return p;
}

bool path_normal(struct arena *a, struct str path, struct str *out)
{
    char *p = arena_alloc(a, path.n + 1);
    size_t n = 0;
    for (struct str part; str_split(&path, '/', &part);) {
        if (!part.n || str_is(part, ".")) continue;
        if (str_is(part, "..")) {
            if (!n) return false;
            while (n && p[n - 1] != '/') n--;
            if (n) n--;
            continue;
        }
        if (n) p[n++] = '/';
        memcpy(p + n, part.s, part.n);
        n += part.n;
    }
    p[n] = 0;
    *out = (struct str){p, n};
    return true;
}

struct str path_relative(struct arena *a, struct str from, struct str to)
{
    size_t same = 0; /* bytes of whole folders that both share */
    for (size_t i = 0; i < from.n && i < to.n && from.s[i] == to.s[i]; i++)
        if (from.s[i] == '/') same = i + 1;
    size_t ups = 0;
    for (size_t i = same; i < from.n; i++) ups += from.s[i] == '/';
    char *p = arena_alloc(a, ups * 3 + to.n - same + 1), *w = p;
    while (ups--) memcpy(w, (const char[]){'.', '.', '/'}, 3), w += 3;
    memcpy(w, to.s + same, to.n - same);
    w += to.n - same;
    return (struct str){p, (size_t)(w - p)};
}
