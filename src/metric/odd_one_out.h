/*
 * Odd-one-out match (Hebart et al. 2023): the share of triplets of images in which the model finds the same one odd as the human did.
 *
 * Recording: a row for each triplet, image_1, image_2, image_3, and `choice`, the odd one; without it the third is, as in the published data.
 * A model's choices are a table of the same columns, images in any order; or activations: of the three dot products of features, (1, 2), (1, 3),
 * (2, 3), the largest (the first of equals) is the pair that goes together, and the third image is odd. Error: √(p (1 − p) / n).
 */
#ifndef BB_METRIC_ODD_ONE_OUT_H
#define BB_METRIC_ODD_ONE_OUT_H

#include "metric/metric.h"

extern const struct bb_metric bb_odd_one_out;

#endif
