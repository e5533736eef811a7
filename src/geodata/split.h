/* Areas that have no polygon of their own, as schematic shares of the one that they lie in. */
#ifndef EVM_GEODATA_SPLIT_H
#define EVM_GEODATA_SPLIT_H

#include "geodata/geodata.h"

typedef struct {
    size_t parent; /* area that it lies in */
    bool has_centre;
    EvmLonLat centre, parent_centre;
    const char *pcode, *name; /* borrowed during the call */
} EvmShare;

/* A copy in which each share is an area of its own, marked is_schematic, behind all others and in
 * their order: the part of its parent that is nearer to its centre than to the parent's and to
 * those of the parent's other shares (a Voronoi cell; longitudes weighed by the cosine of the
 * latitude). The parent keeps the rest. A share without a centre, or none of whose cell lies in the
 * parent, is an area without rings. Neighbours stay edge-matched. `geodata` must outlive the copy.
 */
EvmGeodata *evm_geodata_compute_shares(const EvmGeodata *geodata, const EvmShare *shares,
                                       size_t count);

#endif
