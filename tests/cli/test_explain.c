#include <string.h>

#include "tests/cli/harness.h"

static const char rows[] =
    "id,date,date_end,reported,province,district,kind,actor,from_actor,confidence,source,url,"
    "headline,"
    "supersedes,retracted\n"
    "a,2021-06-01,,,Kandahar,Panjwai,control,Government,,high,Radio A,https://a.example/1,,,\n"
    "b,2021-07-04,,,Kandahar,Panjwai,control,Taliban,,medium,Radio B,,\"It fell\nat night\",,\n"
    "c,2021-07-04,,,Kandahar,Panjwai,contested,,,low,Radio C,,,,\n"
    "d,2021-07-04,,,Kandahar,Panjwai,control,Government,,high,Radio D,,,,\n"
    "e,2021-07-05,,2021-07-06,Kandahar,Panjwai,contested,,,,Radio D,,,d,\n"
    "f,2021-07-03,,,Kandahar,Panjwai,contested,,,,Radio F,,,,yes\n"
    "g,2021-07-05,2021-07-08,,Kandahar,Panjwai,control,Government,,,Radio G,,,,\n";

#define EXPLAIN "explain --events - --date 2021-07-05 "

static void expect(const char *words, const char *out)
{
    Run run = run_evmap_with(rows, NULL, EXPLAIN "%s", words);
    assert_run(run, 0, out, "");
}

static void chain_of_claims_names_sources_and_the_rule(void)
{
    expect("--district Panjwai --as-known-on 2021-07-05",
           "Panjwayi in Kandahar (AF2704) on 2021-07-05: Government\n"
           "Decided by d: on one day, its confidence is higher than that of b, the strongest that "
           "says otherwise.\n"
           "Disputed: b says Taliban.\n"
           "\n"
           "unknown     2021-07-05 to 2021-07-08  Government\n"
           "            g, Radio G, medium confidence, reported 2021-07-08\n"
           "\n"
           "unknown     2021-07-05  Contested\n"
           "            e, Radio D, medium confidence, reported 2021-07-06\n"
           "\n"
           "decides     2021-07-04  Government\n"
           "            d, Radio D, high confidence, reported 2021-07-04, superseded by e\n"
           "\n"
           "disputes    2021-07-04  Taliban\n"
           "            b, Radio B, medium confidence, reported 2021-07-04\n"
           "            It fell\\x0aat night\n"
           "\n"
           "outranked   2021-07-04  Contested\n"
           "            c, Radio C, low confidence, reported 2021-07-04\n"
           "\n"
           "retracted   2021-07-03  Contested\n"
           "            f, Radio F, medium confidence, reported 2021-07-03\n"
           "\n"
           "agrees      2021-06-01  Government\n"
           "            a, Radio A, high confidence, reported 2021-06-01\n"
           "            https://a.example/1\n");
}

/* The lines down to the first empty one. */
static void expect_heading(const char *words, const char *heading)
{
    Run run = run_evmap_with(rows, NULL, EXPLAIN "%s", words);
    char *end = strstr(run.out, "\n\n");
    if (end)
        end[1] = '\0';
    g_assert_cmpstr(run.out, ==, heading);
    g_assert_cmpint(run.status, ==, 0);
    run_clear(&run);
}

static void corrections_and_spans_change_the_answer(void)
{
    expect_heading("--district Panjwai",
                   "Panjwayi in Kandahar (AF2704) on 2021-07-05: Contested\n"
                   "Decided by e: its effective date is later than that of b, the strongest that "
                   "says otherwise.\n"
                   "Disputed: b says Taliban.\n");
    expect_heading("--district Panjwai --dispute-window off",
                   "Panjwayi in Kandahar (AF2704) on 2021-07-05: Contested\n"
                   "Decided by e: its effective date is later than that of b, the strongest that "
                   "says otherwise.\n"
                   "Changing: g says Government from some day between 2021-07-05 and "
                   "2021-07-08.\n");
}

static void heading_without_rivals_says_so(void)
{
    expect_heading("--district Daman", "Daman in Kandahar (AF2703) on 2021-07-05: Not assessed\n"
                                       "No claim counts.\n");
    expect_heading("--district AF2704 --as-known-on 2021-07-03 --stale-after 7",
                   "Panjwayi in Kandahar (AF2704) on 2021-07-05: Government\n"
                   "Decided by a: no other claim counts.\n"
                   "Stale: there is no newer evidence.\n");
}

