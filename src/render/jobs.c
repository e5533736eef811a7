#include "render/jobs.h"

#include <glib.h>

typedef struct {
    EvmJobFunc func;
    void *user;
    unsigned count;
    int next;        /* atomic: the first index nobody has taken */
    int next_worker; /* atomic */
} Jobs;

static gpointer work(gpointer data)
{
    Jobs *jobs = data;
    unsigned worker = (unsigned)g_atomic_int_add(&jobs->next_worker, 1);
    for (;;) {
        unsigned index = (unsigned)g_atomic_int_add(&jobs->next, 1);
        if (index >= jobs->count)
            return NULL;
        jobs->func(jobs->user, worker, index);
    }
}

unsigned evm_jobs_count_workers(unsigned count, unsigned threads)
{
    return CLAMP(MIN(count, threads), 1, EVM_JOBS_THREADS_MAX);
}

void evm_jobs_compute(unsigned count, unsigned threads, EvmJobFunc func, void *user)
{
    Jobs jobs = {.func = func, .user = user, .count = count};
    GThread *helpers[EVM_JOBS_THREADS_MAX];
    unsigned started = 0;
    while (started + 1 < evm_jobs_count_workers(count, threads)) {
        GThread *helper = g_thread_try_new("evmap", work, &jobs, NULL);
        if (!helper)
            break; /* the others will do its share */
        helpers[started++] = helper;
    }
    work(&jobs);
    while (started > 0)
        g_thread_join(helpers[--started]);
}
