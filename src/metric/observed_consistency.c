#include "metric/observed_consistency.h"

#include "base/json.h"
#include "metric/choices.h"

struct params {
    const char *condition;
};

static const struct bb_field fields[] = {
    {.key = "condition", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, condition)},
};

static double observed(const struct bb_tally *t)
{
    return (double)t->agree / (double)t->n;
}

static const struct bb_choice_rule rule = {.value = observed, .undefined = "no subject saw a stimulus that the other answered"};

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    return bb_choice_score_by_condition(task, &rule, result, err);
}

static enum bb_code subject_pairs(const struct bb_task *task, struct bb_ceiling_result *result, struct bb_err *err)
{
    return bb_choice_pairs_by_condition(task, &rule, result, err);
}

const struct bb_metric bb_observed_consistency = {
    .name = "observed_consistency",
    .version = 1,
    .title = "Observed consistency",
    .formula = "mean over subjects and conditions of o, the share of stimuli where model and human are both right or both wrong",
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
