/* Places of area labels: inside the cells of what they name. */
#include <math.h>

#include "scene/labels.h"

/* The cells of a thing to be named, as a table of sums: how many of its cells lie in any rectangle
 * of cells is then four look-ups. */
typedef struct {
    const EvmAreaGrid *grid;
    EvmGridBox box;
    unsigned *sums; /* one more column and row than the box */
    EvmPoint middle;
} Region;

static EvmGridBox find_region_box(const EvmAreaGrid *grid, EvmAreaFilter filter, const void *user)
{
    EvmGridBox box = {0, 0, 0, 0};
    for (size_t area = 0; area < grid->area_count; area++) {
        const EvmGridBox *own = &grid->boxes[area];
        if (own->first_row == own->end_row || !filter((int32_t)area, user))
            continue;
        if (box.first_row == box.end_row)
            box = *own;
        box.first_column = MIN(box.first_column, own->first_column);
        box.end_column = MAX(box.end_column, own->end_column);
        box.first_row = MIN(box.first_row, own->first_row);
        box.end_row = MAX(box.end_row, own->end_row);
    }
    return box;
}

static double cell_x(const EvmAreaGrid *grid, double column)
{
    return grid->frame.x_px + (column + 0.5) * grid->cell_px;
}

static double cell_y(const EvmAreaGrid *grid, double row)
{
    return grid->frame.y_px + (row + 0.5) * grid->cell_px;
}

static bool is_region_cell(const Region *region, unsigned column, unsigned row)
{
    unsigned stride = region->box.end_column - region->box.first_column + 1;
    unsigned x = column - region->box.first_column, y = row - region->box.first_row;
    const unsigned *sums = region->sums + (size_t)y * stride + x;
    return sums[stride + 1] - sums[stride] - sums[1] + sums[0] != 0;
}

static Region find_region(const EvmAreaGrid *grid, EvmAreaFilter filter, const void *user)
{
    Region region = {.grid = grid, .box = find_region_box(grid, filter, user)};
    const EvmGridBox *box = &region.box;
    unsigned width = box->end_column - box->first_column, height = box->end_row - box->first_row;
    size_t stride = width + 1, count = 0;
    double columns = 0, rows = 0;
    region.sums = g_new0(unsigned, stride *(height + 1));
    for (unsigned y = 0; y < height; y++) {
        for (unsigned x = 0; x < width; x++) {
            size_t cell = (size_t)(box->first_row + y) * grid->columns + box->first_column + x;
            bool is_own = grid->cells[cell] != EVM_GRID_NOTHING && filter(grid->cells[cell], user);
            unsigned *sum = region.sums + (y + 1) * stride + x + 1;
            *sum = sum[-1] + sum[-(ptrdiff_t)stride] - sum[-(ptrdiff_t)stride - 1] + is_own;
            count += is_own;
            columns += is_own ? x : 0;
            rows += is_own ? y : 0;
        }
    }
    if (count > 0)
        region.middle = (EvmPoint){cell_x(grid, box->first_column + columns / (double)count),
                                   cell_y(grid, box->first_row + rows / (double)count)};
    return region;
}

static unsigned clamp_cell(double cell, unsigned first, unsigned end)
{
    return cell <= first ? 0 : cell >= end ? end - first : (unsigned)cell - first;
}

/* The share of the box that lies over the region, by the cells whose centres it covers. */
static double share_inside(const Region *region, EvmRect box)
{
    const EvmAreaGrid *grid = region->grid;
    const EvmGridBox *own = &region->box;
    double left = ceil((box.x_px - grid->frame.x_px) / grid->cell_px - 0.5);
    double top = ceil((box.y_px - grid->frame.y_px) / grid->cell_px - 0.5);
    double right = ceil((box.x_px + box.width_px - grid->frame.x_px) / grid->cell_px - 0.5);
    double bottom = ceil((box.y_px + box.height_px - grid->frame.y_px) / grid->cell_px - 0.5);
    size_t stride = own->end_column - own->first_column + 1;
    size_t x0 = clamp_cell(left, own->first_column, own->end_column);
    size_t x1 = clamp_cell(right, own->first_column, own->end_column);
    size_t y0 = clamp_cell(top, own->first_row, own->end_row);
    size_t y1 = clamp_cell(bottom, own->first_row, own->end_row);
    double all = (right - left) * (bottom - top);
    unsigned inside = region->sums[y1 * stride + x1] - region->sums[y0 * stride + x1] -
                      region->sums[y1 * stride + x0] + region->sums[y0 * stride + x0];
    return all > 0 ? inside / all : 0;
}

