/* Hostile input kept outside the source tree: the folder in $EVMAP_TESTDATA or, when that is not
 * set, ../shared/testdata beside the source folder. Tests that need it are skipped without it. */
#ifndef EVM_TESTS_UNIT_BASE_TESTDATA_H
#define EVM_TESTS_UNIT_BASE_TESTDATA_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

static inline char *testdata_path(const char *relative)
{
    const char *folder = g_getenv("EVMAP_TESTDATA");
    return folder
               ? g_build_filename(folder, relative, NULL)
               : g_build_filename(EVM_TEST_SOURCE_DIR, "..", "shared", "testdata", relative, NULL);
}

/* For main(): true, with a word why, when the program should return 77, "skipped". */
static inline bool testdata_is_absent(void)
{
    char *path = testdata_path("hostile");
    bool is_absent = !g_file_test(path, G_FILE_TEST_IS_DIR);
    if (is_absent)
        printf("1..0 # SKIP no test data in %s: name its folder in EVMAP_TESTDATA\n", path);
    g_free(path);
    return is_absent;
}

/* The file's text, which the caller owns; NULL when it is absent, and the test is then skipped. */
static inline char *testdata_load(const char *relative, size_t *size)
{
    char *path = testdata_path(relative);
    char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &text, &length, NULL))
        g_test_skip("this file of the test data is absent");
    g_free(path);
    *size = length;
    return text;
}

#endif
