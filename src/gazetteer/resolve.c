#include <string.h>

#include "gazetteer/parts.h"

EvmMatch evm_match_init_none(void)
{
    return (EvmMatch){.how = EVM_MATCH_NONE, .district = -1};
}

EvmMatch evm_match_init_found(int32_t district, EvmMatchHow how, unsigned score)
{
    return (EvmMatch){.how = how, .district = district, .score = score};
}

EvmMatch evm_match_init_open(const EvmNameHits *hits)
{
    EvmMatch match = evm_match_init_none();
    match.candidate_count = MIN(hits->count, EVM_MATCH_CANDIDATES);
    memcpy(match.candidates, hits->places, sizeof match.candidates);
    return match;
}

EvmMatch evm_match_init_hits(const EvmNameHits *hits, EvmMatchHow how, unsigned score)
{
    if (hits->count == 1 && hits->outside == 0)
        return evm_match_init_found(hits->places[0], how, score);
    EvmMatch match = evm_match_init_open(hits);
    match.how = hits->count > 1    ? EVM_MATCH_AMBIGUOUS
                : hits->count == 0 ? EVM_MATCH_OUTSIDE
                                   : EVM_MATCH_NONE;
    match.outside = match.how == EVM_MATCH_OUTSIDE ? hits->outside_place : NULL;
    return match;
}

/* How much of a name must be left at a level for it to decide: consonants, with a province given
 * and without. The weaker the key the more places share it, known to the gazetteer or not. */
static const unsigned LEAST_CONSONANTS[EVM_FOLD_COUNT][2] = {
    [EVM_FOLD_LIGHT] = {0, 0},    [EVM_FOLD_SPELLING] = {1, 1},    [EVM_FOLD_SOUND] = {1, 3},
    [EVM_FOLD_SKELETON] = {2, 4}, [EVM_FOLD_ROUGH_SOUND] = {2, 5}, [EVM_FOLD_ROUGH] = {3, 6},
};

/* The score of a name that is found there. */
static const unsigned LEVEL_SCORES[EVM_FOLD_COUNT] = {
    [EVM_FOLD_LIGHT] = 99,    [EVM_FOLD_SPELLING] = 96,    [EVM_FOLD_SOUND] = 92,
    [EVM_FOLD_SKELETON] = 88, [EVM_FOLD_ROUGH_SOUND] = 84, [EVM_FOLD_ROUGH] = 80,
};
enum { SCORE_WHOLE = 100, SCORE_SEAT = 90 };

void evm_name_quest_init(EvmNameQuest *quest, const EvmGazetteerFull *full, int32_t province,
                         const EvmName *name)
{
    quest->full = full;
    quest->province = province;
    quest->name = *name;
    evm_fold_compute(name, &quest->keys);
}

static bool resolve_level(const EvmNameQuest *quest, EvmFold level, EvmMatch *match)
{
    const char *key = quest->keys.keys[level];
    if (evm_fold_count_consonants(key) < LEAST_CONSONANTS[level][quest->province < 0])
        return false;
    EvmNameHits hits =
        evm_name_table_find_folded(&quest->full->district_names, level, key, quest->province);
    if (hits.count == 0 && hits.outside == 0)
        return false;
    *match = evm_match_init_hits(
        &hits, level == EVM_FOLD_LIGHT ? EVM_MATCH_FOLDED : EVM_MATCH_TRANSLITERATION,
        LEVEL_SCORES[level]);
    return true;
}

/* A name that is no district's own decides only when no other district's comes as near at the next
 * level: "Sarobi" is an alias of one Surobi, and there are two. In a province that is asked for
 * only when nothing but consonants agree: "Sapari" has those of Spera, and is Sabari. */
static void check_rivals(const EvmNameQuest *quest, EvmFold level, EvmMatch *match)
{
    bool anywhere = quest->province < 0;
    if (match->district < 0 || (!anywhere && level < EVM_FOLD_SKELETON))
        return;
    EvmFold rival = anywhere ? MAX(level + 1, EVM_FOLD_SOUND) : level;
    if (rival > EVM_FOLD_ROUGH)
        return;
    EvmNameHits hits = evm_quest_find_rivals(quest, rival, match->district);
    if (hits.count > 1)
        *match = evm_match_init_hits(&hits, EVM_MATCH_AMBIGUOUS, 0);
}

