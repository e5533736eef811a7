#include "tests/unit/timeline/fixture.h"

static size_t sum_of_fates(const EvmJoin *join)
{
    size_t sum = 0;
    for (int i = 0; i < EVM_FATE_COUNT; i++)
        sum += join->fate_counts[i];
    return sum;
}

static void every_row_has_exactly_one_fate(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,,Kandahar,Panjwayi,control,Taliban,,,,,\n"
                            "2,2021-07-04,,,,Kandahar,Atlantis,control,Taliban,,,,,\n"
                            "3,2021-07-04,,,,,Kohistan,control,Taliban,,,,,\n"
                            "4,2021-07-04,,,,Kandahar,,clash,Taliban,,,,,\n"
                            "5,2021-07-04,,,,Herat,Islam Qala,border,Taliban,,,point_location,,\n"
                            "6,2021-07-04,,,,Kandahar,Daman,clash,Taliban,,,,,\n"
                            "7,2021-07-04,,,,Kandahar,Daman,control,Taliban,,,,,yes\n"
                            "8,2021-02-30,,,,Kandahar,Daman,control,Taliban,,,,,\n");
    const size_t *counts = f.join->fate_counts;
    g_assert_cmpuint(counts[EVM_FATE_CLAIM], ==, 1);
    g_assert_cmpuint(counts[EVM_FATE_UNMATCHED], ==, 1);
    g_assert_cmpuint(counts[EVM_FATE_AMBIGUOUS], ==, 1);
    g_assert_cmpuint(counts[EVM_FATE_PROVINCE], ==, 1);
    g_assert_cmpuint(counts[EVM_FATE_POINT], ==, 1);
    g_assert_cmpuint(counts[EVM_FATE_REPORT], ==, 1);
    g_assert_cmpuint(counts[EVM_FATE_WITHDRAWN], ==, 1);
    g_assert_cmpuint(f.events->refused, ==, 1);
    g_assert_cmpuint(sum_of_fates(f.join) + f.events->refused, ==, f.events->rows);
    fixture_free(&f);
}

static const EvmDiagnostic *find_diagnostic(const Fixture *f, const char *code)
{
    for (size_t i = 0; i < evm_diagnostics_count(f->diagnostics); i++)
        if (strcmp(evm_diagnostics_at(f->diagnostics, i)->code, code) == 0)
            return evm_diagnostics_at(f->diagnostics, i);
    return NULL;
}

static void unmatched_row_is_named_with_its_line(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,,Kandahar,Panjwayi,control,Taliban,,,,,\n"
                            "2,2021-07-04,,,,Kandahar,Atlantis,control,Taliban,,,,,\n");
    const EvmDiagnostic *what = find_diagnostic(&f, "unmatched-place");
    g_assert_nonnull(what);
    g_assert_cmpuint(what->line, ==, 3);
    g_assert_cmpint(what->severity, ==, EVM_SEVERITY_ERROR);
    g_assert_cmpstr(what->message, ==, "no district 'Atlantis' in 'Kandahar'");
    fixture_free(&f);
}

static void ambiguous_row_names_the_districts_it_fits(void)
{
    Fixture f = fixture_new("1,2021-07-04,,,,,Kohistan,control,Taliban,,,,,\n");
    const EvmDiagnostic *what = find_diagnostic(&f, "ambiguous-place");
    g_assert_nonnull(what);
    g_assert_cmpstr(what->message, ==, "'Kohistan' fits more than one district");
    g_assert_nonnull(strstr(what->hint, "Kohistan in Badakhshan"));
    fixture_free(&f);
}

static void too_many_actors_are_refused(void)
{
    GString *csv = g_string_new("date,province,district,kind,actor\n");
    for (int i = 0; i < 251; i++)
        g_string_append_printf(csv, "2021-07-04,Kandahar,Panjwayi,control,Actor %d\n", i);
    GError *error = NULL;
    EvmGazetteer *gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    EvmEvents *events = evm_events_parse("t.csv", csv->str, csv->len, NULL, NULL, &error);
    g_assert_no_error(error);
    EvmJoin *join = evm_join_compute(events, gazetteer, NULL, NULL, &error);
    g_assert_null(join);
    g_assert_cmpstr(error->message, ==,
                    "more than 250 actors: is the 'actor' column the right one?");
    g_clear_error(&error);
    evm_events_free(events);
    evm_gazetteer_free(gazetteer);
    g_string_free(csv, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/timeline/join/" #name, name)
    ADD(every_row_has_exactly_one_fate);
    ADD(unmatched_row_is_named_with_its_line);
    ADD(ambiguous_row_names_the_districts_it_fits);
    ADD(too_many_actors_are_refused);
    return g_test_run();
}
