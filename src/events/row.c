#include "events/row.h"

#include <string.h>

#include "base/text.h"
#include "events/words.h"

enum { HIJRI_FIRST_YEAR = 1300, HIJRI_LAST_YEAR = 1450, NO_COLUMN = -1 };

typedef struct {
    const EvmRowContext *context;
    const EvmCsvRow *row;
    bool is_refused;
} Parse;

static const char *cell(const Parse *parse, EvmColumn column)
{
    int at = parse->context->columns.at[column];
    return at >= 0 && (size_t)at < parse->row->count ? parse->row->fields[at] : "";
}

static const char *intern(const Parse *parse, EvmColumn column)
{
    return evm_interner_add(parse->context->interner, column, cell(parse, column));
}

/* `column` is an EvmColumn or NO_COLUMN. */
static void report(Parse *parse, EvmSeverity severity, const char *code, int column,
                   const char *message, const char *hint)
{
    const EvmRowContext *context = parse->context;
    unsigned number = column == NO_COLUMN ? 0 : (unsigned)(context->columns.at[column] + 1);
    evm_diagnostics_add(
        context->diagnostics,
        &(EvmDiagnostic){severity, code, context->path, parse->row->line, number, message, hint});
    if (severity == EVM_SEVERITY_ERROR)
        parse->is_refused = true;
}

/* A cell whose text cannot be used. `problem` goes on from "<column> '<text>' ". */
static void report_cell(Parse *parse, EvmSeverity severity, const char *code, EvmColumn column,
                        const char *problem, const char *hint)
{
    char *text = evm_cell_format(cell(parse, column));
    char *message = g_strdup_printf("%s '%s' %s", evm_column_format(column), text, problem);
    report(parse, severity, code, (int)column, message, hint);
    g_free(message);
    g_free(text);
}

/* Afghan articles date by the Solar Hijri calendar: 1400 is 2021/22. */
static bool has_hijri_year(const char *text)
{
    int year = 0;
    for (int i = 0; i < 4; i++) {
        if (!g_ascii_isdigit(text[i]))
            return false;
        year = year * 10 + g_ascii_digit_value(text[i]);
    }
    return year >= HIJRI_FIRST_YEAR && year <= HIJRI_LAST_YEAR;
}

static EvmDate parse_date(Parse *parse, EvmColumn column)
{
    EvmDate date = EVM_DATE_NONE;
    const char *text = cell(parse, column);
    if (*text == '\0')
        return date;
    bool is_hijri = has_hijri_year(text);
    if (!evm_date_parse(text, &date))
        report_cell(parse, EVM_SEVERITY_ERROR, "bad-date", column, "is not a date",
                    is_hijri ? "this looks like a Solar Hijri date; write the Gregorian one as "
                               "YYYY-MM-DD, such as 2021-07-05"
                             : "write a real day as YYYY-MM-DD, such as 2021-07-05");
    else if (is_hijri)
        report_cell(parse, EVM_SEVERITY_WARNING, "solar-hijri-date", column,
                    "is taken for a Gregorian date",
                    "if it is a Solar Hijri date, write the Gregorian one");
    return date;
}

static void parse_dates(Parse *parse, EvmEvent *event)
{
    event->date = parse_date(parse, EVM_COLUMN_DATE);
    event->date_end = parse_date(parse, EVM_COLUMN_DATE_END);
    event->reported = parse_date(parse, EVM_COLUMN_REPORTED);
    if (*cell(parse, EVM_COLUMN_DATE) == '\0')
        report(parse, EVM_SEVERITY_ERROR, "no-date", EVM_COLUMN_DATE, "the row has no date",
               "write the day of the event as YYYY-MM-DD");
    if (evm_date_is_none(event->date))
        return;
    if (!evm_date_is_none(event->date_end) && event->date_end.days < event->date.days)
        report_cell(parse, EVM_SEVERITY_ERROR, "date-order", EVM_COLUMN_DATE_END,
                    "lies before the date", "swap the two, or leave date_end empty");
    if (!evm_date_is_none(event->reported) && event->reported.days < event->date.days)
        report_cell(parse, EVM_SEVERITY_WARNING, "reported-early", EVM_COLUMN_REPORTED,
                    "lies before the date of the event", "look at both dates again");
}

/* The index of the cell's word in `words`; `empty` when there is none. A word that is not in the
 * list refuses the row. */
