/*
 * Do more benchmarks predict the next experiment better?
 *
 * Each benchmark of a domain is left out in turn. Models' scores on it (z-scores) are predicted from the mean of their z-scores on k others,
 * by a line
 * that is fitted to the other families of models; the error is the root mean square over models, as a share of that of predicting each family by the
 * mean of the others: 1 and more is no help. For each k the mean over left-out benchmarks and BB_MORE_SUBSETS seeded choices of k others.
 *
 * Only models that have all benchmarks count; benchmarks with few models are left out until there are BB_MORE_MODELS such models.
 */
#ifndef BB_INSIGHT_MORE_H
#define BB_INSIGHT_MORE_H

#include "insight/evidence.h"

#define BB_MORE_MODELS     10
#define BB_MORE_BENCHMARKS 4  /* with fewer there is nothing to ask */
#define BB_MORE_MOST       30 /* benchmarks: those with the most models */
#define BB_MORE_SUBSETS    24

struct bb_more {
    const struct bb_asked_domain *domain;
    size_t n_benchmarks, n_left_out, n_models, n_families;
    double *error, *spread; /* for k = 1 … n_benchmarks − 1 at [k − 1]: mean, and SD over left-out benchmarks */
    size_t evidence; /* BB_EVIDENCE_GAIN: error with one less that with all others; its interval over families by the jackknife */
};

/* One of each domain that has enough; adds their tests. */
size_t bb_more_of(const struct bb_asking *asking, struct bb_evidence_list *list, struct bb_more **out);

#endif
