#include <string.h>

#include "tests/cli/harness.h"

static void places_is_an_aligned_table(void)
{
    Run run = run_evmap("places Panjwai Kohistan Salank");
    assert_run(run, 1,
               "Name      Province  P-code  District  How        Score  Candidates\n"
               "Panjwai   Kandahar  AF2704  Panjwayi  alias        100  AF1006 Panjab in Bamyan\n"
               "Kohistan                              ambiguous      0  AF2910 Kohistan in Faryab; "
               "AF1708 Kohistan in Badakhshan\n"
               "Salank    Parwan    AF0306  Salang    near          84\n",
               "");
}

static void places_in_a_province(void)
{
    Run run = run_evmap("places Kohistan --province Faryab --format csv");
    assert_run(run, 0,
               "name,province,pcode,district,how,score,candidates\n"
               "Kohistan,Faryab,AF2910,Kohistan,exact,100,AF1708 Kohistan in Badakhshan\n",
               "");
}

static void temporary_districts_are_places_of_their_universe(void)
{
    Run run = run_evmap("places Marja --universe 421 --format csv");
    assert_run(run, 0,
               "name,province,pcode,district,how,score,candidates\n"
               "Marja,Hilmand,T3014,Marja,exact,100,\n",
               "");
}

/* A P-code is answered as its district, and never where the province does not fit. */
static void pcodes_are_names_too(void)
{
    Run run = run_evmap("places AF1901 'af 1901' AF9999 AF19 --format csv");
    assert_run(run, 1,
               "name,province,pcode,district,how,score,candidates\n"
               "AF1901,Kunduz,AF1901,Kunduz,pcode,100,\n"
               "af 1901,Kunduz,AF1901,Kunduz,pcode,100,\n"
               "AF9999,,,,unmatched,0,\n"
               "AF19,,,,unmatched,0,\n",
               "");
    run = run_evmap_with("name,province\nAF1901,Kunduz\nAF1901,Helmand\nAF1901,Nowhere\n", NULL,
                         "places -");
    assert_run(run, 1,
               "name,province,pcode,district,how,score,candidates\n"
               "AF1901,Kunduz,AF1901,Kunduz,pcode,100,\n"
               "AF1901,Helmand,,,ambiguous,0,AF1901 Kunduz in Kunduz\n"
               "AF1901,Nowhere,,,unmatched,0,AF1901 Kunduz in Kunduz\n",
               "");
}

static void pcodes_mean_what_they_meant_on_a_day(void)
{
    Run run = run_evmap("places AF2409 --format csv");
    assert_run(run, 0,
               "name,province,pcode,district,how,score,candidates\n"
               "AF2409,Daykundi,AF2409,Patoo,pcode,100,\n",
               "");
    static const char then[] = "name,province,pcode,district,how,score,candidates\n"
                               "AF2409,Uruzgan,AF2507,Gizab,pcode,100,AF2409 Patoo in Daykundi\n";
    run = run_evmap("places AF2409 --date 2021-07-02 --format csv");
    assert_run(run, 0, then, "");
    run = run_evmap_with("name\nAF2409\n", NULL, "places - --date 2021-07-02");
    assert_run(run, 0,
               "name,pcode,district,how,score,candidates\n"
               "AF2409,AF2507,Gizab,pcode,100,AF2409 Patoo in Daykundi\n",
               "");
}

static void places_outside_say_what_they_are(void)
{
    Run run = run_evmap("places Marja Kelagi Chaharbaran Babaji --format csv");
    assert_run(
        run, 1,
        "name,province,pcode,district,how,score,candidates\n"
        "Marja,,,,outside,0,\"a temporary district in Nad-e-Ali in Hilmand (AF3002), counted "
        "with --universe 421\"\n"
        "Kelagi,,,,outside,0,\"a place inside Doshi, named beside districts\"\n"
        "Chaharbaran,,,,outside,0,\"not among the 421 districts of 2021, a place in Gomal in "
        "Paktika (AF1208)\"\n"
        "Babaji,,,,outside,0,not among the 421 districts of 2021\n",
        "");
}

static void places_as_json(void)
{
    Run run = run_evmap("places 'ولسوالی پنجوایی' --format json");
    assert_run(run, 0,
               "[\n  {\n    \"name\": \"ولسوالی پنجوایی\",\n    \"province\": \"Kandahar\",\n"
               "    \"pcode\": \"AF2704\",\n    \"district\": \"Panjwayi\",\n"
               "    \"how\": \"folded\",\n    \"score\": 99,\n    \"candidates\": \"\"\n  }\n]\n",
               "");
}

static void rows_come_back_in_order_with_answers(void)
{
    Run run = run_evmap_with("id,Name,province,note\n"
                             "7,Panjwai,Kandahar,\"a, b\"\n"
                             "8,Marja,Helmand\n"
                             "9,Baharak,Takhar,\n"
                             "9,Baharak,Takhar,again\n",
                             NULL, "places -");
    assert_run(run, 1,
               "id,Name,province,note,pcode,district,how,score,candidates\n"
               "7,Panjwai,Kandahar,\"a, b\",AF2704,Panjwayi,alias,100,\n"
               "8,Marja,Helmand,,,,outside,0,\"a temporary district in Nad-e-Ali in Hilmand "
               "(AF3002), counted with --universe 421\"\n"
               "9,Baharak,Takhar,,AF1803,Baharak,exact,100,\n"
               "9,Baharak,Takhar,again,AF1803,Baharak,exact,100,\n",
               "");
}

