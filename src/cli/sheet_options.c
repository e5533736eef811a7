#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/option_parts.h"
#include "scene/layout.h"

static void free_language(gpointer language)
{
    evm_language_free(language);
}

/* One that would write the same files; NULL: none. */
static const EvmLanguage *find_rival(const GPtrArray *languages, const EvmLanguage *language)
{
    for (guint i = 0; i < languages->len; i++)
        if (strcmp(evm_language_find_slug(languages->pdata[i]), evm_language_find_slug(language)) ==
            0)
            return languages->pdata[i];
    return NULL;
}

static bool is_same(const EvmLanguage *a, const EvmLanguage *b)
{
    const EvmInputFile *one = evm_language_find_file(a), *other = evm_language_find_file(b);
    return one && other ? strcmp(one->sha256, other->sha256) == 0 : one == other;
}

/* One that stands twice is written once. Takes `language`. */
static bool add_language(EvmCliOptions *options, EvmLanguage *language, const char *value,
                         GError **error)
{
    const EvmLanguage *rival = find_rival(options->languages, language);
    if (!rival) {
        g_ptr_array_add(options->languages, language);
        return true;
    }
    bool done = is_same(rival, language) ||
                evm_cli_refuse(error,
                               "--lang '%s' names two languages that would write the same files: "
                               "give one another code in its file",
                               value);
    evm_language_free(language);
    return done;
}

bool evm_cli_set_languages(EvmCliOptions *options, const char *value, GError **error)
{
    g_auto(GStrv) names = g_strsplit(value, ",", -1);
    g_clear_pointer(&options->languages, g_ptr_array_unref);
    options->languages = g_ptr_array_new_with_free_func(free_language);
    for (char **name = names; *name; name++) {
        EvmLanguage *language = evm_language_load(g_strstrip(*name), error);
        if (!language || !add_language(options, language, value, error))
            return false;
    }
    return true;
}

bool evm_cli_set_theme(EvmCliOptions *options, const char *value, GError **error)
{
    g_clear_pointer(&options->theme, evm_theme_free);
    options->theme = evm_theme_load(value, error);
    return options->theme != NULL;
}

bool evm_cli_set_layout(EvmCliOptions *options, const char *value, GError **error)
{
    const char *const *names = evm_layout_find_names();
    if (!g_strv_contains(names, value))
        return evm_cli_refuse_word(error, "--layout", value, names);
    g_free(options->layout);
    options->layout = g_strdup(value);
    return true;
}

/* Less than this is no map of districts, and the boundaries have no detail for it. */
static const double LEAST_SIDE_DEG = 0.2;

static const char *find_fault(const double *side)
{
    if (fabs(side[0]) > 180 || fabs(side[2]) > 180 || fabs(side[1]) > 90 || fabs(side[3]) > 90)
        return "degrees reach from -180 to 180 and from -90 to 90";
    if (side[0] >= side[2])
        return "its west is not west of its east";
    if (side[1] >= side[3])
        return "its south is not south of its north";
    if (side[2] - side[0] < LEAST_SIDE_DEG || side[3] - side[1] < LEAST_SIDE_DEG)
        return "a side is shorter than 0.2 degrees";
    return NULL;
}

bool evm_cli_set_window(EvmCliOptions *options, const char *value, GError **error)
{
    g_auto(GStrv) words = g_strsplit(value, ",", -1);
    double side[4];
    bool has_four = g_strv_length(words) == 4;
    for (int i = 0; has_four && i < 4; i++)
        has_four = evm_text_parse_number(g_strstrip(words[i]), &side[i]);
    const char *fault = has_four ? find_fault(side) : "these are not four numbers";
    if (fault) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                    "--bbox '%s': %s; write west,south,east,north, as in --bbox 66.5,36,71,38.5",
                    value, fault);
        return false;
    }
    options->window = (EvmExtent){{side[0], side[1]}, {side[2], side[3]}};
    return options->has_window = true;
}

bool evm_cli_set_graticule(EvmCliOptions *options, const char *value, GError **error)
{
    (void)value, (void)error;
    return options->has_graticule = true;
}
