/*
 * A trained readout: which of several classes an image shows, by multinomial logistic regression on a layer's features. Fitted
 * by gradient descent with momentum on all examples at once, 150 steps from zero, so there is no chance in it; what is left of
 * the slope is below a thousandth of the first.
 */
#ifndef BB_MODEL_READOUT_H
#define BB_MODEL_READOUT_H

#include "model/layers.h"

struct bb_readout {
    size_t width, n_classes;
    double *mean, *sd; /* of the features it was fitted on */
    double *weight;    /* (width + 1) × n_classes; the last row is the intercept */
};

/* penalty: of the squared weights, per example. */
struct bb_readout bb_readout_fit(const double *value, size_t n, size_t width, const int *label, size_t n_classes, double penalty,
                                 struct bb_arena *arena);
/* n × n_classes: the evidence for each class (logits); probabilities are its softmax. */
void bb_readout_apply(const struct bb_readout *readout, const double *value, size_t n, double *evidence);
size_t bb_largest(const double *value, size_t n); /* the first of the largest */

#endif
