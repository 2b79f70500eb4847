/*
 * Recordings, metrics of geometry and ceilings against what numpy, scipy and scikit-learn gave (tests/numeric/neural_geometry.py).
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "metric/recording.h"
#include "neural_case.h"
#include "numeric/stats.h"

Suite *suite_metric_neural(void);

#define TOLERANCE 1e-9

static struct bb_diags diags;

/* --- recordings ----------------------------------------------------------------------------------------------------- */

static void check_folds(const char *name, const struct bb_json *c, const struct bb_recording *recording, struct bb_arena *arena)
{
    const struct bb_json *want = bb_json_member(c, "folds"), *json = bb_json_member(c, "split");
    if (!want) return;
    struct bb_split_spec spec = {.kind = BB_SPLIT_SHUFFLE, .splits = 10, .seed = 1, .train = .9, .test = NAN};
    struct bb_folds folds;
    struct bb_err err = {0};
    bb_diags_init(&diags);
    bb_split_read(json, &spec, arena, &diags);
    ck_assert_msg(diags.n == 0, "%s: %s", name, diags.n ? diags.diag[0].message : "");
    bb_diags_release(&diags);
    ck_assert_msg(bb_split_folds(&spec, recording, arena, &folds, &err) == BB_OK, "%s: %s", name, err.msg);
    ck_assert_uint_eq(folds.n, want->as.list.n);
    for (size_t s = 0; s < folds.n; s++)
        for (size_t part = 0; part < 2; part++) {
            const struct bb_json *rows = want->as.list.item[s]->as.list.item[part];
            const size_t *row = part ? folds.fold[s].test : folds.fold[s].train;
            ck_assert_msg((part ? folds.fold[s].n_test : folds.fold[s].n_train) == rows->as.list.n, "%s, split %zu", name, s);
            for (size_t i = 0; i < rows->as.list.n; i++)
                ck_assert_msg((double)row[i] == rows->as.list.item[i]->as.number, "%s, split %zu, row %zu", name, s, i);
        }
}

static void check_rows(const char *name, const struct bb_json *c, const struct bb_task *task)
{
    const struct bb_json *stimulus = bb_json_member(c, "stimulus");
    struct bb_recording recording;
    struct bb_err err = {0};
    size_t n;
    const double *Y = numbers_of(bb_json_member(c, "Y"), task->arena, &n);
    ck_assert_msg(bb_recording_of(task, task->data, NULL, &recording, &err) == BB_OK, "%s: %s", name, err.msg);
    ck_assert_uint_eq(recording.n, stimulus->as.list.n);
    ck_assert_uint_eq(recording.n * recording.q, n);
    for (size_t i = 0; i < recording.n; i++) ck_assert_str_eq(recording.stimulus[i], stimulus->as.list.item[i]->as.text);
    for (size_t i = 0; i < n; i++) check_near(name, recording.Y[i], Y[i], 1e-14);
    check_folds(name, c, &recording, task->arena);
}

/* --- metrics and ceilings ------------------------------------------------------------------------------------------- */

static void check_numbers(const char *name, const struct bb_json *want, const char *key, const double *got, size_t n_got, struct bb_arena *arena)
{
    const struct bb_json *values = bb_json_member(want, key);
    size_t n;
    if (!values) return;
    const double *value = numbers_of(values, arena, &n);
    ck_assert_msg(n == n_got, "%s: %zu %s, expected %zu", name, n_got, key, n);
    for (size_t i = 0; i < n; i++) check_near(bb_arena_printf(arena, "%s: %s %zu", name, key, i), got[i], value[i], TOLERANCE);
}

static size_t n_units(const struct bb_units *units)
{
    return units->value ? units->n[0] * (units->n[1] ? units->n[1] : 1) : 0;
}

