#include "model/word_vectors.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/draws.h"

enum { ROUNDS = 60 };

static void count_pairs(const struct bb_corpus *corpus, size_t V, size_t window, double *M)
{
    for (size_t s = 0; s < corpus->n_sentences; s++)
        for (size_t i = corpus->sentence[s]; i < corpus->sentence[s + 1]; i++)
            for (size_t k = 1; k <= window && i + k < corpus->sentence[s + 1]; k++) {
                size_t a = (size_t)corpus->word[i], b = (size_t)corpus->word[i + k];
                M[a * V + b]++;
                M[b * V + a]++;
            }
}

static void to_information(double *M, size_t V)
{
    double *sum = bb_calloc(V, sizeof *sum), total = 0;
    for (size_t a = 0; a < V; a++)
        for (size_t b = 0; b < V; b++) {
            sum[a] += M[a * V + b];
            total += M[a * V + b];
        }
    for (size_t a = 0; a < V; a++)
        for (size_t b = 0; b < V; b++) {
            double *m = &M[a * V + b];
            double information = *m > 0 ? log(*m * total / (sum[a] * sum[b])) : 0;
            *m = information > 0 ? information : 0;
        }
    free(sum);
}

/* Columns of vector, made orthonormal from the first on (twice, against rounding). */
static void orthonormalise(double *vector, size_t n, size_t width)
{
    for (size_t k = 0; k < width; k++)
        for (int twice = 0; twice < 2; twice++) {
            double *own = vector + k * n, norm = 0;
            for (size_t j = 0; j < k; j++) {
                const double *other = vector + j * n;
                double product = 0;
                for (size_t i = 0; i < n; i++) product += own[i] * other[i];
                for (size_t i = 0; i < n; i++) own[i] -= product * other[i];
            }
            for (size_t i = 0; i < n; i++) norm += own[i] * own[i];
            norm = sqrt(norm);
            for (size_t i = 0; norm > 0 && i < n; i++) own[i] /= norm;
        }
}

static void multiply(const double *matrix, const double *x, size_t n, double *y)
{
    memset(y, 0, n * sizeof *y);
    for (size_t j = 0; j < n; j++) {
        const double *row = matrix + j * n, f = x[j]; /* symmetric: a row is a column */
        for (size_t i = 0; f != 0 && i < n; i++) y[i] += f * row[i];
    }
}

void bb_leading_eigenvectors(const double *matrix, size_t n, size_t width, uint64_t seed, double *vector, double *value)
{
    assert(width <= n);
    double *x = bb_malloc(width * n * sizeof *x), *y = bb_malloc(width * n * sizeof *y); /* a vector side by side */
    struct bb_rng rng;
    bb_rng_init(&rng, seed, 0);
    for (size_t i = 0; i < width * n; i++) x[i] = bb_draw_normal(&rng);
    orthonormalise(x, n, width);
    for (size_t round = 0; round <= ROUNDS; round++) {
        for (size_t k = 0; k < width; k++) multiply(matrix, x + k * n, n, y + k * n);
        if (round == ROUNDS) break;
        memcpy(x, y, width * n * sizeof *x);
        orthonormalise(x, n, width);
    }
    for (size_t k = 0; k < width; k++) {
        value[k] = 0;
        for (size_t i = 0; i < n; i++) {
            value[k] += x[k * n + i] * y[k * n + i];
            vector[i * width + k] = x[k * n + i];
        }
    }
    free(x);
    free(y);
}

double *bb_word_vectors(const struct bb_corpus *corpus, size_t n_words, size_t width, size_t window, uint64_t seed,
                        struct bb_arena *arena)
{
    double *M = bb_calloc(n_words * n_words, sizeof *M), *value = bb_malloc(width * sizeof *value);
    double *vector = BB_NEW_ARRAY(arena, n_words * width, double);
    count_pairs(corpus, n_words, window, M);
    to_information(M, n_words);
    bb_leading_eigenvectors(M, n_words, width, seed, vector, value);
    for (size_t w = 0; w < n_words; w++)
        for (size_t k = 0; k < width; k++) vector[w * width + k] *= sqrt(fabs(value[k]));
    free(M);
    free(value);
    return vector;
}
