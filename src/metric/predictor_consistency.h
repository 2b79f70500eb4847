/*
 * Ceiling of reverse_pls, whose predictor is the recording: how consistent the recording is when each stimulus' repetitions
 * are halved by themselves.
 *   per split, for each stimulus in the order of its id: its repetition values are permuted, the first ⌊R/2⌋ are one half,
 * the rest the other
 *   per split and neuroid: r of the two halves' means across stimuli, then 2r / (1 + r)
 *   value  mean over splits of the median over neuroids; error: sd over splits (ddof 0) / √splits
 * Parameters: `splits` 10, `seed` 0, `on` "repetition" (or "repetition_id"), `subject`. Numbers are drawn from numpy's
 * default_rng(seed), one generator for all. Stimuli with one repetition are left out; fewer than 10 that have more are too
 * few. Missing responses are skipped in the means; a neuroid that has no correlation is skipped by the median. Parts are as
 * in internal_consistency.
 */
#ifndef BB_METRIC_PREDICTOR_CONSISTENCY_H
#define BB_METRIC_PREDICTOR_CONSISTENCY_H

#include "metric/metric.h"

extern const struct bb_ceiling bb_predictor_consistency;

#endif
