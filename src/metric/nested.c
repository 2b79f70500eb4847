#include "metric/nested.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "metric/recording.h"
#include "numeric/stats.h"

#define INNER_SPLITS 3 /* enough to tell layers apart, and few: they are drawn anew for every outer split */

struct nesting {
    const struct bb_task *task;
    const struct bb_metric *metric;
    void *inner; /* parameters with fewer splits */
    size_t n_layers, n_folds;
    double *test;               /* layers × folds: the median over units of each fold */
    double *chosen;             /* layers × folds: the score within the training part */
    struct bb_assembly **train; /* per fold */
    const char *const *fold;    /* labels */
};

/* The recording of each fold's training stimuli: those without a row in the test part. */
static enum bb_code find_training_parts(struct nesting *n, struct bb_err *err)
{
    const struct bb_task *task = n->task;
    struct bb_recording recording;
    struct bb_folds folds;
    enum bb_code code = n->metric->folds(task, &recording, &folds, err);
    if (code) return code;
    n->n_folds = folds.n;
    n->fold = bb_split_labels(folds.n, task->arena);
    n->train = BB_NEW_ARRAY(task->arena, folds.n + 1, struct bb_assembly *);
    bool *in_test = BB_NEW_ARRAY(task->arena, recording.n + 1, bool),
         *keep = BB_NEW_ARRAY(task->arena, recording.n_presentations + 1, bool);
    for (size_t f = 0; f < folds.n; f++) {
        memset(in_test, 0, recording.n * sizeof *in_test);
        for (size_t i = 0; i < folds.fold[f].n_test; i++) in_test[folds.fold[f].test[i]] = true;
        for (size_t i = 0; i < recording.n_presentations; i++)
            keep[i] = recording.row_of[i] >= 0 && !in_test[recording.row_of[i]];
        n->train[f] = bb_assembly_keep(task->data, 0, keep);
    }
    return BB_OK;
}

static void free_training_parts(struct nesting *n)
{
    for (size_t f = 0; n->train && f < n->n_folds; f++) bb_assembly_free(n->train[f]);
}

/* The median over units of each split, from split × unit. */
static void medians(const struct bb_units *units, size_t n_folds, double *out)
{
    size_t width = units->n[1] ? units->n[1] : 1;
    for (size_t f = 0; f < n_folds; f++) out[f] = f < units->n[0] ? bb_nan_median(&units->value[f * width], width) : (double)NAN;
}

static enum bb_code score_layer(struct nesting *n, size_t layer, const struct bb_features *features, struct bb_err *err)
{
    struct bb_task task = *n->task;
    struct bb_metric_result result = {.raw = (double)NAN, .error = (double)NAN};
    task.features = features;
    for (size_t f = 0; f < n->n_folds; f++) n->test[layer * n->n_folds + f] = n->chosen[layer * n->n_folds + f] = (double)NAN;
    enum bb_code code = n->metric->score_features(&task, &result, err);
    if (code) return code;
    if (!result.units.value || !result.units.n[0]) return bb_fail(err, BB_ENUMERIC, "the metric keeps no values per split");
    medians(&result.units, n->n_folds, &n->test[layer * n->n_folds]);
    task.params = n->inner;
    for (size_t f = 0; f < n->n_folds; f++) {
        struct bb_arena *scratch = bb_arena_new(0);
        struct bb_metric_result inner = {.raw = (double)NAN, .error = (double)NAN};
        task.data = n->train[f];
        task.arena = scratch;
        if (n->metric->score_features(&task, &inner, NULL) == BB_OK) n->chosen[layer * n->n_folds + f] = inner.raw;
        bb_arena_free(scratch);
    }
    return BB_OK;
}

/* "layers chosen: conv2 in 7 of 10 splits, conv3 in 3" */
static const char *describe(const size_t *count, const char *const *layer, size_t n_layers, size_t n_folds,
                            struct bb_arena *arena)
{
    const char *text = NULL;
    for (size_t l = 0; l < n_layers; l++) {
        if (!count[l]) continue;
        if (!text)
            text = bb_arena_printf(arena, "layers chosen: %s in %zu of %zu splits", layer[l], count[l], n_folds);
        else
            text = bb_arena_printf(arena, "%s, %s in %zu", text, layer[l], count[l]);
    }
    return text;
}

static enum bb_code put_together(struct nesting *n, const char *const *layer, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_arena *arena = n->task->arena;
    double *value = BB_NEW_ARRAY(arena, n->n_folds + 1, double);
    size_t *count = BB_NEW_ARRAY(arena, n->n_layers + 1, size_t);
    for (size_t f = 0; f < n->n_folds; f++) {
        size_t best = n->n_layers;
        for (size_t l = 0; l < n->n_layers; l++) {
            double x = n->chosen[l * n->n_folds + f];
            if (!isnan(x) && (best == n->n_layers || x > n->chosen[best * n->n_folds + f])) best = l;
        }
        if (best == n->n_layers)
            return bb_fail(err, BB_ENUMERIC, "no layer could be scored within the training part of split %zu", f);
        value[f] = n->test[best * n->n_folds + f];
        count[best]++;
    }
    result->raw = bb_nan_mean(value, n->n_folds);
    result->error = bb_nan_sd(value, n->n_folds, 0) / sqrt((double)n->n_folds);
    result->error_kind = "split_sem";
    result->detail = describe(count, layer, n->n_layers, n->n_folds, arena);
    result->units = (struct bb_units){.axis = {"split"}, .label = {n->fold}, .n = {n->n_folds}, .value = value};
    return BB_OK;
}

/* Layers one after the other, so that each is read once. A layer that cannot be scored takes no part. */
static enum bb_code score_all(struct nesting *n, bb_layer_features *features, void *ctx, struct bb_err *err)
{
    bool any = false;
    n->test = BB_NEW_ARRAY(n->task->arena, n->n_layers * n->n_folds + 1, double);
    n->chosen = BB_NEW_ARRAY(n->task->arena, n->n_layers * n->n_folds + 1, double);
    for (size_t l = 0; l < n->n_layers; l++) {
        const struct bb_features *of_layer;
        enum bb_code code = features(ctx, l, &of_layer, err);
        if (!code) code = score_layer(n, l, of_layer, err);
        any = any || !code;
    }
    return any ? BB_OK : err ? err->code : BB_ENUMERIC;
}

enum bb_code bb_nested_score(const struct bb_task *task, const struct bb_metric *metric, bb_layer_features *features, void *ctx,
                             const char *const *layer, size_t n_layers, struct bb_metric_result *result, struct bb_err *err)
{
    struct nesting n = {.task = task, .metric = metric, .n_layers = n_layers};
    if (!metric->folds || !task->data)
        return bb_fail(err, BB_ENUMERIC, "a layer can be chosen inside training parts only where the metric draws splits");
    n.inner = bb_arena_alloc(task->arena, 1, metric->params_size);
    memcpy(n.inner, task->params, metric->params_size);
    metric->limit_splits(n.inner, INNER_SPLITS);
    enum bb_code code = find_training_parts(&n, err);
    if (!code) code = score_all(&n, features, ctx, err);
    if (!code) {
        if (err) err->code = BB_OK; /* some layer may have failed; the others did not */
        code = put_together(&n, layer, result, err);
    }
    free_training_parts(&n);
    return code;
}
