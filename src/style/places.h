/* The places of a sentence that are filled in: "{name}". */
#ifndef EVM_STYLE_PLACES_H
#define EVM_STYLE_PLACES_H

#include <glib.h>

/* The first place of `text` that `other` has not, braces and all; NULL: it has each. Where a brace
 * never closes, all behind it. Caller frees. */
char *evm_places_find_missing(const char *text, const char *other);

#endif
