/* From rings to arcs that neighbours share. */
#ifndef EVM_GEODATA_TOPOLOGY_H
#define EVM_GEODATA_TOPOLOGY_H

#include "base/arena.h"
#include "geodata/rings.h"

/* One a ring: its area lies left of it, seen in its own direction. From the winding and from how
 * many other rings of the same area lie around it. The caller frees it. */
bool *evm_sides_compute(const EvmRawRings *rings);

/* Fills arcs, points, refs and rings of `geodata`, from `arena`. Where two areas claim the same
 * side of an arc they overlap: a warning, and the second gets the other side if that is free.
 *
 * A vertex is a junction when two visits of it have not the same two neighbours; arcs run from
 * junction to junction. Source: Bostock, "How to Infer Topology", 2013. */
void evm_topology_compute(EvmGeodata *geodata, EvmArena *arena, const EvmRawRings *rings,
                          const EvmInputFile *shp, EvmDiagnostics *diagnostics);

#endif
