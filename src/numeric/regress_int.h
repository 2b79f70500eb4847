/*
 * What the regressions share: one fold, ready to be solved, in the smaller of its two forms.
 */
#ifndef BB_NUMERIC_REGRESS_INT_H
#define BB_NUMERIC_REGRESS_INT_H

#include "numeric/gram_int.h"
#include "numeric/regress.h"

struct bb_regressor {
    struct bb_gram *gram;
    const size_t *rows;
    size_t n, q;
    double *y_mean, *Y; /* means over all target rows; n × q, without them */
    double *largest;    /* q: of the absolute values of the column as it was given */
    /* Totals over all target rows, made when the first fold wants the features' form: */
    double *X;     /* n × p */
    double *x_sum; /* p */
    double *G, *C; /* XᵀX (p × p, upper triangle), XᵀY (p × q) */
    /* … or the products' form: */
    double *KY; /* n × q: products of all target rows, with Y */
};

/* The targets of the training rows. A column that is constant there is zero. */
struct bb_fold_targets {
    double *mean;   /* q: to be added to a prediction */
    double *centre; /* q: mean − the regressor's y_mean */
    double *square; /* q: sum of the squares of the centred column; 0 when constant */
    double *spread; /* q: largest of its absolute values; 0 when constant */
};

/* Features' form, p < n_train. */
struct bb_features_fold {
    size_t n, p, q;
    double *G;      /* p × p, the upper triangle: XcᵀXc */
    double *C;      /* p × q: XcᵀYc */
    double *x_mean; /* p, in the units of regressor->X */
};

/* Products' form. */
struct bb_products_fold {
    size_t n, q;
    double *K;        /* n × n: XcXcᵀ */
    double *Y;        /* n × q: Yc */
    double *row_mean; /* n, and grand: for bb_products_of_test */
    double grand;
};

bool bb_fold_by_features(const struct bb_regressor *regressor, const struct bb_fold *fold);

void bb_fold_targets_init(struct bb_fold_targets *targets, const struct bb_regressor *regressor, const struct bb_fold *fold);
void bb_fold_targets_release(struct bb_fold_targets *targets);

void bb_features_fold_init(struct bb_features_fold *f, struct bb_regressor *regressor, const struct bb_fold *fold,
                           const struct bb_fold_targets *targets);
void bb_features_fold_release(struct bb_features_fold *f);
/* Centred features of the rows (target rows), n_rows × p; free() it. */
double *bb_features_of(const struct bb_features_fold *f, const struct bb_regressor *regressor, const size_t *rows, size_t n_rows);
/* prediction = Z·B + ȳ for the test rows; B is p × q. */
void bb_features_predict(const struct bb_features_fold *f, const struct bb_regressor *regressor, const struct bb_fold *fold,
                         const struct bb_fold_targets *targets, const double *B, double *prediction);

void bb_products_fold_init(struct bb_products_fold *f, struct bb_regressor *regressor, const struct bb_fold *fold,
                           const struct bb_fold_targets *targets);
void bb_products_fold_release(struct bb_products_fold *f);
/* Products of the test rows with the training rows, both centred over the training rows: n_test × n; free() it. */
double *bb_products_of_test(const struct bb_products_fold *f, struct bb_regressor *regressor, const struct bb_fold *fold);
/* prediction = K(test, train)·A + ȳ; A is n × q. */
void bb_products_predict(const struct bb_products_fold *f, struct bb_regressor *regressor, const struct bb_fold *fold,
                         const struct bb_fold_targets *targets, const double *A, double *prediction);

/*
 * B (m × q) becomes (A + alpha)⁺ B for the symmetric positive semi-definite A (m × m, upper triangle, changed): by Cholesky,
 * or where rounding has made
 * A + alpha singular, from the eigenvectors that are above rounding.
 */
enum bb_code bb_ridge_solve(double *A, size_t m, double alpha, double *B, size_t q, struct bb_err *err) BB_MUST_CHECK;

/* Centred targets of the training rows, n_train × q; free() it. */
double *bb_targets_of_train(const struct bb_regressor *regressor, const struct bb_fold *fold,
                            const struct bb_fold_targets *targets);

/* BB_ENUMERIC for a fold that nothing can be fitted on. */
enum bb_code bb_fold_check(const struct bb_regressor *regressor, const struct bb_fold *fold, struct bb_err *err) BB_MUST_CHECK;

#endif
