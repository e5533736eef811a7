/* What stands behind an EvmGeodata. */
#ifndef EVM_GEODATA_PARTS_H
#define EVM_GEODATA_PARTS_H

#include "base/arena.h"
#include "geodata/geodata.h"

typedef struct {
    EvmGeodata geodata; /* first, so that its address is that of the whole */
    EvmArena *arena;    /* owns what was made for this one */
} EvmGeodataParts;

#endif
