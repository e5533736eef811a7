/* Events written as CSV in the test itself, joined to the shipped gazetteer. */
#ifndef EVM_TEST_TIMELINE_FIXTURE_H
#define EVM_TEST_TIMELINE_FIXTURE_H

#include <glib.h>
#include <string.h>

#include "timeline/state.h"
#include "timeline/universe.h"

typedef struct {
    EvmGazetteer *gazetteer;
    EvmEvents *events;
    EvmJoin *join;
    EvmDiagnostics *diagnostics;
} Fixture;

static inline void fixture_join(Fixture *fixture)
{
    GError *error = NULL;
    fixture->join =
        evm_join_compute(fixture->events, fixture->gazetteer, NULL, fixture->diagnostics, &error);
    g_assert_no_error(error);
}

static inline Fixture fixture_without_events(void)
{
    GError *error = NULL;
    Fixture fixture = {.diagnostics = evm_diagnostics_new()};
    fixture.gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    return fixture;
}

static inline Fixture fixture_of_files(const char *const *paths)
{
    GError *error = NULL;
    Fixture fixture = fixture_without_events();
    fixture.events =
        evm_events_load(paths, g_strv_length((char **)paths), NULL, fixture.diagnostics, &error);
    g_assert_no_error(error);
    fixture_join(&fixture);
    return fixture;
}

/* Of a whole table, with its header, as if it stood in a file. */
static inline Fixture fixture_of_file(const char *path, const char *csv)
{
    GError *error = NULL;
    Fixture fixture = fixture_without_events();
    fixture.events = evm_events_parse(path, csv, strlen(csv), NULL, fixture.diagnostics, &error);
    g_assert_no_error(error);
    fixture_join(&fixture);
    return fixture;
}

static inline Fixture fixture_of(const char *csv)
{
    return fixture_of_file("test.csv", csv);
}

static inline Fixture fixture_new(const char *rows)
{
    g_autofree char *csv =
        g_strconcat("id,date,date_end,date_precision,reported,province,district,kind,actor,"
                    "from_actor,confidence,tags,supersedes,retracted\n",
                    rows, NULL);
    return fixture_of(csv);
}

static inline void fixture_free(Fixture *fixture)
{
    evm_join_free(fixture->join);
    evm_events_free(fixture->events);
    evm_gazetteer_free(fixture->gazetteer);
    evm_diagnostics_free(fixture->diagnostics);
}

static inline EvmDate day(const char *text)
{
    EvmDate date;
    g_assert_true(evm_date_parse(text, &date));
    return date;
}

/* Control of a district on a day, as data writes it. */
static inline char *control_on(const Fixture *fixture, const char *pcode, const char *date)
{
    EvmState *state = evm_state_compute(fixture->join, &EVM_QUESTION_ON(day(date)));
    int32_t district = evm_gazetteer_find_pcode(fixture->gazetteer, pcode);
    g_assert_cmpint(district, >=, 0);
    char *control = g_strdup(evm_control_format(fixture->join, state->holdings[district].control));
    evm_state_free(state);
    return control;
}

static inline void append_claim(GString *out, const EvmJoin *join, EvmControl control,
                                int32_t claim)
{
    g_string_append_printf(out, " %s %s", evm_control_format(join, control),
                           claim < 0 ? "-" : join->events->items[join->claims[claim].event].id);
}

/* All that a holding says, by the words of the data: indexes depend on the order of rows. */
static inline char *format_holding(const EvmJoin *join, const EvmHolding *holding)
{
    GString *out = g_string_new(evm_doubt_format(holding->doubt));
    append_claim(out, join, holding->control, holding->claim);
    if (holding->doubt != EVM_DOUBT_NONE)
        append_claim(out, join, holding->other, holding->other_claim);
    g_string_append_printf(out, " %d %d %d", holding->from.days, holding->to.days,
                           holding->is_stale);
    return g_string_free(out, FALSE);
}

static inline char *format_state(const EvmState *state)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < state->join->gazetteer->district_count; i++) {
        if (state->holdings[i].claim < 0 && state->holdings[i].other_claim < 0)
            continue;
        g_autofree char *text = format_holding(state->join, &state->holdings[i]);
        g_string_append_printf(out, "%s: %s\n", state->join->gazetteer->districts[i].pcode, text);
    }
    return g_string_free(out, FALSE);
}

#define assert_control(fixture, pcode, date, expected)                                             \
    do {                                                                                           \
        char *seen_ = control_on(fixture, pcode, date);                                            \
        g_assert_cmpstr(seen_, ==, expected);                                                      \
        g_free(seen_);                                                                             \
    } while (0)

#endif
