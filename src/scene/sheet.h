/* The finished page: map, title, legend, chart, developments and notes, as a scene. */
#ifndef EVM_SCENE_SHEET_H
#define EVM_SCENE_SHEET_H

#include "scene/area_grid.h"
#include "scene/developments.h"
#include "scene/layout.h"
#include "scene/map.h"
#include "scene/scene.h"
#include "scene/stripe_memo.h"
#include "scene/text_measure.h"
#include "style/language.h"
#include "style/signs.h"
#include "timeline/series.h"

/* All borrowed; `map` and `like` must outlive the sheet. */
typedef struct {
    const EvmUniverse *universe;
    const EvmState *state;
    const EvmChanges *changes;
    const EvmMap *map; /* computed for the layout's place of the map */
    const EvmLayout *layout;
    const EvmTheme *theme;
    const EvmSign *signs; /* of the theme, one an actor of the state's join */
    EvmTextMeasure measure;
    const EvmLanguage *language;
    const GArray *area; /* int32_t: provinces of the gazetteer; NULL: the whole country */
    const EvmSeries
        *series; /* of the universe, around the state's date, for the chart; NULL: none */
    const EvmTally *legend; /* whose rows and doubts the legend has, with this state's counts, so
                               that they stay where they are in a timeline; NULL: the state's own */
    const EvmState *const *earlier; /* other days on the sheet: their sources are named too */
    size_t earlier_count;
    const EvmScene *like;    /* a sheet of the same timeline, from which layers that are the same on
                                all of its sheets are taken; NULL: none */
    const EvmAreaGrid *grid; /* of evm_sheet_compute_grid, for all sheets of a timeline; NULL: made
                                where it is needed */
    EvmStripeMemo *memo;     /* filled; NULL: hatching is computed anew */
    double date_px; /* of evm_sheet_compute_date_px, for all sheets of a timeline; 0: computed */
    bool has_graticule;
    bool is_small; /* a map without a legend of its own: nothing is paler for being assumed */
    bool has_pale_doubts; /* instead of bands, which run together on small maps: a district in doubt
                             has the colour of the claim, paler */
    size_t outside;       /* claims that count and colour nothing; 0 where that is not told */
    const char *boundaries; /* "boundaries of 2014, generalised" */
    const char *credits;    /* who drew the boundaries */
    const char *software;   /* "evmap 0.1.0" */
    bool is_bare;           /* for pixels alone: districts without id and title, no table */
} EvmSheetRequest;

typedef struct {
    EvmScene *scene;               /* owned: evm_scene_free */
    GPtrArray *unplaced;           /* char *: numbers that found no place on the map; owned */
    EvmDevelopments *developments; /* with their numbers; NULL: the layout has no list; owned */
} EvmSheet;

/* The map's layers: they hold no text, need no `measure`, and are most of what is to be drawn, so
 * that drawing can begin while the rest is laid out. Free it with evm_scene_free, after the sheet.
 */
EvmScene *evm_sheet_compute_ground(const EvmSheetRequest *request);
/* The names on the map, laid out once for all sheets of a timeline, which must not outlive them.
 * District names are those that request->changes marks. Those that find no place are appended to
 * `unplaced` (char *, owned by it). */
EvmScene *evm_sheet_compute_names(const EvmSheetRequest *request, GPtrArray *unplaced);
/* Size of the line with the date: so that it keeps to one line on every day of the year, where a
 * somewhat smaller one does. */
double evm_sheet_compute_date_px(const EvmSheetRequest *request);
/* Which area lies where, for the places of numbers. Caller frees. */
EvmAreaGrid *evm_sheet_compute_grid(const EvmMap *map, const EvmLayout *layout);
/* The whole page. Its first layers are those of `ground`, then of `names`; both must outlive it. */
EvmSheet evm_sheet_compute(const EvmSheetRequest *request, const EvmScene *ground,
                           const EvmScene *names);

/* The same in two steps: what needs no names can be laid out beside them, on another thread. The
 * request must outlive the draft, which evm_draft_commit frees. */
typedef struct EvmDraft EvmDraft;
EvmDraft *evm_draft_new(const EvmSheetRequest *request, const EvmScene *ground);
EvmSheet evm_draft_commit(EvmDraft *draft, const EvmScene *names);
void evm_sheet_clear(EvmSheet *sheet);

#endif
