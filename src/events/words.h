/* The closed lists of words that cells may hold. */
#ifndef EVM_EVENTS_WORDS_H
#define EVM_EVENTS_WORDS_H

#include "events/events.h"

/* NULL-terminated, in the order of the enumerations. */
extern const char *const EVM_KIND_WORDS[];
extern const char *const EVM_PRECISION_WORDS[];
extern const char *const EVM_CONFIDENCE_WORDS[];
extern const char *const EVM_YES_NO_WORDS[];

/* Index of `text` in `words`, ASCII case-blind; -1 when it is none of them. */
int evm_words_find(const char *const *words, const char *text);

/* True for the words of EVM_YES_NO_WORDS that say yes. */
bool evm_words_is_yes(int index);

/* True for words that tables have in the place of an actor where there is none: "unknown", "n/a".
 * One of them is EVM_WORD_CONTESTED. */
bool evm_words_is_nobody(const char *text);
#define EVM_WORD_CONTESTED "contested"

/* True when `item` stands in a list separated by ';', blanks around it aside. */
bool evm_words_has_item(const char *list, const char *item);

#endif
