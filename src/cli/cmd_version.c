#include "base/csv_reader.h"
#include "cli/messages.h"
#include "cli/verbs.h"
#include "output/output.h"
#include "projection/projection.h"
#include "render/render.h"

int evm_cmd_version(const EvmCliOptions *options, const char *const *args)
{
    (void)options;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new("evmap " EVMAP_VERSION "\n");
    if (args[0])
        return evm_message_write_usage("version takes no words behind it", "version");
    const char *proj = evm_projection_format_version();
    g_string_append_printf(text, "cairo %s\n", evm_render_format_cairo_version());
    g_string_append_printf(text, "pango %s\n", evm_render_format_pango_version());
    g_string_append_printf(text, "PROJ %s\n", proj ? proj : "not found");
    g_string_append_printf(text, "shapelib %s\n", EVMAP_SHAPELIB_VERSION);
    g_string_append_printf(text, "libcsv %s\n", evm_csv_format_version());
    g_string_append_printf(text, "libpng %s\n", evm_png_format_version());
    return evm_result_write(text, &error) ? EVM_EXIT_DONE : evm_message_write_error(error);
}
