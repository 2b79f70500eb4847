/*
 * The standard normal distribution.
 */
#ifndef BB_NUMERIC_NORMAL_H
#define BB_NUMERIC_NORMAL_H

double bb_normal_cdf(double x); /* Φ */

/* Φ⁻¹, by Wichura's rational approximations (algorithm AS 241, 1988; relative error about 1e-16): −∞ at 0, ∞ at 1, NaN outside [0, 1]
   and for NaN. */
double bb_normal_quantile(double p);

#endif
