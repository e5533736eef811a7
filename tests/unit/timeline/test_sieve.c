/* What a sieve keeps answers as all rows do: random tables, the same on every run. */
#include <glib/gstdio.h>

#include "tests/unit/timeline/fixture.h"
#include "timeline/explanation.h"
#include "timeline/flips.h"
#include "timeline/open_places.h"
#include "timeline/series.h"
#include "timeline/sieve.h"

enum { TABLES = 40, ROWS = 500, DAYS = 16, MOST_THREADS = 4, FILES = 3 };
static const char HEADER[] =
    "id,date,date_end,date_precision,reported,province,district,kind,actor,from_actor,confidence,"
    "source,headline,tags,supersedes,retracted\n";
static int32_t first_day;
static EvmUniverse *universe;
static int short_tables; /* that were read a second time */

/* What a table has that makes the way rows flow matter. */
typedef struct {
    bool has_spans, has_corrections, has_twins, has_stray_quotes, has_bad_rows;
    bool is_calm; /* one district, where little changes */
    bool is_utf16, has_slash_dates, has_tags_row;
} Kind;

static const char *pick(GRand *rand, const char *const *words, int count)
{
    return words[g_rand_int_range(rand, 0, count)];
}

static bool is_one_in(GRand *rand, int count)
{
    return g_rand_int_range(rand, 0, count) == 0;
}

static void append_day(GString *row, const Kind *kind, int day)
{
    char text[EVM_DATE_TEXT_SIZE];
    evm_date_format((EvmDate){first_day + day}, text);
    if (kind->has_slash_dates)
        g_string_append_printf(row, "%.2s/%.2s/%.4s,", text + 8, text + 5, text);
    else
        g_string_append_printf(row, "%s,", text);
}

static void append_dates(GString *row, GRand *rand, const Kind *kind)
{
    static const char *const precisions[] = {"day", "status", "week", "month"};
    int day = g_rand_int_range(rand, 0, DAYS);
    if (kind->has_bad_rows && is_one_in(rand, 20))
        g_string_append(row, "2021-02-29,");
    else
        append_day(row, kind, day);
    if (kind->has_spans && is_one_in(rand, 6))
        append_day(row, kind, day + g_rand_int_range(rand, 0, 9));
    else
        g_string_append_c(row, ',');
    g_string_append_printf(row, "%s,", pick(rand, precisions, kind->has_spans ? 4 : 2));
    if (is_one_in(rand, 3))
        append_day(row, kind, day + g_rand_int_range(rand, 0, 5));
    else
        g_string_append_c(row, ',');
}

static void append_claim_cells(GString *row, GRand *rand, const Kind *kind)
{
    static const char *const places[] = {"Kandahar,Panjwai",  "kandahar,Panjwayi",
                                         "Kunduz,Imam Sahib", "Daykundi,Patoo",
                                         "Kunduz,Gul Tapa",   "Kunduz,Nowhere at all"};
    static const char *const whats[] = {"control,Taliban,",
                                        "control,Government,Taliban",
                                        "control,taliban,Contested",
                                        "control,Resistance,",
                                        "contested,,",
                                        "clash,,"};
    static const char *const confidences[] = {"low", "medium", "high", ""};
    static const char *const sources[] = {"", "A", "a", "B", "\"C, of D\""};
    bool is_usual = kind->is_calm && !is_one_in(rand, 25);
    g_string_append_printf(row, "%s,%s,%s,%s,",
                           pick(rand, places, is_usual ? 2 : G_N_ELEMENTS(places)),
                           is_usual ? "control,Taliban," : pick(rand, whats, G_N_ELEMENTS(whats)),
                           pick(rand, confidences, G_N_ELEMENTS(confidences)),
                           pick(rand, sources, G_N_ELEMENTS(sources)));
}

static void append_row(GString *csv, GRand *rand, const Kind *kind, int id)
{
    static const char *const headlines[] = {"\"two\nlines, \"\"quoted\"\"\"",
                                            "plain",
                                            "\"\n\n,\"\"\n\"",
                                            "",
                                            "\"a\r\nb\"",
                                            "39\" north"};
    static const char *const tags[] = {"", "", "seq:1", "seq:2", "point_location"};
    if (kind->has_twins && is_one_in(rand, 30))
        id = 1;
    if (!is_one_in(rand, 5))
        g_string_append_printf(csv, "r%d", id);
    g_string_append_c(csv, ',');
    append_dates(csv, rand, kind);
    append_claim_cells(csv, rand, kind);
    g_string_append_printf(csv, "%s,%s,", pick(rand, headlines, kind->has_stray_quotes ? 6 : 5),
                           pick(rand, tags, G_N_ELEMENTS(tags)));
    if (kind->has_corrections && is_one_in(rand, 10))
        g_string_append_printf(csv, "r%d", g_rand_int_range(rand, 0, id + 1));
    g_string_append_printf(csv, ",%s\n", is_one_in(rand, 8) ? "yes" : "");
}

