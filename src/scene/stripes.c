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

typedef struct {
    const EvmPoint *points;
    uint32_t count;
} Ring;

/* Where a ring crosses a line. */
typedef struct {
    EvmPoint at;
    double along;    /* the line */
    uint32_t before; /* the ring's point before it */
    guint crossing;  /* of the ring, in its order */
    guint other;     /* at the other end of what the line has inside the ring */
} Crossing;

static bool is_above(const Cutter *cutter, double limit, EvmPoint point)
{
    return across(cutter, point) > limit;
}

static Crossing cross_at(const Cutter *cutter, double limit, const Ring *ring, uint32_t before)
{
    EvmPoint from = ring->points[before], to = ring->points[(before + 1) % ring->count];
    double start = across(cutter, from), t = (limit - start) / (across(cutter, to) - start);
    EvmPoint at = {from.x_px + t * (to.x_px - from.x_px), from.y_px + t * (to.y_px - from.y_px)};
    return (Crossing){
        .at = at, .along = cutter->b * at.x_px - cutter->a * at.y_px, .before = before};
}

static int compare_along(const void *pa, const void *pb)
{
    const Crossing *a = pa, *b = pb;
    if (a->along != b->along)
        return a->along < b->along ? -1 : 1;
    return a->crossing < b->crossing ? -1 : a->crossing > b->crossing;
}

/* By the rule of even and odd the line is inside the ring from the first to the second crossing
 * along it, from the third to the fourth, and so on. */
static void find_others(GArray *crossings)
{
    g_autoptr(GArray) sorted = g_array_copy(crossings);
    g_array_sort(sorted, compare_along);
    for (guint i = 0; i < sorted->len; i++) {
        guint own = g_array_index(sorted, Crossing, i).crossing;
        g_array_index(crossings, Crossing, own).other =
            g_array_index(sorted, Crossing, i ^ 1).crossing;
    }
}

/* Of Crossing, in the ring's order. */
static GArray *find_crossings(const Cutter *cutter, double limit, const Ring *ring)
{
    GArray *crossings = g_array_new(FALSE, FALSE, sizeof(Crossing));
    bool is_last_above = is_above(cutter, limit, ring->points[0]);
    for (uint32_t i = 0; i < ring->count; i++) {
        bool is_next_above = is_above(cutter, limit, ring->points[i + 1 < ring->count ? i + 1 : 0]);
        if (is_last_above != is_next_above) {
            Crossing crossing = cross_at(cutter, limit, ring, i);
            crossing.crossing = crossings->len;
            g_array_append_val(crossings, crossing);
        }
        is_last_above = is_next_above;
    }
    find_others(crossings);
    return crossings;
}

/* A ring, taken apart at its crossings: the first chain runs from the first crossing to the second.
 */
typedef struct {
    const Ring *ring;
    const GArray *crossings;
    bool *is_used; /* one a chain */
} Chains;

static const Crossing *crossing_at(const Chains *chains, guint index)
{
    return &g_array_index(chains->crossings, Crossing, index % chains->crossings->len);
}

/* Between its two crossings, in the ring's direction or against it. */
static void add_chain(const Chains *chains, guint chain, bool is_forward, GArray *points)
{
    const Ring *ring = chains->ring;
    const Crossing *from = crossing_at(chains, chain), *to = crossing_at(chains, chain + 1);
    uint32_t count = (to->before + ring->count - from->before) % ring->count;
    if (count == 0)
        count = ring->count;
    g_array_append_val(points, (is_forward ? from : to)->at);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t step = is_forward ? i : count - 1 - i;
        g_array_append_val(points, ring->points[(from->before + 1 + step) % ring->count]);
    }
    g_array_append_val(points, (is_forward ? to : from)->at);
    chains->is_used[chain] = true;
}

/* From a chain along the line to the next one of the same side, until it is closed. */
static GArray *compute_piece(const Chains *chains, guint chain)
{
    guint count = chains->crossings->len, side = chain % 2;
    GArray *points = g_array_new(FALSE, FALSE, sizeof(EvmPoint));
    for (bool is_forward = true; !chains->is_used[chain];) {
        add_chain(chains, chain, is_forward, points);
        guint end = is_forward ? (chain + 1) % count : chain;
        guint other = crossing_at(chains, end)->other;
        is_forward = other % 2 == side;
        chain = is_forward ? other : (other + count - 1) % count;
    }
    return points;
}

