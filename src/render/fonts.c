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

typedef struct {
    const char *path;
    EvmScript script;
    int weight, slant; /* fontconfig's */
} FontFile;

/* The first of each script stands for the characters of all its weights.
 *
 * Noto Naskh Arabic, and not Amiri or Scheherazade: at label sizes its strokes are as dark as
 * Inter's and its bowls stay open, and it has all letters of Pashto in a bold too. */
static const FontFile files[] = {
    {INTER "Regular.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_REGULAR, FC_SLANT_ROMAN},
    {INTER "Medium.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_MEDIUM, FC_SLANT_ROMAN},
    {INTER "SemiBold.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_DEMIBOLD, FC_SLANT_ROMAN},
    {INTER "Bold.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_BOLD, FC_SLANT_ROMAN},
    {INTER "Italic.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_REGULAR, FC_SLANT_ITALIC},
    {INTER "MediumItalic.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_MEDIUM, FC_SLANT_ITALIC},
    {INTER "SemiBoldItalic.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_DEMIBOLD, FC_SLANT_ITALIC},
    {INTER "BoldItalic.otf", EVM_SCRIPT_LATIN, FC_WEIGHT_BOLD, FC_SLANT_ITALIC},
    {NASKH "Regular.ttf", EVM_SCRIPT_ARABIC, FC_WEIGHT_REGULAR, FC_SLANT_ROMAN},
    {NASKH "Bold.ttf", EVM_SCRIPT_ARABIC, FC_WEIGHT_BOLD, FC_SLANT_ROMAN},
};

static bool is_font_file(const FontFile *file, GError **error)
{
    if (g_access(file->path, R_OK) == 0)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                "font file %s is missing: install the package %s", file->path,
                file->script == EVM_SCRIPT_LATIN ? "fonts-inter" : "fonts-noto-core");
    return false;
}

static EvmFace face_of(FT_Face face)
{
    double em = face->units_per_EM ? face->units_per_EM : 1;
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    return (EvmFace){face->ascender / em, -face->descender / em, os2 ? os2->sCapHeight / em : 0.7};
}

static bool face_init(EvmFace *out, FT_Library library, const char *path, int index,
                      FcCharSet **characters, GError **error)
{
    FT_Face face;
    if (FT_New_Face(library, path, index, &face) != 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s is not a font", path);
        return false;
    }
    *out = face_of(face);
    if (characters)
        *characters = FcFreeTypeCharSet(face, NULL);
    FT_Done_Face(face);
    return true;
}

static const FcChar8 *fc_text(const char *text)
{
    return (const FcChar8 *)text;
}

/* The patterns are made here and not by FcConfigAppFontAddFile, which reads every file (1.2 ms). */
static FcPattern *pattern_new(const FontFile *file)
{
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FILE, fc_text(file->path));
    FcPatternAddInteger(pattern, FC_INDEX, 0);
    FcPatternAddInteger(pattern, FC_WEIGHT, file->weight);
    FcPatternAddInteger(pattern, FC_SLANT, file->slant);
    FcPatternAddInteger(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcPatternAddBool(pattern, FC_OUTLINE, FcTrue);
    FcPatternAddBool(pattern, FC_VARIABLE, FcFalse);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    FcPatternAddString(pattern, FC_FONTFORMAT,
                       fc_text(file->script == EVM_SCRIPT_LATIN ? "CFF" : "TrueType"));
    return pattern;
}

/* Inter or Noto Naskh Arabic, from the files that docs/packages.txt brings. */
static bool add_own_files(EvmFontSlot *slot, FT_Library library, EvmScript script, GError **error)
{
    slot->patterns = FcFontSetCreate();
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        if (files[i].script != script)
            continue;
        if (!is_font_file(&files[i], error))
            return false;
        if (slot->patterns->nfont == 0 &&
            !face_init(&slot->face, library, files[i].path, 0, &slot->characters, error))
            return false;
        FcFontSetAdd(slot->patterns, pattern_new(&files[i]));
    }
    return true;
}

static int distance_from_regular(const FcPattern *pattern)
{
    int weight = FC_WEIGHT_REGULAR, slant = FC_SLANT_ROMAN;
    FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
    FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
    return abs(weight - FC_WEIGHT_REGULAR) + slant;
}

static const FcPattern *find_regular(const FcFontSet *set)
{
    const FcPattern *best = set->fonts[0];
    for (int i = 1; i < set->nfont; i++)
        if (distance_from_regular(set->fonts[i]) < distance_from_regular(best))
            best = set->fonts[i];
    return best;
}

static bool is_in_arabic_block(FcChar32 c)
{
    return (c >= 0x600 && c <= 0x6ff) || (c >= 0x750 && c <= 0x77f) || (c >= 0x8a0 && c <= 0x8ff) ||
           (c >= 0xfb50 && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff);
}

/* A family sets its own script alone, whatever else it has: else a word would begin in one font and
 * end in another. */
static bool is_of_script(FcChar32 c, EvmScript script)
{
    if (script == EVM_SCRIPT_LATIN)
        return !is_in_arabic_block(c);
    return g_unichar_get_script(c) != G_UNICODE_SCRIPT_LATIN;
}

static FcCharSet *characters_new(const FcCharSet *all, EvmScript script)
{
    FcCharSet *own = FcCharSetCreate();
    FcChar32 map[FC_CHARSET_MAP_SIZE], next;
    for (FcChar32 page = FcCharSetFirstPage(all, map, &next); page != FC_CHARSET_DONE;
         page = FcCharSetNextPage(all, map, &next))
        for (FcChar32 i = 0; i < FC_CHARSET_MAP_SIZE * 32; i++)
            if ((map[i / 32] >> (i % 32) & 1) && is_of_script(page + i, script))
                FcCharSetAddChar(own, page + i);
    return own;
}

static FcCharSet *compute_common(const FcFontSet *set)
{
    FcCharSet *common = NULL;
    for (int i = 0; i < set->nfont; i++) {
        FcCharSet *characters = NULL, *before = common;
        FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &characters);
        common = before && characters ? FcCharSetIntersect(before, characters)
                                      : FcCharSetCopy(characters ? characters : before);
        if (before)
            FcCharSetDestroy(before);
    }
    return common;
}

static bool refuse_font(const EvmTheme *theme, EvmType type, EvmScript script, GError **error,
                        const char *format, ...) G_GNUC_PRINTF(5, 6);

/* Behind the place of the key that names the font. */
static bool refuse_font(const EvmTheme *theme, EvmType type, EvmScript script, GError **error,
                        const char *format, ...)
{
    const EvmThemeFont *font = evm_theme_find_font(theme, type, script);
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s:%u: the font %s %s", theme->file.path,
                font->line, font->family, text);
    return false;
}

/* What every sheet of the script is sure to need. */
static const char *const needed_letters[EVM_SCRIPT_COUNT] = {
    [EVM_SCRIPT_LATIN] = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
                         "abcdefghijklmnopqrstuvwxyz{|}~–’ÀÂÇÉÈÊËÎÏÔÛÙŒàâçéèêëîïôûùœ«»",
    [EVM_SCRIPT_ARABIC] = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئټډړږښڼګېۍځڅ۰۱۲۳۴۵۶۷۸۹،؛؟٪",
};

static bool has_letters(const EvmFontSlot *slot, const EvmTheme *theme, EvmType type,
                        EvmScript script, GError **error)
{
    for (const char *p = needed_letters[script]; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!FcCharSetHasChar(slot->characters, c))
            return refuse_font(theme, type, script, error, "has no %.*s (U+%04X): name one for %s",
                               (int)(g_utf8_next_char(p) - p), p, c,
                               script == EVM_SCRIPT_LATIN ? "English and French"
                                                          : "Dari and Pashto");
    }
    return true;
}

static bool add_machine_files(EvmFontSlot *slot, FT_Library library, const EvmTheme *theme,
                              EvmType type, EvmScript script, GError **error)
{
    const char *family = evm_theme_find_font(theme, type, script)->family;
    FcConfig *machine = evm_font_files_new(theme->font_folder);
    slot->patterns = evm_font_files_find(machine, family);
    g_autofree char *advice = slot->patterns ? NULL : evm_font_files_format_advice(machine, family);
    FcConfigDestroy(machine);
    if (!slot->patterns)
        return refuse_font(theme, type, script, error, "is not installed: %s", advice);
    FcCharSet *all = compute_common(slot->patterns);
    slot->characters = characters_new(all, script);
    FcCharSetDestroy(all);
    const FcPattern *regular = find_regular(slot->patterns);
    FcChar8 *path = NULL;
    int index = 0;
    FcPatternGetString(regular, FC_FILE, 0, &path);
    FcPatternGetInteger(regular, FC_INDEX, 0, &index);
    return face_init(&slot->face, library, (const char *)path, index, NULL, error) &&
           has_letters(slot, theme, type, script, error);
}

static bool slot_init(EvmFonts *fonts, FT_Library library, const EvmTheme *theme, EvmType type,
                      EvmScript script, GError **error)
{
    static const char *const aliases[EVM_TYPE_COUNT][EVM_SCRIPT_COUNT] = {
        {"latin", "arabic"}, {"title", "title-arabic"}};
    static const char *const own[EVM_SCRIPT_COUNT] = {"Inter", "Noto Naskh Arabic"};
    EvmFontSlot *slot = &fonts->slots[type][script];
    const char *family = theme ? evm_theme_find_font(theme, type, script)->family : own[script];
    if (type == EVM_TYPE_TITLE &&
        (!theme || strcmp(family, theme->fonts[EVM_TYPE_BODY][script].family) == 0))
        return true;
    slot->alias = aliases[type][script];
    return g_ascii_strcasecmp(family, own[script]) == 0
               ? add_own_files(slot, library, script, error)
               : add_machine_files(slot, library, theme, type, script, error);
}

static bool slots_init(EvmFonts *fonts, const EvmTheme *theme, GError **error)
{
    FT_Library library;
    bool done = true;
    if (FT_Init_FreeType(&library) != 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "FreeType does not start");
        return false;
    }
    for (int type = 0; type < EVM_TYPE_COUNT; type++)
        for (int script = 0; done && script < EVM_SCRIPT_COUNT; script++)
            done = slot_init(fonts, library, theme, (EvmType)type, (EvmScript)script, error);
    FT_Done_FreeType(library);
    return done;
}

const EvmFontSlot *evm_fonts_find_slot(const EvmFonts *fonts, EvmType type, EvmScript script)
{
    const EvmFontSlot *slot = &fonts->slots[type][script];
    return slot->alias ? slot : &fonts->slots[EVM_TYPE_BODY][script];
}

static void add_version(GString *text, FT_Library library, const FcPattern *pattern)
{
    FT_Face face;
    FcChar8 *path = NULL;
    int index = 0;
    FcPatternGetString(pattern, FC_FILE, 0, &path);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    if (!path || FT_New_Face(library, (const char *)path, index, &face) != 0)
        return;
    const TT_Header *head = FT_Get_Sfnt_Table(face, FT_SFNT_HEAD);
    if (head)
        g_string_append_printf(text, "%s %lx %lx\n", (const char *)path,
                               (unsigned long)head->Font_Revision,
                               (unsigned long)head->CheckSum_Adjust);
    FT_Done_Face(face);
}

char *evm_fonts_format_versions(const EvmFonts *fonts)
{
    GString *text = g_string_new(NULL);
    FT_Library library;
    if (FT_Init_FreeType(&library) != 0)
        return g_string_free(text, FALSE);
    const EvmFontSlot *slot = fonts->slots[0];
    for (size_t i = 0; i < EVM_TYPE_COUNT * EVM_SCRIPT_COUNT; i++)
        for (int k = 0; slot[i].alias && k < slot[i].patterns->nfont; k++)
            add_version(text, library, slot[i].patterns->fonts[k]);
    FT_Done_FreeType(library);
    return g_string_free(text, FALSE);
}

/* Under the slot's name, as one family can stand in two slots with other characters each. */
static void add_patterns(FcFontSet *set, const EvmFontSlot *slot)
{
    for (int i = 0; i < slot->patterns->nfont; i++) {
        FcPattern *pattern = FcPatternDuplicate(slot->patterns->fonts[i]);
        FcPatternDel(pattern, FC_FAMILY);
        FcPatternAddString(pattern, FC_FAMILY, fc_text(slot->alias));
        FcPatternDel(pattern, FC_CHARSET);
        FcPatternAddCharSet(pattern, FC_CHARSET, slot->characters);
        FcFontSetAdd(set, pattern);
    }
}

/* The system's configuration, which FcInit would load, costs 5 ms. Once a configuration is current
 * nothing in this process loads the system's any more. */
static bool config_init(EvmFonts *fonts, GError **error)
{
    fonts->config = FcConfigCreate();
    if (!fonts->config || !FcConfigBuildFonts(fonts->config)) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "fontconfig does not start");
        return false;
    }
    FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetSystem);
    for (int type = 0; type < EVM_TYPE_COUNT; type++)
        for (int script = 0; script < EVM_SCRIPT_COUNT; script++)
            if (fonts->slots[type][script].alias)
                add_patterns(set, &fonts->slots[type][script]);
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

