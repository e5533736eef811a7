#include "gazetteer/match_cache.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Names of villages may be as many as rows: of more than so many all are forgotten. */
enum { MOST_ENTRIES = 1 << 14, SLOTS = 2 * MOST_ENTRIES };

typedef struct {
    EvmPlaceQuery query; /* its texts are in the arena, never NULL */
    EvmMatch match;
} Entry;

struct EvmMatchCache {
    const EvmGazetteer *gazetteer;
    Entry **slots; /* the next free slot behind a taken one is tried */
    size_t count;
    EvmArena *arena;
};

EvmMatchCache *evm_match_cache_new(const EvmGazetteer *gazetteer)
{
    EvmMatchCache *cache = g_new0(EvmMatchCache, 1);
    cache->gazetteer = gazetteer;
    cache->slots = g_new0(Entry *, SLOTS);
    cache->arena = evm_arena_new();
    return cache;
}

void evm_match_cache_free(EvmMatchCache *cache)
{
    if (!cache)
        return;
    g_free(cache->slots);
    evm_arena_free(cache->arena);
    g_free(cache);
}

/* The code of a district that was another's before. */
static bool has_changed(const EvmMatchCache *cache, const char *code)
{
    if (!strpbrk(code, "0123456789"))
        return false;
    int32_t district = evm_gazetteer_find_pcode(cache->gazetteer, code);
    return district >= 0 && evm_gazetteer_find_pcode_change(cache->gazetteer, district);
}

/* The day matters to P-codes that were given anew alone, which may stand for the name. */
static EvmPlaceQuery make_key(const EvmMatchCache *cache, const EvmPlaceQuery *query)
{
    EvmPlaceQuery key = *query;
    key.pcode = key.pcode ? key.pcode : "";
    key.district = key.district ? key.district : "";
    key.province = key.province ? key.province : "";
    if (!has_changed(cache, key.pcode) && !has_changed(cache, key.district))
        key.date.days = 0;
    return key;
}

static size_t find_slot(const EvmPlaceQuery *key)
{
    uint64_t hash = evm_text_compute_hash(key->district) * 3 +
                    evm_text_compute_hash(key->province) * 5 +
                    (key->pcode[0] ? evm_text_compute_hash(key->pcode) : 0) +
                    (uint64_t)(uint32_t)key->date.days;
    return (size_t)((hash ^ hash >> 32) % SLOTS);
}

static bool is_same(const EvmPlaceQuery *a, const EvmPlaceQuery *b)
{
    return a->date.days == b->date.days && a->pcode[0] == b->pcode[0] &&
           strcmp(a->district, b->district) == 0 && strcmp(a->province, b->province) == 0 &&
           (a->pcode[0] == '\0' || strcmp(a->pcode, b->pcode) == 0);
}

static void forget_all(EvmMatchCache *cache)
{
    memset(cache->slots, 0, SLOTS * sizeof *cache->slots);
    cache->count = 0;
    evm_arena_free(cache->arena);
    cache->arena = evm_arena_new();
}

static Entry *add_entry(EvmMatchCache *cache, const EvmPlaceQuery *key)
{
    Entry *entry = evm_arena_alloc_array(cache->arena, 1, sizeof *entry);
    entry->query = (EvmPlaceQuery){.pcode = evm_arena_strdup(cache->arena, key->pcode),
                                   .district = evm_arena_strdup(cache->arena, key->district),
                                   .province = evm_arena_strdup(cache->arena, key->province),
                                   .date = key->date};
    entry->match = evm_gazetteer_resolve(cache->gazetteer, key);
    cache->count++;
    return entry;
}

const EvmMatch *evm_match_cache_resolve(EvmMatchCache *cache, const EvmPlaceQuery *query)
{
    EvmPlaceQuery key = make_key(cache, query);
    if (cache->count == MOST_ENTRIES)
        forget_all(cache);
    size_t slot = find_slot(&key);
    while (cache->slots[slot] && !is_same(&cache->slots[slot]->query, &key))
        slot = (slot + 1) % SLOTS;
    if (!cache->slots[slot])
        cache->slots[slot] = add_entry(cache, &key);
    return &cache->slots[slot]->match;
}
