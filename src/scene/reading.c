#include "scene/parts.h"

static void add_sentence(GString *text, const EvmSheetRequest *request, EvmMessage message)
{
    if (text->len > 0)
        g_string_append_c(text, ' ');
    g_string_append(text, evm_language_at(request->language, message));
}

static bool has_kind(const EvmTally *tally, EvmControlKind kind)
{
    for (size_t i = 0; i < tally->count; i++)
        if (tally->rows[i].control.kind == kind)
            return true;
    return false;
}

char *evm_reading_format(const EvmSheetRequest *request, bool is_short)
{
    GString *text = g_string_new(NULL);
    EvmTally *tally = evm_tally_compute(request->universe, request->state, -1);
    const EvmTally *shown = request->legend ? request->legend : tally;
    if (!is_short)
        add_sentence(text, request, EVM_MESSAGE_READING);
    if (has_kind(shown, EVM_CONTROL_CONTESTED))
        add_sentence(text, request, EVM_MESSAGE_READING_CONTESTED);
    if (has_kind(shown, EVM_CONTROL_UNASSESSED))
        add_sentence(text, request, EVM_MESSAGE_READING_UNASSESSED);
    if (shown->total.changing > 0 || shown->total.disputed > 0)
        add_sentence(text, request, EVM_MESSAGE_READING_BANDS);
    evm_tally_free(tally);
    return g_string_free(text, FALSE);
}
