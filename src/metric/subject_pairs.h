/*
 * The ceiling `subject_pairs`: the metric itself between all unordered pairs of subjects of the recording (first against
 * second, in natural order).
 */
#ifndef BB_METRIC_SUBJECT_PAIRS_H
#define BB_METRIC_SUBJECT_PAIRS_H

#include "metric/metric.h"

extern const struct bb_ceiling bb_subject_pairs;

#endif
