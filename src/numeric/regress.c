#include "numeric/regress.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "numeric/regress_int.h"

struct bb_regressor *bb_regressor_new(struct bb_gram *gram, const size_t *rows, const double *Y, size_t n, size_t q)
{
    struct bb_regressor *r = bb_calloc(1, sizeof *r);
    *r = (struct bb_regressor){.gram = gram, .rows = rows, .n = n, .q = q};
    for (size_t i = 0; i < n; i++) assert(rows[i] < gram->n);
    r->y_mean = bb_zeros(q);
    r->largest = bb_zeros(q);
    r->Y = bb_doubles(n * q);
    memcpy(r->Y, Y, n * q * sizeof *r->Y);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < q; j++) r->largest[j] = fmax(r->largest[j], fabs(Y[i * q + j]));
    if (n) bb_column_means(r->Y, n, q, r->y_mean);
    bb_subtract_row(r->Y, n, q, r->y_mean);
    return r;
}

void bb_regressor_free(struct bb_regressor *r)
{
    if (!r) return;
    free(r->y_mean);
    free(r->largest);
    free(r->Y);
    free(r->X);
    free(r->x_sum);
    free(r->G);
    free(r->C);
    free(r->KY);
    free(r);
}

enum bb_code bb_fold_check(const struct bb_regressor *regressor, const struct bb_fold *fold, struct bb_err *err)
{
    if (fold->n_train < 2)
        return bb_fail(err, BB_ENUMERIC, "a regression was to be fitted on %zu stimuli: it needs two", fold->n_train);
    if (regressor->q == 0) return bb_fail(err, BB_ENUMERIC, "a regression has no targets");
    return BB_OK;
}

bool bb_fold_by_features(const struct bb_regressor *regressor, const struct bb_fold *fold)
{
    return regressor->gram->X && regressor->gram->p < fold->n_train;
}

/* --- targets --------------------------------------------------------------------------------------------------------- */

/* A column whose values are equal to this share of their size is constant: what is left of it is the rounding of its mean. */
#define CONSTANT_COLUMN 1e-12

void bb_fold_targets_init(struct bb_fold_targets *t, const struct bb_regressor *r, const struct bb_fold *fold)
{
    size_t q = r->q;
    t->mean = bb_zeros(4 * q);
    t->centre = t->mean + q;
    t->square = t->centre + q;
    t->spread = t->square + q;
    for (size_t i = 0; i < fold->n_train; i++)
        for (size_t j = 0; j < q; j++) t->centre[j] += r->Y[fold->train[i] * q + j];
    for (size_t j = 0; j < q; j++) t->centre[j] /= (double)fold->n_train;
    for (size_t i = 0; i < fold->n_train; i++)
        for (size_t j = 0; j < q; j++) {
            double y = r->Y[fold->train[i] * q + j] - t->centre[j];
            t->square[j] += y * y;
            t->spread[j] = fabs(y) > t->spread[j] ? fabs(y) : t->spread[j];
        }
    for (size_t j = 0; j < q; j++) {
        t->mean[j] = r->y_mean[j] + t->centre[j];
        if (t->spread[j] <= CONSTANT_COLUMN * r->largest[j]) t->square[j] = t->spread[j] = 0;
    }
}

void bb_fold_targets_release(struct bb_fold_targets *t)
{
    free(t->mean);
}

double *bb_targets_of_train(const struct bb_regressor *r, const struct bb_fold *fold, const struct bb_fold_targets *t)
{
    size_t q = r->q;
    double *Y = bb_doubles(fold->n_train * q);
    bb_gather_rows(r->Y, q, fold->train, fold->n_train, Y);
    bb_subtract_row(Y, fold->n_train, q, t->centre);
    for (size_t j = 0; j < q; j++)
        for (size_t i = 0; t->spread[j] == 0 && i < fold->n_train; i++) Y[i * q + j] = 0;
    return Y;
}

static void add_means(double *prediction, size_t n, const struct bb_fold_targets *t, size_t q)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < q; j++) prediction[i * q + j] += t->mean[j];
}

/* --- features' form -------------------------------------------------------------------------------------------------- */

