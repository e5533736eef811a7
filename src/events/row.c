#include "events/row.h"

#include <string.h>

#include "base/text.h"
#include "events/preset.h"
#include "events/sequence.h"
#include "events/span.h"
#include "events/words.h"

enum { HIJRI_FIRST_YEAR = 1300, HIJRI_LAST_YEAR = 1450, NO_COLUMN = -1 };

typedef struct {
    EvmRowContext *context;
    const EvmCsvRow *row;
    EvmCells cells;
    bool is_refused;
} Parse;

static const char *field_at(const EvmCsvRow *row, int at)
{
    return (size_t)at < row->count ? row->fields[at] : ""; /* no column is -1: more than any */
}

static const char *cell(const Parse *parse, EvmColumn column)
{
    return parse->cells.text[column];
}

/* The row as our columns have it. */
static void convert_cells(Parse *parse)
{
    const EvmColumns *columns = &parse->context->columns;
    EvmCells *cells = &parse->cells;
    for (size_t i = 0; i < EVM_COLUMN_COUNT; i++)
        cells->text[i] = "";
    for (size_t i = 0; i < columns->given_count; i++)
        cells->text[columns->given[i]] = field_at(parse->row, columns->at[columns->given[i]]);
    cells->code = NULL;
    if (!columns->preset->convert)
        return;
    for (size_t i = 0; i < EVM_OTHER_COLUMNS_MAX; i++)
        cells->other[i] = field_at(parse->row, columns->other[i]);
    cells->tags = g_string_truncate(parse->context->tags, 0);
    columns->preset->convert(cells);
}