static void rows_stand_byte_by_byte(void)
{
    Run run = run_evmap_with("\xEF\xBB\xBF\r\nid;Name;note\r\n"
                             " 1 ;Panjwai;\"a;\"\"b\"\"\nline 2\"\r\n\r\n"
                             "2;\"Baharak\"\r\n"
                             "3;Nad Ali;=SUM(1)\r\n\r\n",
                             NULL, "places -");
    assert_run(run, 1,
               "\xEF\xBB\xBF\r\nid;Name;note;pcode;district;how;score;candidates\r\n"
               " 1 ;Panjwai;\"a;\"\"b\"\"\nline 2\";AF2704;Panjwayi;alias;100;\r\n\r\n"
               "2;\"Baharak\";;;;ambiguous;0;"
               "\"AF1803 Baharak in Takhar; AF1706 Baharak in Badakhshan\"\r\n"
               "3;Nad Ali;=SUM(1);AF3002;Nad-e-Ali;alias;100;\r\n\r\n",
               "");
    run = run_evmap_with("name\tlon\tlat\nBak\t0\t0", NULL, "places -");
    assert_run(run, 0,
               "name\tlon\tlat\tpcode\tdistrict\thow\tscore\tcandidates\n"
               "Bak\t0\t0\tAF1409\tBak\texact\t100\t",
               "");
}

static void rows_become_a_table_when_asked(void)
{
    Run run = run_evmap_with("name;n\nBak;=1\n", NULL, "places - --format json");
    assert_run(run, 0,
               "[\n  {\n    \"name\": \"Bak\",\n    \"n\": \"=1\",\n"
               "    \"pcode\": \"AF1409\",\n    \"district\": \"Bak\",\n"
               "    \"how\": \"exact\",\n    \"score\": 100,\n    \"candidates\": \"\"\n  }\n]\n",
               "");
    run = run_evmap_with("name\nBak\n", NULL, "places - --format text");
    assert_run(run, 0,
               "name  P-code  District  How    Score  Candidates\n"
               "Bak   AF1409  Bak       exact    100\n",
               "");
}

static void province_option_fills_what_rows_leave_out(void)
{
    Run run = run_evmap_with("name\nKohistan\n", NULL, "places - --province Faryab");
    assert_run(run, 0,
               "name,pcode,district,how,score,candidates\n"
               "Kohistan,AF2910,Kohistan,exact,100,\n",
               "");
}

static void tables_that_do_not_fit_are_refused(void)
{
    Run run = run_evmap_with("place\nPanjwai\n", NULL, "places -");
    assert_run(run, 3, "",
               "evmap: error: standard input:1: no column 'name': the first line names the "
               "columns, 'name' and if wanted 'province'\n");
    run = run_evmap_with("name,id,Name\nPanjwai,1,Sangin\n", NULL, "places -");
    assert_run(run, 3, "",
               "evmap: error: standard input:1: columns 1 and 3 are both named 'name'; rename or "
               "remove one\n");
    run = run_evmap_with("province,name,PROVINCE\nKandahar,Panjwai,Zabul\n", NULL, "places -");
    assert_run(run, 3, "",
               "evmap: error: standard input:1: columns 1 and 3 are both named 'province'; rename "
               "or remove one\n");
    run = run_evmap_with("name,pcode\nPanjwai,x\n", NULL, "places -");
    assert_run(run, 3, "",
               "evmap: error: standard input:1: there is a column 'pcode' already, which would be "
               "added: rename or remove it\n");
    run = run_evmap_with("name\nPanjwai,Kandahar\n", NULL, "places -");
    assert_run(run, 3, "",
               "evmap: error: standard input:2: 2 fields, but the header has 1: quote what holds "
               "a comma\n");
    run = run_evmap_with("", NULL, "places -");
    assert_run(run, 3, "",
               "evmap: error: standard input is empty: its first line names the columns, 'name' "
               "and if wanted 'province'\n");
}

static void wrong_use_is_told(void)
{
    Run run = run_evmap("places");
    assert_run(run, 2, "",
               "evmap: which places? For example: evmap places Panjwai --province Kandahar\n"
               "Try 'evmap help places'.\n");
    run = run_evmap("places - Panjwai");
    assert_run(run, 2, "",
               "evmap: '-' reads names from standard input and stands alone\n"
               "Try 'evmap help places'.\n");
    run = run_evmap("places Panjwai --province Nimrodia");
    assert_run(run, 2, "", "evmap: error: no province 'Nimrodia': did you mean 'Nimroz'?\n");
    run = run_evmap("places Panjwai --events x.csv");
    g_assert_cmpint(run.status, ==, 2);
    run_clear(&run);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/places/" #name, name)
    ADD(places_is_an_aligned_table);
    ADD(places_in_a_province);
    ADD(temporary_districts_are_places_of_their_universe);
    ADD(pcodes_are_names_too);
    ADD(pcodes_mean_what_they_meant_on_a_day);
    ADD(places_outside_say_what_they_are);
    ADD(places_as_json);
    ADD(rows_come_back_in_order_with_answers);
    ADD(rows_stand_byte_by_byte);
    ADD(rows_become_a_table_when_asked);
    ADD(province_option_fills_what_rows_leave_out);
    ADD(tables_that_do_not_fit_are_refused);
    ADD(wrong_use_is_told);
    return finish_tests();
}
