#include "gazetteer/near_search.h"

#include <string.h>

/* A district of another province has to be nearer by a slip and a half; across scripts there are
 * only skeletons, which say less. */
enum { ACROSS = EVM_COST_SLIP, ELSEWHERE = EVM_COST_SLIP * 3 / 2 };

static const EvmCosts *own_costs(const EvmGazetteerFull *full, bool is_arabic)
{
    return is_arabic ? &full->letter_costs : &full->sound_costs;
}

void evm_near_search_init(EvmNearSearch *search, const EvmNameQuest *quest)
{
    const EvmFoldKeys *keys = &quest->keys;
    const EvmGazetteerFull *full = quest->full;
    bool is_arabic = evm_name_is_arabic(&quest->name);
    *search = (EvmNearSearch){
        .quest = quest, .is_arabic = is_arabic, .limit = EVM_NAME_LETTERS * EVM_COST_SLIP};
    search->own = evm_costs_compute_weights(own_costs(full, is_arabic),
                                            keys->keys[evm_fold_find_own_level(is_arabic)]);
    search->skeleton = evm_costs_compute_weights(&full->sound_costs, keys->keys[EVM_FOLD_SKELETON]);
}

static unsigned worst_cost(const EvmNearest *nearest, unsigned limit)
{
    return nearest->count < EVM_MATCH_CANDIDATES ? limit : nearest->costs[nearest->count - 1];
}

static bool is_before(unsigned cost, int32_t place, const EvmNearest *nearest, unsigned at)
{
    return cost != nearest->costs[at] ? cost < nearest->costs[at] : place < nearest->places[at];
}

/* A name of a place that has been met already: the cheaper one counts, or the first. */
static bool is_better_name(const EvmNearest *nearest, unsigned at, const EvmTableName *name,
                           unsigned cost)
{
    return cost != nearest->costs[at] ? cost < nearest->costs[at] : name < nearest->names[at];
}

static void keep(EvmNearest *nearest, const EvmTableName *name, unsigned cost)
{
    int32_t place = name->place;
    unsigned at = 0;
    while (at < nearest->count && nearest->places[at] != place)
        at++;
    if (at < nearest->count && !is_better_name(nearest, at, name, cost))
        return;
    if (at == nearest->count && nearest->count < EVM_MATCH_CANDIDATES)
        nearest->count++;
    else if (at == nearest->count && !is_before(cost, place, nearest, --at))
        return;
    for (; at > 0 && is_before(cost, place, nearest, at - 1); at--) {
        nearest->places[at] = nearest->places[at - 1];
        nearest->costs[at] = nearest->costs[at - 1];
        nearest->names[at] = nearest->names[at - 1];
    }
    nearest->places[at] = place;
    nearest->costs[at] = cost;
    nearest->names[at] = name;
}

static unsigned extra_cost(const EvmNearSearch *search, bool across, int32_t province)
{
    bool elsewhere = search->quest->province >= 0 && province != search->quest->province;
    return (across ? (unsigned)ACROSS : 0) + (elsewhere ? (unsigned)ELSEWHERE : 0);
}

unsigned evm_near_search_compute_cost(const EvmNearSearch *search, const EvmTableName *name,
                                      unsigned limit)
{
    const EvmGazetteerFull *full = search->quest->full;
    bool across = search->is_arabic != evm_name_is_arabic(&name->name);
    EvmFold level = across ? EVM_FOLD_SKELETON : evm_fold_find_own_level(search->is_arabic);
    unsigned extra = extra_cost(search, across, name->province);
    if (extra > limit)
        return limit + 1;
    return extra + evm_costs_compute_distance(own_costs(full, search->is_arabic && !across),
                                              search->quest->keys.keys[level], name->keys[level],
                                              limit - extra);
}

static bool is_looked_at(const EvmNearSearch *search, const EvmNameTraits *traits)
{
    if (!traits->has_keys || (traits->is_outside && !search->with_outside))
        return false;
    if (search->only_script && search->is_arabic != traits->is_arabic)
        return false;
    bool repeats =
        search->is_arabic == traits->is_arabic ? traits->repeats_own : traits->repeats_skeleton;
    if (repeats && !search->is_exhaustive)
        return false;
    return !search->only_province || search->quest->province < 0 ||
           traits->province == search->quest->province;
}

/* Not more than it costs to come to that name. */
static unsigned compute_bound(const EvmNearSearch *search, const EvmNameTraits *traits)
{
    bool across = search->is_arabic != traits->is_arabic;
    unsigned extra = extra_cost(search, across, traits->province);
    if (search->is_exhaustive)
        return 0;
    return extra + (across ? evm_costs_compute_bound(&search->skeleton, &traits->skeleton)
                           : evm_costs_compute_bound(&search->own, &traits->own));
}

/* Names by what they cost at least, in steps: the near ones first make the far ones not worth a
 * look. */
enum { STEP = 2, STEPS = 128 };

typedef struct {
    uint32_t first[STEPS]; /* of each step a name's index + 1, or 0 */
    uint32_t *next;        /* by index; 0 for the last */
} Queue;

static Queue queue_new(const EvmNearSearch *search, const EvmNameTable *table)
{
    Queue queue = {.next = g_new(uint32_t, table->count + 1)};
    for (uint32_t i = 0; i < table->count; i++) {
        if (!is_looked_at(search, &table->traits[i]))
            continue;
        unsigned bound = compute_bound(search, &table->traits[i]);
        if (bound > search->limit)
            continue;
        unsigned step = MIN(bound / STEP, STEPS - 1);
        queue.next[i] = queue.first[step];
        queue.first[step] = i + 1;
    }
    return queue;
}

static void look_at(const EvmNearSearch *search, const EvmTableName *name, EvmNearest *nearest)
{
    unsigned worst = worst_cost(nearest, search->limit);
    unsigned cost = evm_near_search_compute_cost(search, name, worst);
    if (cost <= worst)
        keep(nearest, name, cost);
}

EvmNearest evm_near_search_find(const EvmNearSearch *search, const EvmNameTable *table)
{
    EvmNearest nearest = {.count = 0};
    Queue queue = queue_new(search, table);
    for (unsigned s = 0; s < STEPS && s * STEP <= worst_cost(&nearest, search->limit); s++)
        for (uint32_t i = queue.first[s]; i > 0; i = queue.next[i - 1])
            look_at(search, &table->names[i - 1], &nearest);
    g_free(queue.next);
    return nearest;
}
