#include "base/csv_reader.h"

#include <csv.h>
#include <string.h>

#include "base/csv_plain.h"
#include "base/csv_stranger.h"
#include "base/error.h"
#include "base/limits.h"

/* libcsv is fed one physical line at a time, in pieces: that is how rows get their line number and
 * how a field is stopped before it has swallowed the rest of a large file. */
enum { PIECE_BYTES = 1 << 16, LIBCSV_GROWTH_BYTES = 4096 };

/* Strict, because only then does libcsv report a quote that is never closed. The one thing that
 * this refuses too much, a quote inside an unquoted field, is let through by allow_quote. */
enum { LIBCSV_OPTIONS = CSV_STRICT | CSV_STRICT_FINI };

typedef struct {
    struct csv_parser parser;
    const char *name;
    EvmCsvRowFunc func;         /* or NULL: */
    EvmCsvPieceFunc piece_func; /* of a piece */
    void *user;
    GError **error;
    const char *row_start, *line_end; /* of the row in hand, of the line being fed */
    bool is_stopped;
    char delimiter;
    unsigned line;       /* the one being fed */
    unsigned row_line;   /* on which the row in hand starts, 0 between rows */
    unsigned quote_line; /* an earlier one, on which the field in hand opened its quote; or 0 */
    char *text;          /* the row's fields, each with its NUL */
    size_t text_size, text_used;
    size_t field_count;
    size_t offsets[EVM_LIMIT_CSV_COLUMNS];
    const char *fields[EVM_LIMIT_CSV_COLUMNS];
} Reader;

/* The text still to be fed, with the next line ends of either kind remembered: looking for them
 * anew on every line would be quadratic in a file that has only one kind. */
typedef struct {
    const char *at, *end;
    const char *next_lf, *next_cr;
} Lines;

static const char *find_end(const Lines *lines, char c)
{
    const char *found = memchr(lines->at, c, (size_t)(lines->end - lines->at));
    return found ? found : lines->end;
}

static void lines_init(Lines *lines, const char *data, size_t size)
{
    *lines = (Lines){.at = data, .end = data + size};
    lines->next_lf = find_end(lines, '\n');
    lines->next_cr = find_end(lines, '\r');
}

/* The next line with its line end (LF, CRLF or a lone CR); false at the end of the text. */
static bool lines_next(Lines *lines, const char **line, size_t *size)
{
    if (lines->at == lines->end)
        return false;
    if (lines->next_lf < lines->at)
        lines->next_lf = find_end(lines, '\n');
    if (lines->next_cr < lines->at)
        lines->next_cr = find_end(lines, '\r');
    const char *stop = MIN(lines->next_lf, lines->next_cr);
    if (stop + 1 < lines->end && stop[0] == '\r' && stop[1] == '\n')
        stop += 2;
    else if (stop < lines->end)
        stop++;
    *line = lines->at;
    *size = (size_t)(stop - lines->at);
    lines->at = stop;
    return true;
}

G_GNUC_PRINTF(3, 4)
static void stop(Reader *reader, EvmErrorCode code, const char *format, ...)
{
    if (reader->is_stopped)
        return;
    reader->is_stopped = true;
    va_list args;
    va_start(args, format);
    char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(reader->error, EVM_ERROR, (int)code, "%s:%u: %s", reader->name, reader->line,
                message);
    g_free(message);
}

static void stop_long_field(Reader *reader)
{
    stop(reader, EVM_ERROR_LIMIT,
         "a field is longer than the limit of %d bytes; look for a quote too many on line %u",
         EVM_LIMIT_CSV_FIELD_BYTES, reader->row_line);
}

static void add_field(Reader *reader, const char *field, size_t size)
{
    if (reader->text_size - reader->text_used < size + 1) {
        reader->text_size = (reader->text_size + size + 1) * 2;
        reader->text = g_realloc(reader->text, reader->text_size);
    }
    char *to = reader->text + reader->text_used;
    if (size > 0)
        memcpy(to, field, size);
    to[size] = '\0';
    reader->offsets[reader->field_count++] = reader->text_used;
    reader->text_used += size + 1;
}

