#include "metric/over_time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/internal_consistency.h"
#include "metric/pls_predictivity.h"
#include "metric/regression.h"
#include "numeric/stats.h"

struct params {
    struct bb_regression_params regression;
    long components;
    double alpha;
};

static const struct bb_field pls_fields[] = {
    BB_REGRESSION_FIELDS(struct params),
    {.key = "components",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct params, components),
     .absent = 25,
     .min = 1,
     .max = 100000},
};
static const struct bb_field ridge_fields[] = {
    BB_REGRESSION_FIELDS(struct params),
    {.key = "alpha", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, alpha), .min = 0, .max = HUGE_VAL},
};

static void finish(void *own, struct bb_arena *arena, struct bb_diags *diags)
{
    struct params *params = own;
    bb_regression_finish(own, arena, diags);
    if (params->regression.per != BB_WHOLE)
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0},
                    "\"per\" has no meaning for a metric over time, whose parts are the bins");
    if (params->regression.split.kind == BB_SPLIT_GIVEN)
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0}, "a metric over time draws its splits: \"given\" is not for it");
    if (isnan(params->alpha)) params->alpha = 1;
}

/* A regression that is read by its fields: components, or (0) a penalty. */
struct work {
    struct bb_regression regression; /* of the first bin; its rows, folds and neuroids hold for all */
    struct bb_time_bins bins;
    double *Y; /* bins × n × q */
    double *r; /* bins × splits × q */
    long components;
    double alpha;
};

/* The task of one bin. Bins that the benchmark states are made of the recording's, whatever those are; the recording's own are what they are. */
static struct bb_task task_in(const struct bb_task *task, const double (*bin)[2])
{
    struct bb_task own = *task;
    own.aligns_time = task->n_time_bins > 0;
    own.time_bins = bin;
    own.n_time_bins = 1;
    return own;
}

/* The responses in one bin; what it takes to average them is forgotten at once. */
static enum bb_code read_bin(const struct bb_task *task, struct work *work, size_t bin, struct bb_err *err)
{
    struct bb_arena *scratch = bb_arena_new(0);
    struct bb_task own = task_in(task, &work->bins.bin[bin]);
    struct bb_recording recording;
    size_t n = work->regression.n * work->regression.q;
    own.arena = scratch;
    enum bb_code rc = bb_recording_of(&own, task->data, work->regression.params->subject, &recording, err);
    if (!rc) rc = bb_recording_complete(&recording, "a regression", false, err);
    if (!rc) memcpy(work->Y + bin * n, recording.Y, n * sizeof *work->Y);
    bb_arena_free(scratch);
    return rc ? bb_err_wrap(err, rc, "time bin %s ms", work->bins.label[bin]) : BB_OK;
}

static enum bb_code begin(const struct bb_task *task, struct work *work, struct bb_err *err)
{
    const struct params *params = task->params;
    enum bb_code rc = bb_time_bins_of(task, &work->bins, err);
    if (rc) return rc;
    if (task->data_train)
        return bb_fail(err, BB_EINPUT, "the recording has a training part, and metrics over time draw their splits");
    struct bb_task first = task_in(task, work->bins.bin);
    rc = bb_regression_begin(&first, &params->regression, &work->regression, err);
    if (rc) return rc;
    size_t n = work->regression.n, q = work->regression.q;
    work->regression.task = task;
    work->Y = BB_NEW_ARRAY(task->arena, work->bins.n * n * q, double);
    work->r = BB_NEW_ARRAY(task->arena, work->bins.n * work->regression.folds.n * q, double);
    for (size_t b = 0; !rc && b < work->bins.n; b++) rc = read_bin(task, work, b, err);
    return rc;
}

static void correlate(const struct work *work, size_t bin, size_t split, const double *prediction)
{
    const struct bb_regression *regression = &work->regression;
    const struct bb_fold *fold = &regression->folds.fold[split];
    size_t q = regression->q;
    double *measured = bb_malloc((fold->n_test * q + 1) * sizeof *measured);
    const double *Y = work->Y + bin * regression->n * q;
    for (size_t i = 0; i < fold->n_test; i++) memcpy(measured + i * q, Y + fold->test[i] * q, q * sizeof *measured);
    bb_regression_correlate(regression, prediction, measured, fold->n_test, q, work->r + (bin * regression->folds.n + split) * q);
    free(measured);
}

/* A regression of Y on the features of the target rows. */
static enum bb_code predict(const struct work *work, struct bb_regressor *regressor, const struct bb_fold *fold, double copies,
                            double *prediction, struct bb_err *err)
{
    struct bb_pls_info info = {0};
    return work->components ? bb_pls_fold(regressor, fold, (size_t)work->components, prediction, &info, err)
                            : bb_ridge_fold(regressor, fold, work->alpha / copies, prediction, err);
}

