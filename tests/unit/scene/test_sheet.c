#include <glib.h>
#include <math.h>
#include <string.h>

#include "scene/developments.h"
#include "scene/sheet.h"
#include "tests/unit/scene/country.h"
#include "tests/unit/scene/inside.h"

/* It is drawn before there are fonts. */
static void check_ground_holds_no_text(const EvmScene *ground)
{
    for (size_t l = 0; l < ground->layer_count; l++)
        for (size_t i = 0; i < ground->layers[l].item_count; i++)
            g_assert_cmpint(ground->layers[l].items[i].type, !=, EVM_ITEM_TEXT);
}

static const char *language_name = "en";
static bool has_graticule;
static const EvmExtent *window;    /* NULL: the whole map */
static const char *crs;            /* NULL: Albers */
static unsigned development_count; /* of the last sheet */
static const char *layout_name;    /* NULL: the one that suits the size */

/* Hands a sheet of this size and day to `check`. */
static void with_sheet(const Country *country, double width, double height, int32_t day,
                       void (*check)(const EvmSheet *, const EvmLayout *))
{
    GError *error = NULL;
    EvmLanguage *language = evm_language_load("en", &error);
    g_assert_no_error(error);
    EvmTheme *theme = evm_theme_load("light", &error);
    g_assert_no_error(error);
    EvmLayout layout =
        evm_layout_compute(layout_name, width, height, evm_language_is_rtl(language));
    EvmMapRequest map_request = {.universe = country->universe,
                                 .neighbours = country->neighbours,
                                 .crs = crs,
                                 .window = window,
                                 .frame = evm_layout_find_place(&layout, EVM_REGION_MAP),
                                 .margin_px = 20 * layout.type,
                                 .tolerance_px = 0.25};
    EvmMap *map = evm_map_compute(&map_request, &error);
    g_assert_no_error(error);
    EvmQuestion question = EVM_QUESTION_ON((EvmDate){day});
    EvmQuestion before = EVM_QUESTION_ON((EvmDate){day - 7});
    EvmState *state = evm_state_compute(country->join, &question);
    EvmChanges *changes = evm_changes_compute(country->join, &before, &question);
    EvmSeries *series =
        evm_series_compute(country->universe, country->join, &before, question.date, &error);
    g_assert_no_error(error);
    g_autofree EvmSign *signs =
        evm_signs_compute(theme, (const char *const *)country->join->actors);
    EvmSheetRequest request = {.universe = country->universe,
                               .state = state,
                               .changes = changes,
                               .series = series,
                               .has_graticule = has_graticule,
                               .map = map,
                               .layout = &layout,
                               .theme = theme,
                               .signs = signs,
                               .language = language,
                               .measure = {measure, NULL},
                               .boundaries = "test boundaries",
                               .credits = "test",
                               .software = "evmap test"};
    EvmDevelopments *developments =
        evm_developments_compute(country->universe, state, before.date, NULL);
    development_count = (unsigned)developments->count;
    evm_developments_free(developments);
    EvmScene *ground = evm_sheet_compute_ground(&request);
    GPtrArray *unplaced = g_ptr_array_new_with_free_func(g_free);
    EvmScene *names = evm_sheet_compute_names(&request, unplaced);
    EvmSheet sheet = evm_sheet_compute(&request, ground, names);
    check_ground_holds_no_text(ground);
    check(&sheet, &layout);
    evm_sheet_clear(&sheet);
    g_ptr_array_unref(unplaced);
    evm_scene_free(names);
    evm_scene_free(ground);
    evm_series_free(series);
    evm_changes_free(changes);
    evm_state_free(state);
    evm_map_free(map);
    evm_theme_free(theme);
    evm_language_free(language);
}

static const EvmLayer *find_layer(const EvmScene *scene, const char *id)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        if (strcmp(scene->layers[i].id, id) == 0)
            return &scene->layers[i];
    g_assert_not_reached();
}

static unsigned count_text(const EvmLayer *layer, const char *text)
{
    unsigned count = 0;
    for (size_t i = 0; i < layer->item_count; i++)
        count +=
            layer->items[i].type == EVM_ITEM_TEXT && strcmp(layer->items[i].text.string, text) == 0;
    return count;
}

