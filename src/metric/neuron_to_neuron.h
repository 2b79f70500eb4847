/*
 * One unit for one neuron: each neuroid is predicted by the one feature that correlates best with it over the training
 * stimuli, then as metric/regression.h says. No parameters of its own. Of features that correlate equally the first is taken;
 * those that are constant are left out. Needs the features themselves.
 *
 * A neuroid that is constant over the training stimuli has no best feature: it is skipped by the median, where the reference
 * stops with an error.
 */
#ifndef BB_METRIC_NEURON_TO_NEURON_H
#define BB_METRIC_NEURON_TO_NEURON_H

#include "metric/metric.h"

extern const struct bb_metric bb_neuron_to_neuron;

#endif