EvmFonts *evm_fonts_new(const EvmTheme *theme, GError **error)
{
    EvmFonts *fonts = g_new0(EvmFonts, 1);
    g_mutex_init(&fonts->lock);
    if (!slots_init(fonts, theme, error) || !config_init(fonts, error)) {
        evm_fonts_free(fonts);
        return NULL;
    }
    context_init(fonts);
    return fonts;
}

static void slot_clear(EvmFontSlot *slot)
{
    g_clear_pointer(&slot->patterns, FcFontSetDestroy);
    g_clear_pointer(&slot->characters, FcCharSetDestroy);
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
    for (int type = 0; type < EVM_TYPE_COUNT; type++)
        for (int script = 0; script < EVM_SCRIPT_COUNT; script++)
            slot_clear(&fonts->slots[type][script]);
    g_mutex_clear(&fonts->lock);
    g_free(fonts);
}

uint32_t evm_fonts_find_missing(const EvmFonts *fonts, EvmType type, const char *text)
{
    const EvmFontSlot *latin = evm_fonts_find_slot(fonts, type, EVM_SCRIPT_LATIN);
    const EvmFontSlot *arabic = evm_fonts_find_slot(fonts, type, EVM_SCRIPT_ARABIC);
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_iscntrl(c) || pango_is_zero_width(c))
            continue;
        if (!FcCharSetHasChar(latin->characters, c) && !FcCharSetHasChar(arabic->characters, c))
            return c;
    }
    return 0;
}

