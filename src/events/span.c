#include "events/span.h"

#include <string.h>

enum { MONTHS = 12, SECONDS_A_DAY = 86400, PARTS_MAX = 3 };
enum { HIJRI_FIRST_YEAR = 1178, HIJRI_LAST_YEAR = 1501 };

static const char *const MONTH_NAMES[MONTHS] = {"january",   "february", "march",    "april",
                                                "may",       "june",     "july",     "august",
                                                "september", "october",  "november", "december"};

typedef struct {
    EvmCalendar calendar;
    EvmDateOrder order;
} Rules;

/* A number as written: "05" has two digits. */
typedef struct {
    int value, digits;
} Number;

static bool parse_number(const char **text, int digits_max, Number *out)
{
    *out = (Number){0, 0};
    while (g_ascii_isdigit(**text) && out->digits < digits_max) {
        out->value = out->value * 10 + g_ascii_digit_value(**text);
        out->digits++;
        (*text)++;
    }
    return out->digits > 0;
}

static bool parse_day(Rules rules, int year, int month, int day, EvmDate *out)
{
    bool is_hijri = rules.calendar == EVM_CALENDAR_SOLAR_HIJRI && year >= HIJRI_FIRST_YEAR &&
                    year <= HIJRI_LAST_YEAR;
    return is_hijri ? evm_date_parse_hijri(year, month, day, out)
                    : evm_date_parse_ymd(year, month, day, out);
}

static bool set_day(Rules rules, int year, int month, int day, EvmSpan *out)
{
    EvmDate date;
    if (!parse_day(rules, year, month, day, &date))
        return false;
    *out = (EvmSpan){date, date, false};
    return true;
}

/* Up to the day before the first of the month that follows. */
static bool set_months(Rules rules, int year, int first, int count, EvmSpan *out)
{
    int next = first + count;
    bool is_next_year = next > MONTHS;
    EvmDate begin, end;
    if (!parse_day(rules, year, first, 1, &begin) ||
        !parse_day(rules, year + is_next_year, is_next_year ? next - MONTHS : next, 1, &end))
        return false;
    *out = (EvmSpan){begin, {end.days - 1}, false};
    return true;
}

void evm_span_compute_month(EvmDate day, EvmSpan *out)
{
    int year, month, of_month;
    evm_date_format_ymd(day, &year, &month, &of_month);
    *out = (EvmSpan){day, day, false};
    set_months((Rules){0}, year, month, 1, out);
}

/* A month or day of 0 is not known. */
static bool set_parts(Rules rules, int year, int month, int day, EvmSpan *out)
{
    if (month == 0)
        return day == 0 && set_months(rules, year, 1, MONTHS, out);
    if (day == 0)
        return set_months(rules, year, month, 1, out);
    return set_day(rules, year, month, day, out);
}

/* "-07", "-XX", or nothing, which is 0 as XX is. */
static bool parse_iso_part(const char **text, int *out)
{
    *out = 0;
    if (**text != '-')
        return true;
    (*text)++;
    if (strncmp(*text, "XX", 2) == 0) {
        *text += 2;
        return true;
    }
    Number number;
    if (!parse_number(text, 2, &number) || number.digits != 2)
        return false;
    *out = number.value;
    return true;
}

static bool parse_iso(const char *text, Rules rules, EvmSpan *out)
{
    Number year;
    int month, day;
    if (!parse_number(&text, 4, &year) || year.digits != 4 || !parse_iso_part(&text, &month) ||
        !parse_iso_part(&text, &day))
        return false;
    if (*text == '~' && day == 0) /* about that month or year */
        text++;
    return *text == '\0' && set_parts(rules, year.value, month, day, out);
}

/* EDTF: between two ends, of which one may be open. */
static bool parse_interval(const char *text, Rules rules, EvmSpan *out)
{
    g_auto(GStrv) sides = g_strsplit(text, "/", 3);
    if (g_strv_length(sides) != 2)
        return false;
    bool is_since = strcmp(sides[1], "..") == 0, is_until = strcmp(sides[0], "..") == 0;
    EvmSpan first, last;
    if (is_since)
        return parse_iso(sides[0], rules, out);
    if (!parse_iso(sides[1], rules, &last))
        return false;
    if (is_until) {
        *out = (EvmSpan){last.last, last.last, true};
        return true;
    }
    if (!parse_iso(sides[0], rules, &first) || first.first.days > last.last.days)
        return false;
    *out = (EvmSpan){first.first, last.last, false};
    return true;
}

/* YYYYMMDD, or seconds since 1970, which have had nine digits since 1973. */
static bool parse_digits(const char *text, Rules rules, EvmSpan *out)
{
    size_t digits = strspn(text, "0123456789");
    if (text[digits] != '\0')
        return false;
    gint64 value = g_ascii_strtoll(text, NULL, 10);
    if (digits == 8)
        return set_day(rules, (int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100),
                       out);
    if (digits != 9 && digits != 10)
        return false;
    EvmDate date = {(int32_t)(value / SECONDS_A_DAY)};
    *out = (EvmSpan){date, date, false};
    return true;
}

/* Three numbers with one of / . - between them, the year first or last. */
static bool split_numbers(const char *text, Number parts[PARTS_MAX])
{
    char between = '\0';
    for (int i = 0; i < PARTS_MAX; i++) {
        if (!parse_number(&text, 4, &parts[i]))
            return false;
        if (i == PARTS_MAX - 1)
            break;
        if (!strchr("/.-", *text) || *text == '\0' || (between != '\0' && *text != between))
            return false;
        between = *text++;
    }
    return *text == '\0';
}

