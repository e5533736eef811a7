#include "timeline/universe.h"

#include <math.h>

#include "base/error.h"
#include "base/text.h"

/* Of the shipped boundaries and those of geoBoundaries, the polygon of one district (Injil, around
 * Hirat) ends 11 km from the centre that the gazetteer has; all others go around theirs. */
static const double FAR_KM = 50;

/* How an area came to its district. */
typedef struct {
    int32_t district; /* or EVM_NO_DISTRICT */
    enum { TIE_NAME, TIE_SLIP, TIE_PCODE, TIE_SHAPE_ID } by;
    int32_t named; /* not EVM_NO_DISTRICT: the P-code is one district's, the name this one's */
} Tie;

static const char HINT_UNTIED[] = "it is drawn and counted as not assessed";

G_GNUC_PRINTF(6, 7)
static void warn_area(EvmDiagnostics *diagnostics, const EvmGeodata *geodata, size_t area,
                      const char *code, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    const char *name = geodata->areas[area].name;
    g_autofree char *message =
        g_strdup_printf("polygon %zu ('%s') %s", area + 1, name[0] ? name : "no name", what);
    evm_diagnostics_add(diagnostics, &(EvmDiagnostic){
                                         .severity = EVM_SEVERITY_WARNING,
                                         .code = code,
                                         .file = geodata->files[0].path,
                                         .message = message,
                                         .hint = hint,
                                     });
}

/* "Panjwayi in Kandahar". */
static char *format_district(const EvmGazetteer *gazetteer, int32_t district)
{
    const EvmDistrict *it = &gazetteer->districts[district];
    return g_strdup_printf("%s in %s", it->name, gazetteer->provinces[it->province].name);
}

/* Codes change their meaning from one vintage to the next: the name says which it is. */
static Tie find_tie_coded(const EvmGazetteer *gazetteer, const EvmArea *area)
{
    EvmPlaceQuery query = {
        .pcode = area->pcode, .district = area->name, .province = area->province};
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    if (match.cause == EVM_CAUSE_PCODE_NAME && match.candidate_count == 2)
        return (Tie){EVM_NO_DISTRICT, TIE_PCODE, match.candidates[1]};
    int32_t district =
        match.district >= 0 ? match.district : evm_gazetteer_find_pcode(gazetteer, area->pcode);
    return (Tie){district, TIE_PCODE, EVM_NO_DISTRICT};
}

static Tie find_tie(const EvmGazetteer *gazetteer, const EvmArea *area)
{
    if (area->pcode[0] != '\0')
        return find_tie_coded(gazetteer, area);
    const char *pcode =
        area->shape_id[0] ? evm_gazetteer_find_shape_id(gazetteer, area->shape_id) : NULL;
    if (pcode)
        return (Tie){evm_gazetteer_find_pcode(gazetteer, pcode), TIE_SHAPE_ID, EVM_NO_DISTRICT};
    EvmPlaceQuery query = {.district = area->name, .province = area->province};
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    return (Tie){match.district, match.how == EVM_MATCH_NEAR ? TIE_SLIP : TIE_NAME,
                 EVM_NO_DISTRICT};
}

/* Great circle, on the sphere; by haversines. */
static double compute_distance_km(EvmLonLat a, EvmLonLat b)
{
    static const double RADIUS_KM = 6371, RAD_PER_DEG = G_PI / 180;
    double lat = sin((b.lat_deg - a.lat_deg) * RAD_PER_DEG / 2);
    double lon = sin((b.lon_deg - a.lon_deg) * RAD_PER_DEG / 2);
    double part =
        lat * lat + cos(a.lat_deg * RAD_PER_DEG) * cos(b.lat_deg * RAD_PER_DEG) * lon * lon;
    return 2 * RADIUS_KM * asin(fmin(1, sqrt(part)));
}

