/*
 * The signatures of object discrimination as metrics, i1, i1n, i2, i2n, o1 and o2, each with a ceiling of its name: metric/discrimination.h.
 * Parameter: `skipna` (the public variant of the reference's i2n has it).
 */
#ifndef BB_METRIC_SIGNATURES_H
#define BB_METRIC_SIGNATURES_H

#include "metric/metric.h"

extern const struct bb_metric bb_i1, bb_i1n, bb_i2, bb_i2n, bb_o1, bb_o2;
extern const struct bb_ceiling bb_ceiling_i1, bb_ceiling_i1n, bb_ceiling_i2, bb_ceiling_i2n, bb_ceiling_o1, bb_ceiling_o2;

#endif
