#include "render/fonts.h"

#include <fontconfig/fcfreetype.h>
#include <ft2build.h>
#include <glib/gstdio.h>
#include <pango/pangocairo.h>
#include <unistd.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

#include "base/error.h"

#define INTER "/usr/share/fonts/opentype/inter/Inter-"
#define NASKH "/usr/share/fonts/truetype/noto/NotoNaskhArabic-"

typedef enum { SCRIPT_LATIN, SCRIPT_ARABIC } Script;

typedef struct {
    const char *path;
    Script script;
    int weight, slant; /* fontconfig's */
} FontFile;

/* The first of each script stands for the characters of all its weights.
 *
 * Noto Naskh Arabic, and not Amiri or Scheherazade: at label sizes its strokes are as dark as
 * Inter's and its bowls stay open, and it has all letters of Pashto in a bold too. */
static const FontFile files[] = {
    {INTER "Regular.otf", SCRIPT_LATIN, FC_WEIGHT_REGULAR, FC_SLANT_ROMAN},
    {INTER "Medium.otf", SCRIPT_LATIN, FC_WEIGHT_MEDIUM, FC_SLANT_ROMAN},
    {INTER "SemiBold.otf", SCRIPT_LATIN, FC_WEIGHT_DEMIBOLD, FC_SLANT_ROMAN},
    {INTER "Bold.otf", SCRIPT_LATIN, FC_WEIGHT_BOLD, FC_SLANT_ROMAN},
    {INTER "Italic.otf", SCRIPT_LATIN, FC_WEIGHT_REGULAR, FC_SLANT_ITALIC},
    {INTER "MediumItalic.otf", SCRIPT_LATIN, FC_WEIGHT_MEDIUM, FC_SLANT_ITALIC},
    {INTER "SemiBoldItalic.otf", SCRIPT_LATIN, FC_WEIGHT_DEMIBOLD, FC_SLANT_ITALIC},
    {INTER "BoldItalic.otf", SCRIPT_LATIN, FC_WEIGHT_BOLD, FC_SLANT_ITALIC},
    {NASKH "Regular.ttf", SCRIPT_ARABIC, FC_WEIGHT_REGULAR, FC_SLANT_ROMAN},
    {NASKH "Bold.ttf", SCRIPT_ARABIC, FC_WEIGHT_BOLD, FC_SLANT_ROMAN},
};

static bool is_font_file(const FontFile *file, GError **error)
{
    if (g_access(file->path, R_OK) == 0)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                "font file %s is missing: install the package %s", file->path,
                file->script == SCRIPT_LATIN ? "fonts-inter" : "fonts-noto-core");
    return false;
}

static bool has_font_files(GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        if (!is_font_file(&files[i], error))
            return false;
    return true;
}

static EvmFace face_of(FT_Face face)
{
    double em = face->units_per_EM ? face->units_per_EM : 1;
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    return (EvmFace){face->ascender / em, -face->descender / em, os2 ? os2->sCapHeight / em : 0.7};
}

/* Of the first file of `script`, or NULL. */
static FcCharSet *load_characters(FT_Library library, Script script, EvmFace *out, GError **error)
{
    size_t i = 0;
    while (files[i].script != script)
        i++;
    FT_Face face;
    if (FT_New_Face(library, files[i].path, 0, &face) != 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s is not a font", files[i].path);
        return NULL;
    }
    *out = face_of(face);
    FcCharSet *characters = FcFreeTypeCharSet(face, NULL);
    FT_Done_Face(face);
    return characters;
}

static bool load_all_characters(EvmFonts *fonts, GError **error)
{
    FT_Library library;
    if (FT_Init_FreeType(&library) != 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "FreeType does not start");
        return false;
    }
    fonts->arabic = load_characters(library, SCRIPT_ARABIC, &fonts->arabic_face, error);
    if (fonts->arabic)
        fonts->latin = load_characters(library, SCRIPT_LATIN, &fonts->latin_face, error);
    FT_Done_FreeType(library);
    return fonts->latin != NULL;
}

static void add_version(GString *text, FT_Library library, const char *path)
{
    FT_Face face;
    if (FT_New_Face(library, path, 0, &face) != 0)
        return;
    const TT_Header *head = FT_Get_Sfnt_Table(face, FT_SFNT_HEAD);
    if (head)
        g_string_append_printf(text, "%s %lx %lx\n", path, (unsigned long)head->Font_Revision,
                               (unsigned long)head->CheckSum_Adjust);
    FT_Done_Face(face);
}

