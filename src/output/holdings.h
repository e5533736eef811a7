/* What a state says of each district, as a table. */
#ifndef EVM_OUTPUT_HOLDINGS_H
#define EVM_OUTPUT_HOLDINGS_H

#include "base/json_writer.h"
#include "output/table.h"
#include "timeline/universe.h"

/* One row a counted area, in the order of the boundary file: control, doubt, both events. Columns
 * have titles for reading too, fewer with `is_text`. */
void evm_holdings_write(EvmTable *table, const EvmUniverse *universe, const EvmState *state,
                        bool is_text);
/* The same as a CSV file. */
void evm_holdings_write_csv(const EvmUniverse *universe, const EvmState *state, GString *out);

/* The same of one area, as the keys and values of an object that was begun. */
void evm_holding_write_json(EvmJson *json, const EvmUniverse *universe, const EvmState *state,
                            size_t area);

#endif
