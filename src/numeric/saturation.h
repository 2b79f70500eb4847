/*
 * The curve by which ceilings are extrapolated to more subjects: v(x) = v0 (1 − exp(−x / τ0)), with 0 <= v0 <= 1 and any τ0.
 */
#ifndef BB_NUMERIC_SATURATION_H
#define BB_NUMERIC_SATURATION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Least squares as scipy.optimize.curve_fit(v, x, y, bounds=([0, −inf], [1, inf])) finds them: the trust region reflective
 * algorithm (Branch, Coleman and Li 1999) from v0 = .5, τ0 = 1, with forward differences, tolerances of 1e-8 and 200
 * evaluations. The iterates are scipy's, because which minimum is found, where the search stops short of it, and whether it
 * fails, are part of the reference's ceilings. x, y finite; n >= 1. false: it did not converge.
 */
bool bb_saturation_fit(const double *x, const double *y, size_t n, double *v0, double *tau0);

#endif
