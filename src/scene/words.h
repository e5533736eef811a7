/* The words of the sheet, in English. */
#ifndef EVM_SCENE_WORDS_H
#define EVM_SCENE_WORDS_H

#include <stddef.h>

#include "timeline/universe.h"

/* For legends and sentences: "Taliban", "Contested", "Not assessed". Borrowed. */
const char *evm_control_format_label(const EvmJoin *join, EvmControl control);

/* "1 district", "12 districts"; the caller frees. */
char *evm_words_format_districts(size_t count);
/* "12 345": thin groups of three; the caller frees. */
char *evm_words_format_number(double value);
/* "45 %", "<1 %", "0 %"; the caller frees. */
char *evm_words_format_share(double part, double whole);

/* What the map says, in one or two sentences: "The Taliban hold 140 of 398 districts; …". The
 * caller frees. */
char *evm_words_format_summary(const EvmUniverse *universe, const EvmState *state,
                               const EvmChanges *changes);

#endif
