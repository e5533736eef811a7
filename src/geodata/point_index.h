/* In which area a point lies, for many points: a grid says so at once wherever no border is near,
 * and elsewhere only the edges on the point's own parallel are tried. */
#ifndef EVM_GEODATA_POINT_INDEX_H
#define EVM_GEODATA_POINT_INDEX_H

#include "geodata/geodata.h"

typedef struct EvmPointIndex EvmPointIndex;

/* Borrowed; must outlive it. About twelve bytes a vertex and a megabyte. */
EvmPointIndex *evm_point_index_new(const EvmGeodata *geodata);
void evm_point_index_free(EvmPointIndex *index); /* NULL is fine */

/* The first area that evm_area_is_inside holds to have the point; -1: none. It learns from what it
 * is asked: one thread at a time. */
int32_t evm_point_index_find(EvmPointIndex *index, EvmLonLat point);

#endif
