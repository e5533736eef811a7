#include <math.h>

#include <string.h>

#include "scene/multiples.h"
#include "scene/series_chart.h"
#include "tests/unit/scene/country.h"

enum { DAYS = 107 };

typedef struct {
    EvmScene *scene;
    EvmLayout layout;
    size_t count; /* days shown */
} Page;

static EvmState *state_on(const Country *country, int32_t day)
{
    EvmQuestion question = EVM_QUESTION_ON((EvmDate){day});
    return evm_state_compute(country->join, &question);
}

/* The chart, or small multiples, of `total` days up to 15 August, or of as many of them as find
 * room.
 */
static const char *theme_name = "light"; /* of the pages to come */

static Page page_compute(const Country *country, bool is_chart, double width, double height,
                         const char *language_name, size_t total)
{
    GError *error = NULL;
    EvmDate last;
    g_assert_true(evm_date_parse("2021-08-15", &last));
    EvmLanguage *language = evm_language_load(language_name, &error);
    g_assert_no_error(error);
    EvmTheme *theme = evm_theme_load(theme_name, &error);
    g_assert_no_error(error);
    bool is_mirrored = evm_language_is_rtl(language);
    Page page = {.layout = evm_period_compute_layout(width, height, is_mirrored)};
    EvmMapRequest map_request = {
        .universe = country->universe, .frame = {0, 0, width, height}, .tolerance_px = 0.45};
    EvmMap *map = evm_map_compute(&map_request, &error);
    g_assert_no_error(error);
    page.count = is_chart ? total : evm_multiples_count(&page.layout, map, total);
    EvmState **states = g_new(EvmState *, page.count);
    for (size_t i = 0; i < page.count; i++)
        states[i] = state_on(country, last.days - (int32_t)(page.count - 1 - i));
    const EvmState *end = states[page.count - 1];
    EvmChanges *changes = evm_changes_compute(country->join, &states[0]->question, &end->question);
    EvmSeries *series =
        evm_series_compute(country->universe, country->join, &states[0]->question, last, &error);
    g_assert_no_error(error);
    g_autofree EvmSign *signs =
        evm_signs_compute(theme, (const char *const *)country->join->actors);
    EvmSheetRequest sheet = {.universe = country->universe,
                             .state = end,
                             .changes = changes,
                             .map = map,
                             .layout = &page.layout,
                             .theme = theme,
                             .signs = signs,
                             .language = language,
                             .measure = {measure, NULL},
                             .boundaries = "test boundaries",
                             .credits = "test",
                             .software = "evmap test"};
    EvmPeriodRequest period = {&sheet, (const EvmState *const *)states, page.count, total, series};
    EvmMultiplesRequest multiples = {period, map_request};
    page.scene =
        is_chart ? evm_series_chart_compute(&period) : evm_multiples_compute(&multiples, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < page.count; i++)
        evm_state_free(states[i]);
    g_free(states);
    evm_series_free(series);
    evm_changes_free(changes);
    evm_map_free(map);
    evm_theme_free(theme);
    evm_language_free(language);
    return page;
}

static bool has_overlap(const EvmRect *a, const EvmRect *b)
{
    return a->x_px < b->x_px + b->width_px && b->x_px < a->x_px + a->width_px &&
           a->y_px < b->y_px + b->height_px && b->y_px < a->y_px + a->height_px;
}

static GArray *find_texts(const EvmScene *scene)
{
    GArray *texts = g_array_new(FALSE, FALSE, sizeof(const EvmItem *));
    for (size_t l = 0; l < scene->layer_count; l++)
        for (size_t i = 0; i < scene->layers[l].item_count; i++) {
            const EvmItem *item = &scene->layers[l].items[i];
            if (item->type == EVM_ITEM_TEXT)
                g_array_append_val(texts, item);
        }
    return texts;
}