static EvmQuestion random_question(GRand *rand)
{
    EvmQuestion question = EVM_QUESTION_ON((EvmDate){first_day + g_rand_int_range(rand, 0, DAYS)});
    if (is_one_in(rand, 2))
        question.known = (EvmDate){first_day + g_rand_int_range(rand, 0, DAYS)};
    question.dispute_window_days = g_rand_int_range(rand, -1, 6);
    question.stale_after_days = g_rand_int_range(rand, 0, 8);
    return question;
}

static const EvmPlaceQuery panjwai = {.district = "Panjwai", .province = "Kandahar"};

/* What one of the verbs asks: a day, a map, changes, a series, an explanation, or counts alone. */
static EvmNeeds random_needs(GRand *rand)
{
    EvmNeeds needs = EVM_NEEDS_NOTHING;
    EvmQuestion question = random_question(rand);
    int verb = g_rand_int_range(rand, 0, 6);
    needs.known = question.known;
    needs.to = question.date;
    if (verb < 3 || verb == 5)
        needs.questions[needs.question_count++] = question;
    if (verb == 1 || verb == 3)
        needs.flips_from.days = question.date.days - g_rand_int_range(rand, 0, 9);
    if (verb == 1 || verb == 4)
        needs.history_from.days = question.date.days - g_rand_int_range(rand, 0, 50);
    needs.wants_evidence = verb == 1;
    if (verb == 2) {
        needs.questions[needs.question_count] = question;
        needs.questions[needs.question_count++].known.days = first_day + DAYS;
    }
    needs.district = verb == 5 ? &panjwai : NULL;
    return needs;
}

static void append_diagnostics(GString *out, const EvmDiagnostics *list)
{
    for (size_t i = 0; i < evm_diagnostics_count(list); i++) {
        const EvmDiagnostic *what = evm_diagnostics_at(list, i);
        g_string_append_printf(out, "%s:%u:%u: %s %s %s\n", what->file, what->line, what->column,
                               what->code, what->message, what->hint ? what->hint : "");
    }
}

static const char *id_of(const EvmJoin *join, int32_t claim)
{
    return claim < 0 ? "-" : join->events->items[join->claims[claim].event].id;
}

/* As the manifest names them. */
static void append_evidence(GString *out, const EvmState *state)
{
    const EvmJoin *join = state->join;
    for (size_t d = 0; d < join->gazetteer->district_count; d++) {
        const EvmHolding *holding = &state->holdings[d];
        int count = 0;
        for (size_t c = (size_t)(holding->claim + 1); c-- > join->first_claim[d];)
            if (evm_control_is_equal(join->claims[c].control, holding->control) &&
                evm_claim_is_in_force(&join->claims[c], &state->question) &&
                count++ < EVM_EVIDENCE_ROWS)
                g_string_append_printf(out, " %s", id_of(join, (int32_t)c));
        if (count > 0)
            g_string_append_printf(out, " %d\n", count > EVM_EVIDENCE_ROWS);
    }
}

static void append_states(GString *out, const EvmJoin *join, const EvmNeeds *needs)
{
    for (size_t i = 0; i < needs->question_count; i++) {
        EvmState *state = evm_state_compute(join, &needs->questions[i]);
        g_autofree char *holdings = format_state(state);
        EvmOpenPlaces *outside = evm_open_places_compute_outside(universe, state);
        g_string_append(out, holdings);
        if (needs->wants_evidence)
            append_evidence(out, state);
        for (size_t p = 0; i == 0 && p < outside->count; p++)
            g_string_append_printf(out, "outside %s %zu\n",
                                   join->events->items[outside->items[p].first].id,
                                   outside->items[p].rows);
        evm_open_places_free(outside);
        evm_state_free(state);
    }
}

