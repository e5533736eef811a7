#include <glib.h>
#include <string.h>

#include "base/date.h"
#include "tests/fuzz/fuzz.h"

static void check_days(const uint8_t *data, size_t size)
{
    EvmDate date, again;
    if (size < sizeof date.days)
        return;
    memcpy(&date.days, data, sizeof date.days);
    char text[EVM_DATE_TEXT_SIZE];
    evm_date_format(date, text);
    if (*text != '\0') {
        g_assert_true(evm_date_parse(text, &again));
        g_assert_cmpint(again.days, ==, date.days);
    }
    g_free(evm_date_format_long(date));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = g_strndup((const char *)data, size);
    EvmDate date;
    if (evm_date_parse(text, &date)) {
        char again[EVM_DATE_TEXT_SIZE];
        g_assert_cmpstr(evm_date_format(date, again), ==, text);
        g_assert_false(evm_date_is_none(date));
    }
    g_free(text);
    check_days(data, size);
    return 0;
}
