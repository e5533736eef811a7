#include "events/sequence.h"

#include <string.h>

static const char KEYWORD[] = "seq:";

enum { MOST_DIGITS = 6, KEYWORD_BYTES = sizeof KEYWORD - 1 };

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

/* What stands behind the keyword of the next such tag, or NULL. Most tags are none: they are
 * passed over without a copy. */
static const char *find_number(const char *tags)
{
    while (*tags != '\0') {
        tags += strspn(tags, " \t;");
        if (g_ascii_strncasecmp(tags, KEYWORD, KEYWORD_BYTES) == 0)
            return tags + KEYWORD_BYTES;
        tags += strcspn(tags, ";");
    }
    return NULL;
}

static const char *find_next_number(const char *number)
{
    return find_number(number + strcspn(number, ";"));
}

/* 0 when it is none, or too large to be meant. */
static unsigned parse_number(const char *text)
{
    text = skip_blanks(text);
    size_t digits = strspn(text, "0123456789");
    const char *end = skip_blanks(text + digits);
    if (digits > MOST_DIGITS || (*end != ';' && *end != '\0'))
        return 0;
    return (unsigned)g_ascii_strtoull(text, NULL, 10);
}

unsigned evm_event_sequence_at(const EvmEvent *event)
{
    unsigned number = 0;
    for (const char *at = find_number(event->tags); at && number == 0; at = find_next_number(at))
        number = parse_number(at);
    return number;
}

char *evm_sequence_find_odd(const char *tags)
{
    for (const char *at = find_number(tags); at; at = find_next_number(at))
        if (parse_number(at) == 0)
            return g_strchomp(g_strndup(at - KEYWORD_BYTES, strcspn(at, ";") + KEYWORD_BYTES));
    return NULL;
}
