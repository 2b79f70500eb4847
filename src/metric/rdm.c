#include "metric/rdm.h"

#include <math.h>

#include "base/json.h"
#include "metric/pairs.h"
#include "numeric/stats.h"

enum { SPEARMAN, PEARSON };
static const char *const similarities[] = {"spearman", "pearson", NULL};

struct params {
    int similarity;
};

static const struct bb_field fields[] = {
    {.key = "similarity",
     .kind = BB_FIELD_CHOICE,
     .offset = offsetof(struct params, similarity),
     .absent = SPEARMAN,
     .choices = similarities},
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

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_rdms rdms;
    const double *model;
    enum bb_code rc = bb_rdms_of(task->data, task->arena, &rdms, err);
    if (!rc) rc = bb_rdm_of_model(task->model, &rdms, task->arena, &model, err);
    if (rc) return rc;
    size_t n = rdms.values.subject.n;
    double *unit = BB_NEW_ARRAY(task->arena, n, double), *mean = BB_NEW_ARRAY(task->arena, rdms.n_pairs, double);
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
    bb_subject_mean(&rdms.values, NULL, BB_NO_SUBJECT, mean);
    size_t measured = count_numbers(mean, rdms.n_pairs);
    for (size_t p = 0; p < rdms.n_pairs; p++) result->n += !isnan(mean[p]) && !isnan(model[p]) ? 1 : 0;
    result->warning =
        bb_missing_warning(measured - result->n, measured, "pairs of stimuli have no dissimilarity in the model", task->arena);
    result->units = (struct bb_units){.axis = {"subject"}, .label = {rdms.values.subject.name}, .n = {n}, .value = unit};
    return BB_OK;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    (void)params;
    struct bb_rdms rdms;
    enum bb_code rc = bb_rdms_of(task->data, task->arena, &rdms, err);
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
static const char *const data_coords[] = {"stimulus_a", "stimulus_b", "subject", "value", NULL};
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
    .data_coords = model_coords,
    .score = score,
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
