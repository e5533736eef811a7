/* The words of the sheet: what its language (style/language.h) says of the data. */
#ifndef EVM_SCENE_WORDS_H
#define EVM_SCENE_WORDS_H

#include <stddef.h>

#include "style/language.h"
#include "timeline/universe.h"

/* For tables, in English: "Taliban", "Contested", "Not assessed". Borrowed. */
const char *evm_control_format_label(const EvmJoin *join, EvmControl control);

/* The same in the language of a sheet. Borrowed. */
const char *evm_words_find_control(const EvmLanguage *language, const EvmJoin *join,
                                   EvmControl control);

/* Names in the language's script, or in Latin where the gazetteer has none: a district that is
 * called after the provincial capital in it as the map writes that. Borrowed. */
const char *evm_words_find_district(const EvmLanguage *language, const EvmDistrict *district);
const char *evm_words_find_province(const EvmLanguage *language, const EvmProvince *province);
const char *evm_words_find_capital(const EvmLanguage *language, const EvmProvince *province);

/* What the map shows: the country, or "Kunduz and Takhar" for indexes (int32_t) of provinces; NULL:
 * all. The caller frees. */
char *evm_words_format_area(const EvmLanguage *language, const EvmGazetteer *gazetteer,
                            const GArray *provinces);

/* "Taliban 153"; the caller frees. */
char *evm_words_format_row(const EvmLanguage *language, const EvmJoin *join,
                           const EvmTallyRow *row);

char *evm_words_format_count(const EvmLanguage *language, size_t count); /* the caller frees */

/* What became of the districts between two days: "Of 398 districts: Taliban from 19 to 212; …". The
 * caller frees. */
char *evm_words_format_course(const EvmLanguage *language, const EvmUniverse *universe,
                              const EvmState *first, const EvmState *last);

/* What the map says, in one or two sentences: "The Taliban hold 140 of 398 districts; …". The
 * caller frees. */
char *evm_words_format_summary(const EvmLanguage *language, const EvmUniverse *universe,
                               const EvmState *state, const EvmChanges *changes);
/* The same with no more than so many holders by name, those that hold most; 0: as above. */
char *evm_words_format_short_summary(const EvmLanguage *language, const EvmUniverse *universe,
                                     const EvmState *state, const EvmChanges *changes,
                                     size_t holders);

#endif
