/* A random map: a grid of cells whose corners and borders are bent at random, some cells left out,
 * rings begun anywhere and run either way. */
#ifndef EVM_TEST_GEODATA_TESSELLATION_H
#define EVM_TEST_GEODATA_TESSELLATION_H

#include "fixture.h"

typedef struct {
    int columns, rows;
    EvmLonLat *corners;  /* (columns + 1) x (rows + 1) */
    GArray **across;     /* columns x (rows + 1): points between two corners, west to east */
    GArray **up;         /* (columns + 1) x rows: south to north */
    GPtrArray *polygons; /* text of each cell that is there */
} Tessellation;

static inline EvmLonLat jitter(GRand *random, double lon, double lat, double by)
{
    return (EvmLonLat){lon + g_rand_double_range(random, -by, by),
                       lat + g_rand_double_range(random, -by, by)};
}

static inline GArray *bend(GRand *random, EvmLonLat a, EvmLonLat b)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(EvmLonLat));
    int count = g_rand_int_range(random, 0, 12);
    for (int i = 1; i <= count; i++) {
        double t = (double)i / (count + 1);
        EvmLonLat point = jitter(random, a.lon_deg + t * (b.lon_deg - a.lon_deg),
                                 a.lat_deg + t * (b.lat_deg - a.lat_deg), 0.01);
        g_array_append_val(points, point);
    }
    return points;
}

static inline void append_side(GArray *ring, EvmLonLat corner, const GArray *side, bool is_backward)
{
    g_array_append_val(ring, corner);
    for (guint i = 0; i < side->len; i++)
        g_array_append_val(ring,
                           g_array_index(side, EvmLonLat, is_backward ? side->len - 1 - i : i));
}

static inline char *format_ring(GRand *random, const GArray *ring)
{
    GString *text = g_string_new(NULL);
    guint start = (guint)g_rand_int_range(random, 0, (gint32)ring->len);
    bool is_backward = g_rand_boolean(random);
    for (guint i = 0; i <= ring->len; i++) {
        guint at = (start + (is_backward ? ring->len - i % ring->len : i)) % ring->len;
        EvmLonLat point = g_array_index(ring, EvmLonLat, at);
        g_string_append_printf(text, "%s%.17g %.17g", i ? "," : "", point.lon_deg, point.lat_deg);
    }
    return g_string_free(text, FALSE);
}

static inline char *format_cell(GRand *random, const Tessellation *map, int x, int y)
{
    GArray *ring = g_array_new(FALSE, FALSE, sizeof(EvmLonLat));
    int width = map->columns + 1;
    append_side(ring, map->corners[y * width + x], map->across[y * map->columns + x], false);
    append_side(ring, map->corners[y * width + x + 1], map->up[y * width + x + 1], false);
    append_side(ring, map->corners[(y + 1) * width + x + 1],
                map->across[(y + 1) * map->columns + x], true);
    append_side(ring, map->corners[(y + 1) * width + x], map->up[y * width + x], true);
    char *text = format_ring(random, ring);
    g_array_free(ring, TRUE);
    return text;
}

static inline void tessellation_init(Tessellation *map, GRand *random)
{
    int columns = map->columns = g_rand_int_range(random, 1, 9);
    int rows = map->rows = g_rand_int_range(random, 1, 9);
    map->corners = g_new(EvmLonLat, (gsize)((columns + 1) * (rows + 1)));
    map->across = g_new(GArray *, (gsize)(columns * (rows + 1)));
    map->up = g_new(GArray *, (gsize)((columns + 1) * rows));
    map->polygons = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < (columns + 1) * (rows + 1); i++)
        map->corners[i] =
            jitter(random, 60 + 0.2 * (i % (columns + 1)), 30 + 0.2 * (i / (columns + 1)), 0.04);
    for (int i = 0; i < columns * (rows + 1); i++) {
        const EvmLonLat *west = &map->corners[i / columns * (columns + 1) + i % columns];
        map->across[i] = bend(random, west[0], west[1]);
    }
    for (int i = 0; i < (columns + 1) * rows; i++)
        map->up[i] = bend(random, map->corners[i], map->corners[i + columns + 1]);
    for (int i = 0; i < columns * rows; i++)
        if (i == 0 || g_rand_int_range(random, 0, 8) > 0)
            g_ptr_array_add(map->polygons, format_cell(random, map, i % columns, i / columns));
}

static inline void tessellation_clear(Tessellation *map)
{
    for (int i = 0; i < map->columns * (map->rows + 1); i++)
        g_array_free(map->across[i], TRUE);
    for (int i = 0; i < (map->columns + 1) * map->rows; i++)
        g_array_free(map->up[i], TRUE);
    g_free(map->corners);
    g_free(map->across);
    g_free(map->up);
    g_ptr_array_free(map->polygons, TRUE);
}

static inline EvmGeodata *tessellation_load(guint32 seed, EvmDiagnostics *diagnostics)
{
    GRand *random = g_rand_new_with_seed(seed);
    Tessellation map;
    tessellation_init(&map, random);
    EvmGeodata *geodata =
        geodata_from((const char *const *)map.polygons->pdata, map.polygons->len, diagnostics);
    tessellation_clear(&map);
    g_rand_free(random);
    return geodata;
}

#endif
