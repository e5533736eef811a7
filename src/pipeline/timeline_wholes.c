/* What is made of a whole timeline, when all its frames are there: films, the series and its chart,
 * small multiples, and what goes with a film. */
#include <math.h>
#include <string.h>

#include "output/series_table.h"
#include "pipeline/scene_key.h"
#include "pipeline/timeline_parts.h"
#include "scene/multiples.h"
#include "scene/series_chart.h"
#include "scene/words.h"

typedef struct {
    const EvmFrameSet *set;
    const EvmFrameRecord *records;
    EvmFonts *fonts;
    EvmFrameFolder *folder;
    GArray *wholes;
} Work;

/* Writes the file that `user` stands for. */
typedef bool (*Fill)(const Work *work, const void *user, GString *out, GError **error);

/* A picture of the whole period. */
typedef struct {
    const EvmScene *scene;
    EvmFormat format;
} Picture;

static void clear_whole(gpointer data)
{
    g_free(((EvmWholeFile *)data)->name);
}

GArray *evm_timeline_wholes_new(void)
{
    GArray *wholes = g_array_new(FALSE, TRUE, sizeof(EvmWholeFile));
    g_array_set_clear_func(wholes, clear_whole);
    return wholes;
}

/* "afghanistan-2021-05-01-to-2021-08-15" and the rest. What has the frames in it is another file
 * for another step. */
static char *format_name(const EvmFrameSet *set, const char *kind, const char *rest)
{
    static const char *const steps[] = {"", "-by-week", "-by-month", "-by-change"};
    bool is_daily = strcmp(kind, "series") == 0 || strcmp(kind, "charts") == 0;
    g_autofree char *name =
        evm_page_format_period(&set->page, evm_frame_set_at(set, 0), set->request->to);
    return g_strconcat(name, is_daily ? "" : steps[set->request->step], rest, NULL);
}

static const char POSTER_REST[] = "-poster.png", CAPTIONS_REST[] = ".vtt",
                  SERIES_REST[] = "-series.csv";

static bool has_companions(const EvmTimelineRequest *request)
{
    return request->films & (EVM_FILM_MP4 | EVM_FILM_WEBM);
}

static char *format_film_rest(unsigned film)
{
    return g_strconcat(".", evm_film_format(film), NULL);
}

static char *format_picture_rest(const char *name, const char *ending)
{
    return g_strdup_printf("-%s.%s", name, ending);
}

/* In the formats of the frames' pictures, or as PNG when these have none. */
static unsigned find_picture_formats(const EvmTimelineRequest *request)
{
    unsigned pictures = request->sheet.formats & EVM_TIMELINE_PICTURES;
    return pictures ? pictures : EVM_FORMAT_PNG;
}

static void add_picture_names(const EvmFrameSet *set, const char *kind, const char *name,
                              GPtrArray *names)
{
    EvmFormat format;
    const char *ending;
    for (unsigned i = 0; (ending = evm_frame_format_at(i, &format)); i++) {
        g_autofree char *rest = format_picture_rest(name, ending);
        if (find_picture_formats(set->request) & format)
            g_ptr_array_add(names, format_name(set, kind, rest));
    }
}

void evm_timeline_wholes_add_names(const EvmFrameSet *set, GPtrArray *names)
{
    const EvmTimelineRequest *request = set->request;
    for (unsigned i = 0; i < EVM_FILM_COUNT; i++) {
        g_autofree char *rest = format_film_rest(i);
        if (request->films & 1u << i)
            g_ptr_array_add(names, format_name(set, "films", rest));
    }
    if (has_companions(request)) {
        g_ptr_array_add(names, format_name(set, "posters", POSTER_REST));
        g_ptr_array_add(names, format_name(set, "captions", CAPTIONS_REST));
    }
    if (request->has_series)
        g_ptr_array_add(names, format_name(set, "series", SERIES_REST));
    if (request->has_chart)
        add_picture_names(set, "charts", "chart", names);
    if (request->has_multiples)
        add_picture_names(set, "multiples", "multiples", names);
}

