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

EvmFateWords evm_fate_format_cause(const EvmGazetteer *gazetteer, const EvmEvent *event,
                                   const EvmMatch *match)
{
    EvmFateWords words = {.code = NULL};
    switch (match->cause) {
    case EVM_CAUSE_DATED_PCODE:
        words = say_date(gazetteer, event, match);
        break;
    case EVM_CAUSE_UNKNOWN_PCODE:
    case EVM_CAUSE_PCODE_NAME:
    case EVM_CAUSE_PCODE_PROVINCE:
    case EVM_CAUSE_UNKNOWN_PROVINCE:
    case EVM_CAUSE_NONE:
        break;
    }
    words.column = event->pcode[0] ? event->pcode_column : event->district_column;
    return words;
}

void evm_fate_words_clear(EvmFateWords *words)
{
    g_free(words->message);
    g_free(words->hint);
}
