#include "events/columns.h"

#include <assert.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "events/preset.h"

enum { QUOTED_CHARS = 60, LISTED_COLUMNS = 30 };

const char *const EVM_COLUMN_NAMES[] = {
    "id",     "date", "date_end", "date_precision", "reported",   "province",   "district",
    "pcode",  "lon",  "lat",      "kind",           "actor",      "from_actor", "confidence",
    "source", "url",  "headline", "tags",           "supersedes", "retracted",  NULL};

static_assert(G_N_ELEMENTS(EVM_COLUMN_NAMES) == EVM_COLUMN_COUNT + 1, "a name for every column");

const char *evm_column_format(EvmColumn column)
{
    return EVM_COLUMN_NAMES[column];
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

/* What the header is being understood with. */
typedef struct {
    const char *file;
    const EvmCsvRow *header;
    const EvmEventOptions *options;
    EvmDiagnostics *diagnostics;
    EvmColumns columns;
} Parse;

static int find_own(const char *header)
{
    for (int i = 0; EVM_COLUMN_NAMES[i]; i++)
        if (evm_header_is_name(header, EVM_COLUMN_NAMES[i]))
            return i;
    return -1;
}

static bool refuse_twins(const Parse *parse, size_t first, size_t second, GError **error)
{
    g_autofree char *name = evm_cell_format(parse->header->fields[second]);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                "%s:%u: columns %zu and %zu are both named '%s'; rename or remove one", parse->file,
                parse->header->line, first + 1, second + 1, name);
    return false;
}

static bool check_unique(const Parse *parse, GError **error)
{
    const EvmCsvRow *header = parse->header;
    for (size_t i = 0; i < header->count; i++)
        for (size_t j = 0; j < i; j++)
            if (*header->fields[i] != '\0' &&
                evm_csv_is_header(header->fields[j], header->fields[i]))
                return refuse_twins(parse, j, i, error);
    return true;
}

static void add(const Parse *parse, EvmSeverity severity, const char *code, size_t column,
                const char *message, const char *hint)
{
    evm_diagnostics_add(parse->diagnostics,
                        &(EvmDiagnostic){severity, code, parse->file, parse->header->line,
                                         (unsigned)column, message, hint});
}

static void note(const Parse *parse, const char *code, size_t column, const char *message,
                 const char *hint)
{
    add(parse, EVM_SEVERITY_NOTE, code, column, message, hint);
}

/* The nearest of those that the file has not: what it means may be lost. */
static const char *find_meant(const Parse *parse, const char *text)
{
    const char *absent[EVM_COLUMN_COUNT + 1] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        if (parse->columns.at[i] < 0)
            absent[count++] = EVM_COLUMN_NAMES[i];
    return evm_text_find_nearest(text, absent);
}

static void warn_misspelt(const Parse *parse, size_t column, const char *meant)
{
    g_autofree char *name = evm_cell_format(parse->header->fields[column]);
    g_autofree char *message =
        g_strdup_printf("column '%s' is not known, and none of its cells is used", name);
    g_autofree char *hint = g_strdup_printf("if '%s' is meant, rename it", meant);
    add(parse, EVM_SEVERITY_WARNING, "misspelt-column", column + 1, message, hint);
}

static void report_unknown(const Parse *parse, size_t column)
{
    const char *text = parse->header->fields[column];
    const char *meant = find_meant(parse, text);
    if (meant) {
        warn_misspelt(parse, column, meant);
        return;
    }
    g_autofree char *name = evm_cell_format(text);
    g_autofree char *message =
        *text == '\0' ? g_strdup_printf("column %zu has no name and is not used", column + 1)
                      : g_strdup_printf("column '%s' is not known and not used", name);
    note(parse, "unknown-column", column + 1, message, NULL);
}

static void note_renamed(const Parse *parse, EvmColumn column)
{
    size_t at = (size_t)parse->columns.at[column];
    g_autofree char *name = evm_cell_format(parse->header->fields[at]);
    g_autofree char *message =
        g_strdup_printf("column '%s' is read as '%s'", name, EVM_COLUMN_NAMES[column]);
    note(parse, "read-as", at + 1, message, NULL);
}

static void note_preset(const Parse *parse)
{
    const EvmPreset *preset = parse->columns.preset;
    g_autofree char *message =
        g_strdup_printf("the table is read as one of %s%s", preset->title,
                        parse->columns.has_header ? "" : ", whose columns it does not name");
    note(parse, "known-preset", 0, message,
         parse->options->preset ? NULL : "--preset native reads it as it stands");
}

static char *list_columns(const EvmCsvRow *header)
{
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < header->count && i < LISTED_COLUMNS; i++) {
        g_autofree char *name = evm_cell_format(header->fields[i]);
        g_string_append_printf(list, "%s'%s'", i == 0 ? "" : ", ", name);
    }
    if (header->count > LISTED_COLUMNS)
        g_string_append(list, ", …");
    return g_string_free(list, FALSE);
}

static bool refuse_header(const Parse *parse, const char *absent, GError **error)
{
    g_autofree char *list = list_columns(parse->header);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s:%u: no %s; the header line has %s",
                parse->file, parse->header->line, absent, list);
    return false;
}

/* "column 'date'", or 'event_date' where the preset calls it so. */
static char *format_absent(const Parse *parse, EvmColumn column)
{
    const char *name = EVM_COLUMN_NAMES[column];
    for (const EvmColumnName *n = parse->columns.preset->names; n->theirs; n++)
        if (n->ours == column && parse->columns.preset->names_all)
            name = n->theirs;
    return g_strdup_printf("column '%s' (--map NAME=%s says which one it is)", name,
                           EVM_COLUMN_NAMES[column]);
}

