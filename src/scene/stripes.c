#include <math.h>

#include "scene/parts.h"

/* Which side of a line: along * x + across * y < limit, or the other way round. */
typedef struct {
    double a, b, limit;
} HalfPlane;

static double depth(const HalfPlane *plane, EvmPoint point)
{
    return plane->limit - plane->a * point.x_px - plane->b * point.y_px;
}

/* Sutherland and Hodgman 1974: what two pieces share along the cut has no area. */
static void cut_ring(const HalfPlane *plane, const EvmPoint *ring, guint count, GArray *out)
{
    g_array_set_size(out, 0);
    for (guint i = 0; i < count; i++) {
        EvmPoint from = ring[i], to = ring[(i + 1) % count];
        double before = depth(plane, from), after = depth(plane, to);
        if (before >= 0)
            g_array_append_val(out, from);
        if ((before >= 0) == (after >= 0))
            continue;
        double t = before / (before - after);
        EvmPoint at = {from.x_px + t * (to.x_px - from.x_px),
                       from.y_px + t * (to.y_px - from.y_px)};
        g_array_append_val(out, at);
    }
}

typedef struct {
    double a, b, period_px, width_px;
    GArray *points, *ends;  /* the result */
    GArray *first, *second; /* rings in the making */
} Cutter;

static void cut_stripe(Cutter *cutter, const EvmPoint *ring, guint count, double start)
{
    HalfPlane upper = {cutter->a, cutter->b, start + cutter->width_px};
    HalfPlane lower = {-cutter->a, -cutter->b, -start};
    cut_ring(&upper, ring, count, cutter->first);
    cut_ring(&lower, (EvmPoint *)(void *)cutter->first->data, cutter->first->len, cutter->second);
    if (cutter->second->len < 3)
        return;
    g_array_append_vals(cutter->points, cutter->second->data, cutter->second->len);
    uint32_t end = cutter->points->len;
    g_array_append_val(cutter->ends, end);
}

static void cut_stripes(Cutter *cutter, const EvmPoint *ring, guint count)
{
    double low = INFINITY, high = -INFINITY;
    for (guint i = 0; i < count; i++) {
        double at = cutter->a * ring[i].x_px + cutter->b * ring[i].y_px;
        low = fmin(low, at);
        high = fmax(high, at);
    }
    double period = cutter->period_px;
    for (double start = floor(low / period) * period; start < high; start += period)
        cut_stripe(cutter, ring, count, start);
}

EvmPath evm_stripes_compute(EvmArena *arena, const EvmPath *path, const EvmStripes *stripes)
{
    double angle = stripes->angle_deg * G_PI / 180;
    Cutter cutter = {-sin(angle),
                     cos(angle),
                     stripes->period_px,
                     stripes->width_px,
                     g_array_new(FALSE, FALSE, sizeof(EvmPoint)),
                     g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                     g_array_new(FALSE, FALSE, sizeof(EvmPoint)),
                     g_array_new(FALSE, FALSE, sizeof(EvmPoint))};
    uint32_t start = 0;
    for (uint32_t part = 0; part < path->part_count; start = path->ends[part++])
        cut_stripes(&cutter, path->points + start, path->ends[part] - start);
    EvmPoint *points = evm_arena_alloc_array(arena, cutter.points->len, sizeof *points);
    uint32_t *ends = evm_arena_alloc_array(arena, cutter.ends->len, sizeof *ends);
    for (guint i = 0; i < cutter.points->len; i++)
        points[i] = g_array_index(cutter.points, EvmPoint, i);
    for (guint i = 0; i < cutter.ends->len; i++)
        ends[i] = g_array_index(cutter.ends, uint32_t, i);
    EvmPath result = {points, ends, cutter.ends->len, true};
    g_array_free(cutter.points, TRUE);
    g_array_free(cutter.ends, TRUE);
    g_array_free(cutter.first, TRUE);
    g_array_free(cutter.second, TRUE);
    return result;
}

bool evm_stripes_find(const EvmHolding *holding, double line, EvmStripes *out)
{
    if (holding->doubt == EVM_DOUBT_NONE)
        return false;
    *out = holding->doubt == EVM_DOUBT_DISPUTED ? (EvmStripes){-45, 8 * line, 4 * line}
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