/* 05/07/2021: which of the two is the day has to be known. */
static bool is_year_last(const char *text, Number parts[PARTS_MAX])
{
    return split_numbers(text, parts) && parts[0].digits <= 2 && parts[1].digits <= 2 &&
           parts[2].digits == 4;
}

static bool parse_year_first(const char *text, Rules rules, EvmSpan *out)
{
    Number parts[PARTS_MAX];
    return strchr(text, '/') && split_numbers(text, parts) && parts[0].digits == 4 &&
           parts[1].digits <= 2 && parts[2].digits <= 2 &&
           set_day(rules, parts[0].value, parts[1].value, parts[2].value, out);
}

EvmDateOrder evm_span_find_order(const char *text)
{
    Number parts[PARTS_MAX];
    EvmDate date;
    if (!is_year_last(text, parts))
        return EVM_DATE_ORDER_UNKNOWN;
    bool is_dmy = evm_date_parse_ymd(parts[2].value, parts[1].value, parts[0].value, &date);
    bool is_mdy = evm_date_parse_ymd(parts[2].value, parts[0].value, parts[1].value, &date);
    if (is_dmy == is_mdy)
        return EVM_DATE_ORDER_UNKNOWN;
    return is_dmy ? EVM_DATE_ORDER_DMY : EVM_DATE_ORDER_MDY;
}

static EvmSpanResult parse_year_last(const Number parts[PARTS_MAX], Rules rules, EvmSpan *out)
{
    int day = parts[0].value, month = parts[1].value;
    if (rules.order == EVM_DATE_ORDER_UNKNOWN && day != month)
        return EVM_SPAN_UNORDERED;
    if (rules.order == EVM_DATE_ORDER_MDY) {
        day = parts[1].value;
        month = parts[0].value;
    }
    return set_day(rules, parts[2].value, month, day, out) ? EVM_SPAN_READ : EVM_SPAN_BAD;
}

/* "Jul" and "July" are 7; at least three letters. */
static int find_month(const char *text, size_t size)
{
    for (int i = 0; size >= 3 && i < MONTHS; i++)
        if (g_ascii_strncasecmp(text, MONTH_NAMES[i], size) == 0)
            return i + 1;
    return 0;
}

typedef struct {
    int month; /* 0: none yet */
    int count;
    Number numbers[2];
} NamedParts;

/* One word or number, or what stands between them. */
static bool take_part(const char **text, NamedParts *parts)
{
    size_t letters = 0;
    while (g_ascii_isalpha((*text)[letters]))
        letters++;
    if (letters > 0) {
        bool is_first = parts->month == 0;
        parts->month = find_month(*text, letters);
        *text += letters;
        return is_first && parts->month > 0;
    }
    if (**text == ' ' || **text == ',') {
        (*text)++;
        return true;
    }
    if (parts->count == 2 ||
        !parse_number(text, parts->count == 0 ? 2 : 4, &parts->numbers[parts->count]))
        return false;
    parts->count++;
    return true;
}

/* 5 July 2021, July 5, 2021, 05JUL2021, JUL052021: a month's name and two numbers. */
static bool parse_named_month(const char *text, Rules rules, EvmSpan *out)
{
    NamedParts parts = {0};
    while (*text != '\0')
        if (!take_part(&text, &parts))
            return false;
    return parts.month > 0 && parts.count == 2 && parts.numbers[1].digits == 4 &&
           set_day(rules, parts.numbers[1].value, parts.month, parts.numbers[0].value, out);
}

static bool is_null_date(const char *text)
{
    return *text == '\0' || strcmp(text, "1899-12-30") == 0 || strcmp(text, "0000-00-00") == 0;
}

/* The digits of Dari and Pashto, and those of Arabic. */
static char *format_ascii_digits(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        int digit = g_unichar_digit_value(c);
        g_string_append_unichar(out, digit >= 0 ? (gunichar)('0' + digit) : c);
    }
    return g_string_free(out, FALSE);
}

static EvmSpanResult parse_any(const char *text, Rules rules, EvmSpan *out)
{
    if (parse_iso(text, rules, out) || parse_digits(text, rules, out) ||
        parse_interval(text, rules, out) || parse_year_first(text, rules, out) ||
        parse_named_month(text, rules, out))
        return EVM_SPAN_READ;
    Number parts[PARTS_MAX];
    return is_year_last(text, parts) ? parse_year_last(parts, rules, out) : EVM_SPAN_BAD;
}

EvmSpanResult evm_span_parse(const char *text, EvmCalendar calendar, EvmDateOrder order,
                             EvmSpan *out)
{
    Rules rules = {calendar, order};
    EvmDate day;
    if (calendar == EVM_CALENDAR_GREGORIAN && evm_date_parse(text, &day) && !is_null_date(text)) {
        *out = (EvmSpan){day, day, false};
        return EVM_SPAN_READ;
    }
    if (is_null_date(text))
        return EVM_SPAN_EMPTY;
    if (calendar == EVM_CALENDAR_GREGORIAN)
        return parse_any(text, rules, out);
    g_autofree char *ascii = format_ascii_digits(text);
    return parse_any(ascii, rules, out);
}