static bool check_required(const Parse *parse, GError **error)
{
    const int *at = parse->columns.at;
    bool has_point = at[EVM_COLUMN_LON] >= 0 && at[EVM_COLUMN_LAT] >= 0;
    bool has_place = at[EVM_COLUMN_PCODE] >= 0 || at[EVM_COLUMN_DISTRICT] >= 0 || has_point;
    if (at[EVM_COLUMN_DATE] >= 0 && at[EVM_COLUMN_KIND] >= 0 && has_place)
        return true;
    if (at[EVM_COLUMN_DATE] >= 0 && at[EVM_COLUMN_KIND] >= 0)
        return refuse_header(
            parse, "column for the place ('district', 'pcode', or 'lon' and 'lat')", error);
    EvmColumn first = at[EVM_COLUMN_DATE] < 0 ? EVM_COLUMN_DATE : EVM_COLUMN_KIND;
    g_autofree char *absent = format_absent(parse, first);
    return refuse_header(parse, absent, error);
}

static int find_field(const EvmCsvRow *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (evm_header_is_name(header->fields[i], name))
            return (int)i;
    return -1;
}

static void set_column(Parse *parse, EvmColumn column, int field)
{
    EvmColumns *columns = &parse->columns;
    if (columns->at[column] >= 0 || field < 0)
        return;
    columns->at[column] = field;
    columns->given[columns->given_count++] = column;
}

/* "theirs=ours": what the user says comes before all that evmap knows. */
static bool map_columns(Parse *parse, GError **error)
{
    const char *const *map = parse->options->map;
    for (; map && *map; map++) {
        const char *sign = strrchr(*map, '=');
        g_autofree char *theirs = g_strndup(*map, (gsize)(sign - *map));
        int field = find_field(parse->header, theirs);
        if (field < 0) {
            g_autofree char *name = evm_cell_format(theirs);
            g_autofree char *absent = g_strdup_printf("column '%s', which --map names", name);
            return refuse_header(parse, absent, error);
        }
        set_column(parse, (EvmColumn)find_own(sign + 1), field);
    }
    return true;
}

static void find_columns(Parse *parse)
{
    const EvmPreset *preset = parse->columns.preset;
    for (size_t i = 0; i < parse->header->count && !preset->names_all; i++) {
        int own = find_own(parse->header->fields[i]);
        if (own >= 0)
            set_column(parse, (EvmColumn)own, (int)i);
    }
    for (const EvmColumnName *name = preset->names; name->theirs; name++)
        set_column(parse, name->ours, find_field(parse->header, name->theirs));
    for (size_t i = 0; preset->others && preset->others[i]; i++)
        parse->columns.other[i] = find_field(parse->header, preset->others[i]);
}

static bool is_used(const EvmColumns *columns, size_t field)
{
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        if (columns->at[i] == (int)field)
            return true;
    return false;
}

static void report_assumptions(const Parse *parse)
{
    const EvmColumns *columns = &parse->columns;
    if (columns->preset->names_all)
        note_preset(parse);
    for (size_t i = 0; i < EVM_COLUMN_COUNT && !columns->preset->names_all; i++)
        if (columns->at[i] >= 0 && find_own(parse->header->fields[columns->at[i]]) != (int)i)
            note_renamed(parse, (EvmColumn)i);
    for (size_t i = 0; i < parse->header->count && !columns->preset->names_all; i++)
        if (!is_used(columns, i))
            report_unknown(parse, i);
}

/* The names as the file has them outlive the header row, for messages. */
static void keep_names(Parse *parse, EvmArena *arena)
{
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++) {
        int at = parse->columns.at[i];
        bool is_own = at < 0 || find_own(parse->header->fields[at]) == (int)i;
        parse->columns.name[i] =
            is_own ? EVM_COLUMN_NAMES[i] : evm_arena_strdup(arena, parse->header->fields[at]);
    }
}

/* A first row that begins with a number and is as long as the header that it should be. */
static bool is_headerless(const EvmPreset *preset, const EvmCsvRow *row)
{
    size_t count = preset->header ? g_strv_length((char **)preset->header) : 0;
    return count > 0 && row->count == count && *row->fields[0] != '\0' &&
           row->fields[0][strspn(row->fields[0], "0123456789")] == '\0';
}

bool evm_columns_parse(const char *file, const EvmCsvRow *header, const EvmEventOptions *options,
                       EvmArena *arena, EvmDiagnostics *diagnostics, EvmColumns *out,
                       GError **error)
{
    const EvmPreset *preset =
        options->preset ? evm_preset_find(options->preset) : evm_preset_find_by_header(header);
    Parse parse = {.file = file, .header = header, .options = options, .diagnostics = diagnostics};
    parse.columns = (EvmColumns){
        .count = header->count, .preset = preset, .has_header = !is_headerless(preset, header)};
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        parse.columns.at[i] = -1;
    for (size_t i = 0; i < EVM_OTHER_COLUMNS_MAX; i++)
        parse.columns.other[i] = -1;
    EvmCsvRow names = {.fields = preset->header, .count = header->count, .line = header->line};
    if (!parse.columns.has_header)
        parse.header = &names;
    if (!map_columns(&parse, error))
        return false;
    find_columns(&parse);
    /* First, because a row of data in the header's place may well hold the same text twice. */
    if (!check_required(&parse, error) || !check_unique(&parse, error))
        return false;
    keep_names(&parse, arena);
    report_assumptions(&parse);
    *out = parse.columns;
    return true;
}
