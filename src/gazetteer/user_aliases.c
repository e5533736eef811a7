#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "gazetteer/parts.h"

enum { KEY_SIZE = 2 * EVM_EXACT_KEY_SIZE };

/* The name, and the P-code of its province; a province that nobody knows as it is written. */
static bool make_key(const EvmGazetteerFull *full, const char *name, const char *province,
                     char key[KEY_SIZE])
{
    if (!evm_name_compute_exact_key(name, key))
        return false;
    char *end = key + strlen(key);
    *end++ = '\x1F';
    int32_t index =
        province[0] ? evm_gazetteer_find_misspelt_province(&full->public, province) : -1;
    if (index >= 0)
        g_strlcpy(end, full->provinces[index].pcode, EVM_EXACT_KEY_SIZE);
    else if (!evm_name_compute_exact_key(province, end))
        *end = '\0';
    return true;
}

bool evm_user_alias_find(const EvmGazetteerFull *full, const char *name, const char *province,
                         EvmMatch *match)
{
    char key[KEY_SIZE];
    if (full->user_aliases.count == 0 || !make_key(full, name, province, key))
        return false;
    const EvmNameIndexEntry *entry = evm_name_index_find(&full->user_aliases, key, NULL);
    if (!entry)
        return false;
    enum { SCORE_WHOLE = 100 };
    if (entry->value < full->public.district_count)
        *match = evm_match_init_found((int32_t)entry->value, EVM_MATCH_ALIAS, SCORE_WHOLE);
    else
        *match = (EvmMatch){.how = EVM_MATCH_OUTSIDE, .district = -1};
    return true;
}

typedef struct {
    EvmGazetteerFull *full;
    const char *path;
    const EvmCsvTable *table;
    size_t row;
    int alias, province, pcode;
} Reader;

static bool refuse(const Reader *reader, GError **error, const char *what, const char *value)
{
    g_autofree char *safe = evm_text_format_terminal(value);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s:%u: %s '%s'", reader->path,
                evm_csv_table_line_at(reader->table, reader->row), what, safe);
    return false;
}

/* A quote that evmap or a spreadsheet put before a sign does not belong to the name. */
static const char *skip_quote(const char *text)
{
    return text[0] == '\'' && text[1] != '\0' && strchr("=+-@", text[1]) ? text + 1 : text;
}

static bool add_key(const Reader *reader, const char *name, const char *province, uint32_t value,
                    GError **error)
{
    EvmGazetteerFull *full = reader->full;
    char key[KEY_SIZE];
    if (!make_key(full, name, province, key))
        return refuse(reader, error, "this is no name:", name);
    const EvmNameIndexEntry *known = evm_name_index_find(&full->user_aliases, key, NULL);
    if (known && known->value != value)
        return refuse(reader, error, "a row above gives another P-code to", name);
    if (!known)
        evm_name_index_add(&full->user_aliases, evm_arena_strdup(full->arena, key), value);
    return true;
}

static bool add_row(const Reader *reader, GError **error)
{
    const EvmGazetteerFull *full = reader->full;
    const char *pcode = evm_csv_table_at(reader->table, reader->row, reader->pcode);
    const char *name = skip_quote(evm_csv_table_at(reader->table, reader->row, reader->alias));
    const char *province = evm_csv_table_at(reader->table, reader->row, reader->province);
    if (pcode[0] == '\0')
        return true;
    bool is_none = g_ascii_strcasecmp(pcode, "none") == 0;
    int32_t district = is_none ? -1 : evm_gazetteer_find_pcode(&full->public, pcode);
    if (district < 0 && !is_none)
        return refuse(
            reader, error,
            "no district has this P-code (write 'none' for a place that is no district):", pcode);
    uint32_t value = is_none ? (uint32_t)full->public.district_count : (uint32_t)district;
    if (!add_key(reader, name, province, value, error))
        return false;
    return province[0] || is_none ||
           add_key(reader, name, full->provinces[full->districts[district].province].pcode, value,
                   error);
}

static bool add_rows(Reader *reader, GError **error)
{
    reader->alias = evm_csv_table_find_column(reader->table, "alias");
    reader->province = evm_csv_table_find_column(reader->table, "province");
    reader->pcode = evm_csv_table_find_column(reader->table, "pcode");
    if (reader->alias < 0 || reader->pcode < 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: no column '%s': a table of aliases has alias, province and pcode",
                    reader->path, reader->alias < 0 ? "alias" : "pcode");
        return false;
    }
    size_t rows = evm_csv_table_count(reader->table);
    evm_name_index_init(&reader->full->user_aliases, reader->full->arena, (uint32_t)rows * 2);
    for (; reader->row < rows; reader->row++)
        if (!add_row(reader, error))
            return false;
    return true;
}

bool evm_gazetteer_load_aliases(EvmGazetteer *gazetteer, const char *path, GError **error)
{
    EvmGazetteerFull *full = (EvmGazetteerFull *)gazetteer;
    EvmInputFile *file = &full->files[full->public.file_count];
    g_assert(full->user_aliases.entries == NULL);
    if (!evm_input_file_load(file, path, EVM_LIMIT_TABLE_BYTES, error))
        return false;
    full->public.file_count++;
    EvmCsvTable *table = evm_csv_table_parse(file->path, file->data, file->size, error);
    g_clear_pointer(&file->data, g_free);
    Reader reader = {.full = full, .path = file->path, .table = table};
    bool done = table && add_rows(&reader, error);
    evm_csv_table_free(table);
    return done;
}
