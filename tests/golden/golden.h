/* Golden images: what a scene looked like when somebody looked at it and found it good.
 *
 * After a wanted change: EVMAP_UPDATE_GOLDEN=1 ctest -R golden, look at the pictures in
 * tests/golden/images, commit them. */
#ifndef EVM_TESTS_GOLDEN_GOLDEN_H
#define EVM_TESTS_GOLDEN_GOLDEN_H

#include "tests/support/image_compare.h"

/* Fonts and cairo are of one distribution, so that little may differ: cairo's and FreeType's
 * roundings on another processor. */
#define GOLDEN_TOLERANCE ((ImageTolerance){.level = 8, .largest = 64, .share = 0.0005})

/* Compares with tests/golden/images/NAME.png, or writes it when EVMAP_UPDATE_GOLDEN is set. */
static inline void golden_assert(const EvmRaster *result, const char *name)
{
    g_autofree char *path =
        g_strdup_printf(EVM_TEST_SOURCE_DIR "/tests/golden/images/%s.png", name);
    if (g_getenv("EVMAP_UPDATE_GOLDEN")) {
        image_write(result, path);
        g_test_message("updated %s", path);
        return;
    }
    EvmRaster expected = image_load(path);
    image_assert_alike(result, &expected, GOLDEN_TOLERANCE, name);
    evm_raster_clear(&expected);
}

/* Draws the scene and compares it. */
static inline void golden_assert_scene(const EvmScene *scene, EvmFonts *fonts, double scale,
                                       const char *name)
{
    EvmRaster raster;
    GError *error = NULL;
    g_assert_true(evm_raster_init(&raster, scene, fonts, scale, 2, &error));
    g_assert_no_error(error);
    golden_assert(&raster, name);
    evm_raster_clear(&raster);
}

#endif
