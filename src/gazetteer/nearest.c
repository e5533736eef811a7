#include <string.h>

#include "gazetteer/parts.h"

/* A pattern of at most 64 sounds: for each sound the places where it stands. */
typedef struct {
    uint64_t places[256];
    unsigned length;
} Pattern;

enum { PATTERN_MOST = 64 };

static void init_pattern(Pattern *pattern, const char *key)
{
    *pattern = (Pattern){.length = 0};
    for (; key[pattern->length] && pattern->length < PATTERN_MOST; pattern->length++)
        pattern->places[(unsigned char)key[pattern->length]] |= UINT64_C(1) << pattern->length;
}

/* Optimal string alignment: a slip is one sound wrong, missing, too many, or two swapped. One
 * column at a time in the bits of a word: H. Hyyro, A bit-vector algorithm for computing
 * Levenshtein and Damerau edit distances, 2003. */
static unsigned measure_distance(const Pattern *pattern, const char *text)
{
    uint64_t plus = ~UINT64_C(0), minus = 0, diagonal = 0, before = 0;
    uint64_t last = UINT64_C(1) << (pattern->length - 1);
    unsigned distance = pattern->length;
    for (; *text; text++) {
        uint64_t same = pattern->places[(unsigned char)*text];
        uint64_t swapped = ((~diagonal & same) << 1) & before;
        diagonal = (((same & plus) + plus) ^ plus) | same | minus | swapped;
        uint64_t right_plus = minus | ~(diagonal | plus), right_minus = diagonal & plus;
        distance += (right_plus & last) != 0;
        distance -= (right_minus & last) != 0;
        right_plus = (right_plus << 1) | 1;
        right_minus <<= 1;
        plus = right_minus | ~(diagonal | right_plus);
        minus = right_plus & diagonal;
        before = same;
    }
    return distance;
}

typedef struct {
    int32_t places[EVM_MATCH_CANDIDATES];
    unsigned scores[EVM_MATCH_CANDIDATES];
    unsigned count;
} Nearest;

static unsigned worst_score(const Nearest *nearest, unsigned limit)
{
    return nearest->count < EVM_MATCH_CANDIDATES ? limit : nearest->scores[nearest->count - 1];
}

static void keep(Nearest *nearest, int32_t place, unsigned score)
{
    unsigned at = 0;
    while (at < nearest->count && nearest->places[at] != place)
        at++;
    if (at < nearest->count && nearest->scores[at] <= score)
        return;
    if (at == nearest->count && nearest->count < EVM_MATCH_CANDIDATES)
        nearest->count++;
    else if (at == nearest->count)
        at--;
    for (; at > 0 && nearest->scores[at - 1] > score; at--) {
        nearest->places[at] = nearest->places[at - 1];
        nearest->scores[at] = nearest->scores[at - 1];
    }
    nearest->places[at] = place;
    nearest->scores[at] = score;
}

/* Scores are in quarters of a slip. Spellings are compared within a script; across, there are only
 * skeletons, which say less: one that is the same is still no better than a slip. A district of
 * another province has to be nearer by a slip and a half. */
enum { SLIP = 4, SLIP_ACROSS = 8, ACROSS = 5, ELSEWHERE = 6 };

typedef struct {
    const EvmNameQuest *quest;
    Pattern spelling, skeleton;
} Measure;

static void init_measure(Measure *measure, const EvmNameQuest *quest, const EvmFoldKeys *keys)
{
    measure->quest = quest;
    init_pattern(&measure->spelling, keys->keys[EVM_FOLD_SPELLING]);
    init_pattern(&measure->skeleton, keys->keys[EVM_FOLD_SKELETON]);
}

static unsigned score_name(const Measure *measure, const EvmTableName *name, unsigned limit)
{
    const EvmNameQuest *quest = measure->quest;
    bool across = ((quest->name.letters[0] ^ name->name.letters[0]) & EVM_LETTER_ARABIC) != 0;
    const Pattern *pattern = across ? &measure->skeleton : &measure->spelling;
    const char *key = name->keys[across ? EVM_FOLD_SKELETON : EVM_FOLD_SPELLING];
    unsigned slip = across ? SLIP_ACROSS : SLIP, extra = across ? ACROSS : 0;
    if (quest->province >= 0 && name->province != quest->province)
        extra += ELSEWHERE;
    if (extra > limit || pattern->length == 0)
        return limit + 1;
    return measure_distance(pattern, key) * slip + extra;
}

static void find_nearest(const EvmNameQuest *quest, const EvmFoldKeys *keys, unsigned limit,
                         bool with_outside, Nearest *nearest)
{
    const EvmNameTable *table = &quest->full->district_names;
    Measure measure;
    init_measure(&measure, quest, keys);
    for (uint32_t i = 0; i < table->count; i++) {
        const EvmTableName *name = &table->names[i];
        if ((name->place < 0 && !with_outside) || !name->keys[0])
            continue;
        unsigned worst = worst_score(nearest, limit);
        unsigned score = score_name(&measure, name, worst);
        if (score <= worst)
            keep(nearest, name->place, score);
    }
}

void evm_quest_find_nearest(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmFoldKeys keys;
    Nearest nearest = {.count = 0};
    evm_fold_compute(&quest->name, &keys);
    unsigned limit = (unsigned)strlen(keys.keys[EVM_FOLD_SPELLING]) * SLIP + ELSEWHERE;
    find_nearest(quest, &keys, limit, false, &nearest);
    match->candidate_count = nearest.count;
    memcpy(match->candidates, nearest.places, sizeof match->candidates);
}

bool evm_quest_resolve_slip(const EvmNameQuest *quest, EvmMatch *match)
{
    /* Sounds that a name needs for a slip to leave it known, in a province and anywhere; and by
     * how many slips more all other names have to be farther off. */
    enum { LEAST = 6, LEAST_ANYWHERE = 9, CLEAR_SLIPS = 2 };
    EvmFoldKeys keys;
    Nearest nearest = {.count = 0};
    evm_fold_compute(&quest->name, &keys);
    const char *key = keys.keys[EVM_FOLD_SPELLING];
    if (strlen(key) < (quest->province < 0 ? LEAST_ANYWHERE : LEAST) || strpbrk(key, "0123456789"))
        return false;
    find_nearest(quest, &keys, (1 + CLEAR_SLIPS) * SLIP, true, &nearest);
    if (nearest.count == 0 || nearest.places[0] < 0 || nearest.scores[0] > SLIP ||
        (nearest.count > 1 && nearest.scores[1] < nearest.scores[0] + CLEAR_SLIPS * SLIP))
        return false;
    *match = evm_match_init_found(nearest.places[0], EVM_MATCH_FOLDED);
    return true;
}
