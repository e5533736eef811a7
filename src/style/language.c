#include "style/language.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "style/built_in.h"
#include "style/key_lines.h"
#include "style/places.h"

enum { MONTHS = 12, DIGITS = 10, FORMS = 2, FILE_MAX_BYTES = 1 << 20 };

typedef enum { ONE_NEVER, ONE_IS_1, ONE_IS_0_OR_1 } PluralRule;

struct EvmLanguage {
    GKeyFile *file;
    const char *text;   /* that it was read from */
    char *origin;       /* "fr.ini" */
    EvmInputFile input; /* path NULL: built in */
    char *code, *slug;
    bool is_rtl, is_hijri;
    EvmNames names;
    PluralRule plural;
    char *digits[DIGITS];
    char *group, *percent, *less_than_one, *more_than_99;
    char *first_day; /* NULL: as the other days */
    char **gregorian, **hijri;
    char *messages[EVM_MESSAGE_COUNT][FORMS]; /* the plural form first; the other for "one" */
};

#define EVM_MESSAGE_KEY(name, key) key,
static const char *const message_keys[EVM_MESSAGE_COUNT] = {EVM_MESSAGES(EVM_MESSAGE_KEY)};
#undef EVM_MESSAGE_KEY

static const char *const built_in_codes[] = {"en", "fa", "ps", "fr", NULL};

const char *const *evm_language_find_built_in(void)
{
    return built_in_codes;
}

static bool is_counted(size_t message)
{
    return g_str_has_suffix(message_keys[message], "*");
}

/* ---- reading ---- */

static bool refuse(const EvmLanguage *language, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static bool refuse(const EvmLanguage *language, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s: %s", language->origin, text);
    return false;
}

/* The last line with the key, which is the one that counts. */
static unsigned find_line(const EvmLanguage *language, const char *group, const char *key)
{
    unsigned line = 0;
    for (unsigned next; (next = evm_key_line_find(language->text, group, key, line));)
        line = next;
    return line;
}

static bool refuse_line(const EvmLanguage *language, const char *group, const char *key,
                        const char *reason, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s:%u: %s", language->origin,
                find_line(language, group, key), reason);
    return false;
}

static bool take(EvmLanguage *language, const char *group, const char *key, char **out,
                 GError **error)
{
    *out = g_key_file_get_string(language->file, group, key, NULL);
    return *out || refuse(language, error, "[%s] has no %s", group, key);
}

static bool take_choice(EvmLanguage *language, const char *key, const char *const *words, int *out,
                        GError **error)
{
    g_autofree char *value = NULL;
    if (!take(language, "language", key, &value, error))
        return false;
    for (int i = 0; words[i]; i++)
        if (strcmp(value, words[i]) == 0) {
            *out = i;
            return true;
        }
    g_autofree char *all = g_strjoinv(", ", (char **)(uintptr_t)words);
    return refuse(language, error, "%s=%s: one of %s is needed", key, value, all);
}

static bool take_digits(EvmLanguage *language, GError **error)
{
    g_autofree char *digits = NULL;
    if (!take(language, "language", "digits", &digits, error))
        return false;
    if (g_utf8_strlen(digits, -1) != DIGITS)
        return refuse(language, error, "digits=%s: ten digits, 0 first, are needed", digits);
    const char *at = digits;
    for (int i = 0; i < DIGITS; i++) {
        const char *next = g_utf8_next_char(at);
        language->digits[i] = g_strndup(at, (gsize)(next - at));
        at = next;
    }
    return true;
}