static void take_field(Reader *reader, const char *field, size_t size)
{
    reader->quote_line = 0;
    if (reader->is_stopped)
        return;
    if (size > EVM_LIMIT_CSV_FIELD_BYTES)
        stop_long_field(reader);
    else if (reader->field_count == EVM_LIMIT_CSV_COLUMNS)
        stop(reader, EVM_ERROR_LIMIT, "a row has more than %d columns", EVM_LIMIT_CSV_COLUMNS);
    else
        add_field(reader, field, size);
}

static void on_field(void *field, size_t size, void *user)
{
    take_field(user, field, size);
}

static void on_row(int line_end, void *user)
{
    (void)line_end;
    Reader *reader = user;
    if (reader->is_stopped)
        return;
    for (size_t i = 0; i < reader->field_count; i++)
        reader->fields[i] = reader->text + reader->offsets[i];
    size_t size = (size_t)(reader->line_end - reader->row_start);
    EvmCsvRow row = {reader->fields, reader->field_count, reader->row_line, reader->row_start,
                     size};
    if (!(reader->func ? reader->func(&row, reader->user, reader->error)
                       : reader->piece_func(&row, reader->row_start, size, reader->user)))
        reader->is_stopped = true;
    reader->field_count = reader->text_used = 0;
    reader->row_line = 0;
}

static unsigned find_opening_line(const Reader *reader)
{
    return reader->quote_line ? reader->quote_line : reader->line;
}

/* What libcsv stopped at is either a quote inside an unquoted field (39°20'11.7"), which is text,
 * or text behind a closing quote, which is a mistake. */
static void allow_quote(Reader *reader, const char *at)
{
    struct csv_parser *parser = &reader->parser;
    if (csv_error(parser) != CSV_EPARSE) {
        stop(reader, EVM_ERROR_INTERNAL, "libcsv: %s", csv_strerror(csv_error(parser)));
    } else if (parser->quoted) {
        stop(reader, EVM_ERROR_INPUT,
             "text follows the quote that closes a field opened on line %u; "
             "write a quote inside the text twice",
             find_opening_line(reader));
    } else {
        csv_set_opts(parser, LIBCSV_OPTIONS & ~CSV_STRICT);
        csv_parse(parser, at, 1, on_field, on_row, reader);
        csv_set_opts(parser, LIBCSV_OPTIONS);
    }
}

static void stop_open_quote(Reader *reader)
{
    reader->line = find_opening_line(reader);
    stop(reader, EVM_ERROR_INPUT, "a quote is opened on this line and never closed");
}

/* A field too long that no later quote can close is an open quote, whatever its length. */
static void check_growing_field(Reader *reader, const char *rest, const char *end)
{
    if (reader->parser.entry_pos <= EVM_LIMIT_CSV_FIELD_BYTES)
        return;
    if (reader->parser.quoted && !memchr(rest, '"', (size_t)(end - rest)))
        stop_open_quote(reader);
    else
        stop_long_field(reader);
}

