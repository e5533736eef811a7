#include "scene/bands.h"

#include <math.h>

#include "scene/parts.h"

double evm_bands_compute_x(const EvmBands *bands, size_t day)
{
    double last = MAX(1, (double)bands->series->day_count - 1);
    return bands->plot.x_px + bands->plot.width_px * (double)day / last;
}

double evm_bands_compute_y(const EvmBands *bands, double districts)
{
    double all = MAX(1, (double)bands->request->universe->count);
    return bands->plot.y_px + bands->plot.height_px * (1 - districts / all);
}

static double count_at(const EvmBands *bands, size_t day, EvmControl control)
{
    return (double)evm_tally_row_at(bands->series->days[day], control).districts;
}

double evm_bands_count_last(const EvmBands *bands, size_t control)
{
    return count_at(bands, bands->series->day_count - 1, bands->series->controls[control]);
}

/* Every day a point, or fewer where they would lie closer than half a pixel; the last one always.
 */
static size_t next_day(const EvmBands *bands, size_t day)
{
    size_t count = bands->series->day_count;
    size_t stride = (size_t)MAX(1, (double)count / (2 * bands->plot.width_px));
    return day + 1 == count ? count : MIN(day + stride, count - 1);
}

/* Between what lies below and that with this band: along the days and back. Adds it to `below`. */
static EvmPath compute_band(const EvmBands *bands, EvmControl control, double below[])
{
    size_t days = bands->series->day_count, count = 0;
    EvmArena *arena = evm_builder_find_arena(bands->builder);
    EvmPoint *points = evm_arena_alloc_array(arena, 2 * days, sizeof *points);
    uint32_t *end = evm_arena_alloc(arena, sizeof *end);
    for (size_t day = 0; day < days; day = next_day(bands, day))
        points[count++] =
            (EvmPoint){evm_bands_compute_x(bands, day), evm_bands_compute_y(bands, below[day])};
    for (size_t day = 0; day < days; day++)
        below[day] += count_at(bands, day, control);
    size_t half = count, i = 0;
    for (size_t day = 0; day < days; day = next_day(bands, day), i++)
        points[2 * half - 1 - i] =
            (EvmPoint){evm_bands_compute_x(bands, day), evm_bands_compute_y(bands, below[day])};
    *end = (uint32_t)(2 * half);
    return (EvmPath){points, end, 1, true};
}

static void draw_band(const EvmBands *bands, EvmControl control, double below[])
{
    const EvmTheme *theme = bands->request->theme;
    EvmPath path = compute_band(bands, control, below);
    EvmItem *band =
        evm_builder_add_path(bands->builder, path, evm_control_find_color(bands->request, control));
    band->stroke = (EvmStroke){.color = theme->page, .width_px = 0.6};
    const EvmSign *sign = evm_control_find_sign(bands->request, control);
    if (sign)
        evm_pattern_draw(bands->builder, bands->request, sign->pattern, &path, sign->mark);
    if (control.kind != EVM_CONTROL_CONTESTED)
        return;
    EvmStripes hatch = evm_stripes_find_contested(bands->request);
    EvmArena *arena = evm_builder_find_arena(bands->builder);
    evm_builder_add_path(bands->builder,
                         evm_stripes_compute_in_piece(arena, &path, &hatch, bands->request->layout),
                         theme->contested_hatch);
}

void evm_bands_draw(const EvmBands *bands)
{
    g_autofree double *below = g_new0(double, bands->series->day_count);
    for (size_t i = 0; i < bands->series->control_count; i++)
        draw_band(bands, bands->series->controls[i], below);
}

static size_t find_smallest(const EvmBands *bands, const bool *is_named)
{
    size_t smallest = 0;
    double least = INFINITY;
    for (size_t i = 0; i < bands->series->control_count; i++)
        if (is_named[i] && evm_bands_count_last(bands, i) <= least) {
            least = evm_bands_count_last(bands, i);
            smallest = i;
        }
    return smallest;
}

/* The ends that there is room to name. */
static void find_named(const EvmBands *bands, double room_px, double line_px, bool *is_named)
{
    size_t most = 1 + (size_t)MAX(0, room_px / line_px), named = 0;
    for (size_t i = 0; i < bands->series->control_count; i++)
        named += is_named[i] = evm_bands_count_last(bands, i) > 0;
    for (; named > most; named--)
        is_named[find_smallest(bands, is_named)] = false;
}

void evm_bands_compute_baselines(const EvmBands *bands, const EvmFont *font, double line_px,
                                 double baselines[])
{
    size_t count = bands->series->control_count;
    double cap = evm_builder_compute_extents(bands->builder, font, "H").cap_height_px, below = 0;
    double limit = bands->plot.y_px + bands->plot.height_px;
    g_autofree bool *is_named = g_new0(bool, count + 1);
    find_named(bands, bands->plot.height_px - cap, line_px, is_named);
    for (size_t i = 0; i < count; i++) {
        double districts = evm_bands_count_last(bands, i);
        double middle = evm_bands_compute_y(bands, below + districts / 2) + cap / 2;
        below += districts;
        baselines[i] = NAN;
        if (!is_named[i])
            continue;
        baselines[i] = MIN(middle, limit);
        limit = baselines[i] - line_px;
    }
    limit = bands->plot.y_px + cap;
    for (size_t i = count; i-- > 0;)
        if (is_named[i]) {
            baselines[i] = MAX(baselines[i], limit);
            limit = baselines[i] + line_px;
        }
}
