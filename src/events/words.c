#include "events/words.h"

#include <assert.h>
#include <string.h>

const char *const EVM_KIND_WORDS[] = {"control", "contested", "clash", "withdrawal", "surrender",
                                      "border",  "capital",   "other", NULL};
const char *const EVM_PRECISION_WORDS[] = {"day",      "status",    "week", "month",
                                           "mid-week", "mid-month", NULL};
const char *const EVM_CONFIDENCE_WORDS[] = {"low", "medium", "high", NULL};
const char *const EVM_YES_NO_WORDS[] = {"1", "yes", "true", "0", "no", "false", NULL};

static_assert(G_N_ELEMENTS(EVM_KIND_WORDS) == EVM_KIND_COUNT + 1, "a word for every kind");
static_assert(G_N_ELEMENTS(EVM_PRECISION_WORDS) == EVM_PRECISION_MID_MONTH + 2, "and precision");
static_assert(G_N_ELEMENTS(EVM_CONFIDENCE_WORDS) == EVM_CONFIDENCE_HIGH + 2, "and confidence");

int evm_words_find(const char *const *words, const char *text)
{
    for (int i = 0; words[i]; i++) /* as most write them */
        if (*words[i] == *text && strcmp(words[i], text) == 0)
            return i;
    for (int i = 0; words[i]; i++)
        if (g_ascii_strcasecmp(words[i], text) == 0)
            return i;
    return -1;
}

bool evm_words_is_yes(int index)
{
    return index >= 0 && index < 3;
}

bool evm_words_is_nobody(const char *text)
{
    static const char *const words[] = {
        EVM_WORD_CONTESTED, "unassessed", "not assessed", "none", "nobody",
        "unknown",          "?",          "n/a",          "-",    NULL};
    return evm_words_find(words, text) >= 0;
}

bool evm_words_has_item(const char *list, const char *item)
{
    if (*list == '\0')
        return false;
    size_t length = strlen(item);
    while (length > 0) {
        list += strspn(list, " \t;");
        if (*list == '\0')
            return false;
        size_t part = strcspn(list, ";");
        size_t trimmed = part;
        while (trimmed > 0 && (list[trimmed - 1] == ' ' || list[trimmed - 1] == '\t'))
            trimmed--;
        if (trimmed == length && memcmp(list, item, length) == 0)
            return true;
        list += part;
    }
    return false;
}

bool evm_event_has_tag(const EvmEvent *event, const char *tag)
{
    return evm_words_has_item(event->tags, tag);
}

bool evm_kind_is_claim(EvmKind kind)
{
    return kind == EVM_KIND_CONTROL || kind == EVM_KIND_CONTESTED;
}

const char *evm_kind_format(EvmKind kind)
{
    return EVM_KIND_WORDS[kind];
}

bool evm_kind_parse(const char *text, EvmKind *out)
{
    int index = evm_words_find(EVM_KIND_WORDS, text);
    if (index < 0)
        return false;
    *out = (EvmKind)index;
    return true;
}

const char *evm_precision_format(EvmPrecision precision)
{
    return precision == EVM_PRECISION_SPAN ? "span" : EVM_PRECISION_WORDS[precision];
}

const char *evm_confidence_format(EvmConfidence confidence)
{
    return EVM_CONFIDENCE_WORDS[confidence];
}
