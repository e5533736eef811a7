#include <glib.h>

#include "tests/unit/events/events_testing.h"

static void test_every_column_is_read(void)
{
    EvmEvents *events = parse_events(
        "id,date,date_end,date_precision,reported,province,district,pcode,lon,lat,kind,actor,"
        "from_actor,confidence,source,url,headline,tags,supersedes,retracted\n"
        "E-1,2021-07-03,2021-07-07,status,2021-07-08,Kunduz,Imam Sahib,AF1906,68.77,37.18,control,"
        "Taliban,Government,high,TOLOnews,https://example.org/1,\"Fell, sources say\","
        "seq:1;night,E-0,yes\n",
        NULL);
    const EvmEvent *event = &events->items[0];
    char text[EVM_DATE_TEXT_SIZE];
    g_assert_cmpstr(event->id, ==, "E-1");
    g_assert_cmpstr(evm_date_format(event->date, text), ==, "2021-07-03");
    g_assert_cmpstr(evm_date_format(event->date_end, text), ==, "2021-07-07");
    g_assert_cmpstr(evm_date_format(event->reported, text), ==, "2021-07-08");
    g_assert_cmpint(event->precision, ==, EVM_PRECISION_STATUS);
    g_assert_cmpstr(event->province, ==, "Kunduz");
    g_assert_cmpstr(event->district, ==, "Imam Sahib");
    g_assert_cmpstr(event->pcode, ==, "AF1906");
    g_assert_true(event->has_point);
    g_assert_cmpfloat(event->lon_deg, ==, 68.77);
    g_assert_cmpfloat(event->lat_deg, ==, 37.18);
    g_assert_cmpint(event->kind, ==, EVM_KIND_CONTROL);
    g_assert_cmpstr(event->actor, ==, "Taliban");
    g_assert_cmpstr(event->from_actor, ==, "Government");
    g_assert_cmpint(event->confidence, ==, EVM_CONFIDENCE_HIGH);
    g_assert_cmpstr(event->source, ==, "TOLOnews");
    g_assert_cmpstr(event->url, ==, "https://example.org/1");
    g_assert_cmpstr(event->headline, ==, "Fell, sources say");
    g_assert_true(evm_event_has_tag(event, "night"));
    g_assert_cmpstr(event->supersedes, ==, "E-0");
    g_assert_true(event->is_retracted);
    g_assert_cmpuint(event->file, ==, 0);
    g_assert_cmpuint(event->line, ==, 2);
    evm_events_free(events);
}

static void test_empty_cells_have_defaults(void)
{
    EvmEvents *events = parse_events("id,date,date_end,date_precision,reported,district,kind,"
                                     "confidence,lon,lat,retracted\n"
                                     ",2021-07-03,,,,Burka,clash,,,,\n",
                                     NULL);
    const EvmEvent *event = &events->items[0];
    g_assert_cmpstr(event->id, ==, "t.csv:2");
    g_assert_true(evm_date_is_none(event->date_end));
    g_assert_true(evm_date_is_none(event->reported));
    g_assert_cmpint(event->precision, ==, EVM_PRECISION_DAY);
    g_assert_cmpint(event->confidence, ==, EVM_CONFIDENCE_MEDIUM);
    g_assert_false(event->has_point);
    g_assert_false(event->is_retracted);
    g_assert_cmpstr(event->province, ==, "");
    g_assert_cmpstr(event->headline, ==, "");
    g_assert_cmpstr(event->supersedes, ==, "");
    evm_events_free(events);
}

static void test_bad_date_says_what_is_expected(void)
{
    assert_diagnosed("district,kind,date\nBurka,clash,2021-02-29\nBurka,clash,2021-W27-1\n", 0,
                     "error bad-date t.csv:2:3 date '2021-02-29' is not a date | write a real day "
                     "as YYYY-MM-DD, such as 2021-07-05\n"
                     "error bad-date t.csv:3:3 date '2021-W27-1' is not a date | write a real day "
                     "as YYYY-MM-DD, such as 2021-07-05\n");
    assert_diagnosed("district,kind,date,reported,date_end\nBurka,clash,2021-02-28,x,y\n", 0,
                     "error bad-date t.csv:2:5 date_end 'y' is not a date | write a real day "
                     "as YYYY-MM-DD, such as 2021-07-05\n"
                     "error bad-date t.csv:2:4 reported 'x' is not a date | write a real day "
                     "as YYYY-MM-DD, such as 2021-07-05\n");
}

