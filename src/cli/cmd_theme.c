#include "cli/messages.h"
#include "cli/verbs.h"

int evm_cmd_theme(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    evm_theme_write(options->theme, text);
    return evm_result_write(text, &error) ? EVM_EXIT_DONE : evm_message_write_error(error);
}
