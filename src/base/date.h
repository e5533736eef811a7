/* Calendar days. No time of day, no time zone, no local time: a date is a count of days. */
#ifndef EVM_BASE_DATE_H
#define EVM_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days since 1970-01-01, proleptic Gregorian. EVM_DATE_NONE means "no date given". */
typedef struct {
    int32_t days;
} EvmDate;

#define EVM_DATE_NONE ((EvmDate){INT32_MIN})
enum { EVM_DATE_TEXT_SIZE = 11 }; /* "YYYY-MM-DD" and its NUL */

static inline bool evm_date_is_none(EvmDate date)
{
    return date.days == INT32_MIN;
}

/* Year 1 to 9999, real days only (no 2021-02-29). False leaves *out alone. */
bool evm_date_parse_ymd(int year, int month, int day, EvmDate *out);
/* All 0 when there is no date, or none of the years 1 to 9999. */
void evm_date_format_ymd(EvmDate date, int *year, int *month, int *day);

/* Solar Hijri, the calendar of Afghanistan: years 1178 to 1501, for which leap years follow a cycle
 * of 33 years exactly as the equinox does (Heydari, Iranian calendar; ICU 72, persncal.cpp). Real
 * days only (no 30 Hut of a common year). */
bool evm_date_parse_hijri(int year, int month, int day, EvmDate *out);
/* All 0 outside of these years. */
void evm_date_format_hijri(EvmDate date, int *year, int *month, int *day);

/* Exactly "YYYY-MM-DD", the whole string. False leaves *out alone. */
bool evm_date_parse(const char *text, EvmDate *out);
/* "YYYY-MM-DD"; returns `buffer`. "" for a date whose year is 0 above, here and in the next. */
const char *evm_date_format(EvmDate date, char buffer[EVM_DATE_TEXT_SIZE]);
/* "5 July 2021", English, whatever the locale; the caller owns it. */
char *evm_date_format_long(EvmDate date);

#endif
