/* The exact text of every message about a row, from a file and from a pipe, which is read in
 * pieces.
 */
#include <string.h>

#include "tests/cli/harness.h"

#define NATIVE                                                                                     \
    "id,date,date_end,date_precision,reported,province,district,pcode,lon,lat,kind,actor,"         \
    "confidence,supersedes,retracted\n"
#define ACLED                                                                                      \
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,"      \
    "inter2,admin1,admin2\n"

/* "@" is the file. */
static const struct {
    const char *code, *csv;
    int status;
    const char *err;
} cases[] = {
    {"bad-actor", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,unknown,,,\n", 1,
     "@:2:12: error: actor 'unknown' names nobody [bad-actor]; leave the row out, or name who "
     "holds "
     "the district\n"},
    {"bad-actor", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Contested,,,\n", 1,
     "@:2:12: error: actor 'Contested' names nobody [bad-actor]; write kind 'contested'\n"},
    {"bad-confidence", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,hihg,,\n", 1,
     "@:2:13: error: confidence 'hihg' is not a known word [bad-confidence]; is 'high' meant? "
     "Known: low, medium, high\n"},
    {"bad-date", NATIVE "a,2021-02-29,,,,Kandahar,Daman,,,,control,Taliban,,,\n", 1,
     "@:2:2: error: date '2021-02-29' is not a date [bad-date]; write a real day as YYYY-MM-DD, "
     "such as 2021-07-05\n"},
    {"bad-kind", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,contrl,Taliban,,,\n", 1,
     "@:2:11: error: kind 'contrl' is not a known word [bad-kind]; is 'control' meant? Known: "
     "control, contested, clash, withdrawal, surrender, border, capital, other\n"},
    {"bad-point", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,68.5,,control,Taliban,,,\n", 1,
     "@:2:9: error: the row has a lon and no lat [bad-point]; give both or none\n"},
    {"bad-precision", NATIVE "a,2021-07-05,,weak,,Kandahar,Daman,,,,control,Taliban,,,\n", 1,
     "@:2:4: error: date_precision 'weak' is not a known word [bad-precision]; is 'week' meant? "
     "Known: day, status, week, month, mid-week, mid-month\n"},
    {"bad-retracted", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,,perhaps\n", 1,
     "@:2:15: error: retracted 'perhaps' is not a known word [bad-retracted]; use one of: 1, yes, "
     "true, 0, no, false\n"},
    {"bad-supersedes", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,a,\n", 1,
     "@:2:14: error: the row supersedes itself [bad-supersedes]; write the id of the row that it "
     "corrects\n"},
    {"blank-rows",
     NATIVE "ok,2021-07-04,,,,Kandahar,Panjwayi,,,,control,Taliban,,,\n"
            ",,,,,,,,,,,,,,\n",
     0, "@:3: note: 1 row without any text skipped, the first on this line [blank-rows]\n"},
    {"dated-pcode", NATIVE "a,2021-07-02,,,,,,AF2409,,,control,Taliban,,,\n", 0,
     "@:2:8: warning: P-code 'AF2409' of 2 July 2021 is read as Gizab in Uruzgan (AF2507), whose "
     "code it was until 16 November 2021 [dated-pcode]; if Patoo in Daykundi (AF2409) is meant, "
     "write that name beside it\n"},
    {"dated-pcode", NATIVE "a,2021-07-02,,,,,AF2409,,,,control,Taliban,,,\n", 0,
     "@:2:7: warning: P-code 'AF2409' of 2 July 2021 is read as Gizab in Uruzgan (AF2507), whose "
     "code it was until 16 November 2021 [dated-pcode]; if Patoo in Daykundi (AF2409) is meant, "
     "write that name beside it\n"},
    {"date-order", NATIVE "a,2021-07-05,2021-07-01,,,Kandahar,Daman,,,,control,Taliban,,,\n", 1,
     "@:2:3: error: date_end '2021-07-01' lies before the date [date-order]; swap the two, or "
     "leave date_end empty\n"},
    {"duplicate-id",
     NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,,\n"
            "a,2021-07-05,,,,Kandahar,Daman,,,,contested,,,,\n",
     0,
     "@:3:1: warning: id 'a' also stands on line 2, with other content [duplicate-id]; give each "
     "row an id of its own\n"},
    {"duplicate-row",
     NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,,\n"
            "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,,\n",
     0,
     "@:3:1: warning: id 'a' also stands on line 2, with the same content [duplicate-row]; remove "
     "one of the two rows\n"},
    {"no-actor", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,,,,\n", 1,
     "@:2:12: error: the row claims control and names no actor [no-actor]; write who holds the "
     "district, or use the kind contested\n"},
    {"found-delimiter",
     "date;district;province;kind\n"
     "2021-07-05;Daman;Kandahar;contested\n",
     0,
     "@: note: the cells are separated by semicolons [found-delimiter]; --delimiter says "
     "otherwise\n"},
    {"hxl-row",
     "date,district,province,kind\n"
     "#date,#adm2+name,#adm1+name,#event\n"
     "2021-07-05,Daman,Kandahar,contested\n",
     0, "@:2: note: a row of HXL tags below the header was skipped [hxl-row]\n"},
    {"known-preset",
     ACLED "AFG1,2021-07-05,1,Battles,Armed clash,Taliban,Rebel group,Military Forces of "
           "Afghanistan,State forces,Kandahar,Daman\n",
     0,
     "@:1: note: the table is read as one of ACLED [known-preset]; --preset native reads it as it "
     "stands\n"},
    {"misspelt-column",
     "date,district,province,kind,retratced\n"
     "2021-07-05,Daman,Kandahar,contested,yes\n",
     0,
     "@:1:5: warning: column 'retratced' is not known, and none of its cells is used "
     "[misspelt-column]; if 'retracted' is meant, rename it\n"},
    {"mutual-supersedes",
     NATIVE "a,2021-07-04,,,,Kandahar,Daman,,,,control,Taliban,,b,\n"
            "b,2021-07-05,,,,Kandahar,Daman,,,,contested,,,a,\n",
     0,
     "@:2: warning: supersedes 'b', which supersedes it: neither counts [mutual-supersedes]; let "
     "the row that holds supersede the other\n"
     "@:3: warning: supersedes 'a', which supersedes it: neither counts [mutual-supersedes]; let "
     "the row that holds supersede the other\n"},
    {"mutual-supersedes",
     NATIVE "a,2021-07-04,,,,Kandahar,Daman,,,,control,Taliban,,b,\n"
            "b,2021-07-05,,,,Kandahar,Daman,,,,contested,,,c,\n"
            "c,2021-07-06,,,,Kandahar,Daman,,,,contested,,,a,\n",
     0,
     "@:2: warning: supersedes 'b', which supersedes it by way of others: none of them counts "
     "[mutual-supersedes]; let the row that holds supersede the others\n"
     "@:3: warning: supersedes 'c', which supersedes it by way of others: none of them counts "
     "[mutual-supersedes]; let the row that holds supersede the others\n"
     "@:4: warning: supersedes 'a', which supersedes it by way of others: none of them counts "
     "[mutual-supersedes]; let the row that holds supersede the others\n"},
    {"no-date", NATIVE "a,,,,,Kandahar,Daman,,,,control,Taliban,,,\n", 1,
     "@:2:2: error: the row has no date [no-date]; write the day of the event as YYYY-MM-DD\n"},
    {"no-direction",
     ACLED "AFG1,2021-07-05,1,Strategic developments,Non-violent transfer of "
           "territory,A,Other,B,Other,Kandahar,Daman\n",
     0,
     "@:2:5: warning: the row tells of territory that changed hands and not who gained it, so it "
     "colours nothing [no-direction]; look at its notes, and add a row of your own that names the "
     "actor\n"
     "@:1: note: the table is read as one of ACLED [known-preset]; --preset native reads it as it "
     "stands\n"},
    {"no-district", NATIVE "a,2021-07-05,,,,Kandahar,,,,,clash,,,,\n", 0,
     "@:2:7: warning: the row names a province and no district, so it colours nothing "
     "[no-district]; add the district if the source names it\n"},
    {"no-kind", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,,Taliban,,,\n", 1,
     "@:2:11: error: the row has no kind [no-kind]; write what happened: control, contested, "
     "clash, withdrawal, surrender, border, capital or other\n"},
    {"no-place", NATIVE "a,2021-07-05,,,,,,,,,control,Taliban,,,\n", 1,
     "@:2: error: the row names no district [no-place]; fill in district, pcode, or lon and lat\n"},
    {"no-rows", NATIVE, 0, "@: warning: the file has a header line and no events [no-rows]\n"},
    {"nobody-before",
     "date,district,province,kind,actor,from_actor\n"
     "2021-07-05,Daman,Kandahar,control,Taliban,Unknown\n",
     0,
     "@:2:6: warning: from_actor 'Unknown' names nobody and counts as empty [nobody-before]; leave "
     "it empty, or name who held the district before\n"},
    {"odd-sequence",
     "date,district,province,kind,tags\n"
     "2021-07-05,Daman,Kandahar,contested,\"night;seq:2,officials\"\n",
     0,
     "@:2:5: warning: tag 'seq:2,officials' orders nothing [odd-sequence]; write seq: and a number "
     "from 1 to 999999, and ';' between two tags\n"},
    {"odd-year",
     NATIVE "a,0021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,,\n"
            "b,2201-07-05,,,,Kandahar,Maruf,,,,control,Taliban,,,\n"
            "c,2099-12-31,,,,Kandahar,Nesh,,,,control,Taliban,,,\n",
     0,
     "@:2:2: warning: date '0021-07-05' lies before 1900 or after 2100 [odd-year]; look whether "
     "the "
     "year is right\n"
     "@:3:2: warning: date '2201-07-05' lies before 1900 or after 2100 [odd-year]; look whether "
     "the "
     "year is right\n"},
    {"read-as",
     "event_date,admin2,admin1,kind\n"
     "2021-07-05,Daman,Kandahar,contested\n",
     0,
     "@:1:1: note: column 'event_date' is read as 'date' [read-as]\n"
     "@:1:3: note: column 'admin1' is read as 'province' [read-as]\n"
     "@:1:2: note: column 'admin2' is read as 'district' [read-as]\n"},
    {"reported-early", NATIVE "a,2021-07-05,,,2021-07-01,Kandahar,Daman,,,,control,Taliban,,,\n", 0,
     "@:2:5: warning: reported '2021-07-01' lies before the date of the event [reported-early]; "
     "look at both dates again\n"},
    {"settled-order",
     NATIVE "a,05/07/2021,,,,Kandahar,Daman,,,,control,Taliban,,,\n"
            "b,25/06/2021,,,,Kandahar,Daman,,,,control,Taliban,,,\n",
     0,
     "@:3: note: the dates of 'date' are read as day/month/year, as '25/06/2021' on this line "
     "proves [settled-order]\n"},
    {"short-row", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,contested\n", 0,
     "@:2: note: the row has 11 cells, the header 15 [short-row]; the missing cells count as "
     "empty\n"},
    {"similar-actor",
     NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,,\n"
            "b,2021-07-05,,,,Kandahar,Panjwai,,,,control,Talibn,,,\n"
            "c,2021-07-05,,,,Kandahar,Zheray,,,,control,the taliban,,,\n"
            "d,2021-07-05,,,,Kandahar,Maruf,,,,control,Goverment,,,\n"
            "e,2021-07-05,,,,Kandahar,Nesh,,,,control,Jamiat,,,\n",
     0,
     "@: warning: actor 'Talibn' is taken for another than 'Taliban' [similar-actor]; write one "
     "name in all rows if they are one\n"
     "@: warning: actor 'the taliban' is taken for another than 'Taliban' [similar-actor]; write "
     "one "
     "name in all rows if they are one\n"
     "@: warning: actor 'Goverment' is taken for another than 'Government' [similar-actor]; write "
     "one name in all rows if they are one\n"},
    {"solar-hijri-date", NATIVE "a,1400-04-14,,,,Kandahar,Daman,,,,control,Taliban,,,\n", 0,
     "@:2:2: warning: date '1400-04-14' is taken for a Gregorian date [solar-hijri-date]; if it is "
     "a Solar Hijri date, read the table with --calendar solar-hijri\n"},
    {"superseded-twins",
     NATIVE "a,2021-07-04,,,,Kandahar,Daman,,,,control,Taliban,,,\n"
            "a,2021-07-05,,,,Kandahar,Daman,,,,contested,,,,\n"
            "b,2021-07-06,,,,Kandahar,Daman,,,,control,Taliban,,a,\n"
            "c,2021-07-07,,,,Kandahar,Daman,,,,control,Taliban,,a,yes\n",
     0,
     "@:3:1: warning: id 'a' also stands on line 2, with other content [duplicate-id]; give each "
     "row an id of its own\n"
     "@:4: warning: supersedes 'a', the id of 2 rows: none of them counts [superseded-twins]; give "
     "each row an id of its own\n"},
    {"too-many-cells", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,,,more\n", 1,
     "@:2: error: the row has 16 cells, the header 15 [too-many-cells]; put text that holds a "
     "comma between double quotes\n"},
    {"unknown-column",
     "date,district,province,kind,colour\n"
     "2021-07-05,Daman,Kandahar,contested,red\n",
     0, "@:1:5: note: column 'colour' is not known and not used [unknown-column]\n"},
    {"unknown-supersedes", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,,,control,Taliban,,z,\n", 0,
     "@:2: warning: supersedes 'z', which is the id of no row [unknown-supersedes]; write ids "
     "separated by ';'\n"},
    {"unsure-date", NATIVE "a,05/07/2021,,,,Kandahar,Daman,,,,control,Taliban,,,\n", 1,
     "@:2:2: error: date '05/07/2021' may be two days [unsure-date]; say what comes first, "
     "--date-order dmy or mdy, or write YYYY-MM-DD\n"},
    {"unused-precision",
     NATIVE "a,2021-07-15,2021-07-18,week,,Kandahar,Daman,,,,control,Taliban,,,\n", 0,
     "@:2:4: warning: date_precision 'week' is not used: the row tells of some day from 2021-07-15 "
     "to 2021-07-18 [unused-precision]; leave it empty, or write one day as the date, and no "
     "date_end\n"},
    {"ambiguous-place", NATIVE "a,2021-07-05,,,,,Kohistan,,,,control,Taliban,,,\n", 1,
     "@:2: error: 'Kohistan' fits more than one district [ambiguous-place]; give "
     "the P-code: Kohistan in Faryab (AF2910), Kohistan in Badakhshan (AF1708)\n"},
    {"outside-place", NATIVE "a,2021-07-05,,,,Kunduz,Gul Tapa,,,,control,Taliban,,,\n", 0,
     "@:2: warning: 'Gul Tapa' in 'Kunduz' is a known place and no district: it colours nothing "
     "[outside-place]; a temporary district in Kunduz in Kunduz (AF1901), counted with --universe "
     "421\n"},
    {"pcode-differs", NATIVE "a,2021-07-05,,,,,Sangin,AF1901,,,control,Taliban,,,\n", 1,
     "@:2:8: error: P-code 'AF1901' is that of Kunduz in Kunduz (AF1901), but 'Sangin' is Sangin "
     "in "
     "Hilmand (AF3008) [pcode-differs]; correct the one that is wrong, or leave it empty\n"},
    {"pcode-differs", NATIVE "a,2021-07-05,,,,Takhar,,AF2704,,,control,Taliban,,,\n", 1,
     "@:2:8: error: P-code 'AF2704' is that of Panjwayi in Kandahar (AF2704), which is not in "
     "'Takhar' [pcode-differs]; correct the one that is wrong, or leave it empty\n"},
    {"placed-by-point", NATIVE "a,2021-07-05,,,,,Some village,,65.9,31.2,control,Taliban,,,\n", 0,
     "@:2: warning: 'Some village' is not known, but its point lies in Spin "
     "Boldak in Kandahar (AF2711) [placed-by-point]; the point was taken; is the name a "
     "village's?\n"},
    {"point-elsewhere", NATIVE "a,2021-07-05,,,,Kandahar,Daman,,69.2,34.5,control,Taliban,,,\n", 0,
     "@:2: warning: 'Daman' in 'Kandahar' is AF2703, but its point lies in Kabul in Kabul (AF0101) "
     "[point-elsewhere]; the name was taken; look at both\n"},
    {"unknown-pcode", NATIVE "a,2021-07-05,,,,,AF9999,,,,control,Taliban,,,\n", 1,
     "@:2:7: error: no district has the P-code 'AF9999' [unknown-pcode]; correct it\n"},
    {"unknown-pcode", NATIVE "a,2021-07-05,,,,,Sangin,AF9999,,,control,Taliban,,,\n", 1,
     "@:2:8: error: no district has the P-code 'AF9999' [unknown-pcode]; correct it, or leave it "
     "empty: 'Sangin' alone is Sangin in Hilmand (AF3008)\n"},
    {"unknown-pcode", NATIVE "a,2021-07-05,,,,,Nowhere at all,AF9999,,,control,Taliban,,,\n", 1,
     "@:2:8: error: no district has the P-code 'AF9999' [unknown-pcode]; correct it; 'Nowhere at "
     "all' alone is no district's name that is known\n"},
    {"unknown-pcode", NATIVE "a,2021-07-05,,,,,Marja,T3014,,,control,Taliban,,,\n", 1,
     "@:2:8: error: no district has the P-code 'T3014' [unknown-pcode]; temporary districts have "
     "such codes, and --universe 421 counts them\n"},
    {"unknown-province", NATIVE "a,2021-07-05,,,,Nowhere,Panjwai,,,,control,Taliban,,,\n", 1,
     "@:2:6: error: no province 'Nowhere', so 'Panjwai' joins no district [unknown-province]; "
     "correct it, or leave it empty; nearest: Panjwayi in Kandahar (AF2704)\n"},
    {"unmatched-place", NATIVE "a,2021-07-05,,,,Kandahar,Nowhere at all,,,,control,Taliban,,,\n", 1,
     "@:2: error: no district 'Nowhere at all' in 'Kandahar' [unmatched-place]; nearest: Nurgal in "
     "Kunar (AF1514), Shorabak in Kandahar (AF2714), Maruf in Kandahar (AF2715)\n"},
};

