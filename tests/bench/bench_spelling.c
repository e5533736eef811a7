/* Hand-made pairs of spellings and districts, counted: right, wrong, undecided, for Latin and for
 * Arabic script, with the province and without. The pairs are not part of the source: they are
 * looked for in the folder that EVMAP_TESTDATA names, or in shared/testdata beside the source.
 *
 *     bench_spelling [--check] [--show] [--leave-out] [--geodata FOLDER] [PAIRS.csv]
 *
 * --leave-out asks two more gazetteers: one without the aliases of the pair's own district, which
 * is what rules alone do and what districts can expect that nobody has looked at; and one that does
 * not know the district at all: whatever is found then is wrong.
 * --check fails when a rate is below what has been reached, --show prints every pair that is not
 * right. Columns of the file: variant, province_if_known, canonical_name, pcode, script, note. */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/csv_reader.h"
#include "gazetteer/gazetteer.h"
#include "leave_out.h"

enum { EXIT_FAILED = 1, EXIT_SKIP = 77 };

/* Outside are names of places that have no P-code: they must be left open. Disputed are names that
 * the sources give to different districts: whatever is found is neither right nor wrong. Shared are
 * those among the undecided and the wrong that, spelt so, a district of another province bears too:
 * nobody can decide them without the province; the right ones' share of the others stands beside.
 */
typedef struct {
    unsigned right, wrong, undecided, offered, outside, assigned, disputed, shared;
    gint64 used_us;
} Tally;

/* The limits are what has been reached, with a pair or two to spare, in per cent. */
typedef struct {
    const char *script;
    bool with_province;
    double least_right, most_wrong;
} Case;

static const Case CASES[] = {
    {"latin", true, 99.4, 0.3},
    {"latin", false, 93.7, 0.5},
    {"arabic", true, 99.6, 0.3},
    {"arabic", false, 93.2, 0.5},
};

typedef struct {
    const char *pairs_path, *geodata;
    bool check, show, with_left_out;
    LeaveOutWhat what;
    EvmGazetteer *gazetteer;
    EvmCsvTable *pairs;
    LeaveOut *leave_out;
} Bench;

static const char *pair_at(const Bench *bench, size_t row, const char *column)
{
    return evm_csv_table_at(bench->pairs, row, evm_csv_table_find_column(bench->pairs, column));
}

/* Spelt so, or so but for its vowels, it is a district's name in another province too. */
static bool is_shared(const Bench *bench, size_t row)
{
    enum { SPELT_ALIKE = 92 };
    for (size_t i = 0; i < bench->gazetteer->province_count; i++) {
        EvmPlaceQuery query = {.district = pair_at(bench, row, "variant"),
                               .province = bench->gazetteer->provinces[i].name};
        EvmMatch match = evm_gazetteer_resolve(bench->gazetteer, &query);
        if (match.district >= 0 && match.score >= SPELT_ALIKE &&
            !g_str_equal(bench->gazetteer->districts[match.district].pcode,
                         pair_at(bench, row, "pcode")))
            return true;
    }
    return false;
}

static void print_miss(const Bench *bench, size_t row, const EvmMatch *match, const char *what)
{
    int32_t got = match->district >= 0         ? match->district
                  : match->candidate_count > 0 ? match->candidates[0]
                                               : -1;
    if (bench->show)
        printf("  %s: '%s' in '%s' is %s (%s), found %s %u %s\n", what,
               pair_at(bench, row, "variant"), pair_at(bench, row, "province_if_known"),
               pair_at(bench, row, "canonical_name"), pair_at(bench, row, "pcode"),
               evm_match_how_format(match->how), match->score,
               got >= 0 ? bench->gazetteer->districts[got].name : "-");
}

static bool is_offered(const Bench *bench, const EvmMatch *match, const char *pcode)
{
    for (unsigned i = 0; i < match->candidate_count; i++)
        if (g_str_equal(bench->gazetteer->districts[match->candidates[i]].pcode, pcode))
            return true;
    return false;
}

static void count_outside(const Bench *bench, size_t row, const EvmMatch *match, Tally *tally)
{
    if (g_str_has_prefix(pair_at(bench, row, "note"), "ambiguous")) {
        tally->disputed++;
        return;
    }
    tally->outside++;
    if (match->district < 0)
        return;
    tally->assigned++;
    print_miss(bench, row, match, "ASSIGNED");
}

static void count_inside(const Bench *bench, size_t row, const EvmMatch *match, Tally *tally)
{
    const char *pcode = pair_at(bench, row, "pcode");
    if (match->district < 0) {
        tally->undecided++;
        tally->offered += is_offered(bench, match, pcode);
        print_miss(bench, row, match, "open");
    } else if (g_str_equal(bench->gazetteer->districts[match->district].pcode, pcode)) {
        tally->right++;
    } else {
        tally->wrong++;
        print_miss(bench, row, match, "WRONG");
    }
}

