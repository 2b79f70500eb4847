/*
 * What a manipulation of an image costs in accuracy, of a model and of people (Baker & Elder 2022). Delta of a set of subjects:
 * the mean over them of accuracy on whole images minus accuracy on manipulated ones; of a model the same difference, each a
 * mean over the categories (`truth`) of its accuracy in them. For i = 0 … 99, h is the delta of the subjects whose number is
 * among RandomState(i).choice(range(1, n), n // 2, replace=False), and
 *
 *     s_i = max(0, 1 − |h − m| / h)        score: their mean, error: their sd (ddof 0)
 *
 * A subject's number is its label, where labels are numbers, else its place in natural order from 0: as in the reference,
 * number 0 is never drawn. Ceiling: RandomState(0) draws 100 such halves; against everyone else, c = max(0, 1 − |h₁ − h₂| /
 * h₂), corrected 2c / (1 + c); their median. Parameters: `condition`, the manipulated value of `coordinate` ("image_type"), and
 * `whole` ("w"). Recording: stimulus_id, subject, truth, image_type, and `correct` or `choice`.
 */
#ifndef BB_METRIC_BAKER_ACCURACY_DELTA_H
#define BB_METRIC_BAKER_ACCURACY_DELTA_H

#include "metric/metric.h"

extern const struct bb_metric bb_baker_accuracy_delta;
extern const struct bb_ceiling bb_ceiling_baker_accuracy_delta;

#endif
