/* Shapefiles written by the test itself, in a folder of its own. */
#ifndef EVM_TEST_GEODATA_FIXTURE_H
#define EVM_TEST_GEODATA_FIXTURE_H

#include <glib.h>
#include <glib/gstdio.h>
#include <shapefil.h>
#include <string.h>

#include "base/error.h"
#include "geodata/geodata.h"

#define WGS84                                                                                      \
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]]" \
    ","                                                                                            \
    "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"

static inline char *folder_new(void)
{
    GError *error = NULL;
    char *folder = g_dir_make_tmp("evmap-geodata-XXXXXX", &error);
    g_assert_no_error(error);
    return folder;
}

static inline void folder_free(char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
        g_free(path);
    }
    if (dir)
        g_dir_close(dir);
    g_rmdir(folder);
    g_free(folder);
}

static inline void write_file(const char *folder, const char *name, const void *data, size_t size)
{
    char *path = g_build_filename(folder, name, NULL);
    FILE *file = g_fopen(path, "wb");
    g_assert_nonnull(file);
    g_assert_cmpuint(fwrite(data, 1, size, file), ==, size);
    g_assert_cmpint(fclose(file), ==, 0);
    g_free(path);
}

static inline void remove_file(const char *folder, const char *name)
{
    char *path = g_build_filename(folder, name, NULL);
    g_assert_cmpint(g_remove(path), ==, 0);
    g_free(path);
}

/* "0 0, 0 1, 1 1, 1 0, 0 0; 5 5, …": rings with ';' between them, written as they stand; "" is a
 * null shape. */
static inline SHPObject *parse_polygon(const char *text)
{
    GArray *x = g_array_new(FALSE, FALSE, sizeof(double));
    GArray *y = g_array_new(FALSE, FALSE, sizeof(double));
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(int));
    for (const char *at = text; *at != '\0';) {
        char *end;
        int start = (int)x->len;
        if (at == text || at[-1] == ';')
            g_array_append_val(starts, start);
        double lon = g_ascii_strtod(at, &end), lat = g_ascii_strtod(end, &end);
        g_array_append_val(x, lon);
        g_array_append_val(y, lat);
        at = *end == '\0' ? end : end + 1;
    }
    SHPObject *shape = SHPCreateObject(
        x->len ? SHPT_POLYGON : SHPT_NULL, -1, (int)starts->len, (int *)(void *)starts->data, NULL,
        (int)x->len, (double *)(void *)x->data, (double *)(void *)y->data, NULL, NULL);
    g_array_free(x, TRUE);
    g_array_free(y, TRUE);
    g_array_free(starts, TRUE);
    return shape;
}

/* polygons.shp with its .shx, .dbf ("pcode": P1, P2, …), .prj and .cpg. Returns its path. */
static inline char *shapefile_new(const char *folder, const char *const *polygons, size_t count)
{
    char *path = g_build_filename(folder, "polygons.shp", NULL);
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    DBFHandle dbf = DBFCreateEx(path, NULL);
    DBFAddField(dbf, "pcode", FTString, 10, 0);
    for (size_t i = 0; i < count; i++) {
        SHPObject *shape = parse_polygon(polygons[i]);
        SHPWriteObject(shp, -1, shape);
        SHPDestroyObject(shape);
        char pcode[16];
        g_snprintf(pcode, sizeof pcode, "P%zu", i + 1);
        DBFWriteStringAttribute(dbf, (int)i, 0, pcode);
    }
    SHPClose(shp);
    DBFClose(dbf);
    write_file(folder, "polygons.prj", WGS84, strlen(WGS84));
    write_file(folder, "polygons.cpg", "UTF-8", 5);
    return path;
}

static inline EvmGeodata *load_or_fail(const char *path, EvmDiagnostics *diagnostics)
{
    GError *error = NULL;
    EvmGeodata *geodata = evm_geodata_load(path, diagnostics, &error);
    g_assert_no_error(error);
    g_assert_nonnull(geodata);
    return geodata;
}

static inline EvmGeodata *geodata_from(const char *const *polygons, size_t count,
                                       EvmDiagnostics *diagnostics)
{
    char *folder = folder_new();
    char *path = shapefile_new(folder, polygons, count);
    EvmGeodata *geodata = load_or_fail(path, diagnostics);
    g_free(path);
    folder_free(folder);
    return geodata;
}

static inline size_t count_code(const EvmDiagnostics *diagnostics, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < evm_diagnostics_count(diagnostics); i++)
        count += strcmp(evm_diagnostics_at(diagnostics, i)->code, code) == 0;
    return count;
}

/* The vertices of a ring, put together from its arcs, the first one repeated at the end. */
static inline GArray *ring_points(const EvmGeodata *geodata, size_t ring)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(EvmLonLat));
    const EvmRing *at = &geodata->rings[ring];
    for (uint32_t i = at->first; i < at->first + at->count; i++) {
        int32_t ref = geodata->refs[i];
        const EvmArc *arc = &geodata->arcs[ref < 0 ? ~ref : ref];
        for (uint32_t k = points->len > 0; k < arc->count; k++)
            g_array_append_val(points,
                               geodata->points[arc->first + (ref < 0 ? arc->count - 1 - k : k)]);
    }
    return points;
}

/* Square degrees, above 0 when counter-clockwise. */
static inline double signed_area(const GArray *points)
{
    double twice = 0;
    for (guint i = 1; i < points->len; i++) {
        EvmLonLat a = g_array_index(points, EvmLonLat, i - 1);
        EvmLonLat b = g_array_index(points, EvmLonLat, i);
        twice += a.lon_deg * b.lat_deg - b.lon_deg * a.lat_deg;
    }
    return twice / 2;
}

/* The same over its boundary: arcs with the area on the left count, those with it on the right
 * count backwards. */
static inline double area_by_sides(const EvmGeodata *geodata, int32_t area)
{
    double twice = 0;
    for (size_t i = 0; i < geodata->arc_count; i++) {
        const EvmArc *arc = &geodata->arcs[i];
        int sign = (arc->left == area) - (arc->right == area);
        for (uint32_t k = arc->first + 1; sign && k < arc->first + arc->count; k++) {
            EvmLonLat a = geodata->points[k - 1], b = geodata->points[k];
            twice += sign * (a.lon_deg * b.lat_deg - b.lon_deg * a.lat_deg);
        }
    }
    return twice / 2;
}

#endif
