/* Cells that name more than one place, or say that what happened was not in the one they name. */
#include <string.h>

#include "gazetteer/parts.h"

enum { SCORE_LIST = 85 };

/* A comma, a stroke, a colon or a dash may also stand between a district and its province, or a
 * village of it; the strong ones stand between equals. A hyphen without blanks is part of a name:
 * Nad-e-Ali. */
static const struct {
    const char *text;
    bool is_strong;
} SEPARATORS[] = {
    {";", true},  {"&", true},   {"+", true},  {"\n", true},        {"\xD8\x9B", true},
    {",", false}, {"/", false},  {":", false}, {"\xD8\x8C", false}, {" - ", false},
    {"|", false}, {"\\", false}, {"•", false}, {" \u2013 ", false}, {" \u2014 ", false},
};

typedef bool (*IsWord)(const EvmName *name, unsigned word);

typedef struct {
    const char *start; /* NULL when there is none */
    size_t length;
    bool is_strong;
} Separator;

static Separator find_separator(const char *text)
{
    for (const char *p = text; *p; p++)
        for (size_t i = 0; i < G_N_ELEMENTS(SEPARATORS); i++)
            if (*p == SEPARATORS[i].text[0] && g_str_has_prefix(p, SEPARATORS[i].text))
                return (Separator){p, strlen(SEPARATORS[i].text), SEPARATORS[i].is_strong};
    return (Separator){.length = 0};
}

static bool has_strong_separator(const char *text)
{
    Separator next;
    for (; (next = find_separator(text)).start; text = next.start + next.length)
        if (next.is_strong)
            return true;
    return false;
}

static unsigned count_words(const EvmName *name, IsWord is_counted)
{
    unsigned count = 0;
    for (unsigned i = 0; i < name->word_count; i++)
        count += is_counted(name, i);
    return count;
}

/* What the pieces of a cell mean. */
typedef struct {
    EvmNameHits named;  /* by any piece */
    EvmNameHits common; /* to all pieces that name a district */
    unsigned count;     /* pieces that name a district */
    unsigned unknown;   /* pieces that name none */
} Pieces;

static bool has_place(const EvmNameHits *hits, int32_t place)
{
    for (unsigned i = 0; i < MIN(hits->count, EVM_MATCH_CANDIDATES); i++)
        if (hits->places[i] == place)
            return true;
    return false;
}

static void add_place(EvmNameHits *hits, int32_t place)
{
    evm_name_hits_add(hits, &(EvmTableName){.kind = EVM_NAME_ALIAS, .place = place});
}

/* The districts that a match leaves possible. */
static EvmNameHits find_places(const EvmMatch *match)
{
    EvmNameHits hits = {.count = 0};
    if (match->district >= 0)
        add_place(&hits, match->district);
    for (unsigned i = 0; match->how == EVM_MATCH_AMBIGUOUS && i < match->candidate_count; i++)
        add_place(&hits, match->candidates[i]);
    return hits;
}

static void keep_common(EvmNameHits *common, const EvmNameHits *hits)
{
    EvmNameHits kept = {.count = 0};
    for (unsigned i = 0; i < MIN(common->count, EVM_MATCH_CANDIDATES); i++)
        if (has_place(hits, common->places[i]))
            add_place(&kept, common->places[i]);
    *common = kept;
}

static void add_piece(Pieces *pieces, const EvmMatch *match)
{
    EvmNameHits hits = find_places(match);
    if (hits.count == 0) {
        pieces->unknown++;
        return;
    }
    if (pieces->count++ == 0)
        pieces->common = hits;
    else
        keep_common(&pieces->common, &hits);
    evm_name_hits_add_all(&pieces->named, &hits);
}

/* "Panjwayi, Kandahar": where to look for the rest. */
static bool is_its_province(const EvmNameQuest *piece)
{
    int32_t province = evm_gazetteer_find_province_name(piece->full, &piece->name);
    return province >= 0 && (piece->province < 0 || piece->province == province);
}

