#include "base/csv_stranger.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const struct {
    const char *bytes;
    size_t count;
    const char *what;
} magics[] = {
    {"PK\3\4", 4, "is an Excel workbook, or another zip file: save the table as CSV"},
    {"\xD0\xCF\x11\xE0", 4, "is an Excel workbook of the old kind: save the table as CSV"},
    {"\x1F\x8B", 2, "is compressed with gzip: unpack it first, as gunzip does"},
};

/* The first byte from `*data` on that is no blank; NUL: none. */
static char take_sign(const char **data, const char *end)
{
    while (*data < end && g_ascii_isspace(**data))
        ++*data;
    return *data < end ? *(*data)++ : '\0';
}

/* An object, or an array of objects, arrays or strings: a header may begin with "[date]". */
static bool is_json(const char *data, const char *end)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (end - data >= 3 && memcmp(data, mark, 3) == 0)
        data += 3;
    char first = take_sign(&data, end), second = take_sign(&data, end);
    return second != '\0' &&
           ((first == '{' && strchr("\"}", second)) || (first == '[' && strchr("{[\"]", second)));
}

const char *evm_csv_find_stranger(const char *data, size_t size)
{
    for (size_t i = 0; i < G_N_ELEMENTS(magics); i++)
        if (size >= magics[i].count && memcmp(data, magics[i].bytes, magics[i].count) == 0)
            return magics[i].what;
    return is_json(data, data + size) ? "looks like JSON, and is no CSV table: export it as CSV"
                                      : NULL;
}
