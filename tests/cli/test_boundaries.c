/* Everything that is said about a boundary file, in its exact words. */
#include <shapefil.h>
#include <stdio.h>
#include <string.h>

#include "tests/cli/harness.h"

#define WGS84                                                                                      \
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]]" \
    ",PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"

/* A polygon of one ring; NULL: one that is empty. Its name is "Somewhere" where it has none. */
typedef struct {
    const char *pcode, *ring, *name;
} Area;

#define DAMAN                                                                                      \
    {                                                                                              \
        "AF2703", "65 31, 65 32, 66 32, 66 31, 65 31", NULL                                        \
    }
#define ARGHESTAN                                                                                  \
    {                                                                                              \
        "AF2708", "66 31, 66 32, 67 32, 67 31, 66 31", NULL                                        \
    }

static void write_bytes(const char *name, const void *data, gsize size)
{
    g_autofree char *path = g_build_filename(test_folder(), name, NULL);
    g_assert_true(g_file_set_contents(path, data, (gssize)size, NULL));
}

static SHPObject *polygon_new(const char *ring)
{
    g_auto(GStrv) points = g_strsplit(ring ? ring : "", ",", -1);
    guint count = g_strv_length(points);
    int start = 0;
    g_autofree double *x = g_new(double, count + 1), *y = g_new(double, count + 1);
    for (guint i = 0; i < count; i++) {
        char *end;
        x[i] = g_ascii_strtod(points[i], &end);
        y[i] = g_ascii_strtod(end, NULL);
    }
    return SHPCreateObject(ring ? SHPT_POLYGON : SHPT_NULL, -1, ring ? 1 : 0, &start, NULL,
                           (int)count, x, y, NULL, NULL);
}

/* b.shp and what belongs to it. */
static void write_areas(const Area *areas, size_t count)
{
    g_autofree char *path = g_build_filename(test_folder(), "b.shp", NULL);
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    DBFHandle dbf = DBFCreateEx(path, NULL);
    DBFAddField(dbf, "pcode", FTString, 10, 0);
    DBFAddField(dbf, "district", FTString, 20, 0);
    for (size_t i = 0; i < count; i++) {
        SHPObject *shape = polygon_new(areas[i].ring);
        SHPWriteObject(shp, -1, shape);
        SHPDestroyObject(shape);
        DBFWriteStringAttribute(dbf, (int)i, 0, areas[i].pcode);
        DBFWriteStringAttribute(dbf, (int)i, 1, areas[i].name ? areas[i].name : "Somewhere");
    }
    SHPClose(shp);
    DBFClose(dbf);
    write_bytes("b.prj", WGS84, strlen(WGS84));
    write_bytes("b.cpg", "UTF-8", 5);
}

/* A change of one part of the file, by its ending. */
typedef struct {
    const char *ending;
    enum { NOTHING, REMOVE, EMPTY, REPLACE, SET_BYTE, APPEND } change;
    const char *text;
    size_t at;
    char byte;
} Damage;

static void damage(const Damage *it)
{
    g_autofree char *name = g_strconcat("b.", it->ending, NULL);
    g_autofree char *path = g_build_filename(test_folder(), name, NULL);
    gsize size = 0;
    g_autofree char *data = it->change == NOTHING ? NULL : read_file(name, &size);
    switch (it->change) {
    case NOTHING:
        break;
    case REMOVE:
        g_assert_cmpint(remove(path), ==, 0);
        break;
    case EMPTY:
        write_bytes(name, "", 0);
        break;
    case REPLACE:
        write_bytes(name, it->text, strlen(it->text));
        break;
    case SET_BYTE:
        g_assert_cmpuint(it->at, <, size);
        data[it->at] = it->byte;
        write_bytes(name, data, size);
        break;
    case APPEND: {
        g_autofree char *longer = g_strdup_printf("%*s", (int)(size + strlen(it->text)), "");
        memcpy(longer, data, size);
        memcpy(longer + size, it->text, strlen(it->text));
        write_bytes(name, longer, size + strlen(it->text));
        break;
    }
    }
}

/* Where the .dbf has its number of rows and its first row, and the .shp its version. */
enum { DBF_ROWS = 4, DBF_FIRST_ROW = 32 + 2 * 32 + 1, SHP_VERSION = 28 };

