/*
 * Properties of single units as physiologists measure them (Marques et al. 2021): of a unit's responses to gratings of every orientation, spatial
 * frequency and size, or to textures and noise, one number. What ks_similarity compares the distribution of. For this folder only.
 *
 * Responses are firing rates in the reference's scale (spikes/s). A curve's stimuli stand in the order of the table of stimuli: phase fastest, then
 * orientation, spatial frequency, and what else differs (radius, or number of cycles).
 */
#ifndef BB_METRIC_V1_PROPERTIES_H
#define BB_METRIC_V1_PROPERTIES_H

#include "metric/metric.h"

/* Which stimuli a property is measured with: the values of the coordinate `set` of the table of stimuli. */
enum bb_v1_set {
    BB_V1_BLANK,
    BB_V1_RECEPTIVE_FIELD,
    BB_V1_ORIENTATION,
    BB_V1_SPATIAL_FREQUENCY,
    BB_V1_SIZE,
    BB_V1_TEXTURE,
    BB_V1_SETS
};
extern const char *const bb_v1_set_names[]; /* NULL-terminated */

/* The layout of a set's stimuli. Gratings: n = outer × n_sf × n_or × n_phase. Textures: kind (noise, texture) × family × sample. */
struct bb_v1_layout {
    size_t n, outer, n_sf, n_or, n_phase;
    const double *outer_value, *sf, *orientation; /* ascending; outer_value: radii, NULL where they do not make a grid */
    size_t n_family, n_sample;
};

struct bb_v1_property {
    const char *name; /* the reference's */
    enum bb_v1_set set;
    /* response: n numbers; NaN: not defined for this unit. *responsive (may not be NULL): whether the unit counts at all. scratch: 2 n numbers. */
    double (*of_unit)(const struct bb_v1_layout *layout, const double *response, double baseline, double *scratch,
                      bool *responsive);
};

const struct bb_v1_property *bb_v1_property_find(const char *name); /* NULL: unknown */
extern const char *const bb_v1_property_names[];                    /* NULL-terminated */

#endif
