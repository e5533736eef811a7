/* No row is lost: random tables of good, doubtful and broken rows, counted by every verb. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/harness.h"

enum { TABLES = 24, ROWS_MAX = 300, SEED = 20210704 };

#define HEAD                                                                                       \
    "id,date,reported,province,district,pcode,lon,lat,kind,actor,headline,tags,supersedes\n"

typedef enum { JOINED, POINT, PROVINCE, OUTSIDE, AMBIGUOUS, UNMATCHED, REFUSED, FATES } Fate;

static const char *const fate_names[FATES] = {"joined",    "point",     "province", "outside",
                                              "ambiguous", "unmatched", "refused"};

/* What follows the id; and what is to come of it. */
static const struct {
    const char *cells;
    Fate fate;
} templates[] = {
    {"2021-07-04,,Kandahar,Panjwai,,,,control,Taliban,,,", JOINED},
    {"2021-07-04,,کندهار,پنجوایی,,,,control,Taliban,,,", JOINED},
    {"2021-06-01,2021-06-03,,,AF2703,,,contested,,,,", JOINED},
    {"2021-07,,Badakhshan,Argu,,,,control,Taliban,\"one, and\n\"\"two\"\"\",,", JOINED},
    {"2021-07-04,,Badakhshan,Arog,,,,clash,,,,", JOINED},
    {"2021-07-02,,Helmand,Gereshk,,64.57,31.82,withdrawal,Government,,,", JOINED},
    {"2021-07-04,,,,,69.17,34.53,control,Government,,,", JOINED},
    {"2021-07-04,,Balkh,Hairatan,,,,border,Taliban,,point_location,", POINT},
    {"2021-07-04,,Badakhshan,,,,,other,,More than 300 soldiers crossed,,", PROVINCE},
    {"2021-07-04,,Helmand,Marja,,,,control,Taliban,,,", OUTSIDE},
    {"2021-07-04,,,Kohistan,,,,control,Taliban,,,", AMBIGUOUS},
    {"2021-07-04,,Kandahar,Atlantis,,,,control,Taliban,,,", UNMATCHED},
    {"2021-07-04,,,,,10,10,control,Taliban,,,", UNMATCHED},
    {"2021-02-29,,Kandahar,Panjwai,,,,control,Taliban,,,", REFUSED},
    {"2021-07-04,,Kandahar,Panjwai,,,,conquest,Taliban,,,", REFUSED},
    {"2021-07-04,,,,,,,control,Taliban,,,", REFUSED},
};

typedef struct {
    char *text;
    unsigned rows, fates[FATES];
} Table;

static Table random_table(GRand *rand)
{
    Table table = {.rows = (unsigned)g_rand_int_range(rand, 1, ROWS_MAX)};
    GString *text = g_string_new(HEAD);
    /* Some tables have only a few of the kinds. */
    int kinds = g_rand_int_range(rand, 1, G_N_ELEMENTS(templates) + 1);
    int first = g_rand_int_range(rand, 0, G_N_ELEMENTS(templates));
    for (unsigned i = 0; i < table.rows; i++) {
        int which = (first + g_rand_int_range(rand, 0, kinds)) % (int)G_N_ELEMENTS(templates);
        g_string_append_printf(text, "r%u,%s", i, templates[which].cells);
        if (i > 0 && g_rand_int_range(rand, 0, 9) == 0)
            g_string_append_printf(text, "r%d", g_rand_int_range(rand, 0, (int)i));
        g_string_append_c(text, '\n');
        table.fates[templates[which].fate]++;
    }
    table.text = g_string_free(text, FALSE);
    return table;
}

static char *format_line(const Table *table)
{
    GString *line = g_string_new(NULL);
    g_string_append_printf(line, "rows %u =", table->rows);
    for (Fate fate = 0; fate < FATES; fate++)
        g_string_append_printf(line, "%s %s %u", fate ? " +" : "", fate_names[fate],
                               table->fates[fate]);
    g_string_append_c(line, '\n');
    return g_string_free(line, FALSE);
}

static unsigned number_behind(const char *text, const char *name)
{
    g_autofree char *key = g_strdup_printf("\"%s\": ", name);
    const char *found = strstr(text, key);
    g_assert_nonnull(found);
    return (unsigned)strtoul(found + strlen(key), NULL, 10);
}

/* Joined rows stand in a manifest by what they are. */
static void assert_manifest(const Table *table, const char *name)
{
    g_autofree char *manifest = read_file(name, NULL);
    const char *rows = strstr(manifest, "\"rows\": {");
    g_assert_nonnull(rows);
    g_assert_cmpuint(number_behind(rows, "read"), ==, table->rows);
    g_assert_cmpuint(number_behind(rows, "claim") + number_behind(rows, "report") +
                         number_behind(rows, "withdrawn"),
                     ==, table->fates[JOINED]);
    for (Fate fate = POINT; fate < FATES; fate++)
        g_assert_cmpuint(number_behind(rows, fate_names[fate]), ==, table->fates[fate]);
}

