#include <string.h>

#include "gazetteer/parts.h"

enum { SCORE_BRACKETS = 85, SCORE_BAG = 82, SCORE_WORDS = 75 };

/* "Kohistan Faryab", "Arghandab (Zabul)", "Reg, Helmand Province", "Logar (Puli Alam)": a
 * province's name at either end says where to look. */
static bool resolve_in_named_province(const EvmNameQuest *quest, bool at_end, unsigned count,
                                      EvmMatch *match)
{
    const EvmName *name = &quest->name;
    unsigned rest = name->word_count - count;
    EvmName words = evm_name_find_words(name, at_end ? rest : 0, count);
    int32_t province = evm_gazetteer_find_province_name(quest->full, &words);
    if (province < 0 || (quest->province >= 0 && province != quest->province))
        return false;
    EvmNameQuest inner;
    EvmName others = evm_name_find_words(name, at_end ? 0 : count, rest);
    evm_name_quest_init(&inner, quest->full, province, &others);
    return evm_quest_resolve_levels(&inner, EVM_FOLD_ROUGH, match);
}

bool evm_quest_resolve_province_words(const EvmNameQuest *quest, EvmMatch *match)
{
    enum { MOST_WORDS = 4 };
    for (unsigned count = 1; count <= MOST_WORDS && count < quest->name.word_count; count++)
        if (resolve_in_named_province(quest, true, count, match) ||
            resolve_in_named_province(quest, false, count, match))
            return true;
    return false;
}

/* What one side of a bracket or stroke names: a district, or else the province that it is in. */
static void add_bracket_part(const EvmNameQuest *part, EvmNameHits *hits, int32_t *province)
{
    EvmMatch found;
    if (!evm_quest_resolve_levels(part, EVM_FOLD_ROUGH, &found)) {
        int32_t named = evm_gazetteer_find_province_name(part->full, &part->name);
        *province = named >= 0 ? named : *province;
        return;
    }
    EvmTableName hit = {.kind = EVM_NAME_ALIAS, .place = found.district};
    if (found.district >= 0)
        evm_name_hits_add(hits, &hit);
}

/* "Tagab (Kishm": behind a bracket that is never closed the name was cut off; NULL when all are. */
static const char *find_cut_off_bracket(const char *text)
{
    const char *open = strrchr(text, '(');
    return open && !strchr(open, ')') ? open + 1 : NULL;
}

/* "Asmar (Bar Kunar)": what stands outside and inside of brackets, or on the two sides of a stroke,
 * are names of one place. When they are not, the place is open; so is "Sangin (Zabul)". A beginning
 * of a name is none. */
bool evm_quest_resolve_brackets(const EvmNameQuest *quest, const char *text, EvmMatch *match)
{
    EvmNameHits all = {.count = 0};
    int32_t province = -1;
    size_t whole = strlen(text);
    const char *cut_off = find_cut_off_bracket(text);
    for (const char *p = text; *p && !(p == cut_off && all.count > 0);) {
        size_t length = strcspn(p, "()[]/");
        EvmName name;
        if (length < whole && evm_name_parse(&name, p, length)) {
            EvmNameQuest part;
            evm_name_quest_init(&part, quest->full, quest->province, &name);
            add_bracket_part(&part, &all, &province);
        }
        p += length + (p[length] != '\0');
    }
    if (all.count == 0)
        return false;
    all.outside = quest->province < 0 && province >= 0 &&
                  quest->full->districts[all.places[0]].province != (uint32_t)province;
    *match = evm_match_init_hits(&all, EVM_MATCH_TRANSLITERATION, SCORE_BRACKETS);
    return true;
}

static unsigned count_consonants(const EvmName *name, unsigned first, unsigned count)
{
    EvmFoldKeys all;
    EvmName part = evm_name_find_words(name, first, count);
    evm_fold_compute(&part, &all);
    return evm_fold_count_consonants(all.keys[EVM_FOLD_SKELETON]);
}

