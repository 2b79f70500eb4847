/*
 * Behaviour from activations, as the reference reads it out where a model has no choices of its own.
 *
 * - A benchmark with fitting stimuli (`fitting_stimuli`, and `data` with a part "train" that has stimulus_id and truth): a multinomial logistic
 *   regression on standardised features of the fitting stimuli, C = 1e-3 (numeric/logistic.h, at its optimum). Labels are in the order of
 *   their first row in that part. Where the metric has a coordinate `by` (task->by) and that part has it too, there is one regression for each of its
 *   values, on its own fitting stimuli, and each answers all stimuli: the output has the coordinate as well.
 * - Without: the activations must be 1,000 logits of ImageNet classes, in their order. Where the truths of the recording are synsets of these
 *   classes, the model chooses among all 1,000; else each truth must be a category of metric/imagenet_labels.h, whose probability is the mean
 *   of its classes'.
 */
#ifndef BB_METRIC_BEHAVIOR_READOUT_H
#define BB_METRIC_BEHAVIOR_READOUT_H

#include "metric/metric.h"

/* The stimuli of task->data that there are features of, and what the model says to them, as probabilities. *how: which readout it was,
   in words. bb_assembly_free. */
enum bb_code bb_behavior_readout(const struct bb_task *task, struct bb_assembly **out, const char **how,
                                 struct bb_err *err) BB_MUST_CHECK;

#endif
