#include "events/notes.h"

#include <string.h>

#include "events/columns.h"

static void add_note(EvmDiagnostics *diagnostics, const char *path, const char *code, unsigned line,
                     const char *message, const char *hint)
{
    evm_diagnostics_add(diagnostics,
                        &(EvmDiagnostic){EVM_SEVERITY_NOTE, code, path, line, 0, message, hint});
}

/* Commas and UTF-8 are what everybody expects. */
void evm_note_add_dialect(EvmDiagnostics *diagnostics, const char *path, const EvmCsvDialect *asked,
                          const EvmCsvDialect *found)
{
    if (!asked->delimiter && found->delimiter != ',')
        add_note(diagnostics, path, "found-delimiter", 0,
                 found->delimiter == ';' ? "the cells are separated by semicolons"
                                         : "the cells are separated by tabs",
                 "--delimiter says otherwise");
    if (asked->encoding || strcmp(found->encoding, "utf-8") == 0)
        return;
    g_autofree char *message = g_strdup_printf("the text is %s", found->encoding);
    add_note(diagnostics, path, "found-encoding", 0, message, NULL);
}

void evm_note_add_blank_rows(EvmDiagnostics *diagnostics, const char *path, size_t count,
                             unsigned first_line)
{
    if (count == 0)
        return;
    g_autofree char *message = g_strdup_printf("%zu %s without any text skipped, the first on this "
                                               "line",
                                               count, count == 1 ? "row" : "rows");
    add_note(diagnostics, path, "blank-rows", first_line, message, NULL);
}

static void add_warning(EvmDiagnostics *diagnostics, const char *path, const char *code,
                        const char *message, const char *hint)
{
    evm_diagnostics_add(diagnostics,
                        &(EvmDiagnostic){EVM_SEVERITY_WARNING, code, path, 0, 0, message, hint});
}

void evm_note_add_no_rows(EvmDiagnostics *diagnostics, const char *path)
{
    add_warning(diagnostics, path, "no-rows", "the file has a header line and no events", NULL);
}

void evm_note_add_same_file(EvmDiagnostics *diagnostics, const char *path, const char *other)
{
    g_autofree char *message = g_strdup_printf("the file is the same as %s, byte for byte", other);
    add_warning(diagnostics, path, "duplicate-file", message,
                "name each file once, or its rows count twice");
}

char *evm_note_format_place(unsigned line, const char *path)
{
    return path ? g_strdup_printf("line %u of %s", line, path) : g_strdup_printf("line %u", line);
}

void evm_note_add_twin(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                       unsigned column, const char *id, const char *place, bool is_same)
{
    g_autofree char *shown = evm_cell_format(id);
    g_autofree char *message = g_strdup_printf("id '%s' also stands on %s, with %s content", shown,
                                               place, is_same ? "the same" : "other");
    evm_diagnostics_add(diagnostics, &(EvmDiagnostic){EVM_SEVERITY_WARNING,
                                                      is_same ? "duplicate-row" : "duplicate-id",
                                                      path, line, column, message,
                                                      is_same ? "remove one of the two rows"
                                                              : "give each row an id of its own"});
}

void evm_note_add_unknown_superseded(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                                     const char *id)
{
    g_autofree char *shown = evm_cell_format(id);
    g_autofree char *message = g_strdup_printf("supersedes '%s', which is the id of no row", shown);
    evm_diagnostics_add(diagnostics,
                        &(EvmDiagnostic){EVM_SEVERITY_WARNING, "unknown-supersedes", path, line, 0,
                                         message, "write ids separated by ';'"});
}

void evm_note_add_superseded_twins(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                                   const char *id, int count)
{
    g_autofree char *shown = evm_cell_format(id);
    g_autofree char *message =
        g_strdup_printf("supersedes '%s', the id of %d rows: none of them counts", shown, count);
    evm_diagnostics_add(diagnostics,
                        &(EvmDiagnostic){EVM_SEVERITY_WARNING, "superseded-twins", path, line, 0,
                                         message, "give each row an id of its own"});
}

void evm_note_add_mutual(EvmDiagnostics *diagnostics, const char *path, unsigned line,
                         const char *id, bool is_direct)
{
    g_autofree char *shown = evm_cell_format(id);
    g_autofree char *message =
        g_strdup_printf("supersedes '%s', which supersedes it%s", shown,
                        is_direct ? ": neither counts" : " by way of others: none of them counts");
    evm_diagnostics_add(
        diagnostics,
        &(EvmDiagnostic){EVM_SEVERITY_WARNING, "mutual-supersedes", path, line, 0, message,
                         is_direct ? "let the row that holds supersede the other"
                                   : "let the row that holds supersede the others"});
}

void evm_note_add_order(EvmDiagnostics *diagnostics, const char *path, const char *column,
                        unsigned line, const char *text, bool is_dmy)
{
    g_autofree char *shown = evm_cell_format(text);
    g_autofree char *message =
        g_strdup_printf("the dates of '%s' are read as %s, as '%s' on this line proves", column,
                        is_dmy ? "day/month/year" : "month/day/year", shown);
    add_note(diagnostics, path, "settled-order", line, message, NULL);
}

void evm_note_add_kept_whole(EvmDiagnostics *diagnostics, const char *path, const char *why)
{
    g_autofree char *message = g_strdup_printf("all rows are kept in memory: %s", why);
    add_note(diagnostics, path, "kept-whole", 0, message, NULL);
}

void evm_note_add_hxl_row(EvmDiagnostics *diagnostics, const char *path, unsigned line)
{
    add_note(diagnostics, path, "hxl-row", line, "a row of HXL tags below the header was skipped",
             NULL);
}