static void check_texts_inside_page(const EvmSheet *sheet, const EvmLayout *layout)
{
    for (size_t l = 0; l < sheet->scene->layer_count; l++) {
        const EvmLayer *layer = &sheet->scene->layers[l];
        for (size_t i = 0; i < layer->item_count; i++) {
            const EvmItem *item = &layer->items[i];
            if (item->type != EVM_ITEM_TEXT)
                continue;
            const EvmRect *box = &item->bounds;
            if (box->x_px < 0 || box->y_px < 0 || box->x_px + box->width_px > layout->width_px ||
                box->y_px + box->height_px > layout->height_px)
                g_error("'%s' leaves the page of %gx%g", item->text.string, layout->width_px,
                        layout->height_px);
        }
    }
}

static void texts_keep_inside_the_page(void)
{
    static const double sizes[][2] = {{1600, 1200}, {800, 600},  {1200, 1500}, {600, 800},
                                      {1080, 1080}, {1200, 630}, {480, 360},   {2400, 1800}};
    Country country = country_load(NULL);
    EvmDate date;
    g_assert_true(evm_date_parse("2021-07-05", &date));
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        with_sheet(&country, sizes[i][0], sizes[i][1], date.days, check_texts_inside_page);
    country_free(&country);
}

static GHashTable *name_places; /* a name's place, for all names met so far */

static void check_names_stay_put(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *layer = find_layer(sheet->scene, "labels");
    for (size_t i = 0; i < layer->item_count; i++) {
        const EvmText *text = &layer->items[i].text;
        char *place =
            g_strdup_printf("%.3f %.3f %.3f", text->at.x_px, text->at.y_px, text->angle_deg);
        char *name = g_strdup_printf("%s %g", text->string, text->font.size_px);
        const char *before = g_hash_table_lookup(name_places, name);
        g_assert_true(!before || strcmp(before, place) == 0);
        g_hash_table_replace(name_places, name, place);
    }
}

/* Names of changed districts come and go, and move no other. */
static void names_stay_where_they_are_from_day_to_day(void)
{
    Country country = country_load(NULL);
    name_places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    EvmDate date;
    g_assert_true(evm_date_parse("2021-06-20", &date));
    for (int32_t day = 0; day < 60; day += 4)
        with_sheet(&country, 1600, 1200, date.days + day, check_names_stay_put);
    g_assert_cmpuint(g_hash_table_size(name_places), >, 80);
    g_hash_table_destroy(name_places);
    country_free(&country);
}

static void check_districts(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *layer = find_layer(sheet->scene, "districts");
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
    g_assert_cmpuint(layer->item_count, ==, 398);
    for (size_t i = 0; i < layer->item_count; i++) {
        const EvmItem *item = &layer->items[i];
        g_assert_true(g_hash_table_add(ids, (char *)item->id));
        g_assert_nonnull(item->pcode);
        g_assert_nonnull(item->control);
        g_assert_nonnull(item->title);
    }
    g_hash_table_destroy(ids);
}

static void every_district_has_its_own_id_code_control_and_title(void)
{
    Country country = country_load(NULL);
    with_sheet(&country, 1600, 1200, 18813, check_districts);
    country_free(&country);
}

static size_t count_controlled(const EvmLayer *districts, const char *control)
{
    size_t count = 0;
    for (size_t i = 0; i < districts->item_count; i++)
        count += g_strcmp0(districts->items[i].control, control) == 0;
    return count;
}

static size_t count_at(const EvmSceneTable *table, size_t row, size_t column)
{
    const char *text = table->cells[row * table->columns + column];
    return (size_t)g_ascii_strtoull(text, NULL, 10);
}

