/* The borders that text crosses: one terminal-safe printer, one XML escaper, one CSV quoter, one
 * maker of file names. Input is NUL-terminated; bytes that are not UTF-8 never pass. All returned
 * strings are the caller's (g_free). */
#ifndef EVM_BASE_TEXT_H
#define EVM_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* For a terminal: control characters, invalid bytes and characters that reorder or hide text
 * (bidi controls, zero-width, line separators) become \xNN or \u{NNNN}. */
char *evm_text_format_terminal(const char *text);

/* Appends `text` for XML element content or a quoted attribute: & < > " ' as entities; characters
 * that XML 1.0 forbids, and invalid bytes, become U+FFFD. */
void evm_text_write_xml(GString *out, const char *text);

/* Appends the printable ASCII that `text` begins with, up to one of `special`; returns the rest. */
const char *evm_text_write_plain(GString *out, const char *text, const char *special);

/* Appends one CSV field: quoted when it holds a comma, quote, CR, LF, or leading or trailing
 * space; text that a spreadsheet would run (leading = + - @ TAB CR) gets a leading apostrophe.
 * Numbers written by evmap itself go through g_string_append_printf instead. */
void evm_text_write_csv(GString *out, const char *text);

/* A file name made of [a-z0-9-] only, at most 80 bytes, never empty ("x" when nothing is left). */
char *evm_text_format_slug(const char *text);

/* The word of `known` (NULL-terminated) nearest to `word` by edit distance; where none is near
 * enough to be meant, the only one with which it begins, or NULL. Borrowed. */
const char *evm_text_find_nearest(const char *word, const char *const *known);

/* For telling texts apart where they are too many to be kept. */
uint64_t evm_text_compute_hash(const char *text);

/* A whole decimal number: optional sign, digits, optional fraction and exponent; '.' always the
 * decimal point; finite. False leaves *out alone. */
bool evm_text_parse_number(const char *text, double *out);

#endif
