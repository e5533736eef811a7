#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "cli/messages.h"
#include "cli/run.h"
#include "cli/verbs.h"
#include "output/table.h"
#include "scene/words.h"
#include "timeline/explanation.h"

typedef struct {
    const EvmInputs *inputs;
    const EvmExplanation *explanation;
    EvmQuestion question;
} Case;

/* One claim of the chain, and room for what is written of it. */
typedef struct {
    const Case *of;
    const EvmExplainedClaim *item;
    const EvmClaim *claim;
    const EvmEvent *event;
    char text[32];
} Row;

static const char *id_of(const Case *it, int32_t claim)
{
    return it->inputs->events->items[it->inputs->join->claims[claim].event].id;
}

static const char *cell_event(Row *row)
{
    return row->event->id;
}

static const char *cell_role(Row *row)
{
    return evm_role_format(row->item->role);
}

static const char *cell_ground(Row *row)
{
    bool has_ground = row->item->role == EVM_ROLE_OUTRANKED || row->item->role == EVM_ROLE_DISPUTES;
    return has_ground ? evm_ground_format(row->item->ground) : "";
}

static const char *cell_control(Row *row)
{
    return evm_control_format(row->of->inputs->join, row->claim->control);
}

static const char *cell_from_actor(Row *row)
{
    return row->event->from_actor;
}

static const char *cell_begin(Row *row)
{
    return evm_date_format(row->claim->begin, row->text);
}

static const char *cell_effective(Row *row)
{
    return evm_date_format(row->claim->effective, row->text);
}

static const char *cell_known(Row *row)
{
    return evm_date_format(row->claim->known, row->text);
}

static const char *cell_precision(Row *row)
{
    return evm_precision_format(row->event->precision);
}

static const char *cell_confidence(Row *row)
{
    return evm_confidence_format(row->claim->confidence);
}

static const char *cell_superseded_by(Row *row)
{
    int32_t by = row->claim->withdrawn_by;
    return by < 0 ? "" : row->of->inputs->events->items[by].id;
}

static const char *cell_source(Row *row)
{
    return row->event->source;
}

static const char *cell_url(Row *row)
{
    return row->event->url;
}

static const char *cell_headline(Row *row)
{
    return row->event->headline;
}

