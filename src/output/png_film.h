/* PNG files of the pictures of one painter, one after the other: strips that did not change are not
 * compressed again. Chunks as evm_png_write; a file's bytes depend on its picture and on `sample`.
 */
#ifndef EVM_OUTPUT_PNG_FILM_H
#define EVM_OUTPUT_PNG_FILM_H

#include "output/output.h"
#include "output/palette.h"
#include "render/painter.h"

typedef struct EvmPngFilm EvmPngFilm;

/* `sample` shows a picture like those to be written, of the same size; not kept. All pictures are
 * reduced to the colours of `palette`, which must outlive it; NULL: none are, nothing is lost. */
EvmPngFilm *evm_png_film_new(const EvmPainter *sample, const EvmPalette *palette, GError **error);
/* Another one that writes the same bytes and goes on from where `first` stands: for a painter that
 * goes on from the first's (evm_painter_new_like), or any new one while `first` has no picture yet.
 * `first` must outlive it and compute nothing meanwhile. */
EvmPngFilm *evm_png_film_new_like(const EvmPngFilm *first);
void evm_png_film_free(EvmPngFilm *film); /* NULL is fine */

/* Compresses the painter's present picture, on so many threads (with a palette on one), and writes
 * nothing. */
void evm_png_film_compute(EvmPngFilm *film, const EvmPainter *painter, unsigned threads);

/* Appends the painter's present picture. Every picture that it draws must be computed or written,
 * or the film be thrown away. */
bool evm_png_film_write(EvmPngFilm *film, const EvmPainter *painter, const EvmSceneInfo *info,
                        double scale, GString *out, GError **error);

#endif
