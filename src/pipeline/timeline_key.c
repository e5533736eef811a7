/* What the pictures of a timeline are made from, as one hash: a file that was made from anything
 * else is not taken for one of them, and one that would come out the same is not made again. */
#include "pipeline/scene_key.h"
#include "pipeline/timeline_parts.h"
#include "projection/projection.h"

static void add_versions(GString *text, const EvmTimelineRequest *request, const EvmFonts *fonts)
{
    const char *proj = evm_projection_format_version();
    g_autofree char *files = evm_fonts_format_versions(fonts);
    g_string_append_printf(text, "%s %s\n%s %s %s %s\n%s", request->sheet.software, request->build,
                           evm_render_format_cairo_version(), evm_render_format_pango_version(),
                           evm_png_format_version(), proj ? proj : "", files);
}

/* As they were loaded, wherever from. */
static void add_style(GString *text, const EvmRenderRequest *sheet)
{
    evm_theme_write(sheet->theme, text);
    evm_language_write(sheet->language, text);
}

static void add_number(GString *text, double number)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(text, "%s\n", g_ascii_dtostr(digits, sizeof digits, number));
}

static void add_palette(GString *text, const EvmPalette *palette)
{
    for (unsigned i = 0; palette && i < palette->count; i++)
        g_string_append_printf(text, "%06x\n", palette->colors[i]);
}

enum { WITHOUT_IDS, WITH_IDS };

void evm_frame_set_compute_keys(EvmFrameSet *set, const EvmFonts *fonts)
{
    for (int i = WITHOUT_IDS; i <= WITH_IDS; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        add_versions(text, set->request, fonts);
        add_style(text, &set->request->sheet);
        add_number(text, set->request->sheet.scale);
        if (i == WITHOUT_IDS)
            add_palette(text, set->palette);
        evm_scene_write_key(set->sample.sheet.scene, NULL,
                            EVM_SCENE_FIXED | (i == WITH_IDS ? EVM_SCENE_IDS : 0), text);
        evm_sha256_compute(text->str, text->len, set->keys[i]);
    }
}

void evm_frame_set_compute_key(const EvmFrameSet *set, const EvmScene *scene, unsigned parts,
                               EvmFormat format, char key[EVM_SHA256_TEXT_SIZE])
{
    bool has_ids = format != EVM_FORMAT_PNG;
    g_autoptr(GString) text = g_string_new(set->keys[has_ids ? WITH_IDS : WITHOUT_IDS]);
    evm_scene_write_key(scene, set->sample.sheet.scene, parts | (has_ids ? EVM_SCENE_IDS : 0),
                        text);
    evm_sha256_compute(text->str, text->len, key);
}
