#include "scene/typeset.h"

#include <glib.h>

/* Ten pixels a letter. */
static EvmTextExtents measure(void *user, const EvmFont *font, const char *text)
{
    (void)user;
    (void)font;
    return (EvmTextExtents){10.0 * (double)g_utf8_strlen(text, -1), 8, 2, 7};
}

/* The lines that a text of `width_px` is broken into, with "|" between them. */
static char *lines_of(const EvmParagraph *style, const char *text, double width_px)
{
    const EvmSceneInfo info = {0};
    const EvmTextMeasure tens = {measure, NULL};
    EvmBuilder *builder = evm_builder_new(1000, 1000, (EvmColor){0}, false, tens);
    evm_builder_add_layer(builder, "text", "text");
    evm_paragraph_draw(builder, style, text, 0, 0, width_px);
    EvmScene *scene = evm_builder_free(builder, &info);
    GString *lines = g_string_new(NULL);
    for (size_t i = 0; i < scene->layers[0].item_count; i++)
        g_string_append_printf(lines, "%s%s", i > 0 ? "|" : "",
                               scene->layers[0].items[i].text.string);
    evm_scene_free(scene);
    return g_string_free(lines, FALSE);
}

static void assert_lines(const EvmParagraph *style, const char *text, double width_px,
                         const char *expected)
{
    g_autofree char *lines = lines_of(style, text, width_px);
    g_assert_cmpstr(lines, ==, expected);
}

static void test_lines_take_as_many_words_as_fit(void)
{
    const EvmParagraph style = {.leading_px = 12};
    assert_lines(&style, "one two three", 70, "one two|three");
    assert_lines(&style, "one two three", 69, "one|two|three");
    assert_lines(&style, "one two three", 130, "one two three");
    assert_lines(&style, "", 130, "");
}

static void test_numbers_stay_with_what_they_count(void)
{
    const EvmParagraph style = {.leading_px = 12};
    assert_lines(&style, "in the last 7 days", 130, "in the last|7 days");
    assert_lines(&style, "in the last 7 days, 40 of them", 140, "in the last|7 days, 40 of|them");
    assert_lines(&style, "end of 5 July 2021", 120, "end of|5 July 2021");
    assert_lines(&style, "در ۷ روز", 50, "در|۷ روز");
    assert_lines(&style, "7 days", 40, "7|days");
    assert_lines(&style, "days: 7", 60, "days:|7");
    assert_lines(&style, "Taliban 153; other 9; none", 180, "Taliban 153;|other 9; none");
    assert_lines(&style, "یک حکومت ۹؛ دیگر", 100, "یک|حکومت ۹؛|دیگر");
    assert_lines(&style, "held 9th and 3.5 more", 70, "held|9th and|3.5|more");
}

/* In any order, of any calendar, in brackets and at the end of a sentence. */
static void test_dates_are_not_torn_apart(void)
{
    const EvmParagraph style = {.leading_px = 12};
    assert_lines(&style, "end of 5 July 2021.", 170, "end of|5 July 2021.");
    assert_lines(&style, "on 1er juillet 2021", 160, "on|1er juillet 2021");
    assert_lines(&style, "د ۱۴۰۰ زمری ۲۰ (۲۰۲۱ اګست ۱۱) د ورځې", 150,
                 "د ۱۴۰۰ زمری ۲۰|(۲۰۲۱ اګست ۱۱)|د ورځې");
    assert_lines(&style, "روز ۲۰ اسد ۱۴۰۰ (۱۱ آگست ۲۰۲۱)", 150, "روز ۲۰ اسد ۱۴۰۰|(۱۱ آگست ۲۰۲۱)");
    assert_lines(&style, "40 of 398 districts", 90, "40 of|398|districts");
    assert_lines(&style, "5 July 2021", 60, "5|July|2021");
}

static void test_first_line_may_be_indented(void)
{
    const EvmParagraph style = {.leading_px = 12, .indent_px = 10};
    assert_lines(&style, "one two three", 70, "one|two|three");
}

static void test_what_does_not_fit_ends_in_an_ellipsis(void)
{
    const EvmParagraph style = {.leading_px = 12, .max_lines = 2};
    assert_lines(&style, "one two three four", 70, "one two|three…");
    assert_lines(&style, "one two three", 70, "one two|three");
    assert_lines(&style, "unbreakable", 60, "unbre…");
    assert_lines(&style, "ولسوالی‌ها", 40, "ولس…");
}

static void test_balanced_lines_leave_no_word_alone(void)
{
    const EvmParagraph style = {.leading_px = 12, .is_balanced = true};
    assert_lines(&style, "at the end of 5 July 2021", 210, "at the end of|5 July 2021");
    assert_lines(&style, "one two three", 130, "one two three");
    assert_lines(&style, "aa bb cc dd ee ff gg", 190, "aa bb cc dd|ee ff gg");
}

/* What must be cut is cut as late as can be. */
static void test_balanced_lines_are_not_narrowed_when_text_is_cut(void)
{
    const EvmParagraph style = {.leading_px = 12, .max_lines = 2, .is_balanced = true};
    assert_lines(&style, "one two three four", 70, "one two|three…");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scene/typeset/lines_take_as_many_words_as_fit",
                    test_lines_take_as_many_words_as_fit);
    g_test_add_func("/scene/typeset/numbers_stay_with_what_they_count",
                    test_numbers_stay_with_what_they_count);
    g_test_add_func("/scene/typeset/dates_are_not_torn_apart", test_dates_are_not_torn_apart);
    g_test_add_func("/scene/typeset/first_line_may_be_indented", test_first_line_may_be_indented);
    g_test_add_func("/scene/typeset/what_does_not_fit_ends_in_an_ellipsis",
                    test_what_does_not_fit_ends_in_an_ellipsis);
    g_test_add_func("/scene/typeset/balanced_lines_leave_no_word_alone",
                    test_balanced_lines_leave_no_word_alone);
    g_test_add_func("/scene/typeset/balanced_lines_are_not_narrowed_when_text_is_cut",
                    test_balanced_lines_are_not_narrowed_when_text_is_cut);
    return g_test_run();
}
