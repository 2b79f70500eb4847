/*
 * Draws from distributions, on the streams of base/rng.h. Each takes as many numbers of the stream as it needs, so a stream is
 * for one purpose.
 */
#ifndef BB_MODEL_DRAWS_H
#define BB_MODEL_DRAWS_H

#include "base/rng.h"

double bb_draw_normal(struct bb_rng *rng);                                /* mean 0, standard deviation 1 */
double bb_draw_between(struct bb_rng *rng, double low, double high);      /* uniform */
unsigned bb_draw_poisson(struct bb_rng *rng, double mean);                /* mean ≥ 0; exact for any mean */
size_t bb_draw_index(struct bb_rng *rng, const double *weight, size_t n); /* with probability weight[i] / Σ weight */

#endif
