#include "output/manifest.h"

#include "base/json_writer.h"
#include "output/output.h"
#include "projection/projection.h"
#include "render/render.h"
#include "timeline/needs.h"
#include "timeline/open_places.h"

static void write_pair(EvmJson *json, const char *key, const char *value)
{
    evm_json_write_key(json, key);
    evm_json_write_string(json, value);
}

static void write_count(EvmJson *json, const char *key, size_t value)
{
    evm_json_write_key(json, key);
    evm_json_write_int(json, (int64_t)value);
}

static void write_date(EvmJson *json, const char *key, EvmDate date)
{
    char text[EVM_DATE_TEXT_SIZE];
    write_pair(json, key, evm_date_is_none(date) ? NULL : evm_date_format(date, text));
}

static void write_input(EvmJson *json, const char *role, const char *path, const char *sha256)
{
    g_autofree char *name = g_path_get_basename(path);
    evm_json_write_object_start(json);
    write_pair(json, "role", role);
    write_pair(json, "file", name);
    write_pair(json, "sha256", sha256);
    evm_json_write_object_end(json);
}

static void write_input_files(EvmJson *json, const char *role, const EvmInputFile *files,
                              size_t count)
{
    for (size_t i = 0; i < count; i++)
        write_input(json, role, files[i].path, files[i].sha256);
}

/* Built-in ones are part of the program, whose version says which they were. */
static void write_style(EvmJson *json, const EvmManifest *manifest)
{
    const EvmInputFile *language = evm_language_find_file(manifest->language);
    if (manifest->theme->file.path)
        write_input_files(json, "theme", &manifest->theme->file, 1);
    if (manifest->theme->logo.file.path)
        write_input_files(json, "logo", &manifest->theme->logo.file, 1);
    if (language)
        write_input_files(json, "language", language, 1);
}

static void write_inputs(EvmJson *json, const EvmManifest *manifest)
{
    const EvmEvents *events = manifest->join->events;
    const EvmGazetteer *gazetteer = manifest->join->gazetteer;
    const EvmGeodata *geodata = manifest->universe->geodata;
    evm_json_write_key(json, "inputs");
    evm_json_write_array_start(json);
    for (size_t i = 0; i < events->file_count; i++)
        write_input(json, "events", events->files[i].path, events->files[i].sha256);
    write_input_files(json, "gazetteer", gazetteer->files, gazetteer->file_count);
    write_input_files(json, "boundaries", geodata->files, geodata->file_count);
    if (manifest->neighbours)
        write_input_files(json, "neighbours", manifest->neighbours->files,
                          manifest->neighbours->file_count);
    write_style(json, manifest);
    evm_json_write_array_end(json);
}

static void write_rows(EvmJson *json, const EvmJoin *join)
{
    evm_json_write_key(json, "rows");
    evm_json_write_object_start(json);
    write_count(json, "read", join->events->rows);
    for (int fate = 0; fate < EVM_FATE_COUNT; fate++)
        write_count(json, evm_fate_format((EvmFate)fate), join->fate_counts[fate]);
    write_count(json, "refused", join->events->refused);
    evm_json_write_object_end(json);
}

static void write_tally_row(EvmJson *json, const char *control, const EvmTallyRow *row)
{
    evm_json_write_object_start(json);
    write_pair(json, "control", control);
    write_count(json, "districts", row->districts);
    evm_json_write_key(json, "area_km2");
    evm_json_write_double(json, row->area_km2, 1);
    evm_json_write_key(json, "population");
    evm_json_write_int(json, row->population);
    write_count(json, "changing", row->changing);
    write_count(json, "disputed", row->disputed);
    write_count(json, "stale", row->stale);
    write_count(json, "assumed", row->assumed);
    evm_json_write_object_end(json);
}

static void write_counts(EvmJson *json, const EvmManifest *manifest)
{
    EvmTally *tally = evm_tally_compute(manifest->universe, manifest->state, -1);
    evm_json_write_key(json, "counts");
    evm_json_write_array_start(json);
    for (size_t i = 0; i < tally->count; i++)
        write_tally_row(json, evm_control_format(manifest->join, tally->rows[i].control),
                        &tally->rows[i]);
    evm_json_write_array_end(json);
    evm_json_write_key(json, "total");
    write_tally_row(json, "all", &tally->total);
    evm_tally_free(tally);
}

/* The claims in force that agree with the deciding one, newest first: the rows behind the colour,
 * or the first of them when there are many. */
