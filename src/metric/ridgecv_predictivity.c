#include "metric/ridgecv_predictivity.h"

#include <math.h>

#include "base/json.h"
#include "base/text.h"

struct params {
    struct bb_regression_params regression;
    struct bb_numbers alphas;
};

static const struct bb_field fields[] = {
    BB_REGRESSION_FIELDS(struct params),
    {.key = "alphas", .kind = BB_FIELD_NUMBERS, .offset = offsetof(struct params, alphas), .min = 0, .max = HUGE_VAL},
};

/* `count` numbers from `first` in equal steps; `last` itself would be the one after them, or with `closed` is the last of
   them: numpy.linspace. */
static size_t add_line(double *alpha, size_t n, double first, double last, size_t count, bool closed)
{
    double step = (last - first) / (double)(closed ? count - 1 : count);
    for (size_t i = 0; i < count; i++) alpha[n + i] = (double)i * step + first;
    if (closed) alpha[n + count - 1] = last;
    return n + count;
}

/* The ALPHA_LIST of Brain-Score vision. */
static struct bb_numbers alphas_of_vision(struct bb_arena *arena)
{
    static const double small[] = {.01, .1, .5, 1};
    double *alpha = BB_NEW_ARRAY(arena, 99, double), decade = 100;
    size_t n = 0;
    for (; n < sizeof small / sizeof small[0]; n++) alpha[n] = small[n];
    n = add_line(alpha, n, 10, 100, 4, false);
    for (int d = 0; d < 4; d++, decade *= 10) n = add_line(alpha, n, decade, 10 * decade, 18, false);
    n = add_line(alpha, n, 1e6, 1e7, 19, true);
    return (struct bb_numbers){alpha, n};
}

static struct bb_numbers alphas_of_language(struct bb_arena *arena)
{
    static const double alphas[] = {1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};
    size_t n = sizeof alphas / sizeof alphas[0];
    double *alpha = BB_NEW_ARRAY(arena, n, double);
    for (size_t i = 0; i < n; i++) alpha[i] = alphas[i];
    return (struct bb_numbers){alpha, n};
}

struct bb_numbers bb_ridgecv_alphas(int dialect, struct bb_arena *arena)
{
    return dialect == BB_LANGUAGE ? alphas_of_language(arena) : alphas_of_vision(arena);
}

struct work {
    struct bb_numbers alphas;
    double least, most; /* of those that were chosen */
};

static enum bb_code predict(void *ctx, struct bb_regressor *regressor, const struct bb_fold *fold, double *prediction,
                            struct bb_err *err)
{
    struct work *work = ctx;
    double chosen = NAN;
    enum bb_code rc = bb_ridgecv_fold(regressor, fold, work->alphas.number, work->alphas.n, prediction, &chosen, err);
    work->least = fmin(work->least, chosen);
    work->most = fmax(work->most, chosen);
    return rc;
}

static const char *detail_of(const struct work *work, struct bb_arena *arena)
{
    char least[32], most[32];
    bb_format_number(least, work->least);
    bb_format_number(most, work->most);
    return bb_arena_printf(arena, work->least == work->most ? "alpha %s" : "alpha %s to %s", least, most);
}

enum bb_code bb_ridgecv_score(const struct bb_task *task, const struct bb_regression_params *params,
                              const struct bb_numbers *alphas, struct bb_metric_result *result, struct bb_err *err)
{
    struct work work = {.alphas = *alphas, .least = HUGE_VAL, .most = -HUGE_VAL};
    if (!work.alphas.n) work.alphas = bb_ridgecv_alphas(params->dialect, task->arena);
    enum bb_code rc = bb_regression_score(task, params, predict, &work, result, err);
    if (!rc) result->detail = detail_of(&work, task->arena);
    return rc;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    return bb_ridgecv_score(task, &params->regression, &params->alphas, result, err);
}

static void finish(void *state, struct bb_arena *arena, struct bb_diags *diags)
{
    struct params *params = state;
    bb_regression_finish(&params->regression, arena, diags);
    for (size_t i = 0; i < params->alphas.n; i++)
        if (!(params->alphas.number[i] > 0))
            bb_diag_add(diags, BB_ERROR, (struct bb_place){0},
                        "each of the \"alphas\" of ridgecv must be a number greater than 0");
}

const struct bb_metric bb_ridgecv = {
    .name = "ridgecv",
    .version = 1,
    .title = "Ridge predictivity, penalty chosen",
    .formula = "mean over splits of the median over neuroids of Pearson’s r between responses and their prediction by ridge "
               "regression, its penalty "
               "chosen by generalised cross-validation",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = bb_regression_coords,
    .score_features = score_features,
    .folds = bb_regression_folds,
    .limit_splits = bb_regression_limit_splits,
    .finish = finish,
};
