/*
 * Accuracy: the share of the model's trials whose choice is the truth, pooled over conditions (which is also the toolbox's OOD
 * accuracy). The truth of a stimulus is the recording's, or without a recording the model's own coordinate `truth`. The error is
 * the standard deviation of the 0s and 1s (ddof 0), as in the reference. No parameters: conditions that do not count are dropped
 * by `where`.
 */
#ifndef BB_METRIC_ACCURACY_H
#define BB_METRIC_ACCURACY_H

#include "metric/metric.h"

extern const struct bb_metric bb_accuracy;

#endif
