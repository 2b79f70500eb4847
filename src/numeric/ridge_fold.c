#include <math.h>
#include <string.h>

#include "numeric/regress_int.h"

enum bb_code bb_ridge_solve(double *A, size_t m, double alpha, double *B, size_t q, struct bb_err *err)
{
    int im = bb_int(m), iq = bb_int(q);
    if (m == 0 || q == 0) return BB_OK;
    double *factor = bb_doubles(m * m);
    memcpy(factor, A, m * m * sizeof *factor);
    for (size_t i = 0; i < m; i++) factor[i * m + i] += alpha;
    bool positive = LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', im, factor, im) == 0; /* upper by rows is lower by columns */
    if (positive) {
        cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, im, iq, 1, factor, im, B, iq);
        cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, im, iq, 1, factor, im, B, iq);
    }
    free(factor);
    if (positive) return BB_OK;
    double *value = bb_doubles(m), *rotated = bb_doubles(m * q);
    bool solved = bb_eigen(A, m, value);
    if (solved) {
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, im, iq, im, 1, A, im, B, iq, 0, rotated, iq);
        size_t first = bb_first_sound(value, m, m);
        for (size_t k = 0; k < m; k++) cblas_dscal(iq, k >= first ? 1 / (value[k] + alpha) : 0, rotated + k * q, 1);
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, im, iq, im, 1, A, im, rotated, iq, 0, B, iq);
    }
    free(rotated);
    free(value);
    return solved ? BB_OK : bb_fail(err, BB_ENUMERIC, "the eigenvalues of the features' products did not converge");
}

enum bb_code bb_ridge_fold(struct bb_regressor *regressor, const struct bb_fold *fold, double alpha, double *prediction,
                           struct bb_err *err)
{
    enum bb_code rc = bb_fold_check(regressor, fold, err);
    if (rc) return rc;
    if (!(alpha >= 0) || !isfinite(alpha))
        return bb_fail(err, BB_EINPUT, "the alpha of a ridge regression is %g: it must be 0 or more", alpha);
    struct bb_fold_targets targets;
    bb_fold_targets_init(&targets, regressor, fold);
    if (bb_fold_by_features(regressor, fold)) {
        struct bb_features_fold f;
        bb_features_fold_init(&f, regressor, fold, &targets);
        rc = bb_ridge_solve(f.G, f.p, alpha, f.C, f.q, err);
        if (!rc) bb_features_predict(&f, regressor, fold, &targets, f.C, prediction);
        bb_features_fold_release(&f);
    } else {
        struct bb_products_fold f;
        bb_products_fold_init(&f, regressor, fold, &targets);
        rc = bb_ridge_solve(f.K, f.n, alpha, f.Y, f.q, err);
        if (!rc) bb_products_predict(&f, regressor, fold, &targets, f.Y, prediction);
        bb_products_fold_release(&f);
    }
    bb_fold_targets_release(&targets);
    return rc;
}
