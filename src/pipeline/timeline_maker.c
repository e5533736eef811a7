#include "output/holdings.h"
#include "pipeline/timeline_parts.h"
#include "timeline/walk.h"

void evm_frame_maker_init(EvmFrameMaker *maker, const EvmFrameSet *set, EvmFonts *fonts)
{
    *maker = (EvmFrameMaker){.set = set, .fonts = fonts};
}

void evm_frame_maker_clear(EvmFrameMaker *maker)
{
    evm_walk_free(maker->walk);
    evm_walk_free(maker->before);
    evm_png_film_free(maker->film);
    evm_painter_free(maker->painter);
    evm_stripe_memo_free(maker->memo);
    if (maker->file)
        g_string_free(maker->file, TRUE);
    *maker = (EvmFrameMaker){0};
}

/* Days that come in order cost little; for one that lies behind, the walk begins anew. */
static const EvmState *walk_to(EvmWalk **walk, const EvmFrameSet *set, EvmDate date)
{
    EvmQuestion question = set->request->sheet.question;
    if (*walk && (*walk)->state->question.date.days > date.days)
        g_clear_pointer(walk, evm_walk_free);
    question.date = date;
    if (!*walk)
        *walk = evm_walk_new(set->inputs->join, &question);
    while ((*walk)->state->question.date.days < date.days)
        evm_walk_compute_next(*walk);
    return (*walk)->state;
}

const EvmState *evm_frame_maker_compute_state(EvmFrameMaker *maker, EvmDate date,
                                              EvmChanges **changes)
{
    EvmDate before = {date.days - EVM_CHANGE_DAYS};
    const EvmState *state = walk_to(&maker->walk, maker->set, date);
    *changes = evm_changes_compute_between(walk_to(&maker->before, maker->set, before), state);
    return state;
}

EvmFrameSheet evm_frame_maker_compute_sheet(EvmFrameMaker *maker, const EvmState *state,
                                            EvmChanges *changes, unsigned formats)
{
    const EvmFrameSet *set = maker->set;
    EvmFrameSheet frame = {.state = state, .changes = changes};
    if (!(formats & EVM_TIMELINE_PICTURES))
        return frame;
    EvmSheetRequest request = evm_page_compute_request(&set->page, frame.state, frame.changes);
    request.is_bare = !(formats & EVM_TIMELINE_PICTURES & ~(unsigned)EVM_FORMAT_PNG);
    request.like = set->sample.sheet.scene;
    request.grid = set->grid;
    request.date_px = set->date_px;
    request.memo = maker->memo;
    request.measure = evm_fonts_compute_measure(maker->fonts);
    frame.ground = evm_sheet_compute_ground(&request);
    frame.sheet = evm_sheet_compute(&request, frame.ground, set->names);
    return frame;
}

EvmFrameSheet evm_frame_maker_compute(EvmFrameMaker *maker, EvmDate date, unsigned formats)
{
    EvmChanges *changes;
    const EvmState *state = evm_frame_maker_compute_state(maker, date, &changes);
    return evm_frame_maker_compute_sheet(maker, state, changes, formats);
}

void evm_frame_sheet_clear(EvmFrameSheet *frame)
{
    evm_sheet_clear(&frame->sheet);
    evm_scene_free(frame->ground);
    evm_changes_free(frame->changes);
    *frame = (EvmFrameSheet){0};
}

static bool write_png(EvmFrameMaker *maker, const EvmScene *scene, GString *out, GError **error)
{
    const EvmFrameSet *set = maker->set;
    if (!maker->painter && !evm_frame_studio_resolve(set->studio, scene, maker->fonts,
                                                     &maker->painter, &maker->film, error))
        return false;
    bool done = evm_painter_draw(maker->painter, scene, 1, error) &&
                evm_png_film_write(maker->film, maker->painter, &scene->info,
                                   set->request->sheet.scale, out, error);
    if (!done) { /* the next frame begins anew */
        g_clear_pointer(&maker->film, evm_png_film_free);
        g_clear_pointer(&maker->painter, evm_painter_free);
    }
    return done;
}

static bool write_format(EvmFrameMaker *maker, const EvmFrameSheet *sheet, EvmFormat format,
                         GString *out, GError **error)
{
    const EvmScene *scene = sheet->sheet.scene;
    switch (format) {
    case EVM_FORMAT_SVG:
        return evm_svg_write(scene, out, error);
    case EVM_FORMAT_PDF:
        return evm_scene_draw_pdf(scene, maker->fonts, out, error);
    case EVM_FORMAT_CSV:
        evm_holdings_write_csv(maker->set->inputs->universe, sheet->state, out);
        return true;
    case EVM_FORMAT_GEOJSON:
        evm_geojson_write(maker->set->geojson, sheet->state, sheet->changes,
                          maker->set->request->sheet.software, out);
        return true;
    case EVM_FORMAT_PNG:
    case EVM_FORMAT_SVG_OUTLINED:
        break;
    }
    return write_png(maker, scene, out, error);
}

/* Memory that is touched for the first time costs more than filling it. */
const GString *evm_frame_maker_compute_file(EvmFrameMaker *maker, const EvmFrameSheet *sheet,
                                            EvmFormat format, GError **error)
{
    if (!maker->file)
        maker->file = g_string_new(NULL);
    g_string_truncate(maker->file, 0);
    return write_format(maker, sheet, format, maker->file, error) ? maker->file : NULL;
}

/* A table stands for itself. */
void evm_frame_maker_compute_key(EvmFrameMaker *maker, const EvmFrameSheet *sheet, EvmFormat format,
                                 char key[EVM_SHA256_TEXT_SIZE])
{
    if (format & EVM_TIMELINE_PICTURES) {
        evm_frame_set_compute_key(maker->set, sheet->sheet.scene, 0, format, key);
        return;
    }
    const GString *table = evm_frame_maker_compute_file(maker, sheet, format, NULL);
    evm_sha256_compute(table->str, table->len, key);
}