static char *replace(const char *text, const char *path)
{
    g_auto(GStrv) parts = g_strsplit(text, "@", -1);
    return g_strjoinv(path, parts);
}

static void assert_said(Run run, size_t i, const char *path)
{
    g_autofree char *err = replace(cases[i].err, path);
    g_autofree char *code = g_strdup_printf("[%s]", cases[i].code);
    g_assert_nonnull(strstr(err, code));
    g_assert_cmpstr(run.err, ==, err);
    g_assert_cmpint(run.status, ==, cases[i].status);
    run_clear(&run);
}

static void every_message_has_its_text(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_file("t.csv", cases[i].csv);
        assert_said(run_evmap("check -v --events %s", path), i, path);
        assert_said(run_evmap_with(cases[i].csv, NULL, "check -v --events -"), i, "-");
    }
}

static void a_file_named_twice_is_noticed(void)
{
    g_autofree char *a = write_file("a.csv", "date,district,kind\n2021-07-05,Daman,contested\n");
    g_autofree char *b = write_file("b.csv", "date,district,kind\n2021-07-05,Daman,contested\n");
    g_autofree char *err = g_strdup_printf(
        "%s: warning: the file is the same as %s, byte for byte [duplicate-file]; name each file "
        "once, or its rows count twice\n",
        b, a);
    Run run = run_evmap("check -q --events %s %s", a, b);
    g_assert_cmpstr(run.err, ==, err);
    run_clear(&run);
}

