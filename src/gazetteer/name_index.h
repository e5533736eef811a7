/* Byte strings to numbers; one key may have several. Filled once, then only read. */
#ifndef EVM_GAZETTEER_NAME_INDEX_H
#define EVM_GAZETTEER_NAME_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct {
    const char *key; /* borrowed */
    uint32_t hash, value, next;
} EvmNameIndexEntry;

typedef struct {
    uint32_t *buckets; /* entry + 1, 0 for none */
    EvmNameIndexEntry *entries;
    uint32_t mask, count, capacity;
} EvmNameIndex;

void evm_name_index_init(EvmNameIndex *index, EvmArena *arena, uint32_t capacity);
void evm_name_index_add(EvmNameIndex *index, const char *key, uint32_t value);
/* The entry after `previous` (NULL: the first) with that key, latest added first; or NULL. */
const EvmNameIndexEntry *evm_name_index_find(const EvmNameIndex *index, const char *key,
                                             const EvmNameIndexEntry *previous);

#endif
