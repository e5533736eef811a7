/* What verbs that answer from the data with a text or a table have in common. */
#ifndef EVM_CLI_RUN_H
#define EVM_CLI_RUN_H

#include "cli/options.h"

/* Loads what is asked for, and shows on a terminal how far that is. */
EvmInputs *evm_cli_load_inputs(const EvmCliOptions *options, EvmInputsRequest *request,
                               GError **error);

/* What is wrong with the data, at length with -v. */
void evm_cli_report_data(const EvmCliOptions *options, const EvmInputs *inputs);
/* That no claim is of the last month before that day, or the first one of a later day. */
void evm_cli_report_age(const EvmCliOptions *options, const EvmInputs *inputs, EvmDate date);
/* Loads the data that the options ask for, says what is wrong with it, and runs `run`, whose exit
 * status it returns. Of large files only what answers `needs` is kept. */
int evm_cli_run(const EvmCliOptions *options, const EvmNeeds *needs,
                int (*run)(const EvmCliOptions *options, const EvmInputs *inputs));

/* The state on --date. */
EvmNeeds evm_cli_compute_day_needs(const EvmCliOptions *options);

/* --province is one, but for a slip perhaps, or not given. */
bool evm_cli_check_province(const EvmCliOptions *options, const EvmGazetteer *gazetteer,
                            GError **error);

/* Writes a result to standard output. The exit status: rows that were lost count. */
int evm_cli_write_result(const EvmInputs *inputs, const GString *text);

#endif