static void append_flips(GString *out, const EvmJoin *join, const EvmFlips *flips)
{
    for (size_t i = 0; i < flips->count; i++) {
        const EvmFlip *flip = &flips->items[i];
        g_string_append_printf(
            out, "flip %d %u %s>%s %s %s %d\n", flip->day.days, flip->district,
            evm_control_format(join, flip->before), evm_control_format(join, flip->after),
            id_of(join, flip->before_claim), id_of(join, flip->claim), flip->is_retaken);
    }
    for (size_t i = 0; i < flips->balance_count; i++) {
        const EvmBalance *balance = &flips->balances[i];
        g_string_append_printf(out, "balance %s %zu %zu %" G_GINT64_FORMAT " %zu %zu %zu\n",
                               evm_control_format(join, balance->control), balance->start,
                               balance->end, balance->assessed, balance->gained, balance->retaken,
                               balance->lost);
    }
}

static void append_period(GString *out, const EvmJoin *join, const EvmJoin *history,
                          const EvmNeeds *needs)
{
    EvmQuestion from = {.date = needs->flips_from, .known = needs->known};
    if (!evm_date_is_none(needs->flips_from)) {
        EvmFlips *flips = evm_flips_compute(universe, join, &from, needs->to);
        append_flips(out, join, flips);
        evm_flips_free(flips);
    }
    if (evm_date_is_none(needs->history_from))
        return;
    from.date = needs->history_from;
    EvmSeries *series = evm_series_compute(universe, history, &from, needs->to, NULL);
    for (size_t day = 0; day < series->day_count; day++)
        for (size_t c = 0; c < series->control_count; c++)
            g_string_append_printf(
                out, "%s %zu ", evm_control_format(history, series->controls[c]),
                evm_tally_row_at(series->days[day], series->controls[c]).districts);
    evm_series_free(series);
}

static void append_explanation(GString *out, const EvmJoin *join, const EvmNeeds *needs)
{
    if (!needs->district)
        return;
    int32_t district = evm_gazetteer_resolve(join->gazetteer, needs->district).district;
    EvmExplanation *all = evm_explanation_compute(join, (uint32_t)district, &needs->questions[0]);
    for (size_t i = 0; i < all->count; i++)
        g_string_append_printf(out, "%s %s %s\n", id_of(join, all->items[i].claim),
                               evm_role_format(all->items[i].role),
                               evm_ground_format(all->items[i].ground));
    g_string_append_printf(out, "%s %s\n", evm_settled_format(all->settled),
                           id_of(join, all->rival));
    evm_explanation_free(all);
}

static void append_totals(GString *out, const EvmJoin *join)
{
    EvmOpenPlaces *open = evm_open_places_compute(join);
    for (size_t i = 0; i < open->count; i++)
        g_string_append_printf(out, "open %s %zu\n", join->events->items[open->items[i].first].id,
                               open->items[i].rows);
    evm_open_places_free(open);
    for (size_t i = 0; i < EVM_FATE_COUNT; i++)
        g_string_append_printf(out, "%s %zu\n", evm_fate_format((EvmFate)i), join->fate_counts[i]);
    for (size_t i = 0; i < EVM_MATCH_HOW_COUNT; i++)
        g_string_append_printf(out, "%zu ", join->how_counts[i]);
    for (size_t d = 0; d < join->gazetteer->district_count; d++)
        if (join->claims_on[d] > 0)
            g_string_append_printf(out, "%zu:%u ", d, join->claims_on[d]);
    g_autofree char *actors = g_strjoinv(" ", join->actors);
    g_string_append_printf(out, "\n%s\nrows %zu refused %zu first %d\n", actors, join->events->rows,
                           join->events->refused, join->first_day.days);
}

/* All that an answer says. */
static char *format_all(const EvmJoin *join, const EvmJoin *history, const EvmNeeds *needs)
{
    GString *out = g_string_new(NULL);
    append_states(out, join, needs);
    append_period(out, join, history, needs);
    append_explanation(out, join, needs);
    append_totals(out, join);
    return g_string_free(out, FALSE);
}

/* Of one table: its sieve, made anew when it is read anew. */
typedef struct {
    const Fixture *all;
    const EvmNeeds *needs;
    const char *const *paths;
    EvmSieve *sieve;
    void *workers[MOST_THREADS];
    unsigned threads;
} Sifting;

static void add_row(void *worker, const EvmEvent *event, const EvmStreamRow *row,
                    const EvmWithdrawal *withdrawal, EvmDiagnostics *remarks)
{
    evm_sieve_add(worker, event, row, withdrawal, remarks);
}