static void check_metric(const char *name, const struct bb_json *c, struct bb_task *task)
{
    const struct bb_metric *metric = bb_metric_find(text_of(c, "metric"));
    const struct bb_json *want = bb_json_member(c, "score");
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_err err = {0};
    task->params = neural_params(bb_json_member(c, "params"), metric->fields, metric->n_fields, metric->params_size, metric->finish,
                                 task->arena, NULL);
    ck_assert_msg(metric->score_features(task, &result, &err) == BB_OK, "%s: %s", name, err.msg);
    check_near(bb_arena_printf(task->arena, "%s: raw", name), result.raw, number_of(want, "raw"), TOLERANCE);
    check_near(bb_arena_printf(task->arena, "%s: error", name), result.error, number_of(want, "error"), TOLERANCE);
    ck_assert_msg((result.error_kind == NULL) == isnan(result.error), "%s: error_kind", name);
    ck_assert_uint_eq(result.n, (size_t)number_of(want, "n"));
    check_numbers(name, want, "units", result.units.value, n_units(&result.units), task->arena);
}

static void check_ceiling(const char *name, const struct bb_json *c, struct bb_task *task)
{
    const struct bb_metric *metric = bb_metric_find(text_of(c, "metric"));
    const struct bb_ceiling *ceiling = bb_ceiling_find(text_of(c, "ceiling_name"));
    const struct bb_json *want = bb_json_member(c, "ceiling"), *labels = bb_json_member(want, "labels");
    struct bb_ceiling_result result = {.value = NAN, .error = NAN, .lower = NAN};
    struct bb_err err = {0};
    ck_assert_msg(metric && ceiling, "%s", name);
    task->params = neural_params(bb_json_member(c, "params"), metric->fields, metric->n_fields, metric->params_size, metric->finish,
                                 task->arena, NULL);
    const void *params = neural_params(bb_json_member(c, "ceiling_params"), ceiling->fields, ceiling->n_fields, ceiling->params_size,
                                       ceiling->finish, task->arena, NULL);
    ck_assert_msg(ceiling->compute(task, metric, params, &result, &err) == BB_OK, "%s: %s", name, err.msg);
    check_near(bb_arena_printf(task->arena, "%s: value", name), result.value, number_of(want, "value"), TOLERANCE);
    check_near(bb_arena_printf(task->arena, "%s: error", name), result.error, number_of(want, "error"), TOLERANCE);
    check_near(bb_arena_printf(task->arena, "%s: lower", name), result.lower, number_of(want, "lower"), TOLERANCE);
    ck_assert_uint_eq(result.n, (size_t)number_of(want, "n"));
    check_numbers(name, want, "units", result.units.value, n_units(&result.units), task->arena);
    check_numbers(name, want, "parts", result.parts.value, result.parts.n, task->arena);
    for (size_t i = 0; labels && i < result.parts.n; i++) ck_assert_str_eq(result.parts.label[i], labels->as.list.item[i]->as.text);
}

/* --- extrapolation -------------------------------------------------------------------------------------------------- */

/* A metric that fits nothing: the mean of the features predicts each neuroid. Its splits are those of the generator. */
struct sums {
    double *sum;
    size_t n;
};

static enum bb_code add_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct sums *sums = ctx;
    (void)first;
    (void)err;
    for (size_t i = 0; i < sums->n; i++)
        for (size_t j = 0; j < width; j++) sums->sum[i] += X[i * width + j];
    return BB_OK;
}