/* The line without its line end. */
static const char *find_text_end(const char *line, size_t size)
{
    const char *end = line + size;
    while (end > line && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    return end;
}

typedef struct {
    const char *text;
    size_t size;
    const char *end; /* at the delimiter behind it, or the end of the line */
} PlainField;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool find_quoted(const char *at, const char *end, char delimiter, PlainField *out)
{
    const char *close = memchr(at + 1, '"', (size_t)(end - at - 1));
    if (!close || (close + 1 < end && close[1] != delimiter))
        return false;
    *out = (PlainField){at + 1, (size_t)(close - at - 1), close + 1};
    return true;
}

/* The field at `at`, when there is no quote in it but for those around it. */
static bool find_plain(const char *at, const char *end, char delimiter, PlainField *out)
{
    const char *close = at;
    if (at < end && *at == '"')
        return find_quoted(at, end, delimiter, out);
    while (close < end && *close != delimiter && *close != '"')
        close++;
    if (close < end && *close == '"')
        return false;
    out->end = close;
    while (at < close && is_blank(*at))
        at++;
    while (at < close && is_blank(close[-1]))
        close--;
    out->text = at;
    out->size = (size_t)(close - at);
    return true;
}

/* Most fields need no parser. Takes those at the beginning of a row, up to the first that does, and
 * returns how many bytes that is: the whole line when all are such. */
static size_t take_plain_fields(Reader *reader, const char *line, size_t size)
{
    PlainField field;
    const char *at = line, *end = find_text_end(line, size);
    if (end == line + size) /* the last line, which may be a part of one */
        return 0;
    while (!reader->is_stopped && find_plain(at, end, reader->delimiter, &field)) {
        if (at == line && field.end == end && field.size == 0)
            return 0; /* a blank line, or one quoted nothing */
        take_field(reader, field.text, field.size);
        at = field.end + 1;
        if (field.end == end) {
            on_row(0, reader);
            return size;
        }
    }
    return (size_t)(at - line);
}

static void feed_line(Reader *reader, const char *line, size_t size, const char *end)
{
    bool is_row_start = reader->row_line == 0;
    reader->line++;
    reader->line_end = line + size;
    if (reader->row_line == 0) {
        reader->row_line = reader->line;
        reader->row_start = line;
    }
    size_t done = is_row_start ? take_plain_fields(reader, line, size) : 0;
    while (done < size && !reader->is_stopped) {
        size_t piece = MIN(size - done, (size_t)PIECE_BYTES);
        size_t parsed = csv_parse(&reader->parser, line + done, piece, on_field, on_row, reader);
        done += parsed;
        if (parsed < piece) {
            allow_quote(reader, line + done);
            done++;
        }
        check_growing_field(reader, line + done, end);
    }
    if (reader->parser.quoted) {
        reader->quote_line = find_opening_line(reader);
    } else if (line[size - 1] == '\n' || line[size - 1] == '\r') {
        reader->row_line = 0; /* the row has ended, or the line was blank */
    }
}

char evm_csv_find_delimiter(const char *data, size_t size)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool is_quoted = false, is_blank = true;
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        if (c == '"')
            is_quoted = !is_quoted;
        if ((c == '\n' || c == '\r') && !is_quoted && !is_blank)
            break;
        if (!g_ascii_isspace(c))
            is_blank = false;
        commas += c == ',' && !is_quoted;
        semicolons += c == ';' && !is_quoted;
        tabs += c == '\t' && !is_quoted;
    }
    if (tabs > commas && tabs > semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

static Reader *reader_new(void *user, char delimiter)
{
    Reader *reader = g_new0(Reader, 1);
    reader->user = user;
    csv_init(&reader->parser, LIBCSV_OPTIONS);
    reader->delimiter = delimiter;
    csv_set_delim(&reader->parser, (unsigned char)delimiter);
    csv_set_realloc_func(&reader->parser, g_realloc);
    csv_set_free_func(&reader->parser, g_free);
    csv_set_blk_size(&reader->parser, LIBCSV_GROWTH_BYTES);
    return reader;
}

static void reader_free(Reader *reader)
{
    csv_free(&reader->parser);
    g_free(reader->text);
    g_free(reader);
}

/* False when it was stopped. */
static bool finish(Reader *reader)
{
    if (!reader->is_stopped && csv_fini(&reader->parser, on_field, on_row, reader) != 0)
        stop_open_quote(reader);
    return !reader->is_stopped;
}

static bool load_utf8(const char *name, const char *data, size_t size, EvmCsvDialect *dialect,
                      EvmCsvRowFunc func, void *user, GError **error)
{
    if (dialect->delimiter == '\0')
        dialect->delimiter = evm_csv_find_delimiter(data, size);
    Reader *reader = reader_new(user, dialect->delimiter);
    reader->name = name;
    reader->func = func;
    reader->error = error;
    Lines lines;
    const char *line;
    size_t line_size;
    lines_init(&lines, data, size);
    while (!reader->is_stopped && lines_next(&lines, &line, &line_size))
        feed_line(reader, line, line_size, lines.end);
    bool ok = finish(reader);
    reader_free(reader);
    return ok;
}

/* One pass that compilers turn into vector code: most files are plain ASCII. */
static bool is_plain_ascii(const char *data, size_t size)
{
    unsigned char odd = 0;
    for (size_t i = 0; i < size; i++)
        odd |= (unsigned char)((unsigned char)data[i] | ((unsigned char)data[i] - 1));
    return odd < 0x80; /* less one, a NUL has the high bit too */
}

static bool check_utf8(const char *name, const char *data, size_t size, GError **error)
{
    const char *bad;
    if (is_plain_ascii(data, size) || g_utf8_validate_len(data, size, &bad))
        return true;
    Lines lines;
    const char *line = data;
    size_t line_size = 0;
    unsigned number = 0;
    lines_init(&lines, data, size);
    while (lines_next(&lines, &line, &line_size)) {
        number++;
        if (bad < line + line_size)
            break;
    }
    size_t column = (size_t)(bad - line) + 1;
    if (*bad == '\0')
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s:%u: byte %zu of the line is NUL; save the file as UTF-8 text", name, number,
                    column);
    else
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s:%u: byte %zu of the line (0x%02x) is not UTF-8; save the file as UTF-8",
                    name, number, column, (unsigned)(unsigned char)*bad);
    return false;
}

