/* The frames of a timeline as scene data: what may differ from day to day, and what may not. */
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "pipeline/scene_key.h"
#include "pipeline/timeline_parts.h"
#include "scene/words.h"
#include "tests/unit/scene/inside.h"

static EvmTools *tools;
static EvmFonts *fonts;
static EvmInputs *inputs;

static EvmDate date_of(const char *text)
{
    EvmDate date;
    g_assert_true(evm_date_parse(text, &date));
    return date;
}

/* Eight frames in eight weeks of fast change, with every kind of row in the legend. */
static EvmTimelineRequest request_of(const char *layout, const EvmLanguage *language,
                                     const EvmTheme *theme)
{
    EvmTimelineRequest request = {
        .sheet = {.question = EVM_QUESTION_ON(date_of("2021-05-08")),
                  .language = language,
                  .theme = theme,
                  .layout = layout,
                  .scale = 1,
                  .formats = EVM_FORMAT_SVG,
                  .out_folder = "none",
                  .software = "evmap test",
                  .threads = 1},
        .to = date_of("2021-06-30"),
        .step = EVM_STEP_WEEK,
        .shard = 1,
        .shards = 1,
        .build = "test",
        .is_dry = true,
    };
    request.sheet.question.stale_after_days = 30;
    g_assert_true(evm_layout_find_size(layout, &request.sheet.width_px, &request.sheet.height_px));
    return request;
}

static const EvmLayer *find_layer(const EvmScene *scene, const char *id)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        if (strcmp(scene->layers[i].id, id) == 0)
            return &scene->layers[i];
    return NULL;
}

static bool is_number(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text))
        if (g_unichar_isdigit(g_utf8_get_char(text)))
            return true;
    return false;
}

/* "less than 1 %" begins before 3 % where both end. */
static void assert_same_place(const EvmItem *a, const EvmItem *b)
{
    g_assert_cmpint(a->type, ==, b->type);
    if (a->type != EVM_ITEM_TEXT) {
        EvmRect at = bounds_of(a), then = bounds_of(b);
        g_assert_true(memcmp(&at, &then, sizeof at) == 0);
        return;
    }
    g_assert_cmpint(a->text.anchor, ==, b->text.anchor);
    if (!is_number(a->text.string) || strcmp(a->text.string, b->text.string) == 0)
        g_assert_cmpfloat(a->text.at.x_px, ==, b->text.at.x_px);
    g_assert_cmpfloat(a->text.at.y_px, ==, b->text.at.y_px);
    g_assert_cmpfloat(a->text.font.size_px, ==, b->text.font.size_px);
    g_assert_cmpfloat(a->text.angle_deg, ==, b->text.angle_deg);
}

/* Numbers may change where they stand; nothing else may. */
static void assert_still(const EvmScene *first, const EvmScene *scene, const char *id)
{
    const EvmLayer *a = find_layer(first, id), *b = find_layer(scene, id);
    g_assert_true((a != NULL) == (b != NULL));
    g_assert_cmpuint(a ? a->item_count : 0, ==, b ? b->item_count : 0);
    for (size_t i = 0; a && i < a->item_count; i++) {
        assert_same_place(&a->items[i], &b->items[i]);
        if (a->items[i].type == EVM_ITEM_TEXT && !is_number(a->items[i].text.string))
            g_assert_cmpstr(a->items[i].text.string, ==, b->items[i].text.string);
        if (strcmp(id, "legend") == 0)
            g_assert_true(memcmp(&a->items[i].fill, &b->items[i].fill, sizeof(EvmColor)) == 0);
    }
}

/* The sentences of the title, however they are broken into lines. */
static char *format_title(const EvmScene *scene)
{
    GString *all = g_string_new(NULL);
    const EvmLayer *layer = find_layer(scene, "title");
    for (size_t i = 0; layer && i < layer->item_count; i++)
        if (layer->items[i].type == EVM_ITEM_TEXT)
            g_string_append_printf(all, "%s ", layer->items[i].text.string);
    return g_string_free(all, FALSE);
}