static int parse_word(Parse *parse, EvmColumn column, const char *const *words, int empty,
                      const char *code)
{
    const char *text = cell(parse, column);
    if (*text == '\0')
        return empty;
    int index = evm_words_find(words, text);
    if (index >= 0)
        return index;
    const char *nearest = evm_text_find_nearest(text, words);
    char *list = g_strjoinv(", ", (char **)words);
    char *hint = nearest ? g_strdup_printf("is '%s' meant? Known: %s", nearest, list)
                         : g_strdup_printf("use one of: %s", list);
    report_cell(parse, EVM_SEVERITY_ERROR, code, column, "is not a known word", hint);
    g_free(hint);
    g_free(list);
    return empty;
}

static void parse_words(Parse *parse, EvmEvent *event)
{
    if (*cell(parse, EVM_COLUMN_KIND) == '\0')
        report(parse, EVM_SEVERITY_ERROR, "no-kind", EVM_COLUMN_KIND, "the row has no kind",
               "write what happened: control, contested, clash, withdrawal, surrender, border, "
               "capital or other");
    event->kind =
        (EvmKind)parse_word(parse, EVM_COLUMN_KIND, EVM_KIND_WORDS, EVM_KIND_OTHER, "bad-kind");
    event->precision = (EvmPrecision)parse_word(
        parse, EVM_COLUMN_DATE_PRECISION, EVM_PRECISION_WORDS, EVM_PRECISION_DAY, "bad-precision");
    event->confidence =
        (EvmConfidence)parse_word(parse, EVM_COLUMN_CONFIDENCE, EVM_CONFIDENCE_WORDS,
                                  EVM_CONFIDENCE_MEDIUM, "bad-confidence");
    event->is_retracted = evm_words_is_yes(
        parse_word(parse, EVM_COLUMN_RETRACTED, EVM_YES_NO_WORDS, -1, "bad-retracted"));
}

static bool parse_degrees(Parse *parse, EvmColumn column, double limit, double *out)
{
    double value;
    if (!evm_text_parse_number(cell(parse, column), &value)) {
        report_cell(parse, EVM_SEVERITY_ERROR, "bad-point", column, "is not a number",
                    "write decimal degrees, such as lon 69.1541 and lat 34.5195");
        return false;
    }
    if (value < -limit || value > limit) {
        report_cell(parse, EVM_SEVERITY_ERROR, "bad-point", column, "is no place on the globe",
                    "write decimal degrees, such as lon 69.1541 and lat 34.5195");
        return false;
    }
    *out = value;
    return true;
}

static void parse_point(Parse *parse, EvmEvent *event)
{
    bool has_lon = *cell(parse, EVM_COLUMN_LON) != '\0';
    bool has_lat = *cell(parse, EVM_COLUMN_LAT) != '\0';
    if (!has_lon && !has_lat)
        return;
    if (has_lon != has_lat) {
        report(parse, EVM_SEVERITY_ERROR, "bad-point", has_lon ? EVM_COLUMN_LON : EVM_COLUMN_LAT,
               has_lon ? "the row has a lon and no lat" : "the row has a lat and no lon",
               "give both or none");
        return;
    }
    bool is_lon = parse_degrees(parse, EVM_COLUMN_LON, 180, &event->lon_deg);
    bool is_lat = parse_degrees(parse, EVM_COLUMN_LAT, 90, &event->lat_deg);
    event->has_point = is_lon && is_lat;
}

/* Without a district a row still tells of the province, unless it claims who holds it. */
static void check_place(Parse *parse, const EvmEvent *event)
{
    bool has_point = *cell(parse, EVM_COLUMN_LON) != '\0' || *cell(parse, EVM_COLUMN_LAT) != '\0';
    if (*event->district != '\0' || *event->pcode != '\0' || has_point)
        return;
    if (!evm_kind_is_claim(event->kind) && *event->province != '\0')
        report(parse, EVM_SEVERITY_WARNING, "no-district", EVM_COLUMN_DISTRICT,
               "the row names a province and no district, so it colours nothing",
               "add the district if the source names it");
    else
        report(parse, EVM_SEVERITY_ERROR, "no-place", NO_COLUMN, "the row names no district",
               "fill in district, pcode, or lon and lat");
}

