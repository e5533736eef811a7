#include "scene/labels.h"

#include <math.h>

struct EvmLabelField {
    EvmRect frame;
    GArray *taken; /* of EvmRect */
};

EvmLabelField *evm_label_field_new(EvmRect frame)
{
    EvmLabelField *field = g_new0(EvmLabelField, 1);
    field->frame = frame;
    field->taken = g_array_new(FALSE, FALSE, sizeof(EvmRect));
    return field;
}

void evm_label_field_free(EvmLabelField *field)
{
    if (!field)
        return;
    g_array_free(field->taken, TRUE);
    g_free(field);
}

void evm_label_field_add(EvmLabelField *field, EvmRect taken)
{
    g_array_append_val(field->taken, taken);
}

static bool overlaps(EvmRect a, EvmRect b)
{
    return a.x_px < b.x_px + b.width_px && b.x_px < a.x_px + a.width_px &&
           a.y_px < b.y_px + b.height_px && b.y_px < a.y_px + a.height_px;
}

bool evm_label_field_has_room(const EvmLabelField *field, EvmRect box)
{
    const EvmRect *frame = &field->frame;
    if (box.x_px < frame->x_px || box.y_px < frame->y_px ||
        box.x_px + box.width_px > frame->x_px + frame->width_px ||
        box.y_px + box.height_px > frame->y_px + frame->height_px)
        return false;
    for (guint i = 0; i < field->taken->len; i++)
        if (overlaps(g_array_index(field->taken, EvmRect, i), box))
            return false;
    return true;
}

enum { POSITIONS = 16, PUSHED_AT_MOST = 2 };

/* The box of a label at one of its positions, the preferred one first. */
static EvmRect box_at(const EvmPointLabel *label, unsigned position)
{
    /* x and y of the box's centre, in half widths and half heights off the point. */
    static const double around[POSITIONS][2] = {
        {1, 0},    {1, -1},  {1, 1},     {-1, 0},   {-1, -1},  {-1, 1},  {0, -1},    {0, 1},
        {1, -0.5}, {1, 0.5}, {-1, -0.5}, {-1, 0.5}, {0.5, -1}, {0.5, 1}, {-0.5, -1}, {-0.5, 1}};
    const double *toward = around[position];
    bool is_corner = fabs(toward[0]) == 1 && fabs(toward[1]) == 1;
    double dx = toward[0] * (label->width_px / 2 + label->gap_px * (is_corner ? 0.7 : 1));
    double dy = toward[1] * (label->height_px / 2 + label->gap_px * (is_corner ? 0.1 : 0.7));
    return (EvmRect){label->point.x_px + dx - label->width_px / 2,
                     label->point.y_px + dy - label->height_px / 2, label->width_px,
                     label->height_px};
}

/* The placed labels that a box overlaps, at most `most` + 1 of them; returns how many. */
static unsigned find_blockers(const EvmPointLabel *labels, size_t count, EvmRect box,
                              size_t blockers[], unsigned most)
{
    unsigned found = 0;
    for (size_t i = 0; i < count && found <= most; i++)
        if (labels[i].is_placed && overlaps(labels[i].box, box))
            blockers[found++] = i;
    return found;
}

/* Puts a label where nothing is; false when there is no such place. */
static bool place_freely(const EvmLabelField *field, EvmPointLabel *labels, size_t count, size_t i)
{
    for (unsigned position = 0; position < POSITIONS; position++) {
        EvmRect box = box_at(&labels[i], position);
        size_t blocker;
        if (!evm_label_field_has_room(field, box) ||
            find_blockers(labels, count, box, &blocker, 0) > 0)
            continue;
        labels[i].box = box;
        return labels[i].is_placed = true;
    }
    return false;
}

/* Puts label i into `box` and its blockers elsewhere, or leaves all as it was. */
static bool push_away(const EvmLabelField *field, EvmPointLabel *labels, size_t count, size_t i,
                      EvmRect box, const size_t *blockers, unsigned blocker_count)
{
    EvmPointLabel before[PUSHED_AT_MOST];
    bool done = true;
    for (unsigned b = 0; b < blocker_count; b++) {
        before[b] = labels[blockers[b]];
        labels[blockers[b]].is_placed = false;
    }
    labels[i].box = box;
    labels[i].is_placed = true;
    for (unsigned b = 0; b < blocker_count; b++)
        done = done && place_freely(field, labels, count, blockers[b]);
    if (done)
        return true;
    labels[i].is_placed = false;
    for (unsigned b = 0; b < blocker_count; b++)
        labels[blockers[b]] = before[b];
    return false;
}

static void place_by_force(const EvmLabelField *field, EvmPointLabel *labels, size_t count,
                           size_t i)
{
    for (unsigned position = 0; position < POSITIONS; position++) {
        EvmRect box = box_at(&labels[i], position);
        size_t blockers[PUSHED_AT_MOST + 1];
        if (!evm_label_field_has_room(field, box))
            continue;
        unsigned found = find_blockers(labels, count, box, blockers, PUSHED_AT_MOST);
        if (found <= PUSHED_AT_MOST && push_away(field, labels, count, i, box, blockers, found))
            return;
    }
}

void evm_label_field_compute_beside(EvmLabelField *field, EvmPointLabel *labels, size_t count)
{
    for (size_t i = 0; i < count; i++)
        place_freely(field, labels, count, i);
    for (size_t i = 0; i < count; i++)
        if (!labels[i].is_placed)
            place_by_force(field, labels, count, i);
    for (size_t i = 0; i < count; i++)
        if (labels[i].is_placed)
            evm_label_field_add(field, labels[i].box);
}

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

bool evm_label_field_find_inside(EvmLabelField *field, const EvmAreaGrid *grid,
                                 EvmAreaFilter filter, const void *user, double inside,
                                 double width_px, double height_px, EvmRect *box)
{
    Region region = find_region(grid, filter, user);
    double best = INFINITY;
    for (unsigned row = region.box.first_row; row < region.box.end_row; row++) {
        for (unsigned column = region.box.first_column; column < region.box.end_column; column++) {
            if (!is_region_cell(&region, column, row))
                continue;
            double x = cell_x(grid, column), y = cell_y(grid, row);
            EvmRect candidate = {x - width_px / 2, y - height_px / 2, width_px, height_px};
            double cost = hypot(x - region.middle.x_px, y - region.middle.y_px);
            if (cost >= best)
                continue;
            double share = share_inside(&region, candidate);
            cost += (1 - share) * 2 * width_px;
            if (share < inside || cost >= best || !evm_label_field_has_room(field, candidate))
                continue;
            best = cost;
            *box = candidate;
        }
    }
    g_free(region.sums);
    if (isfinite(best))
        evm_label_field_add(field, *box);
    return isfinite(best);
}
