#include "numeric/unit_search.h"

#include <math.h>
#include <string.h>

#include "numeric/gram_int.h"

struct best {
    double *target;     /* n_train × q: centred, of norm 1; 0 when constant */
    double *r;          /* q: the largest so far */
    double *prediction; /* n_test × q */
};

struct bb_unit_search {
    const size_t *rows;
    size_t q;
    const struct bb_folds *folds;
    struct best *best; /* per fold */
};

/* Each column centred, of norm 1; a constant one becomes 0. Constant is: all its values are equal. */
static void standardise(double *A, size_t n, size_t width)
{
    double *mean = bb_doubles(width), *square = bb_zeros(width);
    if (n == 0) width = 0;
    for (size_t j = 0; j < width; j++) mean[j] = A[j]; /* against the first row, so that equal values become 0 */
    bb_subtract_row(A, n, width, mean);
    bb_column_means(A, n, width, mean);
    bb_subtract_row(A, n, width, mean);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++) square[j] += A[i * width + j] * A[i * width + j];
    for (size_t j = 0; j < width; j++) square[j] = square[j] > 0 ? 1 / sqrt(square[j]) : 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++) A[i * width + j] *= square[j];
    free(square);
    free(mean);
}

struct bb_unit_search *bb_unit_search_new(const size_t *rows, const double *Y, size_t q, const struct bb_folds *folds)
{
    struct bb_unit_search *search = bb_malloc(sizeof *search);
    *search =
        (struct bb_unit_search){.rows = rows, .q = q, .folds = folds, .best = bb_calloc(folds->n + 1, sizeof *search->best)};
    for (size_t s = 0; s < folds->n; s++) {
        const struct bb_fold *fold = &folds->fold[s];
        struct best *best = &search->best[s];
        best->target = bb_doubles(fold->n_train * q);
        best->prediction = bb_doubles(fold->n_test * q);
        best->r = bb_doubles(q);
        bb_gather_rows(Y, q, fold->train, fold->n_train, best->target);
        standardise(best->target, fold->n_train, q);
        for (size_t j = 0; j < q; j++) best->r[j] = -HUGE_VAL;
        for (size_t i = 0; i < fold->n_test * q; i++) best->prediction[i] = NAN;
    }
    return search;
}

void bb_unit_search_free(struct bb_unit_search *search)
{
    if (!search) return;
    for (size_t s = 0; s < search->folds->n; s++) {
        free(search->best[s].target);
        free(search->best[s].prediction);
        free(search->best[s].r);
    }
    free(search->best);
    free(search);
}

/* out: n_of × width, the rows of the block that target rows of[i] belong to. */
static void gather(const struct bb_unit_search *search, const double *block, size_t width, const size_t *of, size_t n_of,
                   double *out)
{
    for (size_t i = 0; i < n_of; i++) memcpy(out + i * width, block + search->rows[of[i]] * width, width * sizeof *out);
}

static bool is_constant(const double *A, size_t n, size_t width, size_t column)
{
    for (size_t i = 0; i < n; i++)
        if (A[i * width + column] != 0) return false; /* standardised */
    return true;
}

/* Columns of A that are not constant, or targets that are not. */
static bool *varying(const double *A, size_t n, size_t width)
{
    bool *varies = bb_calloc(width + 1, sizeof *varies);
    for (size_t j = 0; j < width; j++) varies[j] = !is_constant(A, n, width, j);
    return varies;
}

/* r: q × width. Keeps the feature that is better than all before. */
static void keep_best(struct best *best, const struct bb_fold *fold, const double *r, const bool *feature_varies,
                      const bool *target_varies, const double *test, size_t width, size_t q)
{
    for (size_t j = 0; j < q; j++) {
        size_t found = width;
        for (size_t k = 0; target_varies[j] && k < width; k++) {
            if (!feature_varies[k] || r[j * width + k] <= best->r[j]) continue;
            best->r[j] = r[j * width + k];
            found = k;
        }
        for (size_t i = 0; found < width && i < fold->n_test; i++) best->prediction[i * q + j] = test[i * width + found];
    }
}

static void search_fold(struct bb_unit_search *search, size_t s, const double *block, size_t width)
{
    const struct bb_fold *fold = &search->folds->fold[s];
    struct best *best = &search->best[s];
    size_t q = search->q, n = fold->n_train;
    double *train = bb_doubles(n * width), *test = bb_doubles(fold->n_test * width), *r = bb_doubles(q * width);
    gather(search, block, width, fold->train, n, train);
    gather(search, block, width, fold->test, fold->n_test, test);
    standardise(train, n, width);
    bool *feature_varies = varying(train, n, width), *target_varies = varying(best->target, n, q);
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, bb_int(q), bb_int(width), bb_int(n), 1, best->target, bb_int(q), train,
                bb_int(width), 0, r, bb_int(width));
    keep_best(best, fold, r, feature_varies, target_varies, test, width, q);
    free(target_varies);
    free(feature_varies);
    free(r);
    free(test);
    free(train);
}

void bb_unit_search_add(struct bb_unit_search *search, const double *block, size_t width)
{
    if (width == 0 || search->q == 0) return;
    for (size_t s = 0; s < search->folds->n; s++) search_fold(search, s, block, width);
}

const double *bb_unit_search_prediction(const struct bb_unit_search *search, size_t fold)
{
    return search->best[fold].prediction;
}
