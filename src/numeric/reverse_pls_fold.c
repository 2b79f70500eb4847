/*
 * PLS whose targets are all features of a model: they enter as their products K alone. The loop runs on w, with M = Xᵀ K X,
 * or where the source has more columns than there are stimuli, on u.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "numeric/pls_int.h"

/* A prediction of the test rows is H times the training rows. */
struct bb_reverse_pls {
    size_t *train;
    size_t n_train, n_test;
    double *H; /* n_test × n_train: Σ over components of t(test) t(train)ᵀ / tᵀt */
};

struct source {
    size_t n, p, k, found;
    double *X;      /* n × p: what is left of the source */
    double *K;      /* n × n: products of the targets */
    double *first;  /* n: what is left of the first target */
    double *M, *KX; /* p × p; n × p */
    double trace, start;
    double *T, *R, *P, *tt; /* k × n, k × p, k × p, k */
    double *w, *Aw, *v;     /* p */
    double *t, *z;          /* n */
    double *coefficient;    /* k */
    double size;            /* of X at the start */
};

static void make_square(struct source *s)
{
    int n = bb_int(s->n), p = bb_int(s->p);
    cblas_dsymm(CblasRowMajor, CblasLeft, CblasUpper, n, p, 1, s->K, n, s->X, p, 0, s->KX, p);
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, p, p, n, 1, s->X, p, s->KX, p, 0, s->M, p);
    s->trace = bb_pls_trace(s->M, s->p);
}

static void source_init(struct source *s, double *X, size_t n, size_t p, double *K, double *first, size_t k)
{
    *s = (struct source){.n = n, .p = p, .k = k, .X = X, .K = K, .first = first};
    s->M = bb_doubles(p * p);
    s->KX = bb_doubles(n * p);
    s->T = bb_doubles(k * n);
    s->R = bb_doubles(k * p);
    s->P = bb_doubles(k * p);
    s->tt = bb_doubles(k);
    s->w = bb_doubles(3 * p);
    s->Aw = s->w + p;
    s->v = s->Aw + p;
    s->t = bb_doubles(2 * n);
    s->z = s->t + n;
    s->coefficient = bb_doubles(k);
    s->size = cblas_dnrm2(bb_int(n * p), X, 1);
    make_square(s);
    s->start = s->trace;
}

static void source_release(struct source *s)
{
    free(s->M);
    free(s->KX);
    free(s->T);
    free(s->R);
    free(s->P);
    free(s->tt);
    free(s->w);
    free(s->t);
    free(s->coefficient);
}

static void next_rotation(struct source *s)
{
    int p = bb_int(s->p), a = bb_int(s->found);
    double *r = s->R + s->found * s->p;
    memcpy(r, s->w, s->p * sizeof *r);
    if (a == 0) return;
    cblas_dgemv(CblasRowMajor, CblasNoTrans, a, p, 1, s->P, p, s->w, 1, 0, s->coefficient, 1);
    cblas_dgemv(CblasRowMajor, CblasTrans, a, p, -1, s->R, p, s->coefficient, 1, 1, r, 1);
}

/* X −= t pᵀ, and M with it: M −= p vᵀ + v pᵀ − (t·z) p pᵀ with z = K t, v = Xᵀz. */
static void deflate(struct source *s, double tt)
{
    int n = bb_int(s->n), p = bb_int(s->p);
    double *load = s->P + s->found * s->p;
    cblas_dgemv(CblasRowMajor, CblasTrans, n, p, 1 / tt, s->X, p, s->t, 1, 0, load, 1);
    cblas_dsymv(CblasRowMajor, CblasUpper, n, 1, s->K, n, s->t, 1, 0, s->z, 1);
    cblas_dgemv(CblasRowMajor, CblasTrans, n, p, 1, s->X, p, s->z, 1, 0, s->v, 1);
    bb_pls_rank_two(s->M, s->p, -1, load, s->v, bb_dot(s->t, s->z, s->n));
    cblas_dger(CblasRowMajor, n, p, -1, s->t, 1, load, 1, s->X, p);
    cblas_daxpy(n, -bb_dot(s->first, s->t, s->n) / tt, s->t, 1, s->first, 1);
}

