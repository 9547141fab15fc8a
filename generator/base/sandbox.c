/* sandbox.c: see sandbox.h. The numbers are those of linux/landlock.h, which Debian 12 has in an older state than its kernels. */
#include "base/sandbox.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    MOST_LINKS = 1000,
    DEEPEST = 3,
    /* folders: DIR, content/, a section; to look further would cost as much as reading the site */ RULE_PATH = 1,
    RULE_PORT = 2,
    ASK_VERSION = 1
};
#define BIT(n) ((uint64_t)1 << (n))
enum {
    EXECUTE = 0,
    WRITE_FILE,
    READ_FILE,
    READ_DIR,
    REMOVE_DIR,
    REMOVE_FILE,
    MAKE_CHAR,
    MAKE_DIR,
    MAKE_REG,
    MAKE_SOCK,
    MAKE_FIFO,
    MAKE_BLOCK,
    MAKE_SYM,
    REFER,
    TRUNCATE
};
enum { BIND_TCP = 0, CONNECT_TCP };
#define READING (BIT(EXECUTE) | BIT(READ_FILE) | BIT(READ_DIR))
#define NAMES (BIT(REMOVE_DIR) | BIT(REMOVE_FILE) | BIT(MAKE_DIR) | BIT(MAKE_REG) | BIT(REFER))
#define WRITING (NAMES | BIT(WRITE_FILE) | BIT(TRUNCATE))
#define TALKING (WRITING | BIT(MAKE_SOCK) | BIT(MAKE_FIFO))
#define ON_FILES (BIT(EXECUTE) | BIT(WRITE_FILE) | BIT(READ_FILE) | BIT(TRUNCATE)) /* what makes sense for a file */
struct ruleset {
    uint64_t fs, net;
};
struct path_rule {
    uint64_t allowed;
    int32_t fd;
} __attribute__((packed));
struct port_rule {
    uint64_t allowed, port;
};
struct walls {
    int fd;
    uint64_t handled;
    int links;
};

/* Where programs, libraries, fonts, tables of time zones, colours and hyphens stand; what pdftotext and ssh-keygen ask for. */
static const char *const system_paths[] = {"/usr",           "/lib", "/lib64", "/bin", "/etc", "/proc", "/dev/urandom", "/sys/devices/system/cpu",
                                           "/sys/fs/cgroup", NULL};

static void allow(struct walls *w, const char *path, uint64_t rights)
{
    struct stat st;
    struct path_rule rule = {.fd = open(path, O_PATH | O_CLOEXEC)};
    if (rule.fd < 0) return;
    if (!fstat(rule.fd, &st) && !S_ISDIR(st.st_mode)) rights &= ON_FILES;
    rule.allowed = rights & w->handled;
    if (rule.allowed) syscall(SYS_landlock_add_rule, w->fd, RULE_PATH, &rule, 0);
    close(rule.fd);
}

/* Links below a folder: what they lead to is part of the site. */
static void allow_links(struct walls *w, const char *folder, int depth)
{
    DIR *dir = depth < DEEPEST ? opendir(folder) : NULL;
    for (struct dirent *e; dir && w->links < MOST_LINKS && (e = readdir(dir));) {
        struct arena a = {0};
        if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") || !strcmp(e->d_name, ".git") || !strcmp(e->d_name, "node_modules")) continue;
        const char *path = arena_printf(&a, "%s/%s", folder, e->d_name);
        struct stat st;
        if (e->d_type == DT_DIR) {
            allow_links(w, path, depth + 1);
        } else if (e->d_type == DT_LNK && !stat(path, &st)) {
            w->links++;
            allow(w, path, READING);
            if (S_ISDIR(st.st_mode)) allow_links(w, path, depth + 1);
        }
        arena_close(&a);
    }
    if (dir) closedir(dir);
}

bool sandbox_enter(const struct sandbox_path *paths, int port)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
    if (version < 1) return false;
    struct walls w = {.handled = BIT(TRUNCATE + 1) - 1};
    if (version < 2) w.handled &= ~BIT(REFER);
    if (version < 3) w.handled &= ~BIT(TRUNCATE);
    struct ruleset set = {w.handled, BIT(BIND_TCP) | (port == SANDBOX_CONNECT ? 0 : BIT(CONNECT_TCP))};
    w.fd = (int)syscall(SYS_landlock_create_ruleset, &set, version < 4 ? sizeof set.fs : sizeof set, 0);
    if (w.fd < 0) return false;
    for (size_t i = 0; system_paths[i]; i++) allow(&w, system_paths[i], READING);
    allow(&w, "/dev/null", READING | BIT(WRITE_FILE)), allow(&w, "/dev/tty", READING | BIT(WRITE_FILE)); /* passphrases are asked for there */
    for (; paths->path; paths++) {
        static const uint64_t rights[] = {
            [SANDBOX_READ] = READING, [SANDBOX_BELOW] = READING,        [SANDBOX_TALK] = READING | TALKING, [SANDBOX_WRITE] = READING | WRITING,
            [SANDBOX_NAMES] = NAMES,  [SANDBOX_EMPTY] = BIT(REMOVE_DIR)};
        allow(&w, paths->path, rights[paths->right]);
        bool reads = paths->right == SANDBOX_READ || paths->right == SANDBOX_BELOW;
        if (reads && strcmp(paths->path, "/") != 0) allow_links(&w, paths->path, paths->right == SANDBOX_READ ? 0 : DEEPEST - 1);
    }
    struct port_rule rule = {BIT(BIND_TCP), (uint64_t)(port < 0 ? 0 : port)};
    if (version >= 4 && port >= 0) syscall(SYS_landlock_add_rule, w.fd, RULE_PORT, &rule, 0);
    bool held = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !syscall(SYS_landlock_restrict_self, w.fd, 0);
    close(w.fd);
    return held;
}
