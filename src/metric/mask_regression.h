/*
 * mask_regression (Cadena2017, after Klindt et al. 2017): each neuron as one mask over the places of a feature map and one
 * weight per channel. What is fitted, and
 * how, stands in numeric/mask_fit.h; the reference leaves its random numbers to the clock, here they are those of `seed` (0) in every split.
 *   raw = mean over splits of the median over neuroids of Pearson's r, as of all regressions
 * The model's file says of each feature its channel, channel_x and channel_y; together they must be a full grid.
 */
#ifndef BB_METRIC_MASK_REGRESSION_H
#define BB_METRIC_MASK_REGRESSION_H

#include "metric/metric.h"

extern const struct bb_metric bb_mask_regression;

#endif