/* false: nothing is left. */
static bool next_component(struct source *s, bool once)
{
    int n = bb_int(s->n), p = bb_int(s->p);
    double norm;
    if (bb_pls_trace(s->M, s->p) < BB_PLS_REFRESH * s->trace) make_square(s);
    if (!(bb_pls_trace(s->M, s->p) > BB_PLS_NOTHING * s->start)) return false;
    cblas_dgemv(CblasRowMajor, CblasTrans, n, p, 1, s->X, p, s->first, 1, 0, s->w, 1);
    bb_pls_iterate(NULL, s->M, s->p, bb_dot(s->first, s->first, s->n), once, s->w, s->Aw, &norm);
    if (!(norm > 0)) return false;
    cblas_dscal(p, 1 / norm, s->w, 1);
    cblas_dgemv(CblasRowMajor, CblasNoTrans, n, p, 1, s->X, p, s->w, 1, 0, s->t, 1);
    double tt = bb_dot(s->t, s->t, s->n);
    if (!(sqrt(tt) > 100 * BB_PLS_EPS * s->size)) return false;
    next_rotation(s);
    deflate(s, tt);
    memcpy(s->T + s->found * s->n, s->t, s->n * sizeof *s->t);
    s->tt[s->found++] = tt;
    return true;
}

/* H = Σ t(test) t(train)ᵀ / tᵀt; test: n_test × k. */
static double *hat_of(const double *test, size_t n_test, const double *T, const double *tt, size_t n, size_t found, size_t k)
{
    double *H = bb_zeros(n_test * n), *scaled = bb_doubles(n_test * k);
    for (size_t i = 0; i < n_test; i++)
        for (size_t a = 0; a < found; a++) scaled[i * k + a] = test[i * k + a] / tt[a];
    if (found && n_test)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, bb_int(n_test), bb_int(n), bb_int(found), 1, scaled, bb_int(k), T,
                    bb_int(n), 0, H, bb_int(n));
    free(scaled);
    return H;
}

/* X, Z: source of the training and test rows, centred; both changed. */
static double *fit_by_features(double *X, double *Z, size_t n, size_t n_test, size_t p, double *K, double *first, bool once,
                               size_t k)
{
    struct source s;
    source_init(&s, X, n, p, K, first, k);
    while (s.found < k && next_component(&s, once)) {
    }
    double *test = bb_zeros(n_test * k);
    if (s.found && n_test)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, bb_int(n_test), bb_int(s.found), bb_int(p), 1, Z, bb_int(p), s.R,
                    bb_int(p), 0, test, bb_int(k));
    double *H = hat_of(test, n_test, s.T, s.tt, n, s.found, k);
    free(test);
    source_release(&s);
    return H;
}

static double *fit_by_products(const double *X, const double *Z, size_t n, size_t n_test, size_t p, double *K,
                               const double *first, bool once, size_t k)
{
    struct bb_pls_products pls;
    int in = bb_int(n), ip = bb_int(p), it = bb_int(n_test);
    double *XX = bb_doubles(n * n), *ZX = bb_zeros(n_test * n), *test = bb_zeros(n_test * k);
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, in, ip, 1, X, ip, 0, XX, in);
    if (it) cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, it, in, ip, 1, Z, ip, X, ip, 0, ZX, in);
    bb_pls_of_kernels(&pls, XX, K, first, once, n, k);
    if (pls.found && it)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, it, bb_int(pls.found), in, 1, ZX, in, pls.R, in, 0, test, bb_int(k));
    double *H = hat_of(test, n_test, pls.T, pls.tt, n, pls.found, k);
    bb_pls_products_release(&pls);
    free(test);
    free(ZX);
    free(XX);
    return H;
}

