/*
 * ost (Kar2019): whether a model solves the same images early, and the same late, as the inferior temporal cortex does. For
 * models whose answer changes with
 * time.
 *   per split (10, a tenth of the images to test on, seed 1) and bin of time, a classifier is fitted on the training images' features and gives
 *   probabilities of the labels for the others; of these each image's i1 (metric/discrimination.h). An image is solved where
 *   its i1 first reaches the
 *   recording's: the time between the bin before and this one where the line through both is there.
 *   raw = mean over splits of Spearman's ρ of the model's times with the recording's, over images that the model solves
 *
 * The classifier is ours: the reference's own, 40 epochs of Adam from seeded weights, depends on a library's random numbers
 * and stops before its optimum. This
 * is the optimum of the same objective on standardised features, the mean cross-entropy + ½ · .463 ‖W‖², but for the
 * intercept, which is not penalised.
 *
 * The recording has for each image its time (value), i1 and truth (or what the parameter "truth" names instead); of images that are there
 * twice the first row counts.
 */
#ifndef BB_METRIC_OST_H
#define BB_METRIC_OST_H

#include "metric/metric.h"

extern const struct bb_metric bb_ost;

#endif
