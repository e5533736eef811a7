/* The data table of a sheet: how many districts of every province each side holds, from the state
 * that the map is drawn from, for people who do not see the map. */
#include "scene/parts.h"
#include "scene/words.h"

typedef struct {
    EvmBuilder *builder;
    const EvmSheetRequest *request;
    const EvmTally *all; /* its rows are the columns */
    GPtrArray *cells;    /* const char *, in the scene's arena */
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

static void add_heads(Table *table)
{
    const EvmLanguage *language = table->request->language;
    add_cell(table, evm_language_at(language, EVM_MESSAGE_TABLE_PROVINCE));
    for (size_t i = 0; i < table->all->count; i++)
        add_cell(table, evm_words_find_control(language, table->request->state->join,
                                               table->all->rows[i].control));
    add_cell(table, evm_language_at(language, EVM_MESSAGE_LEGEND_ALL));
}

static void add_row(Table *table, const char *name, const EvmTally *tally)
{
    add_cell(table, name);
    for (size_t i = 0; i < table->all->count; i++)
        add_count(table, evm_tally_row_at(tally, table->all->rows[i].control).districts);
    add_count(table, tally->total.districts);
}

static void add_rows(Table *table)
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
    add_row(table, evm_language_at(request->language, EVM_MESSAGE_LEGEND_ALL), table->all);
}

EvmSceneTable evm_data_table_compute(EvmBuilder *builder, const EvmSheetRequest *request)
{
    EvmTally *all = evm_tally_compute(request->universe, request->state, -1);
    Table table = {builder, request, all, g_ptr_array_new()};
    add_heads(&table);
    add_rows(&table);
    size_t columns = all->count + 2, count = table.cells->len;
    const char **cells =
        evm_arena_alloc_array(evm_builder_find_arena(builder), count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = g_ptr_array_index(table.cells, i);
    g_ptr_array_free(table.cells, TRUE);
    evm_tally_free(all);
    const char *caption = evm_language_at(request->language, EVM_MESSAGE_LEGEND_TITLE);
    return (EvmSceneTable){evm_builder_format(builder, "%s", caption), cells, columns,
                           count / columns};
}
