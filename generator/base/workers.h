/* workers.h: independent jobs on all cores. */
#ifndef LETAK_BASE_WORKERS_H
#define LETAK_BASE_WORKERS_H
#include <stddef.h>

enum { WORKERS_MOST = 64 };
/* Runs job(ctx, i, worker) for every i in 0…n_jobs-1 on up to `threads` threads (1: on the caller's own) and returns when all
 * are done. Jobs are handed out in order, in batches; worker is 0…threads-1, so a job may use scratch of its worker. What a
 * job makes must not depend on which worker ran it or when. */
void workers_run(int threads, size_t n_jobs, void (*job)(void *ctx, size_t i, int worker), void *ctx);
/* How many processors this process may use; at least 1, at most WORKERS_MOST. */
int workers_cores(void);
int workers_bound(int threads); /* so many of them as may be: 1 … WORKERS_MOST */
#endif
