#include <string.h>

#include "gazetteer/parts.h"

/* Optimal string alignment: a slip is one sound wrong, missing, too many, or two swapped. Gives up
 * past `limit`. */
static unsigned measure_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                                 unsigned limit)
{
    uint8_t rows[3][EVM_FOLD_KEY_SIZE];
    uint8_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        last[j] = (uint8_t)j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = (uint8_t)i;
        unsigned least = row[0];
        for (size_t j = 1; j <= b_length; j++) {
            unsigned cost = a[i - 1] != b[j - 1];
            unsigned best = MIN(MIN(row[j - 1] + 1u, last[j] + 1u), last[j - 1] + cost);
            if (cost && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN(best, before[j - 2] + 1u);
            row[j] = (uint8_t)best;
            least = MIN(least, best);
        }
        if (least > limit)
            return limit + 1;
        uint8_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b_length];
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

/* Scores are in quarters of a slip. Spellings are compared within a script, skeletons across; a
 * district of another province has to be nearer by a slip and a half. */
enum { SLIP = 4, ELSEWHERE = 6 };

static unsigned score_name(const EvmNameQuest *quest, const EvmFoldKeys *keys,
                           const EvmTableName *name, unsigned limit)
{
    bool same_script =
        ((quest->name.letters[0] ^ name->name.letters[0]) & EVM_LETTER_ARABIC) == 0;
    EvmFold level = same_script ? EVM_FOLD_SPELLING : EVM_FOLD_SKELETON;
    const char *a = keys->keys[level], *b = name->keys[level];
    size_t a_length = strlen(a), b_length = strlen(b);
    unsigned extra = quest->province >= 0 && name->province != quest->province ? ELSEWHERE : 0;
    size_t gap = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (gap * SLIP + extra > limit)
        return limit + 1;
    return measure_distance(a, a_length, b, b_length, (limit - extra) / SLIP) * SLIP + extra;
}

void evm_quest_find_nearest(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmFoldKeys keys;
    Nearest nearest = {.count = 0};
    evm_fold_compute(&quest->name, &keys);
    /* More than half of the name wrong is another name. */
    unsigned limit = (unsigned)(strlen(keys.keys[EVM_FOLD_SPELLING]) + 1) / 2 * SLIP;
    const EvmNameTable *table = &quest->full->district_names;
    for (uint32_t i = 0; i < table->count; i++) {
        const EvmTableName *name = &table->names[i];
        if (name->place < 0 || !name->keys[0])
            continue;
        unsigned worst = worst_score(&nearest, limit);
        unsigned score = score_name(quest, &keys, name, worst);
        if (score <= worst)
            keep(&nearest, name->place, score);
    }
    match->candidate_count = nearest.count;
    memcpy(match->candidates, nearest.places, sizeof match->candidates);
}
