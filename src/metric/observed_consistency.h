/*
 * Observed consistency (modelvshuman toolbox, Geirhos et al. 2021, doi:10.48550/arXiv.2106.07411): the share of stimuli where
 * both are right or both wrong; mean over conditions, then over subjects. Parameter: `condition`, the coordinate of the
 * recording (default "condition", where there is one).
 */
#ifndef BB_METRIC_OBSERVED_CONSISTENCY_H
#define BB_METRIC_OBSERVED_CONSISTENCY_H

#include "metric/metric.h"

extern const struct bb_metric bb_observed_consistency;

#endif
