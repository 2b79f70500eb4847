/*
 * An order of rows in which those that are alike stand together: the leaves of a tree made by average linkage (UPGMA).
 */
#ifndef BB_CHART_CLUSTER_H
#define BB_CHART_CLUSTER_H

#include "base/mem.h"

/*
 * value: rows × columns, row after row, `stride` from row to row and `step` from column to column (so that columns can be ordered as well); NaN:
 * missing. The distance of two rows is the root mean square difference over the columns that both have; rows without a common one are as far
 * apart as the furthest that have. order[0..rows): of every branch the side with the smaller first row comes first. O(rows² · (columns + rows))
 * at worst, rows² doubles of `tmp`.
 */
void bb_cluster_order(const double *value, size_t rows, size_t columns, size_t stride, size_t step, size_t *order,
                      struct bb_arena *tmp);

#endif
