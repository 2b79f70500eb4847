#include "numeric/stats.h"

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/order.h"

static double sum(const double *x, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) total += x[i];
    return total;
}

double bb_mean(const double *x, size_t n)
{
    if (n == 0) return NAN;
    return sum(x, n) / (double)n;
}

double bb_sd(const double *x, size_t n, int ddof)
{
    if ((double)n - ddof <= 0) return NAN;
    double mean = bb_mean(x, n), total = 0;
    for (size_t i = 0; i < n; i++) total += (x[i] - mean) * (x[i] - mean);
    return sqrt(total / ((double)n - ddof));
}

/* The values that are not NaN, in their order; free() the result. */
static double *without_nan(const double *x, size_t n, size_t *n_kept)
{
    double *kept = bb_malloc((n ? n : 1) * sizeof *kept);
    *n_kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i])) kept[(*n_kept)++] = x[i];
    return kept;
}

double bb_nan_mean(const double *x, size_t n)
{
    double total = 0;
    size_t left = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i])) {
            total += x[i];
            left++;
        }
    if (left == 0) return NAN;
    return total / (double)left;
}

double bb_nan_sd(const double *x, size_t n, int ddof)
{
    size_t left;
    double *kept = without_nan(x, n, &left);
    double sd = bb_sd(kept, left, ddof);
    free(kept);
    return sd;
}

void bb_sort_numbers(double *x, size_t n)
{
    size_t *order = bb_malloc((n + 1) * sizeof *order);
    double *copy = bb_malloc((n + 1) * sizeof *copy);
    bb_order(x, n, order);
    if (n) memcpy(copy, x, n * sizeof *copy);
    for (size_t i = 0; i < n; i++) x[i] = copy[order[i]];
    free(copy);
    free(order);
}

double bb_percentile(const double *sorted, size_t n, double share)
{
    double at = share * (double)(n - 1);
    size_t below = (size_t)at;
    return below + 1 < n ? sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

double bb_nan_median(const double *x, size_t n)
{
    size_t left;
    double *sorted = without_nan(x, n, &left);
    bb_sort_numbers(sorted, left);
    double median = NAN;
    if (left) median = left % 2 ? sorted[left / 2] : (sorted[left / 2 - 1] + sorted[left / 2]) / 2;
    free(sorted);
    return median;
}

double bb_median(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(x[i])) return NAN;
    return bb_nan_median(x, n);
}

/* Deviations from the mean, in units of the largest: squares of very large or small numbers neither overflow nor vanish. false: x
   is constant, or NaN. */
static bool centre(const double *x, size_t n, double *deviation)
{
    double mean = bb_mean(x, n), largest = 0;
    size_t same = 1; /* the mean of equal numbers may differ from them in the last bit */
    while (same < n && x[same] == x[0]) same++;
    for (size_t i = 0; i < n; i++) {
        deviation[i] = x[i] - mean;
        double size = fabs(deviation[i]);
        if (size > largest) largest = size;
    }
    for (size_t i = 0; i < n; i++) deviation[i] /= largest;
    return same < n && isfinite(mean);
}

double bb_pearson(const double *x, const double *y, size_t n)
{
    if (n < 2) return NAN;
    double *dx = bb_malloc(2 * n * sizeof *dx), *dy = dx + n;
    double xx = 0, yy = 0, xy = 0, r = NAN;
    if (centre(x, n, dx) && centre(y, n, dy)) {
        for (size_t i = 0; i < n; i++) {
            xx += dx[i] * dx[i];
            yy += dy[i] * dy[i];
            xy += dx[i] * dy[i];
        }
        r = fmin(fmax(xy / (sqrt(xx) * sqrt(yy)), -1), 1);
    }
    free(dx);
    return r;
}

void bb_ranks(const double *x, size_t n, double *rank)
{
    size_t *order = bb_malloc((n + 1) * sizeof *order);
    bb_order(x, n, order);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && x[order[end]] == x[order[first]];) end++;
        for (size_t i = first; i < end; i++) rank[order[i]] = (double)(first + 1 + end) / 2;
    }
    free(order);
}

static bool any_nan(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(x[i])) return true;
    return false;
}

double bb_spearman(const double *x, const double *y, size_t n)
{
    if (n < 2 || any_nan(x, n) || any_nan(y, n)) return NAN;
    double *rank = bb_malloc(2 * n * sizeof *rank);
    bb_ranks(x, n, rank);
    bb_ranks(y, n, rank + n);
    double r = bb_pearson(rank, rank + n, n);
    free(rank);
    return r;
}

double bb_spearman_brown(double r)
{
    return 2 * r / (1 + r);
}

/* [1 X] with each column scaled to 1: the residual is the same, and columns of very different units cost it no digits. */
static double *design_of(const double *X, size_t n, size_t k)
{
    double *design = bb_malloc(n * (k + 1) * sizeof *design);
    for (size_t i = 0; i < n; i++) design[i] = 1;
    for (size_t j = 0; j < k; j++) {
        double largest = 0;
        for (size_t i = 0; i < n; i++) largest = fmax(largest, fabs(X[j * n + i]));
        for (size_t i = 0; i < n; i++) design[(j + 1) * n + i] = largest > 0 ? X[j * n + i] / largest : 0;
    }
    return design;
}

/* y − design · b, and its sum of squares. */
static double residuals(const double *design, const double *y, size_t n, size_t k, const double *b, double *residual)
{
    for (size_t i = 0; i < n; i++) residual[i] = y[i] - b[0];
    for (size_t j = 1; j <= k; j++)
        for (size_t i = 0; i < n; i++) residual[i] -= b[j] * design[j * n + i];
    double rss = 0;
    for (size_t i = 0; i < n; i++) rss += residual[i] * residual[i];
    return rss;
}

bool bb_ols_loglik(const double *X, const double *y, size_t n, size_t k, double *loglik, double *residual)
{
    if (n <= k + 1 || any_nan(y, n) || any_nan(X, n * k)) return false;
    double *design = design_of(X, n, k), *factored = bb_malloc(n * (k + 1) * sizeof *factored);
    memcpy(factored, design, n * (k + 1) * sizeof *factored);
    double *b = bb_malloc(n * sizeof *b); /* in: y, out: the k + 1 coefficients */
    double *singular = bb_malloc((k + 1) * sizeof *singular);
    double *e = bb_malloc(n * sizeof *e);
    memcpy(b, y, n * sizeof *b);
    lapack_int rank = 0, rows = (lapack_int)n, columns = (lapack_int)(k + 1);
    bool solved = LAPACKE_dgelsd(LAPACK_COL_MAJOR, rows, columns, 1, factored, rows, b, rows, singular, -1, &rank) == 0;
    double rss = solved ? residuals(design, y, n, k, b, e) : 0;
    if (rss > 0) {
        *loglik = -(double)n / 2 * (log(2 * M_PI) + log(rss / (double)n) + 1);
        if (residual) memcpy(residual, e, n * sizeof *e);
    }
    free(e);
    free(singular);
    free(b);
    free(factored);
    free(design);
    return rss > 0;
}
