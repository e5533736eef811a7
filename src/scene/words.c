#include "scene/words.h"

const char *evm_control_format_label(const EvmJoin *join, EvmControl control)
{
    if (control.kind == EVM_CONTROL_CONTESTED)
        return "Contested";
    if (control.kind == EVM_CONTROL_UNASSESSED)
        return "Not assessed";
    return join->actors[control.actor];
}

const char *evm_words_find_control(const EvmLanguage *language, const EvmJoin *join,
                                   EvmControl control)
{
    if (control.kind == EVM_CONTROL_CONTESTED)
        return evm_language_at(language, EVM_MESSAGE_CONTROL_CONTESTED);
    if (control.kind == EVM_CONTROL_UNASSESSED)
        return evm_language_at(language, EVM_MESSAGE_CONTROL_UNASSESSED);
    return evm_language_find_actor(language, join->actors[control.actor]);
}

/* The Latin name where the gazetteer has none in the language. */
static const char *choose_name(const EvmLanguage *language, const char *latin, const char *dari,
                               const char *pashto)
{
    EvmNames names = evm_language_find_names(language);
    const char *name = names == EVM_NAMES_DARI ? dari : names == EVM_NAMES_PASHTO ? pashto : latin;
    return name[0] != '\0' ? name : latin;
}

const char *evm_words_find_district(const EvmLanguage *language, const EvmDistrict *district)
{
    const char *latin = district->town[0] != '\0' ? district->town : district->name;
    return choose_name(language, latin, district->name_fa, district->name_ps);
}

const char *evm_words_find_province(const EvmLanguage *language, const EvmProvince *province)
{
    const char *latin = evm_language_find_province(language, province->name);
    return choose_name(language, latin, province->name_fa, province->name_ps);
}

const char *evm_words_find_capital(const EvmLanguage *language, const EvmProvince *province)
{
    return choose_name(language, province->capital, province->capital_fa, province->capital_ps);
}

/* Takes `text`; with how many of its districts nobody has claimed. */
static char *tell_assumed(const EvmLanguage *language, char *text, size_t assumed)
{
    if (assumed == 0)
        return text;
    g_autofree char *before = text;
    g_autofree char *count = evm_words_format_count(language, assumed);
    return evm_language_format(language, EVM_MESSAGE_ASSUMED, "text", before, "count", count, NULL);
}

char *evm_words_format_row(const EvmLanguage *language, const EvmJoin *join, const EvmTallyRow *row)
{
    g_autofree char *count = evm_words_format_count(language, row->districts);
    char *text = evm_language_format(language, EVM_MESSAGE_DESCRIPTION_COUNT, "control",
                                     evm_words_find_control(language, join, row->control), "count",
                                     count, NULL);
    return tell_assumed(language, text, row->assumed);
}

char *evm_words_format_count(const EvmLanguage *language, size_t count)
{
    return evm_language_format_number(language, (double)count);
}

/* Takes `list` and `next`. */
static char *append(const EvmLanguage *language, EvmMessage message, char *list, char *next)
{
    if (!list)
        return next;
    char *both = evm_language_format(language, message, "before", list, "next", next, NULL);
    g_free(list);
    g_free(next);
    return both;
}

char *evm_words_format_area(const EvmLanguage *language, const EvmGazetteer *gazetteer,
                            const GArray *provinces)
{
    if (!provinces)
        return g_strdup(evm_language_at(language, EVM_MESSAGE_COUNTRY));
    char *list = NULL;
    for (guint i = 0; i < provinces->len; i++) {
        const EvmProvince *province = &gazetteer->provinces[g_array_index(provinces, int32_t, i)];
        bool is_last = i + 1 == provinces->len;
        list = append(language, is_last ? EVM_MESSAGE_LIST_LAST : EVM_MESSAGE_LIST, list,
                      g_strdup(evm_words_find_province(language, province)));
    }
    return list;
}

/* With more than four holders a sentence names the three that hold most. */
static size_t find_usual_most(const EvmTally *tally)
{
    enum { ALL_MOST = 4, NAMED = 3 };
    size_t holders = 0;
    for (size_t i = 0; i < tally->count; i++)
        holders += tally->rows[i].control.kind == EVM_CONTROL_HELD;
    return holders > ALL_MOST ? NAMED : ALL_MOST;
}

/* Among the `most` that hold most. */
static bool is_named(const EvmTally *tally, size_t index, size_t most)
{
    size_t before = 0;
    for (size_t i = 0; i < tally->count; i++) {
        size_t districts = tally->rows[i].districts, own = tally->rows[index].districts;
        before += tally->rows[i].control.kind == EVM_CONTROL_HELD &&
                  (districts > own || (districts == own && i < index));
    }
    return before < most;
}

/* "The Taliban hold 153 of 398 districts, the government 9, others 12": `most` by name, or, where
 * it is 0, as many as is usual. */
