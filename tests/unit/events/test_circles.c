#include "events/circles.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { NODES = 6 };

/* "ab" is a link from a to b; `together` has the nodes of each circle. */
static void assert_circles(const char *const *pairs, const char *const *together)
{
    GArray *links = g_array_new(FALSE, FALSE, sizeof(EvmLink));
    for (; *pairs; pairs++) {
        EvmLink link = {(uint32_t)((*pairs)[0] - 'a'), (uint32_t)((*pairs)[1] - 'a')};
        g_array_append_val(links, link);
    }
    g_autofree uint32_t *numbers =
        evm_circles_compute((const EvmLink *)(const void *)links->data, links->len, NODES);
    for (uint32_t a = 0; a < NODES; a++)
        for (uint32_t b = a + 1; b < NODES; b++) {
            bool expected = false;
            for (const char *const *circle = together; *circle; circle++)
                expected |= strchr(*circle, 'a' + (int)a) && strchr(*circle, 'a' + (int)b);
            g_assert_true((numbers[a] == numbers[b]) == expected);
        }
    g_array_unref(links);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_links_without_a_way_back_are_none(void)
{
    assert_circles(LIST("ab", "bc", "cd", "ad", "ed", "bf", "cf"), (const char *const[]){NULL});
}

static void test_a_circle_of_any_length_is_one(void)
{
    assert_circles(LIST("ab", "ba"), LIST("ab"));
    assert_circles(LIST("fa", "ab", "bc", "ca", "cd", "de"), LIST("abc"));
    assert_circles(LIST("fe", "ed", "dc", "cb", "ba", "af"), LIST("abcdef"));
}

static void test_circles_that_meet_are_one_and_others_are_not(void)
{
    assert_circles(LIST("ab", "bc", "ca", "cd", "de", "ec"), LIST("abcde"));
    assert_circles(LIST("ab", "ba", "bc", "cd", "dc", "de", "ef", "fe"), LIST("ab", "cd", "ef"));
}

/* Deeper than a function could call itself. */
static void test_a_long_chain_is_followed(void)
{
    enum { LONG = 200000 };
    g_autofree EvmLink *links = g_new(EvmLink, LONG);
    for (uint32_t i = 0; i < LONG; i++)
        links[i] = (EvmLink){i, (i + 1) % LONG};
    g_autofree uint32_t *numbers = evm_circles_compute(links, LONG, LONG);
    for (uint32_t i = 1; i < LONG; i++)
        g_assert_cmpuint(numbers[i], ==, numbers[0]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/events/circles/" #name, test_##name)
    ADD(links_without_a_way_back_are_none);
    ADD(a_circle_of_any_length_is_one);
    ADD(circles_that_meet_are_one_and_others_are_not);
    ADD(a_long_chain_is_followed);
    return g_test_run();
}
