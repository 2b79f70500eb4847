#include <check.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "score/cache.h"
#include "score/outcome.h"

static char dir[64];
static struct bb_arena *arena;
static const char KEY[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
static const char OTHER[] = "ffff456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static void set_up(void)
{
    strcpy(dir, "/tmp/bb-cache-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    arena = bb_arena_new(0);
}

static void tear_down(void)
{
    ck_assert_int_eq(bb_remove_tree(dir, NULL), BB_OK);
    bb_arena_free(arena);
}

static const char *path_of(const char *name)
{
    return bb_arena_printf(arena, "%s/%s", dir, name);
}

START_TEST(entries_come_back_and_damage_is_noticed)
{
    struct bb_cache *cache = bb_cache_open(dir, false);
    struct bb_buf out = BB_BUF_INIT, raw = BB_BUF_INIT;
    ck_assert(!bb_cache_get(cache, "cell", KEY, &out));
    bb_cache_put(cache, "cell", KEY, "a result\0with a zero", 20);
    ck_assert(bb_cache_has(cache, "cell", KEY));
    ck_assert(bb_cache_get(cache, "cell", KEY, &out));
    ck_assert_uint_eq(out.len, 20);
    ck_assert_int_eq(memcmp(out.data, "a result\0with a zero", 20), 0);
    ck_assert(!bb_cache_get(cache, "cell", OTHER, &out));
    ck_assert(!bb_cache_get(cache, "gram", KEY, &out));
    const char *entry = path_of(bb_arena_printf(arena, "cell/01/%s", KEY + 2));
    ck_assert_int_eq(bb_file_read(entry, 0, &raw, NULL), BB_OK);
    for (size_t i = 0; i < raw.len; i += 7) { /* one bit anywhere, or an end that is missing */
        raw.data[i] ^= 4;
        ck_assert_int_eq(bb_file_write(entry, raw.data, raw.len, NULL), BB_OK);
        ck_assert_msg(!bb_cache_get(cache, "cell", KEY, &out), "byte %zu", i);
        raw.data[i] ^= 4;
        ck_assert_int_eq(bb_file_write(entry, raw.data, i, NULL), BB_OK);
        ck_assert_msg(!bb_cache_get(cache, "cell", KEY, &out), "%zu bytes", i);
    }
    bb_cache_close(cache);
    bb_buf_release(&out);
    bb_buf_release(&raw);
}
END_TEST

START_TEST(without_a_folder_everything_is_computed)
{
    struct bb_buf out = BB_BUF_INIT;
    struct bb_cache *off = bb_cache_open(dir, true);
    bb_cache_put(off, "cell", KEY, "x", 1);
    ck_assert(!bb_cache_get(off, "cell", KEY, &out));
    ck_assert_ptr_null(bb_cache_dir(off));
    bb_cache_close(off);
    ck_assert_int_eq(bb_file_write(path_of("file"), "x", 1, NULL), BB_OK);
    struct bb_cache *blocked = bb_cache_open(path_of("file/cache"), false);
    bb_cache_put(blocked, "cell", KEY, "x", 1);
    ck_assert(!bb_cache_get(blocked, "cell", KEY, &out));
    bb_cache_close(blocked);
}
END_TEST

static void age(const char *path, time_t seconds)
{
    const struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(what_was_not_used_for_longest_goes_first)
{
    char key[4][65], data[1000] = "";
    struct bb_buf out = BB_BUF_INIT;
    struct bb_cache *cache = bb_cache_open(dir, false);
    for (int i = 0; i < 4; i++) {
        memcpy(key[i], KEY, sizeof key[i]);
        key[i][1] = (char)(48 + i);
        bb_cache_put(cache, i < 2 ? "cell" : "gram", key[i], data, sizeof data);
        age(path_of(bb_arena_printf(arena, "%s/%.2s/%s", i < 2 ? "cell" : "gram", key[i], key[i] + 2)), 1000000 + i);
    }
    ck_assert(bb_cache_get(cache, "cell", key[0], &out)); /* used now */
    struct bb_cache_stat stat = bb_cache_stat(cache);
    ck_assert_uint_eq(stat.n, 4);
    ck_assert_uint_eq(stat.n_kinds, 2);
    uint64_t each = stat.bytes / 4;
    struct bb_cache_stat removed = bb_cache_gc(cache, 2 * each);
    ck_assert_uint_eq(removed.n, 2);
    ck_assert(bb_cache_has(cache, "cell", key[0]) && bb_cache_has(cache, "gram", key[3]));
    ck_assert(!bb_cache_has(cache, "cell", key[1]) && !bb_cache_has(cache, "gram", key[2]));
    const char *remains = path_of(bb_arena_printf(arena, "cell/00/.%s.tmp-abcdef", KEY));
    ck_assert_int_eq(bb_file_write(remains, "x", 1, NULL), BB_OK);
    age(remains, 1000000);
    bb_cache_gc(cache, 10 * each);
    ck_assert(!bb_is_file(remains));
    bb_cache_close(cache);
    bb_buf_release(&out);
}
END_TEST

START_TEST(digests_of_files_hold_while_the_file_does)
{
    char digest[BB_SHA256_TEXT], known[BB_SHA256_TEXT];
    const char *path = path_of("data.nc");
    ck_assert_int_eq(bb_file_write(path, "first", 5, NULL), BB_OK);
    ck_assert_int_eq(bb_sha256_file(path, digest, NULL), BB_OK);
    struct bb_cache *cache = bb_cache_open(path_of("cache"), false);
    ck_assert(!bb_cache_file_digest(cache, path, known));
    bb_cache_learn_digest(cache, path, digest);
    ck_assert(bb_cache_file_digest(cache, path, known));
    ck_assert_str_eq(known, digest);
    bb_cache_close(cache);
    cache = bb_cache_open(path_of("cache"), false);
    ck_assert_msg(!bb_cache_file_digest(cache, path, known), "a file of this moment may change again unseen");
    bb_cache_learn_digest(cache, path, digest);
    usleep(1700000);
    bb_cache_close(cache);
    cache = bb_cache_open(path_of("cache"), false);
    ck_assert(bb_cache_file_digest(cache, path, known));
    ck_assert_int_eq(bb_file_write(path, "other", 5, NULL), BB_OK);
    ck_assert(!bb_cache_file_digest(cache, path, known));
    bb_cache_close(cache);
}
END_TEST

START_TEST(outcomes_read_back_as_they_were)
{
    static const char *const split[] = {"0", "1"}, *const neuroid[] = {"a \"quoted\" one", "b", "ü"}, *const subject[] = {"s1", "s2"};
    const double value[] = {.1, NAN, -3e-300, 1. / 3, INFINITY, 0}, part[] = {.25, NAN};
    struct bb_outcome in, out;
    struct bb_buf text = BB_BUF_INIT;
    bb_outcome_init(&in);
    in.value = 0.1 + 0.2;
    in.error = 5e-324;
    in.error_kind = "split_sem";
    in.n = 3200;
    in.warning = "line\nbreak";
    in.detail = "alpha 32.5";
    in.parts = (struct bb_parts){subject, part, 2};
    in.units = (struct bb_units){.axis = {"split", "neuroid"}, .label = {split, neuroid}, .n = {2, 3}, .value = value};
    bb_outcome_write(&in, &text);
    ck_assert(bb_outcome_read(text.data, text.len, arena, &out));
    ck_assert(out.code == BB_OK && !out.resource && !out.reason && isnan(out.lower));
    ck_assert(out.value == in.value && out.error == in.error && out.n == 3200);
    ck_assert_str_eq(out.warning, in.warning);
    ck_assert_str_eq(out.detail, in.detail);
    ck_assert_uint_eq(out.parts.n, 2);
    ck_assert(out.parts.value[0] == .25 && isnan(out.parts.value[1]));
    ck_assert_str_eq(out.units.axis[1], "neuroid");
    ck_assert_str_eq(out.units.label[1][2], "ü");
    ck_assert_int_eq(memcmp(out.units.value, value, sizeof value), 0);
    for (size_t len = 0; len < text.len; len++) ck_assert_msg(!bb_outcome_read(text.data, len, arena, &out), "%zu bytes", len);
    bb_buf_release(&text);
}
END_TEST

Suite *suite_score_cache(void);
Suite *suite_score_cache(void)
{
    Suite *suite = suite_create("score/cache");
    TCase *tc = tcase_create("cache");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_set_timeout(tc, 30);
    tcase_add_test(tc, entries_come_back_and_damage_is_noticed);
    tcase_add_test(tc, without_a_folder_everything_is_computed);
    tcase_add_test(tc, what_was_not_used_for_longest_goes_first);
    tcase_add_test(tc, digests_of_files_hold_while_the_file_does);
    tcase_add_test(tc, outcomes_read_back_as_they_were);
    suite_add_tcase(suite, tc);
    return suite;
}