static const EvmGazetteer *gazetteer_for(const Bench *bench, size_t row)
{
    if (bench->what == LEAVE_OUT_NOTHING)
        return bench->gazetteer;
    g_autoptr(GError) error = NULL;
    const EvmGazetteer *found =
        leave_out_find(bench->leave_out, bench->what, pair_at(bench, row, "pcode"), &error);
    if (!found)
        g_error("%s", error->message);
    return found;
}

static void count_pair(const Bench *bench, size_t row, bool with_province, Tally *tally)
{
    EvmPlaceQuery query = {.district = pair_at(bench, row, "variant")};
    if (with_province)
        query.province = pair_at(bench, row, "province_if_known");
    const EvmGazetteer *gazetteer = gazetteer_for(bench, row);
    gint64 start = g_get_monotonic_time();
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    tally->used_us += g_get_monotonic_time() - start;
    if (pair_at(bench, row, "pcode")[0] == '\0') {
        count_outside(bench, row, &match, tally);
        return;
    }
    unsigned right = tally->right;
    count_inside(bench, row, &match, tally);
    if (!with_province && tally->right == right && is_shared(bench, row))
        tally->shared++;
}

static double per_cent(unsigned part, unsigned total)
{
    return total ? 100.0 * part / total : 0.0;
}

static void print_tally(const Case *test, const Tally *tally, double used_us)
{
    unsigned total = tally->right + tally->wrong + tally->undecided;
    printf("%-7s %-8s %5u %6.2f%% %6.2f%% %9.2f%% %8u %7u %8u %8u %6u %6.2f%% %7.1f\n",
           test->script, test->with_province ? "with" : "without", total,
           per_cent(tally->right, total), per_cent(tally->wrong, total),
           per_cent(tally->undecided, total), tally->offered, tally->outside, tally->assigned,
           tally->disputed, tally->shared, per_cent(tally->right, total - tally->shared), used_us);
}

static bool run_case(const Bench *bench, const Case *test)
{
    Tally tally = {.right = 0};
    size_t count = 0;
    for (size_t row = 0; row < evm_csv_table_count(bench->pairs); row++)
        if (g_str_equal(pair_at(bench, row, "script"), test->script)) {
            count_pair(bench, row, test->with_province, &tally);
            count++;
        }
    print_tally(test, &tally, (double)tally.used_us / (double)MAX(count, 1));
    unsigned total = tally.right + tally.wrong + tally.undecided;
    return total > 0 && tally.assigned == 0 && per_cent(tally.right, total) >= test->least_right &&
           per_cent(tally.wrong, total) <= test->most_wrong;
}

static bool parse_words(Bench *bench, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--check") == 0)
            bench->check = true;
        else if (strcmp(argv[i], "--show") == 0)
            bench->show = true;
        else if (strcmp(argv[i], "--leave-out") == 0)
            bench->with_left_out = true;
        else if (strcmp(argv[i], "--geodata") == 0 && i + 1 < argc)
            bench->geodata = argv[++i];
        else if (argv[i][0] != '-')
            bench->pairs_path = argv[i];
        else
            return false;
    return true;
}

static bool run_cases(Bench *bench, LeaveOutWhat what)
{
    static const char *const titles[] = {"all that the gazetteer has",
                                         "without the aliases of the pair's own district",
                                         "without the names of the pair's own district"};
    bool reached = true;
    bench->what = what;
    puts(titles[what]);
    puts("script  province pairs   right   wrong  undecided  offered outside assigned disputed "
         "shared of others      us");
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        reached &= run_case(bench, &CASES[i]);
    return reached;
}

static int run(Bench *bench)
{
    bool reached = run_cases(bench, LEAVE_OUT_NOTHING);
    if (bench->with_left_out) {
        run_cases(bench, LEAVE_OUT_ALIASES);
        run_cases(bench, LEAVE_OUT_NAMES);
    }
    if (bench->check && !reached)
        puts("below what had been reached");
    return bench->check && !reached ? EXIT_FAILED : 0;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    const char *folder = g_getenv("EVMAP_TESTDATA");
    g_autofree char *path = g_build_filename(
        folder ? folder : EVM_TEST_SOURCE_DIR "/../shared/testdata", "spelling_pairs.csv", NULL);
    Bench bench = {.pairs_path = path, .geodata = EVM_TEST_SOURCE_DIR "/geodata"};
    if (!parse_words(&bench, argc, argv))
        return EXIT_FAILED;
    if (!g_file_test(bench.pairs_path, G_FILE_TEST_EXISTS)) {
        printf("no %s: EVMAP_TESTDATA may name its folder\n", bench.pairs_path);
        return EXIT_SKIP;
    }
    bench.pairs = evm_csv_table_load(bench.pairs_path, &error);
    if (bench.pairs)
        bench.gazetteer = evm_gazetteer_load(bench.geodata, &error);
    if (bench.gazetteer && bench.with_left_out)
        bench.leave_out = leave_out_new(bench.geodata, &error);
    if (error)
        puts(error->message);
    int status = error ? EXIT_FAILED : run(&bench);
    if (bench.leave_out)
        leave_out_free(bench.leave_out);
    evm_csv_table_free(bench.pairs);
    evm_gazetteer_free(bench.gazetteer);
    return status;
}
