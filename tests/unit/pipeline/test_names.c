/* Names of capitals in every layout and language, with the fonts that will draw them: each nearer
 * to its own dot than to any other, and most of them there. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "pipeline/page.h"
#include "pipeline/tools.h"
#include "scene/words.h"

static EvmTools *tools;
static EvmFonts *fonts;
static EvmTheme *light;
static unsigned faults;

static EvmDate date_of(const char *text)
{
    EvmDate date;
    g_assert_true(evm_date_parse(text, &date));
    return date;
}

static const EvmLayer *find_layer(const EvmScene *scene, const char *id)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        if (strcmp(scene->layers[i].id, id) == 0)
            return &scene->layers[i];
    g_error("no layer %s", id);
}

/* How far a dot lies from the line through the middle of the letters: a dot at the end of a name
 * seems to belong to it more than one above it does. */
static double distance(const EvmText *text, double cap_height_px, EvmPoint dot)
{
    double beyond = fabs(dot.x_px - text->at.x_px) - text->width_px / 2;
    double above = dot.y_px - (text->at.y_px - cap_height_px / 2);
    return hypot(fmax(beyond, 0), above);
}

/* The first names are those of the dots, in their order. */
static void check_names(const EvmScene *scene, const char *what)
{
    const EvmLayer *dots = find_layer(scene, "capital-dots"), *names = find_layer(scene, "labels");
    EvmTextMeasure measure = evm_fonts_compute_measure(fonts);
    for (size_t i = 0; i < dots->item_count; i++) {
        const EvmText *name = &names->items[i].text;
        double height = measure.compute(measure.user, &name->font, name->string).cap_height_px;
        double own = distance(name, height, dots->items[i].disc.center);
        for (size_t k = 0; k < dots->item_count; k++) {
            if (k == i || distance(name, height, dots->items[k].disc.center) > own)
                continue;
            g_printerr("%s: %s is nearer to the dot of %s than to its own\n", what, name->string,
                       names->items[k].text.string);
            faults++;
        }
    }
}

static const char *find_kabul(const EvmInputs *inputs, const EvmLanguage *language)
{
    for (size_t i = 0; i < inputs->gazetteer->province_count; i++)
        if (strcmp(inputs->gazetteer->provinces[i].capital, "Kabul") == 0)
            return evm_words_find_capital(language, &inputs->gazetteer->provinces[i]);
    g_assert_not_reached();
}

static bool is_named(const EvmScene *scene, const char *name)
{
    const EvmLayer *names = find_layer(scene, "labels");
    for (size_t i = 0; i < names->item_count; i++)
        if (strcmp(names->items[i].text.string, name) == 0)
            return true;
    return false;
}

static void find_capital_names(const EvmInputs *inputs, const EvmLanguage *language,
                               const char *layout)
{
    static const size_t MOST_LEFT_OUT = 5;
    EvmRenderRequest request = {.language = language, .theme = light, .layout = layout, .scale = 1};
    g_assert_true(evm_layout_find_size(layout, &request.width_px, &request.height_px));
    EvmPage page;
    GError *error = NULL;
    g_assert_true(evm_page_init(&page, &request, inputs, &error));
    EvmQuestion question = EVM_QUESTION_ON(date_of("2021-07-05"));
    EvmState *state = evm_state_compute(inputs->join, &question);
    EvmChanges *changes = evm_changes_compute(inputs->join, &question, &question);
    EvmSheetRequest sheet = evm_page_compute_request(&page, state, changes);
    sheet.measure = evm_fonts_compute_measure(fonts);
    g_autoptr(GPtrArray) unplaced = g_ptr_array_new_with_free_func(g_free);
    EvmScene *names = evm_sheet_compute_names(&sheet, unplaced);
    g_autofree char *what = g_strdup_printf("%s in %s", layout, evm_language_find_slug(language));
    check_names(names, what);
    size_t count = find_layer(names, "capital-dots")->item_count;
    g_test_message("%s: %zu capitals", what, count);
    g_assert_cmpuint(count + MOST_LEFT_OUT, >=, inputs->gazetteer->province_count);
    g_assert_true(is_named(names, find_kabul(inputs, language)));
    evm_scene_free(names);
    evm_changes_free(changes);
    evm_state_free(state);
    evm_page_clear(&page);
}

static void capitals_are_named_beside_their_own_dots(void)
{
    EvmInputsRequest wanted = {.data_folder = EVM_TEST_SOURCE_DIR, .wants_neighbours = true};
    GError *error = NULL;
    EvmInputs *inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    for (const char *const *code = evm_language_find_built_in(); *code; code++) {
        EvmLanguage *language = evm_language_load(*code, &error);
        g_assert_no_error(error);
        for (const char *const *layout = evm_layout_find_names(); *layout; layout++)
            if (strcmp(*layout, "thumbnail") != 0) /* has no names */
                find_capital_names(inputs, language, *layout);
        evm_language_free(language);
    }
    evm_inputs_free(inputs);
    g_assert_cmpuint(faults, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GError *error = NULL;
    tools = evm_tools_new(NULL);
    fonts = evm_tools_resolve_fonts(tools, &error);
    g_assert_no_error(error);
    light = evm_theme_load("light", &error);
    g_assert_no_error(error);
    g_test_add_func("/pipeline/names/capitals_are_named_beside_their_own_dots",
                    capitals_are_named_beside_their_own_dots);
    int status = g_test_run();
    evm_theme_free(light);
    evm_tools_free(tools);
    return status;
}
