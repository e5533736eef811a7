#include "geodata/charset.h"

#include <glib.h>
#include <string.h>

/* Upper case without blanks; `is_bare` leaves out '-' and '_' too: "ISO 8859-6" gives "ISO88596". A
 * '/' would be an option of iconv, and other signs are in no name. */
static bool fold(const char *text, size_t size, bool is_bare, char folded[EVM_CHARSET_SIZE])
{
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        bool is_sign = text[i] == '-' || text[i] == '_';
        if (g_ascii_isspace(text[i]) || (is_sign && is_bare))
            continue;
        if ((!g_ascii_isalnum(text[i]) && !is_sign) || used + 1 >= EVM_CHARSET_SIZE)
            return false;
        folded[used++] = g_ascii_toupper(text[i]);
    }
    folded[used] = '\0';
    return used > 0;
}

static bool is_digits(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static const char *skip_word(const char *text)
{
    static const char *const WORDS[] = {"ANSI", "OEM", "CP", "WINDOWS", "ISO"};
    for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++)
        if (g_str_has_prefix(text, WORDS[i]) && is_digits(text + strlen(WORDS[i])))
            return text + strlen(WORDS[i]);
    return text;
}

static bool is_known(const char *charset)
{
    GIConv probe = g_iconv_open("UTF-8", charset);
    if (probe == (GIConv)-1)
        return false;
    g_iconv_close(probe);
    return true;
}

bool evm_charset_parse_cpg(const char *text, size_t size, char charset[EVM_CHARSET_SIZE])
{
    char folded[EVM_CHARSET_SIZE];
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        return evm_charset_parse_cpg(text + 3, size - 3, charset);
    if (!fold(text, size, true, folded))
        return false;
    const char *name = skip_word(folded);
    if (strcmp(name, "UTF8") == 0 || strcmp(name, "65001") == 0)
        g_strlcpy(charset, "UTF-8", EVM_CHARSET_SIZE);
    else if (g_str_has_prefix(name, "8859") && is_digits(name))
        g_snprintf(charset, EVM_CHARSET_SIZE, "ISO-8859-%s", name + 4);
    else if (is_digits(name))
        g_snprintf(charset, EVM_CHARSET_SIZE, "CP%s", name);
    else
        fold(text, size, false, charset);
    return is_known(charset);
}

const char *evm_charset_find_driver(unsigned driver)
{
    static const struct {
        unsigned char driver;
        const char *charset;
    } DRIVERS[] = {
        {0x01, "CP437"},  {0x02, "CP850"},  {0x03, "CP1252"}, {0x08, "CP865"},  {0x13, "CP932"},
        {0x26, "CP866"},  {0x4D, "CP936"},  {0x4E, "CP949"},  {0x4F, "CP950"},  {0x50, "CP874"},
        {0x58, "CP1252"}, {0x59, "CP1252"}, {0x64, "CP852"},  {0x65, "CP866"},  {0x66, "CP865"},
        {0x78, "CP950"},  {0x79, "CP949"},  {0x7A, "CP936"},  {0x7B, "CP932"},  {0x7C, "CP874"},
        {0x7D, "CP1255"}, {0x7E, "CP1256"}, {0xC8, "CP1250"}, {0xC9, "CP1251"}, {0xCA, "CP1254"},
        {0xCB, "CP1253"}, {0xCC, "CP1257"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(DRIVERS); i++)
        if (DRIVERS[i].driver == driver)
            return DRIVERS[i].charset;
    return NULL;
}
