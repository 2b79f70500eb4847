/*
 * The ceiling `split_half_subjects` of pearsonr and spearmanr (Brain-Score's Futrell2018): subjects are split in two random
 * halves, each half's values are averaged over its subjects (missing values skipped), the halves are correlated over items, and
 * the correlation is carried to the full number of subjects.
 *   aggregate over splits of 2|r| / (1 + |r|)
 * Parameters: `splits` (10), `seed` (0), `aggregate` ("median", "mean"). The first half of a split is RandomState(seed).choice(n,
 * ⌊n/2⌋, replace=False) of the subjects in natural order, one generator for all splits. The error is the standard deviation over
 * splits (ddof 1): splits share their subjects, so it is no standard error of the ceiling.
 */
#ifndef BB_METRIC_SPLIT_HALF_SUBJECTS_H
#define BB_METRIC_SPLIT_HALF_SUBJECTS_H

#include "metric/metric.h"

extern const struct bb_ceiling bb_split_half_subjects;

#endif
