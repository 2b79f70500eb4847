/*
 * Ridge predictivity: Ridge(alpha), with intercept, then as metric/regression.h says. Parameter: `alpha`, 1. In the dialect
 * of language the metric of this name chooses its penalty: it is ridgecv with the alphas of language, unless an `alpha` is
 * stated.
 */
#ifndef BB_METRIC_RIDGE_PREDICTIVITY_H
#define BB_METRIC_RIDGE_PREDICTIVITY_H

#include "metric/metric.h"

extern const struct bb_metric bb_ridge;

#endif
