/* How far two pictures differ. */
#ifndef EVM_TESTS_SUPPORT_IMAGE_COMPARE_H
#define EVM_TESTS_SUPPORT_IMAGE_COMPARE_H

#include <glib.h>
#include <stdbool.h>

#include "render/render.h"

typedef struct {
    int level;         /* a pixel differs when a channel is off by more than this, 0 to 255 */
    int largest;       /* the most that any channel may be off */
    double share;      /* of all pixels that may differ */
    double difference; /* the most that all channels may be off on average, 0: not looked at */
} ImageTolerance;

typedef struct {
    size_t differing; /* pixels */
    int largest;      /* of all channels */
    double mean;      /* of all channels */
} ImageDifference;

/* Both of one size. */
ImageDifference image_compute_difference(const EvmRaster *a, const EvmRaster *b, int level);

/* Ends the test when the pictures differ by more than `tolerance`, or in size; `name` then names
 * three files in the folder of the test's build: NAME-result.png, NAME-expected.png and
 * NAME-difference.png. */
void image_assert_alike(const EvmRaster *result, const EvmRaster *expected,
                        ImageTolerance tolerance, const char *name);

/* PNG files. Loading ends the test when there is none, or not RGB. */
EvmRaster image_load(const char *path);
void image_write(const EvmRaster *raster, const char *path);

#endif
