/* The claims on one district, seen one at a time and in any order, of which only those are kept
 * that can still matter to what will be asked (timeline/state.h and timeline/flips.h say which
 * those are). */
#ifndef EVM_TIMELINE_PILE_H
#define EVM_TIMELINE_PILE_H

#include "events/stream.h"
#include "timeline/needs.h"

/* A claim without its texts, and where its row stands. The order of the row stands in for the
 * claim's event. */
typedef struct {
    EvmClaim claim;  /* without event and source */
    uint64_t source; /* a hash of it */
    bool is_dated;   /* it dates a change: evm_changes_find_start */
    EvmStreamRow row;
} EvmPileClaim;

typedef struct EvmPile EvmPile;

EvmPile *evm_pile_new(const EvmNeeds *needs); /* borrowed */
void evm_pile_free(EvmPile *pile);            /* NULL is fine */

/* Not for retracted rows. */
void evm_pile_add(EvmPile *pile, const EvmPileClaim *claim);
/* Keeps it whatever it says. */
void evm_pile_add_always(EvmPile *pile, const EvmPileClaim *claim);

/* Nothing will be let go of what `before`, which saw the same claims, let go too soon. */
void evm_pile_add_knowledge(EvmPile *pile, const EvmPile *before);

/* Adds to `rows` (EvmStreamRow) those that must be kept, some of them twice; and to `history`
 * (EvmClaim, without event) who held the district when, from needs.history_from on. False when a
 * row was let go that matters after all, because the day of the deciding claim is unsure. */
bool evm_pile_compute(EvmPile *pile, GArray *rows, GArray *history);

#endif