/* From the box around an area to the centre of a district; 0 where either is not known. */
static double find_distance_km(const EvmArea *area, const EvmDistrict *district)
{
    const EvmExtent *box = &area->extent;
    if (area->ring_count == 0 || !district->has_centre)
        return 0;
    EvmLonLat centre = {district->lon_deg, district->lat_deg};
    EvmLonLat nearest = {CLAMP(centre.lon_deg, box->min.lon_deg, box->max.lon_deg),
                         CLAMP(centre.lat_deg, box->min.lat_deg, box->max.lat_deg)};
    return compute_distance_km(centre, nearest);
}

/* A name alone says nothing about a polygon that lies elsewhere: Oman is no slip of Omna. */
static int32_t check_distance(const EvmUniverse *universe, size_t area, const Tie *tie,
                              EvmDiagnostics *diagnostics)
{
    static const char *const by[] = {"name", "name", "P-code", "shape id"};
    bool is_by_name = tie->by == TIE_NAME || tie->by == TIE_SLIP;
    double km = find_distance_km(&universe->geodata->areas[area],
                                 &universe->gazetteer->districts[tie->district]);
    if (km <= FAR_KM)
        return tie->district;
    g_autofree char *district = format_district(universe->gazetteer, tie->district);
    warn_area(diagnostics, universe->geodata, area, "far-polygon",
              is_by_name ? HINT_UNTIED
                         : "it is tied all the same: look whether longitude and latitude are "
                           "swapped, or the code is another's",
              "is %s by its %s and lies %.0f km from its centre", district, by[tie->by], km);
    return is_by_name ? EVM_NO_DISTRICT : tie->district;
}

static void warn_slip(const EvmUniverse *universe, size_t area, int32_t district,
                      EvmDiagnostics *diagnostics)
{
    g_autofree char *taken_for = format_district(universe->gazetteer, district);
    warn_area(diagnostics, universe->geodata, area, "misspelt-polygon",
              "correct the name if it is another", "is taken for %s", taken_for);
}

static void warn_unknown(const EvmUniverse *universe, size_t area, const Tie *tie,
                         EvmDiagnostics *diagnostics)
{
    const EvmGazetteer *gazetteer = universe->gazetteer;
    const char *pcode = universe->geodata->areas[area].pcode;
    if (tie->named == EVM_NO_DISTRICT) {
        warn_area(diagnostics, universe->geodata, area, "unknown-polygon", HINT_UNTIED,
                  "is no district of the gazetteer");
        return;
    }
    g_autofree char *named = format_district(gazetteer, tie->named);
    g_autofree char *coded = format_district(gazetteer, evm_gazetteer_find_pcode(gazetteer, pcode));
    warn_area(diagnostics, universe->geodata, area, "polygon-differs", HINT_UNTIED,
              "is %s by its name and %s by its P-code %s", named, coded, pcode);
}

static int32_t tie_area(const EvmUniverse *universe, size_t area, EvmDiagnostics *diagnostics)
{
    Tie tie = find_tie(universe->gazetteer, &universe->geodata->areas[area]);
    if (tie.district < 0) {
        warn_unknown(universe, area, &tie, diagnostics);
        return EVM_NO_DISTRICT;
    }
    int32_t district = check_distance(universe, area, &tie, diagnostics);
    if (district < 0)
        return EVM_NO_DISTRICT;
    if (universe->district_area[district] != EVM_NO_AREA) {
        warn_area(diagnostics, universe->geodata, area, "second-polygon", HINT_UNTIED,
                  "is a second one of the same district");
        return EVM_NO_DISTRICT;
    }
    if (tie.by == TIE_SLIP)
        warn_slip(universe, area, district, diagnostics);
    return district;
}

static void tie_areas(EvmUniverse *universe, EvmDiagnostics *diagnostics)
{
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        int32_t district = tie_area(universe, area, diagnostics);
        if (district >= 0)
            universe->district_area[district] = (int32_t)area;
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
