#include <string.h>

#include "gazetteer/parts.h"

/* "Kohistan Faryab", "Arghandab (Zabul)", "Logar (Puli Alam)": a province's name at either end says
 * where to look. */
static bool resolve_in_named_province(const EvmNameQuest *quest, bool at_end, unsigned count,
                                      EvmMatch *match)
{
    const EvmName *name = &quest->name;
    unsigned rest = name->word_count - count;
    EvmName words = evm_name_find_words(name, at_end ? rest : 0, count);
    int32_t province = evm_gazetteer_find_province_name(quest->full, &words);
    if (province < 0 || (quest->province >= 0 && province != quest->province))
        return false;
    EvmNameQuest inner = {quest->full, province,
                          evm_name_find_words(name, at_end ? 0 : count, rest)};
    return evm_quest_resolve_levels(&inner, match);
}

static bool resolve_province_words(const EvmNameQuest *quest, EvmMatch *match)
{
    enum { MOST_WORDS = 3 };
    for (unsigned count = 1; count <= MOST_WORDS && count < quest->name.word_count; count++)
        if (resolve_in_named_province(quest, true, count, match) ||
            resolve_in_named_province(quest, false, count, match))
            return true;
    return false;
}

/* "Asmar (Bar Kunar)": what stands outside and inside of brackets, or on the two sides of a stroke,
 * are names of one place. When they are not, the place is open. */
static bool resolve_bracketed(const EvmNameQuest *quest, const char *text, EvmMatch *match)
{
    EvmNameHits all = {.count = 0};
    size_t whole = strlen(text);
    for (const char *p = text; *p;) {
        size_t length = strcspn(p, "()[]/");
        EvmNameQuest part = {quest->full, quest->province, {.word_count = 0}};
        EvmMatch found;
        if (length < whole && evm_name_parse(&part.name, p, length) &&
            evm_quest_resolve_levels(&part, &found)) {
            EvmTableName hit = {.kind = EVM_NAME_ALIAS, .place = found.district};
            if (found.district >= 0)
                evm_name_hits_add(&all, &hit);
            else
                all.outside++;
        }
        p += length + (p[length] != '\0');
    }
    if (all.count == 0)
        return false;
    all.outside = 0;
    *match = evm_match_hits(&all, EVM_MATCH_FOLDED);
    return true;
}

/* Words that tell apart what is otherwise called the same (upper, lower, first, second, old, new):
 * a name with one more of these is another name. By skeleton, so that every spelling is met. */
static bool is_telling(const EvmName *name, unsigned word)
{
    static const char *const skeletons[] = {
        "bl",  "pn", "sfl",  "l",   "Al",  "Ald",  "dm",  "sm", "nmbr", "nw",  "jdd", "khn",
        "xn", "kn",  "shml", "$ml", "jnb", "jnbs", "$rq", "&rb"};
    EvmFoldKeys all;
    EvmName part = evm_name_find_words(name, word, 1);
    evm_fold_compute(&part, &all);
    for (const char *p = all.keys[EVM_FOLD_SKELETON]; *p; p++)
        if (g_ascii_isdigit(*p))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(skeletons); i++)
        if (strcmp(all.keys[EVM_FOLD_SKELETON], skeletons[i]) == 0)
            return true;
    return false;
}

static unsigned count_consonants(const EvmName *name, unsigned first, unsigned count)
{
    EvmFoldKeys all;
    EvmName part = evm_name_find_words(name, first, count);
    evm_fold_compute(&part, &all);
    return evm_fold_count_consonants(all.keys[EVM_FOLD_SKELETON]);
}

/* "Khost wa Fereng" is neither of the two. */
static bool is_and(const EvmName *name, unsigned word)
{
    return evm_name_is_word(name, word, "wa") || evm_name_is_word(name, word, "va") ||
           evm_name_is_word(name, word, "o") || evm_name_is_word(name, word, "u") ||
           evm_name_is_word(name, word, "\xF7");
}

