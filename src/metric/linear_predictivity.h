/*
 * Linear predictivity: least squares of minimum norm, with intercept (LinearRegression), then as metric/regression.h says. No
 * parameters of its own.
 */
#ifndef BB_METRIC_LINEAR_PREDICTIVITY_H
#define BB_METRIC_LINEAR_PREDICTIVITY_H

#include "metric/metric.h"

extern const struct bb_metric bb_linear;

#endif
