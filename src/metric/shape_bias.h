/*
 * Shape bias (Geirhos et al. 2019, doi:10.48550/arXiv.1811.12231): of the answers that name the shape or the texture of a
 * cue-conflict image, the share that names the shape. Trials are pooled; images whose shape and texture are of the same category
 * are left out. Compared with nobody: humans are a row of their own. The model's coordinates `shape` and `texture` come from the
 * columns, for example
 *   "shape": {"column": "imagename", "match": "([a-z]+)\\d+-[a-z]+\\d+\\.png$"}, "texture": {"column": "imagename", "match":
 * "-([a-z]+)\\d+\\.png$"}
 */
#ifndef BB_METRIC_SHAPE_BIAS_H
#define BB_METRIC_SHAPE_BIAS_H

#include "metric/metric.h"

extern const struct bb_metric bb_shape_bias;

#endif
