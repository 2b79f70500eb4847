#include "regress_case.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "metric_case.h"
#include "numeric/mt19937.h"

const struct bb_json *regress_goldens(struct bb_arena *arena)
{
    return golden_cases(arena, "regress");
}

static double *draw(struct bb_mt19937 *mt, size_t count, struct bb_arena *arena)
{
    double *x = BB_NEW_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++) x[i] = bb_mt19937_uniform(mt) - .5;
    return x;
}

/* n × m times m × p */
static double *product(const double *A, const double *B, size_t n, size_t m, size_t p, struct bb_arena *arena)
{
    double *C = BB_NEW_ARRAY(arena, n * p, double);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            for (size_t j = 0; j < p; j++) C[i * p + j] += A[i * m + k] * B[k * p + j];
    return C;
}

static double option(const struct bb_json *c, const char *key, double absent)
{
    double value = number_of(c, key);
    return isnan(value) ? absent : value;
}

static void set_column(double *A, size_t n, size_t m, double column, double value)
{
    for (size_t i = 0; !isnan(column) && i < n; i++) A[i * m + (size_t)column] = value;
}

static void make_random(struct regress_data *d, const struct bb_json *c, struct bb_arena *arena)
{
    struct bb_mt19937 mt;
    size_t n = d->n, p = d->p, q = d->q, rank = (size_t)option(c, "rank", 0), twins = (size_t)option(c, "duplicate", 0);
    bb_mt19937_seed(&mt, (uint32_t)number_of(c, "seed"));
    if (rank) {
        double *A = draw(&mt, n * rank, arena), *B = draw(&mt, rank * p, arena);
        d->X = product(A, B, n, rank, p, arena);
    } else {
        d->X = draw(&mt, n * p, arena);
    }
    double decay = option(c, "x_decay", 1);
    for (size_t i = 0; i < n * p; i++) d->X[i] *= pow(decay, (double)(i % p));
    double *L = draw(&mt, p * q, arena), *N = draw(&mt, n * q, arena);
    d->Y = product(d->X, L, n, p, q, arena);
    for (size_t i = 0; i < n * q; i++)
        d->Y[i] = (option(c, "signal", 1) * d->Y[i] + option(c, "noise", 1) * N[i]) * option(c, "y_scale", 1) +
                  option(c, "y_offset", 0);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < twins; j++) d->X[i * p + p - twins + j] = d->X[i * p + j];
    for (size_t i = 0; i < n * p; i++) d->X[i] = d->X[i] * option(c, "x_scale", 1) + option(c, "x_offset", 0);
    set_column(d->X, n, p, number_of(c, "constant_x"), 7.25);
    set_column(d->Y, n, q, number_of(c, "constant_y"), 3.25);
}

static void make_waves(struct regress_data *d, struct bb_arena *arena)
{
    size_t n = 40, p = 60, q = 6;
    *d = (struct regress_data){n, p, q, BB_NEW_ARRAY(arena, n * p, double), BB_NEW_ARRAY(arena, n * q, double)};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < p; j++) {
            double a = (double)(i + 1), b = (double)(j + 1);
            d->X[i * p + j] = sin(.37 * a * b) + .3 * cos(.11 * a + .7 * b);
        }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < q; k++) {
            for (size_t j = 0; j < p; j++) d->Y[i * q + k] += d->X[i * p + j] * .2 * cos(.53 * (double)(j + 1) * (double)(k + 1));
            d->Y[i * q + k] += sin(1.7 * (double)(i + 1) * (double)(k + 2) + .2 * (double)k);
        }
}

struct regress_data regress_data_of(const struct bb_json *c, struct bb_arena *arena)
{
    struct regress_data d;
    if (bb_streq(text_of(c, "recipe"), "waves")) {
        make_waves(&d, arena);
        size_t first = (size_t)option(c, "first", (double)d.p);
        for (size_t i = 0; i < d.n; i++)
            for (size_t j = 0; j < first; j++) d.X[i * first + j] = d.X[i * d.p + j];
        d.p = first;
        return d;
    }
    d = (struct regress_data){.n = (size_t)number_of(c, "n"), .p = (size_t)number_of(c, "p"), .q = (size_t)number_of(c, "q")};
    make_random(&d, c, arena);
    return d;
}

size_t *sizes_of(const struct bb_json *array, struct bb_arena *arena, size_t *n)
{
    double *x = numbers_of(array, arena, n);
    size_t *sizes = BB_NEW_ARRAY(arena, *n + 1, size_t);
    for (size_t i = 0; i < *n; i++) sizes[i] = (size_t)x[i];
    return sizes;
}

struct bb_gram *gram_of(const double *X, size_t n, size_t p, size_t width)
{
    struct bb_gram_builder *builder = bb_gram_begin(n, p);
    struct bb_err err = {0};
    double *block = bb_malloc(n * width * sizeof *block);
    for (size_t at = 0; at < p; at += width) {
        size_t w = p - at < width ? p - at : width;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < w; j++) block[i * w + j] = X[i * p + at + j];
        ck_assert_msg(bb_gram_add(builder, block, w, &err) == BB_OK, "%s", err.msg);
    }
    free(block);
    return bb_gram_finish(builder);
}

struct bb_gram *gram_of_products(const double *X, size_t n, size_t p)
{
    struct bb_gram *gram;
    struct bb_err err = {0};
    double *product_ = bb_calloc(n * n + n, sizeof *product_), *sum = product_ + n * n;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < p; k++) product_[i * n + j] += X[i * p + k] * X[j * p + k];
        for (size_t k = 0; k < p; k++) sum[i] += X[i * p + k];
    }
    ck_assert_msg(bb_gram_from_products(product_, sum, n, p, &gram, &err) == BB_OK, "%s", err.msg);
    free(product_);
    return gram;
}
