/* child.h: work on bytes that may be hostile, in a process of its own with bounds on its time, its memory and what it says. */
#ifndef LETAK_BASE_CHILD_H
#define LETAK_BASE_CHILD_H
#include "base/str.h"

enum { CHILD_MOST_ANSWER = 32 << 20, CHILD_CPU_SECONDS = 10, CHILD_WALL_SECONDS = 30, CHILD_STATUSES = 64, CHILD_MOST_MEMORY_MB = 1024 };
/* Runs work in a child: it writes its answer to the descriptor `to` (child_say), which is appended to answer, and returns 0…63, which is returned. It
 * may also exec a program that writes to its standard output, after dup2(to, 1); its status 0 is returned as 0, any other as -1. -1: it crashed, was
 * stopped at a bound, or no process could be had; what it said until then is in answer all the same. */
int child_run(int (*work)(void *ctx, int to), void *ctx, struct buf *answer);
/* Writes all of it; false where nobody listens any more. */
bool child_say(int to, struct str bytes);
#endif
