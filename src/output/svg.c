#include "base/text.h"
#include "output/output.h"
#include "output/svg_text.h"
#include "render/render.h"

/* What the PNG is drawn with, and what is for machines that have neither. */
#define FAMILIES "Inter, 'Noto Naskh Arabic'"
#define OTHER_FAMILIES ", Helvetica, Arial, 'Noto Sans Arabic', sans-serif"

enum { MESH_POINTS_MAX = 6000, GROUND_BYTES = 1 << 19 };

static void write_stroke(GString *out, const EvmStroke *stroke)
{
    if (stroke->width_px <= 0 || stroke->color.a == 0)
        return;
    evm_svg_write_color(out, "stroke", stroke->color);
    g_string_append(out, " stroke-width=\"");
    char width[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(width, sizeof width, "%.4g", stroke->width_px));
    g_string_append_c(out, '"');
    if (stroke->dash_px + stroke->gap_px <= 0)
        return;
    g_string_append(out, " stroke-dasharray=\"");
    evm_svg_write_number(out, stroke->dash_px);
    g_string_append_c(out, ' ');
    evm_svg_write_number(out, stroke->gap_px);
    g_string_append_c(out, '"');
}

static void write_fill(GString *out, EvmColor fill)
{
    if (fill.a == 0)
        g_string_append(out, " fill=\"none\"");
    else
        evm_svg_write_color(out, "fill", fill);
}

static void write_names(EvmSvg *svg, const EvmItem *item)
{
    if (item->id) {
        g_string_append(svg->out, " id=\"");
        evm_svg_write_id(svg, item->id);
        g_string_append_c(svg->out, '"');
    }
    evm_svg_write_attribute(svg->out, "data-pcode", item->pcode);
    evm_svg_write_attribute(svg->out, "data-control", item->control);
}

/* Closes the element, with the item's title inside. */
static void write_end(GString *out, const EvmItem *item, const char *element)
{
    if (!item->title) {
        g_string_append(out, "/>\n");
        return;
    }
    g_string_append(out, "><title>");
    evm_text_write_xml(out, item->title);
    g_string_append_printf(out, "</title></%s>\n", element);
}

static void write_path(EvmSvg *svg, const EvmItem *item)
{
    g_string_append(svg->out, "<path");
    write_names(svg, item);
    write_fill(svg->out, item->fill);
    write_stroke(svg->out, &item->stroke);
    g_string_append(svg->out, " d=\"");
    evm_svg_write_path_data(svg->out, &item->path);
    g_string_append_c(svg->out, '"');
    write_end(svg->out, item, "path");
}

static void write_disc(EvmSvg *svg, const EvmItem *item)
{
    g_string_append(svg->out, "<circle");
    write_names(svg, item);
    evm_svg_write_length(svg->out, "cx", item->disc.center.x_px);
    evm_svg_write_length(svg->out, "cy", item->disc.center.y_px);
    evm_svg_write_length(svg->out, "r", item->disc.radius_px);
    write_fill(svg->out, item->fill);
    write_stroke(svg->out, &item->stroke);
    write_end(svg->out, item, "circle");
}

/* An anchor is a side of the page; in SVG, of the reading direction. */
static void write_anchor(GString *out, EvmAnchor anchor, bool right_to_left)
{
    EvmAnchor start = right_to_left ? EVM_ANCHOR_END : EVM_ANCHOR_START;
    if (right_to_left)
        g_string_append(out, " direction=\"rtl\"");
    if (anchor == EVM_ANCHOR_MIDDLE)
        g_string_append(out, " text-anchor=\"middle\"");
    else if (anchor != start)
        g_string_append(out, " text-anchor=\"end\"");
}

