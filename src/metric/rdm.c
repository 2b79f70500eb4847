#include "metric/rdm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/geometry.h"
#include "metric/pairs.h"
#include "numeric/stats.h"

enum { SPEARMAN, PEARSON };
static const char *const similarities[] = {"spearman", "pearson", NULL};

struct params {
    int similarity;
    struct bb_geometry_params geometry;
};

static const struct bb_field fields[] = {
    {.key = "similarity",
     .kind = BB_FIELD_CHOICE,
     .offset = offsetof(struct params, similarity),
     .absent = SPEARMAN,
     .choices = similarities},
    BB_GEOMETRY_FIELDS(struct params),
};

static bb_similarity *similarity_of(const struct bb_task *task)
{
    const struct params *params = task->params;
    return params->similarity == PEARSON ? bb_pearson : bb_spearman;
}

static const double *rdm_of_subject(const struct bb_rdms *rdms, size_t subject)
{
    return &rdms->values.value[subject * rdms->n_pairs];
}

static size_t count_numbers(const double *x, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += isnan(x[i]) ? 0 : 1;
    return count;
}

/*
 * RDMs of activations: 1 − correlation of two rows, and of these the strict upper triangle.
 */

/* Dissimilarities that differ by less are the same: what would tell them apart is rounding, and their ranks would be made of
   it. */
static const double RESOLUTION = 0x1p-40;

size_t bb_rdm_triangle(struct bb_gram *gram, const size_t *rows, size_t n, double *out)
{
    bb_gram_row_correlations(gram, rows, n, out);
    for (size_t i = 0; i < n; i++)
        if (isnan(out[i * n + i])) return i;
    for (size_t i = 0, k = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) out[k++] = round((1 - out[i * n + j]) / RESOLUTION) * RESOLUTION;
    return n;
}

static size_t ranks_of(struct bb_gram *gram, const size_t *rows, size_t n, double *out)
{
    size_t bad = bb_rdm_triangle(gram, rows, n, out), n_pairs = n * (n - 1) / 2;
    double *dissimilarity = bb_malloc((n_pairs + 1) * sizeof *dissimilarity);
    memcpy(dissimilarity, out, n_pairs * sizeof *out);
    if (bad == n) bb_ranks(dissimilarity, n_pairs, out);
    free(dissimilarity);
    return bad;
}

static double correlate(const double *x, const double *y, size_t n)
{
    return bb_pearson(x, y, n * (n - 1) / 2);
}

static const struct bb_geometry spearman_geometry = {
    .what = "an RDM", .min_stimuli = 3, .min_neuroids = 2, .represent = ranks_of, .compare = correlate};
static const struct bb_geometry pearson_geometry = {
    .what = "an RDM", .min_stimuli = 3, .min_neuroids = 2, .represent = bb_rdm_triangle, .compare = correlate};

static bool is_table(const struct bb_assembly *data)
{
    return data->n_dims == 1;
}

/* The dissimilarity of each pair of the recording whose stimuli the model has features for; NaN: of the others. */
static enum bb_code rdm_of_features(const struct bb_features *features, const struct bb_rdms *rdms, struct bb_arena *arena,
                                    const double **out, struct bb_err *err)
{
    size_t n = 0, *row = BB_NEW_ARRAY(arena, rdms->n_stimuli, size_t), *of = BB_NEW_ARRAY(arena, rdms->n_stimuli, size_t);
    const int32_t *at = bb_match_names(rdms->stimulus, rdms->n_stimuli, features->stimulus, features->n, arena);
    for (size_t i = 0; i < rdms->n_stimuli; i++)
        if (at[i] >= 0) row[n] = (size_t)at[i], of[n++] = i;
    if (n < spearman_geometry.min_stimuli)
        return bb_fail(err, BB_EINPUT,
                       "the model has features for %zu of the recording's %zu stimuli: one of its stimuli is \"%s\", one of the "
                       "recording's \"%s\"",
                       n, rdms->n_stimuli, features->n ? features->stimulus[0] : "", rdms->stimulus[0]);
    double *triangle = BB_NEW_ARRAY(arena, n * n, double), *value = BB_NEW_ARRAY(arena, rdms->n_pairs, double);
    size_t bad = bb_rdm_triangle(features->gram, row, n, triangle);
    if (bad < n)
        return bb_fail(err, BB_ENUMERIC, "an RDM is not defined for stimulus \"%s\": the model's features are all equal for it",
                       rdms->stimulus[of[bad]]);
    for (size_t p = 0; p < rdms->n_pairs; p++) value[p] = NAN;
    for (size_t a = 0, k = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) value[bb_pair_number(of[a], of[b], rdms->n_stimuli)] = triangle[k++];
    *out = value;
    return BB_OK;
}

