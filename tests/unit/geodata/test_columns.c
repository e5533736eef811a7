#include "fixture.h"

static const char *const SQUARES[] = {
    "60 30,60 31,61 31,61 30,60 30",
    "61 30,61 31,62 31,62 30,61 30",
};

/* Two squares with the fields given, as name and the value of both rows. `code_page` NULL: 0x57. */
typedef struct {
    const char *name, *values[2];
} Field;

static char *file_with(const char *folder, const Field *fields, size_t count, const char *code_page)
{
    char *path = shapefile_new(folder, SQUARES, G_N_ELEMENTS(SQUARES));
    remove_file(folder, "polygons.cpg");
    DBFHandle dbf = DBFCreateEx(path, code_page);
    for (size_t i = 0; i < count; i++)
        DBFAddField(dbf, fields[i].name, FTString, 30, 0);
    for (int row = 0; row < 2; row++)
        for (size_t i = 0; i < count; i++)
            DBFWriteStringAttribute(dbf, row, (int)i, fields[i].values[row]);
    DBFClose(dbf);
    return path;
}

static EvmGeodata *load_fields(const Field *fields, size_t count, const char *code_page,
                               const char *cpg, EvmDiagnostics *diagnostics, GError **error)
{
    char *folder = folder_new();
    char *path = file_with(folder, fields, count, code_page);
    if (cpg)
        write_file(folder, "polygons.cpg", cpg, strlen(cpg));
    EvmGeodata *geodata = evm_geodata_load(path, diagnostics, error);
    g_free(path);
    folder_free(folder);
    return geodata;
}

/* ---- names of columns ---- */

static const struct {
    const char *source;
    const char *fields[6]; /* pcode, name, province, province_pcode, shape_id, valid_on */
} PUBLISHERS[] = {
    {"COD-AB 2018", {"ADM2_PCODE", "ADM2_EN", "ADM1_EN", "ADM1_PCODE", NULL, "validOn"}},
    {"COD-AB 2025", {"adm2_pcode", "adm2_name", "adm1_name", "adm1_pcode", NULL}},
    {"COD-AB old", {"admin2Pcod", "admin2Name", "admin1Name", "admin1Pcod", NULL}},
    {"geoBoundaries", {NULL, "shapeName", NULL, NULL, "shapeID"}},
    {"GADM", {NULL, "NAME_2", "NAME_1", NULL, NULL}},
    {"evmap", {"pcode", "district", "province", "prov_pcode", NULL}},
    {"other case", {"Pcode", "DISTRICT", "Province", "PROV-PCODE", "SHAPEID"}},
};

static void test_publishers_columns_are_known(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PUBLISHERS); i++) {
        Field fields[7] = {{"OTHER", {"x", "y"}}};
        size_t count = 1;
        for (int k = 0; k < 6; k++)
            if (PUBLISHERS[i].fields[k])
                fields[count++] = (Field){PUBLISHERS[i].fields[k], {PUBLISHERS[i].fields[k], ""}};
        GError *error = NULL;
        EvmGeodata *geodata = load_fields(fields, count, NULL, "UTF-8", NULL, &error);
        g_assert_no_error(error);
        const EvmArea *area = &geodata->areas[0];
        const char *got[] = {area->pcode,          area->name,     area->province,
                             area->province_pcode, area->shape_id, area->valid_on};
        for (int k = 0; k < 6; k++)
            g_assert_cmpstr(got[k], ==, PUBLISHERS[i].fields[k] ? PUBLISHERS[i].fields[k] : "");
        g_assert_cmpstr(geodata->areas[1].name, ==, "");
        evm_geodata_free(geodata);
    }
}

/* COD-AB has "NAME" like columns besides the one that is meant. */
static void test_better_known_name_wins(void)
{
    static const Field FIELDS[] = {
        {"name", {"wrong", "wrong"}},
        {"district", {"wrong", "wrong"}},
        {"ADM2_EN", {"right", "right"}},
    };
    EvmGeodata *geodata = load_fields(FIELDS, G_N_ELEMENTS(FIELDS), NULL, "UTF-8", NULL, NULL);
    g_assert_cmpstr(geodata->areas[0].name, ==, "right");
    evm_geodata_free(geodata);
}

/* ---- character sets ---- */

