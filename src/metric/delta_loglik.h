/*
 * Δ log-likelihood (Goodkind and Bicknell 2018; Wilcox et al. 2020): what a model's values add to a Gaussian linear
 * regression of reading time on baseline predictors.
 *   (ℓ(time ~ baseline + model) − ℓ(time ~ baseline)) / n
 * with the natural logarithm of the likelihood, maximised over coefficients and variance; positive is better.
 * Parameters: `baseline`, coordinates of the recording (numbers), for example ["length", "log_frequency", "position"];
 * `spill_over`: k, adds the values that each of the k words before has, of the model and of the baseline's coordinates (words.h
 * says which words those are); `spill_over_baseline`: of these coordinates of the baseline only, for the position of the word
 * before says little that is new. Both regressions are fitted to the same words: those that have every predictor. The units are
 * each word's difference; the error is their standard error (words taken as independent).
 */
#ifndef BB_METRIC_DELTA_LOGLIK_H
#define BB_METRIC_DELTA_LOGLIK_H

#include "metric/metric.h"

extern const struct bb_metric bb_delta_loglik;

#endif
