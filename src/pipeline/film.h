/* The frames of a timeline as one film, made by the program ffmpeg from their PNG files. */
#ifndef EVM_PIPELINE_FILM_H
#define EVM_PIPELINE_FILM_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    EVM_FILM_MP4 = 1 << 0,  /* H.264, 4:2:0, for every player */
    EVM_FILM_WEBM = 1 << 1, /* VP9, 4:2:0 */
    EVM_FILM_WEBP = 1 << 2, /* animated, for ever again */
    EVM_FILM_GIF = 1 << 3,  /* likewise, with 256 colours chosen from all frames */
} EvmFilm;

enum { EVM_FILM_COUNT = 4 };
/* "mp4", "webm", "webp", "gif"; by number from 0. */
const char *evm_film_format(unsigned index);

typedef struct {
    const char *folder;     /* of the frames; ffmpeg works in it */
    const GPtrArray *files; /* char *: names of PNG files in their order */
    unsigned film;          /* one of EvmFilm, by its number */
    double frames_per_s;
    double hold_s; /* how much longer the last frame stays */
    double fade_s; /* how long each frame fades into the next; 0: a cut */
} EvmFilmRequest;

/* Pictures a second in the film's file: `frames_per_s`, or a multiple of it that is smooth enough
 * for what fades. */
double evm_film_compute_rate(const EvmFilmRequest *request);

/* Appends the film's file. EVM_ERROR_OUTPUT when ffmpeg is not installed (and which package brings
 * it) or fails (and the last that it said). */
bool evm_film_write(const EvmFilmRequest *request, GString *out, GError **error);

#endif
