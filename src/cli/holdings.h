/* What a state says of each district, as a table. */
#ifndef EVM_CLI_HOLDINGS_H
#define EVM_CLI_HOLDINGS_H

#include "cli/table.h"

/* One row a counted area, in the order of the boundary file: control, doubt, both events. Columns
 * have titles for reading too, fewer with `is_text`. */
void evm_cli_holdings_write(EvmTable *table, const EvmInputs *inputs, const EvmState *state,
                            bool is_text);

#endif
