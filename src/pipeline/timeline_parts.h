/* Parts of the verb timeline. Only its own files use them. */
#ifndef EVM_PIPELINE_TIMELINE_PARTS_H
#define EVM_PIPELINE_TIMELINE_PARTS_H

#include "output/geojson.h"
#include "output/png_film.h"
#include "pipeline/frame_folder.h"
#include "pipeline/page.h"
#include "pipeline/timeline.h"
#include "timeline/walk.h"

typedef struct {
    EvmScene *ground; /* NULL, as is the sheet, where no picture is wanted */
    EvmSheet sheet;
    EvmChanges *changes;
    const EvmState *state; /* borrowed from the maker, until its next sheet */
} EvmFrameSheet;

/* What PNG frames share, made when the first of them is to be written. */
typedef struct EvmFrameStudio EvmFrameStudio;

/* What all frames share; constant while they are made. */
typedef struct {
    const EvmTimelineRequest *request;
    const EvmInputs *inputs;
    EvmPage page;
    GArray *dates;        /* of EvmDate: all frames, of all shards */
    EvmSeries *series;    /* of every day from the first to the last, whatever the step */
    EvmScene *names;      /* laid out once */
    double date_px;       /* likewise */
    EvmAreaGrid *grid;    /* NULL where no frame has numbers */
    EvmFrameSheet sample; /* the first day's sheet as if nothing had been reported: it has all that
                             is fixed, and no row of any frame decides about it */
    EvmGeojson *geojson;  /* NULL when none is wanted */
    GPtrArray *unplaced;  /* char * */
    EvmPalette *palette;  /* NULL when nothing is to be lost */
    EvmFrameStudio *studio;             /* NULL when no PNG is wanted */
    char keys[2][EVM_SHA256_TEXT_SIZE]; /* of what all pictures are made from; formats without ids
                                           and with them */
} EvmFrameSet;

/* Lays out what is shared. To be cleared in any case. */
bool evm_frame_set_init(EvmFrameSet *set, const EvmTimelineRequest *request,
                        const EvmInputs *inputs, EvmFonts *fonts, GError **error);
void evm_frame_set_clear(EvmFrameSet *set);

EvmDate evm_frame_set_at(const EvmFrameSet *set, size_t frame);
/* Whether the frame is of the request's shard. */
bool evm_frame_set_has(const EvmFrameSet *set, size_t frame);

/* Name of a frame's file; caller frees. */
char *evm_frame_set_format_file(const EvmFrameSet *set, size_t frame, const char *ending);
/* Names (char *) of all that index.json lists: frames, of all shards, and what is made of them. */
GPtrArray *evm_frame_set_compute_listed(const EvmFrameSet *set);
/* "latest.png" */
char *evm_frame_set_format_link(const char *ending);
/* Of what is fixed, from the sample. */
void evm_frame_set_compute_keys(EvmFrameSet *set, const EvmFonts *fonts);
/* Of all that a picture of `scene` in that format is made from: what the scene says, where, in
 * which colours and fonts, and who draws it. So it does not matter which rows of which files the
 * scene comes from. `parts`: EVM_SCENE_FIXED for a picture that is not like the sample. */
void evm_frame_set_compute_key(const EvmFrameSet *set, const EvmScene *scene, unsigned parts,
                               EvmFormat format, char key[EVM_SHA256_TEXT_SIZE]);

enum { EVM_FRAME_FORMATS = 5 }; /* that a frame can have */
/* Ending of a format among EVM_TIMELINE_FORMATS, by number from 0; NULL behind the last. */
const char *evm_frame_format_at(unsigned index, EvmFormat *format);

/* Walks through the days; belongs to one thread. */
typedef struct {
    const EvmFrameSet *set;
    EvmFonts *fonts;        /* borrowed */
    EvmWalk *walk, *before; /* of the frame's day, and of the day that it is compared with */
    EvmPainter *painter;
    EvmPngFilm *film;
    EvmStripeMemo *memo; /* NULL: of makers whose sheets may outlive them */
    GString *file;       /* the last one: room for the next */
} EvmFrameMaker;

