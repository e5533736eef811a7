#include "timeline/universe.h"

#include <math.h>

#include "base/error.h"
#include "base/text.h"

static void warn_area(EvmDiagnostics *diagnostics, const EvmGeodata *geodata, size_t area,
                      const char *code, const char *what)
{
    const char *name = geodata->areas[area].name;
    g_autofree char *message =
        g_strdup_printf("polygon %zu ('%s') %s", area + 1, name[0] ? name : "no name", what);
    evm_diagnostics_add(diagnostics, &(EvmDiagnostic){
                                         .severity = EVM_SEVERITY_WARNING,
                                         .code = code,
                                         .file = geodata->files[0].path,
                                         .message = message,
                                         .hint = "it is drawn and counted as not assessed",
                                     });
}

/* Codes change their meaning from one vintage to the next: the name says which it is. */
static int32_t find_district_coded(const EvmGazetteer *gazetteer, const EvmArea *area)
{
    EvmPlaceQuery query = {
        .pcode = area->pcode, .district = area->name, .province = area->province};
    int32_t district = evm_gazetteer_resolve(gazetteer, &query).district;
    return district >= 0 ? district : evm_gazetteer_find_pcode(gazetteer, area->pcode);
}

static int32_t find_district(const EvmGazetteer *gazetteer, const EvmArea *area)
{
    if (area->pcode[0] != '\0')
        return find_district_coded(gazetteer, area);
    const char *pcode =
        area->shape_id[0] ? evm_gazetteer_find_shape_id(gazetteer, area->shape_id) : NULL;
    if (pcode)
        return evm_gazetteer_find_pcode(gazetteer, pcode);
    EvmPlaceQuery query = {.district = area->name, .province = area->province};
    return evm_gazetteer_resolve(gazetteer, &query).district;
}

static void tie_areas(EvmUniverse *universe, EvmDiagnostics *diagnostics)
{
    const EvmGeodata *geodata = universe->geodata;
    for (size_t area = 0; area < geodata->area_count; area++) {
        int32_t district = find_district(universe->gazetteer, &geodata->areas[area]);
        if (district < 0) {
            warn_area(diagnostics, geodata, area, "unknown-polygon",
                      "is no district of the gazetteer");
        } else if (universe->district_area[district] != EVM_NO_AREA) {
            warn_area(diagnostics, geodata, area, "second-polygon",
                      "is a second one of the same district");
            district = EVM_NO_DISTRICT;
        } else {
            universe->district_area[district] = (int32_t)area;
        }
        universe->area_district[area] = district;
    }
}

static bool choose_provinces(EvmUniverse *universe, const char *const *names, GError **error)
{
    const EvmGazetteer *gazetteer = universe->gazetteer;
    g_autofree bool *chosen = g_new0(bool, gazetteer->province_count);
    for (; *names; names++) {
        int32_t province = evm_gazetteer_resolve_province(gazetteer, *names, error);
        if (province < 0)
            return false;
        chosen[province] = true;
    }
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        int32_t district = universe->area_district[area];
        universe->is_counted[area] =
            district >= 0 && chosen[gazetteer->districts[district].province];
    }
    return true;
}

static void fill(int32_t *items, size_t count, int32_t value)
{
    for (size_t i = 0; i < count; i++)
        items[i] = value;
}

EvmUniverse *evm_universe_compute(const EvmGeodata *geodata, const EvmGazetteer *gazetteer,
                                  const char *const *provinces, EvmDiagnostics *diagnostics,
                                  GError **error)
{
    EvmUniverse *universe = g_new0(EvmUniverse, 1);
    universe->geodata = geodata;
    universe->gazetteer = gazetteer;
    universe->area_district = g_new(int32_t, geodata->area_count);
    universe->district_area = g_new(int32_t, gazetteer->district_count);
    universe->is_counted = g_new0(bool, geodata->area_count);
    universe->area_km2 = evm_geodata_compute_areas_km2(geodata);
    for (size_t area = 0; area < geodata->area_count; area++)
        universe->area_km2[area] = round(universe->area_km2[area] * 10) / 10;
    fill(universe->district_area, gazetteer->district_count, EVM_NO_AREA);
    tie_areas(universe, diagnostics);
    for (size_t area = 0; area < geodata->area_count; area++)
        universe->is_counted[area] = true;
    if (provinces && provinces[0] && !choose_provinces(universe, provinces, error)) {
        evm_universe_free(universe);
        return NULL;
    }
    for (size_t area = 0; area < geodata->area_count; area++)
        universe->count += universe->is_counted[area];
    return universe;
}

