#include "events/repeated_ids.h"

#include <glib.h>

#include "base/arena.h"

/* A Bloom filter: an id whose bits are all set already may have been added before. With 24 bits a
 * row and three of them set, that is wrong of one id in a thousand. */
enum {
    BITS_PER_ROW = 24,
    BITS_SET = 3,
    LEAST_BITS_LOG2 = 16,
    MOST_BITS_LOG2 = 27,
    MOST_REPEATED = 200000
};

struct EvmRepeatedIds {
    uint64_t *bits;
    unsigned bits_log2;
    GHashTable *repeated; /* id -> EvmFirstRow, NULL before it is met */
    EvmArena *arena;
};

EvmRepeatedIds *evm_repeated_ids_new(size_t rows)
{
    EvmRepeatedIds *ids = g_new0(EvmRepeatedIds, 1);
    ids->bits_log2 = LEAST_BITS_LOG2;
    while (ids->bits_log2 < MOST_BITS_LOG2 && (size_t)1 << ids->bits_log2 < rows * BITS_PER_ROW)
        ids->bits_log2++;
    ids->bits = g_new0(uint64_t, ((size_t)1 << ids->bits_log2) / 64);
    ids->repeated = g_hash_table_new(g_int64_hash, g_int64_equal);
    ids->arena = evm_arena_new();
    return ids;
}

void evm_repeated_ids_free(EvmRepeatedIds *ids)
{
    if (!ids)
        return;
    g_free(ids->bits);
    g_hash_table_destroy(ids->repeated);
    evm_arena_free(ids->arena);
    g_free(ids);
}

void evm_repeated_ids_commit(EvmRepeatedIds *ids)
{
    g_clear_pointer(&ids->bits, g_free);
}

/* Sets a bit and says whether it was set. */
static bool set_bit(EvmRepeatedIds *ids, uint64_t at)
{
    uint64_t *word = &ids->bits[at / 64], bit = UINT64_C(1) << at % 64;
    bool was_set = *word & bit;
    *word |= bit;
    return was_set;
}

bool evm_repeated_ids_add(EvmRepeatedIds *ids, uint64_t id)
{
    bool is_known = true;
    uint64_t mask = (UINT64_C(1) << ids->bits_log2) - 1, step = id >> 32 | 1;
    for (uint64_t i = 0; i < BITS_SET; i++)
        is_known &= set_bit(ids, (id + i * step) & mask);
    if (!is_known || g_hash_table_contains(ids->repeated, &id))
        return true;
    uint64_t *key = evm_arena_alloc(ids->arena, sizeof *key);
    *key = id;
    g_hash_table_insert(ids->repeated, key, NULL);
    return g_hash_table_size(ids->repeated) <= MOST_REPEATED;
}

void evm_repeated_ids_clear_rows(EvmRepeatedIds *ids)
{
    GHashTableIter iter;
    g_hash_table_iter_init(&iter, ids->repeated);
    while (g_hash_table_iter_next(&iter, NULL, NULL))
        g_hash_table_iter_replace(&iter, NULL);
}

bool evm_repeated_ids_has(const EvmRepeatedIds *ids, uint64_t id)
{
    return g_hash_table_contains(ids->repeated, &id);
}

const EvmFirstRow *evm_repeated_ids_find_first(EvmRepeatedIds *ids, uint64_t id,
                                               const EvmFirstRow *row)
{
    gpointer key, first;
    g_assert(g_hash_table_lookup_extended(ids->repeated, &id, &key, &first));
    if (first)
        return first;
    EvmFirstRow *own = evm_arena_alloc(ids->arena, sizeof *own);
    *own = *row;
    g_hash_table_insert(ids->repeated, key, own);
    return NULL;
}
