#include "metric/roi_rdm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/align.h"
#include "metric/rdm.h"
#include "metric/recording.h"
#include "numeric/stats.h"

struct params {
    const char *voxel, *subject;
};

static const struct bb_field fields[] = {
    {.key = "voxel", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, voxel)},
    {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, subject)},
};

struct work {
    struct bb_recording recording;
    double *Y; /* n × q, each column without its mean */
    size_t n, n_pairs, *row;
};

static enum bb_code begin(const struct bb_task *task, struct work *work, struct bb_err *err)
{
    const struct params *params = task->params;
    struct bb_recording *recording = &work->recording;
    enum bb_code rc = bb_recording_of(task, task->data, params->subject, recording, err);
    if (!rc) rc = bb_recording_complete(recording, "an RDM", false, err);
    if (rc) return rc;
    size_t n = recording->n, q = recording->q;
    if (n < BB_MIN_ITEMS)
        return bb_fail(err, BB_ENUMERIC, "the recording has %zu stimuli, and an RDM needs at least %d", n, BB_MIN_ITEMS);
    work->n = n;
    work->n_pairs = n * (n - 1) / 2;
    work->row = BB_NEW_ARRAY(task->arena, n, size_t);
    work->Y = BB_NEW_ARRAY(task->arena, n * q, double);
    for (size_t i = 0; i < n; i++) work->row[i] = i;
    for (size_t j = 0; j < q; j++) {
        double mean = 0;
        for (size_t i = 0; i < n; i++) mean += recording->Y[i * q + j] / (double)n;
        for (size_t i = 0; i < n; i++) work->Y[i * q + j] = recording->Y[i * q + j] - mean;
    }
    return BB_OK;
}

/* The dissimilarities of X (n × p), n (n − 1) / 2 numbers into out. `whose` for messages. */
static enum bb_code rdm_of(const struct work *work, double *X, size_t p, const char *whose, double *out, struct bb_err *err)
{
    struct bb_gram_builder *builder = bb_gram_begin(work->n, p);
    double *scratch = bb_malloc((work->n * work->n + 1) * sizeof *scratch);
    enum bb_code rc = bb_gram_add(builder, X, p, err);
    if (rc) {
        bb_gram_abandon(builder);
    } else {
        struct bb_gram *gram = bb_gram_finish(builder);
        size_t bad = bb_rdm_triangle(gram, work->row, work->n, scratch);
        bb_gram_free(gram);
        memcpy(out, scratch, work->n_pairs * sizeof *out);
        if (bad < work->n)
            rc = bb_fail(err, BB_ENUMERIC, "the RDM of %s is not defined for stimulus \"%s\": %zu voxel%s respond equally to it",
                         whose, work->recording.stimulus[bad], p, p == 1 ? "" : "s");
    }
    free(scratch);
    return rc;
}

static enum bb_code rdm_of_all(const struct bb_task *task, const struct work *work, double *out, struct bb_err *err)
{
    const struct params *params = task->params;
    const char *name = params->voxel ? params->voxel : "voxels";
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(task->data, name, BB_THE_RECORDING, task->arena, &coord, err);
    if (rc) return rc;
    if (coord->dim != 1) return bb_fail(err, BB_EINPUT, "\"%s\" of the recording is not along its neuroids", name);
    struct bb_groups voxel = bb_coord_groups(coord, task->arena);
    size_t n = work->n, q = work->recording.q, p = voxel.n_groups, *count = bb_calloc(p + 1, sizeof *count);
    double *X = bb_calloc(n * p + 1, sizeof *X);
    for (size_t j = 0; j < q; j++) {
        if (voxel.group[j] < 0) continue;
        count[voxel.group[j]]++;
        for (size_t i = 0; i < n; i++) X[i * p + (size_t)voxel.group[j]] += work->Y[i * q + j];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t v = 0; v < p; v++) X[i * p + v] /= (double)count[v];
    rc = rdm_of(work, X, p, "all people", out, err);
    free(X);
    free(count);
    return rc;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct work work;
    const size_t *row;
    enum bb_code rc = begin(task, &work, err);
    if (!rc) rc = bb_recording_match(&work.recording, task->features, task->arena, &row, err);
    if (rc) return rc;
    double *people = BB_NEW_ARRAY(task->arena, work.n_pairs, double), *model = BB_NEW_ARRAY(task->arena, work.n * work.n, double);
    rc = rdm_of_all(task, &work, people, err);
    if (rc) return rc;
    size_t bad = bb_rdm_triangle(task->features->gram, row, work.n, model);
    if (bad < work.n)
        return bb_fail(err, BB_ENUMERIC,
                       "the RDM of the model is not defined for stimulus \"%s\": its features are all equal for it",
                       work.recording.stimulus[bad]);
    result->raw = bb_spearman(model, people, work.n_pairs);
    result->error = NAN;
    result->n = work.n;
    if (isnan(result->raw))
        return bb_fail(err, BB_ENUMERIC, "the correlation of the RDMs is not defined: on one side all stimuli are alike");
    return BB_OK;
}

