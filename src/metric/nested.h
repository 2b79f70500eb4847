/*
 * A score whose layer is chosen without looking at what is scored: for each split of the metric, every layer is scored on the
 * training stimuli alone (by the same metric and splits, within them), and the best one is then scored on the test stimuli.
 * Choosing on all data favours models with many layers.
 */
#ifndef BB_METRIC_NESTED_H
#define BB_METRIC_NESTED_H

#include "metric/metric.h"

/* Where the features of a layer come from; valid until the next call. */
typedef enum bb_code bb_layer_features(void *ctx, size_t layer, const struct bb_features **out, struct bb_err *err);

/* task->features is not looked at. result->units: split × 1 … as the metric's per-split medians (axis "split");
   result->detail says which layers were chosen how often. BB_ENUMERIC for metrics without splits, or with a given one. */
enum bb_code bb_nested_score(const struct bb_task *task, const struct bb_metric *metric, bb_layer_features *features, void *ctx,
                             const char *const *layer, size_t n_layers, struct bb_metric_result *result,
                             struct bb_err *err) BB_MUST_CHECK;

#endif
