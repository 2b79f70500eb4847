/*
 * How well objects are told apart, image by image and object by object: the signatures I1, I2, O1 and O2 of Rajalingham, Issa et al. (2018) as
 * the reference computes them (its i2n is the one that was verified there).
 *
 * S[i, c] is the probability of choosing c rather than the truth t(i) of image i: of a model p_c / (p_c + p_t); of humans the share of the
 * trials of i that had c as one of the two objects and in which c was chosen. With Z = Φ⁻¹ and F[t, c] the mean of S[i, c] over the images of t,
 *
 *     images (I):   D[i, c] = Z(1 − S[i, c]) − Z(F[c, t(i)])        clipped to [−5, 5]
 *     objects (O):  D[t, c] = Z(1 − F[c, t]) − Z(F[t, c])           clipped to [−5, 5]
 *
 * "n": the mean over the images of a truth is subtracted from each column. "1": the mean over the choices (of O: over the truths). Means skip
 * what is missing.
 *
 * Recording: trials with stimulus_id, truth, choice, and the other object that was offered, dist_obj. Each of two repetitions shuffles the trials, in
 * the order of the file, with one RandomState(0), and halves them; a model is compared with the first half, and the ceiling compares the
 * halves; Pearson's r of the cells that both have. The score is the mean over the two of r_k / √ceiling_k: struct bb_parts.
 */
#ifndef BB_METRIC_DISCRIMINATION_H
#define BB_METRIC_DISCRIMINATION_H

#include "metric/metric.h"

enum bb_discrimination_unit { BB_BY_IMAGE, BB_BY_OBJECT };

struct bb_discrimination {
    enum bb_discrimination_unit unit;
    bool collapse, normalise;
};

/* skipna: cells that the model's matrix has not are left out; otherwise they are an error, as in the reference. */
enum bb_code bb_discrimination_score(const struct bb_task *task, const struct bb_discrimination *kind, bool skipna,
                                     struct bb_metric_result *result, struct bb_err *err);
enum bb_code bb_discrimination_ceiling(const struct bb_task *task, const struct bb_discrimination *kind,
                                       struct bb_ceiling_result *result, struct bb_err *err);

#endif
