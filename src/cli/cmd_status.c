#include "base/text.h"
#include "cli/run.h"
#include "cli/verbs.h"
#include "output/holdings.h"
#include "output/table.h"
#include "scene/words.h"

/* Every control that occurs, in the order of the country's tally. */
static void add_text_columns(EvmTable *table, const EvmJoin *join, const EvmTally *country)
{
    evm_table_add_column(table, "province", "Province");
    for (size_t i = 0; i < country->count; i++) {
        EvmControl control = country->rows[i].control;
        evm_table_add_column(table, evm_control_format(join, control),
                             evm_control_format_label(join, control));
    }
    evm_table_add_column(table, "all", "All");
}

static void add_text_row(EvmTable *table, const char *name, const EvmTally *tally,
                         const EvmTally *country)
{
    evm_table_add_text(table, name);
    for (size_t i = 0; i < country->count; i++)
        evm_table_add_int(table,
                          (int64_t)evm_tally_row_at(tally, country->rows[i].control).districts);
    evm_table_add_int(table, (int64_t)tally->total.districts);
}

/* One row a province, one column a control: for reading. */
static void fill_text(EvmTable *table, const EvmInputs *inputs, const EvmState *state)
{
    EvmTally *country = evm_tally_compute(inputs->universe, state, -1);
    add_text_columns(table, inputs->join, country);
    for (size_t p = 0; p < inputs->gazetteer->province_count; p++) {
        EvmTally *tally = evm_tally_compute(inputs->universe, state, (int32_t)p);
        if (tally->total.districts > 0)
            add_text_row(table, inputs->gazetteer->provinces[p].name, tally, country);
        evm_tally_free(tally);
    }
    add_text_row(table, "All", country, country);
    evm_tally_free(country);
}

static void add_data_rows(EvmTable *table, const EvmInputs *inputs, const EvmProvince *province,
                          const EvmTally *tally)
{
    for (size_t i = 0; i < tally->count; i++) {
        const EvmTallyRow *row = &tally->rows[i];
        evm_table_add_text(table, province->name);
        evm_table_add_text(table, province->pcode);
        evm_table_add_text(table, evm_control_format(inputs->join, row->control));
        evm_table_add_int(table, (int64_t)row->districts);
        evm_table_add_decimal(table, row->area_km2, 1);
        evm_table_add_int(table, row->population);
        evm_table_add_int(table, (int64_t)row->changing);
        evm_table_add_int(table, (int64_t)row->disputed);
        evm_table_add_int(table, (int64_t)row->stale);
    }
}

/* One row a province and control: for programs, so that columns never depend on the data. */
static void fill_data(EvmTable *table, const EvmInputs *inputs, const EvmState *state)
{
    static const char *const columns[] = {"province",  "pcode",    "control",
                                          "districts", "area_km2", "population",
                                          "changing",  "disputed", "stale"};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        evm_table_add_column(table, columns[i], columns[i]);
    for (size_t p = 0; p < inputs->gazetteer->province_count; p++) {
        EvmTally *tally = evm_tally_compute(inputs->universe, state, (int32_t)p);
        add_data_rows(table, inputs, &inputs->gazetteer->provinces[p], tally);
        evm_tally_free(tally);
    }
}

static void append_claim(GString *out, const EvmJoin *join, EvmControl control, int32_t claim)
{
    const char *label = evm_control_format_label(join, control);
    if (claim < 0) {
        g_string_append(out, label);
        return;
    }
    const EvmEvent *event = &join->events->items[join->claims[claim].event];
    g_string_append_printf(out, "%s (%s%s%s)", label, event->id, event->source[0] ? ", " : "",
                           event->source);
}

static void append_doubt(GString *out, const EvmJoin *join, const EvmHolding *holding)
{
    char from[EVM_DATE_TEXT_SIZE], to[EVM_DATE_TEXT_SIZE];
    append_claim(out, join, holding->control, holding->claim);
    if (holding->doubt != EVM_DOUBT_NONE) {
        g_string_append(out, " or ");
        append_claim(out, join, holding->other, holding->other_claim);
    }
    if (holding->doubt == EVM_DOUBT_CHANGING)
        g_string_append_printf(out, ", some day from %s to %s",
                               evm_date_format(holding->from, from),
                               evm_date_format(holding->to, to));
    if (holding->is_stale)
        g_string_append_printf(out, ", last evidence of %s",
                               evm_date_format(join->claims[holding->claim].effective, from));
}

/* One line a counted district that `is_meant`, under `title`; nothing when there is none. */
static void append_doubtful(GString *out, const EvmInputs *inputs, const EvmState *state,
                            const char *title, bool (*is_meant)(const EvmHolding *holding))
{
    const EvmUniverse *universe = inputs->universe;
    g_autoptr(GString) lines = g_string_new(NULL), line = g_string_new(NULL);
    size_t count = 0;
    for (size_t d = 0; d < inputs->gazetteer->district_count; d++) {
        const EvmHolding *holding = &state->holdings[d];
        int32_t area = universe->district_area[d];
        if (area == EVM_NO_AREA || !universe->is_counted[area] || !is_meant(holding))
            continue;
        const EvmDistrict *district = &inputs->gazetteer->districts[d];
        g_string_printf(line, "%s in %s: ", district->name,
                        inputs->gazetteer->provinces[district->province].name);
        append_doubt(line, inputs->join, holding);
        g_autofree char *safe = evm_text_format_terminal(line->str);
        g_string_append_printf(lines, "  %s\n", safe);
        count++;
    }
    if (count > 0)
        g_string_append_printf(out, "\n%s: %zu\n%s", title, count, lines->str);
}

static bool is_changing(const EvmHolding *holding)
{
    return holding->doubt == EVM_DOUBT_CHANGING;
}

static bool is_disputed(const EvmHolding *holding)
{
    return holding->doubt == EVM_DOUBT_DISPUTED;
}

static bool is_stale(const EvmHolding *holding)
{
    return holding->is_stale;
}

static void append_doubts(GString *out, const EvmInputs *inputs, const EvmState *state)
{
    append_doubtful(out, inputs, state, "Changing", is_changing);
    append_doubtful(out, inputs, state, "Disputed", is_disputed);
    append_doubtful(out, inputs, state, "Stale", is_stale);
}

static int write_status(const EvmCliOptions *options, const EvmInputs *inputs)
{
    g_autoptr(GString) text = g_string_new(NULL);
    EvmQuestion question = evm_cli_options_compute_question(options, inputs, options->date);
    EvmState *state = evm_state_compute(inputs->join, &question);
    evm_cli_report_age(options, inputs, options->date);
    EvmTable *table = evm_table_new();
    if (options->is_by_district)
        evm_holdings_write(table, inputs->universe, state, options->table == EVM_TABLE_TEXT);
    else if (options->table == EVM_TABLE_TEXT)
        fill_text(table, inputs, state);
    else
        fill_data(table, inputs, state);
    evm_table_write(table, options->table, text);
    evm_table_free(table);
    if (options->table == EVM_TABLE_TEXT && !options->is_by_district)
        append_doubts(text, inputs, state);
    evm_state_free(state);
    return evm_cli_write_result(inputs, text);
}

int evm_cmd_status(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    EvmNeeds needs = evm_cli_compute_day_needs(options);
    return evm_cli_run(options, &needs, write_status);
}
