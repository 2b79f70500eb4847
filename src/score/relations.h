/*
 * Relations between benchmarks: how alike they order the models that both have scored, and how the scores of one are spread.
 *
 * Rows are the public models that are no reference rows; a model counts for a pair when both benchmarks have a score of it (pairwise complete).
 *   pearson   of the scores at full precision; spearman: Pearson of their average ranks among the common models
 *   interval  95 % of Fisher's z for Pearson's r: tanh(atanh r ± 1.959964 / √(n − 3)). It takes models as independent draws, which
 *             relatives are not, so it is narrower than the truth
 * Pairs of fewer than BB_RELATION_MIN_MODELS common models, or where one side does not vary, have no relation.
 */
#ifndef BB_SCORE_RELATIONS_H
#define BB_SCORE_RELATIONS_H

#include "score/results.h"

#define BB_RELATION_MIN_MODELS 4  /* from which on Fisher's interval exists */
#define BB_RELATION_FEW_MODELS 10 /* below, a page warns */

struct bb_relation {
    size_t node; /* the other benchmark */
    size_t n;    /* models in common */
    double pearson, spearman;
    double interval[2]; /* of pearson */
};

struct bb_relations;

/* All pairs of benchmarks that publish their scores. In the arena; it refers to the results. */
struct bb_relations *bb_relations_new(const struct bb_results *results, struct bb_arena *arena);

/* Those of one benchmark, the most alike first (by pearson, ties in tree order). relation: room for tree.n; returns how many. Ranks take longer than
   all of the rest, and few are shown: spearman is NaN until bb_relations_add_ranks, which fills it in for n relations of the node. */
size_t bb_relations_of(const struct bb_relations *relations, size_t node, struct bb_relation *relation);
void bb_relations_add_ranks(const struct bb_relations *relations, size_t node, struct bb_relation *relation, size_t n);

/* Of two columns with NaN where there is no score: n, pearson, spearman and interval; NaN where they are not defined. */
struct bb_relation bb_relation_between(const double *x, const double *y, size_t n);

/* Scores of the models that count, sorted: quartiles by linear interpolation between them, as numpy's. */
struct bb_spread {
    size_t n;
    double low, lower, median, upper, high; /* NaN when n = 0 */
};
struct bb_spread bb_spread_of(const struct bb_results *results, size_t node);

#endif
