#include "base/error.h"
#include "base/limits.h"
#include "pipeline/timeline.h"
#include "timeline/walk.h"

/* The same day, so many months later, or the last of that month. */
static EvmDate add_months(EvmDate date, int months)
{
    int year, month, day;
    EvmDate out = date;
    evm_date_format_ymd(date, &year, &month, &day);
    month += months - 1;
    year += month / 12;
    month = month % 12 + 1;
    while (day > 0 && !evm_date_parse_ymd(year, month, day, &out))
        day--;
    return out;
}

static EvmDate date_at(const EvmTimelineRequest *request, int index)
{
    EvmDate from = request->sheet.question.date;
    if (request->step == EVM_STEP_MONTH)
        return add_months(from, index);
    return (EvmDate){from.days + index * (request->step == EVM_STEP_WEEK ? 7 : 1)};
}

static bool is_alike(const EvmHolding *a, const EvmHolding *b)
{
    return evm_control_is_equal(a->control, b->control) && a->doubt == b->doubt &&
           a->is_stale == b->is_stale &&
           (a->doubt == EVM_DOUBT_NONE || evm_control_is_equal(a->other, b->other));
}

/* Moves on by a day; true when a counted district is then held otherwise. */
static bool walk_on(EvmWalk *walk, const EvmUniverse *universe, EvmHolding *before, size_t count)
{
    bool has_change = false;
    evm_walk_compute_next(walk);
    for (size_t i = 0; i < walk->turned_count; i++) {
        uint32_t district = walk->turned[i];
        int32_t area = universe->district_area[district];
        const EvmHolding *after = &walk->state->holdings[district];
        has_change |= area != EVM_NO_AREA && universe->is_counted[area] && district < count &&
                      !is_alike(&before[district], after);
        before[district] = *after;
    }
    return has_change;
}

static void add_change_dates(GArray *dates, const EvmTimelineRequest *request,
                             const EvmInputs *inputs)
{
    size_t count = inputs->gazetteer->district_count;
    EvmWalk *walk = evm_walk_new(inputs->join, &request->sheet.question);
    g_autofree EvmHolding *before =
        g_memdup2(walk->state->holdings, count * sizeof *walk->state->holdings);
    EvmDate date = request->sheet.question.date;
    g_array_append_val(dates, date);
    for (date.days++; date.days <= request->to.days; date.days++)
        if (walk_on(walk, inputs->universe, before, count))
            g_array_append_val(dates, date);
    evm_walk_free(walk);
}

GArray *evm_timeline_compute_dates(const EvmTimelineRequest *request, const EvmInputs *inputs,
                                   GError **error)
{
    int64_t days = (int64_t)request->to.days - request->sheet.question.date.days + 1;
    if (days > EVM_LIMIT_SERIES_DAYS) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT,
                    "a timeline of %" G_GINT64_FORMAT " days is longer than the limit of %d", days,
                    EVM_LIMIT_SERIES_DAYS);
        return NULL;
    }
    GArray *dates = g_array_new(FALSE, FALSE, sizeof(EvmDate));
    if (request->step == EVM_STEP_CHANGE)
        add_change_dates(dates, request, inputs);
    for (int i = 0; request->step != EVM_STEP_CHANGE; i++) {
        EvmDate date = date_at(request, i);
        if (date.days > request->to.days)
            break;
        g_array_append_val(dates, date);
    }
    if (g_array_index(dates, EvmDate, dates->len - 1).days < request->to.days)
        g_array_append_val(dates, request->to);
    return dates;
}
