/*
 * A psychometric function fitted to shares of correct answers (Wichmann and Hill 2001, equation 1), as the reference fits thresholds:
 *   ψ(x) = ½ + (½ − λ) Φ(α (x − β))
 */
#ifndef BB_NUMERIC_PSYCHOMETRIC_H
#define BB_NUMERIC_PSYCHOMETRIC_H

#include <stddef.h>

struct bb_psychometric {
    double alpha, beta, lambda; /* slope, mean, lapse rate (.03 to .5) */
    double loss;                /* −Σ y ln ψ + (1 − y) ln(1 − ψ) */
    double r2;                  /* 1 − Σ(y − ψ)² / Σ(y − ȳ)² */
};

/*
 * The likeliest parameters for the shares y at x (n > 0, x ascending). The reference starts L-BFGS-B from 50 slopes (10^−3 … 10^1) and
 * every x, and keeps the best end; so does this, by Fisher scoring with a damped step, to rounding. Where the likelihood grows without end
 * (shares that jump from one level to another between two x) the slope is where the search stopped gaining, and the mean is
 * between these two x.
 */
struct bb_psychometric bb_psychometric_fit(const double *x, const double *y, size_t n);

double bb_psychometric_at(const struct bb_psychometric *fit, double x);
/* Where ψ is `share`; NaN: nowhere. */
double bb_psychometric_inverse(const struct bb_psychometric *fit, double share);

#endif
