#include <glib.h>

#include "tests/unit/events/events_testing.h"

static EvmEvents *parse_with(const char *csv, const EvmEventOptions *options,
                             EvmDiagnostics *diagnostics)
{
    GError *error = NULL;
    EvmEvents *events = evm_events_parse("t.csv", csv, strlen(csv), options, diagnostics, &error);
    g_assert_no_error(error);
    return events;
}

/* "2021-07-05..2021-07-07 control Taliban<Government Kandahar/Panjwayi @67.1,31.5\n" */
static char *events_to_text(const EvmEvents *events)
{
    GString *out = g_string_new(NULL);
    char text[EVM_DATE_TEXT_SIZE];
    for (size_t i = 0; i < events->count; i++) {
        const EvmEvent *event = &events->items[i];
        g_string_append(out, evm_date_format(event->date, text));
        if (!evm_date_is_none(event->date_end))
            g_string_append_printf(out, "..%s", evm_date_format(event->date_end, text));
        g_string_append_printf(out, " %s %s", evm_kind_format(event->kind), event->actor);
        if (*event->from_actor)
            g_string_append_printf(out, "<%s", event->from_actor);
        g_string_append_printf(out, " %s/%s", event->province, event->district);
        if (event->has_point)
            g_string_append_printf(out, " @%g,%g", event->lon_deg, event->lat_deg);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void assert_read(const char *csv, const EvmEventOptions *options, const char *expected,
                        const char *messages)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmEvents *events = parse_with(csv, options, diagnostics);
    g_autofree char *text = events_to_text(events);
    g_autofree char *said = diagnostics_to_text(diagnostics);
    g_assert_cmpstr(text, ==, expected);
    g_assert_cmpstr(said, ==, messages);
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
}

#define ACLED                                                                                      \
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,"      \
    "inter2,admin1,admin2,latitude,longitude,geo_precision,source,notes,tags\n"
#define IS_ACLED                                                                                   \
    "note known-preset t.csv:1:0 the table is read as one of ACLED | --preset native reads it "    \
    "as it stands\n"

static void test_acled_transfers_name_who_gained(void)
{
    assert_read(
        ACLED
        "AFG1,2021-07-04,1,Battles,Non-state actor overtakes territory,Taliban,Rebel group,"
        "Police Forces of Afghanistan (2004-2021) Local Police,State forces,Kandahar,Panjwayi,"
        "31.5,67.1,1,TOLOnews;Pajhwok,Fell,\n"
        "AFG2,05 July 2021,1,Battles,Non-state actor overtakes territory,"
        "Military Forces of Afghanistan (2004-2021),1,Taliban,2,Kunduz,Khanabad,,,1,,,\n"
        "AFG3,06-07-2021,1,Battles,Government regains territory,Taliban,2,"
        "Military Forces of Afghanistan (2004-2021),1,Badghis,Qala-e-Naw,,,1,,,\n"
        "AFG4,2021-07-07,1,Strategic developments,Non-violent transfer of territory,Taliban,"
        "2,,,Badakhshan,Wakhan,,,1,,,\n",
        NULL,
        "2021-07-04 control Taliban<Government Kandahar/Panjwayi @67.1,31.5\n"
        "2021-07-05 control Taliban<Government Kunduz/Khanabad\n"
        "2021-07-06 control Government<Taliban Badghis/Qala-e-Naw\n"
        "2021-07-07 control Taliban Badakhshan/Wakhan\n",
        IS_ACLED);
}

static void test_acled_transfer_without_direction_colours_nothing(void)
{
    assert_read(ACLED "AFG1,2021-07-04,1,Strategic developments,Non-violent transfer of territory,"
                      "Taliban,2,Military Forces of Afghanistan (2004-2021),1,Kunduz,Khanabad,"
                      ",,1,,,\n",
                NULL, "2021-07-04 other Taliban Kunduz/Khanabad\n",
                IS_ACLED "warning no-direction t.csv:2:5 the row tells of territory that changed "
                         "hands and not who gained it, so it colours nothing | look at its notes, "
                         "and add a row of your own that names the actor\n");
}

static void test_acled_precision_is_a_span_around_the_date(void)
{
    assert_read(ACLED "AFG1,2021-07-04,2,Battles,Armed clash,Taliban,2,,,Kunduz,Khanabad,,,1,,,\n"
                      "AFG2,2021-07-15,3,Battles,Armed clash,Taliban,2,,,Kunduz,Khanabad,,,1,,,\n"
                      "AFG3,2021-07-15,4,Battles,Armed clash,Taliban,2,,,Kunduz,Khanabad,,,1,,,\n",
                NULL,
                "2021-07-01..2021-07-07 clash Taliban Kunduz/Khanabad\n"
                "2021-07-01..2021-07-31 clash Taliban Kunduz/Khanabad\n",
                IS_ACLED "error bad-precision t.csv:4:3 time_precision '4' is not a known word | "
                         "use one of: day, status, week, month, mid-week, mid-month\n");
}

static void test_acled_larger_region_is_no_district(void)
{
    assert_read(ACLED "AFG1,2021-07-04,1,Battles,Non-state actor overtakes territory,Taliban,2,"
                      "Military Forces of Afghanistan (2004-2021),1,Kunduz,Kunduz,36.7,68.8,3,,,\n",
                NULL, "2021-07-04 other Taliban<Government Kunduz/\n",
                IS_ACLED "warning no-district t.csv:2:11 the row names a province and no district, "
                         "so it colours nothing | add the district if the source names it\n");
}

static void test_acled_other_names_stay_as_they_are(void)
{
    assert_read(ACLED "AFG1,2021-07-04,1,Battles,Armed clash,Taliban (Pakistan),2,,,Kunar,Dangam,"
                      ",,1,,,\n"
                      "AFG2,2023-07-04,1,Explosions/Remote violence,Grenade,"
                      "Military Forces of Afghanistan (2021-),1,,,Kunar,Dangam,,,1,,,\n",
                NULL,
                "2021-07-04 clash Taliban (Pakistan) Kunar/Dangam\n"
                "2023-07-04 other Taliban Kunar/Dangam\n",
                IS_ACLED);
}

static void test_a_row_of_hxl_tags_is_skipped(void)
{
    assert_read("date,kind,district\n#date,#event+kind,#adm2\n2021-07-04,clash,Burka\n", NULL,
                "2021-07-04 clash  /Burka\n",
                "note hxl-row t.csv:2:0 a row of HXL tags below the header was skipped\n");
}

static void test_ucdp_without_a_header_needs_to_be_named(void)
{
    static const EvmEventOptions ucdp = {.preset = "ucdp"};
    GString *csv = g_string_new("101,AFG-1,2021,1,Clear,1,3,3,c,4,4,d,5,130,"
                                "Government of Afghanistan,6,303,Taleban,1,article,Reuters News,"
                                "2021-07-05,Clash in Kunduz,orig,");
    g_string_append(csv, "3,place,text,Kunduz province,Khanabad district,36.7,68.9,wkt,1,"
                         "Afghanistan,700,Asia,1,2,2021-07-03 00:00:00.000,"
                         "2021-07-05 00:00:00.000,1,2,3,4,5,6,7,8,9\n");
    assert_read(csv->str, &ucdp,
                "2021-07-03..2021-07-05 clash Government Kunduz province/Khanabad district "
                "@68.9,36.7\n",
                "note known-preset t.csv:1:0 the table is read as one of UCDP GED, whose columns "
                "it does not name\n");
    assert_not_events(csv->str, "t.csv:1: no column 'date' (--map NAME=date says which one it is); "
                                "the header line has '101', 'AFG-1', "
                                "'2021', '1', 'Clear', '1', '3', '3', 'c', '4', '4', 'd', '5', "
                                "'130', 'Government of Afghanistan', '6', '303', 'Taleban', '1', "
                                "'article', 'Reuters News', '2021-07-05', 'Clash in Kunduz', "
                                "'orig', '3', 'place', 'text', 'Kunduz province', 'Khanabad "
                                "district', '36.7', …");
    g_string_free(csv, TRUE);
}

static void test_ucdp_province_precision_is_no_district(void)
{
    assert_read("id,type_of_violence,where_prec,date_prec,date_start,date_end,side_a,adm_1,adm_2,"
                "latitude,longitude\n"
                "7,3,4,1,2021-07-05,2021-07-05,Taleban,Kunduz province,,36.7,68.9\n",
                NULL, "2021-07-05..2021-07-05 other Taliban Kunduz province/\n",
                "note known-preset t.csv:1:0 the table is read as one of UCDP GED | --preset "
                "native reads it as it stands\n"
                "warning no-district t.csv:2:9 the row names a province and no district, so it "
                "colours nothing | add the district if the source names it\n");
}

static void test_gtd_zero_month_or_day_is_not_known(void)
{
    assert_read("ï..eventid,iyear,imonth,iday,provstate,latitude,longitude,specificity,"
                "attacktype1_txt,gname,summary\n"
                "202107050001,2020,7,5,Kunduz,36.7,68.9,1,Armed Assault,Taliban,x\n"
                "202107000001,2020,7,0,Kunduz,36.7,68.9,2,Armed Assault,Taliban,x\n"
                "202100000001,2020,0,0,Kunduz,36.7,68.9,5,Armed Assault,Taliban,x\n"
                "202113000001,2020,13,1,Kunduz,36.7,68.9,1,Armed Assault,Taliban,x\n",
                NULL,
                "2020-07-05 other Taliban Kunduz/ @68.9,36.7\n"
                "2020-07-01..2020-07-31 other Taliban Kunduz/ @68.9,36.7\n"
                "2020-01-01..2020-12-31 other Taliban Kunduz/\n",
                "note known-preset t.csv:1:0 the table is read as one of GTD | --preset native "
                "reads it as it stands\n"
                "warning no-district t.csv:4:0 the row names a province and no district, so it "
                "colours nothing | add the district if the source names it\n"
                "error bad-date t.csv:5:2 iyear '2020-13-01' is not a date | write a real day as "
                "YYYY-MM-DD, such as 2021-07-05\n");
}

static void test_columns_are_mapped(void)
{
    static const char *const map[] = {"ort=district", "wer=actor", "was=kind", NULL};
    static const EvmEventOptions options = {.map = map};
    assert_read("date,Ort,wer,was,ADM1_EN\n2021-07-05,Burka,Taliban,control,Baghlan\n", &options,
                "2021-07-05 control Taliban Baghlan/Burka\n",
                "note read-as t.csv:1:5 column 'ADM1_EN' is read as 'province'\n"
                "note read-as t.csv:1:2 column 'Ort' is read as 'district'\n"
                "note read-as t.csv:1:4 column 'was' is read as 'kind'\n"
                "note read-as t.csv:1:3 column 'wer' is read as 'actor'\n");
    GError *error = NULL;
    static const char csv[] = "date,district,kind\n";
    g_assert_null(evm_events_parse("t.csv", csv, strlen(csv), &options, NULL, &error));
    g_assert_cmpstr(error->message, ==,
                    "t.csv:1: no column 'ort', which --map names; the header line has 'date', "
                    "'district', 'kind'");
    g_error_free(error);
}

static void test_the_column_settles_the_order_of_its_dates(void)
{
    assert_read("date,kind,district\n05/07/2021,clash,Burka\n25/07/2021,clash,Burka\n", NULL,
                "2021-07-05 clash  /Burka\n2021-07-25 clash  /Burka\n",
                "note settled-order t.csv:3:0 the dates of 'date' are read as day/month/year, as "
                "'25/07/2021' on this line proves\n");
    assert_read("date,kind,district\n07/05/2021,clash,Burka\n07/25/2021,clash,Burka\n", NULL,
                "2021-07-05 clash  /Burka\n2021-07-25 clash  /Burka\n",
                "note settled-order t.csv:3:0 the dates of 'date' are read as month/day/year, as "
                "'07/25/2021' on this line proves\n");
}

static void test_a_column_that_contradicts_itself_settles_nothing(void)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmEvents *events =
        parse_events("date,kind,district\n05/07/2021,clash,Burka\n25/07/2021,clash,Burka\n"
                     "07/25/2021,clash,Burka\n",
                     diagnostics);
    g_assert_cmpuint(events->count, ==, 0);
    g_assert_cmpuint(events->refused, ==, 3);
    g_assert_cmpstr(evm_diagnostics_at(diagnostics, 0)->code, ==, "unsure-date");
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
}