/* Every row adds up, and the last one to what is drawn. */
static void check_table(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmSceneTable *table = &sheet->scene->info.table;
    const EvmLayer *districts = find_layer(sheet->scene, "districts");
    g_assert_cmpuint(table->rows, ==, 36); /* heads, 34 provinces, all */
    g_assert_cmpstr(table->cells[0], ==, "Province");
    g_assert_cmpstr(table->cells[1], ==, "Taliban");
    for (size_t row = 1; row < table->rows; row++) {
        size_t sum = 0;
        for (size_t column = 1; column + 1 < table->columns; column++)
            sum += count_at(table, row, column);
        g_assert_cmpuint(sum, ==, count_at(table, row, table->columns - 1));
        g_assert_cmpuint(sum, >, 0);
    }
    g_assert_cmpuint(count_at(table, table->rows - 1, 1), ==,
                     count_controlled(districts, "Taliban"));
    g_assert_cmpuint(count_at(table, table->rows - 1, table->columns - 1), ==,
                     districts->item_count);
}

static void table_adds_up_to_what_is_drawn(void)
{
    Country country = country_load(NULL);
    with_sheet(&country, 1600, 1200, 18813, check_table);
    country_free(&country);
}

static void check_panjwayi(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *layer = find_layer(sheet->scene, "districts");
    for (size_t i = 0; i < layer->item_count; i++)
        if (strcmp(layer->items[i].pcode, "AF2704") == 0)
            g_assert_cmpstr(
                layer->items[i].title, ==,
                "Panjwayi, Kandahar: Taliban as reported on 4 July 2021, changed hands");
}

static void title_of_a_district_says_who_since_when(void)
{
    Country country = country_load(NULL);
    EvmDate date;
    g_assert_true(evm_date_parse("2021-07-05", &date));
    with_sheet(&country, 1600, 1200, date.days, check_panjwayi);
    country_free(&country);
}

static void check_locator(const EvmSheet *sheet, const EvmLayout *layout)
{
    EvmRect box = find_layer(sheet->scene, "locator")->clip;
    EvmRect map = evm_layout_find_place(layout, EVM_REGION_MAP);
    static const char *const others[] = {"districts", "labels", "numbers", "scale-bar"};
    g_assert_cmpfloat(box.x_px, >, map.x_px);
    g_assert_cmpfloat(box.x_px + box.width_px, <, map.x_px + map.width_px);
    for (size_t k = 0; k < G_N_ELEMENTS(others); k++) {
        const EvmLayer *layer = find_layer(sheet->scene, others[k]);
        for (size_t i = 0; i < layer->item_count; i++) {
            const EvmItem *item = &layer->items[i];
            for (uint32_t p = 0; item->type == EVM_ITEM_PATH && p < item->path.ends[0]; p++) {
                double x = item->path.points[p].x_px, y = item->path.points[p].y_px;
                g_assert_false(x > box.x_px && x < box.x_px + box.width_px && y > box.y_px &&
                               y < box.y_px + box.height_px);
            }
            EvmRect it = item->bounds;
            if (item->type != EVM_ITEM_PATH && it.x_px < box.x_px + box.width_px &&
                box.x_px < it.x_px + it.width_px && it.y_px < box.y_px + box.height_px &&
                box.y_px < it.y_px + it.height_px)
                g_error("an item of %s stands on the locator", others[k]);
        }
    }
}

static void locator_stands_where_nothing_else_is(void)
{
    const char *const provinces[] = {"Badakhshan", NULL};
    Country country = country_load(NULL);
    with_sheet(&country, 1600, 1200, 18813, check_locator);
    country_free(&country);
    country = country_load(provinces);
    with_sheet(&country, 1600, 1200, 18813, check_locator);
    country_free(&country);
}

static bool has_layer(const EvmScene *scene, const char *id)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        if (strcmp(scene->layers[i].id, id) == 0)
            return true;
    return false;
}

static void check_plain(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    g_assert_false(has_layer(sheet->scene, "graticule"));
    g_assert_false(has_layer(sheet->scene, "degrees"));
    g_assert_false(has_layer(sheet->scene, "north"));
}

static void check_graticule(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *degrees = find_layer(sheet->scene, "degrees");
    g_assert_cmpuint(find_layer(sheet->scene, "graticule")->item_count, >, 4);
    g_assert_cmpuint(count_text(degrees, "35°N"), ==, 1);
    g_assert_cmpuint(count_text(degrees, "65°E"), ==, 1);
    g_assert_false(has_layer(sheet->scene, "north"));
}

