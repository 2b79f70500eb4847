/*
 * For each target the one feature that correlates best with it over the training rows, for all folds of a split in one pass
 * over the features. Features come in blocks; memory is O(block + folds × (training rows + test rows) × targets), whatever
 * their number is.
 */
#ifndef BB_NUMERIC_UNIT_SEARCH_H
#define BB_NUMERIC_UNIT_SEARCH_H

#include "numeric/splits.h"

struct bb_unit_search;

/* Targets Y are (target rows) × q, row-major, finite; rows[i] is the row of a block that target row i belongs to; folds hold
   target rows. Borrows all but Y. */
struct bb_unit_search *bb_unit_search_new(const size_t *rows, const double *Y, size_t q, const struct bb_folds *folds);
void bb_unit_search_free(struct bb_unit_search *search); /* NULL is fine */

/* The next features: block is (its rows) × width, row-major, finite, each feature by any constant offset; not changed. */
void bb_unit_search_add(struct bb_unit_search *search, const double *block, size_t width);

/* The values of the best features in the fold's test rows, n_test × q: NaN for a target that no feature has a correlation
   with. Of equals the first. */
const double *bb_unit_search_prediction(const struct bb_unit_search *search, size_t fold);

#endif
