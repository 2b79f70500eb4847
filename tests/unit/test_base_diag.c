#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

Suite *suite_base_diag(void);

static struct bb_diags diags;

static void make_diags(void)
{
    bb_diags_init(&diags);
}

static void drop_diags(void)
{
    bb_diags_release(&diags);
}

static void assert_printed(const char *expected)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    ck_assert_ptr_nonnull(out);
    bb_diags_print(&diags, BB_NOTE, out);
    fclose(out);
    ck_assert_str_eq(text, expected);
    free(text);
}

static struct bb_place at(const char *file, size_t line, size_t column)
{
    return (struct bb_place){.file = file, .line = line, .column = column};
}

START_TEST(nothing_prints_nothing)
{
    assert_printed("");
}
END_TEST

START_TEST(places_come_in_order)
{
    bb_diag_add(&diags, BB_ERROR, at("b.json", 2, 1), "five");
    bb_diag_add(&diags, BB_WARNING, at("a.json", 10, 1), "four");
    bb_diag_add(&diags, BB_ERROR, at("a.json", 9, 20), "three");
    bb_diag_add(&diags, BB_ERROR, at("a.json", 9, 3), "one");
    bb_diag_add(&diags, BB_NOTE, at("a.json", 9, 3), "two");
    bb_diag_add(&diags, BB_ERROR, at(NULL, 0, 0), "zero");
    ck_assert_uint_eq(diags.n, 6);
    ck_assert_uint_eq(diags.n_errors, 4);
    ck_assert_uint_eq(diags.n_warnings, 1);
    assert_printed("brainboard: error: zero\n"
                   "a.json:9:3: error: one\n"
                   "a.json:9:3: note: two\n"
                   "a.json:9:20: error: three\n"
                   "a.json:10:1: warning: four\n"
                   "b.json:2:1: error: five\n");
}
END_TEST

START_TEST(unknown_parts_of_a_place_are_left_out)
{
    bb_diag_add(&diags, BB_ERROR, at("a", 0, 0), "file");
    bb_diag_add(&diags, BB_ERROR, at("a", 3, 0), "line");
    bb_diag_add(&diags, BB_ERROR, at("b", 0, 7), "no line, no column");
    assert_printed("a: error: file\na:3: error: line\nb: error: no line, no column\n");
}
END_TEST

START_TEST(doubles_are_dropped)
{
    for (int i = 0; i < 3; i++) bb_diag_add(&diags, BB_ERROR, at("a", 1, 2), "the same %d", 7);
    bb_diag_add(&diags, BB_ERROR, at("a", 1, 3), "the same 7");
    bb_diag_add(&diags, BB_WARNING, at("a", 1, 2), "the same 7");
    ck_assert_uint_eq(diags.n, 3);
    ck_assert_uint_eq(diags.n_errors, 2);
}
END_TEST

START_TEST(control_characters_are_made_harmless)
{
    bb_diag_add(&diags, BB_ERROR, at("a\033[2J\n.json", 1, 1), "%s", "two\nlines \033]0;x\007 \xFF");
    assert_printed("a?[2J?.json:1:1: error: two?lines ?]0;x? ?\n");
}
END_TEST

START_TEST(what_is_very_long_is_cut_between_characters)
{
    static char book[70001]; /* of the two bytes of é */
    for (size_t i = 0; i + 1 < sizeof book; i += 2) memcpy(book + i, "é", 2);
    bb_diag_add(&diags, BB_ERROR, (struct bb_place){0}, "not \"%s\"", book);
    bb_diag_add(&diags, BB_ERROR, (struct bb_place){0}, "not .\"%s\"", book);
    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(diags.diag[i].message);
        ck_assert_uint_le(len, BB_DIAG_LENGTH);
        ck_assert_uint_ge(len, BB_DIAG_LENGTH - 2);
        ck_assert_str_eq(diags.diag[i].message + len - strlen("é …"), "é …");
    }
}
END_TEST

START_TEST(the_file_name_is_copied)
{
    char name[] = "short-lived";
    bb_diag_add(&diags, BB_ERROR, at(name, 1, 1), "x");
    memset(name, '#', sizeof name - 1);
    assert_printed("short-lived:1:1: error: x\n");
}
END_TEST

START_TEST(many_are_kept)
{
    for (size_t i = 0; i < 50000; i++) bb_diag_add(&diags, BB_ERROR, at("a", 50000 - i, 1), "x");
    ck_assert_uint_eq(diags.n_errors, 50000);
    ck_assert_uint_eq(diags.diag[0].place.line, 50000);
}
END_TEST

START_TEST(released_twice_is_fine)
{
    bb_diags_release(&diags);
    bb_diags_release(&diags);
    bb_diags_release(NULL);
}
END_TEST

Suite *suite_base_diag(void)
{
    Suite *suite = suite_create("base_diag");
    TCase *tcase = tcase_create("diag");
    tcase_add_checked_fixture(tcase, make_diags, drop_diags);
    tcase_add_test(tcase, nothing_prints_nothing);
    tcase_add_test(tcase, places_come_in_order);
    tcase_add_test(tcase, unknown_parts_of_a_place_are_left_out);
    tcase_add_test(tcase, doubles_are_dropped);
    tcase_add_test(tcase, control_characters_are_made_harmless);
    tcase_add_test(tcase, what_is_very_long_is_cut_between_characters);
    tcase_add_test(tcase, the_file_name_is_copied);
    tcase_add_test(tcase, many_are_kept);
    tcase_add_test(tcase, released_twice_is_fine);
    suite_add_tcase(suite, tcase);
    return suite;
}
