/* The files of one shapefile, each read once into memory, and shapelib reading from there: what was
 * hashed is what is drawn, and nothing is opened a second time. */
#ifndef EVM_GEODATA_SHAPEFILE_H
#define EVM_GEODATA_SHAPEFILE_H

#include <glib.h>
#include <shapefil.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "base/input_file.h"

enum { EVM_SHAPEFILE_PARTS = 5 };

typedef struct {
    EvmInputFile files[EVM_SHAPEFILE_PARTS]; /* those that are there, in the order below */
    size_t file_count;
    const EvmInputFile *shp, *shx, *dbf; /* into files */
    const EvmInputFile *prj, *cpg;       /* NULL when there is none */
} EvmShapefile;

/* A .shp in any case, and its parts beside it. */
bool evm_shapefile_load(EvmShapefile *shapefile, const char *path, GError **error);
/* Frees the bytes of its files; their names and sums stay. */
void evm_shapefile_clear_data(EvmShapefile *shapefile);
void evm_shapefile_clear(EvmShapefile *shapefile);

/* What the .shp and .shx agree on. */
typedef struct {
    uint32_t record_count;
    uint32_t ring_count, vertex_count; /* of all records, as declared and checked */
} EvmShapeIndex;

/* Every header, index entry, record header, content length and part table, before shapelib sees
 * them. shapelib 1.5 itself opens a .shx that lists a record twice or leaves some out, and declared
 * lengths that are wrong, without a word. Source: ESRI Shapefile Technical Description, 1998. */
bool evm_shape_index_parse(EvmShapeIndex *index, const EvmShapefile *shapefile,
                           EvmDiagnostics *diagnostics, GError **error);

/* NULL with an error in shapelib's own words. Valid while `shapefile` is; one thread. */
SHPHandle evm_shapefile_alloc_shp(const EvmShapefile *shapefile, GError **error);
DBFHandle evm_shapefile_alloc_dbf(const EvmShapefile *shapefile, GError **error);

/* True when the .prj is a geographic system on WGS 84 in degrees from Greenwich. An absent or empty
 * one is a note. */
bool evm_prj_is_wgs84(const EvmShapefile *shapefile, EvmDiagnostics *diagnostics, GError **error);

/* Sets EVM_ERROR_INPUT, "path: message"; false, to be returned. */
bool evm_shapefile_add_error(const EvmInputFile *file, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* A diagnostic about a file as a whole or, with a record (1-based; 0: none), about one of it. */
void evm_shapefile_add_diagnostic(EvmDiagnostics *diagnostics, EvmSeverity severity,
                                  const EvmInputFile *file, uint32_t record, const char *code,
                                  const char *hint, const char *format, ...) G_GNUC_PRINTF(7, 8);

#endif
