/* watch.c: see serve.h. inotifywait runs as a child on a pipe (markdown.md: it sees folders that are made, renamed, moved in; the library does not).
 * Whatever it says, the tree is what counts: the build walks it again. A child that dies is started again; an overflow is an event like any other. */
#include "base/file.h"
#include "serve/serve.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUIET_MS = 15, POLL_MS = 1000, LONGEST_BATCH = 40, MOST_DEATHS = 3, MOST_FILES = 16 };
struct watch {
    struct arena arena;
    struct diag *diag;
    const char *root, *out, *real; /* real: the root as inotifywait names it */
    pid_t child;
    int fd;         /* what inotifywait says; -1 where there is none */
    int deaths;     /* how often in a row it ended without having said anything: it will not work here */
    uint64_t state; /* of the tree, when it must be looked at */
    /* the batch of changes that came last: */
    struct arena batch;
    struct buf line; /* begun */
    bool other;      /* something else than files that were written */
    size_t n_files;
    const char *files[MOST_FILES]; /* relative to root */
};

/* What inotifywait leaves out, as a POSIX extended regular expression: hidden folders, and OUT, which we write ourselves. */
static char *excluded(struct arena *a, const char *out)
{
    struct buf b = {0};
    char *real = realpath(out, NULL);
    buf_puts(&b, "(^|/)(\\.[^/]+|node_modules)(/|$)");
    if (real) buf_puts(&b, "|^");
    for (const char *p = real; p && *p; p++) {
        if (strchr("\\^$.[]|()*+?{}", *p)) buf_putc(&b, '\\');
        buf_putc(&b, *p);
    }
    if (real) buf_puts(&b, "(/|$)");
    free(real);
    char *z = arena_copy(a, b.s, b.n);
    buf_close(&b);
    return z;
}

static bool start(struct watch *w)
{
    int pipe_fd[2];
    struct arena a = {0}; /* all is made before the fork: there are threads, and one of them may hold malloc's lock */
    char *exclude = excluded(&a, w->out);
    if (pipe2(pipe_fd, O_CLOEXEC)) {
        arena_close(&a);
        return false;
    }
    pid_t parent = getpid();
    w->child = fork();
    if (w->child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) _exit(1);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        dup2(null, 0), dup2(pipe_fd[1], 1), dup2(null, 2);
        execlp("inotifywait", "inotifywait", "-m", "-r", "-q", "--format", "%e %w%f", "-e",
               "modify,attrib,close_write,move,create,delete,delete_self,move_self,unmount", "--exclude", exclude, w->real, (char *)NULL);
        _exit(127);
    }
    close(pipe_fd[1]);
    arena_close(&a);
    if (w->child < 0) {
        close(pipe_fd[0]);
        return false;
    }
    w->fd = pipe_fd[0];
    fcntl(w->fd, F_SETFL, O_NONBLOCK);
    return true;
}

static void stop(struct watch *w)
{
    if (w->fd >= 0) close(w->fd);
    if (w->child > 0) {
        kill(w->child, SIGTERM);
        waitpid(w->child, NULL, 0);
    }
    w->fd = -1, w->child = 0;
}

static bool skip(void *ctx, const char *path, bool is_dir)
{
    (void)ctx, (void)is_dir;
    struct str base = path_base(str_of(path));
    return str_starts(base, ".") || str_is(base, "node_modules");
}

/* A number that changes when any file below root does. */
static uint64_t tree_state(struct watch *w)
{
    struct arena a = {0};
    struct diag *quiet = diag_new(DIAG_EN);
    struct file_list l = {.stamps = true};
    uint64_t h = 14695981039346656037u;
    file_walk(&a, w->root, "", quiet, skip, NULL, &l);
    struct str out = path_base(str_of(w->out));
    for (size_t i = 0; i < l.files.n; i++) {
        const struct file_entry *e = &l.files.v[i];
        struct str path = str_of(e->path);
        if (e->is_dir || (str_starts(path, out.s) && path.s[out.n] == '/')) continue;
        h = (h ^ str_hash(path)) * 1099511628211u;
        h = (h ^ e->size) * 1099511628211u;
        h = (h ^ (uint64_t)e->mtime_ns) * 1099511628211u;
    }
    diag_close(quiet);
    arena_close(&a);
    return h;
}

