/* A sound shapefile of three polygons, with one field of one file changed at a time. */
#include "fixture.h"

static const char *const SQUARES[] = {
    "60 30,60 31,61 31,61 30,60 30",
    "61 30,61 31,62 31,62 30,61 30; 61.2 30.2,61.4 30.2,61.4 30.4,61.2 30.4,61.2 30.2",
    "62 30,62 31,63 31,63 30,62 30",
};

enum {
    RECORD_1 = 100,
    CONTENT_BYTES = 44 + 4 + 5 * 16,
    RECORD_2 = RECORD_1 + 8 + CONTENT_BYTES,
    ENTRY_2 = 100 + 8,
};

typedef enum { SHP, SHX, DBF } Part;
typedef enum { BIG32, LITTLE32, LITTLE16, BYTE, CUT } Change;

static const struct {
    const char *what;
    Part part;
    Change change;
    size_t offset; /* for CUT: the new size */
    uint32_t value;
    const char *word; /* of the refusal; NULL: read all the same, with the diagnostic */
    const char *diagnostic;
} DAMAGES[] = {
    {"nothing", SHP, BIG32, 0, 9994, NULL, NULL},
    {"shp code", SHP, BIG32, 0, 9995, "not part of a shapefile", NULL},
    {"shp empty", SHP, CUT, 0, 0, "cut off", NULL},
    {"shp in header", SHP, CUT, 99, 0, "cut off", NULL},
    {"shp in record", SHP, CUT, RECORD_2 + 20, 0, "its header declares", NULL},
    {"shp length 0", SHP, BIG32, 24, 0, "its header declares 0 bytes", NULL},
    {"shp length -1", SHP, BIG32, 24, UINT32_MAX, "its header declares 8589934590 bytes", NULL},
    {"shp length short", SHP, BIG32, 24, RECORD_2 / 2, "record 2 goes beyond", NULL},
    {"shp version", SHP, LITTLE32, 28, 99, NULL, "odd-shp-version"},
    {"shp of points", SHP, LITTLE32, 32, 1, "holds points", NULL},
    {"shp of lines", SHP, LITTLE32, 32, 3, "holds lines", NULL},
    {"shp of nothing known", SHP, LITTLE32, 32, 99, "holds shapes of no known kind", NULL},
    {"shp box nan", SHP, LITTLE32, 40, UINT32_MAX, NULL, NULL},
    {"record number", SHP, BIG32, RECORD_2, 1, "calls itself record 1", NULL},
    {"record length", SHP, BIG32, RECORD_2 + 4, 7, "calls itself record 2 of 14 bytes", NULL},
    {"record type", SHP, LITTLE32, RECORD_2 + 8, 15, "shape type 15 in a file of type 5", NULL},
    {"record null but long", SHP, LITTLE32, RECORD_2 + 8, 0, "shape type 0", NULL},
    {"part count 0", SHP, LITTLE32, RECORD_1 + 44, 0, "cannot hold 0 rings", NULL},
    {"part count 2", SHP, LITTLE32, RECORD_1 + 44, 2, "cannot hold 2 rings", NULL},
    {"part count 2^30", SHP, LITTLE32, RECORD_1 + 44, 1U << 30, "cannot hold", NULL},
    {"point count -1", SHP, LITTLE32, RECORD_1 + 48, UINT32_MAX, "cannot hold", NULL},
    {"point count 2^28", SHP, LITTLE32, RECORD_1 + 48, (1U << 28) + 5, "cannot hold", NULL},
    {"first part not 0", SHP, LITTLE32, RECORD_1 + 52, 1, "ring 1 starts at vertex 1", NULL},
    {"second part before first", SHP, LITTLE32, RECORD_2 + 56, 0, "ring 2 starts at vertex 0",
     NULL},
    {"second part past the end", SHP, LITTLE32, RECORD_2 + 56, 10, "ring 2 starts at vertex 10",
     NULL},
    {"second part negative", SHP, LITTLE32, RECORD_2 + 56, 1U << 31, "ring 2 starts", NULL},
    {"record box nan", SHP, LITTLE32, RECORD_2 + 16, UINT32_MAX, NULL, NULL},
    {"shx code", SHX, BIG32, 0, 1, "polygons.shx: not part of a shapefile", NULL},
    {"shx empty", SHX, CUT, 0, 0, "polygons.shx: cut off", NULL},
    {"shx in entry", SHX, CUT, ENTRY_2 + 4, 0, "polygons.shx: its header declares", NULL},
    {"shx lists fewer", SHX, CUT, ENTRY_2, 0, "polygons.shx: its header declares", NULL},
    {"shx length", SHX, BIG32, 24, 54, "polygons.shx: its header declares 108 bytes", NULL},
    {"entry twice", SHX, BIG32, ENTRY_2, RECORD_1 / 2, "entry 2 points to byte 100", NULL},
    {"entry negative", SHX, BIG32, ENTRY_2, 1U << 31, "entry 2 points to byte 4294967296", NULL},
    {"entry length", SHX, BIG32, ENTRY_2 + 4, 2, "the .shx says 4", NULL},
    {"entry length 2^31", SHX, BIG32, ENTRY_2 + 4, 1U << 31, "record 2 goes beyond", NULL},
    {"dbf empty", DBF, CUT, 0, 0, "polygons.dbf: cut off", NULL},
    {"dbf in header", DBF, CUT, 33, 0, "polygons.dbf: its header declares", NULL},
    {"dbf rows 0", DBF, LITTLE32, 4, 0, "has 0 rows for 3 polygons", NULL},
    {"dbf rows 2", DBF, LITTLE32, 4, 2, "has 2 rows for 3 polygons", NULL},
    {"dbf rows 2^31", DBF, LITTLE32, 4, 1U << 31, NULL, "dbf-row-count"},
    {"dbf rows -1", DBF, LITTLE32, 4, UINT32_MAX, NULL, "dbf-row-count"},
    {"dbf lacks a row", DBF, CUT, 65 + 2 * 11, 0, "has 2 rows for 3 polygons", NULL},
    {"dbf header 0", DBF, LITTLE16, 8, 0, "its header declares 0 bytes", NULL},
    {"dbf header 32", DBF, LITTLE16, 8, 32, "its header declares 32 bytes", NULL},
    {"dbf header 64k", DBF, LITTLE16, 8, 0xFFFF, "its header declares 65535 bytes", NULL},
    {"dbf row 0", DBF, LITTLE16, 10, 0, "rows of 0", NULL},
    {"dbf row long", DBF, LITTLE16, 10, 12, "make rows of 11 bytes", NULL},
    {"dbf row short", DBF, LITTLE16, 10, 10, "make rows of 11 bytes", NULL},
    {"field width 0", DBF, BYTE, 32 + 16, 0, "field 1 has no width", NULL},
    {"field width 255", DBF, BYTE, 32 + 16, 255, "make rows of 256 bytes", NULL},
    {"field terminator", DBF, BYTE, 64, 0, NULL, NULL},
    {"field type", DBF, BYTE, 32 + 11, '?', NULL, NULL},
    {"row deleted", DBF, BYTE, 65 + 11, '*', NULL, "deleted-row"},
};

