/* The tables beside the shapefiles, checked against the gazetteer. */
#include <string.h>

#include "source.h"

static void write_header(GString *text, const char *columns)
{
    g_string_append(text, columns);
    g_string_append_c(text, '\n');
}

static bool write_gazetteer(const EvmSource *source, const char *folder, GError **error)
{
    static const int before[] = {
        GAZ_PCODE, GAZ_PROVINCE, GAZ_PROVINCE_PCODE, GAZ_DISTRICT,   GAZ_NAME_FA,   GAZ_NAME_PS,
        GAZ_LON,   GAZ_LAT,      GAZ_AREA,           GAZ_POPULATION, GAZ_IS_CAPITAL};
    const EvmTable *table = source->gazetteer;
    g_autoptr(GString) text = g_string_new(NULL);

    write_header(text, "pcode,province,province_pcode,district,name_fa,name_ps,lon,lat,area_km2,"
                       "population,is_provincial_capital,has_outline,note,source");
    for (unsigned row = 0; row < table->rows->len; row++) {
        const char *fields[G_N_ELEMENTS(before) + 4] = {NULL};
        size_t count = 0;
        while (count < G_N_ELEMENTS(before)) {
            fields[count] = evm_table_at(table, row, (unsigned)before[count]);
            count++;
        }
        fields[count++] = source->ring_count_at[row] > 0 ? "1" : "0";
        fields[count++] = evm_table_at(table, row, GAZ_NOTE);
        fields[count++] = evm_table_at(table, row, GAZ_SOURCE);
        evm_csv_write_row(text, fields);
    }
    return evm_csv_write_file(folder, "gazetteer.csv", text, error);
}

static bool write_provinces(const EvmSource *source, const char *folder, GError **error)
{
    g_autoptr(GString) text = g_string_new("province_pcode,province\n");
    const EvmTable *table = source->gazetteer;

    for (unsigned row = 0; row < table->rows->len; row++) {
        const char *fields[] = {evm_table_at(table, row, GAZ_PROVINCE_PCODE),
                                evm_table_at(table, row, GAZ_PROVINCE), NULL};
        if (GPOINTER_TO_UINT(g_hash_table_lookup(source->provinces, fields[0])) == row + 1)
            evm_csv_write_row(text, fields);
    }
    return evm_csv_write_file(folder, "provinces.csv", text, error);
}

typedef bool (*CheckFunc)(const EvmSource *source, const EvmTable *table, unsigned row,
                          GError **error);

/* Ships a table as it is, after looking at every row. */
static bool copy_table(const EvmSource *source, const char *folder, const char *from,
                       const char *to, const char *columns, CheckFunc check, GError **error)
{
    g_autoptr(EvmTable) table = evm_table_load(source->folder, from, columns, error);
    g_autoptr(GString) text = g_string_new(NULL);

    if (!table)
        return false;
    write_header(text, columns);
    for (unsigned row = 0; row < table->rows->len; row++) {
        if (!check(source, table, row, error))
            return false;
        evm_csv_write_row(text, table->rows->pdata[row]);
    }
    return evm_csv_write_file(folder, to, text, error);
}

static bool check_capital(const EvmSource *source, const EvmTable *table, unsigned row,
                          GError **error)
{
    const char *province = evm_table_at(table, row, 0), *district = evm_table_at(table, row, 3);
    double lon, lat;

    if (!evm_source_has_province(source, province, evm_table_at(table, row, 1)))
        return evm_table_fail(table, row, error, "no such province: %s", province);
    if (!evm_source_find_row(source, district, NULL) || !g_str_has_prefix(district, province))
        return evm_table_fail(table, row, error, "no district %s in that province", district);
    return evm_table_parse_number(table, row, 4, &lon, error) &&
           evm_table_parse_number(table, row, 5, &lat, error);
}

static bool check_variant(const EvmSource *source, const EvmTable *table, unsigned row,
                          GError **error)
{
    if (!evm_source_has_province(source, evm_table_at(table, row, 0), evm_table_at(table, row, 1)))
        return evm_table_fail(table, row, error, "no such province");
    return true;
}

static bool check_crosswalk(const EvmSource *source, const EvmTable *table, unsigned row,
                            GError **error)
{
    const char *pcode = evm_table_at(table, row, 2);
    unsigned found;

    if (!evm_source_find_row(source, pcode, &found) || source->ring_count_at[found] == 0)
        return evm_table_fail(table, row, error, "%s has no outline", pcode);
    for (unsigned other = 0; other < row; other++)
        if (strcmp(evm_table_at(table, other, 0), evm_table_at(table, row, 0)) == 0 ||
            strcmp(evm_table_at(table, other, 2), pcode) == 0)
            return evm_table_fail(table, row, error, "shape or P-code repeated");
    return true;
}

static bool check_temporary(const EvmSource *source, const EvmTable *table, unsigned row,
                            GError **error)
{
    const char *parent = evm_table_at(table, row, 6);

    if (*parent && !evm_source_find_row(source, parent, NULL))
        return evm_table_fail(table, row, error, "no such parent: %s", parent);
    return true;
}

bool evm_lists_write(const EvmSource *source, const char *folder, GError **error)
{
    return write_gazetteer(source, folder, error) && write_provinces(source, folder, error) &&
           copy_table(source, folder, "provincial_capitals.csv", "capitals.csv",
                      "province_pcode,province,capital,district_pcode,lon,lat", check_capital,
                      error) &&
           copy_table(source, folder, "province_variants.csv", "province_variants.csv",
                      "province_pcode,province,variant,source", check_variant, error) &&
           copy_table(source, folder, "geoboundaries_crosswalk.csv", "crosswalk.csv",
                      "shapeID,shapeName,pcode,province,how,note", check_crosswalk, error) &&
           copy_table(source, folder, "temporary_districts.csv", "temporary_districts.csv",
                      "name,variants,name_fa,name_ps,province,iec_agcho_code,parent_pcode,"
                      "parent_district,population_1398,lat,lon,status,note,source",
                      check_temporary, error);
}