static void write_evidence(EvmJson *json, const EvmManifest *manifest, const EvmHolding *holding)
{
    const EvmJoin *join = manifest->join;
    size_t count = 0, first = 0, end = 0;
    if (holding->claim >= 0) {
        first = join->first_claim[join->claims[holding->claim].district];
        end = (size_t)holding->claim + 1;
    }
    evm_json_write_key(json, "events");
    evm_json_write_array_start(json);
    for (size_t c = end; c-- > first;) {
        if (!evm_control_is_equal(join->claims[c].control, holding->control) ||
            !evm_claim_is_in_force(&join->claims[c], &manifest->state->question))
            continue;
        if (count++ < EVM_EVIDENCE_ROWS)
            evm_json_write_string(json, join->events->items[join->claims[c].event].id);
    }
    evm_json_write_array_end(json);
    if (count <= EVM_EVIDENCE_ROWS)
        return;
    evm_json_write_key(json, "has_more_events");
    evm_json_write_bool(json, true);
}

static void write_deciding(EvmJson *json, const EvmManifest *manifest, const EvmHolding *holding)
{
    const EvmJoin *join = manifest->join;
    if (holding->claim < 0)
        return;
    const EvmClaim *claim = &join->claims[holding->claim];
    const EvmEvent *event = &join->events->items[claim->event];
    write_date(json, "effective", claim->effective);
    write_pair(json, "precision", evm_precision_format(event->precision));
    write_pair(json, "confidence", evm_confidence_format(event->confidence));
    write_pair(json, "decided_by", event->id);
    write_pair(json, "source", event->source);
    write_pair(json, "url", event->url[0] ? event->url : NULL);
}

static void write_doubt(EvmJson *json, const EvmManifest *manifest, const EvmHolding *holding)
{
    const EvmJoin *join = manifest->join;
    write_pair(json, "doubt", evm_doubt_format(holding->doubt));
    evm_json_write_key(json, "stale");
    evm_json_write_bool(json, holding->is_stale);
    if (holding->doubt == EVM_DOUBT_NONE)
        return;
    write_pair(json, "other", evm_control_format(join, holding->other));
    write_pair(json, "other_by", join->events->items[join->claims[holding->other_claim].event].id);
    write_date(json, "from", holding->from);
    write_date(json, "to", holding->to);
}

static void write_district(EvmJson *json, const EvmManifest *manifest, size_t area)
{
    const EvmUniverse *universe = manifest->universe;
    const EvmGazetteer *gazetteer = universe->gazetteer;
    int32_t index = universe->area_district[area];
    EvmHolding holding = evm_universe_holding_at(universe, manifest->state, area);
    const EvmDistrict *district = index < 0 ? NULL : &gazetteer->districts[index];
    evm_json_write_object_start(json);
    write_pair(json, "pcode", district ? district->pcode : NULL);
    write_pair(json, "district", district ? district->name : universe->geodata->areas[area].name);
    write_pair(json, "province", district ? gazetteer->provinces[district->province].name : NULL);
    if (universe->geodata->areas[area].is_schematic) {
        evm_json_write_key(json, "schematic");
        evm_json_write_bool(json, true);
    }
    write_pair(json, "control", evm_control_format(manifest->join, holding.control));
    evm_json_write_key(json, "changed");
    evm_json_write_bool(json, district && manifest->changes->is_changed[index]);
    write_doubt(json, manifest, &holding);
    write_deciding(json, manifest, &holding);
    write_evidence(json, manifest, &holding);
    evm_json_write_object_end(json);
}

static void write_districts(EvmJson *json, const EvmManifest *manifest)
{
    evm_json_write_key(json, "districts");
    evm_json_write_array_start(json);
    for (size_t area = 0; area < manifest->universe->geodata->area_count; area++)
        if (manifest->universe->is_counted[area])
            write_district(json, manifest, area);
    evm_json_write_array_end(json);
}

/* Rows that write their place alike, the first of them by its id. */
static void write_place(EvmJson *json, const EvmJoin *join, const EvmOpenPlace *place)
{
    const EvmEvent *event = &join->events->items[place->first];
    write_pair(json, "event", event->id);
    write_count(json, "rows", place->rows);
    write_pair(json, "place", event->district);
    write_pair(json, "province", event->province);
}

/* Claims in force that colour nothing, because their place has no polygon. */
static void write_outside(EvmJson *json, const EvmManifest *manifest)
{
    const EvmJoin *join = manifest->join;
    EvmOpenPlaces *outside = evm_open_places_compute_outside(manifest->universe, manifest->state);
    evm_json_write_key(json, "outside_universe");
    evm_json_write_array_start(json);
    for (size_t i = 0; i < outside->count; i++) {
        int32_t district = join->matches[outside->items[i].first].district;
        evm_json_write_object_start(json);
        write_place(json, join, &outside->items[i]);
        write_pair(json, "pcode", district < 0 ? NULL : join->gazetteer->districts[district].pcode);
        evm_json_write_object_end(json);
    }
    evm_json_write_array_end(json);
    evm_open_places_free(outside);
}

