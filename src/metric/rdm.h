/*
 * Representational similarity (Kriegeskorte et al. 2008): how alike two representational dissimilarity matrices (RDMs) are.
 *   raw = mean over subjects of the Spearman (or Pearson) correlation of the pairs' dissimilarities in model and subject
 * Tables. Both sides are pairs: `stimulus_a`, `stimulus_b`, `value`. (a, b) is the pair (b, a); the diagonal is ignored; the
 * recording may have a `subject`, whose rows of one pair (sessions) are averaged first, missing values skipped. Parameter:
 * `similarity`, "spearman" or "pearson". The error is the standard error over subjects (sd with ddof 1, over √n); the units
 * are the subjects' correlations.
 *
 * A model may answer such a table with activations (or their Gram matrices) too, whose dissimilarities are made as below.
 *
 * Activations. An RDM is 1 − the correlation of two stimuli over all features, or all neuroids; compared are its pairs.
 * Parameters besides: `per` ("whole": all neuroids make one RDM; "subject": mean over subjects, each with its own),
 * `subject`, `split`, `dialect` (metric/geometry.h). What is not defined (a stimulus to which all respond equally, one
 * neuroid, a missing response) is an error. Dissimilarities are compared to twelve decimals: what differs by less are ties,
 * whichever form of the Gram they came from.
 *
 * The ceiling `rsa` (Nili et al. 2014, Brain-Score's rsa_ceiling) asks how well the subjects' own mean does, with the
 * metric's similarity (of activations: each subject's neuroids make an RDM):
 *   value  mean over subjects of the similarity to the mean of all RDMs, an upper bound
 *   lower  the same to the mean of the other subjects' RDMs, a lower bound
 */
#ifndef BB_METRIC_RDM_H
#define BB_METRIC_RDM_H

#include "metric/metric.h"

/* 1 − correlation of rows, of the pairs (0, 1), (0, 2) … (1, 2) …, into the first of n × n numbers; the first row that has
   none, or n. What differs by
   rounding only is made equal. */
size_t bb_rdm_triangle(struct bb_gram *gram, const size_t *rows, size_t n, double *out);

extern const struct bb_metric bb_rdm;
extern const struct bb_ceiling bb_rsa;

#endif
