/* A state as GeoJSON (RFC 7946): one feature a counted area, with what `status` says of it. */
#ifndef EVM_OUTPUT_GEOJSON_H
#define EVM_OUTPUT_GEOJSON_H

#include <glib.h>

#include "timeline/universe.h"

/* The geometry of all areas, which serves any number of states, from any thread. */
typedef struct EvmGeojson EvmGeojson;

/* Longitudes and latitudes with six decimals, a tenth of a metre; outer rings run
 * counter-clockwise, holes clockwise. The universe is borrowed. */
EvmGeojson *evm_geojson_new(const EvmUniverse *universe);
void evm_geojson_free(EvmGeojson *geojson); /* NULL is fine */

/* Appends a FeatureCollection, a line a feature. Its own members are `date` and `software`; an
 * area's properties are the columns of the table of holdings, then `schematic` (its shape is a
 * share of another district's) and `changed` (it changed hands, as `changes` say). */
void evm_geojson_write(const EvmGeojson *geojson, const EvmState *state, const EvmChanges *changes,
                       const char *software, GString *out);

#endif
