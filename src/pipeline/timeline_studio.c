#include "pipeline/timeline_parts.h"

struct EvmFrameStudio {
    const EvmFrameSet *set;
    GMutex mutex; /* guards what is below while it is made; it is constant from then on */
    EvmBackdrop *backdrop;
    EvmPainter *painter; /* that drew the first frame */
    EvmPngFilm *film;    /* that has it; NULL until then */
};

EvmFrameStudio *evm_frame_studio_new(const EvmFrameSet *set)
{
    EvmFrameStudio *studio = g_new0(EvmFrameStudio, 1);
    studio->set = set;
    g_mutex_init(&studio->mutex);
    return studio;
}

static void forget_picture(EvmFrameStudio *studio)
{
    g_clear_pointer(&studio->film, evm_png_film_free);
    g_clear_pointer(&studio->painter, evm_painter_free);
}

void evm_frame_studio_free(EvmFrameStudio *studio)
{
    if (!studio)
        return;
    forget_picture(studio);
    evm_backdrop_free(studio->backdrop);
    g_mutex_clear(&studio->mutex);
    g_free(studio);
}

static const EvmScene *find_sample(const EvmFrameStudio *studio)
{
    return studio->set->sample.sheet.scene;
}

static EvmPainter *painter_new(EvmFrameStudio *studio, EvmFonts *fonts, GError **error)
{
    const EvmRenderRequest *sheet = &studio->set->request->sheet;
    if (!studio->backdrop)
        studio->backdrop =
            evm_backdrop_new(find_sample(studio), sheet->scale, sheet->threads, error);
    return studio->backdrop ? evm_painter_new(studio->backdrop, fonts) : NULL;
}

static bool count_colors(EvmColorCounts *counts, EvmPainter *painter, const EvmScene *scene,
                         GError **error)
{
    if (!evm_painter_draw(painter, scene, 1, error))
        return false;
    EvmRaster picture = evm_painter_compute_raster(painter);
    evm_color_counts_add(counts, &picture);
    evm_raster_clear(&picture);
    return true;
}

static bool count_all_colors(const EvmFrameStudio *studio, EvmFonts *fonts, EvmPainter *painter,
                             EvmColorCounts *counts, GError **error)
{
    const EvmFrameSet *set = studio->set;
    size_t count = set->dates->len, frames[] = {0, count / 2, count - 1};
    EvmFrameMaker maker;
    evm_frame_maker_init(&maker, set, fonts);
    bool done = count_colors(counts, painter, find_sample(studio), error);
    for (size_t i = 0; done && i < G_N_ELEMENTS(frames); i++) {
        EvmFrameSheet frame =
            evm_frame_maker_compute(&maker, evm_frame_set_at(set, frames[i]), EVM_FORMAT_PNG);
        done = count_colors(counts, painter, frame.sheet.scene, error);
        evm_frame_sheet_clear(&frame);
    }
    evm_frame_maker_clear(&maker);
    return done;
}

EvmPalette *evm_frame_studio_compute_palette(EvmFrameStudio *studio, EvmFonts *fonts,
                                             GError **error)
{
    EvmPalette *palette = NULL;
    EvmPainter *painter = painter_new(studio, fonts, error);
    EvmColorCounts *counts = evm_color_counts_new();
    if (painter && count_all_colors(studio, fonts, painter, counts, error))
        palette = evm_palette_new(counts);
    evm_color_counts_free(counts);
    evm_painter_free(painter);
    return palette;
}

/* The sample decides about the codes of all frames, whichever of them comes first. */
static bool open_studio(EvmFrameStudio *studio, const EvmScene *scene, EvmFonts *fonts,
                        GError **error)
{
    unsigned threads = studio->set->request->sheet.threads;
    EvmPainter *painter = studio->painter = painter_new(studio, fonts, error);
    if (!painter || !evm_painter_draw(painter, find_sample(studio), threads, error))
        return false;
    studio->film = evm_png_film_new(painter, studio->set->palette, error);
    if (!studio->film || !evm_painter_draw(painter, scene, threads, error))
        return false;
    evm_png_film_compute(studio->film, painter, threads);
    return true;
}

bool evm_frame_studio_resolve(EvmFrameStudio *studio, const EvmScene *scene, EvmFonts *fonts,
                              EvmPainter **painter, EvmPngFilm **film, GError **error)
{
    g_mutex_lock(&studio->mutex);
    bool is_open = studio->film || open_studio(studio, scene, fonts, error);
    if (!is_open)
        forget_picture(studio); /* another frame may fare better */
    g_mutex_unlock(&studio->mutex);
    if (!is_open)
        return false;
    *painter = evm_painter_new_like(studio->painter, fonts);
    *film = evm_png_film_new_like(studio->film);
    return true;
}
