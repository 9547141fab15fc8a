/* workers.c: see workers.h. Threads live for one call: starting two costs 50 µs, less than a page. */
#include "base/workers.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

struct run {
    atomic_size_t next;
    size_t n_jobs, batch;
    void (*job)(void *, size_t, int);
    void *ctx;
};
struct worker {
    struct run *run;
    pthread_t thread;
    int id;
    bool started;
};

static void *work(void *arg)
{
    struct worker *w = arg;
    struct run *r = w->run;
    for (size_t from; (from = atomic_fetch_add(&r->next, r->batch)) < r->n_jobs;) {
        size_t to = r->n_jobs - from < r->batch ? r->n_jobs : from + r->batch;
        for (size_t i = from; i < to; i++) r->job(r->ctx, i, w->id);
    }
    return NULL;
}

int workers_bound(int threads) { return threads < 1 ? 1 : threads > WORKERS_MOST ? WORKERS_MOST : threads; }

void workers_run(int threads, size_t n_jobs, void (*job)(void *, size_t, int), void *ctx)
{
    threads = workers_bound(threads);
    if ((size_t)threads > n_jobs) threads = n_jobs ? (int)n_jobs : 1;
    struct run run = {.n_jobs = n_jobs, .batch = n_jobs / ((size_t)threads * 16) + 1, .job = job, .ctx = ctx};
    if (run.batch > 64) run.batch = 64;
    struct worker w[WORKERS_MOST];
    for (int i = 0; i < threads; i++) w[i] = (struct worker){.run = &run, .id = i};
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, (size_t)8 << 20);
    for (int i = 1; i < threads; i++) w[i].started = !pthread_create(&w[i].thread, &attr, work, &w[i]); /* fewer threads is no error */
    pthread_attr_destroy(&attr);
    work(&w[0]);
    for (int i = 1; i < threads; i++)
        if (w[i].started) pthread_join(w[i].thread, NULL);
}

int workers_cores(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set)) return 1;
    return workers_bound(CPU_COUNT(&set));
}
