#include "gazetteer/letters.h"

#include <glib.h>
#include <string.h>

/* Russian lower case from U+0430. '_' is dropped, or spelt out below. */
static const char CYRILLIC[] = "abvgde_ziyklmnoprstuf______y_e__";

/* Arabic script, from U+0621. Signs: T D R N the Pashto retroflexes, Q څ, J ځ, 5 ږ, 7 ښ,
 * C چ, S ش, G غ, H ح, e ع, and 1 ذ, 2 ض, 3 ظ, 4 ژ, 6 ص, 8 ط, 9 ث for letters that Dari speakers do
 * not tell apart by ear. */
static const char ARABIC[] = "_aawayabht9jHxd1rzsS6283eG";

typedef struct {
    uint16_t code;
    char sign;
} Sign;

static const Sign ARABIC_MORE[] = {
    {0x0641, 'f'}, {0x0642, 'q'}, {0x0643, 'k'}, {0x0644, 'l'}, {0x0645, 'm'}, {0x0646, 'n'},
    {0x0647, 'h'}, {0x0648, 'w'}, {0x0649, 'y'}, {0x064A, 'y'}, {0x0671, 'a'}, {0x0672, 'a'},
    {0x0673, 'a'}, {0x0675, 'a'}, {0x0679, 'T'}, {0x067C, 'T'}, {0x067E, 'p'}, {0x0681, 'J'},
    {0x0685, 'Q'}, {0x0686, 'C'}, {0x0688, 'D'}, {0x0689, 'D'}, {0x0691, 'R'}, {0x0693, 'R'},
    {0x0696, '5'}, {0x0698, '4'}, {0x069A, '7'}, {0x06A9, 'k'}, {0x06AA, 'k'}, {0x06AB, 'g'},
    {0x06AF, 'g'}, {0x06BA, 'n'}, {0x06BC, 'N'}, {0x06BE, 'h'}, {0x06C0, 'h'}, {0x06C1, 'h'},
    {0x06C2, 'h'}, {0x06C3, 'h'}, {0x06CB, 'w'}, {0x06CC, 'y'}, {0x06CD, 'y'}, {0x06CE, 'y'},
    {0x06D0, 'y'}, {0x06D2, 'y'}, {0x06D3, 'y'}, {0x06D5, 'h'},
};

typedef struct {
    uint16_t code;
    char letters[3];
} Spelling;

/* Letters whose marks carry sound, and those that decompose into nothing useful; lower case. */
static const Spelling SPELLINGS[] = {
    {0x00DF, "ss"}, {0x00E6, "a"},  {0x00E7, "ch"}, {0x00F0, "d"},  {0x00F8, "o"},  {0x0109, "ch"},
    {0x010D, "ch"}, {0x0111, "d"},  {0x011F, "gh"}, {0x0121, "gh"}, {0x0131, "i"},  {0x0142, "l"},
    {0x015D, "sh"}, {0x015F, "sh"}, {0x0161, "sh"}, {0x017E, "zh"}, {0x01E7, "j"},  {0x0436, "zh"},
    {0x0445, "kh"}, {0x0446, "ts"}, {0x0447, "ch"}, {0x0448, "sh"}, {0x0449, "sh"}, {0x044E, "yu"},
    {0x044F, "ya"}, {0x0451, "yo"}, {0x0493, "gh"}, {0x049B, "q"},  {0x04B3, "h"},  {0x04B7, "j"},
    {0x04E3, "i"},  {0x04EF, "u"},  {0x1E21, "gh"}, {0x1E2B, "kh"}, {0x1E35, "kh"}, {0x1E96, "kh"},
};

typedef struct {
    EvmName *name;
    unsigned count;
    bool in_word;
    bool was_lower; /* the last character was a lower-case Latin letter */
    bool is_full;
} Parser;

static void end_word(Parser *parser)
{
    EvmName *name = parser->name;
    if (!parser->in_word)
        return;
    parser->in_word = false;
    parser->was_lower = false;
    if (name->word_count == EVM_NAME_WORDS)
        parser->is_full = true;
    else
        name->ends[name->word_count++] = (uint8_t)parser->count;
}