static void check_texts(const Page *page)
{
    GArray *texts = find_texts(page->scene);
    EvmRect whole = {0, 0, page->layout.width_px, page->layout.height_px};
    for (guint i = 0; i < texts->len; i++) {
        const EvmItem *a = g_array_index(texts, const EvmItem *, i);
        const EvmRect *box = &a->bounds;
        if (box->x_px < 0 || box->y_px < 0 || box->x_px + box->width_px > whole.width_px ||
            box->y_px + box->height_px > whole.height_px)
            g_error("'%s' leaves the page of %gx%g", a->text.string, whole.width_px,
                    whole.height_px);
        for (guint k = 0; k < i; k++) {
            const EvmItem *b = g_array_index(texts, const EvmItem *, k);
            if (has_overlap(box, &b->bounds))
                g_error("'%s' lies over '%s' on %gx%g", a->text.string, b->text.string,
                        whole.width_px, whole.height_px);
        }
    }
    g_array_free(texts, TRUE);
}

static void texts_keep_inside_and_off_each_other(void)
{
    static const double sizes[][2] = {{1600, 1200}, {800, 600}, {1200, 1500}, {600, 900},
                                      {1080, 1080}, {480, 360}, {2400, 1800}};
    static const char *const languages[] = {"en", "fa", "ps", "fr"};
    static const size_t totals[] = {1, 2, 17, DAYS};
    Country country = country_load(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        for (int is_chart = 0; is_chart < 2; is_chart++) {
            Page page = page_compute(&country, is_chart, sizes[i][0], sizes[i][1],
                                     languages[i % G_N_ELEMENTS(languages)],
                                     totals[i * 3 % G_N_ELEMENTS(totals)]);
            check_texts(&page);
            evm_scene_free(page.scene);
        }
    }
    country_free(&country);
}

/* The box around the districts of each map, which are the layers "districts-2021-…". */
static GArray *find_maps(const EvmScene *scene)
{
    GArray *maps = g_array_new(FALSE, FALSE, sizeof(EvmRect));
    for (size_t l = 0; l < scene->layer_count; l++) {
        const EvmLayer *layer = &scene->layers[l];
        if (g_str_has_prefix(layer->id, "districts-2021-")) {
            g_assert_true(layer->has_clip);
            g_array_append_val(maps, layer->clip);
        }
    }
    return maps;
}

static void maps_are_alike_and_apart(void)
{
    Country country = country_load(NULL);
    Page page = page_compute(&country, false, 1600, 1200, "fa", DAYS);
    GArray *maps = find_maps(page.scene);
    g_assert_cmpuint(page.count, >, 10);
    g_assert_cmpuint(page.count, <, DAYS);
    g_assert_cmpuint(maps->len, ==, page.count);
    for (guint i = 0; i < maps->len; i++) {
        const EvmRect *a = &g_array_index(maps, EvmRect, i), *first = (EvmRect *)maps->data;
        g_assert_cmpfloat_with_epsilon(a->width_px, first->width_px, 1e-6);
        g_assert_cmpfloat_with_epsilon(a->height_px, first->height_px, 1e-6);
        for (guint k = 0; k < i; k++)
            g_assert_false(has_overlap(a, &g_array_index(maps, EvmRect, k)));
    }
    g_array_free(maps, TRUE);
    evm_scene_free(page.scene);
    country_free(&country);
}

static bool has_word(const EvmScene *scene, const char *text)
{
    g_autoptr(GArray) texts = find_texts(scene);
    for (guint i = 0; i < texts->len; i++)
        if (strcmp(g_array_index(texts, const EvmItem *, i)->text.string, text) == 0)
            return true;
    return false;
}

/* The light theme's. */
static EvmColor pale_taliban(void)
{
    GError *error = NULL;
    EvmTheme *theme = evm_theme_load("light", &error);
    g_assert_no_error(error);
    EvmColor color = evm_theme_compute_stale(theme, *evm_theme_find_actor(theme, "Taliban"));
    evm_theme_free(theme);
    return color;
}

