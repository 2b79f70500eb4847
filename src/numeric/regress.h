/*
 * Regressions of targets on a model's features, through the Gram engine: the reference's numbers to rounding, whichever form
 * (features or products) is the smaller. One regressor serves all folds, components and alphas of one set of targets; what
 * does not depend on the fold is made once.
 *
 * Shapes: targets Y are n × q, row-major, finite; rows[i] is the row of `gram` that target row i belongs to; folds hold
 * target rows. Predictions are n_test × q, row-major, in the order of fold->test.
 */
#ifndef BB_NUMERIC_REGRESS_H
#define BB_NUMERIC_REGRESS_H

#include "numeric/gram.h"
#include "numeric/splits.h"

struct bb_regressor;

/* Borrows gram, rows and Y. */
struct bb_regressor *bb_regressor_new(struct bb_gram *gram, const size_t *rows, const double *Y, size_t n, size_t q);
void bb_regressor_free(struct bb_regressor *regressor);

struct bb_pls_info {
    size_t components; /* that were found; fewer than asked when nothing of the targets, or of the features, was left */
    int *iterations;   /* k numbers, 0 where there is no component; or NULL: not wanted */
};
/*
 * PLSRegression(k, scale=False, max_iter=500, tol=1e-6): NIPALS, mode A, the iterates of scikit-learn count for count.
 * BB_ENUMERIC when k > p.
 *
 * Components end where features, or targets, are exhausted: where t is rounding (rank of the features below k, or k >=
 * n_train) or XᵀY is. There scikit-learn goes on and divides rounding by rounding, unless the targets' residual happens to be
 * below 2e-15: its predictions are then noise, up to
 * 1e14 times the targets. A target that is constant over the training rows (to 1e-12 of its size) is zero; scikit-learn
 * starts its loop from such a column's rounding when the column is the first and its mean is not exact.
 */
enum bb_code bb_pls_fold(struct bb_regressor *regressor, const struct bb_fold *fold, size_t k, double *prediction,
                         struct bb_pls_info *info, struct bb_err *err) BB_MUST_CHECK;

/* Ridge(alpha), with intercept. */
enum bb_code bb_ridge_fold(struct bb_regressor *regressor, const struct bb_fold *fold, double alpha, double *prediction,
                           struct bb_err *err) BB_MUST_CHECK;

/* RidgeCV(alphas): generalised cross-validation (leave one out), one alpha for all targets: the first of the smallest mean
   squared error. chosen may be NULL. */
enum bb_code bb_ridgecv_fold(struct bb_regressor *regressor, const struct bb_fold *fold, const double *alpha, size_t n_alphas,
                             double *prediction, double *chosen, struct bb_err *err) BB_MUST_CHECK;

/*
 * LinearRegression: least squares of minimum norm with intercept. From a Gram file (gram->X NULL) too.
 *
 * With features (p < n) singular values up to max(n, p)·eps of the largest count as zero, as in scikit-learn >= 1.6; before, its
 * bound was eps, and the
 * one null direction of n <= p centred rows came in as noise. With products, eigenvalues up to n·eps of the largest do: features
 * whose singular values span more than about 1e6 lose what is below, and predictions have 16 − 2·log10(that span) digits (1e-6
 * up to a span of 5e4).
 */
enum bb_code bb_linear_fold(struct bb_regressor *regressor, const struct bb_fold *fold, double *prediction,
                            struct bb_err *err) BB_MUST_CHECK;

/*
 * The reverse: PLS whose source is the recording and whose targets are all features of the model, which come in blocks.
 *   1. bb_reverse_pls_fold fits on S (n × p_s, the recording) with the targets given by their Gram (p_t ≥ n or not) and
 * `first`, the values of the
 *      first feature that is not constant over the fold's training rows (n). Should its residual vanish before the k-th
 * component, the
 *      components end there;
 *   2. bb_reverse_pls_predict gives, for a block of features (n × width, row-major, by any constant offset per feature), the
 *   predictions of the test rows
 *      (n_test × width, row-major).
 */
struct bb_reverse_pls;
enum bb_code bb_reverse_pls_fold(const double *S, size_t n, size_t p_s, struct bb_gram *target, const size_t *rows,
                                 const double *first, const struct bb_fold *fold, size_t k, struct bb_reverse_pls **out,
                                 struct bb_err *err) BB_MUST_CHECK;
void bb_reverse_pls_predict(const struct bb_reverse_pls *fit, const double *block, size_t width, double *prediction);
void bb_reverse_pls_free(struct bb_reverse_pls *fit);

#endif
