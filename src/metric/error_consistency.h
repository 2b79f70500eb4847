/*
 * Error consistency (Geirhos, Meding and Wichmann 2020, doi:10.48550/arXiv.2006.16736): Cohen's κ of who is right and wrong, per
 * subject and condition.
 *   κ = (o − e) / (1 − e),   o: share of stimuli where both are right or both wrong,   e = ab + (1 − a)(1 − b) from the
 * accuracies a, b Parameters: `condition`, the coordinate of the recording (default "condition", where there is one);
 * `variant`:
 *   "reference"  as Brain-Score: κ is undefined and skipped when e = 1; absolute value of the mean over conditions, then
 * subjects (the default)
 *   "toolbox"    as modelvshuman: κ = 1 when o = 1; the mean as it is
 */
#ifndef BB_METRIC_ERROR_CONSISTENCY_H
#define BB_METRIC_ERROR_CONSISTENCY_H

#include "metric/metric.h"

extern const struct bb_metric bb_error_consistency;

#endif
