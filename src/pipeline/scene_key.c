#include "pipeline/scene_key.h"

#include <string.h>

#include "base/fast_hash.h"

static void add_bytes(GString *out, const void *data, size_t size)
{
    g_string_append_len(out, data, (gssize)size);
}

static void add_number(GString *out, double number)
{
    add_bytes(out, &number, sizeof number);
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
    add_color(out, stroke->color);
    add_number(out, stroke->width_px);
    add_number(out, stroke->dash_px);
    add_number(out, stroke->gap_px);
}

static void add_rect(GString *out, const EvmRect *rect)
{
    add_number(out, rect->x_px);
    add_number(out, rect->y_px);
    add_number(out, rect->width_px);
    add_number(out, rect->height_px);
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
    add_text(out, text->string);
    add_number(out, text->at.x_px);
    add_number(out, text->at.y_px);
    add_count(out, text->anchor);
    add_count(out, text->font.weight);
    add_count(out, text->font.is_italic);
    add_count(out, text->font.type);
    add_number(out, text->font.size_px);
    add_number(out, text->font.tracking_px);
    add_color(out, text->color);
    add_color(out, text->halo);
    add_number(out, text->halo_px);
    add_number(out, text->width_px);
    add_number(out, text->angle_deg);
}

static void add_shape(GString *out, const EvmItem *item, const EvmItem *like)
{
    switch (item->type) {
    case EVM_ITEM_PATH:
        add_path(out, &item->path, like && like->type == EVM_ITEM_PATH ? &like->path : NULL);
        break;
    case EVM_ITEM_DISC:
        add_number(out, item->disc.center.x_px);
        add_number(out, item->disc.center.y_px);
        add_number(out, item->disc.radius_px);
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
    add_number(out, scene->width_px);
    add_number(out, scene->height_px);
    add_color(out, scene->background);
    add_count(out, scene->layer_count);
    for (size_t i = 0; i < scene->layer_count; i++)
        add_layer(out, &scene->layers[i], i < likes ? &like->layers[i] : NULL, parts);
    add_info(out, &scene->info, parts);
}