static void test_solar_hijri_years_are_pointed_out(void)
{
    assert_diagnosed(
        "district,kind,date\n"
        "Burka,clash,1400-04-14\nBurka,clash,1400/04/14\nBurka,clash,1399-12-31\n"
        "Burka,clash,1400-02-31\nBurka,clash,1299-01-01\nBurka,clash,1451-01-01\n"
        "Burka,clash,1450-12-31\nBurka,clash,1300-01-01\n",
        6,
        "warning solar-hijri-date t.csv:2:3 date '1400-04-14' is taken for a "
        "Gregorian date | if it is a Solar Hijri date, read the table with --calendar solar-hijri\n"
        "error bad-date t.csv:3:3 date '1400/04/14' is not a date | this looks like a "
        "Solar Hijri date: --calendar solar-hijri reads it\n"
        "warning solar-hijri-date t.csv:4:3 date '1399-12-31' is taken for a "
        "Gregorian date | if it is a Solar Hijri date, read the table with --calendar solar-hijri\n"
        "error bad-date t.csv:5:3 date '1400-02-31' is not a date | this looks like a "
        "Solar Hijri date: --calendar solar-hijri reads it\n"
        "warning odd-year t.csv:6:3 date '1299-01-01' lies before 1900 or after 2100 | look "
        "whether "
        "the year is right\n"
        "warning odd-year t.csv:7:3 date '1451-01-01' lies before 1900 or after 2100 | look "
        "whether "
        "the year is right\n"
        "warning solar-hijri-date t.csv:8:3 date '1450-12-31' is taken for a "
        "Gregorian date | if it is a Solar Hijri date, read the table with --calendar solar-hijri\n"
        "warning solar-hijri-date t.csv:9:3 date '1300-01-01' is taken for a "
        "Gregorian date | if it is a Solar Hijri date, read the table with --calendar "
        "solar-hijri\n");
}

static void test_dates_are_set_against_each_other(void)
{
    assert_diagnosed("district,kind,date,date_end,reported\n"
                     "Burka,clash,2021-07-05,2021-07-04,\n"
                     "Burka,clash,2021-07-05,2021-07-05,2021-07-05\n"
                     "Burka,clash,2021-07-05,,2021-07-04\n",
                     2,
                     "error date-order t.csv:2:4 date_end '2021-07-04' lies before the date | swap "
                     "the two, or leave date_end empty\n"
                     "warning reported-early t.csv:4:5 reported '2021-07-04' lies before the date "
                     "of the event | look at both dates again\n");
}

/* The days between which "date,date_end,date_precision" says it happened, and how sure it is. */
static void assert_days(const char *cells, const char *begin, const char *effective,
                        const char *precision)
{
    char first[EVM_DATE_TEXT_SIZE], last[EVM_DATE_TEXT_SIZE];
    g_autofree char *csv =
        g_strdup_printf("date,date_end,date_precision,district,kind\n%s,Burka,clash\n", cells);
    EvmEvents *events = parse_events(csv, NULL);
    g_assert_cmpuint(events->count, ==, 1);
    const EvmEvent *event = &events->items[0];
    g_assert_cmpstr(evm_date_format(evm_event_begin_at(event), first), ==, begin);
    g_assert_cmpstr(evm_date_format(evm_event_effective_at(event), last), ==, effective);
    g_assert_cmpstr(evm_precision_format(event->precision), ==, precision);
    evm_events_free(events);
}

static void test_the_same_day_as_date_end_is_no_span(void)
{
    assert_days("2021-07-15,2021-07-15,day", "2021-07-15", "2021-07-15", "day");
    assert_days("2021-07-15,2021-07-15,week", "2021-07-09", "2021-07-15", "week");
    assert_days("2021-07-15,2021-07-15,month", "2021-06-16", "2021-07-15", "month");
    assert_days("2021-07-15,2021-07-15,mid-week", "2021-07-12", "2021-07-18", "mid-week");
    assert_days("2021-07-15,2021-07-15,mid-month", "2021-07-01", "2021-07-31", "mid-month");
    assert_diagnosed("date,date_end,date_precision,district,kind\n"
                     "2021-07-15,2021-07-15,month,Burka,clash\n",
                     1, "");
}

