#include "style/theme.h"

#include <string.h>

#include "base/error.h"
#include "base/input_file.h"
#include "base/text.h"
#include "style/built_in.h"

enum { FILE_MAX_BYTES = 1 << 20, NUMBER_SIZE = 32, LOGO_MAX_SIDE = 4096 };

#define LINE_MAX_PX 50.0

typedef enum { KIND_TEXT, KIND_COLOR, KIND_WIDTH } Kind;

typedef struct {
    const char *group, *name;
    Kind kind;
    size_t offset; /* in EvmTheme */
} Key;

#define COLOR_KEY(name, field)                                                                     \
    {                                                                                              \
        "colors", name, KIND_COLOR, offsetof(EvmTheme, field)                                      \
    }
#define WIDTH_KEY(name, field)                                                                     \
    {                                                                                              \
        "lines", name, KIND_WIDTH, offsetof(EvmTheme, field)                                       \
    }

/* In the order in which they are written; a group's keys stand together. */
static const Key keys[] = {
    {"theme", "name", KIND_TEXT, offsetof(EvmTheme, name)},
    COLOR_KEY("page", page),
    COLOR_KEY("text", ink),
    COLOR_KEY("text-soft", ink_soft),
    COLOR_KEY("text-faint", ink_faint),
    COLOR_KEY("text-halo", halo),
    COLOR_KEY("rule", rule),
    COLOR_KEY("land", land),
    COLOR_KEY("land-border", land_border),
    COLOR_KEY("land-text", land_label),
    COLOR_KEY("water", water),
    COLOR_KEY("context", context),
    COLOR_KEY("unassessed", unassessed),
    COLOR_KEY("contested", contested),
    COLOR_KEY("contested-hatch", contested_hatch),
    COLOR_KEY("district-border", district_border),
    COLOR_KEY("province-border", province_border),
    COLOR_KEY("country-border", country_border),
    COLOR_KEY("changed-border", changed_border),
    COLOR_KEY("changed-halo", changed_halo),
    WIDTH_KEY("district-border", district_border_px),
    WIDTH_KEY("province-border", province_border_px),
    WIDTH_KEY("country-border", country_border_px),
    WIDTH_KEY("land-border", land_border_px),
    WIDTH_KEY("changed-border", changed_border_px),
    WIDTH_KEY("changed-halo", changed_halo_px),
    WIDTH_KEY("contested-hatch", contested_hatch_px),
    {"sheet", "credit", KIND_TEXT, offsetof(EvmTheme, credit)},
    {"sheet", "logo", KIND_TEXT, offsetof(EvmTheme, logo_path)},
};

static const char *const groups[] = {"theme", "colors", "actors", "other-actors",
                                     "lines", "sheet",  NULL};
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
} Reader;

/* The line on which `key` (NULL: the group itself) stands, behind line `after`; 0: nowhere. */
static unsigned find_line(const char *text, const char *group, const char *key, unsigned after)
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
    return refuse(reader, find_line(reader->text, group, key, 0), error,
                  "[%s] knows no key %s%s%s%s", group, key, near ? ": did you mean " : "",
                  near ? near : "", near ? "?" : "");
}

static bool check_group(const Reader *reader, const char *group, GError **error)
{
    if (g_strv_contains(groups, group))
        return true;
    const char *near = evm_text_find_nearest(group, groups);
    return refuse(reader, find_line(reader->text, group, NULL, 0), error,
                  "there is no group [%s]%s%s%s", group, near ? ": did you mean [" : "",
                  near ? near : "", near ? "]?" : "");
}

static bool check_key(const Reader *reader, const char *group, const char *key, GError **error)
{
    const char *known[G_N_ELEMENTS(keys) + 2] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        if (strcmp(keys[i].group, group) == 0)
            known[count++] = keys[i].name;
    if (strcmp(group, "theme") == 0)
        known[count++] = "base";
    if (strcmp(group, "other-actors") == 0)
        known[count++] = "colors";
    if (strcmp(group, "actors") != 0 && !g_strv_contains(known, key))
        return refuse_key(reader, group, key, known, error);
    unsigned first = find_line(reader->text, group, key, 0);
    unsigned second = find_line(reader->text, group, key, first);
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
           refuse(reader, find_line(reader->text, group, key, 0), error,
                  "%s=%s is no colour: write it as #b84a3c, or #b84a3c80 for half of it", key,
                  value);
}

static bool take_width(const Reader *reader, const Key *key, const char *value, GError **error)
{
    double width_px;
    if (!evm_text_parse_number(value, &width_px) || width_px < 0 || width_px > LINE_MAX_PX)
        return refuse(reader, find_line(reader->text, key->group, key->name, 0), error,
                      "%s=%s is no width in px from 0 to %.0f", key->name, value, LINE_MAX_PX);
    G_STRUCT_MEMBER(double, reader->theme, key->offset) = width_px;
    return true;
}

