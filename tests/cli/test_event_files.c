/* Event tables as others write them: their columns, dates, encodings, and databases that pipe. */
#include <stdlib.h>
#include <string.h>

#include "tests/cli/harness.h"

#define STATUS "status --area Kandahar --date 2021-07-05 "
#define PANJWAYI                                                                                   \
    "Province  Taliban  Not assessed  All\n"                                                       \
    "Kandahar        1            15   16\n"                                                       \
    "All             1            15   16\n"

static void expect_panjwayi(const char *csv, const char *words, const char *said)
{
    Run run = run_evmap_with(csv, NULL, STATUS "--events - %s", words);
    assert_run(run, 0, PANJWAYI, said);
}

static void columns_of_others_are_mapped(void)
{
    expect_panjwayi("tag,provinz,ort,wer,was\n2021-07-04,Kandahar,Panjwai,Taliban,control\n",
                    "--map tag=date,ort=district,provinz=province --map wer=actor,was=kind", "");
}

static void mapped_columns_must_be_there(void)
{
    Run run = run_evmap_with("date,district,kind\n", NULL, STATUS "--events - --map ort=district");
    assert_run(run, 3, "",
               "evmap: error: -:1: no column 'ort', which --map names; the header line has 'date', "
               "'district', 'kind'\n");
}

static void acled_is_recognised_and_said_when_asked(void)
{
    static const char csv[] =
        "event_id_cnty,event_date,sub_event_type,actor1,inter1,actor2,inter2,admin1,admin2\n"
        "AFG1,04 July 2021,Non-state actor overtakes territory,Police Forces of Afghanistan "
        "(2004-2021),State forces,Taliban,Rebel group,Kandahar,Panjwai\n";
    expect_panjwayi(csv, "", "");
    expect_panjwayi(csv, "-v",
                    "-:1: note: the table is read as one of ACLED [known-preset]; --preset native "
                    "reads it as it stands\n");
    Run run = run_evmap_with(csv, NULL, STATUS "--events - --preset native");
    assert_run(run, 3, "",
               "evmap: error: -:1: no column 'kind' (--map NAME=kind says which one it is); the "
               "header line has 'event_id_cnty', "
               "'event_date', 'sub_event_type', 'actor1', 'inter1', 'actor2', 'inter2', 'admin1', "
               "'admin2'\n");
}

#define ROW(date) "date,province,district,kind,actor\n" date ",Kandahar,Panjwai,control,Taliban\n"

static void slash_dates_are_refused_until_their_order_is_said(void)
{
    Run run = run_evmap_with(ROW("04/07/2021"), NULL, STATUS "--events - -v");
    assert_run(run, 1,
               "Province  Not assessed  All\n"
               "Kandahar            16   16\n"
               "All                 16   16\n",
               "-:2:1: error: date '04/07/2021' may be two days [unsure-date]; say what comes "
               "first, --date-order dmy or mdy, or write YYYY-MM-DD\n");
    expect_panjwayi(ROW("04/07/2021"), "--date-order dmy", "");
    expect_panjwayi(ROW("07/04/2021"), "--date-order mdy", "");
    expect_panjwayi(ROW("2021-07-04"), "--date-order ymd", "");
}

static void solar_hijri_dates_are_read_when_asked(void)
{
    expect_panjwayi(ROW("1400/04/13"), "--calendar solar-hijri", "");
    expect_panjwayi(ROW("۱۴۰۰-۰۴-۱۳"), "--calendar solar-hijri", "");
}

static void delimiters_and_encodings_are_found_or_given(void)
{
    static const char csv[] = "date;province;district;kind;actor\n"
                              "2021-07-04;Kandahar;Panjwai;control;Taliban\n";
    expect_panjwayi(csv, "", "");
    expect_panjwayi(csv, "-v",
                    "-: note: the cells are separated by semicolons [found-delimiter]; "
                    "--delimiter says otherwise\n");
    expect_panjwayi(csv, "-v --delimiter semicolon", "");
    expect_panjwayi("date,province,district,kind,actor\n"
                    "2021-07-04,\xDE\xE4\xCF\xE5\xC7\xD1,Panjwai,control,Taliban\n",
                    "--encoding windows-1256", "");
}