/* How much of a name must be there, by consonants, in a province and in the whole country. */
static const unsigned LEAST_CUT_OFF[2] = {3, 5}, LEAST_ROUGH_CUT_OFF[2] = {4, 6},
                      LEAST_FIRST_WORDS[2] = {2, 5}, LEAST_LAST_WORDS[2] = {3, 4},
                      LEAST_BEFORE_WORDS[2] = {3, 4}, LEAST_BEHIND_WORDS[2] = {3, 5};

/* "Arghandab Zabul" is none in another province. */
static bool has_other_province(const EvmNameQuest *quest, const EvmName *words)
{
    return quest->province < 0 && evm_gazetteer_find_province_name(quest->full, words) >= 0;
}

/* "Road Ahmad Abad", "Hesarak Ghaljai": the name with words more at one end, but the larger part of
 * it, and nothing among them that makes it another name. */
static void add_shorter(const EvmNameQuest *quest, unsigned first, unsigned count,
                        EvmNameHits *hits)
{
    bool anywhere = quest->province < 0;
    unsigned least = first > 0 ? LEAST_BEHIND_WORDS[anywhere] : LEAST_BEFORE_WORDS[anywhere];
    const EvmName *name = &quest->name;
    unsigned kept = count_consonants(name, first, count);
    unsigned left = first > 0 ? 0 : count, left_count = name->word_count - count;
    if (kept < least || kept <= count_consonants(name, left, left_count))
        return;
    EvmName words = evm_name_find_words(name, left, left_count);
    if (evm_name_has_telling_words(name, left, left_count) || has_other_province(quest, &words))
        return;
    for (unsigned i = left; i < left + left_count; i++)
        if (evm_name_is_and(name, i))
            return;
    EvmFoldKeys all;
    EvmName part = evm_name_find_words(name, first, count);
    evm_fold_compute(&part, &all);
    EvmNameHits found = evm_name_table_find_folded(&quest->full->district_names, EVM_FOLD_SKELETON,
                                                   all.keys[EVM_FOLD_SKELETON], quest->province);
    evm_name_hits_add_all(hits, &found);
    if (found.count != 1)
        return;
    EvmNameQuest inner;
    evm_name_quest_init(&inner, quest->full, quest->province, &part);
    EvmTableName other = {.kind = EVM_NAME_ALIAS};
    other.place = evm_quest_find_other_with_words(&inner, &words, found.places[0]);
    if (other.place >= 0)
        evm_name_hits_add(hits, &other);
}

/* "Mir Bacha Ko": the name cut off in a word. Tables with narrow columns cut long names off. */
static bool is_cut_off(const char *key, const char *whole, unsigned least, bool is_long)
{
    size_t length = 0;
    while (key[length] && key[length] == whole[length])
        length++;
    if (key[length] || !whole[length])
        return false;
    return (is_long || length > strlen(whole + length)) && evm_fold_count_consonants(key) >= least;
}

static bool is_part(const EvmFoldKeys *all, const EvmName *whole, unsigned first, unsigned count,
                    bool anywhere)
{
    EvmFoldKeys part_keys;
    EvmName part = evm_name_find_words(whole, first, count);
    evm_fold_compute(&part, &part_keys);
    return strcmp(all->keys[EVM_FOLD_SPELLING], part_keys.keys[EVM_FOLD_SPELLING]) == 0 ||
           (!anywhere &&
            strcmp(all->keys[EVM_FOLD_ROUGH_SOUND], part_keys.keys[EVM_FOLD_ROUGH_SOUND]) == 0);
}

/* The rough skeleton of a part stands in that of the whole, but for the sounds that are kept only
 * where a name starts. */
static const char *find_rough_piece(const EvmFoldKeys *all)
{
    const char *rough = all->keys[EVM_FOLD_ROUGH];
    return rough[0] == 'A' || rough[0] == 'w' || rough[0] == 'y' || rough[0] == 'h' ? rough + 1
                                                                                    : rough;
}

/* "Khas" for Khas Kunar, "Ahmad Khel" for Lija Ahmad Khel. "Behsud" in Wardak may be either of two,
 * and "Kishm" is not Upper Kishm: names with a telling word more answer, but do not decide, unless
 * the rest is long: "Murghab" in Badghis is Upper Murghab. `little` are names of which these words
 * are the first and say too little: "Zarghun" may be Zarghun Shahr, and is not Pashtun Zarghun for
 * sure. */
