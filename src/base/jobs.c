#include "base/jobs.h"

#include <glib.h>

struct EvmJobs {
    EvmJobFunc func;
    void *user;
    unsigned count;
    int next;        /* atomic: the first index nobody has taken */
    int next_worker; /* atomic */
    GThread *helpers[EVM_JOBS_THREADS_MAX];
    unsigned helper_count;
};

static gpointer work(gpointer data)
{
    EvmJobs *jobs = data;
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

EvmJobs *evm_jobs_new(unsigned count, unsigned threads, EvmJobFunc func, void *user)
{
    EvmJobs *jobs = g_new(EvmJobs, 1);
    *jobs = (EvmJobs){.func = func, .user = user, .count = count};
    while (jobs->helper_count + 1 < evm_jobs_count_workers(count, threads)) {
        GThread *helper = g_thread_try_new("evmap", work, jobs, NULL);
        if (!helper)
            break; /* the others will do its share */
        jobs->helpers[jobs->helper_count++] = helper;
    }
    return jobs;
}

void evm_jobs_free(EvmJobs *jobs)
{
    work(jobs);
    while (jobs->helper_count > 0)
        g_thread_join(jobs->helpers[--jobs->helper_count]);
    g_free(jobs);
}

void evm_jobs_compute(unsigned count, unsigned threads, EvmJobFunc func, void *user)
{
    evm_jobs_free(evm_jobs_new(count, threads, func, user));
}