static void add_ring(Cutter *cutter, const Ring *ring)
{
    g_array_append_vals(cutter->points, ring->points, ring->count);
    uint32_t end = cutter->points->len;
    g_array_append_val(cutter->ends, end);
}

static void cut_stripes(Cutter *cutter, const Ring *ring, int first, int last);

static uint32_t count_crossings(const Cutter *cutter, double limit, const Ring *ring)
{
    uint32_t count = 0;
    bool is_first_above = is_above(cutter, limit, ring->points[0]), is_last_above = is_first_above;
    for (uint32_t i = 1; i < ring->count; i++) {
        bool is_next_above = is_above(cutter, limit, ring->points[i]);
        count += is_last_above != is_next_above;
        is_last_above = is_next_above;
    }
    return count + (is_last_above != is_first_above);
}

/* Most rings cross the line twice, and have a piece on each side of it. */
static void halve(Cutter *cutter, const Ring *ring, int first, int middle, int last)
{
    double limit = line_at(cutter, middle);
    g_autofree EvmPoint *points = g_new(EvmPoint, 2 * ((gsize)ring->count + 2));
    EvmPoint *sides[] = {points, points + ring->count + 2};
    uint32_t counts[] = {0, 0};
    for (uint32_t i = 0; i < ring->count; i++) {
        bool side = is_above(cutter, limit, ring->points[i]);
        sides[side][counts[side]++] = ring->points[i];
        if (side == is_above(cutter, limit, ring->points[(i + 1) % ring->count]))
            continue;
        EvmPoint at = cross_at(cutter, limit, ring, i).at;
        sides[false][counts[false]++] = at;
        sides[true][counts[true]++] = at;
    }
    cut_stripes(cutter, &(Ring){sides[false], counts[false]}, first, middle);
    cut_stripes(cutter, &(Ring){sides[true], counts[true]}, middle, last);
}

/* Into pieces that have nothing in common: a ring that ran along the line from one piece to the
 * next would cover nothing, but be seen as a hairline. */
static void take_apart(Cutter *cutter, const Ring *ring, int first, int middle, int last)
{
    double limit = line_at(cutter, middle);
    g_autoptr(GArray) crossings = find_crossings(cutter, limit, ring);
    guint count = crossings->len;
    bool is_first_above = is_above(cutter, limit, ring->points[0]);
    g_autofree bool *is_used = g_new0(bool, count);
    Chains chains = {ring, crossings, is_used};
    for (guint chain = 0; chain < count; chain++) {
        if (is_used[chain])
            continue;
        bool is_piece_above = is_first_above != (chain % 2 == 0);
        g_autoptr(GArray) points = compute_piece(&chains, chain);
        Ring piece = {(const EvmPoint *)(void *)points->data, points->len};
        cut_stripes(cutter, &piece, is_piece_above ? middle : first,
                    is_piece_above ? last : middle);
    }
}

static void cut_at(Cutter *cutter, const Ring *ring, int first, int middle, int last)
{
    double limit = line_at(cutter, middle);
    uint32_t crossings = count_crossings(cutter, limit, ring);
    if (crossings > 2)
        take_apart(cutter, ring, first, middle, last);
    else if (crossings == 2)
        halve(cutter, ring, first, middle, last);
    else if (is_above(cutter, limit, ring->points[0]))
        cut_stripes(cutter, ring, middle, last);
    else
        cut_stripes(cutter, ring, first, middle);
}

/* The ring lies between two lines. It is halved at the line in the middle, and so on: cutting each
 * stripe out of the whole ring would take as many times longer as there are stripes. */
static void cut_stripes(Cutter *cutter, const Ring *ring, int first, int last)
{
    if (ring->count < 3 || (last - first == 1 && first % 2 != 0))
        return;
    if (last - first == 1)
        add_ring(cutter, ring);
    else
        cut_at(cutter, ring, first, first + (last - first) / 2, last);
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
    cut_stripes(cutter, &(Ring){points, count}, 0, 2 * stripes);
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
