#include "base/jobs.h"

#include <glib.h>

typedef struct {
    int seen[1000];
    int at_work[EVM_JOBS_THREADS_MAX];
    unsigned workers;
} Count;

static void count_one(void *user, unsigned worker, unsigned index)
{
    Count *count = user;
    g_assert_cmpuint(worker, <, count->workers);
    g_assert_cmpint(g_atomic_int_add(&count->at_work[worker], 1), ==, 0);
    g_atomic_int_inc(&count->seen[index]);
    g_atomic_int_add(&count->at_work[worker], -1);
}

static void test_every_index_comes_once(void)
{
    const unsigned threads[] = {0, 1, 2, 8, 1000};
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        Count *count = g_new0(Count, 1);
        count->workers = evm_jobs_count_workers(1000, threads[i]);
        evm_jobs_compute(1000, threads[i], count_one, count);
        for (size_t k = 0; k < G_N_ELEMENTS(count->seen); k++)
            g_assert_cmpint(count->seen[k], ==, 1);
        g_free(count);
    }
}

static void note_one(void *user, unsigned worker, unsigned index)
{
    (void)worker;
    (void)index;
    g_atomic_int_inc((int *)user);
}

/* While the calling thread is busy elsewhere the others get on with it. */
static void test_work_begins_before_the_caller_joins(void)
{
    int done = 0;
    EvmJobs *jobs = evm_jobs_new(100, 2, note_one, &done);
    gint64 until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
    while (g_atomic_int_get(&done) < 100 && g_get_monotonic_time() < until)
        g_thread_yield();
    g_assert_cmpint(g_atomic_int_get(&done), ==, 100);
    evm_jobs_free(jobs);
    g_assert_cmpint(done, ==, 100);
}

static void test_one_thread_works_when_the_caller_joins(void)
{
    int done = 0;
    EvmJobs *jobs = evm_jobs_new(100, 1, note_one, &done);
    g_assert_cmpint(done, ==, 0);
    evm_jobs_free(jobs);
    g_assert_cmpint(done, ==, 100);
}

static void test_nothing_to_do_is_fine(void)
{
    evm_jobs_compute(0, 4, count_one, NULL);
}

static void test_no_more_workers_than_pieces(void)
{
    g_assert_cmpuint(evm_jobs_count_workers(3, 8), ==, 3);
    g_assert_cmpuint(evm_jobs_count_workers(100, 8), ==, 8);
    g_assert_cmpuint(evm_jobs_count_workers(0, 8), ==, 1);
    g_assert_cmpuint(evm_jobs_count_workers(1000, 1000), ==, EVM_JOBS_THREADS_MAX);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/jobs/every_index_comes_once", test_every_index_comes_once);
    g_test_add_func("/base/jobs/work_begins_before_the_caller_joins",
                    test_work_begins_before_the_caller_joins);
    g_test_add_func("/base/jobs/one_thread_works_when_the_caller_joins",
                    test_one_thread_works_when_the_caller_joins);
    g_test_add_func("/base/jobs/nothing_to_do_is_fine", test_nothing_to_do_is_fine);
    g_test_add_func("/base/jobs/no_more_workers_than_pieces", test_no_more_workers_than_pieces);
    return g_test_run();
}