/* Fits Y (n × q), which stands for `copies` bins, and compares its predictions with bins[first … first + n_bins). */
static enum bb_code fit(const struct work *work, struct bb_gram *gram, const double *Y, double copies, size_t first,
                        size_t n_bins, struct bb_err *err)
{
    const struct bb_regression *regression = &work->regression;
    double *prediction = bb_malloc((regression->n * regression->q + 1) * sizeof *prediction);
    struct bb_regressor *regressor = bb_regressor_new(gram, regression->row, Y, regression->n, regression->q);
    enum bb_code rc = BB_OK;
    for (size_t s = 0; !rc && s < regression->folds.n; s++) {
        rc = predict(work, regressor, &regression->folds.fold[s], copies, prediction, err);
        for (size_t b = first; !rc && b < first + n_bins; b++) correlate(work, b, s, prediction);
    }
    bb_regressor_free(regressor);
    free(prediction);
    return rc;
}

/* One map, and the same answer in every bin. */
static enum bb_code fit_mean(const struct work *work, struct bb_err *err)
{
    size_t n = work->regression.n * work->regression.q;
    double *mean = bb_calloc(n + 1, sizeof *mean);
    for (size_t b = 0; b < work->bins.n; b++)
        for (size_t i = 0; i < n; i++) mean[i] += work->Y[b * n + i];
    for (size_t i = 0; i < n; i++) mean[i] /= (double)work->bins.n;
    enum bb_code rc = fit(work, work->regression.task->features->gram, mean, (double)work->bins.n, 0, work->bins.n, err);
    free(mean);
    return rc;
}

/*
 * One map, and answers that change: the stimuli of all bins one below the other.
 */
static const size_t LIMIT = (size_t)8 << 30; /* bytes of features */

struct stack {
    const struct work *work;
    double *X; /* bins · n × p */
    size_t p, bin;
};

static enum bb_code take_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct stack *stack = ctx;
    const struct bb_regression *regression = &stack->work->regression;
    (void)err;
    for (size_t i = 0; i < regression->n; i++)
        memcpy(stack->X + (stack->bin * regression->n + i) * stack->p + first, X + regression->row[i] * width, width * sizeof *X);
    return BB_OK;
}

static enum bb_code read_stack(struct stack *stack, struct bb_err *err)
{
    const struct work *work = stack->work;
    const struct bb_task *task = work->regression.task;
    size_t rows = work->bins.n * work->regression.n;
    stack->p = task->features->gram->p;
    if (stack->p > LIMIT / sizeof(double) / rows)
        return bb_fail(err, BB_ELIMIT, "%zu features of %zu stimuli in %zu bins of time do not fit into %zu MB", stack->p,
                       work->regression.n, work->bins.n, LIMIT / 1000000);
    stack->X = bb_malloc((rows * stack->p + 1) * sizeof *stack->X);
    enum bb_code rc = BB_OK;
    for (stack->bin = 0; !rc && stack->bin < work->bins.n; stack->bin++) {
        const struct bb_features *features;
        rc = task->features_at(task, work->bins.bin[stack->bin], &features, err);
        if (!rc && features->gram->p != stack->p)
            rc = bb_fail(err, BB_EINPUT, "the layer has another number of features in time bin %s ms",
                         work->bins.label[stack->bin]);
        if (!rc) rc = features->stream(features, take_block, stack, err);
    }
    return rc;
}

static enum bb_code gram_of(const struct stack *stack, size_t rows, struct bb_gram **out, struct bb_err *err)
{
    enum { WIDTH = 256 };
    struct bb_gram_builder *builder = bb_gram_begin(rows, stack->p);
    double *block = bb_malloc((rows * WIDTH + 1) * sizeof *block);
    enum bb_code rc = BB_OK;
    for (size_t j = 0; !rc && j < stack->p; j += WIDTH) {
        size_t width = stack->p - j < WIDTH ? stack->p - j : WIDTH;
        for (size_t i = 0; i < rows; i++) memcpy(block + i * width, stack->X + i * stack->p + j, width * sizeof *block);
        rc = bb_gram_add(builder, block, width, err);
    }
    free(block);
    if (rc)
        bb_gram_abandon(builder);
    else
        *out = bb_gram_finish(builder);
    return rc;
}

