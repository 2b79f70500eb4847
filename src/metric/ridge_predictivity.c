#include "metric/ridge_predictivity.h"

#include <math.h>

#include "base/json.h"
#include "metric/ridgecv_predictivity.h"

struct params {
    struct bb_regression_params regression;
    double alpha; /* NaN: not stated */
};

static const struct bb_field fields[] = {
    BB_REGRESSION_FIELDS(struct params),
    {.key = "alpha", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, alpha), .min = 0, .max = HUGE_VAL},
};

static enum bb_code predict(void *ctx, struct bb_regressor *regressor, const struct bb_fold *fold, double *prediction,
                            struct bb_err *err)
{
    const struct params *params = ctx;
    return bb_ridge_fold(regressor, fold, isnan(params->alpha) ? 1 : params->alpha, prediction, err);
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct params params = *(const struct params *)task->params;
    if (params.regression.dialect == BB_LANGUAGE && isnan(params.alpha))
        return bb_ridgecv_score(task, &params.regression, &(struct bb_numbers){0}, result, err);
    return bb_regression_score(task, &params.regression, predict, &params, result, err);
}

const struct bb_metric bb_ridge = {
    .name = "ridge",
    .version = 1,
    .title = "Ridge predictivity",
    .formula =
        "mean over splits of the median over neuroids of Pearson’s r between responses and their prediction by ridge regression",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = bb_regression_coords,
    .score_features = score_features,
    .folds = bb_regression_folds,
    .limit_splits = bb_regression_limit_splits,
    .finish = bb_regression_finish,
};