char *evm_fonts_format_versions(void)
{
    GString *text = g_string_new(NULL);
    FT_Library library;
    if (FT_Init_FreeType(&library) != 0)
        return g_string_free(text, FALSE);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        add_version(text, library, files[i].path);
    FT_Done_FreeType(library);
    return g_string_free(text, FALSE);
}

static const FcChar8 *fc_text(const char *text)
{
    return (const FcChar8 *)text;
}

static FcPattern *pattern_new(const FontFile *file, const FcCharSet *characters)
{
    bool is_latin = file->script == SCRIPT_LATIN;
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FAMILY, fc_text(is_latin ? "Inter" : "Noto Naskh Arabic"));
    FcPatternAddString(pattern, FC_FILE, fc_text(file->path));
    FcPatternAddInteger(pattern, FC_INDEX, 0);
    FcPatternAddInteger(pattern, FC_WEIGHT, file->weight);
    FcPatternAddInteger(pattern, FC_SLANT, file->slant);
    FcPatternAddInteger(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcPatternAddBool(pattern, FC_OUTLINE, FcTrue);
    FcPatternAddBool(pattern, FC_VARIABLE, FcFalse);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    FcPatternAddString(pattern, FC_FONTFORMAT, fc_text(is_latin ? "CFF" : "TrueType"));
    FcPatternAddCharSet(pattern, FC_CHARSET, characters);
    return pattern;
}

/* The patterns are made here and not by FcConfigAppFontAddFile, which reads every file (1.2 ms);
 * the system's configuration, which FcInit would load, costs 5 ms. Once a configuration is current
 * nothing in this process loads the system's any more. */
static bool config_init(EvmFonts *fonts, GError **error)
{
    fonts->config = FcConfigCreate();
    if (!fonts->config || !FcConfigBuildFonts(fonts->config)) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "fontconfig does not start");
        return false;
    }
    FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetSystem);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        FcFontSetAdd(set, pattern_new(&files[i], files[i].script == SCRIPT_LATIN ? fonts->latin
                                                                                 : fonts->arabic));
    FcConfigSetCurrent(fonts->config);
    return true;
}

/* Unhinted and unrounded, so that a text is as wide at --scale 2, and in an SVG, as it was when it
 * was placed: with Pango's defaults widths differ by 3 % from scale to scale. */
static void context_init(EvmFonts *fonts)
{
    fonts->map = pango_cairo_font_map_new();
    fonts->context = pango_font_map_create_context(fonts->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(fonts->context, 96);
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
    /* Pango would ask the locale. */
    pango_context_set_language(fonts->context, pango_language_from_string("en"));
    pango_context_set_base_dir(fonts->context, PANGO_DIRECTION_LTR);
}

EvmFonts *evm_fonts_new(GError **error)
{
    EvmFonts *fonts = g_new0(EvmFonts, 1);
    g_mutex_init(&fonts->lock);
    if (!has_font_files(error) || !load_all_characters(fonts, error) ||
        !config_init(fonts, error)) {
        evm_fonts_free(fonts);
        return NULL;
    }
    context_init(fonts);
    return fonts;
}

void evm_fonts_free(EvmFonts *fonts)
{
    if (!fonts)
        return;
    g_clear_pointer(&fonts->shapes, g_hash_table_destroy);
    g_clear_pointer(&fonts->scratch, cairo_destroy);
    g_clear_object(&fonts->context);
    g_clear_object(&fonts->map);
    g_clear_pointer(&fonts->config, FcConfigDestroy);
    g_clear_pointer(&fonts->latin, FcCharSetDestroy);
    g_clear_pointer(&fonts->arabic, FcCharSetDestroy);
    g_mutex_clear(&fonts->lock);
    g_free(fonts);
}

uint32_t evm_fonts_find_missing(EvmFonts *fonts, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_iscntrl(c) || pango_is_zero_width(c))
            continue;
        if (!FcCharSetHasChar(fonts->latin, c) && !FcCharSetHasChar(fonts->arabic, c))
            return c;
    }
    return 0;
}

const char *evm_render_format_cairo_version(void)
{
    return cairo_version_string();
}

const char *evm_render_format_pango_version(void)
{
    return pango_version_string();
}
