/*
 * The oracle of a neural benchmark: the recording predicting itself through the same metric and splits. It bounds what any
 * model can get from this mapping (the reference's own checks: .37 to .95), because what the mapping loses on the very data
 * it will lose on any features.
 */
#ifndef BB_METRIC_ORACLE_H
#define BB_METRIC_ORACLE_H

#include "metric/metric.h"

/* task->data (and data_train) as the features of metric->score_features: the averaged responses, neuroids with a missing
   value left out. */
enum bb_code bb_oracle_score(const struct bb_task *task, const struct bb_metric *metric, struct bb_metric_result *result,
                             struct bb_err *err) BB_MUST_CHECK;

#endif
