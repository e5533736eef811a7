/* What the verbs that draw sheets have in common. */
#ifndef EVM_CLI_SHEET_REQUEST_H
#define EVM_CLI_SHEET_REQUEST_H

#include "cli/options.h"
#include "pipeline/render.h"

/* The sheet that the options ask for, without formats, question and language. Borrows from
 * `options`. */
EvmRenderRequest evm_cli_compute_sheet(const EvmCliOptions *options);
/* Claims in force that colour nothing, by their places. `outside` may be NULL. */
void evm_cli_report_outside(const EvmInputs *inputs, const EvmOpenPlaces *outside);
/* With -v: names (char *) that found no place on the map. `unplaced` may be NULL. */
void evm_cli_report_unplaced(const EvmCliOptions *options, const GPtrArray *unplaced);

/* Letters (char *, as evm_scene_find_missing) that no font has; true when there are any. */
bool evm_cli_report_missing(const GPtrArray *missing);

#endif
