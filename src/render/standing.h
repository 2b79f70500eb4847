/*
 * Where a score stands among the others: per node the scores of all ranked models, sorted once per site and shared by all pages.
 *
 * Ranked models are those with a rank at the node (bb_results_aggregate_all): public, no reference rows, with a score. Scores are not rounded here.
 */
#ifndef BB_RENDER_STANDING_H
#define BB_RENDER_STANDING_H

#include "score/results.h"

struct bb_standing {
    size_t n;                   /* ranked models */
    const double *value;        /* their scores, worst first */
    double worst, median, best; /* NaN without any; median: the mean of the middle two for an even n */
    bool lower_better;          /* the order is turned round */
};
struct bb_standings {
    struct bb_standing *node; /* per node of the tree */
};

/* O(nodes × models log models) */
struct bb_standings bb_standings_new(const struct bb_results *results, struct bb_arena *arena);

/*
 * The share, 0 … 1, of the other ranked models that `score` is ahead of; those with the same score count half (the mid-rank percentile).
 * `is_ranked`: the score is itself one of them, and is not compared with itself. NaN for a NaN score, or when there are no others.
 */
double bb_standing_ahead(const struct bb_standing *standing, double score, bool is_ranked);

#endif