/* Products of the targets over the training rows, centred. */
static double *target_kernel(struct bb_gram *target, const size_t *rows, const struct bb_fold *fold)
{
    size_t n = fold->n_train, *train = bb_malloc((n + 1) * sizeof *train);
    double *K = bb_doubles(n * n);
    for (size_t i = 0; i < n; i++) train[i] = rows[fold->train[i]];
    bb_gather_square(bb_gram_kernel(target), target->n, train, n, train, n, K);
    bb_centre_kernel(K, n, NULL, NULL);
    free(train);
    return K;
}

enum bb_code bb_reverse_pls_fold(const double *S, size_t n, size_t p_s, struct bb_gram *target, const size_t *rows,
                                 const double *first, const struct bb_fold *fold, size_t k, struct bb_reverse_pls **out,
                                 struct bb_err *err)
{
    size_t n_train = fold->n_train, n_test = fold->n_test;
    if (n_train < 2) return bb_fail(err, BB_ENUMERIC, "a regression was to be fitted on %zu stimuli: it needs two", n_train);
    if (k == 0 || k > p_s)
        return bb_fail(err, BB_ENUMERIC, "PLS of %zu components was asked of %zu recorded units: there can be from 1 to %zu", k,
                       p_s, p_s);
    (void)n; /* only asserted */
    for (size_t i = 0; i < n_train; i++) assert(fold->train[i] < n);
    double *X = bb_doubles(n_train * p_s), *Z = bb_doubles(n_test * p_s), *mean = bb_doubles(p_s), *y = bb_doubles(n_train),
           y_mean;
    bb_gather_rows(S, p_s, fold->train, n_train, X);
    bb_gather_rows(S, p_s, fold->test, n_test, Z);
    bb_column_means(X, n_train, p_s, mean);
    bb_subtract_row(X, n_train, p_s, mean);
    bb_subtract_row(Z, n_test, p_s, mean);
    bb_gather_rows(first, 1, fold->train, n_train, y);
    bb_column_means(y, n_train, 1, &y_mean);
    bb_subtract_row(y, n_train, 1, &y_mean);
    double *K = target_kernel(target, rows, fold);
    struct bb_reverse_pls *fit = bb_calloc(1, sizeof *fit);
    *fit = (struct bb_reverse_pls){.n_train = n_train, .n_test = n_test, .train = bb_malloc(n_train * sizeof *fit->train)};
    memcpy(fit->train, fold->train, n_train * sizeof *fit->train);
    fit->H = p_s <= n_train ? fit_by_features(X, Z, n_train, n_test, p_s, K, y, target->p == 1, k)
                            : fit_by_products(X, Z, n_train, n_test, p_s, K, y, target->p == 1, k);
    free(K);
    free(y);
    free(mean);
    free(Z);
    free(X);
    *out = fit;
    return BB_OK;
}

void bb_reverse_pls_predict(const struct bb_reverse_pls *fit, const double *block, size_t width, double *prediction)
{
    int n = bb_int(fit->n_train), m = bb_int(width), it = bb_int(fit->n_test);
    if (m == 0 || it == 0) return;
    double *Y = bb_doubles(fit->n_train * width), *mean = bb_doubles(width);
    bb_gather_rows(block, width, fit->train, fit->n_train, Y);
    bb_column_means(Y, fit->n_train, width, mean);
    bb_subtract_row(Y, fit->n_train, width, mean);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, it, m, n, 1, fit->H, n, Y, m, 0, prediction, m);
    for (size_t i = 0; i < fit->n_test; i++)
        for (size_t j = 0; j < width; j++) prediction[i * width + j] += mean[j];
    free(mean);
    free(Y);
}

void bb_reverse_pls_free(struct bb_reverse_pls *fit)
{
    if (!fit) return;
    free(fit->train);
    free(fit->H);
    free(fit);
}
