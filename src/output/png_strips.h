/* Inside output: a picture's rows, deflated in strips that know nothing of each other, so that
 * threads can share the work, the bytes do not depend on how many there are, and strips of one
 * picture can stand in the file of the next. */
#ifndef EVM_OUTPUT_PNG_STRIPS_H
#define EVM_OUTPUT_PNG_STRIPS_H

#include "output/output.h"
#include "output/palette.h"

#define EVM_ADLER_BASE UINT64_C(65521) /* RFC 1950, section 8.2 */

/* One IDAT chunk. */
typedef struct {
    unsigned char *chunk; /* whole, with its length and checksum; owned, or */
    bool is_borrowed;     /* another strip's */
    size_t chunk_size;
    size_t raw_size; /* of the rows that are in it */
    uint32_t adler;  /* of these */
} EvmPngStrip;

typedef struct EvmPngCodes EvmPngCodes;       /* constant once made: any number may share it */
typedef struct EvmPngDeflater EvmPngDeflater; /* room to work in: one a thread */

/* Codes that suit `sample`, cut into strips of `rows` rows, and can hold any other picture of its
 * width. NULL when ISA-L refuses. */
EvmPngCodes *evm_png_codes_new(const EvmRaster *sample, unsigned rows);
void evm_png_codes_free(EvmPngCodes *codes); /* NULL is fine */

EvmPngDeflater *evm_png_deflater_new(const EvmPngCodes *codes); /* `codes` must outlive it */
void evm_png_deflater_free(EvmPngDeflater *deflater);           /* NULL is fine */

/* Rows as they stand in a PNG file before they are deflated. */
size_t evm_png_rows_count_bytes(unsigned width, unsigned rows);
enum { EVM_PNG_FILTER_NONE = 0 }; /* each row's first byte: filters make flat colours larger */
void evm_png_pixels_write(const uint32_t *pixels, unsigned count, unsigned char *out);

/* Replaces `strip` by that with the index. False when ISA-L refuses. */
bool evm_png_strip_compute(EvmPngDeflater *deflater, const EvmRaster *raster, unsigned index,
                           EvmPngStrip *strip);
/* Replaces `strip` by rows that somebody has deflated to whole bytes that do not end the stream.
 * `adler` and `raw_size` as in EvmPngStrip. */
void evm_png_strip_init(EvmPngStrip *strip, uint32_t adler, size_t raw_size,
                        const unsigned char *deflated, size_t size);
/* The same again; `first` must outlive it and be left as it is. */
void evm_png_strip_init_like(EvmPngStrip *strip, const EvmPngStrip *first);
void evm_png_strip_clear(EvmPngStrip *strip);

/* Signature, IHDR, pHYs and texts. */
bool evm_png_head_write(const EvmSceneInfo *info, unsigned width, unsigned height, double scale,
                        GString *out, GError **error);
/* A whole file of a picture whose pixels are numbers of the palette's colours; one of its texts
 * says that it is lossy. */
bool evm_png_numbered_write(const EvmRaster *numbers, const EvmPalette *palette,
                            const EvmSceneInfo *info, double scale, GString *out, GError **error);
/* All IDAT chunks and IEND. */
void evm_png_strips_write(const EvmPngStrip *strips, unsigned count, GString *out);

#endif
