#include "metric/features.h"

#include <stdlib.h>
#include <string.h>

/* What bb_features points to. */
struct matrix {
    double *X;
    size_t p;
    const char **stimulus;
    char *layer;
};

enum { BLOCK = 2048 }; /* features */

/* numpy's order of names: by bytes. */
struct row {
    const char *stimulus;
    size_t index;
};

static int compare_rows(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->stimulus, ((const struct row *)b)->stimulus);
}

static struct matrix *sorted_copy(const char *const *stimulus, const double *X, size_t n, size_t p, const char *layer)
{
    struct matrix *matrix = bb_calloc(1, sizeof *matrix);
    struct row *row = bb_calloc(n + 1, sizeof *row);
    matrix->X = bb_calloc(n * p + 1, sizeof *matrix->X);
    matrix->p = p;
    matrix->stimulus = bb_calloc(n + 1, sizeof *matrix->stimulus);
    matrix->layer = bb_strdup(layer);
    for (size_t i = 0; i < n; i++) row[i] = (struct row){stimulus[i], i};
    qsort(row, n, sizeof *row, compare_rows);
    for (size_t i = 0; i < n; i++) {
        matrix->stimulus[i] = bb_strdup(row[i].stimulus);
        memcpy(matrix->X + i * p, X + row[i].index * p, p * sizeof *X);
    }
    free(row);
    return matrix;
}

static void copy_block(const struct matrix *matrix, size_t n, size_t first, size_t width, double *block)
{
    for (size_t i = 0; i < n; i++) memcpy(block + i * width, matrix->X + i * matrix->p + first, width * sizeof *block);
}

typedef enum bb_code take_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err);

static enum bb_code each_block(const struct matrix *matrix, size_t n, take_block *take, void *ctx, struct bb_err *err)
{
    double *block = bb_malloc((n * BLOCK + 1) * sizeof *block);
    enum bb_code rc = BB_OK;
    for (size_t first = 0; !rc && first < matrix->p; first += BLOCK) {
        size_t width = matrix->p - first < BLOCK ? matrix->p - first : BLOCK;
        copy_block(matrix, n, first, width, block);
        rc = take(ctx, first, width, block, err);
    }
    free(block);
    return rc;
}

static enum bb_code stream(const struct bb_features *features, take_block *take, void *ctx, struct bb_err *err)
{
    return each_block(features->stream_state, features->n, take, ctx, err);
}

static enum bb_code add_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    (void)first;
    return bb_gram_add(ctx, X, width, err);
}

enum bb_code bb_features_of_matrix(const char *const *stimulus, const double *X, size_t n, size_t p, const char *layer,
                                   struct bb_features **out, struct bb_err *err)
{
    struct matrix *matrix = sorted_copy(stimulus, X, n, p, layer);
    struct bb_features *features = bb_calloc(1, sizeof *features);
    struct bb_gram_builder *builder = bb_gram_begin(n, p);
    *features = (struct bb_features){
        .layer = matrix->layer, .stimulus = matrix->stimulus, .n = n, .stream = stream, .stream_state = matrix};
    enum bb_code rc = each_block(matrix, n, add_block, builder, err);
    if (rc) {
        bb_gram_abandon(builder);
        bb_features_of_matrix_free(features);
        return rc;
    }
    features->gram = bb_gram_finish(builder);
    *out = features;
    return BB_OK;
}

void bb_features_of_matrix_free(struct bb_features *features)
{
    if (!features) return;
    struct matrix *matrix = features->stream_state;
    bb_gram_free(features->gram);
    for (size_t i = 0; i < features->n; i++) free((void *)(uintptr_t)matrix->stimulus[i]);
    free(matrix->stimulus);
    free(matrix->layer);
    free(matrix->X);
    free(matrix);
    free(features);
}

struct standards {
    struct bb_standard *const *standard;
    size_t n, rows;
};

static enum bb_code add_to_all(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct standards *s = ctx;
    (void)first;
    double *copy = bb_malloc((s->rows * width + 1) * sizeof *copy); /* bb_standard_add overwrites what it is given */
    enum bb_code rc = BB_OK;
    for (size_t k = 0; !rc && k < s->n; k++) {
        memcpy(copy, X, s->rows * width * sizeof *copy);
        rc = bb_standard_add(s->standard[k], copy, width, err);
    }
    free(copy);
    return rc;
}

enum bb_code bb_features_standardise(const struct bb_features *features, struct bb_standard *const *standard, size_t n,
                                     struct bb_err *err)
{
    struct standards s = {standard, n, features->n};
    return features->stream(features, add_to_all, &s, err);
}
