#include "metric/baker_accuracy_delta.h"

#include <math.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/choices.h"
#include "metric/trial_groups.h"
#include "numeric/mt19937.h"
#include "numeric/stats.h"

enum { SPLITS = 100 };

struct params {
    const char *coordinate, *whole, *condition;
};

static const struct bb_field fields[] = {
    {.key = "coordinate", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, coordinate)},
    {.key = "whole", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, whole)},
    {.key = "condition", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, condition), .flags = BB_REQUIRED},
};

struct study {
    struct bb_trial_groups groups;
    int32_t *kind;    /* of each row: 0 whole, 1 manipulated, −1 other */
    double *delta;    /* of each subject */
    double *number;   /* of each subject */
    bool *drawn;      /* scratch, per subject */
    size_t *order, n; /* subjects */
};

static enum bb_code read_kinds(const struct bb_task *task, struct study *study, struct bb_err *err)
{
    const struct params *params = task->params;
    const char *coordinate = params->coordinate ? params->coordinate : "image_type";
    const char *name[] = {params->whole ? params->whole : "w", params->condition};
    struct bb_levels levels;
    enum bb_code rc = bb_need_levels(task, &study->groups.stimuli, coordinate, &levels, err);
    if (rc) return rc;
    study->kind = BB_NEW_ARRAY(task->arena, study->groups.stimuli.n_rows, int32_t);
    for (size_t k = 0; k < 2; k++) {
        bool any = false;
        for (size_t l = 0; l < levels.n; l++) any = any || bb_streq(levels.name[l], name[k]);
        if (!any)
            return bb_fail(err, BB_EINPUT, "no trial of the recording has \"%s\" \"%s\"", coordinate, name[k] ? name[k] : "");
    }
    for (size_t i = 0; i < study->groups.stimuli.n_rows; i++) {
        const char *own = levels.code[i] < 0 ? NULL : levels.name[levels.code[i]];
        study->kind[i] = bb_streq(own, name[0]) ? 0 : bb_streq(own, name[1]) ? 1 : -1;
    }
    return BB_OK;
}

/* Accuracy on whole images minus on manipulated ones, of each subject. */
static enum bb_code find_deltas(const struct bb_task *task, struct study *study, struct bb_err *err)
{
    const struct bb_levels *subject = &study->groups.subject;
    size_t rows = study->groups.stimuli.n_rows;
    int32_t *cell = BB_NEW_ARRAY(task->arena, rows, int32_t);
    for (size_t i = 0; i < rows; i++)
        cell[i] = subject->code[i] < 0 || study->kind[i] < 0 ? -1 : 2 * subject->code[i] + study->kind[i];
    const double *accuracy = bb_cell_means(study->groups.correct, cell, rows, 2 * subject->n, task->arena);
    for (size_t s = 0; s < subject->n; s++) {
        study->delta[s] = accuracy[2 * s] - accuracy[2 * s + 1];
        if (isnan(study->delta[s]))
            return bb_fail(err, BB_ENUMERIC, "subject \"%s\" has no trials with %s images", subject->name[s],
                           isnan(accuracy[2 * s]) ? "whole" : "manipulated");
    }
    return BB_OK;
}

static enum bb_code read_study(const struct bb_task *task, struct study *study, struct bb_err *err)
{
    enum bb_code rc = bb_trial_groups_of(task, &study->groups, err);
    if (!rc) rc = read_kinds(task, study, err);
    if (rc) return rc;
    const struct bb_levels *subject = &study->groups.subject;
    bool numbers = true;
    study->n = subject->n;
    if (study->n < 3)
        return bb_fail(err, BB_ENUMERIC, "the recording has %zu subject%s, and halves of the subjects need three", study->n,
                       study->n == 1 ? "" : "s");
    study->delta = BB_NEW_ARRAY(task->arena, study->n, double);
    study->number = BB_NEW_ARRAY(task->arena, study->n, double);
    study->drawn = BB_NEW_ARRAY(task->arena, study->n, bool);
    study->order = BB_NEW_ARRAY(task->arena, study->n, size_t);
    for (size_t s = 0; s < study->n; s++) numbers = bb_parse_number(subject->name[s], &study->number[s], NULL) && numbers;
    for (size_t s = 0; s < study->n && !numbers; s++) study->number[s] = (double)s;
    return find_deltas(task, study, err);
}

/* Draws half of the numbers 1 … n − 1. */
static void draw_half(struct study *study, struct bb_mt19937 *mt)
{
    size_t n = study->n;
    bb_mt19937_choice(mt, n - 1, n / 2, study->order);
    for (size_t s = 0; s < n; s++) {
        study->drawn[s] = false;
        for (size_t i = 0; i < n / 2; i++) study->drawn[s] = study->drawn[s] || study->number[s] == (double)(study->order[i] + 1);
    }
}