/* Tries one place after another; keeps the cheapest. */
typedef struct {
    const EvmLabelField *field;
    const Region *region;
    const EvmAreaLabel *label;
    double angle_deg;
    double cost; /* INFINITY: none found */
    EvmTurnedBox *place;
} Search;

/* The same for a box that is turned: by points on it, a cell apart or less. 0 as soon as it cannot
 * be `least` any more. */
static double share_turned(const Region *region, EvmTurnedBox place, double least)
{
    const EvmAreaGrid *grid = region->grid;
    const EvmGridBox *own = &region->box;
    const EvmRect *box = &place.box;
    unsigned columns = 1 + (unsigned)ceil(box->width_px / grid->cell_px);
    unsigned rows = 1 + (unsigned)ceil(box->height_px / grid->cell_px), outside = 0;
    double most_outside = (1 - least) * columns * rows + 1e-9;
    double turn = place.angle_deg * G_PI / 180, cosine = cos(turn), sine = sin(turn);
    double middle_x = box->x_px + box->width_px / 2, middle_y = box->y_px + box->height_px / 2;
    for (unsigned i = 0; i < columns * rows; i++) {
        double along = box->width_px * ((i % columns) / (columns - 1.0) - 0.5);
        double across = box->height_px * ((double)(i / columns) / (rows - 1.0) - 0.5);
        double x = middle_x + along * cosine - across * sine - grid->frame.x_px;
        double y = middle_y + along * sine + across * cosine - grid->frame.y_px;
        double column = floor(x / grid->cell_px), row = floor(y / grid->cell_px);
        bool is_inside = column >= own->first_column && column < own->end_column &&
                         row >= own->first_row && row < own->end_row &&
                         is_region_cell(region, (unsigned)column, (unsigned)row);
        outside += !is_inside;
        if (outside > most_outside)
            return 0;
    }
    return 1 - (double)outside / (columns * rows);
}

static void try_cell(Search *search, unsigned column, unsigned row)
{
    const Region *region = search->region;
    const EvmAreaLabel *label = search->label;
    double x = cell_x(region->grid, column), y = cell_y(region->grid, row);
    EvmRect box = {x - label->width_px / 2, y - label->height_px / 2, label->width_px,
                   label->height_px};
    EvmTurnedBox candidate = {box, search->angle_deg};
    double dx = x - region->middle.x_px, dy = y - region->middle.y_px;
    double cost = sqrt(dx * dx + dy * dy);
    if (cost >= search->cost)
        return;
    double share = search->angle_deg == 0 ? share_inside(region, box)
                                          : share_turned(region, candidate, label->inside);
    cost += (1 - share) * 2 * label->width_px;
    if (share < label->inside || cost >= search->cost ||
        !evm_label_field_has_room_turned(search->field, candidate))
        return;
    search->cost = cost;
    *search->place = candidate;
}

static bool search_region(Search *search)
{
    const EvmGridBox *box = &search->region->box;
    for (unsigned row = box->first_row; row < box->end_row; row++)
        for (unsigned column = box->first_column; column < box->end_column; column++)
            if (is_region_cell(search->region, column, row))
                try_cell(search, column, row);
    return isfinite(search->cost);
}

/* Below this the shape has no direction of its own, and below that a name looks merely askew. */
static const double LEAST_STRETCH = 1.3, LEAST_ANGLE_DEG = 10;

/* The direction in which the region is long: the first principal axis of its cells. Read from the
 * left, or upwards when it is upright. False when no direction stands out. */
