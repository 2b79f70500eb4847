/*
 * ks_similarity (Marques et al. 2021): whether a model's units have a property (preferred orientation, size of the receptive
 * field, sparseness …) in
 * the proportions that neurons have it.
 *
 * The model gives activations to all the stimuli that physiologists used, in one set: a blank screen, small gratings all over it, and those of
 * the experiment. "part": "stimuli" of the benchmark's data says what they are: stimulus_id, `set` (metric/v1_properties.h), position_x and
 * position_y, and phase, orientation, spatial_frequency and radius (of gratings), or type ("noise", "texture"), family and sample.
 *   1. Only units whose receptive field is within .15° of the stimuli count: the centroid of the responses to the small gratings.
 *   2. Activations become firing rates by one line for all units: median largest response 33.8 spikes/s, median response to the blank .82.
 *   3. Units that never respond above 5 spikes/s (with some properties: above their baseline) are left out; of the others the property is taken.
 *   4. 1,000 times, as many units as there are neurons are drawn with replacement, and their distribution is compared with the neurons':
 *      1 − max |F − F_data| / the largest that it could be. The score is the mean, and its error the sd.
 *
 * The reference draws from a generator that nobody seeds; here it is numpy's RandomState(seed), 0 unless stated. Neurons:
 * presentation or neuroid ×
 * neuronal_property, or a table with a row for each neuron, and a coordinate neuronal_property where it has several.
 */
#ifndef BB_METRIC_KS_SIMILARITY_H
#define BB_METRIC_KS_SIMILARITY_H

#include "metric/metric.h"

extern const struct bb_metric bb_ks_similarity;
extern const struct bb_ceiling bb_ceiling_ks_similarity;

#endif
