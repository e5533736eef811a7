#include "base/arena.h"

#include <glib.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_BLOCK_BYTES = 4096, LAST_BLOCK_BYTES = 1 << 20 };

typedef struct Block {
    struct Block *next;
    size_t size; /* of the bytes behind this header */
    size_t used;
    alignas(max_align_t) char bytes[];
} Block;

struct EvmArena {
    Block *blocks; /* the one in use first */
    size_t next_size;
    size_t total;
};

EvmArena *evm_arena_new(void)
{
    EvmArena *arena = g_new0(EvmArena, 1);
    arena->next_size = FIRST_BLOCK_BYTES;
    return arena;
}

void evm_arena_free(EvmArena *arena)
{
    if (!arena)
        return;
    Block *block = arena->blocks;
    while (block) {
        Block *next = block->next;
        g_free(block);
        block = next;
    }
    g_free(arena);
}

static Block *add_block(EvmArena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(Block))
        g_error("arena: %zu bytes asked for", size);
    Block *block = g_malloc(sizeof(Block) + size);
    *block = (Block){.size = size, .next = arena->blocks};
    arena->blocks = block;
    return block;
}

#ifdef EVM_ARENA_MALLOC
static void *take(EvmArena *arena, size_t size, size_t alignment)
{
    (void)alignment;
    Block *block = add_block(arena, size);
    arena->total += size;
    return block->bytes;
}
#else
/* A large piece gets a block of its own behind the one in use, so that the rest of that one is not
 * lost. */
static void *take_large(EvmArena *arena, size_t size)
{
    Block *current = arena->blocks;
    Block *block = add_block(arena, size);
    block->used = size;
    if (current) {
        block->next = current->next;
        current->next = block;
        arena->blocks = current;
    }
    return block->bytes;
}

static void *take(EvmArena *arena, size_t size, size_t alignment)
{
    arena->total += size;
    if (size > LAST_BLOCK_BYTES / 4)
        return take_large(arena, size);
    Block *block = arena->blocks;
    size_t start = block ? (block->used + alignment - 1) & ~(alignment - 1) : 0;
    if (!block || start > block->size || block->size - start < size) {
        block = add_block(arena, MAX(arena->next_size, size));
        arena->next_size = MIN(arena->next_size * 2, (size_t)LAST_BLOCK_BYTES);
        start = 0;
    }
    block->used = start + size;
    return block->bytes + start;
}
#endif

void *evm_arena_alloc(EvmArena *arena, size_t size)
{
    void *data = take(arena, size, alignof(max_align_t));
    memset(data, 0, size); /* and not the whole block, the end of which may stay untouched */
    return data;
}

void *evm_arena_alloc_array(EvmArena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        g_error("arena: %zu times %zu bytes asked for", count, size);
    return evm_arena_alloc(arena, count * size);
}

char *evm_arena_strndup(EvmArena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1, 1);
    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *evm_arena_strdup(EvmArena *arena, const char *text)
{
    return text ? evm_arena_strndup(arena, text, strlen(text)) : NULL;
}

size_t evm_arena_count_bytes(const EvmArena *arena)
{
    return arena->total;
}
