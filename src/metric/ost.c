#include "metric/ost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/choices.h"
#include "metric/features.h"
#include "metric/recording.h"
#include "numeric/logistic.h"
#include "numeric/normal.h"
#include "numeric/stats.h"

static const double PENALTY = .463, CAP = 5;

struct params {
    long splits, seed;
    double test;
    const char *truth;
};

static const struct bb_field fields[] = {
    {.key = "splits", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, splits), .absent = 10, .min = 1, .max = 10000},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .absent = 1, .min = 0, .max = 4294967295.},
    {.key = "truth", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, truth)},
    {.key = "test", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, test), .min = 1e-6, .max = 1 - 1e-6},
};

struct image {
    const char *id;
    size_t row, feature;
    double time, i1;
    int32_t truth;
};

/* What is known of an image's solution so far. */
struct solution {
    double last_time, last_i1, time; /* NaN: not yet */
};

struct work {
    const struct bb_task *task;
    struct bb_time_bins bins;
    struct image *image; /* by id */
    size_t n, k;         /* images, labels */
    struct bb_folds folds;
    struct solution *solution; /* splits × images */
};

/*
 * The recording.
 */
static int compare_images(const void *a, const void *b)
{
    const struct image *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

static enum bb_code read_images(struct work *work, struct bb_err *err)
{
    const struct bb_task *task = work->task;
    const struct params *params = task->params;
    const char *label = params->truth ? params->truth : "truth";
    const struct bb_assembly *data = task->data;
    const struct bb_coord *id, *i1, *truth;
    const double *own_i1;
    size_t rows = data->dim[0].size, stride = 1, kept = 0;
    enum bb_code rc = bb_need_coord(data, "stimulus_id", BB_THE_RECORDING, task->arena, &id, err);
    if (!rc) rc = bb_need_coord(data, "i1", BB_THE_RECORDING, task->arena, &i1, err);
    if (!rc) rc = bb_need_coord(data, label, BB_THE_RECORDING, task->arena, &truth, err);
    if (!rc) rc = bb_coord_numbers(i1, BB_THE_RECORDING, task->arena, &own_i1, err);
    if (rc) return rc;
    for (size_t d = 1; d < data->n_dims; d++) stride *= data->dim[d].size;
    if (stride != 1 || !data->value)
        return bb_fail(err, BB_EINPUT, "the recording has %zu times for each image, and must have one (\"where\" can choose it)",
                       data->value ? stride : 0);
    struct bb_groups ids = bb_coord_groups(id, task->arena);
    struct bb_levels truths = bb_levels(truth, NULL, rows, task->arena);
    const int32_t *feature = bb_match_names(ids.name, ids.n_groups, task->features->stimulus, task->features->n, task->arena);
    work->image = BB_NEW_ARRAY(task->arena, rows, struct image);
    work->k = truths.n;
    for (size_t i = 0; i < rows; i++) {
        if (ids.group[i] < 0) return bb_fail(err, BB_EINPUT, "row %zu of the recording has no stimulus_id", i + 1);
        const char *name = ids.name[ids.group[i]];
        if (feature[ids.group[i]] < 0)
            return bb_fail(err, BB_EINPUT, "the model has no activations of the stimulus \"%s\"", name);
        if (truths.code[i] < 0) return bb_fail(err, BB_EINPUT, "stimulus \"%s\" of the recording has no %s", name, label);
        work->image[i] = (struct image){name, i, (size_t)feature[ids.group[i]], data->value[i], own_i1[i], truths.code[i]};
    }
    qsort(work->image, rows, sizeof *work->image, compare_images);
    for (size_t i = 0; i < rows; i++)
        if (kept == 0 || strcmp(work->image[kept - 1].id, work->image[i].id) != 0) work->image[kept++] = work->image[i];
    work->n = kept;
    if (work->k < 2)
        return bb_fail(err, BB_EINPUT, "all images of the recording are of \"%s\", and a classifier needs two labels",
                       truths.n ? truths.name[0] : "");
    return BB_OK;
}

/*
 * A bin of time.
 */

/* i1 of the test images from their probabilities (n × k): the mean over the other labels of d′. */
static void i1_of(const struct work *work, const struct bb_fold *fold, const double *p, double *i1)
{
    size_t n = fold->n_test, k = work->k, *count = bb_calloc(k + 1, sizeof *count);
    double *S = bb_malloc((n * k + 1) * sizeof *S), *F = bb_calloc(k * k + 1, sizeof *F);
    for (size_t i = 0; i < n; i++) {
        size_t t = (size_t)work->image[fold->test[i]].truth;
        count[t]++;
        for (size_t c = 0; c < k; c++) {
            S[i * k + c] = p[i * k + c] / (p[i * k + c] + p[i * k + t]);
            if (c != t) F[t * k + c] += S[i * k + c];
        }
    }
    for (size_t i = 0; i < n; i++) {
        size_t t = (size_t)work->image[fold->test[i]].truth;
        double total = 0, labels = 0;
        for (size_t c = 0; c < k; c++) {
            if (c == t || !count[c]) continue;
            double d = bb_normal_quantile(1 - S[i * k + c]) - bb_normal_quantile(F[c * k + t] / (double)count[c]);
            if (isnan(d)) continue;
            total += fmin(fmax(d, -CAP), CAP);
            labels++;
        }
        i1[i] = total / labels;
    }
    free(F);
    free(S);
    free(count);
}

static void move_on(const struct work *work, size_t split, double time, const double *i1)
{
    const struct bb_fold *fold = &work->folds.fold[split];
    for (size_t i = 0; i < fold->n_test; i++) {
        struct solution *s = &work->solution[split * work->n + fold->test[i]];
        double limit = work->image[fold->test[i]].i1;
        if (!isnan(s->time)) continue;
        if (i1[i] < limit && (isnan(s->last_time) || s->last_i1 < i1[i])) {
            s->last_time = time;
            s->last_i1 = i1[i];
        }
        if (i1[i] >= limit)
            s->time =
                isnan(s->last_time) ? time : s->last_time + (limit - s->last_i1) * (time - s->last_time) / (i1[i] - s->last_i1);
    }
}

/* Fits on the training images of a split, and asks about the others. */
static enum bb_code classify(const struct work *work, struct bb_standard *standard, size_t split, double time, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_fold *fold = &work->folds.fold[split];
    const double *Z;
    size_t r, k = work->k;
    struct bb_logistic fit;
    enum bb_code rc = bb_standard_finish(standard, arena, &Z, &r, err);
    if (!rc) {
        double *train = BB_NEW_ARRAY(arena, fold->n_train * r, double), *test = BB_NEW_ARRAY(arena, fold->n_test * r, double);
        double *p = BB_NEW_ARRAY(arena, fold->n_test * k, double), *i1 = BB_NEW_ARRAY(arena, fold->n_test, double);
        int32_t *label = BB_NEW_ARRAY(arena, fold->n_train, int32_t);
        for (size_t i = 0; i < fold->n_train; i++) {
            memcpy(train + i * r, Z + work->image[fold->train[i]].feature * r, r * sizeof *train);
            label[i] = work->image[fold->train[i]].truth;
        }
        for (size_t i = 0; i < fold->n_test; i++)
            memcpy(test + i * r, Z + work->image[fold->test[i]].feature * r, r * sizeof *test);
        rc = bb_logistic_fit(train, fold->n_train, r, label, k, 1 / (PENALTY * (double)fold->n_train), arena, &fit, err);
        if (!rc) {
            bb_logistic_apply(&fit, test, fold->n_test, p);
            i1_of(work, fold, p, i1);
            move_on(work, split, time, i1);
        }
    }
    bb_arena_free(arena);
    return rc;
}

static enum bb_code do_bin(const struct work *work, size_t bin, struct bb_err *err)
{
    const struct bb_features *features;
    size_t n = work->folds.n;
    enum bb_code rc = work->task->features_at(work->task, work->bins.bin[bin], &features, err);
    if (rc) return rc;
    struct bb_standard **split = bb_calloc(n + 1, sizeof(struct bb_standard *));
    for (size_t k = 0; k < n; k++) {
        const struct bb_fold *fold = &work->folds.fold[k];
        size_t *fit = bb_malloc((fold->n_train + 1) * sizeof *fit);
        for (size_t i = 0; i < fold->n_train; i++) fit[i] = work->image[fold->train[i]].feature;
        split[k] = bb_standard_begin(features->n, fit, fold->n_train);
        free(fit);
    }
    rc = bb_features_standardise(features, split, n, err);
    for (size_t k = 0; k < n; k++) {
        if (rc)
            bb_standard_abandon(split[k]);
        else
            rc = classify(work, split[k], k, work->bins.bin[bin][0], err);
    }
    free(split);
    return rc ? bb_err_wrap(err, rc, "time bin %s ms", work->bins.label[bin]) : BB_OK;
}

/*
 * The score.
 */
static double correlate(const struct work *work, size_t split, double *a, double *b, size_t *solved)
{
    const struct bb_fold *fold = &work->folds.fold[split];
    size_t n = 0;
    for (size_t i = 0; i < fold->n_test; i++) {
        double own = work->solution[split * work->n + fold->test[i]].time, other = work->image[fold->test[i]].time;
        if (isnan(own) || isnan(other)) continue;
        a[n] = own;
        b[n++] = other;
    }
    *solved += n;
    return bb_spearman(a, b, n);
}

static enum bb_code begin(struct work *work, struct bb_err *err)
{
    const struct bb_task *task = work->task;
    const struct params *params = task->params;
    if (!task->features_at)
        return bb_fail(
            err, BB_ENUMERIC,
            "the model answers the same at all times, so that no image is solved later than another: ost is not defined for it");
    if (!task->features->stream)
        return bb_fail(err, BB_EINPUT, "ost needs the features themselves, and the model gave Gram matrices only");
    enum bb_code rc = read_images(work, err);
    if (!rc) rc = bb_time_bins_of(task, &work->bins, err);
    struct bb_share share = {NAN, isnan(params->test) ? .1 : params->test};
    if (!rc)
        rc = bb_shuffle_split(work->n, (size_t)params->splits, share, (uint32_t)params->seed, task->arena, &work->folds, err);
    if (rc) return rc;
    for (size_t b = 1; b < work->bins.n; b++)
        if (!(work->bins.bin[b][0] > work->bins.bin[b - 1][0]))
            return bb_fail(err, BB_EINPUT, "the bins of time of the benchmark must ascend");
    work->solution = BB_NEW_ARRAY(task->arena, work->folds.n * work->n, struct solution);
    for (size_t i = 0; i < work->folds.n * work->n; i++) work->solution[i] = (struct solution){NAN, NAN, NAN};
    return BB_OK;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct work work = {.task = task};
    enum bb_code rc = begin(&work, err);
    for (size_t b = 0; !rc && b < work.bins.n; b++) rc = do_bin(&work, b, err);
    if (rc) return rc;
    size_t splits = work.folds.n, solved = 0, asked = 0;
    double *value = BB_NEW_ARRAY(task->arena, splits, double), *a = BB_NEW_ARRAY(task->arena, 2 * work.n, double);
    for (size_t s = 0; s < splits; s++) {
        value[s] = correlate(&work, s, a, a + work.n, &solved);
        asked += work.folds.fold[s].n_test;
    }
    result->raw = bb_nan_mean(value, splits);
    if (isnan(result->raw))
        return bb_fail(err, BB_ENUMERIC,
                       "the model solves too few images (%zu of %zu that it was asked) for a correlation of times", solved,
                       asked);
    if (splits > 1) {
        result->error = bb_nan_sd(value, splits, 0) / sqrt((double)splits);
        result->error_kind = "split_sem";
    } else {
        result->error = NAN;
    }
    result->n = work.n;
    result->detail = bb_arena_printf(task->arena, "solves %.0f %% of the images", 100 * (double)solved / (double)asked);
    result->units =
        (struct bb_units){.axis = {"split"}, .label = {bb_split_labels(splits, task->arena)}, .n = {splits}, .value = value};
    return BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "i1", "value", NULL};

const struct bb_metric bb_ost = {
    .name = "ost",
    .version = 1,
    .title = "Object solution times",
    .formula = "mean over splits of Spearman’s ρ between the times at which the model and the recording solve an image: where i1 "
               "reaches the recording’s",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_features,
    .needs_features = true,
    .over_time = true,
    .needs = "activations to the images that change with time: presentation × neuroid × time_bin, with the benchmark’s bins",
};
