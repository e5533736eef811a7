#include "pipeline/tools.h"

#include "projection/projection.h"

struct EvmTools {
    GThread *thread; /* NULL once joined */
    const EvmTheme *theme;
    EvmFonts *fonts;
    GError *error;
};

static gpointer open_tools(gpointer data)
{
    EvmTools *tools = data;
    evm_projection_format_version();
    tools->fonts = evm_fonts_new(tools->theme, &tools->error);
    return NULL;
}

EvmTools *evm_tools_new(const EvmTheme *theme)
{
    EvmTools *tools = g_new0(EvmTools, 1);
    tools->theme = theme;
    tools->thread = g_thread_new("tools", open_tools, tools);
    return tools;
}

static void wait_for(EvmTools *tools)
{
    if (tools->thread)
        g_thread_join(g_steal_pointer(&tools->thread));
}

EvmFonts *evm_tools_resolve_fonts(EvmTools *tools, GError **error)
{
    wait_for(tools);
    if (tools->error && error)
        *error = g_error_copy(tools->error);
    return tools->fonts;
}

void evm_tools_free(EvmTools *tools)
{
    if (!tools)
        return;
    wait_for(tools);
    evm_fonts_free(tools->fonts);
    g_clear_error(&tools->error);
    g_free(tools);
}
