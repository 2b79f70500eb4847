/*
 * ridge_classifier_readout (Igustibagus2024): how well objects are told apart in other styles of pictures by a linear
 * readout that was fitted on one.
 *   per split, `images` (30) images of the training domain are kept to test on, as many of each class as can be, and the
 *   rest is fitted on: features by
 *   StandardScaler, RidgeClassifierCV (alphas 1e-4 … 10 by decades, leave one out). Of every other domain `images` are drawn
 *   in the same way; of the
 *   domains in `shared` those that have the background of an image that is tested on.
 *   raw = mean over domains of the mean over splits of the mean over images of the share of other classes that the readout puts below the right one
 * The error is the sd over domains. Splits are scikit-learn's StratifiedShuffleSplit with seed 1, for each domain by itself;
 * those of the reference have no
 * seed. It draws 1,000; so does this.
 *
 * The benchmark's data say of each stimulus its object_label, background_id, and `domain`; or, as in the reference,
 * stimulus_source and object_style, of which
 * its 13 domains are made.
 */
#ifndef BB_METRIC_RIDGE_CLASSIFIER_H
#define BB_METRIC_RIDGE_CLASSIFIER_H

#include "metric/metric.h"

extern const struct bb_metric bb_ridge_classifier_readout;

#endif
