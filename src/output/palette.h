/* The few colours that stand for all colours of many pictures that are alike: a lossy way to small
 * files. Colours of flat areas are kept as they are; those of edges, which are mixtures, become the
 * nearest of what is left. The same pictures in the same order give the same palette. */
#ifndef EVM_OUTPUT_PALETTE_H
#define EVM_OUTPUT_PALETTE_H

#include "render/render.h"

enum { EVM_PALETTE_MOST = 256 };

typedef struct {
    unsigned count;
    uint32_t colors[EVM_PALETTE_MOST]; /* 0xrrggbb */
} EvmPalette;

/* Counts colours of pictures. */
typedef struct EvmColorCounts EvmColorCounts;
EvmColorCounts *evm_color_counts_new(void);
void evm_color_counts_free(EvmColorCounts *counts); /* NULL is fine */
void evm_color_counts_add(EvmColorCounts *counts, const EvmRaster *picture);

/* Of all that was counted; the caller's, g_free. */
EvmPalette *evm_palette_new(const EvmColorCounts *counts);

/* Remembers what it was asked before; belongs to one thread. */
typedef struct EvmPaletteSearch EvmPaletteSearch;
EvmPaletteSearch *evm_palette_search_new(const EvmPalette *palette); /* borrowed */
void evm_palette_search_free(EvmPaletteSearch *search);              /* NULL is fine */
/* Number of the nearest colour; of equally near ones the first. */
unsigned evm_palette_find(EvmPaletteSearch *search, uint32_t pixel);

#endif