static void test_a_span_comes_before_a_precision(void)
{
    assert_days("2021-07-15,2021-07-18,week", "2021-07-15", "2021-07-18", "span");
    assert_days("2021-07,,week", "2021-07-01", "2021-07-31", "mid-month");
    assert_diagnosed("date,date_end,date_precision,district,kind\n"
                     "2021-07-15,2021-07-18,week,Burka,clash\n"
                     "2021-07-15,2021-07-18,mid-month,Burka,clash\n"
                     "2021-07-15,2021-07-18,day,Burka,clash\n"
                     "2021-07-15,2021-07-18,status,Burka,clash\n"
                     "2021-07-15,2021-07-14,week,Burka,clash\n"
                     "2021-07,,mid-week,Burka,clash\n"
                     "2021,,month,Burka,clash\n",
                     6,
                     "warning unused-precision t.csv:2:3 date_precision 'week' is not used: the "
                     "row tells of some day from 2021-07-15 to 2021-07-18 | leave it empty, or "
                     "write one day as the date, and no date_end\n"
                     "warning unused-precision t.csv:3:3 date_precision 'mid-month' is not used: "
                     "the row tells of some day from 2021-07-15 to 2021-07-18 | leave it empty, or "
                     "write one day as the date, and no date_end\n"
                     "error date-order t.csv:6:2 date_end '2021-07-14' lies before the date | swap "
                     "the two, or leave date_end empty\n"
                     "warning unused-precision t.csv:7:3 date_precision 'mid-week' is not used: "
                     "the row tells of some day from 2021-07-01 to 2021-07-31 | leave it empty, or "
                     "write one day as the date, and no date_end\n"
                     "warning unused-precision t.csv:8:3 date_precision 'month' is not used: the "
                     "row tells of some day from 2021-01-01 to 2021-12-31 | leave it empty, or "
                     "write one day as the date, and no date_end\n");
}

static void test_every_row_has_the_precision_of_its_dates(void)
{
    assert_days("2021-07-15,,", "2021-07-15", "2021-07-15", "day");
    assert_days("2021-07-15,,week", "2021-07-09", "2021-07-15", "week");
    assert_days("2021-07-15,,month", "2021-06-16", "2021-07-15", "month");
    assert_days("2021-07-15,,mid-week", "2021-07-12", "2021-07-18", "mid-week");
    assert_days("2021-07-15,,mid-month", "2021-07-01", "2021-07-31", "mid-month");
    assert_days("2021-07,,", "2021-07-01", "2021-07-31", "mid-month");
    assert_days("2021-07,,month", "2021-07-01", "2021-07-31", "mid-month");
    assert_days("2021-07-01,2021-07-31,day", "2021-07-01", "2021-07-31", "mid-month");
    assert_days("2021,,", "2021-01-01", "2021-12-31", "span");
    assert_days("2021-07-03/2021-07-07,,", "2021-07-03", "2021-07-07", "span");
    assert_days("2021-07-03,2021-07-07,day", "2021-07-03", "2021-07-07", "span");
    assert_days("2021-07-03,2021-07-07,status", "2021-07-03", "2021-07-07", "status");
    assert_days("../2021-07-05,,day", "2021-07-05", "2021-07-05", "status");
}

/* It says the same as the date. */
static void test_a_month_may_be_called_one(void)
{
    assert_diagnosed("date,date_end,date_precision,district,kind\n"
                     "2021-07,,month,Burka,clash\n"
                     "2021-07,,mid-month,Burka,clash\n"
                     "2021-07-01,2021-07-31,month,Burka,clash\n",
                     3, "");
}

static void test_an_open_start_means_status(void)
{
    static const char csv[] = "date,date_precision,district,kind\n"
                              "../2021-07-05,,Burka,clash\n"
                              "../2021-07-05,day,Burka,clash\n"
                              "../2021-07-05,status,Burka,clash\n"
                              "../2021-07-05,week,Burka,clash\n";
    EvmEvents *events = parse_events(csv, NULL);
    g_assert_cmpuint(events->count, ==, 4);
    for (size_t i = 0; i < 4; i++)
        g_assert_cmpint(events->items[i].precision, ==, EVM_PRECISION_STATUS);
    evm_events_free(events);
    assert_diagnosed(csv, 4,
                     "warning unused-precision t.csv:5:2 date_precision 'week' is not used: '../' "
                     "before the date means status | leave it empty, or write one day as the "
                     "date, and no date_end\n");
}

static void test_words_outside_the_closed_lists_are_refused(void)
{
    assert_diagnosed(
        "date,district,kind,date_precision,confidence,retracted\n"
        "2021-07-05,Burka,clahs,days,sure,maybe\n"
        "2021-07-05,Burka,Clash,WEEK,High,No\n",
        1,
        "error bad-kind t.csv:2:3 kind 'clahs' is not a known word | is 'clash' meant? Known: "
        "control, contested, clash, withdrawal, surrender, border, capital, other\n"
        "error bad-precision t.csv:2:4 date_precision 'days' is not a known word | is 'day' meant? "
        "Known: day, status, week, month, mid-week, mid-month\n"
        "error bad-confidence t.csv:2:5 confidence 'sure' is not a known word | use one of: low, "
        "medium, high\n"
        "error bad-retracted t.csv:2:6 retracted 'maybe' is not a known word | use one of: 1, yes, "
        "true, 0, no, false\n");
}

