/*
 * Ridge with the alpha of the smallest leave-one-out error. With the eigenvalues λ of the features' products, everything that
 * depends on alpha is a sum over k of a weight w_k(alpha):
 *   products' form: c = Σ w_k Q_k Q_kᵀY,       d_i = Σ w_k Q_ik²,                w = 1/(λ + alpha)       (Q: eigenvectors
 *   without the intercept's)
 *   features' form: c = Y − Σ w_k T_k V_kᵀC,   d_i = 1 − 1/n − Σ w_k T_ik²,      w = 1/(λ + alpha)       (T = Xc V)
 * and the residual of a row that was left out is c_i / d_i.
 */
#include <math.h>
#include <string.h>

#include "numeric/regress_int.h"
#include "numeric/ridgecv_search.h"

static enum bb_code no_eigenvalues(struct bb_err *err)
{
    return bb_fail(err, BB_ENUMERIC, "the eigenvalues of the features' products did not converge");
}

struct loo {
    size_t n, r, q;
    double *value; /* r */
    double *T;     /* n × r */
    double *Z;     /* r × q */
    double *Y;     /* n × q: targets; NULL in the products' form */
};

static void weights(const struct loo *l, double alpha, double *w)
{
    for (size_t k = 0; k < l->r; k++) w[k] = 1 / (fmax(l->value[k], 0) + alpha);
}

/* d (n × n_alphas) */
static void denominators(const struct loo *l, const double *alpha, size_t n_alphas, double *d)
{
    double *W = bb_doubles(n_alphas * l->r), *square = bb_doubles(l->n * l->r);
    for (size_t a = 0; a < n_alphas; a++) weights(l, alpha[a], W + a * l->r);
    for (size_t i = 0; i < l->n * l->r; i++) square[i] = l->T[i] * l->T[i];
    for (size_t i = 0; i < l->n * n_alphas; i++) d[i] = l->Y ? 1 - 1 / (double)l->n : 0;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, bb_int(l->n), bb_int(n_alphas), bb_int(l->r), l->Y ? -1 : 1, square,
                bb_int(l->r), W, bb_int(l->r), 1, d, bb_int(n_alphas));
    free(square);
    free(W);
}

/* c (n × q) for one alpha */
static void numerators(const struct loo *l, double alpha, double *c)
{
    double *w = bb_doubles(l->r), *Z = bb_doubles(l->r * l->q);
    weights(l, alpha, w);
    for (size_t k = 0; k < l->r; k++)
        for (size_t j = 0; j < l->q; j++) Z[k * l->q + j] = w[k] * l->Z[k * l->q + j];
    if (l->Y) memcpy(c, l->Y, l->n * l->q * sizeof *c);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, bb_int(l->n), bb_int(l->q), bb_int(l->r), l->Y ? -1 : 1, l->T,
                bb_int(l->r), Z, bb_int(l->q), l->Y ? 1 : 0, c, bb_int(l->q));
    free(Z);
    free(w);
}

/* The first alpha of the smallest sum of squared errors. */
static double choose(const struct loo *l, const double *alpha, size_t n_alphas)
{
    double *d = bb_doubles(l->n * n_alphas), *c = bb_doubles(l->n * l->q), best = INFINITY, chosen = alpha[0];
    denominators(l, alpha, n_alphas, d);
    for (size_t a = 0; a < n_alphas; a++) {
        numerators(l, alpha[a], c);
        double error = 0;
        for (size_t i = 0; i < l->n; i++)
            error += bb_dot(c + i * l->q, c + i * l->q, l->q) / d[i * n_alphas + a] / d[i * n_alphas + a];
        if (error < best) {
            best = error;
            chosen = alpha[a];
        }
    }
    free(c);
    free(d);
    return chosen;
}

static void loo_release(struct loo *l)
{
    free(l->value);
    free(l->T);
    free(l->Z);
    free(l->Y);
}

/* --- products' form -------------------------------------------------------------------------------------------------- */

static void transpose(const double *A, size_t n_rows, size_t n_cols, double *out)
{
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_cols; j++) out[j * n_rows + i] = A[i * n_cols + j];
}

/* The intercept's direction is an eigenvector of K with the value 0. Lifted over all others, it is the last, and is left out. */
static bool loo_of_products(struct loo *l, const struct bb_products_fold *f, size_t p)
{
    size_t n = f->n, q = f->q;
    double lift = 2 * cblas_dnrm2(bb_int(n * n), f->K, 1), *A = bb_doubles(n * n);
    if (lift == 0) lift = 1;
    *l = (struct loo){.n = n, .r = n - 1, .q = q, .value = bb_doubles(n), .T = bb_doubles(n * n), .Z = bb_doubles(n * q)};
    for (size_t i = 0; i < n * n; i++) A[i] = f->K[i] + lift / (double)n;
    bool solved = bb_eigen(A, n, l->value);
    if (solved) {
        for (size_t k = 0; k + 1 + p < n; k++) l->value[k] = 0; /* p features make p directions */
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, bb_int(n - 1), bb_int(q), bb_int(n), 1, A, bb_int(n), f->Y,
                    bb_int(q), 0, l->Z, bb_int(q));
        transpose(A, n - 1, n, l->T);
    }
    free(A);
    return solved;
}

/* --- features' form -------------------------------------------------------------------------------------------------- */

