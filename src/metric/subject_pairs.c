#include "metric/subject_pairs.h"

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)params;
    return metric->subject_pairs(task, result, err);
}

static const char *const data_coords[] = {"stimulus_id", "subject", "choice", "truth", NULL};
static const char *const metrics[] = {"accuracy_difference", "accuracy_distance", "error_consistency", "observed_consistency",
                                      NULL};

const struct bb_ceiling bb_subject_pairs = {
    .name = "subject_pairs",
    .version = 1,
    .title = "Between subjects",
    .formula = "the metric between all pairs of subjects",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
