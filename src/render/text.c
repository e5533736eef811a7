#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "render/fonts.h"

/* Every text is shaped at this size, then scaled: a second size of a font would cost Pango another
 * 0.6 ms, and widths grow exactly with the size. */
#define SHAPE_PX 64.0

enum { SHAPES_MAX = 4096, SIZE_MAX_PX = 16384 };

/* A piece of one font and direction. */
typedef struct {
    PangoFont *font;
    PangoGlyphString *glyphs;
    double x; /* from the start of the text */
} Run;

/* Key and value of the cache; lengths are px at SHAPE_PX. */
typedef struct {
    EvmWeight weight;
    bool is_italic, is_rtl;
    EvmType type;
    int tracking; /* Pango's unit */
    char *text;   /* as given */
    GArray *runs; /* of Run, from left to right */
    double width;
    bool has_arabic;
} Shape;

static guint shape_hash(gconstpointer data)
{
    const Shape *shape = data;
    return g_str_hash(shape->text) * 31 + (guint)shape->type * 16 + (guint)shape->weight * 4 +
           shape->is_italic * 2u + shape->is_rtl;
}

static gboolean shape_equal(gconstpointer a, gconstpointer b)
{
    const Shape *x = a, *y = b;
    return x->weight == y->weight && x->is_italic == y->is_italic && x->is_rtl == y->is_rtl &&
           x->type == y->type && x->tracking == y->tracking && strcmp(x->text, y->text) == 0;
}

static void run_clear(gpointer data)
{
    Run *run = data;
    g_object_unref(run->font);
    pango_glyph_string_free(run->glyphs);
}

static void shape_free(gpointer data)
{
    Shape *shape = data;
    g_free(shape->text);
    g_array_unref(shape->runs);
    g_free(shape);
}

/* One line of valid UTF-8: a single bad byte would put cairo into an error state for good. */
static char *clean_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_sized_new(strlen(valid));
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool is_space = g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029;
        g_string_append_unichar(clean, is_space ? ' ' : c);
    }
    return g_string_free(clean, FALSE);
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

/* Noto Naskh Arabic has Urdu's 4, 6 and 7 as localised forms and uses them for every language. */
static void add_language(PangoAttrList *list, bool arabic, size_t from, size_t to)
{
    PangoLanguage *language = pango_language_from_string(arabic ? "fa" : "en");
    add_attribute(list, pango_attr_language_new(language), from, to);
    if (arabic)
        add_attribute(list, pango_attr_font_features_new("locl=0"), from, to);
}