static const struct {
    const char *code_page, *cpg; /* NULL: none */
    const char *bytes, *text;
    const char *diagnostic; /* NULL: none */
} CHARSETS[] = {
    {NULL, "UTF-8", "\xD9\xBE\xD9\x86\xD8\xAC\xD8\xB4\xDB\x8C\xD8\xB1", "پنجشیر", NULL},
    {NULL, "utf8\r\n", "Panjshir", "Panjshir", NULL},
    {NULL, "65001", "\xC3\xA9", "é", NULL},
    {NULL, "1256", "\x81\xE4\xCC\xD4\xED\xD1", "پنجشير", NULL},
    {NULL, "windows-1256", "\x81\xE4\xCC\xD4\xED\xD1", "پنجشير", NULL},
    {NULL, "ANSI 1256", "\x81\xE4\xCC\xD4\xED\xD1", "پنجشير", NULL},
    {NULL, "CP1256", "\x81\xE4\xCC\xD4\xED\xD1", "پنجشير", NULL},
    {NULL, "ISO-8859-1", "S\xE3o", "São", NULL},
    {NULL, "ISO 8859-6", "\xE6\xE7", "نه", NULL},
    {NULL, "88591", "S\xE3o", "São", NULL},
    {NULL, "OEM 437", "\x82", "é", NULL},
    {NULL, "Big5", "\xA4\xA4", "中", NULL},
    {NULL, "KOI8-R", "\xC1", "а", NULL},
    {"LDID/126", NULL, "\x81\xE4\xCC\xD4\xED\xD1", "پنجشير", NULL},
    {"LDID/3", NULL, "S\xE3o", "São", NULL},
    {"LDID/126", "UTF-8", "\xC3\xA9", "é", NULL},
    {NULL, NULL, "\xC3\xA9", "é", "no-cpg"},
    {"LDID/0", NULL, "\xC3\xA9", "é", "no-cpg"},
    {"LDID/250", NULL, "\xC3\xA9", "é", "unknown-charset"},
    {NULL, "KLINGON-8", "\xC3\xA9", "é", "unknown-charset"},
    {NULL, "", "\xC3\xA9", "é", "unknown-charset"},
    {NULL, "../../etc/passwd", "\xC3\xA9", "é", "unknown-charset"},
    {NULL, "%s%s%s%n", "\xC3\xA9", "é", "unknown-charset"},
    {NULL, "ASCII//TRANSLIT", "\xC3\xA9", "é", "unknown-charset"},
    {"LDID/126", "KLINGON-8", "\x81\xE4", "پن", "unknown-charset"},
};

static void test_text_is_decoded(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(CHARSETS); i++) {
        Field field = {"district", {CHARSETS[i].bytes, "plain"}};
        EvmDiagnostics *diagnostics = evm_diagnostics_new();
        GError *error = NULL;
        g_test_message("case %zu", i);
        EvmGeodata *geodata =
            load_fields(&field, 1, CHARSETS[i].code_page, CHARSETS[i].cpg, diagnostics, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(geodata->areas[0].name, ==, CHARSETS[i].text);
        g_assert_cmpstr(geodata->areas[1].name, ==, "plain");
        g_assert_cmpuint(evm_diagnostics_count(diagnostics), ==, CHARSETS[i].diagnostic != NULL);
        if (CHARSETS[i].diagnostic)
            g_assert_cmpuint(count_code(diagnostics, CHARSETS[i].diagnostic), ==, 1);
        evm_geodata_free(geodata);
        evm_diagnostics_free(diagnostics);
    }
}

static const struct {
    const char *code_page, *cpg, *bytes, *word;
} UNDECODABLE[] = {
    {NULL, "UTF-8", "S\xE3o", "record 2, field 'district': the text is not UTF-8; is the .cpg"},
    {NULL, NULL, "S\xE3o", "a .cpg file that names the character set is needed"},
    {NULL, "Big5", "\xFF\xFF", "record 2, field 'district': the text is not BIG5"},
    {NULL, "UTF-8", "\xED\xA0\x80", "not UTF-8"},
};

static void test_undecodable_text_is_refused_by_name(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(UNDECODABLE); i++) {
        Field field = {"district", {"plain", UNDECODABLE[i].bytes}};
        GError *error = NULL;
        g_assert_null(
            load_fields(&field, 1, UNDECODABLE[i].code_page, UNDECODABLE[i].cpg, NULL, &error));
        g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
        if (!strstr(error->message, UNDECODABLE[i].word))
            g_error("wanted '%s', got: %s", UNDECODABLE[i].word, error->message);
        g_clear_error(&error);
    }
}

/* Bytes of a column that nobody reads may be anything. */
static void test_other_columns_are_not_decoded(void)
{
    static const Field FIELDS[] = {{"notes", {"\xFF", "\xFE"}}, {"pcode", {"P1", "P2"}}};
    EvmGeodata *geodata = load_fields(FIELDS, G_N_ELEMENTS(FIELDS), NULL, "UTF-8", NULL, NULL);
    g_assert_cmpstr(geodata->areas[1].pcode, ==, "P2");
    evm_geodata_free(geodata);
}

/* geoBoundaries pads with NUL, others with blanks. */
static void test_padding_is_left_out(void)
{
    char *folder = folder_new();
    char *path = shapefile_new(folder, SQUARES, G_N_ELEMENTS(SQUARES));
    g_autofree char *dbf_path = g_build_filename(folder, "polygons.dbf", NULL);
    g_autofree char *data = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(dbf_path, &data, &size, NULL));
    char *row = data + 32 + 32 + 1;
    memcpy(row + 1, "AF01\0\0\0\0\0\0", 10);
    memcpy(row + 11 + 1, "  AF02  \0\0", 10);
    write_file(folder, "polygons.dbf", data, size);
    EvmGeodata *geodata = load_or_fail(path, NULL);
    g_assert_cmpstr(geodata->areas[0].pcode, ==, "AF01");
    g_assert_cmpstr(geodata->areas[1].pcode, ==, "AF02");
    evm_geodata_free(geodata);
    g_free(path);
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geodata/columns/publishers_columns_are_known",
                    test_publishers_columns_are_known);
    g_test_add_func("/geodata/columns/better_known_name_wins", test_better_known_name_wins);
    g_test_add_func("/geodata/columns/padding_is_left_out", test_padding_is_left_out);
    g_test_add_func("/geodata/columns/other_columns_are_not_decoded",
                    test_other_columns_are_not_decoded);
    g_test_add_func("/geodata/charset/text_is_decoded", test_text_is_decoded);
    g_test_add_func("/geodata/charset/undecodable_text_is_refused_by_name",
                    test_undecodable_text_is_refused_by_name);
    return g_test_run();
}
