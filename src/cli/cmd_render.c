#include "base/text.h"
#include "cli/messages.h"
#include "cli/run.h"
#include "cli/sheet_request.h"
#include "cli/verbs.h"
#include "pipeline/page.h"
#include "scene/layout.h"

static unsigned compute_formats(const EvmCliOptions *options)
{
    bool is_print = options->layout && evm_layout_is_print(options->layout);
    unsigned usual = is_print ? EVM_FORMAT_PDF : EVM_FORMAT_PNG | EVM_FORMAT_SVG;
    unsigned outlined = options->is_outlined ? EVM_FORMAT_SVG_OUTLINED : 0;
    return (options->formats ? options->formats : usual) | outlined;
}

static bool write_paths(const EvmRenderResult *result, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < result->paths->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(result->paths, i));
    return evm_result_write(text, error);
}

static void report_left(const GPtrArray *left)
{
    for (guint i = 0; i < left->len; i++) {
        g_autofree char *path = evm_text_format_terminal(left->pdata[i]);
        g_autofree char *message = g_strdup_printf("%s is of an earlier run: the manifest is now "
                                                   "that of this one",
                                                   path);
        evm_message_write_warning(message);
    }
}

static bool render_one(const EvmCliOptions *options, const EvmRenderRequest *request,
                       const EvmInputs *inputs, EvmTools *tools, bool *has_missing, GError **error)
{
    EvmRenderResult result;
    bool done = evm_render_write(request, inputs, tools, &result, error);
    if (done) {
        if (request->language == options->languages->pdata[0] && !options->is_quiet)
            evm_cli_report_outside(inputs, result.outside);
        if (!options->is_quiet)
            report_left(result.left);
        evm_cli_report_unplaced(options, result.unplaced);
        *has_missing |= evm_cli_report_missing(result.missing);
        done = options->is_quiet || write_paths(&result, error);
    }
    evm_render_result_clear(&result);
    return done;
}

static bool are_free(const EvmCliOptions *options, EvmRenderRequest *request,
                     const EvmInputs *inputs, GError **error)
{
    bool done = true;
    for (guint i = 0; done && i < options->languages->len; i++) {
        request->language = options->languages->pdata[i];
        done = evm_render_is_free(request, inputs, error);
    }
    return done;
}

static int render(const EvmCliOptions *options, EvmRenderRequest *request, const EvmInputs *inputs,
                  EvmTools *tools)
{
    g_autoptr(GError) error = NULL;
    bool has_missing = false;
    evm_cli_report_data(options, inputs);
    evm_cli_report_age(options, inputs, request->question.date);
    if (!are_free(options, request, inputs, &error))
        return evm_message_write_error(error);
    for (guint i = 0; i < options->languages->len; i++) {
        request->language = options->languages->pdata[i];
        if (!render_one(options, request, inputs, tools, &has_missing, &error))
            return evm_message_write_error(error);
    }
    return evm_inputs_count_lost(inputs) || has_missing ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}

int evm_cmd_render(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    EvmRenderRequest request = evm_cli_compute_sheet(options);
    request.formats = compute_formats(options);
    EvmInputsRequest wanted = evm_cli_options_compute_inputs(options);
    wanted.wants_neighbours = true;
    if (!evm_render_is_feasible(&request, &error))
        return evm_message_write_error(error);
    EvmQuestion question = evm_cli_options_compute_question(options, NULL, options->date);
    EvmNeeds needs = evm_page_compute_needs(&question);
    wanted.needs = &needs;
    EvmTools *tools = evm_tools_new(options->theme);
    EvmInputs *inputs = evm_cli_load_inputs(options, &wanted, &error);
    if (inputs)
        request.question = evm_cli_options_compute_question(options, inputs, options->date);
    int status = inputs ? render(options, &request, inputs, tools) : evm_message_write_error(error);
    evm_inputs_free(inputs);
    evm_tools_free(tools);
    return status;
}
