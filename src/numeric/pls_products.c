/*
 * PLS from K = XXᵀ. The loop runs on c (q numbers, S = YᵀKY) or, with more targets than stimuli, on u (n numbers, with K and M
 * = YYᵀ). What scikit-learn
 * takes away from X and Y with each component is a projection D = I − t tᵀ/tᵀt on either side of K.
 */
#include <math.h>
#include <string.h>

#include "numeric/pls_int.h"

struct form {
    struct bb_pls_products *out;
    size_t n, q;
    bool by_targets, once;
    double *K;           /* by targets: as it was; by stimuli: what is left of it */
    double *Y;           /* n × q, as it was; NULL: only M is known */
    double *F, *S;       /* by targets: what is left of K·Y (n × q), and of YᵀKY (upper triangle) */
    double *M;           /* by stimuli: what is left of YYᵀ */
    double *first;       /* without Y: what is left of the first target */
    double trace, start; /* of S when it was last made, and at first; of M */
    double *Q;           /* k × q */
    double *KT;          /* k × n: K t, of what is left of K */
    double *root, size;  /* n: √K_ii at the start; their length */
    double *x, *Ax;      /* of the loop */
    double *u, *t, *g, *v;
    double *coefficient;
    struct bb_pls_targets targets;
};

static void make_square(struct form *s)
{
    int n = bb_int(s->n), q = bb_int(s->q);
    if (s->by_targets) {
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, q, q, n, 1, s->Y, q, s->F, q, 0, s->S, q);
        s->trace = bb_pls_trace(s->S, s->q);
    } else {
        s->trace = bb_pls_trace(s->M, s->n);
    }
}

static void residual(void *form, size_t j, double *y)
{
    struct form *s = form;
    for (size_t i = 0; i < s->n; i++) y[i] = s->Y[i * s->q + j];
    for (size_t a = 0; a < s->out->found; a++) cblas_daxpy(bb_int(s->n), -s->Q[a * s->q + j], s->out->T + a * s->n, 1, y, 1);
}

static void drop(void *form, size_t j)
{
    struct form *s = form;
    double *y = bb_doubles(s->n);
    residual(form, j, y);
    if (!s->by_targets) cblas_dsyr(CblasRowMajor, CblasUpper, bb_int(s->n), -1, y, 1, s->M, bb_int(s->n));
    for (size_t i = 0; i < s->n; i++) {
        s->Y[i * s->q + j] = 0;
        if (s->by_targets) s->F[i * s->q + j] = 0;
    }
    if (s->by_targets) make_square(s);
    free(y);
}

static void form_init(struct form *s, struct bb_pls_products *out, double *K, size_t n, size_t q, size_t k)
{
    *out = (struct bb_pls_products){.n = n, .q = q, .k = k, .iterations = bb_calloc(k, sizeof *out->iterations)};
    out->T = bb_doubles(k * n);
    out->R = bb_doubles(k * n);
    out->tt = bb_doubles(k);
    *s = (struct form){.out = out, .n = n, .q = q, .once = q == 1, .K = K};
    s->KT = bb_doubles(k * n);
    s->Q = bb_zeros(k * q);
    s->root = bb_doubles(n);
    for (size_t i = 0; i < n; i++) s->root[i] = sqrt(fmax(K[i * n + i], 0));
    s->size = cblas_dnrm2(bb_int(n), s->root, 1);
    size_t m = n > q ? n : q;
    s->x = bb_doubles(2 * m);
    s->Ax = s->x + m;
    s->u = bb_doubles(3 * n + q);
    s->t = s->u + n;
    s->g = s->t + n;
    s->v = s->g + n;
    s->coefficient = bb_doubles(k);
}

static void form_release(struct form *s)
{
    free(s->KT);
    free(s->Q);
    free(s->root);
    free(s->x);
    free(s->u);
    free(s->coefficient);
    free(s->F);
    free(s->S);
    free(s->first);
}

void bb_pls_products_release(struct bb_pls_products *pls)
{
    free(pls->T);
    free(pls->R);
    free(pls->tt);
    free(pls->iterations);
}

/* x −= the part of x along the scores so far. */
static void project(const struct form *s, double *x)
{
    int n = bb_int(s->n), a = bb_int(s->out->found);
    if (a == 0) return;
    cblas_dgemv(CblasRowMajor, CblasNoTrans, a, n, 1, s->out->T, n, x, 1, 0, s->coefficient, 1);
    for (size_t b = 0; b < s->out->found; b++) s->coefficient[b] /= s->out->tt[b];
    cblas_dgemv(CblasRowMajor, CblasTrans, a, n, -1, s->out->T, n, s->coefficient, 1, 1, x, 1);
}

