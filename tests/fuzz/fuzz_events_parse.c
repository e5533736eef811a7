#include <math.h>
#include <string.h>

#include "base/error.h"
#include "events/events.h"
#include "tests/fuzz/fuzz.h"

static void check_event(const EvmEvents *events, const EvmEvent *event)
{
    g_assert_cmpuint(event->file, <, events->file_count);
    g_assert_cmpuint(event->line, >, 1);
    g_assert_false(evm_date_is_none(event->date));
    g_assert_true(*event->id != '\0');
    g_assert_true(*event->district != '\0' || *event->pcode != '\0' || event->has_point ||
                  (*event->province != '\0' && !evm_kind_is_claim(event->kind)));
    if (event->has_point)
        g_assert_true(fabs(event->lon_deg) <= 180 && fabs(event->lat_deg) <= 90);
    g_assert_true(event->kind != EVM_KIND_CONTROL || *event->actor != '\0');
    g_assert_nonnull(evm_precision_format(event->precision));
    g_assert_nonnull(evm_confidence_format(event->confidence));
    evm_event_has_tag(event, "seq:1");
    g_assert_false(evm_event_has_tag(event, ""));
    g_assert_true(strlen(event->headline) + strlen(event->source) + strlen(event->url) < (size_t)1
                                                                                             << 30);
}

static void check_diagnostics(const EvmDiagnostics *list, size_t refused)
{
    g_assert_cmpuint(evm_diagnostics_count_severity(list, EVM_SEVERITY_ERROR), >=, refused);
    for (size_t i = 0; i < evm_diagnostics_count(list); i++) {
        const EvmDiagnostic *item = evm_diagnostics_at(list, i);
        g_assert_null(strchr(item->message, '\n'));
        g_assert_true(g_utf8_validate(item->message, -1, NULL));
        g_assert_true(!item->hint || !strchr(item->hint, '\n'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    GError *error = NULL;
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    EvmEvents *events =
        evm_events_parse("t.csv", (const char *)data, size, NULL, diagnostics, &error);
    g_assert_true((events == NULL) == (error != NULL));
    if (events) {
        g_assert_cmpuint(events->rows, ==, events->count + events->refused);
        for (size_t i = 0; i < events->count; i++)
            check_event(events, &events->items[i]);
        check_diagnostics(diagnostics, events->refused);
    } else {
        g_assert_true(error->domain == EVM_ERROR);
        g_assert_null(strchr(error->message, '\n'));
    }
    g_clear_error(&error);
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
    return 0;
}
