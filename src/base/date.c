#include "base/date.h"

#include <glib.h>

/* GDate counts 0001-01-01 as day 1; 1970-01-01 is day 719163 of that count. */
enum { JULIAN_OF_EPOCH = 719163, LAST_YEAR = 9999, LAST_JULIAN = 3652059 };

/* Days of the year before the first of each month; a leap year has one more from March on. */
static const int DAYS_BEFORE[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

/* Tables have a date in every row: a sum of its own is several times as fast as GDate, with which
 * a test compares it for every day. */
bool evm_date_parse_ymd(int year, int month, int day, EvmDate *out)
{
    if (year < 1 || year > LAST_YEAR || month < 1 || month > 12 || day < 1)
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int days = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (is_leap && month == 2);
    if (day > days)
        return false;
    int before = year - 1;
    out->days = 365 * before + before / 4 - before / 100 + before / 400 + DAYS_BEFORE[month - 1] +
                (is_leap && month > 2) + day - JULIAN_OF_EPOCH;
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

enum { FIRST_HIJRI_YEAR = 1178, LAST_HIJRI_YEAR = 1501, HIJRI_BEFORE_EPOCH = 492268 };

/* Days from the epoch to 1 Hamal of a year: 8 leap years in 33. */
static int32_t hijri_year_start(int year)
{
    return 365 * (year - 1) + (8 * year + 21) / 33 - HIJRI_BEFORE_EPOCH;
}

/* Six months of 31 days, then of 30; the year's end cuts the last short. */
static int32_t hijri_month_start(int month)
{
    return month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7);
}

bool evm_date_parse_hijri(int year, int month, int day, EvmDate *out)
{
    if (year < FIRST_HIJRI_YEAR || year > LAST_HIJRI_YEAR || month < 1 || month > 12 || day < 1)
        return false;
    int32_t end = month < 12 ? hijri_year_start(year) + hijri_month_start(month + 1)
                             : hijri_year_start(year + 1);
    int32_t days = hijri_year_start(year) + hijri_month_start(month) + day - 1;
    if (days >= end)
        return false;
    out->days = days;
    return true;
}

void evm_date_format_hijri(EvmDate date, int *year, int *month, int *day)
{
    *year = *month = *day = 0;
    if (date.days < hijri_year_start(FIRST_HIJRI_YEAR) ||
        date.days >= hijri_year_start(LAST_HIJRI_YEAR + 1))
        return;
    int y = (int)((date.days + HIJRI_BEFORE_EPOCH) / 366) + 1;
    while (date.days >= hijri_year_start(y + 1))
        y++;
    int32_t rest = date.days - hijri_year_start(y);
    *year = y;
    *month = 1 + (rest < 186 ? rest / 31 : 6 + (rest - 186) / 30);
    *day = 1 + rest - hijri_month_start(*month);
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
