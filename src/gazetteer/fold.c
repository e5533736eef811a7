#include "gazetteer/fold.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* Sounds. Vowels are upper case: A, I (i, e), U (o, u), E (ai, ay), O (au, aw). Consonants stand
 * for themselves, but: c = ch, x = kh, $ = sh, & = gh, j = j and zh. */
typedef struct {
    char text[EVM_FOLD_KEY_SIZE];
    unsigned length;
} Sounds;

/* The same sound twice is one: doubled letters, and vowels that meet. */
static void add_sound(Sounds *sounds, char sound)
{
    if (sounds->length > 0 && sounds->text[sounds->length - 1] == sound && !g_ascii_isdigit(sound))
        return;
    if (sounds->length < EVM_NAME_LETTERS)
        sounds->text[sounds->length++] = sound;
}

static bool is_vowel_sound(char sound)
{
    switch (sound) {
    case 'A':
    case 'I':
    case 'U':
    case 'E':
    case 'O':
    case 'Y':
        return true;
    default:
        return false;
    }
}

typedef struct {
    const char *letters;
    char sound;
    bool at_start; /* only where a word starts */
} Digraph;

/* Longest first. */
static const Digraph DIGRAPHS[] = {
    {"dsch", 'j', false}, {"tsch", 'c', false}, {"tch", 'c', false}, {"sch", '$', false},
    {"dzh", 'j', false},  {"ch", 'c', false},   {"sh", '$', false},  {"kh", 'x', false},
    {"gh", '&', false},   {"zh", 'j', false},   {"dj", 'j', false},  {"ph", 'f', false},
    {"th", 't', false},   {"ck", 'k', false},   {"ts", 'c', true},   {"dz", 'j', true},
};

typedef struct {
    const char *letters; /* one word */
    unsigned length, at;
    bool is_first; /* word of its name */
} Word;

static bool is_vowel_letter(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static char letter_at(const Word *word, unsigned at)
{
    return at < word->length ? word->letters[at] : '\0';
}

static bool is_w(char c)
{
    return c == 'w' || c == 'v';
}

/* y is a vowel but where it starts the name before another; w and v are when no vowel follows. */
static bool is_in_vowel_run(const Word *word, unsigned at)
{
    char c = letter_at(word, at), next = letter_at(word, at + 1);
    if (is_vowel_letter(c))
        return true;
    if (c == 'y')
        return !(at == 0 && word->is_first && is_vowel_letter(next));
    return is_w(c) && at > 0 && !is_vowel_letter(next) && next != 'y';
}

/* Adds the class of one vowel letter; A before I is E, and A before a w that is no consonant O. */
static void add_vowel(Sounds *sounds, char c, unsigned run_start)
{
    char last = sounds->length > run_start ? sounds->text[sounds->length - 1] : '\0';
    char sound = c == 'a' ? 'A' : c == 'e' || c == 'i' || c == 'y' ? 'I' : 'U';
    if (sound == 'I' && last == 'E')
        return;
    if ((sound == 'I' || sound == 'U') && last == 'A')
        sounds->text[sounds->length - 1] = sound == 'I' ? 'E' : 'O';
    else if (sound == 'U' && is_w(c) && last == 'U')
        sounds->text[sounds->length - 1] = 'O';
    else
        add_sound(sounds, sound);
}

static void add_vowel_run(Sounds *sounds, Word *word)
{
    unsigned start = sounds->length, first = word->at;
    for (; is_in_vowel_run(word, word->at); word->at++)
        add_vowel(sounds, word->letters[word->at], start);
    /* At the end -e and -eh are how -a is written too: Obe, Obeh, Oba. */
    bool is_end = word->at == word->length ||
                  (word->at + 1 == word->length && word->letters[word->at] == 'h');
    if (is_end && first > 0 && word->at == first + 1 && word->letters[first] == 'e')
        sounds->text[start] = 'A';
}

static bool add_digraph(Sounds *sounds, Word *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(DIGRAPHS); i++) {
        if (DIGRAPHS[i].letters[0] != word->letters[word->at])
            continue;
        size_t length = strlen(DIGRAPHS[i].letters);
        if (word->at + length > word->length || (DIGRAPHS[i].at_start && word->at > 0) ||
            memcmp(word->letters + word->at, DIGRAPHS[i].letters, length) != 0)
            continue;
        add_sound(sounds, DIGRAPHS[i].sound);
        word->at += (unsigned)length;
        return true;
    }
    return false;
}

static void add_consonant(Sounds *sounds, Word *word)
{
    char c = word->letters[word->at++];
    char next = letter_at(word, word->at);
    if (c == 'c')
        c = next == '\0' || strchr("aoulr", next) ? 'k' : 'c';
    else if (c == 'v')
        c = 'w';
    if (c != 'h' || sounds->length == 0)
        add_sound(sounds, c);
}

static void add_latin_word(Sounds *sounds, Word word)
{
    while (word.at < word.length)
        if (is_in_vowel_run(&word, word.at))
            add_vowel_run(sounds, &word);
        else if (!add_digraph(sounds, &word))
            add_consonant(sounds, &word);
}

