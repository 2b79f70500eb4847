#include "metric/mask_regression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/regression.h"
#include "numeric/mask_fit.h"
#include "numeric/stats.h"

struct params {
    struct bb_regression_params regression;
    long epochs, batch, decay, seed;
    double rate, ls, ld, tolerance; /* NaN: the reference's */
};

static const struct bb_field fields[] = {
    BB_REGRESSION_FIELDS(struct params),
    {.key = "max_epochs",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct params, epochs),
     .absent = 40,
     .min = 1,
     .max = 1e6},
    {.key = "batch_size", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, batch), .absent = 50, .min = 1, .max = 1e6},
    {.key = "decay_rate", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, decay), .absent = 25, .min = 1, .max = 1e6},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .min = 0, .max = 4294967295.},
    {.key = "init_lr", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, rate), .min = 1e-12, .max = 1e3},
    {.key = "ls", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, ls), .min = 0, .max = 1e9},
    {.key = "ld", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, ld), .min = 0, .max = 1e9},
    {.key = "tol", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, tolerance), .min = 0, .max = 1e9},
};

static const size_t LIMIT = (size_t)8 << 30; /* bytes of features */

/* Where each feature goes: channel by channel, each x by x. */
struct map {
    size_t size[3], *to, p; /* channels, x, y */
};

static double or_else(double x, double otherwise)
{
    return isnan(x) ? otherwise : x;
}

/* The coordinate of each feature as a number among its sorted values. */
static enum bb_code rank_coordinate(const struct bb_task *task, const char *name, size_t p, size_t *rank, size_t *n_values,
                                    struct bb_err *err)
{
    const struct bb_features *features = task->features;
    double *x = BB_NEW_ARRAY(task->arena, p, double), *sorted = BB_NEW_ARRAY(task->arena, p, double);
    size_t n = 0;
    if (!features->columns)
        return bb_fail(err, BB_EINPUT,
                       "mask_regression needs to know the place of each feature (channel, channel_x, channel_y), and the model "
                       "does not say it");
    enum bb_code rc = features->columns(features, name, x, err);
    if (rc) return rc;
    memcpy(sorted, x, p * sizeof *sorted);
    bb_sort_numbers(sorted, p);
    for (size_t j = 0; j < p; j++)
        if (n == 0 || sorted[j] != sorted[n - 1]) sorted[n++] = sorted[j];
    for (size_t j = 0; j < p; j++) {
        rank[j] = 0;
        while (sorted[rank[j]] != x[j]) rank[j]++;
    }
    *n_values = n;
    return BB_OK;
}

static enum bb_code read_map(const struct bb_task *task, struct map *map, struct bb_err *err)
{
    static const char *const names[] = {"channel", "channel_x", "channel_y"};
    size_t p = task->features->gram->p, *rank[3];
    enum bb_code rc = BB_OK;
    map->p = p;
    for (size_t k = 0; !rc && k < 3; k++) {
        rank[k] = BB_NEW_ARRAY(task->arena, p, size_t);
        rc = rank_coordinate(task, names[k], p, rank[k], &map->size[k], err);
    }
    if (rc) return rc;
    bool *taken = BB_NEW_ARRAY(task->arena, p, bool), full = map->size[0] * map->size[1] * map->size[2] == p;
    map->to = BB_NEW_ARRAY(task->arena, p, size_t);
    for (size_t j = 0; full && j < p; j++) {
        map->to[j] = (rank[0][j] * map->size[1] + rank[1][j]) * map->size[2] + rank[2][j];
        full = !taken[map->to[j]];
        taken[map->to[j]] = true;
    }
    if (full) return BB_OK;
    return bb_fail(err, BB_EINPUT,
                   "the layer's %zu features are no grid of %zu channels × %zu × %zu places: some are missing, or there twice", p,
                   map->size[0], map->size[1], map->size[2]);
}

struct reading {
    const struct bb_regression *regression;
    const struct map *map;
    double *X; /* n × p */
};

static enum bb_code take_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct reading *r = ctx;
    (void)err;
    for (size_t i = 0; i < r->regression->n; i++)
        for (size_t j = 0; j < width; j++) r->X[i * r->map->p + r->map->to[first + j]] = X[r->regression->row[i] * width + j];
    return BB_OK;
}

static enum bb_code fit_all(const struct bb_regression *work, const struct map *map, const double *X, double *r,
                            struct bb_err *err)
{
    const struct params *params = work->task->params;
    const struct bb_mask_schedule schedule = {.epochs = (size_t)params->epochs,
                                              .batch = (size_t)params->batch,
                                              .decay = (size_t)params->decay,
                                              .rate = or_else(params->rate, .01),
                                              .ls = or_else(params->ls, .1),
                                              .ld = or_else(params->ld, .1),
                                              .tolerance = or_else(params->tolerance, .1),
                                              .seed = (uint32_t)params->seed};
    double *prediction = bb_malloc((work->n * work->q + 1) * sizeof *prediction);
    for (size_t s = 0; s < work->folds.n; s++) {
        const struct bb_fold *fold = &work->folds.fold[s];
        bb_mask_fit(X, work->Y, map->size[0], map->size[1], map->size[2], work->q, fold, &schedule, prediction);
        bb_regression_correlate(work, prediction, bb_regression_measured(work, fold), fold->n_test, work->q, r + s * work->q);
    }
    bool finite = true;
    for (size_t k = 0; k < work->folds.n * work->q; k++) finite = finite && !isinf(r[k]);
    free(prediction);
    return finite ? BB_OK : bb_fail(err, BB_ENUMERIC, "the masks grew without end: features of a very large size?");
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    struct bb_regression work;
    struct map map;
    enum bb_code rc = bb_regression_need_stream(task, "mask_regression", err);
    if (!rc) rc = bb_regression_begin(task, &params->regression, &work, err);
    if (!rc) rc = read_map(task, &map, err);
    if (!rc && map.p > LIMIT / sizeof(double) / (work.n + 1))
        rc = bb_fail(err, BB_ELIMIT, "%zu features of %zu stimuli do not fit into %zu MB", map.p, work.n, LIMIT / 1000000);
    if (rc) return rc;
    struct reading reading = {.regression = &work, .map = &map, .X = bb_malloc((work.n * map.p + 1) * sizeof(double))};
    double *r = BB_NEW_ARRAY(task->arena, work.folds.n * work.q, double);
    rc = task->features->stream(task->features, take_block, &reading, err);
    if (!rc) rc = fit_all(&work, &map, reading.X, r, err);
    free(reading.X);
    return rc ? rc : bb_regression_result(&work, r, result, err);
}

const struct bb_metric bb_mask_regression = {
    .name = "mask_regression",
    .version = 1,
    .title = "Predictivity by masks and channels",
    .formula = "mean over splits of the median over neuroids of Pearson’s r between responses and their prediction by one mask "
               "over places and one weight "
               "per channel",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = bb_regression_coords,
    .score_features = score_features,
    .folds = bb_regression_folds,
    .limit_splits = bb_regression_limit_splits,
    .finish = bb_regression_finish,
    .needs_features = true,
    .needs = "activations of a feature map to the stimuli, with the channel, channel_x and channel_y of each feature",
};