static void add_if_words(const EvmFoldKeys *all, const EvmTableName *name, bool anywhere,
                         EvmNameHits *hits, EvmNameHits *little)
{
    enum { LONG_REST = 4 };
    unsigned consonants = evm_fold_count_consonants(all->keys[EVM_FOLD_SPELLING]);
    unsigned count = name->name.word_count;
    for (unsigned i = 1; i < count; i++) {
        bool first = consonants >= MIN(LEAST_FIRST_WORDS[anywhere], LEAST_LAST_WORDS[anywhere]) &&
                     is_part(all, &name->name, 0, i, anywhere);
        bool last = consonants >= LEAST_LAST_WORDS[anywhere] &&
                    is_part(all, &name->name, i, count - i, anywhere);
        if (!first && !last)
            continue;
        if (first && consonants < LEAST_FIRST_WORDS[anywhere]) {
            evm_name_hits_add(little, name);
            continue;
        }
        evm_name_hits_add(hits, name);
        bool is_told =
            evm_name_has_telling_words(&name->name, first ? i : 0, first ? count - i : i);
        hits->outside += is_told && (anywhere || consonants < LONG_REST) ? 1 : 0;
    }
}

static void add_if_cut_off(const EvmFoldKeys *all, const EvmTableName *name, bool anywhere,
                           EvmNameHits *hits)
{
    enum { LONG_NAME = 8, VERY_LONG_NAME = 9, LEAST_ACROSS = 4 };
    size_t letters = strlen(all->keys[EVM_FOLD_LIGHT]);
    bool is_long = letters >= LONG_NAME;
    if ((is_long && is_cut_off(all->keys[EVM_FOLD_LIGHT], name->keys[EVM_FOLD_LIGHT], 0, true)) ||
        is_cut_off(all->keys[EVM_FOLD_SPELLING], name->keys[EVM_FOLD_SPELLING],
                   LEAST_CUT_OFF[anywhere], is_long) ||
        (letters >= VERY_LONG_NAME &&
         is_cut_off(all->keys[EVM_FOLD_SKELETON], name->keys[EVM_FOLD_SKELETON], LEAST_ACROSS,
                    true)) ||
        is_cut_off(all->keys[EVM_FOLD_ROUGH], name->keys[EVM_FOLD_ROUGH],
                   LEAST_ROUGH_CUT_OFF[anywhere], false))
        evm_name_hits_add(hits, name);
}

/* The names that are worth a look: those that the key at some level may begin, and those that may
 * have it as some of their words. */
typedef struct {
    EvmNameLonger longer[EVM_FOLD_COUNT];
    unsigned longer_count, letter_count;
    const uint64_t *letters[EVM_FOLD_KEY_SIZE]; /* names with each letter of the piece */
} Sieve;

static void init_sieve(Sieve *sieve, const EvmNameTable *table, const EvmFoldKeys *all,
                       const char *piece, bool may_be_cut_off)
{
    static const EvmFold levels[] = {EVM_FOLD_LIGHT, EVM_FOLD_SPELLING, EVM_FOLD_SKELETON,
                                     EVM_FOLD_ROUGH};
    sieve->longer_count = sieve->letter_count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(levels) && may_be_cut_off; i++)
        sieve->longer[sieve->longer_count++] =
            evm_name_table_find_longer(table, levels[i], all->keys[levels[i]]);
    sieve->letters[sieve->letter_count++] = evm_name_sets_find(&table->multiple, '\0');
    for (; *piece; piece++)
        sieve->letters[sieve->letter_count++] = evm_name_sets_find(&table->multiple, *piece);
}

static uint64_t find_longer(const Sieve *sieve, uint32_t word)
{
    uint64_t names = 0;
    for (unsigned i = 0; i < sieve->longer_count; i++)
        names |= evm_name_longer_at(&sieve->longer[i], word);
    return names;
}

static uint64_t find_wholes(const Sieve *sieve, uint32_t word)
{
    uint64_t names = UINT64_MAX;
    for (unsigned i = 0; i < sieve->letter_count && names; i++)
        names &= sieve->letters[i][word];
    return names;
}

