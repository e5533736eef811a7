/* The places that joined no district, grouped by the way they are written. */
#ifndef EVM_TIMELINE_OPEN_PLACES_H
#define EVM_TIMELINE_OPEN_PLACES_H

#include "timeline/join.h"

typedef struct {
    uint32_t first; /* event; its match holds what comes near */
    size_t rows;
} EvmOpenPlace;

typedef struct {
    EvmOpenPlace *items; /* those of most rows first, then in the order of the data */
    size_t count;
} EvmOpenPlaces;

/* Of ambiguous and unmatched rows (EVM_FATE_AMBIGUOUS, EVM_FATE_UNMATCHED). */
EvmOpenPlaces *evm_open_places_compute(const EvmJoin *join);
void evm_open_places_free(EvmOpenPlaces *places);

#endif
