/*
 * Centred kernel alignment (Kornblith et al. 2019), linear: how alike the products of all pairs of stimuli are in model and
 * recording.
 *   cka         HSIC(K, L) / (√(HSIC(K, K) HSIC(L, L)) + 1e-12) with the unbiased HSIC of Song et al. (2012); 0 where the
 * product is not positive
 *   cka_biased  Σ Kc∘Lc / (‖Kc‖ ‖Lc‖) with K and L centred
 * Parameters: `per`, `subject`, `split` (metric/geometry.h). With `dialect` "language" `cka` is what Brain-Score language
 * calls so: cka_biased on the test parts of 10 splits.
 *
 * K is taken centred for the unbiased form too: with the diagonal left out, the estimate does not depend on where the
 * features' zero is, and products of features with large means would lose the digits that the reference loses.
 */
#ifndef BB_METRIC_CKA_H
#define BB_METRIC_CKA_H

#include "metric/metric.h"

extern const struct bb_metric bb_cka;
extern const struct bb_metric bb_cka_biased;

#endif
