/* Tables of others, read as if they were ours: which of their columns is which of ours, and what
 * their codes mean. docs/events.md says so in words. Columns and codes: the publishers' codebooks
 * (ACLED 2024, UCDP GED 24.1, GTD 2021). */
#ifndef EVM_EVENTS_PRESET_H
#define EVM_EVENTS_PRESET_H

#include "events/columns.h"

enum { EVM_PRESET_DATE_SIZE = 40 };

/* One row as the native columns have it. Strings are borrowed from the row or stand in here. */
typedef struct {
    const char *text[EVM_COLUMN_COUNT];       /* never NULL */
    const char *other[EVM_OTHER_COLUMNS_MAX]; /* cells of the preset's `others`, never NULL */
    char date[EVM_PRESET_DATE_SIZE];
    GString *tags;
    const char *code, *problem, *hint; /* of a warning about the row; NULL: none */
} EvmCells;

typedef void (*EvmConvertFunc)(EvmCells *cells);

typedef struct {
    const char *theirs;
    EvmColumn ours;
} EvmColumnName;

struct EvmPreset {
    const char *name, *title;
    const char *const *signature; /* columns by which a header is recognised; NULL: by none */
    const EvmColumnName *names;   /* where several are the same to us, the first that is there */
    const char *const *others;    /* columns that `convert` needs besides; NULL: none */
    const char *const *header;    /* of files that come without; NULL: they have one */
    EvmDateOrder date_order;      /* of dates such as 05/07/2021 */
    bool names_all;               /* a column not named here is nothing to speak of */
    EvmConvertFunc convert;       /* their codes into our words; NULL: they are the same */
};

extern const EvmPreset EVM_PRESET_NATIVE, EVM_PRESET_ACLED, EVM_PRESET_UCDP, EVM_PRESET_GTD;

/* NULL when there is none of that name; ASCII case-blind. */
const EvmPreset *evm_preset_find(const char *name);
/* The one whose signature the header has; the native one when it has none. */
const EvmPreset *evm_preset_find_by_header(const EvmCsvRow *header);

/* Case-blind, with '_', '-' and blank equal, what programs leave of a byte order mark aside. */
bool evm_header_is_name(const char *header, const char *name);

#endif
