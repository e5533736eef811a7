#include <png.h>
#include <string.h>

#include "output/output.h"
#include "output/png_strips.h"

typedef struct {
    const GString *data;
    gsize at;
} Reader;

/* What libpng made of it. */
typedef struct {
    unsigned width, height;
    unsigned char *rgb;
    png_uint_32 per_metre;
    GPtrArray *texts; /* "keyword=text" */
} Decoded;

static void on_read(png_structp png, png_bytep out, size_t size)
{
    Reader *reader = png_get_io_ptr(png);
    g_assert_cmpuint(reader->at + size, <=, reader->data->len);
    memcpy(out, reader->data->str + reader->at, size);
    reader->at += size;
}

static void on_complaint(png_structp png, png_const_charp message)
{
    (void)png;
    g_error("libpng: %s", message);
}

static void decode_texts(Decoded *decoded, png_structp png, png_infop info)
{
    png_textp texts;
    int count;
    decoded->texts = g_ptr_array_new_with_free_func(g_free);
    png_get_text(png, info, &texts, &count);
    for (int i = 0; i < count; i++)
        g_ptr_array_add(decoded->texts,
                        g_strdup_printf("%s%s=%s", texts[i].compression > 0 ? "i:" : "",
                                        texts[i].key, texts[i].text));
}

/* Any complaint of libpng or zlib, about checksums too, ends the test. */
static Decoded decode(const GString *data)
{
    Decoded decoded = {0};
    Reader reader = {data, 0};
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_complaint, on_complaint);
    png_infop info = png_create_info_struct(png);
    png_set_read_fn(png, &reader, on_read);
    png_read_info(png, info);
    decoded.width = png_get_image_width(png, info);
    decoded.height = png_get_image_height(png, info);
    g_assert_cmpint(png_get_color_type(png, info), ==, PNG_COLOR_TYPE_RGB);
    g_assert_cmpint(png_get_bit_depth(png, info), ==, 8);
    decoded.per_metre = png_get_pixels_per_meter(png, info);
    decoded.rgb = g_malloc((size_t)decoded.width * 3 * decoded.height);
    for (unsigned y = 0; y < decoded.height; y++)
        png_read_row(png, decoded.rgb + (size_t)y * decoded.width * 3, NULL);
    png_read_end(png, info);
    g_assert_cmpuint(reader.at, ==, data->len);
    decode_texts(&decoded, png, info);
    png_destroy_read_struct(&png, &info, NULL);
    return decoded;
}

static void decoded_clear(Decoded *decoded)
{
    g_free(decoded->rgb);
    g_ptr_array_unref(decoded->texts);
}

static EvmRaster raster_new(unsigned width, unsigned height, bool is_noise)
{
    EvmRaster raster = {g_new(uint32_t, (size_t)width * height), width, height};
    GRand *random = g_rand_new_with_seed(7);
    for (size_t i = 0; i < (size_t)width * height; i++)
        raster.pixels[i] = 0xff000000u | (is_noise ? g_rand_int(random) & 0xffffff
                                                   : (uint32_t)(i / 37 % 5) * 0x332211u);
    g_rand_free(random);
    return raster;
}

static GString *write_png(const EvmRaster *raster, const EvmSceneInfo *info, unsigned threads)
{
    GString *out = g_string_new(NULL);
    GError *error = NULL;
    g_assert_true(evm_png_write(raster, info, 1, threads, out, &error));
    g_assert_no_error(error);
    return out;
}

static void assert_decodes_to(const GString *data, const EvmRaster *raster)
{
    Decoded decoded = decode(data);
    g_assert_cmpuint(decoded.width, ==, raster->width);
    g_assert_cmpuint(decoded.height, ==, raster->height);
    for (size_t i = 0; i < (size_t)raster->width * raster->height; i++) {
        const unsigned char *rgb = decoded.rgb + 3 * i;
        g_assert_cmphex(raster->pixels[i] & 0xffffff, ==,
                        (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2]);
    }
    decoded_clear(&decoded);
}

static void test_decodes_to_the_raster(void)
{
    const unsigned sizes[][2] = {{1, 1},    {1, 64},    {1, 65},   {5, 63},   {300, 64},
                                 {300, 65}, {301, 200}, {2000, 3}, {700, 500}};
    EvmSceneInfo info = {.title = "t"};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (int noise = 0; noise < 2; noise++) {
            EvmRaster raster = raster_new(sizes[i][0], sizes[i][1], noise);
            GString *data = write_png(&raster, &info, 2);
            assert_decodes_to(data, &raster);
            g_string_free(data, TRUE);
            evm_raster_clear(&raster);
        }
}

