#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "output/palette.h"

/* Squares of ten colours on white, and a ramp of a thousand others. */
static EvmRaster raster_new(void)
{
    EvmRaster raster = {g_new(uint32_t, 256 * 64), 256, 64};
    for (unsigned y = 0; y < 64; y++)
        for (unsigned x = 0; x < 256; x++)
            raster.pixels[y * 256 + x] = y < 10   ? 0xff000000u | (x / 25 + 1) * 0x170907u
                                         : y < 14 ? 0xff000000u | (x * 4 + y - 10) * 0x3f1u
                                                  : 0xffffffffu;
    return raster;
}

static EvmPalette *palette_of(const EvmRaster *raster)
{
    EvmColorCounts *counts = evm_color_counts_new();
    evm_color_counts_add(counts, raster);
    EvmPalette *palette = evm_palette_new(counts);
    evm_color_counts_free(counts);
    return palette;
}

static void test_flat_colors_are_kept(void)
{
    EvmRaster raster = raster_new();
    EvmPalette *palette = palette_of(&raster);
    EvmPaletteSearch *search = evm_palette_search_new(palette);
    g_assert_cmpuint(palette->count, ==, EVM_PALETTE_MOST);
    for (unsigned x = 0; x < 250; x++)
        g_assert_cmphex(palette->colors[evm_palette_find(search, raster.pixels[x])], ==,
                        raster.pixels[x] & 0xffffff);
    g_assert_cmphex(palette->colors[evm_palette_find(search, 0xffffffff)], ==, 0xffffff);
    evm_palette_search_free(search);
    g_free(palette);
    evm_raster_clear(&raster);
}

/* With a thousand colours in some two hundred boxes, and only one of three channels moving fast. */
static void test_others_become_near_ones(void)
{
    EvmRaster raster = raster_new();
    EvmPalette *palette = palette_of(&raster);
    EvmPaletteSearch *search = evm_palette_search_new(palette);
    for (unsigned i = 10 * 256; i < 14 * 256; i++) {
        uint32_t found = palette->colors[evm_palette_find(search, raster.pixels[i])];
        for (unsigned shift = 0; shift < 24; shift += 8) {
            int by = (int)(found >> shift & 0xff) - (int)(raster.pixels[i] >> shift & 0xff);
            g_assert_cmpint(abs(by), <=, 24);
        }
    }
    evm_palette_search_free(search);
    g_free(palette);
    evm_raster_clear(&raster);
}

static void test_few_colors_are_all_kept(void)
{
    uint32_t pixels[] = {0xff000001, 0xff000002, 0xff000003, 0xff000003, 0xff030000, 0xffffffff};
    EvmRaster raster = {pixels, 6, 1};
    EvmPalette *palette = palette_of(&raster);
    EvmPaletteSearch *search = evm_palette_search_new(palette);
    g_assert_cmpuint(palette->count, ==, 5);
    for (unsigned i = 0; i < 6; i++)
        g_assert_cmphex(palette->colors[evm_palette_find(search, pixels[i])], ==,
                        pixels[i] & 0xffffff);
    evm_palette_search_free(search);
    g_free(palette);
}

static void test_same_pictures_same_palette(void)
{
    EvmRaster raster = raster_new();
    EvmPalette *one = palette_of(&raster), *two = palette_of(&raster);
    g_assert_true(memcmp(one, two, sizeof *one) == 0);
    g_free(one);
    g_free(two);
    evm_raster_clear(&raster);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(what) g_test_add_func("/output/palette/" #what, test_##what)
    ADD(flat_colors_are_kept);
    ADD(others_become_near_ones);
    ADD(few_colors_are_all_kept);
    ADD(same_pictures_same_palette);
    return g_test_run();
}
