#include <glib.h>

#include "base/date.h"

static void test_real_days_round_trip(void)
{
    static const struct {
        const char *text;
        int32_t days;
    } CASES[] = {
        {"1970-01-01", 0},       {"1969-12-31", -1},      {"2021-08-15", 18854},
        {"2000-02-29", 11016},   {"2020-02-29", 18321},   {"0001-01-01", -719162},
        {"9999-12-31", 2932896}, {"1582-10-10", -141432}, {"2038-01-20", 24856},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        EvmDate date = {7};
        char text[EVM_DATE_TEXT_SIZE];
        g_assert_true(evm_date_parse(CASES[i].text, &date));
        g_assert_cmpint(date.days, ==, CASES[i].days);
        g_assert_cmpstr(evm_date_format(date, text), ==, CASES[i].text);
    }
}

static void test_anything_else_is_refused(void)
{
    static const char *const CASES[] = {
        "",           "2",           "2021",       "2021-",         "2021-0",      "2021-07",
        "2021-07-",   "2021-07-0",   "2021-7-5",   "2021-02-29",    "1900-02-29",  "2021-13-01",
        "2021-00-10", "2021-07-32",  "2021-07-00", "2021-04-31",    "0000-01-01",  "10000-01-01",
        "-044-03-15", "2021/07/05",  "05-07-2021", "20210705",      "2021-07-05 ", " 2021-07-05",
        "+021-07-05", "2021-07-05T", "2021-0a-05", "2021\00007-05", "۲۰۲۱-۰۷-۰۵",  "%s%n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        EvmDate date = {7};
        if (evm_date_parse(CASES[i], &date))
            g_error("'%s' was taken for a date", CASES[i]);
        g_assert_cmpint(date.days, ==, 7);
    }
}

static void test_every_day_of_400_years_is_the_next(void)
{
    int32_t expected = -25567; /* 1900-01-01 */
    for (int year = 1900; year < 2300; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                EvmDate date;
                if (!evm_date_parse_ymd(year, month, day, &date))
                    continue;
                g_assert_cmpint(date.days, ==, expected++);
                int y, m, d;
                evm_date_format_ymd(date, &y, &m, &d);
                g_assert_true(y == year && m == month && d == day);
            }
    g_assert_cmpint(expected, ==, -25567 + 146097);
}

static void test_every_date_is_that_of_gdate(void)
{
    for (guint16 year = 1; year < 10000; year++)
        for (int month = 1; month <= 12; month++)
            for (guint8 day = 27; day <= 32; day++) { /* the rest of a month follows */
                EvmDate date;
                bool is_real = g_date_valid_dmy(day, (GDateMonth)month, year);
                g_assert_true(evm_date_parse_ymd(year, month, day, &date) == is_real);
                if (!is_real)
                    continue;
                GDate other;
                g_date_clear(&other, 1);
                g_date_set_dmy(&other, day, (GDateMonth)month, year);
                g_assert_cmpint(date.days, ==, (int)g_date_get_julian(&other) - 719163);
            }
}

static void test_ymd_out_of_range_is_refused(void)
{
    static const int CASES[][3] = {{0, 1, 1},      {10000, 1, 1}, {2021, 0, 1}, {2021, 13, 1},
                                   {2021, 1, 0},   {2021, 1, 32}, {-1, 1, 1},   {67557, 1, 1},
                                   {2021, 257, 1}, {2021, 1, 257}};
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        EvmDate date = {7};
        g_assert_false(evm_date_parse_ymd(CASES[i][0], CASES[i][1], CASES[i][2], &date));
        g_assert_cmpint(date.days, ==, 7);
    }
}

static void test_no_date_formats_as_nothing(void)
{
    static const int32_t CASES[] = {INT32_MIN, INT32_MAX, -719163, 2932897};
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        EvmDate date = {CASES[i]};
        char text[EVM_DATE_TEXT_SIZE];
        int y, m, d;
        evm_date_format_ymd(date, &y, &m, &d);
        g_assert_true(y == 0 && m == 0 && d == 0);
        g_assert_cmpstr(evm_date_format(date, text), ==, "");
        char *written = evm_date_format_long(date);
        g_assert_cmpstr(written, ==, "");
        g_free(written);
    }
    g_assert_true(evm_date_is_none(EVM_DATE_NONE));
    g_assert_false(evm_date_is_none((EvmDate){0}));
}

