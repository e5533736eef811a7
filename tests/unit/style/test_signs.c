#include "style/signs.h"

#include <string.h>

static EvmTheme *load(const char *name)
{
    GError *error = NULL;
    EvmTheme *theme = evm_theme_load(name, &error);
    g_assert_no_error(error);
    return theme;
}

static bool is_alike(EvmSign a, EvmSign b)
{
    return memcmp(&a.fill, &b.fill, sizeof a.fill) == 0 && a.pattern == b.pattern;
}

static void actors_of_the_theme_have_its_plain_color(void)
{
    EvmTheme *theme = load("light");
    const char *const actors[] = {"ISKP", "TALIBAN", NULL};
    g_autofree EvmSign *signs = evm_signs_compute(theme, actors);
    const EvmColor *taliban = evm_theme_find_actor(theme, "Taliban");
    g_assert_cmpint(memcmp(&signs[1].fill, taliban, sizeof *taliban), ==, 0);
    g_assert_cmpint(signs[1].pattern, ==, EVM_PATTERN_NONE);
    evm_theme_free(theme);
}

static void a_sign_comes_from_the_name_and_not_from_its_place(void)
{
    EvmTheme *theme = load("light");
    const char *const one[] = {"ISKP",           "Taliban", "Hezb-e Islami",
                               "Hazara militia", "Junbish", NULL};
    const char *const other[] = {"Junbish", "hazara MILITIA", "ISKP", "Hezb-e Islami", NULL};
    g_autofree EvmSign *a = evm_signs_compute(theme, one);
    g_autofree EvmSign *b = evm_signs_compute(theme, other);
    g_assert_true(is_alike(a[0], b[2]));
    g_assert_true(is_alike(a[2], b[3]));
    g_assert_true(is_alike(a[3], b[1]));
    g_assert_true(is_alike(a[4], b[0]));
    evm_theme_free(theme);
}

static char **names_new(size_t count)
{
    char **names = g_new0(char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = g_strdup_printf("Actor %zu", i * i + 7);
    return names;
}

/* A further actor moves at most those that it takes the place of. */
static void most_signs_stay_when_the_data_names_one_actor_more(void)
{
    EvmTheme *theme = load("light");
    g_auto(GStrv) names = names_new(4);
    g_autofree EvmSign *all = evm_signs_compute(theme, (const char *const *)names);
    size_t moved = 0;
    for (size_t left_out = 0; left_out < 4; left_out++) {
        const char *rest[4] = {NULL};
        for (size_t i = 0, k = 0; i < 4; i++)
            if (i != left_out)
                rest[k++] = names[i];
        g_autofree EvmSign *signs = evm_signs_compute(theme, rest);
        for (size_t i = 0, k = 0; i < 4; i++)
            if (i != left_out)
                moved += !is_alike(all[i], signs[k++]);
    }
    g_assert_cmpuint(moved, <=, 3); /* of twelve */
    evm_theme_free(theme);
}

static void no_two_are_alike(void)
{
    EvmTheme *theme = load("print");
    size_t count = theme->others->len * EVM_PATTERN_COUNT;
    g_auto(GStrv) names = names_new(count);
    g_autofree EvmSign *signs = evm_signs_compute(theme, (const char *const *)names);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            g_assert_false(is_alike(signs[i], signs[k]));
    evm_theme_free(theme);
}

/* As many as the theme has colours: they differ by colour and by pattern. */
static void the_first_have_a_color_and_a_pattern_of_their_own(void)
{
    EvmTheme *theme = load("light");
    size_t count = theme->others->len;
    g_auto(GStrv) names = names_new(count);
    g_autofree EvmSign *signs = evm_signs_compute(theme, (const char *const *)names);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            g_assert_cmpint(signs[i].pattern, !=, signs[k].pattern);
            g_assert_cmpint(memcmp(&signs[i].fill, &signs[k].fill, sizeof(EvmColor)), !=, 0);
        }
    evm_theme_free(theme);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/style/signs/" #name, name)
    ADD(actors_of_the_theme_have_its_plain_color);
    ADD(a_sign_comes_from_the_name_and_not_from_its_place);
    ADD(most_signs_stay_when_the_data_names_one_actor_more);
    ADD(no_two_are_alike);
    ADD(the_first_have_a_color_and_a_pattern_of_their_own);
    return g_test_run();
}
