/* A map made of what was kept of a large table is, byte for byte, that made of all its rows. */
#include <glib/gstdio.h>
#include <string.h>

#include "pipeline/page.h"
#include "pipeline/render.h"

enum { ROWS = 45000 }; /* more than 4 MB, which are read in pieces */

static const char *pick(GRand *rand, const char *const *words, int count)
{
    return words[g_rand_int_range(rand, 0, count)];
}

static void append_row(GString *csv, GRand *rand, const EvmGazetteer *gazetteer, int i)
{
    static const char *const whats[] = {"control,Taliban,", "control,Government,Taliban",
                                        "control,taliban,", "control,Taliban,ISKP",
                                        "contested,,",      "clash,,",
                                        "withdrawal,,",     "border,,"};
    static const char *const precisions[] = {"", "", "", "day", "status", "week", "month"};
    static const char *const sources[] = {"Radio A", "Radio B", "C, of D", ""};
    const EvmDistrict *district =
        &gazetteer->districts[g_rand_int_range(rand, 0, (gint32)gazetteer->district_count)];
    g_string_append_printf(csv, "r%d,2021-%02d-%02d,%s,", g_rand_int_range(rand, 0, 9 * ROWS),
                           g_rand_int_range(rand, 1, 8), g_rand_int_range(rand, 1, 29),
                           pick(rand, precisions, G_N_ELEMENTS(precisions)));
    if (g_rand_int_range(rand, 0, 40) == 0)
        g_string_append_printf(csv, "%s,,", i % 2 ? "Nowhere" : "Gul Tapa");
    else
        g_string_append_printf(csv, ",,%s", district->pcode);
    g_string_append_printf(csv, ",%s,\"%s\",\"It is said that\nthe \"\"centre\"\" fell\",",
                           pick(rand, whats, G_N_ELEMENTS(whats)),
                           pick(rand, sources, G_N_ELEMENTS(sources)));
    if (g_rand_int_range(rand, 0, 50) == 0)
        g_string_append_printf(csv, "r%d", g_rand_int_range(rand, 0, 9 * ROWS));
    g_string_append_c(csv, '\n');
}

static char *write_table(const char *folder, GRand *rand)
{
    g_autofree char *geodata = g_build_filename(EVM_TEST_SOURCE_DIR, "geodata", NULL);
    EvmGazetteer *gazetteer = evm_gazetteer_load(geodata, NULL);
    g_autoptr(GString) csv = g_string_new("id,date,date_precision,district,province,pcode,kind,"
                                          "actor,from_actor,source,headline,supersedes\n");
    for (int i = 0; i < ROWS; i++)
        append_row(csv, rand, gazetteer, i);
    while (csv->len < 5 << 20)
        append_row(csv, rand, gazetteer, 0);
    char *path = g_build_filename(folder, "events.csv", NULL);
    g_assert_true(g_file_set_contents(path, csv->str, (gssize)csv->len, NULL));
    evm_gazetteer_free(gazetteer);
    return path;
}

/* The files that were written. */
static GPtrArray *render(const char *events, const char *folder, const EvmQuestion *question,
                         const EvmNeeds *needs)
{
    GError *error = NULL;
    const char *const paths[] = {events, NULL};
    EvmInputsRequest wanted = {.data_folder = EVM_TEST_SOURCE_DIR,
                               .event_paths = paths,
                               .needs = needs,
                               .wants_neighbours = true};
    EvmTools *tools = evm_tools_new(NULL);
    EvmInputs *inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    g_assert_true((inputs->own_history != NULL) == (needs != NULL));
    EvmLanguage *english = evm_language_load("en", NULL);
    EvmTheme *theme = evm_theme_load("light", NULL);
    EvmRenderRequest request = {.question = *question,
                                .language = english,
                                .theme = theme,
                                .width_px = 1000,
                                .height_px = 750,
                                .scale = 1,
                                .formats = EVM_FORMAT_PNG | EVM_FORMAT_SVG | EVM_FORMAT_CSV |
                                           EVM_FORMAT_GEOJSON,
                                .out_folder = folder,
                                .software = "evmap",
                                .threads = 1};
    EvmRenderResult result;
    g_assert_true(evm_render_write(&request, inputs, tools, &result, &error));
    GPtrArray *files = g_steal_pointer(&result.paths);
    evm_render_result_clear(&result);
    evm_language_free(english);
    evm_theme_free(theme);
    evm_inputs_free(inputs);
    evm_tools_free(tools);
    return files;
}

static void assert_same_files(GPtrArray *a, GPtrArray *b)
{
    g_assert_cmpuint(a->len, ==, 5);
    g_assert_cmpuint(b->len, ==, a->len);
    for (guint i = 0; i < a->len; i++) {
        g_autofree char *one = NULL, *other = NULL;
        gsize size, other_size;
        g_assert_true(g_file_get_contents(a->pdata[i], &one, &size, NULL));
        g_assert_true(g_file_get_contents(b->pdata[i], &other, &other_size, NULL));
        g_assert_cmpuint(size, ==, other_size);
        g_assert_cmpint(memcmp(one, other, size), ==, 0);
        g_unlink(a->pdata[i]);
        g_unlink(b->pdata[i]);
    }
}

static void a_map_of_what_was_kept_is_that_of_all_rows(void)
{
    GRand *rand = g_rand_new_with_seed(4);
    g_autofree char *folder = g_dir_make_tmp("evmap-sifting-XXXXXX", NULL);
    g_autofree char *whole = g_build_filename(folder, "whole", NULL);
    g_autofree char *kept = g_build_filename(folder, "kept", NULL);
    EvmDate first;
    g_assert_true(evm_date_parse("2021-05-20", &first));
    for (int i = 0; i < 3; i++) {
        g_autofree char *events = write_table(folder, rand);
        EvmQuestion question =
            EVM_QUESTION_ON((EvmDate){first.days + g_rand_int_range(rand, 0, 50)});
        question.stale_after_days = 3 * i;
        if (i == 2)
            question.known.days = first.days + 40;
        EvmNeeds needs = evm_page_compute_needs(&question);
        g_autoptr(GPtrArray) all = render(events, whole, &question, NULL);
        g_autoptr(GPtrArray) some = render(events, kept, &question, &needs);
        assert_same_files(all, some);
        g_unlink(events);
    }
    g_rmdir(whole);
    g_rmdir(kept);
    g_rmdir(folder);
    g_rand_free(rand);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pipeline/sifting/map", a_map_of_what_was_kept_is_that_of_all_rows);
    return g_test_run();
}