/* G (upper) and C += sign · AᵀA, AᵀY for n rows. */
static void add_products(const double *A, const double *Y, size_t n, size_t p, size_t q, double sign, double *G, double *C)
{
    int in = bb_int(n), ip = bb_int(p), iq = bb_int(q);
    if (n == 0 || p == 0) return;
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, ip, in, sign, A, ip, 1, G, ip);
    if (q) cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, ip, iq, in, sign, A, ip, Y, iq, 1, C, iq);
}

static void make_totals(struct bb_regressor *r)
{
    size_t p = r->gram->p;
    if (r->X) return;
    r->X = bb_doubles(r->n * p);
    r->x_sum = bb_zeros(p);
    r->G = bb_zeros(p * p);
    r->C = bb_zeros(p * r->q);
    bb_gather_rows(r->gram->X, p, r->rows, r->n, r->X);
    for (size_t i = 0; i < r->n; i++)
        for (size_t j = 0; j < p; j++) r->x_sum[j] += r->X[i * p + j];
    add_products(r->X, r->Y, r->n, p, r->q, 1, r->G, r->C);
}

/* The target rows that are not in the training set, or SIZE_MAX when one is in it twice. rest: room for n. */
static size_t rest_of(const struct bb_regressor *r, const struct bb_fold *fold, size_t *rest)
{
    bool *train = bb_calloc(r->n + 1, sizeof *train), twice = false;
    size_t n_rest = 0;
    for (size_t i = 0; i < fold->n_train; i++) {
        twice = twice || train[fold->train[i]];
        train[fold->train[i]] = true;
    }
    for (size_t i = 0; i < r->n; i++)
        if (!train[i]) rest[n_rest++] = i;
    free(train);
    return twice ? SIZE_MAX : n_rest;
}

static void clear_constant_targets(const struct bb_fold_targets *t, double *A, size_t n_rows, size_t q)
{
    for (size_t j = 0; j < q; j++)
        for (size_t i = 0; t->spread[j] == 0 && i < n_rows; i++) A[i * q + j] = 0;
}

/* The products of the training rows themselves. */
static void multiply_train(struct bb_features_fold *f, const struct bb_regressor *r, const struct bb_fold *fold,
                           const struct bb_fold_targets *t)
{
    double *X = bb_doubles(fold->n_train * f->p), *Y = bb_targets_of_train(r, fold, t);
    bb_gather_rows(r->X, f->p, fold->train, fold->n_train, X);
    bb_column_means(X, fold->n_train, f->p, f->x_mean);
    bb_subtract_row(X, fold->n_train, f->p, f->x_mean);
    memset(f->G, 0, f->p * f->p * sizeof *f->G);
    memset(f->C, 0, f->p * f->q * sizeof *f->C);
    add_products(X, Y, fold->n_train, f->p, f->q, 1, f->G, f->C);
    free(Y);
    free(X);
}

/* A feature that varies this much less over the training rows than over all has lost digits in the difference. */
#define LOST 1e-6

/* The products of all rows, less those of the others, centred over the training rows. false: digits were lost. */
static bool subtract_rest(struct bb_features_fold *f, const struct bb_regressor *r, const struct bb_fold_targets *t,
                          const size_t *rest, size_t n_rest)
{
    size_t p = f->p, q = f->q;
    double *X = bb_doubles(n_rest * p), *Y = bb_doubles(n_rest * q);
    bb_gather_rows(r->X, p, rest, n_rest, X);
    bb_gather_rows(r->Y, q, rest, n_rest, Y);
    memcpy(f->G, r->G, p * p * sizeof *f->G);
    memcpy(f->C, r->C, p * q * sizeof *f->C);
    memcpy(f->x_mean, r->x_sum, p * sizeof *f->x_mean);
    add_products(X, Y, n_rest, p, q, -1, f->G, f->C);
    for (size_t i = 0; i < n_rest; i++)
        for (size_t j = 0; j < p; j++) f->x_mean[j] -= X[i * p + j];
    for (size_t j = 0; j < p; j++) f->x_mean[j] /= (double)f->n;
    if (p) {
        cblas_dsyr(CblasRowMajor, CblasUpper, bb_int(p), -(double)f->n, f->x_mean, 1, f->G, bb_int(p));
        cblas_dger(CblasRowMajor, bb_int(p), bb_int(q), -(double)f->n, f->x_mean, 1, t->centre, 1, f->C, bb_int(q));
    }
    clear_constant_targets(t, f->C, p, q);
    free(Y);
    free(X);
    for (size_t j = 0; j < p; j++)
        if (f->G[j * p + j] <= LOST * r->G[j * p + j]) return false;
    return true;
}