static void parse_texts(Parse *parse, EvmEvent *event)
{
    event->province = intern(parse, EVM_COLUMN_PROVINCE);
    event->district = intern(parse, EVM_COLUMN_DISTRICT);
    event->pcode = intern(parse, EVM_COLUMN_PCODE);
    event->actor = intern(parse, EVM_COLUMN_ACTOR);
    event->from_actor = intern(parse, EVM_COLUMN_FROM_ACTOR);
    event->source = intern(parse, EVM_COLUMN_SOURCE);
    event->url = intern(parse, EVM_COLUMN_URL);
    event->headline = intern(parse, EVM_COLUMN_HEADLINE);
    event->tags = intern(parse, EVM_COLUMN_TAGS);
    event->supersedes = intern(parse, EVM_COLUMN_SUPERSEDES);
}

static const char *parse_id(const Parse *parse)
{
    const EvmRowContext *context = parse->context;
    const char *text = cell(parse, EVM_COLUMN_ID);
    if (*text != '\0')
        return evm_arena_strdup(context->arena, text);
    char number[16];
    int digits = g_snprintf(number, sizeof number, ":%u", parse->row->line);
    size_t stem = strlen(context->id_stem);
    char *id = evm_arena_alloc_array(context->arena, stem + (size_t)digits + 1, 1);
    memcpy(id, context->id_stem, stem);
    memcpy(id + stem, number, (size_t)digits);
    return id;
}

static void check_cell_count(Parse *parse)
{
    size_t count = parse->row->count, expected = parse->context->columns.count;
    if (count == expected)
        return;
    char *message = g_strdup_printf("the row has %zu cells, the header %zu", count, expected);
    if (count > expected)
        report(parse, EVM_SEVERITY_ERROR, "too-many-cells", NO_COLUMN, message,
               "put text that holds a comma between double quotes");
    else
        report(parse, EVM_SEVERITY_NOTE, "short-row", NO_COLUMN, message,
               "the missing cells count as empty");
    g_free(message);
}

static void check_claim(Parse *parse, const EvmEvent *event)
{
    if (event->kind == EVM_KIND_CONTROL && *event->actor == '\0')
        report(parse, EVM_SEVERITY_ERROR, "no-actor", EVM_COLUMN_ACTOR,
               "the row claims control and names no actor",
               "write who holds the district, or use the kind contested");
    if (evm_words_has_item(event->supersedes, event->id))
        report(parse, EVM_SEVERITY_ERROR, "bad-supersedes", EVM_COLUMN_SUPERSEDES,
               "the row supersedes itself", "write the id of the row that it corrects");
}

bool evm_row_parse(const EvmRowContext *context, const EvmCsvRow *row, EvmEvent *out)
{
    Parse parse = {.context = context, .row = row};
    EvmEvent event = {.file = context->file, .line = row->line};
    check_cell_count(&parse);
    if (parse.is_refused) /* its cells may stand in the wrong columns */
        return false;
    event.id = parse_id(&parse);
    parse_texts(&parse, &event);
    parse_dates(&parse, &event);
    parse_words(&parse, &event);
    parse_point(&parse, &event);
    check_place(&parse, &event);
    check_claim(&parse, &event);
    if (!parse.is_refused)
        *out = event;
    return !parse.is_refused;
}

static bool is_same_when(const EvmEvent *a, const EvmEvent *b)
{
    return a->date.days == b->date.days && a->date_end.days == b->date_end.days &&
           a->reported.days == b->reported.days && a->precision == b->precision;
}

static bool is_same_where(const EvmEvent *a, const EvmEvent *b)
{
    return a->province == b->province && a->district == b->district && a->pcode == b->pcode &&
           a->has_point == b->has_point && a->lon_deg == b->lon_deg && a->lat_deg == b->lat_deg;
}

static bool is_same_what(const EvmEvent *a, const EvmEvent *b)
{
    return a->kind == b->kind && a->actor == b->actor && a->from_actor == b->from_actor &&
           a->is_retracted == b->is_retracted && a->supersedes == b->supersedes;
}

static bool is_same_source(const EvmEvent *a, const EvmEvent *b)
{
    return a->confidence == b->confidence && a->source == b->source && a->url == b->url &&
           a->headline == b->headline && a->tags == b->tags;
}

bool evm_row_is_same(const EvmEvent *a, const EvmEvent *b)
{
    return is_same_when(a, b) && is_same_where(a, b) && is_same_what(a, b) && is_same_source(a, b);
}
