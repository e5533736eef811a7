#include "scene/multiples.h"

#include <string.h>

#include "tests/unit/scene/country.h"

enum { DAYS = 107 };

typedef struct {
    EvmScene *scene;
    EvmLayout layout;
    size_t count; /* maps that found room */
} Multiples;

static EvmState *state_on(const Country *country, int32_t day)
{
    EvmQuestion question = EVM_QUESTION_ON((EvmDate){day});
    return evm_state_compute(country->join, &question);
}

/* A map for each of `total` days up to 15 August, or for as many of them as find room. */
static Multiples multiples_compute(const Country *country, double width, double height,
                                   const char *language_name, size_t total)
{
    GError *error = NULL;
    EvmDate last;
    g_assert_true(evm_date_parse("2021-08-15", &last));
    EvmLanguage *language = evm_language_load(language_name, &error);
    g_assert_no_error(error);
    EvmTheme *theme = evm_theme_load("light", &error);
    g_assert_no_error(error);
    bool is_mirrored = evm_language_is_rtl(language);
    Multiples page = {.layout = evm_multiples_compute_layout(width, height, is_mirrored)};
    EvmMapRequest map_request = {
        .universe = country->universe, .frame = {0, 0, width, height}, .tolerance_px = 0.45};
    EvmMap *map = evm_map_compute(&map_request, &error);
    g_assert_no_error(error);
    page.count = evm_multiples_count(&page.layout, map, total);
    EvmState **states = g_new(EvmState *, page.count);
    for (size_t i = 0; i < page.count; i++)
        states[i] = state_on(country, last.days - (int32_t)(page.count - 1 - i));
    const EvmState *end = states[page.count - 1];
    EvmChanges *changes = evm_changes_compute(country->join, &states[0]->question, &end->question);
    EvmSeries *series =
        evm_series_compute(country->universe, country->join, &states[0]->question, last, &error);
    g_assert_no_error(error);
    EvmSheetRequest sheet = {.universe = country->universe,
                             .state = end,
                             .changes = changes,
                             .map = map,
                             .layout = &page.layout,
                             .theme = theme,
                             .language = language,
                             .measure = {measure, NULL},
                             .boundaries = "test boundaries",
                             .credits = "test",
                             .software = "evmap test"};
    EvmMultiplesRequest request = {.sheet = &sheet,
                                   .map = map_request,
                                   .states = (const EvmState *const *)states,
                                   .count = page.count,
                                   .total = total,
                                   .series = series};
    page.scene = evm_multiples_compute(&request, &error);
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

static void check_texts(const Multiples *page)
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
        Multiples page = multiples_compute(&country, sizes[i][0], sizes[i][1],
                                           languages[i % G_N_ELEMENTS(languages)],
                                           totals[i * 3 % G_N_ELEMENTS(totals)]);
        check_texts(&page);
        evm_scene_free(page.scene);
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
    Multiples page = multiples_compute(&country, 1600, 1200, "fa", DAYS);
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

/* Few days get large maps, and one page always shows one. */
static void fewer_days_make_larger_maps(void)
{
    Country country = country_load(NULL);
    double before = 1e9;
    static const size_t totals[] = {1, 4, 12, DAYS};
    for (size_t i = 0; i < G_N_ELEMENTS(totals); i++) {
        Multiples page = multiples_compute(&country, 1600, 1200, "en", totals[i]);
        GArray *maps = find_maps(page.scene);
        double width = g_array_index(maps, EvmRect, 0).width_px;
        g_assert_cmpfloat(width, <, before);
        before = width;
        g_array_free(maps, TRUE);
        evm_scene_free(page.scene);
    }
    Multiples small = multiples_compute(&country, 200, 200, "en", DAYS);
    g_assert_cmpuint(small.count, ==, 1);
    evm_scene_free(small.scene);
    country_free(&country);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multiples/texts_keep_inside_and_off_each_other",
                    texts_keep_inside_and_off_each_other);
    g_test_add_func("/multiples/maps_are_alike_and_apart", maps_are_alike_and_apart);
    g_test_add_func("/multiples/fewer_days_make_larger_maps", fewer_days_make_larger_maps);
    return g_test_run();
}
