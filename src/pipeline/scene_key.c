#include "pipeline/scene_key.h"

#include <string.h>

#include "base/fast_hash.h"

static void add_bytes(GString *out, const void *data, size_t size)
{
    g_string_append_len(out, data, (gssize)size);
}

static void add_numbers(GString *out, const double *numbers, size_t count)
{
    add_bytes(out, numbers, count * sizeof *numbers);
}

/* Borders are most of a scene: two hashes of 64 bits stand for their bytes. */
static void add_hash(GString *out, const void *data, size_t size)
{
    for (uint64_t seed = 1; seed <= 2; seed++) {
        uint64_t hash = evm_fast_hash_compute(seed, data, size);
        add_bytes(out, &hash, sizeof hash);
    }
}

static void add_count(GString *out, size_t count)
{
    uint64_t number = count;
    add_bytes(out, &number, sizeof number);
}

/* NULL is another text than "". */
static void add_text(GString *out, const char *text)
{
    add_count(out, text ? strlen(text) + 1 : 0);
    g_string_append(out, text ? text : "");
}

static void add_color(GString *out, EvmColor color)
{
    const unsigned char bytes[] = {color.r, color.g, color.b, color.a};
    add_bytes(out, bytes, sizeof bytes);
}

static void add_stroke(GString *out, const EvmStroke *stroke)
{
    const double numbers[] = {stroke->width_px, stroke->dash_px, stroke->gap_px};
    add_color(out, stroke->color);
    add_numbers(out, numbers, G_N_ELEMENTS(numbers));
}

static void add_rect(GString *out, const EvmRect *rect)
{
    const double numbers[] = {rect->x_px, rect->y_px, rect->width_px, rect->height_px};
    add_numbers(out, numbers, G_N_ELEMENTS(numbers));
}

/* `like` may be NULL. */
static void add_path(GString *out, const EvmPath *path, const EvmPath *like)
{
    size_t points = path->part_count > 0 ? path->ends[path->part_count - 1] : 0;
    bool is_same = like && points > 0 && like->points == path->points && like->ends == path->ends &&
                   like->part_count == path->part_count && like->is_closed == path->is_closed;
    add_count(out, is_same);
    if (is_same)
        return;
    add_count(out, path->part_count);
    add_count(out, path->is_closed);
    if (path->part_count > 0)
        add_bytes(out, path->ends, path->part_count * sizeof *path->ends);
    if (points > 0)
        add_hash(out, path->points, points * sizeof *path->points);
}

static void add_string(GString *out, const EvmText *text)
{
    const EvmFont *font = &text->font;
    const double numbers[] = {text->at.x_px, text->at.y_px,  font->size_px,  font->tracking_px,
                              text->halo_px, text->width_px, text->angle_deg};
    const uint64_t kinds[] = {text->anchor, font->weight, font->is_italic, font->type};
    add_text(out, text->string);
    add_numbers(out, numbers, G_N_ELEMENTS(numbers));
    add_bytes(out, kinds, sizeof kinds);
    add_color(out, text->color);
    add_color(out, text->halo);
}

static void add_disc(GString *out, const EvmDisc *disc)
{
    const double numbers[] = {disc->center.x_px, disc->center.y_px, disc->radius_px};
    add_numbers(out, numbers, G_N_ELEMENTS(numbers));
}

static void add_shape(GString *out, const EvmItem *item, const EvmItem *like)
{
    switch (item->type) {
    case EVM_ITEM_PATH:
        add_path(out, &item->path, like && like->type == EVM_ITEM_PATH ? &like->path : NULL);
        break;
    case EVM_ITEM_DISC:
        add_disc(out, &item->disc);
        break;
    case EVM_ITEM_TEXT:
        add_string(out, &item->text);
        break;
    case EVM_ITEM_IMAGE:
        add_rect(out, &item->image.box);
        add_text(out, item->image.sha256);
        break;
    }
}

static void add_item(GString *out, const EvmItem *item, const EvmItem *like, unsigned parts)
{
    add_count(out, item->type);
    add_color(out, item->fill);
    add_stroke(out, &item->stroke);
    add_shape(out, item, like);
    if (!(parts & EVM_SCENE_IDS))
        return;
    add_text(out, item->id);
    add_text(out, item->title);
    add_text(out, item->pcode);
    add_text(out, item->control);
}

static void add_layer(GString *out, const EvmLayer *layer, const EvmLayer *like, unsigned parts)
{
    size_t likes = like ? like->item_count : 0;
    bool has_all = parts & EVM_SCENE_FIXED;
    add_text(out, layer->id);
    add_text(out, parts & EVM_SCENE_IDS ? layer->label : NULL);
    add_count(out, layer->has_clip);
    add_rect(out, &layer->clip);
    if (layer->is_fixed && !has_all)
        return;
    add_count(out, layer->item_count);
    for (size_t i = 0; i < layer->item_count; i++)
        add_item(out, &layer->items[i], i < likes ? &like->items[i] : NULL, parts);
    if (layer->has_fixed_outline && !has_all)
        return;
    add_stroke(out, &layer->outline);
    add_path(out, &layer->outline_mesh, like ? &like->outline_mesh : NULL);
}

static void add_table(GString *out, const EvmSceneTable *table)
{
    add_text(out, table->caption);
    add_count(out, table->columns);
    add_count(out, table->rows);
    for (size_t i = 0; i < table->columns * table->rows; i++)
        add_text(out, table->cells[i]);
}

static void add_info(GString *out, const EvmSceneInfo *info, unsigned parts)
{
    add_text(out, info->title);
    add_text(out, info->description);
    add_text(out, info->alt_text);
    add_text(out, info->date);
    add_text(out, info->sources);
    add_text(out, info->software);
    add_text(out, info->language);
    if (parts & EVM_SCENE_IDS)
        add_table(out, &info->table);
}

void evm_scene_write_key(const EvmScene *scene, const EvmScene *like, unsigned parts, GString *out)
{
    size_t likes = like ? like->layer_count : 0;
    const double size[] = {scene->width_px, scene->height_px};
    add_numbers(out, size, G_N_ELEMENTS(size));
    add_color(out, scene->background);
    add_count(out, scene->layer_count);
    for (size_t i = 0; i < scene->layer_count; i++)
        add_layer(out, &scene->layers[i], i < likes ? &like->layers[i] : NULL, parts);
    add_info(out, &scene->info, parts);
}
