/* Stands in for libFuzzer: runs each file of the folders named once. */
#include <glib.h>
#include <stdio.h>

#include "tests/fuzz/fuzz.h"

static unsigned run_folder(const char *path)
{
    GError *error = NULL;
    GDir *folder = g_dir_open(path, 0, &error);
    g_assert_no_error(error);
    unsigned count = 0;
    const char *name;
    while ((name = g_dir_read_name(folder))) {
        char *file = g_build_filename(path, name, NULL);
        char *data;
        gsize size;
        g_file_get_contents(file, &data, &size, &error);
        g_assert_no_error(error);
        fprintf(stderr, "%s\n", file);
        LLVMFuzzerTestOneInput((const uint8_t *)data, size);
        g_free(data);
        g_free(file);
        count++;
    }
    g_dir_close(folder);
    return count;
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++)
        count += run_folder(argv[i]);
    g_assert_cmpuint(count, >, 0);
    return 0;
}
