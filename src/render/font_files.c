/* Families that a theme names, looked for among all font files of the machine. */
#include <string.h>

#include "base/text.h"
#include "render/fonts.h"

/* The caches are those that Debian's packages keep: without them every file would be read. No file
 * of configuration is, nor the environment. */
#define MACHINE                                                                                    \
    "<fontconfig><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"                     \
    "<cachedir>/var/cache/fontconfig</cachedir></fontconfig>"

static const struct {
    const char *family, *package;
} packages[] = {
    {"Amiri", "fonts-hosny-amiri"},
    {"Cabin", "fonts-cabin"},
    {"Cantarell", "fonts-cantarell"},
    {"Carlito", "fonts-crosextra-carlito"},
    {"Charis SIL", "fonts-sil-charis"},
    {"DejaVu Sans", "fonts-dejavu-core"},
    {"DejaVu Serif", "fonts-dejavu-core"},
    {"EB Garamond", "fonts-ebgaramond"},
    {"Gentium Plus", "fonts-sil-gentiumplus"},
    {"Harmattan", "fonts-sil-harmattan"},
    {"Inter", "fonts-inter"},
    {"Lateef", "fonts-sil-lateef"},
    {"Lato", "fonts-lato"},
    {"Liberation Sans", "fonts-liberation"},
    {"Liberation Serif", "fonts-liberation"},
    {"Linux Libertine O", "fonts-linuxlibertine"},
    {"Noto Kufi Arabic", "fonts-noto-core"},
    {"Noto Naskh Arabic", "fonts-noto-core"},
    {"Noto Sans", "fonts-noto-core"},
    {"Noto Sans Arabic", "fonts-noto-core"},
    {"Noto Serif", "fonts-noto-core"},
    {"Open Sans", "fonts-open-sans"},
    {"Quicksand", "fonts-quicksand"},
    {"Roboto", "fonts-roboto-unhinted"},
    {"Scheherazade New", "fonts-sil-scheherazade"},
};

FcConfig *evm_font_files_new(const char *folder)
{
    FcConfig *machine = FcConfigCreate();
    FcConfigParseAndLoadFromMemory(machine, (const FcChar8 *)MACHINE, FcFalse);
    FcConfigBuildFonts(machine);
    g_autoptr(GDir) entries = folder[0] == '\0' ? NULL : g_dir_open(folder, 0, NULL);
    const char *name;
    while (entries && (name = g_dir_read_name(entries))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        FcConfigAppFontAddFile(machine, (const FcChar8 *)path);
    }
    return machine;
}

static bool has_family(const FcPattern *pattern, const char *family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0)
            return true;
    return false;
}

static bool is_true(const FcPattern *pattern, const char *object)
{
    FcBool value = FcFalse;
    return FcPatternGetBool(pattern, object, 0, &value) == FcResultMatch && value;
}

static bool is_format(const FcPattern *pattern)
{
    FcChar8 *format;
    return FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) == FcResultMatch &&
           (strcmp((char *)format, "TrueType") == 0 || strcmp((char *)format, "CFF") == 0);
}

/* Outlines of a width that is neither condensed nor expanded; of a variable font the instances. */
static bool is_usable(const FcPattern *pattern)
{
    int width = FC_WIDTH_NORMAL;
    FcPatternGetInteger(pattern, FC_WIDTH, 0, &width);
    return width == FC_WIDTH_NORMAL && is_format(pattern) && is_true(pattern, FC_SCALABLE) &&
           !is_true(pattern, FC_VARIABLE) && !is_true(pattern, FC_COLOR);
}

static int compare_files(const void *pa, const void *pb)
{
    const FcPattern *a = *(FcPattern *const *)pa, *b = *(FcPattern *const *)pb;
    FcChar8 *file_a = NULL, *file_b = NULL;
    int index_a = 0, index_b = 0;
    FcPatternGetString(a, FC_FILE, 0, &file_a);
    FcPatternGetString(b, FC_FILE, 0, &file_b);
    FcPatternGetInteger(a, FC_INDEX, 0, &index_a);
    FcPatternGetInteger(b, FC_INDEX, 0, &index_b);
    int order = g_strcmp0((char *)file_a, (char *)file_b);
    return order ? order : (index_a > index_b) - (index_a < index_b);
}

static void add_files(FcFontSet *found, FcFontSet *all, const char *family)
{
    for (int i = 0; all && i < all->nfont; i++)
        if (has_family(all->fonts[i], family) && is_usable(all->fonts[i]))
            FcFontSetAdd(found, FcPatternDuplicate(all->fonts[i]));
}

FcFontSet *evm_font_files_find(FcConfig *machine, const char *family)
{
    FcFontSet *found = FcFontSetCreate();
    add_files(found, FcConfigGetFonts(machine, FcSetApplication), family);
    if (found->nfont == 0) /* the folder's files before the machine's */
        add_files(found, FcConfigGetFonts(machine, FcSetSystem), family);
    if (found->nfont == 0) {
        FcFontSetDestroy(found);
        return NULL;
    }
    qsort(found->fonts, (size_t)found->nfont, sizeof *found->fonts, compare_files);
    return found;
}

static void add_families(GPtrArray *names, FcFontSet *all)
{
    FcChar8 *name;
    for (int i = 0; all && i < all->nfont; i++)
        if (is_usable(all->fonts[i]) &&
            FcPatternGetString(all->fonts[i], FC_FAMILY, 0, &name) == FcResultMatch)
            g_ptr_array_add(names, name);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *find_package(const char *family)
{
    for (size_t i = 0; i < G_N_ELEMENTS(packages); i++)
        if (g_ascii_strcasecmp(packages[i].family, family) == 0)
            return packages[i].package;
    return NULL;
}

char *evm_font_files_format_advice(FcConfig *machine, const char *family)
{
    const char *package = find_package(family);
    if (package)
        return g_strdup_printf("install the package %s", package);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    add_families(names, FcConfigGetFonts(machine, FcSetApplication));
    add_families(names, FcConfigGetFonts(machine, FcSetSystem));
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    const char *near = evm_text_find_nearest(family, (const char *const *)names->pdata);
    return near ? g_strdup_printf("did you mean %s?", near)
                : g_strdup("fc-list : family prints those that are");
}
