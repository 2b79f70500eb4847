/*
 * The reference's own unit tests of metrics that need no data of its: what a recording says of itself, and a few numbers. Those that are not here stand in
 * tests/numeric: accuracy_distance and error_consistency (choices), value_delta (behavior), language's regressions (language_regressions), thresholds in
 * tests/unit/test_metric_properties.c.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "neural_case.h"

Suite *suite_metric_reference(void);

static struct bb_arena *arena;
static struct bb_err err;

static void setup(void)
{
    arena = bb_arena_new(0);
    err = (struct bb_err){0};
}

static void teardown(void)
{
    bb_arena_free(arena);
}

/* About standard normal, from i: a sum of uniform numbers that a sine makes. */
static double noise(size_t i)
{
    double sum = 0;
    for (size_t k = 0; k < 12; k++) {
        double x = 1e4 * sin(12.9898 * (double)(i + 1) + 78.233 * (double)k);
        sum += x - floor(x);
    }
    return sum - 6;
}

enum { N = 30, Q = 25 };

/* The numbers from 0 on with noise, n × q; its rows as "stimulus" and "X" of features, or as a recording. salt: another noise. */
static const char *salted_numbers(size_t n, size_t q, size_t salt)
{
    double *x = BB_NEW_ARRAY(arena, n * q, double);
    for (size_t i = 0; i < n * q; i++) x[i] = (double)i + noise(i + salt);
    return listed_numbers(arena, x, n * q);
}

static const char *numbers(size_t n, size_t q)
{
    return salted_numbers(n, q, 0);
}

static const char *names(const char *prefix, size_t n, size_t modulus)
{
    return listed_names(arena, prefix, n, modulus);
}

static struct bb_task task_of_itself(void)
{
    const char *recording = bb_arena_printf(arena,
                                            "{\"dims\": {\"presentation\": %d, \"neuroid\": %d}, \"coords\": [{\"name\": "
                                            "\"stimulus_id\", \"dim\": 0, \"values\": [%s]}, "
                                            "{\"name\": \"object_name\", \"dim\": 0, \"values\": [%s]}, {\"name\": "
                                            "\"neuroid_id\", \"dim\": 1, \"values\": [%s]}], \"values\": [%s]}",
                                            N, Q, names("s", N, N), names("o", N, 3), names("u", Q, Q), numbers(N, Q));
    const char *features = bb_arena_printf(arena, "{\"stimulus\": [%s], \"X\": [%s]}", names("s", N, N), numbers(N, Q));
    return (struct bb_task){.data = assembly_of_json(json_of(arena, recording)),
                            .features = features_of_json(json_of(arena, features), arena),
                            .arena = arena};
}

START_TEST(a_recording_predicts_itself)
{
    static const struct {
        const char *metric, *params;
        double tolerance;
    } metrics[] = {{"pls", "{\"split\": {\"kind\": \"stratified_shuffle\", \"by\": \"object_name\"}}", 1e-5},
                   {"pls", "{\"split\": {\"kind\": \"shuffle\"}}", 1e-5},
                   {"reverse_pls", "{\"split\": {\"kind\": \"shuffle\"}}", 1e-5},
                   {"linear", "{\"split\": {\"kind\": \"shuffle\"}}", 1e-3},
                   {"ridge", "{\"split\": {\"kind\": \"shuffle\"}}", 1e-3},
                   {"ridgecv", "{\"split\": {\"kind\": \"shuffle\"}}", 1e-3},
                   {"neuron_to_neuron", "{\"split\": {\"kind\": \"shuffle\"}}", 1e-12},
                   {"rdm", "{\"split\": {\"kind\": \"test_only\", \"test\": 0.9}}", 1e-12},
                   {"rdm", "{}", 1e-12},
                   {"cka", "{}", 1e-9},
                   {"cka_biased", "{}", 1e-12}};
    struct bb_task task = task_of_itself();
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        const struct bb_metric *metric = bb_metric_find(metrics[i].metric);
        struct bb_metric_result result = {.raw = NAN};
        task.params = neural_params(json_of(arena, metrics[i].params), metric->fields, metric->n_fields, metric->params_size,
                                    metric->finish, arena, NULL);
        ck_assert_msg(metric->score_features(&task, &result, &err) == BB_OK, "%s: %s", metric->name, err.msg);
        check_near(metric->name, result.raw, 1, metrics[i].tolerance);
    }
    release_task(&task);
}
END_TEST

