/* Inside render: what is the same on all pictures, drawn once. */
#ifndef EVM_RENDER_BACKDROP_H
#define EVM_RENDER_BACKDROP_H

#include "render/drawing.h"
#include "render/tiles.h"

/* A layer's items or its outline. Neighbouring fixed pieces are one film, drawn once for all. */
typedef struct {
    size_t layer;
    EvmDrawingPart part;
    int film; /* -1: drawn for every picture */
} EvmPiece;

struct EvmBackdrop {
    EvmDrawing *drawing; /* of the picture that it was made of */
    double scale;
    EvmTileGrid grid;
    EvmPiece *pieces; /* in the order of drawing */
    size_t piece_count, layer_count;
    EvmTiles *films; /* the first is opaque and has all tiles */
    unsigned film_count;
};

/* Whether a drawing like the backdrop's has the same fixed pieces. EVM_ERROR_INTERNAL. */
bool evm_backdrop_is_below(const EvmBackdrop *backdrop, const EvmDrawing *drawing, GError **error);

#endif
