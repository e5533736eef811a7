#include "scene/area_grid.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    EvmAreaGrid *grid;
    GArray **crossings; /* x of the borders crossed by each row's centre line */
} Filler;

static double row_center(const EvmAreaGrid *grid, unsigned row)
{
    return grid->frame.y_px + (row + 0.5) * grid->cell_px;
}

static void cross_edge(Filler *filler, EvmPoint a, EvmPoint b)
{
    const EvmAreaGrid *grid = filler->grid;
    if (a.y_px == b.y_px)
        return;
    if (a.y_px > b.y_px) {
        EvmPoint swap = a;
        a = b;
        b = swap;
    }
    double first = ceil((a.y_px - grid->frame.y_px) / grid->cell_px - 0.5);
    double last = ceil((b.y_px - grid->frame.y_px) / grid->cell_px - 0.5);
    for (double row = fmax(first, 0); row < fmin(last, grid->rows); row++) {
        double y = row_center(grid, (unsigned)row);
        double x = a.x_px + (b.x_px - a.x_px) * (y - a.y_px) / (b.y_px - a.y_px);
        g_array_append_val(filler->crossings[(unsigned)row], x);
    }
}

static int compare_double(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a > b) - (a < b);
}

static void widen_box(EvmGridBox *box, unsigned first, unsigned end, unsigned row)
{
    if (box->first_row == box->end_row)
        *box = (EvmGridBox){first, end, row, row + 1};
    box->first_column = MIN(box->first_column, first);
    box->end_column = MAX(box->end_column, end);
    box->end_row = row + 1;
}

static void fill_row(EvmAreaGrid *grid, unsigned row, GArray *crossings, int32_t area)
{
    g_array_sort(crossings, compare_double);
    for (guint i = 0; i + 1 < crossings->len; i += 2) {
        double from = g_array_index(crossings, double, i) - grid->frame.x_px;
        double to = g_array_index(crossings, double, i + 1) - grid->frame.x_px;
        double first = fmax(ceil(from / grid->cell_px - 0.5), 0);
        double last = fmin(ceil(to / grid->cell_px - 0.5), grid->columns);
        if (first >= last)
            continue;
        for (double column = first; column < last; column++)
            grid->cells[row * grid->columns + (unsigned)column] = area;
        widen_box(&grid->boxes[area], (unsigned)first, (unsigned)last, row);
    }
    g_array_set_size(crossings, 0);
}

static void fill_area(Filler *filler, const EvmMapPart *part, int32_t area)
{
    EvmArena *arena = evm_arena_new();
    EvmPath path = evm_map_compute_area_path(part, (size_t)area, arena);
    uint32_t start = 0;
    for (uint32_t i = 0; i < path.part_count; i++) {
        for (uint32_t p = start; p < path.ends[i]; p++)
            cross_edge(filler, path.points[p], path.points[p + 1 < path.ends[i] ? p + 1 : start]);
        start = path.ends[i];
    }
    evm_arena_free(arena);
    for (unsigned row = 0; row < filler->grid->rows; row++)
        if (filler->crossings[row]->len)
            fill_row(filler->grid, row, filler->crossings[row], area);
}

EvmAreaGrid *evm_area_grid_compute_some(const EvmMapPart *part, EvmRect frame, double cell_px,
                                        const bool *is_wanted)
{
    EvmAreaGrid *grid = g_new0(EvmAreaGrid, 1);
    grid->frame = frame;
    grid->cell_px = cell_px;
    grid->columns = (unsigned)ceil(frame.width_px / cell_px);
    grid->rows = (unsigned)ceil(frame.height_px / cell_px);
    grid->cells = g_new(int32_t, (size_t)grid->columns * grid->rows);
    for (size_t i = 0; i < (size_t)grid->columns * grid->rows; i++)
        grid->cells[i] = EVM_GRID_NOTHING;
    grid->area_count = part->geodata->area_count;
    grid->boxes = g_new0(EvmGridBox, grid->area_count);
    Filler filler = {grid, g_new(GArray *, grid->rows)};
    for (unsigned row = 0; row < grid->rows; row++)
        filler.crossings[row] = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t area = 0; area < part->geodata->area_count; area++)
        if (!is_wanted || is_wanted[area])
            fill_area(&filler, part, (int32_t)area);
    for (unsigned row = 0; row < grid->rows; row++)
        g_array_free(filler.crossings[row], TRUE);
    g_free(filler.crossings);
    return grid;
}

EvmAreaGrid *evm_area_grid_compute(const EvmMapPart *part, EvmRect frame, double cell_px)
{
    return evm_area_grid_compute_some(part, frame, cell_px, NULL);
}

void evm_area_grid_free(EvmAreaGrid *grid)
{
    if (!grid)
        return;
    g_free(grid->cells);
    g_free(grid->boxes);
    g_free(grid);
}

double evm_area_grid_compute_share(const EvmAreaGrid *grid, int32_t area)
{
    size_t all = (size_t)grid->columns * grid->rows, own = 0;
    for (size_t i = 0; i < all; i++)
        own += grid->cells[i] == area;
    return all ? (double)own / (double)all : 0;
}