bool evm_quest_resolve_levels(const EvmNameQuest *quest, EvmFold last, EvmMatch *match)
{
    for (EvmFold level = EVM_FOLD_LIGHT; level <= last; level++)
        if (resolve_level(quest, level, match)) {
            check_rivals(quest, level, match);
            return true;
        }
    return false;
}

/* "Khogyani district", "ولسوالی پنجوایی": no district is called that. The Pashto word comes in too
 * many spellings to list; its skeleton is one. */
static bool is_district_word(const EvmName *name, unsigned index)
{
    if (evm_name_is_word(name, index, "district") || evm_name_is_word(name, index, "districts") ||
        evm_name_is_word(name, index, "dist"))
        return true;
    char first = (char)(name->letters[evm_name_start_at(name, index)] & ~EVM_LETTER_ARABIC);
    if (evm_name_count_letters(name, index) < 6 || !strchr("wuvo", first))
        return false;
    EvmFoldKeys keys;
    EvmName word = evm_name_find_words(name, index, 1);
    evm_fold_compute(&word, &keys);
    return strcmp(keys.keys[EVM_FOLD_SKELETON], "wlsl") == 0 ||
           strcmp(keys.keys[EVM_FOLD_SKELETON], "Alsl") == 0;
}

static void strip_edges(EvmName *name)
{
    static const char *const words[] = {"e", "i", "of", "the"};
    for (size_t i = 0; i < G_N_ELEMENTS(words);)
        if (name->word_count > 1 && evm_name_is_word(name, 0, words[i])) {
            evm_name_clear_word(name, 0);
            i = 0;
        } else {
            i++;
        }
}

static void strip_district_words(EvmName *name)
{
    for (unsigned i = name->word_count; i-- > 0 && name->word_count > 1;)
        if (is_district_word(name, i))
            evm_name_clear_word(name, i);
    strip_edges(name);
}

bool evm_name_quest_parse(EvmNameQuest *quest, const EvmGazetteerFull *full, int32_t province,
                          const char *text)
{
    EvmName name;
    if (!evm_name_parse(&name, text, strlen(text)))
        return false;
    strip_district_words(&name);
    evm_name_quest_init(quest, full, province, &name);
    return true;
}

typedef enum { SEAT_NONE, SEAT_CITY, SEAT_CENTER } Seat;

/* Arabic: shahr, markaz; Pashto shar. */
static const struct {
    const char *word;
    Seat seat;
} SEAT_WORDS[] = {
    {"city", SEAT_CITY},         {"town", SEAT_CITY},
    {"shahr", SEAT_CITY},        {"center", SEAT_CENTER},
    {"centre", SEAT_CENTER},     {"markaz", SEAT_CENTER},
    {"capital", SEAT_CENTER},    {"provincial", SEAT_CENTER},
    {"\xD3\xE8\xF2", SEAT_CITY}, {"\xED\xF2\xEB\xFA", SEAT_CENTER},
    {"\xB7\xE1\xF2", SEAT_CITY},
};

/* Takes "city of", "markaz-e" and the like out; the name may be empty then. */
static Seat strip_seat_words(EvmName *name)
{
    Seat seat = SEAT_NONE;
    for (unsigned i = name->word_count; i-- > 0;)
        for (size_t w = 0; w < G_N_ELEMENTS(SEAT_WORDS); w++)
            if (evm_name_is_word(name, i, SEAT_WORDS[w].word)) {
                seat = MAX(seat, SEAT_WORDS[w].seat);
                evm_name_clear_word(name, i);
                break;
            }
    if (name->word_count > 0)
        strip_edges(name);
    return seat;
}

static bool is_in_province(const EvmNameQuest *quest, int32_t province)
{
    return province >= 0 && (quest->province < 0 || quest->province == province);
}

