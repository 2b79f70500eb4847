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

/* --- who is left out -------------------------------------------------------------------------------------------------- */

static void add_name(struct bb_names *names, const char *name)
{
    if (name) bb_names_add(names, name);
}

/* The project of neural benchmarks (tests/numeric/neural.py), which has no cases. */
static const struct bb_json *neural_benchmarks(struct bb_arena *arena)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_read(arena, BB_TEST_DIR "/numeric/neural/benchmarks.json", (struct bb_place){0}, &diags);
    bb_diags_release(&diags);
    ck_assert_ptr_nonnull(json);
    return json;
}

static void check_all_named(const struct bb_names *names, const char *what, const char *const *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(bb_names_find(names, all[i]) != BB_NAMES_NONE, "no number from elsewhere tests the %s %s", what, all[i]);
}

/* Each metric and each ceiling is compared with numbers that are not ours. */
START_TEST(nobody_is_without_a_golden_value)
{
    static const char *const more[] = {"recordings", "over_time", "language_regressions", "mask", "representations"};
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_names metrics, ceilings;
    size_t n;
    bb_names_init(&metrics);
    bb_names_init(&ceilings);
    for (size_t f = 0; f < sizeof folders / sizeof folders[0] + sizeof more / sizeof more[0]; f++) {
        size_t k = sizeof folders / sizeof folders[0];
        const struct bb_json *cases = golden_cases(arena, f < k ? folders[f] : more[f - k]);
        for (size_t i = 0; i < cases->as.list.n; i++) {
            add_name(&metrics, text_of(cases->as.list.item[i], "metric"));
            add_name(&ceilings, text_of(cases->as.list.item[i], "ceiling_name"));
        }
    }
    const struct bb_json *benchmarks = neural_benchmarks(arena);
    for (size_t i = 0; i < benchmarks->as.list.n; i++) {
        const struct bb_json *metric = bb_json_member(benchmarks->as.list.item[i], "metric");
        const struct bb_json *ceiling = bb_json_member(benchmarks->as.list.item[i], "ceiling");
        if (metric) add_name(&metrics, text_of(metric, "name"));
        if (ceiling) add_name(&ceilings, text_of(ceiling, "name"));
    }
    if (bb_json_member(golden_cases(arena, "v1_properties"), "properties")) { /* of which each is scored, and has its ceiling */
        add_name(&metrics, "ks_similarity");
        add_name(&ceilings, "ks_similarity");
    }
    const char *const *names = bb_metric_names(&n);
    check_all_named(&metrics, "metric", names, n);
    names = bb_ceiling_names(&n);
    check_all_named(&ceilings, "ceiling", names, n);
    bb_names_release(&metrics);
    bb_names_release(&ceilings);
    bb_arena_free(arena);
}
END_TEST

Suite *suite_metric_golden(void)
{
    Suite *suite = suite_create("metric/golden");
    TCase *tc = tcase_create("golden");
    tcase_add_loop_test(tc, cases_give_the_golden_values, 0, (int)(sizeof folders / sizeof folders[0]));
    tcase_add_test(tc, every_metric_says_what_it_is);
    tcase_add_test(tc, every_ceiling_goes_with_metrics_that_are_there);
    tcase_add_test(tc, nobody_is_without_a_golden_value);
    suite_add_tcase(suite, tc);
    return suite;
}
