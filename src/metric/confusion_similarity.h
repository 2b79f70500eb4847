/*
 * Confusion similarity (Maniquet et al. 2024): Pearson's r between the entries off the diagonal of two confusion matrices
 * (truth × choice, counts), the model's and that of all people's trials. A trial without an answer is in no entry. Where the model answers
 * other pictures than people saw, a table of them (data with "part": "stimuli") has their `truth`. Ceiling: 100
 * random halves of the subjects, the matrices averaged in each; mean of r. The reference means this, but its code cannot run
 * (it publishes a constant); here RandomState(0) draws the halves, and the error is their sd (ddof 0).
 */
#ifndef BB_METRIC_CONFUSION_SIMILARITY_H
#define BB_METRIC_CONFUSION_SIMILARITY_H

#include "metric/metric.h"

extern const struct bb_metric bb_confusion_similarity;
extern const struct bb_ceiling bb_ceiling_confusion_similarity;

#endif