/* Without these Pango asks $LANGUAGE which language Arabic letters are likely to be. */
static PangoAttrList *languages_new(const char *text, bool *has_arabic)
{
    PangoAttrList *list = pango_attr_list_new();
    size_t start = 0;
    bool arabic = is_arabic(g_utf8_get_char(text));
    const char *p;
    *has_arabic = arabic;
    for (p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        if (is_arabic(g_utf8_get_char(p)) == arabic)
            continue;
        add_language(list, arabic, start, (size_t)(p - text));
        start = (size_t)(p - text);
        arabic = !arabic;
        *has_arabic = true;
    }
    add_language(list, arabic, start, (size_t)(p - text));
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

static void choose_font(const EvmFonts *fonts, const Shape *shape)
{
    g_autofree char *families =
        g_strconcat(evm_fonts_find_slot(fonts, shape->type, EVM_SCRIPT_LATIN)->alias, ",",
                    evm_fonts_find_slot(fonts, shape->type, EVM_SCRIPT_ARABIC)->alias, NULL);
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, families);
    pango_font_description_set_weight(description, weight_of(shape->weight));
    pango_font_description_set_style(description,
                                     shape->is_italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(description, SHAPE_PX * PANGO_SCALE);
    pango_context_set_font_description(fonts->context, description);
    pango_font_description_free(description);
}

/* Letters of the Arabic script are joined: spacing would tear them apart. */
static void add_tracking(PangoGlyphString *glyphs, const PangoItem *item, int tracking)
{
    if (item->analysis.script == (guint8)G_UNICODE_SCRIPT_ARABIC)
        return;
    for (int i = 0; i < glyphs->num_glyphs; i++)
        if (i + 1 == glyphs->num_glyphs || glyphs->log_clusters[i + 1] != glyphs->log_clusters[i])
            glyphs->glyphs[i].geometry.width += tracking;
}

static void add_run(Shape *shape, PangoItem *item, const char *text)
{
    Run run = {g_object_ref(item->analysis.font), pango_glyph_string_new(), shape->width};
    pango_shape_full(text + item->offset, item->length, text, -1, &item->analysis, run.glyphs);
    if (shape->tracking != 0)
        add_tracking(run.glyphs, item, shape->tracking);
    shape->width += (double)pango_glyph_string_get_width(run.glyphs) / PANGO_SCALE;
    g_array_append_val(shape->runs, run);
}

/* For a text that has no place yet: it is as wide from right to left. */
static bool has_arabic_start(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    const char *p = valid;
    while (*p != '\0' && !g_unichar_isalpha(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    return is_arabic(g_utf8_get_char(p));
}

/* What PangoLayout does, without its search for places to break the line: half the time. */
static void compute_runs(Shape *shape, EvmFonts *fonts)
{
    g_autofree char *text = clean_text(shape->text);
    PangoAttrList *languages = languages_new(text, &shape->has_arabic);
    choose_font(fonts, shape);
    PangoDirection direction = shape->is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
    GList *logical = pango_itemize_with_base_dir(fonts->context, direction, text, 0,
                                                 (int)strlen(text), languages, NULL);
    GList *visual = pango_reorder_items(logical);
    for (GList *node = visual; node; node = node->next)
        add_run(shape, node->data, text);
    g_list_free_full(visual, (GDestroyNotify)pango_item_free);
    g_list_free(logical);
    pango_attr_list_unref(languages);
}

static double size_of(const EvmFont *font)
{
    return isfinite(font->size_px) ? CLAMP(font->size_px, 0.1, SIZE_MAX_PX) : 0.1;
}

static int tracking_of(const EvmFont *font)
{
    double tracking = font->tracking_px / size_of(font) * SHAPE_PX * PANGO_SCALE;
    return isfinite(tracking) ? (int)CLAMP(lrint(tracking), 0, 1 << 20) : 0;
}

/* Borrowed until the next call; under the lock. */
static const Shape *find_shape(EvmFonts *fonts, const EvmFont *font, bool is_rtl, const char *text)
{
    Shape wanted = {.weight = font->weight,
                    .is_italic = font->is_italic,
                    .is_rtl = is_rtl,
                    .type = font->type,
                    .tracking = tracking_of(font),
                    .text = (char *)(uintptr_t)text};
    if (!fonts->shapes)
        fonts->shapes = g_hash_table_new_full(shape_hash, shape_equal, NULL, shape_free);
    Shape *shape = g_hash_table_lookup(fonts->shapes, &wanted);
    if (shape)
        return shape;
    if (g_hash_table_size(fonts->shapes) >= SHAPES_MAX)
        g_hash_table_remove_all(fonts->shapes);
    shape = g_new(Shape, 1);
    *shape = wanted;
    shape->text = g_strdup(text);
    shape->runs = g_array_new(FALSE, FALSE, sizeof(Run));
    g_array_set_clear_func(shape->runs, run_clear);
    compute_runs(shape, fonts);
    g_hash_table_add(fonts->shapes, shape);
    return shape;
}

static EvmTextExtents compute_extents(void *user, const EvmFont *font, const char *text)
{
    EvmFonts *fonts = user;
    g_mutex_lock(&fonts->lock);
    const Shape *shape = find_shape(fonts, font, has_arabic_start(text), text);
    const EvmFace *latin = &evm_fonts_find_slot(fonts, font->type, EVM_SCRIPT_LATIN)->face;
    const EvmFace *arabic = &evm_fonts_find_slot(fonts, font->type, EVM_SCRIPT_ARABIC)->face;
    double size = size_of(font), width = shape->width / SHAPE_PX * size;
    bool both = shape->has_arabic;
    g_mutex_unlock(&fonts->lock);
    return (EvmTextExtents){
        .width_px = width,
        .ascent_px = (both ? MAX(latin->ascent, arabic->ascent) : latin->ascent) * size,
        .descent_px = (both ? MAX(latin->descent, arabic->descent) : latin->descent) * size,
        .cap_height_px = latin->cap_height * size,
    };
}

EvmTextMeasure evm_fonts_compute_measure(EvmFonts *fonts)
{
    return (EvmTextMeasure){compute_extents, fonts};
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

static double anchor_shift(EvmAnchor anchor)
{
    return anchor == EVM_ANCHOR_START ? 0 : anchor == EVM_ANCHOR_MIDDLE ? 0.5 : 1;
}

static void move_outline(cairo_path_t *outline, const cairo_matrix_t *matrix)
{
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length)
        for (int k = 1; k < outline->data[i].header.length; k++) {
            cairo_path_data_t *point = &outline->data[i + k];
            cairo_matrix_transform_point(matrix, &point->point.x, &point->point.y);
        }
}

/* From the shape's own units to where the text stands. */
static cairo_matrix_t compute_matrix(const EvmText *text, const Shape *shape, double scale)
{
    double grow = size_of(&text->font) / SHAPE_PX;
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, scale, 0, 0, scale, text->at.x_px * scale, text->at.y_px * scale);
    cairo_matrix_rotate(&matrix, text->angle_deg * G_PI / 180);
    cairo_matrix_translate(&matrix, -anchor_shift(text->anchor) * shape->width * grow, 0);
    cairo_matrix_scale(&matrix, grow, grow);
    return matrix;
}

void evm_fonts_draw(EvmFonts *fonts, const EvmText *text, cairo_t *cr, double scale)
{
    g_mutex_lock(&fonts->lock);
    const Shape *shape = find_shape(fonts, &text->font, text->is_rtl, text->string);
    cairo_matrix_t matrix = compute_matrix(text, shape, scale);
    cairo_save(cr);
    cairo_transform(cr, &matrix);
    for (guint i = 0; i < shape->runs->len; i++) {
        const Run *run = &g_array_index(shape->runs, Run, i);
        cairo_move_to(cr, run->x, 0);
        pango_cairo_show_glyph_string(cr, run->font, run->glyphs);
    }
    cairo_restore(cr);
    g_mutex_unlock(&fonts->lock);
}

/* Of what was added to the scratch. */
static cairo_path_t *take_outline(EvmFonts *fonts, const cairo_matrix_t *matrix)
{
    cairo_path_t *outline = cairo_copy_path(fonts->scratch);
    if (outline->status == CAIRO_STATUS_SUCCESS)
        move_outline(outline, matrix);
    else /* it would stay so for all later texts */
        g_clear_pointer(&fonts->scratch, cairo_destroy);
    return outline;
}

static cairo_path_t *compute_outline(EvmFonts *fonts, const EvmText *text, double scale)
{
    const Shape *shape = find_shape(fonts, &text->font, text->is_rtl, text->string);
    cairo_matrix_t matrix = compute_matrix(text, shape, scale);
    cairo_t *cr = find_scratch(fonts);
    cairo_new_path(cr);
    for (guint i = 0; i < shape->runs->len; i++) {
        const Run *run = &g_array_index(shape->runs, Run, i);
        cairo_move_to(cr, run->x, 0);
        pango_cairo_glyph_string_path(cr, run->font, run->glyphs);
    }
    return take_outline(fonts, &matrix);
}

/* Outlines, and not cairo's glyphs: cairo 1.16 sets glyphs on whole pixels, which makes small type
 * uneven, and outlines can be drawn from any thread. */
cairo_path_t *evm_fonts_compute_outline(EvmFonts *fonts, const EvmText *text, double scale)
{
    g_mutex_lock(&fonts->lock);
    cairo_path_t *outline = compute_outline(fonts, text, scale);
    g_mutex_unlock(&fonts->lock);
    return outline;
}

static void add_glyphs(GArray *out, const Run *run, const cairo_matrix_t *matrix)
{
    double pen = run->x;
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
        EvmGlyph glyph = {.font = run->font,
                          .info = *info,
                          .x = pen + (double)info->geometry.x_offset / PANGO_SCALE,
                          .y = (double)info->geometry.y_offset / PANGO_SCALE,
                          .grow = matrix->xx};
        cairo_matrix_transform_point(matrix, &glyph.x, &glyph.y);
        pen += (double)info->geometry.width / PANGO_SCALE;
        if (info->glyph != PANGO_GLYPH_EMPTY)
            g_array_append_val(out, glyph);
    }
}

bool evm_fonts_compute_glyphs(EvmFonts *fonts, const EvmText *text, double scale, GArray *out)
{
    if (text->angle_deg != 0)
        return false;
    g_mutex_lock(&fonts->lock);
    const Shape *shape = find_shape(fonts, &text->font, text->is_rtl, text->string);
    bool done = !shape->has_arabic;
    cairo_matrix_t matrix = compute_matrix(text, shape, scale);
    for (guint i = 0; done && i < shape->runs->len; i++)
        add_glyphs(out, &g_array_index(shape->runs, Run, i), &matrix);
    g_mutex_unlock(&fonts->lock);
    return done;
}

cairo_path_t *evm_fonts_compute_glyph_outline(EvmFonts *fonts, const EvmGlyph *glyph, double x,
                                              double y)
{
    PangoGlyphInfo info = glyph->info;
    int cluster = 0;
    info.geometry.x_offset = info.geometry.y_offset = 0;
    PangoGlyphString string = {.num_glyphs = 1, .glyphs = &info, .log_clusters = &cluster};
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, glyph->grow, 0, 0, glyph->grow, x, y);
    g_mutex_lock(&fonts->lock);
    cairo_t *cr = find_scratch(fonts);
    cairo_new_path(cr);
    cairo_move_to(cr, 0, 0);
    pango_cairo_glyph_string_path(cr, glyph->font, &string);
    cairo_path_t *outline = take_outline(fonts, &matrix);
    g_mutex_unlock(&fonts->lock);
    return outline;
}