/* Between equals, a district of another province is named as much as one of this. */
static EvmMatch resolve_piece(const EvmNameQuest *piece, const char *text, bool is_strong)
{
    EvmMatch match;
    EvmNameQuest anywhere = *piece;
    anywhere.province = -1;
    if (evm_quest_resolve(piece, text, &match) ||
        (is_strong && evm_quest_resolve_levels(&anywhere, EVM_FOLD_SPELLING, &match)))
        return match;
    return evm_match_init_none();
}

static void add_text(const EvmNameQuest *quest, const char *text, size_t length, bool is_strong,
                     Pieces *pieces)
{
    EvmNameQuest piece;
    g_autofree char *own = g_strndup(text, length);
    if (!evm_name_quest_parse(&piece, quest->full, quest->province, own) ||
        (!is_strong && is_its_province(&piece)))
        return;
    EvmMatch match = resolve_piece(&piece, own, is_strong);
    add_piece(pieces, &match);
}

static void add_texts(const EvmNameQuest *quest, const char *text, bool is_strong, Pieces *pieces)
{
    Separator next;
    do {
        next = find_separator(text);
        size_t length = next.start ? (size_t)(next.start - text) : strlen(text);
        add_text(quest, text, length, is_strong, pieces);
        text += length + next.length;
    } while (next.start);
}

/* Adds what the words from `start` to `end` name, by their sounds: half of "Kiran wa Menjan", which
 * is one name, is near to others. False when that is no district. */
static bool add_run(const EvmNameQuest *quest, unsigned start, unsigned end, EvmFold last,
                    Pieces *pieces)
{
    EvmMatch match;
    EvmNameQuest run;
    unsigned count = pieces->count;
    if (start >= end)
        return false;
    EvmName words = evm_name_find_words(&quest->name, start, end - start);
    evm_name_quest_init(&run, quest->full, quest->province, &words);
    if (!evm_quest_resolve_levels(&run, last, &match))
        match = evm_match_init_none();
    add_piece(pieces, &match);
    return pieces->count > count;
}

/* "Khost wa Fereng and Nahrin" is two names, the first of them with the word in it. */
static bool add_halves(const EvmNameQuest *quest, EvmFold last, Pieces *pieces)
{
    for (unsigned i = 1; i + 1 < quest->name.word_count; i++) {
        Pieces halves = {.count = 0};
        if (evm_name_is_and(&quest->name, i) && add_run(quest, 0, i, last, &halves) &&
            add_run(quest, i + 1, quest->name.word_count, last, &halves)) {
            *pieces = halves;
            return true;
        }
    }
    return false;
}

typedef void (*AddRun)(const EvmNameQuest *quest, unsigned start, unsigned end, Pieces *pieces);

static void add_between(const EvmNameQuest *quest, IsWord is_between, AddRun add, Pieces *pieces)
{
    unsigned start = 0, count = quest->name.word_count;
    for (unsigned i = 0; i < count; i++)
        if (is_between(&quest->name, i)) {
            add(quest, start, i, pieces);
            start = i + 1;
        }
    add(quest, start, count, pieces);
}

static void add_alike(const EvmNameQuest *quest, unsigned start, unsigned end, Pieces *pieces)
{
    add_run(quest, start, end, EVM_FOLD_ROUGH, pieces);
}

/* "Panjwayi and Zheray", "پنجوایی و ژیړی"; "Khowst wa Fereng" sounds like one name. */
static void add_words(const EvmNameQuest *quest, Pieces *pieces)
{
    EvmMatch whole;
    if (!add_halves(quest, EVM_FOLD_SPELLING, pieces) &&
        !evm_quest_resolve_levels(quest, EVM_FOLD_SOUND, &whole) &&
        !add_halves(quest, EVM_FOLD_ROUGH, pieces))
        add_between(quest, evm_name_is_and, add_alike, pieces);
}

/* Between equals nothing may be left out: what one piece means says nothing of the other. */
static bool resolve_equals(const EvmNameQuest *quest, const Pieces *pieces, EvmMatch *match)
{
    if (pieces->unknown == 0 && pieces->count > 1 && pieces->common.count == 1) {
        *match =
            evm_match_init_found(pieces->common.places[0], EVM_MATCH_TRANSLITERATION, SCORE_LIST);
        return true;
    }
    if (pieces->unknown == 0 || pieces->count == 0)
        return false;
    if (!evm_quest_resolve_levels(quest, EVM_FOLD_ROUGH, match) &&
        !evm_quest_resolve_near(quest, match))
        *match = evm_match_init_open(&pieces->named);
    return true;
}