/* It goes into file names. */
static bool take_code(EvmLanguage *language, GError **error)
{
    static const char known[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-";
    if (!take(language, "language", "code", &language->code, error))
        return false;
    const char *code = language->code;
    language->slug = g_strndup(code, strcspn(code, "-"));
    if (language->slug[0] != '\0' && code[strspn(code, known)] == '\0')
        return true;
    g_autofree char *reason = g_strdup_printf(
        "code=%s: letters and digits, and - between them, are needed, as in de or pt-BR", code);
    return refuse_line(language, "language", "code", reason, error);
}

static bool take_months(EvmLanguage *language, const char *calendar, char ***out, GError **error)
{
    *out = g_key_file_get_string_list(language->file, "months", calendar, NULL, NULL);
    if (*out && g_strv_length(*out) == MONTHS)
        return true;
    return refuse(language, error, "[months] %s: twelve names, separated by ; are needed",
                  calendar);
}

static bool take_manners(EvmLanguage *language, GError **error)
{
    static const char *const directions[] = {"ltr", "rtl", NULL};
    static const char *const names[] = {"latin", "dari", "pashto", NULL};
    static const char *const calendars[] = {"gregorian", "solar-hijri", NULL};
    static const char *const plurals[] = {"none", "1", "0-1", NULL};
    int direction, name, calendar, plural;
    if (!take_choice(language, "direction", directions, &direction, error) ||
        !take_choice(language, "names", names, &name, error) ||
        !take_choice(language, "calendar", calendars, &calendar, error) ||
        !take_choice(language, "one", plurals, &plural, error))
        return false;
    language->is_rtl = direction == 1;
    language->names = (EvmNames)name;
    language->is_hijri = calendar == 1;
    language->plural = (PluralRule)plural;
    language->first_day = g_key_file_get_string(language->file, "language", "first-day", NULL);
    return take_code(language, error) &&
           take(language, "language", "group", &language->group, error) &&
           take(language, "language", "percent", &language->percent, error) &&
           take(language, "language", "less-than-one", &language->less_than_one, error) &&
           take(language, "language", "more-than-99", &language->more_than_99, error) &&
           take_digits(language, error) &&
           take_months(language, "gregorian", &language->gregorian, error) &&
           take_months(language, "solar-hijri", &language->hijri, error);
}

/* "summary-changed*" has the keys summary-changed.other and summary-changed.one. */
static char *form_key(size_t message, int form)
{
    if (!is_counted(message))
        return form == 0 ? g_strdup(message_keys[message]) : NULL;
    g_autofree char *stem = g_strndup(message_keys[message], strlen(message_keys[message]) - 1);
    return g_strconcat(stem, form == 0 ? ".other" : ".one", NULL);
}

static bool take_messages(EvmLanguage *language, GError **error)
{
    for (size_t i = 0; i < EVM_MESSAGE_COUNT; i++)
        for (int form = 0; form < FORMS; form++) {
            g_autofree char *key = form_key(i, form);
            if (!key || (form == 1 && language->plural == ONE_NEVER))
                continue;
            if (!take(language, "messages", key, &language->messages[i][form], error))
                return false;
        }
    return true;
}

static bool is_message_key(const char *key)
{
    for (size_t i = 0; i < EVM_MESSAGE_COUNT; i++)
        for (int form = 0; form < FORMS; form++) {
            g_autofree char *known = form_key(i, form);
            if (known && strcmp(known, key) == 0)
                return true;
        }
    return false;
}

static bool check_message_keys(EvmLanguage *language, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(language->file, "messages", NULL, NULL);
    for (char **key = keys; key && *key; key++) {
        if (is_message_key(*key))
            continue;
        g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
        for (size_t i = 0; i < EVM_MESSAGE_COUNT; i++)
            g_ptr_array_add(known, form_key(i, 0));
        g_ptr_array_add(known, NULL);
        const char *near = evm_text_find_nearest(*key, (const char *const *)known->pdata);
        return refuse(language, error, "[messages] has an unknown key %s%s%s", *key,
                      near ? "; did you mean " : "", near ? near : "");
    }
    return true;
}

/* `text` is to have the places that `english` has, but for `optional`, and no others. */
static bool check_places(const EvmLanguage *language, const char *group, const char *key,
                         const char *text, const char *english, const char *optional,
                         GError **error)
{
    g_autofree char *needed = g_strconcat(text, optional, NULL);
    g_autofree char *unknown = evm_places_find_missing(text, english);
    g_autofree char *missing = evm_places_find_missing(english, needed);
    if (!unknown && !missing)
        return true;
    g_autofree char *reason =
        unknown ? g_strdup_printf("[%s] %s has %s, which the English message has not and nothing "
                                  "fills in",
                                  group, key, unknown)
                : g_strdup_printf("[%s] %s has no %s, which the English message has", group, key,
                                  missing);
    return refuse_line(language, group, key, reason, error);
}

/* Where the translation has another key than English has, it is an unknown one, or in a group of
 * its own. */
static bool check_group_places(const EvmLanguage *language, GKeyFile *english, const char *group,
                               GError **error)
{
    bool done = true;
    g_auto(GStrv) keys = g_key_file_get_keys(language->file, group, NULL, NULL);
    for (char **key = keys; done && key && *key; key++) {
        g_autofree char *text = g_key_file_get_string(language->file, group, *key, NULL);
        g_autofree char *model = g_key_file_get_string(english, group, *key, NULL);
        done = !text || !model || check_places(language, group, *key, text, model, "", error);
    }
    return done;
}

/* Sentences for one actor may name him in words of their own. */
static bool check_actor_places(const EvmLanguage *language, GKeyFile *english, EvmMessage message,
                               GError **error)
{
    bool done = true;
    const char *group = message_keys[message];
    g_autofree char *model = g_key_file_get_string(english, "messages", group, NULL);
    g_auto(GStrv) keys = g_key_file_get_keys(language->file, group, NULL, NULL);
    for (char **key = keys; done && key && *key; key++) {
        g_autofree char *text = g_key_file_get_string(language->file, group, *key, NULL);
        done = !text || check_places(language, group, *key, text, model, "{actor}", error);
    }
    return done;
}

static bool check_all_places(const EvmLanguage *language, GKeyFile *english, GError **error)
{
    static const EvmMessage of_actors[] = {EVM_MESSAGE_HOLDS, EVM_MESSAGE_HOLDS_ALSO,
                                           EVM_MESSAGE_DEVELOPMENT_TAKEN,
                                           EVM_MESSAGE_DEVELOPMENT_RETAKEN};
    bool done = check_group_places(language, english, "language", error) &&
                check_group_places(language, english, "messages", error);
    for (size_t i = 0; done && i < G_N_ELEMENTS(of_actors); i++)
        done = check_actor_places(language, english, of_actors[i], error);
    return done;
}

static const char *find_built_in(const char *code)
{
    g_autofree char *name = g_strconcat(code, ".ini", NULL);
    return evm_built_in_find(name);
}

/* A path has a dot or a slash in it; the name of a language has neither. */
static bool load_text(EvmLanguage *language, const char *name, GError **error)
{
    const char *text = find_built_in(name);
    GError *failure = NULL;
    bool done;
    if (text) {
        language->text = text;
        language->origin = g_strdup_printf("%s.ini", name);
        done = g_key_file_load_from_data(language->file, text, strlen(text),
                                         G_KEY_FILE_KEEP_TRANSLATIONS, &failure);
    } else if (strpbrk(name, "./")) {
        language->origin = g_strdup(name);
        if (!evm_input_file_load(&language->input, name, FILE_MAX_BYTES, error))
            return false;
        language->text = language->input.data;
        done = g_key_file_load_from_data(language->file, language->input.data, language->input.size,
                                         G_KEY_FILE_KEEP_TRANSLATIONS, &failure);
    } else {
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                    "no language '%s': there are en, fa, ps and fr, or give the path of a "
                    "language file",
                    name);
        return false;
    }
    if (!done)
        refuse(language, error, "%s", failure->message);
    g_clear_error(&failure);
    return done;
}

