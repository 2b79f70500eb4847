/*
 * How near two numbers are: exp(−scale · |a − b|). The numbers are asymmetries of visual search (Ferguson et al. 2024) where
 * the recording has blocks: in each block ("first", "second") and for each number of distractors the accuracy, corrected for
 * lapses, (a − λ/2) / (1 − λ); Δ(d) the second block's minus the first's (of people: of means over subjects); the number is the
 * area under Δ, linear between the numbers of distractors, rounded to 4 decimals as the reference does. Without blocks they are
 * the means of `value` of both sides.
 *
 * Parameters: `scale` (1; the reference's benchmarks have .75), `lapse` (λ; 0), of people and model alike. Recording:
 * stimulus_id, subject, block, distractors, and `correct`, or `choice` and `truth`; of which rows without a block do not count.
 * Ceiling: for seeds 0 … 499, RandomState(seed) permutes the trials; the metric between the two halves; mean, error sd (ddof
 * 0).
 */
#ifndef BB_METRIC_VALUE_DELTA_H
#define BB_METRIC_VALUE_DELTA_H

#include "metric/metric.h"

extern const struct bb_metric bb_value_delta;
extern const struct bb_ceiling bb_ceiling_value_delta;

#endif