/* Far to the east of its middle meridian a UTM zone turns north to the left. */
static void check_arrow(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmItem *shaft = &find_layer(sheet->scene, "north")->items[0];
    EvmPoint tail = shaft->path.points[0], tip = shaft->path.points[1];
    g_assert_cmpfloat(tip.y_px, <, tail.y_px);
    g_assert_cmpfloat(fabs(tip.x_px - tail.x_px), >, 1);
}

static void graticule_is_drawn_when_wanted_and_north_shown_when_turned(void)
{
    Country country = country_load(NULL);
    with_sheet(&country, 1600, 1200, 18813, check_plain);
    has_graticule = true;
    with_sheet(&country, 1600, 1200, 18813, check_graticule);
    has_graticule = false;
    crs = "EPSG:32639";
    with_sheet(&country, 1600, 1200, 18813, check_arrow);
    crs = NULL;
    country_free(&country);
}

/* A day in every layout that has a list. */
static void with_sheets(const Country *country, const char *day,
                        void (*check)(const EvmSheet *, const EvmLayout *))
{
    static const char *const layouts[] = {"landscape", "portrait", "square", "story", "a4"};
    EvmDate date;
    g_assert_true(evm_date_parse(day, &date));
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
        double width, height;
        layout_name = layouts[i];
        g_assert_true(evm_layout_find_size(layout_name, &width, &height));
        with_sheet(country, width, height, date.days, check);
    }
    layout_name = NULL;
}

static unsigned degrees_seen;

static void check_degrees(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *degrees = find_layer(sheet->scene, "degrees");
    const EvmLayer *names = find_layer(sheet->scene, "labels");
    for (size_t i = 0; i < degrees->item_count; i++, degrees_seen++) {
        g_assert_cmpfloat(degrees->items[i].text.halo_px, >, 0);
        for (size_t k = 0; k < names->item_count; k++)
            g_assert_false(
                evm_rect_is_overlapping(degrees->items[i].bounds, names->items[k].bounds));
    }
}

/* In a window names and districts reach to the edges of the map. */
static void degrees_are_legible_and_keep_off_names(void)
{
    static const EvmExtent windows[] = {
        {{66.5, 36}, {71, 38.5}}, {{67.5, 33.5}, {70.5, 35.5}}, {{61, 31}, {66, 35}}};
    Country country = country_load(NULL);
    has_graticule = true;
    for (size_t i = 0; i < G_N_ELEMENTS(windows); i++) {
        window = &windows[i];
        with_sheets(&country, "2021-07-05", check_degrees);
    }
    window = NULL;
    has_graticule = false;
    g_assert_cmpuint(degrees_seen, >, 50);
    country_free(&country);
}

static void check_context(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    g_assert_cmpuint(find_layer(sheet->scene, "districts")->item_count, ==, 28);
    g_assert_cmpuint(find_layer(sheet->scene, "context")->item_count, ==, 370);
}

static void other_provinces_are_drawn_as_context_without_data(void)
{
    const char *const provinces[] = {"Badakhshan", NULL};
    Country country = country_load(provinces);
    with_sheet(&country, 1600, 1200, 18813, check_context);
    country_free(&country);
}

/* Dates stand at the lines' ends, one an entry. */
static unsigned count_entries(const EvmLayer *layer)
{
    unsigned count = 0;
    for (size_t i = 0; i < layer->item_count; i++)
        count += layer->items[i].text.anchor == EVM_ANCHOR_END;
    return count;
}

/* Some of the entries are listed; each number stands on the map, and no other does. */
static void check_numbers(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *list = find_layer(sheet->scene, "developments");
    const EvmLayer *numbers = find_layer(sheet->scene, "numbers");
    unsigned last = 0;
    for (unsigned i = 1; i <= development_count; i++) {
        g_autofree char *text = g_strdup_printf("%u", i);
        unsigned in_list = count_text(list, text);
        g_assert_cmpuint(in_list, ==, i <= last + 1 && in_list ? 1 : 0);
        g_assert_cmpint(count_text(numbers, text) > 0, ==, in_list > 0);
        last += in_list;
    }
    g_assert_cmpuint(last, >=, 5);
    g_autofree char *more =
        g_strdup_printf("and %u more developments", development_count - count_entries(list));
    g_assert_cmpuint(count_text(list, more), ==, 1);
}