static enum bb_code predict_by_mean(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_split_spec spec = {.kind = BB_SPLIT_SHUFFLE, .splits = 6, .seed = 3, .train = .4, .test = NAN};
    struct bb_recording recording;
    struct bb_folds folds;
    const size_t *row;
    struct sums sums = {BB_NEW_ARRAY(task->arena, task->features->n, double), task->features->n};
    ck_assert(bb_recording_of(task, task->data, NULL, &recording, err) == BB_OK);
    ck_assert(bb_recording_match(&recording, task->features, task->arena, &row, err) == BB_OK);
    ck_assert(bb_split_folds(&spec, &recording, task->arena, &folds, err) == BB_OK);
    ck_assert(task->features->stream(task->features, add_block, &sums, err) == BB_OK);
    double *r = BB_NEW_ARRAY(task->arena, folds.n * recording.q, double), *x = BB_NEW_ARRAY(task->arena, 2 * recording.n, double);
    for (size_t s = 0; s < folds.n; s++)
        for (size_t j = 0; j < recording.q; j++) {
            const struct bb_fold *fold = &folds.fold[s];
            for (size_t i = 0; i < fold->n_test; i++) {
                x[i] = sums.sum[row[fold->test[i]]];
                x[recording.n + i] = recording.Y[fold->test[i] * recording.q + j];
            }
            r[s * recording.q + j] = bb_pearson(x, x + recording.n, fold->n_test);
        }
    result->units = (struct bb_units){.axis = {"split", "neuroid"}, .n = {folds.n, recording.q}, .value = r};
    return BB_OK;
}

/* Fits stop where scipy's stop, but for what exp() of numpy and of the C library differ by. */
#define FIT_TOLERANCE 1e-6

static void check_extrapolation(const char *name, const struct bb_json *c, struct bb_task *task)
{
    static const struct bb_metric by_mean = {.name = "the mean of the others", .score_features = predict_by_mean};
    const struct bb_metric *metric = bb_streq(text_of(c, "metric"), by_mean.name) ? &by_mean : bb_metric_find(text_of(c, "metric"));
    const struct bb_ceiling *ceiling = bb_ceiling_find("extrapolation");
    const struct bb_json *want = bb_json_member(c, "ceiling"), *labels = bb_json_member(want, "labels");
    struct bb_ceiling_result result = {.value = NAN};
    struct bb_err err = {0};
    size_t n;
    const void *params =
        neural_params(bb_json_member(c, "ceiling_params"), ceiling->fields, ceiling->n_fields, ceiling->params_size, NULL, task->arena, NULL);
    task->params = neural_params(metric == &by_mean ? NULL : bb_json_member(c, "params"), metric->fields, metric->n_fields, metric->params_size,
                                 metric->finish, task->arena, NULL);
    ck_assert_msg(ceiling->compute(task, metric, params, &result, &err) == BB_OK, "%s: %s", name, err.msg);
    const double *unit = numbers_of(bb_json_member(want, "units"), task->arena, &n);
    ck_assert_uint_eq(result.units.n[0], n);
    for (size_t j = 0; j < n; j++)
        check_near(bb_arena_printf(task->arena, "%s: neuroid %zu", name, j), result.units.value[j], unit[j], FIT_TOLERANCE);
    check_near(name, result.value, number_of(want, "value"), FIT_TOLERANCE);
    const double *part = numbers_of(bb_json_member(want, "parts"), task->arena, &n);
    ck_assert_uint_eq(result.parts.n, n);
    for (size_t s = 0; s < n; s++) {
        check_near(bb_arena_printf(task->arena, "%s: part %zu", name, s), result.parts.value[s], part[s], FIT_TOLERANCE);
        ck_assert_str_eq(result.parts.label[s], labels->as.list.item[s]->as.text);
    }
}

/* kind NULL: all of the folder. */
static void check_cases_of(const char *folder, const char *kind, void (*check)(const char *, const struct bb_json *, struct bb_task *), size_t at_least)
{
    struct bb_arena *all = bb_arena_new(0);
    const struct bb_json *cases = golden_cases(all, folder);
    size_t checked = 0;
    for (size_t i = 0; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        if (kind && !bb_streq(text_of(c, "kind"), kind)) continue;
        struct bb_arena *arena = bb_arena_new(0);
        const char *what = text_of(c, "ceiling_name") ? text_of(c, "ceiling_name") : text_of(c, "metric");
        struct bb_task task;
        task_of_json(c, arena, &task);
        check(bb_arena_printf(arena, "%s, %s", what ? what : kind ? kind : folder, text_of(c, "name")), c, &task);
        release_task(&task);
        bb_arena_free(arena);
        checked++;
    }
    bb_arena_free(all);
    ck_assert_uint_ge(checked, at_least);
}

