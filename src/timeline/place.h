/* Where an event is: by its P-code, name and province, or by its longitude and latitude. Each
 * spelling is looked for once. Not for several threads at a time. */
#ifndef EVM_TIMELINE_PLACE_H
#define EVM_TIMELINE_PLACE_H

#include "events/events.h"
#include "gazetteer/gazetteer.h"
#include "geodata/geodata.h"

/* Boundaries whose areas are tied to districts (timeline/universe.h). */
typedef struct {
    const EvmGeodata *geodata;
    const int32_t *area_district; /* one an area; -1 for none */
    const int32_t *district_area; /* one a district; -1, or past the last area, for none */
} EvmPointSource;

typedef struct {
    EvmMatch match;
    int32_t point_district; /* in which its point lies, or -1 */
    bool disagrees; /* its name is a district's, and its point lies in another or in none; or the
                       point decided against what the row says besides */
} EvmPlace;

typedef struct EvmPlaceFinder EvmPlaceFinder;

/* All borrowed; must outlive it. `points` may be NULL: they say nothing then. */
EvmPlaceFinder *evm_place_finder_new(const EvmGazetteer *gazetteer, const EvmPointSource *points);
void evm_place_finder_free(EvmPlaceFinder *finder);

/* A name or P-code comes first. The point decides (EVM_MATCH_POINT) when there is neither, when the
 * name fits several districts of which one has the point, and when nobody knows the name: it may be
 * a village's. */
EvmPlace evm_place_finder_resolve(EvmPlaceFinder *finder, const EvmEvent *event);

#endif
