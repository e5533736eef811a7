#include "base/text.h"
#include "cli/messages.h"
#include "cli/verbs.h"

static void write_program_help(GString *out)
{
    g_string_append(out,
                    "evmap - dated maps of who holds which district, from tagged article events\n"
                    "\n"
                    "Usage: evmap VERB [OPTIONS]\n"
                    "\n"
                    "  evmap render --date 2021-07-05    draw the map of that day into out/\n"
                    "  evmap status --date 2021-07-05    the same in numbers, by province\n"
                    "  evmap check                       what joined, and what did not\n"
                    "  evmap places Panjwai              the district that a name means\n"
                    "\n"
                    "Verbs:\n");
    for (const EvmVerb *verb = evm_verbs; verb->name; verb++)
        g_string_append_printf(out, "  %-9s %s\n", verb->name, verb->summary);
    g_string_append(out, "\n'evmap help VERB' lists a verb's options.\n"
                         "\n"
                         "Exit status: 0 done; 1 done, but rows were lost; 2 wrong use; 3 input "
                         "refused;\n"
                         "4 output failed; 5 a limit was reached.\n");
}

void evm_help_write(GString *out, const EvmVerb *verb)
{
    if (!verb) {
        write_program_help(out);
        return;
    }
    g_string_append_printf(out, "evmap %s - %s\n\nUsage: evmap %s%s%s\n\nExamples:\n%s", verb->name,
                           verb->summary, verb->name,
                           verb->option_set & EVM_FOR_PLACES ? " NAME…|-" : "",
                           verb->option_set ? " [OPTIONS]" : "", verb->examples);
    if (!verb->option_set)
        return;
    g_string_append(out, "\nOptions:\n");
    evm_cli_options_write_help(out, verb->option_set);
}

int evm_cmd_help(const EvmCliOptions *options, const char *const *args)
{
    (void)options;
    const EvmVerb *verb = args[0] ? evm_verb_find(args[0]) : NULL;
    if (args[0] && !verb)
        return evm_verb_write_refused(args[0]);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    evm_help_write(text, verb);
    return evm_result_write(text, &error) ? EVM_EXIT_DONE : evm_message_write_error(error);
}
