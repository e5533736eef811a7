#include "fixture.h"

static const char *const SQUARES[] = {
    "60 30,60 31,61 31,61 30,60 30",
    "61 30,61 31,62 31,62 30,61 30",
    "62 30,62 31,63 31,63 30,62 30",
};

typedef struct {
    char *folder, *path;
    EvmDiagnostics *diagnostics;
} Files;

static void set_up(Files *files, gconstpointer user)
{
    (void)user;
    files->folder = folder_new();
    files->path = shapefile_new(files->folder, SQUARES, G_N_ELEMENTS(SQUARES));
    files->diagnostics = evm_diagnostics_new();
}

static void tear_down(Files *files, gconstpointer user)
{
    (void)user;
    evm_diagnostics_free(files->diagnostics);
    g_free(files->path);
    folder_free(files->folder);
}

static void expect_refused(Files *files, int code, const char *word)
{
    GError *error = NULL;
    g_assert_null(evm_geodata_load(files->path, files->diagnostics, &error));
    g_assert_error(error, EVM_ERROR, code);
    if (!strstr(error->message, word))
        g_error("wanted '%s', got: %s", word, error->message);
    g_assert_null(strchr(error->message, '\n'));
    g_clear_error(&error);
}

static void expect_loaded(Files *files, const char *code, size_t count)
{
    EvmGeodata *geodata = load_or_fail(files->path, files->diagnostics);
    g_assert_cmpuint(count_code(files->diagnostics, code), ==, count);
    g_assert_cmpuint(evm_diagnostics_count(files->diagnostics), ==, count);
    evm_geodata_free(geodata);
}

static void rename_file(Files *files, const char *from, const char *to)
{
    char *old = g_build_filename(files->folder, from, NULL);
    char *new = g_build_filename(files->folder, to, NULL);
    g_assert_cmpint(g_rename(old, new), ==, 0);
    g_free(old);
    g_free(new);
}

/* ---- files ---- */

static void test_all_of_a_sound_file(Files *files, gconstpointer user)
{
    (void)user;
    EvmGeodata *geodata = load_or_fail(files->path, files->diagnostics);
    g_assert_cmpuint(evm_diagnostics_count(files->diagnostics), ==, 0);
    g_assert_cmpuint(geodata->area_count, ==, 3);
    g_assert_cmpstr(geodata->areas[2].pcode, ==, "P3");
    g_assert_cmpstr(geodata->areas[2].name, ==, "");
    g_assert_cmpfloat(geodata->extent.min.lon_deg, ==, 60);
    g_assert_cmpfloat(geodata->extent.max.lat_deg, ==, 31);
    g_assert_cmpfloat(geodata->areas[1].extent.max.lon_deg, ==, 62);
    evm_geodata_free(geodata);
}

static void test_files_are_what_was_read(Files *files, gconstpointer user)
{
    static const char *const ENDINGS[] = {".shp", ".shx", ".dbf", ".prj", ".cpg"};
    (void)user;
    EvmGeodata *geodata = load_or_fail(files->path, NULL);
    g_assert_cmpuint(geodata->file_count, ==, G_N_ELEMENTS(ENDINGS));
    for (size_t i = 0; i < geodata->file_count; i++) {
        char *data, digest[EVM_SHA256_TEXT_SIZE];
        gsize size;
        g_assert_true(g_str_has_suffix(geodata->files[i].path, ENDINGS[i]));
        g_assert_true(g_file_get_contents(geodata->files[i].path, &data, &size, NULL));
        evm_sha256_compute(data, size, digest);
        g_assert_cmpuint(geodata->files[i].size, ==, size);
        g_assert_cmpstr(geodata->files[i].sha256, ==, digest);
        g_assert_null(geodata->files[i].data);
        g_free(data);
    }
    evm_geodata_free(geodata);
}

static void test_missing_parts_are_named(Files *files, gconstpointer user)
{
    (void)user;
    remove_file(files->folder, "polygons.dbf");
    expect_refused(files, EVM_ERROR_INPUT, "its .dbf is missing");
    remove_file(files->folder, "polygons.shx");
    expect_refused(files, EVM_ERROR_INPUT, "its .shx is missing");
    remove_file(files->folder, "polygons.shp");
    expect_refused(files, EVM_ERROR_INPUT, "polygons.shp");
}