static void assert_counted(const Table *table, const char *input, const char *words)
{
    g_autofree char *line = format_line(table);
    unsigned lost = table->fates[AMBIGUOUS] + table->fates[UNMATCHED] + table->fates[REFUSED];
    Run run = run_evmap_with(input, NULL, "%s", words);
    g_assert_nonnull(strstr(run.out, line));
    g_assert_cmpint(run.status, ==, lost > 0 ? 1 : 0);
    run_clear(&run);
}

static void assert_drawn(const Table *table, const char *input, const char *words)
{
    Run run = run_evmap_with(input, NULL, "%s", words);
    g_assert_cmpint(run.status, <=, 1);
    run_clear(&run);
    assert_manifest(table, "out/afghanistan-2021-07-05.json");
}

/* Rows that are told of as lost: one by one, and the rest by their number. */
static unsigned count_told(const char *err)
{
    static const char rest[] = "evmap: and ";
    unsigned told = 0;
    g_auto(GStrv) lines = g_strsplit(err, "\n", -1);
    for (char **line = lines; *line; line++)
        if (g_str_has_prefix(*line, rest))
            told += (unsigned)strtoul(*line + strlen(rest), NULL, 10);
        else
            told += strstr(*line, ": error: ") != NULL;
    return told;
}

/* Every line adds up to all districts: what was joined moves them about, nothing else does. */
static void assert_sums(const char *out, guint first, unsigned districts)
{
    unsigned total = 0, lines = 0;
    g_auto(GStrv) rows = g_strsplit(out, "\n", -1);
    for (char **row = rows + 1; **row; row++, lines++) {
        g_auto(GStrv) cells = g_strsplit(*row, ",", -1);
        g_assert_cmpuint(g_strv_length(cells), >, first);
        total += (unsigned)strtoul(cells[first], NULL, 10);
    }
    g_assert_cmpuint(lines, >, 0);
    g_assert_cmpuint(total, ==, districts);
}

static void assert_told(const Table *table, const char *words, guint column, unsigned districts)
{
    Run run = run_evmap("%s --format csv --events rows.csv", words);
    g_assert_cmpuint(count_told(run.err), ==,
                     table->fates[AMBIGUOUS] + table->fates[UNMATCHED] + table->fates[REFUSED]);
    g_assert_cmpint(run.status, ==, count_told(run.err) > 0 ? 1 : 0);
    if (districts > 0)
        assert_sums(run.out, column, districts);
    run_clear(&run);
}

static void rows_that_count_for_nothing_are_told_by_every_verb(void)
{
    enum { DISTRICTS = 398, DAYS = 4 };
    GRand *rand = g_rand_new_with_seed(SEED + 2);
    for (unsigned i = 0; i < TABLES; i++) {
        Table table = random_table(rand);
        g_free(write_file("rows.csv", table.text));
        assert_told(&table, "status --date 2021-07-05", 3, DISTRICTS);
        assert_told(&table, "series --from 2021-07-02 --to 2021-07-05", 2, DAYS * DISTRICTS);
        assert_told(&table, "changes --from 2021-07-02 --to 2021-07-05", 0, 0);
        g_free(table.text);
    }
    g_rand_free(rand);
}

static void every_row_is_counted_once_by_every_way_in(void)
{
    GRand *rand = g_rand_new_with_seed(SEED);
    unsigned seen[FATES] = {0};
    for (unsigned i = 0; i < TABLES; i++) {
        Table table = random_table(rand);
        g_free(write_file("rows.csv", table.text));
        assert_counted(&table, NULL, "check --events rows.csv");
        assert_counted(&table, table.text, "check --events -");
        assert_drawn(&table, NULL,
                     "render --date 2021-07-05 --formats csv -q --events rows.csv --out out");
        assert_drawn(&table, table.text,
                     "render --date 2021-07-05 --formats csv -q --events - --out out");
        for (Fate fate = 0; fate < FATES; fate++)
            seen[fate] += table.fates[fate];
        g_free(table.text);
    }
    for (Fate fate = 0; fate < FATES; fate++)
        g_assert_cmpuint(seen[fate], >, 0);
    g_rand_free(rand);
}

static void rows_of_several_files_add_up(void)
{
    GRand *rand = g_rand_new_with_seed(SEED + 1);
    for (unsigned i = 0; i < TABLES / 4; i++) {
        Table one = random_table(rand), two = random_table(rand);
        g_free(write_file("one.csv", one.text));
        g_free(write_file("two.csv", two.text));
        Table both = {.rows = one.rows + two.rows};
        for (Fate fate = 0; fate < FATES; fate++)
            both.fates[fate] = one.fates[fate] + two.fates[fate];
        assert_counted(&both, NULL, "check --events one.csv --events two.csv");
        assert_drawn(&both, NULL,
                     "render --date 2021-07-05 --formats csv -q --events one.csv --events two.csv "
                     "--out out");
        g_free(one.text);
        g_free(two.text);
    }
    g_rand_free(rand);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/conservation/every_row_is_counted_once_by_every_way_in",
                    every_row_is_counted_once_by_every_way_in);
    g_test_add_func("/cli/conservation/rows_that_count_for_nothing_are_told_by_every_verb",
                    rows_that_count_for_nothing_are_told_by_every_verb);
    g_test_add_func("/cli/conservation/rows_of_several_files_add_up", rows_of_several_files_add_up);
    return finish_tests();
}
