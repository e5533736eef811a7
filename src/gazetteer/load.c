#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "gazetteer/parts.h"

typedef enum {
    FILE_GAZETTEER,
    FILE_VARIANTS,
    FILE_CAPITALS,
    FILE_ALIASES,
    FILE_CROSSWALK, /* from here on a file may be missing */
    FILE_TEMPORARY,
    FILE_PLACES,
    FILE_PARENTS,
    FILE_CHANGES,
    FILE_PROVINCE_NAMES,
    FILE_COUNT,
} FileKind;
enum { USER_FILES = 1 }; /* read later */

static const char *const FILE_NAMES[FILE_COUNT] = {
    "gazetteer.csv",     "province_variants.csv",   "capitals.csv", "aliases.csv",
    "crosswalk.csv",     "temporary_districts.csv", "places.csv",   "parents.csv",
    "pcode_changes.csv", "province_names.csv",
};

typedef struct {
    EvmGazetteerFull *full;
    EvmCsvTable *tables[FILE_COUNT]; /* NULL when missing */
    char *paths[FILE_COUNT];
    bool with_temporary; /* temporary districts are districts */
    GError **error;
} Loader;

typedef struct {
    const Loader *loader;
    FileKind file;
    const EvmCsvTable *table;
    size_t row;
} Row;

static const char *cell(const Row *row, int column)
{
    return evm_csv_table_at(row->table, row->row, column);
}

G_GNUC_PRINTF(2, 3)
static bool fail(const Row *row, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(row->loader->error, EVM_ERROR, EVM_ERROR_INPUT, "%s:%u: %s",
                row->loader->paths[row->file], evm_csv_table_line_at(row->table, row->row), what);
    return false;
}

/* Columns by name; -1 for an optional one (in front of it stands '?') that is missing. */
static bool find_columns(const Loader *loader, FileKind file, const char *const *names,
                         size_t count, int *columns)
{
    for (size_t i = 0; i < count; i++) {
        bool optional = names[i][0] == '?';
        columns[i] = evm_csv_table_find_column(loader->tables[file], names[i] + optional);
        if (columns[i] < 0 && !optional) {
            g_set_error(loader->error, EVM_ERROR, EVM_ERROR_INPUT, "%s: no column '%s'",
                        loader->paths[file], names[i]);
            return false;
        }
    }
    return true;
}

static bool load_file(Loader *loader, FileKind kind, const char *folder)
{
    EvmGazetteerFull *full = loader->full;
    EvmInputFile *file = &full->files[full->public.file_count];
    loader->paths[kind] = g_build_filename(folder, FILE_NAMES[kind], NULL);
    if (kind >= FILE_CROSSWALK && !g_file_test(loader->paths[kind], G_FILE_TEST_EXISTS))
        return true;
    if (!evm_input_file_load(file, loader->paths[kind], EVM_LIMIT_TABLE_BYTES, loader->error))
        return false;
    full->public.file_count++;
    loader->tables[kind] = evm_csv_table_parse(file->path, file->data, file->size, loader->error);
    g_clear_pointer(&file->data, g_free);
    return loader->tables[kind] != NULL;
}

typedef bool (*RowFunc)(const Row *row, const int *columns);

static bool each_row(const Loader *loader, FileKind file, const char *const *names, size_t count,
                     RowFunc func)
{
    int columns[16];
    g_assert(count <= G_N_ELEMENTS(columns));
    if (!loader->tables[file])
        return true;
    if (!find_columns(loader, file, names, count, columns))
        return false;
    Row row = {loader, file, loader->tables[file], 0};
    for (size_t rows = evm_csv_table_count(row.table); row.row < rows; row.row++)
        if (!func(&row, columns))
            return false;
    return true;
}

static bool parse_number(const Row *row, int column, const char *what, double *out)
{
    const char *text = cell(row, column);
    if (text[0] == '\0' || evm_text_parse_number(text, out))
        return true;
    return fail(row, "'%s' is no %s", text, what);
}

static bool parse_lon_lat(const Row *row, int lon, int lat, double *lon_deg, double *lat_deg)
{
    if (cell(row, lon)[0] == '\0' || cell(row, lat)[0] == '\0')
        return fail(row, "longitude and latitude are needed");
    if (!parse_number(row, lon, "longitude", lon_deg) ||
        !parse_number(row, lat, "latitude", lat_deg))
        return false;
    if (*lon_deg < -180 || *lon_deg > 180 || *lat_deg < -90 || *lat_deg > 90)
        return fail(row, "longitude %s, latitude %s is no place on earth", cell(row, lon),
                    cell(row, lat));
    return true;
}

