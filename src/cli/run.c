#include "cli/run.h"

#include "cli/messages.h"
#include "cli/progress.h"
#include "cli/verbs.h"

enum { SHOWN_LOST_ROWS = 10 };

static int run_request(const EvmCliOptions *options, EvmInputsRequest *request,
                       int (*run)(const EvmCliOptions *options, const EvmInputs *inputs))
{
    g_autoptr(GError) error = NULL;
    EvmProgress progress;
    evm_progress_init(&progress, options->is_quiet);
    request->progress = evm_progress_write;
    request->user = &progress;
    EvmInputs *inputs = evm_inputs_load(request, &error);
    evm_progress_clear(&progress);
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

int evm_cli_run_with_inputs(const EvmCliOptions *options,
                            int (*run)(const EvmCliOptions *options, const EvmInputs *inputs))
{
    EvmInputsRequest request = evm_cli_options_compute_inputs(options);
    return run_request(options, &request, run);
}

int evm_cli_run_with_day(const EvmCliOptions *options,
                         int (*run)(const EvmCliOptions *options, const EvmInputs *inputs))
{
    EvmInputsRequest request = evm_cli_options_compute_inputs(options);
    EvmQuestion question = evm_cli_options_compute_question(options, NULL, options->date);
    request.question = &question;
    return run_request(options, &request, run);
}

int evm_cli_write_result(const EvmInputs *inputs, const GString *text)
{
    g_autoptr(GError) error = NULL;
    if (!evm_result_write(text, &error))
        return evm_message_write_error(error);
    return evm_inputs_count_lost(inputs) ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}
