#include "metric/behavior_readout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/behavior.h"
#include "metric/choices.h"
#include "metric/imagenet_labels.h"
#include "numeric/logistic.h"
#include "numeric/standard.h"

static const double C = 1e-3; /* the reference's */

/* The row of the features of each stimulus; `absent` counts those without (−1). */
static const int32_t *rows_of(const struct bb_features *features, const struct bb_stimuli *stimuli, struct bb_arena *arena,
                              size_t *absent)
{
    const int32_t *row = bb_match_names(stimuli->id, stimuli->n, features->stimulus, features->n, arena);
    *absent = 0;
    for (size_t s = 0; s < stimuli->n; s++) *absent += row[s] < 0;
    return row;
}

/* The stimuli of the recording that there are features of. */
struct seen {
    const char **stimulus;
    size_t *row; /* of the features */
    size_t n;
};

static enum bb_code find_seen(const struct bb_task *task, const struct bb_stimuli *stimuli, struct seen *out, struct bb_err *err)
{
    size_t absent;
    const int32_t *row = rows_of(task->features, stimuli, task->arena, &absent);
    out->stimulus = BB_NEW_ARRAY(task->arena, stimuli->n, const char *);
    out->row = BB_NEW_ARRAY(task->arena, stimuli->n, size_t);
    out->n = 0;
    for (size_t s = 0; s < stimuli->n; s++) {
        if (row[s] < 0) continue;
        out->stimulus[out->n] = stimuli->id[s];
        out->row[out->n++] = (size_t)row[s];
    }
    if (out->n) return BB_OK;
    return bb_fail(err, BB_EINPUT,
                   "the model has activations of none of the %zu stimuli of the recording: the first is \"%s\", its own \"%s\"",
                   stimuli->n, stimuli->id[0], task->features->n ? task->features->stimulus[0] : "");
}

/* --- a regression on fitting stimuli ------------------------------------------------------------------------------------ */

static enum bb_code add_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    (void)first;
    return bb_standard_add(ctx, X, width, err);
}

/* Rows of the features that fit, and the labels of those. */
struct fitting {
    struct bb_truths truths;
    size_t *row, n;
    const int32_t *label;
};

static enum bb_code read_fitting(const struct bb_task *task, struct fitting *out, struct bb_err *err)
{
    static const char whose[] = "the training part of the recording";
    struct bb_stimuli stimuli;
    size_t absent;
    enum bb_code rc = bb_stimuli_of(task->data_train, whose, NULL, task->arena, &stimuli, err);
    if (!rc) rc = bb_truths_of(task->data_train, whose, &stimuli, task->arena, &out->truths, err);
    if (rc) return rc;
    const int32_t *row = rows_of(task->features, &stimuli, task->arena, &absent);
    if (absent)
        return bb_fail(err, BB_EINPUT, "the model has no activations of %zu of the %zu stimuli that fit the readout", absent,
                       stimuli.n);
    if (out->truths.n < 2)
        return bb_fail(err, BB_EINPUT, "the stimuli that fit the readout have one label, \"%s\": a readout needs two",
                       out->truths.name[0]);
    out->row = BB_NEW_ARRAY(task->arena, stimuli.n, size_t);
    out->n = stimuli.n;
    out->label = out->truths.of_stimulus;
    for (size_t s = 0; s < stimuli.n; s++) out->row[s] = (size_t)row[s];
    return BB_OK;
}

static enum bb_code read_by_regression(const struct bb_task *task, const struct seen *seen, struct bb_assembly **out,
                                       const char **how, struct bb_err *err)
{
    struct fitting fitting;
    const double *Z;
    size_t r = 0;
    enum bb_code rc = read_fitting(task, &fitting, err);
    if (rc) return rc;
    struct bb_standard *standard = bb_standard_begin(task->features->n, fitting.row, fitting.n);
    rc = task->features->stream(task->features, add_block, standard, err);
    if (rc) {
        bb_standard_abandon(standard);
        return rc;
    }
    rc = bb_standard_finish(standard, task->arena, &Z, &r, err);
    if (rc) return rc;
    size_t k = fitting.truths.n;
    double *fit = BB_NEW_ARRAY(task->arena, fitting.n * r, double), *test = BB_NEW_ARRAY(task->arena, seen->n * r, double);
    double *p = BB_NEW_ARRAY(task->arena, seen->n * k, double);
    for (size_t i = 0; i < fitting.n; i++) memcpy(fit + i * r, Z + fitting.row[i] * r, r * sizeof *fit);
    for (size_t i = 0; i < seen->n; i++) memcpy(test + i * r, Z + seen->row[i] * r, r * sizeof *test);
    struct bb_logistic logistic;
    rc = bb_logistic_fit(fit, fitting.n, r, fitting.label, k, C, task->arena, &logistic, err);
    if (rc) return rc;
    bb_logistic_apply(&logistic, test, seen->n, p);
    *out = bb_assembly_of_probabilities(seen->stimulus, seen->n, fitting.truths.name, k, p);
    *how = bb_arena_printf(task->arena, "choices read out by a logistic regression on %zu fitting stimuli", fitting.n);
    return BB_OK;
}

/* --- classes of ImageNet --------------------------------------------------------------------------------------------------- */

struct logits {
    size_t n, p;
    double *value; /* n × p, p unknown until the end: no more than the classes are kept */
};

static enum bb_code keep_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    (void)err;
    struct logits *l = ctx;
    for (size_t j = 0; j < width; j++) {
        if (first + j + 1 > l->p) l->p = first + j + 1;
        if (first + j >= BB_IMAGENET_CLASSES) continue;
        for (size_t i = 0; i < l->n; i++) l->value[i * BB_IMAGENET_CLASSES + first + j] = X[i * width + j];
    }
    return BB_OK;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Probabilities of the classes in place of the logits. */
