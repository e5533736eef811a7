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

/* "AF9999, Sangin: no district has the P-code 'AF9999'; correct it …" */
static void append_cause(GString *out, const EvmJoin *join, const EvmOpenPlace *place)
{
    const EvmEvent *event = &join->events->items[place->first];
    EvmFateWords words =
        evm_fate_format_cause(join->gazetteer, event, &join->matches[place->first]);
    g_autofree char *text = g_strdup_printf("%s; %s", words.message, words.hint);
    g_autofree char *safe = evm_text_format_terminal(text);
    g_string_append_printf(out, "%6zu  %s\n", place->rows, safe);
    evm_fate_words_clear(&words);
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
    if (evm_fate_is_about_pcode(match)) {
        append_cause(out, join, place);
        return;
    }
    g_string_append_printf(out, "%6zu  %s, %s: %s", place->rows, name, province,
                           match->candidate_count == 0         ? "nothing is near"
                           : match->how == EVM_MATCH_AMBIGUOUS ? "fits "
                                                               : "nearest ");
    append_candidates(out, join->gazetteer, match, ", ");
    g_string_append_c(out, '\n');
}

static bool may_have_alias(const EvmJoin *join, const EvmOpenPlace *place)
{
    return join->events->items[place->first].district[0] != '\0' &&
           !evm_fate_is_about_pcode(&join->matches[place->first]);
}

void evm_check_write_open_places(GString *out, const EvmJoin *join, const EvmOpenPlaces *places)
{
    size_t names = 0;
    if (places->count == 0)
        return;
    g_string_append(out, "\nplaces left open, by spelling:\n");
    for (size_t i = 0; i < places->count; i++) {
        append_place(out, join, &places->items[i]);
        names += may_have_alias(join, &places->items[i]);
    }
    if (names > 0)
        g_string_append_printf(out,
                               "'evmap check --write-aliases FILE' writes %s ready to fill in\n",
                               names == places->count ? "them" : "those with 'nearest' or 'fits'");
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
        if (!may_have_alias(join, &places->items[i]))
            continue;
        append_alias(out, join, &places->items[i]);
        count++;
    }
    return count;
}

/* Rows that are open, and that no alias can mend. */
static size_t count_without_alias(const EvmJoin *join, const EvmOpenPlaces *places)
{
    size_t rows = 0;
    for (size_t i = 0; i < places->count; i++)
        rows += may_have_alias(join, &places->items[i]) ? 0 : places->items[i].rows;
    return rows;
}

static void write_count(size_t count, const char *path, size_t others)
{
    g_autoptr(GString) note = g_string_new(NULL);
    if (count > 0)
        g_string_append_printf(
            note,
            "%zu name%s in %s: fill in the column pcode ('none' for a place that "
            "is no district), then run again with --aliases %s",
            count, count == 1 ? "" : "s", path, path);
    else if (others == 0)
        g_string_append(note, "every named place joined: there are no aliases to write");
    else
        g_string_append(note, "there are no aliases to write");
    if (others > 0)
        g_string_append_printf(note,
                               "; %zu row%s left open by a P-code or point that is listed above, "
                               "which no alias mends: correct the table",
                               others, others == 1 ? " is" : "s are");
    evm_message_write_note(note->str);
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
    if (count > 0 && !evm_atomic_file_write_all(path, text->str, text->len, error))
        return false;
    write_count(count, safe, count_without_alias(join, places));
    return true;
}
