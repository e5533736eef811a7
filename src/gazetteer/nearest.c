#include <string.h>

#include "gazetteer/parts.h"

typedef struct {
    int32_t places[EVM_MATCH_CANDIDATES];
    unsigned costs[EVM_MATCH_CANDIDATES];
    const EvmTableName *names[EVM_MATCH_CANDIDATES];
    unsigned count;
} Nearest;

static unsigned worst_cost(const Nearest *nearest, unsigned limit)
{
    return nearest->count < EVM_MATCH_CANDIDATES ? limit : nearest->costs[nearest->count - 1];
}

/* Of two that cost the same the first of the gazetteer comes first. */
static bool is_before(unsigned cost, int32_t place, const Nearest *nearest, unsigned at)
{
    return cost != nearest->costs[at] ? cost < nearest->costs[at] : place < nearest->places[at];
}

static void keep(Nearest *nearest, const EvmTableName *name, unsigned cost)
{
    int32_t place = name->place;
    unsigned at = 0;
    while (at < nearest->count && nearest->places[at] != place)
        at++;
    if (at < nearest->count && nearest->costs[at] <= cost)
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

/* A district of another province has to be nearer by a slip and a half; across scripts there are
 * only skeletons, which say less. */
enum { ACROSS = EVM_COST_SLIP, ELSEWHERE = EVM_COST_SLIP * 3 / 2, LEAST_OF_CLASS = 10 };

typedef struct {
    const EvmNameQuest *quest;
    const EvmFoldKeys *keys;
    uint64_t tally;
    bool is_arabic;
    unsigned limit;
    bool only_province, only_script, with_outside;
} Search;

static Search init_search(const EvmNameQuest *quest, const EvmFoldKeys *keys)
{
    return (Search){.quest = quest,
                    .keys = keys,
                    .tally = evm_fold_count_classes(keys->keys[EVM_FOLD_SKELETON]),
                    .is_arabic = (quest->name.letters[0] & EVM_LETTER_ARABIC) != 0};
}

static bool is_arabic(const EvmTableName *name)
{
    return (name->name.letters[0] & EVM_LETTER_ARABIC) != 0;
}

/* What it would cost to write the key from nothing. */
static unsigned whole_cost(const EvmCosts *costs, const char *key)
{
    unsigned cost = 0;
    for (; *key; key++)
        cost += costs->gap[*key & 0x7F];
    return cost;
}

/* Not more than it costs to come to that name. */
static unsigned bound_of(const Search *search, const EvmTableName *name)
{
    bool across = search->is_arabic != is_arabic(name);
    unsigned bound = across ? ACROSS : 0;
    if (search->quest->province >= 0 && name->province != search->quest->province)
        bound += ELSEWHERE;
    if (!search->is_arabic || across)
        bound += LEAST_OF_CLASS * evm_fold_count_class_difference(search->tally, name->tally);
    return bound;
}

static unsigned cost_of(const Search *search, const EvmTableName *name, unsigned limit)
{
    const EvmGazetteerFull *full = search->quest->full;
    bool across = search->is_arabic != is_arabic(name);
    bool by_letters = search->is_arabic && !across;
    EvmFold level = across ? EVM_FOLD_SKELETON : by_letters ? EVM_FOLD_LIGHT : EVM_FOLD_SPELLING;
    unsigned extra = across ? ACROSS : 0;
    if (search->quest->province >= 0 && name->province != search->quest->province)
        extra += ELSEWHERE;
    if (extra > limit)
        return limit + 1;
    const EvmCosts *costs = by_letters ? &full->letter_costs : &full->sound_costs;
    return extra + evm_costs_compute_distance(costs, search->keys->keys[level], name->keys[level],
                                              limit - extra);
}

static bool is_looked_at(const Search *search, const EvmTableName *name)
{
    if (!name->keys[0] || (name->place < 0 && !search->with_outside))
        return false;
    if (search->only_script && search->is_arabic != is_arabic(name))
        return false;
    return !search->only_province || search->quest->province < 0 ||
           name->province == search->quest->province;
}

/* Names by what they cost at least, in steps: the near ones first make the far ones not worth a
 * look. */
enum { STEP = LEAST_OF_CLASS, STEPS = 64 };

typedef struct {
    uint32_t *order;          /* indexes of names */
    uint32_t ends[STEPS + 1]; /* step s has order[ends[s] .. ends[s + 1]) */
} Queue;

static Queue queue_new(const Search *search, const EvmNameTable *table)
{
    Queue queue = {.order = g_new(uint32_t, table->count + 1)};
    g_autofree uint8_t *steps = g_new(uint8_t, table->count + 1);
    for (uint32_t i = 0; i < table->count; i++) {
        unsigned bound = is_looked_at(search, &table->names[i]) ? bound_of(search, &table->names[i])
                                                                : search->limit + 1;
        steps[i] = bound > search->limit ? UINT8_MAX : (uint8_t)MIN(bound / STEP, STEPS - 1);
        if (steps[i] != UINT8_MAX)
            queue.ends[steps[i] + 1]++;
    }
    uint32_t next[STEPS];
    for (unsigned s = 0; s < STEPS; s++) {
        next[s] = queue.ends[s];
        queue.ends[s + 1] += queue.ends[s];
    }
    for (uint32_t i = 0; i < table->count; i++)
        if (steps[i] != UINT8_MAX)
            queue.order[next[steps[i]]++] = i;
    return queue;
}

static void find_nearest(const Search *search, const EvmNameTable *table, Nearest *nearest)
{
    Queue queue = queue_new(search, table);
    nearest->count = 0;
    for (unsigned s = 0; s < STEPS && s * STEP <= worst_cost(nearest, search->limit); s++)
        for (uint32_t i = queue.ends[s]; i < queue.ends[s + 1]; i++) {
            const EvmTableName *name = &table->names[queue.order[i]];
            unsigned worst = worst_cost(nearest, search->limit);
            unsigned cost = cost_of(search, name, worst);
            if (cost <= worst)
                keep(nearest, name, cost);
        }
    g_free(queue.order);
}

void evm_quest_find_nearest(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmFoldKeys keys;
    Nearest nearest;
    evm_fold_compute(&quest->name, &keys);
    Search search = init_search(quest, &keys);
    search.limit = EVM_NAME_LETTERS * EVM_COST_SLIP;
    find_nearest(&search, &quest->full->district_names, &nearest);
    match->candidate_count = nearest.count;
    memcpy(match->candidates, nearest.places, sizeof match->candidates);
}

/* How near is near: the cost in hundredths of the whole name's, and by how much more the next place
 * has to be away, with a part of that cost on top. In a province there are a dozen names, in the
 * country four hundred; there a short name needs the same consonants (in Arabic script they would
 * be all there is). */
typedef struct {
    unsigned most, clear, clear_part, least_whole;
    bool only_alike;
} Reach;

static const Reach IN_PROVINCE = {25, 12, 0, 54, false},
                   IN_PROVINCE_ARABIC = {25, 12, 0, 40, false}, ANYWHERE = {16, 14, 0, 67, false},
                   ANYWHERE_SHORT = {25, 9, 50, 40, true};

enum { SCORE_MOST = 90 }; /* less the hundredths that it costs */

static unsigned share(unsigned cost, unsigned whole)
{
    return whole ? cost * 100 / whole : 100;
}

static bool is_alike(const Search *search, const EvmTableName *name)
{
    return strcmp(search->keys->keys[EVM_FOLD_SKELETON], name->keys[EVM_FOLD_SKELETON]) == 0;
}

static bool is_in_reach(const Search *search, const Reach *reach, const Nearest *nearest,
                        unsigned whole)
{
    unsigned best = share(nearest->costs[0], whole);
    unsigned clear = reach->clear + best * reach->clear_part / 100;
    if (best > reach->most || (reach->only_alike && !is_alike(search, nearest->names[0])))
        return false;
    return nearest->count == 1 || share(nearest->costs[1], whole) >= best + clear;
}

/* What is near, and nothing else; NULL when there is no such name. `nearest` has what comes next.
 */
static const EvmTableName *find_near(Search *search, const EvmNameTable *table, const Reach *reach,
                                     Nearest *nearest, unsigned *score)
{
    const EvmGazetteerFull *full = search->quest->full;
    const EvmCosts *costs = search->is_arabic ? &full->letter_costs : &full->sound_costs;
    const char *key = search->keys->keys[search->is_arabic ? EVM_FOLD_LIGHT : EVM_FOLD_SPELLING];
    unsigned whole = whole_cost(costs, key);
    nearest->count = 0;
    if (reach == &ANYWHERE && whole < ANYWHERE.least_whole && !search->is_arabic)
        reach = &ANYWHERE_SHORT;
    if (whole < reach->least_whole || strpbrk(key, "0123456789"))
        return NULL;
    search->limit = whole * (reach->most * (100 + reach->clear_part) / 100 + reach->clear) / 100;
    search->only_province = search->only_script = search->with_outside = true;
    find_nearest(search, table, nearest);
    if (nearest->count == 0 || nearest->places[0] < 0 ||
        !is_in_reach(search, reach, nearest, whole) ||
        evm_name_is_told_apart(&search->quest->name, &nearest->names[0]->name))
        return NULL;
    *score = SCORE_MOST - share(nearest->costs[0], whole);
    return nearest->names[0];
}

bool evm_quest_resolve_near(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmFoldKeys keys;
    Nearest nearest;
    unsigned score;
    evm_fold_compute(&quest->name, &keys);
    Search search = init_search(quest, &keys);
    const Reach *reach = quest->province < 0 ? &ANYWHERE
                         : search.is_arabic  ? &IN_PROVINCE_ARABIC
                                             : &IN_PROVINCE;
    const EvmTableName *name =
        find_near(&search, &quest->full->district_names, reach, &nearest, &score);
    if (!name)
        return false;
    *match = evm_match_init_found(name->place, EVM_MATCH_NEAR, score);
    for (unsigned i = 1; i < nearest.count; i++)
        if (nearest.places[i] >= 0)
            match->candidates[match->candidate_count++] = nearest.places[i];
    return true;
}

/* How far the nearest name of a place is that is alike at a level. */
static unsigned least_cost(const Search *search, EvmFold level, int32_t place)
{
    const EvmNameTable *table = &search->quest->full->district_names;
    const EvmNameIndexEntry *entry = NULL;
    unsigned least = search->limit;
    while ((entry = evm_name_index_find(&table->folded[level], search->keys->keys[level], entry)))
        if (table->names[entry->value].place == place)
            least = MIN(least, cost_of(search, &table->names[entry->value], search->limit));
    return least;
}

static unsigned least_cost_in(const Search *search, const EvmNameTable *table, int32_t place)
{
    unsigned least = search->limit;
    for (uint32_t i = 0; i < table->count; i++)
        if (table->names[i].place == place && table->names[i].keys[0])
            least = MIN(least, cost_of(search, &table->names[i], least));
    return least;
}

bool evm_quest_is_nearer(const EvmNameQuest *quest, int32_t district, int32_t province)
{
    EvmFoldKeys keys;
    evm_fold_compute(&quest->name, &keys);
    Search search = init_search(quest, &keys);
    search.limit = EVM_NAME_LETTERS * EVM_COST_SLIP;
    return 2 * least_cost_in(&search, &quest->full->district_names, district) <
           least_cost_in(&search, &quest->full->province_names, province);
}

EvmNameHits evm_quest_find_rivals(const EvmNameQuest *quest, EvmFold level, int32_t place)
{
    enum { CHEAP = 7 };
    const EvmNameTable *table = &quest->full->district_names;
    EvmFoldKeys keys;
    evm_fold_compute(&quest->name, &keys);
    Search search = init_search(quest, &keys);
    search.limit = EVM_NAME_LETTERS * EVM_COST_SLIP;
    search.limit = MAX(CHEAP, least_cost(&search, level, place));
    EvmNameHits hits = {.places = {place}, .count = 1};
    const EvmNameIndexEntry *entry = NULL;
    while ((entry = evm_name_index_find(&table->folded[level], keys.keys[level], entry))) {
        const EvmTableName *name = &table->names[entry->value];
        if (name->place >= 0 && cost_of(&search, name, search.limit) <= search.limit)
            evm_name_hits_add(&hits, name);
    }
    return hits;
}

int32_t evm_gazetteer_find_near_province(const EvmGazetteerFull *full, const char *text)
{
    EvmFoldKeys keys;
    Nearest nearest;
    unsigned score;
    EvmNameQuest quest = {full, -1, {.word_count = 0}};
    if (!evm_name_parse(&quest.name, text, strlen(text)))
        return -1;
    evm_fold_compute(&quest.name, &keys);
    Search search = init_search(&quest, &keys);
    const EvmTableName *found =
        find_near(&search, &full->province_names, &IN_PROVINCE, &nearest, &score);
    return found ? found->place : -1;
}
