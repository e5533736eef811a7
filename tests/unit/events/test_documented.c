/* docs/events.md and docs/diagnostics.md must name what the code knows. */
#include <glib.h>
#include <string.h>

#include "events/columns.h"
#include "events/words.h"

static char *load(const char *relative)
{
    GError *error = NULL;
    char *path = g_build_filename(EVM_TEST_SOURCE_DIR, relative, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    g_free(path);
    return text;
}

static void assert_names(const char *page, const char *word)
{
    char *quoted = g_strdup_printf("`%s`", word);
    if (!strstr(page, quoted))
        g_error("the page does not name %s", quoted);
    g_free(quoted);
}

static void test_every_column_is_documented(void)
{
    char *page = load("docs/events.md");
    for (int i = 0; i < EVM_COLUMN_COUNT; i++)
        assert_names(page, evm_column_format((EvmColumn)i));
    g_free(page);
}

static void test_every_closed_word_is_documented(void)
{
    const char *const *const lists[] = {EVM_KIND_WORDS, EVM_PRECISION_WORDS, EVM_CONFIDENCE_WORDS,
                                        EVM_YES_NO_WORDS};
    char *page = load("docs/events.md");
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        for (const char *const *word = lists[i]; *word; word++)
            assert_names(page, *word);
    g_free(page);
}

/* In these sources a literal of lower-case words joined by dashes is a diagnostic's code. */
static void check_codes_of(const char *source, const char *page, unsigned *count)
{
    char *text = load(source);
    GRegex *code = g_regex_new("\"([a-z]+(-[a-z]+)+)\"", 0, 0, NULL);
    GMatchInfo *match = NULL;
    for (g_regex_match(code, text, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        char *word = g_match_info_fetch(match, 1);
        char *in_example = g_strdup_printf("[%s]", word);
        assert_names(page, word);
        g_assert_nonnull(strstr(page, in_example));
        g_free(in_example);
        g_free(word);
        ++*count;
    }
    g_match_info_free(match);
    g_regex_unref(code);
    g_free(text);
}

static void test_every_code_is_documented(void)
{
    static const char *const SOURCES[] = {"src/events/columns.c", "src/events/load.c",
                                          "src/events/row.c"};
    char *page = load("docs/diagnostics.md");
    unsigned count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(SOURCES); i++)
        check_codes_of(SOURCES[i], page, &count);
    g_assert_cmpuint(count, >=, 24);
    g_free(page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/events/documented/every_column_is_documented",
                    test_every_column_is_documented);
    g_test_add_func("/events/documented/every_closed_word_is_documented",
                    test_every_closed_word_is_documented);
    g_test_add_func("/events/documented/every_code_is_documented", test_every_code_is_documented);
    return g_test_run();
}