/* Provinces are few: a look at each is quicker than a table. */
static int32_t find_province_pcode(const EvmGazetteerFull *full, const char *pcode)
{
    for (size_t i = 0; i < full->public.province_count; i++)
        if (strcmp(full->provinces[i].pcode, pcode) == 0)
            return (int32_t)i;
    return -1;
}

static int32_t find_district_pcode(const EvmGazetteerFull *full, const char *pcode)
{
    const EvmNameIndexEntry *entry = evm_name_index_find(&full->pcodes, pcode, NULL);
    return entry ? (int32_t)entry->value : -1;
}

enum {
    GAZ_PCODE,
    GAZ_PROVINCE,
    GAZ_PROVINCE_PCODE,
    GAZ_DISTRICT,
    GAZ_FA,
    GAZ_PS,
    GAZ_LON,
    GAZ_LAT,
    GAZ_AREA,
    GAZ_POPULATION
};

static const char *const GAZETTEER_COLUMNS[] = {
    "pcode", "province", "province_pcode", "district",   "?name_fa", "?name_ps",
    "lon",   "lat",      "?area_km2",      "?population"};

static bool add_province(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    const char *pcode = cell(row, columns[GAZ_PROVINCE_PCODE]);
    const char *name = cell(row, columns[GAZ_PROVINCE]);
    if (pcode[0] == '\0' || name[0] == '\0')
        return fail(row, "province and its P-code are needed");
    int32_t known = find_province_pcode(full, pcode);
    if (known >= 0)
        return strcmp(full->provinces[known].name, name) == 0 ||
               fail(row, "province %s is '%s' here and '%s' above", pcode, name,
                    full->provinces[known].name);
    full->provinces[full->public.province_count++] =
        (EvmProvince){.pcode = evm_arena_strdup(full->arena, pcode),
                      .name = evm_arena_strdup(full->arena, name),
                      .name_fa = "",
                      .name_ps = "",
                      .capital = "",
                      .capital_fa = "",
                      .capital_ps = "",
                      .capital_district = -1};
    return true;
}

static int compare_provinces(const void *a, const void *b)
{
    return strcmp(((const EvmProvince *)a)->pcode, ((const EvmProvince *)b)->pcode);
}

static bool add_district(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    size_t count = full->public.district_count;
    EvmDistrict *district = &full->districts[count];
    const char *pcode = cell(row, columns[GAZ_PCODE]), *name = cell(row, columns[GAZ_DISTRICT]);
    double population = 0;
    if (pcode[0] == '\0' || name[0] == '\0')
        return fail(row, "P-code and name of the district are needed");
    if (find_district_pcode(full, pcode) >= 0)
        return fail(row, "P-code '%s' stands above already", pcode);
    int32_t province = find_province_pcode(full, cell(row, columns[GAZ_PROVINCE_PCODE]));
    district->pcode = evm_arena_strdup(full->arena, pcode);
    district->name = evm_arena_strdup(full->arena, name);
    district->name_fa = evm_arena_strdup(full->arena, cell(row, columns[GAZ_FA]));
    district->town = "";
    district->name_ps = evm_arena_strdup(full->arena, cell(row, columns[GAZ_PS]));
    district->province = (uint32_t)province;
    district->parent = -1;
    district->has_pcode = district->has_centre = true;
    if (!parse_lon_lat(row, columns[GAZ_LON], columns[GAZ_LAT], &district->lon_deg,
                       &district->lat_deg) ||
        !parse_number(row, columns[GAZ_AREA], "area", &district->area_km2) ||
        !parse_number(row, columns[GAZ_POPULATION], "population", &population))
        return false;
    if (district->area_km2 < 0 || population < 0 || population > 1e12)
        return fail(row, "area or population is out of range");
    district->population = (int64_t)population;
    evm_name_index_add(&full->pcodes, district->pcode, (uint32_t)count);
    full->public.district_count++;
    const char *names[] = {district->name, district->name_fa, district->name_ps};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        evm_name_table_add(&full->district_names, names[i], EVM_NAME_OWN, (int32_t)count, province);
    return true;
}