/* The voxels of one subject. */
static enum bb_code rdm_of_subject(const struct work *work, size_t subject, double *out, struct bb_err *err)
{
    size_t n = work->n, q = work->recording.q, p = 0;
    double *X = bb_malloc((n * q + 1) * sizeof *X);
    for (size_t j = 0; j < q; j++) p += (size_t)work->recording.subject_of[j] == subject;
    for (size_t i = 0, k = 0; i < n; i++)
        for (size_t j = 0; j < q; j++)
            if ((size_t)work->recording.subject_of[j] == subject) X[k++] = work->Y[i * q + j];
    enum bb_code rc = rdm_of(work, X, p, work->recording.subject[subject], out, err);
    free(X);
    return rc;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *own,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    (void)own;
    struct work work;
    enum bb_code rc = begin(task, &work, err);
    if (rc) return rc;
    size_t subjects = work.recording.n_subjects, m = work.n_pairs;
    if (subjects < 2) return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and there is no other to compare it with");
    double *rdm = BB_NEW_ARRAY(task->arena, subjects * m, double), *others = BB_NEW_ARRAY(task->arena, m, double);
    double *value = BB_NEW_ARRAY(task->arena, subjects, double);
    for (size_t s = 0; !rc && s < subjects; s++) rc = rdm_of_subject(&work, s, rdm + s * m, err);
    if (rc) return rc;
    for (size_t s = 0; s < subjects; s++) {
        for (size_t k = 0; k < m; k++) {
            others[k] = 0;
            for (size_t t = 0; t < subjects; t++)
                if (t != s) others[k] += rdm[t * m + k] / (double)(subjects - 1);
        }
        value[s] = bb_spearman(rdm + s * m, others, m);
    }
    *result = (struct bb_ceiling_result){.value = bb_mean(value, subjects), .lower = NAN, .n = subjects};
    result->error = bb_sd(value, subjects, 1) / sqrt((double)subjects);
    result->error_kind = "subject_sem";
    if (isnan(result->value))
        return bb_fail(err, BB_ENUMERIC, "the correlation of some subject's RDM with the others' is not defined");
    return BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "value", NULL};
static const char *const metrics[] = {"roi_rdm", NULL};

const struct bb_metric bb_roi_rdm = {
    .name = "roi_rdm",
    .version = 1,
    .title = "Representational similarity with averaged voxels",
    .formula = "Spearman’s ρ of the dissimilarities of all pairs of stimuli in the model and in the voxels averaged over people",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_features,
    .needs = "activations to the stimuli; of people, voxels with a subject and an index that is the same for all",
};

const struct bb_ceiling bb_ceiling_roi_rdm = {
    .name = "roi_rdm",
    .version = 1,
    .title = "Subject against the others",
    .formula = "mean over subjects of Spearman’s ρ of a subject’s RDM with the mean RDM of the others",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
