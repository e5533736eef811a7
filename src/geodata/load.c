#include "base/arena.h"
#include "geodata/columns.h"
#include "geodata/geodata.h"
#include "geodata/parts.h"
#include "geodata/rings.h"
#include "geodata/shapefile.h"
#include "geodata/topology.h"

/* The files as they were read, their bytes left out. */
static void keep_files(EvmGeodataParts *parts, const EvmShapefile *shapefile)
{
    EvmInputFile *files = evm_arena_alloc_array(parts->arena, shapefile->file_count, sizeof *files);
    for (size_t i = 0; i < shapefile->file_count; i++) {
        files[i] = shapefile->files[i];
        files[i].path = evm_arena_strdup(parts->arena, shapefile->files[i].path);
        files[i].data = NULL;
    }
    parts->geodata.files = files;
    parts->geodata.file_count = shapefile->file_count;
}

static bool load_parts(EvmGeodataParts *parts, EvmShapefile *shapefile, EvmDiagnostics *diagnostics,
                       GError **error)
{
    EvmShapeIndex index;
    EvmRawRings rings;
    if (!evm_shape_index_parse(&index, shapefile, diagnostics, error) ||
        !evm_prj_is_wgs84(shapefile, diagnostics, error))
        return false;
    EvmArea *areas = evm_arena_alloc_array(parts->arena, index.record_count, sizeof *areas);
    if (!evm_columns_load(areas, index.record_count, parts->arena, shapefile, diagnostics, error) ||
        !evm_raw_rings_load(&rings, shapefile, &index, diagnostics, error))
        return false;
    evm_shapefile_clear_data(shapefile); /* as large as all that follows */
    evm_raw_rings_compute_areas(&rings, areas);
    parts->geodata.areas = areas;
    parts->geodata.area_count = index.record_count;
    parts->geodata.extent = evm_geodata_compute_extent(&parts->geodata, NULL);
    evm_topology_compute(&parts->geodata, parts->arena, &rings, shapefile->shp, diagnostics);
    evm_raw_rings_clear(&rings);
    keep_files(parts, shapefile);
    return true;
}

EvmGeodata *evm_geodata_load(const char *path, EvmDiagnostics *diagnostics, GError **error)
{
    EvmShapefile shapefile;
    if (!evm_shapefile_load(&shapefile, path, error))
        return NULL;
    EvmGeodataParts *parts = g_new0(EvmGeodataParts, 1);
    parts->arena = evm_arena_new();
    bool ok = load_parts(parts, &shapefile, diagnostics, error);
    evm_shapefile_clear(&shapefile);
    if (ok)
        return &parts->geodata;
    evm_geodata_free(&parts->geodata);
    return NULL;
}

void evm_geodata_free(EvmGeodata *geodata)
{
    if (!geodata)
        return;
    EvmGeodataParts *parts = (EvmGeodataParts *)(void *)geodata;
    evm_arena_free(parts->arena);
    g_free(parts);
}

EvmExtent evm_geodata_compute_extent(const EvmGeodata *geodata, const bool *chosen)
{
    EvmExtent extent = {{0, 0}, {0, 0}};
    bool has_any = false;
    for (size_t i = 0; i < geodata->area_count; i++) {
        if ((chosen && !chosen[i]) || geodata->areas[i].ring_count == 0)
            continue;
        if (has_any)
            evm_extent_add(&extent, geodata->areas[i].extent);
        else
            extent = geodata->areas[i].extent;
        has_any = true;
    }
    return extent;
}