static void restart(void *user)
{
    Sifting *it = user;
    evm_sieve_free(it->sieve);
    it->sieve =
        evm_sieve_new(it->all->gazetteer, universe, NULL, it->needs, it->paths, it->threads);
    for (unsigned i = 0; i < it->threads; i++)
        it->workers[i] = evm_sieve_worker_at(it->sieve, i);
}

static char *format_kept(const EvmSifted *sifted, EvmEventStream *stream, const Fixture *all,
                         const EvmNeeds *needs)
{
    GError *error = NULL;
    EvmEvents *events =
        evm_event_stream_compute_events(stream, sifted->rows, sifted->count, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(events->count, <=, all->events->count);
    EvmJoin *join = evm_sifted_compute_join(sifted, stream, events, all->gazetteer, NULL, &error);
    g_assert_no_error(error);
    EvmJoin *history = evm_sifted_compute_history(sifted, join);
    char *text = format_all(join, history, needs);
    evm_join_free(history);
    evm_join_free(join);
    evm_events_free(events);
    return text;
}

/* The answer, and the problems of the rows, from what a sieve keeps; NULL when it cannot tell. */
static char *sift(const char *const *paths, const Fixture *all, const EvmNeeds *needs,
                  unsigned threads, size_t piece_bytes, GString *problems)
{
    GError *error = NULL;
    Sifting it = {.all = all, .needs = needs, .paths = paths, .threads = threads};
    restart(&it);
    EvmStreamVisitor visitor = {.workers = it.workers,
                                .worker_count = threads,
                                .piece_bytes = piece_bytes,
                                .wants_sha256 = true,
                                .add = add_row,
                                .restart = restart,
                                .user = &it};
    EvmEventStream *stream = evm_event_stream_new(paths, g_strv_length((char **)paths), NULL);
    EvmStreamResult result = evm_event_stream_load(stream, &visitor, &error);
    g_assert_no_error(error);
    bool is_short = false;
    EvmSifted *sifted = result == EVM_STREAM_READ ? evm_sifted_compute(it.sieve, &is_short) : NULL;
    if (is_short) {
        EvmSieve *before = g_steal_pointer(&it.sieve);
        restart(&it);
        evm_sieve_add_knowledge(it.sieve, before);
        evm_sieve_free(before);
        result = evm_event_stream_load(stream, &visitor, &error);
        g_assert_no_error(error);
        sifted = evm_sifted_compute(it.sieve, &is_short);
        short_tables++;
    }
    char *text = sifted ? format_kept(sifted, stream, all, needs) : NULL;
    EvmDiagnostics *list = evm_diagnostics_new();
    evm_event_stream_add_diagnostics(stream, list);
    append_diagnostics(problems, list);
    evm_diagnostics_free(list);
    evm_sifted_free(sifted);
    evm_event_stream_free(stream);
    evm_sieve_free(it.sieve);
    return text;
}

static void write_file(const char *path, const GString *csv, const Kind *kind)
{
    gsize size = csv->len;
    g_autofree char *utf16 =
        g_convert(csv->str, (gssize)csv->len, "UTF-16", "UTF-8", NULL, &size, NULL);
    g_assert_nonnull(utf16);
    g_assert_true(g_file_set_contents(path, kind->is_utf16 ? utf16 : csv->str,
                                      (gssize)(kind->is_utf16 ? size : csv->len), NULL));
}

/* One to three files, each with its header. */
static void write_files(GRand *rand, const Kind *kind, char **paths)
{
    int count = g_rand_int_range(rand, 1, FILES + 1), id = 0;
    for (int file = 0; file < FILES; file++) {
        g_autoptr(GString) csv = g_string_new(HEADER);
        if (kind->has_tags_row)
            g_string_append(csv, "#id,#date\n");
        for (int i = 0; i < ROWS / count; i++)
            append_row(csv, rand, kind, id++);
        if (file < count)
            write_file(paths[file], csv, kind);
    }
    for (int file = count; file < FILES; file++)
        g_clear_pointer(&paths[file], g_free);
}

static void remove_files(char **paths)
{
    for (char **path = paths; *path; path++) {
        g_remove(*path);
        g_free(*path);
    }
}

/* How many of the tables of a kind the sieves could answer for, with each as all rows do. */
static int count_sifted(const Kind *kind, guint32 seed)
{
    int count = 0;
    GRand *rand = g_rand_new_with_seed(seed);
    g_autofree char *folder = g_dir_make_tmp("evmap-sieve-XXXXXX", NULL);
    for (int table = 0; table < TABLES; table++) {
        char *paths[FILES + 1] = {g_build_filename(folder, "a.csv", NULL),
                                  g_build_filename(folder, "b.csv", NULL),
                                  g_build_filename(folder, "c.csv", NULL), NULL};
        g_autoptr(GString) problems = g_string_new(NULL), all_problems = g_string_new(NULL);
        write_files(rand, kind, paths);
        EvmNeeds needs = random_needs(rand);
        Fixture all = fixture_of_files((const char *const *)paths);
        append_diagnostics(all_problems, all.diagnostics);
        g_autofree char *expected = format_all(all.join, all.join, &needs);
        g_autofree char *seen = sift((const char *const *)paths, &all, &needs,
                                     (unsigned)g_rand_int_range(rand, 1, MOST_THREADS + 1),
                                     (size_t)g_rand_int_range(rand, 40, 3000), problems);
        if (seen) {
            g_assert_cmpstr(seen, ==, expected);
            g_assert_cmpstr(problems->str, ==, all_problems->str);
            count++;
        }
        fixture_free(&all);
        remove_files(paths);
    }
    g_rand_free(rand);
    g_rmdir(folder);
    return count;
}

static void what_is_kept_answers_as_all_rows_do(void)
{
    g_assert_cmpint(count_sifted(&(Kind){0}, 1), ==, TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.has_bad_rows = true}, 2), ==, TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.is_calm = true}, 7), ==, TABLES);
}

