/* Hand-made pairs of spellings and districts, counted: right, undecided, wrong. The file is not part
 * of the source; EVMAP_TESTDATA names its folder, or it lies beside the source in
 * shared/testdata. With EVMAP_SHOW=1 each pair that is not right is printed. */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/csv_reader.h"
#include "gazetteer/gazetteer.h"

enum { EXIT_SKIP = 77 };

typedef struct {
    unsigned right, wrong, undecided, total;
} Tally;

typedef struct {
    const char *script;
    bool with_province;
    double least_right, most_wrong; /* per cent */
} Case;

/* What is reached, rounded down; a rule that does worse is a step back. */
static const Case CASES[] = {
    {"latin", true, 98.5, 0.5},
    {"latin", false, 88.0, 0.5},
    {"arabic", true, 98.0, 0.5},
    {"arabic", false, 88.0, 0.5},
};

static EvmGazetteer *gazetteer;
static EvmCsvTable *pairs;
static const char *show;

static const char *pair_at(size_t row, const char *column)
{
    return evm_csv_table_at(pairs, row, evm_csv_table_find_column(pairs, column));
}

static void print_miss(size_t row, const EvmMatch *match, const char *what)
{
    int32_t got = match->district >= 0           ? match->district
                  : match->candidate_count > 0 ? match->candidates[0]
                                               : -1;
    if (show)
        printf("#   %s: '%s' in '%s' is %s (%s), found %s %s\n", what, pair_at(row, "variant"),
                pair_at(row, "province_if_known"), pair_at(row, "canonical_name"),
                pair_at(row, "pcode"), evm_match_how_format(match->how),
                got >= 0 ? gazetteer->districts[got].name : "-");
}

static void count_pair(size_t row, bool with_province, Tally *tally)
{
    const char *pcode = pair_at(row, "pcode");
    EvmPlaceQuery query = {.district = pair_at(row, "variant")};
    if (with_province)
        query.province = pair_at(row, "province_if_known");
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    tally->total++;
    if (match.district < 0) {
        /* A name of no district in the gazetteer is right when it is left open. */
        *(pcode[0] ? &tally->undecided : &tally->right) += 1;
        if (pcode[0])
            print_miss(row, &match, "open");
    } else if (g_str_equal(gazetteer->districts[match.district].pcode, pcode)) {
        tally->right++;
    } else {
        tally->wrong++;
        print_miss(row, &match, "WRONG");
    }
}

static double per_cent(unsigned part, unsigned total)
{
    return total ? 100.0 * part / total : 0.0;
}

static void test_pairs(const void *data)
{
    const Case *test = data;
    Tally tally = {.total = 0};
    for (size_t row = 0; row < evm_csv_table_count(pairs); row++)
        if (g_str_equal(pair_at(row, "script"), test->script))
            count_pair(row, test->with_province, &tally);
    double right = per_cent(tally.right, tally.total), wrong = per_cent(tally.wrong, tally.total);
    printf("# %s, %s province: %u pairs, right %.2f %%, wrong %u (%.2f %%), undecided %u\n",
            test->script, test->with_province ? "with" : "without", tally.total, right, tally.wrong,
            wrong, tally.undecided);
    g_assert_cmpuint(tally.total, >, 0);
    g_assert_cmpfloat(wrong, <=, test->most_wrong);
    g_assert_cmpfloat(right, >=, test->least_right);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    const char *folder = g_getenv("EVMAP_TESTDATA");
    g_autofree char *path = g_build_filename(
        folder ? folder : EVM_TEST_SOURCE_DIR "/../shared/testdata", "spelling_pairs.csv", NULL);
    show = g_getenv("EVMAP_SHOW");
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        printf("1..0 # SKIP no spelling_pairs.csv; EVMAP_TESTDATA may name its folder\n");
        return EXIT_SKIP;
    }
    pairs = evm_csv_table_load(path, &error);
    g_assert_no_error(error);
    const char *geodata = g_getenv("EVMAP_GEODATA");
    gazetteer = evm_gazetteer_load(geodata ? geodata : EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *name =
            g_strdup_printf("/gazetteer/spelling_pairs/%s_%s_province", CASES[i].script,
                            CASES[i].with_province ? "with" : "without");
        g_test_add_data_func(name, &CASES[i], test_pairs);
    }
    int result = g_test_run();
    evm_csv_table_free(pairs);
    evm_gazetteer_free(gazetteer);
    return result;
}