/* Rows that are on no map at all. */
static void write_lost(EvmJson *json, const EvmJoin *join)
{
    EvmOpenPlaces *lost = evm_open_places_compute(join);
    evm_json_write_key(json, "lost_rows");
    evm_json_write_array_start(json);
    for (size_t i = 0; i < lost->count; i++) {
        evm_json_write_object_start(json);
        write_place(json, join, &lost->items[i]);
        write_pair(json, "reason", evm_fate_format(join->fates[lost->items[i].first]));
        evm_json_write_object_end(json);
    }
    evm_json_write_array_end(json);
    evm_open_places_free(lost);
}

/* Paper has no whole number of px. */
static void write_length(EvmJson *json, const char *key, double px)
{
    evm_json_write_key(json, key);
    evm_json_write_double(json, px, px == (double)(int64_t)px ? 0 : 2);
}

/* West, south, east, north, as in GeoJSON; null when the map shows the area. */
static void write_window(EvmJson *json, const EvmExtent *window)
{
    evm_json_write_key(json, "bbox");
    if (!window) {
        evm_json_write_string(json, NULL);
        return;
    }
    const double sides[] = {window->min.lon_deg, window->min.lat_deg, window->max.lon_deg,
                            window->max.lat_deg};
    evm_json_write_array_start(json);
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        evm_json_write_double(json, sides[i], 6);
    evm_json_write_array_end(json);
}

static void write_picture(EvmJson *json, const EvmManifest *manifest)
{
    evm_json_write_key(json, "picture");
    evm_json_write_object_start(json);
    write_length(json, "width_px", manifest->width_px);
    write_length(json, "height_px", manifest->height_px);
    evm_json_write_key(json, "scale");
    evm_json_write_double(json, manifest->scale, 2);
    write_pair(json, "crs", manifest->projection);
    write_window(json, manifest->window);
    evm_json_write_key(json, "files");
    evm_json_write_array_start(json);
    for (guint i = 0; i < manifest->files->len; i++) {
        g_autofree char *name = g_path_get_basename(g_ptr_array_index(manifest->files, i));
        evm_json_write_string(json, name);
    }
    evm_json_write_array_end(json);
    evm_json_write_object_end(json);
}

static void write_versions(EvmJson *json, const char *software)
{
    evm_json_write_key(json, "versions");
    evm_json_write_object_start(json);
    write_pair(json, "evmap", software);
    write_pair(json, "cairo", evm_render_format_cairo_version());
    write_pair(json, "pango", evm_render_format_pango_version());
    write_pair(json, "proj", evm_projection_format_version());
    write_pair(json, "libpng", evm_png_format_version());
    evm_json_write_object_end(json);
}

static void write_universe(EvmJson *json, const EvmManifest *manifest)
{
    evm_json_write_key(json, "universe");
    evm_json_write_object_start(json);
    write_count(json, "districts", manifest->universe->count);
    write_pair(json, "area", manifest->area_name ? manifest->area_name : "Afghanistan");
    write_pair(json, "vintage", manifest->vintage);
    write_pair(json, "boundaries", manifest->boundaries);
    evm_json_write_object_end(json);
}

static void write_changes(EvmJson *json, const EvmManifest *manifest)
{
    evm_json_write_key(json, "changes");
    evm_json_write_object_start(json);
    write_date(json, "from", manifest->changes->from);
    write_date(json, "to", manifest->changes->to);
    evm_json_write_key(json, "districts");
    evm_json_write_array_start(json);
    for (size_t i = 0; i < manifest->changes->count; i++) {
        const EvmChange *change = &manifest->changes->items[i];
        int32_t area = manifest->universe->district_area[change->district];
        if (area == EVM_NO_AREA || !manifest->universe->is_counted[area])
            continue;
        evm_json_write_object_start(json);
        write_pair(json, "pcode", manifest->join->gazetteer->districts[change->district].pcode);
        write_pair(json, "before", evm_control_format(manifest->join, change->before));
        write_pair(json, "after", evm_control_format(manifest->join, change->after));
        evm_json_write_object_end(json);
    }
    evm_json_write_array_end(json);
    evm_json_write_object_end(json);
}

/* A district, or a place that is none. */
static void write_development_place(EvmJson *json, const EvmJoin *join, EvmDevelopmentPlace place)
{
    const EvmDistrict *district =
        place.district < 0 ? NULL : &join->gazetteer->districts[place.district];
    const EvmEvent *event = place.event < 0 ? NULL : &join->events->items[place.event];
    evm_json_write_object_start(json);
    write_pair(json, "pcode", district ? district->pcode : NULL);
    write_pair(json, "name", district ? district->name : event ? event->district : NULL);
    write_pair(json, "event", event ? event->id : NULL);
    evm_json_write_object_end(json);
}

