#include "output/png_tiles.h"

#include "tests/unit/output/png_testing.h"

static const EvmSceneInfo info = {.title = "t"};

typedef uint32_t (*Shade)(GRand *rand, unsigned x, unsigned y);

static uint32_t flat(GRand *rand, unsigned x, unsigned y)
{
    (void)rand, (void)x, (void)y;
    return 0x336699;
}

static uint32_t noise(GRand *rand, unsigned x, unsigned y)
{
    (void)x, (void)y;
    return g_rand_int(rand) & 0xffffff;
}

static uint32_t few_colors(GRand *rand, unsigned x, unsigned y)
{
    static const uint32_t colors[] = {0, 0xffffff, 0xc04b37, 0xd2cec7};
    (void)x, (void)y;
    return colors[g_rand_int_range(rand, 0, 4)];
}

/* Matches with the row above, with pixels before, and with what was seen on the slant. */
static uint32_t slants(GRand *rand, unsigned x, unsigned y)
{
    (void)rand;
    return (x + 2 * y) % 23 * 0x0b0907 + x / 40 % 3;
}

static uint32_t columns(GRand *rand, unsigned x, unsigned y)
{
    (void)rand, (void)y;
    return x * 2654435761u >> 8;
}

static EvmRaster raster_new(unsigned width, unsigned height, Shade shade)
{
    EvmRaster raster = {g_new(uint32_t, (size_t)width * height), width, height};
    GRand *rand = g_rand_new_with_seed(5);
    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++)
            raster.pixels[(size_t)y * width + x] = 0xff000000u | shade(rand, x, y);
    g_rand_free(rand);
    return raster;
}

/* A picture cut into tiles. */
typedef struct {
    unsigned columns, strips;
    uint32_t *pixels;
} Picture;

enum { TILE_PIXELS = EVM_PNG_TILE_COLUMNS * EVM_PNG_TILE_ROWS };

static Picture cut(const EvmRaster *raster)
{
    Picture picture = {.columns = (raster->width - 1) / EVM_PNG_TILE_COLUMNS + 1,
                       .strips = (raster->height - 1) / EVM_PNG_TILE_ROWS + 1};
    picture.pixels = g_new0(uint32_t, picture.columns * picture.strips * TILE_PIXELS);
    for (unsigned y = 0; y < raster->height; y++)
        for (unsigned x = 0; x < raster->width; x++) {
            unsigned tile = y / EVM_PNG_TILE_ROWS * picture.columns + x / EVM_PNG_TILE_COLUMNS;
            unsigned at = y % EVM_PNG_TILE_ROWS * EVM_PNG_TILE_COLUMNS + x % EVM_PNG_TILE_COLUMNS;
            picture.pixels[tile * TILE_PIXELS + at] = raster->pixels[y * raster->width + x];
        }
    return picture;
}

static EvmTilePixels find_pixels(const void *user, unsigned tile)
{
    const Picture *picture = user;
    const uint32_t *own = picture->pixels + tile * TILE_PIXELS;
    return (EvmTilePixels){own, tile % picture->columns == 0 ? NULL : own - TILE_PIXELS};
}

typedef enum { FORWARDS, BACKWARDS, LIKE_OTHERS } Order;

/* A whole file, tile by tile. LIKE_OTHERS: the last ones on tiles that go on from some that have
 * the others. */
static GString *write_file(const EvmRaster *raster, const EvmTileCodes *codes, Order order)
{
    GString *out = g_string_new(NULL);
    Picture picture = cut(raster);
    unsigned count = picture.columns * picture.strips;
    EvmPngTiles *first = evm_png_tiles_new(codes), *like = NULL;
    EvmPngStrip *strips = g_new0(EvmPngStrip, picture.strips);
    EvmTileRoom *room = evm_tile_room_new(codes);
    for (unsigned i = 0; i < count; i++) {
        unsigned tile = order == BACKWARDS ? count - 1 - i : i;
        if (order == LIKE_OTHERS && i == count / 2)
            like = evm_png_tiles_new_like(first);
        evm_png_tile_compute(like ? like : first, tile, find_pixels(&picture, tile), room);
    }
    for (unsigned i = 0; i < picture.strips; i++)
        evm_png_tiles_compute_strip(like ? like : first, i, room, &strips[i]);
    g_assert_true(evm_png_head_write(&info, raster->width, raster->height, 1, out, NULL));
    evm_png_strips_write(strips, picture.strips, out);
    for (unsigned i = 0; i < picture.strips; i++)
        evm_png_strip_clear(&strips[i]);
    g_free(strips);
    evm_tile_room_free(room);
    evm_png_tiles_free(like);
    evm_png_tiles_free(first);
    g_free(picture.pixels);
    return out;
}

