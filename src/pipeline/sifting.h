/* Reading large event files for what will be asked, on several threads and without keeping them. */
#ifndef EVM_PIPELINE_SIFTING_H
#define EVM_PIPELINE_SIFTING_H

#include "pipeline/inputs.h"

/* True when what will be asked is known, and the files are worth it or one is a pipe. */
bool evm_sifting_is_wanted(const EvmInputsRequest *request);
/* Says of such files, where it is not known, that all rows are kept. */
void evm_sifting_add_why_not(const EvmInputsRequest *request, EvmDiagnostics *diagnostics);

/* Sets the events and adds what is said of them; sets the join and the history too, unless the
 * files must be read whole after all (events/stream.h). False with *error when they cannot be read.
 */
bool evm_sifting_load(EvmInputs *inputs, const EvmInputsRequest *request,
                      const EvmPointSource *points, GError **error);

#endif
