/* P-codes: what they are, what they meant, and what becomes of a place that gives one. */
#include <string.h>

#include "gazetteer/parts.h"

enum { PCODE_SIZE = 32 };

/* Without blanks, in capitals. */
static bool make_key(const char *text, char key[PCODE_SIZE])
{
    size_t length = 0;
    for (const char *p = text; *p; p++) {
        if (g_ascii_isspace(*p))
            continue;
        if (length + 1 == PCODE_SIZE)
            return false;
        key[length++] = g_ascii_toupper(*p);
    }
    key[length] = '\0';
    return true;
}

int32_t evm_gazetteer_find_pcode(const EvmGazetteer *gazetteer, const char *pcode)
{
    const EvmGazetteerFull *full = (const EvmGazetteerFull *)gazetteer;
    char key[PCODE_SIZE];
    if (!make_key(pcode, key))
        return -1;
    const EvmNameIndexEntry *entry = evm_name_index_find(&full->pcodes, key, NULL);
    return entry ? (int32_t)entry->value : -1;
}

static bool is_province_pcode(const EvmGazetteer *gazetteer, const char *key)
{
    for (size_t i = 0; i < gazetteer->province_count; i++)
        if (strcmp(gazetteer->provinces[i].pcode, key) == 0)
            return true;
    return false;
}

bool evm_pcode_is_like(const EvmGazetteer *gazetteer, const char *text)
{
    enum { MOST_LETTERS = 3, LEAST_DIGITS = 3 };
    char key[PCODE_SIZE];
    if ((text[0] & 0x80) || !make_key(text, key))
        return false;
    size_t letters = strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t digits = strspn(key + letters, "0123456789");
    if (letters == 0 || letters > MOST_LETTERS || key[letters + digits] != '\0')
        return false;
    return digits >= LEAST_DIGITS || (digits > 0 && is_province_pcode(gazetteer, key));
}

const EvmPcodeChange *evm_gazetteer_find_pcode_change(const EvmGazetteer *gazetteer,
                                                      int32_t district)
{
    const EvmGazetteerFull *full = (const EvmGazetteerFull *)gazetteer;
    for (size_t i = 0; i < full->change_count; i++)
        if (full->changes[i].district == district)
            return &full->changes[i];
    return NULL;
}

static bool has_place(const EvmMatch *named, int32_t place)
{
    for (unsigned i = 0; i < named->candidate_count && named->how == EVM_MATCH_AMBIGUOUS; i++)
        if (named->candidates[i] == place)
            return true;
    return named->district == place;
}

static bool is_named(const EvmMatch *named)
{
    return named->district >= 0 || named->how == EVM_MATCH_AMBIGUOUS;
}

/* What a code meant: for codes that changed their meaning the name says it, and without a name the
 * day. */
static int32_t find_meaning(const EvmGazetteerFull *full, int32_t by_code, EvmDate date,
                            const EvmMatch *named, EvmMatchCause *cause)
{
    const EvmPcodeChange *change = evm_gazetteer_find_pcode_change(&full->public, by_code);
    if (!change || has_place(named, by_code))
        return by_code;
    if (has_place(named, change->then))
        return change->then;
    if (is_named(named) || date.days == 0 || evm_date_is_none(date) ||
        date.days > change->until.days)
        return by_code;
    *cause = EVM_CAUSE_DATED_PCODE;
    return change->then;
}

static EvmMatch open_match(EvmMatchCause cause, int32_t first, const EvmMatch *others)
{
    EvmMatch match = {.how = EVM_MATCH_AMBIGUOUS, .cause = cause, .district = -1};
    match.candidates[match.candidate_count++] = first;
    if (others && others->district >= 0)
        match.candidates[match.candidate_count++] = others->district;
    for (unsigned i = 0;
         others && others->how == EVM_MATCH_AMBIGUOUS && i < others->candidate_count &&
         match.candidate_count < EVM_MATCH_CANDIDATES;
         i++)
        match.candidates[match.candidate_count++] = others->candidates[i];
    return match;
}

/* Sure enough to speak against a code: the name itself, and no more than a guess at it. */
static bool is_another(const EvmMatch *named, int32_t district)
{
    enum { SCORE_SPELLING = 96 };
    return is_named(named) && !has_place(named, district) && named->score >= SCORE_SPELLING;
}

EvmMatch evm_pcode_resolve(const EvmGazetteerFull *full, int32_t by_code,
                           const EvmPlaceQuery *query, int32_t province, const EvmMatch *named)
{
    enum { SCORE_WHOLE = 100 };
    EvmMatchCause cause = EVM_CAUSE_NONE;
    int32_t district = find_meaning(full, by_code, query->date, named, &cause);
    bool is_elsewhere = province >= 0 && full->districts[district].province != (uint32_t)province &&
                        !has_place(named, district);
    EvmMatch now = {.district = by_code};
    if (cause == EVM_CAUSE_DATED_PCODE && is_elsewhere)
        return open_match(cause, district, &now);
    if (is_another(named, district))
        return open_match(EVM_CAUSE_PCODE_NAME, district, named);
    if (is_elsewhere)
        return open_match(EVM_CAUSE_PCODE_PROVINCE, district, NULL);
    EvmMatch match = evm_match_init_found(district, EVM_MATCH_PCODE, SCORE_WHOLE);
    match.cause = cause;
    if (cause == EVM_CAUSE_DATED_PCODE)
        match.candidates[match.candidate_count++] = by_code;
    return match;
}
