/* Districts that are counted and have no polygon: as schematic shares of the district that they lie
 * in. */
#ifndef EVM_TIMELINE_SHARES_H
#define EVM_TIMELINE_SHARES_H

#include "gazetteer/gazetteer.h"
#include "geodata/geodata.h"

/* What is counted: the districts of 2014 that the shipped file draws; all with a P-code of 2021;
 * those of 2014 and the temporary ones that officials counted in 2021. */
typedef enum {
    EVM_UNIVERSE_OF_FILE = 0, /* whatever the boundary file draws */
    EVM_UNIVERSE_398 = 398,
    EVM_UNIVERSE_401 = 401,
    EVM_UNIVERSE_421 = 421,
} EvmUniverseKind;

/* A copy of the boundaries with one area a district of that universe: those without a polygon are
 * shares of their parents (geodata/split.h). EVM_ERROR_USAGE when the file draws districts that the
 * universe does not count, or the sum is another. `geodata` must outlive the copy. */
EvmGeodata *evm_shares_compute(const EvmGeodata *geodata, const EvmGazetteer *gazetteer,
                               EvmUniverseKind kind, GError **error);

#endif
