/* The frames of a timeline as scene data: what may differ from day to day, and what may not. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "pipeline/timeline_parts.h"
#include "scene/words.h"

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

static void assert_same_place(const EvmItem *a, const EvmItem *b)
{
    g_assert_cmpint(a->type, ==, b->type);
    if (a->type != EVM_ITEM_TEXT) {
        g_assert_true(memcmp(&a->bounds, &b->bounds, sizeof a->bounds) == 0);
        return;
    }
    g_assert_cmpint(a->text.anchor, ==, b->text.anchor);
    g_assert_cmpfloat(a->text.at.x_px, ==, b->text.at.x_px);
    g_assert_cmpfloat(a->text.at.y_px, ==, b->text.at.y_px);
    g_assert_cmpfloat(a->text.font.size_px, ==, b->text.font.size_px);
    g_assert_cmpfloat(a->text.angle_deg, ==, b->text.angle_deg);
}

static bool is_number(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text))
        if (g_unichar_isdigit(g_utf8_get_char(text)))
            return true;
    return false;
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
    static const char *const languages[] = {"en", "fa"};
    GError *error = NULL;
    EvmTheme *theme = evm_theme_load("light", &error);
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        EvmLanguage *language = evm_language_load(languages[i], &error);
        g_assert_no_error(error);
        for (const char *const *layout = evm_layout_find_names(); *layout; layout++) {
            g_test_message("%s in %s", *layout, languages[i]);
            check_layout(*layout, language, theme);
        }
        evm_language_free(language);
    }
    evm_theme_free(theme);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GError *error = NULL;
    EvmInputsRequest wanted = {.data_folder = EVM_TEST_SOURCE_DIR, .wants_neighbours = true};
    tools = evm_tools_new();
    fonts = evm_tools_resolve_fonts(tools, &error);
    g_assert_no_error(error);
    inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    g_test_add_func("/pipeline/frames/nothing_moves_but_what_changes",
                    nothing_moves_but_what_changes);
    int status = g_test_run();
    evm_inputs_free(inputs);
    evm_tools_free(tools);
    return status;
}
