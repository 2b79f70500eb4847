/*
 * Accuracy difference (modelvshuman toolbox, Geirhos et al. 2021, doi:10.48550/arXiv.2106.07411): the squared difference of
 * the accuracies of model and human; mean over conditions, then over subjects; lower is better. Parameter: `condition`, the
 * coordinate of the recording (default
 * "condition", where there is one).
 */
#ifndef BB_METRIC_ACCURACY_DIFFERENCE_H
#define BB_METRIC_ACCURACY_DIFFERENCE_H

#include "metric/metric.h"

extern const struct bb_metric bb_accuracy_difference;

#endif
