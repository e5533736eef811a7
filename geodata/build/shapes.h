/* Writes polygons with attributes as a shapefile: .shp, .shx, .dbf, .prj, .cpg. */
#ifndef EVM_BUILD_SHAPES_H
#define EVM_BUILD_SHAPES_H

#include <glib.h>
#include <stdbool.h>

#include "topology.h"

typedef struct {
    const char *name; /* at most 10 characters */
    char type;        /* 'C' text in UTF-8, 'N' number */
    int width, decimals;
} EvmField;

typedef struct EvmShapeWriter EvmShapeWriter;

/* `fields` ends with a NULL name. */
EvmShapeWriter *evm_shape_writer_new(const char *folder, const char *name, const EvmField *fields,
                                     GError **error);
/* Adds one polygon. `rings` are lists of arc references, outer rings clockwise; `values` has one
 * text a field, "" for none. */
bool evm_shape_writer_write(EvmShapeWriter *writer, const EvmTopology *topology,
                            const GPtrArray *rings, const char *const *values, GError **error);
/* Closes and frees; `writer` may be NULL. */
void evm_shape_writer_free(EvmShapeWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EvmShapeWriter, evm_shape_writer_free)

#endif