static const struct {
    const char *code;
    Area areas[2];
    Damage damage;
    const char *err;
} cases[] = {
    {"second-polygon",
     {DAMAN, {"AF2703", "66 31, 66 32, 67 32, 67 31, 66 31", NULL}},
     {0},
     "b.shp: warning: polygon 2 ('Somewhere') is a second one of the same district "
     "[second-polygon]; it is drawn and counted as not assessed\n"},
    {"unknown-polygon",
     {DAMAN, {"AF9999", "66 31, 66 32, 67 32, 67 31, 66 31", NULL}},
     {0},
     "b.shp: warning: polygon 2 ('Somewhere') is no district of the gazetteer [unknown-polygon]; "
     "it is drawn and counted as not assessed\n"},
    {"far-polygon",
     {DAMAN, {"", "58 21, 58 22, 59 22, 59 21, 58 21", "Oman"}},
     {0},
     "b.shp: warning: polygon 2 ('Oman') is Omna in Paktika by its name and lies 1549 km from its "
     "centre [far-polygon]; it is drawn and counted as not assessed\n"},
    {"misspelt-polygon",
     {DAMAN, {"", "66 31, 66 32, 67 32, 67 31, 66 31", "Sorkh Arghestan"}},
     {0},
     "b.shp: warning: polygon 2 ('Sorkh Arghestan') is taken for Arghestan in Kandahar "
     "[misspelt-polygon]; correct the name if it is another\n"},
    {"polygon-differs",
     {DAMAN, {"AF2711", "66 31, 66 32, 67 32, 67 31, 66 31", "Arghestan"}},
     {0},
     "b.shp: warning: polygon 2 ('Arghestan') is Arghestan in Kandahar by its name and Spin Boldak "
     "in Kandahar by its P-code AF2711 [polygon-differs]; it is drawn and counted as not "
     "assessed\n"},
    {"dbf-row-count",
     {DAMAN, ARGHESTAN},
     {"dbf", SET_BYTE, NULL, DBF_ROWS, 9},
     "b.dbf: warning: its header declares 9 rows, but there is room for 2 [dbf-row-count]\n"},
    {"deleted-row",
     {DAMAN, ARGHESTAN},
     {"dbf", SET_BYTE, NULL, DBF_FIRST_ROW, '*'},
     "b.dbf: warning: record 1: marked as deleted; drawn all the same [deleted-row]\n"},
    {"empty-prj",
     {DAMAN, ARGHESTAN},
     {"prj", EMPTY, NULL, 0, 0},
     "b.prj: note: empty: taken as longitude and latitude on WGS 84 [empty-prj]; a .prj file "
     "beside it says what the coordinates are\n"},
    {"empty-shape",
     {DAMAN, {"AF2708", NULL, NULL}},
     {0},
     "b.shp: error: record 2: the polygon is empty: nothing of it is on the map [empty-shape]\n"},
    {"flat-ring",
     {DAMAN, {"AF2708", "66 31, 66 32, 66 31", NULL}},
     {0},
     "b.shp: error: record 2: the polygon is empty: nothing of it is on the map "
     "[empty-shape]\nb.shp: warning: record 2: ring 1 has no area; left out [flat-ring]\n"},
    {"no-cpg",
     {DAMAN, ARGHESTAN},
     {"cpg", REMOVE, NULL, 0, 0},
     "b.dbf: note: there is no .cpg: text is taken as UTF-8 [no-cpg]; a .cpg file beside it says "
     "how its text is encoded\n"},
    {"no-prj",
     {DAMAN, ARGHESTAN},
     {"prj", REMOVE, NULL, 0, 0},
     "b.shp: note: there is no .prj: taken as longitude and latitude on WGS 84 [no-prj]; a .prj "
     "file beside it says what the coordinates are\n"},
    {"odd-shp-version",
     {DAMAN, ARGHESTAN},
     {"shp", SET_BYTE, NULL, SHP_VERSION, 1},
     "b.shp: warning: version 769; read as version 1000 [odd-shp-version]\n"},
    {"open-ring",
     {DAMAN, {"AF2708", "66 31, 66 32, 67 32, 67 31", NULL}},
     {0},
     "b.shp: warning: record 2: ring 1 does not end where it begins; closed [open-ring]\n"},
    {"overlap",
     {DAMAN, {"AF2704", "65 31, 65 32, 65.5 32, 65.5 31, 65 31", NULL}},
     {0},
     "b.shp: warning: record 2: overlaps record 1 along a common line [overlap]\n"},
    {"trailing-bytes",
     {DAMAN, ARGHESTAN},
     {"shp", APPEND, "more", 0, 0},
     "b.shp: warning: 4 bytes after the declared end [trailing-bytes]\n"},
    {"unknown-charset",
     {DAMAN, ARGHESTAN},
     {"cpg", REPLACE, "KLINGON", 0, 0},
     "b.cpg: warning: names no known character set; not used [unknown-charset]; write UTF-8 or "
     "windows-1256, for example\n"},
};

static void every_message_has_its_text(void)
{
    g_free(write_file("e.csv", "date,pcode,kind,actor\n2021-07-04,AF2703,control,Taliban\n"));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        write_areas(cases[i].areas, G_N_ELEMENTS(cases[i].areas));
        damage(&cases[i].damage);
        g_autofree char *code = g_strdup_printf("[%s]", cases[i].code);
        Run run = run_evmap("check -v --geodata b.shp --events e.csv");
        g_assert_nonnull(strstr(cases[i].err, code));
        g_assert_cmpstr(run.err, ==, cases[i].err);
        g_assert_cmpint(run.status, ==, 0);
        run_clear(&run);
    }
}

/* What the table says of the second polygon, where the first is Daman. */
static void check_second(Area second, const char *err)
{
    Area areas[] = {DAMAN, second};
    write_areas(areas, G_N_ELEMENTS(areas));
    Run run = run_evmap("check -v --geodata b.shp --events e.csv");
    g_assert_cmpstr(run.err, ==, err);
    run_clear(&run);
}