/* A file that is there, and made from what `key` stands for, is kept. */
static bool add_whole(const Work *work, const char *kind, const char *rest,
                      const char key[EVM_SHA256_TEXT_SIZE], Fill fill, const void *user,
                      GError **error)
{
    g_autoptr(GString) data = g_string_new(NULL);
    EvmWholeFile whole = {.kind = kind, .name = format_name(work->set, kind, rest)};
    const EvmTimelineRequest *request = work->set->request;
    whole.is_kept = evm_frame_folder_find(work->folder, whole.name, key, &whole.record);
    if (request->report_whole && !request->is_dry)
        request->report_whole(request->user, whole.name, whole.is_kept);
    bool done = whole.is_kept || request->is_dry ||
                (fill(work, user, data, error) &&
                 evm_frame_folder_write(work->folder, whole.name, key, data->str, data->len,
                                        &whole.record, error));
    g_array_append_val(work->wholes, whole);
    return done;
}

static bool fill_text(const Work *work, const void *user, GString *out, GError **error)
{
    const GString *text = user;
    (void)work, (void)error;
    g_string_append_len(out, text->str, (gssize)text->len);
    return true;
}

/* Its content is soon told, and is the key. Frees `text`. */
static bool add_text(const Work *work, const char *kind, const char *rest, GString *text,
                     GError **error)
{
    char key[EVM_SHA256_TEXT_SIZE];
    evm_sha256_compute(text->str, text->len, key);
    bool done = add_whole(work, kind, rest, key, fill_text, text, error);
    g_string_free(text, TRUE);
    return done;
}

static bool fill_film(const Work *work, const void *user, GString *out, GError **error)
{
    (void)work;
    return evm_film_write(user, out, error);
}

static GPtrArray *list_pictures(const EvmFrameSet *set)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < set->dates->len; i++)
        g_ptr_array_add(names, evm_frame_set_format_file(set, i, "png"));
    return names;
}

/* Of the PNG files, and the film's own request. */
static void compute_film_key(const Work *work, const EvmFilmRequest *film,
                             char key[EVM_SHA256_TEXT_SIZE])
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "%s %u %d %d %d\n", work->set->request->build, film->film,
                    (int)(film->frames_per_s * 1000), (int)(film->hold_s * 1000),
                    (int)(film->fade_s * 1000));
    for (size_t i = 0; i < work->set->dates->len; i++)
        g_string_append(text, work->records[i * EVM_FRAME_FORMATS].sha256);
    evm_sha256_compute(text->str, text->len, key);
}

static bool add_films(const Work *work, GError **error)
{
    const EvmTimelineRequest *request = work->set->request;
    g_autoptr(GPtrArray) pictures = list_pictures(work->set);
    bool done = true;
    for (unsigned i = 0; done && i < EVM_FILM_COUNT; i++) {
        EvmFilmRequest film = {request->sheet.out_folder, pictures,        i,
                               request->frames_per_s,     request->hold_s, request->fade_s};
        if (!(request->films & 1u << i))
            continue;
        g_autofree char *rest = format_film_rest(i);
        char key[EVM_SHA256_TEXT_SIZE];
        compute_film_key(work, &film, key);
        done = add_whole(work, "films", rest, key, fill_film, &film, error);
    }
    return done;
}

/* What a page shows before the film is played: the last frame. */
static bool fill_poster(const Work *work, const void *user, GString *out, GError **error)
{
    (void)user;
    size_t last = work->set->dates->len - 1;
    g_autofree char *name = evm_frame_set_format_file(work->set, last, "png");
    g_autofree char *path = g_build_filename(work->set->request->sheet.out_folder, name, NULL);
    EvmInputFile file = {0};
    if (!evm_input_file_load(&file, path, (size_t)work->records[last * EVM_FRAME_FORMATS].size,
                             error))
        return false;
    g_string_append_len(out, file.data, (gssize)file.size);
    evm_input_file_clear(&file);
    return true;
}

