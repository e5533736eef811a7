/* Which vertices of rings are the same place: exactly equal coordinates, nothing near. */
#ifndef EVM_GEODATA_VERTICES_H
#define EVM_GEODATA_VERTICES_H

#include "geodata/rings.h"

/* Vertex numbers count up in the order of first appearance, so they do not depend on the hash.
 * `seed` keeps files from being made to collide. One number a point; the caller frees it. Returns
 * how many places there are in *count. */
uint32_t *evm_vertices_compute(const EvmRawRings *rings, const uint64_t seed[2], uint32_t *count);

#endif
