/*
 * From activations to the properties of units: where receptive fields are, which scale firing rates have, and who responds at all
 * (metric/ks_similarity.h has the rules). For this folder only.
 */
#ifndef BB_METRIC_V1_UNITS_H
#define BB_METRIC_V1_UNITS_H

#include "metric/v1_properties.h"

struct bb_v1_units {
    const double *value; /* of the property, one per unit that responds; NaN: it is not defined for that unit */
    size_t n, n_placed, n_all;
};

/* BB_EINPUT: stimuli that are missing, on either side, or do not stand in the order of a grid. BB_ENUMERIC: no unit is left. */
enum bb_code bb_v1_units_of(const struct bb_task *task, const struct bb_v1_property *property, struct bb_v1_units *out,
                            struct bb_err *err) BB_MUST_CHECK;

#endif
