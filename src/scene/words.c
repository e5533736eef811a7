#include "scene/words.h"

#include <math.h>
#include <string.h>

const char *evm_control_format_label(const EvmJoin *join, EvmControl control)
{
    if (control.kind == EVM_CONTROL_CONTESTED)
        return "Contested";
    if (control.kind == EVM_CONTROL_UNASSESSED)
        return "Not assessed";
    return join->actors[control.actor];
}

char *evm_words_format_districts(size_t count)
{
    return g_strdup_printf("%zu district%s", count, count == 1 ? "" : "s");
}

char *evm_words_format_number(double value)
{
    g_autofree char *digits = g_strdup_printf("%.0f", value);
    GString *out = g_string_new(NULL);
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            g_string_append_c(out, ',');
        g_string_append_c(out, digits[i]);
    }
    return g_string_free(out, FALSE);
}

char *evm_words_format_share(double part, double whole)
{
    double percent = whole > 0 ? 100 * part / whole : 0;
    if (percent > 0 && percent < 1)
        return g_strdup("<1%");
    if (percent > 99 && percent < 100)
        return g_strdup(">99%");
    return g_strdup_printf("%.0f%%", percent);
}

/* How an actor is spoken of inside a sentence. */
static const char *actor_subject(const char *actor)
{
    if (g_ascii_strcasecmp(actor, "Taliban") == 0)
        return "the Taliban";
    if (g_ascii_strcasecmp(actor, "Government") == 0)
        return "the government";
    return actor;
}

/* "The Taliban hold 153 of 398 districts, the government 9". */
static void append_holders(GString *out, const EvmJoin *join, const EvmTally *tally)
{
    size_t named = 0;
    for (size_t i = 0; i < tally->count; i++) {
        const EvmTallyRow *row = &tally->rows[i];
        if (row->control.kind != EVM_CONTROL_HELD)
            continue;
        const char *subject = actor_subject(join->actors[row->control.actor]);
        if (named++ > 0) {
            g_string_append_printf(out, ", %s %zu", subject, row->districts);
            continue;
        }
        bool is_plural = strcmp(subject, "the Taliban") == 0;
        g_string_append_printf(out, "%s %s %zu of %zu districts", subject,
                               is_plural ? "hold" : "holds", row->districts,
                               tally->total.districts);
        out->str[0] = g_ascii_toupper(out->str[0]);
    }
    if (named == 0)
        g_string_append_printf(out, "Nobody is reported to hold any of the %zu districts",
                               tally->total.districts);
}

static void append_holdings(GString *out, const EvmJoin *join, const EvmTally *tally)
{
    append_holders(out, join, tally);
    for (size_t i = 0; i < tally->count; i++) {
        const EvmTallyRow *row = &tally->rows[i];
        if (row->control.kind != EVM_CONTROL_HELD)
            g_string_append_printf(out, "; %zu %s", row->districts,
                                   row->control.kind == EVM_CONTROL_CONTESTED ? "contested"
                                                                              : "not assessed");
    }
}

/* The province with the most changes, and how many. */
static size_t find_busiest(const EvmUniverse *universe, const EvmChanges *changes, size_t *changed,
                           uint32_t *province)
{
    const EvmGazetteer *gazetteer = universe->gazetteer;
    g_autofree size_t *counts = g_new0(size_t, gazetteer->province_count + 1);
    size_t best = 0;
    *changed = 0;
    for (size_t i = 0; i < changes->count; i++) {
        uint32_t district = changes->items[i].district;
        int32_t area = universe->district_area[district];
        if (area == EVM_NO_AREA || !universe->is_counted[area])
            continue;
        uint32_t p = gazetteer->districts[district].province;
        ++*changed;
        if (++counts[p] > best) {
            best = counts[p];
            *province = p;
        }
    }
    return best;
}

char *evm_words_format_summary(const EvmUniverse *universe, const EvmState *state,
                               const EvmChanges *changes)
{
    GString *out = g_string_new(NULL);
    EvmTally *tally = evm_tally_compute(universe, state, -1);
    append_holdings(out, state->join, tally);
    evm_tally_free(tally);
    size_t changed;
    uint32_t province = 0;
    size_t best = find_busiest(universe, changes, &changed, &province);
    int days = changes->to.days - changes->from.days;
    if (changed == 0)
        g_string_append_printf(out, ". None changed hands in the last %d days", days);
    else
        g_string_append_printf(out, ". %zu changed hands in the last %d days", changed, days);
    if (best > 1 && best < changed)
        g_string_append_printf(out, ", %zu of them in %s", best,
                               universe->gazetteer->provinces[province].name);
    g_string_append_c(out, '.');
    return g_string_free(out, FALSE);
}
