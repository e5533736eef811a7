/* What is to be said of a row's P-code or province. */
#include "timeline/fate.h"

/* "Kohistan in Faryab (AF2910) or Kohistan in Badakhshan (AF1708)", from one candidate on. */
static char *format_candidates(const EvmGazetteer *gazetteer, const EvmMatch *match, unsigned first)
{
    GString *out = g_string_new(NULL);
    for (unsigned i = first; i < match->candidate_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[match->candidates[i]];
        g_string_append_printf(out, "%s%s in %s (%s)",
                               i == first                       ? ""
                               : i + 1 < match->candidate_count ? ", "
                                                                : " or ",
                               district->name, gazetteer->provinces[district->province].name,
                               district->pcode);
    }
    return g_string_free(out, FALSE);
}

static char *format_district(const EvmGazetteer *gazetteer, int32_t district)
{
    EvmMatch one = {.candidates = {district}, .candidate_count = 1};
    return format_candidates(gazetteer, &one, 0);
}

/* The code may stand where the name is meant to. */
static const char *find_code(const EvmEvent *event)
{
    return event->pcode[0] ? event->pcode : event->district;
}

static EvmFateWords say_date(const EvmGazetteer *gazetteer, const EvmEvent *event,
                             const EvmMatch *match)
{
    bool is_open = match->district < 0;
    int32_t now = match->candidates[is_open ? 1 : 0];
    int32_t then = is_open ? match->candidates[0] : match->district;
    const EvmPcodeChange *change = evm_gazetteer_find_pcode_change(gazetteer, now);
    g_autofree char *day = evm_date_format_long(event->date);
    g_autofree char *until = evm_date_format_long(change->until);
    g_autofree char *before = format_district(gazetteer, then);
    g_autofree char *after = format_district(gazetteer, now);
    return (EvmFateWords){
        .code = is_open ? "ambiguous-place" : "dated-pcode",
        .severity = is_open ? EVM_SEVERITY_ERROR : EVM_SEVERITY_WARNING,
        .message = g_strdup_printf("P-code '%s' of %s is %s%s, whose code it was until %s%s%s",
                                   find_code(event), day, is_open ? "either " : "read as ", before,
                                   until, is_open ? ", or " : "", is_open ? after : ""),
        .hint = is_open ? g_strdup("write the district's name beside it")
                        : g_strdup_printf("if %s is meant, write that name beside it", after),
    };
}

/* "T3014" among districts of which none is temporary. */
static bool is_temporary_code(const EvmGazetteer *gazetteer, const char *code)
{
    if (g_ascii_toupper(code[0]) != 'T' || !g_ascii_isdigit(code[1]))
        return false;
    for (size_t i = 0; i < gazetteer->district_count; i++)
        if (!gazetteer->districts[i].has_pcode)
            return false;
    return true;
}

static EvmFateWords say_unknown_code(const EvmGazetteer *gazetteer, const EvmEvent *event,
                                     const EvmMatch *match)
{
    EvmFateWords words = {.code = "unknown-pcode", .severity = EVM_SEVERITY_ERROR};
    g_autofree char *near = format_candidates(gazetteer, match, 0);
    words.message = g_strdup_printf("no district has the P-code '%s'", find_code(event));
    if (is_temporary_code(gazetteer, find_code(event)))
        words.hint =
            g_strdup("temporary districts have such codes, and --universe 421 counts them");
    else if (!event->pcode[0] || !event->district[0])
        words.hint = g_strdup("correct it");
    else if (!near[0])
        words.hint = g_strdup_printf("correct it; '%s' alone is no district's name that is known",
                                     event->district);
    else
        words.hint = g_strdup_printf("correct it, or leave it empty: '%s' alone is %s",
                                     event->district, near);
    return words;
}

static EvmFateWords say_difference(const EvmGazetteer *gazetteer, const EvmEvent *event,
                                   const EvmMatch *match)
{
    EvmFateWords words = {.code = "pcode-differs", .severity = EVM_SEVERITY_ERROR};
    g_autofree char *coded = format_district(gazetteer, match->candidates[0]);
    g_autofree char *named = format_candidates(gazetteer, match, 1);
    if (match->cause == EVM_CAUSE_PCODE_NAME)
        words.message = g_strdup_printf("P-code '%s' is that of %s, but '%s' is %s",
                                        find_code(event), coded, event->district, named);
    else
        words.message = g_strdup_printf("P-code '%s' is that of %s, which is not in '%s'",
                                        find_code(event), coded, event->province);
    words.hint = g_strdup("correct the one that is wrong, or leave it empty");
    return words;
}

static EvmFateWords say_unknown_province(const EvmGazetteer *gazetteer, const EvmEvent *event,
                                         const EvmMatch *match)
{
    EvmFateWords words = {.code = "unknown-province", .severity = EVM_SEVERITY_ERROR};
    g_autofree char *near = format_candidates(gazetteer, match, 0);
    words.message = g_strdup_printf("no province '%s', so '%s' joins no district", event->province,
                                    event->district);
    words.hint = near[0] ? g_strdup_printf("correct it, or leave it empty; nearest: %s", near)
                         : g_strdup("correct it, or leave it empty");
    return words;
}

EvmFateWords evm_fate_format_cause(const EvmGazetteer *gazetteer, const EvmEvent *event,
                                   const EvmMatch *match)
{
    EvmFateWords words = {.code = NULL};
    unsigned column = event->pcode[0] ? event->pcode_column : event->district_column;
    switch (match->cause) {
    case EVM_CAUSE_DATED_PCODE:
        words = say_date(gazetteer, event, match);
        break;
    case EVM_CAUSE_UNKNOWN_PCODE:
        words = say_unknown_code(gazetteer, event, match);
        break;
    case EVM_CAUSE_PCODE_NAME:
    case EVM_CAUSE_PCODE_PROVINCE:
        words = say_difference(gazetteer, event, match);
        break;
    case EVM_CAUSE_UNKNOWN_PROVINCE:
        words = say_unknown_province(gazetteer, event, match);
        column = event->province_column;
        break;
    case EVM_CAUSE_NONE:
        break;
    }
    words.column = column;
    return words;
}

bool evm_fate_is_about_pcode(const EvmMatch *match)
{
    return match->district < 0 && match->cause != EVM_CAUSE_NONE &&
           match->cause != EVM_CAUSE_UNKNOWN_PROVINCE;
}

void evm_fate_words_clear(EvmFateWords *words)
{
    g_free(words->message);
    g_free(words->hint);
}