/* A part to fit on, of 100 stimuli, and one to test on, of 20, which the features repeat. */
START_TEST(a_fitted_recording_predicts_its_test_part)
{
    static const char *const metrics[] = {"pls", "ridge", "linear", "neuron_to_neuron", "ridgecv"};
    static const char dims[] = "\"dims\": {\"presentation\": %d, \"neuroid\": %d}, \"coords\": [{\"name\": \"stimulus_id\", "
                               "\"dim\": 0, \"values\": [%s]}, "
                               "{\"name\": \"neuroid_id\", \"dim\": 1, \"values\": [%s]}]";
    const char *train = salted_numbers(100, Q, 0), *test = salted_numbers(20, Q, 5000), *fit_ids = names("f", 100, 100),
               *ids = names("s", 20, 20);
    const char *train_dims = bb_arena_printf(arena, dims, 100, Q, fit_ids, names("u", Q, Q)),
               *test_dims = bb_arena_printf(arena, dims, 20, Q, ids, names("u", Q, Q));
    struct bb_task task;
    task_of_json(json_of(arena, bb_arena_printf(arena,
                                                "{\"data\": {%s, \"values\": [%s]}, \"train_data\": {%s, \"values\": [%s]}, "
                                                "\"features\": {\"stimulus\": [%s, %s], \"X\": [%s, %s]}}",
                                                test_dims, test, train_dims, train, ids, fit_ids, test, train)),
                 arena, &task);
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        const struct bb_metric *metric = bb_metric_find(metrics[i]);
        struct bb_metric_result result = {.raw = NAN};
        task.params = neural_params(json_of(arena, "{}"), metric->fields, metric->n_fields, metric->params_size, metric->finish,
                                    arena, NULL);
        ck_assert_msg(metric->score_features(&task, &result, &err) == BB_OK, "%s: %s", metric->name, err.msg);
        check_near(metric->name, result.raw, 1, 1e-3);
        ck_assert_uint_eq(result.units.n[result.units.n[1] ? 1 : 0], Q);
    }
    release_task(&task);
}
END_TEST

/* Any numbers, as dissimilarities of n stimuli. */
START_TEST(dissimilarities_are_like_themselves)
{
    static const size_t n_stimuli[] = {20, 100};
    const struct bb_metric *metric = bb_metric_find("rdm");
    struct bb_buf csv = BB_BUF_INIT;
    bb_buf_puts(&csv, "stimulus_a,stimulus_b,value\n");
    for (size_t a = 0; a < n_stimuli[_i]; a++)
        for (size_t b = a + 1; b < n_stimuli[_i]; b++) bb_buf_printf(&csv, "s%zu,s%zu,%.17g\n", a, b, 6 + noise(a * 100 + b));
    struct bb_assembly *pairs = assembly_of(bb_buf_text(&csv));
    struct bb_task task = {.model = pairs, .data = pairs, .arena = arena};
    struct bb_metric_result result = {.raw = NAN};
    task.params =
        neural_params(json_of(arena, "{}"), metric->fields, metric->n_fields, metric->params_size, metric->finish, arena, NULL);
    ck_assert_msg(metric->score(&task, &result, &err) == BB_OK, "%s", err.msg);
    check_near("rdm", result.raw, 1, 1e-12);
    bb_assembly_free(pairs);
    bb_buf_release(&csv);
}
END_TEST

/* Ten stimuli, five repetitions, all the same. */
START_TEST(what_repeats_exactly_is_consistent)
{
    struct bb_buf values = BB_BUF_INIT, repetition = BB_BUF_INIT;
    for (size_t i = 0; i < 50; i++) {
        bb_buf_printf(&repetition, "%s%zu", i ? ", " : "", i / 10);
        for (size_t u = 0; u < 10; u++) bb_buf_printf(&values, "%s%zu", i || u ? ", " : "", i % 10);
    }
    const char *text = bb_arena_printf(arena,
                                       "{\"dims\": {\"presentation\": 50, \"neuroid\": 10}, \"coords\": [{\"name\": "
                                       "\"stimulus_id\", \"dim\": 0, \"values\": [%s]}, {\"name\": "
                                       "\"repetition\", \"dim\": 0, \"values\": [%s]}, {\"name\": \"neuroid_id\", \"dim\": 1, "
                                       "\"values\": [%s]}], \"values\": [%s]}",
                                       names("s", 50, 10), bb_buf_text(&repetition), names("u", 10, 10), bb_buf_text(&values));
    const struct bb_ceiling *ceiling = bb_ceiling_find("internal_consistency");
    struct bb_task task = {.data = assembly_of_json(json_of(arena, text)), .arena = arena};
    struct bb_ceiling_result result = {.value = NAN};
    const void *params = neural_params(json_of(arena, "{}"), ceiling->fields, ceiling->n_fields, ceiling->params_size,
                                       ceiling->finish, arena, NULL);
    ck_assert_msg(ceiling->compute(&task, bb_metric_find("pls"), params, &result, &err) == BB_OK, "%s", err.msg);
    check_near("ceiling", result.value, 1, 1e-8);
    release_task(&task);
    bb_buf_release(&values);
    bb_buf_release(&repetition);
}
END_TEST

