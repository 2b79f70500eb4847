#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pattern.h"

Suite *suite_base_pattern(void);

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static const struct {
    const char *source, *text, *found; /* NULL: no match */
} match_case[] = {
    {"_(.+)$", "im_042.png", "042.png"},
    {"_(subject-\\d+)_", "human_subject-12_x", "subject-12"},
    {"b+", "abbbc", "bbb"},
    {"(x)?b", "ab", NULL}, /* the group took no part */
    {"(x*)b", "ab", ""},
    {"^(a|b)(c)", "bc", "b"},
    {"nothing", "a", NULL},
    {"^(.)$", "\xC3\xA9", "\xC3\xA9"},
    {"(?i)(ABC)", "xabc", "abc"},
    {"(\\w+)",
     "\xFF\xFE"
     "abc",
     "abc"}, /* malformed UTF-8 is stepped over */
    {"", "abc", ""},
    {"a\\Kb", "ab", "b"},
};

START_TEST(the_first_group_is_found)
{
    struct bb_pattern *pattern = NULL;
    struct bb_err err = {0};
    ck_assert_msg(bb_pattern_new(match_case[_i].source, 0, &pattern, &err) == BB_OK, "%s", err.msg);
    ck_assert_str_eq(bb_pattern_source(pattern), match_case[_i].source);
    const char *text = match_case[_i].text, *found = match_case[_i].found;
    size_t start = 77, length = 77;
    ck_assert_int_eq(bb_pattern_first(pattern, text, strlen(text), &start, &length), found != NULL);
    if (found) {
        ck_assert_uint_eq(length, strlen(found));
        ck_assert_mem_eq(text + start, found, length);
    } else {
        ck_assert_uint_eq(start, 77);
    }
    bb_pattern_free(pattern);
}
END_TEST

START_TEST(the_length_is_obeyed)
{
    struct bb_pattern *pattern;
    ck_assert_int_eq(bb_pattern_new("(\\d+)", 1, &pattern, NULL), BB_OK);
    size_t start, length;
    ck_assert_int_eq(bb_pattern_first(pattern, "a12345", 3, &start, &length), 1);
    ck_assert_uint_eq(start, 1);
    ck_assert_uint_eq(length, 2);
    ck_assert_int_eq(bb_pattern_first(pattern, "a12345", 0, &start, &length), 0);
    bb_pattern_free(pattern);
}
END_TEST

static const struct {
    const char *source;
    unsigned groups;
    const char *message;
} bad[] = {
    {"a(b", 0, "the pattern \"a(b\" is wrong at character 4: "},
    {"\xC3\xA9[z-a]", 0, "the pattern \"\xC3\xA9[z-a]\" is wrong at character 5: "},
    {"abc", 1, "the pattern \"abc\" has 0 groups and needs 1: "},
    {"(a)(?:b)", 2, "the pattern \"(a)(?:b)\" has 1 groups and needs 2: "},
    {"\\C", 0, "the pattern \"\\C\" is wrong at character "},
    {"a\xFF", 0, "the pattern \"a?\" is wrong at character "},
};

START_TEST(what_does_not_compile_is_explained)
{
    struct bb_pattern *pattern = NULL;
    struct bb_err err = {0};
    ck_assert_int_eq(bb_pattern_new(bad[_i].source, bad[_i].groups, &pattern, &err), BB_EINPUT);
    ck_assert_ptr_null(pattern);
    ck_assert_msg(strncmp(err.msg, bad[_i].message, strlen(bad[_i].message)) == 0, "%s", err.msg);
    ck_assert_uint_gt(strlen(err.msg), strlen(bad[_i].message));
}
END_TEST

START_TEST(a_pattern_has_a_length_limit)
{
    char source[5000];
    memset(source, 'a', sizeof source);
    source[4999] = '\0';
    struct bb_pattern *pattern;
    ck_assert_int_eq(bb_pattern_new(source, 0, &pattern, NULL), BB_EINPUT);
}
END_TEST

/* Exponential without a limit; a time-out of the test would tell. */
START_TEST(no_pattern_can_hang_the_program)
{
    static const char *const sources[] = {"(a+)+$", "^(a|aa)+$", "(?:a*)*b", "(.*)*\\d"};
    char text[60];
    memset(text, 'a', sizeof text);
    text[59] = '!';
    for (size_t i = 0; i < N_OF(sources); i++) {
        struct bb_pattern *pattern;
        size_t start, length;
        ck_assert_int_eq(bb_pattern_new(sources[i], 0, &pattern, NULL), BB_OK);
        int found = bb_pattern_first(pattern, text, sizeof text, &start, &length);
        ck_assert_msg(found <= 0, "%s: %d", sources[i], found);
        if (i == 0) ck_assert_int_eq(found, -1);
        bb_pattern_free(pattern);
    }
}
END_TEST

START_TEST(a_deep_match_falls_back_from_the_jit)
{
    enum { SIZE = 20000 };
    char *text = bb_malloc(SIZE);
    memset(text, 'a', SIZE);
    struct bb_pattern *pattern;
    size_t start, length;
    ck_assert_int_eq(bb_pattern_new("((?:a|b(?=c))*)", 1, &pattern, NULL), BB_OK);
    ck_assert_int_eq(bb_pattern_first(pattern, text, SIZE, &start, &length), 1);
    ck_assert_uint_eq(length, SIZE);
    bb_pattern_free(pattern);
    free(text);
}
END_TEST

START_TEST(null_may_be_freed)
{
    bb_pattern_free(NULL);
}
END_TEST

Suite *suite_base_pattern(void)
{
    Suite *suite = suite_create("base_pattern");
    TCase *tcase = tcase_create("pattern");
    tcase_set_timeout(tcase, 20);
    tcase_add_loop_test(tcase, the_first_group_is_found, 0, (int)N_OF(match_case));
    tcase_add_test(tcase, the_length_is_obeyed);
    tcase_add_loop_test(tcase, what_does_not_compile_is_explained, 0, (int)N_OF(bad));
    tcase_add_test(tcase, a_pattern_has_a_length_limit);
    tcase_add_test(tcase, no_pattern_can_hang_the_program);
    tcase_add_test(tcase, a_deep_match_falls_back_from_the_jit);
    tcase_add_test(tcase, null_may_be_freed);
    suite_add_tcase(suite, tcase);
    return suite;
}