static bool has_places(const EvmLanguage *language, GError **error)
{
    const char *text = find_built_in("en");
    g_autoptr(GKeyFile) english = g_key_file_new();
    g_key_file_load_from_data(english, text, strlen(text), G_KEY_FILE_NONE, NULL);
    return check_all_places(language, english, error);
}

EvmLanguage *evm_language_load(const char *name, GError **error)
{
    EvmLanguage *language = g_new0(EvmLanguage, 1);
    language->file = g_key_file_new();
    if (load_text(language, name, error) && take_manners(language, error) &&
        take_messages(language, error) && check_message_keys(language, error) &&
        has_places(language, error))
        return language;
    evm_language_free(language);
    return NULL;
}

void evm_language_free(EvmLanguage *language)
{
    if (!language)
        return;
    for (size_t i = 0; i < EVM_MESSAGE_COUNT; i++)
        for (int form = 0; form < FORMS; form++)
            g_free(language->messages[i][form]);
    for (int i = 0; i < DIGITS; i++)
        g_free(language->digits[i]);
    g_strfreev(language->gregorian);
    g_free(language->first_day);
    g_strfreev(language->hijri);
    g_free(language->group);
    g_free(language->percent);
    g_free(language->less_than_one);
    g_free(language->more_than_99);
    g_free(language->code);
    g_free(language->slug);
    g_free(language->origin);
    evm_input_file_clear(&language->input);
    g_key_file_free(language->file);
    g_free(language);
}

