/* program.c: see program.h. */
#include "base/program.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
struct pipes {
    int in[2], out[2], err[2]; /* [0] is read from, [1] written to */
};

static void shut(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* Moves bytes both ways until the program closes its two outputs. */
static void talk(struct pipes *p, struct str input, struct buf *out, struct buf *err)
{
    char bytes[65536];
    fcntl(p->in[1], F_SETFL, O_NONBLOCK);
    if (!input.n) shut(&p->in[1]);
    while (p->out[0] >= 0 || p->err[0] >= 0) {
        struct pollfd f[3] = {{p->out[0], POLLIN, 0}, {p->err[0], POLLIN, 0}, {p->in[1], POLLOUT, 0}};
        if (poll(f, 3, -1) < 0 && errno != EINTR) return;
        for (int i = 0; i < 2; i++) {
            int *fd = i ? &p->err[0] : &p->out[0];
            struct buf *to = i ? err : out;
            if (*fd < 0 || !(f[i].revents & (POLLIN | POLLHUP | POLLERR))) continue;
            ssize_t n = read(*fd, bytes, sizeof bytes);
            if (n > 0 && to && to->n < PROGRAM_MOST_ANSWER) buf_add(to, bytes, (size_t)n);
            else if (!n || (n < 0 && errno != EINTR)) shut(fd);
        }
        if (p->in[1] >= 0 && f[2].revents) {
            ssize_t n = write(p->in[1], input.s, input.n);
            if (n > 0) input = str_from(input, (size_t)n);
            if (!input.n || (n < 0 && errno != EINTR && errno != EAGAIN)) shut(&p->in[1]);
        }
    }
}

int program_run(const char *const *argv, struct str input, struct buf *out, struct buf *err)
{
    struct pipes p = {{-1, -1}, {-1, -1}, {-1, -1}};
    posix_spawn_file_actions_t a;
    pid_t pid;
    int status = -1, failed = 0;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before; /* a program that does not read its input must not end us */
    if (pipe2(p.in, O_CLOEXEC) || pipe2(p.out, O_CLOEXEC) || pipe2(p.err, O_CLOEXEC)) goto out;
    posix_spawn_file_actions_init(&a);
    posix_spawn_file_actions_adddup2(&a, p.in[0], 0);
    posix_spawn_file_actions_adddup2(&a, p.out[1], 1);
    posix_spawn_file_actions_adddup2(&a, p.err[1], 2);
    failed = posix_spawnp(&pid, argv[0], &a, NULL, (char *const *)(uintptr_t)argv, environ);
    posix_spawn_file_actions_destroy(&a);
    if (failed) {
        errno = failed;
        status = failed == ENOENT ? 127 : -1;
        goto out;
    }
    shut(&p.in[0]), shut(&p.out[1]), shut(&p.err[1]);
    sigaction(SIGPIPE, &ignore, &before);
    talk(&p, input, out, err);
    shut(&p.in[1]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    sigaction(SIGPIPE, &before, NULL);
    status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
out:
    for (int i = 0; i < 2; i++) shut(&p.in[i]), shut(&p.out[i]), shut(&p.err[i]);
    return status;
}
