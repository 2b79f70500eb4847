/*
 * Δ log-likelihood (Goodkind and Bicknell 2018; Wilcox et al. 2020): what a model's values add to a Gaussian linear regression of reading time on
 * baseline predictors.
 *   (ℓ(time ~ baseline + model) − ℓ(time ~ baseline)) / n        natural logarithm, maximised over coefficients and variance; positive is better
 * Parameters: `baseline`, coordinates of the recording (numbers), for example ["length", "log_frequency", "position"]; `spill_over`: k, adds the same
 * predictors and the model's value of each of the k words before (words.h says which words those are), to the baseline and to the model in turn.
 * Both regressions are fitted to the same words: those that have every predictor. The units are each word's difference; the error is their
 * standard error (words taken as independent).
 */
#ifndef BB_METRIC_DELTA_LOGLIK_H
#define BB_METRIC_DELTA_LOGLIK_H

#include "metric/metric.h"

extern const struct bb_metric bb_delta_loglik;

#endif
