/* The verb timeline as a library call: a sheet for every day of a period, drawn from inputs that
 * are read once, with one layout for all. */
#ifndef EVM_PIPELINE_TIMELINE_H
#define EVM_PIPELINE_TIMELINE_H

#include "pipeline/film.h"
#include "pipeline/render.h"

typedef enum {
    EVM_STEP_DAY,
    EVM_STEP_WEEK,
    EVM_STEP_MONTH, /* the same day of every month, or its last where it has no such day */
    EVM_STEP_CHANGE /* days at whose end a district is held otherwise than the day before */
} EvmStep;

/* What a frame can be written as. */
enum {
    EVM_TIMELINE_PICTURES = EVM_FORMAT_PNG | EVM_FORMAT_SVG | EVM_FORMAT_PDF,
    EVM_TIMELINE_FORMATS = EVM_TIMELINE_PICTURES | EVM_FORMAT_CSV | EVM_FORMAT_GEOJSON
};

/* What became of one frame. */
typedef struct {
    EvmDate date;
    size_t done, total;  /* frames, of this shard */
    const char *name;    /* of its files, without their endings */
    size_t bytes;        /* of its files */
    bool is_kept;        /* all its files were there and are up to date */
    const GError *error; /* NULL: it is there */
} EvmFrameReport;

/* Called from one thread at a time. */
typedef void (*EvmFrameReporter)(void *user, const EvmFrameReport *report);
/* A file of the whole timeline is about to be made, or is there already. */
typedef void (*EvmWholeReporter)(void *user, const char *name, bool is_kept);

/* All borrowed. */
typedef struct {
    EvmRenderRequest sheet; /* its question's date is the first day; `threads` are the jobs */
    EvmDate to;
    EvmStep step;
    unsigned shard, shards; /* every `shards`-th frame, from the `shard`-th, 1 being the first */
    unsigned films;         /* EvmFilm: made when all frames are there, from their PNG files */
    bool is_lossy;          /* PNG frames have a palette of 256 colours at most */
    bool has_chart;         /* the series as a picture */
    bool has_multiples;     /* small maps of some of the frames' days on one page */
    bool has_series;        /* the counts of every day of the period as CSV */
    double frames_per_s, hold_s, fade_s;
    const char
        *build;  /* of the program, so that another one's pictures are not taken for its own */
    bool is_dry; /* only report what would be made (bytes 0) */
    EvmFrameReporter report;       /* NULL: nobody listens */
    EvmWholeReporter report_whole; /* likewise */
    void *user;
} EvmTimelineRequest;

typedef struct {
    size_t frames, made, kept, failed; /* of this shard */
    GPtrArray *whole_paths;            /* char *: of what is made of all frames, or there already;
                                          in a dry run of what would be made */
    char *index_path;       /* of index.json; NULL when it was not written, or would not be */
    GPtrArray *left;        /* char *: names of files of another timeline, which the new index has
                               not; NULL when it was not written */
    GPtrArray *links;       /* char *: likewise links ("latest.png") to a frame of one */
    EvmOpenPlaces *outside; /* of claims in force on the last day that colour nothing */
    GPtrArray *unplaced;    /* char *: names that found no place on the map */
    GPtrArray *missing;     /* char *: letters that no font has, of the frames that were made */
} EvmTimelineResult;

/* Days with a frame, the last of them `to`. EVM_ERROR_LIMIT past EVM_LIMIT_SERIES_DAYS. */
GArray *evm_timeline_compute_dates(const EvmTimelineRequest *request, const EvmInputs *inputs,
                                   GError **error); /* of EvmDate */

/* As evm_render_is_feasible, of the frames and of what is made of them all. */
bool evm_timeline_is_feasible(const EvmTimelineRequest *request, GError **error);

/* Makes the frames that are missing or were made from other inputs, and, when all are there,
 * index.json. A frame that fails is reported and counted, and stops neither the others nor what is
 * made without frames; films and index.json then wait. False when nothing could be begun: the
 * folder is in use (EVM_ERROR_OUTPUT), or errors as evm_render_write.
 */
bool evm_timeline_write(const EvmTimelineRequest *request, const EvmInputs *inputs, EvmTools *tools,
                        EvmTimelineResult *result, GError **error);
/* Writes index.json for frames that shards made. EVM_ERROR_INPUT names the first frame that is
 * missing, or made from other inputs, and how many there are. */
bool evm_timeline_merge_write(const EvmTimelineRequest *request, const EvmInputs *inputs,
                              EvmTools *tools, EvmTimelineResult *result, GError **error);
void evm_timeline_result_clear(EvmTimelineResult *result);

#endif
