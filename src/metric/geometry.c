#include "metric/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/stats.h"

const char *const bb_per_choices[] = {"whole", "subject", NULL};
const char *const bb_dialect_choices[] = {"vision", "language", NULL};

void bb_geometry_finish(struct bb_geometry_params *params, struct bb_arena *arena, struct bb_diags *diags)
{
    bool cross_validated = params->split_json || params->dialect == BB_LANGUAGE;
    params->split = (struct bb_split_spec){
        .kind = cross_validated ? BB_SPLIT_TEST_ONLY : BB_SPLIT_NONE, .splits = 10, .seed = 1, .train = NAN, .test = .9};
    bb_split_read(params->split_json, &params->split, arena, diags);
    if (params->split.kind != BB_SPLIT_NONE && params->split.kind != BB_SPLIT_TEST_ONLY)
        bb_diag_add(
            diags, BB_ERROR, params->split_json->place,
            "\"kind\" of the split must be \"none\" or \"test_only\" here: nothing is fitted, so there is nothing to train");
}

enum bb_code bb_gram_of_subject(const struct bb_recording *recording, size_t subject, const struct bb_geometry *geometry,
                                struct bb_gram **out, struct bb_err *err)
{
    size_t n = recording->n, p = 0;
    double *X = bb_malloc((n * recording->q + 1) * sizeof *X);
    for (size_t j = 0; j < recording->q; j++)
        p += subject == BB_ALL_SUBJECTS || (size_t)recording->subject_of[j] == subject ? 1 : 0;
    for (size_t i = 0, k = 0; i < n; i++)
        for (size_t j = 0; j < recording->q; j++)
            if (subject == BB_ALL_SUBJECTS || (size_t)recording->subject_of[j] == subject)
                X[k++] = recording->Y[i * recording->q + j];
    struct bb_gram_builder *builder = bb_gram_begin(n, p);
    enum bb_code rc = BB_OK;
    if (p < geometry->min_neuroids)
        rc = bb_fail(err, BB_ENUMERIC, "%s%s has %zu neuroid%s, and %s needs at least %zu",
                     subject == BB_ALL_SUBJECTS ? "the recording" : "subject ",
                     subject == BB_ALL_SUBJECTS ? "" : recording->subject[subject], p, p == 1 ? "" : "s", geometry->what,
                     geometry->min_neuroids);
    if (!rc) rc = bb_gram_add(builder, X, p, err);
    free(X);
    if (rc)
        bb_gram_abandon(builder);
    else
        *out = bb_gram_finish(builder);
    return rc;
}

/*
 * Scoring.
 */
struct work {
    const struct bb_geometry *geometry;
    struct bb_recording recording;
    const size_t *row_of_model; /* of each row of the recording */
    struct bb_folds folds;
    struct bb_gram **subject; /* one, of all neuroids, or one for each subject */
    size_t n_subjects;
    double *value;        /* splits × subjects */
    double *model, *data; /* n × n each */
};

static enum bb_code prepare(const struct bb_task *task, const struct bb_geometry_params *params, struct work *work,
                            struct bb_err *err)
{
    struct bb_recording *recording = &work->recording;
    enum bb_code rc = bb_recording_of(task, task->data, params->subject, recording, err);
    if (!rc) rc = bb_recording_match(recording, task->features, task->arena, &work->row_of_model, err);
    if (!rc) rc = bb_recording_complete(recording, work->geometry->what, false, err);
    if (!rc) rc = bb_split_folds(&params->split, recording, task->arena, &work->folds, err);
    if (rc) return rc;
    if (task->features->gram->p < work->geometry->min_neuroids)
        return bb_fail(err, BB_ENUMERIC, "the model has %zu feature, and %s needs at least %zu", task->features->gram->p,
                       work->geometry->what, work->geometry->min_neuroids);
    bool per_subject = params->per == BB_PER_SUBJECT;
    work->n_subjects = per_subject ? recording->n_subjects : 1;
    work->subject = BB_NEW_ARRAY(task->arena, work->n_subjects, struct bb_gram *);
    work->value = BB_NEW_ARRAY(task->arena, work->folds.n * work->n_subjects, double);
    for (size_t s = 0; !rc && s < work->n_subjects; s++)
        rc = bb_gram_of_subject(recording, per_subject ? s : BB_ALL_SUBJECTS, work->geometry, &work->subject[s], err);
    return rc;
}