static void wrong_use_names_what_was_meant(void)
{
#define DAY "--date 2021-07-05 "
    assert_usage("status", DAY "--preset acledd",
                 "--preset knows no 'acledd': did you mean 'acled'?");
    assert_usage("status", DAY "--map ort", "--map 'ort' is no pair: write --map theirs=district");
    assert_usage("status", DAY "--map ort=distrct",
                 "--map knows no 'distrct': did you mean 'district'?");
    assert_usage("status", DAY "--map a=date,b=date", "--map gives two columns for 'date'");
    assert_usage("status", DAY "--date-order ydm",
                 "--date-order knows no 'ydm': did you mean 'ymd'?");
    assert_usage("status", DAY "--calendar hijri",
                 "--calendar knows no 'hijri', only: gregorian, solar-hijri");
    assert_usage("status", DAY "--delimiter ,",
                 "--delimiter knows no ',', only: comma, semicolon, tab");
    assert_usage("status", DAY "--encoding latin1",
                 "--encoding knows no 'latin1', only: utf-8, utf-16le, utf-16be, windows-1256, "
                 "iso-8859-1");
}

/* Also in files so large that they are read piece by piece. */
static void json_is_told_from_a_table(void)
{
    GString *large = g_string_new("[{\"date\": \"2021-07-04\"}");
    while (large->len < 5000000)
        g_string_append(large, ",\n{\"date\": \"2021-07-04\"}");
    g_free(write_file("large.json", large->str));
    g_free(write_file("small.json", "{\"date\": 1}\n"));
    g_string_free(large, TRUE);
    Run run = run_evmap(STATUS "--events large.json");
    assert_run(run, 3, "",
               "evmap: error: large.json: the file looks like JSON, and is no CSV table: export it "
               "as CSV\n");
    run = run_evmap(STATUS "--aliases small.json");
    assert_run(run, 3, "",
               "evmap: error: small.json: the file looks like JSON, and is no CSV table: export it "
               "as CSV\n");
}

static void standard_input_without_a_pipe_is_said(void)
{
    g_autofree char *said =
        run_tool(".", EVM_TEST_PROGRAM " " STATUS "--events - < /dev/null 2>&1 || true");
    g_assert_cmpstr(said, ==,
                    "evmap: error: -: nothing is piped in: put a command and | before evmap, or "
                    "name a file\n");
}

/* What docs/events.md shows. */
static void sqlite_pipes_its_rows(void)
{
    g_autofree char *line = g_strdup_printf(
        "sqlite3 -csv -header :memory: \"create table t(date, province, district, kind, actor, "
        "headline); insert into t values('2021-07-04', 'Kandahar', 'Panjwai', 'control', "
        "'Taliban', 'Fell, \"\"they\"\" said' || char(10) || 'at dawn'); select * from t\" | "
        "%s " STATUS "--events -",
        EVM_TEST_PROGRAM);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    g_autofree char *out = NULL;
    int status = 0;
    GError *error = NULL;
    g_spawn_sync(test_folder(), (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL,
                 &status, &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpstr(out, ==, PANJWAYI);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/event_files/" #name, name)
    ADD(columns_of_others_are_mapped);
    ADD(mapped_columns_must_be_there);
    ADD(acled_is_recognised_and_said_when_asked);
    ADD(slash_dates_are_refused_until_their_order_is_said);
    ADD(solar_hijri_dates_are_read_when_asked);
    ADD(delimiters_and_encodings_are_found_or_given);
    ADD(wrong_use_names_what_was_meant);
    ADD(json_is_told_from_a_table);
    ADD(standard_input_without_a_pipe_is_said);
    ADD(sqlite_pipes_its_rows);
    return finish_tests();
}
