/* What holds for any rows: random tables, the same on every run. */
#include "tests/unit/timeline/fixture.h"
#include "timeline/flips.h"
#include "timeline/series.h"
#include "timeline/walk.h"

enum { TABLES = 60, ROWS = 40, DAYS = 40, DISTRICTS = 3 };
static const char *const districts[DISTRICTS] = {"AF2704", "AF1903", "AF1701"};
static const char HEADER[] = "id,date,date_end,date_precision,reported,pcode,kind,actor,from_actor,"
                             "confidence,source,tags,supersedes,retracted\n";
static int32_t first_day;

static const char *pick(GRand *rand, const char *const *words, int count)
{
    return words[g_rand_int_range(rand, 0, count)];
}

static const char *format_day(int day, char *text)
{
    return evm_date_format((EvmDate){first_day + day}, text);
}

/* `report` orders the rows when all else is equal: no two are known on one day. */
static char *random_row(GRand *rand, int id, int report, bool is_retracted)
{
    static const char *const actors[] = {"Taliban", "Government", "Resistance"};
    static const char *const befores[] = {"", "", "Taliban", "Government", "Contested"};
    static const char *const words[] = {"low", "medium", "high"};
    static const char *const sources[] = {"", "A", "B", "C"};
    static const char *const tags[] = {"", "", "", "seq:1", "seq:2"};
    static const char *const precisions[] = {"day", "day", "day", "status", "week", "month"};
    char from[EVM_DATE_TEXT_SIZE], to[EVM_DATE_TEXT_SIZE] = "", known[EVM_DATE_TEXT_SIZE];
    int day = g_rand_int_range(rand, 5, DAYS - 5);
    bool is_contested = g_rand_int_range(rand, 0, 5) == 0;
    if (g_rand_int_range(rand, 0, 5) == 0)
        format_day(day + g_rand_int_range(rand, 0, 6), to);
    GString *row = g_string_new(NULL);
    g_string_printf(row, "r%d,%s,%s,%s,%s,%s,", id, format_day(day, from), to,
                    pick(rand, precisions, G_N_ELEMENTS(precisions)), format_day(report, known),
                    pick(rand, districts, DISTRICTS));
    g_string_append_printf(
        row, "%s,%s,%s,%s,%s,%s,", is_contested ? "contested" : "control",
        is_contested ? "" : pick(rand, actors, G_N_ELEMENTS(actors)),
        pick(rand, befores, G_N_ELEMENTS(befores)), pick(rand, words, G_N_ELEMENTS(words)),
        pick(rand, sources, G_N_ELEMENTS(sources)), pick(rand, tags, G_N_ELEMENTS(tags)));
    if (g_rand_int_range(rand, 0, 6) == 0)
        g_string_append_printf(row, "r%d", g_rand_int_range(rand, 0, ROWS));
    g_string_append_printf(row, ",%s\n", is_retracted ? "yes" : "");
    return g_string_free(row, FALSE);
}

static void shuffle(GRand *rand, char **rows, int count)
{
    for (int i = count - 1; i > 0; i--) {
        int j = g_rand_int_range(rand, 0, i + 1);
        char *row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }
}

static char **random_rows(GRand *rand)
{
    char **rows = g_new0(char *, ROWS + 1);
    for (int i = 0; i < ROWS; i++)
        rows[i] = random_row(rand, i, i, g_rand_int_range(rand, 0, 8) == 0);
    shuffle(rand, rows, ROWS);
    return rows;
}

static Fixture fixture_of_rows(char *const *rows)
{
    g_autofree char *body = g_strjoinv("", (char **)rows);
    g_autofree char *csv = g_strconcat(HEADER, body, NULL);
    return fixture_of(csv);
}

static EvmQuestion random_question(GRand *rand, int day)
{
    EvmQuestion question = EVM_QUESTION_ON((EvmDate){first_day + day});
    if (g_rand_int_range(rand, 0, 2) == 0)
        question.known = (EvmDate){first_day + g_rand_int_range(rand, 0, DAYS)};
    question.dispute_window_days = g_rand_int_range(rand, -1, 6);
    question.stale_after_days = g_rand_int_range(rand, 0, 8);
    return question;
}

static char *format_answer(const Fixture *fixture, const EvmQuestion *question)
{
    EvmState *state = evm_state_compute(fixture->join, question);
    char *text = format_state(state);
    evm_state_free(state);
    return text;
}

