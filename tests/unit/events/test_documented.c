/* docs/events.md and docs/diagnostics.md must name what the code knows. */
#include <glib.h>
#include <string.h>

#include "events/preset.h"
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
                                          "src/events/notes.c", "src/events/row.c",
                                          "src/events/preset_acled.c"};
    char *page = load("docs/diagnostics.md");
    unsigned count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(SOURCES); i++)
        check_codes_of(SOURCES[i], page, &count);
    g_assert_cmpuint(count, >=, 34);
    g_free(page);
}

static void test_every_preset_is_documented(void)
{
    char *page = load("docs/events.md");
    for (const char *const *name = EVM_PRESET_NAMES; *name; name++)
        g_assert_nonnull(strstr(page, *name));
    for (const EvmColumnName *name = EVM_PRESET_NATIVE.names; name->theirs; name++)
        assert_names(page, name->theirs);
    for (const char *const *name = EVM_CSV_ENCODINGS + 1; *name; name++)
        assert_names(page, *name);
    g_free(page);
}

/* All sources in one text. */
static void add_sources(GString *out, const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            add_sources(out, path);
        else if (g_str_has_suffix(name, ".c") && g_file_get_contents(path, &text, NULL, NULL))
            g_string_append(out, text);
    }
    g_dir_close(dir);
}

static void test_no_code_is_documented_that_there_is_not(void)
{
    g_autofree char *folder = g_build_filename(EVM_TEST_SOURCE_DIR, "src", NULL);
    g_autofree char *page = load("docs/diagnostics.md");
    GString *sources = g_string_new(NULL);
    add_sources(sources, folder);
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    unsigned count = 0;
    for (char **line = lines; *line; line++) {
        if (!g_str_has_prefix(*line, "| `"))
            continue;
        g_autofree char *code = g_strndup(*line + 3, strcspn(*line + 3, "`"));
        g_autofree char *literal = g_strdup_printf("\"%s\"", code);
        if (!strstr(sources->str, literal))
            g_error("no source has the code %s", literal);
        count++;
    }
    g_assert_cmpuint(count, >=, 50);
    g_string_free(sources, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/events/documented/every_column_is_documented",
                    test_every_column_is_documented);
    g_test_add_func("/events/documented/every_closed_word_is_documented",
                    test_every_closed_word_is_documented);
    g_test_add_func("/events/documented/every_code_is_documented", test_every_code_is_documented);
    g_test_add_func("/events/documented/every_preset_is_documented",
                    test_every_preset_is_documented);
    g_test_add_func("/events/documented/no_code_is_documented_that_there_is_not",
                    test_no_code_is_documented_that_there_is_not);
    return g_test_run();
}