static bool take_key(const Reader *reader, const Key *key, GError **error)
{
    g_autofree char *value = g_key_file_get_string(reader->file, key->group, key->name, NULL);
    if (!value)
        return true; /* the base has it */
    if (key->kind == KIND_COLOR)
        return take_color(reader, key->group, key->name, value,
                          &G_STRUCT_MEMBER(EvmColor, reader->theme, key->offset), error);
    if (key->kind == KIND_WIDTH)
        return take_width(reader, key, value, error);
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
        return refuse(reader, find_line(reader->text, "other-actors", "colors", 0), error,
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

static bool take_text(EvmTheme *theme, const char *origin, const char *text, bool may_have_base,
                      GError **error);

static bool take_logo(const Reader *reader, GError **error);

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
    return refuse(reader, find_line(reader->text, "theme", "base", 0), error,
                  "there is no theme %s to start from%s%s%s", base, near ? ": did you mean " : "",
                  near ? near : ", only light, dark and print", near ? "?" : "");
}

static bool take_text(EvmTheme *theme, const char *origin, const char *text, bool may_have_base,
                      GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) failure = NULL;
    Reader reader = {theme, origin, text, file};
    /* Else credit[fr]= would be left out unseen, or not, as the user's locale has it. */
    GKeyFileFlags flags = G_KEY_FILE_KEEP_TRANSLATIONS;
    if (!g_key_file_load_from_data(file, text, strlen(text), flags, &failure))
        return refuse(&reader, 0, error, "%s", failure->message);
    if (may_have_base && (!check_keys(&reader, error) || !take_base(&reader, error)))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        if (!take_key(&reader, &keys[i], error))
            return false;
    return take_actors(&reader, error) && take_others(&reader, error) &&
           (!may_have_base || take_logo(&reader, error));
}

static uint32_t read_u32(const char *data)
{
    uint32_t big;
    memcpy(&big, data, sizeof big);
    return GUINT32_FROM_BE(big);
}

/* Its size stands in its first chunk, and its last one is always the same (PNG, second edition,
 * 11.2.2 and 11.2.5). */
static bool take_png(const Reader *reader, unsigned line, GError **error)
{
    static const char HEAD[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    static const char TAIL[] = "\0\0\0\0IEND\xae\x42\x60\x82";
    enum { HEAD_SIZE = sizeof HEAD - 1, TAIL_SIZE = sizeof TAIL - 1, SIZE_BYTES = 8 };
    const EvmInputFile *logo = &reader->theme->logo;
    if (logo->size < HEAD_SIZE + SIZE_BYTES || memcmp(logo->data, HEAD, HEAD_SIZE) != 0)
        return refuse(reader, line, error, "the logo %s is no PNG file", logo->path);
    if (memcmp(logo->data + logo->size - TAIL_SIZE, TAIL, TAIL_SIZE) != 0)
        return refuse(reader, line, error, "the logo %s is cut off: write it again", logo->path);
    uint32_t width = read_u32(logo->data + HEAD_SIZE),
             height = read_u32(logo->data + HEAD_SIZE + 4);
    if (width == 0 || height == 0 || width > LOGO_MAX_SIDE || height > LOGO_MAX_SIDE)
        return refuse(reader, line, error,
                      "the logo %s has %u x %u pixels: up to %d x %d are drawn", logo->path, width,
                      height, LOGO_MAX_SIDE, LOGO_MAX_SIDE);
    reader->theme->logo_aspect = (double)width / height;
    return true;
}

/* A relative path starts from the theme's file, wherever evmap is called. */
static bool take_logo(const Reader *reader, GError **error)
{
    EvmTheme *theme = reader->theme;
    unsigned line = find_line(reader->text, "sheet", "logo", 0);
    g_autoptr(GError) reason = NULL;
    if (theme->logo_path[0] == '\0')
        return true;
    g_autofree char *folder = g_path_get_dirname(theme->file.path);
    char *path = g_path_is_absolute(theme->logo_path)
                     ? g_strdup(theme->logo_path)
                     : g_build_filename(folder, theme->logo_path, NULL);
    g_free(theme->logo_path);
    theme->logo_path = path;
    if (!evm_input_file_load(&theme->logo, path, FILE_MAX_BYTES, &reason))
        return refuse(reader, line, error, "logo: %s", reason->message);
    return take_png(reader, line, error);
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
    if (!find_line(theme->file.data, "theme", "name", 0))
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

EvmTheme *evm_theme_load(const char *name, GError **error)
{
    EvmTheme *theme = g_new0(EvmTheme, 1);
    theme->actors = g_array_new(FALSE, FALSE, sizeof(EvmActorColor));
    theme->others = g_array_new(FALSE, FALSE, sizeof(EvmColor));
    g_array_set_clear_func(theme->actors, clear_actor);
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
    evm_input_file_clear(&theme->logo);
    g_free(theme->logo_path);
    g_array_free(theme->actors, TRUE);
    g_array_free(theme->others, TRUE);
    g_free(theme->name);
    g_free(theme->slug);
    g_free(theme->credit);
    g_free(theme);
}

EvmColor evm_theme_find_actor(const EvmTheme *theme, const char *actor, size_t index)
{
    const EvmActorColor *known = find_actor(theme, actor);
    return known ? known->color
                 : g_array_index(theme->others, EvmColor, index % theme->others->len);
}

/* ---- writing ---- */

static char *format_color(EvmColor color)
{
    char text[EVM_COLOR_TEXT_SIZE];
    evm_color_format(color, text);
    return color.a == 255 ? g_strdup(text) : g_strdup_printf("%s%02x", text, color.a);
}

static void put_key(const EvmTheme *theme, const Key *key, GKeyFile *file)
{
    if (key->kind == KIND_TEXT) {
        g_key_file_set_string(file, key->group, key->name,
                              G_STRUCT_MEMBER(char *, theme, key->offset));
        return;
    }
    if (key->kind == KIND_COLOR) {
        g_autofree char *color = format_color(G_STRUCT_MEMBER(EvmColor, theme, key->offset));
        g_key_file_set_value(file, key->group, key->name, color);
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

void evm_theme_write(const EvmTheme *theme, GString *out)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].group, "lines") == 0 && strcmp(keys[i - 1].group, "lines") != 0)
            put_actors(theme, file);
        put_key(theme, &keys[i], file);
    }
    g_autofree char *text = g_key_file_to_data(file, NULL, NULL);
    g_string_append(out, text);
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
