#include "base/json_writer.h"
#include "output/manifest.h"
#include "pipeline/timeline_parts.h"
#include "scene/words.h"

typedef struct {
    EvmJson json;
    const EvmFrameSet *set;
    const EvmFrameRecord *records, *films;
    EvmFrameMaker *maker; /* walks through the days; draws nothing */
} Index;

static void write_pair(EvmJson *json, const char *key, const char *value)
{
    evm_json_write_key(json, key);
    evm_json_write_string(json, value);
}

static void write_number(EvmJson *json, const char *key, int64_t value)
{
    evm_json_write_key(json, key);
    evm_json_write_int(json, value);
}

static void write_file(EvmJson *json, const char *name, const EvmFrameRecord *record)
{
    evm_json_write_object_start(json);
    write_pair(json, "name", name);
    write_number(json, "bytes", record->size);
    write_pair(json, "sha256", record->sha256);
    evm_json_write_object_end(json);
}

static void write_files(Index *index, size_t frame)
{
    EvmFormat format;
    const char *ending;
    evm_json_write_key(&index->json, "files");
    evm_json_write_array_start(&index->json);
    for (unsigned i = 0; (ending = evm_frame_format_at(i, &format)); i++) {
        if (!(index->set->request->sheet.formats & format))
            continue;
        g_autofree char *name = evm_frame_set_format_file(index->set, frame, ending);
        write_file(&index->json, name, &index->records[frame * EVM_FRAME_FORMATS + i]);
    }
    evm_json_write_array_end(&index->json);
}

static void write_films(Index *index)
{
    evm_json_write_key(&index->json, "films");
    evm_json_write_array_start(&index->json);
    for (unsigned i = 0; i < EVM_FILM_COUNT; i++) {
        if (!(index->set->request->films & 1u << i))
            continue;
        g_autofree char *name = evm_frame_set_format_film(index->set, i);
        write_file(&index->json, name, &index->films[i]);
    }
    evm_json_write_array_end(&index->json);
}

static void write_counts(Index *index, const EvmState *state)
{
    EvmTally *tally = evm_tally_compute(index->set->inputs->universe, state, -1);
    evm_json_write_key(&index->json, "districts");
    evm_json_write_object_start(&index->json);
    for (size_t i = 0; i < tally->count; i++)
        write_number(&index->json, evm_control_format(state->join, tally->rows[i].control),
                     (int64_t)tally->rows[i].districts);
    evm_json_write_object_end(&index->json);
    evm_tally_free(tally);
}

static void write_frame(Index *index, size_t frame)
{
    const EvmFrameSet *set = index->set;
    char text[EVM_DATE_TEXT_SIZE];
    EvmDate date = evm_frame_set_at(set, frame);
    EvmChanges *changes;
    const EvmState *state = evm_frame_maker_compute_state(index->maker, date, &changes);
    g_autofree char *caption = evm_words_format_summary(set->request->sheet.language,
                                                        set->inputs->universe, state, changes);
    evm_json_write_object_start(&index->json);
    write_pair(&index->json, "date", evm_date_format(date, text));
    write_pair(&index->json, "caption", caption);
    write_counts(index, state);
    write_files(index, frame);
    evm_json_write_object_end(&index->json);
    evm_changes_free(changes);
}

static void write_common(Index *index)
{
    const EvmFrameSet *set = index->set;
    EvmSceneInfo info = {.software = set->request->sheet.software};
    EvmChanges *changes;
    const EvmState *state =
        evm_frame_maker_compute_state(index->maker, evm_frame_set_at(set, 0), &changes);
    EvmManifest manifest = {
        .join = set->inputs->join,
        .universe = set->inputs->universe,
        .state = state,
        .changes = changes,
        .neighbours = set->inputs->neighbours,
        .vintage = set->inputs->vintage,
        .boundaries = set->page.boundaries,
        .info = &info,
    };
    evm_manifest_write_common(&manifest, &index->json);
    evm_changes_free(changes);
}

void evm_timeline_index_write(const EvmFrameSet *set, EvmFonts *fonts,
                              const EvmFrameRecord *records, const EvmFrameRecord *films,
                              GString *out)
{
    static const char *const steps[] = {"day", "week", "month", "change"};
    EvmFrameMaker maker;
    char text[EVM_DATE_TEXT_SIZE];
    evm_frame_maker_init(&maker, set, fonts);
    Index index = {.set = set, .records = records, .films = films, .maker = &maker};
    evm_json_init(&index.json, out);
    evm_json_write_object_start(&index.json);
    write_pair(&index.json, "from", evm_date_format(evm_frame_set_at(set, 0), text));
    write_pair(&index.json, "to", evm_date_format(set->request->to, text));
    write_pair(&index.json, "step", steps[set->request->step]);
    write_number(&index.json, "width_px", (int64_t)set->request->sheet.width_px);
    write_number(&index.json, "height_px", (int64_t)set->request->sheet.height_px);
    write_common(&index);
    write_films(&index);
    evm_json_write_key(&index.json, "frames");
    evm_json_write_array_start(&index.json);
    for (size_t i = 0; i < set->dates->len; i++)
        write_frame(&index, i);
    evm_json_write_array_end(&index.json);
    evm_json_write_object_end(&index.json);
    g_string_append_c(out, '\n');
    evm_frame_maker_clear(&maker);
}