static void set_both(EvmMatch *match, int32_t district, int32_t capital)
{
    EvmNameHits both = {.places = {district, capital}, .count = 2};
    *match = evm_match_init_hits(&both, EVM_MATCH_FOLDED, 0);
}

/* Nothing is called quite so. "Baghlan City" may be the capital Pul-e-Khumri or, in
 * Baghlan-e-Jadid, the town. */
static void resolve_unnamed_seat(const EvmNameQuest *quest, Seat seat, int32_t capital,
                                 EvmMatch *match)
{
    int32_t other = seat == SEAT_CITY && quest->name.word_count > 0
                        ? evm_quest_find_longer(quest, capital)
                        : -1;
    if (other >= 0)
        set_both(match, other, capital);
    else
        *match = evm_match_init_found(capital, EVM_MATCH_FOLDED, SCORE_SEAT);
}

/* "Ghazni City", "Center of Helmand", "markaz": the district that holds the capital. "Balkh center"
 * may be the district of Balkh or the capital of the province: two candidates. */
static bool resolve_seat(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmName name = quest->name;
    EvmNameQuest inner;
    Seat seat = strip_seat_words(&name);
    if (seat == SEAT_NONE)
        return false;
    evm_name_quest_init(&inner, quest->full, quest->province, &name);
    int32_t province = inner.name.word_count == 0
                           ? quest->province
                           : evm_gazetteer_find_province_name(quest->full, &inner.name);
    int32_t capital = is_in_province(quest, province) ? quest->full->capitals[province] : -1;
    if (capital < 0 && evm_quest_resolve_bag(quest, match))
        return true;
    if (inner.name.word_count == 0 && capital < 0) {
        *match = evm_match_init_none();
        return true;
    }
    bool named =
        inner.name.word_count > 0 && evm_quest_resolve_levels(&inner, EVM_FOLD_ROUGH, match);
    if (named)
        evm_quest_add_near(quest, match);
    if (capital < 0)
        return named;
    inner.province = province;
    if (!named)
        resolve_unnamed_seat(&inner, seat, capital, match);
    else if (match->district < 0 || match->district == capital)
        *match = evm_match_init_found(capital, EVM_MATCH_FOLDED, SCORE_SEAT);
    else if (seat == SEAT_CENTER)
        set_both(match, match->district, capital);
    return true;
}

/* "Parvan" alone is the province of Parwan, not the district of Parun; "Parune" is nearer to the
 * district. */
static bool is_other_province(const EvmNameQuest *quest, const EvmMatch *match)
{
    if (quest->province >= 0)
        return false;
    int32_t province = evm_gazetteer_find_province_name(quest->full, &quest->name);
    return province >= 0 && match->district >= 0 &&
           quest->full->districts[match->district].province != (uint32_t)province &&
           !evm_quest_is_nearer(quest, match->district, province);
}

static bool leave_open(EvmMatch *match)
{
    EvmNameHits hits = {.places = {match->district}, .count = 1, .outside = 1};
    *match = evm_match_init_hits(&hits, EVM_MATCH_FOLDED, 0);
    return true;
}

bool evm_quest_is_named_elsewhere(const EvmNameQuest *quest)
{
    EvmMatch match;
    EvmNameQuest anywhere = *quest;
    anywhere.province = -1;
    return quest->province >= 0 && evm_quest_resolve_levels(&anywhere, EVM_FOLD_SPELLING, &match);
}

/* What is written in brackets is a name for itself: it is not run together with the other before
 * the spelling of the whole has been looked for; but "Behsud (Markaz)" is Markaz-e-Behsud. Nor is
 * the province's name, where it is known: "Ghazni - Nawa" sounds like Ghazni. */
