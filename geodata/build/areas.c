/* Districts, provinces and the outline, all from the same arcs, so that their borders coincide
 * vertex by vertex. */
#include <stdlib.h>
#include <string.h>

#include "shapes.h"
#include "source.h"

static const EvmField DISTRICT_FIELDS[] = {
    {"pcode", 'C', 6, 0},      {"district", 'C', 40, 0},  {"province", 'C', 20, 0},
    {"prov_pcode", 'C', 4, 0}, {"name_fa", 'C', 60, 0},   {"name_ps", 'C', 60, 0},
    {"area_km2", 'N', 10, 1},  {"population", 'N', 9, 0}, {"drawn_km2", 'N', 10, 1},
    {NULL, 0, 0, 0},
};

static const EvmField PROVINCE_FIELDS[] = {
    {"prov_pcode", 'C', 4, 0}, {"province", 'C', 20, 0},  {"area_km2", 'N', 10, 1},
    {"population", 'N', 9, 0}, {"drawn_km2", 'N', 10, 1}, {NULL, 0, 0, 0},
};

static const EvmField OUTLINE_FIELDS[] = {
    {"iso_a2", 'C', 2, 0},     {"name", 'C', 20, 0},      {"area_km2", 'N', 10, 1},
    {"population", 'N', 9, 0}, {"drawn_km2", 'N', 10, 1}, {NULL, 0, 0, 0},
};

/* A group of districts: one district, a province or the country. */
typedef struct {
    bool *chosen; /* by ring */
    double area_km2, population;
    int64_t area; /* of the chosen rings, as evm_vertices_compute_area has it */
} Group;

/* The group of all districts whose P-code begins with `prefix`. */
static Group collect_group(const EvmSource *source, const char *prefix)
{
    const EvmTable *table = source->gazetteer;
    const GPtrArray *rings = source->topology->rings;
    Group group = {.chosen = g_new0(bool, rings->len)};

    for (unsigned row = 0; row < table->rows->len; row++) {
        if (!g_str_has_prefix(evm_table_at(table, row, GAZ_PCODE), prefix))
            continue;
        group.area_km2 += g_ascii_strtod(evm_table_at(table, row, GAZ_AREA), NULL);
        group.population += g_ascii_strtod(evm_table_at(table, row, GAZ_POPULATION), NULL);
    }
    for (unsigned i = 0; i < rings->len; i++) {
        const EvmArcRing *ring = rings->pdata[i];
        group.chosen[i] = g_str_has_prefix(ring->pcode, prefix);
        if (group.chosen[i]) {
            g_autoptr(GArray) trace = evm_topology_trace(source->topology, ring->refs);
            group.area += evm_vertices_compute_area(trace);
        }
    }
    return group;
}

/* Dissolves and proves that nothing was lost: the union has exactly the area of its members. */
static GPtrArray *dissolve(const EvmSource *source, const Group *group, const char *name,
                           double *drawn_km2, GError **error)
{
    g_autoptr(GPtrArray) rings = evm_topology_dissolve(source->topology, group->chosen, error);
    int64_t area = 0;

    if (!rings)
        return NULL;
    *drawn_km2 = 0;
    for (unsigned i = 0; i < rings->len; i++) {
        g_autoptr(GArray) trace = evm_topology_trace(source->topology, rings->pdata[i]);
        area += evm_vertices_compute_area(trace);
        *drawn_km2 += evm_vertices_compute_km2(trace);
    }
    if (area != group->area) {
        g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA,
                    "%s: the outline's area differs from that of its districts", name);
        return NULL;
    }
    return g_steal_pointer(&rings);
}

static char *format_number(const char *format, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(text, sizeof text, format, number));
}

/* One polygon for the group; `values` are its first fields, and the numbers follow. */
static bool write_group(const EvmSource *source, EvmShapeWriter *writer, const char *prefix,
                        const char *const *values, GError **error)
{
    Group group = collect_group(source, prefix);
    double drawn_km2;
    g_autoptr(GPtrArray) rings = dissolve(source, &group, values[1], &drawn_km2, error);

    g_free(group.chosen);
    if (!rings)
        return false;
    g_autofree char *area = format_number("%.1f", group.area_km2);
    g_autofree char *population = format_number("%.0f", group.population);
    g_autofree char *drawn = format_number("%.1f", drawn_km2);
    const char *const row[] = {values[0], values[1], area, population, drawn};
    return evm_shape_writer_write(writer, source->topology, rings, row, error);
}

static bool write_district(const EvmSource *source, EvmShapeWriter *writer, unsigned row,
                           GError **error)
{
    const EvmTable *table = source->gazetteer;
    const char *pcode = evm_table_at(table, row, GAZ_PCODE);
    Group group = collect_group(source, pcode);
    double drawn_km2;
    g_autoptr(GPtrArray) rings = dissolve(source, &group, pcode, &drawn_km2, error);

    g_free(group.chosen);
    if (!rings)
        return false;
    g_autofree char *drawn = format_number("%.1f", drawn_km2);
    const char *const values[] = {
        pcode,
        evm_table_at(table, row, GAZ_DISTRICT),
        evm_table_at(table, row, GAZ_PROVINCE),
        evm_table_at(table, row, GAZ_PROVINCE_PCODE),
        evm_table_at(table, row, GAZ_NAME_FA),
        evm_table_at(table, row, GAZ_NAME_PS),
        evm_table_at(table, row, GAZ_AREA),
        evm_table_at(table, row, GAZ_POPULATION),
        drawn,
    };
    return evm_shape_writer_write(writer, source->topology, rings, values, error);
}

static bool write_districts(const EvmSource *source, const char *folder, GError **error)
{
    g_autoptr(EvmShapeWriter) writer =
        evm_shape_writer_new(folder, "afg_districts", DISTRICT_FIELDS, error);

    if (!writer)
        return false;
    for (unsigned row = 0; row < source->gazetteer->rows->len; row++)
        if (source->ring_count_at[row] > 0 && !write_district(source, writer, row, error))
            return false;
    return true;
}

static bool is_first_of_province(const EvmSource *source, unsigned row)
{
    const char *pcode = evm_table_at(source->gazetteer, row, GAZ_PROVINCE_PCODE);
    return GPOINTER_TO_UINT(g_hash_table_lookup(source->provinces, pcode)) == row + 1;
}

static bool write_provinces(const EvmSource *source, const char *folder, GError **error)
{
    g_autoptr(EvmShapeWriter) writer =
        evm_shape_writer_new(folder, "afg_provinces", PROVINCE_FIELDS, error);

    if (!writer)
        return false;
    for (unsigned row = 0; row < source->gazetteer->rows->len; row++) {
        const char *pcode = evm_table_at(source->gazetteer, row, GAZ_PROVINCE_PCODE);
        const char *const values[] = {pcode, evm_table_at(source->gazetteer, row, GAZ_PROVINCE)};
        if (is_first_of_province(source, row) && !write_group(source, writer, pcode, values, error))
            return false;
    }
    return true;
}

static bool write_outline(const EvmSource *source, const char *folder, GError **error)
{
    g_autoptr(EvmShapeWriter) writer =
        evm_shape_writer_new(folder, "afg_outline", OUTLINE_FIELDS, error);
    const char *const values[] = {"AF", "Afghanistan"};

    return writer && write_group(source, writer, "AF", values, error);
}

bool evm_areas_write(const EvmSource *source, const char *folder, GError **error)
{
    return write_districts(source, folder, error) && write_provinces(source, folder, error) &&
           write_outline(source, folder, error);
}
