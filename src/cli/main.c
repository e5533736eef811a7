#include <locale.h>
#include <malloc.h>
#include <string.h>

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

/* What was freed is used again, not given back and asked for anew: a map's buffers are large and
 * short-lived. No large pages (MADV_HUGEPAGE): where the host of a virtual machine takes back what
 * has lain idle, they cost seven times as much as small ones, a third of a render. The threads of
 * a timeline would wait for each other in one heap; elsewhere one takes less memory. */
static void set_up_heap(const EvmVerb *verb)
{
    if (verb->run != evm_cmd_timeline)
        mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 1 << 20);
}

int main(int argc, char **argv)
{
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
    set_up_heap(verb);
    return run_verb(verb, (const char *const *)argv + MIN(argc, 2));
}
