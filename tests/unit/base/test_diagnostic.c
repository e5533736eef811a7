#include <glib.h>

#include "base/diagnostic.h"
#include "base/limits.h"

static void test_strings_are_copied(void)
{
    EvmDiagnostics *list = evm_diagnostics_new();
    char message[] = "no such day";
    evm_diagnostics_add(list, &(EvmDiagnostic){EVM_SEVERITY_ERROR, "bad-date", "events.csv", 12, 2,
                                               message, "write YYYY-MM-DD"});
    message[0] = 'X';
    g_assert_cmpuint(evm_diagnostics_count(list), ==, 1);
    const EvmDiagnostic *item = evm_diagnostics_at(list, 0);
    g_assert_cmpint(item->severity, ==, EVM_SEVERITY_ERROR);
    g_assert_cmpstr(item->code, ==, "bad-date");
    g_assert_cmpstr(item->file, ==, "events.csv");
    g_assert_cmpuint(item->line, ==, 12);
    g_assert_cmpuint(item->column, ==, 2);
    g_assert_cmpstr(item->message, ==, "no such day");
    g_assert_cmpstr(item->hint, ==, "write YYYY-MM-DD");
    evm_diagnostics_free(list);
}

static void test_absent_file_and_hint_stay_absent(void)
{
    EvmDiagnostics *list = evm_diagnostics_new();
    evm_diagnostics_add(list, &(EvmDiagnostic){.code = "x", .message = "y"});
    g_assert_null(evm_diagnostics_at(list, 0)->file);
    g_assert_null(evm_diagnostics_at(list, 0)->hint);
    evm_diagnostics_free(list);
}

static void test_past_the_ceiling_only_counts_go_on(void)
{
    EvmDiagnostics *list = evm_diagnostics_new();
    for (unsigned i = 0; i < EVM_LIMIT_DIAGNOSTICS + 5; i++)
        evm_diagnostics_add(list, &(EvmDiagnostic){EVM_SEVERITY_WARNING, "w", "f", i, 0, "m", "h"});
    evm_diagnostics_add(list, &(EvmDiagnostic){EVM_SEVERITY_ERROR, "e", "f", 1, 0, "m", "h"});
    g_assert_cmpuint(evm_diagnostics_count(list), ==, EVM_LIMIT_DIAGNOSTICS);
    g_assert_cmpuint(evm_diagnostics_count_severity(list, EVM_SEVERITY_WARNING), ==,
                     EVM_LIMIT_DIAGNOSTICS + 5);
    g_assert_cmpuint(evm_diagnostics_count_severity(list, EVM_SEVERITY_ERROR), ==, 1);
    g_assert_cmpuint(evm_diagnostics_count_severity(list, EVM_SEVERITY_NOTE), ==, 0);
    evm_diagnostics_free(list);
}

static void test_no_list_swallows(void)
{
    evm_diagnostics_add(NULL, &(EvmDiagnostic){.code = "x", .message = "y"});
    evm_diagnostics_free(NULL);
}

static void test_severities_have_words(void)
{
    g_assert_cmpstr(evm_severity_format(EVM_SEVERITY_NOTE), ==, "note");
    g_assert_cmpstr(evm_severity_format(EVM_SEVERITY_WARNING), ==, "warning");
    g_assert_cmpstr(evm_severity_format(EVM_SEVERITY_ERROR), ==, "error");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/diagnostic/strings_are_copied", test_strings_are_copied);
    g_test_add_func("/base/diagnostic/absent_file_and_hint_stay_absent",
                    test_absent_file_and_hint_stay_absent);
    g_test_add_func("/base/diagnostic/past_the_ceiling_only_counts_go_on",
                    test_past_the_ceiling_only_counts_go_on);
    g_test_add_func("/base/diagnostic/no_list_swallows", test_no_list_swallows);
    g_test_add_func("/base/diagnostic/severities_have_words", test_severities_have_words);
    return g_test_run();
}