static bool add_variant(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    int32_t province = find_province_pcode(full, cell(row, columns[0]));
    if (province < 0)
        return fail(row, "no province '%s'", cell(row, columns[0]));
    evm_name_table_add(&full->province_names, cell(row, columns[1]), EVM_NAME_ALIAS, province,
                       province);
    return true;
}

/* Both scripts' names of the province are also ways to write it. */
static bool add_province_names(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    int32_t index = find_province_pcode(full, cell(row, columns[0]));
    if (index < 0)
        return fail(row, "no province '%s'", cell(row, columns[0]));
    EvmProvince *province = &full->provinces[index];
    const char **texts[] = {&province->name_fa, &province->name_ps, &province->capital_fa,
                            &province->capital_ps};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = evm_arena_strdup(full->arena, cell(row, columns[1 + i]));
    evm_name_table_add(&full->province_names, province->name_fa, EVM_NAME_OWN, index, index);
    evm_name_table_add(&full->province_names, province->name_ps, EVM_NAME_OWN, index, index);
    return true;
}

static bool add_capital(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    int32_t index = find_province_pcode(full, cell(row, columns[0]));
    int32_t district = find_district_pcode(full, cell(row, columns[2]));
    if (index < 0)
        return fail(row, "no province '%s'", cell(row, columns[0]));
    if (district < 0 || full->districts[district].province != (uint32_t)index)
        return fail(row, "no district '%s' in %s", cell(row, columns[2]), cell(row, columns[0]));
    EvmProvince *province = &full->provinces[index];
    province->capital = evm_arena_strdup(full->arena, cell(row, columns[1]));
    full->capitals[index] = province->capital_district = district;
    if (evm_fold_is_alike(province->capital, full->districts[district].name, EVM_FOLD_SKELETON))
        full->districts[district].town = province->capital;
    evm_name_table_add(&full->district_names, province->capital, EVM_NAME_ALIAS, district, index);
    return parse_lon_lat(row, columns[3], columns[4], &province->capital_lon_deg,
                         &province->capital_lat_deg);
}

static int32_t find_named_province(const EvmGazetteerFull *full, const char *name)
{
    EvmNameHits hits = evm_name_table_find_exact(&full->province_names, name, -1);
    return hits.count == 1 ? hits.places[0] : -1;
}

/* An alias counts in the province of its row, which need not be that of its district: articles put
 * Ghormach in Faryab. */
static bool add_alias(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    const char *name = cell(row, columns[1]);
    int32_t district = find_district_pcode(full, cell(row, columns[2]));
    if (district < 0)
        return fail(row, "no district '%s'", cell(row, columns[2]));
    int32_t province =
        name[0] ? find_named_province(full, name) : (int32_t)full->districts[district].province;
    if (province < 0)
        return fail(row, "no province '%s'", name);
    evm_name_table_add(&full->district_names, cell(row, columns[0]), EVM_NAME_ALIAS, district,
                       province);
    return true;
}

static bool add_shape(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    int32_t district = find_district_pcode(full, cell(row, columns[1]));
    if (district < 0)
        return fail(row, "no district '%s'", cell(row, columns[1]));
    uint32_t index = full->shape_ids.count;
    full->shape_pcodes[index] = full->districts[district].pcode;
    evm_name_index_add(&full->shape_ids, evm_arena_strdup(full->arena, cell(row, columns[0])),
                       index);
    return true;
}

enum { OUTSIDE_NAMES = 12 };

static bool is_named(const EvmGazetteerFull *full, const char *name, int32_t province)
{
    return evm_name_table_find_exact(&full->district_names, name, province).count > 0;
}

/* Names of places that are no district here: no district may be given to them. Without a province
 * they lie in another country. */
