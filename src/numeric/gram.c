#include "numeric/gram.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/gram_int.h"

struct bb_gram_builder {
    struct bb_gram *gram;
    size_t done;     /* features so far */
    double *mean;    /* of the features of one block */
    size_t capacity; /* of mean */
};

static struct bb_gram *gram_new(size_t n, size_t p)
{
    struct bb_gram *gram = bb_calloc(1, sizeof *gram);
    gram->n = n;
    gram->p = p;
    gram->row_sum = bb_zeros(n);
    gram->with_mean = bb_zeros(n);
    return gram;
}

void bb_gram_free(struct bb_gram *gram)
{
    if (!gram) return;
    free(gram->X);
    free(gram->K);
    free(gram->row_sum);
    free(gram->with_mean);
    free(gram);
}

size_t bb_gram_bytes(size_t n, size_t p)
{
    return (n * (p < n ? p : n) + 2 * n) * sizeof(double) + sizeof(struct bb_gram);
}

static double *kernel_of(const double *X, size_t n, size_t p)
{
    double *K = bb_zeros(n * n);
    if (n && p) cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, bb_int(n), bb_int(p), 1, X, bb_int(p), 0, K, bb_int(n));
    bb_mirror_upper(K, n);
    return K;
}

const double *bb_gram_kernel(struct bb_gram *gram)
{
    if (!gram->K) gram->K = kernel_of(gram->X, gram->n, gram->p);
    return gram->K;
}

/* --- building from features ------------------------------------------------------------------------------------------ */

struct bb_gram_builder *bb_gram_begin(size_t n, size_t p)
{
    struct bb_gram_builder *builder = bb_calloc(1, sizeof *builder);
    builder->gram = gram_new(n, p);
    if (p < n)
        builder->gram->X = bb_zeros(n * p);
    else
        builder->gram->K = bb_zeros(n * n);
    return builder;
}

void bb_gram_abandon(struct bb_gram_builder *builder)
{
    if (!builder) return;
    bb_gram_free(builder->gram);
    free(builder->mean);
    free(builder);
}

/* A sum of columns is not finite: which number did it? */
static enum bb_code refuse(const struct bb_gram_builder *builder, const double *block, size_t width, struct bb_err *err)
{
    size_t n = builder->gram->n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++)
            if (!isfinite(block[i * width + j]))
                return bb_fail(err, BB_EINPUT, "feature %zu of row %zu is %s: activations must be finite numbers",
                               builder->done + j, i, isnan(block[i * width + j]) ? "not a number" : "infinite");
    return bb_fail(err, BB_EINPUT, "the features from %zu on are too large for their products to be represented", builder->done);
}

static bool column_means(const double *block, size_t n, size_t width, double *mean)
{
    memset(mean, 0, width * sizeof *mean);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++) mean[j] += block[i * width + j];
    double all = 0;
    for (size_t j = 0; j < width; j++) {
        mean[j] /= (double)n;
        all += mean[j] * mean[j];
    }
    return isfinite(all);
}

/* Four sums side by side: their order is fixed, and they do not wait for each other. */
static void centre_row(double *row, size_t width, const double *mean, double shift, double *row_sum, double *with_mean)
{
    double sum[4] = {0}, with[4] = {0};
    size_t j = 0;
    for (; j + 4 <= width; j += 4)
        for (size_t l = 0; l < 4; l++) {
            row[j + l] -= mean[j + l];
            sum[l] += row[j + l];
            with[l] += row[j + l] * (mean[j + l] - shift);
        }
    for (; j < width; j++) {
        row[j] -= mean[j];
        sum[0] += row[j];
        with[0] += row[j] * (mean[j] - shift);
    }
    *row_sum += (sum[0] + sum[1]) + (sum[2] + sum[3]);
    *with_mean += (with[0] + with[1]) + (with[2] + with[3]);
}

static void count_means(struct bb_gram *gram, const double *mean, size_t width)
{
    for (size_t j = 0; j < width; j++) {
        double m = mean[j] - gram->shift;
        gram->mean_sum += m;
        gram->mean_square += m * m;
    }
}

static bool all_finite(const double *x, size_t n, size_t stride)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i * stride])) return false;
    return true;
}

enum bb_code bb_gram_add(struct bb_gram_builder *builder, double *block, size_t width, struct bb_err *err)
{
    struct bb_gram *gram = builder->gram;
    size_t n = gram->n;
    assert(width <= gram->p - builder->done);
    if (width == 0 || n == 0) return BB_OK;
    builder->mean = bb_grow(builder->mean, &builder->capacity, width, sizeof *builder->mean);
    double *mean = builder->mean;
    if (!column_means(block, n, width, mean)) return refuse(builder, block, width, err);
    if (builder->done == 0) gram->shift = bb_sum(mean, width) / (double)width;
    for (size_t i = 0; i < n; i++)
        centre_row(block + i * width, width, mean, gram->shift, &gram->row_sum[i], &gram->with_mean[i]);
    count_means(gram, mean, width);
    if (gram->X) {
        for (size_t i = 0; i < n; i++) {
            double *to = gram->X + i * gram->p + builder->done;
            memcpy(to, block + i * width, width * sizeof *to);
            if (!isfinite(bb_dot(to, to, width))) return refuse(builder, block, width, err);
        }
    } else {
        cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, bb_int(n), bb_int(width), 1, block, bb_int(width), 1, gram->K,
                    bb_int(n));
        if (!all_finite(gram->K, n, n + 1)) return refuse(builder, block, width, err);
    }
    builder->done += width;
    return BB_OK;
}