/* Borrowed from the row when nobody keeps it. */
static const char *intern(const Parse *parse, EvmColumn column)
{
    if (!parse->context->interner)
        return cell(parse, column);
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
    char *message =
        g_strdup_printf("%s '%s' %s", parse->context->columns.name[column], text, problem);
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

static const char *const DATE_HINT = "write a real day as YYYY-MM-DD, such as 2021-07-05";

/* Solar Hijri years in a table that is read as Gregorian: only a date that is otherwise beyond
 * doubt is taken, with a warning. */
static bool check_hijri(Parse *parse, EvmColumn column)
{
    EvmDate date;
    const char *text = cell(parse, column);
    if (parse->context->options->calendar != EVM_CALENDAR_GREGORIAN || !has_hijri_year(text))
        return true;
    if (evm_date_parse(text, &date)) {
        report_cell(parse, EVM_SEVERITY_WARNING, "solar-hijri-date", column,
                    "is taken for a Gregorian date",
                    "if it is a Solar Hijri date, read the table with --calendar solar-hijri");
        return true;
    }
    report_cell(parse, EVM_SEVERITY_ERROR, "bad-date", column, "is not a date",
                "this looks like a Solar Hijri date: --calendar solar-hijri reads it");
    return false;
}

/* The order is not known from the start where it is the column that settles it. */
static void report_unordered(Parse *parse, EvmColumn column)
{
    EvmRowContext *context = parse->context;
    EvmOrderProof *proof = &context->proof[column];
    const char *text = cell(parse, column);
    EvmDateOrder order = evm_span_find_order(text);
    if (order && !proof->text) {
        proof->line = parse->row->line;
        proof->text = evm_arena_strdup(context->arena, text);
    }
    proof->has_dmy |= order == EVM_DATE_ORDER_DMY;
    proof->has_mdy |= order == EVM_DATE_ORDER_MDY;
    report_cell(parse, EVM_SEVERITY_ERROR, "unsure-date", column, "may be two days",
                "say what comes first, --date-order dmy or mdy, or write YYYY-MM-DD");
}

static EvmDateOrder find_order(const Parse *parse, EvmColumn column)
{
    EvmDateOrder order = parse->context->date_order[column];
    return order ? order : parse->context->columns.preset->date_order;
}

/* Where only YYYY-MM-DD is asked for. */
static bool check_form(Parse *parse, EvmColumn column)
{
    EvmDate day;
    if (find_order(parse, column) != EVM_DATE_ORDER_YMD ||
        evm_date_parse(cell(parse, column), &day))
        return true;
    report_cell(parse, EVM_SEVERITY_ERROR, "bad-date", column, "is not written as YYYY-MM-DD",
                "--date-order ymd takes nothing else");
    return false;
}

/* Days since 1970: 1 January 1900 and 2100. */
enum { OLD_DAYS = -25567, FAR_DAYS = 47482 };

/* A slip in the year: it counts, but from then on, or never. */
static void check_year(Parse *parse, EvmColumn column, const EvmSpan *span)
{
    bool is_hijri = parse->context->options->calendar == EVM_CALENDAR_GREGORIAN &&
                    has_hijri_year(cell(parse, column));
    if ((span->first.days < OLD_DAYS || span->last.days > FAR_DAYS) && !is_hijri)
        report_cell(parse, EVM_SEVERITY_WARNING, "odd-year", column,
                    "lies before 1900 or after 2100", "look whether the year is right");
}

/* What most cells are: YYYY-MM-DD since 1970, which is neither Solar Hijri nor a null date. */
static bool parse_common_day(const Parse *parse, EvmColumn column, EvmSpan *out)
{
    EvmDate day;
    if (parse->context->options->calendar != EVM_CALENDAR_GREGORIAN ||
        !evm_date_parse(cell(parse, column), &day) || day.days < 0 || day.days > FAR_DAYS)
        return false;
    *out = (EvmSpan){day, day, false};
    return true;
}

/* False when the cell tells no date. */
static bool parse_span(Parse *parse, EvmColumn column, EvmSpan *out)
{
    const char *text = cell(parse, column);
    if (*text == '\0')
        return false;
    if (parse_common_day(parse, column, out))
        return true;
    if (!check_hijri(parse, column))
        return false;
    switch (evm_span_cache_parse(parse->context->spans, text, parse->context->options->calendar,
                                 find_order(parse, column), out)) {
    case EVM_SPAN_READ:
        check_year(parse, column, out);
        return check_form(parse, column);
    case EVM_SPAN_UNORDERED:
        report_unordered(parse, column);
        return false;
    case EVM_SPAN_BAD:
        report_cell(parse, EVM_SEVERITY_ERROR, "bad-date", column, "is not a date", DATE_HINT);
        return false;
    case EVM_SPAN_EMPTY:
        break;
    }
    return false;
}

/* A date that is a span of days has an end too. */
static void set_span(EvmEvent *event, const EvmSpan *span)
{
    event->date = span->first;
    if (span->last.days > span->first.days)
        event->date_end = span->last;
    if (span->is_status)
        event->precision = EVM_PRECISION_STATUS;
}

static void parse_dates(Parse *parse, EvmEvent *event)
{
    EvmSpan span;
    event->date = event->date_end = event->reported = EVM_DATE_NONE;
    bool is_refused = parse->is_refused;
    if (parse_span(parse, EVM_COLUMN_DATE, &span))
        set_span(event, &span);
    else if (parse->is_refused == is_refused)
        report(parse, EVM_SEVERITY_ERROR, "no-date", EVM_COLUMN_DATE, "the row has no date",
               "write the day of the event as YYYY-MM-DD");
    if (parse_span(parse, EVM_COLUMN_DATE_END, &span))
        event->date_end = span.last;
    if (parse_span(parse, EVM_COLUMN_REPORTED, &span))
        event->reported = span.last;
}

static void check_dates(Parse *parse, const EvmEvent *event)
{
    if (evm_date_is_none(event->date))
        return;
    if (!evm_date_is_none(event->date_end) && event->date_end.days < event->date.days)
        report_cell(parse, EVM_SEVERITY_ERROR, "date-order", EVM_COLUMN_DATE_END,
                    "lies before the date", "swap the two, or leave date_end empty");
    if (!evm_date_is_none(event->reported) && event->reported.days < event->date.days)
        report_cell(parse, EVM_SEVERITY_WARNING, "reported-early", EVM_COLUMN_REPORTED,
                    "lies before the date of the event", "look at both dates again");
}

static void report_word(Parse *parse, EvmColumn column, const char *const *words, const char *code)
{
    const char *text = cell(parse, column);
    const char *nearest = evm_text_find_nearest(text, words);
    char *list = g_strjoinv(", ", (char **)words);
    char *hint = nearest ? g_strdup_printf("is '%s' meant? Known: %s", nearest, list)
                         : g_strdup_printf("use one of: %s", list);
    report_cell(parse, EVM_SEVERITY_ERROR, code, column, "is not a known word", hint);
    g_free(hint);
    g_free(list);
}

/* The index of the cell's word in `words`; `empty` when there is none. A word that is not in the
 * list refuses the row. */
static inline int parse_word(Parse *parse, EvmColumn column, const char *const *words, int empty,
                             const char *code)
{
    const char *text = cell(parse, column);
    if (*text == '\0')
        return empty;
    int index = evm_words_find(words, text);
    if (index >= 0)
        return index;
    report_word(parse, column, words, code);
    return empty;
}

static bool is_whole_month(const EvmEvent *event)
{
    EvmSpan month;
    evm_span_compute_month(event->date, &month);
    return event->date.days == month.first.days && event->date_end.days == month.last.days;
}

/* Days around or before the one that the row gives. */
static void widen_date(EvmEvent *event, EvmPrecision precision)
{
    EvmSpan span;
    event->precision = precision;
    if (precision == EVM_PRECISION_DAY || precision == EVM_PRECISION_STATUS)
        return;
    event->date_end = EVM_DATE_NONE; /* the same day again */
    if (precision == EVM_PRECISION_WEEK || precision == EVM_PRECISION_MONTH)
        return;
    if (precision == EVM_PRECISION_MID_WEEK)
        span = (EvmSpan){{event->date.days - 3}, {event->date.days + 3}, false};
    else
        evm_span_compute_month(event->date, &span);
    set_span(event, &span);
}

/* The dates come first: they say more than a word. */
static void check_precision(Parse *parse, const EvmEvent *event, EvmPrecision precision)
{
    char first[EVM_DATE_TEXT_SIZE], last[EVM_DATE_TEXT_SIZE];
    bool is_status = event->precision == EVM_PRECISION_STATUS;
    bool says_month = precision == EVM_PRECISION_MONTH || precision == EVM_PRECISION_MID_MONTH;
    if (precision == EVM_PRECISION_DAY || precision == EVM_PRECISION_STATUS ||
        (!is_status && says_month && is_whole_month(event)))
        return;
    g_autofree char *problem =
        is_status ? g_strdup("is not used: '../' before the date means status")
                  : g_strdup_printf("is not used: the row tells of some day from %s to %s",
                                    evm_date_format(event->date, first),
                                    evm_date_format(event->date_end, last));
    report_cell(parse, EVM_SEVERITY_WARNING, "unused-precision", EVM_COLUMN_DATE_PRECISION, problem,
                "leave it empty, or write one day as the date, and no date_end");
}

static void set_precision(Parse *parse, EvmEvent *event)
{
    EvmPrecision precision = (EvmPrecision)parse_word(
        parse, EVM_COLUMN_DATE_PRECISION, EVM_PRECISION_WORDS, EVM_PRECISION_DAY, "bad-precision");
    bool is_day = evm_date_is_none(event->date_end) || event->date_end.days == event->date.days;
    if (evm_date_is_none(event->date) || (!is_day && event->date_end.days < event->date.days))
        return; /* it is refused */
    if (event->precision != EVM_PRECISION_STATUS && is_day) {
        widen_date(event, precision);
        return;
    }
    check_precision(parse, event, precision);
    if (event->precision == EVM_PRECISION_STATUS || precision == EVM_PRECISION_STATUS)
        event->precision = EVM_PRECISION_STATUS;
    else
        event->precision = is_whole_month(event) ? EVM_PRECISION_MID_MONTH : EVM_PRECISION_SPAN;
}

static void parse_words(Parse *parse, EvmEvent *event)
{
    if (*cell(parse, EVM_COLUMN_KIND) == '\0')
        report(parse, EVM_SEVERITY_ERROR, "no-kind", EVM_COLUMN_KIND, "the row has no kind",
               "write what happened: control, contested, clash, withdrawal, surrender, border, "
               "capital or other");
    event->kind =
        (EvmKind)parse_word(parse, EVM_COLUMN_KIND, EVM_KIND_WORDS, EVM_KIND_OTHER, "bad-kind");
    set_precision(parse, event);
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
    event->province_column = (uint16_t)(parse->context->columns.at[EVM_COLUMN_PROVINCE] + 1);
    event->district_column = (uint16_t)(parse->context->columns.at[EVM_COLUMN_DISTRICT] + 1);
    event->pcode_column = (uint16_t)(parse->context->columns.at[EVM_COLUMN_PCODE] + 1);
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
        return context->interner ? evm_arena_strdup(context->arena, text) : text;
    if (!context->id_stem)
        return "";
    char number[16];
    int digits = g_snprintf(number, sizeof number, ":%u", context->line_before + parse->row->line);
    size_t stem = strlen(context->id_stem);
    if (!context->interner) {
        g_string_append_len(g_string_assign(context->id, context->id_stem), number, digits);
        return context->id->str;
    }
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

static bool is_contested(const char *actor)
{
    return g_ascii_strcasecmp(actor, EVM_WORD_CONTESTED) == 0;
}

/* It would get a colour and a count of its own. */
static void check_actor(Parse *parse, const EvmEvent *event)
{
    if (event->kind != EVM_KIND_CONTROL)
        return;
    if (*event->actor == '\0')
        report(parse, EVM_SEVERITY_ERROR, "no-actor", EVM_COLUMN_ACTOR,
               "the row claims control and names no actor",
               "write who holds the district, or use the kind contested");
    else if (evm_words_is_nobody(event->actor))
        report_cell(parse, EVM_SEVERITY_ERROR, "bad-actor", EVM_COLUMN_ACTOR, "names nobody",
                    is_contested(event->actor)
                        ? "write kind 'contested'"
                        : "leave the row out, or name who holds the district");
}

/* That a district was contested before is worth knowing; that nobody knows is what empty says. */
static void check_from_actor(Parse *parse, EvmEvent *event)
{
    if (!evm_kind_is_claim(event->kind) || !evm_words_is_nobody(event->from_actor) ||
        is_contested(event->from_actor))
        return;
    report_cell(parse, EVM_SEVERITY_WARNING, "nobody-before", EVM_COLUMN_FROM_ACTOR,
                "names nobody and counts as empty",
                "leave it empty, or name who held the district before");
    parse->cells.text[EVM_COLUMN_FROM_ACTOR] = "";
    event->from_actor = intern(parse, EVM_COLUMN_FROM_ACTOR);
}

static void check_supersedes(Parse *parse, const EvmEvent *event)
{
    if (evm_words_has_item(event->supersedes, event->id))
        report(parse, EVM_SEVERITY_ERROR, "bad-supersedes", EVM_COLUMN_SUPERSEDES,
               "the row supersedes itself", "write the id of the row that it corrects");
}

static void check_tags(Parse *parse, const EvmEvent *event)
{
    g_autofree char *odd = evm_sequence_find_odd(event->tags);
    if (!odd)
        return;
    g_autofree char *shown = evm_cell_format(odd);
    g_autofree char *message = g_strdup_printf("tag '%s' orders nothing", shown);
    report(parse, EVM_SEVERITY_WARNING, "odd-sequence", EVM_COLUMN_TAGS, message,
           "write seq: and a number from 1 to 999999, and ';' between two tags");
}

/* What the preset has to say of the row. */
static void report_converted(Parse *parse)
{
    const EvmCells *cells = &parse->cells;
    if (cells->code)
        report(parse, EVM_SEVERITY_WARNING, cells->code, EVM_COLUMN_KIND, cells->problem,
               cells->hint);
}

bool evm_row_parse(EvmRowContext *context, const EvmCsvRow *row, EvmEvent *out)
{
    Parse parse;
    parse.context = context;
    parse.row = row;
    parse.is_refused = false;
    *out = (EvmEvent){.file = context->file, .line = row->line};
    check_cell_count(&parse);
    if (parse.is_refused) /* its cells may stand in the wrong columns */
        return false;
    convert_cells(&parse);
    out->id = parse_id(&parse);
    parse_texts(&parse, out);
    parse_dates(&parse, out);
    parse_words(&parse, out);
    check_dates(&parse, out);
    report_converted(&parse);
    parse_point(&parse, out);
    check_place(&parse, out);
    check_actor(&parse, out);
    check_from_actor(&parse, out);
    check_supersedes(&parse, out);
    check_tags(&parse, out);
    return !parse.is_refused;
}

bool evm_row_is_blank(const EvmCsvRow *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (*row->fields[i] != '\0')
            return false;
    return true;
}

bool evm_row_is_hxl(const EvmCsvRow *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (*row->fields[i] != '\0' && *row->fields[i] != '#')
            return false;
    return true;
}

char *evm_row_format_id_stem(const char *const *paths, size_t index)
{
    bool is_stdin = strcmp(paths[index], "-") == 0;
    g_autofree char *base = is_stdin ? g_strdup("stdin") : g_path_get_basename(paths[index]);
    unsigned same = 1;
    for (size_t i = 0; i < index; i++) {
        g_autofree char *other = g_path_get_basename(paths[i]);
        same += strcmp(base, other) == 0;
    }
    return same > 1 ? g_strdup_printf("%s#%u", base, same) : g_steal_pointer(&base);
}
