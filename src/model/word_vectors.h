/*
 * Static word vectors: words that stand near the same words are alike (Deerwester et al. 1990; Levy and Goldberg 2014).
 *   M = positive pointwise mutual information of words within `window` of each other in a sentence
 * and its leading eigenvectors, each times the square root of its eigenvalue's size (60 rounds of orthogonal iteration: those of
 * nearly equal eigenvalues are mixed).
 */
#ifndef BB_MODEL_WORD_VECTORS_H
#define BB_MODEL_WORD_VECTORS_H

#include <stdint.h>

#include "base/mem.h"
#include "model/corpus.h"

/* n_words × width, in the arena; width ≤ n_words. The seed says from where the iteration for the eigenvectors begins. */
double *bb_word_vectors(const struct bb_corpus *corpus, size_t n_words, size_t width, size_t window, uint64_t seed,
                        struct bb_arena *arena);

/* The `width` eigenvectors of largest size of a symmetric matrix (n × n), by orthogonal iteration: vector n × width, value width. */
void bb_leading_eigenvectors(const double *matrix, size_t n, size_t width, uint64_t seed, double *vector, double *value);

#endif
