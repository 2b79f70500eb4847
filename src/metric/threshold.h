/*
 * threshold and threshold_elevation (Malania2007): how near the stimulus strength at which a model is right in a given share of cases is to
 * the same of people; and the same for the ratio of two such thresholds, with something beside the target and without.
 *
 * The model's answers are made a share of right ones at each value of the variable. Fewer than `required_accuracy` right in all, a curve
 * that falls before a third of its values, an R² below .4, or a threshold outside the values that were measured: there is no threshold,
 * and the score is 0, as in the reference.
 *
 * threshold with `by` and `baseline` (Malania2007.vernieracuity): `by` is a coordinate of the recording, one value of which is the baseline. For each
 * other value, a condition, the subjects who have a threshold in both count, with their thresholds in the baseline. The model is shown what the
 * baseline is of: once, or, where its output has the coordinate (its readout is fitted for each condition), once for each. The parts are the
 * conditions, the score the mean of their clipped scores, each by the mean over conditions of the ceiling of its people.
 */
#ifndef BB_METRIC_THRESHOLD_H
#define BB_METRIC_THRESHOLD_H

#include "metric/metric.h"

extern const struct bb_metric bb_threshold, bb_threshold_elevation;
extern const struct bb_ceiling bb_ceiling_threshold, bb_ceiling_threshold_elevation;

/* The score of a threshold, or an elevation, against those of people: mean of max(0, 1 − |h − m| / h); pooled, the same of their mean. */
double bb_threshold_compare(bool pool, double model, const double *human, size_t n);

#endif
