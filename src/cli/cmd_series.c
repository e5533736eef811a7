#include "cli/messages.h"
#include "cli/run.h"
#include "cli/verbs.h"

static int write_series(const EvmCliOptions *options, const EvmInputs *inputs)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    EvmQuestion question = evm_cli_options_compute_question(options, inputs, options->from);
    EvmSeries *series =
        evm_series_compute(inputs->universe, inputs->history, &question, options->to, &error);
    if (!series)
        return evm_message_write_error(error);
    evm_cli_report_age(options, inputs, options->to);
    EvmTable *table = evm_table_new();
    if (options->table == EVM_TABLE_TEXT)
        evm_series_write_text(table, inputs->history, series, options->unit);
    else
        evm_series_write(table, inputs->history, series, 1u << options->unit);
    evm_table_write(table, options->table, text);
    evm_table_free(table);
    evm_series_free(series);
    return evm_cli_write_result(inputs, text);
}

int evm_cmd_series(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    EvmNeeds needs = EVM_NEEDS_NOTHING;
    needs.known = options->known;
    needs.history_from = options->from;
    needs.to = options->to;
    return evm_cli_run(options, &needs, write_series);
}
