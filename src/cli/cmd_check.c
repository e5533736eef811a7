#include "cli/check_parts.h"
#include "cli/messages.h"
#include "cli/run.h"
#include "cli/verbs.h"
#include "output/table.h"

static void append_count(GString *out, size_t count, const char *what)
{
    g_string_append_printf(out, "%6zu  %s\n", count, what);
}

/* Tables are in English. */
static char *format_boundaries(const EvmInputs *inputs)
{
    EvmLanguage *english = evm_language_load("en", NULL);
    char *text = evm_inputs_format_boundaries(inputs, english);
    evm_language_free(english);
    return text;
}

static void append_files(GString *out, const EvmInputs *inputs)
{
    g_autofree char *boundaries = format_boundaries(inputs);
    const EvmEvents *events = inputs->events;
    for (size_t i = 0; i < events->file_count; i++)
        g_string_append_printf(out, "%s: %zu row%s\n", events->files[i].path, events->files[i].rows,
                               events->files[i].rows == 1 ? "" : "s");
    g_string_append_printf(out, "%s: %zu districts, %s\n\n", inputs->geodata->files[0].path,
                           inputs->universe->count, boundaries);
}

/* How the joined rows found their district. */
static void append_joined(GString *out, const EvmJoin *join)
{
    static const struct {
        EvmMatchHow how;
        const char *what;
    } ways[] = {
        {EVM_MATCH_PCODE, "by P-code"},
        {EVM_MATCH_EXACT, "by the gazetteer's own name"},
        {EVM_MATCH_ALIAS, "by an alias"},
        {EVM_MATCH_FOLDED, "by their folded spelling"},
        {EVM_MATCH_TRANSLITERATION, "by another transliteration of it"},
        {EVM_MATCH_NEAR, "by a near spelling"},
        {EVM_MATCH_POINT, "by longitude and latitude"},
    };
    size_t joined = join->fate_counts[EVM_FATE_CLAIM] + join->fate_counts[EVM_FATE_REPORT] +
                    join->fate_counts[EVM_FATE_WITHDRAWN];
    append_count(out, joined, "rows joined to a district:");
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
        if (join->how_counts[ways[i].how] > 0)
            g_string_append_printf(out, "        %6zu  %s\n", join->how_counts[ways[i].how],
                                   ways[i].what);
}