bool evm_quest_resolve(const EvmNameQuest *quest, const char *text, EvmMatch *match)
{
    if (evm_quest_resolve_levels(quest, EVM_FOLD_SPELLING, match) ||
        evm_quest_resolve_displaced(quest, match) || evm_quest_resolve_several(quest, text, match))
        return true;
    if (strpbrk(text, "()[]/"))
        return evm_quest_resolve_province_words(quest, match) ||
               (evm_name_has_telling_words(&quest->name, 0, quest->name.word_count) &&
                evm_quest_resolve_bag(quest, match)) ||
               evm_quest_resolve_brackets(quest, text, match) ||
               evm_quest_resolve_parts(quest, match);
    if (quest->province >= 0 && evm_quest_resolve_province_words(quest, match))
        return true;
    if (evm_quest_resolve_levels(quest, EVM_FOLD_ROUGH, match))
        return evm_quest_resolve_neighbours(quest, match) || !is_other_province(quest, match) ||
               leave_open(match);
    if (resolve_seat(quest, match) || evm_quest_resolve_province_words(quest, match))
        return true;
    return evm_quest_resolve_parts(quest, match) ||
           (!evm_quest_is_named_elsewhere(quest) && evm_quest_resolve_near(quest, match));
}

/* "1. Behsud", "12) Sangin": the number of a line in a list, no part of the name. */
static const char *skip_list_number(const char *text)
{
    const char *p = text;
    while (g_ascii_isdigit(*p))
        p++;
    return p > text && (*p == '.' || *p == ')') && p[1] ? p + 1 : text;
}

static EvmMatch resolve_folded(const EvmGazetteer *gazetteer, const char *text, int32_t province)
{
    EvmMatch match = evm_match_init_none();
    EvmNameQuest quest;
    text = skip_list_number(text);
    if (!evm_name_quest_parse(&quest, evm_gazetteer_compute_keys(gazetteer), province, text))
        return match;
    if (evm_quest_resolve(&quest, text, &match)) {
        if (match.how != EVM_MATCH_FOLDED)
            evm_quest_add_cut_off(&quest, &match);
        return match;
    }
    match = evm_match_init_none();
    evm_quest_find_nearest(&quest, &match);
    return match;
}

/* سروبي is one Surobi and سروبی the other, by nothing but the yeh; Khogyani is one and Khugyani
 * another. */
static void check_alike(const EvmNameQuest *quest, EvmMatch *match)
{
    EvmNameHits hits = evm_name_table_find_folded(&quest->full->district_names, EVM_FOLD_SPELLING,
                                                  quest->keys.keys[EVM_FOLD_SPELLING], -1);
    if (match->district >= 0 && hits.count > 1)
        *match = evm_match_init_hits(&hits, EVM_MATCH_AMBIGUOUS, 0);
}

static EvmMatch resolve_written(const EvmGazetteer *gazetteer, const char *text, int32_t province)
{
    const EvmGazetteerFull *full = (const EvmGazetteerFull *)gazetteer;
    EvmNameHits hits = evm_name_table_find_exact(&full->district_names, text, province);
    if (hits.count == 0)
        return resolve_folded(gazetteer, text, province);
    /* Inside a province a district's own name comes before another's alias. */
    EvmMatchHow how = hits.own_count > 0 ? EVM_MATCH_EXACT : EVM_MATCH_ALIAS;
    if (how == EVM_MATCH_EXACT || province >= 0)
        hits.outside = 0;
    if (hits.own_count == 1 && province >= 0)
        return evm_match_init_found(hits.own, how, SCORE_WHOLE);
    EvmMatch match = evm_match_init_hits(&hits, how, SCORE_WHOLE);
    EvmName name;
    if (province < 0 && evm_name_parse(&name, text, strlen(text))) {
        EvmNameQuest quest;
        evm_name_quest_init(&quest, evm_gazetteer_compute_keys(gazetteer), province, &name);
        check_alike(&quest, &match);
        if (how == EVM_MATCH_ALIAS)
            check_rivals(&quest, EVM_FOLD_LIGHT, &match);
    }
    return match;
}

static EvmMatch resolve_name(const EvmGazetteer *gazetteer, const char *text, int32_t province)
{
    EvmName name;
    EvmMatch match = resolve_written(gazetteer, text, province);
    if (province < 0 && match.district >= 0 && evm_name_parse(&name, text, strlen(text)) &&
        evm_name_is_number(&name))
        leave_open(&match);
    return match;
}