static void test_date_and_kind_are_required(void)
{
    assert_diagnosed("date,district,kind\n,Burka,\n", 0,
                     "error no-date t.csv:2:1 the row has no date | write the day of the event as "
                     "YYYY-MM-DD\n"
                     "error no-kind t.csv:2:3 the row has no kind | write what happened: control, "
                     "contested, clash, withdrawal, surrender, border, capital or other\n");
}

static void test_retracted_words(void)
{
    EvmEvents *events = parse_events("date,district,kind,retracted\n"
                                     "2021-07-05,Burka,clash,1\n2021-07-05,Burka,clash,TRUE\n"
                                     "2021-07-05,Burka,clash,yes\n2021-07-05,Burka,clash,0\n"
                                     "2021-07-05,Burka,clash,false\n2021-07-05,Burka,clash,no\n",
                                     NULL);
    g_assert_cmpuint(events->count, ==, 6);
    for (size_t i = 0; i < 6; i++)
        g_assert_true(events->items[i].is_retracted == (i < 3));
    evm_events_free(events);
}

static void test_point_must_be_whole_and_on_the_globe(void)
{
    assert_diagnosed(
        "date,kind,district,lon,lat\n"
        "2021-07-05,clash,Burka,69.1,\n"
        "2021-07-05,clash,Burka,,34.5\n"
        "2021-07-05,clash,Burka,\"69,1\",34.5\n"
        "2021-07-05,clash,Burka,inf,1e308\n"
        "2021-07-05,clash,,180,-90\n",
        1,
        "error bad-point t.csv:2:4 the row has a lon and no lat | give both or none\n"
        "error bad-point t.csv:3:5 the row has a lat and no lon | give both or none\n"
        "error bad-point t.csv:4:4 lon '69,1' is not a number | write decimal degrees, "
        "such as lon 69.1541 and lat 34.5195\n"
        "error bad-point t.csv:5:4 lon 'inf' is not a number | write decimal degrees, "
        "such as lon 69.1541 and lat 34.5195\n"
        "error bad-point t.csv:5:5 lat '1e308' is no place on the globe | write "
        "decimal degrees, such as lon 69.1541 and lat 34.5195\n");
}

static void test_claim_needs_a_place(void)
{
    assert_diagnosed("date,kind,actor,province,district,pcode,lon,lat\n"
                     "2021-07-05,control,Taliban,Kunduz,,,,\n"
                     "2021-07-05,contested,,Kunduz,,,,\n"
                     "2021-07-05,control,Taliban,,,AF1901,,\n"
                     "2021-07-05,control,Taliban,,,,68.8,36.7\n",
                     2,
                     "error no-place t.csv:2:0 the row names no district | fill in district, "
                     "pcode, or lon and lat\n"
                     "error no-place t.csv:3:0 the row names no district | fill in district, "
                     "pcode, or lon and lat\n");
}

static void test_other_events_may_name_a_province_only(void)
{
    assert_diagnosed("date,kind,province,district\n"
                     "2021-07-05,withdrawal,Baghlan,\n"
                     "2021-07-05,withdrawal,,\n",
                     1,
                     "warning no-district t.csv:2:4 the row names a province and no district, so "
                     "it colours nothing | add the district if the source names it\n"
                     "error no-place t.csv:3:0 the row names no district | fill in district, "
                     "pcode, or lon and lat\n");
}

static void test_control_needs_an_actor_and_contested_does_not(void)
{
    assert_diagnosed("date,kind,district,actor\n"
                     "2021-07-05,control,Burka,\n"
                     "2021-07-05,contested,Burka,\n",
                     1,
                     "error no-actor t.csv:2:4 the row claims control and names no actor | write "
                     "who holds the district, or use the kind contested\n");
}

static void test_words_for_nobody_hold_no_district(void)
{
    static const char *const words[] = {"unassessed", "Not Assessed", "NONE", "nobody", "Unknown",
                                        "?",          "N/A",          "-"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *csv = g_strdup_printf("date,kind,district,actor\n"
                                               "2021-07-05,control,Burka,%s\n"
                                               "2021-07-05,clash,Burka,%s\n"
                                               "2021-07-05,contested,Burka,%s\n",
                                               words[i], words[i], words[i]);
        g_autofree char *expected =
            g_strdup_printf("error bad-actor t.csv:2:4 actor '%s' names nobody | leave the row "
                            "out, or name who holds the district\n",
                            words[i]);
        assert_diagnosed(csv, 2, expected);
    }
    assert_diagnosed("date,kind,district,actor\n"
                     "2021-07-05,control,Burka,Contested\n"
                     "2021-07-05,contested,Burka,Contested\n"
                     "2021-07-05,control,Burka,Unknown Front\n",
                     2,
                     "error bad-actor t.csv:2:4 actor 'Contested' names nobody | write kind "
                     "'contested'\n");
}

