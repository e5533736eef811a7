/* Files that are not part of the repository: the full-resolution boundaries of geoBoundaries, and
 * shapefiles of other projects' tests, with one-field mutants of one of them. Their folder is
 * EVMAP_TESTDATA, or shared/testdata beside the source folder; without it everything is skipped. */
#include "fixture.h"

#include <math.h>

static char *corpus;

/* ---- every file: refused, or whole ---- */

/* What an index lists, by its size: NULL file or odd size gives 0. */
static size_t count_listed(const char *shp_path)
{
    size_t stem = strlen(shp_path) - 3;
    g_autofree char *shx_path = g_strdup_printf("%.*sshx", (int)stem, shp_path);
    GStatBuf info;
    if (g_stat(shx_path, &info) != 0 || info.st_size < 100)
        return 0;
    return (size_t)(info.st_size - 100) / 8;
}

/* What the .shp itself holds: records walked one by one, as far as they go. */
static size_t count_records(const char *shp_path)
{
    g_autofree char *data = NULL;
    gsize size;
    size_t count = 0, offset = 100;
    g_assert_true(g_file_get_contents(shp_path, &data, &size, NULL));
    while (offset + 12 <= size) {
        guint32 words;
        memcpy(&words, data + offset + 4, 4);
        size_t bytes = 2 * (size_t)GUINT32_FROM_BE(words);
        guint32 number;
        memcpy(&number, data + offset, 4);
        if (GUINT32_FROM_BE(number) != count + 1 || offset + 8 + bytes > size)
            break;
        offset += 8 + bytes;
        count++;
    }
    return count;
}

typedef struct {
    size_t files, loaded, refused;
} Counts;

static void check_file(const char *path, Counts *counts)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    GError *error = NULL;
    gint64 start_us = g_get_monotonic_time();
    EvmGeodata *geodata = evm_geodata_load(path, diagnostics, &error);
    g_assert_cmpint(g_get_monotonic_time() - start_us, <, 2 * G_USEC_PER_SEC);
    counts->files++;
    g_assert_true((geodata != NULL) == (error == NULL));
    if (geodata) {
        counts->loaded++;
        g_assert_cmpuint(geodata->area_count, ==, count_listed(path));
        g_assert_cmpuint(geodata->area_count, ==, count_records(path));
    } else {
        counts->refused++;
        g_assert_true(error->code == EVM_ERROR_INPUT || error->code == EVM_ERROR_LIMIT);
        g_assert_null(strchr(error->message, '\n'));
        g_test_message("%s", error->message);
    }
    g_clear_error(&error);
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
}

static void walk(const char *folder, void (*visit)(const char *path, Counts *counts),
                 Counts *counts)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            walk(path, visit, counts);
        else if (g_str_has_suffix(name, ".shp"))
            visit(path, counts);
    }
    if (dir)
        g_dir_close(dir);
}

static void test_every_file_is_refused_or_whole(void)
{
    Counts counts = {0};
    g_autofree char *folder = g_build_filename(corpus, "hostile", "shp", NULL);
    walk(folder, check_file, &counts);
    g_test_message("%zu files: %zu loaded, %zu refused", counts.files, counts.loaded,
                   counts.refused);
    g_assert_cmpuint(counts.files, >, 250);
    g_assert_cmpuint(counts.loaded, >, 10);
}

/* ---- the mutants, moved to where their coordinates are degrees ----
 * All are of poly.shp, whose coordinates are metres: as they stand they would be refused for that,
 * whatever else is wrong with them. */

static double to_degrees(double value)
{
    return value > 1e6 ? value / 1e5 : value / 1e4;
}

/* Where the sound file has coordinates, and the mutant some that may be metres. */
static void move(char *data, gsize size, const char *sound, gsize sound_size)
{
    size_t offset = 100;
    while (offset + 52 <= sound_size) {
        gint32 words, parts, points;
        memcpy(&words, sound + offset + 4, 4);
        memcpy(&parts, sound + offset + 44, 4);
        memcpy(&points, sound + offset + 48, 4);
        size_t first = offset + 52 + 4 * (size_t)GINT32_FROM_LE(parts);
        size_t end = MIN(first + 16 * (size_t)GINT32_FROM_LE(points), size);
        for (size_t at = first; at + 8 <= end; at += 8) {
            double value;
            memcpy(&value, data + at, sizeof value);
            if (value > 1e5 && value < 1e7)
                value = to_degrees(value);
            memcpy(data + at, &value, sizeof value);
        }
        offset += 8 + 2 * (size_t)GINT32_FROM_BE(words);
    }
}

static char *sound_data;
static gsize sound_size;

static void copy_part(const char *from, const char *folder, const char *name)
{
    g_autofree char *data = NULL;
    gsize size;
    if (g_file_get_contents(from, &data, &size, NULL))
        write_file(folder, name, data, size);
}