static bool add_outside(const Row *row, const int *columns, const EvmOutsidePlace *what)
{
    EvmGazetteerFull *full = row->loader->full;
    EvmOutsidePlace *place = evm_arena_alloc(full->arena, sizeof *place);
    *place = *what;
    place->note = evm_arena_strdup(full->arena, what->note);
    const char *name = cell(row, columns[0]);
    int32_t province = find_named_province(full, cell(row, columns[4]));
    if (province < 0 && cell(row, columns[4])[0])
        return fail(row, "no province '%s'", cell(row, columns[4]));
    if (is_named(full, name, province))
        return true;
    g_autofree char *all = g_strjoin(";", name, cell(row, columns[1]), cell(row, columns[2]),
                                     cell(row, columns[3]), NULL);
    g_auto(GStrv) names = g_strsplit(all, ";", OUTSIDE_NAMES);
    for (char **p = names; *p; p++)
        if (!is_named(full, *p, province))
            evm_name_table_add_outside(&full->district_names, *p, place, province);
    return true;
}

enum { PLACE_MEANS = 5, PLACE_NOTE };

/* A town, or a short form of a temporary district's name, which means that district where it is
 * one. */
static bool add_place(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    const char *code = cell(row, columns[PLACE_MEANS]);
    EvmOutsidePlace place = {.note = cell(row, columns[PLACE_NOTE]), .parent = -1};
    if (!row->loader->with_temporary || code[0] == '\0')
        return add_outside(row, columns, &place);
    int32_t district = find_district_pcode(full, code);
    if (district < 0)
        return fail(row, "no district '%s'", code);
    evm_name_table_add(&full->district_names, cell(row, columns[0]), EVM_NAME_ALIAS, district,
                       (int32_t)full->districts[district].province);
    return true;
}

enum {
    TEMP_NAME,
    TEMP_VARIANTS,
    TEMP_FA,
    TEMP_PS,
    TEMP_PROVINCE,
    TEMP_CODE,
    TEMP_PARENT,
    TEMP_POPULATION,
    TEMP_LAT,
    TEMP_LON,
    TEMP_STATUS
};

static const char *const TEMPORARY_COLUMNS[] = {
    "name",          "?variants",        "?name_fa", "?name_ps", "province", "?iec_agcho_code",
    "?parent_pcode", "?population_1398", "?lat",     "?lon",     "?status"};

static void add_temporary_names(EvmGazetteerFull *full, const Row *row, const int *columns,
                                int32_t district, int32_t province)
{
    static const int own[] = {TEMP_NAME, TEMP_FA, TEMP_PS};
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        evm_name_table_add(&full->district_names, cell(row, columns[own[i]]), EVM_NAME_OWN,
                           district, province);
    g_auto(GStrv) variants = g_strsplit(cell(row, columns[TEMP_VARIANTS]), ";", OUTSIDE_NAMES);
    for (char **p = variants; *p; p++)
        if (!is_named(full, *p, province))
            evm_name_table_add(&full->district_names, *p, EVM_NAME_ALIAS, district, province);
}

/* One of those that were counted in 2021 and have no P-code. */
static bool add_temporary(const Row *row, const int *columns, int32_t province)
{
    EvmGazetteerFull *full = row->loader->full;
    size_t count = full->public.district_count;
    double population = 0;
    EvmDistrict *district = &full->districts[count];
    g_autofree char *code = g_strconcat("T", cell(row, columns[TEMP_CODE]), NULL);
    if (find_district_pcode(full, code) >= 0)
        return fail(row, "code '%s' stands above already", code);
    *district = (EvmDistrict){.pcode = evm_arena_strdup(full->arena, code),
                              .name = evm_arena_strdup(full->arena, cell(row, columns[TEMP_NAME])),
                              .name_fa = evm_arena_strdup(full->arena, cell(row, columns[TEMP_FA])),
                              .name_ps = evm_arena_strdup(full->arena, cell(row, columns[TEMP_PS])),
                              .town = "",
                              .province = (uint32_t)province,
                              .parent = find_district_pcode(full, cell(row, columns[TEMP_PARENT])),
                              .is_temporary = true};
    if (district->parent < 0)
        return fail(row, "no district '%s'", cell(row, columns[TEMP_PARENT]));
    if (!parse_number(row, columns[TEMP_POPULATION], "population", &population))
        return false;
    /* The statistics office counts it in its parent. */
    district->population = (int64_t)population;
    full->districts[district->parent].population -=
        MIN(district->population, full->districts[district->parent].population);
    district->has_centre = cell(row, columns[TEMP_LON])[0] && cell(row, columns[TEMP_LAT])[0];
    if (district->has_centre && !parse_lon_lat(row, columns[TEMP_LON], columns[TEMP_LAT],
                                               &district->lon_deg, &district->lat_deg))
        return false;
    evm_name_index_add(&full->pcodes, district->pcode, (uint32_t)count);
    full->public.district_count++;
    add_temporary_names(full, row, columns, (int32_t)count, province);
    return true;
}

