#include "gazetteer/match_cache.h"

#include <string.h>

#include "base/arena.h"

struct EvmMatchCache {
    const EvmGazetteer *gazetteer;
    GHashTable *matches; /* key -> EvmMatch, both in the arena */
    EvmArena *arena;
    GString *key; /* of the query at hand */
};

EvmMatchCache *evm_match_cache_new(const EvmGazetteer *gazetteer)
{
    EvmMatchCache *cache = g_new0(EvmMatchCache, 1);
    cache->gazetteer = gazetteer;
    cache->matches = g_hash_table_new(g_str_hash, g_str_equal);
    cache->arena = evm_arena_new();
    cache->key = g_string_new(NULL);
    return cache;
}

void evm_match_cache_free(EvmMatchCache *cache)
{
    if (!cache)
        return;
    g_hash_table_destroy(cache->matches);
    evm_arena_free(cache->arena);
    g_string_free(cache->key, TRUE);
    g_free(cache);
}

static void make_key(GString *key, const EvmPlaceQuery *query)
{
    enum { PARTS = 3 };
    const char *parts[PARTS] = {query->district, query->province, query->pcode};
    size_t sizes[PARTS], size = 0;
    for (size_t i = 0; i < PARTS; i++)
        size += (sizes[i] = parts[i] ? strlen(parts[i]) : 0) + 1;
    g_string_set_size(key, size);
    char *at = key->str;
    for (size_t i = 0; i < PARTS; i++) {
        if (sizes[i] > 0)
            memcpy(at, parts[i], sizes[i]);
        at += sizes[i];
        *at++ = '\x1F';
    }
    if (query->pcode && query->pcode[0])
        g_string_append_printf(key, "%d", query->date.days);
}

const EvmMatch *evm_match_cache_resolve(EvmMatchCache *cache, const EvmPlaceQuery *query)
{
    make_key(cache->key, query);
    EvmMatch *match = g_hash_table_lookup(cache->matches, cache->key->str);
    if (match)
        return match;
    match = evm_arena_alloc_array(cache->arena, 1, sizeof *match);
    *match = evm_gazetteer_resolve(cache->gazetteer, query);
    g_hash_table_insert(cache->matches, (char *)evm_arena_strdup(cache->arena, cache->key->str),
                        match);
    return match;
}
