/* Work that falls into numbered pieces, shared by threads. */
#ifndef EVM_BASE_JOBS_H
#define EVM_BASE_JOBS_H

enum { EVM_JOBS_THREADS_MAX = 64 };

/* `worker` counts from 0 and is never at two places at a time: an index of things to reuse. */
typedef void (*EvmJobFunc)(void *user, unsigned worker, unsigned index);

/* As many threads as `count` pieces can use. */
unsigned evm_jobs_count_workers(unsigned count, unsigned threads);

typedef struct EvmJobs EvmJobs;

/* Begins to call `func` once for every index below `count`, in no fixed order, on up to `threads`
 * threads, and returns at once; the calling thread counts as one and joins in evm_jobs_free. */
EvmJobs *evm_jobs_new(unsigned count, unsigned threads, EvmJobFunc func, void *user);
/* Takes part until every index is done. */
void evm_jobs_free(EvmJobs *jobs);

/* Both at once: returns when all is done. */
void evm_jobs_compute(unsigned count, unsigned threads, EvmJobFunc func, void *user);

#endif
