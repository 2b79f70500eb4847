#include "metric/accuracy.h"

#include <math.h>

#include "metric/choices.h"

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct bb_assembly *source = task->data ? task->data : task->model;
    const char *whose = task->data ? BB_THE_RECORDING : BB_THE_MODEL;
    struct bb_stimuli stimuli;
    struct bb_truths truths;
    struct bb_trials trials; /* only for its check that nothing is answered twice */
    const int32_t *item_of_row;
    const int8_t *correct;
    enum bb_code rc = bb_stimuli_of(source, whose, task->items, task->arena, &stimuli, err);
    if (!rc) rc = bb_truths_of(source, whose, &stimuli, task->arena, &truths, err);
    if (!rc) rc = bb_stimuli_match(task, &stimuli, NULL, &item_of_row, err);
    if (!rc) rc = bb_trials_of(task->model, &stimuli, item_of_row, "repetition", task->arena, &trials, err);
    if (!rc) rc = bb_correct_rows(task->model, BB_THE_MODEL, item_of_row, &truths, task->data, task->arena, &correct, err);
    if (rc) return rc;
    bool *answered = BB_NEW_ARRAY(task->arena, stimuli.n, bool);
    size_t n_correct = 0, n_answered = 0;
    for (size_t i = 0; i < task->model->dim[0].size; i++) {
        if (correct[i] < 0) continue;
        result->n++;
        n_correct += correct[i] == 1;
        n_answered += !answered[item_of_row[i]];
        answered[item_of_row[i]] = true;
    }
    double p = (double)n_correct / (double)result->n;
    result->raw = p;
    result->error = sqrt(p * (1 - p));
    result->error_kind = "trial_sd";
    result->warning = bb_missing_warning(stimuli.n - n_answered, stimuli.n, "stimuli have no answer", task->arena);
    return BB_OK;
}

const struct bb_metric bb_accuracy = {
    .name = "accuracy",
    .version = 1,
    .title = "Accuracy",
    .formula = "share of trials whose choice is the truth",
    .model_coords = bb_choice_model_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = "for each stimulus the label that the model chooses, the probability of each label, or activations from which they "
             "are read out",
};