static void test_one_column_does_not_settle_another(void)
{
    assert_read("date,kind,district,reported\n05/07/2021,clash,Burka,25/07/2021\n", NULL, "",
                "note settled-order t.csv:2:0 the dates of 'reported' are read as day/month/year, "
                "as '25/07/2021' on this line proves\n"
                "error unsure-date t.csv:2:1 date '05/07/2021' may be two days | say what comes "
                "first, --date-order dmy or mdy, or write YYYY-MM-DD\n");
}

static void test_reading_again_forgets_the_first_time(void)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmEvents *events = parse_events("id,date,kind,district\nE1,2021-07-01,clash,Burka\n"
                                     "E1,05/07/2021,clash,Burka\nE2,25/07/2021,clash,Burka\n,,,\n",
                                     diagnostics);
    g_autofree char *said = diagnostics_to_text(diagnostics);
    g_assert_cmpuint(events->rows, ==, 3);
    g_assert_cmpuint(events->count, ==, 3);
    g_assert_cmpstr(said, ==,
                    "note settled-order t.csv:4:0 the dates of 'date' are read as day/month/year, "
                    "as '25/07/2021' on this line proves\n"
                    "warning duplicate-id t.csv:3:1 id 'E1' also stands on line 2, with other "
                    "content | give each row an id of its own\n"
                    "note blank-rows t.csv:5:0 1 row without any text skipped, the first on this "
                    "line\n");
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
}

