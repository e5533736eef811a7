#include "timeline/series.h"

#include "base/error.h"
#include "base/limits.h"
#include "timeline/walk.h"

static EvmTally *copy_tally(const EvmTally *tally)
{
    EvmTally *copy = g_new(EvmTally, 1);
    *copy = *tally;
    copy->rows = g_memdup2(tally->rows, tally->count * sizeof *tally->rows);
    return copy;
}

static void compute_days(EvmSeries *series, const EvmUniverse *universe, EvmWalk *walk)
{
    for (size_t i = 0; i < series->day_count; i++) {
        if (i > 0)
            evm_walk_compute_next(walk);
        if (i > 0 && walk->turned_count == 0) {
            series->days[i] = copy_tally(series->days[i - 1]);
            continue;
        }
        series->days[i] = evm_tally_compute(universe, walk->state, -1);
        evm_universe_add_others(universe, walk->state, series->others);
    }
}

static void add_control(EvmSeries *series, EvmControlKind kind, size_t actor)
{
    EvmControl control = {kind, (uint32_t)actor};
    for (size_t i = 0; i < series->day_count; i++)
        if (evm_tally_row_at(series->days[i], control).districts > 0) {
            series->controls[series->control_count++] = control;
            return;
        }
}

static void find_controls(EvmSeries *series, const EvmJoin *join)
{
    for (size_t actor = 0; actor < join->actor_count; actor++)
        add_control(series, EVM_CONTROL_HELD, actor);
    add_control(series, EVM_CONTROL_CONTESTED, 0);
    add_control(series, EVM_CONTROL_UNASSESSED, 0);
}

EvmSeries *evm_series_compute(const EvmUniverse *universe, const EvmJoin *join,
                              const EvmQuestion *question, EvmDate to, GError **error)
{
    int64_t days = (int64_t)to.days - question->date.days + 1;
    if (days > EVM_LIMIT_SERIES_DAYS) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                    "a series of %" G_GINT64_FORMAT " days is longer than the limit of %d", days,
                    EVM_LIMIT_SERIES_DAYS);
        return NULL;
    }
    EvmWalk *walk = evm_walk_new(join, question);
    EvmSeries *series = g_new0(EvmSeries, 1);
    series->from = question->date;
    series->day_count = days > 0 ? (size_t)days : 0;
    series->days = g_new0(EvmTally *, series->day_count);
    series->controls = g_new(EvmControl, join->actor_count + 2);
    series->others = g_array_new(FALSE, FALSE, sizeof(EvmControl));
    compute_days(series, universe, walk);
    evm_walk_free(walk);
    find_controls(series, join);
    return series;
}

static void raise_to(EvmTallyRow *most, const EvmTallyRow *row)
{
    most->districts = MAX(most->districts, row->districts);
    most->area_km2 = MAX(most->area_km2, row->area_km2);
    most->population = MAX(most->population, row->population);
    most->changing = MAX(most->changing, row->changing);
    most->disputed = MAX(most->disputed, row->disputed);
    most->stale = MAX(most->stale, row->stale);
    most->assumed = MAX(most->assumed, row->assumed);
}

static GArray *collect_controls(const EvmSeries *series)
{
    GArray *controls = g_array_new(FALSE, FALSE, sizeof(EvmControl));
    g_array_append_vals(controls, series->controls, (guint)series->control_count);
    for (guint i = 0; i < series->others->len; i++) {
        EvmControl other = g_array_index(series->others, EvmControl, i);
        if (!evm_control_list_has(controls, other))
            g_array_append_val(controls, other);
    }
    return controls;
}

EvmTally *evm_series_compute_most(const EvmSeries *series)
{
    g_autoptr(GArray) controls = collect_controls(series);
    EvmTally *most = g_new0(EvmTally, 1);
    most->count = controls->len;
    most->rows = g_new0(EvmTallyRow, most->count);
    for (guint k = 0; k < controls->len; k++)
        most->rows[k].control = g_array_index(controls, EvmControl, k);
    for (size_t day = 0; day < series->day_count; day++) {
        raise_to(&most->total, &series->days[day]->total);
        for (size_t k = 0; k < most->count; k++) {
            EvmTallyRow row = evm_tally_row_at(series->days[day], most->rows[k].control);
            raise_to(&most->rows[k], &row);
        }
    }
    return most;
}

void evm_series_free(EvmSeries *series)
{
    if (!series)
        return;
    for (size_t i = 0; i < series->day_count; i++)
        evm_tally_free(series->days[i]);
    g_free(series->days);
    g_free(series->controls);
    g_array_unref(series->others);
    g_free(series);
}
