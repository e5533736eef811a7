/* Hand-made pairs of spellings and districts, counted: right, wrong, undecided, for Latin and for
 * Arabic script, with the province and without. The pairs are not part of the source: they are
 * looked for in the folder that EVMAP_TESTDATA names, or in shared/testdata beside the source.
 *
 *     bench_spelling [--check] [--show] [--geodata FOLDER] [PAIRS.csv]
 *
 * --check fails when a rate is below what has been reached, --show prints every pair that is not
 * right. Columns of the file: variant, province_if_known, canonical_name, pcode, script, note. */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/csv_reader.h"
#include "gazetteer/gazetteer.h"

enum { EXIT_FAILED = 1, EXIT_SKIP = 77 };

/* Outside are names of places that have no P-code: they must be left open. Disputed are names that
 * the sources give to different districts: whatever is found is neither right nor wrong. */
typedef struct {
    unsigned right, wrong, undecided, offered, outside, assigned, disputed;
} Tally;

/* The limits are what has been reached, with a pair or two to spare, in per cent. */
typedef struct {
    const char *script;
    bool with_province;
    double least_right, most_wrong;
} Case;

static const Case CASES[] = {
    {"latin", true, 99.2, 0.3},
    {"latin", false, 93.2, 0.5},
    {"arabic", true, 99.6, 0.3},
    {"arabic", false, 93.9, 0.5},
};

typedef struct {
    const char *pairs_path, *geodata;
    bool check, show;
    EvmGazetteer *gazetteer;
    EvmCsvTable *pairs;
} Bench;

static const char *pair_at(const Bench *bench, size_t row, const char *column)
{
    return evm_csv_table_at(bench->pairs, row, evm_csv_table_find_column(bench->pairs, column));
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

static void count_pair(const Bench *bench, size_t row, bool with_province, Tally *tally)
{
    EvmPlaceQuery query = {.district = pair_at(bench, row, "variant")};
    if (with_province)
        query.province = pair_at(bench, row, "province_if_known");
    EvmMatch match = evm_gazetteer_resolve(bench->gazetteer, &query);
    if (pair_at(bench, row, "pcode")[0] == '\0')
        count_outside(bench, row, &match, tally);
    else
        count_inside(bench, row, &match, tally);
}

static double per_cent(unsigned part, unsigned total)
{
    return total ? 100.0 * part / total : 0.0;
}

static bool run_case(const Bench *bench, const Case *test)
{
    Tally tally = {.right = 0};
    gint64 start = g_get_monotonic_time();
    size_t count = 0;
    for (size_t row = 0; row < evm_csv_table_count(bench->pairs); row++)
        if (g_str_equal(pair_at(bench, row, "script"), test->script)) {
            count_pair(bench, row, test->with_province, &tally);
            count++;
        }
    double used_us = (double)(g_get_monotonic_time() - start) / (double)MAX(count, 1);
    unsigned total = tally.right + tally.wrong + tally.undecided;
    double right = per_cent(tally.right, total), wrong = per_cent(tally.wrong, total);
    printf("%-7s %-8s %5u %6.2f%% %6.2f%% %9.2f%% %8u %7u %8u %8u %6.1f\n", test->script,
           test->with_province ? "with" : "without", total, right, wrong,
           per_cent(tally.undecided, total), tally.offered, tally.outside, tally.assigned,
           tally.disputed, used_us);
    return total > 0 && tally.assigned == 0 && right >= test->least_right &&
           wrong <= test->most_wrong;
}

static bool parse_words(Bench *bench, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--check") == 0)
            bench->check = true;
        else if (strcmp(argv[i], "--show") == 0)
            bench->show = true;
        else if (strcmp(argv[i], "--geodata") == 0 && i + 1 < argc)
            bench->geodata = argv[++i];
        else if (argv[i][0] != '-')
            bench->pairs_path = argv[i];
        else
            return false;
    return true;
}

static int run(Bench *bench)
{
    bool reached = true;
    puts("script  province pairs   right   wrong  undecided  offered outside assigned disputed us");
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        reached &= run_case(bench, &CASES[i]);
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
    if (error)
        puts(error->message);
    int status = error ? EXIT_FAILED : run(&bench);
    evm_csv_table_free(bench.pairs);
    evm_gazetteer_free(bench.gazetteer);
    return status;
}
