/*
 * Tasks consistency (Maniquet et al. 2024): Pearson's r over tasks between the accuracies of people (all trials pooled) and
 * model.
 *
 * A task of the people is a name such as "occlusion_few_large_blobs_high"; it stands for a manipulation and its details, and
 * several tasks stand for the same pair: the model's accuracy is over all stimuli of the pair. Which stimuli those are is what
 * the recording showed in tasks of the pair; where the model answers other pictures than people saw, what their table (data with "part":
 * "stimuli") has as `truth`, `manipulation` and `manipulation_details`. Names that follow another scheme stand for themselves.
 *
 * Ceiling: 50 random halves of the trials, r of the accuracies of the tasks, mean. The reference means this, but its code
 * cannot run (it publishes a constant); here RandomState(0) draws the halves.
 */
#ifndef BB_METRIC_TASKS_CONSISTENCY_H
#define BB_METRIC_TASKS_CONSISTENCY_H

#include "metric/metric.h"

extern const struct bb_metric bb_tasks_consistency;
extern const struct bb_ceiling bb_ceiling_tasks_consistency;

#endif