/* A text of the legend, on that line unless `beside` is NULL. */
static const EvmText *find_in_legend(const EvmScene *scene, const char *string,
                                     const EvmText *beside)
{
    const EvmLayer *layer = find_layer(scene, "legend");
    for (size_t i = 0; layer && i < layer->item_count; i++) {
        const EvmItem *item = &layer->items[i];
        if (item->type == EVM_ITEM_TEXT && strcmp(item->text.string, string) == 0 &&
            (!beside || item->text.at.y_px == beside->at.y_px))
            return &item->text;
    }
    return NULL;
}

static void assert_says_day_and_counts(const EvmScene *scene, const EvmState *state,
                                       const EvmLanguage *language)
{
    g_autofree char *date = evm_language_format_date(language, state->question.date);
    g_autofree char *title = format_title(scene);
    g_assert_nonnull(strstr(title, date));
    EvmTally *tally = evm_tally_compute(inputs->universe, state, -1);
    for (size_t i = 0; i < tally->count; i++) {
        g_autofree char *count =
            evm_language_format_number(language, (double)tally->rows[i].districts);
        const EvmText *row = find_in_legend(
            scene, evm_words_find_control(language, state->join, tally->rows[i].control), NULL);
        g_assert_nonnull(row);
        g_assert_nonnull(find_in_legend(scene, count, row));
    }
    evm_tally_free(tally);
}

/* What frames take from the sample, or are refused for. */
static void assert_fixed(const EvmScene *sample, const EvmScene *scene)
{
    for (size_t i = 0; i < sample->layer_count; i++)
        if (sample->layers[i].is_fixed)
            assert_still(sample, scene, sample->layers[i].id);
}

static void check_layout(const char *layout, const EvmLanguage *language, const EvmTheme *theme)
{
    static const char *const still[] = {"neighbours", "districts", "scale-bar",    "north",
                                        "locator",    "legend",    "capital-dots", "labels"};
    EvmTimelineRequest request = request_of(layout, language, theme);
    EvmFrameSet set;
    GError *error = NULL;
    g_assert_true(evm_frame_set_init(&set, &request, inputs, fonts, &error));
    g_assert_no_error(error);
    EvmFrameMaker one, other;
    evm_frame_maker_init(&one, &set, fonts);
    evm_frame_maker_init(&other, &set, fonts);
    EvmFrameSheet first = evm_frame_maker_compute(&one, evm_frame_set_at(&set, 0), EVM_FORMAT_SVG);
    assert_fixed(set.sample.sheet.scene, first.sheet.scene);
    for (size_t i = 0; i < set.dates->len; i++) {
        EvmFrameSheet frame =
            evm_frame_maker_compute(&other, evm_frame_set_at(&set, i), EVM_FORMAT_SVG);
        for (size_t k = 0; k < G_N_ELEMENTS(still); k++)
            assert_still(first.sheet.scene, frame.sheet.scene, still[k]);
        if (evm_layout_has(&set.page.layout, EVM_REGION_TITLE))
            assert_says_day_and_counts(frame.sheet.scene, frame.state, language);
        evm_frame_sheet_clear(&frame);
    }
    evm_frame_sheet_clear(&first);
    evm_frame_maker_clear(&one);
    evm_frame_maker_clear(&other);
    evm_frame_set_clear(&set);
}

static void nothing_moves_but_what_changes(void)
{
    const char *const *language_names = evm_language_find_built_in();
    GError *error = NULL;
    EvmTheme *theme = evm_theme_load("light", &error);
    for (; *language_names; language_names++) {
        EvmLanguage *language = evm_language_load(*language_names, &error);
        g_assert_no_error(error);
        for (const char *const *layout = evm_layout_find_names(); *layout; layout++) {
            g_test_message("%s in %s", *layout, *language_names);
            check_layout(*layout, language, theme);
        }
        evm_language_free(language);
    }
    evm_theme_free(theme);
}

