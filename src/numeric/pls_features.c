/*
 * PLS from G = XᵀX and C = XᵀY. The loop runs on c (q numbers, S = CᵀC) or, with more targets than features, on w (p numbers,
 * M = CCᵀ).
 */
#include <math.h>
#include <string.h>

#include "numeric/pls_int.h"

struct form {
    struct bb_regressor *regressor;
    const struct bb_fold *fold;
    const struct bb_fold_targets *fold_targets;
    struct bb_features_fold f;
    struct bb_pls_targets targets;
    size_t found;
    bool by_targets;
    double *S;           /* CᵀC or CCᵀ, upper triangle */
    double trace, start; /* of S when it was last made, and at first */
    double *R, *P, *Q;   /* k × p, k × p, k × q */
    double *root;        /* p: √G_jj at the start */
    double *x, *Ax;
    double *w, *g, *v;
    double *coefficient; /* k */
    double *X;           /* training rows, when a residual was asked for */
};

static void make_square(struct form *s)
{
    int p = bb_int(s->f.p), q = bb_int(s->f.q);
    if (s->by_targets)
        cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, q, p, 1, s->f.C, q, 0, s->S, q);
    else
        cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, p, q, 1, s->f.C, q, 0, s->S, p);
    s->trace = bb_pls_trace(s->S, s->by_targets ? s->f.q : s->f.p);
}

static void residual(void *form, size_t j, double *y)
{
    struct form *s = form;
    int n = bb_int(s->f.n), p = bb_int(s->f.p);
    double *direction = bb_zeros(s->f.p);
    if (!s->X) s->X = bb_features_of(&s->f, s->regressor, s->fold->train, s->f.n);
    for (size_t a = 0; a < s->found; a++) cblas_daxpy(p, s->Q[a * s->f.q + j], s->R + a * s->f.p, 1, direction, 1);
    for (size_t i = 0; i < s->f.n; i++) y[i] = s->regressor->Y[s->fold->train[i] * s->f.q + j] - s->fold_targets->centre[j];
    cblas_dgemv(CblasRowMajor, CblasNoTrans, n, p, -1, s->X, p, direction, 1, 1, y, 1);
    free(direction);
}

static void drop(void *form, size_t j)
{
    struct form *s = form;
    for (size_t i = 0; i < s->f.p; i++) s->f.C[i * s->f.q + j] = 0;
    make_square(s);
}

static void form_init(struct form *s, struct bb_regressor *regressor, const struct bb_fold *fold,
                      const struct bb_fold_targets *targets, size_t k)
{
    *s = (struct form){.regressor = regressor, .fold = fold, .fold_targets = targets};
    bb_features_fold_init(&s->f, regressor, fold, targets);
    bb_pls_targets_init(&s->targets, targets, s->f.n, s->f.q);
    s->targets.residual = residual;
    s->targets.drop = drop;
    s->targets.form = s;
    size_t p = s->f.p, q = s->f.q, m = p < q ? p : q;
    s->by_targets = q <= p;
    s->S = bb_doubles(m * m);
    s->R = bb_doubles(k * p);
    s->P = bb_doubles(k * p);
    s->Q = bb_doubles(k * q);
    s->root = bb_doubles(p);
    s->x = bb_doubles(2 * m);
    s->Ax = s->x + m;
    s->w = bb_doubles(2 * p + q);
    s->g = s->w + p;
    s->v = s->g + p;
    s->coefficient = bb_doubles(k);
    for (size_t j = 0; j < p; j++) s->root[j] = sqrt(fmax(s->f.G[j * p + j], 0));
    for (size_t j = 0; j < q; j++)
        for (size_t i = 0; s->targets.spent[j] && i < p; i++) s->f.C[i * q + j] = 0;
    make_square(s);
    s->start = s->trace;
}

static void form_release(struct form *s)
{
    bb_features_fold_release(&s->f);
    bb_pls_targets_release(&s->targets);
    free(s->S);
    free(s->R);
    free(s->P);
    free(s->Q);
    free(s->root);
    free(s->x);
    free(s->w);
    free(s->coefficient);
    free(s->X);
}

