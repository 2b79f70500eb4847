#include "metric/accuracy_distance.h"

#include <math.h>

#include "base/json.h"
#include "metric/choices.h"

struct params {
    struct bb_texts variables;
};

static const struct bb_field fields[] = {
    {.key = "variables", .kind = BB_FIELD_TEXTS, .offset = offsetof(struct params, variables)},
};

static double nearness(const struct bb_tally *t)
{
    double n = (double)t->n, first = (double)t->first / n, second = (double)t->second / n;
    return 1 - fabs(first - second) / fmax(1 - second, second);
}

static const struct bb_choice_rule rule = {
    .value = nearness, .absolute = true, .undefined = "no subject saw a stimulus that the other answered"};

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    return bb_choice_score(task, &params->variables, &rule, result, err);
}

static enum bb_code subject_pairs(const struct bb_task *task, struct bb_ceiling_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    return bb_choice_pairs(task, &params->variables, &rule, result, err);
}

const struct bb_metric bb_accuracy_distance = {
    .name = "accuracy_distance",
    .version = 1,
    .title = "Accuracy distance",
    .formula = "mean over subjects of 1 − |a − h| / max(1 − h, h), with the accuracies a of the model and h of the human",
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
