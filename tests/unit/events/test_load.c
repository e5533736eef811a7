#include <glib.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "base/limits.h"
#include "tests/unit/events/events_testing.h"

#define HEADER "id,date,kind,district,actor,supersedes\n"

/* Two files of the same name in two folders. */
typedef struct {
    char *folders[2];
    char *paths[2];
} Fixture;

static void set_up(Fixture *fixture, const void *data)
{
    (void)data;
    for (int i = 0; i < 2; i++) {
        fixture->folders[i] = g_dir_make_tmp("evmap-XXXXXX", NULL);
        fixture->paths[i] = g_build_filename(fixture->folders[i], "e.csv", NULL);
    }
}

static void tear_down(Fixture *fixture, const void *data)
{
    (void)data;
    for (int i = 0; i < 2; i++) {
        g_remove(fixture->paths[i]);
        g_rmdir(fixture->folders[i]);
        g_free(fixture->paths[i]);
        g_free(fixture->folders[i]);
    }
}

static EvmEvents *load_two(Fixture *fixture, const char *first, const char *second,
                           EvmDiagnostics *diagnostics)
{
    GError *error = NULL;
    g_file_set_contents(fixture->paths[0], first, -1, NULL);
    g_file_set_contents(fixture->paths[1], second, -1, NULL);
    EvmEvents *events =
        evm_events_load((const char *const *)fixture->paths, 2, NULL, diagnostics, &error);
    g_assert_no_error(error);
    return events;
}

static void test_files_are_loaded_in_order(Fixture *fixture, const void *data)
{
    (void)data;
    EvmEvents *events = load_two(fixture, HEADER ",2021-07-05,clash,A\n,2021-07-05,clash,B\n",
                                 "district;date;kind\nC;2021-07-01;clash\nD;x;clash\n", NULL);
    g_assert_cmpuint(events->file_count, ==, 2);
    g_assert_cmpuint(events->count, ==, 3);
    g_assert_cmpuint(events->rows, ==, 4);
    g_assert_cmpuint(events->refused, ==, 1);
    g_assert_cmpuint(events->files[0].rows, ==, 2);
    g_assert_cmpuint(events->files[1].rows, ==, 2);
    g_assert_cmpstr(events->files[0].path, ==, fixture->paths[0]);
    char *sha256 = g_compute_checksum_for_string(
        G_CHECKSUM_SHA256, "district;date;kind\nC;2021-07-01;clash\nD;x;clash\n", -1);
    g_assert_cmpstr(events->files[1].sha256, ==, sha256);
    g_free(sha256);
    g_assert_cmpstr(events->items[0].district, ==, "A");
    g_assert_cmpstr(events->items[2].district, ==, "C");
    g_assert_cmpuint(events->items[2].file, ==, 1);
    g_assert_cmpuint(events->items[2].line, ==, 2);
    g_assert_cmpstr(events->items[1].id, ==, "e.csv:3");
    g_assert_cmpstr(events->items[2].id, ==, "e.csv#2:2");
    evm_events_free(events);
}

static void test_id_used_in_two_files_names_both_lines(Fixture *fixture, const void *data)
{
    (void)data;
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmEvents *events = load_two(fixture, HEADER "E-1,2021-07-05,clash,A,\n",
                                 HEADER "E-1,2021-07-05,clash,B,\n", diagnostics);
    char *text = diagnostics_to_text(diagnostics);
    char *expected =
        g_strdup_printf("note short-row %s:2:0 the row has 5 cells, the header 6 | the "
                        "missing cells count as empty\n"
                        "note short-row %s:2:0 the row has 5 cells, the header 6 | the "
                        "missing cells count as empty\n"
                        "warning duplicate-id %s:2:1 id 'E-1' also stands on line 2 "
                        "of %s, with other content | give each row an id of its own\n",
                        fixture->paths[0], fixture->paths[1], fixture->paths[1], fixture->paths[0]);
    g_assert_cmpstr(text, ==, expected);
    g_assert_cmpuint(events->count, ==, 2);
    g_free(expected);
    g_free(text);
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
}

