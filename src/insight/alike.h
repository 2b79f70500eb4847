/*
 * Which benchmarks of a domain measure the same thing: how their scores go together over models, pair by pair, and the groups they form.
 *
 * The pairs are a family of tests of their own: corrected together (Holm), by the larger of p over models and p over families (evidence.h).
 */
#ifndef BB_INSIGHT_ALIKE_H
#define BB_INSIGHT_ALIKE_H

#include "insight/evidence.h"

#define BB_ALIKE_MOST    60 /* benchmarks: those with the most models */
#define BB_ALIKE_OVERLAP 8  /* models that a pair must have in common, as on Brain-Score.web */
#define BB_ALIKE_GROUP   .5 /* groups: average linkage of 1 − r, cut at this mean r */
#define BB_ALIKE_NONE    .3 /* a pair whose interval lies within ± this has no relation to speak of */

struct bb_alike {
    const struct bb_asked_domain *domain;
    size_t *quantity; /* the benchmarks, in tree order */
    size_t n, n_left_out;
    double *r, *adjusted; /* n × n; NaN: too few models, or a constant side. Signs as in bb_asking_axis */
    size_t *common;       /* n × n: models */
    size_t *order;        /* those that go together stand together */
    size_t *group, n_groups;
    size_t n_pairs;                        /* that could be tested */
    size_t n_together, n_opposed, n_apart; /* claimed with r > 0, with r < 0; without a relation to speak of */
    size_t closest[2], lowest[2];          /* the claimed pair with the highest r; the pair with the lowest r. ≥ n: none */
};

/* One of each domain that has two benchmarks. */
size_t bb_alike_of(const struct bb_asking *asking, struct bb_alike **out);

#endif