static const char *cell_file(Row *row)
{
    const char *path = row->of->inputs->events->files[row->event->file].path;
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static const char *cell_line(Row *row)
{
    g_snprintf(row->text, sizeof row->text, "%u", row->event->line);
    return row->text;
}

static const struct {
    const char *key;
    const char *(*format)(Row *row);
} columns[] = {
    {"event", cell_event},
    {"role", cell_role},
    {"ground", cell_ground},
    {"control", cell_control},
    {"from_actor", cell_from_actor},
    {"begin", cell_begin},
    {"effective", cell_effective},
    {"known", cell_known},
    {"precision", cell_precision},
    {"confidence", cell_confidence},
    {"source", cell_source},
    {"url", cell_url},
    {"headline", cell_headline},
    {"superseded_by", cell_superseded_by},
    {"file", cell_file},
    {"line", cell_line},
};

static Row row_at(const Case *it, size_t i)
{
    const EvmExplainedClaim *item = &it->explanation->items[i];
    const EvmClaim *claim = &it->inputs->join->claims[item->claim];
    return (Row){it, item, claim, &it->inputs->events->items[claim->event], ""};
}

static void write_csv(const Case *it, GString *out)
{
    EvmTable *table = evm_table_new();
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
        evm_table_add_column(table, columns[c].key, columns[c].key);
    for (size_t i = 0; i < it->explanation->count; i++) {
        Row row = row_at(it, i);
        for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
            evm_table_add_text(table, columns[c].format(&row));
    }
    evm_table_write(table, EVM_TABLE_CSV, out);
    evm_table_free(table);
}

static void write_pair(EvmJson *json, const char *key, const char *value)
{
    evm_json_write_key(json, key);
    evm_json_write_string(json, value);
}

static void write_json_claims(const Case *it, EvmJson *json)
{
    evm_json_write_key(json, "claims");
    evm_json_write_array_start(json);
    for (size_t i = 0; i < it->explanation->count; i++) {
        Row row = row_at(it, i);
        evm_json_write_object_start(json);
        for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
            write_pair(json, columns[c].key, columns[c].format(&row));
        evm_json_write_object_end(json);
    }
    evm_json_write_array_end(json);
}

static void write_json_holding(const Case *it, EvmJson *json)
{
    const EvmExplanation *explanation = it->explanation;
    const EvmHolding *holding = &explanation->holding;
    const EvmJoin *join = it->inputs->join;
    bool has_doubt = holding->doubt != EVM_DOUBT_NONE;
    write_pair(json, "control", evm_control_format(join, holding->control));
    write_pair(json, "doubt", evm_doubt_format(holding->doubt));
    write_pair(json, "other", has_doubt ? evm_control_format(join, holding->other) : NULL);
    evm_json_write_key(json, "stale");
    evm_json_write_bool(json, holding->is_stale);
    write_pair(json, "rule", EVM_RULE_NAME);
    write_pair(json, "settled", evm_settled_format(explanation->settled));
    bool is_ranked = explanation->settled == EVM_SETTLED_RANKED;
    write_pair(json, "ground", is_ranked ? evm_ground_format(explanation->ground) : NULL);
    write_pair(json, "rival", is_ranked ? id_of(it, explanation->rival) : NULL);
}

static void write_json(const Case *it, GString *out)
{
    const EvmGazetteer *gazetteer = it->inputs->gazetteer;
    const EvmDistrict *district = &gazetteer->districts[it->explanation->district];
    char date[EVM_DATE_TEXT_SIZE];
    bool is_now = it->question.known.days == EVM_KNOWN_NOW.days;
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_object_start(&json);
    write_pair(&json, "pcode", district->pcode);
    write_pair(&json, "district", district->name);
    write_pair(&json, "province", gazetteer->provinces[district->province].name);
    write_pair(&json, "date", evm_date_format(it->question.date, date));
    write_pair(&json, "as_known_on", is_now ? NULL : evm_date_format(it->question.known, date));
    write_json_holding(it, &json);
    write_json_claims(it, &json);
    evm_json_write_object_end(&json);
    g_string_append_c(out, '\n');
}

/* Why the deciding claim decides, in a sentence. */
static char *format_reason(const Case *it)
{
    static const char *const grounds[EVM_GROUND_COUNT] = {
        [EVM_GROUND_DATE] = "its effective date is later than that of",
        [EVM_GROUND_SEQUENCE] = "on one day, its seq tag is higher than that of",
        [EVM_GROUND_CONFIDENCE] = "on one day, its confidence is higher than that of",
        [EVM_GROUND_REPORT] = "on one day, it was reported later than",
        [EVM_GROUND_ROW] = "nothing but the order of the rows puts it behind",
    };
    const EvmExplanation *explanation = it->explanation;
    if (explanation->settled == EVM_SETTLED_UNCLAIMED)
        return g_strdup("No claim counts.");
    const char *decider = id_of(it, explanation->holding.claim);
    if (explanation->settled == EVM_SETTLED_ALONE)
        return g_strdup_printf("Decided by %s: no other claim counts.", decider);
    if (explanation->settled == EVM_SETTLED_AGREED)
        return g_strdup_printf("Decided by %s: all claims that count agree.", decider);
    return g_strdup_printf("Decided by %s: %s %s, the strongest that says otherwise.", decider,
                           grounds[explanation->ground], id_of(it, explanation->rival));
}

/* One line; what rows hold cannot end it. */
G_GNUC_PRINTF(2, 3) static void append_line(GString *out, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    g_autofree char *line = g_strdup_vprintf(format, values);
    va_end(values);
    g_autofree char *safe = evm_text_format_terminal(line);
    g_string_append_printf(out, "%s\n", safe);
}

static void append_doubt(GString *out, const Case *it)
{
    const EvmHolding *holding = &it->explanation->holding;
    char from[EVM_DATE_TEXT_SIZE], to[EVM_DATE_TEXT_SIZE];
    const char *other = evm_control_format_label(it->inputs->join, holding->other);
    if (holding->doubt == EVM_DOUBT_DISPUTED)
        append_line(out, "Disputed: %s says %s.", id_of(it, holding->other_claim), other);
    if (holding->doubt == EVM_DOUBT_CHANGING)
        append_line(out, "Changing: %s says %s from some day between %s and %s.",
                    id_of(it, holding->other_claim), other, evm_date_format(holding->from, from),
                    evm_date_format(holding->to, to));
    if (holding->is_stale)
        append_line(out, "Stale: there is no newer evidence.");
    if (it->inputs->universe->district_area[it->explanation->district] == EVM_NO_AREA)
        append_line(out, "These boundaries have no polygon for it: it is on no map.");
}

static void append_claim(GString *out, Row *row)
{
    char begin[EVM_DATE_TEXT_SIZE], known[EVM_DATE_TEXT_SIZE];
    const EvmClaim *claim = row->claim;
    const EvmEvent *event = row->event;
    bool is_span = claim->begin.days != claim->effective.days;
    g_string_append_c(out, '\n');
    append_line(out, "%-10s  %s%s%s  %s", cell_role(row),
                is_span ? evm_date_format(claim->begin, begin) : "", is_span ? " to " : "",
                cell_effective(row),
                evm_control_format_label(row->of->inputs->join, claim->control));
    append_line(out, "            %s%s%s, %s confidence, reported %s%s%s", event->id,
                event->source[0] ? ", " : "", event->source, cell_confidence(row),
                evm_date_format(claim->known, known),
                claim->withdrawn_by < 0 ? "" : ", superseded by ", cell_superseded_by(row));
    if (event->headline[0])
        append_line(out, "            %s", event->headline);
    if (event->url[0])
        append_line(out, "            %s", event->url);
}

static void write_text(const Case *it, GString *out)
{
    const EvmGazetteer *gazetteer = it->inputs->gazetteer;
    const EvmDistrict *district = &gazetteer->districts[it->explanation->district];
    char date[EVM_DATE_TEXT_SIZE];
    g_autofree char *reason = format_reason(it);
    append_line(out, "%s in %s (%s) on %s: %s", district->name,
                gazetteer->provinces[district->province].name, district->pcode,
                evm_date_format(it->question.date, date),
                evm_control_format_label(it->inputs->join, it->explanation->holding.control));
    append_line(out, "%s", reason);
    append_doubt(out, it);
    for (size_t i = 0; i < it->explanation->count; i++) {
        Row row = row_at(it, i);
        append_claim(out, &row);
    }
}

/* "Kohistan in Faryab (AF2910) or Kohistan in Badakhshan (AF1708)" */
static char *format_candidates(const EvmGazetteer *gazetteer, const EvmMatch *match)
{
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < match->candidate_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[match->candidates[i]];
        const char *between = i == 0 ? "" : i + 1 < match->candidate_count ? ", " : " or ";
        g_string_append_printf(out, "%s%s in %s (%s)", between, district->name,
                               gazetteer->provinces[district->province].name, district->pcode);
    }
    return g_string_free(out, FALSE);
}

