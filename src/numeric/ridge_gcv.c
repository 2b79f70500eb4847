/*
 * Ridge with the alpha of the smallest leave-one-out error. With the eigenvalues λ of the features' products, everything that depends on alpha is
 * a sum over k of a weight w_k(alpha):
 *   products' form: c = Σ w_k Q_k Q_kᵀY,       d_i = Σ w_k Q_ik²,                w = 1/(λ + alpha)       (Q: eigenvectors without the intercept's)
 *   features' form: c = Y − Σ w_k T_k V_kᵀC,   d_i = 1 − 1/n − Σ w_k T_ik²,      w = 1/(λ + alpha)       (T = Xc V)
 * and the residual of a row that was left out is c_i / d_i.
 */
#include <math.h>
#include <string.h>

#include "numeric/regress_int.h"

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

static double choose_by_features(struct bb_regressor *regressor, const struct bb_fold *fold, const double *alpha, size_t n_alphas)
{
    struct bb_fold_targets targets;
    struct bb_features_fold f;
    struct loo l;
    bb_fold_targets_init(&targets, regressor, fold);
    bb_features_fold_init(&f, regressor, fold, &targets);
    double chosen = loo_of_features(&l, &f, regressor, fold, &targets) ? choose(&l, alpha, n_alphas) : (double)NAN;
    loo_release(&l);
    bb_features_fold_release(&f);
    bb_fold_targets_release(&targets);
    return chosen;
}

static double choose_by_products(struct bb_regressor *regressor, const struct bb_fold *fold, const double *alpha, size_t n_alphas)
{
    struct bb_fold_targets targets;
    struct bb_products_fold f;
    struct loo l;
    bb_fold_targets_init(&targets, regressor, fold);
    bb_products_fold_init(&f, regressor, fold, &targets);
    double chosen = loo_of_products(&l, &f, regressor->gram->p) ? choose(&l, alpha, n_alphas) : (double)NAN;
    loo_release(&l);
    bb_products_fold_release(&f);
    bb_fold_targets_release(&targets);
    return chosen;
}

enum bb_code bb_ridgecv_fold(struct bb_regressor *regressor, const struct bb_fold *fold, const double *alpha, size_t n_alphas,
                             double *prediction, double *chosen, struct bb_err *err)
{
    enum bb_code rc = bb_fold_check(regressor, fold, err);
    if (rc) return rc;
    if (n_alphas == 0) return bb_fail(err, BB_EINPUT, "a ridge regression has no alphas to choose from");
    for (size_t a = 0; a < n_alphas; a++)
        if (!(alpha[a] > 0) || !isfinite(alpha[a]))
            return bb_fail(err, BB_EINPUT, "alpha %zu of a ridge regression is %g: it must be more than 0", a, alpha[a]);
    double best = bb_fold_by_features(regressor, fold) ? choose_by_features(regressor, fold, alpha, n_alphas)
                                                       : choose_by_products(regressor, fold, alpha, n_alphas);
    if (isnan(best)) return bb_fail(err, BB_ENUMERIC, "the eigenvalues of the features' products did not converge");
    if (chosen) *chosen = best;
    return bb_ridge_fold(regressor, fold, best, prediction, err);
}
