/* What verbs that answer from the data with a text or a table have in common. */
#ifndef EVM_CLI_RUN_H
#define EVM_CLI_RUN_H

#include "cli/options.h"

/* Loads the data that the options ask for, says what is wrong with it, and runs `run`, whose exit
 * status it returns. */
int evm_cli_run_with_inputs(const EvmCliOptions *options,
                            int (*run)(const EvmCliOptions *options, const EvmInputs *inputs));

/* The same for verbs that ask about --date alone: of large files only that is kept which can decide
 * it. */
int evm_cli_run_with_day(const EvmCliOptions *options,
                         int (*run)(const EvmCliOptions *options, const EvmInputs *inputs));

/* Writes a result to standard output. The exit status: rows that were lost count. */
int evm_cli_write_result(const EvmInputs *inputs, const GString *text);

#endif
