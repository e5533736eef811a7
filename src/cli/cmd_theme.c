#include "cli/messages.h"
#include "cli/verbs.h"
#include "render/render.h"

int evm_cmd_theme(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    EvmFonts *fonts = evm_fonts_new(options->theme, &error); /* a theme whose fonts are there */
    if (!fonts)
        return evm_message_write_error(error);
    evm_fonts_free(fonts);
    evm_theme_write(options->theme, text);
    return evm_result_write(text, &error) ? EVM_EXIT_DONE : evm_message_write_error(error);
}