static const char *find_last_line_end(const char *data, size_t size)
{
    while (size > 0 && data[size - 1] != '\n')
        size--;
    return data + size;
}

/* Rows that are not plain take libcsv's way, line by line. */
static void feed_rows(Reader *reader, EvmCsvPlainRow *plain, char *data, size_t size)
{
    Lines lines;
    const char *line, *plain_end = find_last_line_end(data, size);
    size_t line_size;
    lines_init(&lines, data, size);
    while (!reader->is_stopped && lines.at < lines.end) {
        char *at = data + (lines.at - data);
        bool may_be_plain = reader->row_line == 0 && at < plain_end;
        char *next = may_be_plain ? evm_csv_plain_row_parse(plain, at, plain_end) : NULL;
        if (next) {
            EvmCsvRow row = {plain->fields, plain->count, reader->line + 1, at,
                             (size_t)(next - at)};
            reader->is_stopped = !reader->piece_func(&row, at, row.size, reader->user);
            reader->line += plain->lines;
            lines.at = next;
        } else if (lines_next(&lines, &line, &line_size)) {
            feed_line(reader, line, line_size, lines.end);
        }
    }
}

bool evm_csv_parse_piece(char *data, size_t size, char delimiter, EvmCsvPieceFunc func, void *user,
                         unsigned *line_count)
{
    if (!is_plain_ascii(data, size) && !g_utf8_validate_len(data, size, NULL))
        return false;
    Reader *reader = reader_new(user, delimiter);
    EvmCsvPlainRow *plain = g_new(EvmCsvPlainRow, 1);
    evm_csv_plain_row_init(plain, delimiter);
    reader->piece_func = func;
    feed_rows(reader, plain, data, size);
    bool ok = finish(reader);
    if (line_count)
        *line_count = reader->line;
    g_free(plain);
    reader_free(reader);
    return ok;
}

/* NULL, and *error, where a byte is none of the encoding's. */
static char *convert_to_utf8(const char *name, const char *data, size_t size, const char *encoding,
                             gsize *written, GError **error)
{
    gsize read;
    g_autofree char *charset = g_ascii_strup(encoding, -1);
    char *utf8 = g_convert(data, (gssize)size, "UTF-8", charset, &read, written, NULL);
    if (utf8 && read == size)
        return utf8;
    g_free(utf8);
    bool is_marked = g_str_has_prefix(encoding, "utf-16");
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                "%s: the file is %s as %s, but byte %zu is not; save it as UTF-8", name,
                is_marked ? "marked" : "to be read", is_marked ? "UTF-16" : encoding,
                (size_t)read + (is_marked ? 3 : 1));
    return NULL;
}

