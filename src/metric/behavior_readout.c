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

/* The training part: its stimuli as rows of the features, their labels, and the values of `by` by which they are fitted apart. */
struct fitting {
    struct bb_stimuli stimuli;
    struct bb_truths truths;
    const int32_t *row, *part; /* per stimulus */
    struct bb_levels parts;    /* without `by`: one */
    const char *by;            /* NULL: none */
};

static enum bb_code find_parts(const struct bb_task *task, const char *whose, struct fitting *out, struct bb_err *err)
{
    const struct bb_stimuli *stimuli = &out->stimuli;
    const struct bb_coord *coord = bb_apart_by(task->data_train, task->by, task->arena);
    out->by = coord ? task->by : NULL;
    out->parts = bb_levels(coord, stimuli->of_row, stimuli->n_rows, task->arena);
    enum bb_code rc = bb_level_of_stimulus(stimuli, &out->parts, out->by ? out->by : "stimulus_id", task->arena, &out->part, err);
    for (size_t s = 0; s < stimuli->n && !rc; s++)
        if (out->part[s] < 0) rc = bb_fail(err, BB_EINPUT, "stimulus \"%s\" of %s has no \"%s\"", stimuli->id[s], whose, out->by);
    return rc;
}

static enum bb_code read_fitting(const struct bb_task *task, struct fitting *out, struct bb_err *err)
{
    static const char whose[] = "the training part of the recording";
    size_t absent;
    enum bb_code rc = bb_stimuli_of(task->data_train, whose, NULL, task->arena, &out->stimuli, err);
    if (!rc) rc = bb_truths_of(task->data_train, whose, &out->stimuli, task->arena, &out->truths, err);
    if (!rc) rc = find_parts(task, whose, out, err);
    if (rc) return rc;
    out->row = rows_of(task->features, &out->stimuli, task->arena, &absent);
    if (absent)
        return bb_fail(err, BB_EINPUT, "the model has no activations of %zu of the %zu stimuli that fit the readout", absent,
                       out->stimuli.n);
    if (out->truths.n < 2)
        return bb_fail(err, BB_EINPUT, "the stimuli that fit the readout have one label, \"%s\": a readout needs two",
                       out->truths.name[0]);
    return BB_OK;
}

/* Rows of the features that a regression needs, ascending, and where those stand among them that it is fitted on, and that it answers. */
struct needed {
    size_t *row, n;
    size_t *fit, n_fit, *test;
    int32_t *label; /* of those that fit */
};

static enum bb_code find_needed(const struct bb_task *task, const struct fitting *fitting, size_t part, const struct seen *seen,
                                struct bb_arena *arena, struct needed *out, struct bb_err *err)
{
    size_t n = task->features->n, *place = BB_NEW_ARRAY(arena, n + 1, size_t), k = fitting->truths.n;
    bool *wanted = BB_NEW_ARRAY(arena, n + 1, bool), *has = BB_NEW_ARRAY(arena, k, bool);
    *out = (struct needed){.row = BB_NEW_ARRAY(arena, n + 1, size_t),
                           .fit = BB_NEW_ARRAY(arena, fitting->stimuli.n, size_t),
                           .test = BB_NEW_ARRAY(arena, seen->n, size_t),
                           .label = BB_NEW_ARRAY(arena, fitting->stimuli.n, int32_t)};
    for (size_t i = 0; i < seen->n; i++) wanted[seen->row[i]] = true;
    for (size_t s = 0; s < fitting->stimuli.n; s++) wanted[fitting->row[s]] |= fitting->part[s] == (int32_t)part;
    for (size_t i = 0; i < n; i++) {
        place[i] = out->n;
        if (wanted[i]) out->row[out->n++] = i;
    }
    for (size_t i = 0; i < seen->n; i++) out->test[i] = place[seen->row[i]];
    for (size_t s = 0; s < fitting->stimuli.n; s++) {
        if (fitting->part[s] != (int32_t)part) continue;
        has[fitting->truths.of_stimulus[s]] = true;
        out->label[out->n_fit] = fitting->truths.of_stimulus[s];
        out->fit[out->n_fit++] = place[fitting->row[s]];
    }
    for (size_t c = 0; c < k; c++)
        if (!has[c])
            return bb_fail(err, BB_EINPUT,
                           "no stimulus of %s \"%s\" that fits its readout has the label \"%s\", which others have", fitting->by,
                           fitting->parts.name[part], fitting->truths.name[c]);
    return BB_OK;
}

