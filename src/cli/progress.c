#include "cli/progress.h"

#include <glib.h>
#include <stdio.h>
#include <unistd.h>

/* What takes longer than LONG is worth a line; not before FIRST, when nobody can tell how long. */
enum { LONG_US = 2000000, FIRST_US = 500000, NEXT_US = 100000, BAR_CELLS = 30 };

void evm_progress_init(EvmProgress *progress, bool is_quiet)
{
    *progress = (EvmProgress){.is_wanted = !is_quiet && isatty(STDERR_FILENO),
                              .start_us = g_get_monotonic_time()};
}

static bool is_long(int64_t elapsed_us, size_t done, size_t all)
{
    if (elapsed_us > LONG_US)
        return true;
    return elapsed_us > FIRST_US && done > 0 &&
           (double)elapsed_us * (double)all / (double)done > LONG_US;
}

static void write_line(size_t done, size_t all)
{
    char bar[BAR_CELLS + 1] = "";
    if (all == 0) {
        fprintf(stderr, "\r\033[KReading events: %zu MB", done / 1000000);
        return;
    }
    size_t cells = MIN(done, all) * BAR_CELLS / all;
    for (size_t i = 0; i < BAR_CELLS; i++)
        bar[i] = i < cells ? '#' : '-';
    fprintf(stderr, "\r\033[KReading events [%s] %3zu %% of %zu MB", bar,
            MIN(done, all) * 100 / all, all / 1000000);
}

void evm_progress_write(size_t done, size_t all, void *user)
{
    EvmProgress *progress = user;
    int64_t now_us = g_get_monotonic_time();
    if (!progress->is_wanted || now_us - progress->shown_us < NEXT_US ||
        !is_long(now_us - progress->start_us, done, all))
        return;
    write_line(done, all);
    fflush(stderr);
    progress->shown_us = now_us;
    progress->is_shown = true;
}

void evm_progress_clear(EvmProgress *progress)
{
    if (progress->is_shown)
        fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
