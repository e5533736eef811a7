/* evmap-build-geodata SOURCE_DIR OUT_DIR: makes the default boundaries and the gazetteer from the
 * figures in SOURCE_DIR. The same figures give the same bytes. */
#include <stdio.h>

#include "source.h"

static bool build(const char *from, const char *to, GError **error)
{
    g_autoptr(EvmSource) source = evm_source_load(from, error);

    return source && evm_areas_write(source, to, error) && evm_lists_write(source, to, error) &&
           evm_aliases_write(source, to, error);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    if (argc != 3) {
        fputs("usage: evmap-build-geodata SOURCE_DIR OUT_DIR\n", stderr);
        return 2;
    }
    if (!build(argv[1], argv[2], &error)) {
        fprintf(stderr, "evmap-build-geodata: %s\n", error->message);
        return 1;
    }
    return 0;
}