/* Signs of letters.c to sounds. Vowel letters are 'A' 'I' 'U'. */
static char arabic_sound(char sign)
{
    static const char from[] = "aewyHTDRNQJ57CSG1236984";
    static const char to[] = "AAUIhtdrncj&$c$&zzzsstj";
    const char *found = strchr(from, sign);
    return found ? to[found - from] : sign;
}

static void add_arabic_word(Sounds *sounds, const Word *word)
{
    for (unsigned i = 0; i < word->length; i++) {
        char sign = (char)((unsigned char)word->letters[i] & ~EVM_LETTER_ARABIC);
        char sound = arabic_sound(sign);
        bool starts = sounds->length == 0;
        if (starts && (sign == 'w' || sign == 'y'))
            sound = sign;
        if (sound != 'h' || starts)
            add_sound(sounds, sound);
    }
}

static bool is_connector(const EvmName *name, unsigned word)
{
    enum { MOST_LETTERS = 3 };
    static const char *const connectors[] = {"e",  "i",  "o",   "u",  "y",  "ye",   "yi",
                                             "wa", "va", "and", "aw", "ya", "\xF7", "\xE1\xF7"};
    if (word == 0 || word + 1 >= name->word_count ||
        evm_name_count_letters(name, word) > MOST_LETTERS)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(connectors); i++)
        if (evm_name_is_word(name, word, connectors[i]))
            return true;
    return false;
}

/* Words that are written in two ways that no rule of sounds reaches (fold.h). */
static const struct {
    const char *word, *instead;
} WORDS[] = {
    {"char", "chahar"},    {"dih", "deh"},     {"dah", "deh"},     {"pol", "pul"},
    {"qalay", "qala"},     {"qalai", "qala"},  {"qalae", "qala"},  {"mohammad", "muhammad"},
    {"upper", "bala"},     {"lower", "payin"}, {"first", "awal"},  {"second", "duwum"},
    {"central", "markaz"}, {"ulya", "bala"},   {"olya", "bala"},   {"sufla", "payin"},
    {"sofla", "payin"},    {"new", "naw"},     {"sheik", "shekh"}, {"shaik", "shekh"},
    {"mohd", "muhammad"},  {"ii", "2"},        {"one", "1"},       {"two", "2"},
};

/* "Behsud I". */
static bool is_roman_one(const EvmName *name, unsigned word)
{
    return word > 0 && word + 1 == name->word_count && evm_name_is_word(name, word, "i");
}

static Word word_at(const EvmName *name, unsigned index)
{
    Word word = {.is_first = index == 0, .length = evm_name_count_letters(name, index)};
    word.letters = (const char *)name->letters + evm_name_start_at(name, index);
    if (is_roman_one(name, index))
        word.letters = "1";
    for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++)
        if (WORDS[i].word[0] == word.letters[0] && evm_name_is_word(name, index, WORDS[i].word)) {
            word.letters = WORDS[i].instead;
            word.length = (unsigned)strlen(word.letters);
            break;
        }
    return word;
}

static void compute_light(const EvmName *name, char *key)
{
    unsigned length = 0;
    for (unsigned i = 0; i < name->word_count; i++) {
        if (is_connector(name, i))
            continue;
        unsigned count = evm_name_count_letters(name, i);
        memcpy(key + length, name->letters + evm_name_start_at(name, i), count);
        length += count;
    }
    key[length] = '\0';
}

static void write_key(const Sounds *sounds, char *key)
{
    memcpy(key, sounds->text, sounds->length);
    key[sounds->length] = '\0';
}

static void compute_spelling(const EvmName *name, char *key)
{
    Sounds sounds = {.length = 0};
    for (unsigned i = 0; i < name->word_count; i++) {
        if (is_connector(name, i))
            continue;
        Word word = word_at(name, i);
        if (evm_name_is_arabic(name))
            add_arabic_word(&sounds, &word);
        else
            add_latin_word(&sounds, word);
    }
    if (sounds.length > 1 && sounds.text[sounds.length - 1] == 'E')
        sounds.text[sounds.length - 1] = 'I';
    write_key(&sounds, key);
}

/* Two vowels that meet after an i: Paryan is not Parun. */
static bool is_hiatus(const char *spelling, const char *at)
{
    return at > spelling && (at[-1] == 'I' || at[-1] == 'E') &&
           (*at == 'A' || *at == 'U' || *at == 'O');
}

static void compute_sound(const char *spelling, char *key)
{
    Sounds sounds = {.length = 0};
    for (const char *p = spelling; *p; p++) {
        if (is_hiatus(spelling, p))
            add_sound(&sounds, 'Y');
        add_sound(&sounds, is_vowel_sound(*p) || (*p == 'w' && p > spelling) ? 'A' : *p);
    }
    /* A final i makes another word of it: Bagrami, Bagram. */
    size_t length = strlen(spelling);
    if (sounds.length > 1 && sounds.text[sounds.length - 1] == 'A' && spelling[length - 1] != 'I')
        sounds.length--;
    write_key(&sounds, key);
}

