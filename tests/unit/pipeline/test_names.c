/* Names of capitals in every layout and language, with the fonts that will draw them: each nearer
 * to its own dot than to any other, and most of them there. Numbers and their leader lines keep off
 * the dots of other districts, and off each other. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "pipeline/page.h"
#include "pipeline/tools.h"
#include "scene/words.h"
#include "tests/unit/scene/inside.h"

static EvmTools *tools;
static EvmFonts *fonts;
static EvmTheme *light;
static EvmInputs *inputs;
static unsigned faults;

static EvmDate date_of(const char *text)
{
    EvmDate date;
    g_assert_true(evm_date_parse(text, &date));
    return date;
}

static const EvmLayer *find_any_layer(const EvmScene *scene, const char *id)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        if (strcmp(scene->layers[i].id, id) == 0)
            return &scene->layers[i];
    return NULL;
}

static const EvmLayer *find_layer(const EvmScene *scene, const char *id)
{
    const EvmLayer *layer = find_any_layer(scene, id);
    if (!layer)
        g_error("no layer %s", id);
    return layer;
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

static const char *find_kabul(const EvmLanguage *language)
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

/* Hands the sheet of a day to `check`. */
static void with_sheet(const EvmLanguage *language, const char *layout, const char *date,
                       void (*check)(const EvmSheet *sheet, const EvmLanguage *language,
                                     const char *what))
{
    EvmRenderRequest request = {.language = language, .theme = light, .layout = layout, .scale = 1};
    g_assert_true(evm_layout_find_size(layout, &request.width_px, &request.height_px));
    EvmPage page;
    GError *error = NULL;
    g_assert_true(evm_page_init(&page, &request, inputs, &error));
    EvmQuestion question = EVM_QUESTION_ON(date_of(date)), before = question;
    before.date.days -= EVM_CHANGE_DAYS;
    EvmState *state = evm_state_compute(inputs->join, &question);
    EvmChanges *changes = evm_changes_compute(inputs->join, &before, &question);
    EvmSheetRequest asked = evm_page_compute_request(&page, state, changes);
    asked.measure = evm_fonts_compute_measure(fonts);
    g_autoptr(GPtrArray) unplaced = g_ptr_array_new_with_free_func(g_free);
    EvmScene *ground = evm_sheet_compute_ground(&asked);
    EvmScene *names = evm_sheet_compute_names(&asked, unplaced);
    EvmSheet sheet = evm_sheet_compute(&asked, ground, names);
    g_autofree char *what =
        g_strdup_printf("%s in %s on %s", layout, evm_language_find_slug(language), date);
    check(&sheet, language, what);
    evm_sheet_clear(&sheet);
    evm_scene_free(names);
    evm_scene_free(ground);
    evm_changes_free(changes);
    evm_state_free(state);
    evm_page_clear(&page);
}

static void check_capitals(const EvmSheet *sheet, const EvmLanguage *language, const char *what)
{
    static const size_t MOST_LEFT_OUT = 5;
    check_names(sheet->scene, what);
    size_t count = find_layer(sheet->scene, "capital-dots")->item_count;
    g_test_message("%s: %zu capitals", what, count);
    g_assert_cmpuint(count + MOST_LEFT_OUT, >=, inputs->gazetteer->province_count);
    g_assert_true(is_named(sheet->scene, find_kabul(language)));
}

static void with_layouts(const char *code, const char *date,
                         void (*check)(const EvmSheet *sheet, const EvmLanguage *language,
                                       const char *what))
{
    GError *error = NULL;
    EvmLanguage *language = evm_language_load(code, &error);
    g_assert_no_error(error);
    for (const char *const *layout = evm_layout_find_names(); *layout; layout++)
        if (strcmp(*layout, "thumbnail") != 0) /* has no names */
            with_sheet(language, *layout, date, check);
    evm_language_free(language);
}

static void capitals_are_named_beside_their_own_dots(void)
{
    faults = 0;
    for (const char *const *code = evm_language_find_built_in(); *code; code++)
        with_layouts(*code, "2021-07-05", check_capitals);
    g_assert_cmpuint(faults, ==, 0);
}

static const EvmItem *find_district(const EvmScene *scene, EvmPoint at)
{
    const EvmLayer *layer = find_layer(scene, "districts");
    for (size_t i = 0; i < layer->item_count; i++)
        if (layer->items[i].pcode && has_inside(&layer->items[i].path, at))
            return &layer->items[i];
    return NULL;
}

static double distance_to_line(EvmPoint from, EvmPoint to, EvmPoint at)
{
    double x = to.x_px - from.x_px, y = to.y_px - from.y_px;
    double part = ((at.x_px - from.x_px) * x + (at.y_px - from.y_px) * y) / (x * x + y * y);
    part = CLAMP(part, 0, 1);
    return hypot(from.x_px + part * x - at.x_px, from.y_px + part * y - at.y_px);
}

