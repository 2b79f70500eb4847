/*
 * Ridge regression with the penalty chosen by generalised cross-validation on the training stimuli (RidgeCV: one alpha for
 * all neuroids), then as metric/regression.h says. Parameter: `alphas`; by default the 99 of Brain-Score vision, .01 to 1e7,
 * in the dialect of language
 * 1e-3 … 1e3. What was chosen is in the result's detail.
 */
#ifndef BB_METRIC_RIDGECV_PREDICTIVITY_H
#define BB_METRIC_RIDGECV_PREDICTIVITY_H

#include "metric/regression.h"

extern const struct bb_metric bb_ridgecv;

struct bb_numbers bb_ridgecv_alphas(int dialect, struct bb_arena *arena); /* by default */

/* The score with these alphas; n 0: the default of the dialect. For `ridge` in the dialect of language, too. */
enum bb_code bb_ridgecv_score(const struct bb_task *task, const struct bb_regression_params *params,
                              const struct bb_numbers *alphas, struct bb_metric_result *result, struct bb_err *err) BB_MUST_CHECK;

#endif
