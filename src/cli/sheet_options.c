#include <string.h>

#include "cli/option_parts.h"
#include "scene/layout.h"

bool evm_cli_set_layout(EvmCliOptions *options, const char *value, GError **error)
{
    const char *const *names = evm_layout_find_names();
    if (!g_strv_contains(names, value))
        return evm_cli_refuse_word(error, "--layout", value, names);
    g_free(options->layout);
    options->layout = g_strdup(value);
    return true;
}