bool evm_quest_resolve_several(const EvmNameQuest *quest, const char *text, EvmMatch *match)
{
    Pieces pieces = {.count = 0};
    bool is_strong = has_strong_separator(text);
    if (find_separator(text).start)
        add_texts(quest, text, is_strong, &pieces);
    else if (count_words(&quest->name, evm_name_is_and) > 0)
        add_words(quest, &pieces);
    if (pieces.count > 1 && pieces.common.count == 0) {
        *match = evm_match_init_hits(&pieces.named, EVM_MATCH_AMBIGUOUS, 0);
        return true;
    }
    return is_strong && resolve_equals(quest, &pieces, match);
}

bool evm_quest_resolve_neighbours(const EvmNameQuest *quest, EvmMatch *match)
{
    unsigned count = quest->name.word_count;
    for (unsigned i = 1; i < count; i++) {
        Pieces halves = {.count = 0};
        if (add_run(quest, 0, i, EVM_FOLD_SPELLING, &halves) &&
            add_run(quest, i, count, EVM_FOLD_SPELLING, &halves) && halves.common.count == 0) {
            *match = evm_match_init_hits(&halves.named, EVM_MATCH_AMBIGUOUS, 0);
            return true;
        }
    }
    return false;
}

/* Words beside a name that say the place is not there, or only near it or in a part of it. Not
 * "no", which is "number"; nor میان, "between", and بالا, which names begin with. Arabic script in
 * the letters of letters.h: غیر, بجز, بغیر, نزدیک, بیرون, خارج, اطراف, حومه, بین; Pashto پرته,
 * شاوخوا, نږدې and نژدې, ختیځ (east), لوېدیځ (west). */
static bool is_displacing(const EvmName *name, unsigned word)
{
    static const char *const words[] = {
        "not",       "except",    "excluding", "without",   "outside",  "outskirts", "near",
        "nearby",    "around",    "beyond",    "between",   "toward",   "towards",   "north",
        "south",     "east",      "west",      "northern",  "southern", "eastern",   "western",
        "northeast", "northwest", "southeast", "southwest", NULL,
    };
    static const char *const arabic[] = {"Gyr",   "bjz",  "bGyr",   "nzdyk", "byrwn",  "xarj",
                                         "a8raf", "Hwmh", "byn",    "prth",  "Sawxwa", "n5dy",
                                         "n4dy",  "xtyJ", "lwydyJ", NULL};
    return evm_name_is_one_of(name, word, words, arabic);
}

static void add_whatever(const EvmNameQuest *quest, unsigned start, unsigned end, Pieces *pieces)
{
    EvmMatch match;
    EvmNameQuest run;
    if (start >= end)
        return;
    EvmName words = evm_name_find_words(&quest->name, start, end - start);
    evm_name_quest_init(&run, quest->full, quest->province, &words);
    if (evm_quest_resolve(&run, "", &match))
        add_piece(pieces, &match);
}

static void leave_displaced(const EvmNameQuest *quest, const Pieces *pieces, EvmMatch *match)
{
    *match = evm_match_init_open(&pieces->named);
    if (match->candidate_count > 0)
        return;
    EvmName words = quest->name;
    EvmNameQuest rest;
    for (unsigned i = words.word_count; i-- > 0;)
        if (is_displacing(&words, i))
            evm_name_clear_word(&words, i);
    evm_name_quest_init(&rest, quest->full, quest->province, &words);
    evm_quest_find_nearest(&rest, match);
}

bool evm_quest_resolve_displaced(const EvmNameQuest *quest, EvmMatch *match)
{
    Pieces pieces = {.count = 0};
    unsigned displacing = count_words(&quest->name, is_displacing);
    if (displacing == 0 || displacing == quest->name.word_count)
        return false;
    add_between(quest, is_displacing, add_whatever, &pieces);
    leave_displaced(quest, &pieces, match);
    return true;
}
