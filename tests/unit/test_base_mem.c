#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

Suite *suite_base_mem(void);

static int all_zero(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (data[i]) return 0;
    return 1;
}

START_TEST(blocks_are_never_null)
{
    void *nothing = bb_malloc(0);
    ck_assert_ptr_nonnull(nothing);
    free(nothing);
    unsigned char *zeroed = bb_calloc(100, 3);
    ck_assert(all_zero(zeroed, 300));
    zeroed = bb_realloc(zeroed, 0, 8);
    ck_assert_ptr_nonnull(zeroed);
    free(zeroed);
}
END_TEST

START_TEST(grow_keeps_the_content)
{
    size_t cap = 0;
    int *list = NULL;
    for (int i = 0; i < 1000; i++) {
        list = bb_grow(list, &cap, (size_t)i + 1, sizeof *list);
        list[i] = i;
    }
    ck_assert_uint_ge(cap, 1000);
    for (int i = 0; i < 1000; i++) ck_assert_int_eq(list[i], i);
    size_t before = cap;
    ck_assert_ptr_eq(bb_grow(list, &cap, 1, sizeof *list), list);
    ck_assert_uint_eq(cap, before);
    free(list);
}
END_TEST

/* Ends with status 4 by design */
START_TEST(overflow_of_calloc_ends_the_process)
{
    free(bb_calloc(SIZE_MAX / 2, 3));
}
END_TEST

START_TEST(overflow_of_realloc_ends_the_process)
{
    free(bb_realloc(NULL, SIZE_MAX / 2, 3));
}
END_TEST

static struct bb_arena *arena;

static void make_arena(void)
{
    arena = bb_arena_new(0);
}

static void drop_arena(void)
{
    bb_arena_free(arena);
    arena = NULL;
}

START_TEST(arena_memory_is_zeroed_and_aligned)
{
    for (size_t size = 1; size < 3000; size += 7) {
        unsigned char *data = bb_arena_alloc(arena, 1, size);
        ck_assert_uint_eq((uintptr_t)data % (size >= 64 ? 64 : _Alignof(max_align_t)), 0);
        ck_assert(all_zero(data, size));
        memset(data, 0xAB, size);
    }
}
END_TEST

START_TEST(arena_holds_small_and_large_together)
{
    char *first = bb_arena_strdup(arena, "first");
    unsigned char *large = bb_arena_alloc(arena, 3, 1 << 20);
    char *second = bb_arena_strdup(arena, "second");
    memset(large, 0xFF, 3 << 20);
    ck_assert_str_eq(first, "first");
    ck_assert_str_eq(second, "second");
    ck_assert_uint_eq(bb_arena_used(arena), 6 + (3 << 20) + 7);
}
END_TEST

START_TEST(arena_gives_room_for_nothing)
{
    ck_assert_ptr_nonnull(bb_arena_alloc(arena, 0, 8));
    ck_assert_str_eq(bb_arena_strdup(arena, ""), "");
}
END_TEST

START_TEST(arena_copies_text)
{
    ck_assert_str_eq(bb_arena_strndup(arena, "brainboard", 5), "brain");
    ck_assert_str_eq(bb_arena_printf(arena, "%s-%03d", "s", 7), "s-007");
    ck_assert_str_eq(bb_arena_printf(arena, "<%c%.*s%.*s%.*s>%d", 'x', 2, "abc", 9, "de", 0, "f", 1), "<xabde>1");
    char *longer = bb_arena_printf(arena, "%0500d", 1);
    ck_assert_uint_eq(strlen(longer), 500);
}
END_TEST

START_TEST(arena_limit_ends_the_process)
{
    static struct bb_arena *limited;
    limited = bb_arena_new(100);
    bb_arena_alloc(limited, 100, 1);
    ck_assert_uint_eq(bb_arena_used(limited), 100);
    bb_arena_alloc(limited, 1, 1);
}
END_TEST

START_TEST(arena_overflow_ends_the_process)
{
    bb_arena_alloc(arena, SIZE_MAX / 4, 8);
}
END_TEST

START_TEST(null_arena_may_be_freed)
{
    bb_arena_free(NULL);
}
END_TEST

