#include "scene/number_ground.h"

#include <math.h>

static const double MIN_CELL_PX = 3;

int32_t evm_number_find_area(const EvmSheetRequest *request, int32_t district)
{
    int32_t area = district < 0 ? EVM_NO_AREA : request->universe->district_area[district];
    return area != EVM_NO_AREA && request->universe->is_counted[area] &&
                   request->map->districts.paths[area].part_count > 0
               ? area
               : EVM_NO_AREA;
}

EvmControl evm_number_find_control(const EvmSheetRequest *request, int32_t area)
{
    int32_t district = area < 0 ? -1 : request->universe->area_district[area];
    return district < 0 ? (EvmControl){.kind = EVM_CONTROL_UNASSESSED}
                        : request->state->holdings[district].control;
}

/* On the colour of another actor a disc says something untrue. */
static bool is_misleading(const EvmSheetRequest *request, int32_t area, EvmControl own)
{
    EvmControl control = evm_number_find_control(request, area);
    return control.kind == EVM_CONTROL_HELD && !evm_control_is_equal(control, own);
}

static int32_t area_at(const EvmAreaGrid *grid, EvmPoint at)
{
    double column = floor((at.x_px - grid->frame.x_px) / grid->cell_px);
    double row = floor((at.y_px - grid->frame.y_px) / grid->cell_px);
    if (column < 0 || row < 0 || column >= grid->columns || row >= grid->rows)
        return EVM_GRID_NOTHING;
    return grid->cells[(size_t)row * grid->columns + (size_t)column];
}

bool evm_number_is_astray(const EvmSheetRequest *request, const EvmAreaGrid *grid, EvmPoint center,
                          double reach_px, EvmControl own)
{
    static const int offsets[][2] = {{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(offsets); i++) {
        EvmPoint at = {center.x_px + offsets[i][0] * reach_px,
                       center.y_px + offsets[i][1] * reach_px};
        if (is_misleading(request, area_at(grid, at), own))
            return true;
    }
    return false;
}

/* Districts on which the disc of this area would mislead. */
static void add_misleading(const EvmSheetRequest *request, int32_t of_area, bool *is_wanted)
{
    EvmControl own = evm_number_find_control(request, of_area);
    for (size_t i = 0; i < request->map->districts.geodata->area_count; i++)
        is_wanted[i] |= is_misleading(request, (int32_t)i, own);
}

static double cell_size(const EvmLayout *layout)
{
    return MAX(MIN_CELL_PX, 3 * layout->label);
}

EvmAreaGrid *evm_number_grid_compute(const EvmSheetRequest *request, const GArray *areas)
{
    const EvmMap *map = request->map;
    g_autofree bool *is_wanted = g_new0(bool, map->districts.geodata->area_count + 1);
    for (guint i = 0; i < areas->len; i++) {
        int32_t area = g_array_index(areas, int32_t, i);
        add_misleading(request, area, is_wanted);
        if (area != EVM_NO_AREA)
            is_wanted[area] = true;
    }
    return evm_area_grid_compute_some(&map->districts, map->frame, cell_size(request->layout),
                                      is_wanted);
}

EvmAreaGrid *evm_sheet_compute_grid(const EvmMap *map, const EvmLayout *layout)
{
    return evm_area_grid_compute(&map->districts, map->frame, cell_size(layout));
}
