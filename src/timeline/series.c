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

static bool has_control(const EvmControl *controls, size_t count, EvmControl control)
{
    for (size_t i = 0; i < count; i++)
        if (evm_control_is_equal(controls[i], control))
            return true;
    return false;
}

/* Also what is among the controls: they are known at the end. */
static void add_others(EvmSeries *series, const EvmUniverse *universe, const EvmState *state)
{
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, state, area);
        if (universe->is_counted[area] && holding.doubt != EVM_DOUBT_NONE &&
            !has_control(series->others, series->other_count, holding.other))
            series->others[series->other_count++] = holding.other;
    }
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
        add_others(series, universe, walk->state);
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

/* Those that a district is held by have rows of their own. */
static void leave_others(EvmSeries *series)
{
    size_t kept = 0;
    for (size_t i = 0; i < series->other_count; i++)
        if (!has_control(series->controls, series->control_count, series->others[i]))
            series->others[kept++] = series->others[i];
    series->other_count = kept;
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
    series->others = g_new(EvmControl, join->actor_count + 2);
    compute_days(series, universe, walk);
    evm_walk_free(walk);
    find_controls(series, join);
    leave_others(series);
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

EvmTally *evm_series_compute_most(const EvmSeries *series)
{
    EvmTally *most = g_new0(EvmTally, 1);
    most->count = series->control_count + series->other_count;
    most->rows = g_new0(EvmTallyRow, most->count);
    for (size_t k = 0; k < most->count; k++)
        most->rows[k].control = k < series->control_count
                                    ? series->controls[k]
                                    : series->others[k - series->control_count];
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
    g_free(series->others);
    g_free(series);
}
