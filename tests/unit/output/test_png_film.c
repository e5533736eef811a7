#include "output/png_film.h"

#include "tests/golden/scenes.h"
#include "tests/unit/output/png_testing.h"

enum { PICTURES = 30, WIDTH = 701, HEIGHT = 333, SQUARES = 40 };

static EvmFonts *fonts;

/* Some squares stand where they stood, the others are the picture's own. */
static EvmScene *scene_of(guint32 picture)
{
    EvmBuilder *builder = scene_start(fonts, WIDTH, HEIGHT);
    evm_builder_add_layer(builder, "squares", "squares");
    for (guint32 i = 0; i < SQUARES; i++) {
        GRand *rand = g_rand_new_with_seed(i % 4 == 0 ? 1000 * picture + i : i);
        double x = g_rand_double_range(rand, -20, WIDTH),
               y = g_rand_double_range(rand, -20, HEIGHT);
        scene_square(builder, x, y, g_rand_double_range(rand, 1, 90),
                     EVM_RGB(g_rand_int(rand) & 0xffffff));
        g_rand_free(rand);
    }
    return evm_builder_free(builder, &scene_info);
}

typedef struct {
    EvmScene *sample;
    EvmBackdrop *backdrop;
    EvmPainter *painter;
    EvmPngFilm *blank, *film; /* one without a picture, and the painter's */
} Studio;

static void studio_init(Studio *studio, const EvmPalette *palette)
{
    GError *error = NULL;
    studio->sample = scene_of(0);
    studio->backdrop = evm_backdrop_new(studio->sample, 1, 2, &error);
    g_assert_no_error(error);
    studio->painter = evm_painter_new(studio->backdrop, fonts);
    g_assert_true(evm_painter_draw(studio->painter, studio->sample, 1, &error));
    studio->blank = evm_png_film_new(studio->painter, palette, &error);
    g_assert_no_error(error);
    studio->film = evm_png_film_new_like(studio->blank);
}

static void studio_clear(Studio *studio)
{
    evm_png_film_free(studio->film);
    evm_png_film_free(studio->blank);
    evm_painter_free(studio->painter);
    evm_backdrop_free(studio->backdrop);
    evm_scene_free(studio->sample);
}

static GString *write_picture(EvmPngFilm *film, EvmPainter *painter, guint32 picture)
{
    GError *error = NULL;
    GString *out = g_string_new(NULL);
    EvmScene *scene = scene_of(picture);
    g_assert_true(evm_painter_draw(painter, scene, 1, &error));
    g_assert_true(evm_png_film_write(film, painter, &scene->info, 1, out, &error));
    g_assert_no_error(error);
    evm_scene_free(scene);
    return out;
}

static void test_files_show_their_pictures(void)
{
    Studio studio;
    studio_init(&studio, NULL);
    for (guint32 i = 0; i < PICTURES; i++) {
        g_autoptr(GString) data = write_picture(studio.film, studio.painter, i);
        EvmRaster raster = evm_painter_compute_raster(studio.painter);
        assert_shows(data, &raster);
        evm_raster_clear(&raster);
    }
    studio_clear(&studio);
}

/* So it does not matter which thread, or which machine, makes which of them. */
static void test_files_do_not_depend_on_those_before(void)
{
    Studio studio;
    studio_init(&studio, NULL);
    for (guint32 i = 0; i < PICTURES; i++) {
        EvmPainter *painter = evm_painter_new(studio.backdrop, fonts);
        EvmPngFilm *film = evm_png_film_new_like(studio.blank);
        g_autoptr(GString) in_turn = write_picture(studio.film, studio.painter, i);
        g_autoptr(GString) alone = write_picture(film, painter, i);
        g_assert_true(g_string_equal(in_turn, alone));
        evm_png_film_free(film);
        evm_painter_free(painter);
    }
    studio_clear(&studio);
}

/* On so many threads that some have nothing to do. */
static void test_threads_compute_what_one_writes(void)
{
    GError *error = NULL;
    Studio studio;
    studio_init(&studio, NULL);
    for (guint32 i = 0; i < PICTURES; i++) {
        EvmScene *scene = scene_of(i);
        EvmPngFilm *film = evm_png_film_new_like(studio.blank);
        g_autoptr(GString) by_threads = g_string_new(NULL);
        g_autoptr(GString) alone = write_picture(studio.film, studio.painter, i);
        evm_png_film_compute(film, studio.painter, 1 + i);
        g_assert_true(
            evm_png_film_write(film, studio.painter, &scene->info, 1, by_threads, &error));
        g_assert_true(g_string_equal(by_threads, alone));
        evm_png_film_free(film);
        evm_scene_free(scene);
    }
    studio_clear(&studio);
}

/* A film and a painter that go on from others, which stay where they are. */
static void check_going_on(const EvmPalette *palette)
{
    Studio studio;
    studio_init(&studio, palette);
    g_string_free(write_picture(studio.film, studio.painter, 1), TRUE);
    for (guint32 i = 1; i < PICTURES; i++) {
        EvmPainter *painter = evm_painter_new_like(studio.painter, fonts),
                   *other = evm_painter_new(studio.backdrop, fonts);
        EvmPngFilm *film = evm_png_film_new_like(studio.film),
                   *blank = evm_png_film_new_like(studio.blank);
        g_autoptr(GString) going_on = write_picture(film, painter, i);
        g_autoptr(GString) alone = write_picture(blank, other, i);
        g_assert_true(g_string_equal(going_on, alone));
        evm_png_film_free(film);
        evm_png_film_free(blank);
        evm_painter_free(painter);
        evm_painter_free(other);
    }
    studio_clear(&studio);
}

static void test_a_film_goes_on_from_another(void)
{
    EvmPalette palette = {5, {0xffffff, 0x000000, 0xff0000, 0x00ff00, 0x0000ff}};
    check_going_on(NULL);
    check_going_on(&palette);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = scene_fonts();
#define ADD(what) g_test_add_func("/output/png_film/" #what, test_##what)
    ADD(files_show_their_pictures);
    ADD(files_do_not_depend_on_those_before);
    ADD(threads_compute_what_one_writes);
    ADD(a_film_goes_on_from_another);
    int status = g_test_run();
    evm_fonts_free(fonts);
    return status;
}