static void softmax(double *x)
{
    double most = x[0], sum = 0;
    for (size_t c = 1; c < BB_IMAGENET_CLASSES; c++) most = fmax(most, x[c]);
    for (size_t c = 0; c < BB_IMAGENET_CLASSES; c++) sum += x[c] = exp(x[c] - most);
    for (size_t c = 0; c < BB_IMAGENET_CLASSES; c++) x[c] /= sum;
}

static double category_mean(const double *p, const struct bb_class_range *range, size_t n)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        for (short c = range[i].first; c <= range[i].last; c++, count++) sum += p[c];
    return sum / (double)count;
}

/* p (n × k) from those of the classes; sums to one, which changes no order. */
static enum bb_code pool(const double *classes, size_t n, const char *const *label, size_t k, double *p, struct bb_err *err)
{
    for (size_t c = 0; c < k; c++) {
        size_t n_ranges;
        const struct bb_class_range *range = bb_imagenet_category(label[c], &n_ranges);
        if (!range)
            return bb_fail(
                err, BB_EINPUT,
                "\"%s\" is no category that is known as a set of ImageNet classes: give the model's choices instead of logits",
                label[c]);
        for (size_t i = 0; i < n; i++) p[i * k + c] = category_mean(classes + i * BB_IMAGENET_CLASSES, range, n_ranges);
    }
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t c = 0; c < k; c++) sum += p[i * k + c];
        for (size_t c = 0; c < k; c++) p[i * k + c] /= sum;
    }
    return BB_OK;
}

/* Logits of the stimuli that count, n × 1,000. */
static enum bb_code read_logits(const struct bb_task *task, const struct seen *seen, double **out, struct bb_err *err)
{
    const struct bb_features *f = task->features;
    struct logits logits = {.n = f->n, .value = BB_NEW_ARRAY(task->arena, f->n * BB_IMAGENET_CLASSES, double)};
    enum bb_code rc = f->stream(f, keep_block, &logits, err);
    if (rc) return rc;
    if (logits.p != BB_IMAGENET_CLASSES)
        return bb_fail(
            err, BB_EINPUT,
            "choices can be read out of the 1,000 logits of ImageNet classes, and the layer \"%s\" has %zu features: give the "
            "model's choices, or its logits",
            f->layer ? f->layer : "", logits.p);
    *out = BB_NEW_ARRAY(task->arena, seen->n * BB_IMAGENET_CLASSES, double);
    for (size_t i = 0; i < seen->n; i++)
        memcpy(*out + i * BB_IMAGENET_CLASSES, logits.value + seen->row[i] * BB_IMAGENET_CLASSES,
               BB_IMAGENET_CLASSES * sizeof **out);
    return BB_OK;
}

/* Whether the truths are classes of ImageNet themselves, all of them or some (as in ObjectNet). */
static bool are_classes(const struct bb_truths *truths)
{
    bool all = true;
    for (size_t t = 0; t < truths->n && all; t++) all = bb_is_imagenet_class(truths->name[t]);
    return all;
}

static enum bb_code read_classes(const struct bb_task *task, const struct bb_stimuli *stimuli, const struct seen *seen,
                                 struct bb_assembly **out, const char **how, struct bb_err *err)
{
    struct bb_truths truths;
    double *classes = NULL;
    const struct bb_asked asked = bb_asked_of(task);
    enum bb_code rc = bb_truths_of(asked.table, asked.whose, stimuli, task->arena, &truths, err);
    if (!rc) rc = read_logits(task, seen, &classes, err);
    if (rc) return rc;
    const char **label = BB_NEW_ARRAY(task->arena, truths.n, const char *);
    memcpy(label, truths.name, truths.n * sizeof *label);
    qsort(label, truths.n, sizeof *label, compare_texts);
    for (size_t i = 0; i < seen->n; i++) softmax(classes + i * BB_IMAGENET_CLASSES);
    if (are_classes(&truths)) {
        *out = bb_assembly_of_probabilities(seen->stimulus, seen->n, bb_imagenet_classes(task->arena), BB_IMAGENET_CLASSES, classes);
    } else {
        double *p = BB_NEW_ARRAY(task->arena, seen->n * truths.n, double);
        rc = pool(classes, seen->n, label, truths.n, p, err);
        if (rc) return rc;
        *out = bb_assembly_of_probabilities(seen->stimulus, seen->n, label, truths.n, p);
    }
    *how = "choices read out of logits of ImageNet classes";
    return BB_OK;
}

enum bb_code bb_behavior_readout(const struct bb_task *task, struct bb_assembly **out, const char **how, struct bb_err *err)
{
    struct bb_stimuli stimuli;
    struct seen seen;
    const struct bb_asked asked = bb_asked_of(task);
    if (!asked.table)
        return bb_fail(err, BB_EINPUT,
                       "the model gives activations, and the benchmark has no data that say which labels there are");
    if (!task->features->stream)
        return bb_fail(err, BB_EINPUT, "the model gives Gram matrices, and choices are read out of the features themselves");
    enum bb_code rc = bb_stimuli_of(asked.table, asked.whose, task->items, task->arena, &stimuli, err);
    if (!rc) rc = find_seen(task, &stimuli, &seen, err);
    if (rc) return rc;
    return task->data_train ? read_by_regression(task, &seen, out, how, err) : read_classes(task, &stimuli, &seen, out, how, err);
}
