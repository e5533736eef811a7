/* Joins a table of a million rows that writes its districts in 3,000 ways: names of the gazetteer
 * and of its aliases, and slips in them. Prints the seconds of parsing and of joining.
 *
 *     bench_join [ROWS] */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "timeline/join.h"

enum { ROWS = 1000000, SPELLINGS = 3000, SLIP_EVERY = 3 };

/* A name, and in every third round the same with a letter left out. */
static char *make_spelling(const EvmGazetteer *gazetteer, size_t i)
{
    const EvmDistrict *district = &gazetteer->districts[i % gazetteer->district_count];
    size_t round = i / gazetteer->district_count;
    const char *names[] = {district->name, district->name_fa, district->name_ps};
    g_autoptr(GString) name = g_string_new(names[round % G_N_ELEMENTS(names)]);
    if (round >= SLIP_EVERY && round % SLIP_EVERY == 0 && name->len > round)
        g_string_erase(name, (gssize)(name->len - round), 1);
    else if (round >= SLIP_EVERY)
        g_string_append_printf(name, " %s", round % 2 ? "district" : "ولسوالی");
    return g_strdup(name->str);
}

static GString *make_table(const EvmGazetteer *gazetteer, size_t rows)
{
    GPtrArray *spellings = g_ptr_array_new_with_free_func(g_free);
    GString *csv = g_string_new("date,province,district,kind,actor\n");
    for (size_t i = 0; i < SPELLINGS; i++)
        g_ptr_array_add(spellings, make_spelling(gazetteer, i));
    for (size_t row = 0; row < rows; row++) {
        size_t i = row * 7919 % SPELLINGS;
        const EvmDistrict *district = &gazetteer->districts[i % gazetteer->district_count];
        g_string_append(csv, "2021-07-04,");
        evm_text_write_csv(csv, gazetteer->provinces[district->province].name);
        g_string_append_c(csv, ',');
        evm_text_write_csv(csv, g_ptr_array_index(spellings, i));
        g_string_append(csv, ",clash,\n");
    }
    g_ptr_array_free(spellings, TRUE);
    return csv;
}

static double seconds_since(gint64 start)
{
    return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static bool run(const EvmGazetteer *gazetteer, size_t rows, GError **error)
{
    g_autoptr(GString) csv = make_table(gazetteer, rows);
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    gint64 start = g_get_monotonic_time();
    EvmEvents *events = evm_events_parse("rows", csv->str, csv->len, NULL, diagnostics, error);
    double parsing = seconds_since(start);
    start = g_get_monotonic_time();
    EvmJoin *join = events ? evm_join_compute(events, gazetteer, NULL, diagnostics, error) : NULL;
    if (join)
        printf("%zu rows, %d spellings: parsed in %.3f s, joined in %.3f s (%zu of them)\n", rows,
               SPELLINGS, parsing, seconds_since(start), join->fate_counts[EVM_FATE_REPORT]);
    evm_join_free(join);
    evm_events_free(events);
    evm_diagnostics_free(diagnostics);
    return join != NULL;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    size_t rows = argc > 1 ? (size_t)g_ascii_strtoull(argv[1], NULL, 10) : ROWS;
    EvmGazetteer *gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    bool done = gazetteer && run(gazetteer, rows, &error);
    evm_gazetteer_free(gazetteer);
    if (error)
        puts(error->message);
    return done ? 0 : 1;
}