static void csv_has_one_row_a_claim(void)
{
    Run run = run_evmap_with(rows, NULL, EXPLAIN "--district Panjwai --format csv");
    g_auto(GStrv) lines = g_strsplit(run.out, "\n", -1);
    g_assert_cmpstr(lines[0], ==,
                    "event,role,ground,control,from_actor,begin,effective,known,precision,"
                    "confidence,source,url,headline,superseded_by,file,line");
    g_assert_cmpstr(lines[1], ==,
                    "g,later,,Government,,2021-07-05,2021-07-08,2021-07-08,span,medium,Radio G,,,,"
                    "standard input,9");
    g_assert_cmpstr(lines[3], ==,
                    "d,superseded,,Government,,2021-07-04,2021-07-04,2021-07-04,day,high,Radio "
                    "D,,,e,standard input,6");
    g_assert_cmpstr(lines[4], ==,
                    "b,disputes,date,Taliban,,2021-07-04,2021-07-04,2021-07-04,day,medium,Radio "
                    "B,,\"It fell");
    run_clear(&run);
}

static void json_says_how_it_was_settled(void)
{
    Run run = run_evmap_with(rows, NULL, EXPLAIN "--district Panjwai --format json");
    g_assert_true(g_str_has_prefix(run.out, "{\n"
                                            "  \"pcode\": \"AF2704\",\n"
                                            "  \"district\": \"Panjwayi\",\n"
                                            "  \"province\": \"Kandahar\",\n"
                                            "  \"date\": \"2021-07-05\",\n"
                                            "  \"as_known_on\": null,\n"
                                            "  \"control\": \"contested\",\n"
                                            "  \"doubt\": \"disputed\",\n"
                                            "  \"other\": \"Taliban\",\n"
                                            "  \"stale\": false,\n"
                                            "  \"rule\": \"latest-claim\",\n"
                                            "  \"settled\": \"ranked\",\n"
                                            "  \"ground\": \"date\",\n"
                                            "  \"rival\": \"b\",\n"
                                            "  \"claims\": [\n"
                                            "    {\n"
                                            "      \"event\": \"g\",\n"));
    run_clear(&run);
}

static void district_is_asked_for_and_must_be_one(void)
{
    assert_usage("explain", "--date 2021-07-05",
                 "--district is missing: which one? For example --district Panjwai");
    assert_usage("explain", "--district Panjwai",
                 "--date is missing: which day? For example --date 2021-07-05");
    Run run = run_evmap_with(rows, NULL, EXPLAIN "--district Kohistan");
    assert_run(run, 2, "",
               "evmap: error: 'Kohistan' is more than one district: say with --province which, "
               "Kohistan in "
               "Faryab (AF2910) or Kohistan in Badakhshan (AF1708)\n");
    run = run_evmap_with(rows, NULL, EXPLAIN "--district Marja");
    assert_run(run, 2, "",
               "evmap: error: 'Marja' is no district here but a town or a temporary district: "
               "'--universe 421' counts those of 2021\n");
    run = run_evmap_with(rows, NULL, EXPLAIN "--district Panjwai --province Nimrodia");
    assert_run(run, 2, "", "evmap: error: no province 'Nimrodia': did you mean 'Nimroz'?\n");
    run = run_evmap_with(rows, NULL, EXPLAIN "--district Panjwai --province Kunduz");
    g_assert_cmpint(run.status, ==, 2);
    g_assert_true(g_str_has_prefix(run.err, "evmap: error: no district 'Panjwai' in Kunduz: did "
                                            "you mean Panjwayi in Kandahar (AF2704)"));
    run_clear(&run);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/explain/" #name, name)
    ADD(chain_of_claims_names_sources_and_the_rule);
    ADD(corrections_and_spans_change_the_answer);
    ADD(heading_without_rivals_says_so);
    ADD(csv_has_one_row_a_claim);
    ADD(json_says_how_it_was_settled);
    ADD(district_is_asked_for_and_must_be_one);
    return finish_tests();
}