void evm_universe_free(EvmUniverse *universe)
{
    if (!universe)
        return;
    g_free(universe->area_district);
    g_free(universe->district_area);
    g_free(universe->is_counted);
    g_free(universe->area_km2);
    g_free(universe);
}

EvmHolding evm_universe_holding_at(const EvmUniverse *universe, const EvmState *state, size_t area)
{
    int32_t district = universe->area_district[area];
    if (district < 0)
        return evm_holding_compute(NULL, 0, &state->question);
    return state->holdings[district];
}

void evm_universe_add_others(const EvmUniverse *universe, const EvmState *state, GArray *controls)
{
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, state, area);
        if (universe->is_counted[area] && holding.doubt != EVM_DOUBT_NONE &&
            !evm_control_list_has(controls, holding.other))
            g_array_append_val(controls, holding.other);
    }
}

/* Row of a control in a table that has one row an actor, then contested, then unassessed. */
static size_t tally_row(const EvmJoin *join, EvmControl control)
{
    switch (control.kind) {
    case EVM_CONTROL_HELD:
        return control.actor;
    case EVM_CONTROL_CONTESTED:
        return join->actor_count;
    case EVM_CONTROL_UNASSESSED:
        break;
    }
    return join->actor_count + 1;
}

bool evm_holding_is_assumed(const EvmHolding *holding)
{
    return holding->claim < 0 && holding->control.kind != EVM_CONTROL_UNASSESSED;
}

static void count_area(EvmTallyRow *row, const EvmHolding *holding, double area_km2,
                       const EvmDistrict *district)
{
    row->control = holding->control;
    row->changing += holding->doubt == EVM_DOUBT_CHANGING;
    row->disputed += holding->doubt == EVM_DOUBT_DISPUTED;
    row->stale += holding->is_stale;
    row->assumed += evm_holding_is_assumed(holding);
    row->districts++;
    row->area_km2 += area_km2;
    row->population += district ? district->population : 0;
}

EvmTally *evm_tally_compute(const EvmUniverse *universe, const EvmState *state, int32_t province)
{
    EvmTally *tally = g_new0(EvmTally, 1);
    size_t row_count = state->join->actor_count + 2;
    tally->rows = g_new0(EvmTallyRow, row_count);
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        int32_t index = universe->area_district[area];
        const EvmDistrict *district = index < 0 ? NULL : &universe->gazetteer->districts[index];
        if (!universe->is_counted[area])
            continue;
        if (province >= 0 && (!district || district->province != (uint32_t)province))
            continue;
        EvmHolding holding = evm_universe_holding_at(universe, state, area);
        size_t row = tally_row(state->join, holding.control);
        count_area(&tally->rows[row], &holding, universe->area_km2[area], district);
        count_area(&tally->total, &holding, universe->area_km2[area], district);
    }
    for (size_t i = 0; i < row_count; i++)
        if (tally->rows[i].districts > 0)
            tally->rows[tally->count++] = tally->rows[i];
    return tally;
}

EvmTallyRow evm_tally_row_at(const EvmTally *tally, EvmControl control)
{
    for (size_t i = 0; i < tally->count; i++)
        if (evm_control_is_equal(tally->rows[i].control, control))
            return tally->rows[i];
    return (EvmTallyRow){.control = control};
}

void evm_tally_free(EvmTally *tally)
{
    if (!tally)
        return;
    g_free(tally->rows);
    g_free(tally);
}

bool evm_universe_has_polygon(const EvmUniverse *universe, int32_t district)
{
    return !universe || universe->district_area[district] != EVM_NO_AREA;
}