/* Every font has it (needed_letters). */
static bool is_ascii(const char *text)
{
    while (*text >= ' ' && *text <= '~')
        text++;
    return *text == '\0';
}

static void add_missing(GPtrArray *out, gunichar letter, const char *text)
{
    char bytes[8] = "";
    g_unichar_to_utf8(letter, bytes);
    g_autofree char *head = g_strdup_printf("U+%04X (%s) of ", letter, bytes);
    for (guint i = 0; i < out->len; i++)
        if (g_str_has_prefix(out->pdata[i], head))
            return;
    g_ptr_array_add(out, g_strdup_printf("%s'%s'", head, text));
}

void evm_scene_find_missing(const EvmScene *scene, const EvmFonts *fonts, GPtrArray *out)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        for (size_t k = 0; k < scene->layers[i].item_count; k++) {
            const EvmItem *item = &scene->layers[i].items[k];
            if (item->type != EVM_ITEM_TEXT || is_ascii(item->text.string))
                continue;
            EvmType type = item->text.font.type;
            gunichar letter = evm_fonts_find_missing(fonts, type, item->text.string);
            if (letter)
                add_missing(out, letter, item->text.string);
        }
}

const char *evm_render_format_cairo_version(void)
{
    return cairo_version_string();
}

const char *evm_render_format_pango_version(void)
{
    return pango_version_string();
}
