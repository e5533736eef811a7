#include "gazetteer/near_search.h"

#include <string.h>

void evm_quest_find_nearest(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmNearSearch search;
    evm_near_search_init(&search, quest);
    EvmNearest nearest = evm_near_search_find(&search, &quest->full->district_names);
    match->candidate_count = nearest.count;
    memcpy(match->candidates, nearest.places, sizeof match->candidates);
}

/* How near is near: the cost in hundredths of the whole name's, and by how much more the next place
 * has to be away, with a part of that cost on top. In a province there are a dozen names, in the
 * country four hundred; there a short name needs the same consonants, up to those that are confused
 * (in Arabic script they would be all there is), and with these a long name may have others nearer:
 * "Musa Kala" is Musa Qala, not Musa Khel. */
typedef struct {
    unsigned most, clear, clear_part, least_whole;
    bool only_alike;
} Reach;

static const Reach IN_PROVINCE = {25, 12, 0, 54, false},
                   IN_PROVINCE_ARABIC = {25, 12, 0, 40, false}, ANYWHERE = {16, 14, 0, 67, false},
                   ANYWHERE_ALIKE = {14, 9, 50, 67, true}, ANYWHERE_SHORT = {25, 9, 50, 40, true};

enum { SCORE_MOST = 90 }; /* less the hundredths that it costs */

static unsigned share(unsigned cost, unsigned whole)
{
    return whole ? cost * 100 / whole : 100;
}

/* Consonant by consonant the same or one that is confused with it: "Pakwa" and Bakwa. */
static bool has_confused_consonants(const EvmCosts *costs, const char *a, const char *b)
{
    enum { MOST_CONFUSED = 8 };
    for (; *a && *b; a++, b++)
        if (costs->replace[*a & 0x7F][*b & 0x7F] > MOST_CONFUSED)
            return false;
    return *a == *b;
}

/* "Bagh" is too short for another consonant: Bak is something else. */
static bool is_alike(const EvmNearSearch *search, const EvmTableName *name, unsigned whole)
{
    enum { LEAST_CONFUSED = 54 };
    const char *const *keys = name->keys;
    const EvmFoldKeys *wanted = &search->quest->keys;
    if (whole < LEAST_CONFUSED)
        return strcmp(wanted->keys[EVM_FOLD_SKELETON], keys[EVM_FOLD_SKELETON]) == 0;
    return strcmp(wanted->keys[EVM_FOLD_ROUGH], keys[EVM_FOLD_ROUGH]) == 0 ||
           has_confused_consonants(&search->quest->full->sound_costs,
                                   wanted->keys[EVM_FOLD_SKELETON], keys[EVM_FOLD_SKELETON]);
}

static bool is_in_reach(const EvmNearSearch *search, const Reach *reach, const EvmNearest *nearest,
                        unsigned whole)
{
    unsigned best = share(nearest->costs[0], whole);
    unsigned clear = reach->clear + best * reach->clear_part / 100;
    if (best > reach->most || (reach->only_alike && !is_alike(search, nearest->names[0], whole)))
        return false;
    return nearest->count == 1 || share(nearest->costs[1], whole) >= best + clear;
}

/* What it costs to write the whole name. */
static unsigned compute_whole(const EvmNearSearch *search)
{
    const EvmGazetteerFull *full = search->quest->full;
    const EvmCosts *costs = search->is_arabic ? &full->letter_costs : &full->sound_costs;
    EvmFold level = evm_fold_find_own_level(search->is_arabic);
    return evm_costs_compute_whole(costs, search->quest->keys.keys[level]);
}

/* What is near, and nothing else; NULL when there is no such name. `nearest` has what comes next.
 */
static const EvmTableName *find_near(EvmNearSearch *search, const EvmNameTable *table,
                                     const Reach *reach, EvmNearest *nearest, unsigned *score)
{
    const char *key = search->quest->keys.keys[evm_fold_find_own_level(search->is_arabic)];
    unsigned whole = compute_whole(search);
    nearest->count = 0;
    if (reach == &ANYWHERE && whole < ANYWHERE.least_whole && !search->is_arabic)
        reach = &ANYWHERE_SHORT;
    if (whole < reach->least_whole || strpbrk(key, "0123456789"))
        return NULL;
    search->limit = whole * (reach->most * (100 + reach->clear_part) / 100 + reach->clear) / 100;
    search->only_province = search->only_script = search->with_outside = true;
    *nearest = evm_near_search_find(search, table);
    if (nearest->count == 0 || nearest->places[0] < 0 ||
        !(is_in_reach(search, reach, nearest, whole) ||
          (reach == &ANYWHERE && is_in_reach(search, &ANYWHERE_ALIKE, nearest, whole))) ||
        evm_name_is_told_apart(&search->quest->name, &nearest->names[0]->name))
        return NULL;
    *score = SCORE_MOST - share(nearest->costs[0], whole);
    return nearest->names[0];
}