/* w of the next component, of length 1; 0: there is none, otherwise the iterations. */
static int next_weights(struct form *s)
{
    size_t p = s->f.p, q = s->f.q;
    double trace = bb_pls_trace(s->S, s->by_targets ? q : p), norm;
    if (trace < BB_PLS_REFRESH * s->trace) {
        make_square(s);
        trace = s->trace;
    }
    size_t first = bb_pls_first_target(&s->targets);
    if (first == q || !(trace > BB_PLS_NOTHING * s->start)) return 0;
    for (size_t i = 0; i < p; i++) s->w[i] = s->f.C[i * q + first];
    if (s->by_targets) {
        memset(s->x, 0, q * sizeof *s->x);
        s->x[first] = 1;
        if (fabs(s->S[first * q + first] - bb_dot(s->w, s->w, p)) > 1e-9 * s->S[first * q + first]) make_square(s);
    } else {
        memcpy(s->x, s->w, p * sizeof *s->x);
    }
    int done = bb_pls_iterate(s->by_targets ? s->S : NULL, s->by_targets ? NULL : s->S, s->by_targets ? q : p,
                              s->targets.square[first], q == 1, s->x, s->Ax, &norm);
    if (!(norm > 0)) return 0;
    if (s->by_targets)
        cblas_dgemv(CblasRowMajor, CblasNoTrans, bb_int(p), bb_int(q), 1 / norm, s->f.C, bb_int(q), s->x, 1, 0, s->w, 1);
    else
        for (size_t i = 0; i < p; i++) s->w[i] = s->x[i] / norm;
    return done;
}

/* r = w − Σ (p_a·w) r_a, into R. */
static double *next_rotation(struct form *s)
{
    int p = bb_int(s->f.p), a = bb_int(s->found);
    double *r = s->R + s->found * s->f.p;
    memcpy(r, s->w, s->f.p * sizeof *r);
    if (a == 0) return r;
    cblas_dgemv(CblasRowMajor, CblasNoTrans, a, p, 1, s->P, p, s->w, 1, 0, s->coefficient, 1);
    cblas_dgemv(CblasRowMajor, CblasTrans, a, p, -1, s->R, p, s->coefficient, 1, 1, r, 1);
    return r;
}

/* Is tᵀt = rᵀGr more than the rounding of its terms? */
static bool is_sound(const struct form *s, const double *r, double tt)
{
    double size = 0;
    for (size_t j = 0; j < s->f.p; j++) size += fabs(r[j]) * s->root[j];
    return tt > 8 * BB_PLS_EPS * size * size;
}

static void deflate(struct form *s, double tt)
{
    int p = bb_int(s->f.p), q = bb_int(s->f.q);
    const double *load = s->P + s->found * s->f.p;
    double *q_load = s->Q + s->found * s->f.q;
    if (s->by_targets) { /* S −= tt (v qᵀ + q vᵀ) − tt² (p·p) q qᵀ with v = Cᵀp */
        cblas_dgemv(CblasRowMajor, CblasTrans, p, q, 1, s->f.C, q, load, 1, 0, s->v, 1);
        bb_pls_rank_two(s->S, s->f.q, -tt, q_load, s->v, tt * tt * bb_dot(load, load, s->f.p));
    } else { /* the same with p and q exchanged, v = C q */
        cblas_dgemv(CblasRowMajor, CblasNoTrans, p, q, 1, s->f.C, q, q_load, 1, 0, s->w, 1);
        bb_pls_rank_two(s->S, s->f.p, -tt, load, s->w, tt * tt * bb_dot(q_load, q_load, s->f.q));
    }
    cblas_dger(CblasRowMajor, p, q, -tt, load, 1, q_load, 1, s->f.C, q);
    bb_pls_explain(&s->targets, tt, q_load);
}

/* false: nothing is left. */
static bool next_component(struct form *s, int *iterations)
{
    int p = bb_int(s->f.p), q = bb_int(s->f.q);
    *iterations = next_weights(s);
    if (*iterations == 0) return false;
    const double *r = next_rotation(s);
    cblas_dsymv(CblasRowMajor, CblasUpper, p, 1, s->f.G, p, r, 1, 0, s->g, 1);
    double tt = bb_dot(r, s->g, s->f.p);
    if (!is_sound(s, r, tt)) return false;
    for (size_t i = 0; i < s->f.p; i++) s->P[s->found * s->f.p + i] = s->g[i] / tt;
    cblas_dgemv(CblasRowMajor, CblasTrans, p, q, 1 / tt, s->f.C, q, r, 1, 0, s->Q + s->found * s->f.q, 1);
    deflate(s, tt);
    s->found++;
    return true;
}

void bb_pls_features_fold(struct bb_regressor *regressor, const struct bb_fold *fold, size_t k, double *prediction,
                          struct bb_pls_info *info)
{
    struct form s;
    struct bb_fold_targets targets;
    bb_fold_targets_init(&targets, regressor, fold);
    form_init(&s, regressor, fold, &targets, k);
    int iterations;
    while (s.found < k && next_component(&s, &iterations))
        if (info && info->iterations) info->iterations[s.found - 1] = iterations;
    size_t p = s.f.p, q = s.f.q;
    double *B = bb_zeros(p * q);
    if (s.found)
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, bb_int(p), bb_int(q), bb_int(s.found), 1, s.R, bb_int(p), s.Q,
                    bb_int(q), 0, B, bb_int(q));
    bb_features_predict(&s.f, regressor, fold, &targets, B, prediction);
    if (info) info->components = s.found;
    free(B);
    form_release(&s);
    bb_fold_targets_release(&targets);
}