/* The rows of a fold in every bin, bin after bin. */
static struct bb_fold in_all_bins(const struct work *work, const struct bb_fold *fold, size_t *index)
{
    size_t n = work->regression.n, bins = work->bins.n, *train = index, *test = index + bins * fold->n_train;
    for (size_t b = 0; b < bins; b++) {
        for (size_t i = 0; i < fold->n_train; i++) train[b * fold->n_train + i] = b * n + fold->train[i];
        for (size_t i = 0; i < fold->n_test; i++) test[b * fold->n_test + i] = b * n + fold->test[i];
    }
    return (struct bb_fold){.train = train, .n_train = bins * fold->n_train, .test = test, .n_test = bins * fold->n_test};
}

static enum bb_code fit_stack(const struct work *work, struct bb_err *err)
{
    const struct bb_regression *regression = &work->regression;
    struct stack stack = {.work = work};
    struct bb_gram *gram = NULL;
    size_t rows = work->bins.n * regression->n, *all = bb_malloc((2 * rows + 1) * sizeof *all),
           *index = bb_malloc((2 * rows + 1) * sizeof *index);
    enum bb_code rc = read_stack(&stack, err);
    if (!rc) rc = gram_of(&stack, rows, &gram, err);
    free(stack.X);
    for (size_t i = 0; i < rows; i++) all[i] = i;
    if (!rc) {
        double *prediction = bb_malloc((rows * regression->q + 1) * sizeof *prediction);
        struct bb_regressor *regressor = bb_regressor_new(gram, all, work->Y, rows, regression->q);
        for (size_t s = 0; !rc && s < regression->folds.n; s++) {
            const struct bb_fold *fold = &regression->folds.fold[s], stacked = in_all_bins(work, fold, index);
            rc = predict(work, regressor, &stacked, 1, prediction, err);
            for (size_t b = 0; !rc && b < work->bins.n; b++) correlate(work, b, s, prediction + b * fold->n_test * regression->q);
        }
        bb_regressor_free(regressor);
        free(prediction);
    }
    bb_gram_free(gram);
    free(index);
    free(all);
    return rc;
}

static enum bb_code fit_all_bins(const struct work *work, struct bb_err *err)
{
    const struct bb_task *task = work->regression.task;
    if (!task->features_at) return fit_mean(work, err);
    enum bb_code rc = bb_regression_need_stream(task, "a map for all bins of time", err);
    return rc ? rc : fit_stack(work, err);
}

static enum bb_code fit_each_bin(const struct work *work, struct bb_err *err)
{
    const struct bb_task *task = work->regression.task;
    const struct bb_features *features = task->features;
    size_t n = work->regression.n * work->regression.q;
    enum bb_code rc = BB_OK;
    for (size_t b = 0; !rc && b < work->bins.n; b++) {
        if (task->features_at) rc = task->features_at(task, work->bins.bin[b], &features, err);
        if (!rc) rc = fit(work, features->gram, work->Y + b * n, 1, b, 1, err);
    }
    return rc;
}

/* Parts: the bins. Units: bin × neuroid, the mean over splits. */
static enum bb_code put_result(const struct work *work, struct bb_metric_result *result, struct bb_err *err)
{
    const struct bb_regression *regression = &work->regression;
    struct bb_arena *arena = regression->task->arena;
    size_t bins = work->bins.n, splits = regression->folds.n, q = regression->q;
    double *part = BB_NEW_ARRAY(arena, bins, double), *unit = BB_NEW_ARRAY(arena, bins * q, double);
    double *of_split = BB_NEW_ARRAY(arena, splits, double), *column = bb_malloc((splits + bins + 1) * sizeof *column),
           *row = column + splits;
    double *median = bb_malloc((bins * splits + 1) * sizeof *median);
    for (size_t b = 0; b < bins; b++) {
        for (size_t s = 0; s < splits; s++) median[b * splits + s] = bb_nan_median(work->r + (b * splits + s) * q, q);
        part[b] = bb_nan_mean(median + b * splits, splits);
        for (size_t j = 0; j < q; j++) {
            for (size_t s = 0; s < splits; s++) column[s] = work->r[(b * splits + s) * q + j];
            unit[b * q + j] = bb_nan_mean(column, splits);
        }
    }
    for (size_t s = 0; s < splits; s++) {
        for (size_t b = 0; b < bins; b++) row[b] = median[b * splits + s];
        of_split[s] = bb_nan_mean(row, bins);
    }
    free(median);
    free(column);
    for (size_t b = 0; b < bins; b++)
        if (isnan(part[b]))
            return bb_fail(
                err, BB_ENUMERIC,
                "no correlation is defined in time bin %s ms: the responses or the predictions are the same for all test stimuli",
                work->bins.label[b]);
    result->raw = bb_mean(part, bins);
    result->n = regression->recording.n;
    result->error = NAN;
    if (splits > 1) {
        result->error = bb_nan_sd(of_split, splits, 0) / sqrt((double)splits);
        result->error_kind = "split_sem";
    }
    result->parts = (struct bb_parts){.label = work->bins.label, .value = part, .n = bins};
    result->units = (struct bb_units){.axis = {"time_bin", "neuroid"},
                                      .label = {work->bins.label, regression->recording.neuroid},
                                      .n = {bins, q},
                                      .value = unit};
    return BB_OK;
}

