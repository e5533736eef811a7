#define _DEFAULT_SOURCE /* madvise */
#include <locale.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/error.h"
#include "cli/messages.h"
#include "cli/verbs.h"

static int run_help(const EvmVerb *verb)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    evm_help_write(text, verb);
    return evm_result_write(text, &error) ? EVM_EXIT_DONE : evm_message_write_error(error);
}

static int run_verb(const EvmVerb *verb, const char *const *args)
{
    if (!verb->option_set)
        return verb->run(NULL, args);
    g_autoptr(GError) error = NULL;
    EvmCliOptions options;
    int status;
    if (!evm_cli_options_parse(&options, verb->option_set, args, &error))
        status = g_error_matches(error, EVM_ERROR, EVM_ERROR_USAGE)
                     ? evm_message_write_usage(error->message, verb->name)
                     : evm_message_write_error(error);
    else if (options.wants_help)
        status = run_help(verb);
    else
        status = verb->run(&options, args);
    evm_cli_options_clear(&options);
    return status;
}

enum { HEAP_BYTES = 48 << 20 }; /* what a map of 1600x1200 needs, rounded up */

/* One heap that keeps what it has been given, in large pages: a map's buffers are large and
 * short-lived, and 8,000 page faults would cost a sixth of the run. Nothing is touched here, so
 * small verbs stay small; where the system refuses, all works as before. */
static void set_up_heap(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, 16 * HEAP_BYTES);
    char *heap = malloc(HEAP_BYTES);
    uintptr_t page = 4096, start = ((uintptr_t)heap + page - 1) & ~(page - 1);
    if (heap)
        madvise((void *)start, HEAP_BYTES - page, MADV_HUGEPAGE);
    free(heap);
}

int main(int argc, char **argv)
{
    set_up_heap();
    /* Only the encoding of terminals: numbers and dates never depend on the locale. */
    setlocale(LC_CTYPE, "");
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    const EvmVerb *verb = evm_verb_find(name);
    if (!verb)
        return evm_verb_write_refused(name);
    return run_verb(verb, (const char *const *)argv + MIN(argc, 2));
}
