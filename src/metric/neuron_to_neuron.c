#include "metric/neuron_to_neuron.h"

#include <math.h>

#include "base/json.h"
#include "metric/regression.h"
#include "numeric/unit_search.h"

struct params {
    struct bb_regression_params regression;
};

static const struct bb_field fields[] = {BB_REGRESSION_FIELDS(struct params)};

static enum bb_code take_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    (void)first;
    (void)err;
    bb_unit_search_add(ctx, X, width);
    return BB_OK;
}

/* One r per split and neuroid. */
static void correlate(const struct bb_regression *work, const struct bb_unit_search *search, double *r)
{
    for (size_t s = 0; s < work->folds.n; s++) {
        const struct bb_fold *fold = &work->folds.fold[s];
        double *measured = bb_regression_measured(work, fold), *row = r + s * work->q;
        const double *prediction = bb_unit_search_prediction(search, s);
        bb_regression_correlate(work, prediction, measured, fold->n_test, work->q, row);
    }
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    struct bb_regression work;
    enum bb_code rc = bb_regression_need_stream(task, "neuron_to_neuron", err);
    if (!rc) rc = bb_regression_begin(task, &params->regression, &work, err);
    if (rc) return rc;
    double *r = BB_NEW_ARRAY(task->arena, work.folds.n * work.q, double);
    struct bb_unit_search *search = bb_unit_search_new(work.row, work.Y, work.q, &work.folds);
    rc = task->features->stream(task->features, take_block, search, err);
    if (!rc) correlate(&work, search, r);
    bb_unit_search_free(search);
    return rc ? rc : bb_regression_result(&work, r, result, err);
}

const struct bb_metric bb_neuron_to_neuron = {
    .name = "neuron_to_neuron",
    .version = 1,
    .title = "Best single unit",
    .formula = "mean over splits of the median over neuroids of Pearson’s r between responses and the one feature that "
               "correlates best in training",
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