static void add_longer(const EvmNameQuest *quest, EvmNameHits *hits)
{
    bool anywhere = quest->province < 0;
    const EvmNameTable *table = &quest->full->district_names;
    const EvmFoldKeys *all = &quest->keys;
    const char *piece = find_rough_piece(all);
    EvmNameHits little = {.count = 0};
    Sieve sieve;
    init_sieve(&sieve, table, all, piece, !evm_quest_is_named_elsewhere(quest));
    for (uint32_t word = 0; word < table->multiple.word_count; word++) {
        uint64_t longer = find_longer(&sieve, word), wholes = find_wholes(&sieve, word);
        for (uint64_t names = longer | wholes; names; names &= names - 1) {
            const EvmTableName *name = &table->names[evm_name_sets_find_first(names, word)];
            uint64_t bit = names & -names;
            if (!anywhere && name->province != quest->province)
                continue;
            if (longer & bit)
                add_if_cut_off(all, name, anywhere, hits);
            if (wholes & bit && strstr(name->keys[EVM_FOLD_ROUGH], piece))
                add_if_words(all, name, anywhere, hits, &little);
        }
    }
    if (hits->count > 0)
        evm_name_hits_add_all(hits, &little);
}

static bool resolve_words(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmNameHits hits = {.count = 0};
    unsigned count = quest->name.word_count;
    add_longer(quest, &hits);
    for (unsigned part = count - 1; part > 0 && hits.count == 0; part--) {
        add_shorter(quest, 0, part, &hits);
        add_shorter(quest, count - part, part, &hits);
    }
    if (hits.count == 0)
        return false;
    *match = evm_match_init_hits(&hits, EVM_MATCH_NEAR, SCORE_WORDS);
    evm_quest_add_near(quest, match);
    return true;
}

/* The district that one half names; and in its province the other half names the same. */
static bool agree(const EvmNameQuest *half, const EvmNameQuest *other, EvmMatch *match)
{
    EvmMatch second;
    EvmNameQuest there = *other;
    if (!evm_quest_resolve_levels(half, EVM_FOLD_ROUGH, match) || match->district < 0)
        return false;
    there.province = (int32_t)half->full->districts[match->district].province;
    return (evm_quest_resolve_levels(&there, EVM_FOLD_ROUGH, &second) ||
            evm_quest_resolve_near(&there, &second)) &&
           second.district == match->district;
}

/* "Jaji Aryob", "Syahgird Ghorband": two names of one place side by side. */
static bool resolve_halves(const EvmNameQuest *quest, EvmMatch *match)
{
    const EvmName *name = &quest->name;
    for (unsigned i = 1; i < name->word_count; i++) {
        EvmNameQuest a, b;
        EvmName first = evm_name_find_words(name, 0, i);
        EvmName last = evm_name_find_words(name, i, name->word_count - i);
        evm_name_quest_init(&a, quest->full, quest->province, &first);
        evm_name_quest_init(&b, quest->full, quest->province, &last);
        if (agree(&a, &b, match) || agree(&b, &a, match))
            return true;
    }
    return false;
}

bool evm_quest_resolve_bag(const EvmNameQuest *quest, EvmMatch *match)
{
    const EvmGazetteerFull *full = quest->full;
    const EvmNameIndexEntry *entry = NULL;
    EvmNameHits hits = {.count = 0};
    char bag[EVM_FOLD_KEY_SIZE];
    evm_gazetteer_compute_bags(full);
    evm_fold_compute_bag(&quest->name, bag);
    if (!strchr(bag, ' ') || evm_fold_count_consonants(bag) < (quest->province < 0 ? 5 : 3))
        return false;
    while ((entry = evm_name_index_find(&full->bags, bag, entry))) {
        const EvmTableName *name = &full->district_names.names[entry->value];
        if (quest->province < 0 || name->province == quest->province)
            evm_name_hits_add(&hits, name);
    }
    if (hits.count == 0)
        return false;
    *match = evm_match_init_hits(&hits, EVM_MATCH_TRANSLITERATION, SCORE_BAG);
    return true;
}