static void test_threads_do_not_matter(void)
{
    EvmSceneInfo info = {.title = "t"};
    EvmRaster raster = raster_new(900, 700, false);
    GString *one = write_png(&raster, &info, 1);
    for (unsigned threads = 0; threads < 40; threads += 3) {
        GString *many = write_png(&raster, &info, threads);
        g_assert_true(g_string_equal(one, many));
        g_string_free(many, TRUE);
    }
    g_string_free(one, TRUE);
    evm_raster_clear(&raster);
}

static bool has_text(const Decoded *decoded, const char *text)
{
    for (guint i = 0; i < decoded->texts->len; i++)
        if (g_str_equal(g_ptr_array_index(decoded->texts, i), text))
            return true;
    return false;
}

static void test_texts_are_there(void)
{
    EvmSceneInfo info = {.title = "Battlefield developments",
                         .description = "Districts: 398",
                         .date = "2021-07-05",
                         .sources = "Pajhwok; É\xc3\xa9",
                         .software = "evmap 0.1.0",
                         .language = "en"};
    EvmRaster raster = raster_new(20, 20, false);
    GString *data = write_png(&raster, &info, 1);
    Decoded decoded = decode(data);
    g_assert_true(has_text(&decoded, "Title=Battlefield developments"));
    g_assert_true(has_text(&decoded, "Creation Time=2021-07-05"));
    g_assert_true(has_text(&decoded, "Source=Pajhwok; \xc9\xe9")); /* Latin-1 */
    g_assert_true(has_text(&decoded, "Software=evmap 0.1.0"));
    g_assert_true(has_text(&decoded, "Description=Districts: 398"));
    g_assert_cmpuint(decoded.texts->len, ==, 5);
    decoded_clear(&decoded);
    g_string_free(data, TRUE);
    evm_raster_clear(&raster);
}

static void test_other_letters_are_utf8(void)
{
    EvmSceneInfo info = {.title = "ولایت بدخشان", .language = "fa"};
    EvmRaster raster = raster_new(20, 20, false);
    GString *data = write_png(&raster, &info, 1);
    Decoded decoded = decode(data);
    g_assert_true(has_text(&decoded, "i:Title=ولایت بدخشان"));
    decoded_clear(&decoded);
    g_string_free(data, TRUE);
    evm_raster_clear(&raster);
}

static void test_hostile_texts_are_harmless(void)
{
    EvmSceneInfo info = {.title = "a\x1b[31m\xff\x01", .sources = "\xc2\x85\xe2\x80\xae x\r\n y"};
    EvmRaster raster = raster_new(20, 20, false);
    GString *data = write_png(&raster, &info, 1);
    Decoded decoded = decode(data);
    g_assert_true(has_text(&decoded, "i:Title=a [31m\uFFFD "));
    g_assert_true(has_text(&decoded, "i:Source= \u202e x \n y"));
    decoded_clear(&decoded);
    g_string_free(data, TRUE);
    evm_raster_clear(&raster);
}

static void test_scale_is_the_resolution(void)
{
    const struct {
        double scale;
        png_uint_32 per_metre;
    } cases[] = {{1, 3780}, {2, 7559}, {0.5, 1890}};
    EvmSceneInfo info = {0};
    EvmRaster raster = raster_new(20, 20, false);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *data = g_string_new("before");
        g_assert_true(evm_png_write(&raster, &info, cases[i].scale, 1, data, NULL));
        g_assert_true(g_str_has_prefix(data->str, "before"));
        g_string_erase(data, 0, 6);
        Decoded decoded = decode(data);
        g_assert_cmpuint(decoded.per_metre, ==, cases[i].per_metre);
        decoded_clear(&decoded);
        g_string_free(data, TRUE);
    }
    evm_raster_clear(&raster);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(what) g_test_add_func("/output/png/" #what, test_##what)
    ADD(decodes_to_the_raster);
    ADD(threads_do_not_matter);
    ADD(texts_are_there);
    ADD(other_letters_are_utf8);
    ADD(hostile_texts_are_harmless);
    ADD(scale_is_the_resolution);
    return g_test_run();
}
