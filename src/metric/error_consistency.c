#include "metric/error_consistency.h"

#include <math.h>

#include "base/json.h"
#include "metric/choices.h"

enum variant { REFERENCE, TOOLBOX };
static const char *const variants[] = {"reference", "toolbox", NULL};

struct params {
    const char *condition;
    int variant;
};

static const struct bb_field fields[] = {
    {.key = "condition", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, condition)},
    {.key = "variant",
     .kind = BB_FIELD_CHOICE,
     .offset = offsetof(struct params, variant),
     .absent = REFERENCE,
     .choices = variants},
};

static double kappa(const struct bb_tally *t)
{
    double n = (double)t->n, a = (double)t->first / n, b = (double)t->second / n;
    double expected = a * b + (1 - a) * (1 - b), observed = (double)t->agree / n;
    if (expected == 1) return NAN;
    return (observed - expected) / (1 - expected);
}

static double kappa_of_toolbox(const struct bb_tally *t)
{
    return t->agree == t->n ? 1 : kappa(t);
}

#define UNDEFINED "κ is not defined in any condition: both observers are always right, or always wrong"
static const struct bb_choice_rule rules[] = {
    [REFERENCE] = {.value = kappa, .absolute = true, .error_over_conditions = true, .undefined = UNDEFINED},
    [TOOLBOX] = {.value = kappa_of_toolbox, .error_over_conditions = true, .undefined = UNDEFINED},
};

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    return bb_choice_score_by_condition(task, &rules[params->variant], result, err);
}

static enum bb_code subject_pairs(const struct bb_task *task, struct bb_ceiling_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    return bb_choice_pairs_by_condition(task, &rules[params->variant], result, err);
}

const struct bb_metric bb_error_consistency = {
    .name = "error_consistency",
    .version = 1,
    .title = "Error consistency",
    .formula = "mean over subjects and conditions of Cohen’s κ = (o − e) / (1 − e) between right and wrong answers",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = bb_choice_model_coords,
    .data_coords = bb_choice_data_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = "for each stimulus the label that the model chooses, the probability of each label, or activations from which they "
             "are read out",
    .subject_pairs = subject_pairs,
};