typedef enum { WORD_PLAIN, WORD_NUMBER, WORD_FIRST, WORD_SECOND } NumberWord;

/* "No.", "number", "part"; "1", "first", awal; "2", "second", duwum. */
static NumberWord number_word_at(const EvmName *name, unsigned index)
{
    static const struct {
        const char *skeleton;
        NumberWord kind;
    } words[] = {
        {"n", WORD_NUMBER},   {"nmbr", WORD_NUMBER}, {"hs", WORD_NUMBER}, {"prt", WORD_NUMBER},
        {"s", WORD_NUMBER},   {"1", WORD_FIRST},     {"Al", WORD_FIRST},  {"Awl", WORD_FIRST},
        {"frst", WORD_FIRST}, {"2", WORD_SECOND},    {"dm", WORD_SECOND}, {"dwm", WORD_SECOND},
        {"skd", WORD_SECOND},
    };
    EvmFoldKeys all;
    EvmName part = evm_name_find_words(name, index, 1);
    evm_fold_compute(&part, &all);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(all.keys[EVM_FOLD_SKELETON], words[i].skeleton) == 0)
            return words[i].kind;
    return WORD_PLAIN;
}

/* Takes the number words out, and the izafat between them ("Yakawlang Hesa-i Awal"); the last of
 * FIRST and SECOND among them. */
static NumberWord strip_number_words(EvmName *name)
{
    NumberWord number = WORD_PLAIN;
    for (unsigned i = name->word_count; i-- > 1;) {
        NumberWord kind = number_word_at(name, i);
        if (kind == WORD_PLAIN)
            continue;
        number = MAX(number, kind);
        evm_name_clear_word(name, i);
    }
    unsigned last = name->word_count - 1;
    if (last > 0 && (evm_name_is_word(name, last, "e") || evm_name_is_word(name, last, "i")))
        evm_name_clear_word(name, last);
    return number;
}

bool evm_name_is_number(const EvmName *name)
{
    enum { LONGEST_CONNECTOR = 2 };
    if (name->word_count < 2 || number_word_at(name, 0) != WORD_NUMBER)
        return false;
    for (unsigned i = 1; i < name->word_count; i++)
        if (number_word_at(name, i) == WORD_PLAIN &&
            evm_name_count_letters(name, i) > LONGEST_CONNECTOR)
            return false;
    return true;
}

/* What kept a name when a part was split off, as the name of that part says it. */
static bool is_base_of(const EvmNameQuest *quest, EvmName base, int32_t district)
{
    EvmMatch match;
    EvmNameQuest part;
    evm_name_quest_init(&part, quest->full, (int32_t)quest->full->districts[district].province,
                        &base);
    return evm_quest_resolve_levels(&part, EVM_FOLD_SKELETON, &match) && match.district == district;
}

/* A place outside the gazetteer is the second part of the district. */
static bool has_second_part(const EvmNameQuest *quest, int32_t district)
{
    const EvmNameTable *table = &quest->full->district_names;
    for (uint32_t i = 0; i < table->count; i++) {
        EvmName name = table->names[i].name;
        if (table->names[i].kind == EVM_NAME_OUTSIDE && name.word_count >= 2 &&
            strip_number_words(&name) == WORD_SECOND && is_base_of(quest, name, district))
            return true;
    }
    return false;
}

/* "Yakawlang, first part": what kept the name when a second part was split off. */
static bool resolve_first_part(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmName name = quest->name;
    if (quest->name.word_count < 2 || strip_number_words(&name) != WORD_FIRST)
        return false;
    EvmNameQuest base;
    evm_name_quest_init(&base, quest->full, quest->province, &name);
    return (evm_quest_resolve_levels(&base, EVM_FOLD_SKELETON, match) ||
            evm_quest_resolve_near(&base, match)) &&
           match->district >= 0 && has_second_part(quest, match->district);
}

bool evm_quest_resolve_parts(const EvmNameQuest *quest, EvmMatch *match)
{
    return resolve_first_part(quest, match) || resolve_halves(quest, match) ||
           evm_quest_resolve_bag(quest, match) || evm_quest_resolve_neighbours(quest, match) ||
           resolve_words(quest, match);
}
