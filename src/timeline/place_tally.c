#include "timeline/place_tally.h"

#include <string.h>

#include "base/arena.h"

/* More ways of writing places than a country has: then all rows are kept instead. */
enum { MOST_KEYS = 50000 };

struct EvmPlaceTally {
    GMutex lock;
    GHashTable *counts; /* text -> EvmPlaceCount */
    EvmArena *arena;
    GString *key;
    bool is_full;
};

EvmPlaceTally *evm_place_tally_new(void)
{
    EvmPlaceTally *tally = g_new0(EvmPlaceTally, 1);
    g_mutex_init(&tally->lock);
    tally->counts = g_hash_table_new(g_str_hash, g_str_equal);
    tally->arena = evm_arena_new();
    tally->key = g_string_new(NULL);
    return tally;
}

void evm_place_tally_free(EvmPlaceTally *tally)
{
    g_mutex_clear(&tally->lock);
    g_hash_table_destroy(tally->counts);
    evm_arena_free(tally->arena);
    g_string_free(tally->key, TRUE);
    g_free(tally);
}

static EvmPlaceCount *find_count(EvmPlaceTally *tally, char what)
{
    EvmPlaceCount *count = g_hash_table_lookup(tally->counts, tally->key->str);
    if (count)
        return count;
    if (g_hash_table_size(tally->counts) == MOST_KEYS) {
        tally->is_full = true;
        return NULL;
    }
    count = evm_arena_alloc_array(tally->arena, 1, sizeof *count);
    count->what = what;
    count->first.order = UINT64_MAX;
    g_hash_table_insert(tally->counts, evm_arena_strdup(tally->arena, tally->key->str), count);
    return count;
}

void evm_place_tally_add(EvmPlaceTally *tally, char what, const char *key, const EvmStreamRow *row)
{
    g_mutex_lock(&tally->lock);
    g_string_truncate(tally->key, 0);
    g_string_append_c(tally->key, what);
    g_string_append(tally->key, key);
    EvmPlaceCount *count = find_count(tally, what);
    if (count) {
        count->rows++;
        if (row->order < count->first.order)
            count->first = *row;
    }
    g_mutex_unlock(&tally->lock);
}

bool evm_place_tally_compute(const EvmPlaceTally *tally, GArray *counts)
{
    GHashTableIter iter;
    gpointer count;
    g_hash_table_iter_init(&iter, tally->counts);
    while (g_hash_table_iter_next(&iter, NULL, &count))
        g_array_append_vals(counts, count, 1);
    return !tally->is_full;
}