static void assert_same_answers(GRand *rand, const Fixture *a, const Fixture *b)
{
    for (int i = 0; i < DAYS; i++) {
        EvmQuestion question = random_question(rand, i);
        g_autofree char *one = format_answer(a, &question), *two = format_answer(b, &question);
        g_assert_cmpstr(one, ==, two);
    }
}

static void shuffling_rows_never_changes_the_state(void)
{
    GRand *rand = g_rand_new_with_seed(1);
    for (int table = 0; table < TABLES; table++) {
        g_auto(GStrv) rows = random_rows(rand);
        Fixture before = fixture_of_rows(rows);
        shuffle(rand, rows, ROWS);
        Fixture after = fixture_of_rows(rows);
        assert_same_answers(rand, &before, &after);
        fixture_free(&before);
        fixture_free(&after);
    }
    g_rand_free(rand);
}

static void adding_a_retracted_row_changes_nothing(void)
{
    GRand *rand = g_rand_new_with_seed(2);
    for (int table = 0; table < TABLES; table++) {
        g_auto(GStrv) rows = random_rows(rand);
        Fixture before = fixture_of_rows(rows);
        g_autofree char *row = random_row(rand, ROWS, g_rand_int_range(rand, 0, DAYS), true);
        char *first = rows[0];
        rows[0] = g_strconcat(row, first, NULL);
        g_free(first);
        Fixture after = fixture_of_rows(rows);
        assert_same_answers(rand, &before, &after);
        fixture_free(&before);
        fixture_free(&after);
    }
    g_rand_free(rand);
}

static void state_day_by_day_equals_state_at_once(void)
{
    GRand *rand = g_rand_new_with_seed(3);
    for (int table = 0; table < TABLES; table++) {
        g_auto(GStrv) rows = random_rows(rand);
        Fixture fixture = fixture_of_rows(rows);
        EvmQuestion question = random_question(rand, 0);
        EvmWalk *walk = evm_walk_new(fixture.join, &question);
        for (int day = 0; day < DAYS + 40; day++) {
            question.date.days = first_day + day;
            g_autofree char *at_once = format_answer(&fixture, &question);
            g_autofree char *walked = format_state(walk->state);
            g_assert_cmpstr(walked, ==, at_once);
            evm_walk_compute_next(walk);
        }
        evm_walk_free(walk);
        fixture_free(&fixture);
    }
    g_rand_free(rand);
}

/* state.h: claims that cannot matter may be left out of the array. */
static bool can_matter(const EvmClaim *claim, const EvmClaim *deciding, const EvmQuestion *question)
{
    int reach = deciding ? deciding->begin.days - MAX(0, question->dispute_window_days) : INT32_MIN;
    return claim->begin.days <= question->date.days && claim->effective.days >= reach;
}

static void claims_that_cannot_matter_may_be_left_out(void)
{
    GRand *rand = g_rand_new_with_seed(4);
    size_t pruned = 0;
    for (int table = 0; table < TABLES; table++) {
        g_auto(GStrv) rows = random_rows(rand);
        Fixture fixture = fixture_of_rows(rows);
        const EvmJoin *join = fixture.join;
        for (int i = 0; i < DISTRICTS * DAYS; i++) {
            int32_t d = evm_gazetteer_find_pcode(fixture.gazetteer, districts[i % DISTRICTS]);
            EvmQuestion question = random_question(rand, i / DISTRICTS);
            const EvmClaim *claims = &join->claims[join->first_claim[d]];
            size_t count = join->first_claim[d + 1] - join->first_claim[d], kept = 0;
            EvmHolding all = evm_holding_compute(claims, count, &question);
            g_autofree EvmClaim *some = g_new(EvmClaim, count);
            for (size_t c = 0; c < count; c++)
                if (can_matter(&claims[c], all.claim < 0 ? NULL : &claims[all.claim], &question))
                    some[kept++] = claims[c];
            EvmHolding rest = evm_holding_compute(some, kept, &question);
            g_assert_true(evm_control_is_equal(all.control, rest.control));
            g_assert_cmpint(all.doubt, ==, rest.doubt);
            g_assert_true(evm_control_is_equal(all.other, rest.other));
            g_assert_cmpint(all.from.days, ==, rest.from.days);
            g_assert_cmpint(all.to.days, ==, rest.to.days);
            g_assert_cmpint(all.is_stale, ==, rest.is_stale);
            pruned += count - kept;
        }
        fixture_free(&fixture);
    }
    g_assert_cmpuint(pruned, >, 1000);
    g_rand_free(rand);
}

