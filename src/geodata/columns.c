#include "geodata/columns.h"

#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/limits.h"
#include "geodata/bytes.h"
#include "geodata/charset.h"

enum {
    HEADER_BYTES = 32,
    FIELD_BYTES = 32,
    HEADER_END = 0x0D,
    DRIVER_ANSI = 0x57,
    MAX_NAMES = 10,
};

/* The best known name first. .dbf names end after ten characters. */
static const struct {
    size_t offset; /* of the string in an EvmArea */
    const char *names[MAX_NAMES];
} COLUMNS[] = {
    {offsetof(EvmArea, pcode), {"adm2_pcode", "admin2Pcode", "admin2Pcod", "admin2_cod", "pcode"}},
    {offsetof(EvmArea, name),
     {"adm2_en", "adm2_name", "admin2Name_en", "admin2Name", "admin2_nam", "shapeName", "name_2",
      "district", "name"}},
    {offsetof(EvmArea, province),
     {"adm1_en", "adm1_name", "admin1Name_en", "admin1Name", "admin1_nam", "name_1", "prov_34_na",
      "province", "prov"}},
    {offsetof(EvmArea, province_pcode),
     {"adm1_pcode", "admin1Pcode", "admin1Pcod", "admin1_cod", "prov_pcode", "prov_code"}},
    {offsetof(EvmArea, shape_id), {"shapeID"}},
    {offsetof(EvmArea, valid_on), {"validOn", "valid_on", "date"}},
};

typedef struct {
    const EvmInputFile *dbf;
    EvmDiagnostics *diagnostics;
    DBFHandle handle;
    uint32_t row_count, field_count;
    char charset[EVM_CHARSET_SIZE];
    bool is_declared; /* the charset: else it was assumed */
    GIConv converter; /* (GIConv)-1 for UTF-8 */
} Reader;

/* ---- header ---- */

/* Fields up to the 0x0D, or up to the end of the header where that is missing. */
static bool check_fields(Reader *reader, uint32_t header_bytes, uint32_t row_bytes, GError **error)
{
    const char *data = reader->dbf->data;
    uint32_t sum = 1; /* the mark of deleted rows */
    size_t at = HEADER_BYTES;
    for (; at + FIELD_BYTES <= header_bytes && data[at] != HEADER_END; at += FIELD_BYTES) {
        uint32_t width = evm_bytes_at(data, at + 16);
        reader->field_count++;
        sum += width;
        if (width == 0)
            return evm_shapefile_add_error(reader->dbf, error, "field %u has no width",
                                           reader->field_count);
    }
    if (reader->field_count > EVM_LIMIT_DBF_FIELDS) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT, "%s: more than the limit of %d fields",
                    reader->dbf->path, EVM_LIMIT_DBF_FIELDS);
        return false;
    }
    if (reader->field_count == 0 || sum != row_bytes)
        return evm_shapefile_add_error(reader->dbf, error,
                                       "its %u fields make rows of %u bytes, its header says %u; "
                                       "the file is damaged",
                                       reader->field_count, sum, row_bytes);
    return true;
}

/* The declared number of rows may be anything: what counts is what the file can hold. shapelib
 * reads the number itself, as a signed one, so it is corrected in memory. */
static void count_rows(Reader *reader, uint32_t header_bytes, uint32_t row_bytes)
{
    uint32_t declared = evm_bytes_parse_le32(reader->dbf->data, 4);
    uint32_t held = (uint32_t)((reader->dbf->size - header_bytes) / row_bytes);
    reader->row_count = MIN(declared, held);
    if (declared <= held)
        return;
    for (int i = 0; i < 4; i++)
        reader->dbf->data[4 + i] = (char)(held >> 8 * i);
    evm_shapefile_add_diagnostic(
        reader->diagnostics, EVM_SEVERITY_WARNING, reader->dbf, 0, "dbf-row-count", NULL,
        "its header declares %u rows, but there is room for %u", declared, held);
}

static bool check_header(Reader *reader, size_t area_count, GError **error)
{
    const EvmInputFile *dbf = reader->dbf;
    if (dbf->size <= HEADER_BYTES)
        return evm_shapefile_add_error(dbf, error, "cut off: %zu bytes are less than a header",
                                       dbf->size);
    uint32_t header_bytes = evm_bytes_parse_le16(dbf->data, 8);
    uint32_t row_bytes = evm_bytes_parse_le16(dbf->data, 10);
    if (header_bytes <= HEADER_BYTES || header_bytes > dbf->size || row_bytes == 0)
        return evm_shapefile_add_error(dbf, error,
                                       "its header declares %u bytes and rows of %u, which cannot "
                                       "be; the file is damaged",
                                       header_bytes, row_bytes);
    if (!check_fields(reader, header_bytes, row_bytes, error))
        return false;
    count_rows(reader, header_bytes, row_bytes);
    if (reader->row_count != area_count)
        return evm_shapefile_add_error(dbf, error, "has %u rows for %zu polygons",
                                       reader->row_count, area_count);
    return true;
}

/* ---- character set ---- */