/* Where the summary begins: below the line with the date, which is one line. Nothing is cut off. */
static double find_summary_px(const EvmFrameSheet *frame, const EvmLanguage *language)
{
    g_autofree char *date = evm_language_format_date(language, frame->state->question.date);
    const EvmLayer *layer = find_layer(frame->sheet.scene, "title");
    double below = 0;
    for (size_t i = 0; i < layer->item_count; i++) {
        const char *line = layer->items[i].text.string;
        if (g_str_has_suffix(line, "…"))
            g_error("'%s' is cut off", line);
        if (strstr(line, date) && i + 1 < layer->item_count)
            below = layer->items[i + 1].text.at.y_px;
    }
    return below;
}

static void check_head(const char *layout, const EvmLanguage *language, const EvmTheme *theme)
{
    EvmTimelineRequest request = request_of(layout, language, theme);
    request.to = date_of("2021-10-31");
    EvmFrameSet set;
    EvmFrameMaker maker;
    g_assert_true(evm_frame_set_init(&set, &request, inputs, fonts, NULL));
    evm_frame_maker_init(&maker, &set, fonts);
    double first_px = 0;
    for (size_t i = 0; i < set.dates->len; i++) {
        EvmFrameSheet frame =
            evm_frame_maker_compute(&maker, evm_frame_set_at(&set, i), EVM_FORMAT_SVG);
        double summary_px = find_summary_px(&frame, language);
        g_assert_cmpfloat(summary_px, >, 0);
        first_px = i == 0 ? summary_px : first_px;
        g_assert_cmpfloat(summary_px, ==, first_px);
        evm_frame_sheet_clear(&frame);
    }
    evm_frame_maker_clear(&maker);
    evm_frame_set_clear(&set);
}

static void the_head_of_a_film_is_whole_and_keeps_its_place(void)
{
    static const char *const languages[] = {"en", "fa", "ps", "fr"};
    EvmTheme *theme = evm_theme_load("light", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        EvmLanguage *language = evm_language_load(languages[i], NULL);
        g_test_message("film in %s", languages[i]);
        check_head("film", language, theme);
        evm_language_free(language);
    }
    evm_theme_free(theme);
}

static char *key_of(const EvmTimelineRequest *request)
{
    EvmFrameSet set;
    GError *error = NULL;
    g_assert_true(evm_frame_set_init(&set, request, inputs, fonts, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(set.keys[0], !=, set.keys[1]);
    char *key = g_strdup(set.keys[0]);
    evm_frame_set_clear(&set);
    return key;
}

static void assert_other_key(const EvmTimelineRequest *first, const EvmTimelineRequest *second)
{
    g_autofree char *a = key_of(first), *b = key_of(second);
    g_assert_cmpstr(a, !=, b);
}

/* English, with one sentence changed that is on none of the first sheets. */
static EvmLanguage *load_changed_language(void)
{
    GError *error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    EvmLanguage *english = evm_language_load("en", &error);
    g_assert_no_error(error);
    evm_language_write(english, text);
    evm_language_free(english);
    g_assert_cmpuint(g_string_replace(text, "August", "Aug", 0), >, 0);
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("evmap-frames-XXXXXX.ini", &path, &error);
    g_assert_no_error(error);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text->str, (gssize)text->len, &error));
    EvmLanguage *changed = evm_language_load(path, &error);
    g_assert_no_error(error);
    g_unlink(path);
    return changed;
}

static void frames_of_other_makers_are_not_taken(void)
{
    EvmTheme *theme = evm_theme_load("light", NULL);
    EvmLanguage *language = evm_language_load("en", NULL), *changed = load_changed_language();
    EvmTimelineRequest first = request_of("square", language, theme), second = first;
    g_autofree char *a = key_of(&first), *b = key_of(&second);
    g_assert_cmpstr(a, ==, b);
    second.build = "another";
    assert_other_key(&first, &second);
    second = first;
    second.sheet.language = changed;
    assert_other_key(&first, &second);
    theme->changed_halo_px += 1; /* of which the first sheet has none */
    second = first;
    g_autofree char *c = key_of(&second);
    g_assert_cmpstr(a, !=, c);
    evm_language_free(changed);
    evm_language_free(language);
    evm_theme_free(theme);
}

