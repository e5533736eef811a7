#include "base/json_writer.h"
#include "output/manifest.h"
#include "pipeline/timeline_parts.h"
#include "scene/words.h"

typedef struct {
    EvmJson json;
    const EvmFrameSet *set;
    const EvmFrameRecord *records;
    EvmFrameMaker *maker; /* walks through the days; draws nothing */
    EvmHolding *before;   /* of the frame before, one an area; NULL on the first */
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

/* Of one kind after the other, each a list of its own. */
static void write_wholes(Index *index, const GArray *wholes)
{
    const char *kind = NULL;
    for (guint i = 0; i < wholes->len; i++) {
        const EvmWholeFile *whole = &g_array_index(wholes, EvmWholeFile, i);
        if (kind != whole->kind) {
            if (kind)
                evm_json_write_array_end(&index->json);
            evm_json_write_key(&index->json, kind = whole->kind);
            evm_json_write_array_start(&index->json);
        }
        write_file(&index->json, whole->name, &whole->record);
    }
    if (kind)
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

static bool is_same(const EvmHolding *a, const EvmHolding *b)
{
    return a->claim == b->claim && a->other_claim == b->other_claim && a->doubt == b->doubt &&
           a->is_stale == b->is_stale && evm_control_is_equal(a->control, b->control);
}

static void write_event(Index *index, const char *key, const EvmJoin *join, int32_t claim)
{
    if (claim >= 0)
        write_pair(&index->json, key, join->events->items[join->claims[claim].event].id);
}

/* Who holds an area, and by which rows. */
static void write_holding(Index *index, const EvmState *state, size_t area,
                          const EvmHolding *holding)
{
    const EvmUniverse *universe = index->set->inputs->universe;
    int32_t district = universe->area_district[area];
    evm_json_write_object_start(&index->json);
    write_pair(&index->json, "pcode",
               district < 0 ? universe->geodata->areas[area].pcode
                            : universe->gazetteer->districts[district].pcode);
    write_pair(&index->json, "control", evm_control_format(state->join, holding->control));
    write_pair(&index->json, "doubt", evm_doubt_format(holding->doubt));
    write_event(index, "event", state->join, holding->claim);
    write_event(index, "other_event", state->join, holding->other_claim);
    evm_json_write_object_end(&index->json);
}

/* All areas on the first frame, then those that are held otherwise, or by other rows, than on the
 * frame before. */
static void write_holdings(Index *index, const EvmState *state)
{
    const EvmUniverse *universe = index->set->inputs->universe;
    size_t count = universe->geodata->area_count;
    bool is_first = !index->before;
    if (is_first)
        index->before = g_new(EvmHolding, count + 1);
    evm_json_write_key(&index->json, "holdings");
    evm_json_write_array_start(&index->json);
    for (size_t area = 0; area < count; area++) {
        EvmHolding holding = evm_universe_holding_at(universe, state, area);
        if (universe->is_counted[area] && (is_first || !is_same(&holding, &index->before[area])))
            write_holding(index, state, area, &holding);
        index->before[area] = holding;
    }
    evm_json_write_array_end(&index->json);
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
    write_holdings(index, state);
    evm_json_write_object_end(&index->json);
    evm_changes_free(changes);
}

/* Whose PNG frames are not what was drawn. */
static void write_palette(Index *index)
{
    const EvmPalette *palette = index->set->palette;
    if (!palette)
        return;
    evm_json_write_key(&index->json, "png_palette");
    evm_json_write_object_start(&index->json);
    evm_json_write_key(&index->json, "lossy");
    evm_json_write_bool(&index->json, true);
    write_number(&index->json, "colors", palette->count);
    evm_json_write_object_end(&index->json);
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
        .theme = set->request->sheet.theme,
        .language = set->request->sheet.language,
        .area_name = set->inputs->area_name,
        .vintage = set->inputs->vintage,
        .boundaries = set->page.boundaries,
        .info = &info,
    };
    evm_manifest_write_common(&manifest, &index->json);
    evm_changes_free(changes);
}

const char *evm_step_format(EvmStep step)
{
    static const char *const words[] = {"day", "week", "month", "change"};
    return words[step];
}

void evm_timeline_index_write(const EvmFrameSet *set, EvmFonts *fonts,
                              const EvmFrameRecord *records, const GArray *wholes, GString *out)
{
    EvmFrameMaker maker;
    char text[EVM_DATE_TEXT_SIZE];
    evm_frame_maker_init(&maker, set, fonts);
    Index index = {.set = set, .records = records, .maker = &maker};
    evm_json_init(&index.json, out);
    evm_json_write_object_start(&index.json);
    write_pair(&index.json, "from", evm_date_format(evm_frame_set_at(set, 0), text));
    write_pair(&index.json, "to", evm_date_format(set->request->to, text));
    write_pair(&index.json, "step", evm_step_format(set->request->step));
    write_number(&index.json, "width_px", (int64_t)set->request->sheet.width_px);
    write_number(&index.json, "height_px", (int64_t)set->request->sheet.height_px);
    write_palette(&index);
    write_common(&index);
    write_wholes(&index, wholes);
    evm_json_write_key(&index.json, "frames");
    evm_json_write_array_start(&index.json);
    for (size_t i = 0; i < set->dates->len; i++)
        write_frame(&index, i);
    evm_json_write_array_end(&index.json);
    evm_json_write_object_end(&index.json);
    g_string_append_c(out, '\n');
    evm_frame_maker_clear(&maker);
    g_free(index.before);
}