/* That the model has each pair that was measured; how many they are, and how many of those it has. */
static enum bb_code count_pairs(const struct bb_task *task, const struct bb_rdms *rdms, const double *model, size_t *measured, size_t *have,
                                struct bb_err *err)
{
    double *mean = BB_NEW_ARRAY(task->arena, rdms->n_pairs, double);
    const char *first = NULL;
    *measured = *have = 0;
    bb_subject_mean(&rdms->values, NULL, BB_NO_SUBJECT, mean);
    for (size_t a = 0; a < rdms->n_stimuli; a++)
        for (size_t b = a + 1; b < rdms->n_stimuli; b++) {
            size_t p = bb_pair_number(a, b, rdms->n_stimuli);
            if (isnan(mean[p])) continue;
            ++*measured;
            *have += isnan(model[p]) ? 0 : 1;
            if (isnan(model[p]) && !first)
                first = bb_arena_printf(task->arena, "\"%s\", \"%s\"", rdms->stimulus[a], rdms->stimulus[b]);
        }
    return first && !task->partial ? bb_refuse_partial(*have, *measured, "pairs of stimuli", first, err) : BB_OK;
}

/* The model's dissimilarities against the table of the recording, in whatever form the model gave them. */
static enum bb_code score_pairs(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_rdms rdms;
    const double *model;
    size_t measured;
    enum bb_code rc = bb_rdms_of(task->data, task->arena, &rdms, err);
    if (!rc)
        rc = task->features ? rdm_of_features(task->features, &rdms, task->arena, &model, err)
                            : bb_rdm_of_model(task->model, &rdms, task->arena, &model, err);
    if (!rc) rc = count_pairs(task, &rdms, model, &measured, &result->n, err);
    if (rc) return rc;
    size_t n = rdms.values.subject.n;
    double *unit = BB_NEW_ARRAY(task->arena, n, double);
    for (size_t s = 0; s < n; s++)
        unit[s] = bb_similarity_of_common(similarity_of(task), model, rdm_of_subject(&rdms, s), rdms.n_pairs, task->arena, NULL);
    result->raw = bb_nan_mean(unit, n);
    if (isnan(result->raw))
        return bb_fail(err, BB_ENUMERIC,
                       "the correlation is not defined for any subject: fewer than %d pairs in common, or all of one value",
                       BB_MIN_ITEMS);
    size_t defined = count_numbers(unit, n);
    if (defined > 1) {
        result->error = bb_nan_sd(unit, n, 1) / sqrt((double)defined);
        result->error_kind = "subject_sem";
    }
    result->warning =
        bb_missing_warning(measured - result->n, measured, "pairs of stimuli have no dissimilarity in the model", task->arena);
    result->units = (struct bb_units){.axis = {"subject"}, .label = {rdms.values.subject.name}, .n = {n}, .value = unit};
    return BB_OK;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    bool pearson = params->similarity == PEARSON;
    if (is_table(task->data)) return score_pairs(task, result, err);
    return bb_geometry_score(task, &params->geometry, pearson ? &pearson_geometry : &spearman_geometry, result, err);
}

static void finish(void *params, struct bb_arena *arena, struct bb_diags *diags)
{
    bb_geometry_finish(&((struct params *)params)->geometry, arena, diags);
}

/*
 * The ceiling. An RDM that is not defined (one neuroid, a stimulus without variance) is an error, as is a missing response.
 */
static enum bb_code rdm_of_neuroids(const struct bb_recording *recording, size_t subject, const size_t *rows, double *scratch,
                                    double *out, struct bb_err *err)
{
    struct bb_gram *gram;
    size_t n = recording->n;
    enum bb_code rc = bb_gram_of_subject(recording, subject, &spearman_geometry, &gram, err);
    if (rc) return rc;
    size_t bad = bb_rdm_triangle(gram, rows, n, scratch);
    bb_gram_free(gram);
    if (bad < n)
        return bb_fail(err, BB_ENUMERIC,
                       "the RDM of subject %s is not defined for stimulus \"%s\": all its neuroids respond equally to it",
                       recording->subject[subject], recording->stimulus[bad]);
    memcpy(out, scratch, n * (n - 1) / 2 * sizeof *out);
    return BB_OK;
}