static void test_what_was_found_out_is_noted(void)
{
    assert_read("date;kind;district\n2021-07-05;clash;Burka\n", NULL, "2021-07-05 clash  /Burka\n",
                "note found-delimiter t.csv:0:0 the cells are separated by semicolons | "
                "--delimiter says otherwise\n");
    static const EvmEventOptions asked = {.dialect = {.delimiter = ';'}};
    assert_read("date;kind;district\n2021-07-05;clash;Burka\n", &asked,
                "2021-07-05 clash  /Burka\n", "");
}

static void test_windows_1256_when_asked(void)
{
    static const EvmEventOptions asked = {.dialect = {.encoding = "windows-1256"}};
    assert_read("date,kind,district\n2021-07-05,clash,\xC8\xDB\xE1\xC7\xE4\n", &asked,
                "2021-07-05 clash  /بغلان\n", "");
    static const char csv[] = "\xEF\xBB\xBF"
                              "date,kind,district\n";
    GError *error = NULL;
    g_assert_null(evm_events_parse("t.csv", csv, strlen(csv), &asked, NULL, &error));
    g_assert_cmpstr(error->message, ==,
                    "t.csv: the file is marked as utf-8, and is to be read as windows-1256; leave "
                    "the encoding out");
    g_error_free(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/events/preset/" #name, test_##name)
    ADD(acled_transfers_name_who_gained);
    ADD(acled_transfer_without_direction_colours_nothing);
    ADD(acled_precision_is_a_span_around_the_date);
    ADD(acled_larger_region_is_no_district);
    ADD(acled_other_names_stay_as_they_are);
    ADD(a_row_of_hxl_tags_is_skipped);
    ADD(ucdp_without_a_header_needs_to_be_named);
    ADD(ucdp_province_precision_is_no_district);
    ADD(gtd_zero_month_or_day_is_not_known);
    ADD(columns_are_mapped);
    ADD(the_column_settles_the_order_of_its_dates);
    ADD(a_column_that_contradicts_itself_settles_nothing);
    ADD(one_column_does_not_settle_another);
    ADD(reading_again_forgets_the_first_time);
    ADD(what_was_found_out_is_noted);
    ADD(windows_1256_when_asked);
    return g_test_run();
}