struct bb_gram *bb_gram_finish(struct bb_gram_builder *builder)
{
    struct bb_gram *gram = builder->gram;
    assert(builder->done == gram->p);
    if (gram->K) bb_mirror_upper(gram->K, gram->n);
    free(builder->mean);
    free(builder);
    return gram;
}

/* --- from products --------------------------------------------------------------------------------------------------- */

/* Products may come from float32 sums: relative rounding that is accepted. */
#define PRODUCT_TOLERANCE 1e-5

static enum bb_code check_numbers(const double *product, const double *row_sum, size_t n, struct bb_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(row_sum[i])) return bb_fail(err, BB_EINPUT, "row sum %zu of the Gram matrix is not a finite number", i);
        for (size_t j = 0; j < n; j++)
            if (!isfinite(product[i * n + j]))
                return bb_fail(err, BB_EINPUT, "the Gram matrix has no finite number in row %zu, column %zu", i, j);
        if (product[i * n + i] < 0)
            return bb_fail(err, BB_EINPUT,
                           "the Gram matrix has the negative number %g on its diagonal (row %zu): it cannot be X·Xᵀ",
                           product[i * n + i], i);
    }
    return BB_OK;
}

static enum bb_code check_symmetry(const double *product, const double *row_sum, size_t n, size_t p, struct bb_err *err)
{
    for (size_t i = 0; i < n; i++) {
        double size = product[i * n + i];
        if (row_sum[i] * row_sum[i] > (double)p * size * (1 + PRODUCT_TOLERANCE))
            return bb_fail(err, BB_EINPUT,
                           "row %zu of the Gram matrix: no %zu features have the sum %g and the sum of squares %g", i, p,
                           row_sum[i], size);
        for (size_t j = 0; j < i; j++) {
            double a = product[i * n + j], b = product[j * n + i];
            if (fabs(a - b) > PRODUCT_TOLERANCE * sqrt(size) * sqrt(product[j * n + j]))
                return bb_fail(err, BB_EINPUT,
                               "the Gram matrix is not symmetric: %.9g in row %zu, column %zu, but %.9g in row %zu, column %zu",
                               a, i, j, b, j, i);
        }
    }
    return BB_OK;
}

/* A Cholesky factor of K + (a little of its diagonal) exists when no eigenvalue is below minus that little. */
static enum bb_code check_semidefinite(const double *K, const double *product, size_t n, struct bb_err *err)
{
    double *copy = bb_doubles(n * n), trace = 0, size = 0;
    memcpy(copy, K, n * n * sizeof *copy);
    for (size_t i = 0; i < n; i++) {
        trace += K[i * n + i];
        size += product[i * n + i];
    }
    double little = PRODUCT_TOLERANCE * fmax(trace, 0) + 1e-14 * size;
    for (size_t i = 0; i < n; i++) copy[i * n + i] += little > 0 ? little : 1;
    int order = bb_int(n);
    bool good = LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', order, copy, order) == 0;
    free(copy);
    if (good) return BB_OK;
    if (size > 1e4 * fabs(trace))
        return bb_fail(err, BB_EINPUT,
                       "the Gram matrix is of features whose means are so large that the products have no digits left for what "
                       "varies: subtract the mean of each feature over the stimuli before multiplying");
    return bb_fail(err, BB_EINPUT, "the Gram matrix is not positive semi-definite: it cannot be X·Xᵀ");
}

/* K: the products, averaged over the two triangles, centred. */
static void fill_from_products(struct bb_gram *gram, const double *product, const double *row_sum)
{
    size_t n = gram->n;
    double grand, mean_row_sum = bb_sum(row_sum, n) / (double)n, *row_mean = bb_doubles(n);
    gram->K = bb_doubles(n * n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) gram->K[i * n + j] = product[i * n + j] / 2 + product[j * n + i] / 2;
    bb_centre_kernel(gram->K, n, row_mean, &grand);
    gram->shift = mean_row_sum / (double)gram->p;
    gram->mean_sum = 0;
    gram->mean_square = fmax(grand - gram->shift * mean_row_sum, 0);
    for (size_t i = 0; i < n; i++) {
        gram->row_sum[i] = row_sum[i] - mean_row_sum;
        gram->with_mean[i] = row_mean[i] - grand - gram->shift * gram->row_sum[i];
    }
    free(row_mean);
}

