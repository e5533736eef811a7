#include "cli/run.h"

#include "cli/messages.h"
#include "cli/progress.h"
#include "cli/verbs.h"

enum { SHOWN_LOST_ROWS = 10 };

EvmInputs *evm_cli_load_inputs(const EvmCliOptions *options, EvmInputsRequest *request,
                               GError **error)
{
    EvmProgress progress;
    evm_progress_init(&progress, options->is_quiet);
    request->event_options.progress = evm_progress_write;
    request->event_options.user = &progress;
    EvmInputs *inputs = evm_inputs_load(request, error);
    evm_progress_clear(&progress);
    return inputs;
}

int evm_cli_run(const EvmCliOptions *options, const EvmNeeds *needs,
                int (*run)(const EvmCliOptions *options, const EvmInputs *inputs))
{
    g_autoptr(GError) error = NULL;
    EvmInputsRequest request = evm_cli_options_compute_inputs(options);
    request.needs = needs;
    EvmInputs *inputs = evm_cli_load_inputs(options, &request, &error);
    if (!inputs)
        return evm_message_write_error(error);
    evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_ERROR, SHOWN_LOST_ROWS);
    if (options->is_verbose) {
        evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_WARNING, G_MAXSIZE);
        evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_NOTE, G_MAXSIZE);
    }
    int status = run(options, inputs);
    evm_inputs_free(inputs);
    return status;
}

EvmNeeds evm_cli_compute_day_needs(const EvmCliOptions *options)
{
    EvmNeeds needs = EVM_NEEDS_NOTHING;
    needs.questions[needs.question_count++] =
        evm_cli_options_compute_question(options, NULL, options->date);
    return needs;
}

bool evm_cli_check_province(const EvmCliOptions *options, const EvmGazetteer *gazetteer,
                            GError **error)
{
    return !options->province ||
           evm_gazetteer_find_misspelt_province(gazetteer, options->province) >= 0 ||
           evm_gazetteer_resolve_province(gazetteer, options->province, error) >= 0;
}

int evm_cli_write_result(const EvmInputs *inputs, const GString *text)
{
    g_autoptr(GError) error = NULL;
    if (!evm_result_write(text, &error))
        return evm_message_write_error(error);
    return evm_inputs_count_lost(inputs) ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}
