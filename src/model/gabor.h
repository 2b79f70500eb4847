/*
 * The Gabor pyramid: energy of Gabor filters in quadrature, pooled on a grid; the standard model of V1. Layers: `energy` (4 × 4
 * means for each channel), `coarse` (2 × 2), `normalised` (4 × 4, each divided by the energy of all channels at its place).
 */
#ifndef BB_MODEL_GABOR_H
#define BB_MODEL_GABOR_H

#include "model/image.h"
#include "model/layers.h"

struct bb_gabor_spec {
    double shortest; /* wavelength in pixels; three scales, each twice the one before */
    size_t n_orientations;
};

void bb_gabor_run(const struct bb_gabor_spec *spec, const struct bb_images *images, struct bb_arena *arena,
                  struct bb_layers *out);

#endif