START_TEST(buffer_grows_and_stays_terminated)
{
    struct bb_buf buf = BB_BUF_INIT;
    ck_assert_str_eq(bb_buf_text(&buf), "");
    for (int i = 0; i < 1000; i++) bb_buf_putc(&buf, (char)('a' + i % 26));
    ck_assert_uint_eq(buf.len, 1000);
    ck_assert_uint_eq(strlen(bb_buf_text(&buf)), 1000);
    bb_buf_reset(&buf);
    ck_assert_str_eq(bb_buf_text(&buf), "");
    bb_buf_puts(&buf, "x");
    bb_buf_add(&buf, "\0y", 2);
    ck_assert_uint_eq(buf.len, 3);
    ck_assert_mem_eq(buf.data, "x\0y", 4);
    bb_buf_release(&buf);
    ck_assert_str_eq(bb_buf_text(&buf), "");
    bb_buf_puts(&buf, "again");
    ck_assert_str_eq(buf.data, "again");
    bb_buf_release(&buf);
}
END_TEST

START_TEST(buffer_formats_what_does_not_fit_at_first)
{
    struct bb_buf buf = BB_BUF_INIT;
    bb_buf_puts(&buf, "<");
    bb_buf_printf(&buf, "%0200d", 42);
    bb_buf_printf(&buf, "%s", ">");
    ck_assert_uint_eq(buf.len, 202);
    ck_assert_str_eq(buf.data + 198, "042>");
    bb_buf_release(&buf);
}
END_TEST

START_TEST(buffer_formats_at_every_length)
{
    for (int width = 1; width < 300; width++) {
        struct bb_buf buf = BB_BUF_INIT;
        bb_buf_printf(&buf, "%*d", width, 1);
        ck_assert_uint_eq(buf.len, (size_t)width);
        ck_assert_uint_eq(strlen(buf.data), (size_t)width);
        ck_assert_int_eq(buf.data[width - 1], '1');
        bb_buf_release(&buf);
    }
}
END_TEST

START_TEST(buffer_room_is_at_the_end)
{
    struct bb_buf buf = BB_BUF_INIT;
    bb_buf_puts(&buf, "ab");
    char *end = bb_buf_room(&buf, 100);
    ck_assert_ptr_eq(end, buf.data + 2);
    memset(end, 'c', 100);
    end[100] = '\0';
    buf.len += 100;
    ck_assert_uint_eq(strlen(buf.data), 102);
    bb_buf_release(&buf);
}
END_TEST

START_TEST(buffer_limit_ends_the_process)
{
    static struct bb_buf buf = {.limit = 10};
    bb_buf_puts(&buf, "0123456789");
    bb_buf_putc(&buf, 'x');
}
END_TEST

Suite *suite_base_mem(void)
{
    enum { STATUS = 4 };
    Suite *suite = suite_create("base_mem");
    TCase *blocks = tcase_create("blocks");
    tcase_add_test(blocks, blocks_are_never_null);
    tcase_add_test(blocks, grow_keeps_the_content);
    tcase_add_exit_test(blocks, overflow_of_calloc_ends_the_process, STATUS);
    tcase_add_exit_test(blocks, overflow_of_realloc_ends_the_process, STATUS);
    suite_add_tcase(suite, blocks);
    TCase *arenas = tcase_create("arenas");
    tcase_add_checked_fixture(arenas, make_arena, drop_arena);
    tcase_add_test(arenas, arena_memory_is_zeroed_and_aligned);
    tcase_add_test(arenas, arena_holds_small_and_large_together);
    tcase_add_test(arenas, arena_gives_room_for_nothing);
    tcase_add_test(arenas, arena_copies_text);
    tcase_add_exit_test(arenas, arena_limit_ends_the_process, STATUS);
    tcase_add_exit_test(arenas, arena_overflow_ends_the_process, STATUS);
    tcase_add_test(arenas, null_arena_may_be_freed);
    suite_add_tcase(suite, arenas);
    TCase *buffers = tcase_create("buffers");
    tcase_add_test(buffers, buffer_grows_and_stays_terminated);
    tcase_add_test(buffers, buffer_formats_what_does_not_fit_at_first);
    tcase_add_test(buffers, buffer_formats_at_every_length);
    tcase_add_test(buffers, buffer_room_is_at_the_end);
    tcase_add_exit_test(buffers, buffer_limit_ends_the_process, STATUS);
    suite_add_tcase(suite, buffers);
    return suite;
}
