/*
 * rsm (Coggan2024): the similarity matrix of a model's units that respond to the stimuli, against those of people.
 *   1. units that answer all stimuli equally are left out; of the others those stay whose mean over stimuli is farther from zero than
 *      `threshold` (3.1) standard deviations of these means; each is then standardised over the stimuli
 *   2. RSM = correlation of each pair of rows
 *   raw = mean over people of Pearson's r of the entries off the diagonal with those of the person's RSM
 * The ceiling of that name is the mean over people of the same of one's RSM with the mean of the others'.
 *
 * People: a table with stimulus_a, stimulus_b, subject and value, or an array of stimulus × stimulus × subject. Of an RSM
 * that is not symmetric to the
 * last digit both halves count, as one number for each pair.
 */
#ifndef BB_METRIC_RSM_H
#define BB_METRIC_RSM_H

#include "metric/metric.h"

extern const struct bb_metric bb_rsm;
extern const struct bb_ceiling bb_ceiling_rsm;

#endif