static bool load_converted(const char *name, const char *data, size_t size, EvmCsvDialect *dialect,
                           EvmCsvRowFunc func, void *user, GError **error)
{
    gsize written;
    char *utf8 = convert_to_utf8(name, data, size, dialect->encoding, &written, error);
    bool ok = utf8 && check_utf8(name, utf8, written, error) &&
              load_utf8(name, utf8, written, dialect, func, user, error);
    g_free(utf8);
    return ok;
}

const char *const EVM_CSV_ENCODINGS[] = {"utf-8",        "utf-16le",   "utf-16be",
                                         "windows-1256", "iso-8859-1", NULL};

/* The encoding that the first bytes name, and how many they are; NULL when they name none. */
static const char *find_mark(const char *data, size_t size, size_t *mark)
{
    static const struct {
        const char *bytes;
        size_t count;
        const char *encoding;
    } marks[] = {{"\xFF\xFE\0\0", 4, "utf-32"},
                 {"\xFF\xFE", 2, "utf-16le"},
                 {"\xFE\xFF", 2, "utf-16be"},
                 {"\xEF\xBB\xBF", 3, "utf-8"}};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (size < marks[i].count || memcmp(data, marks[i].bytes, marks[i].count) != 0)
            continue;
        *mark = marks[i].count;
        return marks[i].encoding;
    }
    *mark = 0;
    return NULL;
}

static bool find_encoding(const char *name, const char *found, EvmCsvDialect *dialect,
                          GError **error)
{
    if (found && strcmp(found, "utf-32") == 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: the file is marked as UTF-32; save it as UTF-8", name);
        return false;
    }
    if (found && dialect->encoding && strcmp(found, dialect->encoding) != 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: the file is marked as %s, and is to be read as %s; leave the encoding out",
                    name, found, dialect->encoding);
        return false;
    }
    if (!dialect->encoding)
        dialect->encoding = found ? found : EVM_CSV_ENCODINGS[0];
    return true;
}

const char *evm_csv_find_encoding(const char *data, size_t size, const char *asked, size_t *mark)
{
    EvmCsvDialect dialect = {.encoding = asked};
    *mark = 0;
    if (evm_csv_find_stranger(data, size))
        return NULL;
    return find_encoding("", find_mark(data, size, mark), &dialect, NULL) ? dialect.encoding : NULL;
}

bool evm_csv_load(const char *name, const char *data, size_t size, EvmCsvDialect *dialect,
                  EvmCsvRowFunc func, void *user, GError **error)
{
    size_t mark;
    EvmCsvDialect own = {0};
    const char *stranger = evm_csv_find_stranger(data, size);
    if (stranger) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s: the file %s", name, stranger);
        return false;
    }
    if (!dialect)
        dialect = &own;
    if (!find_encoding(name, find_mark(data, size, &mark), dialect, error))
        return false;
    data += mark;
    size -= mark;
    if (strcmp(dialect->encoding, "utf-8") != 0)
        return load_converted(name, data, size, dialect, func, user, error);
    return check_utf8(name, data, size, error) &&
           load_utf8(name, data, size, dialect, func, user, error);
}

static char fold_header_char(char c)
{
    return c == ' ' || c == '-' ? '_' : g_ascii_tolower(c);
}

bool evm_csv_is_header(const char *header, const char *name)
{
    while (*header != '\0' && fold_header_char(*header) == fold_header_char(*name)) {
        header++;
        name++;
    }
    return *header == '\0' && *name == '\0';
}

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, release) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(release)

const char *evm_csv_format_version(void)
{
    return VERSION_TEXT(CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}