static void test_long_form_is_english(void)
{
    static const char *const EXPECTED[] = {"5 January 2021", "5 February 2021", "5 March 2021",
                                           "5 April 2021",   "5 May 2021",      "5 June 2021",
                                           "5 July 2021",    "5 August 2021",   "5 September 2021",
                                           "5 October 2021", "5 November 2021", "5 December 2021"};
    for (int month = 1; month <= 12; month++) {
        EvmDate date;
        g_assert_true(evm_date_parse_ymd(2021, month, 5, &date));
        char *written = evm_date_format_long(date);
        g_assert_cmpstr(written, ==, EXPECTED[month - 1]);
        g_free(written);
    }
}

/* Days that every Afghan knows by both calendars, and leap days. */
static const struct {
    const char *gregorian;
    int year, month, day;
} hijri_days[] = {
    {"1973-07-17", 1352, 4, 26}, /* end of the monarchy */
    {"1978-04-27", 1357, 2, 7},  /* Saur coup */
    {"1979-12-27", 1358, 10, 6}, /* the Soviet invasion */
    {"2021-03-20", 1399, 12, 30}, {"2021-03-21", 1400, 1, 1},   {"2021-07-05", 1400, 4, 14},
    {"2021-08-15", 1400, 5, 24},  {"2024-03-19", 1402, 12, 29}, {"2025-03-20", 1403, 12, 30},
};

static void test_solar_hijri_days_are_those_of_the_calendar(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(hijri_days); i++) {
        EvmDate expected, date;
        int year, month, day;
        g_assert_true(evm_date_parse(hijri_days[i].gregorian, &expected));
        g_assert_true(evm_date_parse_hijri(hijri_days[i].year, hijri_days[i].month,
                                           hijri_days[i].day, &date));
        g_assert_cmpint(date.days, ==, expected.days);
        evm_date_format_hijri(expected, &year, &month, &day);
        g_assert_cmpint(year, ==, hijri_days[i].year);
        g_assert_cmpint(month, ==, hijri_days[i].month);
        g_assert_cmpint(day, ==, hijri_days[i].day);
    }
}

static void test_every_solar_hijri_day_round_trips(void)
{
    EvmDate first, last;
    g_assert_true(evm_date_parse_hijri(1178, 1, 1, &first));
    g_assert_true(evm_date_parse_hijri(1501, 12, 29, &last));
    for (EvmDate date = first; date.days <= last.days; date.days++) {
        EvmDate back;
        int year, month, day;
        evm_date_format_hijri(date, &year, &month, &day);
        g_assert_true(evm_date_parse_hijri(year, month, day, &back));
        g_assert_cmpint(back.days, ==, date.days);
    }
}

static void test_no_such_solar_hijri_day(void)
{
    EvmDate date;
    int year, month, day;
    g_assert_false(evm_date_parse_hijri(1400, 12, 30, &date));
    g_assert_false(evm_date_parse_hijri(1400, 7, 31, &date));
    g_assert_false(evm_date_parse_hijri(1400, 13, 1, &date));
    g_assert_false(evm_date_parse_hijri(1400, 1, 0, &date));
    g_assert_false(evm_date_parse_hijri(1177, 1, 1, &date));
    g_assert_false(evm_date_parse_hijri(1502, 1, 1, &date));
    evm_date_format_hijri(EVM_DATE_NONE, &year, &month, &day);
    g_assert_cmpint(year + month + day, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/date/real_days_round_trip", test_real_days_round_trip);
    g_test_add_func("/base/date/anything_else_is_refused", test_anything_else_is_refused);
    g_test_add_func("/base/date/every_date_is_that_of_gdate", test_every_date_is_that_of_gdate);
    g_test_add_func("/base/date/every_day_of_400_years_is_the_next",
                    test_every_day_of_400_years_is_the_next);
    g_test_add_func("/base/date/ymd_out_of_range_is_refused", test_ymd_out_of_range_is_refused);
    g_test_add_func("/base/date/no_date_formats_as_nothing", test_no_date_formats_as_nothing);
    g_test_add_func("/base/date/long_form_is_english", test_long_form_is_english);
    g_test_add_func("/base/date/solar_hijri_days_are_those_of_the_calendar",
                    test_solar_hijri_days_are_those_of_the_calendar);
    g_test_add_func("/base/date/every_solar_hijri_day_round_trips",
                    test_every_solar_hijri_day_round_trips);
    g_test_add_func("/base/date/no_such_solar_hijri_day", test_no_such_solar_hijri_day);
    return g_test_run();
}
