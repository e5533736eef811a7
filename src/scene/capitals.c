/* The dots of provincial capitals, on the map and in the legend. */
#include <math.h>
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

static bool has_dot(const EvmScene *names, EvmPoint point)
{
    for (size_t l = 0; l < names->layer_count; l++) {
        const EvmLayer *layer = &names->layers[l];
        bool is_dots = strcmp(layer->id, "capital-dots") == 0;
        for (size_t i = 0; is_dots && i < layer->item_count; i++) {
            EvmPoint center = layer->items[i].disc.center;
            if (center.x_px == point.x_px && center.y_px == point.y_px)
                return true;
        }
    }
    return false;
}

/* So small that a dot with its halo leaves too little of it to be seen. */
static bool is_covered(const EvmSheetRequest *request, size_t area, double radius_px)
{
    static const double LEAST_DOTS = 6;
    double m_per_px = request->map->m_per_px;
    return request->universe->area_km2[area] * 1e6 / (m_per_px * m_per_px) <
           LEAST_DOTS * G_PI * radius_px * radius_px;
}

/* The map shows it, and its dot covers its district. */
static bool is_covering(const EvmSheetRequest *request, const EvmProvince *province)
{
    const EvmUniverse *universe = request->universe;
    int32_t area = province->capital_district < 0
                       ? EVM_NO_AREA
                       : universe->district_area[province->capital_district];
    double radius = evm_capital_compute_radius_px(request, evm_capital_is_national(province));
    EvmPoint point;
    return area != EVM_NO_AREA && universe->is_counted[area] &&
           is_covered(request, (size_t)area, radius) &&
           evm_capital_find_point(request, province, &point);
}

/* Of who holds its district; false when nobody is said to. */
static bool find_color(const EvmSheetRequest *request, const EvmProvince *province, EvmColor *color)
{
    const EvmUniverse *universe = request->universe;
    size_t area = (size_t)universe->district_area[province->capital_district];
    EvmHolding holding = evm_universe_holding_at(universe, request->state, area);
    *color = evm_control_find_color(request, holding.control);
    if (evm_holding_is_assumed(&holding))
        *color = evm_theme_compute_stale(request->theme, *color);
    return holding.control.kind != EVM_CONTROL_UNASSESSED;
}

static bool is_any_covering(const EvmSheetRequest *request)
{
    const EvmGazetteer *gazetteer = request->universe->gazetteer;
    for (size_t i = 0; i < gazetteer->province_count; i++)
        if (is_covering(request, &gazetteer->provinces[i]))
            return true;
    return false;
}

/* Of the first who holds anything in a timeline, whose legend is the same on all sheets. */
static bool find_legend_color(const EvmSheetRequest *request, EvmColor *color)
{
    for (size_t i = 0; i < request->legend->count; i++) {
        if (request->legend->rows[i].control.kind != EVM_CONTROL_HELD)
            continue;
        *color = evm_control_find_color(request, request->legend->rows[i].control);
        return is_any_covering(request);
    }
    return false;
}

bool evm_capital_find_holder_color(const EvmSheetRequest *request, EvmColor *color)
{
    const EvmGazetteer *gazetteer = request->universe->gazetteer;
    if (request->legend)
        return find_legend_color(request, color);
    for (size_t i = 0; i < gazetteer->province_count; i++)
        if (is_covering(request, &gazetteer->provinces[i]) &&
            find_color(request, &gazetteer->provinces[i], color))
            return true;
    return false;
}

void evm_capital_holder_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint point,
                             bool is_national, EvmColor color)
{
    static const double MIDDLE = 0.66;
    double radius = evm_capital_compute_radius_px(request, is_national);
    evm_builder_add_disc(builder, (EvmDisc){point, MIDDLE * radius}, color);
}

static void draw_holder(EvmBuilder *builder, const EvmSheetRequest *request,
                        const EvmProvince *province, const EvmScene *names)
{
    EvmPoint point;
    EvmColor color;
    if (is_covering(request, province) && find_color(request, province, &color) &&
        evm_capital_find_point(request, province, &point) && has_dot(names, point))
        evm_capital_holder_draw(builder, request, point, evm_capital_is_national(province), color);
}

void evm_capital_holders_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                              const EvmScene *names)
{
    const EvmGazetteer *gazetteer = request->universe->gazetteer;
    evm_builder_add_layer(builder, "capital-holders",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_CAPITALS));
    for (size_t i = 0; i < gazetteer->province_count; i++)
        draw_holder(builder, request, &gazetteer->provinces[i], names);
}
