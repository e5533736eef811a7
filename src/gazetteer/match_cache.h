/* Places resolved once each: a table of a million rows has some thousand spellings. Not for several
 * threads at a time. */
#ifndef EVM_GAZETTEER_MATCH_CACHE_H
#define EVM_GAZETTEER_MATCH_CACHE_H

#include "gazetteer/gazetteer.h"

typedef struct EvmMatchCache EvmMatchCache;

EvmMatchCache *evm_match_cache_new(const EvmGazetteer *gazetteer); /* borrowed: must outlive it */
void evm_match_cache_free(EvmMatchCache *cache);

/* What evm_gazetteer_resolve says; borrowed until the next call. */
const EvmMatch *evm_match_cache_resolve(EvmMatchCache *cache, const EvmPlaceQuery *query);

#endif