struct watch *watch_open(const char *root, const char *out, struct diag *d)
{
    struct watch *w = mem_realloc(NULL, sizeof *w);
    *w = (struct watch){.fd = -1, .diag = d};
    char *real = realpath(root, NULL);
    w->root = arena_copy(&w->arena, root, strlen(root));
    w->real = real ? arena_copy(&w->arena, real, strlen(real)) : w->root;
    free(real);
    w->out = out ? arena_copy(&w->arena, out, strlen(out)) : path_join(&w->arena, str_of(root), STR("public"));
    bool there = false; /* looked for by hand, so that its absence is said once and not found out at each change */
    struct str paths = str_of(getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin"), dir;
    while (str_split(&paths, ':', &dir)) there |= !access(path_join(&w->arena, dir, STR("inotifywait")), X_OK);
    if (!there || !start(w)) DIAG0(d, MSG_SERVE_WATCH, (struct place){0});
    w->state = tree_state(w);
    return w;
}

/* A line of inotifywait: what happened, a space, the path. */
static void heard(struct watch *w, struct str line)
{
    static const char *const written[] = {"MODIFY", "ATTRIB", "CLOSE_WRITE", "CLOSE", "MOVED_TO"};
    struct str rest = line, events, event, root = str_of(w->real);
    bool good = str_split(&rest, ' ', &events) && events.n && root.n && str_starts(rest, root.s) && rest.n > root.n + 1 && rest.s[root.n] == '/';
    while (good && str_split(&events, ',', &event)) {
        bool known = false;
        for (size_t i = 0; i < sizeof written / sizeof *written; i++) known |= str_is(event, written[i]);
        good = known;
    }
    struct str path = good ? str_from(rest, root.n + 1) : (struct str){0};
    for (size_t i = 0; i < w->n_files; i++)
        if (good && str_is(path, w->files[i])) return;
    if (good && w->n_files < MOST_FILES) w->files[w->n_files++] = str_z(&w->batch, path);
    else w->other = true;
}

/* Reads what has come; false when the child has ended. */
static bool drain(struct watch *w)
{
    char bytes[4096];
    for (;;) {
        ssize_t n = read(w->fd, bytes, sizeof bytes);
        if (n <= 0) return n < 0 && (errno == EAGAIN || errno == EINTR);
        w->deaths = 0;
        for (ssize_t i = 0; i < n; i++) {
            if (bytes[i] != '\n') {
                buf_putc(&w->line, bytes[i]);
                continue;
            }
            heard(w, buf_view(&w->line));
            buf_reset(&w->line);
        }
    }
}

bool watch_files(const struct watch *w, const char *const **files, size_t *n)
{
    *files = w->files, *n = w->n_files;
    return w->n_files && !w->other && !w->line.n;
}

/* A child that ended is started again, but not for ever: without a right to more watches, say, it ends each time, and each end is a build. */
static void start_again(struct watch *w)
{
    stop(w);
    if (++w->deaths < MOST_DEATHS && start(w)) return;
    DIAG0(w->diag, MSG_SERVE_WATCH, (struct place){0});
    w->state = tree_state(w); /* before the build that follows, so that nothing is missed */
}

enum watch_event watch_wait(struct watch *w, int stop_fd, int timeout_ms)
{
    arena_reset(&w->batch), buf_reset(&w->line);
    w->n_files = 0, w->other = false;
    for (int waited = 0;; waited += POLL_MS) {
        struct pollfd fds[2] = {{stop_fd, POLLIN, 0}, {w->fd, POLLIN, 0}};
        int left = timeout_ms < 0 ? POLL_MS : timeout_ms - waited < POLL_MS ? timeout_ms - waited : POLL_MS;
        int ready = poll(fds, w->fd >= 0 ? 2 : 1, left < 0 ? 0 : left);
        if (fds[0].revents) return WATCH_STOP;
        if (ready > 0 && w->fd >= 0 && fds[1].revents) {
            bool alive = drain(w);
            for (int k = 0; alive && k < LONGEST_BATCH && poll(&fds[1], 1, QUIET_MS) > 0; k++)
                alive = drain(w); /* an editor writes in several steps */
            if (!alive) w->other = true, start_again(w);
            return WATCH_CHANGE;
        }
        if (w->fd < 0) {
            uint64_t now = tree_state(w);
            if (now != w->state) {
                w->state = now;
                return WATCH_CHANGE;
            }
        }
        if (timeout_ms >= 0 && waited + POLL_MS >= timeout_ms) return WATCH_TIMEOUT;
    }
}

void watch_close(struct watch *w)
{
    stop(w);
    arena_close(&w->arena), arena_close(&w->batch);
    buf_close(&w->line);
    free(w);
}
