#include "scene/developments.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    EvmDevelopment key; /* without places */
    EvmDevelopmentPlace place;
} Fact;

static void add_flips(GArray *facts, const EvmFlips *flips, const EvmJoin *join)
{
    for (size_t i = 0; i < flips->count; i++) {
        const EvmFlip *flip = &flips->items[i];
        bool is_contested = flip->after.kind == EVM_CONTROL_CONTESTED;
        Fact fact = {
            .key = {.date = flip->day,
                    .kind = is_contested ? EVM_KIND_CONTESTED : EVM_KIND_CONTROL,
                    .after = flip->after,
                    .is_retaken = flip->is_retaken,
                    .province = (int32_t)join->gazetteer->districts[flip->district].province},
            .place = {.district = (int32_t)flip->district,
                      .event = flip->claim < 0 ? -1 : (int32_t)join->claims[flip->claim].event}};
        if (flip->after.kind != EVM_CONTROL_UNASSESSED)
            g_array_append_val(facts, fact);
    }
}

static bool has_flip(const EvmFlips *flips, int32_t district, EvmDate date)
{
    for (size_t i = 0; i < flips->count; i++)
        if ((int32_t)flips->items[i].district == district && flips->items[i].day.days == date.days)
            return true;
    return false;
}

/* Whether a row reports something that is no claim, and counts. */
static bool is_report(const EvmState *state, size_t index, EvmDate from)
{
    const EvmEvent *event = &state->join->events->items[index];
    EvmFate fate = state->join->fates[index];
    EvmDate date = evm_event_effective_at(event);
    return (fate == EVM_FATE_REPORT || fate == EVM_FATE_POINT || fate == EVM_FATE_PROVINCE) &&
           !event->is_retracted && date.days > from.days &&
           date.days <= state->question.date.days &&
           evm_event_known_at(event).days <= state->question.known.days;
}

static bool has_province(const GArray *provinces, int32_t province)
{
    if (!provinces)
        return true;
    for (guint i = 0; i < provinces->len; i++)
        if (g_array_index(provinces, int32_t, i) == province)
            return true;
    return false;
}

static void add_reports(GArray *facts, const EvmState *state, EvmDate from, const GArray *provinces,
                        const EvmFlips *flips)
{
    const EvmJoin *join = state->join;
    const EvmGazetteer *gazetteer = join->gazetteer;
    for (size_t i = 0; i < join->events->count; i++) {
        const EvmEvent *event = &join->events->items[i];
        if (!is_report(state, i, from))
            continue;
        bool is_district = join->fates[i] == EVM_FATE_REPORT;
        int32_t district = is_district ? join->matches[i].district : -1;
        EvmDate date = evm_event_effective_at(event);
        int32_t province = district >= 0 ? (int32_t)gazetteer->districts[district].province
                                         : evm_gazetteer_find_province(gazetteer, event->province);
        Fact fact = {.key = {.date = date,
                             .kind = evm_kind_is_claim(event->kind) ? EVM_KIND_OTHER : event->kind,
                             .province = province},
                     .place = {district, (int32_t)i}};
        if (has_province(provinces, province) &&
            !(district >= 0 && has_flip(flips, district, date)))
            g_array_append_val(facts, fact);
    }
}

/* The same entry: all but the place. */
static int compare_keys(const EvmDevelopment *a, const EvmDevelopment *b)
{
    const int64_t pairs[][2] = {{b->date.days, a->date.days},   {a->kind, b->kind},
                                {a->after.kind, b->after.kind}, {a->after.actor, b->after.actor},
                                {a->is_retaken, b->is_retaken}, {a->province, b->province}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (pairs[i][0] != pairs[i][1])
            return pairs[i][0] < pairs[i][1] ? -1 : 1;
    return 0;
}

static int compare_facts(const void *pa, const void *pb)
{
    const Fact *a = pa, *b = pb;
    int order = compare_keys(&a->key, &b->key);
    if (order != 0)
        return order;
    if (a->place.district != b->place.district)
        return a->place.district < b->place.district ? -1 : 1;
    return a->place.event < b->place.event ? -1 : a->place.event > b->place.event;
}

static int compare_developments(const void *pa, const void *pb)
{
    const EvmDevelopment *a = pa, *b = pb;
    bool is_a_change = evm_kind_is_claim(a->kind), is_b_change = evm_kind_is_claim(b->kind);
    if (a->date.days != b->date.days)
        return a->date.days > b->date.days ? -1 : 1;
    if (is_a_change != is_b_change)
        return is_a_change ? -1 : 1;
    if (a->places->len != b->places->len)
        return a->places->len > b->places->len ? -1 : 1;
    return compare_keys(a, b);
}

static bool is_same_place(const EvmJoin *join, EvmDevelopmentPlace a, EvmDevelopmentPlace b)
{
    const EvmEvent *events = join->events->items;
    if (a.district != b.district)
        return false;
    return a.district >= 0 ||
           g_ascii_strcasecmp(events[a.event].district, events[b.event].district) == 0;
}

static void add_place(const EvmJoin *join, GArray *places, EvmDevelopmentPlace place)
{
    for (guint i = 0; i < places->len; i++)
        if (is_same_place(join, g_array_index(places, EvmDevelopmentPlace, i), place))
            return;
    g_array_append_val(places, place);
}

/* Facts of one entry stand together. */
static GArray *group_facts(const EvmJoin *join, const GArray *facts)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(EvmDevelopment));
    for (guint i = 0; i < facts->len; i++) {
        const Fact *fact = &g_array_index(facts, Fact, i);
        if (i == 0 || compare_keys(&g_array_index(facts, Fact, i - 1).key, &fact->key) != 0) {
            EvmDevelopment development = fact->key;
            development.places = g_array_new(FALSE, FALSE, sizeof(EvmDevelopmentPlace));
            g_array_append_val(all, development);
        }
        add_place(join, g_array_index(all, EvmDevelopment, all->len - 1).places, fact->place);
    }
    return all;
}

EvmDevelopments *evm_developments_compute(const EvmUniverse *universe, const EvmState *state,
                                          EvmDate from, const GArray *provinces)
{
    EvmQuestion before = state->question;
    before.date = from;
    EvmFlips *flips = evm_flips_compute(universe, state->join, &before, state->question.date);
    GArray *facts = g_array_new(FALSE, FALSE, sizeof(Fact));
    add_flips(facts, flips, state->join);
    add_reports(facts, state, from, provinces, flips);
    g_array_sort(facts, compare_facts);
    GArray *all = group_facts(state->join, facts);
    g_array_sort(all, compare_developments);
    EvmDevelopments *developments = g_new0(EvmDevelopments, 1);
    developments->count = all->len;
    developments->items = (EvmDevelopment *)(void *)g_array_free(all, FALSE);
    g_array_free(facts, TRUE);
    evm_flips_free(flips);
    return developments;
}

void evm_developments_free(EvmDevelopments *developments)
{
    if (!developments)
        return;
    for (size_t i = 0; i < developments->count; i++)
        g_array_free(developments->items[i].places, TRUE);
    g_free(developments->items);
    g_free(developments);
}
