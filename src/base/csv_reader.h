/* One CSV text, row by row, through libcsv (RFC 4180 quoting, lenient about stray quotes inside an
 * unquoted field). The only user of csv.h.
 *
 * Delimiter: comma, or semicolon or tab when the header line has more of them. A UTF-8 BOM is
 * skipped; UTF-16 (by its BOM) is converted; other bytes must be UTF-8, unless the caller knows
 * better. A lone CR ends a line too. Blank lines are skipped and counted. A quote that is never
 * closed is EVM_ERROR_INPUT and names the line that opened it; so do a NUL byte, a bad UTF-8 byte,
 * a field over EVM_LIMIT_CSV_FIELD_BYTES and a row over EVM_LIMIT_CSV_COLUMNS (EVM_ERROR_LIMIT). */
#ifndef EVM_BASE_CSV_READER_H
#define EVM_BASE_CSV_READER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *const *fields; /* NUL-terminated UTF-8, outer blanks of unquoted fields trimmed */
    size_t count;
    unsigned line;    /* 1-based physical line on which the row starts */
    const char *text; /* the row as it stands, with its line end, in the text that is read */
    size_t size;
} EvmCsvRow;

/* Called for every row, the header first. Returning false stops reading: fill *error then. The row
 * is valid during the call only. */
typedef bool (*EvmCsvRowFunc)(const EvmCsvRow *row, void *user, GError **error);

/* How the text is written. 0 and NULL: to be found out, and filled in then. */
typedef struct {
    char delimiter;       /* ',', ';' or '\t' */
    const char *encoding; /* one of EVM_CSV_ENCODINGS */
} EvmCsvDialect;

/* "utf-8", "utf-16le", "utf-16be", "windows-1256", "iso-8859-1"; NULL-terminated. The last two are
 * never found out: any bytes can be read as either. */
extern const char *const EVM_CSV_ENCODINGS[];

/* `name` stands in front of messages; `dialect` may be NULL. What is no table by its first bytes
 * (base/csv_stranger.h), and a byte order mark that contradicts the dialect's encoding, is
 * EVM_ERROR_INPUT. */
bool evm_csv_load(const char *name, const char *data, size_t size, EvmCsvDialect *dialect,
                  EvmCsvRowFunc func, void *user, GError **error);

/* Pieces of a text in UTF-8 without a mark, for those who read one on several threads. A piece must
 * begin where a row does and end where one does: rows count their lines from its first. `text` is
 * where the row stands, with its line end; false stops. */
typedef bool (*EvmCsvPieceFunc)(const EvmCsvRow *row, const char *text, size_t size, void *user);

/* Takes the text apart in place. False when `func` stopped it, when the piece ends inside a quote,
 * or when it holds anything that evm_csv_load refuses: that one says what. `line_count` may be
 * NULL. */
bool evm_csv_parse_piece(char *data, size_t size, char delimiter, EvmCsvPieceFunc func, void *user,
                         unsigned *line_count);

/* The encoding of a text: as its first bytes say, or as asked (NULL: nobody does). *mark is how
 * many of them say so. NULL where evm_csv_load refuses it. */
const char *evm_csv_find_encoding(const char *data, size_t size, const char *asked, size_t *mark);
/* That of a text which begins with the header line. */
char evm_csv_find_delimiter(const char *data, size_t size);

/* A small table held whole, for gazetteers and the like: at most EVM_LIMIT_TABLE_BYTES. No header
 * line, or a row with more cells than it, is EVM_ERROR_INPUT. */
typedef struct EvmCsvTable EvmCsvTable;

EvmCsvTable *evm_csv_table_load(const char *path, GError **error);
/* The same from memory; `name` stands in front of messages. */
EvmCsvTable *evm_csv_table_parse(const char *name, const char *data, size_t size, GError **error);
void evm_csv_table_free(EvmCsvTable *table);
size_t evm_csv_table_count(const EvmCsvTable *table); /* data rows, without the header */
/* Column by header name (ASCII case-blind; space, '_' and '-' equal), or -1. */
int evm_csv_table_find_column(const EvmCsvTable *table, const char *name);
/* Borrowed, never NULL: "" past the end of a short row or for column -1. */
const char *evm_csv_table_at(const EvmCsvTable *table, size_t row, int column);
unsigned evm_csv_table_line_at(const EvmCsvTable *table, size_t row);

/* True when two header names are the same under the rule above. */
bool evm_csv_is_header(const char *header, const char *name);

/* "3.0.3": of the libcsv that this was built with. Borrowed. */
const char *evm_csv_format_version(void);

#endif
