/*
 * Average linkage (UPGMA): which items belong together, from their distances.
 *
 * Equals scipy.cluster.hierarchy: linkage(…, "average"), whose rows are the merges here, and fcluster(…, criterion="distance"). Of equal
 * distances the pair with the smallest numbers is joined first.
 */
#ifndef BB_NUMERIC_LINKAGE_H
#define BB_NUMERIC_LINKAGE_H

#include "base/mem.h"

/* Clusters are numbered: 0 … n − 1 the items, n + i what merge i made. a < b. */
struct bb_merge {
    size_t a, b;
    double distance; /* the mean over all pairs of an item of one and an item of the other */
    size_t size;     /* items of the new cluster */
};

/* distance: n × n, symmetric, no NaN. merge[0 … n − 1), distances ascending. O(n³): for hundreds of items. */
void bb_linkage_average(const double *distance, size_t n, struct bb_merge *merge, struct bb_arena *tmp);

/* Items whose clusters were joined at a distance of at most `most` are of one group; groups are numbered by their first item. Returns how many
   there are. */
size_t bb_linkage_cut(const struct bb_merge *merge, size_t n, double most, size_t *group, struct bb_arena *tmp);

/* An order in which the items of every cluster stand together; of two the one with the smaller first item comes first. */
void bb_linkage_order(const struct bb_merge *merge, size_t n, size_t *order, struct bb_arena *tmp);

#endif
