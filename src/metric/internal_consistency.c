#include "metric/internal_consistency.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "metric/neuroid_ceiling.h"
#include "metric/selection.h"

struct params {
    long splits, seed;
    double train;
    const char *on, *subject;
    bool complete;
};

const struct bb_field bb_internal_consistency_fields[] = {
    {.key = "splits", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, splits), .absent = 10, .min = 1, .max = 10000},
    {.key = "train", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, train), .min = 1e-6, .max = 1 - 1e-6},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .absent = 1, .max = 4294967295.},
    {.key = "on", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, on)},
    {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, subject)},
    {.key = "complete", .kind = BB_FIELD_BOOL, .offset = offsetof(struct params, complete)},
};

_Static_assert(sizeof bb_internal_consistency_fields / sizeof bb_internal_consistency_fields[0] == BB_INTERNAL_CONSISTENCY_FIELDS,
               "the header counts the fields");
_Static_assert(sizeof(struct params) <= BB_INTERNAL_CONSISTENCY_PARAMS, "the header has room for the parameters");

/* Means of the presentations whose repetition is one of value[0..n). */
static enum bb_code average_half(const struct bb_recording *recording, const struct bb_repetitions *repetitions,
                                 const size_t *value, size_t n, double *out, struct bb_err *err)
{
    bool *chosen = bb_calloc(repetitions->n, sizeof *chosen),
         *include = bb_calloc(recording->n_presentations + 1, sizeof *include);
    bool *seen = bb_calloc(recording->n + 1, sizeof *seen);
    for (size_t k = 0; k < n; k++) chosen[value[k]] = true;
    for (size_t i = 0; i < recording->n_presentations; i++) {
        include[i] = repetitions->of_presentation[i] >= 0 && chosen[repetitions->of_presentation[i]];
        if (include[i]) seen[recording->row_of[i]] = true;
    }
    bb_recording_average(recording, include, out);
    size_t unseen = 0;
    while (unseen < recording->n && seen[unseen]) unseen++;
    free(seen);
    free(include);
    free(chosen);
    if (unseen == recording->n) return BB_OK;
    return bb_fail(
        err, BB_ENUMERIC,
        "stimulus \"%s\" was not presented in any of the repetitions of one half, so that the halves cannot be compared",
        recording->stimulus[unseen]);
}

static enum bb_code correlate_halves(const struct bb_recording *recording, const struct bb_repetitions *repetitions,
                                     const struct bb_fold *fold, double *half, double *r, struct bb_err *err)
{
    double *other = half + recording->n * recording->q;
    enum bb_code rc = average_half(recording, repetitions, fold->train, fold->n_train, half, err);
    if (!rc) rc = average_half(recording, repetitions, fold->test, fold->n_test, other, err);
    if (!rc) bb_corrected_columns(half, other, recording->n, recording->q, r);
    return rc;
}

/* The corrected correlations of each split and neuroid, of the presentations of `data`. */
static enum bb_code consistencies(const struct bb_task *task, const struct bb_assembly *data, const struct params *params,
                                  double **value, struct bb_err *err)
{
    struct bb_recording recording;
    struct bb_repetitions repetitions;
    struct bb_folds folds;
    struct bb_share share = {isnan(params->train) ? .5 : params->train, NAN};
    enum bb_code rc = bb_recording_of(task, data, params->subject, &recording, err);
    if (!rc) rc = bb_repetitions_of(&recording, params->on, task->arena, &repetitions, err);
    if (!rc)
        rc = bb_shuffle_split(repetitions.n, (size_t)params->splits, share, (uint32_t)params->seed, task->arena, &folds, err);
    if (rc) return rc;
    *value = BB_NEW_ARRAY(task->arena, folds.n * recording.q, double);
    double *half = bb_malloc((2 * recording.n * recording.q + 1) * sizeof *half);
    for (size_t s = 0; !rc && s < folds.n; s++)
        rc = correlate_halves(&recording, &repetitions, &folds.fold[s], half, *value + s * recording.q, err);
    free(half);
    return rc;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *ceiling_params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    const struct params *params = ceiling_params;
    struct bb_recording recording; /* names neuroids and subjects, also those of the presentations that count */
    struct bb_assembly *complete = NULL;
    double *value;
    enum bb_code rc = bb_recording_of(task, task->data, params->subject, &recording, err);
    if (!rc && params->complete) rc = bb_drop_presentations_with_gaps(task->data, &complete, err);
    if (!rc) rc = consistencies(task, complete ? complete : task->data, params, &value, err);
    bb_assembly_free(complete);
    return rc ? rc : bb_neuroid_ceiling(&recording, value, (size_t)params->splits, task->arena, result, err);
}

static const char *const data_coords[] = {"stimulus_id", "value", NULL};

const struct bb_ceiling bb_internal_consistency = {
    .name = "internal_consistency",
    .version = 1,
    .title = "Internal consistency",
    .formula = "mean over splits of the median over neuroids of 2r / (1 + r), r the correlation of two halves of the repetitions",
    .fields = bb_internal_consistency_fields,
    .n_fields = BB_INTERNAL_CONSISTENCY_FIELDS,
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .compute = compute,
};
