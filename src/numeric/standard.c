#include "numeric/standard.h"

#include <cblas.h>
#include <float.h>
#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct bb_standard {
    size_t n, n_fit, p;
    size_t *fit;
    double *G;              /* n × n_fit: products of standardised rows with those that fit */
    double *mean, *sd, *Xf; /* of a block; grown */
    size_t cap_mean, cap_sd, cap_Xf;
};

struct bb_standard *bb_standard_begin(size_t n, const size_t *fit, size_t n_fit)
{
    struct bb_standard *s = bb_calloc(1, sizeof *s);
    s->n = n;
    s->n_fit = n_fit;
    s->fit = bb_calloc(n_fit + 1, sizeof *s->fit);
    memcpy(s->fit, fit, n_fit * sizeof *fit);
    s->G = bb_calloc(n * n_fit + 1, sizeof *s->G);
    return s;
}

void bb_standard_abandon(struct bb_standard *s)
{
    if (!s) return;
    free(s->fit);
    free(s->G);
    free(s->mean);
    free(s->sd);
    free(s->Xf);
    free(s);
}

/* Mean and population sd of the fitting rows; a feature that is constant to rounding has sd 1, by scikit-learn's bound. */
static void scale_of(struct bb_standard *s, const double *X, size_t width)
{
    const double n = (double)s->n_fit;
    memset(s->mean, 0, width * sizeof *s->mean);
    memset(s->sd, 0, width * sizeof *s->sd);
    for (size_t i = 0; i < s->n_fit; i++)
        for (size_t j = 0; j < width; j++) s->mean[j] += X[s->fit[i] * width + j] / n;
    for (size_t i = 0; i < s->n_fit; i++)
        for (size_t j = 0; j < width; j++) {
            double d = X[s->fit[i] * width + j] - s->mean[j];
            s->sd[j] += d * d / n;
        }
    for (size_t j = 0; j < width; j++) {
        double noise = n * s->mean[j] * DBL_EPSILON;
        s->sd[j] = s->sd[j] <= n * DBL_EPSILON * s->sd[j] + noise * noise ? 1 : sqrt(s->sd[j]);
    }
}

enum bb_code bb_standard_add(struct bb_standard *s, double *X, size_t width, struct bb_err *err)
{
    for (size_t i = 0; i < s->n * width; i++)
        if (!isfinite(X[i])) return bb_fail(err, BB_EINPUT, "feature %zu is not a finite number", s->p + i % width + 1);
    if (!width) return BB_OK;
    s->mean = bb_grow(s->mean, &s->cap_mean, width, sizeof *s->mean);
    s->sd = bb_grow(s->sd, &s->cap_sd, width, sizeof *s->sd);
    s->Xf = bb_grow(s->Xf, &s->cap_Xf, s->n_fit * width, sizeof *s->Xf);
    scale_of(s, X, width);
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < width; j++) X[i * width + j] = (X[i * width + j] - s->mean[j]) / s->sd[j];
    for (size_t i = 0; i < s->n_fit; i++) memcpy(s->Xf + i * width, X + s->fit[i] * width, width * sizeof *X);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)s->n, (int)s->n_fit, (int)width, 1, X, (int)width, s->Xf,
                (int)width, 1, s->G, (int)s->n_fit);
    s->p += width;
    return BB_OK;
}

/* V (n_fit × n_fit): the products of the fitting rows become their eigenvectors, as rows; value ascending. */
static enum bb_code decompose(const struct bb_standard *s, double *V, double *value, struct bb_err *err)
{
    size_t n = s->n_fit;
    for (size_t i = 0; i < n; i++) memcpy(V + i * n, s->G + s->fit[i] * n, n * sizeof *V);
    for (size_t i = 0; i < n; i++) /* the same to the last bit on both sides */
        for (size_t j = 0; j < i; j++) V[i * n + j] = V[j * n + i];
    if (LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'V', 'U', (int)n, V, (int)n, value) != 0)
        return bb_fail(err, BB_ENUMERIC, "the principal axes of the features could not be found");
    return BB_OK;
}

/* Scores of all rows on the axes first … n_fit − 1: G V / √λ */
static const double *scores(const struct bb_standard *s, const double *V, const double *value, size_t first,
                            struct bb_arena *arena)
{
    size_t n = s->n_fit, r = n - first;
    double *Z = BB_NEW_ARRAY(arena, s->n * r, double);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)s->n, (int)r, (int)n, 1, s->G, (int)n, V + first * n, (int)n, 0, Z,
                (int)r);
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < r; j++) Z[i * r + j] /= sqrt(value[first + j]);
    return Z;
}

enum bb_code bb_standard_finish(struct bb_standard *s, struct bb_arena *arena, const double **out, size_t *r, struct bb_err *err)
{
    size_t n = s->n_fit, first = 0;
    double *V = bb_calloc(n * n + 1, sizeof *V), *value = bb_calloc(n + 1, sizeof *value);
    enum bb_code rc = n ? decompose(s, V, value, err) : BB_OK;
    double least = n ? value[n - 1] * (double)(n > s->p ? n : s->p) * DBL_EPSILON : 0;
    while (first < n && !(value[first] > least)) first++;
    if (!rc && first == n) rc = bb_fail(err, BB_ENUMERIC, "no feature differs between the %zu stimuli that fit the readout", n);
    if (!rc) {
        *r = n - first;
        *out = scores(s, V, value, first, arena);
    }
    free(V);
    free(value);
    bb_standard_abandon(s);
    return rc;
}
