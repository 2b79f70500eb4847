/*
 * Which model is most brain-like: the first of each domain's average, and whether its lead is more than the errors of measurement.
 *
 * The error of an average is known when every benchmark that it is made of has an error with a kind, for both models:
 * √Σ w² e², w the weight of the benchmark in the average, errors taken as independent. Models that answer the same items have errors that go
 * together, and errors that are a spread
 * over subjects are larger than those of a mean: both make this error too large rather than too small.
 */
#ifndef BB_INSIGHT_LEAD_H
#define BB_INSIGHT_LEAD_H

#include "insight/evidence.h"

struct bb_lead {
    const struct bb_asked_domain *domain;
    size_t average; /* the quantity that orders them */
    size_t *model;  /* of results, best first: those that have a value */
    double *score;
    size_t n;
    size_t n_leaves, n_with_error; /* benchmarks in the average of the first two; those with an error of both */
    double difference, se;         /* se: NaN when not known */
    size_t evidence;               /* BB_EVIDENCE_LEAD; BB_NO_NODE */
};

/* One of each domain with two models; adds the tests that can be made. */
size_t bb_lead_of(const struct bb_asking *asking, struct bb_evidence_list *list, struct bb_lead **out);

#endif