/* "Road Ahmad Abad", "Hesarak Ghaljai": the name with words more at one end, but the larger part of
 * it, and nothing among them that makes it another name. */
static void add_shorter(const EvmNameQuest *quest, unsigned first, unsigned count, EvmNameHits *hits)
{
    enum { LEAST_CONSONANTS = 3 };
    const EvmName *name = &quest->name;
    unsigned kept = count_consonants(name, first, count);
    unsigned left = first > 0 ? 0 : count, left_count = name->word_count - count;
    if (kept < LEAST_CONSONANTS || kept <= count_consonants(name, left, left_count))
        return;
    for (unsigned i = left; i < left + left_count; i++)
        if (is_telling(name, i) || is_and(name, i))
            return;
    EvmFoldKeys all;
    EvmName part = evm_name_find_words(name, first, count);
    evm_fold_compute(&part, &all);
    EvmNameHits found = evm_name_table_find_folded(&quest->full->district_names, EVM_FOLD_SKELETON,
                                                   all.keys[EVM_FOLD_SKELETON], quest->province);
    evm_name_hits_merge(hits, &found);
}

/* "Mir Bacha Ko", "Khas": the name cut off, in a word or after one. */
static bool is_cut_off(const char *key, const char *whole, unsigned least)
{
    size_t length = strlen(key), whole_length = strlen(whole);
    return length < whole_length && evm_fold_count_consonants(key) >= least &&
           length * 2 > whole_length && memcmp(key, whole, length) == 0;
}

/* "Ahmad Khel" of Lija Ahmad Khel, "Pech" of Dara-e-Pech. */
static bool is_end_of(const char *key, const EvmName *whole)
{
    EvmFoldKeys all;
    if (evm_fold_count_consonants(key) < 3)
        return false;
    for (unsigned i = 1; i < whole->word_count; i++) {
        EvmName part = evm_name_find_words(whole, i, whole->word_count - i);
        evm_fold_compute(&part, &all);
        if (strcmp(key, all.keys[EVM_FOLD_SPELLING]) == 0)
            return true;
    }
    return false;
}

static void add_longer(const EvmNameQuest *quest, const EvmFoldKeys *all, EvmNameHits *hits)
{
    const EvmNameTable *table = &quest->full->district_names;
    for (uint32_t i = 0; i < table->count; i++) {
        const EvmTableName *name = &table->names[i];
        if (name->province != quest->province || !name->keys[0])
            continue;
        if (is_cut_off(all->keys[EVM_FOLD_SPELLING], name->keys[EVM_FOLD_SPELLING], 3) ||
            is_cut_off(all->keys[EVM_FOLD_ROUGH], name->keys[EVM_FOLD_ROUGH], 4) ||
            is_end_of(all->keys[EVM_FOLD_SPELLING], &name->name))
            evm_name_hits_add(hits, name);
    }
}

/* Only within a province: in the whole country too many names share their first word. */
static bool resolve_words(const EvmNameQuest *quest, EvmMatch *match)
{
    if (quest->province < 0)
        return false;
    EvmNameHits hits = {.count = 0};
    EvmFoldKeys all;
    unsigned count = quest->name.word_count;
    evm_fold_compute(&quest->name, &all);
    add_longer(quest, &all, &hits);
    for (unsigned part = count - 1; part > 0 && hits.count == 0; part--) {
        add_shorter(quest, 0, part, &hits);
        add_shorter(quest, count - part, part, &hits);
    }
    if (hits.count == 0)
        return false;
    *match = evm_match_hits(&hits, EVM_MATCH_FOLDED);
    return true;
}

bool evm_quest_resolve_parts(const EvmNameQuest *quest, const char *text, EvmMatch *match)
{
    return resolve_province_words(quest, match) || resolve_bracketed(quest, text, match) ||
           resolve_words(quest, match);
}
