/* A piece of a text, taken apart in place, has the rows that libcsv finds in it. */
#include <glib.h>
#include <string.h>

#include "base/csv_reader.h"

enum { TEXTS = 60000, MOST_PARTS = 40, MANY_PARTS = 300 };

static void append_row(GString *out, const EvmCsvRow *row)
{
    g_string_append_printf(out, "%u:", row->line);
    for (size_t i = 0; i < row->count; i++)
        g_string_append_printf(out, "[%s]", row->fields[i]);
    g_string_append_c(out, '\n');
}

static bool add_row(const EvmCsvRow *row, void *user, GError **error)
{
    (void)error;
    append_row(user, row);
    return true;
}

typedef struct {
    GString *rows;
    const char *text;
    const char *copy; /* what the text was */
} Piece;

/* Rows must stand where they are said to. */
static bool add_piece_row(const EvmCsvRow *row, const char *text, size_t size, void *user)
{
    Piece *piece = user;
    GError *error = NULL;
    g_autoptr(GString) alone = g_string_new(NULL), said = g_string_new(NULL);
    EvmCsvRow first = {.fields = row->fields, .count = row->count, .line = 1};
    EvmCsvDialect dialect = {',', "utf-8"};
    g_assert_true(evm_csv_load("row", piece->copy + (text - piece->text), size, &dialect, add_row,
                               alone, &error));
    append_row(said, &first);
    g_assert_cmpstr(alone->str, ==, said->str);
    append_row(piece->rows, row);
    return true;
}

static char *make_text(GRand *rand)
{
    static const char letters[] = "aab,,,\"\"\"\n\n\r \t;";
    GString *text = g_string_new(NULL);
    int most = g_rand_int_range(rand, 0, 4) == 0 ? MANY_PARTS : MOST_PARTS;
    for (int i = g_rand_int_range(rand, 0, most); i > 0; i--) {
        if (g_rand_int_range(rand, 0, 4) == 0)
            g_string_append(text, g_rand_boolean(rand) ? "\"a,\"\"b\nc\"," : "\r\n");
        else
            g_string_append_c(text, letters[g_rand_int_range(rand, 0, sizeof letters - 1)]);
    }
    return g_string_free(text, FALSE);
}

static void random_pieces_have_the_rows_of_the_text(void)
{
    GRand *rand = g_rand_new_with_seed(9);
    int read = 0;
    for (int i = 0; i < TEXTS; i++) {
        g_autofree char *text = make_text(rand), *copy = g_strdup(text);
        g_autoptr(GString) all = g_string_new(NULL), pieces = g_string_new(NULL);
        Piece piece = {pieces, text, copy};
        EvmCsvDialect dialect = {',', "utf-8"};
        bool is_read = evm_csv_load("text", copy, strlen(copy), &dialect, add_row, all, NULL);
        g_assert_cmpint(evm_csv_parse_piece(text, strlen(copy), ',', add_piece_row, &piece, NULL),
                        ==, is_read);
        if (is_read)
            g_assert_cmpstr(pieces->str, ==, all->str);
        read += is_read;
    }
    g_assert_cmpint(read, >, TEXTS / 10);
    g_rand_free(rand);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/csv_plain/random", random_pieces_have_the_rows_of_the_text);
    return g_test_run();
}
