#include "metric/subject_similarity.h"

#include <math.h>

#include "base/json.h"
#include "metric/features.h"
#include "metric/recording.h"
#include "numeric/stats.h"

struct params {
    const char *subject;
};

static const struct bb_field fields[] = {
    {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, subject)},
};

/* The subject's units as the features of a model. */
static enum bb_code features_of_subject(const struct bb_recording *recording, size_t subject, struct bb_arena *arena,
                                        struct bb_features **out, struct bb_err *err)
{
    size_t p = 0;
    for (size_t j = 0; j < recording->q; j++) p += (size_t)recording->subject_of[j] == subject;
    double *X = BB_NEW_ARRAY(arena, recording->n * p, double);
    for (size_t i = 0, k = 0; i < recording->n; i++)
        for (size_t j = 0; j < recording->q; j++)
            if ((size_t)recording->subject_of[j] == subject) X[k++] = recording->Y[i * recording->q + j];
    return bb_features_of_matrix(recording->stimulus, X, recording->n, p, recording->subject[subject], out, err);
}

static enum bb_code compare(const struct bb_task *task, const struct bb_metric *metric, const struct bb_features *features,
                            const struct bb_recording *recording, size_t subject, double *out, struct bb_err *err)
{
    struct bb_assembly *data = bb_assembly_of_subject(recording, subject);
    struct bb_metric_result result = {0};
    struct bb_task own = *task;
    own.features = features;
    own.data = data;
    own.n_time_bins = 0; /* averaged already */
    enum bb_code rc = metric->score_features(&own, &result, err);
    bb_assembly_free(data);
    *out = result.raw;
    return rc;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *ceiling_params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    const struct params *params = ceiling_params;
    struct bb_recording recording;
    enum bb_code rc = bb_recording_of(task, task->data, params->subject, &recording, err);
    if (!rc) rc = bb_recording_complete(&recording, "the similarity of subjects", false, err);
    if (rc) return rc;
    size_t n = recording.n_subjects, n_pairs = n * (n - 1) / 2, k = 0;
    if (n < 2) return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and a ceiling from pairs of subjects needs two");
    double *value = BB_NEW_ARRAY(task->arena, n_pairs, double);
    const char **label = BB_NEW_ARRAY(task->arena, n_pairs, const char *);
    for (size_t a = 0; !rc && a < n; a++) {
        struct bb_features *features = NULL;
        if (a + 1 < n) rc = features_of_subject(&recording, a, task->arena, &features, err);
        for (size_t b = a + 1; !rc && b < n; b++, k++) {
            label[k] = bb_arena_printf(task->arena, "%s, %s", recording.subject[a], recording.subject[b]);
            rc = compare(task, metric, features, &recording, b, &value[k], err);
        }
        bb_features_of_matrix_free(features);
    }
    if (rc) return rc;
    *result = (struct bb_ceiling_result){.value = bb_mean(value, n_pairs), .error = NAN, .lower = NAN, .n = n_pairs};
    if (n_pairs > 1) {
        result->error = bb_sd(value, n_pairs, 1);
        result->error_kind = "pair_sd";
    }
    result->units = (struct bb_units){.axis = {"pair"}, .label = {label}, .n = {n_pairs}, .value = value};
    return BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "value", NULL};
static const char *const metrics[] = {"cka", "cka_biased", NULL};

const struct bb_ceiling bb_subject_similarity = {
    .name = "subject_similarity",
    .version = 1,
    .title = "Similarity of subjects",
    .formula = "mean over pairs of subjects of the metric between their neuroids",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
