#include "events/columns.h"

#include <assert.h>

#include "base/error.h"
#include "base/text.h"

enum { QUOTED_CHARS = 60, LISTED_COLUMNS = 30 };

static const char *const NAMES[] = {
    "id",     "date", "date_end", "date_precision", "reported",   "province",   "district",
    "pcode",  "lon",  "lat",      "kind",           "actor",      "from_actor", "confidence",
    "source", "url",  "headline", "tags",           "supersedes", "retracted",  NULL};

static_assert(G_N_ELEMENTS(NAMES) == EVM_COLUMN_COUNT + 1, "a name for every column");

const char *evm_column_format(EvmColumn column)
{
    return NAMES[column];
}

char *evm_cell_format(const char *text)
{
    const char *end = text;
    for (int i = 0; i < QUOTED_CHARS && *end != '\0'; i++)
        end = g_utf8_next_char(end);
    char *start = g_strndup(text, (gsize)(end - text));
    char *safe = evm_text_format_terminal(start);
    char *shown = *end == '\0' ? g_strdup(safe) : g_strconcat(safe, "…", NULL);
    g_free(safe);
    g_free(start);
    return shown;
}

static int find_known(const char *header)
{
    for (int i = 0; NAMES[i]; i++)
        if (evm_csv_is_header(header, NAMES[i]))
            return i;
    return -1;
}

static bool refuse_twins(const char *file, const EvmCsvRow *header, size_t first, size_t second,
                         GError **error)
{
    char *name = evm_cell_format(header->fields[second]);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                "%s:%u: columns %zu and %zu are both named '%s'; rename or remove one", file,
                header->line, first + 1, second + 1, name);
    g_free(name);
    return false;
}

static bool check_unique(const char *file, const EvmCsvRow *header, GError **error)
{
    for (size_t i = 0; i < header->count; i++)
        for (size_t j = 0; j < i; j++)
            if (*header->fields[i] != '\0' &&
                evm_csv_is_header(header->fields[j], header->fields[i]))
                return refuse_twins(file, header, j, i, error);
    return true;
}

static void note_unknown(const char *file, const EvmCsvRow *header, size_t column,
                         EvmDiagnostics *diagnostics)
{
    const char *text = header->fields[column];
    const char *nearest = evm_text_find_nearest(text, NAMES);
    char *name = evm_cell_format(text);
    char *message = *text == '\0'
                        ? g_strdup_printf("column %zu has no name and is not used", column + 1)
                        : g_strdup_printf("column '%s' is not known and not used", name);
    char *hint = nearest ? g_strdup_printf("is '%s' meant?", nearest) : NULL;
    evm_diagnostics_add(diagnostics,
                        &(EvmDiagnostic){EVM_SEVERITY_NOTE, "unknown-column", file, header->line,
                                         (unsigned)column + 1, message, hint});
    g_free(hint);
    g_free(message);
    g_free(name);
}

static char *list_columns(const EvmCsvRow *header)
{
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < header->count && i < LISTED_COLUMNS; i++) {
        char *name = evm_cell_format(header->fields[i]);
        g_string_append_printf(list, "%s'%s'", i == 0 ? "" : ", ", name);
        g_free(name);
    }
    if (header->count > LISTED_COLUMNS)
        g_string_append(list, ", …");
    return g_string_free(list, FALSE);
}

static bool check_required(const char *file, const EvmCsvRow *header, const EvmColumns *columns,
                           GError **error)
{
    const char *absent = NULL;
    bool has_point = columns->at[EVM_COLUMN_LON] >= 0 && columns->at[EVM_COLUMN_LAT] >= 0;
    if (columns->at[EVM_COLUMN_DATE] < 0)
        absent = "column 'date'";
    else if (columns->at[EVM_COLUMN_KIND] < 0)
        absent = "column 'kind'";
    else if (columns->at[EVM_COLUMN_PCODE] < 0 && columns->at[EVM_COLUMN_DISTRICT] < 0 &&
             !has_point)
        absent = "column for the place ('district', 'pcode', or 'lon' and 'lat')";
    if (!absent)
        return true;
    char *list = list_columns(header);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s:%u: no %s; the header line has %s", file,
                header->line, absent, list);
    g_free(list);
    return false;
}

bool evm_columns_parse(const char *file, const EvmCsvRow *header, EvmDiagnostics *diagnostics,
                       EvmColumns *out, GError **error)
{
    EvmColumns columns = {.count = header->count};
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        columns.at[i] = -1;
    for (size_t i = 0; i < header->count; i++) {
        int known = find_known(header->fields[i]);
        if (known >= 0)
            columns.at[known] = (int)i;
    }
    /* First, because a row of data in the header's place may well hold the same text twice. */
    if (!check_required(file, header, &columns, error) || !check_unique(file, header, error))
        return false;
    for (size_t i = 0; i < header->count; i++)
        if (find_known(header->fields[i]) < 0)
            note_unknown(file, header, i, diagnostics);
    *out = columns;
    return true;
}