static bool loo_of_features(struct loo *l, const struct bb_features_fold *f, const struct bb_regressor *regressor,
                            const struct bb_fold *fold, const struct bb_fold_targets *targets)
{
    size_t n = f->n, p = f->p, q = f->q;
    double *V = bb_doubles(p * p), *X = bb_features_of(f, regressor, fold->train, n);
    *l = (struct loo){.n = n, .r = p, .q = q, .value = bb_doubles(p), .T = bb_doubles(n * p), .Z = bb_doubles(p * q)};
    l->Y = bb_targets_of_train(regressor, fold, targets);
    memcpy(V, f->G, p * p * sizeof *V);
    bool solved = bb_eigen(V, p, l->value);
    if (solved) {
        int in = bb_int(n), ip = bb_int(p), iq = bb_int(q);
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, in, ip, ip, 1, X, ip, V, ip, 0, l->T, ip);
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, ip, iq, ip, 1, V, ip, f->C, iq, 0, l->Z, iq);
    }
    free(X);
    free(V);
    return solved;
}

static enum bb_code by_features(struct bb_regressor *regressor, const struct bb_fold *fold, const double *alpha, size_t n_alphas,
                                double *prediction, double *chosen, struct bb_err *err)
{
    struct bb_fold_targets targets;
    struct bb_features_fold f;
    struct loo l;
    bb_fold_targets_init(&targets, regressor, fold);
    bb_features_fold_init(&f, regressor, fold, &targets);
    bool decided = loo_of_features(&l, &f, regressor, fold, &targets);
    if (decided) *chosen = choose(&l, alpha, n_alphas);
    enum bb_code rc = decided ? bb_ridge_solve(f.G, f.p, *chosen, f.C, f.q, err) : no_eigenvalues(err);
    if (!rc) bb_features_predict(&f, regressor, fold, &targets, f.C, prediction);
    loo_release(&l);
    bb_features_fold_release(&f);
    bb_fold_targets_release(&targets);
    return rc;
}

static bool choose_by_eigenvectors(const struct bb_products_fold *f, size_t p, const double *alpha, size_t n_alphas,
                                   double *chosen)
{
    struct loo l;
    bool decided = loo_of_products(&l, f, p);
    if (decided) *chosen = choose(&l, alpha, n_alphas);
    loo_release(&l);
    return decided;
}

/* *solved: A (n × q) is the solution of the chosen alpha. */
static bool choose_by_search(const struct bb_products_fold *f, size_t p, const double *alpha, size_t n_alphas, double *A,
                             double *chosen, bool *solved)
{
    bool *contender = bb_calloc(n_alphas, sizeof *contender);
    bool decided = bb_ridgecv_search(f->K, f->Y, f->n, f->q, alpha, n_alphas, chosen, A, solved, contender);
    if (!decided) {
        double *left = bb_doubles(n_alphas);
        size_t n_left = 0;
        for (size_t a = 0; a < n_alphas; a++)
            if (contender[a]) left[n_left++] = alpha[a];
        decided = choose_by_eigenvectors(f, p, left, n_left, chosen);
        free(left);
    }
    free(contender);
    return decided;
}

/* A (n × q): the solution of the chosen alpha. */
static enum bb_code solve_products(struct bb_products_fold *f, size_t p, const double *alpha, size_t n_alphas, double *A,
                                   double *chosen, struct bb_err *err)
{
    bool solved = false;
    bool decided = f->n >= BB_RIDGECV_SEARCH && p >= f->n ? choose_by_search(f, p, alpha, n_alphas, A, chosen, &solved)
                                                          : choose_by_eigenvectors(f, p, alpha, n_alphas, chosen);
    if (!decided) return no_eigenvalues(err);
    if (solved) return BB_OK;
    memcpy(A, f->Y, f->n * f->q * sizeof *A);
    return bb_ridge_solve(f->K, f->n, *chosen, A, f->q, err);
}

static enum bb_code by_products(struct bb_regressor *regressor, const struct bb_fold *fold, const double *alpha, size_t n_alphas,
                                double *prediction, double *chosen, struct bb_err *err)
{
    struct bb_fold_targets targets;
    struct bb_products_fold f;
    bb_fold_targets_init(&targets, regressor, fold);
    bb_products_fold_init(&f, regressor, fold, &targets);
    double *A = bb_doubles(f.n * f.q);
    enum bb_code rc = solve_products(&f, regressor->gram->p, alpha, n_alphas, A, chosen, err);
    if (!rc) bb_products_predict(&f, regressor, fold, &targets, A, prediction);
    free(A);
    bb_products_fold_release(&f);
    bb_fold_targets_release(&targets);
    return rc;
}

enum bb_code bb_ridgecv_fold(struct bb_regressor *regressor, const struct bb_fold *fold, const double *alpha, size_t n_alphas,
                             double *prediction, double *chosen, struct bb_err *err)
{
    double best = 0;
    enum bb_code rc = bb_fold_check(regressor, fold, err);
    if (rc) return rc;
    if (n_alphas == 0) return bb_fail(err, BB_EINPUT, "a ridge regression has no alphas to choose from");
    for (size_t a = 0; a < n_alphas; a++)
        if (!(alpha[a] > 0) || !isfinite(alpha[a]))
            return bb_fail(err, BB_EINPUT, "alpha %zu of a ridge regression is %g: it must be more than 0", a, alpha[a]);
    rc = bb_fold_by_features(regressor, fold) ? by_features(regressor, fold, alpha, n_alphas, prediction, &best, err)
                                              : by_products(regressor, fold, alpha, n_alphas, prediction, &best, err);
    if (!rc && chosen) *chosen = best;
    return rc;
}