static void numbers_of_the_list_stand_on_the_map_and_the_rest_is_counted(void)
{
    Country country = country_load(NULL);
    EvmDate date;
    g_assert_true(evm_date_parse("2021-07-05", &date));
    with_sheet(&country, 1600, 1200, date.days, check_numbers);
    country_free(&country);
}

static const char *const busy_days[] = {"2021-05-20", "2021-06-23", "2021-07-05",
                                        "2021-07-30", "2021-08-12", "2021-08-15"};
static unsigned numbers_listed;

static void check_listed_numbers(const EvmSheet *sheet, const EvmLayout *layout)
{
    const EvmLayer *list = find_layer(sheet->scene, "developments");
    const EvmLayer *numbers = find_layer(sheet->scene, "numbers");
    for (unsigned i = 1; i <= development_count; i++) {
        g_autofree char *text = g_strdup_printf("%u", i);
        if (count_text(list, text) == 0)
            continue;
        numbers_listed++;
        if (count_text(numbers, text) == 0)
            g_error("%s: %s is in the list and not on the map", layout->name, text);
    }
    g_assert_cmpuint(sheet->unplaced->len, ==, 0);
}

/* However little room there is: around Kabul many districts are smaller than a number. */
static void every_number_of_the_list_stands_on_the_map(void)
{
    Country country = country_load(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(busy_days); i++)
        with_sheets(&country, busy_days[i], check_listed_numbers);
    g_assert_cmpuint(numbers_listed, >, 100);
    country_free(&country);
}

static const char *const stacked[] = {"legend", "chart", "developments", "notes"};

/* Each piece ends above the next one of its column, and above the notes. */
static void check_pieces_apart(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    for (size_t a = 0; a < G_N_ELEMENTS(stacked); a++)
        for (size_t b = a + 1; b < G_N_ELEMENTS(stacked); b++) {
            const EvmLayer *upper = NULL, *lower = NULL;
            for (size_t i = 0; i < sheet->scene->layer_count; i++) {
                upper = strcmp(sheet->scene->layers[i].id, stacked[a]) == 0
                            ? &sheet->scene->layers[i]
                            : upper;
                lower = strcmp(sheet->scene->layers[i].id, stacked[b]) == 0
                            ? &sheet->scene->layers[i]
                            : lower;
            }
            for (size_t i = 0; upper && i < upper->item_count; i++)
                for (size_t k = 0; lower && k < lower->item_count; k++) {
                    EvmRect x = bounds_of(&upper->items[i]), y = bounds_of(&lower->items[k]);
                    if (x.x_px < y.x_px + y.width_px && y.x_px < x.x_px + x.width_px &&
                        x.y_px < y.y_px + y.height_px - 2 && y.y_px < x.y_px + x.height_px - 2)
                        g_error("%s runs into %s on %s %gx%g in %s", stacked[a], stacked[b],
                                layout->name, layout->width_px, layout->height_px, language_name);
                }
        }
}

static void no_piece_runs_into_another_in_any_layout_and_language(void)
{
    Country country = country_load(NULL);
    EvmDate date;
    g_assert_true(evm_date_parse("2021-07-05", &date));
    for (const char *const *language = evm_language_find_built_in(); *language; language++)
        for (const char *const *name = evm_layout_find_names(); *name; name++) {
            double width, height;
            if (strcmp(*name, "thumbnail") == 0)
                continue;
            g_assert_true(evm_layout_find_size(*name, &width, &height));
            language_name = *language;
            layout_name = *name;
            with_sheet(&country, width, height, date.days, check_pieces_apart);
            with_sheet(&country, 0.6 * width, 0.6 * height, date.days, check_pieces_apart);
        }
    language_name = "en";
    layout_name = NULL;
    country_free(&country);
}

static bool is_whole_number(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (!g_unichar_isdigit(g_utf8_get_char(text)))
            return false;
    return true;
}

