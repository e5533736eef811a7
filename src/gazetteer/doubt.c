/* What speaks against a district that has been found: another that was meant as likely. */
#include <string.h>

#include "gazetteer/parts.h"

static void add_other(EvmMatch *match, const EvmTableName *other)
{
    EvmNameHits hits = {.places = {match->district}, .count = 1};
    evm_name_hits_add(&hits, other);
    *match = evm_match_init_hits(&hits, EVM_MATCH_AMBIGUOUS, 0);
}

/* "Kushk-e-", "Koran wa": what joins words joins nothing at the end. */
static EvmName without_last_connectors(const EvmName *name)
{
    static const char *const connectors[] = {"e", "o", "wa", "va", "and"};
    EvmName kept = *name;
    for (size_t i = 0; i < G_N_ELEMENTS(connectors);)
        if (kept.word_count > 1 && evm_name_is_word(&kept, kept.word_count - 1, connectors[i])) {
            evm_name_clear_word(&kept, kept.word_count - 1);
            i = 0;
        } else {
            i++;
        }
    return kept;
}

/* The name of another place whose letters begin with these; or NULL. */
static const EvmTableName *find_longer_letters(const EvmNameQuest *quest, const char *letters,
                                               int32_t place)
{
    const EvmNameTable *table = &quest->full->district_names;
    for (uint32_t i = evm_name_table_find_letters(table, letters); i < table->by_letters_count;
         i++) {
        const EvmTableName *name = &table->names[table->by_letters[i]];
        if (!g_str_has_prefix(name->keys[EVM_FOLD_LIGHT], letters))
            return NULL;
        if (name->place != place && (quest->province < 0 || name->province == quest->province))
            return name;
    }
    return NULL;
}

void evm_quest_add_cut_off(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmFoldKeys keys;
    if (match->district < 0 || quest->name.word_count < 2)
        return;
    EvmName name = without_last_connectors(&quest->name);
    evm_fold_compute(&name, &keys);
    const EvmTableName *other =
        find_longer_letters(quest, keys.keys[EVM_FOLD_LIGHT], match->district);
    if (other)
        add_other(match, other);
}

void evm_quest_add_near(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmMatch near;
    if (match->district < 0 || !evm_quest_resolve_near(quest, &near))
        return;
    EvmTableName other = {.kind = EVM_NAME_ALIAS, .place = near.district};
    if (near.district != match->district)
        add_other(match, &other);
}

bool evm_quest_is_beginning_with_another(const EvmNameQuest *quest, int32_t place)
{
    const EvmNameTable *table = &quest->full->district_names;
    for (unsigned count = 1; quest->province >= 0 && count < quest->name.word_count; count++) {
        EvmFoldKeys keys;
        EvmName words = evm_name_find_words(&quest->name, 0, count);
        evm_fold_compute(&words, &keys);
        EvmNameHits hits = evm_name_table_find_folded(
            table, EVM_FOLD_SPELLING, keys.keys[EVM_FOLD_SPELLING], quest->province);
        if (hits.count > 0 && hits.places[0] != place)
            return true;
    }
    return false;
}

static bool has_word(const EvmTableName *name, const char *spelling)
{
    EvmFoldKeys keys;
    /* Sounds that are kept only where a name starts. */
    const char *inside = spelling + (*spelling && strchr("hwy", *spelling) ? 1 : 0);
    if (!name->keys[0] || !strstr(name->keys[EVM_FOLD_SPELLING], inside))
        return false;
    for (unsigned i = 0; name->name.word_count > 1 && i < name->name.word_count; i++) {
        EvmName word = evm_name_find_words(&name->name, i, 1);
        evm_fold_compute(&word, &keys);
        if (strcmp(keys.keys[EVM_FOLD_SPELLING], spelling) == 0)
            return true;
    }
    return false;
}

/* The one of the quest's province; -1 when none has the word, or so many in the country that it
 * tells nothing: Qala, Khel. */
static int32_t find_with_word(const EvmNameQuest *quest, const EvmName *word, int32_t place)
{
    enum { MOST_PLACES = 2 };
    const EvmNameTable *table = &quest->full->district_names;
    EvmNameHits hits = {.count = 0};
    EvmFoldKeys keys;
    int32_t found = -1;
    evm_fold_compute(word, &keys);
    for (uint32_t i = 0; i < table->count && hits.count <= MOST_PLACES; i++) {
        const EvmTableName *name = &table->names[i];
        if (!has_word(name, keys.keys[EVM_FOLD_SPELLING]))
            continue;
        evm_name_hits_add(&hits, name);
        if (name->province == quest->province && name->place >= 0 && name->place != place)
            found = name->place;
    }
    return hits.count <= MOST_PLACES ? found : -1;
}

static int32_t find_with_words(const EvmNameQuest *quest, const EvmName *words, int32_t place)
{
    enum { LEAST_LETTERS = 3 };
    int32_t found = -1;
    for (unsigned i = 0; found < 0 && i < words->word_count; i++) {
        EvmName word = evm_name_find_words(words, i, 1);
        if (evm_name_count_letters(words, i) >= LEAST_LETTERS)
            found = find_with_word(quest, &word, place);
    }
    return found;
}

int32_t evm_quest_find_other_with_words(const EvmNameQuest *kept, const EvmName *left,
                                        int32_t place)
{
    EvmNameQuest there;
    EvmName name = without_last_connectors(&kept->name);
    evm_name_quest_init(&there, kept->full, (int32_t)kept->full->districts[place].province, &name);
    int32_t longer = evm_quest_find_longer(&there, place);
    return longer >= 0 ? longer : find_with_words(&there, left, place);
}