void evm_language_write(const EvmLanguage *language, GString *out)
{
    g_autofree char *text = g_key_file_to_data(language->file, NULL, NULL);
    g_string_append(out, text);
}

const char *evm_language_find_code(const EvmLanguage *language)
{
    return language->code;
}

const char *evm_language_find_slug(const EvmLanguage *language)
{
    return language->slug;
}

bool evm_language_is_rtl(const EvmLanguage *language)
{
    return language->is_rtl;
}

const EvmInputFile *evm_language_find_file(const EvmLanguage *language)
{
    return language->input.path ? &language->input : NULL;
}

EvmNames evm_language_find_names(const EvmLanguage *language)
{
    return language->names;
}

/* ---- speaking ---- */

const char *evm_language_at(const EvmLanguage *language, EvmMessage message)
{
    return language->messages[message][0];
}

static const char *find_value(va_list args, const char *name, size_t length)
{
    for (const char *key = va_arg(args, const char *); key; key = va_arg(args, const char *)) {
        const char *value = va_arg(args, const char *);
        if (strlen(key) == length && strncmp(key, name, length) == 0)
            return value;
    }
    return NULL;
}

/* A name that nobody fills in stays as it is, braces and all: it is seen, not lost. */
static char *fill(const char *text, const char *count, va_list args)
{
    GString *out = g_string_new(NULL);
    while (*text != '\0') {
        size_t plain = strcspn(text, "{");
        g_string_append_len(out, text, (gssize)plain);
        text += plain;
        const char *end = strchr(text, '}');
        if (!end) {
            g_string_append(out, text);
            break;
        }
        size_t length = (size_t)(end - text) - 1;
        va_list copy;
        va_copy(copy, args);
        const char *value = find_value(copy, text + 1, length);
        va_end(copy);
        if (!value && count && length == strlen("count") && strncmp(text + 1, "count", 5) == 0)
            value = count;
        if (value)
            g_string_append(out, value);
        else
            g_string_append_len(out, text, (gssize)length + 2);
        text = end + 1;
    }
    return g_string_free(out, FALSE);
}

char *evm_language_format(const EvmLanguage *language, EvmMessage message, ...)
{
    va_list args;
    va_start(args, message);
    char *text = fill(evm_language_at(language, message), NULL, args);
    va_end(args);
    return text;
}

static bool is_one(const EvmLanguage *language, size_t count)
{
    return (count == 1 && language->plural != ONE_NEVER) ||
           (count == 0 && language->plural == ONE_IS_0_OR_1);
}

char *evm_language_format_count(const EvmLanguage *language, EvmMessage message, size_t count, ...)
{
    const char *pattern = language->messages[message][is_one(language, count) ? 1 : 0];
    g_autofree char *number = evm_language_format_number(language, (double)count);
    va_list args;
    va_start(args, count);
    char *text = fill(pattern, number, args);
    va_end(args);
    return text;
}

/* Actors' names compare ASCII case-blind, as everywhere. */
static char *find_word(const EvmLanguage *language, const char *group, const char *name)
{
    g_auto(GStrv) keys = g_key_file_get_keys(language->file, group, NULL, NULL);
    for (char **key = keys; key && *key; key++)
        if (g_ascii_strcasecmp(*key, name) == 0)
            return g_key_file_get_string(language->file, group, *key, NULL);
    return NULL;
}

char *evm_language_format_actor(const EvmLanguage *language, EvmMessage message, const char *actor,
                                ...)
{
    g_autofree char *own = find_word(language, message_keys[message], actor);
    va_list args;
    va_start(args, actor);
    char *text = fill(own ? own : evm_language_at(language, message), NULL, args);
    va_end(args);
    return text;
}

