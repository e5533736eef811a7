/* The data table of a sheet: how many districts of every province, or on every day, each side
 * holds, from the states that the maps are drawn from, for people who do not see them. */
#include "scene/parts.h"
#include "scene/words.h"

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    GArray *controls; /* of EvmControl: the columns between the first and the last */
    GPtrArray *cells; /* const char *, in the scene's arena */
} Table;

static void add_cell(Table *table, const char *text)
{
    g_ptr_array_add(table->cells,
                    (void *)(uintptr_t)evm_builder_format(table->builder, "%s", text));
}

static void add_count(Table *table, size_t count)
{
    g_autofree char *text = evm_words_format_count(table->request->language, count);
    add_cell(table, text);
}

static void table_init(Table *table, EvmBuilder *builder, const EvmSheetRequest *request)
{
    *table =
        (Table){builder, request, g_array_new(FALSE, FALSE, sizeof(EvmControl)), g_ptr_array_new()};
}

static bool has_control(const GArray *controls, EvmControl control)
{
    for (guint i = 0; i < controls->len; i++)
        if (evm_control_is_equal(g_array_index(controls, EvmControl, i), control))
            return true;
    return false;
}

static void add_controls(Table *table, const EvmTally *tally)
{
    for (size_t i = 0; i < tally->count; i++)
        if (!has_control(table->controls, tally->rows[i].control))
            g_array_append_val(table->controls, tally->rows[i].control);
}

static void add_heads(Table *table, EvmMessage first)
{
    const EvmLanguage *language = table->request->language;
    add_cell(table, evm_language_at(language, first));
    for (guint i = 0; i < table->controls->len; i++)
        add_cell(table, evm_words_find_control(language, table->request->state->join,
                                               g_array_index(table->controls, EvmControl, i)));
    add_cell(table, evm_language_at(language, EVM_MESSAGE_LEGEND_ALL));
}

static void add_row(Table *table, const char *name, const EvmTally *tally)
{
    add_cell(table, name);
    for (guint i = 0; i < table->controls->len; i++)
        add_count(table,
                  evm_tally_row_at(tally, g_array_index(table->controls, EvmControl, i)).districts);
    add_count(table, tally->total.districts);
}

static void add_provinces(Table *table)
{
    const EvmSheetRequest *request = table->request;
    const EvmGazetteer *gazetteer = request->universe->gazetteer;
    for (size_t i = 0; i < gazetteer->province_count; i++) {
        EvmTally *tally = evm_tally_compute(request->universe, request->state, (int32_t)i);
        if (tally->total.districts > 0)
            add_row(table, evm_words_find_province(request->language, &gazetteer->provinces[i]),
                    tally);
        evm_tally_free(tally);
    }
}

/* Clears it. */
static EvmSceneTable finish(Table *table)
{
    const char *caption = evm_language_at(table->request->language, EVM_MESSAGE_LEGEND_TITLE);
    size_t columns = table->controls->len + 2, count = table->cells->len;
    const char **cells =
        evm_arena_alloc_array(evm_builder_find_arena(table->builder), count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = g_ptr_array_index(table->cells, i);
    g_ptr_array_free(table->cells, TRUE);
    g_array_free(table->controls, TRUE);
    return (EvmSceneTable){evm_builder_format(table->builder, "%s", caption), cells, columns,
                           count / columns};
}

EvmSceneTable evm_data_table_compute(EvmBuilder *builder, const EvmSheetRequest *request)
{
    Table table;
    EvmTally *all = evm_tally_compute(request->universe, request->state, -1);
    table_init(&table, builder, request);
    add_controls(&table, all);
    add_heads(&table, EVM_MESSAGE_TABLE_PROVINCE);
    add_provinces(&table);
    add_row(&table, evm_language_at(request->language, EVM_MESSAGE_LEGEND_ALL), all);
    evm_tally_free(all);
    return finish(&table);
}

EvmSceneTable evm_day_table_compute(EvmBuilder *builder, const EvmSheetRequest *request,
                                    const EvmState *const *states, size_t count)
{
    Table table;
    g_autofree EvmTally **tallies = g_new(EvmTally *, count + 1);
    table_init(&table, builder, request);
    for (size_t i = 0; i < count; i++) {
        tallies[i] = evm_tally_compute(request->universe, states[i], -1);
        add_controls(&table, tallies[i]);
    }
    add_heads(&table, EVM_MESSAGE_TABLE_DAY);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *day =
            evm_language_format_date(request->language, states[i]->question.date);
        add_row(&table, day, tallies[i]);
        evm_tally_free(tallies[i]);
    }
    return finish(&table);
}