static enum bb_code undefined_row(const struct work *work, const char *whose, const struct bb_fold *fold, size_t row,
                                  struct bb_err *err)
{
    return bb_fail(err, BB_ENUMERIC, "%s is not defined for stimulus \"%s\": %s are all equal for it", work->geometry->what,
                   work->recording.stimulus[fold->test[row]], whose);
}

static enum bb_code compare_fold(const struct bb_task *task, struct work *work, size_t split, struct bb_err *err)
{
    const struct bb_fold *fold = &work->folds.fold[split];
    size_t n = fold->n_test, *rows = BB_NEW_ARRAY(task->arena, n, size_t);
    if (n < work->geometry->min_stimuli)
        return bb_fail(err, BB_ENUMERIC, "%zu stimuli are compared, and %s needs at least %zu", n, work->geometry->what,
                       work->geometry->min_stimuli);
    for (size_t i = 0; i < n; i++) rows[i] = work->row_of_model[fold->test[i]];
    size_t bad = work->geometry->represent(task->features->gram, rows, n, work->model);
    if (bad < n) return undefined_row(work, "the model's features", fold, bad, err);
    for (size_t s = 0; s < work->n_subjects; s++) {
        const char *subject = work->recording.subject[s];
        bad = work->geometry->represent(work->subject[s], fold->test, n, work->data);
        if (bad < n) return undefined_row(work, "the recording's neuroids", fold, bad, err);
        double value = work->geometry->compare(work->model, work->data, n);
        if (isnan(value))
            return bb_fail(err, BB_ENUMERIC, "the comparison%s%s is not defined: on one side all stimuli are alike",
                           work->n_subjects > 1 ? " with subject " : "", work->n_subjects > 1 ? subject : "");
        work->value[split * work->n_subjects + s] = value;
    }
    return BB_OK;
}

static void set_units(const struct bb_task *task, const struct bb_geometry_params *params, const struct work *work,
                      struct bb_units *units)
{
    size_t axes = 0, splits = work->folds.n;
    bool has_splits = params->split.kind != BB_SPLIT_NONE, has_subjects = params->per == BB_PER_SUBJECT;
    if (!has_splits && !has_subjects) return;
    units->value = work->value;
    if (has_splits) {
        units->axis[axes] = "split";
        units->label[axes] = bb_split_labels(splits, task->arena);
        units->n[axes++] = splits;
    }
    if (has_subjects) {
        units->axis[axes] = "subject";
        units->label[axes] = work->recording.subject;
        units->n[axes++] = work->n_subjects;
    }
}

static void aggregate(const struct bb_task *task, const struct bb_geometry_params *params, const struct work *work,
                      struct bb_metric_result *result)
{
    size_t splits = work->folds.n, subjects = work->n_subjects;
    double *split = BB_NEW_ARRAY(task->arena, splits, double);
    for (size_t s = 0; s < splits; s++) split[s] = bb_mean(work->value + s * subjects, subjects);
    result->raw = bb_mean(split, splits);
    result->n = work->recording.n;
    result->error = NAN;
    set_units(task, params, work, &result->units);
    if (params->split.kind != BB_SPLIT_NONE && params->dialect != BB_LANGUAGE) {
        result->error = bb_sd(split, splits, 0) / sqrt((double)splits);
        result->error_kind = "split_sem";
    } else if (params->split.kind == BB_SPLIT_NONE && subjects > 1) {
        result->error = bb_sd(work->value, subjects, 1) / sqrt((double)subjects);
        result->error_kind = "subject_sem";
    }
}

enum bb_code bb_geometry_score(const struct bb_task *task, const struct bb_geometry_params *params,
                               const struct bb_geometry *geometry, struct bb_metric_result *result, struct bb_err *err)
{
    struct work work = {.geometry = geometry};
    enum bb_code rc = prepare(task, params, &work, err);
    size_t n = work.recording.n;
    if (!rc) {
        work.model = bb_malloc((n * n + 1) * sizeof *work.model);
        work.data = bb_malloc((n * n + 1) * sizeof *work.data);
    }
    for (size_t s = 0; !rc && s < work.folds.n; s++) rc = compare_fold(task, &work, s, err);
    if (!rc) aggregate(task, params, &work, result);
    for (size_t s = 0; s < work.n_subjects; s++) bb_gram_free(work.subject[s]);
    free(work.model);
    free(work.data);
    return rc;
}
