#include "pipeline/inputs.h"

#include <string.h>

#include "base/error.h"
#include "pipeline/sifting.h"
#include "timeline/similar_actors.h"

static const char *const shipped_events[] = {"baseline_2021.csv", "snapshots_2021.csv",
                                             "events_2021.csv"};

typedef struct {
    const EvmInputsRequest *request;
    EvmGeodata *geodata, *neighbours;
    EvmDiagnostics *diagnostics;
    GError *error;
} Boundaries;

/* Boundaries are read beside the tables: they are most of the bytes. */
static gpointer load_boundaries(gpointer data)
{
    Boundaries *work = data;
    const EvmInputsRequest *request = work->request;
    g_autofree char *shipped =
        g_build_filename(request->data_folder, "geodata", "afg_districts.shp", NULL);
    g_autofree char *neighbours =
        g_build_filename(request->data_folder, "geodata", "neighbours.shp", NULL);
    const char *path = request->geodata_path ? request->geodata_path : shipped;
    work->geodata = evm_geodata_load(path, work->diagnostics, &work->error);
    if (work->geodata && request->wants_neighbours)
        work->neighbours = evm_geodata_load(neighbours, work->diagnostics, &work->error);
    return NULL;
}

static EvmEvents *load_events(const EvmInputsRequest *request, EvmDiagnostics *diagnostics,
                              GError **error)
{
    if (request->event_paths && request->event_paths[0])
        return evm_events_load(request->event_paths, g_strv_length((char **)request->event_paths),
                               &request->event_options, diagnostics, error);
    char *paths[G_N_ELEMENTS(shipped_events)];
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
        paths[i] = g_build_filename(request->data_folder, "events", shipped_events[i], NULL);
    EvmEvents *events =
        evm_events_load((const char *const *)paths, G_N_ELEMENTS(paths), NULL, diagnostics, error);
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
        g_free(paths[i]);
    return events;
}

static bool compute_join(EvmInputs *inputs, const EvmPointSource *points, GError **error)
{
    inputs->join =
        evm_join_compute(inputs->events, inputs->gazetteer, points, inputs->diagnostics, error);
    return inputs->join != NULL;
}

static bool resolve_baseline(EvmInputs *inputs, const char *baseline, GError **error)
{
    EvmControl same;
    inputs->history = inputs->own_history ? inputs->own_history : inputs->join;
    if (!baseline)
        return true;
    return evm_join_resolve_baseline(inputs->join, baseline, &inputs->baseline, error) &&
           (!inputs->own_history ||
            evm_join_resolve_baseline(inputs->own_history, baseline, &same, error));
}

/* A row gives longitude and latitude: the join has to wait for the boundaries. */
static bool has_points(const EvmEvents *events)
{
    for (size_t i = 0; i < events->count; i++)
        if (events->items[i].has_point)
            return true;
    return false;
}

/* Gazetteer, events, and the join of the two when it needs no boundaries; what is to be sifted
 * waits for them. */
static bool load_tables(EvmInputs *inputs, const EvmInputsRequest *request, GError **error)
{
    g_autofree char *folder = g_build_filename(request->data_folder, "geodata", NULL);
    inputs->universe_kind = request->universe;
    inputs->gazetteer = request->universe == EVM_UNIVERSE_421
                            ? evm_gazetteer_load_temporary(folder, error)
                            : evm_gazetteer_load(folder, error);
    if (!inputs->gazetteer)
        return false;
    if (request->aliases_path &&
        !evm_gazetteer_load_aliases(inputs->gazetteer, request->aliases_path, error))
        return false;
    if (evm_sifting_is_wanted(request))
        return true;
    inputs->events = load_events(request, inputs->diagnostics, error);
    evm_sifting_add_why_not(request, inputs->diagnostics);
    return inputs->events && (has_points(inputs->events) || compute_join(inputs, NULL, error));
}