/* A code ties whatever the polygon's place; a name only near the district. */
static void polygons_that_lie_elsewhere_are_named(void)
{
    g_free(write_file("e.csv", "date,pcode,kind,actor\n2021-07-04,AF2708,control,Taliban\n"));
    check_second((Area){"AF2708", "31 66, 32 66, 32 67, 31 67, 31 66", NULL},
                 "b.shp: warning: polygon 2 ('Somewhere') is Arghestan in Kandahar by its P-code "
                 "and lies 4476 km from its centre [far-polygon]; it is tied all the same: look "
                 "whether longitude and latitude are swapped, or the code is another's\n");
    check_second((Area){"", "31 66, 32 66, 32 67, 31 67, 31 66", "Arghestan"},
                 "b.shp: warning: polygon 2 ('Arghestan') is Arghestan in Kandahar by its name and "
                 "lies 4476 km from its centre [far-polygon]; it is drawn and counted as not "
                 "assessed\n");
    check_second((Area){"", "67 31, 67 32, 68 32, 68 31, 67 31", "Arghestan"}, "");
    check_second((Area){"", "67.1 31, 67.1 32, 68 32, 68 31, 67.1 31", "Arghestan"},
                 "b.shp: warning: polygon 2 ('Arghestan') is Arghestan in Kandahar by its name and "
                 "lies 52 km from its centre [far-polygon]; it is drawn and counted as not "
                 "assessed\n");
}

/* Each code of the two tables of docs/diagnostics.md about boundaries has a case above. */
static void every_code_of_the_documentation_is_tried(void)
{
    g_autofree char *text = NULL;
    g_assert_true(
        g_file_get_contents(EVM_TEST_SOURCE_DIR "/docs/diagnostics.md", &text, NULL, NULL));
    const char *table = strstr(text, "\n## Boundary files\n");
    g_assert_nonnull(table);
    g_auto(GStrv) lines = g_strsplit(table, "\n| `", -1);
    unsigned rows = 0;
    for (char **line = lines + 1; *line; line++, rows++) {
        bool is_tried = false;
        (*line)[strcspn(*line, "`")] = '\0';
        for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
            is_tried |= strcmp(cases[i].code, *line) == 0;
        if (!is_tried)
            g_error("%s is tried nowhere", *line);
    }
    g_assert_cmpuint(rows, ==, G_N_ELEMENTS(cases) - 2); /* those that stand with the places */
}

/* b.dbf says since when each of the two areas holds. */
static void write_days(const char *first, const char *second)
{
    static const Area areas[] = {DAMAN, ARGHESTAN};
    write_areas(areas, G_N_ELEMENTS(areas));
    g_autofree char *path = g_build_filename(test_folder(), "b.dbf", NULL);
    DBFHandle dbf = DBFOpen(path, "rb+");
    int field = DBFAddField(dbf, "validOn", FTString, 12, 0);
    DBFWriteStringAttribute(dbf, 0, field, first);
    DBFWriteStringAttribute(dbf, 1, field, second);
    DBFClose(dbf);
}

/* The vintage of boundaries is the day that all of them have, and no guess. */
static void vintage_is_the_day_that_all_areas_have(void)
{
    static const struct {
        const char *first, *second, *vintage;
    } days[] = {
        {"2021-11-17", "2021-11-17", "2021-11-17"},
        {"20211117", "20211117", "2021-11-17"},
        {"2021/11/17", "2021/11/17", "2021-11-17"},
        {"2021-11-17", "2018-01-01", "unknown"},
        {"2021-11-17", "", "unknown"},
        {"", "", "unknown"},
        {"2021-02-29", "2021-02-29", "unknown"},
        {"17 Nov 2021", "17 Nov 2021", "unknown"},
        {"2021", "2021", "unknown"},
        {"20211117120", "20211117120", "unknown"},
    };
    g_free(write_file("e.csv", "date,pcode,kind,actor\n2021-07-04,AF2703,control,Taliban\n"));
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        write_days(days[i].first, days[i].second);
        Run run = run_evmap("render -q --date 2021-07-05 --geodata b.shp --events e.csv --formats "
                            "csv --out vintage");
        g_assert_cmpint(run.status, <=, 1);
        run_clear(&run);
        g_autofree char *manifest = read_file("vintage/afghanistan-2021-07-05.json", NULL);
        g_autofree char *wanted = g_strdup_printf("\"vintage\": \"%s\"", days[i].vintage);
        g_assert_nonnull(strstr(manifest, wanted));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/boundaries/elsewhere", polygons_that_lie_elsewhere_are_named);
    g_test_add_func("/cli/boundaries/every_message_has_its_text", every_message_has_its_text);
    g_test_add_func("/cli/boundaries/every_code_of_the_documentation_is_tried",
                    every_code_of_the_documentation_is_tried);
    g_test_add_func("/cli/boundaries/vintage_is_the_day_that_all_areas_have",
                    vintage_is_the_day_that_all_areas_have);
    return finish_tests();
}
