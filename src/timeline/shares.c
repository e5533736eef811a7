#include "timeline/shares.h"

#include "base/error.h"
#include "geodata/split.h"
#include "timeline/universe.h"

static bool is_counted(const EvmDistrict *district, EvmUniverseKind kind)
{
    if (kind == EVM_UNIVERSE_401)
        return district->has_pcode;
    return kind == EVM_UNIVERSE_421 && district->is_temporary;
}

/* Those without a polygon, and with a parent that has one. */
static GArray *find_shares(const EvmUniverse *universe, EvmUniverseKind kind)
{
    const EvmGazetteer *gazetteer = universe->gazetteer;
    GArray *shares = g_array_new(FALSE, FALSE, sizeof(EvmShare));
    for (size_t d = 0; d < gazetteer->district_count; d++) {
        const EvmDistrict *district = &gazetteer->districts[d];
        if (universe->district_area[d] != EVM_NO_AREA || district->parent < 0 ||
            !is_counted(district, kind))
            continue;
        int32_t area = universe->district_area[district->parent];
        const EvmDistrict *parent = &gazetteer->districts[district->parent];
        if (area == EVM_NO_AREA)
            continue;
        EvmShare share = {(size_t)area,
                          district->has_centre,
                          {district->lon_deg, district->lat_deg},
                          {parent->lon_deg, parent->lat_deg},
                          district->pcode,
                          district->name};
        g_array_append_val(shares, share);
    }
    return shares;
}

/* Districts without a parent are those of 2014: all count them. */
static bool check_drawn(const EvmUniverse *universe, EvmUniverseKind kind, GError **error)
{
    const EvmGazetteer *gazetteer = universe->gazetteer;
    for (size_t d = 0; d < gazetteer->district_count; d++) {
        const EvmDistrict *district = &gazetteer->districts[d];
        if (universe->district_area[d] == EVM_NO_AREA || district->parent < 0 ||
            is_counted(district, kind))
            continue;
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                    "--universe %d does not count %s (%s), which %s draws: leave --universe out",
                    (int)kind, district->name, district->pcode, universe->geodata->files[0].path);
        return false;
    }
    return true;
}

static bool check_sum(const EvmUniverse *universe, size_t sum, EvmUniverseKind kind, GError **error)
{
    if (sum == (size_t)kind)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                "--universe %d: with %s it would be %zu districts: leave --universe out", (int)kind,
                universe->geodata->files[0].path, sum);
    return false;
}

EvmGeodata *evm_shares_compute(const EvmGeodata *geodata, const EvmGazetteer *gazetteer,
                               EvmUniverseKind kind, GError **error)
{
    EvmGeodata *out = NULL;
    EvmUniverse *universe = evm_universe_compute(geodata, gazetteer, NULL, NULL, error);
    if (!universe)
        return NULL;
    g_autoptr(GArray) shares = find_shares(universe, kind);
    if (check_drawn(universe, kind, error) &&
        check_sum(universe, geodata->area_count + shares->len, kind, error))
        out = evm_geodata_compute_shares(geodata, (const EvmShare *)(void *)shares->data,
                                         shares->len);
    evm_universe_free(universe);
    return out;
}
