/* Which map planes may be asked for, and what they are called. */
#ifndef EVM_PROJECTION_CRS_H
#define EVM_PROJECTION_CRS_H

#include "geodata/geodata.h"

/* PROJ string of the Albers conic of projection.h; the caller owns it. */
char *evm_albers_format(EvmExtent extent);
/* "Albers equal-area conic, 30.9° and 36.9° N"; the caller owns it. */
char *evm_albers_format_name(EvmExtent extent);

typedef enum {
    EVM_CRS_STRING, /* "+proj=laea +lat_0=34": needs no database */
    EVM_CRS_CODE,   /* "EPSG:32642" */
} EvmCrsKind;

/* EVM_ERROR_USAGE, with what to give instead, for anything else, and for strings that would read
 * files (+init, +nadgrids), run several steps (pipelines) or give something else than metres east
 * and north. */
bool evm_crs_parse(const char *crs, EvmCrsKind *kind, GError **error);

/* "laea" of "+proj=laea +lat_0=34"; NULL when it names none. The caller owns it. */
char *evm_crs_find_method(const char *crs);

#endif
