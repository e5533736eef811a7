#include <string.h>

#include "base/error.h"
#include "base/input_file.h"
#include "base/text.h"
#include "style/built_in.h"
#include "style/key_lines.h"
#include "style/theme_keys.h"

enum { FILE_MAX_BYTES = 1 << 20, LANGUAGE_MIN = 2, LANGUAGE_MAX = 8 };

#define LINE_MAX_PX 50.0
#define HATCH_MAX_PX 4.0 /* wider lines would run into each other */

static const char *const groups[] = {"theme", "colors", "actors", "other-actors",
                                     "lines", "fonts",  "sheet",  NULL};
static const char *const built_in[] = {"light", "dark", "print", NULL};

const char *const *evm_theme_find_built_in(void)
{
    return built_in;
}

/* ---- reading ---- */

typedef struct {
    EvmTheme *theme;
    const char *origin, *text;
    GKeyFile *file;
    bool is_file; /* and not a built-in theme */
} Reader;

static bool refuse(const Reader *reader, unsigned line, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static bool refuse(const Reader *reader, unsigned line, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *place = line ? g_strdup_printf(":%u", line) : g_strdup("");
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s%s: %s", reader->origin, place, text);
    return false;
}

static bool refuse_key(const Reader *reader, const char *group, const char *key,
                       const char *const *known, GError **error)
{
    g_autofree char *stem = g_strndup(key, strcspn(key, "[")); /* credit[fr] is near to credit */
    const char *near = evm_text_find_nearest(stem, known);
    return refuse(reader, evm_key_line_find(reader->text, group, key, 0), error,
                  "[%s] knows no key %s%s%s%s", group, key, near ? ": did you mean " : "",
                  near ? near : "", near ? "?" : "");
}

static bool check_group(const Reader *reader, const char *group, GError **error)
{
    if (g_strv_contains(groups, group))
        return true;
    const char *near = evm_text_find_nearest(group, groups);
    return refuse(reader, evm_key_line_find(reader->text, group, NULL, 0), error,
                  "there is no group [%s]%s%s%s", group, near ? ": did you mean [" : "",
                  near ? near : "", near ? "]?" : "");
}

/* credit[fa]: in the language of that code. */
static bool is_credit(const char *group, const char *key)
{
    if (strcmp(group, "sheet") != 0 || !g_str_has_prefix(key, "credit["))
        return false;
    const char *code = key + strlen("credit[");
    size_t length = strspn(code, "abcdefghijklmnopqrstuvwxyz");
    return length >= LANGUAGE_MIN && length <= LANGUAGE_MAX && strcmp(code + length, "]") == 0;
}

static bool check_key(const Reader *reader, const char *group, const char *key, GError **error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    const EvmThemeKey *at;
    for (size_t i = 0; (at = evm_theme_key_at(i)); i++)
        if (strcmp(at->group, group) == 0)
            g_ptr_array_add(known, (gpointer)(uintptr_t)at->name);
    if (strcmp(group, "theme") == 0)
        g_ptr_array_add(known, (gpointer)(uintptr_t) "base");
    if (strcmp(group, "other-actors") == 0)
        g_ptr_array_add(known, (gpointer)(uintptr_t) "colors");
    g_ptr_array_add(known, NULL);
    const char *const *names = (const char *const *)known->pdata;
    if (strcmp(group, "actors") != 0 && !g_strv_contains(names, key) && !is_credit(group, key))
        return refuse_key(reader, group, key, names, error);
    unsigned first = evm_key_line_find(reader->text, group, key, 0);
    unsigned second = evm_key_line_find(reader->text, group, key, first);
    return !second ||
           refuse(reader, second, error, "[%s] has %s twice, first on line %u", group, key, first);
}

static bool check_keys(const Reader *reader, GError **error)
{
    g_auto(GStrv) found = g_key_file_get_groups(reader->file, NULL);
    for (char **group = found; *group; group++) {
        if (!check_group(reader, *group, error))
            return false;
        g_auto(GStrv) names = g_key_file_get_keys(reader->file, *group, NULL, NULL);
        for (char **name = names; name && *name; name++)
            if (!check_key(reader, *group, *name, error))
                return false;
    }
    return true;
}

static bool take_color(const Reader *reader, const char *group, const char *key, const char *value,
                       EvmColor *out, GError **error)
{
    return evm_color_parse(value, out) ||
           refuse(reader, evm_key_line_find(reader->text, group, key, 0), error,
                  "%s=%s is no colour: write it as #b84a3c, or #b84a3c80 for half of it", key,
                  value);
}

static bool take_width(const Reader *reader, const EvmThemeKey *key, const char *value,
                       GError **error)
{
    double width_px, most_px = g_str_has_suffix(key->name, "-hatch") ? HATCH_MAX_PX : LINE_MAX_PX;
    if (!evm_text_parse_number(value, &width_px) || width_px < 0 || width_px > most_px)
        return refuse(reader, evm_key_line_find(reader->text, key->group, key->name, 0), error,
                      "%s=%s is no width in px from 0 to %.0f", key->name, value, most_px);
    G_STRUCT_MEMBER(double, reader->theme, key->offset) = width_px;
    return true;
}

/* Empty, the body's family stands for the heading's. */
static bool take_font(const Reader *reader, const EvmThemeKey *key, const char *value,
                      GError **error)
{
    EvmThemeFont *font = &G_STRUCT_MEMBER(EvmThemeFont, reader->theme, key->offset);
    bool may_be_empty = g_str_has_suffix(key->name, "-title");
    unsigned line = evm_key_line_find(reader->text, key->group, key->name, 0);
    if (strpbrk(value, ",;:\"'\\<>&") || (value[0] == '\0' && !may_be_empty))
        return refuse(reader, line, error,
                      "%s=%s is no font family: write one name, such as Noto Naskh Arabic",
                      key->name, value);
    g_free(font->family);
    *font = (EvmThemeFont){g_strdup(value), reader->is_file ? line : 0};
    return true;
}

static bool take_key(const Reader *reader, const EvmThemeKey *key, GError **error)
{
    g_autofree char *value = g_key_file_get_string(reader->file, key->group, key->name, NULL);
    if (!value)
        return true; /* the base has it */
    if (key->kind == EVM_THEME_COLOR)
        return take_color(reader, key->group, key->name, value,
                          &G_STRUCT_MEMBER(EvmColor, reader->theme, key->offset), error);
    if (key->kind == EVM_THEME_WIDTH)
        return take_width(reader, key, value, error);
    if (key->kind == EVM_THEME_FONT)
        return take_font(reader, key, value, error);
    char **slot = &G_STRUCT_MEMBER(char *, reader->theme, key->offset);
    g_free(*slot);
    *slot = g_steal_pointer(&value);
    return true;
}

static EvmActorColor *find_actor(const EvmTheme *theme, const char *name)
{
    for (guint i = 0; i < theme->actors->len; i++) {
        EvmActorColor *actor = &g_array_index(theme->actors, EvmActorColor, i);
        if (g_ascii_strcasecmp(actor->name, name) == 0)
            return actor;
    }
    return NULL;
}

static bool take_actors(const Reader *reader, GError **error)
{
    g_auto(GStrv) names = g_key_file_get_keys(reader->file, "actors", NULL, NULL);
    for (char **name = names; name && *name; name++) {
        g_autofree char *value = g_key_file_get_string(reader->file, "actors", *name, NULL);
        EvmColor color;
        if (!value || !take_color(reader, "actors", *name, value, &color, error))
            return false;
        EvmActorColor *known = find_actor(reader->theme, *name);
        EvmActorColor added = {known ? NULL : g_strdup(*name), color};
        if (known)
            known->color = color;
        else
            g_array_append_val(reader->theme->actors, added);
    }
    return true;
}

static bool take_others(const Reader *reader, GError **error)
{
    gsize count = 0;
    g_auto(GStrv) values =
        g_key_file_get_string_list(reader->file, "other-actors", "colors", &count, NULL);
    if (!values)
        return true;
    if (count == 0)
        return refuse(reader, evm_key_line_find(reader->text, "other-actors", "colors", 0), error,
                      "colors= needs one colour at least, or several separated by ;");
    g_array_set_size(reader->theme->others, 0);
    for (char **value = values; *value; value++) {
        EvmColor color;
        if (!take_color(reader, "other-actors", "colors", *value, &color, error))
            return false;
        g_array_append_val(reader->theme->others, color);
    }
    return true;
}

static void take_credits(const Reader *reader)
{
    g_auto(GStrv) names = g_key_file_get_keys(reader->file, "sheet", NULL, NULL);
    for (char **name = names; name && *name; name++) {
        if (!is_credit("sheet", *name))
            continue;
        const char *code = *name + strlen("credit[");
        EvmCredit credit = {g_strndup(code, strlen(code) - 1),
                            g_key_file_get_string(reader->file, "sheet", *name, NULL)};
        g_array_append_val(reader->theme->credits, credit);
    }
}

/* A relative path starts from the theme's file, wherever evmap is called. */
static void resolve_path(const EvmTheme *theme, char **path)
{
    if ((*path)[0] == '\0' || g_path_is_absolute(*path))
        return;
    g_autofree char *folder = g_path_get_dirname(theme->file.path);
    g_autofree char *relative = *path;
    *path = g_build_filename(folder, relative, NULL);
}

static bool take_font_folder(const Reader *reader, GError **error)
{
    char **path = &reader->theme->font_folder;
    resolve_path(reader->theme, path);
    return (*path)[0] == '\0' || g_file_test(*path, G_FILE_TEST_IS_DIR) ||
           refuse(reader, evm_key_line_find(reader->text, "fonts", "folder", 0), error,
                  "folder: %s is no folder", *path);
}

static bool take_logo(const Reader *reader, GError **error)
{
    EvmTheme *theme = reader->theme;
    g_autoptr(GError) reason = NULL;
    resolve_path(theme, &theme->logo_path);
    return theme->logo_path[0] == '\0' || evm_logo_load(&theme->logo, theme->logo_path, &reason) ||
           refuse(reader, evm_key_line_find(reader->text, "sheet", "logo", 0), error, "%s",
                  reason->message);
}

static bool take_text(EvmTheme *theme, const char *origin, const char *text, bool is_file,
                      GError **error);

static bool take_built_in(EvmTheme *theme, const char *name, GError **error)
{
    g_autofree char *file = g_strconcat(name, ".ini", NULL);
    return take_text(theme, file, evm_built_in_find(file), false, error);
}

/* What the theme starts from: without the key base, light. */
static bool take_base(const Reader *reader, GError **error)
{
    g_autofree char *base = g_key_file_get_string(reader->file, "theme", "base", NULL);
    if (!base || g_strv_contains(built_in, base))
        return take_built_in(reader->theme, base ? base : "light", error);
    const char *near = evm_text_find_nearest(base, built_in);
    return refuse(reader, evm_key_line_find(reader->text, "theme", "base", 0), error,
                  "there is no theme %s to start from%s%s%s", base, near ? ": did you mean " : "",
                  near ? near : ", only light, dark and print", near ? "?" : "");
}

static bool take_text(EvmTheme *theme, const char *origin, const char *text, bool is_file,
                      GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) failure = NULL;
    Reader reader = {theme, origin, text, file, is_file};
    /* Else credit[fr]= would be left out unseen, or not, as the user's locale has it. */
    GKeyFileFlags flags = G_KEY_FILE_KEEP_TRANSLATIONS;
    if (!g_key_file_load_from_data(file, text, strlen(text), flags, &failure))
        return refuse(&reader, 0, error, "%s", failure->message);
    if (is_file && (!check_keys(&reader, error) || !take_base(&reader, error)))
        return false;
    const EvmThemeKey *key;
    for (size_t i = 0; (key = evm_theme_key_at(i)); i++)
        if (!take_key(&reader, key, error))
            return false;
    take_credits(&reader);
    return take_actors(&reader, error) && take_others(&reader, error) &&
           (!is_file || (take_font_folder(&reader, error) && take_logo(&reader, error)));
}