static void add_letter(Parser *parser, unsigned letter)
{
    if (parser->count == EVM_NAME_LETTERS) {
        parser->is_full = true;
        return;
    }
    parser->name->letters[parser->count++] = (uint8_t)letter;
    parser->in_word = true;
}

static void add_ascii(Parser *parser, char c)
{
    bool upper = g_ascii_isupper(c);
    if (upper && parser->was_lower)
        end_word(parser);
    if (g_ascii_isalnum(c)) {
        add_letter(parser, (unsigned char)g_ascii_tolower(c));
        parser->was_lower = g_ascii_islower(c);
    } else if (c != '\'' && c != '`') {
        end_word(parser);
    }
}

/* Marks, joiners and direction signs: they stand inside words and mean nothing here. A ZWNJ does
 * separate: it stands where a Dari word ends and the next is not joined to it. */
static bool is_ignored(gunichar c)
{
    return (c >= 0x0300 && c <= 0x036F) || c == 0x00AD || (c >= 0x02B0 && c <= 0x02FF) ||
           (c >= 0x0610 && c <= 0x061A) || c == 0x061C || c == 0x0640 ||
           (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0674 ||
           (c >= 0x06D6 && c <= 0x06ED && c != 0x06DD && c != 0x06DE) || c == 0x200B ||
           (c >= 0x200D && c <= 0x200F) || c == 0x2018 || c == 0x2019 || c == 0x201B ||
           (c >= 0x202A && c <= 0x202E) || c == 0x2032 || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF;
}

static char find_arabic(gunichar c)
{
    if (c >= 0x0621 && c < 0x0621 + sizeof ARABIC - 1)
        return ARABIC[c - 0x0621];
    size_t low = 0, high = G_N_ELEMENTS(ARABIC_MORE);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ARABIC_MORE[middle].code < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < G_N_ELEMENTS(ARABIC_MORE) && ARABIC_MORE[low].code == c ? ARABIC_MORE[low].sign
                                                                         : ' ';
}

static bool add_arabic(Parser *parser, gunichar c)
{
    if (c < 0x0600 || c > 0x06FF)
        return false;
    if ((c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9)) {
        add_letter(parser, '0' + (c & 0xF));
        return true;
    }
    char sign = find_arabic(c);
    if (sign == ' ')
        end_word(parser);
    else if (sign != '_')
        add_letter(parser, (unsigned char)sign | EVM_LETTER_ARABIC);
    return true;
}

static bool add_spelling(Parser *parser, gunichar c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(SPELLINGS); i++)
        if (SPELLINGS[i].code == c) {
            for (const char *p = SPELLINGS[i].letters; *p; p++)
                add_letter(parser, (unsigned char)*p);
            return true;
        }
    return false;
}

static bool add_cyrillic(Parser *parser, gunichar c)
{
    if (c < 0x0430 || c >= 0x0430 + sizeof CYRILLIC - 1)
        return false;
    char sign = CYRILLIC[c - 0x0430];
    if (sign != '_')
        add_letter(parser, (unsigned char)sign);
    return true;
}

static bool add_known(Parser *parser, gunichar c)
{
    gunichar lower = g_unichar_tolower(c);
    if (c < 0x80) {
        add_ascii(parser, (char)c);
        return true;
    }
    return is_ignored(c) || add_arabic(parser, c) || add_spelling(parser, lower) ||
           add_cyrillic(parser, lower);
}

/* What no table here knows may still be a letter in another dress: a presentation form, a
 * full-width letter, a letter with marks. */
static void add_char(Parser *parser, gunichar c)
{
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    if (c >= 0x80)
        parser->was_lower = false;
    if (add_known(parser, c))
        return;
    gsize count = g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts));
    for (gsize i = 0; i < count && i < G_N_ELEMENTS(parts); i++)
        if (!add_known(parser, parts[i]))
            end_word(parser);
}

