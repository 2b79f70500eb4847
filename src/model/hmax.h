/*
 * HMAX (Riesenhuber & Poggio 1999, in the form of Serre et al. 2007): simple and complex cells in two rounds.
 *   S1  Gabor filters of 4 orientations and 4 sizes, in two bands (here with a round Gaussian; the published ones are elongated)
 *   C1  maximum over places, and over the two sizes of a band
 *   S2  exp(−‖patch − prototype‖² / (2 σ² size)) of 3 × 3 patches of C1; prototypes are such patches at random places of
 *       images that it has seen
 *   C2  maximum over all places and bands
 * Layers: `S1` and `C1` on a 4 × 4 grid, `S2` as the maximum in each quarter of the first band, `C2`.
 */
#ifndef BB_MODEL_HMAX_H
#define BB_MODEL_HMAX_H

#include <stdint.h>

#include "model/image.h"
#include "model/layers.h"

struct bb_hmax_spec {
    uint64_t seed; /* of the prototypes */
    size_t n_prototypes;
};

/* `seen`: images that the prototypes come from. */
void bb_hmax_run(const struct bb_hmax_spec *spec, const struct bb_images *seen, const struct bb_images *images,
                 struct bb_arena *arena, struct bb_layers *out);

#endif
