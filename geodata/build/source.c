#include "source.h"

#include <string.h>

bool evm_source_find_row(const EvmSource *source, const char *pcode, unsigned *row)
{
    unsigned found = GPOINTER_TO_UINT(g_hash_table_lookup(source->rows, pcode));

    if (found > 0 && row)
        *row = found - 1;
    return found > 0;
}

bool evm_source_has_province(const EvmSource *source, const char *pcode, const char *name)
{
    unsigned found = GPOINTER_TO_UINT(g_hash_table_lookup(source->provinces, pcode));

    return found > 0 && strcmp(evm_table_at(source->gazetteer, found - 1, GAZ_PROVINCE), name) == 0;
}

static bool index_row(EvmSource *source, unsigned row, GError **error)
{
    const EvmTable *table = source->gazetteer;
    const char *pcode = evm_table_at(table, row, GAZ_PCODE);
    const char *province_pcode = evm_table_at(table, row, GAZ_PROVINCE_PCODE);
    const char *province = evm_table_at(table, row, GAZ_PROVINCE);

    if (strlen(pcode) != 6 || strlen(province_pcode) != 4 ||
        !g_str_has_prefix(pcode, province_pcode))
        return evm_table_fail(table, row, error, "district %s is not in province %s", pcode,
                              province_pcode);
    if (row > 0 && strcmp(evm_table_at(table, row - 1, GAZ_PCODE), pcode) >= 0)
        return evm_table_fail(table, row, error, "%s is repeated or out of order", pcode);
    g_hash_table_insert(source->rows, (gpointer)pcode, GUINT_TO_POINTER(row + 1));
    if (!g_hash_table_contains(source->provinces, province_pcode))
        g_hash_table_insert(source->provinces, (gpointer)province_pcode, GUINT_TO_POINTER(row + 1));
    if (!evm_source_has_province(source, province_pcode, province))
        return evm_table_fail(table, row, error, "%s has two names", province_pcode);
    return true;
}

/* "Darwaz ( Nesay )" is printed on maps: no blanks inside of brackets. */
static void strip_brackets(char *name)
{
    char *out = name;
    for (const char *p = name; *p != '\0'; p++) {
        bool is_inside = (p > name && p[-1] == '(') || p[1] == ')';
        if (*p != ' ' || !is_inside)
            *out++ = *p;
    }
    *out = '\0';
}

static bool load_gazetteer(EvmSource *source, GError **error)
{
    source->gazetteer =
        evm_table_load(source->folder, "gazetteer.csv",
                       "pcode,province,province_pcode,district,name_fa,name_ps,lat,lon,area_km2,"
                       "population,is_provincial_capital,note,source",
                       error);
    if (!source->gazetteer)
        return false;
    for (unsigned row = 0; row < source->gazetteer->rows->len; row++) {
        double lon, lat;
        char **fields = source->gazetteer->rows->pdata[row];
        strip_brackets(fields[GAZ_NAME_FA]);
        strip_brackets(fields[GAZ_NAME_PS]);
        if (!index_row(source, row, error) ||
            !evm_table_parse_number(source->gazetteer, row, GAZ_LON, &lon, error) ||
            !evm_table_parse_number(source->gazetteer, row, GAZ_LAT, &lat, error))
            return false;
    }
    return true;
}

static bool join_rings(EvmSource *source, GError **error)
{
    const GPtrArray *rings = source->topology->rings;

    source->row_of_ring = g_new0(unsigned, rings->len);
    source->ring_count_at = g_new0(unsigned, source->gazetteer->rows->len);
    for (unsigned i = 0; i < rings->len; i++) {
        const EvmArcRing *ring = rings->pdata[i];
        if (!evm_source_find_row(source, ring->pcode, &source->row_of_ring[i])) {
            g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA,
                        "outline_rings.csv: %s is not in the gazetteer", ring->pcode);
            return false;
        }
        source->ring_count_at[source->row_of_ring[i]]++;
    }
    return true;
}

EvmSource *evm_source_load(const char *folder, GError **error)
{
    g_autoptr(EvmSource) source = g_new0(EvmSource, 1);

    source->folder = folder;
    source->rows = g_hash_table_new(g_str_hash, g_str_equal);
    source->provinces = g_hash_table_new(g_str_hash, g_str_equal);
    source->topology = evm_topology_load(folder, error);
    if (!source->topology || !load_gazetteer(source, error) || !join_rings(source, error))
        return NULL;
    return g_steal_pointer(&source);
}

void evm_source_free(EvmSource *source)
{
    if (!source)
        return;
    evm_topology_free(source->topology);
    evm_table_free(source->gazetteer);
    g_hash_table_unref(source->rows);
    g_hash_table_unref(source->provinces);
    g_free(source->row_of_ring);
    g_free(source->ring_count_at);
    g_free(source);
}
