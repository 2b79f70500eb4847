/*
 * The search for the alpha of ridgecv without eigenvectors.
 */
#ifndef BB_NUMERIC_RIDGECV_SEARCH_H
#define BB_NUMERIC_RIDGECV_SEARCH_H

#include "numeric/gram_int.h"

/*
 * The first alpha of the smallest leave-one-out error, from the products K (n × n, centred) and the targets Y (n × q, centred).
 *
 * With w(λ) = 1/(λ + alpha) the error needs diag(w(K)) and w(K)·Y. For a few alphas they are computed, from K reduced to a
 * band. For the others, w is a
 * combination of those few (and of 1, λ, λ²) up to a relative error ε over all the eigenvalues that K can have, which bounds
 * the error of the error. The search
 * ends when one alpha alone can be the smallest, or all that can be were computed.
 *
 * dual (n × q): where *solved, (K + chosen)⁻¹Y.
 * contender (n_alphas): those that can still be the smallest.
 * false: undecided after a few alphas (a very flat error, or K + alpha is not positive definite to rounding): eigenvectors
 * must decide.
 */
bool bb_ridgecv_search(const double *K, const double *Y, size_t n, size_t q, const double *alpha, size_t n_alphas, double *chosen,
                       double *dual, bool *solved, bool *contender);
/* Fewer stimuli than this are not searched: their eigenvectors cost nothing. */
#define BB_RIDGECV_SEARCH 200

#endif
