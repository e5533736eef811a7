#include <string.h>

#include "cli/option_parts.h"
#include "scene/layout.h"

static void free_language(gpointer language)
{
    evm_language_free(language);
}

/* A language twice would write the same files twice. */
static bool is_new(const GPtrArray *languages, const EvmLanguage *language)
{
    for (guint i = 0; i < languages->len; i++)
        if (strcmp(evm_language_find_slug(languages->pdata[i]), evm_language_find_slug(language)) ==
            0)
            return false;
    return true;
}

bool evm_cli_set_languages(EvmCliOptions *options, const char *value, GError **error)
{
    g_auto(GStrv) names = g_strsplit(value, ",", -1);
    g_clear_pointer(&options->languages, g_ptr_array_unref);
    options->languages = g_ptr_array_new_with_free_func(free_language);
    for (char **name = names; *name; name++) {
        EvmLanguage *language = evm_language_load(g_strstrip(*name), error);
        if (!language)
            return false;
        if (is_new(options->languages, language))
            g_ptr_array_add(options->languages, language);
        else
            evm_language_free(language);
    }
    return true;
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
