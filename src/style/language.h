/* The words of the sheet in one language: sentences, names of actors and countries, digits, months,
 * writing direction. Each language is one key file (docs/languages.md describes it); English, Dari,
 * Pashto and French are built in, others are read from a file. Constant once loaded. */
#ifndef EVM_STYLE_LANGUAGE_H
#define EVM_STYLE_LANGUAGE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/input_file.h"
#include "style/messages.h"

typedef struct EvmLanguage EvmLanguage;

/* Which of the gazetteer's names the language uses. */
typedef enum { EVM_NAMES_LATIN, EVM_NAMES_DARI, EVM_NAMES_PASHTO } EvmNames;

/* `name` is that of a built-in language ("en", "fa", "ps", "fr") or the path of a key file. Errors:
 * EVM_ERROR_USAGE for a name that is neither; EVM_ERROR_INPUT with the file for one with an
 * unknown key or a message missing, and with the line for a code that cannot go into file names or
 * a message that has not the places of the English one. */
EvmLanguage *evm_language_load(const char *name, GError **error);
void evm_language_free(EvmLanguage *language); /* NULL is fine */

/* Appends the whole language as a key file: loading that gives the same language. */
void evm_language_write(const EvmLanguage *language, GString *out);

const char *const *evm_language_find_built_in(void); /* codes, NULL-terminated */

const char *evm_language_find_code(const EvmLanguage *language); /* BCP 47: "fa-AF" */
const char *evm_language_find_slug(const EvmLanguage *language); /* for file names: "fa" */
bool evm_language_is_rtl(const EvmLanguage *language);
/* What it was read from; NULL: built in. Borrowed. */
const EvmInputFile *evm_language_find_file(const EvmLanguage *language);
EvmNames evm_language_find_names(const EvmLanguage *language);

/* A message without places to fill in. Borrowed. */
const char *evm_language_at(const EvmLanguage *language, EvmMessage message);
/* Fills {name} with value, for pairs of name and value (char *) that end in NULL. Caller frees. */
char *evm_language_format(const EvmLanguage *language, EvmMessage message,
                          ...) G_GNUC_NULL_TERMINATED;
/* The plural form for `count`, which also fills {count}. Plural rules: Unicode CLDR 42. */
char *evm_language_format_count(const EvmLanguage *language, EvmMessage message, size_t count,
                                ...) G_GNUC_NULL_TERMINATED;
/* The form of the message for this actor ("The Taliban hold …"), or the general one. */
char *evm_language_format_actor(const EvmLanguage *language, EvmMessage message, const char *actor,
                                ...) G_GNUC_NULL_TERMINATED;

/* The word for an actor, a country or a province (by its Latin name), or the name itself. Borrowed.
 */
const char *evm_language_find_actor(const EvmLanguage *language, const char *actor);
const char *evm_language_find_country(const EvmLanguage *language, const char *country);
const char *evm_language_find_province(const EvmLanguage *language, const char *province);

/* Whole numbers in the language's digits, in groups; callers free. */
char *evm_language_format_number(const EvmLanguage *language, double value);
/* "45%", "<1%": a part that is there is never 0, and a whole that lacks something never 100. */
char *evm_language_format_share(const EvmLanguage *language, double part, double whole);
/* "5 July 2021", "۱۴ سرطان ۱۴۰۰": in the language's calendar. */
char *evm_language_format_date(const EvmLanguage *language, EvmDate date);
/* The same as numbers. */
void evm_language_format_ymd(const EvmLanguage *language, EvmDate date, int *year, int *month,
                             int *day);
/* With the Gregorian date beside it, where the calendar is another. */
char *evm_language_format_date_both(const EvmLanguage *language, EvmDate date);

#endif