static void test_other_kinds_of_file_are_refused(Files *files, gconstpointer user)
{
    static const char *const NAMES[] = {"map.geojson", "map", ".shp", ""};
    (void)user;
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        GError *error = NULL;
        g_assert_null(evm_geodata_load(NAMES[i], files->diagnostics, &error));
        g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
        g_assert_nonnull(strstr(error->message, "not a .shp"));
        g_clear_error(&error);
    }
}

static void test_upper_case_names_are_found(Files *files, gconstpointer user)
{
    (void)user;
    rename_file(files, "polygons.shp", "polygons.SHP");
    rename_file(files, "polygons.shx", "polygons.SHX");
    rename_file(files, "polygons.prj", "polygons.PRJ");
    g_free(files->path);
    files->path = g_build_filename(files->folder, "polygons.SHP", NULL);
    expect_loaded(files, "", 0);
}

static void test_extra_bytes_are_a_warning(Files *files, gconstpointer user)
{
    (void)user;
    char *data, *longer;
    gsize size;
    g_assert_true(g_file_get_contents(files->path, &data, &size, NULL));
    longer = g_malloc0(size + 4096);
    memcpy(longer, data, size);
    write_file(files->folder, "polygons.shp", longer, size + 4096);
    expect_loaded(files, "trailing-bytes", 1);
    g_free(data);
    g_free(longer);
}

/* ---- coordinate system ---- */

static const struct {
    const char *wkt, *word; /* NULL: accepted */
} SYSTEMS[] = {
    {WGS84, NULL},
    {"\xEF\xBB\xBF" WGS84, NULL},
    {"GEOGCS[\"WGS84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
     "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.017453292519943295]]",
     NULL},
    {"  geogcs [ \"WGS 84\", DATUM[\"World Geodetic System 1984 [EPSG ID "
     "6326]\",SPHEROID[\"x\",1,2]],"
     "UNIT[\"Decimal_Degree\",0.01745329251994328]]",
     NULL},
    {"GEOGCRS[\"WGS 84\",ENSEMBLE[\"World Geodetic System 1984 ensemble\",MEMBER[\"x\"]],"
     "PRIMEM[\"Greenwich\",0,ANGLEUNIT[\"degree\",0.0174]]]",
     NULL},
    {"PROJCS[\"WGS_1984_UTM_Zone_42N\"," WGS84 ",PROJECTION[\"Transverse_Mercator\"]]",
     "projected"},
    {"GEOGCS[\"NAD27\",DATUM[\"North_American_Datum_1927\",SPHEROID[\"Clarke 1866\",1,2]]]",
     "the datum is not WGS 84"},
    {"GEOGCS[\"x\",DATUM[\"WGS_1984\"],PRIMEM[\"Paris\",2.33],UNIT[\"Degree\",0.01745]]",
     "Greenwich"},
    {"GEOGCS[\"x\",DATUM[\"WGS_1984\"],UNIT[\"Grad\",0.0157]]", "not the degree"},
    {"GEOGCS[GEOGCS[GEOGCS[GEOGCS[", "the datum is not WGS 84"},
    {"GEOGCS[\"x\",DATUM[\"WGS_1984", "the datum is not WGS 84"},
    {"+proj=longlat +datum=WGS84", "no geographic coordinate system"},
    {"\xDE\xAD", "no geographic coordinate system"},
    {"GEOGCSX[\"WGS 84\",DATUM[\"WGS_1984\"]]", "no geographic coordinate system"},
};

static void test_only_wgs84_degrees(Files *files, gconstpointer user)
{
    (void)user;
    for (size_t i = 0; i < G_N_ELEMENTS(SYSTEMS); i++) {
        g_test_message("%s", SYSTEMS[i].wkt);
        write_file(files->folder, "polygons.prj", SYSTEMS[i].wkt, strlen(SYSTEMS[i].wkt));
        if (SYSTEMS[i].word)
            expect_refused(files, EVM_ERROR_INPUT, SYSTEMS[i].word);
        else
            expect_loaded(files, "", 0);
    }
}