static bool has_fill(const EvmScene *scene, const char *prefix, EvmColor fill)
{
    for (size_t l = 0; l < scene->layer_count; l++)
        for (size_t i = 0;
             g_str_has_prefix(scene->layers[l].id, prefix) && i < scene->layers[l].item_count; i++)
            if (memcmp(&scene->layers[l].items[i].fill, &fill, sizeof fill) == 0)
                return true;
    return false;
}

/* Of whomever: the legend has the paler colours that the maps have, and no others. */
static void legend_has_every_paler_colour(void)
{
    static const char *const actors[] = {"Taliban", "Government", "Resistance(NRF)"};
    Country country = country_load(NULL);
    EvmTheme *theme = evm_theme_load("light", NULL);
    Page page = page_compute(&country, false, 1600, 1200, "en", DAYS);
    unsigned shown = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(actors); i++) {
        EvmColor pale = evm_theme_compute_stale(theme, *evm_theme_find_actor(theme, actors[i]));
        bool is_shown = has_fill(page.scene, "districts-", pale);
        g_assert_true(has_fill(page.scene, "legend", pale) == is_shown);
        shown += is_shown;
    }
    g_assert_cmpuint(shown, >=, 2);
    evm_scene_free(page.scene);
    evm_theme_free(theme);
    country_free(&country);
}

/* In doubt, a district is paler: bands would run together. Those that are contested are
 * counted. */
static void small_maps_are_plain(void)
{
    Country country = country_load(NULL);
    Page page = page_compute(&country, false, 1600, 1200, "en", DAYS);
    g_assert_true(has_word(page.scene, "paler: changing or disputed"));
    EvmColor taliban = pale_taliban();
    unsigned pale = 0;
    for (size_t l = 0; l < page.scene->layer_count; l++) {
        const EvmLayer *layer = &page.scene->layers[l];
        g_assert_false(g_str_has_prefix(layer->id, "doubts"));
        for (size_t i = 0; i < layer->item_count && g_str_has_prefix(layer->id, "districts-"); i++)
            pale += memcmp(&layer->items[i].fill, &taliban, sizeof taliban) == 0;
    }
    g_assert_cmpuint(pale, >, 0);
    evm_scene_free(page.scene);
    page = page_compute(&country, false, 1600, 1200, "en", 12);
    g_assert_true(has_word(page.scene, "Taliban 186, Government 19, Contested 2"));
    evm_scene_free(page.scene);
    country_free(&country);
}

/* What the Taliban may hold, paler, would be the Government's grey. */
static void themes_of_greys_have_bands_on_small_maps(void)
{
    Country country = country_load(NULL);
    theme_name = "print";
    Page page = page_compute(&country, false, 1600, 1200, "en", DAYS);
    theme_name = "light";
    bool has_bands = false;
    for (size_t l = 0; l < page.scene->layer_count; l++)
        has_bands |= g_str_has_prefix(page.scene->layers[l].id, "doubts") &&
                     page.scene->layers[l].item_count > 0;
    g_assert_true(has_bands);
    g_assert_true(has_word(page.scene, "bands: changing or disputed"));
    evm_scene_free(page.scene);
    country_free(&country);
}

/* Few days get large maps, and one page always shows one. */
static void fewer_days_make_larger_maps(void)
{
    Country country = country_load(NULL);
    double before = 1e9;
    static const size_t totals[] = {1, 4, 12, DAYS};
    for (size_t i = 0; i < G_N_ELEMENTS(totals); i++) {
        Page page = page_compute(&country, false, 1600, 1200, "en", totals[i]);
        GArray *maps = find_maps(page.scene);
        double width = g_array_index(maps, EvmRect, 0).width_px;
        g_assert_cmpfloat(width, <, before);
        before = width;
        g_array_free(maps, TRUE);
        evm_scene_free(page.scene);
    }
    Page small = page_compute(&country, false, 200, 200, "en", DAYS);
    g_assert_cmpuint(small.count, ==, 1);
    evm_scene_free(small.scene);
    country_free(&country);
}

