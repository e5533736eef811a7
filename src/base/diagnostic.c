#include "base/diagnostic.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"

enum { SEVERITY_COUNT = EVM_SEVERITY_ERROR + 1 };

struct EvmDiagnostics {
    EvmArena *arena;
    GArray *items;
    size_t counts[SEVERITY_COUNT];
};

EvmDiagnostics *evm_diagnostics_new(void)
{
    EvmDiagnostics *list = g_new0(EvmDiagnostics, 1);
    list->arena = evm_arena_new();
    list->items = g_array_new(FALSE, FALSE, sizeof(EvmDiagnostic));
    return list;
}

void evm_diagnostics_free(EvmDiagnostics *list)
{
    if (!list)
        return;
    g_array_free(list->items, TRUE);
    evm_arena_free(list->arena);
    g_free(list);
}

void evm_diagnostics_add(EvmDiagnostics *list, const EvmDiagnostic *what)
{
    if (!list)
        return;
    list->counts[what->severity]++;
    if (list->items->len >= EVM_LIMIT_DIAGNOSTICS)
        return;
    EvmDiagnostic copy = *what;
    copy.code = evm_arena_strdup(list->arena, what->code);
    copy.file = evm_arena_strdup(list->arena, what->file);
    copy.message = evm_arena_strdup(list->arena, what->message);
    copy.hint = evm_arena_strdup(list->arena, what->hint);
    g_array_append_val(list->items, copy);
}

void evm_diagnostics_add_merged(EvmDiagnostics *list, const EvmDiagnostics *a,
                                const EvmDiagnostics *b, unsigned lines_before)
{
    size_t counts[SEVERITY_COUNT];
    const GArray *as = a->items, *bs = b->items;
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        counts[i] = list->counts[i] + a->counts[i] + b->counts[i];
    for (guint i = 0, j = 0; i < as->len || j < bs->len;) {
        bool is_a = j == bs->len || (i < as->len && g_array_index(as, EvmDiagnostic, i).line <=
                                                        g_array_index(bs, EvmDiagnostic, j).line);
        EvmDiagnostic what =
            is_a ? g_array_index(as, EvmDiagnostic, i++) : g_array_index(bs, EvmDiagnostic, j++);
        what.line += what.line > 0 ? lines_before : 0;
        evm_diagnostics_add(list, &what);
    }
    memcpy(list->counts, counts, sizeof counts);
}

void evm_diagnostics_add_list(EvmDiagnostics *list, const EvmDiagnostics *other,
                              unsigned lines_before)
{
    if (!list)
        return;
    EvmDiagnostics *none = evm_diagnostics_new();
    evm_diagnostics_add_merged(list, other, none, lines_before);
    evm_diagnostics_free(none);
}

size_t evm_diagnostics_count(const EvmDiagnostics *list)
{
    return list->items->len;
}

const EvmDiagnostic *evm_diagnostics_at(const EvmDiagnostics *list, size_t i)
{
    g_assert(i < list->items->len);
    return &g_array_index(list->items, EvmDiagnostic, i);
}

size_t evm_diagnostics_count_severity(const EvmDiagnostics *list, EvmSeverity severity)
{
    return list->counts[severity];
}

const char *evm_severity_format(EvmSeverity severity)
{
    static const char *const WORDS[SEVERITY_COUNT] = {"note", "warning", "error"};
    return WORDS[severity];
}