static void check_units(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *legend = find_layer(sheet->scene, "legend");
    double narrowest = INFINITY, widest = 0, right = 0;
    for (size_t i = 0; i < legend->item_count; i++) {
        const EvmItem *item = &legend->items[i];
        const EvmRect *box = &item->bounds;
        if (item->type != EVM_ITEM_TEXT || !item->text.string[0] ||
            !is_whole_number(item->text.string))
            continue;
        if (right > 0)
            g_assert_cmpfloat_with_epsilon(box->x_px + box->width_px, right, 0.5);
        right = box->x_px + box->width_px;
        narrowest = fmin(narrowest, box->width_px);
        widest = fmax(widest, box->width_px);
    }
    g_assert_cmpfloat(narrowest, <, 0.5 * widest);
}

static void numbers_of_the_legend_end_below_each_other(void)
{
    static const char *const languages[] = {"en", "fa"};
    Country country = country_load(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        language_name = languages[i];
        with_sheet(&country, 1600, 1200, 18813, check_units);
    }
    language_name = "en";
    country_free(&country);
}

static const EvmLayer *find_layer_or_none(const EvmScene *scene, const char *id)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        if (strcmp(scene->layers[i].id, id) == 0)
            return &scene->layers[i];
    return NULL;
}

static bool has_items(const EvmScene *scene, const char *id)
{
    const EvmLayer *layer = find_layer_or_none(scene, id);
    return layer && layer->item_count > 0;
}

static bool has_words(const EvmScene *scene, const char *id, const char *words)
{
    const EvmLayer *layer = find_layer_or_none(scene, id);
    return layer && count_text(layer, words) == 1;
}

/* A number's shape is drawn just before it: with corners, as the first four of a diamond. */
static bool has_diamond(const EvmScene *scene)
{
    const EvmLayer *layer = find_layer_or_none(scene, "numbers");
    for (size_t i = 1; layer && i < layer->item_count; i++)
        if (layer->items[i].type == EVM_ITEM_TEXT && layer->items[i - 1].type == EVM_ITEM_PATH &&
            layer->items[i - 1].path.ends[0] == 4)
            return true;
    return false;
}

static unsigned sheets_with_changes, sheets_with_clashes, sheets_without;
static unsigned sheets_with_covering, sheets_without_covering;

static void check_signs_are_explained(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmScene *scene = sheet->scene;
    bool is_changed = has_items(scene, "changed"), has_clash = has_diamond(scene);
    bool is_covering = has_items(scene, "capital-holders");
    g_assert_true(has_words(scene, "legend", "provincial capital") ==
                  has_items(scene, "capital-dots"));
    g_assert_true(has_words(scene, "legend", "changed in the last 7 days") == is_changed);
    g_assert_true(has_words(scene, "legend", "capital in its district’s colour") == is_covering);
    if (has_clash)
        g_assert_true(has_words(scene, "developments", "clash"));
    sheets_with_changes += is_changed;
    sheets_with_clashes += has_clash;
    sheets_with_covering += is_covering;
    sheets_without_covering += !is_covering;
    sheets_without += !is_changed;
}

static void signs_are_explained_where_they_are_shown(void)
{
    static const double sizes[][2] = {{1600, 1200}, {800, 600}, {1200, 1500}, {1080, 1080}};
    static const char *const days[] = {"2021-02-01", "2021-06-07", "2021-07-05", "2021-08-15"};
    Country country = country_load(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(sizes) * G_N_ELEMENTS(days); i++) {
        const double *size = sizes[i % G_N_ELEMENTS(sizes)];
        EvmDate date;
        g_assert_true(evm_date_parse(days[i / G_N_ELEMENTS(sizes)], &date));
        with_sheet(&country, size[0], size[1], date.days, check_signs_are_explained);
    }
    g_assert_cmpuint(sheets_with_changes, >, 0);
    g_assert_cmpuint(sheets_with_clashes, >, 0);
    g_assert_cmpuint(sheets_without, >, 0);
    g_assert_cmpuint(sheets_with_covering, >, 0);
    g_assert_cmpuint(sheets_without_covering, >, 0);
    country_free(&country);
}

/* Who holds the district at a point; NULL where it is not held, or no district. */
static const char *find_holder(const EvmScene *scene, EvmPoint at)
{
    const EvmLayer *layer = find_layer(scene, "districts");
    for (size_t i = 0; i < layer->item_count; i++) {
        const EvmItem *item = &layer->items[i];
        if (item->control && has_inside(&item->path, at))
            return strcmp(item->control, "contested") == 0 ||
                           strcmp(item->control, "unassessed") == 0
                       ? NULL
                       : item->control;
    }
    return NULL;
}

