#include "geodata/vertices.h"

#include <string.h>

__extension__ typedef unsigned __int128 Product;

typedef struct {
    uint32_t *slots; /* vertex number + 1; 0: free */
    size_t mask;
    EvmLonLat *places; /* of each vertex number */
    uint32_t count;
    uint64_t seed[2];
} Table;

/* The folded product of wyhash (Wang Yi 2019). */
static size_t hash(const Table *table, EvmLonLat place)
{
    uint64_t lon, lat;
    memcpy(&lon, &place.lon_deg, sizeof lon);
    memcpy(&lat, &place.lat_deg, sizeof lat);
    Product product = (Product)(lon ^ table->seed[0]) * (lat ^ table->seed[1]);
    return (size_t)((uint64_t)product ^ (uint64_t)(product >> 64));
}

static bool is_at(const Table *table, uint32_t vertex, EvmLonLat place)
{
    return table->places[vertex].lon_deg == place.lon_deg &&
           table->places[vertex].lat_deg == place.lat_deg;
}

static uint32_t add_vertex(Table *table, EvmLonLat place)
{
    size_t slot = hash(table, place) & table->mask;
    while (table->slots[slot] != 0) {
        if (is_at(table, table->slots[slot] - 1, place))
            return table->slots[slot] - 1;
        slot = (slot + 1) & table->mask;
    }
    table->places[table->count] = place;
    table->slots[slot] = ++table->count;
    return table->count - 1;
}

/* A line that was met before is mostly walked backwards by the neighbour: the vertex before, or the
 * one after, spares the look-up. */
static void number_ring(Table *table, const EvmLonLat *points, uint32_t count, uint32_t *numbers)
{
    uint32_t last = table->count;
    for (uint32_t i = 0; i < count; i++) {
        if (last > 0 && is_at(table, last - 1, points[i]))
            last = last - 1;
        else if (last + 1 < table->count && is_at(table, last + 1, points[i]))
            last = last + 1;
        else
            last = add_vertex(table, points[i]);
        numbers[i] = last;
    }
}

static size_t table_size(uint32_t point_count)
{
    size_t size = 64;
    while (size < (size_t)point_count + point_count / 4)
        size *= 2;
    return size;
}

uint32_t *evm_vertices_compute(const EvmRawRings *rings, const uint64_t seed[2], uint32_t *count)
{
    size_t size = table_size(rings->point_count);
    Table table = {
        .slots = g_new0(uint32_t, size),
        .mask = size - 1,
        .places = g_new(EvmLonLat, rings->point_count + 1),
        .seed = {seed[0], seed[1]},
    };
    uint32_t *numbers = g_new(uint32_t, rings->point_count + 1);
    for (uint32_t i = 0; i < rings->ring_count; i++) {
        const EvmRawRing *ring = &rings->rings[i];
        number_ring(&table, rings->points + ring->first, ring->count, numbers + ring->first);
    }
    *count = table.count;
    g_free(table.slots);
    g_free(table.places);
    return numbers;
}
