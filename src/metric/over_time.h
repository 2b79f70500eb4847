/*
 * Regressions over time: the recording has bins of time, and each is compared by itself.
 *   spantime_pls, spantime_ridge   one map for all bins: stimuli of all bins are fitted together
 *   temporal_pls, temporal_ridge   a map for each bin
 *   raw = mean over bins and splits of the median over neuroids of Pearson's r
 * The bins are the parts of the result: the score is the mean over bins of the score of each, by its own ceiling (internal_consistency_temporal).
 * The bins are those of the benchmark (time_bins_ms), each made of the recording's by how much these overlap with it
 * (bb_task.aligns_time), or without them the recording's own.
 *
 * A model whose answer changes with time gives its features in each bin. One that answers the same in every bin needs no
 * copies: one map for all bins, fitted on T copies of the same features and the responses of T bins, is then the map of the
 * mean response, with a penalty of alpha / T: PLS has the same weights in every step, because neither copy nor bin changes their direction.
 */
#ifndef BB_METRIC_OVER_TIME_H
#define BB_METRIC_OVER_TIME_H

#include "metric/metric.h"

extern const struct bb_metric bb_spantime_pls, bb_spantime_ridge, bb_temporal_pls, bb_temporal_ridge;
extern const struct bb_ceiling bb_internal_consistency_temporal;

#endif
