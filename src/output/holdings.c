#include "output/holdings.h"

/* One area, and room for a date. */
typedef struct {
    const EvmUniverse *universe;
    const EvmJoin *join;
    size_t area;
    const EvmDistrict *district; /* NULL: nobody knows which it is */
    EvmHolding holding;
    char text[EVM_DATE_TEXT_SIZE];
} Row;

static const EvmEvent *event_of(const Row *row, int32_t claim)
{
    return claim < 0 ? NULL : &row->join->events->items[row->join->claims[claim].event];
}

static const char *cell_pcode(Row *row)
{
    return row->district ? row->district->pcode : "";
}

static const char *cell_district(Row *row)
{
    return row->district ? row->district->name : row->universe->geodata->areas[row->area].name;
}

static const char *cell_province(Row *row)
{
    return row->district ? row->universe->gazetteer->provinces[row->district->province].name : "";
}

static const char *cell_control(Row *row)
{
    return evm_control_format(row->join, row->holding.control);
}

static const char *cell_doubt(Row *row)
{
    return evm_doubt_format(row->holding.doubt);
}

static const char *cell_other(Row *row)
{
    return row->holding.doubt == EVM_DOUBT_NONE ? ""
                                                : evm_control_format(row->join, row->holding.other);
}

static const char *cell_from(Row *row)
{
    return evm_date_format(row->holding.from, row->text);
}

static const char *cell_to(Row *row)
{
    return evm_date_format(row->holding.to, row->text);
}

static const char *cell_stale(Row *row)
{
    return row->holding.is_stale ? "yes" : "no";
}

static const char *cell_effective(Row *row)
{
    int32_t claim = row->holding.claim;
    return claim < 0 ? "" : evm_date_format(row->join->claims[claim].effective, row->text);
}

static const char *cell_event(Row *row)
{
    const EvmEvent *event = event_of(row, row->holding.claim);
    return event ? event->id : "";
}

static const char *cell_other_event(Row *row)
{
    const EvmEvent *event = event_of(row, row->holding.other_claim);
    return event ? event->id : "";
}

static const char *cell_source(Row *row)
{
    const EvmEvent *event = event_of(row, row->holding.claim);
    return event ? event->source : "";
}

static const char *cell_url(Row *row)
{
    const EvmEvent *event = event_of(row, row->holding.claim);
    return event ? event->url : "";
}

static const struct {
    const char *key, *title; /* no title: for programs only */
    const char *(*format)(Row *row);
} columns[] = {
    {"pcode", "P-code", cell_pcode},
    {"district", "District", cell_district},
    {"province", "Province", cell_province},
    {"control", "Control", cell_control},
    {"doubt", "Doubt", cell_doubt},
    {"other", "Or", cell_other},
    {"from", NULL, cell_from},
    {"to", NULL, cell_to},
    {"stale", NULL, cell_stale},
    {"effective", "Last claim", cell_effective},
    {"event", "Event", cell_event},
    {"other_event", "Other event", cell_other_event},
    {"source", NULL, cell_source},
    {"url", NULL, cell_url},
};

static Row row_at(const EvmUniverse *universe, const EvmState *state, size_t area)
{
    int32_t index = universe->area_district[area];
    return (Row){.universe = universe,
                 .join = state->join,
                 .area = area,
                 .district = index < 0 ? NULL : &universe->gazetteer->districts[index],
                 .holding = evm_universe_holding_at(universe, state, area)};
}

void evm_holdings_write(EvmTable *table, const EvmUniverse *universe, const EvmState *state,
                        bool is_text)
{
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
        if (!is_text || columns[c].title)
            evm_table_add_column(table, columns[c].key,
                                 columns[c].title ? columns[c].title : columns[c].key);
    if (!is_text) {
        evm_table_add_column(table, "area_km2", "area_km2");
        evm_table_add_column(table, "population", "population");
    }
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        Row row = row_at(universe, state, area);
        if (!universe->is_counted[area])
            continue;
        for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
            if (!is_text || columns[c].title)
                evm_table_add_text(table, columns[c].format(&row));
        if (!is_text) {
            evm_table_add_decimal(table, universe->area_km2[area], 1);
            evm_table_add_int(table, row.district ? row.district->population : 0);
        }
    }
}

void evm_holding_write_json(EvmJson *json, const EvmUniverse *universe, const EvmState *state,
                            size_t area)
{
    Row row = row_at(universe, state, area);
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++) {
        evm_json_write_key(json, columns[c].key);
        evm_json_write_string(json, columns[c].format(&row));
    }
    evm_json_write_key(json, "area_km2");
    evm_json_write_double(json, universe->area_km2[area], 1);
    evm_json_write_key(json, "population");
    evm_json_write_int(json, row.district ? row.district->population : 0);
}

void evm_holdings_write_csv(const EvmUniverse *universe, const EvmState *state, GString *out)
{
    EvmTable *table = evm_table_new();
    evm_holdings_write(table, universe, state, false);
    evm_table_write(table, EVM_TABLE_CSV, out);
    evm_table_free(table);
}
