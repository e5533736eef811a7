#include "pipeline/film.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "pipeline/frame_folder.h"

typedef struct {
    const char *ending;
    const char *container; /* as ffmpeg calls it: the temporary name does not tell */
    const char *filter;    /* behind the one that gives frames their pace */
    const char *options;
} Kind;

/* Colours are those of the PNG: BT.709, the range of video. Sides are even for 4:2:0. */
#define VIDEO                                                                                      \
    "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white,scale=out_color_matrix=bt709:out_range=tv,"         \
    "format=yuv420p"
#define TAGS " -colorspace bt709 -color_primaries bt709 -color_trc bt709"

static const Kind kinds[EVM_FILM_COUNT] = {
    {"mp4", "mp4", VIDEO, "-c:v libx264 -preset medium -crf 18 -movflags +faststart" TAGS},
    {"webm", "webm", VIDEO, "-c:v libvpx-vp9 -crf 24 -b:v 0 -row-mt 1 -cpu-used 4" TAGS},
    {"webp", "webp", "format=rgba", "-c:v libwebp_anim -lossless 1 -compression_level 2 -loop 0"},
    {"gif", "gif", "split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none",
     "-loop 0"},
};

const char *evm_film_format(unsigned index)
{
    return kinds[index].ending;
}

/* For ffmpeg's concat demuxer. Without times: it rounds them to 1/25 s. */
static char *format_list(const EvmFilmRequest *request)
{
    GString *list = g_string_new("ffconcat version 1.0\n");
    for (guint i = 0; i < request->files->len; i++)
        g_string_append_printf(list, "file '%s'\n", (char *)request->files->pdata[i]);
    return g_string_free(list, FALSE);
}

double evm_film_compute_rate(const EvmFilmRequest *request)
{
    enum { SMOOTH_PER_S = 25, SMOOTH_GIF_PER_S = 17 };
    double smooth = 1u << request->film == EVM_FILM_GIF ? SMOOTH_GIF_PER_S : SMOOTH_PER_S;
    double times = request->fade_s > 0 ? ceil(smooth / request->frames_per_s) : 1;
    return request->frames_per_s * times;
}

/* Picture n is shown at n / frames_per_s, the last one again and again while it is held. The mean
 * of the last few pictures fades from one to the next and leaves what stays alone as it is. */
static char *format_pace(const EvmFilmRequest *request)
{
    char pace[G_ASCII_DTOSTR_BUF_SIZE], rate[G_ASCII_DTOSTR_BUF_SIZE];
    double per_s = evm_film_compute_rate(request);
    g_ascii_formatd(pace, sizeof pace, "%.6f", request->frames_per_s);
    g_ascii_formatd(rate, sizeof rate, "%.6f", per_s);
    int held = (int)lround(request->hold_s * per_s), between = (int)(request->fade_s * per_s);
    g_autofree char *fade = request->fade_s > 0
                                ? g_strdup_printf("tmix=frames=%d,", 1 + MAX(1, between))
                                : g_strdup("");
    return g_strdup_printf("settb=AVTB,setpts=N/(%s*TB),fps=%s,%stpad=stop_mode=clone:stop=%d",
                           pace, rate, fade, held);
}

static char *format_command(const EvmFilmRequest *request, const char *list, const char *part)
{
    const Kind *kind = &kinds[request->film];
    g_autofree char *pace = format_pace(request);
    return g_strdup_printf("ffmpeg -v error -nostdin -y -f concat -safe 0 -i %s -vf \"%s,%s\" "
                           "%s -map_metadata -1 -fflags +bitexact -flags:v +bitexact -f %s %s",
                           list, pace, kind->filter, kind->options, kind->container, part);
}

static bool refuse(const EvmFilmRequest *request, const char *reason, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT, "%s: the %s cannot be made: %s",
                request->folder, kinds[request->film].ending, reason);
    return false;
}

/* Of what ffmpeg said, the last line. */
static const char *find_last_line(char *text)
{
    g_strchomp(text);
    const char *end = strrchr(text, '\n');
    return end ? end + 1 : text;
}

/* `said` on standard error. */
static bool is_done(const EvmFilmRequest *request, int status, char *said, GError **error)
{
    g_autoptr(GError) ended = NULL;
    if (g_spawn_check_wait_status(status, &ended))
        return true;
    const char *line = find_last_line(said);
    g_autofree char *reason = g_strdup_printf("ffmpeg says: %s", line[0] ? line : ended->message);
    return refuse(request, reason, error);
}

static bool run_ffmpeg(const EvmFilmRequest *request, const char *command, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *said = NULL;
    g_autoptr(GError) reason = NULL;
    int status = 0;
    if (!g_shell_parse_argv(command, NULL, &words, &reason))
        return refuse(request, reason->message, error);
    if (!g_spawn_sync(request->folder, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said,
                      &status, &reason))
        return refuse(request,
                      g_error_matches(reason, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)
                          ? "ffmpeg is not installed: apt-get install ffmpeg"
                          : reason->message,
                      error);
    return is_done(request, status, said, error);
}

static bool load_part(const EvmFilmRequest *request, const char *path, GString *out, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *data = NULL;
    gsize size;
    if (!g_file_get_contents(path, &data, &size, &reason))
        return refuse(request, reason->message, error);
    g_string_append_len(out, data, (gssize)size);
    return true;
}

/* A name that only this run has: the ffmpeg of a run that was killed may still be writing. */
static char *format_part(const char *ending)
{
    g_autofree char *name = g_strdup_printf("%08x.%s", g_random_int(), ending);
    return evm_frame_folder_format_part(name);
}

bool evm_film_write(const EvmFilmRequest *request, GString *out, GError **error)
{
    g_autofree char *list_name = format_part("list");
    g_autofree char *part_name = format_part(kinds[request->film].ending);
    g_autofree char *list_path = g_build_filename(request->folder, list_name, NULL);
    g_autofree char *part_path = g_build_filename(request->folder, part_name, NULL);
    g_autofree char *list = format_list(request);
    g_autofree char *command = format_command(request, list_name, part_name);
    g_autoptr(GError) reason = NULL;
    bool done = g_file_set_contents(list_path, list, -1, &reason) ||
                refuse(request, reason->message, error);
    done = done && run_ffmpeg(request, command, error) && load_part(request, part_path, out, error);
    g_unlink(list_path);
    g_unlink(part_path);
    return done;
}
