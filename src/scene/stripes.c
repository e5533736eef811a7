#include <math.h>
#include <string.h>

#include "scene/parts.h"

/* Lines across a shape: the first stripe lies between 0 and 1, a gap between 1 and 2, and so on. */
typedef struct {
    double a, b; /* a * x + b * y: how far across a point lies */
    double start_px, period_px, width_px;
    GArray *points, *ends; /* the result */
} Cutter;

static double line_at(const Cutter *cutter, int line)
{
    int stripe = line / 2;
    double start = cutter->start_px + stripe * cutter->period_px;
    return line % 2 == 0 ? start : start + cutter->width_px;
}

static double across(const Cutter *cutter, EvmPoint point)
{
    return cutter->a * point.x_px + cutter->b * point.y_px;
}

/* A ring in the making. */
typedef struct {
    EvmPoint *points;
    uint32_t count;
} Ring;

static void ring_add(Ring *ring, EvmPoint point)
{
    ring->points[ring->count++] = point;
}

/* Sutherland and Hodgman 1974, to both sides at once: what two pieces share along the cut has no
 * area. */
static void cut_ring(const Cutter *cutter, double limit, const Ring *ring, Ring *below, Ring *above)
{
    EvmPoint from = ring->points[ring->count - 1];
    double before = limit - across(cutter, from);
    below->count = above->count = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        EvmPoint to = ring->points[i];
        double after = limit - across(cutter, to);
        if ((before > 0 && after < 0) || (before < 0 && after > 0)) {
            double t = before / (before - after);
            EvmPoint at = {from.x_px + t * (to.x_px - from.x_px),
                           from.y_px + t * (to.y_px - from.y_px)};
            ring_add(below, at);
            ring_add(above, at);
        }
        if (after >= 0)
            ring_add(below, to);
        if (after <= 0)
            ring_add(above, to);
        from = to;
        before = after;
    }
}

static void add_ring(Cutter *cutter, const Ring *ring)
{
    g_array_append_vals(cutter->points, ring->points, ring->count);
    uint32_t end = cutter->points->len;
    g_array_append_val(cutter->ends, end);
}

/* The ring lies between two lines. It is halved at the line in the middle, and so on: cutting each
 * stripe out of the whole ring would take as many times longer as there are stripes. */
static void cut_stripes(Cutter *cutter, const Ring *ring, int first, int last)
{
    if (ring->count < 3 || (last - first == 1 && first % 2 != 0))
        return;
    if (last - first == 1) {
        add_ring(cutter, ring);
        return;
    }
    int middle = first + (last - first) / 2;
    size_t most = 2 * (size_t)ring->count;
    Ring below = {g_new(EvmPoint, most), 0}, above = {g_new(EvmPoint, most), 0};
    cut_ring(cutter, line_at(cutter, middle), ring, &below, &above);
    cut_stripes(cutter, &below, first, middle);
    cut_stripes(cutter, &above, middle, last);
    g_free(below.points);
    g_free(above.points);
}

static void cut_part(Cutter *cutter, const EvmPoint *points, uint32_t count)
{
    double low = INFINITY, high = -INFINITY, period = cutter->period_px;
    for (uint32_t i = 0; i < count; i++) {
        low = fmin(low, across(cutter, points[i]));
        high = fmax(high, across(cutter, points[i]));
    }
    if (!(low < high))
        return;
    cutter->start_px = floor(low / period) * period;
    int stripes = (int)ceil((high - cutter->start_px) / period);
    cut_stripes(cutter, &(Ring){(EvmPoint *)(uintptr_t)points, count}, 0, 2 * stripes);
}

EvmPath evm_stripes_compute(EvmArena *arena, const EvmPath *path, const EvmStripes *stripes)
{
    double angle = stripes->angle_deg * G_PI / 180;
    Cutter cutter = {.a = -sin(angle),
                     .b = cos(angle),
                     .period_px = stripes->period_px,
                     .width_px = stripes->width_px,
                     .points = g_array_new(FALSE, FALSE, sizeof(EvmPoint)),
                     .ends = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    uint32_t start = 0;
    for (uint32_t part = 0; part < path->part_count; start = path->ends[part++])
        cut_part(&cutter, path->points + start, path->ends[part] - start);
    EvmPoint *points = evm_arena_alloc_array(arena, cutter.points->len, sizeof *points);
    uint32_t *ends = evm_arena_alloc_array(arena, cutter.ends->len, sizeof *ends);
    if (cutter.ends->len > 0) {
        memcpy(points, cutter.points->data, cutter.points->len * sizeof *points);
        memcpy(ends, cutter.ends->data, cutter.ends->len * sizeof *ends);
    }
    EvmPath result = {points, ends, cutter.ends->len, true};
    g_array_free(cutter.points, TRUE);
    g_array_free(cutter.ends, TRUE);
    return result;
}

EvmPath evm_stripes_compute_in_piece(EvmArena *arena, const EvmPath *path,
                                     const EvmStripes *stripes, const EvmLayout *layout)
{
    EvmStripes turned = *stripes;
    if (layout->is_mirrored)
        turned.angle_deg = -turned.angle_deg;
    return evm_stripes_compute(arena, path, &turned);
}

bool evm_stripes_find(const EvmHolding *holding, double line, EvmStripes *out)
{
    if (holding->doubt == EVM_DOUBT_NONE)
        return false;
    *out = holding->doubt == EVM_DOUBT_DISPUTED ? (EvmStripes){-45, 8 * line, 3 * line}
                                                : (EvmStripes){0, 7 * line, 2.4 * line};
    return true;
}

EvmStripes evm_stripes_find_contested(const EvmSheetRequest *request)
{
    double line = MAX(request->layout->line, EVM_HATCH_MIN_LINE);
    return (EvmStripes){45, 6 * line, request->theme->contested_hatch_px * line};
}

EvmStripes evm_stripes_find_stale(const EvmSheetRequest *request)
{
    double line = MAX(request->layout->line, EVM_HATCH_MIN_LINE);
    return (EvmStripes){90, 4.5 * line, request->theme->stale_hatch_px * line};
}