static void test_no_prj_is_a_note(Files *files, gconstpointer user)
{
    (void)user;
    remove_file(files->folder, "polygons.prj");
    expect_loaded(files, "no-prj", 1);
    g_assert_cmpint(evm_diagnostics_at(files->diagnostics, 0)->severity, ==, EVM_SEVERITY_NOTE);
}

static void test_empty_prj_is_a_note(Files *files, gconstpointer user)
{
    (void)user;
    write_file(files->folder, "polygons.prj", "", 0);
    expect_loaded(files, "empty-prj", 1);
}

static void test_huge_prj_is_refused(Files *files, gconstpointer user)
{
    enum { SIZE = 1 << 20 };
    (void)user;
    char *text = g_strnfill(SIZE, '[');
    write_file(files->folder, "polygons.prj", text, SIZE);
    expect_refused(files, EVM_ERROR_LIMIT, "polygons.prj");
    g_free(text);
}

/* ---- shapes ---- */

static void replace(Files *files, const char *const *polygons, size_t count)
{
    g_free(files->path);
    files->path = shapefile_new(files->folder, polygons, count);
}

static void test_empty_polygon_keeps_its_place(Files *files, gconstpointer user)
{
    static const char *const WITH_NULL[] = {"60 30,60 31,61 31,61 30,60 30", "",
                                            "62 30,62 31,63 31,63 30,62 30"};
    (void)user;
    replace(files, WITH_NULL, G_N_ELEMENTS(WITH_NULL));
    EvmGeodata *geodata = load_or_fail(files->path, files->diagnostics);
    g_assert_cmpuint(geodata->area_count, ==, 3);
    g_assert_cmpuint(geodata->areas[1].ring_count, ==, 0);
    g_assert_cmpstr(geodata->areas[2].pcode, ==, "P3");
    g_assert_cmpuint(count_code(files->diagnostics, "empty-shape"), ==, 1);
    g_assert_cmpuint(evm_diagnostics_count_severity(files->diagnostics, EVM_SEVERITY_ERROR), ==, 1);
    g_assert_cmpfloat(geodata->extent.min.lon_deg, ==, 60);
    evm_geodata_free(geodata);
}

static void test_flat_ring_is_left_out_and_told(Files *files, gconstpointer user)
{
    static const char *const FLAT[] = {
        "60 30,60 31,61 31,61 30,60 30; 60.5 30.5,60.6 30.6,60.5 30.5,60.5 30.5",
        "61 30,61 30,61 30,61 30",
    };
    (void)user;
    replace(files, FLAT, G_N_ELEMENTS(FLAT));
    EvmGeodata *geodata = load_or_fail(files->path, files->diagnostics);
    g_assert_cmpuint(geodata->ring_count, ==, 1);
    g_assert_cmpuint(count_code(files->diagnostics, "flat-ring"), ==, 2);
    g_assert_cmpuint(count_code(files->diagnostics, "empty-shape"), ==, 1);
    g_assert_cmpstr(evm_diagnostics_at(files->diagnostics, 0)->message, ==,
                    "record 1: ring 2 has no area; left out");
    evm_geodata_free(geodata);
}

static void test_open_ring_is_closed_and_told(Files *files, gconstpointer user)
{
    static const char *const OPEN[] = {"60 30,60 31,61 31,61 30"};
    (void)user;
    replace(files, OPEN, G_N_ELEMENTS(OPEN));
    EvmGeodata *geodata = load_or_fail(files->path, files->diagnostics);
    g_assert_cmpuint(geodata->point_count, ==, 5);
    g_assert_cmpuint(count_code(files->diagnostics, "open-ring"), ==, 1);
    evm_geodata_free(geodata);
}