static void write_font(const EvmSvg *svg, const EvmFont *font)
{
    GString *out = svg->out;
    static const char *const weights[] = {NULL, "500", "600", "700"};
    evm_svg_write_length(out, "font-size", font->size_px);
    evm_svg_write_attribute(out, "font-weight", weights[font->weight]);
    if (font->type == EVM_TYPE_TITLE && svg->title_families)
        g_string_append_printf(out, " font-family=\"%s\"", svg->title_families);
    if (font->is_italic)
        g_string_append(out, " font-style=\"italic\"");
    if (font->tracking_px > 0) {
        char tracking[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(tracking, sizeof tracking, "%.3g", font->tracking_px);
        evm_svg_write_attribute(out, "letter-spacing", tracking);
    }
}

static void write_turn(GString *out, const EvmText *text)
{
    if (text->angle_deg == 0)
        return;
    g_string_append(out, " transform=\"rotate(");
    evm_svg_write_number(out, text->angle_deg);
    g_string_append_c(out, ' ');
    evm_svg_write_number(out, text->at.x_px);
    g_string_append_c(out, ' ');
    evm_svg_write_number(out, text->at.y_px);
    g_string_append(out, ")\"");
}

static void write_text(EvmSvg *svg, const EvmItem *item)
{
    const EvmText *text = &item->text;
    GString *out = svg->out;
    g_string_append(out, "<text");
    write_names(svg, item);
    evm_svg_write_length(out, "x", text->at.x_px);
    evm_svg_write_length(out, "y", text->at.y_px);
    write_turn(out, text);
    write_anchor(out, text->anchor, text->is_rtl);
    write_font(svg, &text->font);
    evm_svg_write_color(out, "fill", text->color);
    if (text->halo_px > 0 && text->halo.a > 0) {
        EvmStroke halo = {.color = text->halo, .width_px = 2 * text->halo_px};
        write_stroke(out, &halo);
        g_string_append(out, " paint-order=\"stroke\"");
    }
    g_string_append_c(out, '>');
    if (item->title) {
        g_string_append(out, "<title>");
        evm_text_write_xml(out, item->title);
        g_string_append(out, "</title>");
    }
    evm_text_write_xml(out, text->string);
    g_string_append(out, "</text>\n");
}

static void write_image(EvmSvg *svg, const EvmImage *image)
{
    g_autofree char *data = g_base64_encode(image->png, image->size);
    g_string_append(svg->out, "<image");
    evm_svg_write_length(svg->out, "x", image->box.x_px);
    evm_svg_write_length(svg->out, "y", image->box.y_px);
    evm_svg_write_length(svg->out, "width", image->box.width_px);
    evm_svg_write_length(svg->out, "height", image->box.height_px);
    g_string_append(svg->out, " href=\"data:image/png;base64,");
    g_string_append(svg->out, data);
    g_string_append(svg->out, "\"/>\n");
}

static void write_item(EvmSvg *svg, const EvmItem *item)
{
    switch (item->type) {
    case EVM_ITEM_PATH:
        write_path(svg, item);
        break;
    case EVM_ITEM_DISC:
        write_disc(svg, item);
        break;
    case EVM_ITEM_TEXT:
        write_text(svg, item);
        break;
    case EVM_ITEM_IMAGE:
        write_image(svg, &item->image);
        break;
    }
}

static bool has_type(const EvmLayer *layer, EvmItemType type)
{
    for (size_t i = 0; i < layer->item_count; i++)
        if (layer->items[i].type == type)
            return true;
    return false;
}

static void write_clip(EvmSvg *svg, const EvmLayer *layer)
{
    g_autofree char *id = g_strdup_printf("clip-%s", layer->id);
    g_string_append(svg->out, "<clipPath id=\"");
    evm_svg_write_id(svg, id);
    g_string_append(svg->out, "\"><rect");
    evm_svg_write_length(svg->out, "x", layer->clip.x_px);
    evm_svg_write_length(svg->out, "y", layer->clip.y_px);
    evm_svg_write_length(svg->out, "width", layer->clip.width_px);
    evm_svg_write_length(svg->out, "height", layer->clip.height_px);
    g_string_append(svg->out, "/></clipPath>\n");
}

/* The mesh is what the PNG shows: every border once, and none under the lines of a later layer. But
 * it makes the file a fifth larger; when there is much of it every path strokes itself, which
 * shows through thin lines above it. */
static bool has_small_mesh(const EvmLayer *layer)
{
    const EvmPath *mesh = &layer->outline_mesh;
    return mesh->part_count > 0 && mesh->ends[mesh->part_count - 1] <= MESH_POINTS_MAX;
}

static void write_mesh(EvmSvg *svg, const EvmLayer *layer)
{
    g_string_append(svg->out, "<path fill=\"none\"");
    write_stroke(svg->out, &layer->outline);
    g_string_append(svg->out, " d=\"");
    evm_svg_write_path_data(svg->out, &layer->outline_mesh);
    g_string_append(svg->out, "\"/>\n");
}

/* Borders and bands lie over the districts, whose titles the pointer is to find. */
static bool is_in_the_way(const EvmLayer *layer)
{
    for (size_t i = 0; i < layer->item_count; i++)
        if (layer->items[i].title || layer->items[i].type == EVM_ITEM_TEXT)
            return false;
    return true;
}

static void write_layer_start(EvmSvg *svg, const EvmLayer *layer)
{
    GString *out = svg->out;
    if (layer->has_clip)
        write_clip(svg, layer);
    g_string_append(out, "<g id=\"");
    evm_svg_write_id(svg, layer->id);
    g_string_append_c(out, '"');
    evm_svg_write_attribute(out, "data-label", layer->label);
    if (layer->has_clip) {
        g_string_append(out, " clip-path=\"url(#");
        g_autofree char *id = g_strdup_printf("clip-%s", layer->id);
        evm_svg_write_id(svg, id);
        g_string_append(out, ")\"");
    }
    if (is_in_the_way(layer))
        g_string_append(out, " pointer-events=\"none\"");
    /* Not where texts are: joined Arabic letters overlap. */
    if (has_type(layer, EVM_ITEM_PATH) && !has_type(layer, EVM_ITEM_TEXT))
        g_string_append(out, " fill-rule=\"evenodd\"");
    if (!has_small_mesh(layer))
        write_stroke(out, &layer->outline);
    g_string_append(out, ">\n");
}

static void write_layer(EvmSvg *svg, const EvmLayer *layer)
{
    write_layer_start(svg, layer);
    for (size_t i = 0; i < layer->item_count; i++)
        write_item(svg, &layer->items[i]);
    if (has_small_mesh(layer))
        write_mesh(svg, layer);
    g_string_append(svg->out, "</g>\n");
}

static bool has_table(const EvmScene *scene)
{
    return scene->info.table.rows > 0;
}

static void write_families(EvmSvg *svg, const EvmSceneInfo *info)
{
    const char *body = info->families[EVM_TYPE_BODY], *title = info->families[EVM_TYPE_TITLE];
    g_string_append_printf(svg->out, " font-family=\"%s" OTHER_FAMILIES "\"",
                           body ? body : FAMILIES);
    svg->title_families = g_strcmp0(body, title) == 0 ? NULL : title;
}

/* Inside of a page, an SVG inherits these from whatever it stands in: in one that reads from right
 * to left every English text would start at its other end. */
#define PAGE_PROOF                                                                                 \
    " direction=\"ltr\" text-anchor=\"start\" font-style=\"normal\" font-variant=\"normal\""       \
    " font-weight=\"400\" letter-spacing=\"normal\" word-spacing=\"normal\" fill=\"#000000\""      \
    " stroke=\"none\""

/* Noto Naskh Arabic has other digits than Dari and Pashto unless its localised forms are left out,
 * as they are in pictures (render/text.c). No attribute can say so. */
#define OWN_DIGITS " style=\"font-feature-settings:'locl' 0\""

static bool has_right_to_left(const EvmScene *scene)
{
    for (size_t i = 0; i < scene->layer_count; i++)
        for (size_t k = 0; k < scene->layers[i].item_count; k++) {
            const EvmItem *item = &scene->layers[i].items[k];
            if (item->type == EVM_ITEM_TEXT && item->text.is_rtl)
                return true;
        }
    return false;
}

/* A screen reader does not look into an image: with a table, the image is one part of a document,
 * and the table the other. */
static void write_root(EvmSvg *svg, const EvmScene *scene)
{
    GString *out = svg->out;
    g_string_append(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    evm_svg_write_size(out, scene);
    if (has_table(scene)) {
        evm_svg_write_attribute(out, "role", "document");
        evm_svg_write_attribute(out, "lang", scene->info.language);
    } else {
        evm_svg_write_role(svg, &scene->info);
    }
    write_families(svg, &scene->info);
    if (has_right_to_left(scene))
        g_string_append(out, OWN_DIGITS);
    g_string_append(out, PAGE_PROOF " stroke-linejoin=\"round\" stroke-linecap=\"round\">\n");
    evm_svg_write_info(svg, &scene->info);
}

struct EvmSvgGround {
    const EvmScene *scene;
    GString *text;
    EvmSvg svg;
    GThread *thread; /* NULL once joined */
};

static void write_layers(EvmSvg *svg, const EvmScene *scene, size_t first)
{
    for (size_t i = first; i < scene->layer_count; i++)
        write_layer(svg, &scene->layers[i]);
}

static gpointer write_ground(gpointer data)
{
    EvmSvgGround *ground = data;
    write_layers(&ground->svg, ground->scene, 0);
    return NULL;
}

EvmSvgGround *evm_svg_ground_new(const EvmScene *scene)
{
    EvmSvgGround *ground = g_new0(EvmSvgGround, 1);
    ground->scene = scene;
    ground->text = g_string_sized_new(GROUND_BYTES);
    evm_svg_init(&ground->svg, ground->text);
    if (evm_scene_is_drawable(scene, NULL, 1, NULL))
        ground->thread = g_thread_new("svg", write_ground, ground);
    return ground;
}

static void wait_for(EvmSvgGround *ground)
{
    if (ground->thread)
        g_thread_join(g_steal_pointer(&ground->thread));
}

void evm_svg_ground_free(EvmSvgGround *ground)
{
    if (!ground)
        return;
    wait_for(ground);
    evm_svg_clear(&ground->svg);
    g_string_free(ground->text, TRUE);
    g_free(ground);
}

static void write_picture(EvmSvg *svg, const EvmScene *scene, EvmSvgGround *ground)
{
    g_string_append(svg->out, "<rect width=\"100%\" height=\"100%\"");
    evm_svg_write_color(svg->out, "fill", scene->background);
    g_string_append(svg->out, "/>\n");
    if (ground) {
        wait_for(ground);
        evm_svg_add(svg, &ground->svg);
    }
    write_layers(svg, scene, ground ? ground->scene->layer_count : 0);
}

static void write_picture_and_table(EvmSvg *svg, const EvmScene *scene, EvmSvgGround *ground)
{
    g_string_append(svg->out, "<g");
    evm_svg_write_role(svg, &scene->info);
    g_string_append(svg->out, ">\n");
    write_picture(svg, scene, ground);
    g_string_append(svg->out, "</g>\n");
    evm_svg_write_table(svg, scene);
}

bool evm_svg_write(const EvmScene *scene, GString *out, GError **error)
{
    return evm_svg_write_above(NULL, scene, out, error);
}

bool evm_svg_write_above(EvmSvgGround *ground, const EvmScene *scene, GString *out, GError **error)
{
    if (!evm_scene_is_drawable(scene, NULL, 1, error))
        return false;
    EvmSvg svg;
    evm_svg_init(&svg, out);
    write_root(&svg, scene);
    if (has_table(scene))
        write_picture_and_table(&svg, scene, ground);
    else
        write_picture(&svg, scene, ground);
    g_string_append(out, "</svg>\n");
    evm_svg_commit(&svg);
    evm_svg_clear(&svg);
    return true;
}
