/* child.h: work on bytes that may be hostile, in a process of its own with bounds on its time, its memory and what it says. */
#ifndef LETAK_BASE_CHILD_H
#define LETAK_BASE_CHILD_H
#include "base/str.h"

enum { CHILD_MOST_ANSWER = 32 << 20, CHILD_CPU_SECONDS = 10, CHILD_WALL_SECONDS = 30, CHILD_STATUSES = 64, CHILD_MOST_MEMORY_MB = 1024 };
/* Runs work in a child: it writes its answer to the descriptor `to` (child_say), which is appended to answer, and returns 0…63, which is returned. It
 * may also exec a program that writes to its standard output, after dup2(to, 1); its status 0 is returned as 0, any other as -1. -1: it crashed, was
 * stopped at a bound, or no process could be had; what it said until then is in answer all the same. */
int child_run(int (*work)(void *ctx, int to), void *ctx, struct buf *answer);
/* The same within other bounds; memory comes on top of what the parent has. A bound of 0 is that of child_run. */
struct child_bounds {
    int cpu_seconds, wall_seconds, memory_mb;
    size_t answer;
};
int child_run_within(const struct child_bounds *bounds, int (*work)(void *ctx, int to), void *ctx, struct buf *answer);
/* Ends the child as if work had returned status: for callbacks of libraries that may not return. */
_Noreturn void child_end(int status);
/* Writes all of it; false where nobody listens any more. */
bool child_say(int to, struct str bytes);
#endif
