/*
 * Multinomial logistic regression with an L2 penalty, at its optimum: what makes choices from features (a readout). As the reference
 * configures scikit-learn's LogisticRegression(multi_class="multinomial"): minimise
 *
 *     C · Σ_i −log p(label_i | x_i) + ½ ‖W‖²,   p = softmax(W'x + b)
 *
 * over W and b; b is free, and sums to zero. Two classes are a softmax of two as well. The reference stops its optimiser early (gradient
 * 1e-4, 100 steps); this one goes on until rounding stops it, so that the result is a property of the data.
 */
#ifndef BB_NUMERIC_LOGISTIC_H
#define BB_NUMERIC_LOGISTIC_H

#include <stdint.h>

#include "base/mem.h"

struct bb_logistic {
    size_t r, k;
    const double *weight;    /* r × k, row-major */
    const double *intercept; /* k */
    double slope;            /* largest absolute derivative of the objective at the end */
    size_t steps;
};

/* Z: n × r, row-major; label: 0 … k − 1 for each row, k > 1. Results in the arena. BB_EINPUT: a value that is not finite. */
enum bb_code bb_logistic_fit(const double *Z, size_t n, size_t r, const int32_t *label, size_t k, double C,
                             struct bb_arena *arena, struct bb_logistic *out, struct bb_err *err) BB_MUST_CHECK;
/* probability (n × k, output) */
void bb_logistic_apply(const struct bb_logistic *fit, const double *Z, size_t n, double *probability);

#endif