static const EvmLayer *find_layer(const EvmScene *scene, const char *id)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        if (strcmp(scene->layers[i].id, id) == 0)
            return &scene->layers[i];
    g_assert_not_reached();
}

/* How high a band stands on a day, its path going along the days and back. */
static double band_height(const EvmPath *path, size_t day)
{
    size_t points = path->ends[0];
    return path->points[day].y_px - path->points[points - 1 - day].y_px;
}

/* Bands are the paths with two points a day; hatching has more or fewer. */
static GPtrArray *find_bands(const EvmScene *scene, size_t days)
{
    GPtrArray *bands = g_ptr_array_new();
    const EvmLayer *layer = find_layer(scene, "chart");
    for (size_t i = 0; i < layer->item_count; i++) {
        const EvmPath *path = &layer->items[i].path;
        if (layer->items[i].type == EVM_ITEM_PATH && path->is_closed && path->part_count == 1 &&
            path->ends[0] == 2 * days)
            g_ptr_array_add(bands, (gpointer)(uintptr_t)path);
    }
    return bands;
}

static void bands_are_as_high_as_the_counts(void)
{
    Country country = country_load(NULL);
    EvmDate last;
    g_assert_true(evm_date_parse("2021-08-15", &last));
    Page page = page_compute(&country, true, 1600, 1200, "en", DAYS);
    GPtrArray *bands = find_bands(page.scene, DAYS);
    static const size_t days[] = {0, 40, 63, DAYS - 1};
    g_assert_cmpuint(bands->len, ==, 4); /* Taliban, government, contested, not assessed */
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        EvmState *state = state_on(&country, last.days - (int32_t)(DAYS - 1 - days[i]));
        EvmTally *tally = evm_tally_compute(country.universe, state, -1);
        double whole = 0;
        for (guint k = 0; k < bands->len; k++)
            whole += band_height(g_ptr_array_index(bands, k), days[i]);
        for (size_t k = 0, band = 0; k < tally->count; k++, band++) {
            double share = (double)tally->rows[k].districts / (double)tally->total.districts;
            while (fabs(band_height(g_ptr_array_index(bands, band), days[i])) < 1e-6)
                band++;
            g_assert_cmpfloat_with_epsilon(
                band_height(g_ptr_array_index(bands, band), days[i]) / whole, share, 1e-9);
        }
        evm_tally_free(tally);
        evm_state_free(state);
    }
    g_ptr_array_free(bands, TRUE);
    evm_scene_free(page.scene);
    country_free(&country);
}

/* Beside the first of each month. */
static void the_axis_ends_with_the_last_day(void)
{
    Country country = country_load(NULL);
    Page page = page_compute(&country, true, 1600, 1200, "en", DAYS);
    g_assert_true(has_word(page.scene, "1 August 2021"));
    g_assert_true(has_word(page.scene, "15 August 2021"));
    evm_scene_free(page.scene);
    country_free(&country);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/period/texts_keep_inside_and_off_each_other",
                    texts_keep_inside_and_off_each_other);
    g_test_add_func("/period/the_axis_ends_with_the_last_day", the_axis_ends_with_the_last_day);
    g_test_add_func("/period/maps_are_alike_and_apart", maps_are_alike_and_apart);
    g_test_add_func("/period/small_maps_are_plain", small_maps_are_plain);
    g_test_add_func("/period/themes_of_greys_have_bands_on_small_maps",
                    themes_of_greys_have_bands_on_small_maps);
    g_test_add_func("/period/legend_has_every_paler_colour", legend_has_every_paler_colour);
    g_test_add_func("/period/fewer_days_make_larger_maps", fewer_days_make_larger_maps);
    g_test_add_func("/period/bands_are_as_high_as_the_counts", bands_are_as_high_as_the_counts);
    return g_test_run();
}