void evm_frame_maker_init(EvmFrameMaker *maker, const EvmFrameSet *set, EvmFonts *fonts);
void evm_frame_maker_clear(EvmFrameMaker *maker);

/* The state of a day, borrowed until the next one, and the changes that a sheet shows with it. */
const EvmState *evm_frame_maker_compute_state(EvmFrameMaker *maker, EvmDate date,
                                              EvmChanges **changes);

/* What files of these formats are made of, in a state. Takes `changes`. */
EvmFrameSheet evm_frame_maker_compute_sheet(EvmFrameMaker *maker, const EvmState *state,
                                            EvmChanges *changes, unsigned formats);
/* The same on a day. */
EvmFrameSheet evm_frame_maker_compute(EvmFrameMaker *maker, EvmDate date, unsigned formats);
void evm_frame_sheet_clear(EvmFrameSheet *sheet);

/* Of all that a file of one format is made from. */
void evm_frame_maker_compute_key(EvmFrameMaker *maker, const EvmFrameSheet *sheet, EvmFormat format,
                                 char key[EVM_SHA256_TEXT_SIZE]);
/* A file of one format, borrowed until the next one. */
const GString *evm_frame_maker_compute_file(EvmFrameMaker *maker, const EvmFrameSheet *sheet,
                                            EvmFormat format, GError **error);

/* The set must outlive it. */
EvmFrameStudio *evm_frame_studio_new(const EvmFrameSet *set);
void evm_frame_studio_free(EvmFrameStudio *studio); /* NULL is fine */

/* Colours for all PNG frames, from the first one, one of the middle and the last, and from the
 * sample, whose legend has the colours of all others. The caller's, g_free; not while anybody
 * resolves. */
EvmPalette *evm_frame_studio_compute_palette(EvmFrameStudio *studio, EvmFonts *fonts,
                                             GError **error);
/* A painter and a film of the caller's own, which go on from a picture that all share. Who comes
 * first makes it, of `scene`, on all threads of the request; the others wait. */
bool evm_frame_studio_resolve(EvmFrameStudio *studio, const EvmScene *scene, EvmFonts *fonts,
                              EvmPainter **painter, EvmPngFilm **film, GError **error);

/* A file that is made of the whole timeline. */
typedef struct {
    const char *kind; /* its list in index.json: "films", "series", "charts", "multiples" */
    char *name;
    EvmFrameRecord record;
    bool is_kept; /* it was there */
} EvmWholeFile;

/* Makes those that are wanted and not there yet (none in a dry run): `records` are of all frames,
 * formats of a frame one after the other; NULL: not all are there, and films are left out. Appends
 * EvmWholeFile, in the order of index.json. */
bool evm_timeline_wholes_write(const EvmFrameSet *set, const EvmFrameRecord *records,
                               EvmFonts *fonts, EvmFrameFolder *folder, GArray *wholes,
                               GError **error);
GArray *evm_timeline_wholes_new(void);
/* Appends the names (char *) of those that are wanted, whether or not they are there. */
void evm_timeline_wholes_add_names(const EvmFrameSet *set, GPtrArray *names);

/* Names (char *) of files that a timeline has written here and that index.json will not list: to be
 * asked before it is written anew. None that this timeline leaves itself when its period grows. */
GPtrArray *evm_timeline_left_compute(const EvmFrameSet *set, const EvmFrameFolder *folder);
/* Names (char *) of links to the last frame in formats that are not wanted any more. */
GPtrArray *evm_timeline_links_compute(const EvmFrameSet *set, const EvmFrameFolder *folder);

#define EVM_TIMELINE_INDEX_NAME "index.json"
const char *evm_step_format(EvmStep step); /* "week", as in index.json */
void evm_timeline_index_write(const EvmFrameSet *set, EvmFonts *fonts,
                              const EvmFrameRecord *records, const GArray *wholes, GString *out);

#endif
