/*
 * Shape match and texture match (Hermann et al. 2020): the share of cue-conflict images that the model calls by their shape, or
 * by their texture. Images whose shape is their texture do not count. Shape and texture are coordinates of the model's table,
 * or of the recording where the benchmark has one. Error: √(p (1 − p) / n).
 */
#ifndef BB_METRIC_CUE_MATCH_H
#define BB_METRIC_CUE_MATCH_H

#include "metric/metric.h"

/* What the model chose, and the cues, of each row of the model; NULL: none. For this folder only. */
struct bb_cues {
    size_t n;
    const char **choice, **shape, **texture;
    const char *warning; /* images of the recording without a row; NULL: none */
};
enum bb_code bb_cues_of(const struct bb_task *task, struct bb_cues *out, struct bb_err *err) BB_MUST_CHECK;

extern const struct bb_metric bb_shape_match, bb_texture_match;

#endif