static unsigned leaders_seen;

static void check_leaders(const EvmSheet *sheet, const EvmLayout *layout)
{
    (void)layout;
    const EvmLayer *numbers = find_layer(sheet->scene, "numbers");
    for (size_t i = 0; i < numbers->item_count; i++) {
        const EvmPath *path = &numbers->items[i].path;
        if (numbers->items[i].type != EVM_ITEM_PATH || path->is_closed)
            continue;
        const char *own = find_holder(sheet->scene, path->points[0]);
        const char *other = find_holder(sheet->scene, path->points[1]);
        leaders_seen++;
        g_assert_true(!other || g_strcmp0(own, other) == 0);
    }
}

static void numbers_beside_their_districts_are_on_no_other_actors_colour(void)
{
    static const char *const days[] = {"2021-06-18", "2021-06-23", "2021-07-05",
                                       "2021-07-13", "2021-07-30", "2021-08-13"};
    Country country = country_load(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        EvmDate date;
        g_assert_true(evm_date_parse(days[i], &date));
        with_sheet(&country, 1600, 1200, date.days, check_leaders);
    }
    g_assert_cmpuint(leaders_seen, >=, 10);
    country_free(&country);
}

/* Where a number's line leads, or the number itself. */
static EvmPoint find_foot(const EvmLayer *numbers, EvmPoint center)
{
    for (size_t i = 0; i < numbers->item_count; i++) {
        const EvmPath *path = &numbers->items[i].path;
        if (numbers->items[i].type == EVM_ITEM_PATH && !path->is_closed &&
            hypot(path->points[1].x_px - center.x_px, path->points[1].y_px - center.y_px) < 0.01)
            return path->points[0];
    }
    return center;
}

static const EvmItem *find_district(const EvmScene *scene, EvmPoint at)
{
    const EvmLayer *layer = find_layer(scene, "districts");
    for (size_t i = 0; i < layer->item_count; i++)
        if (has_inside(&layer->items[i].path, at))
            return &layer->items[i];
    return NULL;
}

static EvmPoint find_nearest_dot(const EvmScene *scene, EvmRect name)
{
    const EvmLayer *dots = find_layer(scene, "capital-dots");
    EvmPoint nearest = {0, 0};
    double best = INFINITY;
    for (size_t i = 0; i < dots->item_count; i++) {
        EvmPoint dot = dots->items[i].disc.center;
        double x = MAX(name.x_px - dot.x_px, dot.x_px - name.x_px - name.width_px);
        double y = MAX(name.y_px - dot.y_px, dot.y_px - name.y_px - name.height_px);
        double away = hypot(MAX(x, 0), MAX(y, 0));
        if (away >= best)
            continue;
        best = away;
        nearest = dot;
    }
    return nearest;
}

static unsigned numbers_seen, numbers_misread;

/* On one line with a capital's name, and near it. */
static bool is_on_its_line(EvmPoint center, double radius, EvmRect name)
{
    return center.x_px > name.x_px - 4 * radius &&
           center.x_px < name.x_px + name.width_px + 4 * radius && center.y_px > name.y_px &&
           center.y_px < name.y_px + name.height_px;
}

static void count_misread(const EvmScene *scene, EvmPoint center, double radius)
{
    const EvmLayer *labels = find_layer(scene, "labels");
    const EvmItem *own = find_district(scene, find_foot(find_layer(scene, "numbers"), center));
    numbers_seen++;
    for (size_t i = 0; i < labels->item_count; i++) {
        const EvmItem *name = &labels->items[i];
        if (name->type == EVM_ITEM_TEXT && name->text.font.weight >= EVM_WEIGHT_SEMIBOLD &&
            is_on_its_line(center, radius, name->bounds) &&
            find_district(scene, find_nearest_dot(scene, name->bounds)) != own)
            numbers_misread++;
    }
}

