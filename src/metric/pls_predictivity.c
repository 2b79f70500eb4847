#include "metric/pls_predictivity.h"

#include <math.h>

#include "base/json.h"
#include "metric/regression.h"

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

enum bb_code bb_pls_check_components(long components, const char *source, const char *columns, size_t n_columns,
                                     struct bb_err *err)
{
    if ((size_t)components <= n_columns) return BB_OK;
    return bb_fail(err, BB_ENUMERIC, "%s has %zu %s, too few for %ld components of PLS: it cannot have more components than %s",
                   source, n_columns, columns, components, columns);
}

struct work {
    size_t components, fewest; /* asked for; found in the worst of the splits */
};

static enum bb_code predict(void *ctx, struct bb_regressor *regressor, const struct bb_fold *fold, double *prediction,
                            struct bb_err *err)
{
    struct work *work = ctx;
    struct bb_pls_info info = {0};
    enum bb_code rc = bb_pls_fold(regressor, fold, work->components, prediction, &info, err);
    if (!rc && info.components < work->fewest) work->fewest = info.components;
    return rc;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    struct work work = {(size_t)params->components, (size_t)params->components};
    enum bb_code rc = bb_pls_check_components(params->components, "the layer", "features", task->features->gram->p, err);
    if (!rc) rc = bb_regression_score(task, &params->regression, predict, &work, result, err);
    if (!rc && work.fewest < work.components)
        result->detail =
            bb_arena_printf(task->arena, "%zu of %zu components: then nothing was left to explain", work.fewest, work.components);
    return rc;
}

const struct bb_metric bb_pls = {
    .name = "pls",
    .version = 1,
    .title = "PLS predictivity",
    .formula = "mean over splits of the median over neuroids of Pearson’s r between responses and their prediction by partial "
               "least squares",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = bb_regression_coords,
    .score_features = score_features,
    .folds = bb_regression_folds,
    .limit_splits = bb_regression_limit_splits,
    .finish = bb_regression_finish,
};
