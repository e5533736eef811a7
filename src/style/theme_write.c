#include <string.h>

#include "style/theme_keys.h"

enum { NUMBER_SIZE = 32 };

static char *format_color(EvmColor color)
{
    char text[EVM_COLOR_TEXT_SIZE];
    evm_color_format(color, text);
    return color.a == 255 ? g_strdup(text) : g_strdup_printf("%s%02x", text, color.a);
}

static void put_key(const EvmTheme *theme, const EvmThemeKey *key, GKeyFile *file)
{
    if (key->kind == EVM_THEME_TEXT) {
        g_key_file_set_string(file, key->group, key->name,
                              G_STRUCT_MEMBER(char *, theme, key->offset));
        return;
    }
    if (key->kind == EVM_THEME_COLOR) {
        g_autofree char *color = format_color(G_STRUCT_MEMBER(EvmColor, theme, key->offset));
        g_key_file_set_value(file, key->group, key->name, color);
        return;
    }
    if (key->kind == EVM_THEME_FONT) {
        g_key_file_set_string(file, key->group, key->name,
                              G_STRUCT_MEMBER(EvmThemeFont, theme, key->offset).family);
        return;
    }
    char number[NUMBER_SIZE];
    g_key_file_set_value(file, key->group, key->name,
                         g_ascii_formatd(number, sizeof number, "%.6g",
                                         G_STRUCT_MEMBER(double, theme, key->offset)));
}

static void put_actors(const EvmTheme *theme, GKeyFile *file)
{
    for (guint i = 0; i < theme->actors->len; i++) {
        const EvmActorColor *actor = &g_array_index(theme->actors, EvmActorColor, i);
        g_autofree char *color = format_color(actor->color);
        g_key_file_set_value(file, "actors", actor->name, color);
    }
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < theme->others->len; i++) {
        g_autofree char *color = format_color(g_array_index(theme->others, EvmColor, i));
        g_string_append_printf(list, "%s%s", i ? ";" : "", color);
    }
    g_key_file_set_value(file, "other-actors", "colors", list->str);
}

static void put_credits(const EvmTheme *theme, GKeyFile *file)
{
    for (guint i = 0; i < theme->credits->len; i++) {
        const EvmCredit *credit = &g_array_index(theme->credits, EvmCredit, i);
        g_autofree char *key = g_strdup_printf("credit[%s]", credit->slug);
        g_key_file_set_string(file, "sheet", key, credit->text);
    }
}

void evm_theme_write(const EvmTheme *theme, GString *out)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    const EvmThemeKey *key;
    for (size_t i = 0; (key = evm_theme_key_at(i)); i++) {
        if (strcmp(key->group, "lines") == 0 && !g_key_file_has_group(file, "lines"))
            put_actors(theme, file);
        put_key(theme, key, file);
    }
    put_credits(theme, file);
    g_autofree char *text = g_key_file_to_data(file, NULL, NULL);
    g_string_append(out, text);
}
