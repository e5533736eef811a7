/* How wide a text will be: asked by the scene, answered by render, which owns the fonts. */
#ifndef EVM_SCENE_TEXT_MEASURE_H
#define EVM_SCENE_TEXT_MEASURE_H

#include "scene/scene.h"

/* Logical extents in px; they grow linearly with the font size, whatever the output scale. */
typedef struct {
    double width_px;
    double ascent_px;     /* baseline to the top of the line, positive */
    double descent_px;    /* baseline to the bottom of the line, positive */
    double cap_height_px; /* baseline to the top of a capital letter */
} EvmTextExtents;

typedef struct {
    EvmTextExtents (*compute)(void *user, const EvmFont *font, const char *text);
    void *user;
} EvmTextMeasure;

#endif