/* A row that was taken back is drawn when nobody reads that it was. */
static void a_misspelt_column_is_told_without_asking(void)
{
    Run run = run_evmap_with("date,district,province,kind,retratced\n"
                             "2021-07-05,Daman,Kandahar,contested,yes\n",
                             NULL, "status --date 2021-07-05 --area Kandahar --events -");
    g_assert_cmpstr(run.err, ==, "evmap: 1 warning about the data: -v shows it\n");
    run_clear(&run);
}

static void rows_without_an_id_supersede_too(void)
{
    Run run = run_evmap_with(NATIVE ",2021-07-04,,,,Kandahar,Daman,,,,control,Taliban,,b,\n"
                                    "b,2021-07-05,,,,Kandahar,Daman,,,,contested,,,stdin:2,\n",
                             NULL, "check -q --events -");
    g_assert_cmpstr(run.err, ==,
                    "-:2: warning: supersedes 'b', which supersedes it: neither counts "
                    "[mutual-supersedes]; let the row that holds supersede the other\n"
                    "-:3: warning: supersedes 'stdin:2', which supersedes it: neither counts "
                    "[mutual-supersedes]; let the row that holds supersede the other\n");
    run_clear(&run);
}

static void utf_16_is_noticed(void)
{
    static const char text[] = "\xFE\xFF\0d\0a\0t\0e\0,\0d\0i\0s\0t\0r\0i\0c\0t\0,\0k\0i\0n\0d\0\n";
    g_autofree char *path = g_build_filename(test_folder(), "utf16.csv", NULL);
    g_assert_true(g_file_set_contents(path, text, sizeof text - 1, NULL));
    g_autofree char *err =
        g_strdup_printf("%s: warning: the file has a header line and no events [no-rows]\n"
                        "%s: note: the text is utf-16be [found-encoding]\n",
                        path, path);
    Run run = run_evmap("check -v --events %s", path);
    g_assert_cmpstr(run.err, ==, err);
    run_clear(&run);
}

