#include <string.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/input_file.h"
#include "base/limits.h"
#include "cli/messages.h"
#include "cli/run.h"
#include "cli/verbs.h"
#include "gazetteer/match_list.h"
#include "output/table.h"

typedef struct {
    const EvmCliOptions *options;
    EvmGazetteer *gazetteer;
    EvmTable *table;
    GString *candidates;
    size_t open; /* names without a district */
    /* Of the rows on standard input, which are read twice: what they ask, and to be answered. */
    EvmMatchList *list;
    size_t answered;
    bool has_header;
    size_t column_count;
    int name_column, province_column;
    EvmCsvDialect dialect;
    const char *row_end; /* of the row before; where the text starts; NULL: not known */
    GString *rows;       /* as they stand, with answers behind; NULL: they go to the table */
} Places;

enum { ANSWER_COLUMNS = 5 };
static const char *const ANSWERS[ANSWER_COLUMNS] = {"pcode", "district", "how", "score",
                                                    "candidates"};

static void add_answer_columns(EvmTable *table)
{
    static const char *const titles[ANSWER_COLUMNS] = {"P-code", "District", "How", "Score",
                                                       "Candidates"};
    for (size_t i = 0; i < ANSWER_COLUMNS; i++)
        evm_table_add_column(table, ANSWERS[i], titles[i]);
}

/* "AF2704 Panjwayi in Kandahar; AF…"; of a place outside what it is. */
static void format_candidates(Places *places, const EvmMatch *match)
{
    const EvmGazetteer *gazetteer = places->gazetteer;
    g_autofree char *outside = evm_match_format_outside(gazetteer, match);
    g_string_assign(places->candidates, outside ? outside : "");
    for (unsigned i = 0; i < match->candidate_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[match->candidates[i]];
        g_string_append(places->candidates, i ? "; " : "");
        g_string_append(places->candidates, district->pcode);
        g_string_append_c(places->candidates, ' ');
        g_string_append(places->candidates, district->name);
        g_string_append(places->candidates, " in ");
        g_string_append(places->candidates, gazetteer->provinces[district->province].name);
    }
}

static void add_answer(Places *places, const EvmMatch *match)
{
    const EvmDistrict *district =
        match->district >= 0 ? &places->gazetteer->districts[match->district] : NULL;
    evm_table_add_text(places->table, district ? district->pcode : "");
    evm_table_add_text(places->table, district ? district->name : "");
    evm_table_add_text(places->table, evm_match_how_format(match->how));
    evm_table_add_int(places->table, match->score);
    format_candidates(places, match);
    evm_table_add_text(places->table, places->candidates->str);
    places->open += !district;
}

static void answer_words(Places *places)
{
    const EvmCliOptions *options = places->options;
    evm_table_add_column(places->table, "name", "Name");
    evm_table_add_column(places->table, "province", "Province");
    add_answer_columns(places->table);
    for (guint i = 0; i < options->names->len; i++) {
        EvmPlaceQuery query = {.district = g_ptr_array_index(options->names, i),
                               .province = options->province,
                               .date = options->date};
        EvmMatch match = evm_gazetteer_resolve(places->gazetteer, &query);
        evm_gazetteer_find_runners_up(places->gazetteer, query.district, &match);
        const EvmDistrict *district =
            match.district >= 0 ? &places->gazetteer->districts[match.district] : NULL;
        evm_table_add_text(places->table, query.district);
        evm_table_add_text(places->table,
                           district ? places->gazetteer->provinces[district->province].name
                                    : (query.province ? query.province : ""));
        add_answer(places, &match);
    }
}

static int find_column(const EvmCsvRow *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (evm_csv_is_header(header->fields[i], name))
            return (int)i;
    return -1;
}

/* Of two, nobody knows which is meant. */
static bool check_only(const EvmCsvRow *header, int column, const char *name, GError **error)
{
    for (size_t i = (size_t)(column + 1); column >= 0 && i < header->count; i++)
        if (evm_csv_is_header(header->fields[i], name)) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                        "standard input:%u: columns %d and %zu are both named '%s'; rename or "
                        "remove one",
                        header->line, column + 1, i + 1, name);
            return false;
        }
    return true;
}