static void check_numbers_off_capitals(const EvmSheet *sheet, const EvmLayout *layout)
{
    const EvmLayer *numbers = find_layer(sheet->scene, "numbers");
    double radius = MAX(8 * layout->label, 6.5);
    for (size_t i = 1; i < numbers->item_count; i++)
        if (numbers->items[i].type == EVM_ITEM_TEXT && numbers->items[i - 1].type == EVM_ITEM_DISC)
            count_misread(sheet->scene, numbers->items[i - 1].disc.center, radius);
}

/* A number beside "Fayzabad" would say that the city fell. Only where there is no other place for
 * it at all it stands there. */
static void numbers_keep_off_capitals_that_they_do_not_mean(void)
{
    Country country = country_load(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(busy_days); i++)
        with_sheets(&country, busy_days[i], check_numbers_off_capitals);
    g_assert_cmpuint(numbers_misread * 50, <=, numbers_seen);
    country_free(&country);
}

static unsigned lines_seen, lines_over_names;

static bool is_in_letters(const EvmItem *name, EvmPoint at)
{
    const EvmText *text = &name->text;
    return name->type == EVM_ITEM_TEXT && text->angle_deg == 0 &&
           fabs(at.x_px - text->at.x_px) < text->width_px / 2 && at.y_px < text->at.y_px &&
           at.y_px > text->at.y_px - 0.7 * text->font.size_px;
}

static double compute_struck_px(const EvmLayer *labels, EvmPoint from, EvmPoint to)
{
    double length = hypot(to.x_px - from.x_px, to.y_px - from.y_px), struck = 0;
    for (double along = 0; along < length; along++) {
        EvmPoint at = {from.x_px + along / length * (to.x_px - from.x_px),
                       from.y_px + along / length * (to.y_px - from.y_px)};
        bool is_struck = false;
        for (size_t i = 0; i < labels->item_count; i++)
            is_struck |= is_in_letters(&labels->items[i], at);
        struck += is_struck;
    }
    return struck;
}

/* A line is drawn twice, with its halo first. */
static void count_lines_over_names(const EvmSheet *sheet, const EvmLayout *layout)
{
    static const double SEEN_PX = 5;
    (void)layout;
    const EvmLayer *numbers = find_layer(sheet->scene, "numbers");
    for (size_t i = 1; i < numbers->item_count; i++) {
        const EvmItem *line = &numbers->items[i];
        if (line->type != EVM_ITEM_PATH || line->path.is_closed ||
            numbers->items[i - 1].type != EVM_ITEM_PATH || numbers->items[i - 1].path.is_closed)
            continue;
        lines_seen++;
        lines_over_names += compute_struck_px(find_layer(sheet->scene, "labels"),
                                              line->path.points[0], line->path.points[1]) > SEEN_PX;
    }
}

/* Not all can: a district may lie under its capital's name, or among names. */
static void lines_of_numbers_run_around_names(void)
{
    Country country = country_load(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(busy_days); i++)
        with_sheets(&country, busy_days[i], count_lines_over_names);
    g_assert_cmpuint(lines_over_names * 6, <=, lines_seen);
    country_free(&country);
}

#define ADD(name) g_test_add_func("/scene/sheet/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(texts_keep_inside_the_page);
    ADD(names_stay_where_they_are_from_day_to_day);
    ADD(table_adds_up_to_what_is_drawn);
    ADD(every_district_has_its_own_id_code_control_and_title);
    ADD(title_of_a_district_says_who_since_when);
    ADD(numbers_of_the_list_stand_on_the_map_and_the_rest_is_counted);
    ADD(every_number_of_the_list_stands_on_the_map);
    ADD(numbers_keep_off_capitals_that_they_do_not_mean);
    ADD(lines_of_numbers_run_around_names);
    ADD(no_piece_runs_into_another_in_any_layout_and_language);
    ADD(numbers_of_the_legend_end_below_each_other);
    ADD(locator_stands_where_nothing_else_is);
    ADD(graticule_is_drawn_when_wanted_and_north_shown_when_turned);
    ADD(degrees_are_legible_and_keep_off_names);
    ADD(other_provinces_are_drawn_as_context_without_data);
    ADD(numbers_beside_their_districts_are_on_no_other_actors_colour);
    ADD(signs_are_explained_where_they_are_shown);
    return g_test_run();
}
