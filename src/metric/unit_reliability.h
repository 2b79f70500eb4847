/*
 * Ceiling from a reliability that comes with each unit of the recording, as published with it: a noise ceiling in percent, or a
 * correlation of repetitions.
 *   per unit: x · scale, and with `root` its square root (a share of variance becomes a correlation)
 *   value  median over units (`aggregate` "mean": their mean); no error
 * Parameters: `coordinate` of the units, `scale` 1, `root` false, `aggregate` "median" or "mean", `subject`. The parts are the
 * subjects. A unit without a value is skipped. Zerbe2026 (√(nc / 100)) and Li2026 (its coordinate as it is) have their ceilings
 * so.
 */
#ifndef BB_METRIC_UNIT_RELIABILITY_H
#define BB_METRIC_UNIT_RELIABILITY_H

#include "metric/metric.h"

extern const struct bb_ceiling bb_unit_reliability;

#endif