static bool is_longer(const EvmNameQuest *quest, const EvmTableName *name)
{
    const char *spelling = quest->keys.keys[EVM_FOLD_SPELLING];
    unsigned count = quest->name.word_count;
    if (name->name.word_count <= count ||
        !g_str_has_prefix(name->keys[EVM_FOLD_SPELLING], spelling))
        return false;
    EvmFoldKeys keys;
    EvmName words = evm_name_find_words(&name->name, 0, count);
    evm_fold_compute(&words, &keys);
    return strcmp(keys.keys[EVM_FOLD_SPELLING], spelling) == 0;
}

int32_t evm_quest_find_longer(const EvmNameQuest *quest, int32_t place)
{
    const EvmNameTable *table = &quest->full->district_names;
    const char *spelling = quest->keys.keys[EVM_FOLD_SPELLING];
    EvmNameLonger longer = evm_name_table_find_longer(table, EVM_FOLD_SPELLING, spelling);
    for (uint32_t word = 0; word < table->multiple.word_count; word++) {
        uint64_t names = evm_name_longer_at(&longer, word);
        for (; names; names &= names - 1) {
            const EvmTableName *name = &table->names[evm_name_sets_find_first(names, word)];
            if (name->place >= 0 && name->place != place &&
                (quest->province < 0 || name->province == quest->province) &&
                is_longer(quest, name))
                return name->place;
        }
    }
    return -1;
}

/* "Zazi" comes near Jaji, and as near the first word of Jaji Maydan. */
static bool is_first_of_another(const EvmNameQuest *quest, const EvmTableName *found)
{
    if (quest->province >= 0)
        return false;
    EvmNameQuest anywhere;
    evm_name_quest_init(&anywhere, quest->full, -1, &found->name);
    return evm_quest_find_longer(&anywhere, found->place) >= 0;
}

/* "Band" comes near Ab Band, and is a word of it: of how many other places nobody knows. */
static bool is_word_of(const EvmFoldKeys *wanted, const EvmTableName *found)
{
    EvmFoldKeys keys;
    for (unsigned i = 0; found->name.word_count > 1 && i < found->name.word_count; i++) {
        EvmName word = evm_name_find_words(&found->name, i, 1);
        evm_fold_compute(&word, &keys);
        if (strcmp(keys.keys[EVM_FOLD_SPELLING], wanted->keys[EVM_FOLD_SPELLING]) == 0)
            return true;
    }
    return false;
}

bool evm_quest_resolve_near(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmNearest nearest;
    EvmNearSearch search;
    unsigned score;
    evm_near_search_init(&search, quest);
    const Reach *reach = quest->province < 0 ? &ANYWHERE
                         : search.is_arabic  ? &IN_PROVINCE_ARABIC
                                             : &IN_PROVINCE;
    const EvmTableName *name =
        find_near(&search, &quest->full->district_names, reach, &nearest, &score);
    if (!name || is_first_of_another(quest, name) ||
        evm_quest_is_beginning_with_another(quest, name->place) ||
        (quest->province < 0 && is_word_of(&quest->keys, name)))
        return false;
    *match = evm_match_init_found(name->place, EVM_MATCH_NEAR, score);
    for (unsigned i = 1; i < nearest.count; i++)
        if (nearest.places[i] >= 0)
            match->candidates[match->candidate_count++] = nearest.places[i];
    return true;
}

/* How far the nearest name of a place is that is alike at a level. */
static unsigned least_cost(const EvmNearSearch *search, EvmFold level, int32_t place)
{
    const EvmNameTable *table = &search->quest->full->district_names;
    const EvmNameIndexEntry *entry = NULL;
    unsigned least = search->limit;
    while ((entry =
                evm_name_index_find(&table->folded[level], search->quest->keys.keys[level], entry)))
        if (table->names[entry->value].place == place)
            least = MIN(least, evm_near_search_compute_cost(search, &table->names[entry->value],
                                                            search->limit));
    return least;
}

