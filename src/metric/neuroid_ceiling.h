/*
 * What ceilings of split × neuroid share: columns correlated, medians and means over them, parts per subject. For this folder
 * only.
 */
#ifndef BB_METRIC_NEUROID_CEILING_H
#define BB_METRIC_NEUROID_CEILING_H

#include "metric/recording.h"

/* The repetitions, in the sorted order of their values: a number for each presentation, −1 where it is missing. */
struct bb_repetitions {
    const int32_t *of_presentation;
    size_t n;
};
/* on: their coordinate (NULL: repetition, or repetition_id). BB_EINPUT without it, BB_ENUMERIC when it has one value. */
enum bb_code bb_repetitions_of(const struct bb_recording *recording, const char *on, struct bb_arena *arena,
                               struct bb_repetitions *out, struct bb_err *err) BB_MUST_CHECK;

/* r[j] = Spearman-Brown corrected correlation of column j of A and B (n × q each, row-major); NaN where it is not defined. */
void bb_corrected_columns(const double *A, const double *B, size_t n, size_t q, double *r);

/*
 * value (splits × q) as a ceiling: mean over splits of the median over neuroids, missing values skipped; the error is the sd
 * over splits (ddof
 * 0) over the root of how many are defined; units and parts (subjects) are set. BB_ENUMERIC when nothing is defined.
 */
enum bb_code bb_neuroid_ceiling(const struct bb_recording *recording, const double *value, size_t n_splits,
                                struct bb_arena *arena, struct bb_ceiling_result *result, struct bb_err *err) BB_MUST_CHECK;

/* Median over the neuroids of one subject (BB_EVERY_SUBJECT: of all), missing values skipped. value: q. */
#define BB_EVERY_SUBJECT ((size_t)-1)
double bb_median_of_subject(const struct bb_recording *recording, const double *value, size_t subject);

#endif
