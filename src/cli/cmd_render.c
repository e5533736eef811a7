#include <unistd.h>

#include "cli/messages.h"
#include "cli/verbs.h"
#include "pipeline/render.h"
#include "scene/layout.h"

enum { SHOWN_LOST_ROWS = 10 };

static unsigned compute_formats(const EvmCliOptions *options)
{
    bool is_print = options->layout && evm_layout_is_print(options->layout);
    unsigned usual = is_print ? EVM_FORMAT_PDF : EVM_FORMAT_PNG | EVM_FORMAT_SVG;
    unsigned outlined = options->is_outlined ? EVM_FORMAT_SVG_OUTLINED : 0;
    return (options->formats ? options->formats : usual) | outlined;
}

static EvmRenderRequest compute_request(const EvmCliOptions *options)
{
    double width, height;
    evm_layout_find_size(options->layout ? options->layout : "landscape", &width, &height);
    return (EvmRenderRequest){
        .theme = options->theme,
        .layout = options->layout,
        .width_px = options->width_px > 0 ? options->width_px : width,
        .height_px = options->height_px > 0 ? options->height_px : height,
        .scale = options->scale,
        .crs = options->crs,
        .window = options->has_window ? &options->window : NULL,
        .formats = compute_formats(options),
        .out_folder = options->out,
        .software = "evmap " EVMAP_VERSION,
        .threads = (unsigned)MAX(1, sysconf(_SC_NPROCESSORS_ONLN)),
    };
}

static void report_data(const EvmCliOptions *options, const EvmInputs *inputs)
{
    const EvmDiagnostics *list = inputs->diagnostics;
    evm_diagnostics_write(list, EVM_SEVERITY_ERROR, SHOWN_LOST_ROWS);
    if (options->is_verbose) {
        evm_diagnostics_write(list, EVM_SEVERITY_WARNING, G_MAXSIZE);
        evm_diagnostics_write(list, EVM_SEVERITY_NOTE, G_MAXSIZE);
        return;
    }
    /* Places outside are named below, once each. */
    size_t warnings = evm_diagnostics_count_severity(list, EVM_SEVERITY_WARNING) -
                      inputs->join->fate_counts[EVM_FATE_OUTSIDE];
    if (warnings == 0 || options->is_quiet)
        return;
    g_autofree char *text =
        g_strdup_printf("%zu warning%s about the data: -v shows %s", warnings,
                        warnings == 1 ? "" : "s", warnings == 1 ? "it" : "them");
    evm_message_write_note(text);
}

static void report_outside(const EvmInputs *inputs, const GArray *outside)
{
    if (!outside || outside->len == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GHashTable) named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < outside->len; i++) {
        const EvmEvent *event = &inputs->events->items[g_array_index(outside, uint32_t, i)];
        char *place =
            g_strdup_printf("%s in %s", event->district[0] ? event->district : event->pcode,
                            event->province[0] ? event->province : "any province");
        if (!g_hash_table_contains(named, place))
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", place);
        g_hash_table_add(named, place);
    }
    g_autofree char *message =
        g_strdup_printf("%u claim%s nothing, because these boundaries have no polygon for: %s",
                        outside->len, outside->len == 1 ? " colours" : "s colour", text->str);
    evm_message_write_warning(message);
}

static void report_unplaced(const EvmCliOptions *options, const GPtrArray *unplaced)
{
    if (!options->is_verbose || !unplaced || unplaced->len == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < unplaced->len; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               (const char *)g_ptr_array_index(unplaced, i));
    g_autofree char *message =
        g_strdup_printf("%u name%s found no room on the map: %s", unplaced->len,
                        unplaced->len == 1 ? "" : "s", text->str);
    evm_message_write_note(message);
}

static bool write_paths(const EvmRenderResult *result, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < result->paths->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(result->paths, i));
    return evm_result_write(text, error);
}

static bool render_one(const EvmCliOptions *options, const EvmRenderRequest *request,
                       const EvmInputs *inputs, EvmTools *tools, GError **error)
{
    EvmRenderResult result;
    bool done = evm_render_write(request, inputs, tools, &result, error);
    if (done) {
        if (request->language == options->languages->pdata[0] && !options->is_quiet)
            report_outside(inputs, result.outside);
        report_unplaced(options, result.unplaced);
        done = options->is_quiet || write_paths(&result, error);
    }
    evm_render_result_clear(&result);
    return done;
}

static int render(const EvmCliOptions *options, EvmRenderRequest *request, const EvmInputs *inputs,
                  EvmTools *tools)
{
    g_autoptr(GError) error = NULL;
    report_data(options, inputs);
    for (guint i = 0; i < options->languages->len; i++) {
        request->language = options->languages->pdata[i];
        if (!render_one(options, request, inputs, tools, &error))
            return evm_message_write_error(error);
    }
    return evm_inputs_count_lost(inputs) ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}

int evm_cmd_render(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    EvmRenderRequest request = compute_request(options);
    EvmInputsRequest wanted = evm_cli_options_compute_inputs(options);
    wanted.wants_neighbours = true;
    if (!evm_render_is_feasible(&request, &error))
        return evm_message_write_error(error);
    EvmTools *tools = evm_tools_new();
    EvmInputs *inputs = evm_inputs_load(&wanted, &error);
    if (inputs)
        request.question = evm_cli_options_compute_question(options, inputs, options->date);
    int status = inputs ? render(options, &request, inputs, tools) : evm_message_write_error(error);
    evm_inputs_free(inputs);
    evm_tools_free(tools);
    return status;
}
