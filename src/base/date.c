#include "base/date.h"

#include <glib.h>

/* GDate counts 0001-01-01 as day 1; 1970-01-01 is day 719163 of that count. */
enum { JULIAN_OF_EPOCH = 719163, LAST_YEAR = 9999, LAST_JULIAN = 3652059 };

bool evm_date_is_none(EvmDate date)
{
    return date.days == EVM_DATE_NONE.days;
}

bool evm_date_parse_ymd(int year, int month, int day, EvmDate *out)
{
    if (year < 1 || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return false;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    out->days = (int32_t)g_date_get_julian(&date) - JULIAN_OF_EPOCH;
    return true;
}

/* False for "none" and for anything a sum has moved out of the years 1 to 9999. */
static bool to_gdate(EvmDate date, GDate *out)
{
    int64_t julian = (int64_t)date.days + JULIAN_OF_EPOCH;
    if (julian < 1 || julian > LAST_JULIAN)
        return false;
    g_date_clear(out, 1);
    g_date_set_julian(out, (guint32)julian);
    return true;
}

void evm_date_format_ymd(EvmDate date, int *year, int *month, int *day)
{
    *year = *month = *day = 0;
    GDate gdate;
    if (!to_gdate(date, &gdate))
        return;
    *year = (int)g_date_get_year(&gdate);
    *month = (int)g_date_get_month(&gdate);
    *day = (int)g_date_get_day(&gdate);
}

/* -1 when one of the `count` bytes is no digit; stops there, so a short string is safe. */
static int parse_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool evm_date_parse(const char *text, EvmDate *out)
{
    int year = parse_digits(text, 4);
    if (year < 0 || text[4] != '-')
        return false;
    int month = parse_digits(text + 5, 2);
    if (month < 0 || text[7] != '-')
        return false;
    int day = parse_digits(text + 8, 2);
    if (day < 0 || text[10] != '\0')
        return false;
    return evm_date_parse_ymd(year, month, day, out);
}

static void put_digits(char *buffer, int count, int value)
{
    for (int i = count - 1; i >= 0; i--) {
        buffer[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

const char *evm_date_format(EvmDate date, char buffer[EVM_DATE_TEXT_SIZE])
{
    int year, month, day;
    evm_date_format_ymd(date, &year, &month, &day);
    if (year == 0) {
        buffer[0] = '\0';
        return buffer;
    }
    put_digits(buffer, 4, year);
    buffer[4] = '-';
    put_digits(buffer + 5, 2, month);
    buffer[7] = '-';
    put_digits(buffer + 8, 2, day);
    buffer[10] = '\0';
    return buffer;
}

char *evm_date_format_long(EvmDate date)
{
    static const char *const MONTHS[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December",
    };
    int year, month, day;
    evm_date_format_ymd(date, &year, &month, &day);
    if (year == 0)
        return g_strdup("");
    return g_strdup_printf("%d %s %d", day, MONTHS[month - 1], year);
}