static void check_neural_cases(const char *kind, void (*check)(const char *, const struct bb_json *, struct bb_task *), size_t at_least)
{
    check_cases_of("recordings", kind, check, at_least);
}

static void check_rows_of(const char *name, const struct bb_json *c, struct bb_task *task)
{
    check_rows(name, c, task);
}

START_TEST(rows_stand_in_the_references_order)
{
    check_neural_cases("rows", check_rows_of, 18);
}
END_TEST

START_TEST(geometry_is_numpys)
{
    check_neural_cases("metric", check_metric, 40);
}
END_TEST

static void check_metric_and_ceiling(const char *name, const struct bb_json *c, struct bb_task *task)
{
    check_metric(name, c, task);
    if (bb_json_member(c, "ceiling")) check_ceiling(name, c, task);
}

START_TEST(regressions_over_time_are_scikit_learns)
{
    check_cases_of("over_time", NULL, check_metric_and_ceiling, 14);
}
END_TEST

START_TEST(regressions_of_language_are_scikit_learns)
{
    check_cases_of("language_regressions", NULL, check_metric, 4);
}
END_TEST

static const struct bb_json *columns_now;

static enum bb_code columns(const struct bb_features *features, const char *name, double *out, struct bb_err *err)
{
    const struct bb_json *list = bb_json_member(columns_now, name);
    (void)features;
    if (!list) return bb_fail(err, BB_EINPUT, "no %s", name);
    for (size_t j = 0; j < list->as.list.n; j++) out[j] = list->as.list.item[j]->as.number;
    return BB_OK;
}

static void check_mask(const char *name, const struct bb_json *c, struct bb_task *task)
{
    struct bb_features *features = (struct bb_features *)(uintptr_t)task->features;
    const struct bb_metric *metric = bb_metric_find("mask_regression");
    struct bb_metric_result result;
    struct bb_err err = {0};
    columns_now = bb_json_member(c, "columns");
    features->columns = columns;
    check_metric(name, c, task);
    features->columns = NULL;
    ck_assert(metric->score_features(task, &result, &err) == BB_EINPUT && strstr(err.msg, "needs to know the place of each feature"));
    features->columns = columns;
    bb_json_member(columns_now, "channel")->as.list.item[0]->as.number = 77;
    ck_assert(metric->score_features(task, &result, &err) == BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "are no grid of 5 channels"), "%s", err.msg);
}

START_TEST(masks_are_numpys)
{
    check_cases_of("mask", NULL, check_mask, 3);
}
END_TEST

START_TEST(representations_are_numpys)
{
    check_cases_of("representations", NULL, check_metric_and_ceiling, 11);
}
END_TEST

START_TEST(ceilings_are_numpys)
{
    check_neural_cases("ceiling", check_ceiling, 18);
}
END_TEST

START_TEST(extrapolated_ceilings_are_scipys)
{
    check_neural_cases("extrapolation", check_extrapolation, 6);
}
END_TEST

Suite *suite_metric_neural(void)
{
    Suite *suite = suite_create("metric/neural");
    TCase *tc = tcase_create("neural");
    tcase_add_test(tc, rows_stand_in_the_references_order);
    tcase_add_test(tc, geometry_is_numpys);
    tcase_add_test(tc, regressions_over_time_are_scikit_learns);
    tcase_add_test(tc, representations_are_numpys);
    tcase_add_test(tc, masks_are_numpys);
    tcase_add_test(tc, regressions_of_language_are_scikit_learns);
    tcase_add_test(tc, ceilings_are_numpys);
    tcase_add_test(tc, extrapolated_ceilings_are_scipys);
    suite_add_tcase(suite, tc);
    return suite;
}