struct adding {
    const struct needed *needed;
    struct bb_standard *standard;
};

static enum bb_code add_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    (void)first;
    const struct adding *adding = ctx;
    for (size_t i = 0; i < adding->needed->n; i++) memmove(X + i * width, X + adding->needed->row[i] * width, width * sizeof *X);
    return bb_standard_add(adding->standard, X, width, err);
}

static double *rows_at(const double *Z, size_t r, const size_t *row, size_t n, struct bb_arena *arena)
{
    double *out = BB_NEW_ARRAY(arena, n * r, double);
    for (size_t i = 0; i < n; i++) memcpy(out + i * r, Z + row[i] * r, r * sizeof *out);
    return out;
}

/* p (seen × labels) of the regression of one part. */
static enum bb_code read_part(const struct bb_task *task, const struct fitting *fitting, size_t part, const struct seen *seen,
                              struct bb_arena *arena, double *p, struct bb_err *err)
{
    struct needed needed;
    struct bb_logistic logistic;
    const double *Z;
    size_t r = 0;
    enum bb_code rc = find_needed(task, fitting, part, seen, arena, &needed, err);
    if (rc) return rc;
    struct adding adding = {&needed, bb_standard_begin(needed.n, needed.fit, needed.n_fit)};
    rc = task->features->stream(task->features, add_block, &adding, err);
    if (rc) {
        bb_standard_abandon(adding.standard);
        return rc;
    }
    rc = bb_standard_finish(adding.standard, arena, &Z, &r, err);
    if (rc) return rc;
    double *fit = rows_at(Z, r, needed.fit, needed.n_fit, arena), *test = rows_at(Z, r, needed.test, seen->n, arena);
    rc = bb_logistic_fit(fit, needed.n_fit, r, needed.label, fitting->truths.n, C, arena, &logistic, err);
    if (!rc) bb_logistic_apply(&logistic, test, seen->n, p);
    return rc;
}

static enum bb_code read_by_regression(const struct bb_task *task, const struct seen *seen, struct bb_assembly **out,
                                       const char **how, struct bb_err *err)
{
    struct fitting fitting;
    enum bb_code rc = read_fitting(task, &fitting, err);
    if (rc) return rc;
    size_t k = fitting.truths.n, parts = fitting.parts.n, n = parts * seen->n;
    double *p = BB_NEW_ARRAY(task->arena, n * k, double);
    const char **stimulus = BB_NEW_ARRAY(task->arena, n, const char *), **level = BB_NEW_ARRAY(task->arena, n, const char *);
    for (size_t i = 0; i < n; i++) stimulus[i] = seen->stimulus[i % seen->n];
    for (size_t i = 0; i < n; i++) level[i] = fitting.parts.name[i / seen->n];
    for (size_t part = 0; part < parts && !rc; part++) {
        struct bb_arena *arena = bb_arena_new(0); /* each needs much room */
        rc = read_part(task, &fitting, part, seen, arena, p + part * seen->n * k, err);
        bb_arena_free(arena);
    }
    if (rc) return rc;
    *out = bb_assembly_of_probabilities(stimulus, n, fitting.truths.name, k, p);
    if (fitting.by) bb_assembly_add_text(*out, fitting.by, level);
    *how = fitting.by ? bb_arena_printf(task->arena,
                                        "choices read out by %zu logistic regressions, one for each %s, on %zu fitting stimuli",
                                        parts, fitting.by, fitting.stimuli.n)
                      : bb_arena_printf(task->arena, "choices read out by a logistic regression on %zu fitting stimuli",
                                        fitting.stimuli.n);
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
