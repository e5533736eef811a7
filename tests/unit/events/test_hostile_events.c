#include <glib.h>
#include <string.h>

#include "tests/unit/base/testdata.h"
#include "tests/unit/events/events_testing.h"

/* The hostile tables carry "status" where events have "kind". */
static char *load_as_events(const char *name)
{
    size_t size;
    char *path = g_strconcat("hostile/csv/derived-encodings/", name, NULL);
    char *csv = testdata_load(path, &size);
    g_free(path);
    if (!csv)
        return NULL;
    GString *renamed = g_string_new_len(csv, (gssize)size);
    g_string_replace(renamed, "status", "kind", 1);
    g_free(csv);
    return g_string_free(renamed, FALSE);
}

static void assert_days(EvmDateOrder order, size_t taken)
{
    char *csv = load_as_events("dates-edge.csv");
    if (!csv)
        return;
    EvmEventOptions options = {.date_order = order};
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    GError *error = NULL;
    EvmEvents *events =
        evm_events_parse("test.csv", csv, strlen(csv), &options, diagnostics, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(events->rows, ==, 43);
    g_assert_cmpuint(events->count, ==, taken);
    g_assert_cmpuint(evm_diagnostics_count_severity(diagnostics, EVM_SEVERITY_ERROR), ==,
                     43 - taken);
    /* One for a year that may be Solar Hijri, five for years that are odd. */
    g_assert_cmpuint(evm_diagnostics_count_severity(diagnostics, EVM_SEVERITY_WARNING), ==, 6);
    for (size_t i = 0; i < evm_diagnostics_count(diagnostics); i++)
        if (evm_diagnostics_at(diagnostics, i)->severity == EVM_SEVERITY_ERROR)
            g_assert_cmpuint(evm_diagnostics_at(diagnostics, i)->column, ==, 1);
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
    g_free(csv);
}

/* The 14 real ISO days, and unless they are asked for alone 20210705, 2021-07, 2021 and "July 5,
 * 2021", which are documented forms. */
static void test_only_real_days_are_taken(void)
{
    assert_days(EVM_DATE_ORDER_UNKNOWN, 18);
    assert_days(EVM_DATE_ORDER_YMD, 14);
}

static void assert_counts(const char *name, size_t rows, size_t refused)
{
    char *csv = load_as_events(name);
    if (!csv)
        return;
    EvmEvents *events = parse_events(csv, NULL);
    g_assert_cmpuint(events->rows, ==, rows);
    g_assert_cmpuint(events->refused, ==, refused);
    evm_events_free(events);
    g_free(csv);
}

static void test_rows_are_used_or_refused(void)
{
    assert_counts("utf8.csv", 492, 0);
    assert_counts("header-case-space.csv", 492, 0);
    assert_counts("ctrl-z.csv", 493, 1);
    assert_counts("quote-midfield.csv", 492, 1);
    assert_counts("row-long.csv", 492, 3);
    assert_counts("row-short.csv", 492, 3);
    assert_counts("bidi-override.csv", 492, 5);
    assert_counts("zwnj-zwj.csv", 492, 0);
}

static void test_header_defects_refuse_the_file(void)
{
    char *csv = load_as_events("header-dup.csv");
    if (csv)
        assert_not_events(csv, "t.csv:1: columns 3 and 4 are both named 'district'; rename or "
                               "remove one");
    g_free(csv);
    csv = load_as_events("header-missing.csv");
    if (csv)
        assert_not_events(csv, "t.csv:1: no column 'date' (--map NAME=date says which one it is); "
                               "the header line has '2021-07-01', "
                               "'Urozgan', 'Chora', 'چوره', 'چوره', 'contested'");
    g_free(csv);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (testdata_is_absent())
        return 77;
    g_test_add_func("/events/hostile/only_real_days_are_taken", test_only_real_days_are_taken);
    g_test_add_func("/events/hostile/rows_are_used_or_refused", test_rows_are_used_or_refused);
    g_test_add_func("/events/hostile/header_defects_refuse_the_file",
                    test_header_defects_refuse_the_file);
    return g_test_run();
}
