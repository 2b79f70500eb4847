/*
 * Ceiling of neural metrics from the data's own repetitions: how well half of them predicts the other half, corrected to
 * their full number.
 *   per split and neuroid: r of the two halves' means across stimuli, then 2r / (1 + r) (Spearman-Brown)
 *   value  mean over splits of the median over neuroids; error: sd over splits (ddof 0) / √splits
 * Parameters: `splits` 10, `train` .5 (share of repetitions in the first half), `seed` 1, `on` "repetition" (or
 * "repetition_id"), `subject`, `complete` false (true: only presentations without a gap count).
 *
 * Halves are scikit-learn's ShuffleSplit of the sorted repetition values. Missing responses are skipped in the means; a
 * neuroid whose correlation is not defined (constant, or never measured for some stimulus in a half) is skipped by the
 * median. A stimulus without a presentation in one half is an error, as in the reference. The parts are the subjects: mean
 * over splits of the median over a subject's neuroids.
 */
#ifndef BB_METRIC_INTERNAL_CONSISTENCY_H
#define BB_METRIC_INTERNAL_CONSISTENCY_H

#include "metric/metric.h"

extern const struct bb_ceiling bb_internal_consistency;

/* Its parameters, for the same in bins of time (metric/over_time.h). */
#define BB_INTERNAL_CONSISTENCY_FIELDS 6
#define BB_INTERNAL_CONSISTENCY_PARAMS 64 /* bytes at most */
extern const struct bb_field bb_internal_consistency_fields[];

#endif