void bb_features_fold_init(struct bb_features_fold *f, struct bb_regressor *r, const struct bb_fold *fold,
                           const struct bb_fold_targets *t)
{
    make_totals(r);
    *f = (struct bb_features_fold){.n = fold->n_train, .p = r->gram->p, .q = r->q};
    f->G = bb_doubles(f->p * f->p);
    f->C = bb_doubles(f->p * f->q);
    f->x_mean = bb_doubles(f->p);
    size_t *rest = bb_malloc((r->n + 1) * sizeof *rest), n_rest = rest_of(r, fold, rest);
    if (n_rest > fold->n_train || !subtract_rest(f, r, t, rest, n_rest)) multiply_train(f, r, fold, t);
    free(rest);
}

void bb_features_fold_release(struct bb_features_fold *f)
{
    free(f->G);
    free(f->C);
    free(f->x_mean);
}

double *bb_features_of(const struct bb_features_fold *f, const struct bb_regressor *r, const size_t *rows, size_t n_rows)
{
    double *X = bb_doubles(n_rows * f->p);
    bb_gather_rows(r->X, f->p, rows, n_rows, X);
    bb_subtract_row(X, n_rows, f->p, f->x_mean);
    return X;
}

void bb_features_predict(const struct bb_features_fold *f, const struct bb_regressor *r, const struct bb_fold *fold,
                         const struct bb_fold_targets *t, const double *B, double *prediction)
{
    if (fold->n_test == 0) return;
    double *Z = bb_features_of(f, r, fold->test, fold->n_test);
    int p = bb_int(f->p), q = bb_int(f->q);
    memset(prediction, 0, fold->n_test * f->q * sizeof *prediction);
    if (p) cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, bb_int(fold->n_test), q, p, 1, Z, p, B, q, 0, prediction, q);
    add_means(prediction, fold->n_test, t, f->q);
    free(Z);
}

/* --- products' form -------------------------------------------------------------------------------------------------- */

/* rows[of[i]] */
static size_t *gram_rows_of(const struct bb_regressor *r, const size_t *of, size_t n)
{
    size_t *rows = bb_malloc((n + 1) * sizeof *rows);
    for (size_t i = 0; i < n; i++) rows[i] = r->rows[of[i]];
    return rows;
}

void bb_products_fold_init(struct bb_products_fold *f, struct bb_regressor *r, const struct bb_fold *fold,
                           const struct bb_fold_targets *t)
{
    size_t n = fold->n_train, *train = gram_rows_of(r, fold->train, n);
    *f = (struct bb_products_fold){.n = n, .q = r->q};
    f->K = bb_doubles(n * n);
    f->row_mean = bb_doubles(n);
    f->Y = bb_targets_of_train(r, fold, t);
    bb_gather_square(bb_gram_kernel(r->gram), r->gram->n, train, n, train, n, f->K);
    bb_centre_kernel(f->K, n, f->row_mean, &f->grand);
    free(train);
}

void bb_products_fold_release(struct bb_products_fold *f)
{
    free(f->K);
    free(f->Y);
    free(f->row_mean);
}

double *bb_products_of_test(const struct bb_products_fold *f, struct bb_regressor *r, const struct bb_fold *fold)
{
    size_t *train = gram_rows_of(r, fold->train, f->n), *test = gram_rows_of(r, fold->test, fold->n_test);
    double *A = bb_doubles(fold->n_test * f->n);
    bb_gather_square(bb_gram_kernel(r->gram), r->gram->n, test, fold->n_test, train, f->n, A);
    bb_centre_cross(A, fold->n_test, f->n, f->row_mean, f->grand);
    free(test);
    free(train);
    return A;
}

void bb_products_predict(const struct bb_products_fold *f, struct bb_regressor *r, const struct bb_fold *fold,
                         const struct bb_fold_targets *t, const double *A, double *prediction)
{
    if (fold->n_test == 0) return;
    double *Z = bb_products_of_test(f, r, fold);
    int n = bb_int(f->n), q = bb_int(f->q);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, bb_int(fold->n_test), q, n, 1, Z, n, A, q, 0, prediction, q);
    add_means(prediction, fold->n_test, t, f->q);
    free(Z);
}