static void write_development(EvmJson *json, const EvmJoin *join, const EvmDevelopment *it)
{
    bool is_change = evm_kind_is_claim(it->kind);
    evm_json_write_object_start(json);
    write_date(json, "date", it->date);
    evm_json_write_key(json, "number");
    if (it->number > 0)
        evm_json_write_int(json, it->number);
    else
        evm_json_write_string(json, NULL);
    write_pair(json, "kind", evm_kind_format(it->kind));
    write_pair(json, "control", is_change ? evm_control_format(join, it->after) : NULL);
    evm_json_write_key(json, "retaken");
    evm_json_write_bool(json, it->is_retaken);
    write_pair(json, "province",
               it->province < 0 ? NULL : join->gazetteer->provinces[it->province].name);
    evm_json_write_key(json, "places");
    evm_json_write_array_start(json);
    for (guint i = 0; i < it->places->len; i++)
        write_development_place(json, join, g_array_index(it->places, EvmDevelopmentPlace, i));
    evm_json_write_array_end(json);
    evm_json_write_object_end(json);
}

/* All of them, also those that found no room in the list. */
static void write_developments(EvmJson *json, const EvmManifest *manifest)
{
    evm_json_write_key(json, "developments");
    if (!manifest->developments) {
        evm_json_write_string(json, NULL);
        return;
    }
    evm_json_write_array_start(json);
    for (size_t i = 0; i < manifest->developments->count; i++)
        write_development(json, manifest->join, &manifest->developments->items[i]);
    evm_json_write_array_end(json);
}

static void write_rule(EvmJson *json)
{
    evm_json_write_key(json, "rule");
    evm_json_write_object_start(json);
    write_pair(json, "name", EVM_RULE_NAME);
    write_pair(json, "text", EVM_RULE_TEXT);
    evm_json_write_object_end(json);
}

static void write_days(EvmJson *json, const char *key, int days, bool is_off)
{
    evm_json_write_key(json, key);
    if (is_off)
        evm_json_write_string(json, NULL);
    else
        evm_json_write_int(json, days);
}

static void write_question(EvmJson *json, const EvmState *state)
{
    const EvmQuestion *question = &state->question;
    bool is_now = question->known.days == EVM_KNOWN_NOW.days;
    evm_json_write_key(json, "question");
    evm_json_write_object_start(json);
    write_date(json, "date", question->date);
    write_date(json, "as_known_on", is_now ? EVM_DATE_NONE : question->known);
    write_days(json, "dispute_window_days", question->dispute_window_days,
               question->dispute_window_days < 0);
    write_days(json, "stale_after_days", question->stale_after_days,
               question->stale_after_days == 0);
    write_pair(json, "baseline", evm_control_format(state->join, question->baseline));
    evm_json_write_object_end(json);
}

static void write_table_row(EvmJson *json, const EvmSceneTable *table, size_t row)
{
    evm_json_write_array_start(json);
    for (size_t i = 0; i < table->columns; i++)
        evm_json_write_string(json, table->cells[row * table->columns + i]);
    evm_json_write_array_end(json);
}

/* The words of the SVG's table: the same state, in the language of the sheet. */
static void write_table(EvmJson *json, const EvmSceneTable *table)
{
    evm_json_write_key(json, "table");
    evm_json_write_object_start(json);
    write_pair(json, "caption", table->caption);
    evm_json_write_key(json, "rows");
    evm_json_write_array_start(json);
    for (size_t row = 0; row < table->rows; row++)
        write_table_row(json, table, row);
    evm_json_write_array_end(json);
    evm_json_write_object_end(json);
}

void evm_manifest_write(const EvmManifest *manifest, GString *out)
{
    const EvmSceneInfo *info = manifest->info;
    EvmJson json;
    evm_json_init(&json, out);
    evm_json_write_object_start(&json);
    write_pair(&json, "title", info->title);
    write_pair(&json, "date", info->date);
    write_pair(&json, "alt_text", info->alt_text);
    write_pair(&json, "description", info->description);
    write_pair(&json, "sources", info->sources);
    write_table(&json, &info->table);
    write_rule(&json);
    write_question(&json, manifest->state);
    write_universe(&json, manifest);
    write_counts(&json, manifest);
    write_changes(&json, manifest);
    write_developments(&json, manifest);
    write_rows(&json, manifest->join);
    write_lost(&json, manifest->join);
    write_outside(&json, manifest);
    write_districts(&json, manifest);
    write_picture(&json, manifest);
    write_inputs(&json, manifest);
    write_versions(&json, info->software);
    evm_json_write_object_end(&json);
    g_string_append_c(out, '\n');
}

void evm_manifest_write_common(const EvmManifest *manifest, EvmJson *json)
{
    write_rule(json);
    write_question(json, manifest->state);
    write_universe(json, manifest);
    write_rows(json, manifest->join);
    write_inputs(json, manifest);
    write_versions(json, manifest->info->software);
}
