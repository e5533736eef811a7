#include "style/key_lines.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

unsigned evm_key_line_find(const char *text, const char *group, const char *key, unsigned after)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *head = g_strdup_printf("[%s]", group);
    bool is_inside = false;
    for (unsigned i = 0; lines[i]; i++) {
        char *line = g_strstrip(lines[i]);
        if (line[0] == '[') {
            is_inside = g_str_has_prefix(line, head);
            if (is_inside && !key && i + 1 > after)
                return i + 1;
            continue;
        }
        size_t length = strcspn(line, "=");
        if (!is_inside || !key || line[length] == '\0')
            continue;
        line[length] = '\0';
        if (strcmp(g_strchomp(line), key) == 0 && i + 1 > after)
            return i + 1;
    }
    return 0;
}