/* Codes of docs/diagnostics.md, up to those of boundary files. */
static void every_documented_code_has_a_case(void)
{
    g_autofree char *text = NULL;
    g_assert_true(
        g_file_get_contents(EVM_TEST_SOURCE_DIR "/docs/diagnostics.md", &text, NULL, NULL));
    char *end = strstr(text, "`second-polygon`");
    g_assert_nonnull(end);
    *end = '\0';
    int count = 0;
    for (char *at = text; (at = strstr(at, "\n| `")); count++) {
        at += strlen("\n| `");
        g_autofree char *code = g_strndup(at, strcspn(at, "`"));
        bool has_case = strcmp(code, "duplicate-file") == 0 ||
                        strcmp(code, "found-encoding") == 0 ||
                        strcmp(code, "kept-whole") == 0; /* test_large.c */
        for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
            has_case |= strcmp(code, cases[i].code) == 0;
        if (!has_case)
            g_test_fail_printf("no case for %s", code);
    }
    g_assert_cmpint(count, >, 30);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/diagnostics/texts", every_message_has_its_text);
    g_test_add_func("/cli/diagnostics/duplicate-file", a_file_named_twice_is_noticed);
    g_test_add_func("/cli/diagnostics/misspelt-column", a_misspelt_column_is_told_without_asking);
    g_test_add_func("/cli/diagnostics/made-up-ids", rows_without_an_id_supersede_too);
    g_test_add_func("/cli/diagnostics/encoding", utf_16_is_noticed);
    g_test_add_func("/cli/diagnostics/documented", every_documented_code_has_a_case);
    return finish_tests();
}
