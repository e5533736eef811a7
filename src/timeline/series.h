/* Counts by control over a universe, day after day. */
#ifndef EVM_TIMELINE_SERIES_H
#define EVM_TIMELINE_SERIES_H

#include "timeline/universe.h"

typedef struct {
    EvmDate from;
    EvmTally **days; /* [0] is that of `from`; each is what evm_tally_compute gives on that day */
    size_t day_count;
    EvmControl *controls; /* all that occur on any day, in the order of a tally */
    size_t control_count;
    GArray *others; /* EvmControl: those that an area in doubt may have instead on some day */
} EvmSeries;

/* From the question's date to `to`, both included. EVM_ERROR_LIMIT past EVM_LIMIT_SERIES_DAYS. */
EvmSeries *evm_series_compute(const EvmUniverse *universe, const EvmJoin *join,
                              const EvmQuestion *question, EvmDate to, GError **error);
/* A row for every control of the series, in its order, then for what is among the others alone, and
 * in each row, and in the total, the most that any day has: what a table needs rows for whatever
 * the day. */
EvmTally *evm_series_compute_most(const EvmSeries *series);
void evm_series_free(EvmSeries *series);

#endif
