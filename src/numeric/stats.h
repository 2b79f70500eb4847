/*
 * Statistics that the metrics are made of. float64; plain loops in a fixed order, so that the bits depend on the data alone.
 * NaN policy is stated for each.
 */
#ifndef BB_NUMERIC_STATS_H
#define BB_NUMERIC_STATS_H

#include <stdbool.h>
#include <stddef.h>

double bb_mean(const double *x, size_t n);         /* NaN for n = 0; NaN in, NaN out */
double bb_nan_mean(const double *x, size_t n);     /* skips NaN; NaN when nothing is left */
double bb_sd(const double *x, size_t n, int ddof); /* two-pass; NaN for n <= ddof */
double bb_nan_sd(const double *x, size_t n, int ddof);
double bb_median(const double *x, size_t n); /* numpy's: mean of the two middle values; NaN in, NaN out; n = 0: NaN */
double bb_nan_median(const double *x, size_t n);

void bb_sort_numbers(double *x, size_t n); /* ascending; no NaN */
/* numpy's percentile, linear between neighbours: `sorted` ascending, n > 0, share from 0 to 1. */
double bb_percentile(const double *sorted, size_t n, double share);

/*
 * Pearson correlation as scipy.stats.pearsonr: r = Σ(x−x̄)(y−ȳ) / (‖x−x̄‖‖y−ȳ‖), clamped to [−1, 1]. NaN for n < 2, a constant
 * vector, or NaN in. bb_spearman: Pearson of average ranks.
 */
double bb_pearson(const double *x, const double *y, size_t n);
double bb_spearman(const double *x, const double *y, size_t n);

/* Ranks from 1, ties get their average (scipy.stats.rankdata). No NaN. rank may not be x. */
void bb_ranks(const double *x, size_t n, double *rank);

double bb_spearman_brown(double r); /* 2r / (1 + r) */

/*
 * Gaussian linear model y = [1 X] b + e by least squares (LAPACK dgelsd, minimum norm).
 * X       n × k, column-major, without the column of ones; not changed
 * loglik  (output) maximised log-likelihood: −n/2 (ln 2π + ln(RSS/n) + 1)
 * residual (output, n, may be NULL)
 * false: n <= k + 1, NaN in, a fit without any residual (its likelihood is infinite), or the solver failed.
 */
bool bb_ols_loglik(const double *X, const double *y, size_t n, size_t k, double *loglik, double *residual);

#endif