static bool add_temporary_or_outside(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    const char *name = cell(row, columns[TEMP_NAME]);
    int32_t province = find_named_province(full, cell(row, columns[TEMP_PROVINCE]));
    bool is_counted =
        g_str_has_prefix(cell(row, columns[TEMP_STATUS]), "temporary in the 421 list");
    EvmOutsidePlace place = {.note = "",
                             .parent = find_district_pcode(full, cell(row, columns[TEMP_PARENT])),
                             .is_temporary = is_counted};
    if (!is_counted || province < 0)
        return add_outside(row, columns, &place);
    EvmNameHits named = evm_name_table_find_exact(&full->district_names, name, province);
    if (named.own_count == 1) {
        full->districts[named.own].is_temporary = true;
        return true;
    }
    return row->loader->with_temporary ? add_temporary(row, columns, province)
                                       : add_outside(row, columns, &place);
}

static bool add_parent(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    int32_t district = find_district_pcode(full, cell(row, columns[0]));
    int32_t parent = find_district_pcode(full, cell(row, columns[1]));
    if (district < 0 || parent < 0 || district == parent)
        return fail(row, "'%s' and '%s' are no two districts", cell(row, columns[0]),
                    cell(row, columns[1]));
    full->districts[district].parent = parent;
    return true;
}

static bool add_change(const Row *row, const int *columns)
{
    EvmGazetteerFull *full = row->loader->full;
    EvmPcodeChange *change = &full->changes[full->change_count++];
    change->district = find_district_pcode(full, cell(row, columns[0]));
    change->then = find_district_pcode(full, cell(row, columns[2]));
    if (change->district < 0 || change->then < 0)
        return fail(row, "'%s' and '%s' are no two districts", cell(row, columns[0]),
                    cell(row, columns[2]));
    return evm_date_parse(cell(row, columns[1]), &change->until) ||
           fail(row, "'%s' is no day", cell(row, columns[1]));
}

static size_t count_rows(const Loader *loader, FileKind file)
{
    return loader->tables[file] ? evm_csv_table_count(loader->tables[file]) : 0;
}

static bool load_provinces(Loader *loader)
{
    EvmGazetteerFull *full = loader->full;
    size_t rows = count_rows(loader, FILE_GAZETTEER);
    full->provinces = evm_arena_alloc_array(full->arena, rows, sizeof *full->provinces);
    if (!each_row(loader, FILE_GAZETTEER, GAZETTEER_COLUMNS, G_N_ELEMENTS(GAZETTEER_COLUMNS),
                  add_province))
        return false;
    size_t count = full->public.province_count;
    if (count > 0)
        qsort(full->provinces, count, sizeof *full->provinces, compare_provinces);
    full->capitals = evm_arena_alloc_array(full->arena, count, sizeof *full->capitals);
    evm_name_table_init(&full->province_names, full->arena,
                        (uint32_t)(count + count_rows(loader, FILE_VARIANTS) +
                                   2 * count_rows(loader, FILE_PROVINCE_NAMES)));
    for (size_t i = 0; i < count; i++) {
        full->capitals[i] = -1;
        evm_name_table_add(&full->province_names, full->provinces[i].name, EVM_NAME_OWN, (int32_t)i,
                           (int32_t)i);
    }
    return true;
}

static bool load_districts(Loader *loader)
{
    EvmGazetteerFull *full = loader->full;
    size_t rows = count_rows(loader, FILE_GAZETTEER);
    size_t names =
        rows * 3 + count_rows(loader, FILE_CAPITALS) + count_rows(loader, FILE_ALIASES) +
        (count_rows(loader, FILE_TEMPORARY) + count_rows(loader, FILE_PLACES)) * OUTSIDE_NAMES;
    size_t districts = rows + count_rows(loader, FILE_TEMPORARY);
    full->districts = evm_arena_alloc_array(full->arena, districts, sizeof *full->districts);
    evm_name_index_init(&full->pcodes, full->arena, (uint32_t)districts);
    evm_name_table_init(&full->district_names, full->arena, (uint32_t)names);
    return each_row(loader, FILE_GAZETTEER, GAZETTEER_COLUMNS, G_N_ELEMENTS(GAZETTEER_COLUMNS),
                    add_district);
}

