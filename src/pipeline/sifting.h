/* Reading a large event file for one question, on several threads and without keeping it. */
#ifndef EVM_PIPELINE_SIFTING_H
#define EVM_PIPELINE_SIFTING_H

#include "pipeline/inputs.h"

/* True when one file is asked for that is worth it, or a pipe, for one question. */
bool evm_sifting_is_wanted(const EvmInputsRequest *request);

/* Sets events and join, and adds the diagnostics; leaves all alone when the file must be read whole
 * after all (events/stream.h); of a pipe the events are set then, and no join. False with *error
 * when it cannot be read. */
bool evm_sifting_load(EvmInputs *inputs, const EvmInputsRequest *request,
                      const EvmPointSource *points, GError **error);

#endif