static void test_words_for_nobody_held_nothing_before(void)
{
    static const char csv[] = "date,kind,district,actor,from_actor\n"
                              "2021-07-05,control,Burka,Taliban,Unknown\n"
                              "2021-07-05,contested,Burka,,n/a\n"
                              "2021-07-05,control,Burka,Taliban,Contested\n"
                              "2021-07-05,clash,Burka,Taliban,unknown\n";
    EvmEvents *events = parse_events(csv, NULL);
    g_assert_cmpuint(events->count, ==, 4);
    g_assert_cmpstr(events->items[0].from_actor, ==, "");
    g_assert_cmpstr(events->items[1].from_actor, ==, "");
    g_assert_cmpstr(events->items[2].from_actor, ==, "Contested");
    evm_events_free(events);
    assert_diagnosed(csv, 4,
                     "warning nobody-before t.csv:2:5 from_actor 'Unknown' names nobody and counts "
                     "as empty | leave it empty, or name who held the district before\n"
                     "warning nobody-before t.csv:3:5 from_actor 'n/a' names nobody and counts as "
                     "empty | leave it empty, or name who held the district before\n");
}

static void test_rows_of_another_width(void)
{
    assert_diagnosed("date,kind,district,headline\n"
                     "2021-07-05,clash,Burka,fell, sources say\n"
                     "2021-07-05,clash,Burka\n"
                     "2021-07-05,clash\n",
                     1,
                     "error too-many-cells t.csv:2:0 the row has 5 cells, the header 4 | put text "
                     "that holds a comma between double quotes\n"
                     "note short-row t.csv:3:0 the row has 3 cells, the header 4 | the missing "
                     "cells count as empty\n"
                     "note short-row t.csv:4:0 the row has 2 cells, the header 4 | the missing "
                     "cells count as empty\n"
                     "error no-place t.csv:4:0 the row names no district | fill in district, "
                     "pcode, or lon and lat\n");
}

static void test_cells_in_messages_are_safe(void)
{
    assert_diagnosed("date,kind,district\n\"a\nb\x1b[1m\",clash,Burka\n", 0,
                     "error bad-date t.csv:2:1 date 'a\\x0ab\\x1b[1m' is not a date | write a real "
                     "day as YYYY-MM-DD, such as 2021-07-05\n");
}

static void test_long_cells_are_cut_between_characters(void)
{
    GString *csv = g_string_new("date,kind,district\n");
    GString *expected = g_string_new("error bad-date t.csv:2:1 date '");
    for (int i = 0; i < 1000; i++)
        g_string_append(csv, "ک");
    for (int i = 0; i < 60; i++)
        g_string_append(expected, "ک");
    g_string_append(csv, ",clash,Burka\n");
    g_string_append(expected, "…' is not a date | write a real day as YYYY-MM-DD, such as "
                              "2021-07-05\n");
    assert_diagnosed(csv->str, 0, expected->str);
    g_string_free(csv, TRUE);
    g_string_free(expected, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/events/row/" #name, test_##name)
    ADD(every_column_is_read);
    ADD(empty_cells_have_defaults);
    ADD(bad_date_says_what_is_expected);
    ADD(solar_hijri_years_are_pointed_out);
    ADD(dates_are_set_against_each_other);
    ADD(the_same_day_as_date_end_is_no_span);
    ADD(a_span_comes_before_a_precision);
    ADD(every_row_has_the_precision_of_its_dates);
    ADD(a_month_may_be_called_one);
    ADD(an_open_start_means_status);
    ADD(words_outside_the_closed_lists_are_refused);
    ADD(date_and_kind_are_required);
    ADD(retracted_words);
    ADD(point_must_be_whole_and_on_the_globe);
    ADD(claim_needs_a_place);
    ADD(other_events_may_name_a_province_only);
    ADD(control_needs_an_actor_and_contested_does_not);
    ADD(words_for_nobody_hold_no_district);
    ADD(words_for_nobody_held_nothing_before);
    ADD(rows_of_another_width);
    ADD(cells_in_messages_are_safe);
    ADD(long_cells_are_cut_between_characters);
    return g_test_run();
}