static bool read_header(Places *places, const EvmCsvRow *header, GError **error)
{
    places->column_count = header->count;
    places->name_column = find_column(header, "name");
    places->province_column = find_column(header, "province");
    if (places->name_column < 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "standard input:%u: no column 'name': the first line names the columns, "
                    "'name' and if wanted 'province'",
                    header->line);
        return false;
    }
    if (!check_only(header, places->name_column, "name", error) ||
        !check_only(header, places->province_column, "province", error))
        return false;
    for (size_t i = 0; i < ANSWER_COLUMNS; i++)
        if (find_column(header, ANSWERS[i]) >= 0) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                        "standard input:%u: there is a column '%s' already, which would be added: "
                        "rename or remove it",
                        header->line, ANSWERS[i]);
            return false;
        }
    for (size_t i = 0; i < header->count; i++)
        evm_table_add_column(places->table, header->fields[i], header->fields[i]);
    add_answer_columns(places->table);
    return true;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static size_t count_line_end(const EvmCsvRow *row)
{
    size_t size = 0;
    while (size < row->size && size < 2 && is_line_end(row->text[row->size - 1 - size]))
        size++;
    return size == 2 && row->text[row->size - 2] == '\n' ? 1 : size;
}

static void append_cell(Places *places, const char *text)
{
    const char special[] = {places->dialect.delimiter, '"', '\n', '\r', '\0'};
    g_string_append_c(places->rows, places->dialect.delimiter);
    if (!strpbrk(text, special)) {
        g_string_append(places->rows, text);
        return;
    }
    g_string_append_c(places->rows, '"');
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(places->rows, '"');
        g_string_append_c(places->rows, *text);
    }
    g_string_append_c(places->rows, '"');
}

/* The row byte by byte, with blank lines before it and cells that it leaves out, and behind it
 * `answers` and its line end. */
static void append_row(Places *places, const EvmCsvRow *row, const char *const *answers)
{
    size_t line_end = count_line_end(row);
    if (places->row_end)
        g_string_append_len(places->rows, places->row_end, row->text - places->row_end);
    g_string_append_len(places->rows, row->text, (gssize)(row->size - line_end));
    for (size_t i = row->count; i < places->column_count; i++)
        g_string_append_c(places->rows, places->dialect.delimiter);
    for (size_t i = 0; i < ANSWER_COLUMNS; i++)
        append_cell(places, answers[i]);
    places->row_end = row->text + row->size;
    g_string_append_len(places->rows, places->row_end - line_end, (gssize)line_end);
}

static void append_answered_row(Places *places, const EvmCsvRow *row, const EvmMatch *match)
{
    const EvmDistrict *district =
        match->district >= 0 ? &places->gazetteer->districts[match->district] : NULL;
    char score[16];
    g_snprintf(score, sizeof score, "%u", match->score);
    format_candidates(places, match);
    const char *answers[ANSWER_COLUMNS] = {
        district ? district->pcode : "", district ? district->name : "",
        evm_match_how_format(match->how), score, places->candidates->str};
    append_row(places, row, answers);
    places->open += !district;
}

static const char *field_at(const EvmCsvRow *row, int column)
{
    return column >= 0 && (size_t)column < row->count ? row->fields[column] : "";
}

static bool is_utf8(const Places *places)
{
    return places->dialect.encoding && strcmp(places->dialect.encoding, "utf-8") == 0;
}

static bool collect_row(const EvmCsvRow *row, void *user, GError **error)
{
    Places *places = user;
    if (places->column_count == 0)
        return read_header(places, row, error);
    if (row->count > places->column_count) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "standard input:%u: %zu fields, but the header has %zu: quote what holds a "
                    "comma",
                    row->line, row->count, places->column_count);
        return false;
    }
    const char *province = field_at(row, places->province_column);
    evm_match_list_add(places->list, field_at(row, places->name_column),
                       province[0] ? province : places->options->province);
    return true;
}