static void refuse_district(const EvmCliOptions *options, const EvmGazetteer *gazetteer,
                            const EvmMatch *match, GError **error)
{
    g_autofree char *name = evm_text_format_terminal(options->district);
    g_autofree char *candidates = format_candidates(gazetteer, match);
    const char *in = options->province ? " in " : "", *province = options->province;
    g_autofree char *where = province ? evm_text_format_terminal(province) : g_strdup("");
    if (match->how == EVM_MATCH_OUTSIDE)
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                    "'%s' is no district here but a town or a temporary district: "
                    "'--universe 421' counts those of 2021",
                    name);
    else if (match->how == EVM_MATCH_AMBIGUOUS)
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                    "'%s'%s%s is more than one district: say with --province which, %s", name, in,
                    where, candidates);
    else
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "no district '%s'%s%s%s%s%s", name, in,
                    where, candidates[0] ? ": did you mean " : "", candidates,
                    candidates[0] ? "?" : "");
}

static int32_t resolve_district(const EvmCliOptions *options, const EvmGazetteer *gazetteer,
                                GError **error)
{
    EvmPlaceQuery query = {.district = options->district, .province = options->province};
    if (!evm_cli_check_province(options, gazetteer, error))
        return -1;
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    if (match.district < 0)
        match.district = evm_gazetteer_find_pcode(gazetteer, options->district);
    if (match.district < 0)
        refuse_district(options, gazetteer, &match, error);
    return match.district;
}

static int write_explanation(const EvmCliOptions *options, const Case *it)
{
    static void (*const writers[])(const Case *, GString *) = {
        [EVM_TABLE_TEXT] = write_text, [EVM_TABLE_CSV] = write_csv, [EVM_TABLE_JSON] = write_json};
    g_autoptr(GString) text = g_string_new(NULL);
    writers[options->table](it, text);
    return evm_cli_write_result(it->inputs, text);
}

static int explain(const EvmCliOptions *options, const EvmInputs *inputs)
{
    g_autoptr(GError) error = NULL;
    Case it = {.inputs = inputs,
               .question = evm_cli_options_compute_question(options, inputs, options->date)};
    int32_t district = resolve_district(options, inputs->gazetteer, &error);
    if (district < 0)
        return evm_message_write_error(error);
    EvmExplanation *explanation =
        evm_explanation_compute(inputs->join, (uint32_t)district, &it.question);
    it.explanation = explanation;
    int status = write_explanation(options, &it);
    evm_explanation_free(explanation);
    return status;
}

int evm_cmd_explain(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    EvmPlaceQuery query = {.district = options->district, .province = options->province};
    EvmNeeds needs = evm_cli_compute_day_needs(options);
    needs.district = &query;
    return evm_cli_run(options, &needs, explain);
}
