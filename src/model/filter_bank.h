/*
 * A bank of Gabor filters in quadrature: what simple and complex cells are modelled by (Adelson & Bergen 1985).
 *
 * A filter is a plane wave under a round Gaussian, which makes it separable: two passes of one-dimensional filters instead of
 * one of two dimensions. The image's mean is taken off, and there is nothing beyond its border. Each scale is computed on as
 * coarse a lattice as its wavelength allows, and then pooled to `map` × `map` values, the same for all scales.
 */
#ifndef BB_MODEL_FILTER_BANK_H
#define BB_MODEL_FILTER_BANK_H

#include <stdbool.h>

#include "base/mem.h"

enum bb_bank_cell {
    BB_CELL_SIMPLE,  /* |even filter| */
    BB_CELL_COMPLEX, /* √(even² + odd²) */
};

struct bb_bank_spec {
    size_t side;              /* of the images */
    size_t map;               /* side of the maps that come out; divides `side` */
    const double *wavelength; /* pixels, n_scales; kept as it is */
    size_t n_scales, n_orientations;
    double first_orientation; /* of the wave's direction; the others follow in steps of π / n_orientations */
    double sigma;             /* of the Gaussian, in wavelengths */
    enum bb_bank_cell cell;
    bool pool_max; /* of the lattice onto the map: maximum instead of mean */
};

struct bb_bank;
struct bb_bank *bb_bank_new(const struct bb_bank_spec *spec, struct bb_arena *arena);
size_t bb_bank_channels(const struct bb_bank *bank);                             /* scales × orientations, orientation fastest */
void bb_bank_run(const struct bb_bank *bank, const double *image, double *maps); /* channels × map × map */

/* Divisive normalisation across orientations at each place and scale: r^power / (half^power + mean over orientations of r^power), in place. */
void bb_bank_normalise(const struct bb_bank *bank, double power, double half, double *maps);

#endif