static bool answer_row(const EvmCsvRow *row, void *user, GError **error)
{
    Places *places = user;
    (void)error;
    if (!places->has_header) {
        places->has_header = true;
        if (!is_utf8(places))
            places->row_end = NULL; /* it was converted into another text */
        if (places->rows)
            append_row(places, row, ANSWERS);
        return true;
    }
    const EvmMatch *match = evm_match_list_at(places->list, places->answered++);
    if (places->rows) {
        append_answered_row(places, row, match);
        return true;
    }
    for (size_t i = 0; i < places->column_count; i++)
        evm_table_add_text(places->table, field_at(row, (int)i));
    add_answer(places, match);
    return true;
}

static void start_rows(Places *places, const EvmInputFile *file)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (places->options->has_table && places->options->table != EVM_TABLE_CSV)
        return;
    places->rows = g_string_sized_new(file->size * 2);
    places->row_end = file->data;
    if (!g_str_has_prefix(file->data, mark))
        return;
    g_string_append(places->rows, mark);
    places->row_end += strlen(mark);
}

/* Blank lines behind the last row. */
static void end_rows(Places *places, const EvmInputFile *file)
{
    if (places->rows && places->row_end && is_utf8(places))
        g_string_append_len(places->rows, places->row_end,
                            file->data + file->size - places->row_end);
}

static bool read_rows(Places *places, const EvmInputFile *file, EvmCsvRowFunc func, GError **error)
{
    return evm_csv_load("standard input", file->data, file->size, &places->dialect, func, places,
                        error);
}

static bool collect_rows(Places *places, const EvmInputFile *file, GError **error)
{
    if (!read_rows(places, file, collect_row, error))
        return false;
    if (places->column_count > 0)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                "standard input is empty: its first line names the columns, 'name' and if wanted "
                "'province'");
    return false;
}

static bool answer_rows(Places *places, GError **error)
{
    EvmInputFile file;
    if (!evm_input_file_load(&file, "-", EVM_LIMIT_EVENT_FILE_BYTES, error))
        return false;
    places->list = evm_match_list_new(places->options->date);
    bool done = collect_rows(places, &file, error);
    if (done) {
        evm_match_list_compute(places->list, places->gazetteer, g_get_num_processors());
        start_rows(places, &file);
        done = read_rows(places, &file, answer_row, error);
        end_rows(places, &file);
    }
    evm_match_list_free(places->list);
    evm_input_file_clear(&file);
    return done;
}

static int write_answers(const Places *places)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    if (!places->rows)
        evm_table_write(places->table, places->options->table, text);
    if (!evm_result_write(places->rows ? places->rows : text, &error))
        return evm_message_write_error(error);
    return places->open > 0 ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}

static int answer(Places *places)
{
    const EvmCliOptions *options = places->options;
    bool is_table = strcmp(g_ptr_array_index(options->names, 0), "-") == 0;
    g_autoptr(GError) error = NULL;
    if (!is_table)
        answer_words(places);
    else if (!answer_rows(places, &error))
        return evm_message_write_error(error);
    return write_answers(places);
}

int evm_cmd_places(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_build_filename(EVMAP_DATA_DIR, "geodata", NULL);
    Places places = {.options = options,
                     .gazetteer = options->universe == EVM_UNIVERSE_421
                                      ? evm_gazetteer_load_temporary(folder, &error)
                                      : evm_gazetteer_load(folder, &error)};
    if (!places.gazetteer || !evm_cli_check_province(options, places.gazetteer, &error) ||
        (options->aliases &&
         !evm_gazetteer_load_aliases(places.gazetteer, options->aliases, &error))) {
        evm_gazetteer_free(places.gazetteer);
        return evm_message_write_error(error);
    }
    places.table = evm_table_new();
    places.candidates = g_string_new(NULL);
    int status = answer(&places);
    g_string_free(places.candidates, TRUE);
    if (places.rows)
        g_string_free(places.rows, TRUE);
    evm_table_free(places.table);
    evm_gazetteer_free(places.gazetteer);
    return status;
}
