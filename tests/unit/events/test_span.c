#include <glib.h>

#include "events/span.h"

static char *span_to_text(const char *text, EvmCalendar calendar, EvmDateOrder order)
{
    static const char *const FAILURES[] = {"", "empty", "unordered", "bad"};
    EvmSpan span = {{7}, {7}, true};
    EvmSpanResult result = evm_span_parse(text, calendar, order, &span);
    if (result != EVM_SPAN_READ) {
        g_assert_true(span.first.days == 7 && span.last.days == 7 && span.is_status);
        return g_strdup(FAILURES[result]);
    }
    char first[EVM_DATE_TEXT_SIZE], last[EVM_DATE_TEXT_SIZE];
    evm_date_format(span.first, first);
    if (span.is_status)
        return g_strdup_printf("up to %s", first);
    if (span.first.days == span.last.days)
        return g_strdup(first);
    return g_strdup_printf("%s to %s", first, evm_date_format(span.last, last));
}

static void assert_span(const char *text, const char *expected)
{
    g_autofree char *read = span_to_text(text, EVM_CALENDAR_GREGORIAN, EVM_DATE_ORDER_UNKNOWN);
    g_assert_cmpstr(read, ==, expected);
}

static void test_days_in_their_forms(void)
{
    static const char *const FORMS[] = {
        "2021-07-05", "20210705",     "5 July 2021",   "05 Jul 2021", "05JUL2021",
        "JUL052021",  "July 5, 2021", "5 july 2021",   "2021/07/05",  "2021/7/5",
        "1625443200", "1625529599",   "2021-07-05/..",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(FORMS); i++)
        assert_span(FORMS[i], "2021-07-05");
}

static void test_spans_in_their_forms(void)
{
    assert_span("2021-07", "2021-07-01 to 2021-07-31");
    assert_span("2021-07~", "2021-07-01 to 2021-07-31");
    assert_span("2021-02-XX", "2021-02-01 to 2021-02-28");
    assert_span("2021-12-00", "2021-12-01 to 2021-12-31");
    assert_span("2020", "2020-01-01 to 2020-12-31");
    assert_span("2020-00-00", "2020-01-01 to 2020-12-31");
    assert_span("2021-XX-XX", "2021-01-01 to 2021-12-31");
    assert_span("2021-07-03/2021-07-07", "2021-07-03 to 2021-07-07");
    assert_span("2021-07/2021-08", "2021-07-01 to 2021-08-31");
    assert_span("../2021-07-05", "up to 2021-07-05");
}

static void test_only_real_days(void)
{
    static const char *const BAD[] = {
        "2021-02-29",
        "2021-13-01",
        "2021-00-10",
        "2021-7-5",
        "31 June 2021",
        "20210231",
        "2021-07-05T00:00:00",
        "2021-07-05 ",
        "2021-07-07/2021-07-03",
        "../..",
        "12345678901",
        "1234567",
        "Ju 5, 2021",
        "5 July 21",
        "5 July",
        "5 July August 2021",
        "July 5 6, 2021",
        "2021/07/05/1",
        "05/07/21",
        "05-07/2021",
        "2021-07-05~",
        "yesterday",
        "-",
        "/",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++)
        assert_span(BAD[i], "bad");
}

static void test_null_dates_are_empty(void)
{
    assert_span("", "empty");
    assert_span("1899-12-30", "empty");
    assert_span("0000-00-00", "empty");
}

static void assert_ordered(const char *text, const char *unknown, const char *dmy, const char *mdy)
{
    const char *const expected[] = {unknown, dmy, mdy};
    for (unsigned order = 0; order < 3; order++) {
        g_autofree char *read = span_to_text(text, EVM_CALENDAR_GREGORIAN, (EvmDateOrder)order);
        g_assert_cmpstr(read, ==, expected[order]);
    }
}

static void test_slash_dates_need_an_order(void)
{
    assert_ordered("05/07/2021", "unordered", "2021-07-05", "2021-05-07");
    assert_ordered("5.7.2021", "unordered", "2021-07-05", "2021-05-07");
    assert_ordered("05-07-2021", "unordered", "2021-07-05", "2021-05-07");
    assert_ordered("25/07/2021", "unordered", "2021-07-25", "bad");
    assert_ordered("07/07/2021", "2021-07-07", "2021-07-07", "2021-07-07");
}

static void test_a_number_over_twelve_proves_the_order(void)
{
    g_assert_cmpint(evm_span_find_order("25/07/2021"), ==, EVM_DATE_ORDER_DMY);
    g_assert_cmpint(evm_span_find_order("07/25/2021"), ==, EVM_DATE_ORDER_MDY);
    g_assert_cmpint(evm_span_find_order("05/07/2021"), ==, EVM_DATE_ORDER_UNKNOWN);
    g_assert_cmpint(evm_span_find_order("25/25/2021"), ==, EVM_DATE_ORDER_UNKNOWN);
    g_assert_cmpint(evm_span_find_order("29/02/2021"), ==, EVM_DATE_ORDER_UNKNOWN);
    g_assert_cmpint(evm_span_find_order("2021-07-25"), ==, EVM_DATE_ORDER_UNKNOWN);
}

static void test_solar_hijri(void)
{
    static const struct {
        const char *text, *expected;
    } CASES[] = {
        {"1400-04-14", "2021-07-05"},         {"1400/4/14", "2021-07-05"},
        {"14000414", "2021-07-05"},           {"۱۴۰۰-۰۴-۱۴", "2021-07-05"},
        {"١٤٠٠/٠٤/١٤", "2021-07-05"},         {"1400-04", "2021-06-22 to 2021-07-22"},
        {"1399", "2020-03-20 to 2021-03-20"}, {"1400-12-30", "bad"},
        {"1399-12-30", "2021-03-20"},         {"2021-07-05", "2021-07-05"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *read =
            span_to_text(CASES[i].text, EVM_CALENDAR_SOLAR_HIJRI, EVM_DATE_ORDER_UNKNOWN);
        g_assert_cmpstr(read, ==, CASES[i].expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/events/span/" #name, test_##name)
    ADD(days_in_their_forms);
    ADD(spans_in_their_forms);
    ADD(only_real_days);
    ADD(null_dates_are_empty);
    ADD(slash_dates_need_an_order);
    ADD(a_number_over_twelve_proves_the_order);
    ADD(solar_hijri);
    return g_test_run();
}