static unsigned least_cost_in(const EvmNearSearch *search, const EvmNameTable *table, int32_t place)
{
    unsigned least = search->limit;
    for (uint32_t i = 0; i < table->count; i++)
        if (table->names[i].place == place && table->names[i].keys[0])
            least = MIN(least, evm_near_search_compute_cost(search, &table->names[i], least));
    return least;
}

bool evm_quest_is_nearer(const EvmNameQuest *quest, int32_t district, int32_t province)
{
    EvmNearSearch search;
    evm_near_search_init(&search, quest);
    return 2 * least_cost_in(&search, &quest->full->district_names, district) <
           least_cost_in(&search, &quest->full->province_names, province);
}

static void add_alike(const EvmNearSearch *search, EvmFold level, EvmNameHits *hits)
{
    const EvmNameTable *table = &search->quest->full->district_names;
    const EvmNameIndexEntry *entry = NULL;
    while ((entry = evm_name_index_find(&table->folded[level], search->quest->keys.keys[level],
                                        entry))) {
        const EvmTableName *name = &table->names[entry->value];
        bool is_there = search->quest->province < 0 || name->province == search->quest->province;
        if (name->place >= 0 && is_there &&
            evm_near_search_compute_cost(search, name, search->limit) <= search->limit)
            evm_name_hits_add(hits, name);
    }
}

/* "Shorawak" has the sounds of Shahrak, but Shorabak is nearer. */
static void add_nearer(EvmNearSearch *search, EvmNameHits *hits)
{
    search->only_province = search->only_script = search->with_outside = true;
    EvmNearest nearest = evm_near_search_find(search, &search->quest->full->district_names);
    for (unsigned i = 0; i < nearest.count; i++)
        evm_name_hits_add(hits, nearest.names[i]);
}

EvmNameHits evm_quest_find_rivals(const EvmNameQuest *quest, EvmFold level, int32_t place)
{
    enum { CHEAP = 7 };
    EvmNearSearch search;
    evm_near_search_init(&search, quest);
    unsigned least = least_cost(&search, level, place);
    bool is_found = least < search.limit;
    EvmNameHits hits = {.places = {place}, .count = 1};
    search.limit = MAX(CHEAP, least);
    add_alike(&search, level, &hits);
    search.limit = least;
    if (is_found && least > (quest->province >= 0 ? CHEAP : 0))
        add_nearer(&search, &hits);
    return hits;
}

void evm_gazetteer_find_runners_up(const EvmGazetteer *gazetteer, const char *name, EvmMatch *match)
{
    enum { FAR_SHARE = 25 };
    EvmNearSearch search;
    EvmName parsed;
    EvmNameQuest quest;
    /* A near name was found because nothing else is. */
    if (match->district < 0 || match->candidate_count > 0 || match->how == EVM_MATCH_NEAR ||
        !evm_name_parse(&parsed, name, strlen(name)))
        return;
    evm_name_quest_init(&quest, evm_gazetteer_compute_keys(gazetteer), -1, &parsed);
    evm_near_search_init(&search, &quest);
    search.only_script = true;
    search.limit = compute_whole(&search) * FAR_SHARE / 100;
    EvmNearest nearest = evm_near_search_find(&search, &quest.full->district_names);
    for (unsigned i = 0; i < nearest.count; i++)
        if (nearest.places[i] != match->district)
            match->candidates[match->candidate_count++] = nearest.places[i];
}

int32_t evm_gazetteer_find_near_province(const EvmGazetteerFull *full, const char *text)
{
    EvmNearest nearest;
    EvmNearSearch search;
    unsigned score;
    EvmName name;
    EvmNameQuest quest;
    if (!evm_name_parse(&name, text, strlen(text)))
        return -1;
    evm_name_quest_init(&quest, full, -1, &name);
    evm_near_search_init(&search, &quest);
    const EvmTableName *found =
        find_near(&search, &full->province_names, &IN_PROVINCE, &nearest, &score);
    return found ? found->place : -1;
}

int32_t evm_gazetteer_find_nearest_province(const EvmGazetteerFull *full, const char *text)
{
    enum { FAR_SHARE = 50 };
    EvmNearSearch search;
    EvmName name;
    EvmNameQuest quest;
    if (!evm_name_parse(&name, text, strlen(text)))
        return -1;
    evm_name_quest_init(&quest, full, -1, &name);
    evm_near_search_init(&search, &quest);
    search.limit = compute_whole(&search) * FAR_SHARE / 100;
    search.only_script = true;
    EvmNearest nearest = evm_near_search_find(&search, &full->province_names);
    return nearest.count > 0 ? nearest.places[0] : -1;
}