static void test_repeated_vertices_are_one(Files *files, gconstpointer user)
{
    static const char *const REPEATED[] = {"60 30,60 30,60 31,60 31,60 31,61 31,61 30,60 30,60 30"};
    (void)user;
    replace(files, REPEATED, G_N_ELEMENTS(REPEATED));
    EvmGeodata *geodata = load_or_fail(files->path, files->diagnostics);
    g_assert_cmpuint(geodata->point_count, ==, 5);
    g_assert_cmpuint(evm_diagnostics_count(files->diagnostics), ==, 0);
    evm_geodata_free(geodata);
}

static void test_minus_zero_is_zero(Files *files, gconstpointer user)
{
    static const char *const ZERO[] = {"0 0,0 1,-1 1,-1 0,0 0", "-0 -0,1 0,1 1,-0 1,-0 -0"};
    (void)user;
    replace(files, ZERO, G_N_ELEMENTS(ZERO));
    EvmGeodata *geodata = load_or_fail(files->path, files->diagnostics);
    g_assert_cmpuint(geodata->arc_count, ==, 3);
    evm_geodata_free(geodata);
}

static void test_vertex_off_the_globe_is_named(Files *files, gconstpointer user)
{
    static const struct {
        const char *polygon, *word;
    } CASES[] = {
        {"60 30,60 31,181 31,61 30,60 30", "record 2, vertex 3: (181, 31)"},
        {"60 30,60 90.5,61 31,61 30,60 30", "record 2, vertex 2: (60, 90.5)"},
        {"60 30,60 31,nan 31,61 30,60 30", "record 2, vertex 3: (nan, 31)"},
        {"60 30,60 31,61 inf,61 30,60 30", "record 2, vertex 3: (61, inf)"},
        {"60 30,60 31,61 31,-1e308 30,60 30", "record 2, vertex 4: (-1e+308, 30)"},
        {"500000 3800000,500000 3900000,600000 3900000,500000 3800000", "is the .prj right?"},
    };
    (void)user;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const char *polygons[] = {"60 30,60 31,61 31,61 30,60 30", CASES[i].polygon};
        replace(files, polygons, G_N_ELEMENTS(polygons));
        expect_refused(files, EVM_ERROR_INPUT, CASES[i].word);
    }
}

static void test_no_polygons_is_refused(Files *files, gconstpointer user)
{
    (void)user;
    replace(files, NULL, 0);
    expect_refused(files, EVM_ERROR_INPUT, "lists no polygons");
}

#define ADD(path, function) g_test_add(path, Files, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/geodata/load/all_of_a_sound_file", test_all_of_a_sound_file);
    ADD("/geodata/load/files_are_what_was_read", test_files_are_what_was_read);
    ADD("/geodata/load/missing_parts_are_named", test_missing_parts_are_named);
    ADD("/geodata/load/other_kinds_of_file_are_refused", test_other_kinds_of_file_are_refused);
    ADD("/geodata/load/upper_case_names_are_found", test_upper_case_names_are_found);
    ADD("/geodata/load/extra_bytes_are_a_warning", test_extra_bytes_are_a_warning);
    ADD("/geodata/prj/only_wgs84_degrees", test_only_wgs84_degrees);
    ADD("/geodata/prj/none_is_a_note", test_no_prj_is_a_note);
    ADD("/geodata/prj/empty_is_a_note", test_empty_prj_is_a_note);
    ADD("/geodata/prj/huge_is_refused", test_huge_prj_is_refused);
    ADD("/geodata/shapes/empty_polygon_keeps_its_place", test_empty_polygon_keeps_its_place);
    ADD("/geodata/shapes/flat_ring_is_left_out_and_told", test_flat_ring_is_left_out_and_told);
    ADD("/geodata/shapes/open_ring_is_closed_and_told", test_open_ring_is_closed_and_told);
    ADD("/geodata/shapes/repeated_vertices_are_one", test_repeated_vertices_are_one);
    ADD("/geodata/shapes/minus_zero_is_zero", test_minus_zero_is_zero);
    ADD("/geodata/shapes/vertex_off_the_globe_is_named", test_vertex_off_the_globe_is_named);
    ADD("/geodata/shapes/no_polygons_is_refused", test_no_polygons_is_refused);
    return g_test_run();
}
