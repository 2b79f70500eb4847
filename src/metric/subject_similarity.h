/*
 * Ceiling of metrics of geometry from how alike subjects are: the benchmark's own metric between the units of two subjects, one
 * in place of the model.
 *   value  mean over pairs of subjects (each once); error: sd over pairs (ddof 1), which share subjects and are no independent
 *          draws
 * Parameter: `subject` (the neuroid coordinate that tells subjects apart). The units are the pairs. Zerbe2026's CKA has its
 * ceiling so.
 */
#ifndef BB_METRIC_SUBJECT_SIMILARITY_H
#define BB_METRIC_SUBJECT_SIMILARITY_H

#include "metric/metric.h"

extern const struct bb_ceiling bb_subject_similarity;

#endif
