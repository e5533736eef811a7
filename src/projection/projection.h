/* Longitude and latitude to metres on a map plane, through PROJ. The only user of proj.h.
 *
 * libproj is opened on first use, not when the program starts: linked directly it costs every verb
 * about 9 ms of loading, and half the verbs draw nothing. */
#ifndef EVM_PROJECTION_PROJECTION_H
#define EVM_PROJECTION_PROJECTION_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "geodata/geodata.h"

/* Metres east (x) and north (y) on the map plane. */
typedef struct {
    double x_m, y_m;
} EvmMapPoint;

typedef struct EvmProjection EvmProjection;

/* `crs` NULL: Albers equal-area conic for `extent`, standard parallels a sixth of the height from
 * its edges (Deetz and Adams 1934, p. 91), centred on it. Otherwise whatever PROJ takes: "EPSG:32642",
 * "+proj=laea …". EVM_ERROR_USAGE when PROJ does not know it or it is not a plane, EVM_ERROR_INTERNAL
 * when libproj cannot be opened. Not shared between threads. */
EvmProjection *evm_projection_new(const char *crs, EvmExtent extent, GError **error);
void evm_projection_free(EvmProjection *projection);

/* The PROJ string or code in use; borrowed. */
const char *evm_projection_format(const EvmProjection *projection);
/* For people: "Albers equal-area conic, 30.9° and 36.9° N"; borrowed. */
const char *evm_projection_format_name(const EvmProjection *projection);

/* Projects `count` points; EVM_ERROR_INPUT when one has no finite result. */
bool evm_projection_compute(const EvmProjection *projection, const EvmLonLat *points, size_t count,
                            EvmMapPoint *out, GError **error);

/* "9.1.1": of the library that was opened; NULL when there is none. */
const char *evm_projection_format_version(void);

#endif
