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
 * its edges (Deetz and Adams 1934, p. 91), centred on it. Otherwise a code ("EPSG:32642"), looked
 * up in PROJ's database, or a PROJ string ("+proj=laea +lat_0=34 +lon_0=66"), which needs none.
 * Nothing else is read, whatever the environment says: no grids, no proj.ini, no network; the
 * Albers and the strings give the same bytes with and without the database. EVM_ERROR_USAGE when
 * PROJ does not know it, when it is no plane in metres, and for strings that name files or steps;
 * EVM_ERROR_INTERNAL when libproj cannot be opened. May be made in one thread and used in another,
 * but not in two at once. */
EvmProjection *evm_projection_new(const char *crs, EvmExtent extent, GError **error);
void evm_projection_free(EvmProjection *projection); /* NULL is fine */

/* The PROJ string or code in use; borrowed. */
const char *evm_projection_format(const EvmProjection *projection);
/* For people: "Albers equal-area conic, 30.9° and 36.9° N", "WGS 84 / UTM zone 42N"; borrowed. */
const char *evm_projection_format_name(const EvmProjection *projection);

/* Projects `count` points; EVM_ERROR_INPUT when one has no finite result. */
bool evm_projection_compute(const EvmProjection *projection, const EvmLonLat *points, size_t count,
                            EvmMapPoint *out, GError **error);

/* "9.1.1": of the library, which this opens; NULL when there is none. Calling it early, in a
 * thread, takes the opening (some 10 ms) out of the way. */
const char *evm_projection_format_version(void);

#endif