/* By targets: u = Y c, t = K Y c, both of what is left, for |w| = 1. */
static int weights_by_targets(struct form *s)
{
    int n = bb_int(s->n), q = bb_int(s->q);
    double norm;
    if (bb_pls_trace(s->S, s->q) < BB_PLS_REFRESH * s->trace) make_square(s);
    size_t first = bb_pls_first_target(&s->targets);
    if (first == s->q || !(bb_pls_trace(s->S, s->q) > BB_PLS_NOTHING * s->start)) return 0;
    memset(s->x, 0, s->q * sizeof *s->x);
    s->x[first] = 1;
    int done = bb_pls_iterate(s->S, NULL, s->q, s->targets.square[first], s->once, s->x, s->Ax, &norm);
    if (!(norm > 0)) return 0;
    cblas_dgemv(CblasRowMajor, CblasNoTrans, n, q, 1 / norm, s->Y, q, s->x, 1, 0, s->u, 1);
    cblas_dgemv(CblasRowMajor, CblasNoTrans, n, q, 1 / norm, s->F, q, s->x, 1, 0, s->t, 1);
    project(s, s->u);
    project(s, s->t);
    return done;
}

/* By stimuli: the same, from u alone. */
static int weights_by_stimuli(struct form *s)
{
    double norm;
    if (!(bb_pls_trace(s->M, s->n) > BB_PLS_NOTHING * s->start)) return 0;
    if (s->Y) {
        size_t first = bb_pls_first_target(&s->targets);
        if (first == s->q) return 0;
        residual(s, first, s->x);
    } else {
        memcpy(s->x, s->first, s->n * sizeof *s->x);
    }
    int done = bb_pls_iterate(s->K, s->M, s->n, bb_dot(s->x, s->x, s->n), s->once, s->x, s->Ax, &norm);
    if (!(norm > 0)) return 0;
    for (size_t i = 0; i < s->n; i++) {
        s->u[i] = s->x[i] / norm;
        s->t[i] = s->Ax[i] / norm;
    }
    project(s, s->u);
    project(s, s->t);
    return done;
}

/* r = u − Σ (p_a·w) r_a with p_a·w = (K t_a)·u / tᵀt, into R. */
static void next_rotation(struct form *s)
{
    struct bb_pls_products *out = s->out;
    int n = bb_int(s->n), a = bb_int(out->found);
    double *r = out->R + out->found * s->n;
    memcpy(r, s->u, s->n * sizeof *r);
    if (a == 0) return;
    cblas_dgemv(CblasRowMajor, CblasNoTrans, a, n, 1, s->KT, n, s->u, 1, 0, s->coefficient, 1);
    for (size_t b = 0; b < out->found; b++) s->coefficient[b] /= out->tt[b];
    cblas_dgemv(CblasRowMajor, CblasTrans, a, n, -1, out->R, n, s->coefficient, 1, 1, r, 1);
}

/* Is t = K u more than the rounding of its terms? */
static bool is_sound(const struct form *s, double tt)
{
    double along = 0;
    for (size_t i = 0; i < s->n; i++) along += s->root[i] * fabs(s->u[i]);
    return sqrt(tt) > 100 * BB_PLS_EPS * s->size * along;
}

static void deflate_by_targets(struct form *s, double tt, const double *load)
{
    int n = bb_int(s->n), q = bb_int(s->q);
    double along = bb_dot(s->t, s->g, s->n);
    cblas_dgemv(CblasRowMajor, CblasTrans, n, q, 1, s->Y, q, s->g, 1, 0, s->v, 1);
    cblas_dger(CblasRowMajor, n, q, -1, s->g, 1, load, 1, s->F, q); /* F −= g qᵀ + t (v − (t·g) q)ᵀ / tᵀt */
    double *rest = bb_doubles(s->q);
    for (size_t j = 0; j < s->q; j++) rest[j] = s->v[j] - along * load[j];
    cblas_dger(CblasRowMajor, n, q, -1 / tt, s->t, 1, rest, 1, s->F, q);
    free(rest);
    bb_pls_rank_two(s->S, s->q, -1, load, s->v, along); /* S −= v qᵀ + q vᵀ − (t·g) q qᵀ */
    bb_pls_explain(&s->targets, tt, load);
}

/* D A D, for the upper triangle of a symmetric A with g = A t. g is changed. */
static void project_both_sides(double *A, size_t n, const double *t, double *g, double tt)
{
    bb_pls_rank_two(A, n, -1 / tt, t, g, bb_dot(t, g, n) / tt / tt);
}

static void deflate_by_stimuli(struct form *s, double tt, const double *load)
{
    int n = bb_int(s->n);
    double *g = bb_doubles(s->n);
    cblas_dsymv(CblasRowMajor, CblasUpper, n, 1, s->M, n, s->t, 1, 0, g, 1);
    project_both_sides(s->M, s->n, s->t, g, tt);
    memcpy(g, s->g, s->n * sizeof *g);
    project_both_sides(s->K, s->n, s->t, g, tt);
    free(g);
    if (s->Y)
        bb_pls_explain(&s->targets, tt, load);
    else
        cblas_daxpy(n, -bb_dot(s->first, s->t, s->n) / tt, s->t, 1, s->first, 1);
}