static char *format_holders(const EvmLanguage *language, const EvmJoin *join, const EvmTally *tally,
                            size_t most)
{
    char *list = NULL;
    size_t others = 0, others_assumed = 0, named = most > 0 ? most : find_usual_most(tally);
    g_autofree char *total = evm_words_format_count(language, tally->total.districts);
    for (size_t i = 0; i < tally->count; i++) {
        const EvmTallyRow *row = &tally->rows[i];
        if (row->control.kind != EVM_CONTROL_HELD)
            continue;
        if (!is_named(tally, i, named)) {
            others += row->districts;
            others_assumed += row->assumed;
            continue;
        }
        const char *actor = join->actors[row->control.actor];
        g_autofree char *count = evm_words_format_count(language, row->districts);
        char *next = evm_language_format_actor(
            language, list ? EVM_MESSAGE_HOLDS_ALSO : EVM_MESSAGE_HOLDS, actor, "actor",
            evm_language_find_actor(language, actor), "count", count, "total", total, NULL);
        list = append(language, EVM_MESSAGE_LIST, list, tell_assumed(language, next, row->assumed));
    }
    if (others > 0) {
        g_autofree char *count = evm_words_format_count(language, others);
        char *next = evm_language_format(language, EVM_MESSAGE_HOLDS_OTHERS, "count", count, NULL);
        list =
            append(language, EVM_MESSAGE_LIST, list, tell_assumed(language, next, others_assumed));
    }
    return list ? list
                : evm_language_format(language, EVM_MESSAGE_HOLDS_NOBODY, "total", total, NULL);
}

static char *format_holdings(const EvmLanguage *language, const EvmJoin *join,
                             const EvmTally *tally, size_t most)
{
    char *list = format_holders(language, join, tally, most);
    for (size_t i = 0; i < tally->count; i++) {
        const EvmTallyRow *row = &tally->rows[i];
        bool is_said = row->control.kind == EVM_CONTROL_UNASSESSED &&
                       row->districts == tally->total.districts; /* nobody holds any */
        if (row->control.kind == EVM_CONTROL_HELD || is_said)
            continue;
        g_autofree char *count = evm_words_format_count(language, row->districts);
        char *next = evm_language_format(language,
                                         row->control.kind == EVM_CONTROL_CONTESTED
                                             ? EVM_MESSAGE_SUMMARY_CONTESTED
                                             : EVM_MESSAGE_SUMMARY_UNASSESSED,
                                         "count", count, NULL);
        list = append(language, EVM_MESSAGE_SUMMARY_PART, list, next);
    }
    return list;
}

static char *append_course(const EvmLanguage *language, const EvmJoin *join, char *list,
                           const EvmTallyRow *before, const EvmTallyRow *after)
{
    const EvmTallyRow *named = after->districts > 0 ? after : before;
    g_autofree char *from = evm_words_format_count(language, before->districts);
    g_autofree char *to = evm_words_format_count(language, after->districts);
    char *next = evm_language_format(language, EVM_MESSAGE_COURSE_PART, "control",
                                     evm_words_find_control(language, join, named->control),
                                     "before", from, "after", to, NULL);
    return append(language, EVM_MESSAGE_SUMMARY_PART, list, next);
}

char *evm_words_format_course(const EvmLanguage *language, const EvmUniverse *universe,
                              const EvmState *first, const EvmState *last)
{
    EvmTally *before = evm_tally_compute(universe, first, -1);
    EvmTally *after = evm_tally_compute(universe, last, -1);
    g_autofree char *total = evm_words_format_count(language, after->total.districts);
    char *list = NULL;
    for (size_t i = 0; i < after->count; i++) {
        EvmTallyRow then = evm_tally_row_at(before, after->rows[i].control);
        list = append_course(language, last->join, list, &then, &after->rows[i]);
    }
    for (size_t i = 0; i < before->count; i++) {
        EvmTallyRow now = evm_tally_row_at(after, before->rows[i].control);
        if (now.districts == 0)
            list = append_course(language, last->join, list, &before->rows[i], &now);
    }
    g_autofree char *rows = list;
    evm_tally_free(before);
    evm_tally_free(after);
    return evm_language_format(language, EVM_MESSAGE_COURSE, "total", total, "rows",
                               rows ? rows : "", NULL);
}

/* The province with the most changes, and how many; 0 when several have as many. */
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
    for (uint32_t p = 0; p < gazetteer->province_count; p++)
        if (counts[p] == best && p != *province)
            return 0;
    return best;
}

static char *format_changes(const EvmLanguage *language, const EvmUniverse *universe,
                            const EvmChanges *changes)
{
    size_t changed;
    uint32_t province = 0;
    size_t best = find_busiest(universe, changes, &changed, &province);
    g_autofree char *days =
        evm_words_format_count(language, (size_t)(changes->to.days - changes->from.days));
    if (changed == 0)
        return evm_language_format(language, EVM_MESSAGE_SUMMARY_UNCHANGED, "days", days, NULL);
    char *text = evm_language_format_count(language, EVM_MESSAGE_SUMMARY_CHANGED, changed, "days",
                                           days, NULL);
    if (best < 2 || best == changed)
        return text;
    g_autofree char *all = text;
    g_autofree char *count = evm_words_format_count(language, best);
    return evm_language_format(
        language, EVM_MESSAGE_SUMMARY_BUSIEST, "changed", all, "count", count, "province",
        evm_words_find_province(language, &universe->gazetteer->provinces[province]), NULL);
}

char *evm_words_format_short_summary(const EvmLanguage *language, const EvmUniverse *universe,
                                     const EvmState *state, const EvmChanges *changes,
                                     size_t holders)
{
    EvmTally *tally = evm_tally_compute(universe, state, -1);
    g_autofree char *holdings = format_holdings(language, state->join, tally, holders);
    g_autofree char *changed = format_changes(language, universe, changes);
    evm_tally_free(tally);
    return evm_language_format(language, EVM_MESSAGE_SUMMARY, "holdings", holdings, "changes",
                               changed, NULL);
}

char *evm_words_format_summary(const EvmLanguage *language, const EvmUniverse *universe,
                               const EvmState *state, const EvmChanges *changes)
{
    return evm_words_format_short_summary(language, universe, state, changes, 0);
}
