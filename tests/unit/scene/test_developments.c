#include "scene/developments.h"

#include <string.h>

typedef struct {
    EvmGazetteer *gazetteer;
    EvmGeodata *geodata;
    EvmEvents *events;
    EvmJoin *join;
    EvmUniverse *universe;
    EvmState *state;
    EvmDevelopments *developments;
} Fixture;

/* From the end of 28 June to the end of 5 July, as known on `known`. */
static Fixture fixture_known(const char *rows, EvmDate known)
{
    GError *error = NULL;
    Fixture f = {0};
    g_autofree char *csv =
        g_strconcat("id,date,reported,province,district,kind,actor,source,tags\n", rows, NULL);
    f.gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    f.geodata = evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", NULL, &error);
    g_assert_no_error(error);
    f.events = evm_events_parse("rows.csv", csv, strlen(csv), NULL, NULL, &error);
    g_assert_no_error(error);
    f.join = evm_join_compute(f.events, f.gazetteer, NULL, NULL, &error);
    g_assert_no_error(error);
    f.universe = evm_universe_compute(f.geodata, f.gazetteer, NULL, NULL, &error);
    g_assert_no_error(error);
    EvmDate day;
    g_assert_true(evm_date_parse("2021-07-05", &day));
    EvmQuestion question = EVM_QUESTION_ON(day);
    question.known = known;
    f.state = evm_state_compute(f.join, &question);
    f.developments = evm_developments_compute(f.universe, f.state, (EvmDate){day.days - 7}, NULL);
    return f;
}

static Fixture fixture(const char *rows)
{
    return fixture_known(rows, EVM_KNOWN_NOW);
}

static void fixture_clear(Fixture *f)
{
    evm_developments_free(f->developments);
    evm_state_free(f->state);
    evm_universe_free(f->universe);
    evm_join_free(f->join);
    evm_events_free(f->events);
    evm_geodata_free(f->geodata);
    evm_gazetteer_free(f->gazetteer);
}

static void assert_development(const Fixture *f, size_t index, const char *date, EvmKind kind,
                               guint places)
{
    char text[EVM_DATE_TEXT_SIZE];
    g_assert_cmpuint(f->developments->count, >, index);
    const EvmDevelopment *it = &f->developments->items[index];
    g_assert_cmpstr(evm_date_format(it->date, text), ==, date);
    g_assert_cmpint(it->kind, ==, kind);
    g_assert_cmpuint(it->places->len, ==, places);
}

static void districts_of_a_province_taken_on_one_day_are_one_entry_the_latest_first(void)
{
    Fixture f = fixture("a,2021-07-02,,Badakhshan,Jurm,control,Taliban,A,\n"
                        "b,2021-07-04,,Badakhshan,Zebak,control,Taliban,A,\n"
                        "c,2021-07-04,,Badakhshan,Argo,control,Taliban,A,\n"
                        "d,2021-07-04,,Takhar,Warsaj,control,Taliban,A,\n");
    g_assert_cmpuint(f.developments->count, ==, 3);
    assert_development(&f, 0, "2021-07-04", EVM_KIND_CONTROL, 2);
    assert_development(&f, 1, "2021-07-04", EVM_KIND_CONTROL, 1);
    assert_development(&f, 2, "2021-07-02", EVM_KIND_CONTROL, 1);
    fixture_clear(&f);
}

static void what_is_older_or_later_or_repeats_is_no_development(void)
{
    Fixture f = fixture("a,2021-06-28,,Badakhshan,Jurm,control,Taliban,A,\n"
                        "b,2021-07-06,,Badakhshan,Argo,control,Taliban,A,\n"
                        "c,2021-07-02,,Takhar,Warsaj,control,Taliban,A,\n"
                        "d,2021-07-04,,Takhar,Warsaj,control,Taliban,B,\n"
                        "e,2021-06-28,,Takhar,Warsaj,clash,,B,\n");
    g_assert_cmpuint(f.developments->count, ==, 1);
    assert_development(&f, 0, "2021-07-02", EVM_KIND_CONTROL, 1);
    fixture_clear(&f);
}

static void reports_that_claim_nothing_are_entries_of_their_kind(void)
{
    Fixture f = fixture("a,2021-07-03,,Takhar,Kalafgan,clash,,A,\n"
                        "b,2021-07-03,,Badakhshan,,withdrawal,,A,\n"
                        "c,2021-07-05,,Kunduz,Sher Khan,border,,A,point_location\n"
                        "d,2021-07-05,,Kunduz,sher khan,border,,B,point_location\n");
    g_assert_cmpuint(f.developments->count, ==, 3);
    assert_development(&f, 0, "2021-07-05", EVM_KIND_BORDER, 1);
    assert_development(&f, 1, "2021-07-03", EVM_KIND_CLASH, 1);
    assert_development(&f, 2, "2021-07-03", EVM_KIND_WITHDRAWAL, 1);
    fixture_clear(&f);
}

static void a_report_on_a_district_that_fell_that_day_is_part_of_its_fall(void)
{
    Fixture f = fixture("a,2021-07-03,,Takhar,Warsaj,control,Taliban,A,\n"
                        "b,2021-07-03,,Takhar,Warsaj,withdrawal,,A,\n"
                        "c,2021-07-02,,Takhar,Warsaj,clash,,A,\n");
    g_assert_cmpuint(f.developments->count, ==, 2);
    assert_development(&f, 0, "2021-07-03", EVM_KIND_CONTROL, 1);
    assert_development(&f, 1, "2021-07-02", EVM_KIND_CLASH, 1);
    fixture_clear(&f);
}

static void what_was_reported_later_is_not_known_yet(void)
{
    EvmDate known;
    g_assert_true(evm_date_parse("2021-07-05", &known));
    Fixture f = fixture_known("a,2021-07-03,2021-07-09,Takhar,Warsaj,control,Taliban,A,\n"
                              "b,2021-07-03,2021-07-09,Takhar,Bangi,clash,,A,\n"
                              "c,2021-07-03,2021-07-05,Takhar,Farkhar,clash,,A,\n",
                              known);
    g_assert_cmpuint(f.developments->count, ==, 1);
    assert_development(&f, 0, "2021-07-03", EVM_KIND_CLASH, 1);
    fixture_clear(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/scene/developments/" #name, name)
    ADD(districts_of_a_province_taken_on_one_day_are_one_entry_the_latest_first);
    ADD(what_is_older_or_later_or_repeats_is_no_development);
    ADD(reports_that_claim_nothing_are_entries_of_their_kind);
    ADD(a_report_on_a_district_that_fell_that_day_is_part_of_its_fall);
    ADD(what_was_reported_later_is_not_known_yet);
    return g_test_run();
}
