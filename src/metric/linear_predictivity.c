#include "metric/linear_predictivity.h"

#include "base/json.h"
#include "metric/regression.h"

struct params {
    struct bb_regression_params regression;
};

static const struct bb_field fields[] = {BB_REGRESSION_FIELDS(struct params)};

static enum bb_code predict(void *ctx, struct bb_regressor *regressor, const struct bb_fold *fold, double *prediction,
                            struct bb_err *err)
{
    (void)ctx;
    return bb_linear_fold(regressor, fold, prediction, err);
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    return bb_regression_score(task, &params->regression, predict, NULL, result, err);
}

const struct bb_metric bb_linear = {
    .name = "linear",
    .version = 1,
    .title = "Linear predictivity",
    .formula =
        "mean over splits of the median over neuroids of Pearson’s r between responses and their prediction by least squares",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = bb_regression_coords,
    .score_features = score_features,
    .folds = bb_regression_folds,
    .limit_splits = bb_regression_limit_splits,
    .finish = bb_regression_finish,
};
