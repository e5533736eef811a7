/* The names that come nearest to one that is looked for, by what it costs to write the one for the
 * other (distance.h). Names of the other script are compared by their skeletons. */
#ifndef EVM_GAZETTEER_NEAR_SEARCH_H
#define EVM_GAZETTEER_NEAR_SEARCH_H

#include "gazetteer/parts.h"

typedef struct {
    const EvmNameQuest *quest; /* borrowed */
    bool is_arabic;
    unsigned limit; /* what costs more is not near */
    bool only_province, only_script, with_outside;
    bool is_exhaustive; /* every name is compared, whatever it costs at least; for tests */
} EvmNearSearch;

/* Best first; of two places that cost the same that which comes first in the gazetteer. One of the
 * places may be -1: outside. */
typedef struct {
    int32_t places[EVM_MATCH_CANDIDATES];
    unsigned costs[EVM_MATCH_CANDIDATES];
    const EvmTableName *names[EVM_MATCH_CANDIDATES];
    unsigned count;
} EvmNearest;

/* Anywhere, in both scripts, however far. */
void evm_near_search_init(EvmNearSearch *search, const EvmNameQuest *quest);
EvmNearest evm_near_search_find(const EvmNearSearch *search, const EvmNameTable *table);

/* What a name costs; limit + 1 when it is more than `limit`. */
unsigned evm_near_search_compute_cost(const EvmNearSearch *search, const EvmTableName *name,
                                      unsigned limit);

#endif