static void note_charset(const EvmShapefile *shapefile, Reader *reader)
{
    unsigned driver = evm_bytes_at(reader->dbf->data, 29);
    const char *charset = evm_charset_find_driver(driver);
    g_strlcpy(reader->charset, charset ? charset : "UTF-8", sizeof reader->charset);
    reader->is_declared = charset != NULL;
    if (charset)
        return;
    if (driver != 0 && driver != DRIVER_ANSI)
        evm_shapefile_add_diagnostic(
            reader->diagnostics, EVM_SEVERITY_WARNING, reader->dbf, 0, "unknown-charset",
            "a .cpg file beside it says how its text is encoded",
            "language driver 0x%02x is not known: text is taken as UTF-8", driver);
    else if (!shapefile->cpg)
        evm_shapefile_add_diagnostic(reader->diagnostics, EVM_SEVERITY_NOTE, reader->dbf, 0,
                                     "no-cpg", "a .cpg file beside it says how its text is encoded",
                                     "there is no .cpg: text is taken as UTF-8");
}

static void find_charset(const EvmShapefile *shapefile, Reader *reader)
{
    const EvmInputFile *cpg = shapefile->cpg;
    reader->is_declared = true;
    if (cpg && evm_charset_parse_cpg(cpg->data, cpg->size, reader->charset))
        return;
    if (cpg)
        evm_shapefile_add_diagnostic(reader->diagnostics, EVM_SEVERITY_WARNING, cpg, 0,
                                     "unknown-charset", "write UTF-8 or windows-1256, for example",
                                     "names no known character set; not used");
    note_charset(shapefile, reader);
}

static void open_converter(Reader *reader)
{
    reader->converter =
        strcmp(reader->charset, "UTF-8") == 0 ? (GIConv)-1 : g_iconv_open("UTF-8", reader->charset);
}

/* ---- text ---- */

static int find_column(const Reader *reader, const char *const *names)
{
    for (int n = 0; n < MAX_NAMES && names[n]; n++)
        for (uint32_t field = 0; field < reader->field_count; field++) {
            char name[XBASE_FLDNAME_LEN_READ + 1];
            DBFGetFieldInfo(reader->handle, (int)field, name, NULL, NULL);
            if (evm_csv_is_header(name, names[n]))
                return (int)field;
        }
    return -1;
}

static char *decode(const Reader *reader, const char *text)
{
    if (reader->converter == (GIConv)-1)
        return g_utf8_validate(text, -1, NULL) ? g_strdup(text) : NULL;
    char *decoded = g_convert_with_iconv(text, -1, reader->converter, NULL, NULL, NULL);
    return decoded && g_utf8_validate(decoded, -1, NULL) ? decoded : NULL;
}

static bool refuse_text(const Reader *reader, size_t row, int column, GError **error)
{
    char name[XBASE_FLDNAME_LEN_READ + 1];
    DBFGetFieldInfo(reader->handle, column, name, NULL, NULL);
    return evm_shapefile_add_error(
        reader->dbf, error, "record %zu, field '%s': the text is not %s%s", row + 1, name,
        reader->charset,
        reader->is_declared ? "; is the .cpg or the language driver right?"
                            : "; a .cpg file that names the character set is needed");
}

static bool load_text(const Reader *reader, const char **to, size_t row, int column,
                      EvmArena *arena, GError **error)
{
    const char *text = DBFReadStringAttribute(reader->handle, (int)row, column);
    if (!text || text[0] == '\0')
        return true;
    g_autofree char *decoded = decode(reader, text);
    if (!decoded)
        return refuse_text(reader, row, column, error);
    *to = evm_arena_strdup(arena, g_strstrip(decoded));
    return true;
}

static const char **string_at(EvmArea *area, size_t column)
{
    return (const char **)(void *)((char *)area + COLUMNS[column].offset);
}

static bool load_rows(Reader *reader, EvmArea *areas, EvmArena *arena, GError **error)
{
    int fields[G_N_ELEMENTS(COLUMNS)];
    for (size_t column = 0; column < G_N_ELEMENTS(COLUMNS); column++)
        fields[column] = find_column(reader, COLUMNS[column].names);
    for (size_t row = 0; row < reader->row_count; row++) {
        for (size_t column = 0; column < G_N_ELEMENTS(COLUMNS); column++) {
            const char **to = string_at(&areas[row], column);
            *to = "";
            if (fields[column] >= 0 && !load_text(reader, to, row, fields[column], arena, error))
                return false;
        }
        if (DBFIsRecordDeleted(reader->handle, (int)row))
            evm_shapefile_add_diagnostic(reader->diagnostics, EVM_SEVERITY_WARNING, reader->dbf,
                                         (uint32_t)row + 1, "deleted-row", NULL,
                                         "marked as deleted; drawn all the same");
    }
    return true;
}

bool evm_columns_load(EvmArea *areas, size_t area_count, EvmArena *arena,
                      const EvmShapefile *shapefile, EvmDiagnostics *diagnostics, GError **error)
{
    Reader reader = {.dbf = shapefile->dbf, .diagnostics = diagnostics};
    if (!check_header(&reader, area_count, error))
        return false;
    reader.handle = evm_shapefile_alloc_dbf(shapefile, error);
    if (!reader.handle)
        return false;
    reader.field_count = MIN(reader.field_count, (uint32_t)DBFGetFieldCount(reader.handle));
    find_charset(shapefile, &reader);
    open_converter(&reader);
    bool ok = load_rows(&reader, areas, arena, error);
    if (reader.converter != (GIConv)-1)
        g_iconv_close(reader.converter);
    DBFClose(reader.handle);
    return ok;
}
