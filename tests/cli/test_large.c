/* Large tables, pipes, and the line that tells how far they are read. */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/cli/harness.h"

enum { ROWS = 60000 };

/* More than 4 MB, which are read in pieces; `last` is the last row. */
static char *make_table(const char *last)
{
    static const char *const whats[] = {"control,Taliban", "control,Government", "contested,",
                                        "clash,"};
    GString *csv = g_string_new("id,date,province,district,kind,actor,headline\n");
    for (int i = 0; i < ROWS; i++)
        g_string_append_printf(csv, "E%06d,2021-06-%02d,Kandahar,%s,%s,\"Reports, of\nthe day\"\n",
                               i, 1 + i * 7 % 30, i % 3 ? "Panjwai" : "Daman", whats[i % 4]);
    g_string_append(csv, last);
    return g_string_free(csv, FALSE);
}

static void assert_answer(const char *last, const char *expected, const char *said)
{
    g_autofree char *csv = make_table(last);
    g_autofree char *path = write_file("large.csv", csv);
    Run run = run_evmap("status --date 2021-07-05 --area Kandahar --format csv --events %s", path);
    assert_run(run, 0, expected, said);
    run = run_evmap_with(csv, NULL,
                         "status --date 2021-07-05 --area Kandahar --format csv --events -");
    assert_run(run, 0, expected, said);
}

#define LARGE_ANSWER                                                                               \
    "Kandahar,AF27,Taliban,1,4129.5,38518,0,0,0\n"                                                 \
    "Kandahar,AF27,Government,1,5949.2,96754,0,0,0\n"                                              \
    "Kandahar,AF27,unassessed,14,43909.2,1232764,0,0,0\n"
#define HEADER "province,pcode,control,districts,area_km2,population,changing,disputed,stale\n"

static void a_large_table_is_answered_from_file_and_pipe(void)
{
    assert_answer("E999999,2021-07-01,Kandahar,Daman,control,Taliban,\"the last\"\n",
                  HEADER LARGE_ANSWER, "");
}

/* Such a row sends the table down another road. */
static void a_correction_at_the_end_of_a_large_table_counts(void)
{
    assert_answer("E000001,2021-07-01,Kandahar,Daman,control,Taliban,\"the same id\"\n",
                  HEADER LARGE_ANSWER, "evmap: 1 warning about the data: -v shows it\n");
}

static char *run_in_shell(const char *command)
{
    g_autofree char *out = NULL;
    g_autoptr(GError) error = NULL;
    const char *argv[] = {"sh", "-c", command, NULL};
    char *seen = NULL;
    g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &seen, &out, NULL,
                 &error);
    g_assert_no_error(error);
    return seen;
}

#define SLOW                                                                                       \
    "{ echo date,province,district,kind,actor; sleep 2.2; "                                        \
    "echo 2021-07-01,Kandahar,Daman,control,Taliban; } | " EVM_TEST_PROGRAM                        \
    " status --date 2021-07-05 --area Kandahar --format csv --events - "

static void a_terminal_sees_how_far_a_slow_table_is_read(void)
{
    g_autofree char *program = g_find_program_in_path("script");
    if (!program) {
        g_test_skip("script, of the package bsdutils, is not installed");
        return;
    }
    g_autofree char *seen = run_in_shell("script -qec '" SLOW ">/dev/null' /dev/null </dev/null");
    g_autoptr(GString) line = g_string_new(seen);
    g_assert_cmpuint(g_string_replace(line, "\r\033[KReading events: 0 MB", "", 0), >=, 1);
    g_assert_cmpstr(line->str, ==, "\r\033[K"); /* and nothing is left of it */
    g_autofree char *quiet =
        run_in_shell("script -qec '" SLOW "-q >/dev/null' /dev/null </dev/null");
    g_assert_cmpstr(quiet, ==, "");
    g_autofree char *piped = run_in_shell(SLOW "2>&1 >/dev/null");
    g_assert_cmpstr(piped, ==, "");
}

/* It has read the header, and nothing comes. */
static void a_terminal_sees_that_a_table_is_waited_for(void)
{
    g_autofree char *program = g_find_program_in_path("script");
    if (!program) {
        g_test_skip("script, of the package bsdutils, is not installed");
        return;
    }
    g_autofree char *seen = run_in_shell(
        "script -qec '{ echo date,province,district,kind,actor; sleep 3.5; } | timeout "
        "3 " EVM_TEST_PROGRAM " status --date 2021-07-05 --events - >/dev/null' "
        "/dev/null </dev/null");
    g_assert_true(g_str_has_prefix(seen, "\r\033[KReading events: 0 MB"));
}

static void a_timeline_that_waits_for_its_table_says_so(void)
{
    g_autofree char *program = g_find_program_in_path("script");
    if (!program) {
        g_test_skip("script, of the package bsdutils, is not installed");
        return;
    }
    g_autofree char *folder = g_dir_make_tmp("evmap-cli-XXXXXX", NULL);
    g_autofree char *command =
        g_strdup_printf("script -qec '{ echo date,province,district,kind,actor; sleep 2.6; } | "
                        "timeout 2.5 " EVM_TEST_PROGRAM " timeline --from 2021-07-01 --to "
                        "2021-07-05 --out %s/t --events - >/dev/null' /dev/null </dev/null",
                        folder);
    g_autofree char *seen = run_in_shell(command);
    g_assert_true(g_str_has_prefix(seen, "\r\033[KReading events: 0 MB"));
    g_rmdir(folder);
}

/* Whether a row ends at a line's end is told by counting quotes; there is one too many. */
static void why_all_rows_are_kept_is_said(void)
{
    g_autofree char *csv = make_table("E999999,2021-07-01,Kandahar,Daman,control,Taliban,last\n");
    char *quote = strstr(csv, "\"Reports, of\nthe day\"");
    memcpy(quote, "5 inch 7\" guns and ammo", strlen("\"Reports, of\nthe day\""));
    g_autofree char *path = write_file("odd.csv", csv);
    g_autofree char *err =
        g_strdup_printf("%s: note: all rows are kept in memory: where its rows end cannot be told "
                        "piece by piece [kept-whole]\n",
                        path);
    Run run =
        run_evmap("status -v --date 2021-07-05 --area Kandahar --format csv --events %s", path);
    assert_run(run, 0, HEADER LARGE_ANSWER, err);
    run = run_evmap("status --date 2021-07-05 --area Kandahar --format csv --events %s", path);
    assert_run(run, 0, HEADER LARGE_ANSWER, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/large/file-and-pipe", a_large_table_is_answered_from_file_and_pipe);
    g_test_add_func("/cli/large/odd", a_correction_at_the_end_of_a_large_table_counts);
    g_test_add_func("/cli/large/whole", why_all_rows_are_kept_is_said);
    g_test_add_func("/cli/large/waiting", a_terminal_sees_that_a_table_is_waited_for);
    g_test_add_func("/cli/large/timeline", a_timeline_that_waits_for_its_table_says_so);
    g_test_add_func("/cli/large/progress", a_terminal_sees_how_far_a_slow_table_is_read);
    return finish_tests();
}