/* Rows that nothing but their order tells apart: the map may depend on it, but says so. */
static void ties_are_disputed_in_either_order(void)
{
    static const char *const rows[] = {"2021-07-03,,day,,AF2704,control,Taliban,,high,A,,,\n",
                                       "2021-07-03,,day,,AF2704,control,Government,,high,B,,,\n"};
    for (int i = 0; i < 2; i++) {
        g_autofree char *csv = g_strconcat(HEADER, "x,", rows[i], "y,", rows[1 - i], NULL);
        Fixture fixture = fixture_of(csv);
        EvmQuestion question = EVM_QUESTION_ON(day("2021-07-05"));
        g_autofree char *seen = format_answer(&fixture, &question);
        g_autofree char *wanted =
            g_strdup_printf("AF2704: disputed %s y %s x %d %d 0\n", i ? "Taliban" : "Government",
                            i ? "Government" : "Taliban", EVM_DATE_NONE.days, EVM_DATE_NONE.days);
        g_assert_cmpstr(seen, ==, wanted);
        fixture_free(&fixture);
    }
}

static void assert_row(EvmTallyRow seen, EvmTallyRow wanted)
{
    g_assert_cmpuint(seen.districts, ==, wanted.districts);
    g_assert_cmpint(seen.population, ==, wanted.population);
    g_assert_cmpfloat(seen.area_km2, ==, wanted.area_km2);
    g_assert_cmpuint(seen.changing, ==, wanted.changing);
    g_assert_cmpuint(seen.disputed, ==, wanted.disputed);
    g_assert_cmpuint(seen.stale, ==, wanted.stale);
}

/* Each day of a series against the tally of a state computed at once, and against the universe. */
static void check_series(const EvmSeries *series, const EvmUniverse *universe, const EvmJoin *join,
                         EvmQuestion question)
{
    size_t sums_checked = 0;
    for (size_t i = 0; i < series->day_count; i++) {
        question.date.days = series->from.days + (int32_t)i;
        EvmState *state = evm_state_compute(join, &question);
        EvmTally *tally = evm_tally_compute(universe, state, -1);
        EvmTallyRow sum = {0};
        int64_t tenths = 0;
        for (size_t c = 0; c < series->control_count; c++) {
            EvmTallyRow row = evm_tally_row_at(series->days[i], series->controls[c]);
            assert_row(row, evm_tally_row_at(tally, series->controls[c]));
            sum.districts += row.districts;
            sum.population += row.population;
            tenths += (int64_t)(row.area_km2 * 10 + 0.5);
            sums_checked++;
        }
        g_assert_cmpuint(sum.districts, ==, universe->count);
        g_assert_cmpint(sum.population, ==, tally->total.population);
        g_assert_cmpint(tenths, ==, (int64_t)(tally->total.area_km2 * 10 + 0.5));
        evm_tally_free(tally);
        evm_state_free(state);
    }
    g_assert_cmpuint(sums_checked, >=, series->day_count);
}

