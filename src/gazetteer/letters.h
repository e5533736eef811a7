/* A place name as letters: the script's writing habits are gone, its spelling is not.
 *
 * Latin:  marks are stripped after the letters that carry sound are spelt out (š sh, č ch, ž zh,
 *         ġ gh, ḵ kh); case, apostrophes and the ayn/hamza half rings go; full-width forms fold.
 * Arabic: presentation forms fold (NFKC); tashkil, tatweel and every zero-width or direction mark
 *         go; yeh = alef maksura = Farsi yeh = ې = ۍ = ئ, kaf = keheh = ڪ, gaf = ګ, heh = teh
 *         marbuta = ۀ = ە = ھ, alef = madda = hamza forms, waw = ؤ; a lone hamza goes. So does the
 *         Pashto genitive د where a word follows it: "د پنجوايي ولسوالۍ", "د کندهار د پنجوايي".
 * Cyrillic: Tajik and Russian letters become the Latin ones they are written with in English.
 * Digits of all three scripts fold to ASCII. A change from lower to upper case starts a word, so
 * that "BalaMurghab" has two. Everything else separates words. */
#ifndef EVM_GAZETTEER_LETTERS_H
#define EVM_GAZETTEER_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EVM_NAME_LETTERS = 96, EVM_NAME_WORDS = 16 };

/* A letter of the Arabic script is an ASCII sign (see letters.c) with this bit set. */
enum { EVM_LETTER_ARABIC = 0x80 };

typedef struct {
    uint8_t letters[EVM_NAME_LETTERS]; /* 'a'-'z', '0'-'9', Arabic signs */
    uint8_t ends[EVM_NAME_WORDS];      /* index past each word's last letter */
    unsigned word_count;
} EvmName;

/* False when there is no letter, or more of them than any place name has. */
bool evm_name_parse(EvmName *name, const char *text, size_t length);

/* Going by its first letter. */
bool evm_name_is_arabic(const EvmName *name);
unsigned evm_name_start_at(const EvmName *name, unsigned word);
unsigned evm_name_count_letters(const EvmName *name, unsigned word);
/* Takes one word out. */
void evm_name_clear_word(EvmName *name, unsigned word);
/* Words first to first + count - 1 of `name`. */
EvmName evm_name_find_words(const EvmName *name, unsigned first, unsigned count);
/* True when the word is `text`, written in letters. */
bool evm_name_is_word(const EvmName *name, unsigned word, const char *text);
/* True when it is the word of the Arabic script that has these signs (see letters.c). */
bool evm_name_is_arabic_word(const EvmName *name, unsigned word, const char *signs);
/* True when it is one of these, both NULL-terminated: words, and signs of Arabic ones. */
bool evm_name_is_one_of(const EvmName *name, unsigned word, const char *const *words,
                        const char *const *arabic);

#endif
