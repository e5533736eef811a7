#include <glib.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

static void test_memory_is_zeroed_and_aligned(void)
{
    EvmArena *arena = evm_arena_new();
    for (size_t size = 1; size < 3000; size += 37) {
        evm_arena_strndup(arena, "x", 1); /* moves the next piece off its alignment */
        unsigned char *bytes = evm_arena_alloc(arena, size);
        g_assert_cmpuint((uintptr_t)bytes % alignof(max_align_t), ==, 0);
        for (size_t i = 0; i < size; i++)
            g_assert_cmpuint(bytes[i], ==, 0);
        memset(bytes, 0xAA, size);
    }
    evm_arena_free(arena);
}

static void test_large_pieces_do_not_disturb_small_ones(void)
{
    EvmArena *arena = evm_arena_new();
    char *before = evm_arena_strdup(arena, "before");
    char *large = evm_arena_alloc_array(arena, 3, (size_t)1 << 20);
    char *after = evm_arena_strdup(arena, "after");
    memset(large, 'x', (size_t)3 << 20);
    g_assert_cmpstr(before, ==, "before");
    g_assert_cmpstr(after, ==, "after");
    evm_arena_free(arena);
}

static void test_large_piece_can_come_first(void)
{
    EvmArena *arena = evm_arena_new();
    char *large = evm_arena_alloc(arena, (size_t)1 << 20);
    large[0] = 'x';
    g_assert_cmpstr(evm_arena_strdup(arena, "after"), ==, "after");
    evm_arena_free(arena);
}

static void test_text_is_cut_at_length(void)
{
    EvmArena *arena = evm_arena_new();
    g_assert_cmpstr(evm_arena_strndup(arena, "Kandahar", 4), ==, "Kand");
    g_assert_cmpstr(evm_arena_strndup(arena, NULL, 0), ==, "");
    g_assert_null(evm_arena_strdup(arena, NULL));
    evm_arena_free(arena);
}

static void test_bytes_are_counted(void)
{
    EvmArena *arena = evm_arena_new();
    g_assert_cmpuint(evm_arena_count_bytes(arena), ==, 0);
    evm_arena_alloc(arena, 10);
    evm_arena_strdup(arena, "abc");
    g_assert_cmpuint(evm_arena_count_bytes(arena), ==, 14);
    evm_arena_free(arena);
    evm_arena_free(NULL);
}

static void test_overflow_aborts(void)
{
    if (g_test_subprocess()) {
        EvmArena *arena = evm_arena_new();
        evm_arena_alloc_array(arena, SIZE_MAX / 2, 3);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*arena: * times 3 bytes asked for*");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/arena/memory_is_zeroed_and_aligned", test_memory_is_zeroed_and_aligned);
    g_test_add_func("/base/arena/large_pieces_do_not_disturb_small_ones",
                    test_large_pieces_do_not_disturb_small_ones);
    g_test_add_func("/base/arena/large_piece_can_come_first", test_large_piece_can_come_first);
    g_test_add_func("/base/arena/text_is_cut_at_length", test_text_is_cut_at_length);
    g_test_add_func("/base/arena/bytes_are_counted", test_bytes_are_counted);
    g_test_add_func("/base/arena/overflow_aborts", test_overflow_aborts);
    return g_test_run();
}