enum { FLAT_SIDE = 4 }; /* less are the inner corners of letters */

static bool is_flat(const EvmRaster *raster, unsigned x, unsigned y)
{
    for (unsigned dy = 0; dy < FLAT_SIDE; dy++)
        for (unsigned dx = 0; dx < FLAT_SIDE; dx++)
            if (raster->pixels[(y + dy) * raster->width + x + dx] !=
                raster->pixels[y * raster->width + x])
                return false;
    return true;
}

static int distance_of(uint32_t a, uint32_t b)
{
    int most = 0;
    for (unsigned shift = 0; shift < 24; shift += 8)
        most = MAX(most, abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)));
    return most;
}

/* Colours of areas to the bit, edges by no more than the eye forgives. */
static void check_palette(const EvmPalette *palette, const EvmRaster *raster)
{
    EvmPaletteSearch *search = evm_palette_search_new(palette);
    uint64_t sum = 0, edges = 0;
    for (unsigned y = 0; y + FLAT_SIDE <= raster->height; y++)
        for (unsigned x = 0; x + FLAT_SIDE <= raster->width; x++) {
            uint32_t pixel = raster->pixels[y * raster->width + x];
            int by = distance_of(palette->colors[evm_palette_find(search, pixel)], pixel);
            if (is_flat(raster, x, y))
                g_assert_cmpint(by, ==, 0);
            sum += (uint64_t)by;
            edges += by > 24;
        }
    g_test_message("mean %.3f, %.4f of pixels by more than 24",
                   (double)sum / raster->width / raster->height,
                   (double)edges / raster->width / raster->height);
    g_assert_cmpuint(sum, <, (uint64_t)raster->width * raster->height / 2);
    g_assert_cmpuint(edges * 500, <, (uint64_t)raster->width * raster->height);
    evm_palette_search_free(search);
}

/* The sixth of nine frames, from which no colour was taken. */
static void a_palette_keeps_the_colours_of_areas(void)
{
    EvmTheme *theme = evm_theme_load("light", NULL);
    EvmLanguage *language = evm_language_load("en", NULL);
    EvmTimelineRequest request = request_of("square", language, theme);
    request.is_dry = false;
    request.is_lossy = true;
    request.sheet.formats = EVM_FORMAT_PNG;
    EvmFrameSet set;
    g_assert_true(evm_frame_set_init(&set, &request, inputs, fonts, NULL));
    g_assert_cmpuint(set.palette->count, ==, EVM_PALETTE_MOST);
    EvmFrameMaker maker;
    evm_frame_maker_init(&maker, &set, fonts);
    EvmFrameSheet frame =
        evm_frame_maker_compute(&maker, evm_frame_set_at(&set, 5), EVM_FORMAT_PNG);
    EvmPainter *painter;
    EvmPngFilm *film;
    g_assert_true(
        evm_frame_studio_resolve(set.studio, frame.sheet.scene, fonts, &painter, &film, NULL));
    EvmRaster picture = evm_painter_compute_raster(painter);
    check_palette(set.palette, &picture);
    evm_raster_clear(&picture);
    evm_png_film_free(film);
    evm_painter_free(painter);
    evm_frame_sheet_clear(&frame);
    evm_frame_maker_clear(&maker);
    evm_frame_set_clear(&set);
    evm_language_free(language);
    evm_theme_free(theme);
}

/* The sample as a PNG file. */
static GString *sample_file(const EvmFrameSet *set)
{
    EvmPainter *painter;
    EvmPngFilm *film;
    GString *file = g_string_new(NULL);
    const EvmScene *scene = set->sample.sheet.scene;
    g_assert_true(evm_frame_studio_resolve(set->studio, scene, fonts, &painter, &film, NULL));
    g_assert_true(evm_painter_draw(painter, scene, 1, NULL));
    g_assert_true(evm_png_film_write(film, painter, &scene->info, 1, file, NULL));
    evm_png_film_free(film);
    evm_painter_free(painter);
    return file;
}

