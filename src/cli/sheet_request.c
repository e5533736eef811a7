#include "cli/sheet_request.h"

#include <unistd.h>

#include "base/jobs.h"
#include "cli/messages.h"
#include "scene/layout.h"

EvmRenderRequest evm_cli_compute_sheet(const EvmCliOptions *options)
{
    double width, height;
    long processors = CLAMP(sysconf(_SC_NPROCESSORS_ONLN), 1, EVM_JOBS_THREADS_MAX);
    evm_layout_find_size(options->layout ? options->layout : "landscape", &width, &height);
    return (EvmRenderRequest){
        .theme = options->theme,
        .layout = options->layout,
        .width_px = options->width_px > 0 ? options->width_px : width,
        .height_px = options->height_px > 0 ? options->height_px : height,
        .scale = options->scale,
        .crs = options->crs,
        .window = options->has_window ? &options->window : NULL,
        .has_graticule = options->has_graticule,
        .out_folder = options->out ? options->out : "out",
        .software = "evmap " EVMAP_VERSION,
        .threads = options->jobs ? options->jobs : (unsigned)processors,
    };
}

/* Claims on one place, however it is spelt. */
typedef struct {
    char *name; /* as it is written first */
    size_t rows;
} OutsidePlace;

static void clear_place(gpointer data)
{
    g_free(((OutsidePlace *)data)->name);
}

/* What all spellings of the place have in common: the gazetteer's entry, or the words alone. */
static char *format_place_key(const EvmJoin *join, uint32_t event, const char *name)
{
    const EvmMatch *match = &join->matches[event];
    if (match->outside)
        return g_strdup_printf("outside %p", (const void *)match->outside);
    return match->district >= 0 ? g_strdup_printf("district %d", match->district) : g_strdup(name);
}

static GArray *count_outside(const EvmInputs *inputs, const EvmOpenPlaces *outside)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(OutsidePlace));
    g_array_set_clear_func(places, clear_place);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < outside->count; i++) {
        const EvmEvent *event = &inputs->events->items[outside->items[i].first];
        OutsidePlace place = {g_strconcat(event->district[0] ? event->district : event->pcode,
                                          event->province[0] ? " in " : NULL, event->province,
                                          NULL),
                              0};
        char *key = format_place_key(inputs->join, outside->items[i].first, place.name);
        guint at = GPOINTER_TO_UINT(g_hash_table_lookup(known, key));
        if (at == 0) {
            g_array_append_val(places, place);
            at = places->len;
        } else {
            g_free(place.name);
        }
        g_hash_table_insert(known, key, GUINT_TO_POINTER(at));
        g_array_index(places, OutsidePlace, at - 1).rows += outside->items[i].rows;
    }
    return places;
}

void evm_cli_report_outside(const EvmInputs *inputs, const EvmOpenPlaces *outside)
{
    if (!outside || outside->rows == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) places = count_outside(inputs, outside);
    for (guint i = 0; i < places->len; i++) {
        const OutsidePlace *place = &g_array_index(places, OutsidePlace, i);
        g_string_append_printf(text, "%s%s", i ? ", " : "", place->name);
        if (place->rows > 1)
            g_string_append_printf(text, " (%zu claims)", place->rows);
    }
    g_autofree char *message =
        g_strdup_printf("%zu claim%s nothing, because these boundaries have no polygon for: %s",
                        outside->rows, outside->rows == 1 ? " colours" : "s colour", text->str);
    evm_message_write_warning(message);
}

bool evm_cli_report_missing(const GPtrArray *missing)
{
    enum { SHOWN = 5 };
    if (!missing || missing->len == 0)
        return false;
    g_autoptr(GString) text = g_string_new("no font has ");
    for (guint i = 0; i < MIN(missing->len, SHOWN); i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               (const char *)g_ptr_array_index(missing, i));
    if (missing->len > SHOWN)
        g_string_append_printf(text, " and %u letters more", missing->len - SHOWN);
    g_string_append(text, ": an empty box is drawn; a theme can name other fonts");
    evm_message_write_warning(text->str);
    return true;
}

void evm_cli_report_unplaced(const EvmCliOptions *options, const GPtrArray *unplaced)
{
    if (!options->is_verbose || !unplaced || unplaced->len == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < unplaced->len; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               (const char *)g_ptr_array_index(unplaced, i));
    g_autofree char *message =
        g_strdup_printf("%u name%s found no room on the map: %s", unplaced->len,
                        unplaced->len == 1 ? "" : "s", text->str);
    evm_message_write_note(message);
}
