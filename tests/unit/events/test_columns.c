#include <glib.h>

#include "base/error.h"
#include "tests/unit/events/events_testing.h"

static void test_order_case_and_spelling_are_free(void)
{
    EvmEvents *events = parse_events("FROM-ACTOR,District,Date End,KIND,actor,date\n"
                                     "Government,Burka,2021-05-05,control,Taliban,2021-05-04\n",
                                     NULL);
    const EvmEvent *event = &events->items[0];
    char text[EVM_DATE_TEXT_SIZE];
    g_assert_cmpstr(event->from_actor, ==, "Government");
    g_assert_cmpstr(event->actor, ==, "Taliban");
    g_assert_cmpstr(event->district, ==, "Burka");
    g_assert_cmpstr(evm_date_format(event->date, text), ==, "2021-05-04");
    g_assert_cmpstr(evm_date_format(event->date_end, text), ==, "2021-05-05");
    evm_events_free(events);
}

static void test_unknown_columns_are_noted(void)
{
    assert_diagnosed("date,kind,district,confidance,,note,\n2021-05-04,clash,Burka,high,,x,\n", 1,
                     "warning misspelt-column t.csv:1:4 column 'confidance' is not known, and none "
                     "of its cells is used | if 'confidence' is meant, rename it\n"
                     "note unknown-column t.csv:1:5 column 5 has no name and is not used\n"
                     "note unknown-column t.csv:1:6 column 'note' is not known and not used\n"
                     "note unknown-column t.csv:1:7 column 7 has no name and is not used\n");
}

static void test_a_column_that_is_there_is_not_meant_again(void)
{
    assert_diagnosed("date,kind,district,districts,date2\n2021-05-04,clash,Burka,x,\n", 1,
                     "note unknown-column t.csv:1:4 column 'districts' is not known and not used\n"
                     "note unknown-column t.csv:1:5 column 'date2' is not known and not used\n");
}

static void test_required_columns_are_named(void)
{
    assert_not_events("data,kind,district\n2021-05-04,clash,Burka\n",
                      "t.csv:1: no column 'date' (--map NAME=date says which one it is); the "
                      "header line has 'data', 'kind', 'district'");
    assert_not_events("\ndate,district\n2021-05-04,Burka\n",
                      "t.csv:2: no column 'kind' (--map NAME=kind says which one it is); the "
                      "header line has 'date', 'district'");
    assert_not_events("date,kind,province,lon\n",
                      "t.csv:1: no column for the place ('district', 'pcode', or 'lon' and 'lat'); "
                      "the header line has 'date', 'kind', 'province', 'lon'");
    assert_not_events("2021-05-04,clash\x1b[31m\n",
                      "t.csv:1: no column 'date' (--map NAME=date says which one it is); the "
                      "header line has '2021-05-04', "
                      "'clash\\x1b[31m'");
}

static void test_any_place_column_will_do(void)
{
    assert_diagnosed("date,kind,pcode\n2021-05-04,clash,AF0101\n", 1, "");
    assert_diagnosed("date,kind,lon,lat\n2021-05-04,clash,69.1,34.5\n", 1, "");
}

static void test_name_that_stands_twice_is_refused(void)
{
    assert_not_events("date,district,kind,District\n2021-05-04,Burka,clash,Burka\n",
                      "t.csv:1: columns 2 and 4 are both named 'District'; rename or remove one");
    assert_not_events("date,note,district,kind,NOTE\n",
                      "t.csv:1: columns 2 and 5 are both named 'NOTE'; rename or remove one");
}

static void test_empty_file_is_refused(void)
{
    assert_not_events("", "t.csv: the file is empty; a header line is needed");
    assert_not_events(" \n\n", "t.csv: the file is empty; a header line is needed");
}

static void test_header_without_rows_is_a_warning(void)
{
    assert_diagnosed("date,kind,district\n", 0,
                     "warning no-rows t.csv:0:0 the file has a header line and no events\n");
}

static void test_long_header_is_listed_in_part(void)
{
    GString *csv = g_string_new(NULL);
    GError *error = NULL;
    for (int i = 0; i < 1000; i++)
        g_string_append_printf(csv, "column-number-%d,", i);
    g_assert_null(evm_events_parse("t.csv", csv->str, csv->len, NULL, NULL, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    g_assert_true(g_str_has_suffix(error->message, "'column-number-29', …"));
    g_error_free(error);
    g_string_free(csv, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/events/columns/" #name, test_##name)
    ADD(order_case_and_spelling_are_free);
    ADD(unknown_columns_are_noted);
    ADD(a_column_that_is_there_is_not_meant_again);
    ADD(required_columns_are_named);
    ADD(any_place_column_will_do);
    ADD(name_that_stands_twice_is_refused);
    ADD(empty_file_is_refused);
    ADD(header_without_rows_is_a_warning);
    ADD(long_header_is_listed_in_part);
    return g_test_run();
}
