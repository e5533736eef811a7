#include "output/series_table.h"

#include "scene/words.h"

static const char *const unit_names[] = {[EVM_BY_DISTRICT] = "districts",
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

void evm_series_write_text(EvmTable *table, const EvmJoin *join, const EvmSeries *series,
                           EvmUnit unit)
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

static void add_cells(EvmTable *table, const EvmTallyRow *row, unsigned units)
{
    for (size_t unit = 0; unit < G_N_ELEMENTS(unit_names); unit++)
        if (units & 1u << unit)
            add_value(table, (EvmUnit)unit, row);
}

void evm_series_write(EvmTable *table, const EvmJoin *join, const EvmSeries *series, unsigned units)
{
    evm_table_add_column(table, "date", "date");
    evm_table_add_column(table, "control", "control");
    for (size_t unit = 0; unit < G_N_ELEMENTS(unit_names); unit++)
        if (units & 1u << unit)
            evm_table_add_column(table, unit_names[unit], unit_names[unit]);
    for (size_t day = 0; day < series->day_count; day++)
        for (size_t c = 0; c < series->control_count; c++) {
            EvmTallyRow row = evm_tally_row_at(series->days[day], series->controls[c]);
            add_date(table, series, day);
            evm_table_add_text(table, evm_control_format(join, row.control));
            add_cells(table, &row, units);
        }
}