static const char *const NAMES[] = {"polygons.shp", "polygons.shx", "polygons.dbf"};

static void change_bytes(char *data, Change change, size_t offset, uint32_t value)
{
    size_t width = change == BYTE ? 1 : change == LITTLE16 ? 2 : 4;
    for (size_t i = 0; i < width; i++)
        data[offset + i] = (char)(value >> 8 * (change == BIG32 ? width - 1 - i : i));
}

static void damage(const char *folder, size_t i)
{
    g_autofree char *path = g_build_filename(folder, NAMES[DAMAGES[i].part], NULL);
    g_autofree char *data = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(path, &data, &size, NULL));
    if (DAMAGES[i].change == CUT)
        size = DAMAGES[i].offset;
    else
        change_bytes(data, DAMAGES[i].change, DAMAGES[i].offset, DAMAGES[i].value);
    write_file(folder, NAMES[DAMAGES[i].part], data, size);
}

static void check(size_t i, const EvmGeodata *geodata, const EvmDiagnostics *diagnostics,
                  const GError *error)
{
    if (DAMAGES[i].word) {
        g_assert_null(geodata);
        g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
        if (!strstr(error->message, DAMAGES[i].word))
            g_error("%s: wanted '%s', got: %s", DAMAGES[i].what, DAMAGES[i].word, error->message);
        return;
    }
    g_assert_no_error(error);
    g_assert_cmpuint(geodata->area_count, ==, 3);
    g_assert_cmpuint(geodata->ring_count, ==, 4);
    g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, DAMAGES[i].diagnostic != NULL);
    if (DAMAGES[i].diagnostic)
        g_assert_cmpuint(count_code(diagnostics, DAMAGES[i].diagnostic), ==, 1);
    g_assert_cmpstr(geodata->areas[2].pcode, ==, "P3");
}

static void test_one(gconstpointer user)
{
    size_t i = GPOINTER_TO_SIZE(user);
    char *folder = folder_new();
    char *path = shapefile_new(folder, SQUARES, G_N_ELEMENTS(SQUARES));
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    GError *error = NULL;
    damage(folder, i);
    EvmGeodata *geodata = evm_geodata_load(path, diagnostics, &error);
    check(i, geodata, diagnostics, error);
    g_clear_error(&error);
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
    g_free(path);
    folder_free(folder);
}

