/*
 * Interpolating cubic splines whose first two and last two pieces are one cubic each ("not a knot"): scipy's UnivariateSpline(s=0) and CubicSpline.
 */
#ifndef BB_NUMERIC_SPLINE_H
#define BB_NUMERIC_SPLINE_H

#include <stdbool.h>
#include <stddef.h>

/* curvature (n, output): second derivatives at the knots. false: n < 4, or x not strictly ascending. */
bool bb_spline_fit(const double *x, const double *y, size_t n, double *curvature);
/* Beyond the knots the first or last piece goes on. */
double bb_spline_at(const double *x, const double *y, const double *curvature, size_t n, double at);

#endif
