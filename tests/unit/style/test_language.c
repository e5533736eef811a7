#include "style/language.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "style/built_in.h"

static EvmLanguage *load(const char *name)
{
    GError *error = NULL;
    EvmLanguage *language = evm_language_load(name, &error);
    g_assert_no_error(error);
    return language;
}

static void assert_text(char *got, const char *expected)
{
    g_assert_cmpstr(got, ==, expected);
    g_free(got);
}

static void every_built_in_language_is_whole(void)
{
    for (const char *const *code = evm_language_find_built_in(); *code; code++) {
        EvmLanguage *language = load(*code);
        for (int i = 0; i < EVM_MESSAGE_COUNT; i++)
            g_assert_cmpstr(evm_language_at(language, (EvmMessage)i), !=, "");
        g_assert_cmpstr(evm_language_find_slug(language), ==, *code);
        evm_language_free(language);
    }
}

static int compare_texts(const void *pa, const void *pb)
{
    return strcmp(*(const char *const *)pa, *(const char *const *)pb);
}

/* The places of a message, sorted: "{a}{b}". */
static char *places_of(const char *text)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
    for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{'))
        g_ptr_array_add(places, g_strndup(open, strcspn(open, "}") + 1));
    g_ptr_array_sort(places, compare_texts);
    g_ptr_array_add(places, NULL);
    return g_strjoinv(NULL, (char **)places->pdata);
}

static void no_translation_drops_or_invents_a_place(void)
{
    EvmLanguage *english = load("en");
    for (const char *const *code = evm_language_find_built_in(); *code; code++) {
        EvmLanguage *language = load(*code);
        for (int i = 0; i < EVM_MESSAGE_COUNT; i++) {
            g_autofree char *expected = places_of(evm_language_at(english, (EvmMessage)i));
            g_autofree char *got = places_of(evm_language_at(language, (EvmMessage)i));
            if (strcmp(expected, got) != 0)
                g_error("%s, message %d: %s instead of %s", *code, i, got, expected);
        }
        evm_language_free(language);
    }
    evm_language_free(english);
}

static void places_are_filled_by_name(void)
{
    EvmLanguage *french = load("fr");
    assert_text(evm_language_format(french, EVM_MESSAGE_DATE_BOTH, "other", "b", "date", "a", NULL),
                "a (b)");
    assert_text(evm_language_format(french, EVM_MESSAGE_DATE_BOTH, "date", "{other}", NULL),
                "{other} ({other})");
    evm_language_free(french);
}

static void plurals_follow_the_language(void)
{
    EvmLanguage *english = load("en"), *french = load("fr");
    assert_text(evm_language_format_count(english, EVM_MESSAGE_DEVELOPMENT_DISTRICTS, 1, "province",
                                          "Kunar", NULL),
                "Kunar: 1 district");
    assert_text(evm_language_format_count(english, EVM_MESSAGE_DEVELOPMENT_DISTRICTS, 0, "province",
                                          "Kunar", NULL),
                "Kunar: 0 districts");
    assert_text(
        evm_language_format_count(french, EVM_MESSAGE_SUMMARY_CHANGED, 0, "days", "7", NULL),
        "0 a changé de mains en 7 jours");
    assert_text(
        evm_language_format_count(french, EVM_MESSAGE_SUMMARY_CHANGED, 1234, "days", "7", NULL),
        "1\u202f234 ont changé de mains en 7 jours");
    evm_language_free(english);
    evm_language_free(french);
}

