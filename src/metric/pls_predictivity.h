/*
 * Partial least squares, Brain-Score's first metric of neural predictivity: PLSRegression(components, scale=False), then as
 * metric/regression.h says. Parameter: `components`, 25. A layer with fewer features is an error, in scikit-learn as here.
 * Where nothing of the responses is left to explain before the last component, the fit stops there, and the result says so.
 */
#ifndef BB_METRIC_PLS_PREDICTIVITY_H
#define BB_METRIC_PLS_PREDICTIVITY_H

#include "metric/metric.h"

extern const struct bb_metric bb_pls;

/* `components` of pls and reverse_pls. BB_ENUMERIC when the source of the regression ("the layer", "the recording") has fewer
   columns. */
enum bb_code bb_pls_check_components(long components, const char *source, const char *columns, size_t n_columns,
                                     struct bb_err *err) BB_MUST_CHECK;

#endif