static enum bb_code rdms_of_recording(const struct bb_task *task, const struct params *params, struct bb_rdms *out,
                                      struct bb_err *err)
{
    struct bb_recording recording;
    enum bb_code rc = bb_recording_of(task, task->data, params->geometry.subject, &recording, err);
    if (!rc) rc = bb_recording_complete(&recording, "an RDM", false, err);
    if (rc) return rc;
    size_t n = recording.n, subjects = recording.n_subjects, *rows = BB_NEW_ARRAY(task->arena, n, size_t);
    if (n < spearman_geometry.min_stimuli)
        return bb_fail(err, BB_ENUMERIC, "the recording has %zu stimuli, and an RDM needs at least %zu", n,
                       spearman_geometry.min_stimuli);
    for (size_t i = 0; i < n; i++) rows[i] = i;
    *out = (struct bb_rdms){.stimulus = recording.stimulus, .n_stimuli = n, .n_pairs = n * (n - 1) / 2};
    double *value = BB_NEW_ARRAY(task->arena, subjects * out->n_pairs, double), *scratch = bb_malloc(n * n * sizeof *scratch);
    for (size_t s = 0; !rc && s < subjects; s++)
        rc = rdm_of_neuroids(&recording, s, rows, scratch, value + s * out->n_pairs, err);
    free(scratch);
    out->values = (struct bb_subject_values){.n_items = out->n_pairs, .value = value};
    out->values.subject = (struct bb_levels){.code = NULL, .name = recording.subject, .n = subjects};
    return rc;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    (void)params;
    struct bb_rdms rdms;
    enum bb_code rc = is_table(task->data) ? bb_rdms_of(task->data, task->arena, &rdms, err)
                                           : rdms_of_recording(task, task->params, &rdms, err);
    if (rc) return rc;
    size_t n = rdms.values.subject.n;
    if (n < 2) return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and the bounds of an RDM comparison need two");
    double *upper = BB_NEW_ARRAY(task->arena, n, double), *lower = BB_NEW_ARRAY(task->arena, n, double);
    double *mean = BB_NEW_ARRAY(task->arena, rdms.n_pairs, double);
    for (size_t s = 0; s < n; s++) {
        bb_subject_mean(&rdms.values, NULL, BB_NO_SUBJECT, mean);
        upper[s] = bb_similarity_of_common(similarity_of(task), rdm_of_subject(&rdms, s), mean, rdms.n_pairs, task->arena, NULL);
        bb_subject_mean(&rdms.values, NULL, s, mean);
        lower[s] = bb_similarity_of_common(similarity_of(task), rdm_of_subject(&rdms, s), mean, rdms.n_pairs, task->arena, NULL);
    }
    *result =
        (struct bb_ceiling_result){.value = bb_mean(upper, n), .lower = bb_mean(lower, n), .error_kind = "subject_sem", .n = n};
    result->error = bb_sd(upper, n, 1) / sqrt((double)n);
    if (isnan(result->value) || isnan(result->lower))
        return bb_fail(
            err, BB_ENUMERIC,
            "the correlation of some subject with the others is not defined: fewer than %d pairs in common, or all of one value",
            BB_MIN_ITEMS);
    return BB_OK;
}

static const char *const model_coords[] = {"stimulus_a", "stimulus_b", "value", NULL};
static const char *const data_coords[] = {"value", NULL}; /* the rest depends on whether it is a table of pairs */
static const char *const metrics[] = {"rdm", NULL};

const struct bb_metric bb_rdm = {
    .name = "rdm",
    .version = 1,
    .title = "Representational similarity",
    .formula = "mean over subjects of the correlation of the dissimilarities of all pairs of stimuli",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = model_coords,
    .data_coords = data_coords,
    .score = score_pairs,
    .score_features = score_features,
    .finish = finish,
};

const struct bb_ceiling bb_rsa = {
    .name = "rsa",
    .version = 1,
    .title = "Subjects’ mean RDM",
    .formula = "mean over subjects of the correlation of a subject’s RDM with the mean RDM of all (lower bound: of the others)",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