static void copy_parts(const char *shp_path, const char *folder)
{
    static const char *const PARTS[] = {"shx", "dbf", "prj", "cpg"};
    for (size_t i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        g_autofree char *from =
            g_strdup_printf("%.*s%s", (int)strlen(shp_path) - 3, shp_path, PARTS[i]);
        g_autofree char *name = g_strdup_printf("moved.%s", PARTS[i]);
        copy_part(from, folder, name);
    }
}

/* "shp-parts-…" are made of another file. */
static void check_moved(const char *path, Counts *counts)
{
    g_autofree char *data = NULL;
    gsize size;
    char *folder = folder_new();
    g_autofree char *moved_path = g_build_filename(folder, "moved.shp", NULL);
    g_assert_true(g_file_get_contents(path, &data, &size, NULL));
    if (!strstr(path, "shp-parts"))
        move(data, size, sound_data, sound_size);
    write_file(folder, "moved.shp", data, size);
    copy_parts(path, folder);
    size_t loaded = counts->loaded;
    g_test_message("%s", strrchr(path, '/') + 1);
    check_file(moved_path, counts);
    if (counts->loaded > loaded)
        g_test_message("loaded");
    folder_free(folder);
}

/* 195 mutants; those that change nothing that matters must still be read. */
static void test_mutants_in_degrees(void)
{
    Counts counts = {0};
    g_autofree char *folder = g_build_filename(corpus, "hostile", "shp", "derived-mutants", NULL);
    g_autofree char *sound = g_build_filename(corpus, "hostile", "shp", "mapserver", "misc", "data",
                                              "shppoly", "poly.shp", NULL);
    g_assert_true(g_file_get_contents(sound, &sound_data, &sound_size, NULL));
    walk(folder, check_moved, &counts);
    g_test_message("%zu mutants: %zu loaded, %zu refused", counts.files, counts.loaded,
                   counts.refused);
    g_assert_cmpuint(counts.files, ==, 195);
    g_assert_cmpuint(counts.loaded, >=, 40);
    g_free(sound_data);
}

/* ---- full resolution ---- */

static EvmGeodata *load_full(EvmDiagnostics *diagnostics)
{
    char *path = g_build_filename(corpus, "geoboundaries_afg", "geoBoundaries-AFG-ADM2.shp", NULL);
    EvmGeodata *geodata = load_or_fail(path, diagnostics);
    g_free(path);
    return geodata;
}

static void test_full_resolution_is_edge_matched(void)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmGeodata *geodata = load_full(diagnostics);
    size_t shared = 0;
    double sum = 0;
    for (size_t i = 0; i < geodata->arc_count; i++)
        shared += geodata->arcs[i].left >= 0 && geodata->arcs[i].right >= 0;
    for (size_t i = 0; i < geodata->area_count; i++)
        sum += area_by_sides(geodata, (int32_t)i);
    g_assert_cmpuint(geodata->area_count, ==, 398);
    g_assert_cmpuint(geodata->ring_count, ==, 402);
    g_assert_cmpuint(shared, ==, 1105);
    g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, count_code(diagnostics, "no-cpg"));
    g_assert_cmpfloat_with_epsilon(sum, -area_by_sides(geodata, EVM_AREA_OUTSIDE), 1e-8);
    g_assert_cmpstr(geodata->areas[0].name, ==, "Deh Bala");
    g_assert_cmpuint(strlen(geodata->areas[0].shape_id), ==, 23);
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
}

static void test_full_resolution_simplifies(void)
{
    EvmGeodata *full = load_full(NULL);
    EvmGeodata *simple = evm_geodata_compute_simplified(full, 0.002);
    double changed = 0;
    g_assert_cmpuint(simple->point_count, <, full->point_count / 4);
    for (size_t i = 0; i < full->area_count; i++) {
        double before = area_by_sides(full, (int32_t)i), after = area_by_sides(simple, (int32_t)i);
        g_assert_cmpfloat(after, >, 0);
        changed += fabs(after - before);
    }
    g_assert_cmpfloat(changed, <, 0.2);
    evm_geodata_free(simple);
    evm_geodata_free(full);
}

static char *find_corpus(void)
{
    const char *named = g_getenv("EVMAP_TESTDATA");
    if (named && named[0])
        return g_strdup(named);
    g_autofree char *parent = g_path_get_dirname(EVM_TEST_SOURCE_DIR);
    return g_build_filename(parent, "shared", "testdata", NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    corpus = find_corpus();
    if (!g_file_test(corpus, G_FILE_TEST_IS_DIR)) {
        g_print("1..0 # SKIP no test data in %s; EVMAP_TESTDATA names its folder\n", corpus);
        g_free(corpus);
        return 77;
    }
    g_test_add_func("/geodata/corpus/every_file_is_refused_or_whole",
                    test_every_file_is_refused_or_whole);
    g_test_add_func("/geodata/corpus/mutants_in_degrees", test_mutants_in_degrees);
    g_test_add_func("/geodata/corpus/full_resolution_is_edge_matched",
                    test_full_resolution_is_edge_matched);
    g_test_add_func("/geodata/corpus/full_resolution_simplifies", test_full_resolution_simplifies);
    int status = g_test_run();
    g_free(corpus);
    return status;
}
