#include "cli/messages.h"
#include "cli/table.h"
#include "cli/verbs.h"
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

static size_t count_control(const EvmTally *tally, EvmControl control)
{
    for (size_t i = 0; i < tally->count; i++)
        if (evm_control_is_equal(tally->rows[i].control, control))
            return tally->rows[i].districts;
    return 0;
}

static void add_text_row(EvmTable *table, const char *name, const EvmTally *tally,
                         const EvmTally *country)
{
    evm_table_add_text(table, name);
    for (size_t i = 0; i < country->count; i++)
        evm_table_add_int(table, (int64_t)count_control(tally, country->rows[i].control));
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
    }
}

/* One row a province and control: for programs, so that columns never depend on the data. */
static void fill_data(EvmTable *table, const EvmInputs *inputs, const EvmState *state)
{
    static const char *const columns[] = {"province",  "pcode",    "control",
                                          "districts", "area_km2", "population"};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        evm_table_add_column(table, columns[i], columns[i]);
    for (size_t p = 0; p < inputs->gazetteer->province_count; p++) {
        EvmTally *tally = evm_tally_compute(inputs->universe, state, (int32_t)p);
        add_data_rows(table, inputs, &inputs->gazetteer->provinces[p], tally);
        evm_tally_free(tally);
    }
}

static int write_status(const EvmCliOptions *options, const EvmInputs *inputs)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    EvmState *state = evm_state_compute(inputs->join, &EVM_QUESTION_ON(options->date));
    EvmTable *table = evm_table_new();
    if (options->table == EVM_TABLE_TEXT)
        fill_text(table, inputs, state);
    else
        fill_data(table, inputs, state);
    evm_table_write(table, options->table, text);
    evm_table_free(table);
    evm_state_free(state);
    if (!evm_result_write(text, &error))
        return evm_message_write_error(error);
    return evm_inputs_count_lost(inputs) ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}

int evm_cmd_status(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    EvmInputsRequest request = evm_cli_options_compute_inputs(options);
    EvmInputs *inputs = evm_inputs_load(&request, &error);
    if (!inputs)
        return evm_message_write_error(error);
    evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_ERROR, 10);
    if (options->is_verbose) {
        evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_WARNING, G_MAXSIZE);
        evm_diagnostics_write(inputs->diagnostics, EVM_SEVERITY_NOTE, G_MAXSIZE);
    }
    int status = write_status(options, inputs);
    evm_inputs_free(inputs);
    return status;
}
