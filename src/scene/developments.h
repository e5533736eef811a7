/* What happened lately, as a desk would list it: one entry for what one side did in one province on
 * one day. Made of the flips between the two dates of the changes, and of reports that claim
 * nothing (clashes, withdrawals, crossings …) of the same days. */
#ifndef EVM_SCENE_DEVELOPMENTS_H
#define EVM_SCENE_DEVELOPMENTS_H

#include <glib.h>

#include "timeline/flips.h"

typedef struct {
    int32_t district; /* -1: a place that is no district, or a whole province */
    int32_t event;    /* the one that says so; -1: none does */
} EvmDevelopmentPlace;

typedef struct {
    EvmDate date;
    EvmKind kind;     /* CONTROL and CONTESTED: districts that changed to `after` */
    EvmControl after; /* unassessed for reports */
    bool is_retaken;
    int32_t province; /* -1: unknown */
    GArray *places;   /* of EvmDevelopmentPlace, each place once */
    unsigned number;  /* in the list and on the map; 0: not in the list, or not on the map */
} EvmDevelopment;

typedef struct {
    EvmDevelopment *items; /* the latest first; of a day, what changed most first */
    size_t count;
    size_t shown; /* the first ones, which found room in the list */
} EvmDevelopments;

/* Of the counted areas, after `from` up to the state's date, as known to the state. `provinces`
 * (int32_t): reports from these only; NULL: from all. A report about a district that changed hands
 * on the same day is part of that change. */
EvmDevelopments *evm_developments_compute(const EvmUniverse *universe, const EvmState *state,
                                          EvmDate from, const GArray *provinces);
void evm_developments_free(EvmDevelopments *developments); /* NULL is fine */

#endif
