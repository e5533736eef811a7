#include <string.h>

#include "gazetteer/parts.h"

/* Ali is not awal, and neither Khan nor Khani kuhna, though their consonants are the same. */
static bool is_plain(const char *spelling)
{
    static const char *const words[] = {"AlI", "xAn", "xAnI", "kAn"};
    spelling += spelling[0] == EVM_FOLD_ARABIC_MARK;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(spelling, words[i]) == 0)
            return true;
    return false;
}

/* Words that tell apart what is otherwise called the same (upper, lower, first, second, old, new):
 * a name with one more of these is another name. By skeleton, so that every spelling is met. */
static bool is_telling(const EvmName *name, unsigned word)
{
    static const char *const skeletons[] = {"mrkz", "bl",   "pn",   "sfl", "l",    "Al",  "Ald",
                                            "dm",   "sm",   "nmbr", "n",   "jdd",  "khn", "xn",
                                            "kn",   "shml", "$ml",  "jnb", "jnbs", "$rq", "&rb"};
    EvmFoldKeys all;
    EvmName part = evm_name_find_words(name, word, 1);
    evm_fold_compute(&part, &all);
    if (is_plain(all.keys[EVM_FOLD_SPELLING]))
        return false;
    for (const char *p = all.keys[EVM_FOLD_SKELETON]; *p; p++)
        if (g_ascii_isdigit(*p))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(skeletons); i++)
        if (strcmp(all.keys[EVM_FOLD_SKELETON], skeletons[i]) == 0)
            return true;
    return false;
}

bool evm_name_has_telling_words(const EvmName *name, unsigned first, unsigned count)
{
    for (unsigned i = first; i < first + count; i++)
        if (is_telling(name, i))
            return true;
    return false;
}

bool evm_name_is_and(const EvmName *name, unsigned word)
{
    static const char *const words[] = {"wa", "va", "o", "u", "aw", "and", "or", "to", NULL};
    static const char *const arabic[] = {"w", "aw", "ya", NULL};
    return evm_name_is_one_of(name, word, words, arabic);
}

static bool has_word_like(const EvmName *name, const EvmName *other, unsigned word)
{
    EvmFoldKeys wanted, all;
    EvmName part = evm_name_find_words(other, word, 1);
    evm_fold_compute(&part, &wanted);
    for (unsigned i = 0; i < name->word_count; i++) {
        part = evm_name_find_words(name, i, 1);
        evm_fold_compute(&part, &all);
        if (strcmp(all.keys[EVM_FOLD_SKELETON], wanted.keys[EVM_FOLD_SKELETON]) == 0)
            return true;
    }
    return false;
}

/* "Balapuluk" has the bala of Bala Buluk, run together with the rest. */
static bool has_joined(const EvmName *name, const EvmName *other, unsigned word)
{
    enum { LEAST_SOUNDS = 4 };
    EvmFoldKeys wanted, all;
    EvmName part = evm_name_find_words(other, word, 1);
    evm_fold_compute(&part, &wanted);
    evm_fold_compute(name, &all);
    const char *spelling = wanted.keys[EVM_FOLD_SPELLING];
    return name->word_count < other->word_count && strlen(spelling) >= LEAST_SOUNDS &&
           strstr(all.keys[EVM_FOLD_SPELLING], spelling);
}

static bool has_telling_words_of(const EvmName *name, const EvmName *other)
{
    for (unsigned i = 0; i < other->word_count; i++)
        if (is_telling(other, i) && !has_word_like(name, other, i) && !has_joined(name, other, i))
            return false;
    return true;
}

bool evm_name_is_told_apart(const EvmName *a, const EvmName *b)
{
    return !has_telling_words_of(a, b) || !has_telling_words_of(b, a);
}
