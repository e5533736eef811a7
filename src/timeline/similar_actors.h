/* Actors whose names differ by no more than a slip: each is counted, and coloured, by itself. */
#ifndef EVM_TIMELINE_SIMILAR_ACTORS_H
#define EVM_TIMELINE_SIMILAR_ACTORS_H

#include "timeline/join.h"

/* One EVM_SEVERITY_WARNING ("similar-actor") for each that comes after one like it in the data, or
 * is like one that everybody knows. Of no line: the rows that name it need not be kept. */
void evm_join_add_actor_diagnostics(const EvmJoin *join, EvmDiagnostics *diagnostics);

#endif
