/*
 * Features that are at hand as a matrix: what a ceiling predicts with (other subjects' neuroids), an oracle (the recording
 * itself), a test.
 */
#ifndef BB_METRIC_FEATURES_H
#define BB_METRIC_FEATURES_H

#include "metric/metric.h"
#include "numeric/standard.h"

/* X is n × p, row-major, of the stimuli (any order, each once); both are copied. BB_EINPUT for a value that is not finite. Heap:
   bb_features_of_matrix_free. */
enum bb_code bb_features_of_matrix(const char *const *stimulus, const double *X, size_t n, size_t p, const char *layer,
                                   struct bb_features **out, struct bb_err *err) BB_MUST_CHECK;
void bb_features_of_matrix_free(struct bb_features *features); /* NULL is fine */

/* n standardisations of the same features, each on rows of its own, in one pass over them. */
enum bb_code bb_features_standardise(const struct bb_features *features, struct bb_standard *const *standard, size_t n,
                                     struct bb_err *err) BB_MUST_CHECK;

#endif
