/* The event files that come with evmap must load without losing a row. */
#include <glib.h>

#include "tests/unit/events/events_testing.h"

#define FOLDER EVM_TEST_SOURCE_DIR "/events/"

static const char *const PATHS[] = {FOLDER "baseline_2021.csv", FOLDER "events_2021.csv",
                                    FOLDER "snapshots_2021.csv"};

static EvmEvents *load(EvmDiagnostics *diagnostics)
{
    GError *error = NULL;
    if (!g_file_test(PATHS[0], G_FILE_TEST_EXISTS)) {
        g_test_skip("no event files in " FOLDER);
        return NULL;
    }
    EvmEvents *events = evm_events_load(PATHS, G_N_ELEMENTS(PATHS), NULL, diagnostics, &error);
    g_assert_no_error(error);
    return events;
}

static void test_every_row_is_used(void)
{
    EvmEvents *events = load(NULL);
    if (!events)
        return;
    g_assert_cmpuint(events->rows, ==, 785);
    g_assert_cmpuint(events->count, ==, 785);
    g_assert_cmpuint(events->refused, ==, 0);
    g_assert_cmpuint(events->files[0].rows, ==, 68);
    g_assert_cmpuint(events->files[1].rows, ==, 659);
    g_assert_cmpuint(events->files[2].rows, ==, 58);
    evm_events_free(events);
}

static void test_one_row_names_no_district(void)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmEvents *events = load(diagnostics);
    if (events) {
        char *text = diagnostics_to_text(diagnostics);
        g_assert_cmpstr(text, ==,
                        "warning no-district " FOLDER "events_2021.csv:429:6 the row names a "
                        "province and no district, so it colours nothing | add the district if the "
                        "source names it\n");
        g_free(text);
    }
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
}

static void test_kinds_are_counted(void)
{
    static const size_t EXPECTED[EVM_KIND_COUNT] = {664, 70, 17, 11, 0, 23, 0, 0};
    EvmEvents *events = load(NULL);
    if (!events)
        return;
    size_t counts[EVM_KIND_COUNT] = {0};
    for (size_t i = 0; i < events->count; i++)
        counts[events->items[i].kind]++;
    for (size_t i = 0; i < EVM_KIND_COUNT; i++)
        g_assert_cmpuint(counts[i], ==, EXPECTED[i]);
    evm_events_free(events);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/events/shipped/every_row_is_used", test_every_row_is_used);
    g_test_add_func("/events/shipped/one_row_names_no_district", test_one_row_names_no_district);
    g_test_add_func("/events/shipped/kinds_are_counted", test_kinds_are_counted);
    return g_test_run();
}
