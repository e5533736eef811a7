/* What the frames of a timeline are made from, as one hash: a file that was made from anything else
 * is not taken for one of them. */
#include <string.h>

#include "pipeline/timeline_parts.h"
#include "projection/projection.h"

static void add_files(GString *text, const EvmInputFile *files, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, "%s\n", files[i].sha256);
}

static void add_inputs(GString *text, const EvmInputs *inputs)
{
    for (size_t i = 0; i < inputs->events->file_count; i++)
        g_string_append_printf(text, "%s\n", inputs->events->files[i].sha256);
    add_files(text, inputs->gazetteer->files, inputs->gazetteer->file_count);
    add_files(text, inputs->geodata->files, inputs->geodata->file_count);
    if (inputs->neighbours)
        add_files(text, inputs->neighbours->files, inputs->neighbours->file_count);
}

/* How the rows of those files are read. */
static void add_reading(GString *text, const EvmEventOptions *reading)
{
    if (!reading)
        return;
    g_string_append_printf(text, "%s %d %d %d %s\n", reading->preset ? reading->preset : "",
                           (int)reading->date_order, (int)reading->calendar,
                           reading->dialect.delimiter,
                           reading->dialect.encoding ? reading->dialect.encoding : "");
    for (const char *const *pair = reading->map; pair && *pair; pair++)
        g_string_append_printf(text, "%s\n", *pair);
}

static void add_versions(GString *text, const EvmTimelineRequest *request)
{
    const char *proj = evm_projection_format_version();
    g_autofree char *fonts = evm_fonts_format_versions();
    g_string_append_printf(text, "%s %s\n%s %s %s %s\n%s", request->sheet.software, request->build,
                           evm_render_format_cairo_version(), evm_render_format_pango_version(),
                           evm_png_format_version(), proj ? proj : "", fonts);
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

static void add_window(GString *text, const EvmExtent *window)
{
    add_number(text, window->min.lon_deg);
    add_number(text, window->min.lat_deg);
    add_number(text, window->max.lon_deg);
    add_number(text, window->max.lat_deg);
}

static void add_request(GString *text, const EvmFrameSet *set)
{
    const EvmRenderRequest *sheet = &set->request->sheet;
    const EvmQuestion *question = &sheet->question;
    g_string_append_printf(text, "%s\n%s\n", set->page.boundaries, set->page.credits);
    g_string_append_printf(text, "%d %d %d %d %u\n", question->known.days,
                           question->dispute_window_days, question->stale_after_days,
                           (int)question->baseline.kind, question->baseline.actor);
    g_string_append_printf(text, "%s\n%s\n", set->page.layout.name, sheet->crs ? sheet->crs : "");
    add_number(text, sheet->width_px);
    add_number(text, sheet->height_px);
    add_number(text, sheet->scale);
    if (sheet->window)
        add_window(text, sheet->window);
    for (size_t i = 0; i < set->dates->len; i++)
        g_string_append_printf(text, "%d ", evm_frame_set_at(set, i).days);
}

static void add_color(GString *text, EvmColor color)
{
    g_string_append_printf(text, " %u,%u,%u,%u", color.r, color.g, color.b, color.a);
}

/* Words, colours and places of one sheet: so whatever else changes the page is one of the inputs.
 */
static void add_sheet(GString *text, const EvmScene *scene)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        for (size_t k = 0; k < scene->layers[i].item_count; k++) {
            const EvmItem *item = &scene->layers[i].items[k];
            add_color(text, item->fill);
            add_color(text, item->stroke.color);
            add_color(text, item->text.color);
            g_string_append_printf(text, " %d %d %s\n", (int)(item->bounds.x_px * 16),
                                   (int)(item->bounds.y_px * 16),
                                   item->type == EVM_ITEM_TEXT    ? item->text.string
                                   : item->type == EVM_ITEM_IMAGE ? item->image.sha256
                                                                  : "");
        }
}

char *evm_frame_set_format_key(const EvmFrameSet *set, const EvmScene *first)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char *key = g_malloc(EVM_SHA256_TEXT_SIZE);
    add_inputs(text, set->inputs);
    add_reading(text, set->request->reading);
    add_versions(text, set->request);
    add_style(text, &set->request->sheet);
    add_request(text, set);
    add_sheet(text, first);
    evm_sha256_compute(text->str, text->len, key);
    return key;
}

void evm_frame_set_compute_key(const EvmFrameSet *set, size_t frame, char key[EVM_SHA256_TEXT_SIZE])
{
    char date[EVM_DATE_TEXT_SIZE];
    g_autofree char *text =
        g_strconcat(set->key, " ", evm_date_format(evm_frame_set_at(set, frame), date), NULL);
    evm_sha256_compute(text, strlen(text), key);
}
