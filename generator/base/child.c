/* child.c: see child.h. */
#include "base/child.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STATUS = 64 }; /* of the child: this and what work returned; others are those of a program that failed */
#define MOST_MEMORY ((rlim_t)CHILD_MOST_MEMORY_MB << 20)
#ifdef __has_feature /* clang */
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__ /* gcc */
#define SANITIZED
#endif

static _Noreturn void child(int (*work)(void *, int), void *ctx, int to)
{
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) dup2(null, 0), dup2(null, 1), dup2(null, 2);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0});
    setrlimit(RLIMIT_CPU, &(struct rlimit){CHILD_CPU_SECONDS, CHILD_CPU_SECONDS});
#ifndef SANITIZED /* its shadow memory is larger than any bound */
    setrlimit(RLIMIT_AS, &(struct rlimit){MOST_MEMORY, MOST_MEMORY});
#endif
    _exit(STATUS + work(ctx, to));
}

bool child_say(int to, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = write(to, bytes.s, bytes.n);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

static long left_ms(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return CHILD_WALL_SECONDS * 1000L - (now.tv_sec - start->tv_sec) * 1000 - (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* What the child says, until it ends, or says or takes too much. */
static void listen_to(int from, struct buf *b)
{
    struct timespec start;
    struct pollfd p = {.fd = from, .events = POLLIN};
    size_t most = b->n + CHILD_MOST_ANSWER;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long left = left_ms(&start); left > 0 && b->n < most; left = left_ms(&start)) {
        if (poll(&p, 1, (int)left) <= 0) continue;
        buf_room(b, 1 << 16);
        ssize_t n = read(from, b->s + b->n, 1 << 16);
        if (n == 0 || (n < 0 && errno != EINTR)) break;
        if (n > 0) b->n += (size_t)n, b->s[b->n] = 0;
    }
}

int child_run(int (*work)(void *ctx, int to), void *ctx, struct buf *answer)
{
    int ends[2], status = 0;
    if (pipe2(ends, O_CLOEXEC)) return -1;
    pid_t pid = fork();
    if (!pid) child(work, ctx, ends[1]);
    close(ends[1]);
    if (pid > 0) {
        listen_to(ends[0], answer);
        kill(pid, SIGKILL); /* it has ended by itself, or had its time */
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    }
    close(ends[0]);
    int code = pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return !code ? 0 : code >= STATUS && code < STATUS + CHILD_STATUSES ? code - STATUS : -1;
}
