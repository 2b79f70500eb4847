#include "metric/reverse_predictivity.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/pls_predictivity.h"
#include "metric/regression.h"
#include "numeric/stats.h"

struct params {
    struct bb_regression_params regression;
    long components;
};

static const struct bb_field fields[] = {
    BB_REGRESSION_FIELDS(struct params),
    {.key = "components",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct params, components),
     .absent = 25,
     .min = 1,
     .max = 100000},
};

/* What both passes work on; parts × folds of everything. */
struct work {
    struct bb_regression regression;
    double **source; /* per part: n × part_size */
    double **first;  /* per fold: n, or NULL while it is not found */
    size_t n_found;
    struct bb_reverse_pls **fit; /* parts × folds */
    double **r;                  /* parts × folds: one per feature */
};

static size_t n_fits(const struct work *work)
{
    return work->regression.n_parts * work->regression.folds.n;
}

/*
 * The first pass: the first feature that varies over the training rows of each fold.
 */

/* As NIPALS looks for it: a centred value that is not zero to rounding. */
static bool varies(const struct work *work, const struct bb_fold *fold, const double *X, size_t width, size_t j)
{
    const size_t *row = work->regression.row;
    double origin = X[row[fold->train[0]] * width + j], mean = 0, largest = 0;
    for (size_t i = 0; i < fold->n_train; i++) mean += X[row[fold->train[i]] * width + j] - origin;
    mean /= (double)fold->n_train;
    for (size_t i = 0; i < fold->n_train; i++) largest = fmax(largest, fabs(X[row[fold->train[i]] * width + j] - origin - mean));
    return largest >= 10 * DBL_EPSILON;
}

static double *column_of(const struct work *work, const double *X, size_t width, size_t j)
{
    size_t n = work->regression.n;
    double *column = bb_malloc((n + 1) * sizeof *column);
    for (size_t i = 0; i < n; i++) column[i] = X[work->regression.row[i] * width + j];
    return column;
}

static enum bb_code find_first(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct work *work = ctx;
    const struct bb_folds *folds = &work->regression.folds;
    (void)first;
    (void)err;
    for (size_t s = 0; s < folds->n; s++) {
        for (size_t j = 0; !work->first[s] && j < width; j++)
            if (varies(work, &folds->fold[s], X, width, j)) work->first[s] = column_of(work, X, width, j);
    }
    work->n_found = 0;
    for (size_t s = 0; s < folds->n; s++) work->n_found += work->first[s] ? 1 : 0;
    return work->n_found == folds->n ? BB_EABSENT : BB_OK; /* no more blocks are needed */
}

static enum bb_code find_starts(struct work *work, struct bb_err *err)
{
    const struct bb_features *features = work->regression.task->features;
    struct bb_err ours = {0};
    enum bb_code rc = features->stream(features, find_first, work, &ours);
    if (work->n_found == work->regression.folds.n) return BB_OK;
    if (rc) return bb_fail(err, rc, "%s", ours.msg);
    return bb_fail(err, BB_ENUMERIC, "no feature of the layer varies over the training stimuli: there is nothing to predict");
}

/*
 * The second: predictions.
 */
static enum bb_code fit_all(struct work *work, long components, struct bb_err *err)
{
    const struct bb_regression *regression = &work->regression;
    struct bb_gram *target = regression->task->features->gram;
    enum bb_code rc = BB_OK;
    for (size_t f = 0; !rc && f < n_fits(work); f++) {
        size_t part = f / regression->folds.n, s = f % regression->folds.n, width = regression->part_size[part];
        rc = bb_pls_check_components(components, regression->n_parts > 1 ? regression->recording.subject[part] : "the recording",
                                     "neuroids", width, err);
        if (rc) break;
        rc = bb_reverse_pls_fold(work->source[part], regression->n, width, target, regression->row, work->first[s],
                                 &regression->folds.fold[s], (size_t)components, &work->fit[f], err);
    }
    return rc;
}

static enum bb_code predict_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct work *work = ctx;
    const struct bb_regression *regression = &work->regression;
    double *prediction = bb_malloc((regression->n * width + 1) * sizeof *prediction),
           *test = bb_malloc((regression->n * width + 1) * sizeof *test);
    double *rows = bb_malloc((regression->n * width + 1) * sizeof *rows);
    (void)err;
    for (size_t i = 0; i < regression->n; i++) memcpy(rows + i * width, X + regression->row[i] * width, width * sizeof *rows);
    for (size_t f = 0; f < n_fits(work); f++) {
        const struct bb_fold *fold = &regression->folds.fold[f % regression->folds.n];
        for (size_t i = 0; i < fold->n_test; i++) memcpy(test + i * width, rows + fold->test[i] * width, width * sizeof *test);
        bb_reverse_pls_predict(work->fit[f], rows, width, prediction);
        bb_regression_correlate(regression, prediction, test, fold->n_test, width, work->r[f] + first);
    }
    free(rows);
    free(test);
    free(prediction);
    return BB_OK;
}

static void begin(struct work *work)
{
    const struct bb_regression *regression = &work->regression;
    size_t p = regression->task->features->gram->p;
    work->source = bb_calloc(regression->n_parts + 1, sizeof *work->source);
    work->first = bb_calloc(regression->folds.n + 1, sizeof *work->first);
    work->fit = bb_calloc(n_fits(work) + 1, sizeof *work->fit);
    work->r = bb_calloc(n_fits(work) + 1, sizeof *work->r);
    for (size_t part = 0; part < regression->n_parts; part++) work->source[part] = bb_regression_targets(regression, part);
    for (size_t f = 0; f < n_fits(work); f++) work->r[f] = bb_calloc(p + 1, sizeof **work->r);
}

static void end(struct work *work)
{
    for (size_t part = 0; part < work->regression.n_parts; part++) free(work->source[part]);
    for (size_t s = 0; s < work->regression.folds.n; s++) free(work->first[s]);
    for (size_t f = 0; f < n_fits(work); f++) {
        bb_reverse_pls_free(work->fit[f]);
        free(work->r[f]);
    }
    free(work->source);
    free(work->first);
    free(work->fit);
    free(work->r);
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_features *features = task->features;
    struct work work = {0};
    enum bb_code rc = bb_regression_need_stream(task, "reverse_pls", err);
    if (!rc) rc = bb_regression_begin(task, &params->regression, &work.regression, err);
    if (rc) return rc;
    begin(&work);
    rc = find_starts(&work, err);
    if (!rc) rc = fit_all(&work, params->components, err);
    if (!rc) rc = features->stream(features, predict_block, &work, err);
    double *median = BB_NEW_ARRAY(task->arena, n_fits(&work), double);
    for (size_t f = 0; !rc && f < n_fits(&work); f++) median[f] = bb_nan_median(work.r[f], features->gram->p);
    end(&work);
    return rc ? rc : bb_regression_result_of_medians(&work.regression, median, result, err);
}

const struct bb_metric bb_reverse_pls = {
    .name = "reverse_pls",
    .version = 1,
    .title = "Reverse PLS predictivity",
    .formula = "mean over splits of the median over the layer’s features of Pearson’s r between features and their prediction "
               "from the neuroids",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = bb_regression_coords,
    .score_features = score_features,
    .folds = bb_regression_folds,
    .limit_splits = bb_regression_limit_splits,
    .finish = bb_regression_finish,
    .needs_features = true,
};
