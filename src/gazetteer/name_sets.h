/* Sets of the names of a table, a bit for each: those with certain letters are found without a look
 * at the others. */
#ifndef EVM_GAZETTEER_NAME_SETS_H
#define EVM_GAZETTEER_NAME_SETS_H

#include <stdint.h>

#include "base/arena.h"

/* For each letter, some sharing one, the names that have it; under '\0' those that are here at all.
 */
typedef struct {
    uint32_t word_count;
    uint64_t *words;
} EvmNameSets;

enum { EVM_NAME_SETS_WORD = 64 }; /* names of one word of a set */

void evm_name_sets_init(EvmNameSets *sets, EvmArena *arena, uint32_t name_count);
void evm_name_sets_add(EvmNameSets *sets, char letter, uint32_t name);
/* The set: a word for every EVM_NAME_SETS_WORD names. */
const uint64_t *evm_name_sets_find(const EvmNameSets *sets, char letter);
/* The first of these names of a word, at least one. */
uint32_t evm_name_sets_find_first(uint64_t names, uint32_t word);

#endif