static const Shade shades[] = {flat, noise, few_colors, slants, columns};

static EvmTileCodes *codes_of(const EvmRaster *raster)
{
    Picture picture = cut(raster);
    EvmTileCodes *codes = evm_tile_codes_new(raster->width, raster->height, find_pixels, &picture);
    g_assert_nonnull(codes);
    g_free(picture.pixels);
    return codes;
}

/* Wider than 10,922 pixels the row above is out of deflate's reach. */
static void test_files_show_their_pictures(void)
{
    static const unsigned sizes[][2] = {{1, 1},   {1, 40},    {63, 16},   {64, 17},
                                        {65, 33}, {701, 333}, {11000, 20}};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(shades); k++) {
            EvmRaster raster = raster_new(sizes[i][0], sizes[i][1], shades[k]);
            EvmTileCodes *codes = codes_of(&raster);
            g_autoptr(GString) data = write_file(&raster, codes, FORWARDS);
            assert_shows(data, &raster);
            evm_tile_codes_free(codes);
            evm_raster_clear(&raster);
        }
}

static void test_codes_of_one_picture_serve_all_others(void)
{
    EvmRaster sample = raster_new(301, 99, flat);
    EvmTileCodes *codes = codes_of(&sample);
    for (gsize k = 0; k < G_N_ELEMENTS(shades); k++) {
        EvmRaster raster = raster_new(301, 99, shades[k]);
        g_autoptr(GString) data = write_file(&raster, codes, FORWARDS);
        assert_shows(data, &raster);
        evm_raster_clear(&raster);
    }
    evm_tile_codes_free(codes);
    evm_raster_clear(&sample);
}

static void test_neither_order_nor_going_on_from_others_matters(void)
{
    for (gsize k = 0; k < G_N_ELEMENTS(shades); k++) {
        EvmRaster raster = raster_new(333, 77, shades[k]);
        EvmTileCodes *codes = codes_of(&raster);
        g_autoptr(GString) forwards = write_file(&raster, codes, FORWARDS);
        g_autoptr(GString) backwards = write_file(&raster, codes, BACKWARDS);
        g_autoptr(GString) going_on = write_file(&raster, codes, LIKE_OTHERS);
        g_assert_true(g_string_equal(forwards, backwards));
        g_assert_true(g_string_equal(forwards, going_on));
        evm_tile_codes_free(codes);
        evm_raster_clear(&raster);
    }
}

/* Not much larger than what deflate has to offer for such pictures: a flat row of a tile is one
 * match, and a slant is found again. */
static void test_what_repeats_becomes_small(void)
{
    static const struct {
        Shade shade;
        double least_ratio;
    } cases[] = {{flat, 100}, {columns, 10}, {slants, 5}, {few_colors, 3}};
    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        EvmRaster raster = raster_new(640, 320, cases[k].shade);
        EvmTileCodes *codes = codes_of(&raster);
        g_autoptr(GString) data = write_file(&raster, codes, FORWARDS);
        g_assert_cmpfloat(640.0 * 320 * 3 / (double)data->len, >, cases[k].least_ratio);
        evm_tile_codes_free(codes);
        evm_raster_clear(&raster);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(what) g_test_add_func("/output/png_tiles/" #what, test_##what)
    ADD(files_show_their_pictures);
    ADD(codes_of_one_picture_serve_all_others);
    ADD(neither_order_nor_going_on_from_others_matters);
    ADD(what_repeats_becomes_small);
    return g_test_run();
}
