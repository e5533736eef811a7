/* The set of districts being counted: the polygons of a boundary file, each tied to a district of
 * the gazetteer; and counts by control over it. */
#ifndef EVM_TIMELINE_UNIVERSE_H
#define EVM_TIMELINE_UNIVERSE_H

#include "geodata/geodata.h"
#include "timeline/state.h"

enum { EVM_NO_DISTRICT = -1, EVM_NO_AREA = -1 };

typedef struct {
    const EvmGeodata *geodata;     /* borrowed */
    const EvmGazetteer *gazetteer; /* borrowed */
    int32_t *area_district;        /* one an area; EVM_NO_DISTRICT: nobody knows which it is */
    int32_t *district_area;        /* one a district; EVM_NO_AREA: it has no polygon */
    bool *is_counted;              /* one an area */
    double *area_km2; /* one an area: what its polygon covers, in whole tenths, so that sums of what
                         is written are what is written of sums */
    size_t count;     /* of the counted areas */
} EvmUniverse;

/* Ties areas to districts by P-code, else by the boundary file's shape id (crosswalk.csv), else by
 * name. An area that fits none, a second area of one district, one whose name and P-code are those
 * of two, and one that lies far from the district that its name means, becomes a warning and is
 * counted as unassessed; one that lies far from that of its code, and one whose name is but near
 * that of its district, is a warning and no more. All areas are counted, or those of the chosen
 * provinces (names or P-codes, NULL-terminated): EVM_ERROR_USAGE names the nearest when one is
 * unknown. */
EvmUniverse *evm_universe_compute(const EvmGeodata *geodata, const EvmGazetteer *gazetteer,
                                  const char *const *provinces, EvmDiagnostics *diagnostics,
                                  GError **error);
void evm_universe_free(EvmUniverse *universe);

/* By the baseline, and by no claim. */
bool evm_holding_is_assumed(const EvmHolding *holding);
/* The holding of one area; as without any claim when it is tied to no district. */
EvmHolding evm_universe_holding_at(const EvmUniverse *universe, const EvmState *state, size_t area);
/* Adds what counted areas in doubt may have instead (EvmControl), each control once. */
void evm_universe_add_others(const EvmUniverse *universe, const EvmState *state, GArray *controls);

typedef struct {
    EvmControl control;
    size_t districts;
    double area_km2;
    int64_t population;
    size_t changing, disputed; /* of `districts`: those with that doubt */
    size_t stale;              /* of `districts`, whatever their doubt */
    size_t assumed; /* of `districts`: nobody claims them, and the baseline has them held */
} EvmTallyRow;

/* Rows: every actor that holds something (in the join's order), contested, unassessed; rows of 0
 * districts left out. They add up to the universe: a district in doubt counts once, in the row of
 * the control that the rule gives it, and again only in that row's `changing` or `disputed`. */
typedef struct {
    EvmTallyRow *rows;
    size_t count;
    EvmTallyRow total;
} EvmTally;

/* Over the counted areas, or those of one province of the gazetteer when `province` >= 0. */
EvmTally *evm_tally_compute(const EvmUniverse *universe, const EvmState *state, int32_t province);
void evm_tally_free(EvmTally *tally);
/* The row of a control; all zeros when it has none. */
EvmTallyRow evm_tally_row_at(const EvmTally *tally, EvmControl control);

/* A NULL universe has one for every district. */
bool evm_universe_has_polygon(const EvmUniverse *universe, int32_t district);

#endif