/* "00:01:02.250" */
static void append_time(GString *out, double s)
{
    int64_t ms = (int64_t)llround(s * 1000);
    g_string_append_printf(out, "%02d:%02d:%02d.%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
                           (int)(ms / 1000 % 60), (int)(ms % 1000));
}

/* What a frame says, in words, while it is shown. */
static void append_cue(const Work *work, EvmFrameMaker *maker, size_t frame, GString *out)
{
    const EvmFrameSet *set = work->set;
    const EvmLanguage *language = set->request->sheet.language;
    double per_s = set->request->frames_per_s;
    bool is_last = frame + 1 == set->dates->len;
    EvmDate date = evm_frame_set_at(set, frame);
    EvmChanges *changes;
    const EvmState *state = evm_frame_maker_compute_state(maker, date, &changes);
    g_autofree char *day = evm_language_format_date(language, date);
    g_autofree char *words =
        evm_words_format_summary(language, set->inputs->universe, state, changes);
    append_time(out, (double)frame / per_s);
    g_string_append(out, " --> ");
    append_time(out, (double)(frame + 1) / per_s + (is_last ? set->request->hold_s : 0));
    g_string_append_printf(out, "\n%s\n%s\n\n", day, words);
    evm_changes_free(changes);
}

/* WebVTT (W3C, 2019): a cue a frame. */
static GString *format_captions(const Work *work)
{
    GString *out = g_string_new(NULL);
    EvmFrameMaker maker;
    evm_frame_maker_init(&maker, work->set, work->fonts);
    g_string_append(out, "WEBVTT\n\n");
    for (size_t i = 0; i < work->set->dates->len; i++)
        append_cue(work, &maker, i, out);
    evm_frame_maker_clear(&maker);
    return out;
}

/* What a page embeds beside a film that has controls. */
static bool add_companions(const Work *work, GError **error)
{
    const EvmTimelineRequest *request = work->set->request;
    size_t last = work->set->dates->len - 1;
    if (!has_companions(request))
        return true;
    const char *key = work->records[last * EVM_FRAME_FORMATS].sha256;
    return add_whole(work, "posters", POSTER_REST, key, fill_poster, NULL, error) &&
           add_text(work, "captions", CAPTIONS_REST, format_captions(work), error);
}

/* Every day of the period, whatever the step between the frames. */
static GString *format_series(const Work *work)
{
    GString *out = g_string_new(NULL);
    EvmTable *table = evm_table_new();
    evm_series_write(table, work->set->inputs->join, work->set->series, EVM_BY_ALL);
    evm_table_write(table, EVM_TABLE_CSV, out);
    evm_table_free(table);
    return out;
}

/* Days spread evenly over the timeline, the first and the last among them. */
static EvmState **compute_states(const EvmFrameSet *set, size_t count)
{
    EvmState **states = g_new0(EvmState *, count + 1);
    EvmQuestion question = set->request->sheet.question;
    for (size_t i = 0; i < count; i++) {
        size_t frame = count == 1 ? set->dates->len - 1
                                  : (i * (set->dates->len - 1) + (count - 1) / 2) / (count - 1);
        question.date = evm_frame_set_at(set, frame);
        states[i] = evm_state_compute(set->inputs->join, &question);
    }
    return states;
}

/* A page about the whole period, once its days are chosen. */
typedef EvmScene *(*LayOut)(const Work *work, const EvmPeriodRequest *period, GError **error);

static EvmScene *lay_out_multiples(const Work *work, const EvmPeriodRequest *period, GError **error)
{
    EvmMultiplesRequest request = {*period, evm_page_compute_map_request(&work->set->page)};
    request.map.neighbours = NULL;
    return evm_multiples_compute(&request, error);
}

static EvmScene *lay_out_chart(const Work *work, const EvmPeriodRequest *period, GError **error)
{
    (void)work, (void)error;
    return evm_series_chart_compute(period);
}

