/* What a sieve keeps answers as all rows do: random tables, the same on every run. */
#include <glib/gstdio.h>

#include "tests/unit/timeline/fixture.h"
#include "timeline/sieve.h"

enum { TABLES = 25, ROWS = 500, DAYS = 16, MOST_THREADS = 4 };
static const char HEADER[] =
    "id,date,date_end,date_precision,reported,province,district,kind,actor,from_actor,confidence,"
    "source,headline,tags,supersedes,retracted\n";
static int32_t first_day;

/* What a table has that makes the way rows flow matter. */
typedef struct {
    bool has_spans, has_corrections, has_twins, has_stray_quotes, has_bad_rows;
} Kind;

static const char *pick(GRand *rand, const char *const *words, int count)
{
    return words[g_rand_int_range(rand, 0, count)];
}

static bool is_one_in(GRand *rand, int count)
{
    return g_rand_int_range(rand, 0, count) == 0;
}

static void append_day(GString *row, int day)
{
    char text[EVM_DATE_TEXT_SIZE];
    g_string_append_printf(row, "%s,", evm_date_format((EvmDate){first_day + day}, text));
}

static void append_dates(GString *row, GRand *rand, const Kind *kind)
{
    static const char *const precisions[] = {"day", "status", "week", "month"};
    int day = g_rand_int_range(rand, 0, DAYS);
    if (kind->has_bad_rows && is_one_in(rand, 20))
        g_string_append(row, "2021-02-29,");
    else
        append_day(row, day);
    if (kind->has_spans && is_one_in(rand, 6))
        append_day(row, day + g_rand_int_range(rand, 0, 9));
    else
        g_string_append_c(row, ',');
    g_string_append_printf(row, "%s,", pick(rand, precisions, kind->has_spans ? 4 : 2));
    if (is_one_in(rand, 3))
        append_day(row, day + g_rand_int_range(rand, 0, 5));
    else
        g_string_append_c(row, ',');
}

