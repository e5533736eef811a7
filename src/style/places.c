#include "style/places.h"

#include <string.h>

char *evm_places_find_missing(const char *text, const char *other)
{
    for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{')) {
        const char *close = strchr(open, '}');
        char *place = close ? g_strndup(open, (gsize)(close - open) + 1) : g_strdup(open);
        if (!close || !strstr(other, place))
            return place;
        g_free(place);
    }
    return NULL;
}
