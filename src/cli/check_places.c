/* The part of `check` about places that joined nothing. */

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/check_parts.h"
#include "cli/messages.h"

static void append_candidates(GString *out, const EvmGazetteer *gazetteer, const EvmMatch *match,
                              const char *between)
{
    for (unsigned i = 0; i < match->candidate_count; i++) {
        const EvmDistrict *district = &gazetteer->districts[match->candidates[i]];
        g_string_append_printf(out, "%s%s %s in %s", i ? between : "", district->pcode,
                               district->name, gazetteer->provinces[district->province].name);
    }
}

static bool is_named(const EvmEvent *event)
{
    return event->district[0] != '\0' || event->pcode[0] != '\0';
}

/* "Panjwei, Kandahar: nearest AF2704 Panjwayi in Kandahar"; points have no spelling. */
static void append_place(GString *out, const EvmJoin *join, const EvmOpenPlace *place)
{
    const EvmEvent *event = &join->events->items[place->first];
    const EvmMatch *match = &join->matches[place->first];
    g_autofree char *name =
        evm_text_format_terminal(event->district[0] ? event->district : event->pcode);
    g_autofree char *province =
        evm_text_format_terminal(event->province[0] ? event->province : "any province");
    if (!is_named(event)) {
        g_string_append_printf(out, "%6zu  without a name, by points in no district\n",
                               place->rows);
        return;
    }
    g_string_append_printf(out, "%6zu  %s, %s: %s", place->rows, name, province,
                           match->candidate_count == 0         ? "nothing is near"
                           : match->how == EVM_MATCH_AMBIGUOUS ? "fits "
                                                               : "nearest ");
    append_candidates(out, join->gazetteer, match, ", ");
    g_string_append_c(out, '\n');
}

void evm_check_write_open_places(GString *out, const EvmJoin *join, const EvmOpenPlaces *places)
{
    bool has_name = false;
    if (places->count == 0)
        return;
    g_string_append(out, "\nplaces left open, by spelling:\n");
    for (size_t i = 0; i < places->count; i++) {
        append_place(out, join, &places->items[i]);
        has_name |= join->events->items[places->items[i].first].district[0] != '\0';
    }
    if (has_name)
        g_string_append(out, "'evmap check --write-aliases FILE' writes them ready to fill in\n");
}

static void append_alias(GString *out, const EvmJoin *join, const EvmOpenPlace *place)
{
    const EvmEvent *event = &join->events->items[place->first];
    g_autofree char *first =
        g_strdup_printf("%s:%u", join->events->files[event->file].path, event->line);
    g_autoptr(GString) nearest = g_string_new(NULL);
    append_candidates(nearest, join->gazetteer, &join->matches[place->first], "; ");
    evm_text_write_csv(out, event->district);
    g_string_append_c(out, ',');
    evm_text_write_csv(out, event->province);
    g_string_append_printf(out, ",,,%zu,", place->rows);
    evm_text_write_csv(out, first);
    g_string_append_c(out, ',');
    evm_text_write_csv(out, nearest->str);
    g_string_append_c(out, '\n');
}

static size_t append_aliases(GString *out, const EvmJoin *join, const EvmOpenPlaces *places)
{
    size_t count = 0;
    g_string_append(out, "alias,province,pcode,source,rows,first_row,nearest\n");
    for (size_t i = 0; i < places->count; i++) {
        if (join->events->items[places->items[i].first].district[0] == '\0')
            continue;
        append_alias(out, join, &places->items[i]);
        count++;
    }
    return count;
}

bool evm_check_write_aliases(const char *path, const EvmJoin *join, const EvmOpenPlaces *places,
                             GError **error)
{
    g_autofree char *safe = evm_text_format_terminal(path);
    if (g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK)) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT,
                    "%s is there already, and may hold what you have filled in: name another file",
                    safe);
        return false;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    size_t count = append_aliases(text, join, places);
    if (count == 0) {
        evm_message_write_note("every named place joined: there are no aliases to write");
        return true;
    }
    if (!evm_atomic_file_write_all(path, text->str, text->len, error))
        return false;
    g_autofree char *note = g_strdup_printf(
        "%zu name%s in %s: fill in the column pcode ('none' for a place that is no district), then "
        "run again with --aliases %s",
        count, count == 1 ? "" : "s", safe, safe);
    evm_message_write_note(note);
    return true;
}
