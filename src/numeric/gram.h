/*
 * The Gram engine: what every linear metric needs of a model's features, from one pass over them.
 *
 * Features X are n stimuli × p features. They come in blocks of columns; each column is centred over all n rows, then counted
 * in. Where p < n the centred features are kept themselves (they are the smaller thing); otherwise their products K = Xc·Xcᵀ.
 * With the mean of the features, the products with it and the row sums, everything follows without losing digits when means
 * are large: K of the uncentred features, the centring of any training set, the centring of rows. Memory is O(n² + block),
 * whatever p is.
 *
 * The bits depend on n, p and the widths of the blocks alone. Owns all it points to: bb_gram_free.
 */
#ifndef BB_NUMERIC_GRAM_H
#define BB_NUMERIC_GRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

struct bb_gram {
    size_t n, p;
    double *X; /* p < n: n × p, row-major, each column centred over all rows; else NULL */
    double
        *K; /* n × n, both triangles: products of the centred features. NULL while p < n and nobody needed it: bb_gram_kernel */
    double *row_sum;    /* n: Σ_j Xc_ij */
    double *with_mean;  /* n: Σ_j Xc_ij (m_j − shift), m the feature means */
    double shift;       /* near the mean of all features, so that little is lost in the three below */
    double mean_sum;    /* Σ_j (m_j − shift) */
    double mean_square; /* Σ_j (m_j − shift)² */
};

void bb_gram_free(struct bb_gram *gram);
const double *bb_gram_kernel(struct bb_gram *gram); /* K, made from X on the first call */
size_t bb_gram_bytes(size_t n, size_t p);           /* of what is kept */

struct bb_gram_builder;
struct bb_gram_builder *bb_gram_begin(size_t n, size_t p);
/* The next `width` features: block is n × width, row-major; it is overwritten. BB_EINPUT for a value that is not finite, which
   names feature (counted
   from 0 in the order of the calls) and row. */
enum bb_code bb_gram_add(struct bb_gram_builder *builder, double *block, size_t width, struct bb_err *err) BB_MUST_CHECK;
struct bb_gram *bb_gram_finish(struct bb_gram_builder *builder); /* after p features; frees the builder */
void bb_gram_abandon(struct bb_gram_builder *builder);           /* NULL is fine */

/* From what a Gram file has: product = X·Xᵀ (n × n, uncentred), row_sum = Σ_j X_ij, p. BB_EINPUT for values that are not
   finite, or a matrix that is
   not symmetric or not positive semi-definite to rounding. */
enum bb_code bb_gram_from_products(const double *product, const double *row_sum, size_t n, size_t p, struct bb_gram **out,
                                   struct bb_err *err) BB_MUST_CHECK;

/* Gram of rows[0..n_rows) (indices of `gram`, any order), centred anew over them. */
struct bb_gram *bb_gram_of_rows(struct bb_gram *gram, const size_t *rows, size_t n_rows);
/* Gram of the features of several layers side by side, on the same rows. */
struct bb_gram *bb_gram_side_by_side(struct bb_gram *const *gram, size_t n_grams);

/* out (n_rows × n_rows): products of the uncentred features of the rows (for unbiased CKA). */
void bb_gram_uncentred(struct bb_gram *gram, const size_t *rows, size_t n_rows, double *out);
/* out (n_rows × n_rows): numpy.corrcoef of the rows, i.e. each row centred over its p features. NaN for a constant row. */
void bb_gram_row_correlations(struct bb_gram *gram, const size_t *rows, size_t n_rows, double *out);

/*
 * The principal components of the features of rows `fit`, applied to rows `apply`, as scikit-learn's
 * PCA(k).fit(fit).transform(apply): n_apply ×
 * *rank scores (row-major, heap, the caller's), *rank = min(k, n_fit − 1, those above rounding). Signs are scikit-learn's up to
 * a factor −1, which no metric sees. Components that are
 * null to rounding are left out: the reference's last one, of 1000 samples, is such.
 */
double *bb_gram_pca(struct bb_gram *gram, const size_t *fit, size_t n_fit, const size_t *apply, size_t n_apply, size_t k,
                    size_t *rank);

#endif
