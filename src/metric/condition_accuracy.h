/*
 * Condition-wise accuracy similarity (Coggan & Tong 2024): per subject, Pearson's r over conditions (the combinations of the coordinates
 * `variables`) between the subject's accuracy and the model's on the very stimuli that the subject saw there; mean over subjects, error their sd
 * (ddof 0). Ceiling: each subject against the mean of the others' accuracies, mean, error the standard error.
 * Recording: stimulus_id, subject, truth, the variables, and `correct` or `choice`.
 */
#ifndef BB_METRIC_CONDITION_ACCURACY_H
#define BB_METRIC_CONDITION_ACCURACY_H

#include "metric/metric.h"

extern const struct bb_metric bb_condition_wise_accuracy_similarity;
extern const struct bb_ceiling bb_ceiling_condition_wise_accuracy_similarity;

#endif
