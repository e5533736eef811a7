/* The actors that claims name, gathered while rows pass, so that they can be put in the order in
 * which a join names them, whoever saw which row. */
#ifndef EVM_TIMELINE_ACTORS_H
#define EVM_TIMELINE_ACTORS_H

#include "timeline/claim.h"

typedef struct EvmActorList EvmActorList;

EvmActorList *evm_actor_list_new(void);
void evm_actor_list_free(EvmActorList *list);

/* What a claim says of its district, and of the time before. `order` rises from row to row. Actors
 * are numbered within the list, and each spelling is one. */
EvmControl evm_actor_list_add_control(EvmActorList *list, const EvmEvent *event, uint64_t order);
EvmControl evm_actor_list_add_before(EvmActorList *list, const EvmEvent *event, uint64_t order);

/* Of several lists, as EvmJoin.actors has them; NULL when there are too many. */
char **evm_actor_list_compute(EvmActorList *const *lists, size_t count);

#endif
