#include "metric/rsm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/pairs.h"
#include "numeric/stats.h"

struct params {
    double threshold;
};

static const struct bb_field fields[] = {
    {.key = "threshold", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, threshold), .min = 0, .max = 1e6},
};

/*
 * People.
 */

/* stimulus × stimulus × subject */
static enum bb_code rsms_of_array(const struct bb_task *task, struct bb_rdms *out, struct bb_err *err)
{
    const struct bb_assembly *data = task->data;
    const struct bb_coord *id = bb_assembly_coord(data, "stimulus_id"), *subject = bb_assembly_coord(data, "subject");
    size_t n = data->dim[0].size, subjects = data->dim[2].size;
    if (data->dim[1].size != n || !data->value || !id || id->dim > 1)
        return bb_fail(err, BB_EINPUT,
                       "an array of similarities must be stimulus × stimulus × subject with the coordinate \"stimulus_id\"; this "
                       "one is %s %zu × %s %zu × %s %zu",
                       data->dim[0].name, n, data->dim[1].name, data->dim[1].size, data->dim[2].name, subjects);
    struct bb_groups ids = bb_coord_groups(id, task->arena);
    struct bb_levels levels = bb_levels(subject && subject->dim == 2 ? subject : NULL, NULL, subjects, task->arena);
    if (ids.n_groups != n)
        return bb_fail(err, BB_EINPUT, "the array of similarities has %zu stimuli, and %zu ids for them", n, ids.n_groups);
    const char **name = BB_NEW_ARRAY(task->arena, subjects, const char *);
    for (size_t s = 0; s < subjects; s++)
        name[s] = levels.n == subjects ? levels.name[levels.code[s]] : bb_arena_printf(task->arena, "%zu", s + 1);
    *out = (struct bb_rdms){.stimulus = ids.name, .n_stimuli = n, .n_pairs = n * (n - 1) / 2};
    double *value = BB_NEW_ARRAY(task->arena, subjects * out->n_pairs, double);
    for (size_t s = 0, k = 0; s < subjects; s++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                value[k++] = (data->value[(i * n + j) * subjects + s] + data->value[(j * n + i) * subjects + s]) / 2;
    out->values = (struct bb_subject_values){.subject = {.name = name, .n = subjects}, .n_items = out->n_pairs, .value = value};
    return BB_OK;
}

static enum bb_code rsms_of(const struct bb_task *task, struct bb_rdms *out, struct bb_err *err)
{
    if (task->data->n_dims == 1) return bb_rdms_of(task->data, task->arena, out, err);
    if (task->data->n_dims == 3) return rsms_of_array(task, out, err);
    return bb_fail(
        err, BB_EINPUT,
        "similarities are a table with stimulus_a, stimulus_b, subject and value, or an array of stimulus × stimulus × subject; "
        "this recording has %zu dimensions",
        task->data->n_dims);
}

/*
 * The model.
 */
struct reading {
    const size_t *row; /* of the features, per stimulus */
    size_t n, p;
    double *mean, *sd; /* per feature */
    double limit;
    struct bb_gram_builder *builder;
    double *kept; /* a block of those that stay */
};

static enum bb_code take_moments(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct reading *r = ctx;
    (void)err;
    for (size_t j = 0; j < width; j++) {
        double mean = 0, square = 0;
        for (size_t i = 0; i < r->n; i++) mean += X[r->row[i] * width + j] / (double)r->n;
        for (size_t i = 0; i < r->n; i++) {
            double d = X[r->row[i] * width + j] - mean;
            square += d * d;
        }
        bool constant = true;
        for (size_t i = 1; i < r->n; i++) constant = constant && X[r->row[i] * width + j] == X[r->row[0] * width + j];
        r->mean[first + j] = mean;
        r->sd[first + j] = constant ? 0 : sqrt(square / (double)r->n);
    }
    return BB_OK;
}

static bool stays(const struct reading *r, size_t unit)
{
    return r->sd[unit] > 0 && fabs(r->mean[unit]) > r->limit;
}

static enum bb_code take_units(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct reading *r = ctx;
    size_t p = 0, k = 0;
    for (size_t j = 0; j < width; j++) p += stays(r, first + j);
    if (!p) return BB_OK;
    double *block = bb_malloc(r->n * p * sizeof *block);
    for (size_t i = 0; i < r->n; i++)
        for (size_t j = 0; j < width; j++)
            if (stays(r, first + j)) block[k++] = (X[r->row[i] * width + j] - r->mean[first + j]) / r->sd[first + j];
    enum bb_code rc = bb_gram_add(r->builder, block, p, err);
    free(block);
    return rc;
}

/* How many units stay; r->limit is set. */
static size_t choose_units(struct reading *r, double threshold)
{
    double *mean = bb_malloc((r->p + 1) * sizeof *mean);
    size_t n = 0, kept = 0;
    for (size_t u = 0; u < r->p; u++)
        if (r->sd[u] > 0) mean[n++] = r->mean[u];
    r->limit = n ? threshold * bb_sd(mean, n, 0) : 0;
    free(mean);
    for (size_t u = 0; u < r->p; u++) kept += stays(r, u);
    return kept;
}

/* The similarities of the pairs of stimuli. */
static enum bb_code rsm_of_model(const struct bb_task *task, const struct bb_rdms *people, double *out, size_t *kept,
                                 struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_features *features = task->features;
    struct reading r = {.n = people->n_stimuli, .p = features->gram->p};
    if (!features->stream)
        return bb_fail(err, BB_EINPUT, "rsm needs the features themselves, and the model gave Gram matrices only");
    const int32_t *row = bb_match_names(people->stimulus, r.n, features->stimulus, features->n, task->arena);
    size_t *index = BB_NEW_ARRAY(task->arena, r.n, size_t);
    for (size_t i = 0; i < r.n; i++) {
        if (row[i] < 0)
            return bb_fail(err, BB_EINPUT, "the model has no answer to stimulus \"%s\" of the recording", people->stimulus[i]);
        index[i] = (size_t)row[i];
    }
    r.row = index;
    r.mean = BB_NEW_ARRAY(task->arena, r.p, double);
    r.sd = BB_NEW_ARRAY(task->arena, r.p, double);
    enum bb_code rc = features->stream(features, take_moments, &r, err);
    if (rc) return rc;
    *kept = choose_units(&r, isnan(params->threshold) ? 3.1 : params->threshold);
    if (*kept < 2)
        return bb_fail(err, BB_ENUMERIC,
                       "%zu of the %zu units respond to the stimuli (their mean is farther from zero than the limit), and a "
                       "correlation needs 2",
                       *kept, r.p);
    r.builder = bb_gram_begin(r.n, *kept);
    rc = features->stream(features, take_units, &r, err);
    if (rc) {
        bb_gram_abandon(r.builder);
        return rc;
    }
    struct bb_gram *gram = bb_gram_finish(r.builder);
    double *all = bb_malloc((r.n * r.n + 1) * sizeof *all);
    size_t *rows = BB_NEW_ARRAY(task->arena, r.n, size_t), k = 0;
    for (size_t i = 0; i < r.n; i++) rows[i] = i;
    bb_gram_row_correlations(gram, rows, r.n, all);
    for (size_t i = 0; i < r.n; i++)
        for (size_t j = i + 1; j < r.n; j++) out[k++] = all[i * r.n + j];
    free(all);
    bb_gram_free(gram);
    return BB_OK;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_rdms people;
    size_t kept = 0;
    enum bb_code rc = rsms_of(task, &people, err);
    if (rc) return rc;
    size_t n = people.values.subject.n, m = people.n_pairs;
    double *model = BB_NEW_ARRAY(task->arena, m, double), *unit = BB_NEW_ARRAY(task->arena, n, double);
    rc = rsm_of_model(task, &people, model, &kept, err);
    if (rc) return rc;
    for (size_t s = 0; s < n; s++)
        unit[s] = bb_similarity_of_common(bb_pearson, model, people.values.value + s * m, m, task->arena, NULL);
    result->raw = bb_mean(unit, n);
    result->error = n > 1 ? bb_sd(unit, n, 1) / sqrt((double)n) : (double)NAN;
    result->error_kind = n > 1 ? "subject_sem" : NULL;
    result->n = people.n_stimuli;
    result->units = (struct bb_units){.axis = {"subject"}, .label = {people.values.subject.name}, .n = {n}, .value = unit};
    result->detail = bb_arena_printf(task->arena, "%zu of %zu units respond", kept, task->features->gram->p);
    if (isnan(result->raw))
        return bb_fail(err, BB_ENUMERIC, "the correlation with some subject is not defined: fewer than %d pairs, or all alike",
                       BB_MIN_ITEMS);
    return BB_OK;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *own,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    (void)own;
    struct bb_rdms people;
    enum bb_code rc = rsms_of(task, &people, err);
    if (rc) return rc;
    size_t n = people.values.subject.n, m = people.n_pairs;
    if (n < 2) return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and there is no other to compare it with");
    double *others = BB_NEW_ARRAY(task->arena, m, double), *value = BB_NEW_ARRAY(task->arena, n, double);
    for (size_t s = 0; s < n; s++) {
        bb_subject_mean(&people.values, NULL, s, others);
        value[s] = bb_similarity_of_common(bb_pearson, people.values.value + s * m, others, m, task->arena, NULL);
    }
    *result = (struct bb_ceiling_result){.value = bb_mean(value, n), .lower = NAN, .n = n};
    result->error = bb_sd(value, n, 1) / sqrt((double)n);
    result->error_kind = "subject_sem";
    if (isnan(result->value)) return bb_fail(err, BB_ENUMERIC, "the correlation of some subject with the others is not defined");
    return BB_OK;
}

static const char *const data_coords[] = {"value", NULL};
static const char *const metrics[] = {"rsm", NULL};

const struct bb_metric bb_rsm = {
    .name = "rsm",
    .version = 1,
    .title = "Similarity of similarity matrices",
    .formula = "mean over subjects of Pearson’s r between the similarities of all pairs of stimuli in the subject and in the "
               "model’s units that respond",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_features,
    .needs_features = true,
    .needs = "activations to the stimuli; of people, the similarity of each pair of stimuli for each subject",
};

const struct bb_ceiling bb_ceiling_rsm = {
    .name = "rsm",
    .version = 1,
    .title = "Subject against the others",
    .formula = "mean over subjects of Pearson’s r between a subject’s similarities and the mean of the others’",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
