/* private.c: files with values in them: where they may lie, and how they are written. */
#include "base/file.h"
#include "form/form.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether a folder, or one above it, is what a site is built from or into. real has no links in it. */
static bool is_site(struct arena *a, struct str real)
{
    static const char *const marks[] = {"site.yml", ".letak-manifest"};
    for (struct str at = real; at.n; at = path_dir(at)) {
        const char *name = str_z(a, path_base(at));
        if (!strcasecmp(name, "content") || !strcasecmp(name, "public")) return true;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (file_exists(path_join(a, at, str_of(marks[i])))) return true;
    }
    return false;
}

bool private_place(const char *path, struct diag *d)
{
    struct arena a = {0};
    struct str dir = path_dir(str_of(path));
    char *real = realpath(path, NULL); /* a link, or a file that will be replaced */
    char *up = realpath(dir.n ? str_z(&a, dir) : *path == '/' ? "/" : ".", NULL);
    bool there = up != NULL, good = there && !is_site(&a, str_of(up)) && !(real && is_site(&a, str_of(real)));
    if (!there) DIAG(d, MSG_FILE_UNWRITABLE, ((struct place){path, 0, 0}), strerror(errno));
    else if (!good) DIAG(d, MSG_FORM_PLACE, (struct place){0}, path);
    free(real), free(up);
    arena_close(&a);
    return good;
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.s, bytes.n);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) bytes = str_from(bytes, (size_t)n);
    }
    return fsync(fd) == 0;
}

bool private_write(const char *path, struct str bytes, struct diag *d)
{
    struct arena a = {0};
    char *part = arena_printf(&a, "%s.XXXXXX", path);
    struct stat st;
    bool good = private_place(path, d);
    if (good && !stat(path, &st) && !S_ISREG(st.st_mode))
        errno = EISDIR, good = false, DIAG(d, MSG_FILE_UNWRITABLE, ((struct place){path, 0, 0}), strerror(errno));
    if (good) {
        int fd = mkostemp(part, O_CLOEXEC); /* 0600 whatever the umask */
        good = fd >= 0 && write_all(fd, bytes);
        if (fd >= 0 && close(fd)) good = false;
        if (good && rename(part, path)) good = false;
        if (!good) {
            DIAG(d, MSG_FILE_UNWRITABLE, ((struct place){path, 0, 0}), strerror(errno));
            if (fd >= 0) unlink(part);
        }
    }
    arena_close(&a);
    return good;
}
