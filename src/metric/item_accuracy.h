/*
 * Item accuracy: the share of items whose prediction was met (SyntaxGym, Hu et al. 2020). The model's coordinate `bits` says it
 * per item, in order: "0110", 1 = met; a row may hold many items. Needs no recording. Parameter: `where`, for example {"suite":
 * ["cleft"]}, keeps rows of the model by the values of its coordinates. Units: items, named by their row's coordinate `suite`,
 * where there is one, and their number in it from 1 ("cleft.12"). The error is the standard error of the proportion, √(p (1 − p)
 * / n).
 */
#ifndef BB_METRIC_ITEM_ACCURACY_H
#define BB_METRIC_ITEM_ACCURACY_H

#include "metric/metric.h"

extern const struct bb_metric bb_item_accuracy;

#endif
