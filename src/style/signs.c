#include "style/signs.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    size_t index; /* among the actors */
    char *name;   /* in lower case */
} Other;

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const Other *)a)->name, ((const Other *)b)->name);
}

static void clear_other(gpointer other)
{
    g_free(((Other *)other)->name);
}

/* FNV-1a (Fowler, Noll and Vo, 1991): the same on every machine and in every version. */
static uint32_t hash_of(const char *name)
{
    uint32_t hash = 2166136261u;
    for (; *name != '\0'; name++)
        hash = (hash ^ (uint8_t)*name) * 16777619u;
    return hash;
}

static EvmColor find_mark(const EvmTheme *theme, EvmColor fill)
{
    return evm_color_compute_contrast(theme->page, fill) >
                   evm_color_compute_contrast(theme->ink, fill)
               ? theme->page
               : theme->ink;
}

/* Every colour is given once before any is given again, then with another pattern. */
static void give_signs(const EvmTheme *theme, const GArray *others, EvmSign *signs)
{
    guint colors = theme->others->len;
    g_autofree bool *is_given = g_new0(bool, colors);
    for (guint i = 0; i < others->len; i++) {
        const Other *other = &g_array_index(others, Other, i);
        if (i % colors == 0)
            memset(is_given, 0, colors * sizeof *is_given);
        guint slot = hash_of(other->name) % colors;
        while (is_given[slot])
            slot = (slot + 1) % colors;
        is_given[slot] = true;
        EvmColor fill = g_array_index(theme->others, EvmColor, slot);
        EvmPattern pattern = (EvmPattern)((slot + i / colors) % EVM_PATTERN_COUNT);
        signs[other->index] = (EvmSign){fill, pattern, find_mark(theme, fill)};
    }
}

EvmSign *evm_signs_compute(const EvmTheme *theme, const char *const *actors)
{
    size_t count = g_strv_length((char **)(uintptr_t)actors);
    EvmSign *signs = g_new0(EvmSign, count + 1);
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(Other));
    g_array_set_clear_func(others, clear_other);
    for (size_t i = 0; i < count; i++) {
        const EvmColor *known = evm_theme_find_actor(theme, actors[i]);
        if (known) {
            signs[i] = (EvmSign){*known, EVM_PATTERN_NONE, *known};
            continue;
        }
        Other other = {i, g_ascii_strdown(actors[i], -1)};
        g_array_append_val(others, other);
    }
    if (others->len > 0)
        qsort(others->data, others->len, sizeof(Other), compare_names);
    give_signs(theme, others, signs);
    return signs;
}
