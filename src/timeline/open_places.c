#include "timeline/open_places.h"

typedef struct {
    const EvmJoin *join;
    GHashTable *known; /* key -> index in items, plus 1 */
    GArray *items;
    size_t rows;
} Work;

char *evm_open_place_format_key(const EvmEvent *event)
{
    return g_strjoin("\x1F", event->district, event->province, event->pcode, NULL);
}

bool evm_open_place_is_open(EvmFate fate)
{
    return fate == EVM_FATE_AMBIGUOUS || fate == EVM_FATE_UNMATCHED;
}

static gint compare_places(gconstpointer pa, gconstpointer pb)
{
    const EvmOpenPlace *a = pa, *b = pb;
    if (a->rows != b->rows)
        return a->rows > b->rows ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static Work work_new(const EvmJoin *join)
{
    return (Work){join, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                  g_array_new(FALSE, FALSE, sizeof(EvmOpenPlace)), 0};
}

static void add_event(Work *work, uint32_t event)
{
    size_t rows = work->join->place_rows ? work->join->place_rows[event] : 1;
    char *key = evm_open_place_format_key(&work->join->events->items[event]);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(work->known, key));
    if (at == 0) {
        EvmOpenPlace place = {.first = event};
        g_array_append_val(work->items, place);
        at = work->items->len;
        g_hash_table_insert(work->known, key, GUINT_TO_POINTER(at));
    } else {
        g_free(key);
    }
    g_array_index(work->items, EvmOpenPlace, at - 1).rows += rows;
    work->rows += rows;
}

static EvmOpenPlaces *finish(Work *work)
{
    EvmOpenPlaces *places = g_new0(EvmOpenPlaces, 1);
    g_hash_table_destroy(work->known);
    places->rows = work->rows;
    places->count = work->items->len;
    places->items = (EvmOpenPlace *)(void *)g_array_free(work->items, FALSE);
    return places;
}

EvmOpenPlaces *evm_open_places_compute(const EvmJoin *join)
{
    Work work = work_new(join);
    for (uint32_t i = 0; i < join->events->count; i++)
        if (evm_open_place_is_open(join->fates[i]))
            add_event(&work, i);
    g_array_sort(work.items, compare_places);
    return finish(&work);
}

/* Where the place lies, as far as is known; -1: not at all. */
static int32_t find_province(const EvmGazetteer *gazetteer, const EvmJoin *join, size_t event)
{
    const EvmMatch *match = &join->matches[event];
    int32_t district = match->district >= 0 ? match->district
                       : match->outside     ? match->outside->parent
                                            : -1;
    return district >= 0
               ? (int32_t)gazetteer->districts[district].province
               : evm_gazetteer_find_province(gazetteer, join->events->items[event].province);
}

/* One a province: some of its districts are counted. */
static bool *find_counted(const EvmUniverse *universe)
{
    const EvmGazetteer *gazetteer = universe->gazetteer;
    bool *is_counted = g_new0(bool, gazetteer->province_count);
    for (size_t area = 0; area < universe->geodata->area_count; area++)
        if (universe->is_counted[area] && universe->area_district[area] >= 0)
            is_counted[gazetteer->districts[universe->area_district[area]].province] = true;
    return is_counted;
}

static bool is_outside(const EvmUniverse *universe, const EvmJoin *join, size_t event)
{
    EvmFate fate = join->fates[event];
    if (!evm_kind_is_claim(join->events->items[event].kind))
        return false;
    return fate == EVM_FATE_OUTSIDE ||
           (fate <= EVM_FATE_WITHDRAWN &&
            !evm_universe_has_polygon(universe, join->matches[event].district));
}

EvmOpenPlaces *evm_open_places_compute_outside(const EvmUniverse *universe, const EvmState *state)
{
    Work work = work_new(state->join);
    const EvmEvents *events = state->join->events;
    g_autofree bool *is_counted = find_counted(universe);
    for (uint32_t i = 0; i < events->count; i++) {
        if (!is_outside(universe, state->join, i))
            continue;
        int32_t province = find_province(universe->gazetteer, state->join, i);
        if (province >= 0 && !is_counted[province])
            continue;
        EvmClaim claim = evm_claim_compute(&events->items[i], i);
        claim.withdrawn = state->join->withdrawn[i];
        if (claim.effective.days <= state->question.date.days &&
            evm_claim_is_in_force(&claim, &state->question))
            add_event(&work, i);
    }
    return finish(&work);
}

void evm_open_places_free(EvmOpenPlaces *places)
{
    if (!places)
        return;
    g_free(places->items);
    g_free(places);
}
