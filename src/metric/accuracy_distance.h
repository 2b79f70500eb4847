/*
 * Accuracy distance (Brain-Score): how near the model's accuracy a is to each subject's h, relative to how far it could be.
 *   mean over subjects of 1 − |a − h| / max(1 − h, h)
 * Parameter: `variables`, coordinates of the recording; the same in each of their combinations, then the mean.
 */
#ifndef BB_METRIC_ACCURACY_DISTANCE_H
#define BB_METRIC_ACCURACY_DISTANCE_H

#include "metric/metric.h"

extern const struct bb_metric bb_accuracy_distance;

#endif
