#include "cli/messages.h"
#include "cli/run.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "scene/words.h"
#include "timeline/series.h"

static const char *const units[] = {[EVM_BY_DISTRICT] = "districts",
                                    [EVM_BY_AREA] = "area_km2",
                                    [EVM_BY_POPULATION] = "population"};

static void add_value(EvmTable *table, EvmUnit unit, const EvmTallyRow *row)
{
    switch (unit) {
    case EVM_BY_DISTRICT:
        evm_table_add_int(table, (int64_t)row->districts);
        break;
    case EVM_BY_AREA:
        evm_table_add_decimal(table, row->area_km2, 1);
        break;
    case EVM_BY_POPULATION:
        evm_table_add_int(table, row->population);
        break;
    }
}

static void add_date(EvmTable *table, const EvmSeries *series, size_t day)
{
    char date[EVM_DATE_TEXT_SIZE];
    evm_table_add_text(table, evm_date_format((EvmDate){series->from.days + (int32_t)day}, date));
}

/* One row a day, one column a control: for reading. */
static void fill_text(EvmTable *table, const EvmJoin *join, const EvmSeries *series, EvmUnit unit)
{
    evm_table_add_column(table, "date", "Date");
    for (size_t c = 0; c < series->control_count; c++)
        evm_table_add_column(table, evm_control_format(join, series->controls[c]),
                             evm_control_format_label(join, series->controls[c]));
    evm_table_add_column(table, "all", "All");
    for (size_t day = 0; day < series->day_count; day++) {
        add_date(table, series, day);
        for (size_t c = 0; c < series->control_count; c++) {
            EvmTallyRow row = evm_tally_row_at(series->days[day], series->controls[c]);
            add_value(table, unit, &row);
        }
        add_value(table, unit, &series->days[day]->total);
    }
}

/* One row a day and control, whether it holds anything that day or not: for programs. */
static void fill_data(EvmTable *table, const EvmJoin *join, const EvmSeries *series, EvmUnit unit)
{
    const char *const columns[] = {"date", "control", units[unit]};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        evm_table_add_column(table, columns[i], columns[i]);
    for (size_t day = 0; day < series->day_count; day++)
        for (size_t c = 0; c < series->control_count; c++) {
            EvmTallyRow row = evm_tally_row_at(series->days[day], series->controls[c]);
            add_date(table, series, day);
            evm_table_add_text(table, evm_control_format(join, row.control));
            add_value(table, unit, &row);
        }
}

static int write_series(const EvmCliOptions *options, const EvmInputs *inputs)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    EvmQuestion question = evm_cli_options_compute_question(options, inputs, options->from);
    EvmSeries *series =
        evm_series_compute(inputs->universe, inputs->history, &question, options->to, &error);
    if (!series)
        return evm_message_write_error(error);
    EvmTable *table = evm_table_new();
    if (options->table == EVM_TABLE_TEXT)
        fill_text(table, inputs->history, series, options->unit);
    else
        fill_data(table, inputs->history, series, options->unit);
    evm_table_write(table, options->table, text);
    evm_table_free(table);
    evm_series_free(series);
    return evm_cli_write_result(inputs, text);
}

int evm_cmd_series(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    EvmNeeds needs = EVM_NEEDS_NOTHING;
    needs.known = options->known;
    needs.history_from = options->from;
    needs.to = options->to;
    return evm_cli_run(options, &needs, write_series);
}