/* A theme that does not say its name is called as its file. */
static void add_name(EvmTheme *theme, const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    g_free(theme->name);
    theme->name = g_strndup(base, strcspn(base, "."));
}

static bool take_file(EvmTheme *theme, const char *path, GError **error)
{
    if (!evm_input_file_load(&theme->file, path, FILE_MAX_BYTES, error) ||
        !take_text(theme, path, theme->file.data, true, error))
        return false;
    if (!evm_key_line_find(theme->file.data, "theme", "name", 0))
        add_name(theme, path);
    return true;
}

static bool refuse_name(const char *name, GError **error)
{
    const char *near = evm_text_find_nearest(name, built_in);
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                "no theme '%s'%s%s%s: there are light, dark and print, or give the path of a theme "
                "file",
                name, near ? ", did you mean '" : "", near ? near : "", near ? "'" : "");
    return false;
}

static void clear_actor(gpointer actor)
{
    g_free(((EvmActorColor *)actor)->name);
}

static void clear_credit(gpointer data)
{
    EvmCredit *credit = data;
    g_free(credit->slug);
    g_free(credit->text);
}

EvmTheme *evm_theme_load(const char *name, GError **error)
{
    EvmTheme *theme = g_new0(EvmTheme, 1);
    theme->actors = g_array_new(FALSE, FALSE, sizeof(EvmActorColor));
    theme->others = g_array_new(FALSE, FALSE, sizeof(EvmColor));
    theme->credits = g_array_new(FALSE, FALSE, sizeof(EvmCredit));
    g_array_set_clear_func(theme->actors, clear_actor);
    g_array_set_clear_func(theme->credits, clear_credit);
    bool done = g_strv_contains(built_in, name) ? take_built_in(theme, name, error)
                : strpbrk(name, "./")           ? take_file(theme, name, error)
                                                : refuse_name(name, error);
    if (done) {
        theme->slug = evm_text_format_slug(theme->name);
        return theme;
    }
    evm_theme_free(theme);
    return NULL;
}

