/*
 * Ceiling of neural metrics from how well other subjects predict a subject, extrapolated to infinitely many of them (Schrimpf
 * et al. 2021; the ExtrapolationCeiling of Brain-Score language).
 *   for every set of m = 2 … N subjects and each subject in it: the benchmark's own metric, with the others' neuroids as the
 * features and the
 *   subject's as the recording, gives r per split and neuroid
 *   for each neuroid, `bootstraps` times: per m its r (sets × splits, without those that are not defined) are drawn anew with
 * replacement and
 *   averaged; v(m) = v0 (1 − exp(−m / τ0)) is fitted; its ceiling is the median of the v0
 *   value  median over neuroids
 * Parameters: `bootstraps` 100, `seed` 0, `subject` (the neuroid coordinate that tells subjects apart).
 *
 * A fit that fails leaves its neuroid without a ceiling, and the median skips it. Draws are those of numpy's
 * RandomState(seed), begun anew for each neuroid; sets stand in the order of itertools.combinations of the sorted subjects;
 * fits are scipy's (numeric/saturation.h). The units are the neuroids' ceilings, the parts the subjects' medians.
 */
#ifndef BB_METRIC_EXTRAPOLATION_H
#define BB_METRIC_EXTRAPOLATION_H

#include "metric/metric.h"

extern const struct bb_ceiling bb_extrapolation;

#endif
