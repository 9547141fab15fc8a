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

#ifndef SANITIZED
/* Bytes of address space that this process has already. */
static rlim_t has_memory(void)
{
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0) close(fd);
    return n > 0 ? (rlim_t)strtoull(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE) : 0;
}
#endif

_Noreturn void child_end(int status) { _exit(STATUS + status); }

static _Noreturn void child(const struct child_bounds *bounds, int (*work)(void *, int), void *ctx, int to)
{
    rlim_t cpu = (rlim_t)(bounds->cpu_seconds ? bounds->cpu_seconds : CHILD_CPU_SECONDS);
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) dup2(null, 0), dup2(null, 1), dup2(null, 2);
    if (to != 3) dup3(to, 3, O_CLOEXEC), to = 3;
    close_range(4, ~0u, 0); /* what the program has open is none of its business */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0});
    setrlimit(RLIMIT_CPU, &(struct rlimit){cpu, cpu});
#ifndef SANITIZED /* its shadow memory is larger than any bound */
    rlim_t memory = bounds->memory_mb ? has_memory() + ((rlim_t)bounds->memory_mb << 20) : MOST_MEMORY;
    setrlimit(RLIMIT_AS, &(struct rlimit){memory, memory});
#endif
    child_end(work(ctx, to));
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

static long left_ms(const struct timespec *start, int seconds)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return seconds * 1000L - (now.tv_sec - start->tv_sec) * 1000 - (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* What the child says, until it ends, or says or takes too much. */
static void listen_to(const struct child_bounds *bounds, int from, struct buf *b)
{
    struct timespec start;
    struct pollfd p = {.fd = from, .events = POLLIN};
    size_t most = b->n + (bounds->answer ? bounds->answer : CHILD_MOST_ANSWER);
    int seconds = bounds->wall_seconds ? bounds->wall_seconds : CHILD_WALL_SECONDS;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long left = left_ms(&start, seconds); left > 0 && b->n < most; left = left_ms(&start, seconds)) {
        if (poll(&p, 1, (int)left) <= 0) continue;
        buf_room(b, 1 << 16);
        ssize_t n = read(from, b->s + b->n, 1 << 16);
        if (n == 0 || (n < 0 && errno != EINTR)) break;
        if (n > 0) b->n += (size_t)n, b->s[b->n] = 0;
    }
}

int child_run(int (*work)(void *ctx, int to), void *ctx, struct buf *answer)
{
    return child_run_within(&(struct child_bounds){0}, work, ctx, answer);
}

int child_run_within(const struct child_bounds *bounds, int (*work)(void *ctx, int to), void *ctx, struct buf *answer)
{
    int ends[2], status = 0;
    if (pipe2(ends, O_CLOEXEC)) return -1;
    pid_t pid = fork();
    if (!pid) child(bounds, work, ctx, ends[1]);
    close(ends[1]);
    if (pid > 0) {
        listen_to(bounds, ends[0], answer);
        kill(pid, SIGKILL); /* it has ended by itself, or had its time */
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    }
    close(ends[0]);
    int code = pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return !code ? 0 : code >= STATUS && code < STATUS + CHILD_STATUSES ? code - STATUS : -1;
}