/* false: nothing is left. */
static bool next_component(struct form *s)
{
    struct bb_pls_products *out = s->out;
    size_t a = out->found, n = s->n;
    int done = s->by_targets ? weights_by_targets(s) : weights_by_stimuli(s);
    double tt = bb_dot(s->t, s->t, n);
    if (done == 0 || !is_sound(s, tt)) return false;
    next_rotation(s);
    cblas_dsymv(CblasRowMajor, CblasUpper, bb_int(n), 1, s->K, bb_int(n), s->t, 1, 0, s->g, 1);
    if (s->by_targets) project(s, s->g);
    memcpy(out->T + a * n, s->t, n * sizeof *s->t);
    memcpy(s->KT + a * n, s->g, n * sizeof *s->g);
    out->tt[a] = tt;
    out->iterations[a] = done;
    double *load = s->Q + a * s->q;
    if (s->Y) cblas_dgemv(CblasRowMajor, CblasTrans, bb_int(n), bb_int(s->q), 1 / tt, s->Y, bb_int(s->q), s->t, 1, 0, load, 1);
    if (s->by_targets)
        deflate_by_targets(s, tt, load);
    else
        deflate_by_stimuli(s, tt, load);
    out->found++;
    return true;
}

/* --- the fold -------------------------------------------------------------------------------------------------------- */

static void start_with_targets(struct form *s, double *Y, const struct bb_fold_targets *targets)
{
    int n = bb_int(s->n), q = bb_int(s->q);
    s->Y = Y;
    bb_pls_targets_init(&s->targets, targets, s->n, s->q);
    s->targets.residual = residual;
    s->targets.drop = drop;
    s->targets.form = s;
    for (size_t j = 0; j < s->q; j++)
        for (size_t i = 0; s->targets.spent[j] && i < s->n; i++) Y[i * s->q + j] = 0;
    s->by_targets = s->q <= s->n;
    if (s->by_targets) {
        s->F = bb_doubles(s->n * s->q);
        s->S = bb_doubles(s->q * s->q);
        cblas_dsymm(CblasRowMajor, CblasLeft, CblasUpper, n, q, 1, s->K, n, Y, q, 0, s->F, q);
    } else {
        s->M = bb_doubles(s->n * s->n);
        cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, n, q, 1, Y, q, 0, s->M, n);
    }
    make_square(s);
    s->start = s->trace;
}

/* prediction = K(test, train) Rᵀ Q + ȳ */
static void predict(const struct form *s, const struct bb_products_fold *f, struct bb_regressor *regressor,
                    const struct bb_fold *fold, const struct bb_fold_targets *targets, double *prediction)
{
    int n = bb_int(s->n), q = bb_int(s->q), a = bb_int(s->out->found);
    double *A = bb_zeros(s->n * s->q);
    if (a) cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, n, q, a, 1, s->out->R, n, s->Q, q, 0, A, q);
    bb_products_predict(f, regressor, fold, targets, A, prediction);
    free(A);
}

void bb_pls_products_fold(struct bb_regressor *regressor, const struct bb_fold *fold, size_t k, double *prediction,
                          struct bb_pls_info *info)
{
    struct form s;
    struct bb_pls_products out;
    struct bb_products_fold f;
    struct bb_fold_targets targets;
    bb_fold_targets_init(&targets, regressor, fold);
    bb_products_fold_init(&f, regressor, fold, &targets);
    form_init(&s, &out, f.K, f.n, f.q, k);
    start_with_targets(&s, f.Y, &targets);
    while (out.found < k && next_component(&s)) {
    }
    predict(&s, &f, regressor, fold, &targets, prediction);
    if (info) {
        info->components = out.found;
        if (info->iterations) memcpy(info->iterations, out.iterations, k * sizeof *out.iterations);
    }
    free(s.M);
    bb_pls_targets_release(&s.targets);
    form_release(&s);
    bb_pls_products_release(&out);
    bb_products_fold_release(&f);
    bb_fold_targets_release(&targets);
}

void bb_pls_of_kernels(struct bb_pls_products *pls, double *K, double *M, const double *first, bool once, size_t n, size_t k)
{
    struct form s;
    form_init(&s, pls, K, n, 0, k);
    s.once = once;
    s.M = M;
    s.first = bb_doubles(n);
    memcpy(s.first, first, n * sizeof *s.first);
    make_square(&s);
    s.start = s.trace;
    while (pls->found < k && next_component(&s)) {
    }
    form_release(&s);
}
