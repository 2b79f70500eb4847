/*
 * Least squares of minimum norm, with intercept.
 */
#include <math.h>
#include <string.h>

#include "numeric/regress_int.h"

/* out (m × n) = Aᵀ, A n × m */
static void transpose(const double *A, size_t n, size_t m, double *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) out[j * n + i] = A[i * m + j];
}

/* From the features themselves. B (p × q) is the solution. Singular values up to max(n, p)·eps of the largest count as zero. */
static bool solve_features(const double *X, const double *Y, size_t n, size_t p, size_t q, double *B)
{
    size_t m = n > p ? n : p;
    double *A = bb_doubles(n * p), *column = bb_zeros(m * q), *singular = bb_doubles(m);
    lapack_int rank = 0, in = bb_int(n), ip = bb_int(p), im = bb_int(m);
    transpose(X, n, p, A); /* by columns */
    for (size_t j = 0; j < q; j++)
        for (size_t i = 0; i < n; i++) column[j * m + i] = Y[i * q + j];
    bool solved = LAPACKE_dgelsd(LAPACK_COL_MAJOR, in, ip, bb_int(q), A, in, column, im, singular,
                                 (double)m * 2.220446049250313e-16, &rank) == 0;
    for (size_t j = 0; solved && j < q; j++)
        for (size_t i = 0; i < p; i++) B[i * q + j] = column[j * m + i];
    free(singular);
    free(column);
    free(A);
    return solved;
}

static bool predict_from_features(struct bb_regressor *regressor, const struct bb_fold *fold,
                                  const struct bb_fold_targets *targets, double *prediction)
{
    struct bb_features_fold f;
    bb_features_fold_init(&f, regressor, fold, targets);
    double *X = bb_features_of(&f, regressor, fold->train, f.n), *Y = bb_targets_of_train(regressor, fold, targets);
    bool solved = solve_features(X, Y, f.n, f.p, f.q, f.C);
    if (solved) bb_features_predict(&f, regressor, fold, targets, f.C, prediction);
    free(Y);
    free(X);
    bb_features_fold_release(&f);
    return solved;
}

/* Y (n × q) becomes K⁺Y, K (changed) being products of p features. */
static bool solve_products(double *K, double *Y, size_t n, size_t p, size_t q)
{
    double *value = bb_doubles(n), *rotated = bb_doubles(n * q);
    int in = bb_int(n), iq = bb_int(q);
    bool solved = bb_eigen(K, n, value);
    if (solved) {
        size_t first = bb_first_sound(value, n, p < n ? p : n - 1);
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, in, iq, in, 1, K, in, Y, iq, 0, rotated, iq);
        for (size_t k = 0; k < n; k++) cblas_dscal(iq, k >= first ? 1 / value[k] : 0, rotated + k * q, 1);
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, in, iq, in, 1, K, in, rotated, iq, 0, Y, iq);
    }
    free(rotated);
    free(value);
    return solved;
}

static bool predict_from_products(struct bb_regressor *regressor, const struct bb_fold *fold,
                                  const struct bb_fold_targets *targets, double *prediction)
{
    struct bb_products_fold f;
    bb_products_fold_init(&f, regressor, fold, targets);
    bool solved = solve_products(f.K, f.Y, f.n, regressor->gram->p, f.q);
    if (solved) bb_products_predict(&f, regressor, fold, targets, f.Y, prediction);
    bb_products_fold_release(&f);
    return solved;
}

enum bb_code bb_linear_fold(struct bb_regressor *regressor, const struct bb_fold *fold, double *prediction, struct bb_err *err)
{
    enum bb_code rc = bb_fold_check(regressor, fold, err);
    if (rc) return rc;
    struct bb_fold_targets targets;
    bb_fold_targets_init(&targets, regressor, fold);
    bool solved = regressor->gram->X ? predict_from_features(regressor, fold, &targets, prediction)
                                     : predict_from_products(regressor, fold, &targets, prediction);
    bb_fold_targets_release(&targets);
    return solved ? BB_OK : bb_fail(err, BB_ENUMERIC, "the singular values of the features did not converge");
}