static bool load_lists(Loader *loader)
{
    static const char *const variants[] = {"province_pcode", "variant"};
    static const char *const capitals[] = {"province_pcode", "capital", "district_pcode", "lon",
                                           "lat"};
    static const char *const aliases[] = {"alias", "province", "pcode"};
    static const char *const shapes[] = {"shapeID", "pcode"};
    static const char *const provinces[] = {"province_pcode", "name_fa", "name_ps", "capital_fa",
                                            "capital_ps"};
    static const char *const outside[] = {"name",     "?variants", "?name_fa", "?name_ps",
                                          "province", "?means",    "?note"};
    static const char *const parents[] = {"pcode", "parent_pcode"};
    static const char *const changes[] = {"pcode", "until", "then_pcode"};
    EvmGazetteerFull *full = loader->full;
    full->changes =
        evm_arena_alloc_array(full->arena, count_rows(loader, FILE_CHANGES), sizeof *full->changes);
    size_t shape_count = count_rows(loader, FILE_CROSSWALK);
    evm_name_index_init(&full->shape_ids, full->arena, (uint32_t)shape_count);
    full->shape_pcodes =
        evm_arena_alloc_array(full->arena, shape_count, sizeof *full->shape_pcodes);
    return each_row(loader, FILE_VARIANTS, variants, G_N_ELEMENTS(variants), add_variant) &&
           each_row(loader, FILE_PROVINCE_NAMES, provinces, G_N_ELEMENTS(provinces),
                    add_province_names) &&
           each_row(loader, FILE_CAPITALS, capitals, G_N_ELEMENTS(capitals), add_capital) &&
           each_row(loader, FILE_ALIASES, aliases, G_N_ELEMENTS(aliases), add_alias) &&
           each_row(loader, FILE_CROSSWALK, shapes, G_N_ELEMENTS(shapes), add_shape) &&
           each_row(loader, FILE_TEMPORARY, TEMPORARY_COLUMNS, G_N_ELEMENTS(TEMPORARY_COLUMNS),
                    add_temporary_or_outside) &&
           each_row(loader, FILE_PLACES, outside, G_N_ELEMENTS(outside), add_place) &&
           each_row(loader, FILE_PARENTS, parents, G_N_ELEMENTS(parents), add_parent) &&
           each_row(loader, FILE_CHANGES, changes, G_N_ELEMENTS(changes), add_change);
}

static bool load_all(Loader *loader, const char *folder)
{
    for (FileKind kind = 0; kind < FILE_COUNT; kind++)
        if (!load_file(loader, kind, folder))
            return false;
    return load_provinces(loader) && load_districts(loader) && load_lists(loader);
}

static EvmGazetteer *load(const char *folder, bool with_temporary, GError **error)
{
    EvmGazetteerFull *full = g_new0(EvmGazetteerFull, 1);
    full->arena = evm_arena_new();
    full->files = evm_arena_alloc_array(full->arena, FILE_COUNT + USER_FILES, sizeof *full->files);
    Loader loader = {.full = full, .with_temporary = with_temporary, .error = error};
    bool ok = load_all(&loader, folder);
    for (int i = 0; i < FILE_COUNT; i++) {
        evm_csv_table_free(loader.tables[i]);
        g_free(loader.paths[i]);
    }
    full->public.districts = full->districts;
    full->public.provinces = full->provinces;
    full->public.files = full->files;
    if (!ok)
        g_clear_pointer((EvmGazetteer **)&full, evm_gazetteer_free);
    return (EvmGazetteer *)full;
}

EvmGazetteer *evm_gazetteer_load(const char *folder, GError **error)
{
    return load(folder, false, error);
}

EvmGazetteer *evm_gazetteer_load_temporary(const char *folder, GError **error)
{
    return load(folder, true, error);
}

void evm_gazetteer_free(EvmGazetteer *gazetteer)
{
    EvmGazetteerFull *full = (EvmGazetteerFull *)gazetteer;
    if (!full)
        return;
    for (size_t i = 0; i < full->public.file_count; i++)
        evm_input_file_clear(&full->files[i]);
    evm_arena_free(full->arena);
    evm_arena_free(full->block_arena);
    g_free(full);
}
