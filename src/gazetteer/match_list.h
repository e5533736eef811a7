/* The places of a whole table, known before the first of them is answered: each spelling is
 * resolved once, and several threads share the spellings. */
#ifndef EVM_GAZETTEER_MATCH_LIST_H
#define EVM_GAZETTEER_MATCH_LIST_H

#include "gazetteer/gazetteer.h"

typedef struct EvmMatchList EvmMatchList;

/* `date` is that of all rows, as in EvmPlaceQuery; EVM_DATE_NONE where it is not known. */
EvmMatchList *evm_match_list_new(EvmDate date);
void evm_match_list_free(EvmMatchList *list); /* NULL is fine */

/* One row more. The name and the province are copied; NULL is fine, as for the gazetteer. */
void evm_match_list_add(EvmMatchList *list, const char *district, const char *province);
/* Resolves them all. The answers do not depend on the number of threads. */
void evm_match_list_compute(EvmMatchList *list, const EvmGazetteer *gazetteer, unsigned threads);
/* What evm_gazetteer_resolve says of a row, counted from 0, once it is computed; borrowed. */
const EvmMatch *evm_match_list_at(const EvmMatchList *list, size_t row);

#endif
