/*
 * Suites that end in every way in which a suite can end, for run.sh in this folder.
 */
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

static volatile int zero; /* whose values no compiler knows */
static char *volatile kept;

START_TEST(a_test_that_passes) {}
END_TEST

START_TEST(a_test_that_fails)
{
    ck_assert_int_eq(zero, 1);
}
END_TEST

START_TEST(a_test_that_leaks)
{
    kept = malloc(1000);
    kept = NULL;
}
END_TEST

START_TEST(a_test_that_crashes)
{
    kept = malloc(10);
    kept[10 + zero] = 0;
    free(kept);
}
END_TEST

START_TEST(a_test_that_hangs)
{
    while (!zero) pause();
}
END_TEST

START_TEST(a_test_that_ends_the_process)
{
    exit(zero);
}
END_TEST

START_TEST(a_test_that_needs_to_be_the_first)
{
    ck_assert_int_eq(zero++, 0);
}
END_TEST

static Suite *suite_of(const char *name, const TTest *first, const TTest *second)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, first);
    tcase_add_test(tcase, second);
    tcase_set_timeout(tcase, 1);
    suite_add_tcase(suite, tcase);
    return suite;
}

#define SUITE_OF(name, first) \
    Suite *suite_##name(void); \
    Suite *suite_##name(void) { return suite_of(#name, first, a_test_that_passes); }

SUITE_OF(passes, a_test_that_passes)
SUITE_OF(fails, a_test_that_fails)
SUITE_OF(leaks, a_test_that_leaks)
SUITE_OF(crashes, a_test_that_crashes)
SUITE_OF(hangs, a_test_that_hangs)
SUITE_OF(ends, a_test_that_ends_the_process)
SUITE_OF(forked, a_test_that_fails)

Suite *suite_depends(void);
Suite *suite_depends(void)
{
    return suite_of("depends", a_test_that_needs_to_be_the_first, a_test_that_needs_to_be_the_first);
}
