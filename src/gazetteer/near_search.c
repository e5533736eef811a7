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
    *search = (EvmNearSearch){.quest = quest,
                              .is_arabic = evm_name_is_arabic(&quest->name),
                              .limit = EVM_NAME_LETTERS * EVM_COST_SLIP};
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
    return !search->only_province || search->quest->province < 0 ||
           traits->province == search->quest->province;
}

static void look_at(const EvmNearSearch *search, const EvmTableName *name, EvmNearest *nearest)
{
    unsigned worst = worst_cost(nearest, search->limit);
    unsigned cost = evm_near_search_compute_cost(search, name, worst);
    if (cost <= worst)
        keep(nearest, name, cost);
}

static EvmNearest find_one_by_one(const EvmNearSearch *search, const EvmNameTable *table)
{
    EvmNearest nearest = {.count = 0};
    for (uint32_t i = 0; i < table->count; i++)
        if (is_looked_at(search, &table->traits[i]))
            look_at(search, &table->names[i], &nearest);
    return nearest;
}

/* Names of one script, and the key by which they are compared. */
typedef struct {
    const EvmNameBlocks *blocks;
    bool across;
    EvmBlockKey key;
} Side;

static void init_side(Side *side, const EvmNearSearch *search, const EvmNameTable *table,
                      bool is_arabic)
{
    bool across = is_arabic != search->is_arabic;
    EvmFold level = across ? EVM_FOLD_SKELETON : evm_fold_find_own_level(is_arabic);
    side->blocks = across ? &table->skeletons[is_arabic] : &table->own[is_arabic];
    side->across = across;
    evm_block_key_init(&side->key, side->blocks, search->quest->keys.keys[level]);
}

/* With what names cost on top of their letters; UINT8_MAX where one is not looked at. Provinces
 * that share their last bits are taken for one. */
static EvmLanes add_extras(const EvmNearSearch *search, const Side *side, const EvmNameBlock *block,
                           EvmLanes costs)
{
    int32_t province = search->quest->province;
    if (side->across)
        costs = evm_lanes_add(costs, evm_lanes_init(ACROSS));
    if (province >= 0) {
        EvmLanes is_there = (EvmLanes)(block->provinces == evm_lanes_init((unsigned)province));
        EvmLanes extra = evm_lanes_init(search->only_province ? UINT8_MAX : ELSEWHERE);
        costs = evm_lanes_add(costs, extra & ~is_there);
    }
    return search->with_outside ? costs : costs | block->is_outside;
}

/* Blocks by what their names cost at least, in steps: the near ones first make the far ones not
 * worth a look. */
enum { STEP = 2, STEPS = 128 };

typedef struct {
    const Side *side;
    const EvmNameBlock *block;
    unsigned next; /* index + 1, or 0 */
} Waiting;

typedef struct {
    unsigned first[STEPS]; /* of each step the index + 1, or 0 */
    unsigned count;
    Waiting *items;
} Queue;

static void add_blocks(const EvmNearSearch *search, const Side *side, Queue *queue)
{
    for (uint32_t i = 0; i < side->blocks->count; i++) {
        const EvmNameBlock *block = &side->blocks->blocks[i];
        EvmLanes bounds = evm_name_block_compute_bounds(block, &side->key);
        unsigned bound = evm_lanes_find_least(add_extras(search, side, block, bounds));
        if (bound > search->limit || bound == EVM_BLOCK_COST_MOST)
            continue;
        unsigned *first = &queue->first[bound / STEP];
        queue->items[queue->count] = (Waiting){side, block, *first};
        *first = ++queue->count;
    }
}

static void look_at_block(const EvmNearSearch *search, const EvmNameTable *table,
                          const Waiting *waiting, EvmNearest *nearest)
{
    unsigned worst = worst_cost(nearest, search->limit);
    const Side *side = waiting->side;
    const EvmNameBlock *block = waiting->block;
    unsigned limit = worst - MIN(worst, side->across ? (unsigned)ACROSS : 0);
    EvmLanes costs = evm_name_block_compute_costs(block, &side->key, limit);
    EvmLanes wholes = add_extras(search, side, block, costs);
    if (!evm_lanes_is_any_within(wholes, worst))
        return;
    for (unsigned i = 0; i < block->count; i++) {
        const EvmTableName *name = &table->names[block->names[i]];
        if (wholes[i] > worst || !is_looked_at(search, &table->traits[block->names[i]]))
            continue;
        unsigned cost = costs[i] + extra_cost(search, side->across, name->province);
        if (cost <= worst_cost(nearest, search->limit))
            keep(nearest, name, cost);
    }
}

static EvmNearest find_in_blocks(const EvmNearSearch *search, const EvmNameTable *table)
{
    EvmNearest nearest = {.count = 0};
    Side sides[2];
    unsigned side_count = search->only_script ? 1 : 2, block_count = 0;
    for (unsigned i = 0; i < side_count; i++) {
        init_side(&sides[i], search, table, search->is_arabic != (i > 0));
        block_count += sides[i].blocks->count;
    }
    g_autofree Waiting *items = g_new(Waiting, block_count);
    Queue queue = {.items = items};
    for (unsigned i = 0; i < side_count; i++)
        add_blocks(search, &sides[i], &queue);
    for (unsigned s = 0; s < STEPS && s * STEP <= worst_cost(&nearest, search->limit); s++)
        for (unsigned i = queue.first[s]; i > 0; i = queue.items[i - 1].next)
            look_at_block(search, table, &queue.items[i - 1], &nearest);
    return nearest;
}

EvmNearest evm_near_search_find(const EvmNearSearch *search, const EvmNameTable *table)
{
    if (search->is_exhaustive)
        return find_one_by_one(search, table);
    evm_gazetteer_compute_blocks(search->quest->full);
    EvmNearest nearest = find_in_blocks(search, table);
    bool is_beyond_blocks = worst_cost(&nearest, search->limit) >= EVM_BLOCK_COST_MOST;
    return is_beyond_blocks ? find_one_by_one(search, table) : nearest;
}