static void series_sums_to_the_universe_every_day(void)
{
    GRand *rand = g_rand_new_with_seed(5);
    EvmDiagnostics *diagnostics = evm_diagnostics_new();
    GError *error = NULL;
    EvmGeodata *geodata =
        evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", diagnostics, &error);
    g_assert_no_error(error);
    for (int table = 0; table < 12; table++) {
        g_auto(GStrv) rows = random_rows(rand);
        Fixture fixture = fixture_of_rows(rows);
        EvmUniverse *universe =
            evm_universe_compute(geodata, fixture.gazetteer, NULL, diagnostics, &error);
        g_assert_no_error(error);
        EvmQuestion question = random_question(rand, 0);
        EvmSeries *series = evm_series_compute(universe, fixture.join, &question,
                                               (EvmDate){first_day + DAYS - 1}, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(series->day_count, ==, DAYS);
        check_series(series, universe, fixture.join, question);
        evm_series_free(series);
        evm_universe_free(universe);
        fixture_free(&fixture);
    }
    evm_geodata_free(geodata);
    evm_diagnostics_free(diagnostics);
    g_rand_free(rand);
}

/* Net flips are the changes that a map of the last day marks. */
static void assert_net_is_changes(const EvmFlips *flips, const EvmChanges *changes)
{
    EvmFlips *net = evm_flips_compute_net(flips);
    g_assert_cmpuint(net->count, ==, changes->count);
    for (size_t i = 0; i < changes->count; i++) {
        const EvmChange *change = &changes->items[i];
        size_t found = 0;
        while (found < net->count && net->items[found].district != change->district)
            found++;
        g_assert_cmpuint(found, <, net->count);
        g_assert_true(evm_control_is_equal(net->items[found].before, change->before));
        g_assert_true(evm_control_is_equal(net->items[found].after, change->after));
    }
    evm_flips_free(net);
}

static void assert_balanced(const EvmFlips *flips, const EvmTally *start, const EvmTally *end)
{
    int64_t assessed = 0;
    size_t gained = 0, lost = 0;
    for (size_t i = 0; i < flips->balance_count; i++) {
        const EvmBalance *row = &flips->balances[i];
        g_assert_cmpint((int64_t)row->start + row->assessed + (int64_t)row->gained, ==,
                        (int64_t)(row->end + row->lost));
        g_assert_cmpuint(row->start, ==, evm_tally_row_at(start, row->control).districts);
        g_assert_cmpuint(row->end, ==, evm_tally_row_at(end, row->control).districts);
        g_assert_cmpuint(row->retaken, <=, row->gained);
        assessed += row->assessed;
        gained += row->gained;
        lost += row->lost;
    }
    g_assert_cmpint(assessed, ==, 0);
    g_assert_cmpuint(gained, ==, flips->count);
    g_assert_cmpuint(lost, ==, flips->count);
}

static void check_flips(const EvmUniverse *universe, const EvmJoin *join, EvmQuestion first,
                        EvmQuestion last)
{
    EvmState *from = evm_state_compute(join, &first), *to = evm_state_compute(join, &last);
    EvmTally *start = evm_tally_compute(universe, from, -1);
    EvmTally *end = evm_tally_compute(universe, to, -1);
    EvmChanges *changes = evm_changes_compute(join, &first, &last);
    EvmFlips *flips = first.date.days == last.date.days
                          ? evm_flips_compute_corrections(universe, join, &first, &last)
                          : evm_flips_compute(universe, join, &first, last.date);
    assert_net_is_changes(flips, changes);
    assert_balanced(flips, start, end);
    evm_flips_free(flips);
    evm_changes_free(changes);
    evm_tally_free(start);
    evm_tally_free(end);
    evm_state_free(from);
    evm_state_free(to);
}

static void flips_come_to_the_changes_and_balance(void)
{
    GRand *rand = g_rand_new_with_seed(6);
    Fixture empty = fixture_new("");
    GError *error = NULL;
    EvmGeodata *geodata = evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp",
                                           empty.diagnostics, &error);
    g_assert_no_error(error);
    for (int table = 0; table < TABLES; table++) {
        g_auto(GStrv) rows = random_rows(rand);
        Fixture fixture = fixture_of_rows(rows);
        EvmUniverse *universe =
            evm_universe_compute(geodata, fixture.gazetteer, NULL, empty.diagnostics, &error);
        g_assert_no_error(error);
        for (int i = 0; i < 8; i++) {
            EvmQuestion first = random_question(rand, g_rand_int_range(rand, 0, DAYS));
            EvmQuestion last = first;
            if (i % 2)
                evm_join_resolve_baseline(fixture.join, "government", &first.baseline, &error);
            g_assert_no_error(error);
            last.baseline = first.baseline;
            if (i < 4)
                last.date.days += g_rand_int_range(rand, 1, DAYS);
            else
                last.known.days = first_day + g_rand_int_range(rand, 0, DAYS);
            check_flips(universe, fixture.join, first, last);
        }
        evm_universe_free(universe);
        fixture_free(&fixture);
    }
    evm_geodata_free(geodata);
    fixture_free(&empty);
    g_rand_free(rand);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    first_day = day("2021-06-20").days;
#define ADD(name) g_test_add_func("/timeline/properties/" #name, name)
    ADD(shuffling_rows_never_changes_the_state);
    ADD(adding_a_retracted_row_changes_nothing);
    ADD(state_day_by_day_equals_state_at_once);
    ADD(claims_that_cannot_matter_may_be_left_out);
    ADD(ties_are_disputed_in_either_order);
    ADD(flips_come_to_the_changes_and_balance);
    ADD(series_sums_to_the_universe_every_day);
    return g_test_run();
}
