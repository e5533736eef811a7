/* The parts of a sheet, in the order in which they are drawn. Only sheet.c uses them. */
#ifndef EVM_SCENE_PARTS_H
#define EVM_SCENE_PARTS_H

#include "scene/builder.h"
#include "scene/column.h"
#include "scene/developments.h"
#include "scene/sheet.h"

/* Neighbours, districts, borders, changed outlines. */
void evm_map_layers_draw(EvmBuilder *builder, const EvmSheetRequest *request);
/* Capitals, provinces, changed districts, countries. */
void evm_map_labels_draw(EvmBuilder *builder, const EvmSheetRequest *request, GPtrArray *unplaced);
/* Scale bar. */
void evm_scale_bar_draw(EvmBuilder *builder, const EvmSheetRequest *request);
/* The scale bar's place, kept free of labels. */
EvmRect evm_scale_bar_compute_box(const EvmSheetRequest *request);
/* Meridians and parallels, below the chosen districts; their degrees, at the map's edges, after the
 * names, which they keep off. */
void evm_graticule_draw(EvmBuilder *builder, const EvmSheetRequest *request);
void evm_graticule_draw_degrees(EvmBuilder *builder, const EvmSheetRequest *request);
/* Beside the scale bar, where the projection turns north away from the top. */
void evm_north_arrow_draw(EvmBuilder *builder, const EvmSheetRequest *request);
/* Where the map lies: in a free corner, where the layout has room for it. */
void evm_locator_draw(EvmBuilder *builder, const EvmSheetRequest *request);
/* Its place, kept free of labels; false without one. */
bool evm_locator_find_box(const EvmSheetRequest *request, EvmRect *box);
/* Title, date, summary. */
void evm_head_draw(EvmBuilder *builder, const EvmSheetRequest *request);
/* The same with other words in the places of the date and of the summary. */
void evm_head_draw_with(EvmBuilder *builder, const EvmSheetRequest *request, const char *line,
                        const char *summary);
/* Legend, chart, list of developments, which it numbers; true when it has the reading, too. */
bool evm_panel_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                    EvmDevelopments *developments);
/* Rows with counts and shares; the height it takes does not depend on the day. */
void evm_legend_draw(EvmColumn *column);
/* A control as it looks on the map: its colour, and the hatching of what is contested. */
void evm_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box,
                     EvmControl control);
/* Bands over a neutral: how a doubt looks on the map. */
void evm_doubt_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box,
                           EvmDoubt doubt);
/* How old evidence looks on the map, and "over 60 days old"; the caller frees. */
void evm_stale_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box);
char *evm_stale_format_label(const EvmSheetRequest *request);
/* The outline of what changed, as on the map. */
void evm_changed_swatch_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmRect box);

/* Capitals. False for one that the map's frame does not show. */
bool evm_capital_find_point(const EvmSheetRequest *request, const EvmProvince *province,
                            EvmPoint *point);
/* Some counted province's capital lies on the map. */
bool evm_capital_is_any(const EvmSheetRequest *request);
bool evm_capital_is_national(const EvmProvince *province);
double evm_capital_compute_radius_px(const EvmSheetRequest *request, bool is_national);
/* On dots that cover their district, and so its colour: their middle has the colour of who holds
 * it. `names` have the dots. */
void evm_capital_holders_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                              const EvmScene *names);
/* The colour of a dot that covers its district, as in the legend; false where the map has none: in
 * a timeline none on any sheet. */
bool evm_capital_find_holder_color(const EvmSheetRequest *request, EvmColor *color);
void evm_capital_holder_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint point,
                             bool is_national, EvmColor color);
void evm_capital_dot_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPoint point,
                          bool is_national);

/* The map shows a share of a district that nobody surveyed; and how it is marked. */
bool evm_schematic_is_any(const EvmSheetRequest *request);
EvmStroke evm_schematic_find_stroke(const EvmSheetRequest *request);

/* "Contested: no side is said to hold it.": of what the sheet shows, how to read it. `is_short`:
 * without how the colours come about. Caller frees. */
char *evm_reading_format(const EvmSheetRequest *request, bool is_short);

typedef struct {
    const GArray *sources; /* of evm_sources_compute */
    bool wants_reading;    /* where there is room for it */
} EvmNotesContent;

/* Reading, sources, universe, projection, disclaimer. */
void evm_notes_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                    const EvmNotesContent *content);

/* Parallel bands: hatching as geometry, so that it is the same in every format. */
typedef struct {
    double angle_deg, period_px, width_px;
} EvmStripes;

/* The part of a closed path that lies under the bands, as a path to be filled; in `arena`. Bands of
 * all paths continue each other. */
EvmPath evm_stripes_compute(EvmArena *arena, const EvmPath *path, const EvmStripes *stripes);
/* The same for a piece, which a mirrored page turns over: they look there as they do on the map. */
EvmPath evm_stripes_compute_in_piece(EvmArena *arena, const EvmPath *path,
                                     const EvmStripes *stripes, const EvmLayout *layout);
/* The same from `memo`, which keeps it; NULL: from `arena`, anew. */
EvmPath evm_stripes_find_kept(EvmStripeMemo *memo, EvmArena *arena, const EvmPath *path,
                              const EvmStripes *stripes);
/* Marks of a pattern over a closed path, as on the map and in its legend. */
void evm_pattern_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPattern pattern,
                      const EvmPath *path, EvmColor color);
/* Of whoever holds; NULL: nobody does. */
const EvmSign *evm_control_find_sign(const EvmSheetRequest *request, EvmControl control);
/* Factor of lines; finer hatching is a tint. */
#define EVM_HATCH_MIN_LINE 0.75

/* The bands that mark a doubt, at the line factor `line`; false without doubt. */
bool evm_stripes_find(const EvmHolding *holding, double line, EvmStripes *out);

/* The hatching of what is contested. */
EvmStripes evm_stripes_find_contested(const EvmSheetRequest *request);

/* The fill of an area, as the legend shows it. */
EvmColor evm_control_find_color(const EvmSheetRequest *request, EvmControl control);
/* The lines of old evidence. */
EvmStripes evm_stripes_find_stale(const EvmSheetRequest *request);

/* Title, alt text, description, sources: what a file says of a sheet in words. */
EvmSceneInfo evm_sheet_compute_info(EvmBuilder *builder, const EvmSheetRequest *request,
                                    const GArray *sources);
/* Districts by province and control, as the map shows them. */
EvmSceneTable evm_data_table_compute(EvmBuilder *builder, const EvmSheetRequest *request);
/* The same by day. */
EvmSceneTable evm_day_table_compute(EvmBuilder *builder, const EvmSheetRequest *request,
                                    const EvmState *const *states, size_t count);

/* The sources of all that the sheet shows, the most used first; g_array_unref it. `developments`:
 * those in its list; NULL: none. */
GArray *evm_sources_compute(const EvmSheetRequest *request, const EvmDevelopments *developments);
/* "TOLOnews; Kabul Now": all of them; callers free. */
char *evm_sources_format(const EvmSheetRequest *request, const GArray *sources);
/* The sentence that names `most` of them, and one that says where claims are listed. */
char *evm_sources_format_note(const EvmSheetRequest *request, const GArray *sources, size_t most,
                              bool says_where);

#endif
