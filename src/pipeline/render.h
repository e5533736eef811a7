/* The verb render as a library call: one dated map, in every wanted format, with its manifest. */
#ifndef EVM_PIPELINE_RENDER_H
#define EVM_PIPELINE_RENDER_H

#include "pipeline/inputs.h"
#include "pipeline/tools.h"
#include "style/theme.h"
#include "timeline/open_places.h"

typedef enum {
    EVM_FORMAT_PNG = 1 << 0,
    EVM_FORMAT_SVG = 1 << 1,
    EVM_FORMAT_SVG_OUTLINED = 1 << 2,
    EVM_FORMAT_PDF = 1 << 3,
    EVM_FORMAT_CSV = 1 << 4, /* data behind the picture: who holds each district */
    EVM_FORMAT_GEOJSON = 1 << 5,
} EvmFormat;

enum { EVM_CHANGE_DAYS = 7 }; /* "changed hands" looks back as far as this */

/* All borrowed. */
typedef struct {
    EvmQuestion question;
    const EvmLanguage *language;
    const EvmTheme *theme;
    const char *layout; /* a known name; NULL: the one that suits the size */
    double width_px, height_px;
    double scale;            /* pixels a px, PNG only */
    const char *crs;         /* NULL: Albers for the area */
    const EvmExtent *window; /* what the map shows; NULL: the area */
    bool has_graticule;      /* meridians and parallels */
    unsigned formats;        /* EvmFormat, or-ed */
    const char *out_folder;
    const char *software; /* "evmap 0.1.0" */
    unsigned threads;     /* for the pixels; bytes do not depend on it */
} EvmRenderRequest;

typedef struct {
    GPtrArray *paths;       /* char *: files written, the manifest last */
    GPtrArray *unplaced;    /* char *: names that found no place on the map */
    GPtrArray *left;        /* char *: files of an earlier run, which the new manifest has not */
    GPtrArray *missing;     /* char *: letters that no font has, as evm_scene_find_missing */
    EvmOpenPlaces *outside; /* of claims in force that colour nothing */
    double m_per_px;
} EvmRenderResult;

/* False when a picture of that size cannot be drawn: EVM_ERROR_LIMIT. Cheap: ask before loading
 * anything. */
bool evm_render_is_feasible(const EvmRenderRequest *request, GError **error);

/* Whether no file that would be written is one that was read, or a frame of a timeline:
 * EVM_ERROR_OUTPUT names the first. For several maps of one run, ask about all before the first is
 * written: the file of one may be what the others are made from. */
bool evm_render_is_free(const EvmRenderRequest *request, const EvmInputs *inputs, GError **error);

/* Files have final names only when whole. On failure result->paths holds what was written before.
 */
bool evm_render_write(const EvmRenderRequest *request, const EvmInputs *inputs, EvmTools *tools,
                      EvmRenderResult *result, GError **error);
void evm_render_result_clear(EvmRenderResult *result);

#endif
