#include <math.h>
#include <string.h>

#include "numeric/pls_int.h"

static void multiply(const double *A, size_t m, const double *x, double *out)
{
    if (A)
        cblas_dsymv(CblasRowMajor, CblasUpper, bb_int(m), 1, A, bb_int(m), x, 1, 0, out, 1);
    else
        memcpy(out, x, m * sizeof *out);
}

static double norm_of(const double *x, const double *Ax, size_t m)
{
    return sqrt(fmax(bb_dot(x, Ax, m), 0));
}

int bb_pls_iterate(const double *A, const double *B, size_t m, double uu, bool once, double *x, double *Ax, double *norm)
{
    double *x2 = bb_doubles(3 * m), *Ax2 = x2 + m, *step = Ax2 + m;
    int done = 1;
    multiply(A, m, x, Ax);
    *norm = norm_of(x, Ax, m);
    /* scikit-learn divides w by |w| + eps, which shows in the first w alone, when features are tiny and targets huge. */
    double length = *norm / uu / (*norm / uu + BB_PLS_EPS);
    while (!once && done<BB_PLS_ITERATIONS && * norm> 0) {
        memcpy(step, Ax, m * sizeof *step);
        cblas_dscal(bb_int(m), 1 / *norm, step, 1);
        multiply(B, m, step, x2);
        double size = cblas_dnrm2(bb_int(m), x2, 1);
        if (!(size > 0)) break;
        cblas_dscal(bb_int(m), 1 / size, x2, 1);
        multiply(A, m, x2, Ax2);
        double norm2 = norm_of(x2, Ax2, m), cosine = bb_dot(x, Ax2, m) / *norm / norm2;
        if (!(norm2 > 0)) break;
        double change = length * length + 1 - 2 * length * cosine;
        memcpy(x, x2, m * sizeof *x);
        memcpy(Ax, Ax2, m * sizeof *Ax);
        *norm = norm2;
        length = 1;
        done++;
        if (change < BB_PLS_CHANGE) break;
    }
    free(x2);
    return done;
}

void bb_pls_rank_two(double *A, size_t m, double a, const double *x, double *y, double b)
{
    cblas_daxpy(bb_int(m), b / a / 2, x, 1, y, 1);
    cblas_dsyr2(CblasRowMajor, CblasUpper, bb_int(m), a, x, 1, y, 1, A, bb_int(m));
}

double bb_pls_trace(const double *A, size_t m)
{
    double trace = 0;
    for (size_t i = 0; i < m; i++) trace += A[i * m + i];
    return trace;
}

/* --- what is left of the targets ------------------------------------------------------------------------------------- */

void bb_pls_targets_init(struct bb_pls_targets *t, const struct bb_fold_targets *fold, size_t n, size_t q)
{
    t->n = n;
    t->q = q;
    t->fold = fold;
    t->square = bb_doubles(q);
    t->spent = bb_calloc(q + 1, sizeof *t->spent);
    memcpy(t->square, fold->square, q * sizeof *t->square);
    for (size_t j = 0; j < q; j++) t->spent[j] = fold->spread[j] < 10 * BB_PLS_EPS; /* zero for scikit-learn, from the start */
}

void bb_pls_targets_release(struct bb_pls_targets *t)
{
    free(t->square);
    free(t->spent);
}

/* A residual of this share of its target is rounding. */
#define ROUNDING 1e-14

/* scikit-learn looks at every number of the residual; here only where the sum of squares leaves a doubt. */
static bool is_spent(struct bb_pls_targets *t, size_t j)
{
    double sure = fmax(1e-10 * t->fold->square[j], 2 * (double)t->n * (10 * BB_PLS_EPS) * (10 * BB_PLS_EPS));
    if (t->square[j] > sure) return false;
    double *y = bb_doubles(t->n), largest = 0, square = 0;
    t->residual(t->form, j, y);
    for (size_t i = 0; i < t->n; i++) {
        largest = fmax(largest, fabs(y[i]));
        square += y[i] * y[i];
    }
    free(y);
    t->square[j] = square;
    return largest < fmax(10 * BB_PLS_EPS, ROUNDING * t->fold->spread[j]);
}

size_t bb_pls_first_target(struct bb_pls_targets *t)
{
    size_t j = 0;
    for (; j < t->q; j++) {
        if (t->spent[j]) continue;
        if (!is_spent(t, j)) break;
        t->spent[j] = true;
        t->drop(t->form, j);
    }
    return j;
}

void bb_pls_explain(struct bb_pls_targets *t, double tt, const double *loading)
{
    for (size_t j = 0; j < t->q; j++) t->square[j] -= tt * loading[j] * loading[j];
}

enum bb_code bb_pls_fold(struct bb_regressor *regressor, const struct bb_fold *fold, size_t k, double *prediction,
                         struct bb_pls_info *info, struct bb_err *err)
{
    enum bb_code rc = bb_fold_check(regressor, fold, err);
    if (rc) return rc;
    if (k == 0 || k > regressor->gram->p)
        return bb_fail(err, BB_ENUMERIC, "PLS of %zu components was asked of %zu features: there can be from 1 to %zu", k,
                       regressor->gram->p, regressor->gram->p);
    if (info && info->iterations) memset(info->iterations, 0, k * sizeof *info->iterations);
    if (bb_fold_by_features(regressor, fold))
        bb_pls_features_fold(regressor, fold, k, prediction, info);
    else
        bb_pls_products_fold(regressor, fold, k, prediction, info);
    return BB_OK;
}
