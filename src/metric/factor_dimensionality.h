/*
 * factor_dimensionality (Islam2021): of a layer's dimensions, the share that goes with a factor (shape, texture), after Esser et al. 2020.
 *   pairs of images share one factor each. With the first and second images za, zb of the pairs that share f, and per unit
 *   the mean m = ½ (mean za + mean zb):
 *   s_f = Σ_units mean((za − m)(zb − m)) / Σ_units variance of all first and second images;  s_residual = 1
 *   dimensions of f = ⌊N softmax(s)_f⌋ of N units, the residual has the rest;  raw = dimensions of `factor` / N
 *
 * The benchmark's data are either the pairs, a table with stimulus_a, stimulus_b and factor; or the images with stimulus_id, shape, texture and
 * original_image_id in the order of the reference's stimulus set, from which each image's factor and partner are drawn as the reference draws them
 * (Python's random.Random(1751), or `seed`).
 */
#ifndef BB_METRIC_FACTOR_DIMENSIONALITY_H
#define BB_METRIC_FACTOR_DIMENSIONALITY_H

#include "metric/metric.h"

extern const struct bb_metric bb_factor_dimensionality;

#endif