static bool load_files(EvmInputs *inputs, const EvmInputsRequest *request, GError **error)
{
    Boundaries work = {.request = request, .diagnostics = evm_diagnostics_new()};
    GThread *thread = g_thread_new("boundaries", load_boundaries, &work);
    bool done = load_tables(inputs, request, error);
    g_thread_join(thread);
    evm_diagnostics_add_list(inputs->diagnostics, work.diagnostics, 0);
    evm_diagnostics_free(work.diagnostics);
    inputs->geodata = work.geodata;
    inputs->neighbours = work.neighbours;
    if (work.error && done)
        g_propagate_error(error, work.error);
    else
        g_clear_error(&work.error);
    return done && inputs->geodata && (inputs->neighbours || !request->wants_neighbours);
}

/* "20211117", "2021-11-17" or "2021/11/17" as a day; NULL for anything else. */
static char *format_day(const char *text)
{
    enum { DIGITS = 8 };
    char digits[DIGITS + 1] = "";
    size_t count = 0;
    for (; *text; text++)
        if (g_ascii_isdigit(*text) && count < DIGITS)
            digits[count++] = *text;
        else if (*text != '-' && *text != '/')
            return NULL;
    g_autofree char *day = g_strdup_printf("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
    EvmDate date;
    return count == DIGITS && evm_date_parse(day, &date) ? g_steal_pointer(&day) : NULL;
}

/* The day that the file's own table gives for all of its areas; or NULL. */
static char *find_valid_day(const EvmGeodata *geodata)
{
    for (size_t i = 1; i < geodata->area_count; i++)
        if (strcmp(geodata->areas[i].valid_on, geodata->areas[0].valid_on) != 0)
            return NULL;
    return geodata->area_count > 0 ? format_day(geodata->areas[0].valid_on) : NULL;
}

/* afg_districts.ini beside afg_districts.shp says what the boundaries are; without it the file's
 * table may give their day. */
static void load_caption(EvmInputs *inputs)
{
    const char *shapefile = inputs->geodata->files[0].path;
    g_autofree char *stem = g_strndup(shapefile, strlen(shapefile) - strlen(".shp"));
    g_autofree char *path = g_strconcat(stem, ".ini", NULL);
    inputs->captions = g_key_file_new();
    g_key_file_load_from_file(inputs->captions, path, G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
    inputs->vintage = g_key_file_get_string(inputs->captions, "boundaries", "vintage", NULL);
    if (!inputs->vintage)
        inputs->valid_day = inputs->vintage = find_valid_day(inputs->geodata);
    if (!inputs->vintage)
        inputs->vintage = g_strdup("unknown");
}

static bool has_province(const GArray *area, int32_t province)
{
    for (guint i = 0; i < area->len; i++)
        if (g_array_index(area, int32_t, i) == province)
            return true;
    return false;
}

/* Each province once, whatever the spellings that asked for it. */
static void name_area(EvmInputs *inputs, const EvmInputsRequest *request)
{
    if (!request->provinces || !request->provinces[0])
        return;
    GString *name = g_string_new(NULL);
    inputs->area = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (const char *const *p = request->provinces; *p; p++) {
        int32_t province = evm_gazetteer_find_province(inputs->gazetteer, *p);
        if (!has_province(inputs->area, province))
            g_array_append_val(inputs->area, province);
    }
    for (guint i = 0; i < inputs->area->len; i++) {
        int32_t province = g_array_index(inputs->area, int32_t, i);
        const char *between = i == 0 ? "" : i + 1 < inputs->area->len ? ", " : " and ";
        g_string_append_printf(name, "%s%s", between, inputs->gazetteer->provinces[province].name);
    }
    inputs->area_name = g_string_free(name, FALSE);
}

/* Joins with the boundaries known, and sifts or loads the events when they are not loaded yet. */
static bool join_with_points(EvmInputs *inputs, const EvmInputsRequest *request, GError **error)
{
    /* Shares come behind the areas of the file, and no point is known to lie in one. */
    EvmPointSource points = {inputs->file_geodata ? inputs->file_geodata : inputs->geodata,
                             inputs->universe->area_district, inputs->universe->district_area};
    if (!inputs->events && !evm_sifting_load(inputs, request, &points, error))
        return false;
    return inputs->events && (inputs->join || compute_join(inputs, &points, error));
}

static bool add_shares(EvmInputs *inputs, const EvmInputsRequest *request, GError **error)
{
    if (request->universe == EVM_UNIVERSE_OF_FILE)
        return true;
    EvmGeodata *shares =
        evm_shares_compute(inputs->geodata, inputs->gazetteer, request->universe, error);
    if (!shares)
        return false;
    inputs->file_geodata = inputs->geodata;
    inputs->geodata = shares;
    return true;
}

static void count_shares(const EvmInputs *inputs, size_t *drawn, size_t *undrawn)
{
    *drawn = *undrawn = 0;
    for (size_t i = 0; i < inputs->geodata->area_count; i++) {
        const EvmArea *area = &inputs->geodata->areas[i];
        if (area->is_schematic && inputs->universe->is_counted[i])
            ++*(area->ring_count > 0 ? drawn : undrawn);
    }
}

/* Takes `text`. */
static char *add_count(const EvmLanguage *language, EvmMessage message, char *text, size_t count)
{
    if (count == 0)
        return text;
    g_autofree char *before = text;
    g_autofree char *number = evm_language_format_number(language, (double)count);
    return evm_language_format(language, message, "boundaries", before, "count", number, NULL);
}

char *evm_inputs_format_boundaries(const EvmInputs *inputs, const EvmLanguage *language)
{
    size_t drawn, undrawn;
    count_shares(inputs, &drawn, &undrawn);
    char *text = g_key_file_get_locale_string(inputs->captions, "boundaries", "caption",
                                              evm_language_find_slug(language), NULL);
    if (!text) {
        g_autofree char *name = g_path_get_basename(inputs->geodata->files[0].path);
        text = evm_language_format(language, EVM_MESSAGE_BOUNDARIES_FROM, "file", name, NULL);
    }
    text = add_count(language, EVM_MESSAGE_SHARES_DRAWN, text, drawn);
    return add_count(language, EVM_MESSAGE_SHARES_UNDRAWN, text, undrawn);
}

char *evm_inputs_format_credits(const EvmInputs *inputs, const EvmLanguage *language)
{
    char *text = g_key_file_get_locale_string(inputs->captions, "boundaries", "credits",
                                              evm_language_find_slug(language), NULL);
    if (text)
        return text;
    return g_strdup(inputs->valid_day ? inputs->valid_day
                                      : evm_language_at(language, EVM_MESSAGE_CREDITS_NONE));
}

EvmInputs *evm_inputs_load(const EvmInputsRequest *request, GError **error)
{
    EvmInputs *inputs = g_new0(EvmInputs, 1);
    inputs->diagnostics = evm_diagnostics_new();
    bool done = load_files(inputs, request, error) && add_shares(inputs, request, error);
    if (done) {
        load_caption(inputs);
        inputs->universe = evm_universe_compute(inputs->geodata, inputs->gazetteer,
                                                request->provinces, inputs->diagnostics, error);
        done = inputs->universe && (inputs->join || join_with_points(inputs, request, error));
        if (done)
            evm_join_add_actor_diagnostics(inputs->join, inputs->diagnostics);
        done = done && resolve_baseline(inputs, request->baseline, error);
    }
    if (done) {
        name_area(inputs, request);
    } else {
        g_clear_pointer(&inputs, evm_inputs_free);
    }
    return inputs;
}

void evm_inputs_free(EvmInputs *inputs)
{
    if (!inputs)
        return;
    evm_join_free(inputs->own_history);
    evm_join_free(inputs->join);
    evm_universe_free(inputs->universe);
    evm_geodata_free(inputs->geodata);
    evm_geodata_free(inputs->file_geodata);
    evm_geodata_free(inputs->neighbours);
    evm_events_free(inputs->events);
    evm_gazetteer_free(inputs->gazetteer);
    evm_diagnostics_free(inputs->diagnostics);
    g_free(inputs->area_name);
    g_free(inputs->vintage);
    if (inputs->area)
        g_array_unref(inputs->area);
    g_clear_pointer(&inputs->captions, g_key_file_free);
    g_free(inputs);
}

size_t evm_inputs_count_lost(const EvmInputs *inputs)
{
    return inputs->events->refused + inputs->join->fate_counts[EVM_FATE_AMBIGUOUS] +
           inputs->join->fate_counts[EVM_FATE_UNMATCHED];
}