/* Interned: there are few, and they are asked for again and again. */
static const char *find_name(const EvmLanguage *language, const char *group, const char *name)
{
    g_autofree char *word = find_word(language, group, name);
    return word ? g_intern_string(word) : name;
}

const char *evm_language_find_actor(const EvmLanguage *language, const char *actor)
{
    return find_name(language, "actors", actor);
}

const char *evm_language_find_country(const EvmLanguage *language, const char *country)
{
    return find_name(language, "countries", country);
}

const char *evm_language_find_province(const EvmLanguage *language, const char *province)
{
    return find_name(language, "provinces", province);
}

char *evm_language_format_number(const EvmLanguage *language, double value)
{
    g_autofree char *plain = g_strdup_printf("%.0f", fabs(value));
    GString *out = g_string_new(value <= -0.5 ? "\u2212" : NULL);
    size_t length = strlen(plain);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            g_string_append(out, language->group);
        g_string_append(out, language->digits[plain[i] - '0']);
    }
    return g_string_free(out, FALSE);
}

/* Years and days: no groups. */
static char *format_plain(const EvmLanguage *language, int value)
{
    g_autofree char *plain = g_strdup_printf("%d", value);
    GString *out = g_string_new(NULL);
    for (const char *p = plain; *p; p++)
        g_string_append(out, language->digits[*p - '0']);
    return g_string_free(out, FALSE);
}

static char *replace(const char *pattern, const char *name, const char *value)
{
    g_auto(GStrv) parts = g_strsplit(pattern, name, -1);
    return g_strjoinv(value, parts);
}

char *evm_language_format_share(const EvmLanguage *language, double part, double whole)
{
    double percent = whole > 0 ? 100 * part / whole : 0;
    bool is_little = percent > 0 && percent<1, is_most = percent> 99 && percent < 100;
    double shown = is_little ? 1 : is_most ? 99 : floor(percent + 0.5); /* 62.5: 63, as on paper */
    g_autofree char *number = evm_language_format_number(language, shown);
    g_autofree char *share = replace(language->percent, "{number}", number);
    if (is_little)
        return replace(language->less_than_one, "{share}", share);
    return is_most ? replace(language->more_than_99, "{share}", share) : g_steal_pointer(&share);
}

static char *format_in_calendar(const EvmLanguage *language, EvmDate date, bool is_hijri)
{
    int year, month, day;
    if (is_hijri)
        evm_date_format_hijri(date, &year, &month, &day);
    else
        evm_date_format_ymd(date, &year, &month, &day);
    if (month == 0)
        return g_strdup("");
    g_autofree char *day_text = day == 1 && language->first_day ? g_strdup(language->first_day)
                                                                : format_plain(language, day);
    g_autofree char *year_text = format_plain(language, year);
    char **months = is_hijri ? language->hijri : language->gregorian;
    return evm_language_format(language, EVM_MESSAGE_DATE, "day", day_text, "month",
                               months[month - 1], "year", year_text, NULL);
}

void evm_language_format_ymd(const EvmLanguage *language, EvmDate date, int *year, int *month,
                             int *day)
{
    *month = 0;
    if (language->is_hijri)
        evm_date_format_hijri(date, year, month, day);
    if (*month == 0)
        evm_date_format_ymd(date, year, month, day);
}

/* The Solar Hijri calendar is known for some centuries only: outside of them, the Gregorian. */
char *evm_language_format_date(const EvmLanguage *language, EvmDate date)
{
    g_autofree char *text = format_in_calendar(language, date, language->is_hijri);
    return text[0] != '\0' ? g_steal_pointer(&text) : format_in_calendar(language, date, false);
}

char *evm_language_format_date_both(const EvmLanguage *language, EvmDate date)
{
    g_autofree char *own = evm_language_format_date(language, date);
    if (!language->is_hijri)
        return g_steal_pointer(&own);
    g_autofree char *other = format_in_calendar(language, date, false);
    return evm_language_format(language, EVM_MESSAGE_DATE_BOTH, "date", own, "other", other, NULL);
}
