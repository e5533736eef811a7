#include "timeline/fate.h"

const char *evm_fate_format(EvmFate fate)
{
    static const char *const words[EVM_FATE_COUNT] = {
        [EVM_FATE_CLAIM] = "claim",         [EVM_FATE_REPORT] = "report",
        [EVM_FATE_WITHDRAWN] = "withdrawn", [EVM_FATE_POINT] = "point",
        [EVM_FATE_PROVINCE] = "province",   [EVM_FATE_AMBIGUOUS] = "ambiguous",
        [EVM_FATE_OUTSIDE] = "outside",     [EVM_FATE_UNMATCHED] = "unmatched",
    };
    return words[fate];
}

static EvmFate fate_of(const EvmEvent *event, const EvmMatch *match, bool is_withdrawn)
{
    bool names_place = event->district[0] != '\0' || event->pcode[0] != '\0' || event->has_point;
    if (evm_event_has_tag(event, "point_location"))
        return EVM_FATE_POINT;
    if (!names_place && !evm_kind_is_claim(event->kind))
        return EVM_FATE_PROVINCE;
    if (match->how == EVM_MATCH_AMBIGUOUS)
        return EVM_FATE_AMBIGUOUS;
    if (match->how == EVM_MATCH_OUTSIDE)
        return EVM_FATE_OUTSIDE;
    if (match->district < 0)
        return EVM_FATE_UNMATCHED;
    if (is_withdrawn)
        return EVM_FATE_WITHDRAWN;
    return evm_kind_is_claim(event->kind) ? EVM_FATE_CLAIM : EVM_FATE_REPORT;
}

static void append_candidates(GString *hint, const EvmGazetteer *gazetteer, const EvmMatch *match)
{
    for (unsigned i = 0; i < match->candidate_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[match->candidates[i]];
        const EvmProvince *province = &gazetteer->provinces[district->province];
        g_string_append_printf(hint, "%s%s in %s (%s)", i ? ", " : "", district->name,
                               province->name, district->pcode);
    }
}

/* What is said of rows that colour nothing, before and behind their place. */
static const struct {
    EvmSeverity severity;
    const char *code, *before, *behind, *hint;
} uncoloured[EVM_FATE_COUNT] = {
    [EVM_FATE_OUTSIDE] = {EVM_SEVERITY_WARNING, "outside-place", "",
                          " is a known place and no district: it colours nothing", ""},
    [EVM_FATE_AMBIGUOUS] = {EVM_SEVERITY_ERROR, "ambiguous-place", "",
                            " fits more than one district", "give the P-code: "},
    [EVM_FATE_UNMATCHED] = {EVM_SEVERITY_ERROR, "unmatched-place", "no district ", "", "nearest: "},
};

/* What a row says of its place. */
static char *format_place(const EvmEvent *event)
{
    const char *name = event->district[0] ? event->district : event->pcode;
    char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];
    if (name[0] != '\0' || !event->has_point)
        return event->province[0] ? g_strdup_printf("'%s' in '%s'", name, event->province)
                                  : g_strdup_printf("'%s'", name);
    return g_strdup_printf("at longitude %s, latitude %s",
                           g_ascii_formatd(lon, sizeof lon, "%.6g", event->lon_deg),
                           g_ascii_formatd(lat, sizeof lat, "%.6g", event->lat_deg));
}

/* A P-code or province that explains the fate, or wants to be looked at. */
static bool report_cause(const EvmFateReport *report, const EvmMatch *match, const EvmEvent *event)
{
    EvmFateWords words = evm_fate_format_cause(report->gazetteer, event, match);
    if (words.code)
        evm_diagnostics_add(report->diagnostics, &(EvmDiagnostic){
                                                     .severity = words.severity,
                                                     .code = words.code,
                                                     .file = report->path,
                                                     .line = event->line,
                                                     .column = words.column,
                                                     .message = words.message,
                                                     .hint = words.hint,
                                                 });
    evm_fate_words_clear(&words);
    return words.code != NULL;
}

static void report_uncoloured(const EvmFateReport *report, EvmFate fate, const EvmMatch *match,
                              const EvmEvent *event)
{
    g_autofree char *place = format_place(event);
    g_autofree char *message =
        g_strconcat(uncoloured[fate].before, place, uncoloured[fate].behind, NULL);
    g_autoptr(GString) hint = g_string_new(uncoloured[fate].hint);
    append_candidates(hint, report->gazetteer, match);
    g_autofree char *outside = evm_match_format_outside(report->gazetteer, match);
    const char *candidates = match->candidate_count ? hint->str : NULL;
    evm_diagnostics_add(report->diagnostics, &(EvmDiagnostic){
                                                 .severity = uncoloured[fate].severity,
                                                 .code = uncoloured[fate].code,
                                                 .file = report->path,
                                                 .line = event->line,
                                                 .message = message,
                                                 .hint = outside ? outside : candidates,
                                             });
}

/* The name and the point of a row speak of different places. */
static void report_disagreement(const EvmFateReport *report, const EvmPlace *place,
                                const EvmEvent *event)
{
    const EvmGazetteer *gazetteer = report->gazetteer;
    bool by_point = place->match.how == EVM_MATCH_POINT;
    g_autoptr(GString) where = g_string_new("no district");
    if (place->point_district >= 0) {
        EvmMatch at = {.candidates = {place->point_district}, .candidate_count = 1};
        g_string_truncate(where, 0);
        append_candidates(where, gazetteer, &at);
    }
    g_autofree char *name = format_place(event);
    EvmFateWords cause = evm_fate_format_cause(gazetteer, event, &place->match);
    g_autofree char *message =
        by_point && cause.code
            ? g_strdup_printf("%s; the row's point lies in %s", cause.message, where->str)
            : g_strdup_printf("%s is %s, but its point lies in %s", name,
                              by_point ? "not known"
                                       : gazetteer->districts[place->match.district].pcode,
                              where->str);
    evm_diagnostics_add(
        report->diagnostics,
        &(EvmDiagnostic){.severity = EVM_SEVERITY_WARNING,
                         .code = by_point ? "placed-by-point" : "point-elsewhere",
                         .file = report->path,
                         .line = event->line,
                         .message = message,
                         .hint = !by_point    ? "the name was taken; look at both"
                                 : cause.code ? "the point was taken; correct the row"
                                              : "the point was taken; is the name a village's?"});
    evm_fate_words_clear(&cause);
}

EvmFate evm_fate_resolve(EvmPlaceFinder *finder, const EvmEvent *event, bool is_withdrawn,
                         EvmPlace *place)
{
    *place = (EvmPlace){.match = {.how = EVM_MATCH_NONE, .district = -1}};
    if (!evm_event_has_tag(event, "point_location"))
        *place = evm_place_finder_resolve(finder, event);
    return fate_of(event, &place->match, is_withdrawn);
}

void evm_fate_add_diagnostics(const EvmFateReport *report, EvmFate fate, const EvmPlace *place,
                              const EvmEvent *event)
{
    bool is_told =
        place->match.how != EVM_MATCH_POINT && report_cause(report, &place->match, event);
    if (uncoloured[fate].code && !is_told)
        report_uncoloured(report, fate, &place->match, event);
    if (place->disagrees)
        report_disagreement(report, place, event);
}