/* What the name alone means, and how sure that is: exact ones that fit several have a score too. */
static EvmMatch resolve_alone(const EvmGazetteer *gazetteer, const EvmPlaceQuery *query,
                              int32_t province)
{
    const EvmGazetteerFull *full = (const EvmGazetteerFull *)gazetteer;
    EvmMatch match = evm_match_init_none();
    if (!*query->district || evm_user_alias_find(full, query->district, query->province, &match))
        return match;
    if (evm_pcode_is_like(gazetteer, query->district)) {
        int32_t district = evm_gazetteer_find_pcode(gazetteer, query->district);
        return district < 0 ? match : evm_match_init_found(district, EVM_MATCH_PCODE, SCORE_WHOLE);
    }
    EvmNameHits hits = evm_name_table_find_exact(&full->district_names, query->district, province);
    if (hits.count == 0)
        return resolve_name(gazetteer, query->district, province);
    hits.outside = 0;
    match = evm_match_init_hits(&hits, EVM_MATCH_EXACT, SCORE_WHOLE);
    match.score = SCORE_WHOLE;
    return match;
}

/* What was found is no more than a candidate: a P-code or province that is not known is no reason
 * to go by the name alone. */
static EvmMatch leave_unmatched(EvmMatch match, EvmMatchCause cause)
{
    if (match.district >= 0) {
        match.candidates[0] = match.district;
        match.candidate_count = 1;
    }
    match.how = EVM_MATCH_NONE;
    match.outside = NULL;
    match.cause = cause;
    match.district = -1;
    match.score = 0;
    return match;
}

/* A code in the place of the name has nothing beside it: a province that is not known is in doubt
 * as much as the code. */
static EvmMatch resolve_code_as_name(const EvmGazetteer *gazetteer, const EvmPlaceQuery *query,
                                     int32_t province)
{
    EvmMatch none = evm_match_init_none();
    int32_t district = evm_gazetteer_find_pcode(gazetteer, query->district);
    if (district < 0)
        return leave_unmatched(none, EVM_CAUSE_UNKNOWN_PCODE);
    EvmMatch match =
        evm_pcode_resolve((const EvmGazetteerFull *)gazetteer, district, query, province, &none);
    return province < 0 && *query->province ? leave_unmatched(match, EVM_CAUSE_UNKNOWN_PROVINCE)
                                            : match;
}

static EvmMatch resolve_with_code(const EvmGazetteer *gazetteer, const EvmPlaceQuery *query,
                                  int32_t province)
{
    int32_t district = evm_gazetteer_find_pcode(gazetteer, query->pcode);
    EvmMatch named = resolve_alone(gazetteer, query, province);
    if (district < 0 && named.district < 0 && named.how != EVM_MATCH_AMBIGUOUS)
        named.candidate_count = 0; /* what comes near a name says nothing of a code */
    if (district < 0)
        return leave_unmatched(named, EVM_CAUSE_UNKNOWN_PCODE);
    return evm_pcode_resolve((const EvmGazetteerFull *)gazetteer, district, query, province,
                             &named);
}

static const char *or_empty(const char *text)
{
    if (!text)
        return "";
    while (g_ascii_isspace(*text))
        text++;
    return text;
}

EvmMatch evm_gazetteer_resolve(const EvmGazetteer *gazetteer, const EvmPlaceQuery *query_in)
{
    EvmMatch match;
    EvmPlaceQuery query = {or_empty(query_in->pcode), or_empty(query_in->district),
                           or_empty(query_in->province), query_in->date};
    int32_t province =
        *query.province ? evm_gazetteer_find_misspelt_province(gazetteer, query.province) : -1;
    if (*query.pcode)
        return resolve_with_code(gazetteer, &query, province);
    if (!*query.district)
        return evm_match_init_none();
    if (evm_user_alias_find((const EvmGazetteerFull *)gazetteer, query.district, query.province,
                            &match))
        return match;
    if (evm_pcode_is_like(gazetteer, query.district))
        return resolve_code_as_name(gazetteer, &query, province);
    match = resolve_name(gazetteer, query.district, province);
    return province < 0 && *query.province ? leave_unmatched(match, EVM_CAUSE_UNKNOWN_PROVINCE)
                                           : match;
}