static void unsure_days_are_answered_at_the_second_reading(void)
{
    short_tables = 0;
    g_assert_cmpint(count_sifted(&(Kind){.has_spans = true}, 3), ==, TABLES);
    g_assert_cmpint(short_tables, >, 0);
    g_assert_cmpint(short_tables, <, TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.has_spans = true, .has_corrections = true}, 4), ==,
                    TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.has_spans = true, .has_twins = true}, 9), ==, TABLES);
}

static void a_quote_in_unquoted_text_is_read_right_or_given_up(void)
{
    count_sifted(&(Kind){.has_stray_quotes = true, .has_bad_rows = true}, 4);
}

static void corrections_and_repeated_ids_are_found_without_all_rows(void)
{
    g_assert_cmpint(count_sifted(&(Kind){.has_corrections = true}, 5), ==, TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.has_twins = true}, 6), ==, TABLES);
    g_assert_cmpint(
        count_sifted(&(Kind){.has_corrections = true, .has_twins = true, .has_bad_rows = true}, 8),
        ==, TABLES);
}

static void other_encodings_and_orders_are_found_without_all_rows(void)
{
    g_assert_cmpint(count_sifted(&(Kind){.is_utf16 = true, .has_tags_row = true}, 10), ==, TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.has_slash_dates = true, .has_bad_rows = true}, 11), ==,
                    TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.has_slash_dates = true,
                                         .is_utf16 = true,
                                         .has_spans = true,
                                         .has_corrections = true,
                                         .has_twins = true},
                                 12),
                    ==, TABLES);
}

int main(int argc, char **argv)
{
    EvmDate first = {0};
    GError *error = NULL;
    g_test_init(&argc, &argv, NULL);
    g_assert_true(evm_date_parse("2021-06-01", &first));
    first_day = first.days;
    EvmGazetteer *gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    EvmGeodata *geodata =
        evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", NULL, &error);
    g_assert_no_error(error);
    universe = evm_universe_compute(geodata, gazetteer, NULL, NULL, &error);
    g_assert_no_error(error);
    g_test_add_func("/timeline/sieve/keeps-what-counts", what_is_kept_answers_as_all_rows_do);
    g_test_add_func("/timeline/sieve/spans", unsure_days_are_answered_at_the_second_reading);
    g_test_add_func("/timeline/sieve/stray-quotes",
                    a_quote_in_unquoted_text_is_read_right_or_given_up);
    g_test_add_func("/timeline/sieve/corrections",
                    corrections_and_repeated_ids_are_found_without_all_rows);
    g_test_add_func("/timeline/sieve/encodings-and-orders",
                    other_encodings_and_orders_are_found_without_all_rows);
    int status = g_test_run();
    evm_universe_free(universe);
    evm_geodata_free(geodata);
    evm_gazetteer_free(gazetteer);
    return status;
}
