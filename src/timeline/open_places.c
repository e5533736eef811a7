#include "timeline/open_places.h"

static char *make_key(const EvmEvent *event)
{
    return g_strjoin("\x1F", event->district, event->province, event->pcode, NULL);
}

static gint compare_places(gconstpointer pa, gconstpointer pb)
{
    const EvmOpenPlace *a = pa, *b = pb;
    if (a->rows != b->rows)
        return a->rows > b->rows ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static bool is_open(EvmFate fate)
{
    return fate == EVM_FATE_AMBIGUOUS || fate == EVM_FATE_UNMATCHED;
}

EvmOpenPlaces *evm_open_places_compute(const EvmJoin *join)
{
    GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GArray *items = g_array_new(FALSE, FALSE, sizeof(EvmOpenPlace));
    for (size_t i = 0; i < join->events->count; i++) {
        if (!is_open(join->fates[i]))
            continue;
        char *key = make_key(&join->events->items[i]);
        guint at = GPOINTER_TO_UINT(g_hash_table_lookup(known, key));
        if (at == 0) {
            EvmOpenPlace place = {.first = (uint32_t)i};
            g_array_append_val(items, place);
            at = items->len;
            g_hash_table_insert(known, key, GUINT_TO_POINTER(at));
        } else {
            g_free(key);
        }
        g_array_index(items, EvmOpenPlace, at - 1).rows++;
    }
    g_hash_table_destroy(known);
    g_array_sort(items, compare_places);
    EvmOpenPlaces *places = g_new0(EvmOpenPlaces, 1);
    places->count = items->len;
    places->items = (EvmOpenPlace *)(void *)g_array_free(items, FALSE);
    return places;
}

void evm_open_places_free(EvmOpenPlaces *places)
{
    if (!places)
        return;
    g_free(places->items);
    g_free(places);
}
