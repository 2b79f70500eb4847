/*
 * Features of any width as few columns that say the same to every method that is linear in them and penalises ‖W‖²: each feature by
 * scikit-learn's StandardScaler of the fitting rows (mean, population sd; a constant feature is left at its scale), and of these the scores on the
 * principal axes of the fitting rows, all that are above rounding. One pass over the features, memory O(n · n_fit).
 */
#ifndef BB_NUMERIC_STANDARD_H
#define BB_NUMERIC_STANDARD_H

#include "base/mem.h"

struct bb_standard;
/* n rows in all, fit[n_fit] indices of those that fit. */
struct bb_standard *bb_standard_begin(size_t n, const size_t *fit, size_t n_fit);
/* The next features: X is n × width, row-major, and overwritten. BB_EINPUT for a value that is not finite. */
enum bb_code bb_standard_add(struct bb_standard *standard, double *X, size_t width, struct bb_err *err) BB_MUST_CHECK;
/* n × *r scores, row-major, in the arena; frees `standard`. BB_ENUMERIC: no feature varies over the fitting rows. */
enum bb_code bb_standard_finish(struct bb_standard *standard, struct bb_arena *arena, const double **out, size_t *r,
                                struct bb_err *err) BB_MUST_CHECK;
void bb_standard_abandon(struct bb_standard *standard); /* NULL is fine */

#endif
