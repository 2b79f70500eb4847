/*
 * Metrics and ceilings against values that numpy and scipy gave (tests/numeric/generate.py), the reference's own unit tests among them.
 */
#include <check.h>
#include <string.h>

#include "metric_case.h"

Suite *suite_metric_golden(void);

static const char *const folders[] = {"choices", "words", "rdm", "item_accuracy", "behavior", "thresholds", "next_word"};

START_TEST(cases_give_the_golden_values)
{
    check_cases(folders[_i]);
}
END_TEST

START_TEST(every_metric_says_what_it_is)
{
    size_t n;
    const char *const *names = bb_metric_names(&n);
    ck_assert_uint_ge(n, 11);
    for (size_t i = 0; i < n; i++) {
        const struct bb_metric *metric = bb_metric_find(names[i]);
        ck_assert_msg(metric && bb_streq(metric->name, names[i]), "%s", names[i]);
        ck_assert(metric->title && metric->formula && metric->version >= 1 && (metric->score || metric->score_features));
        ck_assert(!metric->score || metric->model_coords);
        ck_assert_msg(!metric->behavior || metric->needs, "%s does not say what it needs", names[i]);
        ck_assert(!strchr(metric->formula, '\n'));
        ck_assert(i == 0 || strcmp(names[i - 1], names[i]) < 0);
    }
    ck_assert_ptr_null(bb_metric_find("no_such_metric"));
}
END_TEST

START_TEST(every_ceiling_goes_with_metrics_that_are_there)
{
    size_t n;
    const char *const *names = bb_ceiling_names(&n);
    ck_assert_uint_ge(n, 3);
    for (size_t i = 0; i < n; i++) {
        const struct bb_ceiling *ceiling = bb_ceiling_find(names[i]);
        ck_assert_msg(ceiling && bb_streq(ceiling->name, names[i]), "%s", names[i]);
        ck_assert(ceiling->title && ceiling->formula && ceiling->version >= 1 && ceiling->compute && ceiling->data_coords);
        for (const char *const *metric = ceiling->metrics; metric && *metric; metric++) {
            ck_assert_msg(bb_metric_find(*metric) != NULL, "%s", *metric);
            if (bb_streq(names[i], "subject_pairs")) ck_assert(bb_metric_find(*metric)->subject_pairs != NULL);
        }
    }
    ck_assert_ptr_null(bb_ceiling_find("no_such_ceiling"));
}
END_TEST

Suite *suite_metric_golden(void)
{
    Suite *suite = suite_create("metric/golden");
    TCase *tc = tcase_create("golden");
    tcase_add_loop_test(tc, cases_give_the_golden_values, 0, (int)(sizeof folders / sizeof folders[0]));
    tcase_add_test(tc, every_metric_says_what_it_is);
    tcase_add_test(tc, every_ceiling_goes_with_metrics_that_are_there);
    suite_add_tcase(suite, tc);
    return suite;
}