/* A caron or macron below may come as a mark of its own (NFD): the letters that it changes are
 * spelt out like the composed ones. */
static gunichar compose(gunichar c, gunichar mark)
{
    gunichar composed;
    if (mark >= 0x0300 && mark <= 0x036F && g_unichar_compose(c, mark, &composed))
        return composed;
    return 0;
}

bool evm_name_is_arabic(const EvmName *name)
{
    return (name->letters[0] & EVM_LETTER_ARABIC) != 0;
}

unsigned evm_name_start_at(const EvmName *name, unsigned word)
{
    return word == 0 ? 0 : name->ends[word - 1];
}

unsigned evm_name_count_letters(const EvmName *name, unsigned word)
{
    return name->ends[word] - evm_name_start_at(name, word);
}

EvmName evm_name_find_words(const EvmName *name, unsigned first, unsigned count)
{
    EvmName part = {.word_count = count};
    unsigned start = evm_name_start_at(name, first);
    for (unsigned i = 0; i < count; i++)
        part.ends[i] = (uint8_t)(name->ends[first + i] - start);
    if (count > 0)
        memcpy(part.letters, name->letters + start, part.ends[count - 1]);
    return part;
}

void evm_name_clear_word(EvmName *name, unsigned word)
{
    unsigned start = evm_name_start_at(name, word), length = evm_name_count_letters(name, word);
    unsigned end = name->ends[name->word_count - 1];
    memmove(name->letters + start, name->letters + start + length, end - start - length);
    for (unsigned i = word; i + 1 < name->word_count; i++)
        name->ends[i] = (uint8_t)(name->ends[i + 1] - length);
    name->word_count--;
}

bool evm_name_is_word(const EvmName *name, unsigned word, const char *text)
{
    const char *letters = (const char *)name->letters + evm_name_start_at(name, word);
    unsigned count = evm_name_count_letters(name, word), same = 0;
    while (same < count && letters[same] == text[same])
        same++;
    return same == count && text[same] == '\0';
}

bool evm_name_is_arabic_word(const EvmName *name, unsigned word, const char *signs)
{
    const uint8_t *letters = name->letters + evm_name_start_at(name, word);
    unsigned count = evm_name_count_letters(name, word), same = 0;
    while (same < count && letters[same] == ((unsigned char)signs[same] | EVM_LETTER_ARABIC))
        same++;
    return same == count && signs[same] == '\0';
}

bool evm_name_is_one_of(const EvmName *name, unsigned word, const char *const *words,
                        const char *const *arabic)
{
    for (; *words; words++)
        if (evm_name_is_word(name, word, *words))
            return true;
    for (; *arabic; arabic++)
        if (evm_name_is_arabic_word(name, word, *arabic))
            return true;
    return false;
}

/* Pashto "of", a word for itself before a name. */
static void clear_genitives(EvmName *name)
{
    for (unsigned i = name->word_count; i-- > 0;)
        if (i + 1 < name->word_count && evm_name_is_arabic_word(name, i, "d"))
            evm_name_clear_word(name, i);
}

bool evm_name_parse(EvmName *name, const char *text, size_t length)
{
    Parser parser = {.name = name};
    name->word_count = 0;
    for (const char *p = text, *end = text + length; p < end && !parser.is_full;) {
        gunichar c = (unsigned char)*p < 0x80 ? (gunichar)*p
                                              : g_utf8_get_char_validated(p, (gssize)(end - p));
        if (c == (gunichar)-1 || c == (gunichar)-2)
            return false;
        p = g_utf8_next_char(p);
        if (p < end && ((unsigned char)*p & 0xFE) == 0xCC) {
            gunichar composed = compose(c, g_utf8_get_char_validated(p, (gssize)(end - p)));
            if (composed) {
                c = composed;
                p = g_utf8_next_char(p);
            }
        }
        add_char(&parser, c);
    }
    end_word(&parser);
    clear_genitives(name);
    return name->word_count > 0 && !parser.is_full;
}
