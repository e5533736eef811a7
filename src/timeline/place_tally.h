/* Rows counted by the way they write their place, while they pass: those that colour nothing are
 * told of by place, each with its first row. */
#ifndef EVM_TIMELINE_PLACE_TALLY_H
#define EVM_TIMELINE_PLACE_TALLY_H

#include "events/stream.h"

typedef struct {
    char what;
    EvmStreamRow first;
    uint32_t rows;
} EvmPlaceCount;

typedef struct EvmPlaceTally EvmPlaceTally;

EvmPlaceTally *evm_place_tally_new(void);
void evm_place_tally_free(EvmPlaceTally *tally);

/* `what` tells tallies apart that are kept in one: a letter. From any thread. */
void evm_place_tally_add(EvmPlaceTally *tally, char what, const char *key, const EvmStreamRow *row);

/* Adds an EvmPlaceCount for every key. False when there were too many to keep. */
bool evm_place_tally_compute(const EvmPlaceTally *tally, GArray *counts);

#endif
