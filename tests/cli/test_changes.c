#include <string.h>

#include "tests/cli/harness.h"

static const char rows[] =
    "id,date,reported,province,district,kind,actor,from_actor,date_precision,source,url,"
    "supersedes\n"
    "a,2021-06-01,,Kandahar,Panjwai,control,Government,,,Radio A,,\n"
    "b,2021-07-02,,Kandahar,Panjwai,control,Taliban,Government,,Radio B,https://b.example/,\n"
    "c,2021-07-03,,Kandahar,Panjwai,control,Government,Taliban,,Radio C,,\n"
    "d,2021-07-04,,Kandahar,Daman,control,Taliban,Government,,Radio A,,\n"
    "e,2021-07-04,,Kandahar,Zheray,control,Taliban,,status,Radio A,,\n"
    "f,2021-07-05,,Kandahar,Spin Boldak,control,Taliban,Contested,,,,\n"
    "g,2021-07-04,2021-07-09,Kandahar,Daman,contested,,,,Radio D,,d\n";

#define CHANGES "changes --area Kandahar --events - "

static void expect(const char *words, const char *out)
{
    Run run = run_evmap_with(rows, NULL, CHANGES "%s", words);
    assert_run(run, 0, out, "");
}

static void period_lists_every_change_and_balances(void)
{
    expect("--from 2021-07-01 --to 2021-07-05 --as-known-on 2021-07-05",
           "From the end of 2021-07-01 to the end of 2021-07-05\n"
           "\n"
           "Control       Start  Assessed  Gained  Retaken  Lost  Net  End\n"
           "Government        1         1       1        1     2   -1    1\n"
           "Taliban           0         1       3        0     1    2    3\n"
           "Contested         0         1       0        0     1   -1    0\n"
           "Not assessed     15        -3       0        0     0    0   12\n"
           "\n"
           "Changes: 4; districts that differ at the end: 2\n"
           "  2021-07-02  Panjwayi in Kandahar: Government to Taliban (b, Radio B)\n"
           "  2021-07-03  Panjwayi in Kandahar: Taliban to Government (c, Radio C), retaken\n"
           "  2021-07-04  Daman in Kandahar: Government to Taliban (d, Radio A)\n"
           "  2021-07-05  Spin Boldak in Kandahar: Contested to Taliban (f)\n");
}

static void net_leaves_out_what_came_back(void)
{
    expect("--from 2021-07-01 --to 2021-07-05 --as-known-on 2021-07-05 --list net --format csv",
           "date,pcode,district,province,before,after,retaken,before_event,event,source,url\n"
           "2021-07-04,AF2703,Daman,Kandahar,Government,Taliban,no,,d,Radio A,\n"
           "2021-07-05,AF2711,Spin Boldak,Kandahar,contested,Taliban,no,,f,,\n");
}

static void csv_names_the_events_on_both_sides(void)
{
    expect("--from 2021-07-01 --to 2021-07-03 --format csv",
           "date,pcode,district,province,before,after,retaken,before_event,event,source,url\n"
           "2021-07-02,AF2704,Panjwayi,Kandahar,Government,Taliban,no,a,b,Radio B,"
           "https://b.example/\n"
           "2021-07-03,AF2704,Panjwayi,Kandahar,Taliban,Government,yes,b,c,Radio C,\n");
}

static void json_has_the_same_cells(void)
{
    Run run = run_evmap_with(rows, NULL, CHANGES "--from 2021-07-02 --to 2021-07-03 --format json");
    assert_run(run, 0,
               "[\n  {\n    \"date\": \"2021-07-03\",\n    \"pcode\": \"AF2704\",\n"
               "    \"district\": \"Panjwayi\",\n    \"province\": \"Kandahar\",\n"
               "    \"before\": \"Taliban\",\n    \"after\": \"Government\",\n"
               "    \"retaken\": \"yes\",\n    \"before_event\": \"b\",\n    \"event\": \"c\",\n"
               "    \"source\": \"Radio C\",\n    \"url\": \"\"\n  }\n]\n",
               "");
}

static void sums_have_one_row_a_control(void)
{
    expect("--from 2021-07-01 --to 2021-07-02 --list sums --format csv",
           "control,start,assessed,gained,retaken,lost,net,end\n"
           "Government,1,0,0,0,1,-1,0\n"
           "Taliban,0,0,1,0,0,1,1\n"
           "unassessed,15,0,0,0,0,0,15\n");
}

static void two_days_of_knowledge_show_what_corrections_changed(void)
{
    expect("--date 2021-07-05 --as-known-on 2021-07-05 --versus 2021-07-09",
           "2021-07-05 as known on 2021-07-05 and on 2021-07-09\n"
           "\n"
           "Control       Start  Gained  Lost  Net  End\n"
           "Government        1       0     0    0    1\n"
           "Taliban           3       0     1   -1    2\n"
           "Contested         0       1     0    1    1\n"
           "Not assessed     12       0     0    0   12\n"
           "\n"
           "Districts that differ: 1\n"
           "  Daman in Kandahar: Taliban to Contested (g, Radio D)\n");
}

static void without_versus_it_is_compared_with_now(void)
{
    expect("--date 2021-07-05 --as-known-on 2021-07-05 --list sums",
           "2021-07-05 as known on 2021-07-05 and now\n"
           "\n"
           "Control       Start  Gained  Lost  Net  End\n"
           "Government        1       0     0    0    1\n"
           "Taliban           3       0     1   -1    2\n"
           "Contested         0       1     0    1    1\n"
           "Not assessed     12       0     0    0   12\n");
}

static void question_must_be_whole(void)
{
    assert_usage("changes", "", "--from is missing: which day? For example --from 2021-07-05");
    assert_usage("changes", "--from 2021-07-01",
                 "--to is missing: which day? For example --to 2021-07-05");
    assert_usage("changes", "--from 2021-07-06 --to 2021-07-05",
                 "--from 2021-07-06 lies after --to 2021-07-05");
    assert_usage("changes", "--date 2021-07-05 --from 2021-07-01",
                 "--date asks about one day, --from and --to about a period: leave out one or the "
                 "other");
    assert_usage("changes", "--date 2021-07-05",
                 "--as-known-on is missing: what did one know on which day? "
                 "For example --as-known-on 2021-07-05");
    assert_usage("changes", "--from 2021-07-01 --to 2021-07-05 --versus 2021-07-09",
                 "--versus compares one day as known on two others: give the one with --date");
    assert_usage("changes", "--versus never", "--versus 'never' is no day: write it as 2021-07-05");
    assert_usage("changes", "--list sum", "--list knows no 'sum': did you mean 'sums'?");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/changes/" #name, name)
    ADD(period_lists_every_change_and_balances);
    ADD(net_leaves_out_what_came_back);
    ADD(csv_names_the_events_on_both_sides);
    ADD(json_has_the_same_cells);
    ADD(sums_have_one_row_a_control);
    ADD(two_days_of_knowledge_show_what_corrections_changed);
    ADD(without_versus_it_is_compared_with_now);
    ADD(question_must_be_whole);
    return finish_tests();
}
