/* Memory that is freed all at once. Loaded data owns its strings and arrays in one arena. With
 * EVM_ARENA_MALLOC defined each block is its own malloc, so that sanitizers see every object. */
#ifndef EVM_BASE_ARENA_H
#define EVM_BASE_ARENA_H

#include <stddef.h>

typedef struct EvmArena EvmArena;

EvmArena *evm_arena_new(void);
void evm_arena_free(EvmArena *arena); /* NULL is fine */

/* Zeroed, aligned for any type; aborts like g_malloc when memory runs out. */
void *evm_arena_alloc(EvmArena *arena, size_t size);
/* `count * size` with an overflow check. */
void *evm_arena_alloc_array(EvmArena *arena, size_t count, size_t size);
/* A NUL-terminated copy of `length` bytes. */
char *evm_arena_strndup(EvmArena *arena, const char *text, size_t length);
/* NULL stays NULL. */
char *evm_arena_strdup(EvmArena *arena, const char *text);
/* Bytes handed out so far. */
size_t evm_arena_count_bytes(const EvmArena *arena);

#endif