/* ---- damage that no single field shows ---- */

typedef struct {
    char *data;
    gsize size;
} Bytes;

static Bytes read_part(const char *folder, Part part)
{
    g_autofree char *path = g_build_filename(folder, NAMES[part], NULL);
    Bytes bytes;
    g_assert_true(g_file_get_contents(path, &bytes.data, &bytes.size, NULL));
    return bytes;
}

static void write_part(const char *folder, Part part, Bytes bytes)
{
    if (part != DBF)
        change_bytes(bytes.data, BIG32, 24, (uint32_t)bytes.size / 2);
    write_file(folder, NAMES[part], bytes.data, bytes.size);
    g_free(bytes.data);
}

static void expect_refused(const char *path, const char *word)
{
    GError *error = NULL;
    g_assert_null(evm_geodata_load(path, NULL, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    if (!strstr(error->message, word))
        g_error("wanted '%s', got: %s", word, error->message);
    g_clear_error(&error);
}

/* The .shx and the .dbf agree on two areas; the .shp has a third one. */
static void test_third_area_of_two(void)
{
    char *folder = folder_new();
    char *path = shapefile_new(folder, SQUARES, G_N_ELEMENTS(SQUARES));
    Bytes shx = read_part(folder, SHX), dbf = read_part(folder, DBF);
    shx.size -= 8;
    change_bytes(dbf.data, LITTLE32, 4, 2);
    write_part(folder, SHX, shx);
    write_part(folder, DBF, dbf);
    expect_refused(path, "lists 2 records, but the .shp has 136 bytes more");
    g_free(path);
    folder_free(folder);
}

/* The last record has vertices, but no ring; all lengths agree. */
static void test_vertices_without_a_ring(void)
{
    char *folder = folder_new();
    char *path = shapefile_new(folder, SQUARES, 1);
    Bytes shp = read_part(folder, SHP), shx = read_part(folder, SHX);
    shp.size -= 4;
    change_bytes(shp.data, BIG32, RECORD_1 + 4, (CONTENT_BYTES - 4) / 2);
    change_bytes(shp.data, LITTLE32, RECORD_1 + 44, 0);
    change_bytes(shx.data, BIG32, 104, (CONTENT_BYTES - 4) / 2);
    write_part(folder, SHP, shp);
    write_part(folder, SHX, shx);
    expect_refused(path, "record 1: 124 bytes cannot hold 0 rings and 5 vertices");
    g_free(path);
    folder_free(folder);
}

/* Every byte of each file set to 0, 0xFF and its complement: refused, or all areas there. */
static void test_any_byte(gconstpointer user)
{
    Part part = (Part)GPOINTER_TO_INT(user);
    char *folder = folder_new();
    char *path = shapefile_new(folder, SQUARES, G_N_ELEMENTS(SQUARES));
    g_autofree char *part_path = g_build_filename(folder, NAMES[part], NULL);
    g_autofree char *data = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(part_path, &data, &size, NULL));
    for (gsize i = 0; i < 3 * size; i++) {
        char kept = data[i / 3];
        data[i / 3] = i % 3 == 0 ? 0 : i % 3 == 1 ? (char)0xFF : (char)~kept;
        write_file(folder, NAMES[part], data, size);
        data[i / 3] = kept;
        GError *error = NULL;
        EvmGeodata *geodata = evm_geodata_load(path, NULL, &error);
        g_assert_true((geodata != NULL) == (error == NULL));
        if (geodata)
            g_assert_cmpuint(geodata->area_count, ==, 3);
        g_clear_error(&error);
        evm_geodata_free(geodata);
    }
    g_free(path);
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(DAMAGES); i++) {
        g_autofree char *name = g_strdup_printf("/geodata/damage/%s", DAMAGES[i].what);
        g_strdelimit(name, " ", '_');
        g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_one);
    }
    g_test_add_func("/geodata/damage/third_area_of_two", test_third_area_of_two);
    g_test_add_func("/geodata/damage/vertices_without_a_ring", test_vertices_without_a_ring);
    g_test_add_data_func("/geodata/damage/any_byte_of_the_shp", GINT_TO_POINTER(SHP),
                         test_any_byte);
    g_test_add_data_func("/geodata/damage/any_byte_of_the_shx", GINT_TO_POINTER(SHX),
                         test_any_byte);
    g_test_add_data_func("/geodata/damage/any_byte_of_the_dbf", GINT_TO_POINTER(DBF),
                         test_any_byte);
    return g_test_run();
}
