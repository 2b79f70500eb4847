#include "metric/condition_accuracy.h"

#include <math.h>

#include "base/json.h"
#include "metric/choices.h"
#include "metric/trial_groups.h"
#include "numeric/stats.h"

struct params {
    struct bb_texts variables;
};

static const struct bb_field fields[] = {
    {.key = "variables", .kind = BB_FIELD_TEXTS, .offset = offsetof(struct params, variables), .flags = BB_REQUIRED},
};

/* Cells are subject × condition, a condition being a number in the product of all levels: not all of them occur. */
struct profile {
    struct bb_trial_groups groups;
    int32_t *cell;
    size_t n_subjects, n_conditions;
    const double *human; /* subjects × conditions, NaN: none */
};

static enum bb_code read_profile(const struct bb_task *task, struct profile *p, struct bb_err *err)
{
    enum { MAX_CONDITIONS = 100000 };
    const struct params *params = task->params;
    enum bb_code rc = bb_trial_groups_of(task, &p->groups, err);
    if (rc) return rc;
    size_t rows = p->groups.stimuli.n_rows;
    p->cell = BB_NEW_ARRAY(task->arena, rows, int32_t);
    p->n_conditions = 1;
    p->n_subjects = p->groups.subject.n;
    for (size_t v = 0; v < params->variables.n; v++) {
        struct bb_levels levels;
        rc = bb_need_levels(task, &p->groups.stimuli, params->variables.text[v], &levels, err);
        if (rc) return rc;
        for (size_t i = 0; i < rows; i++) p->cell[i] = p->cell[i] * (int32_t)levels.n + (levels.code[i] < 0 ? 0 : levels.code[i]);
        p->n_conditions *= levels.n;
        if (p->n_conditions * p->n_subjects > MAX_CONDITIONS)
            return bb_fail(err, BB_ELIMIT, "the variables make more than %d combinations of subject and condition",
                           MAX_CONDITIONS);
    }
    for (size_t i = 0; i < rows; i++) {
        int32_t s = p->groups.subject.code[i];
        p->cell[i] = p->groups.stimuli.of_row[i] < 0 || s < 0 ? -1 : s * (int32_t)p->n_conditions + p->cell[i];
    }
    p->human = bb_cell_means(p->groups.correct, p->cell, rows, p->n_subjects * p->n_conditions, task->arena);
    return BB_OK;
}

/* Pearson's r of each subject with other(subject); BB_ENUMERIC where it is not defined. */
static enum bb_code correlate(const struct bb_task *task, const struct profile *p, const double *other, double **out,
                              struct bb_err *err)
{
    size_t k = p->n_conditions;
    double *r = BB_NEW_ARRAY(task->arena, p->n_subjects, double);
    for (size_t s = 0; s < p->n_subjects; s++) {
        r[s] = bb_similarity_of_common(bb_pearson, p->human + s * k, other + s * k, k, task->arena, NULL);
        if (isnan(r[s]))
            return bb_fail(
                err, BB_ENUMERIC,
                "the correlation with subject \"%s\" is not defined: fewer than %d conditions, or the same accuracy in all",
                p->groups.subject.name[s], BB_MIN_ITEMS);
    }
    *out = r;
    return BB_OK;
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct profile p = {0};
    double *r;
    enum bb_code rc = read_profile(task, &p, err);
    if (rc) return rc;
    const struct bb_stimuli *stimuli = &p.groups.stimuli;
    const double *model = bb_cell_means(bb_model_by_row(&p.groups, task->arena), p.cell, stimuli->n_rows,
                                        p.n_subjects * p.n_conditions, task->arena);
    rc = correlate(task, &p, model, &r, err);
    if (rc) return rc;
    result->raw = bb_mean(r, p.n_subjects);
    result->error = p.n_subjects > 1 ? bb_sd(r, p.n_subjects, 0) : (double)NAN;
    result->error_kind = p.n_subjects > 1 ? "subject_sd" : NULL;
    result->n = p.groups.n_answered;
    result->warning = bb_missing_warning(stimuli->n - result->n, stimuli->n, "stimuli have no answer", task->arena);
    result->units = (struct bb_units){.axis = {"subject"}, .label = {p.groups.subject.name}, .n = {p.n_subjects}, .value = r};
    return BB_OK;
}

static enum bb_code ceiling(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric, (void)params;
    struct profile p = {0};
    double *r;
    enum bb_code rc = read_profile(task, &p, err);
    if (rc) return rc;
    size_t n = p.n_subjects, k = p.n_conditions;
    if (n < 2) return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and a ceiling from the others needs two");
    double *others = BB_NEW_ARRAY(task->arena, n * k, double), *value = BB_NEW_ARRAY(task->arena, n, double);
    for (size_t s = 0; s < n; s++)
        for (size_t c = 0; c < k; c++) {
            for (size_t t = 0; t < n; t++) value[t] = t == s ? (double)NAN : p.human[t * k + c];
            others[s * k + c] = bb_nan_mean(value, n);
        }
    rc = correlate(task, &p, others, &r, err);
    if (rc) return rc;
    *result = (struct bb_ceiling_result){
        .value = bb_mean(r, n), .error = bb_sd(r, n, 1) / sqrt((double)n), .lower = NAN, .error_kind = "subject_sem", .n = n};
    return BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "subject", "truth", NULL};
static const char *const metrics[] = {"condition_wise_accuracy_similarity", NULL};

const struct bb_metric bb_condition_wise_accuracy_similarity = {
    .name = "condition_wise_accuracy_similarity",
    .version = 1,
    .title = "Condition-wise accuracy similarity",
    .formula = "mean over subjects of Pearson’s r over conditions between the accuracies of human and model",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = bb_choice_model_coords,
    .data_coords = data_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = BB_CHOICE_NEEDS,
};

const struct bb_ceiling bb_ceiling_condition_wise_accuracy_similarity = {
    .name = "condition_wise_accuracy_similarity",
    .version = 1,
    .title = "Each subject and the others",
    .formula = "mean over subjects of Pearson’s r over conditions with the mean of the other subjects",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = ceiling,
};
