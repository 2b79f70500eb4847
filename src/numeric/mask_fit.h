/*
 * Each target by one mask over places and one weight per channel (Klindt et al. 2017): y = Σ_xy s(x, y) Σ_c d(c) X(c, x, y) + b.
 *
 * Minimised is, over the training rows of all targets together, ‖prediction − Y‖ + ls (Σ s² + Σ_targets ‖Δs‖) + ld Σ d², Δ
 * the discrete
 * Laplacian (4, −1; zero beyond the edge), by the reference's schedule: Adam on batches in random order, a fixed number of
 * epochs. What comes of that depends
 * on the random numbers, which are numpy's RandomState(seed): for each target its mask and its weights are drawn from a
 * normal distribution, then each
 * epoch shuffles the rows. In double precision; the reference computes in single.
 */
#ifndef BB_NUMERIC_MASK_FIT_H
#define BB_NUMERIC_MASK_FIT_H

#include "numeric/splits.h"

struct bb_mask_schedule {
    size_t epochs, batch, decay;    /* decay: after every that many epochs the rate is a tenth */
    double rate, ls, ld, tolerance; /* tolerance: it ends after an epoch whose last batch has a smaller ‖prediction − Y‖ */
    uint32_t seed;
};

/* X: rows × (channels · nx · ny), row-major, channel by channel, each x by x. Y: rows × q. prediction: n_test × q (output). */
void bb_mask_fit(const double *X, const double *Y, size_t channels, size_t nx, size_t ny, size_t q, const struct bb_fold *fold,
                 const struct bb_mask_schedule *schedule, double *prediction);

#endif