/* Mean delta of the subjects that were drawn, or were not; NaN: nobody. */
static double mean_delta(const struct study *study, bool drawn)
{
    double sum = 0;
    size_t n = 0;
    for (size_t s = 0; s < study->n; s++) {
        if (study->drawn[s] != drawn) continue;
        sum += study->delta[s];
        n++;
    }
    return n ? sum / (double)n : (double)NAN;
}

static double nearness(double delta, double of)
{
    double s = 1 - fabs(of - delta) / of;
    return isnan(s) ? s : fmax(0, s);
}

/* The model's delta: over the stimuli of each kind, each category counting the same. */
static enum bb_code model_delta(const struct bb_task *task, const struct study *study, double *out, struct bb_err *err)
{
    const struct bb_stimuli *stimuli = &study->groups.stimuli;
    struct bb_truths truths;
    enum bb_code rc = bb_truths_of(task->data, BB_THE_RECORDING, stimuli, task->arena, &truths, err);
    if (rc) return rc;
    int32_t *cell = BB_NEW_ARRAY(task->arena, stimuli->n, int32_t);
    for (size_t s = 0; s < stimuli->n; s++) cell[s] = -1;
    for (size_t i = 0; i < stimuli->n_rows; i++)
        if (stimuli->of_row[i] >= 0 && study->kind[i] >= 0)
            cell[stimuli->of_row[i]] = study->kind[i] * (int32_t)truths.n + truths.of_stimulus[stimuli->of_row[i]];
    const double *accuracy = bb_cell_means(study->groups.model, cell, stimuli->n, 2 * truths.n, task->arena);
    *out = bb_nan_mean(accuracy, truths.n) - bb_nan_mean(accuracy + truths.n, truths.n);
    if (!isnan(*out)) return BB_OK;
    return bb_fail(err, BB_ENUMERIC, "the model answers no whole images, or no manipulated ones");
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct study study = {0};
    double model;
    enum bb_code rc = read_study(task, &study, err);
    if (!rc) rc = model_delta(task, &study, &model, err);
    if (rc) return rc;
    double *value = BB_NEW_ARRAY(task->arena, SPLITS, double);
    for (size_t i = 0; i < SPLITS; i++) {
        struct bb_mt19937 mt;
        bb_mt19937_seed(&mt, (uint32_t)i);
        draw_half(&study, &mt);
        value[i] = nearness(model, mean_delta(&study, true));
        if (isnan(value[i]))
            return bb_fail(err, BB_ENUMERIC, "half %zu of the subjects loses no accuracy, so that a share of it is not defined",
                           i);
    }
    const struct bb_stimuli *stimuli = &study.groups.stimuli;
    result->raw = bb_mean(value, SPLITS);
    result->error = bb_sd(value, SPLITS, 0);
    result->error_kind = "split_sd";
    result->n = study.groups.n_answered;
    result->warning = bb_missing_warning(stimuli->n - result->n, stimuli->n, "stimuli have no answer", task->arena);
    result->units =
        (struct bb_units){.axis = {"subject"}, .label = {study.groups.subject.name}, .n = {study.n}, .value = study.delta};
    result->detail = bb_arena_printf(task->arena, "the model loses %.3f", model);
    return BB_OK;
}

static enum bb_code ceiling(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric, (void)params;
    struct study study = {0};
    struct bb_mt19937 mt;
    enum bb_code rc = read_study(task, &study, err);
    if (rc) return rc;
    double *value = BB_NEW_ARRAY(task->arena, SPLITS, double);
    bb_mt19937_seed(&mt, 0);
    for (size_t i = 0; i < SPLITS; i++) {
        draw_half(&study, &mt);
        value[i] = bb_spearman_brown(nearness(mean_delta(&study, true), mean_delta(&study, false)));
    }
    *result = (struct bb_ceiling_result){
        .value = bb_median(value, SPLITS), .error = bb_sd(value, SPLITS, 0), .lower = NAN, .error_kind = "split_sd", .n = SPLITS};
    return isnan(result->value)
               ? bb_fail(err, BB_ENUMERIC, "in some split the subjects lose no accuracy, so that a share of it is not defined")
               : BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "subject", "truth", NULL};
static const char *const metrics[] = {"baker_accuracy_delta", NULL};

const struct bb_metric bb_baker_accuracy_delta = {
    .name = "baker_accuracy_delta",
    .version = 1,
    .title = "Accuracy delta",
    .formula = "mean over 100 halves of the subjects of max(0, 1 − |h − m| / h), with the losses h and m of accuracy from whole "
               "to manipulated images",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = bb_choice_model_coords,
    .data_coords = data_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = "for each image, whole and manipulated, the category that the model chooses, its probabilities, or the logits of "
             "ImageNet classes",
};

const struct bb_ceiling bb_ceiling_baker_accuracy_delta = {
    .name = "baker_accuracy_delta",
    .version = 1,
    .title = "Halves of the subjects",
    .formula = "median over 100 halves of 2c / (1 + c), c = max(0, 1 − |h₁ − h₂| / h₂) of a half’s loss of accuracy and that of "
               "the others",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = ceiling,
};
