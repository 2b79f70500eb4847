/*
 * Texture statistics after Portilla & Simoncelli (2000): what is left of an image when places no longer matter. Of the energies
 * of Gabor filters (3 scales × 4 orientations on a 16 × 16 lattice) and of the pixels:
 *   `moments`          mean, standard deviation, skewness and kurtosis of the pixels and of each channel
 *   `autocorrelation`  of each channel with itself, one and two places away in four directions
 *   `correlation`      between the channels at the same place
 */
#ifndef BB_MODEL_TEXTURE_H
#define BB_MODEL_TEXTURE_H

#include "model/image.h"
#include "model/layers.h"

void bb_texture_run(const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out);

/* Correlation of two maps (side × side) where both are defined when the second is shifted by (dx, dy); 0 where one of them is constant. */
double bb_map_correlation(const double *a, const double *b, size_t side, long dx, long dy);

#endif