/* A leader line from its district to its number: how near they come to another district's dot. */
static void check_leader(const EvmScene *scene, EvmPoint from, EvmPoint to, const char *what)
{
    const EvmLayer *dots = find_layer(scene, "capital-dots");
    const EvmItem *own = find_district(scene, from);
    for (size_t i = 0; i < dots->item_count; i++) {
        const EvmDisc *dot = &dots->items[i].disc;
        const char *name = find_layer(scene, "labels")->items[i].text.string;
        if (find_district(scene, dot->center) == own)
            continue;
        double away = hypot(dot->center.x_px - to.x_px, dot->center.y_px - to.y_px);
        if (distance_to_line(from, to, dot->center) < dot->radius_px) {
            g_printerr("%s: a leader line crosses the dot of %s\n", what, name);
            faults++;
        } else if (away < hypot(from.x_px - to.x_px, from.y_px - to.y_px) && away < 20) {
            g_printerr("%s: a number stands nearer to %s than to its district\n", what, name);
            faults++;
        }
    }
}

static double cross(EvmPoint o, EvmPoint a, EvmPoint b)
{
    return (a.x_px - o.x_px) * (b.y_px - o.y_px) - (a.y_px - o.y_px) * (b.x_px - o.x_px);
}

static bool is_crossing(const EvmPoint *a, const EvmPoint *b)
{
    return cross(a[0], a[1], b[0]) * cross(a[0], a[1], b[1]) < 0 &&
           cross(b[0], b[1], a[0]) * cross(b[0], b[1], a[1]) < 0;
}

static unsigned leaders_seen, unplaced_seen;

static bool is_leader(const EvmItem *item)
{
    return item->type == EVM_ITEM_PATH && !item->path.is_closed;
}

static void check_numbers(const EvmSheet *sheet, const EvmLanguage *language, const char *what)
{
    (void)language;
    unplaced_seen += sheet->unplaced->len;
    if (!find_any_layer(sheet->scene, "developments"))
        return; /* no list, to which numbers would lead */
    const EvmLayer *numbers = find_layer(sheet->scene, "numbers");
    for (size_t i = 0; i < numbers->item_count; i++) {
        const EvmPoint *line = numbers->items[i].path.points;
        if (!is_leader(&numbers->items[i]))
            continue;
        leaders_seen++;
        check_leader(sheet->scene, line[0], line[1], what);
        for (size_t k = 0; k < i; k++)
            if (is_leader(&numbers->items[k]) && is_crossing(line, numbers->items[k].path.points)) {
                g_printerr("%s: leader lines cross\n", what);
                faults++;
            }
    }
}

static void numbers_do_not_point_at_other_capitals(void)
{
    static const char *const days[] = {"2021-06-18", "2021-06-23", "2021-07-01", "2021-07-08",
                                       "2021-07-30", "2021-08-13", "2021-08-15"};
    faults = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++)
        with_layouts(i % 2 ? "fa" : "en", days[i], check_numbers);
    g_test_message("%u leader lines, %u numbers without a place", leaders_seen / 2, unplaced_seen);
    g_assert_cmpuint(leaders_seen, >, 20 * unplaced_seen);
    g_assert_cmpuint(faults, ==, 0);
}

static const EvmPoint *find_number(const EvmLayer *numbers, const char *text)
{
    for (size_t i = 0; i < numbers->item_count; i++)
        if (numbers->items[i].type == EVM_ITEM_TEXT &&
            strcmp(numbers->items[i].text.string, text) == 0)
            return &numbers->items[i].text.at;
    g_error("no number %s", text);
}

/* Both are about Alasay, which has room for neither; one leader line is theirs. */
static void check_companions(const EvmSheet *sheet, const EvmLanguage *language, const char *what)
{
    (void)language, (void)what;
    const EvmLayer *numbers = find_layer(sheet->scene, "numbers");
    const EvmPoint *a = find_number(numbers, "3"), *b = find_number(numbers, "5");
    unsigned leaders = 0;
    g_assert_cmpfloat(hypot(a->x_px - b->x_px, a->y_px - b->y_px), <, 20);
    for (size_t i = 0; i < numbers->item_count; i++)
        leaders += is_leader(&numbers->items[i]) &&
                   (hypot(numbers->items[i].path.points[1].x_px - a->x_px,
                          numbers->items[i].path.points[1].y_px - a->y_px) < 8 ||
                    hypot(numbers->items[i].path.points[1].x_px - b->x_px,
                          numbers->items[i].path.points[1].y_px - b->y_px) < 8);
    g_assert_cmpuint(leaders, ==, 2); /* its halo, and itself */
}

static void numbers_of_one_district_stand_side_by_side(void)
{
    GError *error = NULL;
    EvmLanguage *language = evm_language_load("en", &error);
    g_assert_no_error(error);
    with_sheet(language, "landscape", "2021-07-01", check_companions);
    evm_language_free(language);
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
    EvmInputsRequest wanted = {.data_folder = EVM_TEST_SOURCE_DIR, .wants_neighbours = true};
    inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    g_test_add_func("/pipeline/names/capitals_are_named_beside_their_own_dots",
                    capitals_are_named_beside_their_own_dots);
    g_test_add_func("/pipeline/names/numbers_do_not_point_at_other_capitals",
                    numbers_do_not_point_at_other_capitals);
    g_test_add_func("/pipeline/names/numbers_of_one_district_stand_side_by_side",
                    numbers_of_one_district_stand_side_by_side);
    int status = g_test_run();
    evm_inputs_free(inputs);
    evm_theme_free(light);
    evm_tools_free(tools);
    return status;
}
