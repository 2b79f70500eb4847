/*
 * How two quantities go together over items (models, benchmarks): correlation, line, and how sure one can be of them.
 *
 * Values equal scipy's: pearsonr (p of the t test, two-sided; interval by Fisher's z), spearmanr (p of the t test with n − 2 degrees of freedom),
 * linregress; t.cdf and t.ppf. Pairs in which either value is NaN are left out.
 */
#ifndef BB_NUMERIC_ASSOCIATION_H
#define BB_NUMERIC_ASSOCIATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bb_association {
    size_t n;                     /* pairs */
    double r, p;                  /* Pearson; NaN for n < 2 or a constant side. p: 1 for n = 2 */
    double low, high;             /* 95 % interval of r; −1, 1 for n ≤ 3 */
    double rho, rho_p;            /* Spearman; rho_p NaN for n < 3 */
    double slope, intercept;      /* least squares, y on x */
    double slope_se, residual_sd; /* residual_sd: root of the residual sum of squares over n − 2; NaN for n < 3 */
    double mean_x, sum_xx;        /* Σ(x − mean_x)² */
};

/* The 95 % interval of r over n pairs by Fisher's z, tanh(atanh r ± 1.96 / √(n − 3)); −1, 1 for n ≤ 3; NaN for NaN. r = ±1 stays what it
   is. */
void bb_fisher_interval(double r, size_t n, double *low, double *high);

struct bb_association bb_associate(const double *x, const double *y, size_t n);
/* The same without rho and rho_p, which stay NaN: for many pairs. */
struct bb_association bb_correlate(const double *x, const double *y, size_t n);

/* Half-width of the 95 % band of the line at x: t(.975, n − 2) · residual_sd · √(1/n + (x − mean_x)²/sum_xx). NaN for n < 3. */
double bb_line_band(const struct bb_association *line, double x);

/* Student's t with `dof` > 0 degrees of freedom: two-sided p value of t, and the t below which the share `p` lies (0 < p < 1). */
double bb_student_p(double t, double dof);
double bb_student_quantile(double p, double dof);

/* Corrections for n tests: adjusted p values (may be in place). Holm controls the chance of any false claim, Benjamini and Hochberg the
   share of false ones. NaN stays NaN and is no test. */
void bb_holm(const double *p, size_t n, double *adjusted);
void bb_benjamini_hochberg(const double *p, size_t n, double *adjusted);

/*
 * Percentile interval (95 %) of Pearson's r when whole groups (families of models) are drawn with replacement, `times` times, from the stream
 * (seed, task). group[i] < n: the group of pair i. Draws in which r does not exist are left out; false when fewer than half are left.
 */
bool bb_group_bootstrap(const double *x, const double *y, const size_t *group, size_t n, size_t times, uint64_t seed,
                        uint64_t task, double *low, double *high);

/*
 * The same for any statistic of sums over pairs, of which there may be two kinds: second[i], NULL for none, says which pairs are of the other kind.
 * x and y are about the means of all pairs, so a statistic must not depend on where they begin; NaN where it does not exist.
 */
struct bb_sums {
    double n, x, y, xx, yy, xy;
};
double bb_sums_r(const struct bb_sums *of); /* Pearson's r; NaN for fewer than two pairs or a constant side */
typedef double bb_sums_statistic(const struct bb_sums part[2]);
struct bb_draws {
    size_t times;
    uint64_t seed, task;
};
bool bb_group_bootstrap_of(bb_sums_statistic *statistic, const double *x, const double *y, const size_t *group,
                           const bool *second, size_t n, struct bb_draws draws, double *low, double *high);

#endif
