/* Small scenes made by hand, for tests of what draws and writes them. */
#ifndef EVM_TESTS_GOLDEN_SCENES_H
#define EVM_TESTS_GOLDEN_SCENES_H

#include <glib.h>
#include <string.h>

#include "render/render.h"
#include "scene/builder.h"

static const EvmSceneInfo scene_info = {
    .title = "A test",
    .description = "Shapes and words",
    .date = "2021-07-05",
    .sources = "nobody",
    .software = "evmap test",
    .language = "en",
};

static inline EvmFonts *scene_fonts(void)
{
    GError *error = NULL;
    EvmFonts *fonts = evm_fonts_new(NULL, &error);
    g_assert_no_error(error);
    return fonts;
}

static inline EvmBuilder *scene_start(EvmFonts *fonts, double width_px, double height_px)
{
    return evm_builder_new(width_px, height_px, EVM_RGB(0xffffff), false,
                           evm_fonts_compute_measure(fonts));
}

/* `counts`: points of each part, 0 at the end. */
static inline EvmPath scene_path(EvmBuilder *builder, const EvmPoint *points,
                                 const uint32_t *counts, bool is_closed)
{
    uint32_t parts = 0, total = 0;
    for (; counts[parts] > 0; parts++)
        total += counts[parts];
    EvmArena *arena = evm_builder_find_arena(builder);
    EvmPoint *copy = evm_arena_alloc_array(arena, total, sizeof *copy);
    uint32_t *ends = evm_arena_alloc_array(arena, parts, sizeof *ends);
    memcpy(copy, points, total * sizeof *copy);
    for (uint32_t i = 0, end = 0; i < parts; i++)
        ends[i] = end += counts[i];
    return (EvmPath){copy, ends, parts, is_closed};
}

static inline EvmItem *scene_square(EvmBuilder *builder, double x, double y, double side,
                                    EvmColor fill)
{
    return evm_builder_add_rect(builder, (EvmRect){x, y, side, side}, fill);
}

/* A square with a square hole, and an island in the hole. */
static inline EvmItem *scene_ring(EvmBuilder *builder, double x, double y, EvmColor fill)
{
    const EvmPoint points[] = {{x, y},           {x + 90, y},      {x + 90, y + 90},
                               {x, y + 90},      {x + 20, y + 20}, {x + 70, y + 20},
                               {x + 70, y + 70}, {x + 20, y + 70}, {x + 35, y + 35},
                               {x + 55, y + 35}, {x + 55, y + 55}, {x + 35, y + 55}};
    return evm_builder_add_path(
        builder, scene_path(builder, points, (const uint32_t[]){4, 4, 4, 0}, true), fill);
}

static inline EvmItem *scene_label(EvmBuilder *builder, const char *string, double x, double y,
                                   double size)
{
    EvmFont font = {EVM_WEIGHT_SEMIBOLD, false, size, 0, EVM_TYPE_BODY};
    EvmItem *item = evm_builder_add_text(builder, string, (EvmPoint){x, y}, EVM_ANCHOR_START, font,
                                         EVM_RGB(0x202020));
    item->text.halo = EVM_RGB(0xffffff);
    item->text.halo_px = 2;
    return item;
}

/* Everything that can be drawn, once; moved by (dx, dy). */
static inline EvmScene *scene_new_full(EvmFonts *fonts, double width, double height, double dx,
                                       double dy)
{
    EvmBuilder *builder = scene_start(fonts, width, height);
    evm_builder_add_layer(builder, "shapes", "Shapes");
    EvmItem *ring = scene_ring(builder, dx + 20.3, dy + 20.6, EVM_RGB(0xb5482f));
    ring->id = "ring";
    ring->title = "Ring & island";
    ring->pcode = "AF0101";
    ring->control = "Taliban";
    ring->stroke = (EvmStroke){EVM_RGB(0x222222), 1.3, 0, 0};
    scene_square(builder, dx + 80, dy + 60, 100, (EvmColor){0x30, 0x60, 0xa0, 128});
    evm_builder_add_disc(builder, (EvmDisc){{dx + 250, dy + 70}, 30.5}, EVM_RGB(0xe0a23c))->stroke =
        (EvmStroke){EVM_RGB(0x111111), 3, 0, 0};
    evm_builder_add_line(builder, (EvmPoint){dx + 15, dy + 200}, (EvmPoint){dx + 290, dy + 150},
                         (EvmStroke){EVM_RGB(0x207040), 2.5, 9, 6});
    EvmLayer *clipped = evm_builder_add_layer(builder, "clipped", "Clipped");
    clipped->has_clip = true;
    clipped->clip = (EvmRect){dx + 200, dy + 110, 60, 60};
    evm_builder_add_disc(builder, (EvmDisc){{dx + 200, dy + 110}, 50}, EVM_RGB(0x9aa66a));
    evm_builder_add_layer(builder, "labels", "Labels");
    scene_label(builder, "Kandahar, Fayẕābād", dx + 30, dy + 60, 17);
    scene_label(builder, "ولایت بدخشان", dx + 150, dy + 110, 19);
    scene_label(builder, "ټوپک ډاګ ړنګ ږغ ښار ې", dx + 40, dy + 150, 22);
    return evm_builder_free(builder, &scene_info);
}

static inline EvmRaster scene_raster(const EvmScene *scene, EvmFonts *fonts, double scale,
                                     unsigned threads)
{
    EvmRaster raster;
    GError *error = NULL;
    g_assert_true(evm_raster_init(&raster, scene, fonts, scale, threads, &error));
    g_assert_no_error(error);
    return raster;
}

#endif