/* The sheet of the last of the days. */
static EvmScene *lay_out_days(const Work *work, const EvmPeriodRequest *days,
                              const EvmLayout *layout, LayOut lay_out, GError **error)
{
    const EvmFrameSet *set = work->set;
    EvmPeriodRequest period = *days;
    const EvmState *last = period.states[period.count - 1];
    EvmQuestion before = last->question;
    before.date.days -= EVM_CHANGE_DAYS;
    EvmChanges *changes = evm_changes_compute(set->inputs->join, &before, &last->question);
    EvmSheetRequest sheet = evm_page_compute_request(&set->page, last, changes);
    sheet.layout = layout;
    sheet.measure = evm_fonts_compute_measure(work->fonts);
    sheet.earlier = period.states;
    sheet.earlier_count = period.count - 1;
    period.sheet = &sheet;
    EvmScene *scene = lay_out(work, &period, error);
    evm_changes_free(changes);
    return scene;
}

static EvmScene *compute_page(const Work *work, LayOut lay_out, GError **error)
{
    const EvmFrameSet *set = work->set;
    const EvmRenderRequest *page = &set->request->sheet;
    EvmLayout layout = evm_period_compute_layout(page->width_px, page->height_px,
                                                 evm_language_is_rtl(page->language));
    size_t total = set->dates->len;
    size_t count =
        lay_out == lay_out_multiples ? evm_multiples_count(&layout, set->page.map, total) : total;
    EvmState **states = compute_states(set, count);
    EvmPeriodRequest period = {NULL, (const EvmState *const *)states, count, total, set->series};
    EvmScene *scene = lay_out_days(work, &period, &layout, lay_out, error);
    for (size_t i = 0; i < count; i++)
        evm_state_free(states[i]);
    g_free(states);
    return scene;
}

static bool write_png(const Work *work, const EvmScene *scene, GString *out, GError **error)
{
    const EvmRenderRequest *page = &work->set->request->sheet;
    EvmRaster raster;
    if (!evm_raster_init(&raster, scene, work->fonts, page->scale, page->threads, error))
        return false;
    bool done = evm_png_write(&raster, &scene->info, page->scale, page->threads, out, error);
    evm_raster_clear(&raster);
    return done;
}

static bool fill_picture(const Work *work, const void *user, GString *out, GError **error)
{
    const Picture *picture = user;
    if (picture->format == EVM_FORMAT_PNG)
        return write_png(work, picture->scene, out, error);
    if (picture->format == EVM_FORMAT_SVG)
        return evm_svg_write(picture->scene, out, error);
    return evm_scene_draw_pdf(picture->scene, work->fonts, out, error);
}

static bool add_pictures(const Work *work, const char *kind, const char *name, LayOut lay_out,
                         GError **error)
{
    unsigned wanted = find_picture_formats(work->set->request);
    const char *ending;
    EvmScene *scene = compute_page(work, lay_out, error);
    Picture picture = {.scene = scene};
    bool done = scene != NULL;
    for (unsigned i = 0; done && (ending = evm_frame_format_at(i, &picture.format)); i++) {
        g_autofree char *rest = format_picture_rest(name, ending);
        char key[EVM_SHA256_TEXT_SIZE];
        if (!(wanted & picture.format))
            continue;
        evm_frame_set_compute_key(work->set, scene, EVM_SCENE_FIXED, picture.format, key);
        done = add_whole(work, kind, rest, key, fill_picture, &picture, error);
    }
    evm_scene_free(scene);
    return done;
}

bool evm_timeline_wholes_write(const EvmFrameSet *set, const EvmFrameRecord *records,
                               EvmFonts *fonts, EvmFrameFolder *folder, GArray *wholes,
                               GError **error)
{
    Work work = {set, records, fonts, folder, wholes};
    return (!records || (add_films(&work, error) && add_companions(&work, error))) &&
           (!set->request->has_series ||
            add_text(&work, "series", SERIES_REST, format_series(&work), error)) &&
           (!set->request->has_chart ||
            add_pictures(&work, "charts", "chart", lay_out_chart, error)) &&
           (!set->request->has_multiples ||
            add_pictures(&work, "multiples", "multiples", lay_out_multiples, error));
}
