#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "render/fonts.h"

#define FAMILIES "Inter,Noto Naskh Arabic"

enum { LAYOUTS_MAX = 4096, FONT_MAX_PX = 4096 };

typedef struct {
    EvmFont font;
    char *text;
} LayoutKey;

static guint key_hash(gconstpointer data)
{
    const LayoutKey *key = data;
    return g_str_hash(key->text) * 31 + (guint)(key->font.size_px * 64) + (guint)key->font.weight;
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    const LayoutKey *x = a, *y = b;
    return x->font.weight == y->font.weight && x->font.is_italic == y->font.is_italic &&
           memcmp(&x->font.size_px, &y->font.size_px, sizeof(double)) == 0 &&
           memcmp(&x->font.tracking_px, &y->font.tracking_px, sizeof(double)) == 0 &&
           strcmp(x->text, y->text) == 0;
}

static void key_free(gpointer data)
{
    LayoutKey *key = data;
    g_free(key->text);
    g_free(key);
}

/* One line of valid UTF-8: a single bad byte would put cairo into an error state for good, and a
 * line break would make a second line. */
static char *clean_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_sized_new(strlen(valid));
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(clean,
                                g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
    return g_string_free(clean, FALSE);
}

/* Pango counts in 1/1024 px, in an int. */
static double clamp_px(double value, double low, double high)
{
    return isfinite(value) ? CLAMP(value, low, high) : low;
}

static bool is_arabic(gunichar c)
{
    return g_unichar_get_script(c) == G_UNICODE_SCRIPT_ARABIC;
}

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

static void add_run(PangoAttrList *list, bool arabic, double tracking_px, size_t from, size_t to)
{
    /* Without this Pango asks $LANGUAGE which language Arabic letters are likely to be. */
    add_attribute(list, pango_attr_language_new(pango_language_from_string(arabic ? "fa" : "en")),
                  from, to);
    /* Letters of the Arabic script are joined: spacing would tear them apart. */
    if (tracking_px != 0 && !arabic)
        add_attribute(list, pango_attr_letter_spacing_new((int)lround(tracking_px * PANGO_SCALE)),
                      from, to);
}

static PangoAttrList *attributes_new(const char *text, double tracking_px)
{
    PangoAttrList *list = pango_attr_list_new();
    size_t start = 0;
    bool arabic = *text != '\0' && is_arabic(g_utf8_get_char(text));
    const char *p;
    for (p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        if (is_arabic(g_utf8_get_char(p)) == arabic)
            continue;
        add_run(list, arabic, tracking_px, start, (size_t)(p - text));
        start = (size_t)(p - text);
        arabic = !arabic;
    }
    add_run(list, arabic, tracking_px, start, (size_t)(p - text));
    return list;
}

static PangoWeight weight_of(EvmWeight weight)
{
    switch (weight) {
    case EVM_WEIGHT_MEDIUM:
        return PANGO_WEIGHT_MEDIUM;
    case EVM_WEIGHT_SEMIBOLD:
        return PANGO_WEIGHT_SEMIBOLD;
    case EVM_WEIGHT_BOLD:
        return PANGO_WEIGHT_BOLD;
    case EVM_WEIGHT_REGULAR:
        break;
    }
    return PANGO_WEIGHT_NORMAL;
}

static PangoLayout *layout_new(EvmFonts *fonts, const EvmFont *font, const char *text)
{
    PangoLayout *layout = pango_layout_new(fonts->context);
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family_static(description, FAMILIES);
    pango_font_description_set_weight(description, weight_of(font->weight));
    pango_font_description_set_style(description,
                                     font->is_italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(
        description, clamp_px(font->size_px, 0.1, FONT_MAX_PX) * PANGO_SCALE);
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
    g_autofree char *clean = clean_text(text);
    PangoAttrList *attributes = attributes_new(clean, clamp_px(font->tracking_px, 0, FONT_MAX_PX));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, clean, -1);
    return layout;
}

PangoLayout *evm_fonts_find_layout(EvmFonts *fonts, const EvmFont *font, const char *text)
{
    LayoutKey wanted = {*font, (char *)(uintptr_t)text};
    if (!fonts->layouts)
        fonts->layouts = g_hash_table_new_full(key_hash, key_equal, key_free, g_object_unref);
    PangoLayout *layout = g_hash_table_lookup(fonts->layouts, &wanted);
    if (layout)
        return layout;
    if (g_hash_table_size(fonts->layouts) >= LAYOUTS_MAX)
        g_hash_table_remove_all(fonts->layouts);
    LayoutKey *key = g_new(LayoutKey, 1);
    *key = (LayoutKey){*font, g_strdup(text)};
    layout = layout_new(fonts, font, text);
    g_hash_table_insert(fonts->layouts, key, layout);
    return layout;
}

static EvmTextExtents compute_extents(void *user, const EvmFont *font, const char *text)
{
    EvmFonts *fonts = user;
    PangoLayout *layout = evm_fonts_find_layout(fonts, font, text);
    PangoRectangle logical;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), NULL, &logical);
    return (EvmTextExtents){
        .width_px = (double)logical.width / PANGO_SCALE,
        .ascent_px = -(double)logical.y / PANGO_SCALE,
        .descent_px = (double)(logical.y + logical.height) / PANGO_SCALE,
        .cap_height_px = fonts->cap_height * font->size_px,
    };
}

EvmTextMeasure evm_fonts_measure(EvmFonts *fonts)
{
    return (EvmTextMeasure){compute_extents, fonts};
}

static double anchor_shift(EvmAnchor anchor)
{
    return anchor == EVM_ANCHOR_START ? 0 : anchor == EVM_ANCHOR_MIDDLE ? 0.5 : 1;
}

/* Without bounds: cairo leaves letters far outside of a surface out of the path. */
static cairo_t *find_scratch(EvmFonts *fonts)
{
    if (!fonts->scratch) {
        cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
        fonts->scratch = cairo_create(surface);
        cairo_surface_destroy(surface);
    }
    return fonts->scratch;
}

/* Outlines, and not cairo's glyphs: cairo 1.16 sets glyphs on whole pixels, which makes small type
 * uneven, and outlines can be drawn from any thread. */
cairo_path_t *evm_fonts_compute_outline(EvmFonts *fonts, const EvmText *text, double scale,
                                        bool keep_curves)
{
    PangoLayout *layout = evm_fonts_find_layout(fonts, &text->font, text->string);
    EvmTextExtents extents = compute_extents(fonts, &text->font, text->string);
    cairo_t *cr = find_scratch(fonts);
    cairo_save(cr);
    cairo_new_path(cr);
    cairo_scale(cr, scale, scale);
    cairo_move_to(cr, text->at.x_px - anchor_shift(text->anchor) * extents.width_px, text->at.y_px);
    pango_cairo_layout_line_path(cr, pango_layout_get_line_readonly(layout, 0));
    cairo_identity_matrix(cr);
    cairo_path_t *outline = keep_curves ? cairo_copy_path(cr) : cairo_copy_path_flat(cr);
    cairo_restore(cr);
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS) { /* it would stay so for all later texts */
        cairo_destroy(cr);
        fonts->scratch = NULL;
    }
    return outline;
}
