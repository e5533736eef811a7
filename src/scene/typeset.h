/* Paragraphs: text broken into lines that fit a width. */
#ifndef EVM_SCENE_TYPESET_H
#define EVM_SCENE_TYPESET_H

#include "scene/builder.h"

typedef struct {
    EvmFont font;
    EvmColor color;
    double leading_px;  /* baseline to baseline */
    unsigned max_lines; /* 0: as many as it takes; otherwise the last ends in "…" */
    double indent_px;   /* of the first line */
    bool is_balanced;   /* lines of like width: no word alone on the last */
} EvmParagraph;

/* Sets `text` with its first line's top at (x, y); returns the y below its last line. */
double evm_paragraph_draw(EvmBuilder *builder, const EvmParagraph *style, const char *text,
                          double x_px, double y_px, double width_px);

/* The number of lines it would take. */
unsigned evm_paragraph_count_lines(const EvmBuilder *builder, const EvmParagraph *style,
                                   const char *text, double width_px);

/* The longest beginning of `text` that fits, with "…" when something was cut; caller frees. */
char *evm_text_compute_fitted(const EvmBuilder *builder, const EvmFont *font, const char *text,
                              double width_px);

#endif
