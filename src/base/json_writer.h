/* JSON, streamed into a GString: UTF-8, two-space indentation, keys in the order they are written,
 * numbers without locale. Invalid UTF-8 becomes U+FFFD. '<' is written as \u003c, so that the text
 * can stand inside an HTML script element. No line end after the last bracket. */
#ifndef EVM_BASE_JSON_WRITER_H
#define EVM_BASE_JSON_WRITER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    GString *out; /* borrowed */
    unsigned depth;
    bool has_item; /* something was written at this depth */
    bool after_key;
    bool is_compact;
} EvmJson;

void evm_json_init(EvmJson *json, GString *out);
void evm_json_init_compact(EvmJson *json, GString *out); /* all on one line */
void evm_json_write_object_start(EvmJson *json);
void evm_json_write_object_end(EvmJson *json);
void evm_json_write_array_start(EvmJson *json);
void evm_json_write_array_end(EvmJson *json);
void evm_json_write_key(EvmJson *json, const char *key);
void evm_json_write_string(EvmJson *json, const char *value); /* NULL writes null */
void evm_json_write_raw(EvmJson *json, const char *value);    /* JSON already */
void evm_json_write_int(EvmJson *json, int64_t value);
void evm_json_write_double(EvmJson *json, double value, int decimals); /* not finite: null */
void evm_json_write_bool(EvmJson *json, bool value);

#endif