void evm_theme_free(EvmTheme *theme)
{
    if (!theme)
        return;
    evm_input_file_clear(&theme->file);
    evm_logo_clear(&theme->logo);
    for (int type = 0; type < EVM_TYPE_COUNT; type++)
        for (int script = 0; script < EVM_SCRIPT_COUNT; script++)
            g_free(theme->fonts[type][script].family);
    g_free(theme->font_folder);
    g_array_free(theme->credits, TRUE);
    g_free(theme->logo_path);
    g_array_free(theme->actors, TRUE);
    g_array_free(theme->others, TRUE);
    g_free(theme->name);
    g_free(theme->slug);
    g_free(theme->credit);
    g_free(theme);
}

const EvmColor *evm_theme_find_actor(const EvmTheme *theme, const char *actor)
{
    const EvmActorColor *known = find_actor(theme, actor);
    return known ? &known->color : NULL;
}

const char *evm_theme_find_credit(const EvmTheme *theme, const char *slug)
{
    for (guint i = 0; i < theme->credits->len; i++) {
        const EvmCredit *credit = &g_array_index(theme->credits, EvmCredit, i);
        if (strcmp(credit->slug, slug) == 0)
            return credit->text;
    }
    return theme->credit;
}

const EvmThemeFont *evm_theme_find_font(const EvmTheme *theme, EvmType type, EvmScript script)
{
    const EvmThemeFont *font = &theme->fonts[type][script];
    return font->family[0] == '\0' ? &theme->fonts[EVM_TYPE_BODY][script] : font;
}

EvmColor evm_theme_compute_stale(const EvmTheme *theme, EvmColor fill)
{
    static const double PALE = 0.55;
    return evm_color_compute_mix(fill, theme->page, PALE);
}

EvmColor evm_theme_find_contested_stale(const EvmTheme *theme)
{
    EvmColor ground = evm_theme_compute_stale(theme, theme->contested);
    return evm_color_compute_contrast(theme->contested, ground) >
                   evm_color_compute_contrast(theme->contested_hatch, ground)
               ? theme->contested
               : theme->contested_hatch;
}