enum bb_code bb_gram_from_products(const double *product, const double *row_sum, size_t n, size_t p, struct bb_gram **out,
                                   struct bb_err *err)
{
    if (n == 0 || p == 0)
        return bb_fail(err, BB_EINPUT, "the Gram matrix is of %zu stimuli and %zu features: there must be some of both", n, p);
    enum bb_code rc = check_numbers(product, row_sum, n, err);
    if (!rc) rc = check_symmetry(product, row_sum, n, p, err);
    if (rc) return rc;
    struct bb_gram *gram = gram_new(n, p);
    fill_from_products(gram, product, row_sum);
    rc = check_semidefinite(gram->K, product, n, err);
    if (rc)
        bb_gram_free(gram);
    else
        *out = gram;
    return rc;
}

/* --- of some rows, of several layers --------------------------------------------------------------------------------- */

/* d, the mean of the centred rows, moves the means of the features to m + d. along: Xc_i·d for each row, with mean square d·d
   = *square. */
static void move_means(const struct bb_gram *gram, const size_t *rows, struct bb_gram *part, const double *along, double square)
{
    size_t n = part->n;
    for (size_t i = 0; i < n; i++) {
        part->row_sum[i] = gram->row_sum[rows[i]];
        part->with_mean[i] = gram->with_mean[rows[i]];
    }
    double sum = bb_sum(part->row_sum, n) / (double)n, with = bb_sum(part->with_mean, n) / (double)n;
    part->shift = gram->shift;
    part->mean_sum = gram->mean_sum + sum;
    part->mean_square = gram->mean_square + 2 * with + square;
    for (size_t i = 0; i < n; i++) {
        part->row_sum[i] -= sum;
        part->with_mean[i] += along[i] - square - with;
    }
}

struct bb_gram *bb_gram_of_rows(struct bb_gram *gram, const size_t *rows, size_t n_rows)
{
    assert(n_rows > 0);
    struct bb_gram *part = gram_new(n_rows, gram->p);
    double *along = bb_doubles(n_rows), square;
    if (gram->X) {
        size_t p = gram->p;
        double *mean = bb_doubles(p);
        part->X = bb_doubles(n_rows * p);
        bb_gather_rows(gram->X, p, rows, n_rows, part->X);
        bb_column_means(part->X, n_rows, p, mean);
        for (size_t i = 0; i < n_rows; i++) along[i] = bb_dot(part->X + i * p, mean, p);
        square = bb_dot(mean, mean, p);
        bb_subtract_row(part->X, n_rows, p, mean);
        free(mean);
        if (p >= n_rows) {
            bb_gram_kernel(part);
            free(part->X);
            part->X = NULL;
        }
    } else {
        part->K = bb_doubles(n_rows * n_rows);
        bb_gather_square(bb_gram_kernel(gram), gram->n, rows, n_rows, rows, n_rows, part->K);
        bb_centre_kernel(part->K, n_rows, along, &square);
    }
    move_means(gram, rows, part, along, square);
    free(along);
    return part;
}

static void add_means(struct bb_gram *const *gram, size_t n_grams, struct bb_gram *all)
{
    double total = 0;
    for (size_t l = 0; l < n_grams; l++) total += gram[l]->mean_sum + (double)gram[l]->p * gram[l]->shift;
    all->shift = total / (double)all->p;
    for (size_t l = 0; l < n_grams; l++) {
        const struct bb_gram *g = gram[l];
        double step = g->shift - all->shift;
        all->mean_sum += g->mean_sum + (double)g->p * step;
        all->mean_square += g->mean_square + 2 * step * g->mean_sum + (double)g->p * step * step;
        for (size_t i = 0; i < all->n; i++) {
            all->row_sum[i] += g->row_sum[i];
            all->with_mean[i] += g->with_mean[i] + step * g->row_sum[i];
        }
    }
}

static bool all_have_features(struct bb_gram *const *gram, size_t n_grams)
{
    for (size_t l = 0; l < n_grams; l++)
        if (!gram[l]->X) return false;
    return true;
}

struct bb_gram *bb_gram_side_by_side(struct bb_gram *const *gram, size_t n_grams)
{
    size_t n = gram[0]->n, p = 0, at = 0;
    for (size_t l = 0; l < n_grams; l++) {
        assert(gram[l]->n == n);
        p += gram[l]->p;
    }
    struct bb_gram *all = gram_new(n, p);
    add_means(gram, n_grams, all);
    if (p < n && all_have_features(gram, n_grams)) {
        all->X = bb_doubles(n * p);
        for (size_t l = 0; l < n_grams; at += gram[l]->p, l++)
            for (size_t i = 0; i < n; i++) memcpy(all->X + i * p + at, gram[l]->X + i * gram[l]->p, gram[l]->p * sizeof(double));
        return all;
    }
    all->K = bb_zeros(n * n);
    for (size_t l = 0; l < n_grams; l++) {
        const double *K = bb_gram_kernel(gram[l]);
        for (size_t i = 0; i < n * n; i++) all->K[i] += K[i];
    }
    return all;
}
