/*
 * Item accuracy: the share of items whose predictions were all met (SyntaxGym, Gauthier et al. 2020, Hu et al. 2020). Needs no recording.
 * A model answers in one of two ways:
 *
 * - Regions: for each `item`, `condition` and `region` (a number) the surprisal of its words, summed, in bits, as `value`; a missing value
 *   counts as 0, as in the reference. The parameter `predictions` has the formulas of the suite (metric/formula.h); regions that none of
 *   them names may be left out.
 * - Ready-made `bits`, per item, in order: "0110", 1 = all were met; a row may hold many items.
 *
 * Parameters: `where`, for example {"suite": ["cleft"]}, keeps rows of the model by the values of its coordinates; `predictions`; `items`,
 * how many the suite has: a model that gives others is refused. Units: items, named by their row's coordinate `suite`, where there
 * is one, and their name, in bits their number from 1 ("cleft.12"). The error is the standard error of the proportion, √(p (1 − p) / n).
 */
#ifndef BB_METRIC_ITEM_ACCURACY_H
#define BB_METRIC_ITEM_ACCURACY_H

#include "metric/metric.h"

extern const struct bb_metric bb_item_accuracy;

#endif
