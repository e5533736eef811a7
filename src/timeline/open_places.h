/* The places of rows that colour nothing, grouped by the way they are written. */
#ifndef EVM_TIMELINE_OPEN_PLACES_H
#define EVM_TIMELINE_OPEN_PLACES_H

#include "timeline/universe.h"

typedef struct {
    uint32_t first; /* event; its match holds what comes near */
    size_t rows;
} EvmOpenPlace;

typedef struct {
    EvmOpenPlace *items;
    size_t count;
    size_t rows; /* of all */
} EvmOpenPlaces;

/* Of rows that joined no district (EVM_FATE_AMBIGUOUS, EVM_FATE_UNMATCHED): those of most rows
 * first, then in the order of the data. */
EvmOpenPlaces *evm_open_places_compute(const EvmJoin *join);
/* Of claims that count in the state's answer and must be listed all the same: on districts without
 * a polygon, and on known places that are no district (EVM_FATE_OUTSIDE), unless they lie in a
 * province of which nothing is counted; in the order of the data. */
EvmOpenPlaces *evm_open_places_compute_outside(const EvmUniverse *universe, const EvmState *state);
void evm_open_places_free(EvmOpenPlaces *places); /* NULL is fine */

bool evm_open_place_is_open(EvmFate fate);
/* What all rows of one place have in common; the caller's. */
char *evm_open_place_format_key(const EvmEvent *event);

#endif
