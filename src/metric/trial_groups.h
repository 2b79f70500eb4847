/*
 * Trials of people with a right answer, by subject and by other groups, and a model's answers to the same stimuli: what value_delta,
 * baker_accuracy_delta and condition_wise_accuracy_similarity are made of. For this folder only.
 */
#ifndef BB_METRIC_TRIAL_GROUPS_H
#define BB_METRIC_TRIAL_GROUPS_H

#include "metric/behavior.h"

struct bb_trial_groups {
    struct bb_stimuli stimuli;
    const double *correct;    /* per row of the recording: 0, 1; NaN: it does not count */
    struct bb_levels subject; /* per row */
    const double *model;      /* per stimulus: share of right answers, NaN: none; NULL: there is no model */
    size_t n_answered;        /* stimuli that the model answered */
};

enum bb_code bb_trial_groups_of(const struct bb_task *task, struct bb_trial_groups *out, struct bb_err *err) BB_MUST_CHECK;

/* Means by cells: cell_of_row (−1: none), n_cells; NaN where a cell has no row. */
double *bb_cell_means(const double *value, const int32_t *cell_of_row, size_t n_rows, size_t n_cells, struct bb_arena *arena);

/* The model's answer to the stimulus of each row of the recording. */
const double *bb_model_by_row(const struct bb_trial_groups *groups, struct bb_arena *arena);

#endif