START_TEST(five_numbers_correlate)
{
    static const struct {
        const char *other;
        double r;
    } cases[] = {{"1,2,3,4,5", 1}, {"-1,-2,-3,-4,-5", 1}, {"3,1,6,1,2", .1524986}}; /* published: .152 to .005 */
    const struct bb_metric *metric = bb_metric_find("pearsonr");
    const void *params = neural_params(json_of(arena, "{\"absolute\": true}"), metric->fields, metric->n_fields,
                                       metric->params_size, metric->finish, arena, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bb_buf csv = BB_BUF_INIT;
        bb_buf_puts(&csv, "stimulus_id,value\n");
        const char *at = cases[i].other;
        for (int k = 0; k < 5; k++) {
            size_t len = strcspn(at, ",");
            bb_buf_printf(&csv, "w%d,%.*s\n", k, (int)len, at);
            at += len + 1;
        }
        struct bb_task task = {.model = assembly_of("stimulus_id,value\nw0,1\nw1,2\nw2,3\nw3,4\nw4,5\n"),
                               .data = assembly_of(bb_buf_text(&csv)),
                               .params = params,
                               .arena = arena};
        struct bb_metric_result result = {.raw = NAN};
        ck_assert_msg(metric->score(&task, &result, &err) == BB_OK, "%s", err.msg);
        check_near(cases[i].other, result.raw, cases[i].r, 1e-6);
        bb_assembly_free((struct bb_assembly *)(uintptr_t)task.model);
        bb_assembly_free((struct bb_assembly *)(uintptr_t)task.data);
        bb_buf_release(&csv);
    }
}
END_TEST

/* 304 neurons, as many as Ringach et al. recorded; which bins is not said. */
START_TEST(neurons_are_distributed_as_they_are)
{
    struct bb_buf csv = BB_BUF_INIT;
    bb_buf_puts(&csv, "neuronal_property,value\n");
    for (size_t i = 0; i < 304; i++) bb_buf_printf(&csv, "circular_variance,%.17g\n", .5 + noise(i) / 8);
    const struct bb_metric *metric = bb_metric_find("ks_similarity");
    const struct bb_ceiling *ceiling = bb_ceiling_find("ks_similarity");
    struct bb_task task = {.data = assembly_of(bb_buf_text(&csv)), .arena = arena};
    struct bb_ceiling_result result = {.value = NAN};
    task.params = neural_params(
        json_of(arena, "{\"property\": \"circular_variance\", \"bins\": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]}"),
        metric->fields, metric->n_fields, metric->params_size, metric->finish, arena, NULL);
    ck_assert_msg(ceiling->compute(&task, metric, NULL, &result, &err) == BB_OK, "%s", err.msg);
    check_near("ceiling", result.value, 1, .05);
    bb_assembly_free((struct bb_assembly *)(uintptr_t)task.data);
    bb_buf_release(&csv);
}
END_TEST

Suite *suite_metric_reference(void)
{
    Suite *suite = suite_create("metric/reference");
    TCase *tc = tcase_create("reference");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_recording_predicts_itself);
    tcase_add_test(tc, a_fitted_recording_predicts_its_test_part);
    tcase_add_loop_test(tc, dissimilarities_are_like_themselves, 0, 2);
    tcase_add_test(tc, what_repeats_exactly_is_consistent);
    tcase_add_test(tc, five_numbers_correlate);
    tcase_add_test(tc, neurons_are_distributed_as_they_are);
    suite_add_tcase(suite, tc);
    return suite;
}
