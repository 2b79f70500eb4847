#include <check.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

Suite *suite_base_err(void);

START_TEST(fail_sets_code_and_sentence)
{
    struct bb_err err = {0};
    ck_assert_int_eq(bb_fail(&err, BB_EINPUT, "row %d of %s", 3, "a.csv"), BB_EINPUT);
    ck_assert_int_eq(err.code, BB_EINPUT);
    ck_assert_str_eq(err.msg, "row 3 of a.csv");
}
END_TEST

START_TEST(nobody_has_to_listen)
{
    ck_assert_int_eq(bb_fail(NULL, BB_EIO, "unheard"), BB_EIO);
    ck_assert_int_eq(bb_err_wrap(NULL, BB_EABSENT, "unheard"), BB_EABSENT);
}
END_TEST

START_TEST(wrap_puts_context_in_front)
{
    struct bb_err err = {0};
    enum bb_code rc = bb_fail(&err, BB_ENUMERIC, "a column is constant");
    ck_assert_int_eq(bb_err_wrap(&err, rc, "model %s", "m1"), BB_ENUMERIC);
    ck_assert_int_eq(bb_err_wrap(&err, rc, "benchmark %s", "b1"), BB_ENUMERIC);
    ck_assert_str_eq(err.msg, "benchmark b1: model m1: a column is constant");
}
END_TEST

START_TEST(own_message_may_be_an_argument)
{
    struct bb_err err = {0};
    bb_fail(&err, BB_EIO, "first");
    bb_fail(&err, BB_EIO, "again: %s", err.msg);
    ck_assert_str_eq(err.msg, "again: first");
    bb_err_wrap(&err, BB_EIO, "<%s>", err.msg);
    ck_assert_str_eq(err.msg, "<again: first>: again: first");
}
END_TEST

START_TEST(control_characters_are_made_harmless)
{
    struct bb_err err = {0};
    bb_fail(&err, BB_EINPUT, "%s", "a\033[31m\nb\x7F\xC2\x9B\xFF\xC3\xA9");
    ck_assert_str_eq(err.msg, "a?[31m?b???\xC3\xA9");
}
END_TEST

START_TEST(long_sentences_are_cut_and_stay_utf8)
{
    char text[2 * BB_ERR_MAX];
    for (size_t i = 0; i + 1 < sizeof text; i += 2) memcpy(text + i, "\xC3\xA9", 2);
    text[sizeof text - 2] = '\0';
    struct bb_err err = {0};
    bb_fail(&err, BB_EINPUT, "%s", text);
    size_t len = strlen(err.msg);
    ck_assert_uint_ge(len, BB_ERR_MAX - 4);
    ck_assert_uint_lt(len, BB_ERR_MAX);
    ck_assert_uint_eq(bb_utf8_check(err.msg, len), len);
    bb_err_wrap(&err, BB_EINPUT, "%s", text);
    ck_assert_uint_lt(strlen(err.msg), BB_ERR_MAX);
}
END_TEST

START_TEST(codes_have_status_and_name)
{
    ck_assert_int_eq(bb_code_status(BB_OK), 0);
    ck_assert_int_eq(bb_code_status(BB_EUSAGE), 2);
    ck_assert_int_eq(bb_code_status(BB_EABSENT), 3);
    ck_assert_int_eq(bb_code_status(BB_EIO), 4);
    ck_assert_str_eq(bb_code_name(BB_ELIMIT), "over a limit");
}
END_TEST

Suite *suite_base_err(void)
{
    Suite *suite = suite_create("base_err");
    TCase *tcase = tcase_create("err");
    tcase_add_test(tcase, fail_sets_code_and_sentence);
    tcase_add_test(tcase, nobody_has_to_listen);
    tcase_add_test(tcase, wrap_puts_context_in_front);
    tcase_add_test(tcase, own_message_may_be_an_argument);
    tcase_add_test(tcase, control_characters_are_made_harmless);
    tcase_add_test(tcase, long_sentences_are_cut_and_stay_utf8);
    tcase_add_test(tcase, codes_have_status_and_name);
    suite_add_tcase(suite, tcase);
    return suite;
}
