/* Hand-made pairs of spellings and districts, counted: right, undecided, wrong. The file is not
 * part of the source; EVMAP_TESTDATA names its folder, or it lies beside the source in
 * shared/testdata. With EVMAP_SHOW=1 each pair that is not right is printed. */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/csv_reader.h"
#include "gazetteer/gazetteer.h"

enum { EXIT_SKIP = 77 };

/* Outside are names of places that have no P-code: they must be left open. Disputed are names that
 * the sources give to different districts: whatever is found is neither right nor wrong. */
typedef struct {
    unsigned right, wrong, undecided, offered, outside, assigned, disputed;
} Tally;

typedef struct {
    const char *script;
    bool with_province;
    double least_right, most_wrong; /* per cent */
} Case;

/* What is reached, rounded down; a rule that does worse is a step back. */
static const Case CASES[] = {
    {"latin", true, 96.2, 0.3},
    {"latin", false, 88.3, 0.5},
    {"arabic", true, 97.7, 0.3},
    {"arabic", false, 92.9, 0.5},
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
    int32_t got = match->district >= 0         ? match->district
                  : match->candidate_count > 0 ? match->candidates[0]
                                               : -1;
    if (show)
        printf("#   %s: '%s' in '%s' is %s (%s), found %s %s\n", what, pair_at(row, "variant"),
               pair_at(row, "province_if_known"), pair_at(row, "canonical_name"),
               pair_at(row, "pcode"), evm_match_how_format(match->how),
               got >= 0 ? gazetteer->districts[got].name : "-");
}

static bool is_offered(const EvmMatch *match, const char *pcode)
{
    for (unsigned i = 0; i < match->candidate_count; i++)
        if (g_str_equal(gazetteer->districts[match->candidates[i]].pcode, pcode))
            return true;
    return false;
}

static void count_outside(size_t row, const EvmMatch *match, Tally *tally)
{
    if (g_str_has_prefix(pair_at(row, "note"), "ambiguous")) {
        tally->disputed++;
        return;
    }
    tally->outside++;
    if (match->district < 0)
        return;
    tally->assigned++;
    print_miss(row, match, "ASSIGNED");
}

static void count_inside(size_t row, const EvmMatch *match, Tally *tally)
{
    const char *pcode = pair_at(row, "pcode");
    if (match->district < 0) {
        tally->undecided++;
        tally->offered += is_offered(match, pcode);
        print_miss(row, match, "open");
    } else if (g_str_equal(gazetteer->districts[match->district].pcode, pcode)) {
        tally->right++;
    } else {
        tally->wrong++;
        print_miss(row, match, "WRONG");
    }
}

static void count_pair(size_t row, bool with_province, Tally *tally)
{
    EvmPlaceQuery query = {.district = pair_at(row, "variant")};
    if (with_province)
        query.province = pair_at(row, "province_if_known");
    EvmMatch match = evm_gazetteer_resolve(gazetteer, &query);
    if (pair_at(row, "pcode")[0] == '\0')
        count_outside(row, &match, tally);
    else
        count_inside(row, &match, tally);
}

static double per_cent(unsigned part, unsigned total)
{
    return total ? 100.0 * part / total : 0.0;
}

static void test_pairs(const void *data)
{
    const Case *test = data;
    Tally tally = {.right = 0};
    for (size_t row = 0; row < evm_csv_table_count(pairs); row++)
        if (g_str_equal(pair_at(row, "script"), test->script))
            count_pair(row, test->with_province, &tally);
    unsigned total = tally.right + tally.wrong + tally.undecided;
    double right = per_cent(tally.right, total), wrong = per_cent(tally.wrong, total);
    printf("# %s, %s province: %u pairs, right %.2f %%, wrong %u (%.2f %%), undecided %u (%u with "
           "the right one offered); of %u outside the gazetteer %u assigned; %u disputed\n",
           test->script, test->with_province ? "with" : "without", total, right, tally.wrong, wrong,
           tally.undecided, tally.offered, tally.outside, tally.assigned, tally.disputed);
    g_assert_cmpuint(total, >, 0);
    g_assert_cmpuint(tally.assigned, ==, 0);
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
    gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
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
