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

typedef struct {
    const EvmAreaGrid *grid;
    bool *is_inside; /* one a cell */
    EvmPoint middle;
    size_t count;
} Region;

static Region find_region(const EvmAreaGrid *grid, EvmAreaFilter filter, const void *user)
{
    Region region = {.grid = grid, .is_inside = g_new0(bool, (size_t)grid->columns * grid->rows)};
    for (unsigned row = 0; row < grid->rows; row++) {
        for (unsigned column = 0; column < grid->columns; column++) {
            size_t cell = (size_t)row * grid->columns + column;
            if (grid->cells[cell] == EVM_GRID_NOTHING || !filter(grid->cells[cell], user))
                continue;
            region.is_inside[cell] = true;
            region.middle.x_px += column;
            region.middle.y_px += row;
            region.count++;
        }
    }
    if (region.count > 0) {
        double count = (double)region.count;
        region.middle.x_px = grid->frame.x_px + (region.middle.x_px / count + 0.5) * grid->cell_px;
        region.middle.y_px = grid->frame.y_px + (region.middle.y_px / count + 0.5) * grid->cell_px;
    }
    return region;
}

/* The share of the box that lies over the region. */
static double share_inside(const Region *region, EvmRect box)
{
    const EvmAreaGrid *grid = region->grid;
    unsigned inside = 0, all = 0;
    for (double y = box.y_px + grid->cell_px / 2; y < box.y_px + box.height_px; y += grid->cell_px)
        for (double x = box.x_px + grid->cell_px / 2; x < box.x_px + box.width_px;
             x += grid->cell_px) {
            double column = floor((x - grid->frame.x_px) / grid->cell_px);
            double row = floor((y - grid->frame.y_px) / grid->cell_px);
            all++;
            if (column >= 0 && row >= 0 && column < grid->columns && row < grid->rows)
                inside += region->is_inside[(unsigned)row * grid->columns + (unsigned)column];
        }
    return all ? (double)inside / all : 0;
}

bool evm_label_field_find_inside(EvmLabelField *field, const EvmAreaGrid *grid,
                                 EvmAreaFilter filter, const void *user, double inside,
                                 double width_px, double height_px, EvmRect *box)
{
    Region region = find_region(grid, filter, user);
    double best = INFINITY;
    for (size_t cell = 0; cell < (size_t)grid->columns * grid->rows; cell++) {
        if (!region.is_inside[cell])
            continue;
        double x = grid->frame.x_px + ((double)(cell % grid->columns) + 0.5) * grid->cell_px;
        double y = grid->frame.y_px + ((double)(cell / grid->columns) + 0.5) * grid->cell_px;
        EvmRect candidate = {x - width_px / 2, y - height_px / 2, width_px, height_px};
        double cost = hypot(x - region.middle.x_px, y - region.middle.y_px);
        if (cost >= best || !evm_label_field_has_room(field, candidate))
            continue;
        double share = share_inside(&region, candidate);
        cost += (1 - share) * 2 * width_px;
        if (share < inside || cost >= best)
            continue;
        best = cost;
        *box = candidate;
    }
    g_free(region.is_inside);
    if (isfinite(best))
        evm_label_field_add(field, *box);
    return isfinite(best);
}
