#include "base/json_writer.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

void evm_json_init(EvmJson *json, GString *out)
{
    *json = (EvmJson){.out = out};
}

void evm_json_init_compact(EvmJson *json, GString *out)
{
    *json = (EvmJson){.out = out, .is_compact = true};
}

static void break_line(EvmJson *json)
{
    if (json->is_compact)
        return;
    g_string_append_c(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        g_string_append(json->out, "  ");
}

/* The comma, line break and indentation in front of a key or of a value that has no key. */
static void start_item(EvmJson *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->has_item)
        g_string_append(json->out, json->is_compact ? ", " : ",");
    if (json->depth > 0)
        break_line(json);
    json->has_item = true;
}

static void start_group(EvmJson *json, char bracket)
{
    start_item(json);
    g_string_append_c(json->out, bracket);
    json->depth++;
    json->has_item = false;
}

static void end_group(EvmJson *json, char bracket)
{
    g_assert(json->depth > 0 && !json->after_key);
    json->depth--;
    if (json->has_item)
        break_line(json);
    g_string_append_c(json->out, bracket);
    json->has_item = true;
}

void evm_json_write_object_start(EvmJson *json)
{
    start_group(json, '{');
}

void evm_json_write_object_end(EvmJson *json)
{
    end_group(json, '}');
}

void evm_json_write_array_start(EvmJson *json)
{
    start_group(json, '[');
}

void evm_json_write_array_end(EvmJson *json)
{
    end_group(json, ']');
}

/* '<' and the two line separators are escaped although JSON does not ask for it: the text can then
 * stand inside an HTML script element. */
static void write_char(GString *out, gunichar c)
{
    if (c == '"' || c == '\\') {
        g_string_append_c(out, '\\');
        g_string_append_c(out, (char)c);
    } else if (c == '\n') {
        g_string_append(out, "\\n");
    } else if (c == '\r') {
        g_string_append(out, "\\r");
    } else if (c == '\t') {
        g_string_append(out, "\\t");
    } else if (c < 0x20 || c == 0x7F || c == '<' || c == 0x2028 || c == 0x2029) {
        g_string_append_printf(out, "\\u%04x", c);
    } else {
        g_string_append_unichar(out, c);
    }
}

static void write_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    while (*(text = evm_text_write_plain(out, text, "\"\\<")) != '\0') {
        gunichar c = g_utf8_get_char_validated(text, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append(out, "\xEF\xBF\xBD");
            text++;
        } else {
            write_char(out, c);
            text = g_utf8_next_char(text);
        }
    }
    g_string_append_c(out, '"');
}

void evm_json_write_key(EvmJson *json, const char *key)
{
    start_item(json);
    write_quoted(json->out, key);
    g_string_append(json->out, ": ");
    json->after_key = true;
}

void evm_json_write_string(EvmJson *json, const char *value)
{
    start_item(json);
    if (value)
        write_quoted(json->out, value);
    else
        g_string_append(json->out, "null");
}

void evm_json_write_raw(EvmJson *json, const char *value)
{
    start_item(json);
    g_string_append(json->out, value);
}

void evm_json_write_int(EvmJson *json, int64_t value)
{
    start_item(json);
    g_string_append_printf(json->out, "%" G_GINT64_FORMAT, (gint64)value);
}

void evm_json_write_double(EvmJson *json, double value, int decimals)
{
    start_item(json);
    if (!isfinite(value)) {
        g_string_append(json->out, "null");
        return;
    }
    char format[16];
    char text[352]; /* the 309 digits of DBL_MAX, sign, point, 20 decimals */
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 20));
    g_ascii_formatd(text, sizeof text, format, value);
    bool is_zero = text[0] == '-' && text[1 + strspn(text + 1, "0.")] == '\0';
    g_string_append(json->out, is_zero ? text + 1 : text);
}

void evm_json_write_bool(EvmJson *json, bool value)
{
    start_item(json);
    g_string_append(json->out, value ? "true" : "false");
}
