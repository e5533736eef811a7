/* Counts by control, day after day, as a table. */
#ifndef EVM_OUTPUT_SERIES_TABLE_H
#define EVM_OUTPUT_SERIES_TABLE_H

#include "output/table.h"
#include "timeline/series.h"

typedef enum { EVM_BY_DISTRICT, EVM_BY_AREA, EVM_BY_POPULATION } EvmUnit;
enum { EVM_BY_ALL = 1 << EVM_BY_DISTRICT | 1 << EVM_BY_AREA | 1 << EVM_BY_POPULATION };

/* For reading: one row a day, one column a control. */
void evm_series_write_text(EvmTable *table, const EvmJoin *join, const EvmSeries *series,
                           EvmUnit unit);
/* For programs: one row a day and control, whether it holds anything that day or not. `units`: one
 * bit a unit, 1 << EvmUnit; each has a column. */
void evm_series_write(EvmTable *table, const EvmJoin *join, const EvmSeries *series,
                      unsigned units);

#endif
