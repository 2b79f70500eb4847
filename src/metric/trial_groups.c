#include "metric/trial_groups.h"

#include <math.h>

enum bb_code bb_trial_groups_of(const struct bb_task *task, struct bb_trial_groups *out, struct bb_err *err)
{
    *out = (struct bb_trial_groups){0};
    enum bb_code rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->items, task->arena, &out->stimuli, err);
    if (!rc) rc = bb_correct_of_humans(task, &out->stimuli, &out->correct, err);
    if (!rc) rc = bb_need_levels(task, &out->stimuli, "subject", &out->subject, err);
    if (!rc) rc = bb_need_trials(task->data, &out->stimuli, task->arena, err);
    const struct bb_asked recording = {task->data, BB_THE_RECORDING};
    if (!rc && task->model) rc = bb_correct_of_model(task, &recording, &out->stimuli, &out->model, &out->n_answered, err);
    return rc;
}

double *bb_cell_means(const double *value, const int32_t *cell_of_row, size_t n_rows, size_t n_cells, struct bb_arena *arena)
{
    double *mean = BB_NEW_ARRAY(arena, n_cells, double);
    size_t *n = BB_NEW_ARRAY(arena, n_cells, size_t);
    for (size_t i = 0; i < n_rows; i++) {
        if (cell_of_row[i] < 0 || isnan(value[i])) continue;
        mean[cell_of_row[i]] += value[i];
        n[cell_of_row[i]]++;
    }
    for (size_t c = 0; c < n_cells; c++) mean[c] = n[c] ? mean[c] / (double)n[c] : (double)NAN;
    return mean;
}

const double *bb_model_by_row(const struct bb_trial_groups *groups, struct bb_arena *arena)
{
    const struct bb_stimuli *stimuli = &groups->stimuli;
    double *value = BB_NEW_ARRAY(arena, stimuli->n_rows, double);
    for (size_t i = 0; i < stimuli->n_rows; i++)
        value[i] = stimuli->of_row[i] < 0 ? (double)NAN : groups->model[stimuli->of_row[i]];
    return value;
}