static void actors_have_their_own_sentences(void)
{
    EvmLanguage *english = load("en");
    assert_text(evm_language_format_actor(english, EVM_MESSAGE_HOLDS, "TALIBAN", "actor", "TALIBAN",
                                          "count", "2", "total", "9", NULL),
                "The Taliban hold 2 of 9 districts");
    assert_text(evm_language_format_actor(english, EVM_MESSAGE_HOLDS, "Hezb", "actor", "Hezb",
                                          "count", "2", "total", "9", NULL),
                "Hezb holds 2 of 9 districts");
    g_assert_cmpstr(evm_language_find_actor(english, "Hezb"), ==, "Hezb");
    EvmLanguage *dari = load("fa");
    g_assert_cmpstr(evm_language_find_actor(dari, "taliban"), ==, "طالبان");
    g_assert_cmpstr(evm_language_find_country(dari, "Iran"), ==, "ایران");
    evm_language_free(english);
    evm_language_free(dari);
}

static void dates_are_in_the_calendar_of_the_language(void)
{
    static const struct {
        const char *code, *day, *date, *both;
    } expected[] = {
        {"en", "2021-07-05", "5 July 2021", "5 July 2021"},
        {"fr", "2021-07-05", "5 juillet 2021", "5 juillet 2021"},
        {"fa", "2021-07-05", "۱۴ سرطان ۱۴۰۰", "۱۴ سرطان ۱۴۰۰ (۵ جولای ۲۰۲۱)"},
        {"en", "2021-07-01", "1 July 2021", "1 July 2021"},
        {"fr", "2021-07-01", "1er juillet 2021", "1er juillet 2021"},
        {"fa", "2021-06-22", "۱ سرطان ۱۴۰۰", "۱ سرطان ۱۴۰۰ (۲۲ جون ۲۰۲۱)"},
        {"ps", "2021-07-05", "۱۴۰۰ چنګاښ ۱۴", "۱۴۰۰ چنګاښ ۱۴ (۲۰۲۱ جولای ۵)"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        EvmLanguage *language = load(expected[i].code);
        EvmDate day;
        g_assert_true(evm_date_parse(expected[i].day, &day));
        assert_text(evm_language_format_date(language, day), expected[i].date);
        assert_text(evm_language_format_date_both(language, day), expected[i].both);
        evm_language_free(language);
    }
}

static void numbers_and_shares_are_honest(void)
{
    EvmLanguage *english = load("en"), *dari = load("fa");
    assert_text(evm_language_format_number(english, 0), "0");
    assert_text(evm_language_format_number(english, 1234567), "1,234,567");
    assert_text(evm_language_format_number(english, -3), "\u22123");
    assert_text(evm_language_format_number(dari, 1234), "۱٬۲۳۴");
    assert_text(evm_language_format_share(english, 0, 398), "0%");
    assert_text(evm_language_format_share(english, 1, 398), "<1%");
    assert_text(evm_language_format_share(english, 397, 398), ">99%");
    assert_text(evm_language_format_share(english, 398, 398), "100%");
    assert_text(evm_language_format_share(english, 0, 0), "0%");
    assert_text(evm_language_format_share(dari, 45, 100), "۴۵٪");
    evm_language_free(english);
    evm_language_free(dari);
}

static void assert_refused(const char *name, const char *message)
{
    GError *error = NULL;
    g_assert_null(evm_language_load(name, &error));
    g_assert_nonnull(error);
    if (!strstr(error->message, message))
        g_error("'%s' does not say '%s'", error->message, message);
    g_clear_error(&error);
}

static void unknown_names_get_the_list(void)
{
    assert_refused("fs", "no language 'fs': there are en, fa, ps and fr, or give the path");
}

static unsigned count_lines(const char *text)
{
    unsigned count = 0;
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

/* A copy of English with `what` replaced, as a file; load it and see the message, in which @ stands
 * for the line. */
static void assert_file_refused(const char *what, const char *by, const char *message)
{
    g_autofree char *folder = g_dir_make_tmp("evmap-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "xx.ini", NULL);
    g_auto(GStrv) parts = g_strsplit(evm_built_in_find("en.ini"), what, -1);
    g_assert_cmpuint(g_strv_length(parts), >, 1);
    g_autofree char *text = g_strjoinv(by, parts);
    g_auto(GStrv) halves = g_strsplit(message, "@", 2);
    g_autofree char *line = g_strdup_printf("%u", count_lines(parts[0]) + 1);
    g_autofree char *expected = g_strjoinv(line, halves);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_refused(path, expected);
    g_unlink(path);
    g_rmdir(folder);
}

static void a_bad_file_is_refused_with_the_reason(void)
{
    assert_file_refused("legend-all=", "legend-al=", "[messages] has no legend-all");
    assert_file_refused("legend-all=All", "legend-all=All\nlegend-tile=x",
                        "[messages] has an unknown key legend-tile; did you mean legend-title");
    assert_file_refused("direction=ltr", "direction=up", "direction=up: one of ltr, rtl is needed");
    assert_file_refused("digits=0123456789", "digits=0123", "ten digits, 0 first, are needed");
    assert_file_refused("January;", "", "[months] gregorian: twelve names");
    assert_refused("./no-such-file.ini", "./no-such-file.ini: ");
}

/* What is filled in and what is said of it must be the same in all languages. */
static void each_place_of_the_english_message_must_stand(void)
{
    assert_file_refused("title=Battlefield developments in {area}", "title=Karte",
                        "/xx.ini:@: [messages] title has no {area}, which the English message "
                        "has");
    assert_file_refused("title=Battlefield developments in {area}", "title=Karte von {zzz} {area}",
                        "/xx.ini:@: [messages] title has {zzz}, which the English message has "
                        "not and nothing fills in");
    assert_file_refused("title=Battlefield developments in {area}", "title={area} {area",
                        "/xx.ini:@: [messages] title has {area, which");
    assert_file_refused("summary-changed.one={count} changed", "summary-changed.one=one changed",
                        "/xx.ini:@: [messages] summary-changed.one has no {count}, which");
    assert_file_refused("credits-none=vintage", "credits-none={vintage}",
                        "/xx.ini:@: [messages] credits-none has {vintage}, which");
    assert_file_refused("percent={number}%", "percent=%",
                        "/xx.ini:@: [language] percent has no {number}, which");
}

static void sentences_of_an_actor_have_the_places_of_the_general_one(void)
{
    assert_file_refused("The Taliban hold {count} of {total}", "The Taliban hold {count} of all",
                        "/xx.ini:@: [holds] Taliban has no {total}, which the English message "
                        "has");
    assert_file_refused("the Taliban {count}", "the Taliban {sum}",
                        "/xx.ini:@: [holds-also] Taliban has {sum}, which the English message "
                        "has not and nothing fills in");
    assert_file_refused("The Taliban took {names}", "The Taliban took some",
                        "/xx.ini:@: [development-taken] Taliban has no {names}, which");
    assert_file_refused("The Taliban retook {names}", "The Taliban retook some",
                        "/xx.ini:@: [development-retaken] Taliban has no {names}, which");
}

static void a_code_can_stand_in_file_names(void)
{
    static const char *const wrong[] = {"", "../de", "d e", "de_AT", "-de", "دری"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *line = g_strdup_printf("code=%s\n", wrong[i]);
        g_autofree char *message =
            g_strdup_printf("/xx.ini:4: code=%s: letters and digits, and - between them, are "
                            "needed, as in de or pt-BR",
                            wrong[i]);
        assert_file_refused("code=en\n", line, message);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/style/language/" #name, name)
    ADD(every_built_in_language_is_whole);
    ADD(no_translation_drops_or_invents_a_place);
    ADD(places_are_filled_by_name);
    ADD(plurals_follow_the_language);
    ADD(actors_have_their_own_sentences);
    ADD(dates_are_in_the_calendar_of_the_language);
    ADD(numbers_and_shares_are_honest);
    ADD(unknown_names_get_the_list);
    ADD(a_bad_file_is_refused_with_the_reason);
    ADD(each_place_of_the_english_message_must_stand);
    ADD(sentences_of_an_actor_have_the_places_of_the_general_one);
    ADD(a_code_can_stand_in_file_names);
    return g_test_run();
}