static void append_others(GString *out, const EvmJoin *join)
{
    static const struct {
        EvmFate fate;
        const char *what;
    } kinds[] = {
        {EVM_FATE_POINT, "about a crossing or a base, not a district (tag point_location)"},
        {EVM_FATE_PROVINCE, "about a whole province, claiming nothing"},
        {EVM_FATE_OUTSIDE, "about a known place that is no district: a temporary one, a town"},
        {EVM_FATE_AMBIGUOUS, "ambiguous: the place fits more than one district"},
        {EVM_FATE_UNMATCHED, "unmatched: the place fits no district"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        append_count(out, join->fate_counts[kinds[i].fate], kinds[i].what);
    append_count(out, join->events->refused, "refused: the row cannot be read");
}

static void append_sum(GString *out, const EvmJoin *join)
{
    const size_t *fates = join->fate_counts;
    size_t joined = fates[EVM_FATE_CLAIM] + fates[EVM_FATE_REPORT] + fates[EVM_FATE_WITHDRAWN];
    g_string_append_printf(out,
                           "\nrows %zu = joined %zu + point %zu + province %zu + outside %zu + "
                           "ambiguous %zu + unmatched "
                           "%zu + refused %zu\n",
                           join->events->rows, joined, fates[EVM_FATE_POINT],
                           fates[EVM_FATE_PROVINCE], fates[EVM_FATE_OUTSIDE],
                           fates[EVM_FATE_AMBIGUOUS], fates[EVM_FATE_UNMATCHED],
                           join->events->refused);
    g_string_append_printf(out,
                           "claims %zu; joined without a claim %zu; retracted or superseded "
                           "%zu\n",
                           fates[EVM_FATE_CLAIM], fates[EVM_FATE_REPORT],
                           fates[EVM_FATE_WITHDRAWN]);
}

/* Joined to a district that these boundaries do not have. */
static void append_outside(GString *out, const EvmInputs *inputs)
{
    const EvmJoin *join = inputs->join;
    g_autoptr(GString) lines = g_string_new(NULL);
    size_t all = 0;
    for (size_t d = 0; d < inputs->gazetteer->district_count; d++) {
        size_t claims = join->claims_on[d];
        if (claims == 0 || inputs->universe->district_area[d] != EVM_NO_AREA)
            continue;
        const EvmDistrict *district = &inputs->gazetteer->districts[d];
        all += claims;
        g_string_append_printf(lines, "        %6zu  %s in %s (%s)\n", claims, district->name,
                               inputs->gazetteer->provinces[district->province].name,
                               district->pcode);
    }
    if (all > 0)
        g_string_append_printf(out,
                               "\n%6zu  claims colour nothing: these boundaries have no "
                               "polygon for\n%s",
                               all, lines->str);
}

/* Districts that are counted and have no polygon of their own. */
static void append_shares(GString *out, const EvmInputs *inputs)
{
    const EvmGazetteer *gazetteer = inputs->gazetteer;
    g_autoptr(GString) lines = g_string_new(NULL);
    for (size_t area = 0; area < inputs->geodata->area_count; area++) {
        int32_t d = inputs->universe->area_district[area];
        if (!inputs->geodata->areas[area].is_schematic || d < 0)
            continue;
        const EvmDistrict *district = &gazetteer->districts[d];
        const EvmDistrict *parent = &gazetteer->districts[district->parent];
        g_string_append_printf(lines, "        %s in %s (%s), in %s (%s)%s\n", district->name,
                               gazetteer->provinces[district->province].name, district->pcode,
                               parent->name, parent->pcode,
                               inputs->geodata->areas[area].ring_count ? "" : ": not drawn");
    }
    if (lines->len > 0)
        g_string_append_printf(out,
                               "\ncounted without a polygon of their own, drawn as schematic "
                               "shares of a district:\n%s",
                               lines->str);
}

/* Every spelling that is not the gazetteer's own, and what it was taken for. */
static void append_spellings(GString *out, const EvmInputs *inputs)
{
    const EvmJoin *join = inputs->join;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_string_append(out, "\nspellings taken for a district:\n");
    for (size_t i = 0; i < join->events->count; i++) {
        const EvmEvent *event = &join->events->items[i];
        EvmMatchHow how = join->matches[i].how;
        if (join->fates[i] > EVM_FATE_WITHDRAWN || how < EVM_MATCH_ALIAS)
            continue;
        const EvmDistrict *district = &inputs->gazetteer->districts[join->matches[i].district];
        char *line =
            g_strdup_printf("  %s, %s -> %s in %s (%s, %s)\n", event->district,
                            event->province[0] ? event->province : "no province", district->name,
                            inputs->gazetteer->provinces[district->province].name, district->pcode,
                            evm_match_how_format(how));
        if (!g_hash_table_contains(seen, line))
            g_string_append(out, line);
        g_hash_table_add(seen, line);
    }
}

static int write_report(const EvmCliOptions *options, const EvmInputs *inputs,
                        const EvmOpenPlaces *open)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    append_files(text, inputs);
    append_joined(text, inputs->join);
    append_others(text, inputs->join);
    append_sum(text, inputs->join);
    append_outside(text, inputs);
    append_shares(text, inputs);
    evm_check_write_open_places(text, inputs->join, open);
    if (options->is_verbose)
        append_spellings(text, inputs);
    if (!options->is_quiet && !evm_result_write(text, &error))
        return evm_message_write_error(error);
    if (options->write_aliases &&
        !evm_check_write_aliases(options->write_aliases, inputs->join, open, &error))
        return evm_message_write_error(error);
    return evm_inputs_count_lost(inputs) ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}

int evm_cmd_check(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    EvmInputsRequest request = evm_cli_options_compute_inputs(options);
    EvmNeeds needs = EVM_NEEDS_NOTHING;
    needs.wants_spellings = options->is_verbose;
    request.needs = &needs;
    EvmInputs *inputs = evm_cli_load_inputs(options, &request, &error);
    if (!inputs)
        return evm_message_write_error(error);
    evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_ERROR, G_MAXSIZE);
    evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_WARNING, G_MAXSIZE);
    if (options->is_verbose)
        evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_NOTE, G_MAXSIZE);
    EvmOpenPlaces *open = evm_open_places_compute(inputs->join);
    int status = write_report(options, inputs, open);
    evm_open_places_free(open);
    evm_inputs_free(inputs);
    return status;
}
