#include "gazetteer/name_index.h"

#include <glib.h>
#include <string.h>

/* FNV-1a */
static uint32_t hash_key(const char *key)
{
    uint32_t hash = 2166136261u;
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 16777619u;
    return hash ^ hash >> 15;
}

void evm_name_index_init(EvmNameIndex *index, EvmArena *arena, uint32_t capacity)
{
    uint32_t size = 16;
    while (size < capacity * 2)
        size *= 2;
    *index = (EvmNameIndex){.mask = size - 1, .capacity = capacity};
    index->buckets = evm_arena_alloc_array(arena, size, sizeof *index->buckets);
    index->entries = evm_arena_alloc_array(arena, capacity, sizeof *index->entries);
}

void evm_name_index_add(EvmNameIndex *index, const char *key, uint32_t value)
{
    g_assert(index->count < index->capacity);
    uint32_t hash = hash_key(key);
    uint32_t *bucket = &index->buckets[hash & index->mask];
    index->entries[index->count] = (EvmNameIndexEntry){key, hash, value, *bucket};
    *bucket = ++index->count;
}

const EvmNameIndexEntry *evm_name_index_find(const EvmNameIndex *index, const char *key,
                                             const EvmNameIndexEntry *previous)
{
    uint32_t hash = previous ? previous->hash : hash_key(key);
    uint32_t at = previous ? previous->next : index->buckets[hash & index->mask];
    while (at > 0) {
        const EvmNameIndexEntry *entry = &index->entries[at - 1];
        if (entry->hash == hash && strcmp(entry->key, key) == 0)
            return entry;
        at = entry->next;
    }
    return NULL;
}
