/* What the .dbf says about each area. */
#ifndef EVM_GEODATA_COLUMNS_H
#define EVM_GEODATA_COLUMNS_H

#include "base/arena.h"
#include "geodata/geodata.h"
#include "geodata/shapefile.h"

/* Fills the strings of `areas`, one a record, from `arena`; "" where there is no such column.
 * Columns are known by name, case-blind, '_', '-' and blanks alike. Text is UTF-8 if the .cpg, or
 * without one the language driver, names nothing else. A row count other than `area_count`, a
 * header that does not add up, and text that cannot be decoded are EVM_ERROR_INPUT. */
bool evm_columns_load(EvmArea *areas, size_t area_count, EvmArena *arena,
                      const EvmShapefile *shapefile, EvmDiagnostics *diagnostics, GError **error);

#endif