/* Here one of another layout. */
static void a_frame_that_cannot_be_drawn_spoils_no_other(void)
{
    EvmTheme *theme = evm_theme_load("light", NULL);
    EvmLanguage *language = evm_language_load("en", NULL);
    EvmTimelineRequest request = request_of("film", language, theme),
                       other_request = request_of("square", language, theme);
    request.sheet.formats = other_request.sheet.formats = EVM_FORMAT_PNG;
    EvmFrameSet set, same, other;
    EvmPainter *painter = NULL;
    EvmPngFilm *film = NULL;
    GError *error = NULL;
    g_assert_true(evm_frame_set_init(&set, &request, inputs, fonts, NULL));
    g_assert_true(evm_frame_set_init(&same, &request, inputs, fonts, NULL));
    g_assert_true(evm_frame_set_init(&other, &other_request, inputs, fonts, NULL));
    g_assert_false(evm_frame_studio_resolve(set.studio, other.sample.sheet.scene, fonts, &painter,
                                            &film, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INTERNAL);
    g_assert_null(painter);
    g_assert_null(film);
    g_autoptr(GString) after = sample_file(&set);
    g_autoptr(GString) alone = sample_file(&same);
    g_assert_true(g_string_equal(after, alone));
    g_error_free(error);
    evm_frame_set_clear(&other);
    evm_frame_set_clear(&same);
    evm_frame_set_clear(&set);
    evm_language_free(language);
    evm_theme_free(theme);
}

static bool has_word(const EvmFrameSet *set, size_t index, const char *id, const char *text)
{
    EvmFrameMaker maker;
    bool is_found = false;
    evm_frame_maker_init(&maker, set, fonts);
    EvmFrameSheet frame =
        evm_frame_maker_compute(&maker, evm_frame_set_at(set, index), EVM_FORMAT_SVG);
    const EvmLayer *layer = find_layer(frame.sheet.scene, id);
    for (size_t i = 0; i < layer->item_count; i++)
        is_found |=
            layer->items[i].type == EVM_ITEM_TEXT && strcmp(layer->items[i].text.string, text) == 0;
    evm_frame_sheet_clear(&frame);
    evm_frame_maker_clear(&maker);
    return is_found;
}

/* Beside that of the frame, whose date may be the same. */
static void the_chart_says_when_it_ends(void)
{
    EvmTheme *theme = evm_theme_load("light", NULL);
    EvmLanguage *language = evm_language_load("en", NULL);
    EvmTimelineRequest request = request_of("landscape", language, theme);
    EvmFrameSet set;
    g_assert_true(evm_frame_set_init(&set, &request, inputs, fonts, NULL));
    for (size_t i = 0; i < 2; i++)
        g_assert_true(has_word(&set, i, "chart-words", "30 June 2021"));
    g_assert_true(has_word(&set, 0, "chart-words", "8 May 2021"));
    evm_frame_set_clear(&set);
    evm_language_free(language);
    evm_theme_free(theme);
}

static GString *words_by(EvmFrameMaker *maker, size_t index)
{
    GString *words = g_string_new(NULL);
    EvmFrameSheet frame =
        evm_frame_maker_compute(maker, evm_frame_set_at(maker->set, index), EVM_FORMAT_SVG);
    const EvmLayer *numbers = find_layer(frame.sheet.scene, "numbers");
    g_assert_cmpuint(numbers->item_count, >, 0);
    evm_scene_write_key(frame.sheet.scene, NULL, EVM_SCENE_FIXED | EVM_SCENE_IDS, words);
    evm_frame_sheet_clear(&frame);
    return words;
}

static GString *words_of(const EvmFrameSet *set, size_t index)
{
    EvmFrameMaker maker;
    evm_frame_maker_init(&maker, set, fonts);
    GString *words = words_by(&maker, index);
    evm_frame_maker_clear(&maker);
    return words;
}

static void kept_hatching_is_that_of_each_day(void)
{
    EvmTheme *theme = evm_theme_load("light", NULL);
    EvmLanguage *language = evm_language_load("en", NULL);
    EvmTimelineRequest request = request_of("landscape", language, theme);
    EvmFrameSet set;
    EvmFrameMaker maker;
    g_assert_true(evm_frame_set_init(&set, &request, inputs, fonts, NULL));
    evm_frame_maker_init(&maker, &set, fonts);
    maker.memo = evm_stripe_memo_new();
    for (size_t i = 3; i < set.dates->len; i++) {
        g_autoptr(GString) kept = words_by(&maker, i);
        g_autoptr(GString) anew = words_of(&set, i);
        g_assert_true(g_string_equal(kept, anew));
    }
    evm_frame_maker_clear(&maker);
    evm_frame_set_clear(&set);
    evm_language_free(language);
    evm_theme_free(theme);
}

static void a_shared_grid_moves_no_number(void)
{
    EvmTheme *theme = evm_theme_load("light", NULL);
    EvmLanguage *language = evm_language_load("en", NULL);
    EvmTimelineRequest request = request_of("landscape", language, theme);
    EvmFrameSet set;
    g_assert_true(evm_frame_set_init(&set, &request, inputs, fonts, NULL));
    g_assert_nonnull(set.grid);
    for (size_t i = 3; i < set.dates->len; i++) {
        EvmAreaGrid *grid = set.grid;
        g_autoptr(GString) shared = words_of(&set, i);
        set.grid = NULL;
        g_autoptr(GString) own = words_of(&set, i);
        set.grid = grid;
        g_assert_true(g_string_equal(shared, own));
    }
    evm_frame_set_clear(&set);
    evm_language_free(language);
    evm_theme_free(theme);
}

static void fonts_are_told_by_their_files(void)
{
    g_autofree char *text = evm_fonts_format_versions(fonts);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 11); /* ten files */
    g_assert_nonnull(strstr(text, "Inter-Regular.otf "));
    g_assert_nonnull(strstr(text, "NotoNaskhArabic-Bold.ttf "));
    for (int i = 0; i + 1 < 10; i++) {
        const char *a = strchr(lines[i], ' '), *b = strchr(lines[i + 1], ' ');
        g_assert_cmpstr(a, !=, b);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GError *error = NULL;
    EvmInputsRequest wanted = {.data_folder = EVM_TEST_SOURCE_DIR, .wants_neighbours = true};
    tools = evm_tools_new(NULL);
    fonts = evm_tools_resolve_fonts(tools, &error);
    g_assert_no_error(error);
    inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    g_test_add_func("/pipeline/frames/nothing_moves_but_what_changes",
                    nothing_moves_but_what_changes);
    g_test_add_func("/pipeline/frames/the_head_of_a_film_is_whole_and_keeps_its_place",
                    the_head_of_a_film_is_whole_and_keeps_its_place);
    g_test_add_func("/pipeline/frames/frames_of_other_makers_are_not_taken",
                    frames_of_other_makers_are_not_taken);
    g_test_add_func("/pipeline/frames/a_frame_that_cannot_be_drawn_spoils_no_other",
                    a_frame_that_cannot_be_drawn_spoils_no_other);
    g_test_add_func("/pipeline/frames/a_palette_keeps_the_colours_of_areas",
                    a_palette_keeps_the_colours_of_areas);
    g_test_add_func("/pipeline/frames/the_chart_says_when_it_ends", the_chart_says_when_it_ends);
    g_test_add_func("/pipeline/frames/kept_hatching_is_that_of_each_day",
                    kept_hatching_is_that_of_each_day);
    g_test_add_func("/pipeline/frames/a_shared_grid_moves_no_number",
                    a_shared_grid_moves_no_number);
    g_test_add_func("/pipeline/frames/fonts_are_told_by_their_files",
                    fonts_are_told_by_their_files);
    int status = g_test_run();
    evm_inputs_free(inputs);
    evm_tools_free(tools);
    return status;
}
