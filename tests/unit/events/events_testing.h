/* Events and diagnostics as text, so that a test can show the whole of what it expects. */
#ifndef EVM_TESTS_UNIT_EVENTS_EVENTS_TESTING_H
#define EVM_TESTS_UNIT_EVENTS_EVENTS_TESTING_H

#include <glib.h>
#include <string.h>

#include "events/events.h"

/* "error bad-date t.csv:2:1 message | hint\n" for each; the caller owns it. */
static inline char *diagnostics_to_text(const EvmDiagnostics *list)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < evm_diagnostics_count(list); i++) {
        const EvmDiagnostic *item = evm_diagnostics_at(list, i);
        g_string_append_printf(out, "%s %s %s:%u:%u %s", evm_severity_format(item->severity),
                               item->code, item->file, item->line, item->column, item->message);
        if (item->hint)
            g_string_append_printf(out, " | %s", item->hint);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static inline EvmEvents *parse_events(const char *csv, EvmDiagnostics *diagnostics)
{
    GError *error = NULL;
    EvmEvents *events = evm_events_parse("t.csv", csv, strlen(csv), NULL, diagnostics, &error);
    g_assert_no_error(error);
    g_assert_nonnull(events);
    g_assert_cmpuint(events->rows, ==, events->count + events->refused);
    return events;
}

/* The number of events that `csv` gives, and exactly these diagnostics. */
static inline void assert_diagnosed(const char *csv, size_t count, const char *expected)
{
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmEvents *events = parse_events(csv, diagnostics);
    char *text = diagnostics_to_text(diagnostics);
    g_assert_cmpstr(text, ==, expected);
    g_assert_cmpuint(events->count, ==, count);
    g_free(text);
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
}

static inline void assert_not_events(const char *csv, const char *message)
{
    GError *error = NULL;
    g_assert_null(evm_events_parse("t.csv", csv, strlen(csv), NULL, NULL, &error));
    g_assert_nonnull(error);
    g_assert_cmpstr(error->message, ==, message);
    g_error_free(error);
}

#endif
