#include "events/stream_part.h"

#include <string.h>

EvmStreamPart *evm_stream_part_new(void)
{
    EvmStreamPart *part = g_new0(EvmStreamPart, 1);
    part->diagnostics = evm_diagnostics_new();
    part->remarks = evm_diagnostics_new();
    part->ids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    part->cites = g_array_new(FALSE, FALSE, sizeof(EvmStreamCite));
    part->twins = g_array_new(FALSE, FALSE, sizeof(EvmStreamTwin));
    part->is_rising = true;
    return part;
}

void evm_stream_part_free(EvmStreamPart *part)
{
    for (guint i = 0; i < part->cites->len; i++) {
        g_free(g_array_index(part->cites, EvmStreamCite, i).id);
        g_free(g_array_index(part->cites, EvmStreamCite, i).supersedes);
    }
    for (guint i = 0; i < part->twins->len; i++)
        g_free(g_array_index(part->twins, EvmStreamTwin, i).id);
    g_array_unref(part->ids);
    g_array_unref(part->cites);
    g_array_unref(part->twins);
    evm_diagnostics_free(part->diagnostics);
    evm_diagnostics_free(part->remarks);
    g_free(part);
}

bool evm_row_id_is_rising(const EvmRowId *before, const char *text, size_t length)
{
    if (before->length != length)
        return before->length < length;
    return memcmp(before->text, text, length) < 0;
}

void evm_stream_part_add_id(EvmStreamPart *part, const char *text)
{
    size_t length = strlen(text);
    part->is_rising = part->is_rising && length <= EVM_ROW_ID_BYTES &&
                      evm_row_id_is_rising(&part->last_id, text, length);
    if (!part->is_rising)
        return;
    memcpy(part->last_id.text, text, length);
    part->last_id.length = length;
    if (part->first_id.length == 0)
        part->first_id = part->last_id;
}
