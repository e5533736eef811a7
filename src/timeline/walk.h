/* A state that moves on from day to day. Only districts on which a claim begins, takes effect or
 * grows stale that day are computed anew, so a year costs little more than a day. */
#ifndef EVM_TIMELINE_WALK_H
#define EVM_TIMELINE_WALK_H

#include "timeline/state.h"

typedef struct {
    EvmState *state;  /* of the current day; owned by the walk */
    uint32_t *turned; /* districts computed anew for this day, ascending: all others are held as on
                         the day before, with the same claims and doubts */
    size_t turned_count;
    GArray *turns; /* private */
    size_t at;
} EvmWalk;

/* Stands at the question's date, with nothing turned. */
EvmWalk *evm_walk_new(const EvmJoin *join, const EvmQuestion *question);
/* Moves on by one day. */
void evm_walk_compute_next(EvmWalk *walk);
void evm_walk_free(EvmWalk *walk);

#endif