static bool find_axis(const Region *region, double *angle_deg)
{
    const EvmGridBox *box = &region->box;
    double xx = 0, xy = 0, yy = 0;
    for (unsigned row = box->first_row; row < box->end_row; row++)
        for (unsigned column = box->first_column; column < box->end_column; column++) {
            if (!is_region_cell(region, column, row))
                continue;
            double x = cell_x(region->grid, column) - region->middle.x_px;
            double y = cell_y(region->grid, row) - region->middle.y_px;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
    double mean = (xx + yy) / 2, spread = hypot((xx - yy) / 2, xy);
    *angle_deg = 0.5 * atan2(2 * xy, xx - yy) * 180 / G_PI;
    if (*angle_deg > 80)
        *angle_deg -= 180;
    return mean + spread >= LEAST_STRETCH * LEAST_STRETCH * (mean - spread) &&
           fabs(*angle_deg) >= LEAST_ANGLE_DEG;
}

bool evm_label_field_find_place(const EvmLabelField *field, const EvmAreaLabel *label,
                                EvmTurnedBox *place)
{
    Region region = find_region(label->grid, label->filter, label->user);
    Search search = {field, &region, label, 0, INFINITY, place};
    bool is_found =
        search_region(&search) ||
        (label->may_turn && find_axis(&region, &search.angle_deg) && search_region(&search));
    g_free(region.sums);
    return is_found;
}

static int compare_candidates(const void *pa, const void *pb)
{
    const EvmLabelCandidate *a = pa, *b = pb;
    return a->cost < b->cost ? -1 : a->cost > b->cost;
}

/* Every second cell's place in each direction, with its cost in px. */
static GArray *find_all(const Search *search)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(EvmLabelCandidate));
    const EvmGridBox *box = &search->region->box;
    for (unsigned row = box->first_row; row < box->end_row; row += 2)
        for (unsigned column = box->first_column; column < box->end_column; column += 2) {
            Search own = *search;
            EvmLabelCandidate candidate;
            own.cost = INFINITY;
            own.place = &candidate.box;
            if (is_region_cell(search->region, column, row))
                try_cell(&own, column, row);
            candidate.cost = own.cost;
            if (isfinite(own.cost))
                g_array_append_val(all, candidate);
        }
    g_array_sort(all, compare_candidates);
    return all;
}

enum { CANDIDATES_KEPT = 14, ENOUGH_LEVEL = 3 };

static bool is_far(const GArray *kept, guint from, const EvmRect *box)
{
    for (guint i = from; i < kept->len; i++) {
        const EvmRect *other = &g_array_index(kept, EvmLabelCandidate, i).box.box;
        if (fabs(other->x_px - box->x_px) < 0.25 * box->width_px &&
            fabs(other->y_px - box->y_px) < 0.6 * box->height_px)
            return false;
    }
    return true;
}

/* The cheapest of them, apart from each other; the cost is then in double widths of the name. */
static void add_best(const Search *search, GArray *candidates)
{
    GArray *all = find_all(search);
    guint from = candidates->len;
    double extra = search->angle_deg == 0 ? 0 : 0.5;
    for (guint i = 0; i < all->len && candidates->len < from + CANDIDATES_KEPT; i++) {
        EvmLabelCandidate candidate = g_array_index(all, EvmLabelCandidate, i);
        candidate.cost = MIN(1.5, 0.5 * candidate.cost / search->label->width_px) + extra;
        if (is_far(candidates, from, &candidate.box.box))
            g_array_append_val(candidates, candidate);
    }
    g_array_free(all, TRUE);
}

void evm_label_field_add_inside(const EvmLabelField *field, const EvmAreaLabel *label,
                                GArray *candidates)
{
    Region region = find_region(label->grid, label->filter, label->user);
    Search search = {field, &region, label, 0, INFINITY, NULL};
    guint from = candidates->len;
    add_best(&search, candidates);
    if (label->may_turn && candidates->len < from + ENOUGH_LEVEL &&
        find_axis(&region, &search.angle_deg))
        add_best(&search, candidates);
    g_free(region.sums);
}

bool evm_label_field_find_inside(EvmLabelField *field, const EvmAreaGrid *grid,
                                 EvmAreaFilter filter, const void *user, double inside,
                                 double width_px, double height_px, EvmRect *box)
{
    EvmAreaLabel label = {grid, filter, user, inside, width_px, height_px, false};
    EvmTurnedBox place;
    bool is_found = evm_label_field_find_place(field, &label, &place);
    if (is_found) {
        *box = place.box;
        evm_label_field_add(field, place.box);
    }
    return is_found;
}
