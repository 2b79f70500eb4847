/*
 * PLS from cross products: what its two forms share. Both make scikit-learn's iterates, only in another basis: where
 * scikit-learn has
 *   w = Xᵀu / |Xᵀu|,  t = X w,  c = Yᵀt / tᵀt,  u = Y c / cᵀc   until |w − w_old|² < 1e-6,
 * one of the vectors is followed alone, in the space (targets, features or stimuli) that is the smallest.
 */
#ifndef BB_NUMERIC_PLS_INT_H
#define BB_NUMERIC_PLS_INT_H

#include "numeric/regress_int.h"

#define BB_PLS_EPS        2.220446049250313e-16
#define BB_PLS_ITERATIONS 500
#define BB_PLS_CHANGE     1e-6

/*
 * The inner loop on a vector x of m numbers that stands for w with |w|² = xᵀAx; the next is x = B·(A x / |w|). A or B NULL:
 * the identity. Both are
 * symmetric, their upper triangles count. uu: uᵀu of the score that the loop starts from. once: one target alone needs no loop.
 * On return x, Ax = A·x and *norm = |w| are the last ones. Returns the number of iterations.
 */
int bb_pls_iterate(const double *A, const double *B, size_t m, double uu, bool once, double *x, double *Ax, double *norm);

/* A += a·xyᵀ + a·yxᵀ + b·xxᵀ on the upper triangle. y is changed. */
void bb_pls_rank_two(double *A, size_t m, double a, const double *x, double *y, double b);

double bb_pls_trace(const double *A, size_t m);

/* Covariances that have become this share of what they were (as squares) are rounding. */
#define BB_PLS_NOTHING 1e-26
/* S has lost digits when it has shrunk to this share: it is then made anew. */
#define BB_PLS_REFRESH 0.05

/* What is left of the targets. */
struct bb_pls_targets {
    size_t n, q;
    const struct bb_fold_targets *fold;
    double *square; /* q: sums of squares of the residuals, by subtraction */
    bool *spent;    /* q: nothing is left */
    /* Writes the residual of target j (n numbers), for the few that are small. */
    void (*residual)(void *form, size_t j, double *y);
    void (*drop)(void *form, size_t j); /* target j is zero from now on */
    void *form;
};

void bb_pls_targets_init(struct bb_pls_targets *targets, const struct bb_fold_targets *fold, size_t n, size_t q);
void bb_pls_targets_release(struct bb_pls_targets *targets);
/* scikit-learn's first target that is not zero; q: none is left. */
size_t bb_pls_first_target(struct bb_pls_targets *targets);
void bb_pls_explain(struct bb_pls_targets *targets, double tt, const double *loading);

/* The products' form: K and M (both n × n, changed) are the products of sources and targets, centred over the training rows. */
struct bb_pls_products {
    size_t n, q, k, found;
    double *T;  /* k × n: scores tᵀ */
    double *R;  /* k × n: scores of a row with products z (with the training rows) are R z */
    double *tt; /* k */
    int *iterations;
};
void bb_pls_products_release(struct bb_pls_products *pls);
/* With targets as their products M alone; first: the first target, centred (n). once: there is one target. */
void bb_pls_of_kernels(struct bb_pls_products *pls, double *K, double *M, const double *first, bool once, size_t n, size_t k);

void bb_pls_features_fold(struct bb_regressor *regressor, const struct bb_fold *fold, size_t k, double *prediction,
                          struct bb_pls_info *info);
void bb_pls_products_fold(struct bb_regressor *regressor, const struct bb_fold *fold, size_t k, double *prediction,
                          struct bb_pls_info *info);

#endif
