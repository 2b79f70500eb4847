/*
 * roi_rdm (Bracci2019): the RDM of a model against that of people whose voxels were put together first.
 *   1. each voxel without its mean over the stimuli
 *   2. voxels of the same index (coordinate `voxels`, or that of the parameter "voxel") averaged over people
 *   raw = Spearman's ρ of the dissimilarities, 1 − correlation of two rows, of all pairs of stimuli
 * The ceiling of that name is the mean over people of Spearman's ρ of one's RDM with the mean of the others'.
 */
#ifndef BB_METRIC_ROI_RDM_H
#define BB_METRIC_ROI_RDM_H

#include "metric/metric.h"

extern const struct bb_metric bb_roi_rdm;
extern const struct bb_ceiling bb_ceiling_roi_rdm;

#endif
