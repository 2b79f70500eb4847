/*
 * What geometry metrics take from a Gram: products and correlations of rows, principal components.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/gram_int.h"

void bb_gram_uncentred(struct bb_gram *gram, const size_t *rows, size_t n_rows, double *out)
{
    double p = (double)gram->p, shift = gram->shift, *with = bb_doubles(n_rows);
    double square = gram->mean_square + 2 * shift * gram->mean_sum + p * shift * shift;
    bb_gather_square(bb_gram_kernel(gram), gram->n, rows, n_rows, rows, n_rows, out);
    for (size_t i = 0; i < n_rows; i++) with[i] = gram->with_mean[rows[i]] + shift * gram->row_sum[rows[i]];
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_rows; j++) out[i * n_rows + j] += with[i] + with[j] + square;
    free(with);
}

/* A variance below this share of what it is the difference of is rounding. */
#define CONSTANT_ROW 1e-13

void bb_gram_row_correlations(struct bb_gram *gram, const size_t *rows, size_t n_rows, double *out)
{
    double p = (double)gram->p;
    double variance = gram->mean_square - gram->mean_sum * gram->mean_sum / p;
    double *with = bb_doubles(2 * n_rows), *sd = with + n_rows;
    bb_gather_square(bb_gram_kernel(gram), gram->n, rows, n_rows, rows, n_rows, out);
    for (size_t i = 0; i < n_rows; i++) with[i] = gram->with_mean[rows[i]] - gram->row_sum[rows[i]] * gram->mean_sum / p;
    for (size_t i = 0; i < n_rows; i++) {
        double sum = gram->row_sum[rows[i]], size = out[i * n_rows + i] + 2 * fabs(with[i]) + gram->mean_square;
        for (size_t j = 0; j < n_rows; j++) {
            double *cell = &out[i * n_rows + j];
            *cell = *cell - sum * gram->row_sum[rows[j]] / p + (with[i] + with[j]) + variance;
        }
        double own = out[i * n_rows + i];
        sd[i] = own > CONSTANT_ROW * size ? sqrt(own) : (double)NAN;
    }
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_rows; j++) {
            double r = out[i * n_rows + j] / sd[i] / sd[j];
            out[i * n_rows + j] = isnan(r) ? (double)NAN : fmin(fmax(r, -1), 1);
        }
    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(sd[i])) out[i * n_rows + i] = 1;
    free(with);
}

/* --- principal components -------------------------------------------------------------------------------------------- */

/* The eigenvectors of the `want` largest eigenvalues, largest first (row k of *vector), without those that are zero to
   rounding. */
static size_t largest_eigen(double *A, size_t n, size_t want, double *value, double *vector)
{
    int order = bb_int(n), found = 0;
    double *ascending = bb_doubles(n * want), *w = bb_doubles(n);
    lapack_int *support = bb_malloc(2 * (want + 1) * sizeof *support);
    lapack_int info = LAPACKE_dsyevr(LAPACK_COL_MAJOR, 'V', 'I', 'L', order, A, order, 0, 0, bb_int(n - want + 1), order, 0,
                                     &found, w, ascending, order, support);
    if (info != 0) bb_die("The eigenvalues of a %zu × %zu matrix did not converge.", n, n);
    size_t kept = 0, m = (size_t)found;
    double least = m ? w[m - 1] * (double)n * 2.3e-16 : 0;
    for (size_t k = 0; k < m && w[m - 1 - k] > least; k++, kept++) {
        value[k] = w[m - 1 - k];
        memcpy(vector + k * n, ascending + (m - 1 - k) * n, n * sizeof *vector);
    }
    free(support);
    free(w);
    free(ascending);
    return kept;
}

/* Through the features: the eigenvectors V of their covariance, scores Z·V. */
static double *pca_of_features(const struct bb_gram *gram, const size_t *fit, size_t n_fit, const size_t *apply, size_t n_apply,
                               size_t k, size_t *rank)
{
    size_t p = gram->p;
    double *X = bb_doubles(n_fit * p), *Z = bb_doubles(n_apply * p), *mean = bb_doubles(p), *C = bb_zeros(p * p);
    double *value = bb_doubles(k), *V = bb_doubles(k * p);
    bb_gather_rows(gram->X, p, fit, n_fit, X);
    bb_gather_rows(gram->X, p, apply, n_apply, Z);
    bb_column_means(X, n_fit, p, mean);
    bb_subtract_row(X, n_fit, p, mean);
    bb_subtract_row(Z, n_apply, p, mean);
    int ip = bb_int(p);
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, ip, bb_int(n_fit), 1, X, ip, 0, C, ip);
    *rank = largest_eigen(C, p, k, value, V);
    double *scores = bb_zeros(n_apply * *rank);
    if (*rank && n_apply)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, bb_int(n_apply), bb_int(*rank), ip, 1, Z, ip, V, ip, 0, scores,
                    bb_int(*rank));
    free(V);
    free(value);
    free(C);
    free(mean);
    free(Z);
    free(X);
    return scores;
}

/* Through the products: the eigenvectors U of the kernel of `fit`, scores K(apply, fit)·U / √λ. */
static double *pca_of_products(struct bb_gram *gram, const size_t *fit, size_t n_fit, const size_t *apply, size_t n_apply,
                               size_t k, size_t *rank)
{
    const double *all = bb_gram_kernel(gram);
    double *K = bb_doubles(n_fit * n_fit), *A = bb_doubles(n_apply * n_fit), *mean = bb_doubles(n_fit), grand;
    double *value = bb_doubles(k), *U = bb_doubles(k * n_fit);
    bb_gather_square(all, gram->n, fit, n_fit, fit, n_fit, K);
    bb_gather_square(all, gram->n, apply, n_apply, fit, n_fit, A);
    bb_centre_kernel(K, n_fit, mean, &grand);
    bb_centre_cross(A, n_apply, n_fit, mean, grand);
    *rank = largest_eigen(K, n_fit, k, value, U);
    for (size_t c = 0; c < *rank; c++) cblas_dscal(bb_int(n_fit), 1 / sqrt(value[c]), U + c * n_fit, 1);
    double *scores = bb_zeros(n_apply * *rank);
    if (*rank && n_apply)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, bb_int(n_apply), bb_int(*rank), bb_int(n_fit), 1, A, bb_int(n_fit),
                    U, bb_int(n_fit), 0, scores, bb_int(*rank));
    free(U);
    free(value);
    free(mean);
    free(A);
    free(K);
    return scores;
}

double *bb_gram_pca(struct bb_gram *gram, const size_t *fit, size_t n_fit, const size_t *apply, size_t n_apply, size_t k,
                    size_t *rank)
{
    size_t most = n_fit < 2 ? 0 : n_fit - 1;
    if (most > gram->p) most = gram->p;
    if (k > most) k = most;
    if (k == 0) {
        *rank = 0;
        return bb_zeros(0);
    }
    if (gram->X && gram->p <= n_fit) return pca_of_features(gram, fit, n_fit, apply, n_apply, k, rank);
    return pca_of_products(gram, fit, n_fit, apply, n_apply, k, rank);
}
