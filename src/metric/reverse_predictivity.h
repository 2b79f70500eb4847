/*
 * The reverse of pls: the recording predicts the model. PLSRegression(components, scale=False) from the neuroids to all
 * features of the layer, which come in blocks, twice: to find the feature that the first iteration starts from, and to be
 * predicted. Parameter: `components`,
 * 25: not more than there are neuroids.
 *   raw = mean over splits of the median over features of Pearson's r, features that are constant skipped
 * Everything else as metric/regression.h says, but the units are the splits' medians. Splits are drawn over the recording's
 * rows, as for all other metrics; the reference draws them over the model's, whose order is that of its stimulus set.
 */
#ifndef BB_METRIC_REVERSE_PREDICTIVITY_H
#define BB_METRIC_REVERSE_PREDICTIVITY_H

#include "metric/metric.h"

extern const struct bb_metric bb_reverse_pls;

#endif