static void append_claim_cells(GString *row, GRand *rand)
{
    static const char *const places[] = {"Kandahar,Panjwai", "kandahar,Panjwayi",
                                         "Kunduz,Imam Sahib", "Kunduz,Nowhere at all"};
    static const char *const whats[] = {"control,Taliban,",
                                        "control,Government,Taliban",
                                        "control,taliban,Contested",
                                        "control,Resistance,",
                                        "contested,,",
                                        "clash,,"};
    static const char *const confidences[] = {"low", "medium", "high", ""};
    static const char *const sources[] = {"", "A", "a", "B", "\"C, of D\""};
    g_string_append_printf(row, "%s,%s,%s,%s,", pick(rand, places, G_N_ELEMENTS(places)),
                           pick(rand, whats, G_N_ELEMENTS(whats)),
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
    append_claim_cells(csv, rand);
    g_string_append_printf(csv, "%s,%s,", pick(rand, headlines, kind->has_stray_quotes ? 6 : 5),
                           pick(rand, tags, G_N_ELEMENTS(tags)));
    if (kind->has_corrections && is_one_in(rand, 10))
        g_string_append_printf(csv, "r%d", g_rand_int_range(rand, 0, id + 1));
    g_string_append_printf(csv, ",%s\n", is_one_in(rand, 8) ? "yes" : "");
}

static GString *make_table(GRand *rand, const Kind *kind)
{
    GString *csv = g_string_new(HEADER);
    for (int i = 0; i < ROWS; i++)
        append_row(csv, rand, kind, i);
    return csv;
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

static void append_diagnostics(GString *out, const EvmDiagnostics *list)
{
    for (size_t i = 0; i < evm_diagnostics_count(list); i++) {
        const EvmDiagnostic *what = evm_diagnostics_at(list, i);
        g_string_append_printf(out, "%s:%u:%u: %s %s %s\n", what->file, what->line, what->column,
                               what->code, what->message, what->hint ? what->hint : "");
    }
}

/* All that an answer says. */
static char *format_all(const EvmJoin *join, const EvmQuestion *question)
{
    EvmState *state = evm_state_compute(join, question);
    g_autofree char *holdings = format_state(state);
    GString *out = g_string_new(holdings);
    evm_state_free(state);
    for (size_t i = 0; i < EVM_FATE_COUNT; i++)
        g_string_append_printf(out, "%s %zu\n", evm_fate_format((EvmFate)i), join->fate_counts[i]);
    for (size_t i = 0; i < EVM_MATCH_HOW_COUNT; i++)
        g_string_append_printf(out, "%zu ", join->how_counts[i]);
    g_autofree char *actors = g_strjoinv(" ", join->actors);
    g_string_append_printf(out, "\n%s\nrows %zu refused %zu\n", actors, join->events->rows,
                           join->events->refused);
    return g_string_free(out, FALSE);
}

static void add_row(void *worker, const EvmEvent *event, const EvmStreamRow *row,
                    EvmDiagnostics *remarks)
{
    evm_sieve_add(worker, event, row, remarks);
}

static char *format_kept(const EvmSifted *sifted, const EvmEventStream *stream, const Fixture *all,
                         const EvmQuestion *question)
{
    GError *error = NULL;
    EvmEvents *events = evm_event_stream_compute_events(stream, sifted->rows, sifted->count);
    g_assert_nonnull(events);
    g_assert_cmpuint(events->count, <=, all->events->count);
    EvmJoin *join = evm_sifted_compute_join(sifted, events, all->gazetteer, NULL, &error);
    g_assert_no_error(error);
    char *text = format_all(join, question);
    evm_join_free(join);
    evm_events_free(events);
    return text;
}

/* The answer, and the problems of the rows, from what sieves keep; NULL when they cannot tell. */
static char *sift(const char *path, const Fixture *all, const EvmQuestion *question,
                  unsigned threads, size_t piece_bytes, GString *problems)
{
    EvmSieve *sieves[MOST_THREADS];
    GError *error = NULL;
    for (unsigned i = 0; i < threads; i++)
        sieves[i] = evm_sieve_new(all->gazetteer, NULL, question, path);
    EvmStreamVisitor visitor = {.workers = (void *const *)sieves,
                                .worker_count = threads,
                                .piece_bytes = piece_bytes,
                                .add = add_row};
    EvmEventStream *stream = evm_event_stream_new();
    EvmStreamResult result = evm_event_stream_load(stream, path, NULL, &visitor, &error);
    g_assert_no_error(error);
    EvmSifted *sifted = result == EVM_STREAM_READ ? evm_sifted_compute(sieves, threads) : NULL;
    char *text = sifted ? format_kept(sifted, stream, all, question) : NULL;
    append_diagnostics(problems, evm_event_stream_diagnostics_at(stream));
    append_diagnostics(problems, evm_event_stream_remarks_at(stream));
    evm_sifted_free(sifted);
    evm_event_stream_free(stream);
    for (unsigned i = 0; i < threads; i++)
        evm_sieve_free(sieves[i]);
    return text;
}

/* How many of the tables of a kind the sieves could answer for, with each as all rows do. */
static int count_sifted(const Kind *kind, guint32 seed)
{
    int count = 0;
    GRand *rand = g_rand_new_with_seed(seed);
    g_autofree char *folder = g_dir_make_tmp("evmap-sieve-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "test.csv", NULL);
    for (int table = 0; table < TABLES; table++) {
        g_autoptr(GString) csv = make_table(rand, kind);
        g_autoptr(GString) problems = g_string_new(NULL), all_problems = g_string_new(NULL);
        g_assert_true(g_file_set_contents(path, csv->str, (gssize)csv->len, NULL));
        EvmQuestion question = random_question(rand);
        Fixture all = fixture_of_file(path, csv->str);
        append_diagnostics(all_problems, all.diagnostics);
        g_autofree char *expected = format_all(all.join, &question);
        g_autofree char *seen =
            sift(path, &all, &question, (unsigned)g_rand_int_range(rand, 1, MOST_THREADS + 1),
                 (size_t)g_rand_int_range(rand, 40, 3000), problems);
        if (seen) {
            g_assert_cmpstr(seen, ==, expected);
            g_assert_cmpstr(problems->str, ==, all_problems->str);
            count++;
        }
        fixture_free(&all);
    }
    g_rand_free(rand);
    g_remove(path);
    g_rmdir(folder);
    return count;
}

static void what_is_kept_answers_as_all_rows_do(void)
{
    g_assert_cmpint(count_sifted(&(Kind){0}, 1), ==, TABLES);
    g_assert_cmpint(count_sifted(&(Kind){.has_bad_rows = true}, 2), ==, TABLES);
}

static void unsure_days_are_answered_or_given_up(void)
{
    int count = count_sifted(&(Kind){.has_spans = true}, 3);
    g_assert_cmpint(count, >, 0);
    g_assert_cmpint(count, <, TABLES);
}

static void a_quote_in_unquoted_text_is_read_right_or_given_up(void)
{
    count_sifted(&(Kind){.has_stray_quotes = true, .has_bad_rows = true}, 4);
}

static void rows_that_supersede_or_share_ids_are_left_to_others(void)
{
    g_assert_cmpint(count_sifted(&(Kind){.has_corrections = true}, 5), ==, 0);
    g_assert_cmpint(count_sifted(&(Kind){.has_twins = true}, 6), <, TABLES);
}

int main(int argc, char **argv)
{
    EvmDate first = {0};
    g_test_init(&argc, &argv, NULL);
    g_assert_true(evm_date_parse("2021-06-01", &first));
    first_day = first.days;
    g_test_add_func("/timeline/sieve/keeps-what-counts", what_is_kept_answers_as_all_rows_do);
    g_test_add_func("/timeline/sieve/spans", unsure_days_are_answered_or_given_up);
    g_test_add_func("/timeline/sieve/stray-quotes",
                    a_quote_in_unquoted_text_is_read_right_or_given_up);
    g_test_add_func("/timeline/sieve/corrections",
                    rows_that_supersede_or_share_ids_are_left_to_others);
    return g_test_run();
}
