#include "scene/area_grid.h"

#include <math.h>

/* The x of a border where it crosses the centre line of a row, in cells. */
typedef struct {
    double *items;
    unsigned count, room;
} Crossings;

typedef struct {
    EvmAreaGrid *grid;
    Crossings *rows;
    unsigned first_row, end_row; /* that the area crosses */
} Filler;

static void add_crossing(Crossings *row, double x)
{
    if (row->count == row->room) {
        row->room = MAX(16, 2 * row->room);
        row->items = g_renew(double, row->items, row->room);
    }
    row->items[row->count++] = x;
}

/* The number of whole cells up to and including the one whose centre line is at or above y. */
static double count_cells(double cells)
{
    return ceil(cells - 0.5);
}

/* Of an edge whose ends are in cells. Most edges are shorter than a cell and cross nothing. */
static void cross_edge(Filler *filler, EvmPoint a, EvmPoint b, double row_a, double row_b)
{
    if (a.y_px > b.y_px) {
        cross_edge(filler, b, a, row_b, row_a);
        return;
    }
    unsigned first = (unsigned)fmax(row_a, 0);
    unsigned end = (unsigned)CLAMP(row_b, 0, filler->grid->rows);
    if (first >= end)
        return;
    double slope = (b.x_px - a.x_px) / (b.y_px - a.y_px);
    filler->first_row = MIN(filler->first_row, first);
    filler->end_row = MAX(filler->end_row, end);
    for (unsigned row = first; row < end; row++)
        add_crossing(&filler->rows[row], a.x_px + (row + 0.5 - a.y_px) * slope);
}

static EvmPoint to_cells(const EvmAreaGrid *grid, EvmPoint point)
{
    return (EvmPoint){(point.x_px - grid->frame.x_px) / grid->cell_px,
                      (point.y_px - grid->frame.y_px) / grid->cell_px};
}

static void cross_ring(Filler *filler, const EvmPoint *points, uint32_t count)
{
    if (count == 0)
        return;
    EvmPoint before = to_cells(filler->grid, points[count - 1]);
    double row_before = count_cells(before.y_px);
    for (uint32_t i = 0; i < count; i++) {
        EvmPoint point = to_cells(filler->grid, points[i]);
        double row = count_cells(point.y_px);
        if (row != row_before)
            cross_edge(filler, before, point, row_before, row);
        before = point;
        row_before = row;
    }
}

/* There are few, and nearly sorted. */
static void sort(Crossings *row)
{
    for (unsigned i = 1; i < row->count; i++) {
        double x = row->items[i];
        unsigned k = i;
        for (; k > 0 && row->items[k - 1] > x; k--)
            row->items[k] = row->items[k - 1];
        row->items[k] = x;
    }
}

static void widen_box(EvmGridBox *box, unsigned first, unsigned end, unsigned row)
{
    if (box->first_row == box->end_row)
        *box = (EvmGridBox){first, end, row, row + 1};
    box->first_column = MIN(box->first_column, first);
    box->end_column = MAX(box->end_column, end);
    box->end_row = row + 1;
}

static void fill_row(EvmAreaGrid *grid, unsigned row, Crossings *crossings, int32_t area)
{
    sort(crossings);
    for (unsigned i = 0; i + 1 < crossings->count; i += 2) {
        double first = fmax(count_cells(crossings->items[i]), 0);
        double last = fmin(count_cells(crossings->items[i + 1]), grid->columns);
        if (first >= last)
            continue;
        for (unsigned column = (unsigned)first; column < (unsigned)last; column++)
            grid->cells[row * grid->columns + column] = area;
        widen_box(&grid->boxes[area], (unsigned)first, (unsigned)last, row);
    }
    crossings->count = 0;
}

static void fill_area(Filler *filler, const EvmMapPart *part, int32_t area)
{
    const EvmPath *path = &part->paths[area];
    uint32_t start = 0;
    filler->first_row = filler->grid->rows;
    filler->end_row = 0;
    for (uint32_t i = 0; i < path->part_count; start = path->ends[i++])
        cross_ring(filler, path->points + start, path->ends[i] - start);
    for (unsigned row = filler->first_row; row < filler->end_row; row++)
        fill_row(filler->grid, row, &filler->rows[row], area);
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
    Filler filler = {.grid = grid, .rows = g_new0(Crossings, grid->rows + 1)};
    for (size_t area = 0; area < part->geodata->area_count; area++)
        if (!is_wanted || is_wanted[area])
            fill_area(&filler, part, (int32_t)area);
    for (unsigned row = 0; row < grid->rows; row++)
        g_free(filler.rows[row].items);
    g_free(filler.rows);
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
