/* The dots of provincial capitals, on the map and in the legend. */
#include <string.h>

#include "scene/parts.h"

static bool is_in_rect(EvmPoint point, EvmRect rect)
{
    return point.x_px >= rect.x_px && point.x_px <= rect.x_px + rect.width_px &&
           point.y_px >= rect.y_px && point.y_px <= rect.y_px + rect.height_px;
}

bool evm_capital_find_point(const EvmSheetRequest *request, const EvmProvince *province,
                            EvmPoint *point)
{
    EvmLonLat place = {province->capital_lon_deg, province->capital_lat_deg};
    return province->capital[0] != '\0' && evm_map_find_point(request->map, place, point) &&
           is_in_rect(*point, request->map->frame);
}

static bool is_counted(const EvmUniverse *universe, size_t province)
{
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        int32_t district = universe->area_district[area];
        if (universe->is_counted[area] && district >= 0 &&
            universe->gazetteer->districts[district].province == province)
            return true;
    }
    return false;
}

bool evm_capital_is_any(const EvmSheetRequest *request)
{
    const EvmGazetteer *gazetteer = request->universe->gazetteer;
    EvmPoint point;
    for (size_t i = 0; i < gazetteer->province_count; i++)
        if (is_counted(request->universe, i) &&
            evm_capital_find_point(request, &gazetteer->provinces[i], &point))
            return true;
    return false;
}

double evm_capital_compute_radius_px(const EvmSheetRequest *request, bool is_national)
{
    return (is_national ? 4.6 : 3.2) * request->layout->line;
}

bool evm_capital_is_national(const EvmProvince *province)
{
    return strcmp(province->capital, "Kabul") == 0;
}

void evm_capital_dot_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint point,
                          bool is_national)
{
    EvmDisc disc = {point, evm_capital_compute_radius_px(request, is_national)};
    EvmItem *dot = evm_builder_add_disc(builder, disc, request->theme->ink);
    dot->stroke =
        (EvmStroke){.color = request->theme->halo, .width_px = 1.4 * request->layout->line};
}