static enum bb_code score(const struct bb_task *task, bool span, bool pls, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    struct work work = {.components = pls ? params->components : 0, .alpha = params->alpha};
    enum bb_code rc =
        pls ? bb_pls_check_components(params->components, "the layer", "features", task->features->gram->p, err) : BB_OK;
    if (!rc) rc = begin(task, &work, err);
    if (!rc) rc = span ? fit_all_bins(&work, err) : fit_each_bin(&work, err);
    return rc ? rc : put_result(&work, result, err);
}

/*
 * The ceiling: internal consistency in each bin.
 */
static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    struct bb_time_bins bins;
    enum bb_code rc = bb_time_bins_of(task, &bins, err);
    if (rc) return rc;
    double *part = BB_NEW_ARRAY(task->arena, bins.n, double), variance = 0;
    for (size_t b = 0; !rc && b < bins.n; b++) {
        struct bb_task own = task_in(task, &bins.bin[b]);
        struct bb_ceiling_result one = {.value = NAN};
        own.arena = bb_arena_new(0);
        rc = bb_internal_consistency.compute(&own, metric, params, &one, err);
        if (rc) rc = bb_err_wrap(err, rc, "time bin %s ms", bins.label[b]);
        part[b] = one.value;
        variance += one.error * one.error;
        result->n = one.n;
        bb_arena_free(own.arena);
    }
    if (rc) return rc;
    *result = (struct bb_ceiling_result){.value = bb_mean(part, bins.n), .lower = NAN, .n = result->n};
    result->error = sqrt(variance) / (double)bins.n;
    result->error_kind = "split_sem";
    result->parts = (struct bb_parts){.label = bins.label, .value = part, .n = bins.n};
    return BB_OK;
}

#define NEEDS                                                                                                                    \
    "activations to the stimuli, with the benchmark’s bins of time or without time: then they stand for the answer in every bin"
#define OVER_TIME(id, name_, span, pls, fields_)                                                                                   \
    static enum bb_code score_##id(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)                \
    {                                                                                                                              \
        return score(task, span, pls, result, err);                                                                                \
    }                                                                                                                              \
    const struct bb_metric bb_##id = {                                                                                             \
        .name = #id,                                                                                                               \
        .version = 2,                                                                                                              \
        .title = name_,                                                                                                            \
        .formula = "mean over time bins and splits of the median over neuroids of Pearson’s r between responses in the bin and " \
                   "their prediction",                                                                                             \
        .fields = fields_,                                                                                                         \
        .n_fields = sizeof fields_ / sizeof fields_[0],                                                                            \
        .params_size = sizeof(struct params),                                                                                      \
        .data_coords = bb_regression_coords,                                                                                       \
        .score_features = score_##id,                                                                                              \
        .finish = finish,                                                                                                          \
        .limit_splits = bb_regression_limit_splits,                                                                                \
        .over_time = true,                                                                                                         \
        .needs = NEEDS,                                                                                                            \
    };
OVER_TIME(spantime_pls, "PLS predictivity over time, one map", true, true, pls_fields)
OVER_TIME(spantime_ridge, "Ridge predictivity over time, one map", true, false, ridge_fields)
OVER_TIME(temporal_pls, "PLS predictivity over time, a map for each bin", false, true, pls_fields)
OVER_TIME(temporal_ridge, "Ridge predictivity over time, a map for each bin", false, false, ridge_fields)

static const char *const metrics[] = {"spantime_pls", "spantime_ridge", "temporal_pls", "temporal_ridge", NULL};
static const char *const data_coords[] = {"stimulus_id", "value", NULL};

/* The fields are those of internal_consistency, which reads them. */
const struct bb_ceiling bb_internal_consistency_temporal = {
    .name = "internal_consistency_temporal",
    .version = 2,
    .title = "Internal consistency in time",
    .formula = "in each time bin, mean over splits of the median over neuroids of 2r / (1 + r), r the correlation of two halves "
               "of the repetitions",
    .fields = bb_internal_consistency_fields,
    .n_fields = BB_INTERNAL_CONSISTENCY_FIELDS,
    .params_size = BB_INTERNAL_CONSISTENCY_PARAMS,
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
