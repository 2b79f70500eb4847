/*
 * Pixels as features: what any model should beat. Layers: `fine` (16 × 16 means), `coarse` (8 × 8), `luminance` (mean, standard
 * deviation, skewness and kurtosis of the image and of its four quarters).
 */
#ifndef BB_MODEL_PIXELS_H
#define BB_MODEL_PIXELS_H

#include "model/image.h"
#include "model/layers.h"

void bb_pixels_run(const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out);

/* Mean, standard deviation, skewness, kurtosis − 3 of n values (the last two 0 where all are equal). */
void bb_moments(const double *x, size_t n, double out[4]);

#endif