static void test_same_file_twice_is_a_warning(Fixture *fixture, const void *data)
{
    (void)data;
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    const char *csv = "date,kind,district\n2021-07-05,clash,A\n";
    EvmEvents *events = load_two(fixture, csv, csv, diagnostics);
    char *text = diagnostics_to_text(diagnostics);
    char *expected = g_strdup_printf("warning duplicate-file %s:0:0 the file is the same as %s, "
                                     "byte for byte | name each file once, or its rows count "
                                     "twice\n",
                                     fixture->paths[1], fixture->paths[0]);
    g_assert_cmpstr(text, ==, expected);
    g_assert_cmpuint(events->count, ==, 2);
    g_free(expected);
    g_free(text);
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
}

static void test_one_bad_file_refuses_all(Fixture *fixture, const void *data)
{
    (void)data;
    GError *error = NULL;
    g_file_set_contents(fixture->paths[0], HEADER ",2021-07-05,clash,A,,\n", -1, NULL);
    g_assert_null(evm_events_load((const char *const *)fixture->paths, 2, NULL, NULL, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    char *message = g_strconcat(fixture->paths[1], ": No such file or directory", NULL);
    g_assert_cmpstr(error->message, ==, message);
    g_free(message);
    g_error_free(error);
}

static void test_number_of_files_is_bounded(void)
{
    GError *error = NULL;
    const char *paths[EVM_LIMIT_EVENT_FILES + 1] = {"/nonexistent"};
    g_assert_null(evm_events_load(paths, 0, NULL, NULL, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, "no event file is named");
    g_clear_error(&error);
    g_assert_null(evm_events_load(paths, G_N_ELEMENTS(paths), NULL, NULL, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_LIMIT);
    g_assert_cmpstr(error->message, ==, "257 event files are named; the limit is 256");
    g_error_free(error);
}

static void test_repeated_rows_and_ids_are_warned_of(void)
{
    assert_diagnosed(HEADER "E-1,2021-07-05,clash,A,,\n"
                            "E-1,2021-07-05,clash,A,,\n"
                            "E-1,2021-07-06,clash,A,,\n"
                            ",2021-07-05,clash,A,,\n"
                            ",2021-07-05,clash,A,,\n",
                     5,
                     "warning duplicate-row t.csv:3:1 id 'E-1' also stands on line 2, with the "
                     "same content | remove one of the two rows\n"
                     "warning duplicate-id t.csv:4:1 id 'E-1' also stands on line 2, with other "
                     "content | give each row an id of its own\n");
}

/* Each column in turn holds something else in the second row. */
static void test_a_difference_in_any_column_is_seen(void)
{
    static const char *const OTHER[] = {
        "2021-07-04,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-08,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,status,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-09,P,D,C,1,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,O,D,C,1,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,O,C,1,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,O,1,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,3,2,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,3,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,,,clash,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,other,A,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,O,F,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,O,low,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,high,S,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,O,U,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,O,H,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,O,T,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,H,O,X,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,H,T,O,0",
        "2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,H,T,X,1",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(OTHER); i++) {
        char *csv = g_strdup_printf(
            "id,date,date_end,date_precision,reported,province,district,pcode,lon,lat,kind,actor,"
            "from_actor,confidence,source,url,headline,tags,supersedes,retracted\n"
            "X,2021-07-01,,,,P,D,,,,clash,,,,,,,,,\nO,2021-07-01,,,,P,D,,,,clash,,,,,,,,,\n"
            "E,2021-07-05,2021-07-06,day,2021-07-07,P,D,C,1,2,clash,A,F,low,S,U,H,T,X,0\n"
            "E,%s\n",
            OTHER[i]);
        assert_diagnosed(csv, 4,
                         "warning duplicate-id t.csv:5:1 id 'E' also stands on line 4, with other "
                         "content | give each row an id of its own\n");
        g_free(csv);
    }
}

static void test_superseded_ids_must_exist_and_not_supersede_in_turn(void)
{
    assert_diagnosed(HEADER "E-1,2021-07-05,clash,A,,E-2; t.csv:4 ;\n"
                            "E-2,2021-07-05,clash,A,,E-9;E-1\n"
                            ",2021-07-05,clash,A,,\n"
                            "E-3,2021-07-05,clash,A,,E-1;E-3\n",
                     3,
                     "error bad-supersedes t.csv:5:6 the row supersedes itself | write the id of "
                     "the row that it corrects\n"
                     "warning mutual-supersedes t.csv:2:0 supersedes 'E-2', which supersedes it: "
                     "neither counts | let the row that holds supersede the other\n"
                     "warning unknown-supersedes t.csv:3:0 supersedes 'E-9', which is the id of no "
                     "row | write ids separated by ';'\n"
                     "warning mutual-supersedes t.csv:3:0 supersedes 'E-1', which supersedes it: "
                     "neither counts | let the row that holds supersede the other\n");
}

static void test_rows_that_supersede_in_a_circle_are_told(void)
{
    assert_diagnosed(HEADER "a,2021-07-05,clash,A,,c\n"
                            "c,2021-07-05,clash,A,,d\n"
                            "d,2021-07-05,clash,A,,e\n"
                            "e,2021-07-05,clash,A,,c;f\n"
                            "f,2021-07-05,clash,A,,\n",
                     5,
                     "warning mutual-supersedes t.csv:3:0 supersedes 'd', which supersedes it by "
                     "way of others: none of them counts | let the row that holds supersede the "
                     "others\n"
                     "warning mutual-supersedes t.csv:4:0 supersedes 'e', which supersedes it by "
                     "way of others: none of them counts | let the row that holds supersede the "
                     "others\n"
                     "warning mutual-supersedes t.csv:5:0 supersedes 'c', which supersedes it by "
                     "way of others: none of them counts | let the row that holds supersede the "
                     "others\n");
}

static void test_a_retracted_correction_closes_no_circle(void)
{
    assert_diagnosed("id,date,kind,district,supersedes,retracted\n"
                     "a,2021-07-05,clash,A,b,\n"
                     "b,2021-07-05,clash,A,a,yes\n",
                     2, "");
}

static void test_blank_rows_are_counted_in_one_note(void)
{
    assert_diagnosed(HEADER ",,,,,\nE-1,2021-07-05,clash,A,,\n\"\",,,,,\n", 1,
                     "note blank-rows t.csv:2:0 2 rows without any text skipped, the first on this "
                     "line\n");
}

static void test_broken_table_is_refused_whole(void)
{
    assert_not_events(HEADER "E-1,2021-07-05,clash,A,,\nE-2,\"2021-07-05,clash,A,,\n",
                      "t.csv:3: a quote is opened on this line and never closed");
}

static void test_no_diagnostics_list_is_needed(void)
{
    EvmEvents *events = parse_events(HEADER "E-1,x,clash,A,,\n", NULL);
    g_assert_cmpuint(events->refused, ==, 1);
    evm_events_free(events);
    evm_events_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD_FILES(name)                                                                            \
    g_test_add("/events/load/" #name, Fixture, NULL, set_up, test_##name, tear_down)
#define ADD(name) g_test_add_func("/events/load/" #name, test_##name)
    ADD_FILES(files_are_loaded_in_order);
    ADD_FILES(id_used_in_two_files_names_both_lines);
    ADD_FILES(same_file_twice_is_a_warning);
    ADD_FILES(one_bad_file_refuses_all);
    ADD(number_of_files_is_bounded);
    ADD(repeated_rows_and_ids_are_warned_of);
    ADD(a_difference_in_any_column_is_seen);
    ADD(superseded_ids_must_exist_and_not_supersede_in_turn);
    ADD(rows_that_supersede_in_a_circle_are_told);
    ADD(a_retracted_correction_closes_no_circle);
    ADD(blank_rows_are_counted_in_one_note);
    ADD(broken_table_is_refused_whole);
    ADD(no_diagnostics_list_is_needed);
    return g_test_run();
}