static char rough_class(char sound)
{
    switch (sound) {
    case 'x':
    case '&':
    case 'g':
    case 'q':
        return 'k';
    case 'z':
        return 'j';
    case 'c':
        return 's';
    default:
        return sound;
    }
}

static void compute_rough(const char *sounds_in, char *key)
{
    Sounds sounds = {.length = 0};
    for (const char *p = sounds_in; *p; p++)
        add_sound(&sounds, rough_class(*p));
    write_key(&sounds, key);
}

static void compute_skeleton(const char *sound, char *key)
{
    Sounds sounds = {.length = 0};
    for (const char *p = sound; *p; p++)
        if (!is_vowel_sound(*p) || p == sound)
            add_sound(&sounds, *p);
    write_key(&sounds, key);
}

/* The Arabic script leaves vowels out: only skeletons may meet those of the Latin one. */
static void mark_arabic(char *key)
{
    memmove(key + 1, key, strlen(key) + 1);
    key[0] = EVM_FOLD_ARABIC_MARK;
}

void evm_fold_compute(const EvmName *name, EvmFoldKeys *all)
{
    char sound[EVM_FOLD_KEY_SIZE] = "";
    compute_light(name, all->keys[EVM_FOLD_LIGHT]);
    compute_spelling(name, all->keys[EVM_FOLD_SPELLING]);
    compute_sound(all->keys[EVM_FOLD_SPELLING], sound);
    compute_skeleton(sound, all->keys[EVM_FOLD_SKELETON]);
    memcpy(all->keys[EVM_FOLD_SOUND],
           evm_name_is_arabic(name) ? all->keys[EVM_FOLD_SKELETON] : sound, EVM_FOLD_KEY_SIZE);
    compute_rough(all->keys[EVM_FOLD_SOUND], all->keys[EVM_FOLD_ROUGH_SOUND]);
    compute_rough(all->keys[EVM_FOLD_SKELETON], all->keys[EVM_FOLD_ROUGH]);
    if (evm_name_is_arabic(name)) {
        mark_arabic(all->keys[EVM_FOLD_SPELLING]);
        mark_arabic(all->keys[EVM_FOLD_SOUND]);
        mark_arabic(all->keys[EVM_FOLD_ROUGH_SOUND]);
    }
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* "part" (hisa, hese), "number", "No.": they stand before a number. */
static bool is_number_sign(const char *skeleton)
{
    return strcmp(skeleton, "hs") == 0 || strcmp(skeleton, "prt") == 0 ||
           strcmp(skeleton, "nmbr") == 0 || strcmp(skeleton, "n") == 0;
}

/* "1" is awal, "2" is duwum, and "center" markaz. */
static const char *local_key(const char *skeleton)
{
    static const struct {
        const char *skeleton, *instead;
    } words[] = {{"1", "Al"}, {"2", "dm"}, {"cntr", "mrkz"}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(skeleton, words[i].skeleton) == 0)
            return words[i].instead;
    return skeleton;
}

bool evm_fold_is_alike(const char *a, const char *b, EvmFold level)
{
    const char *texts[] = {a, b};
    EvmFoldKeys keys[2];
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        EvmName name;
        if (!evm_name_parse(&name, texts[i], strlen(texts[i])))
            return false;
        evm_fold_compute(&name, &keys[i]);
    }
    return strcmp(keys[0].keys[level], keys[1].keys[level]) == 0;
}

void evm_fold_compute_bag(const EvmName *name, char bag[EVM_FOLD_KEY_SIZE])
{
    char words[EVM_NAME_WORDS][EVM_FOLD_KEY_SIZE];
    EvmFoldKeys keys;
    size_t count = 0, length = 0;
    for (unsigned i = 0; i < name->word_count; i++) {
        EvmName word = evm_name_find_words(name, i, 1);
        if (is_connector(name, i))
            continue;
        evm_fold_compute(&word, &keys);
        const char *skeleton = is_roman_one(name, i) ? "1" : keys.keys[EVM_FOLD_SKELETON];
        if (!is_number_sign(skeleton))
            g_strlcpy(words[count++], local_key(skeleton), EVM_FOLD_KEY_SIZE);
    }
    qsort(words, count, sizeof words[0], compare_words);
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(words[i]);
        if (length + size + 2 > EVM_FOLD_KEY_SIZE)
            break;
        if (i > 0)
            bag[length++] = ' ';
        memcpy(bag + length, words[i], size);
        length += size;
    }
    bag[length] = '\0';
}

EvmFold evm_fold_find_own_level(bool is_arabic)
{
    return is_arabic ? EVM_FOLD_LIGHT : EVM_FOLD_SPELLING;
}

unsigned evm_fold_count_consonants(const char *key)
{
    unsigned count = 0;
    for (; *key; key++)
        count += *key != EVM_FOLD_ARABIC_MARK && !is_vowel_sound(*key);
    return count;
}
