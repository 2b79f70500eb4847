/*
 * Tests of relations between quantities of models, and what may be claimed of them.
 *
 * All tests of a list are corrected together (Holm). Models of one family are no independent witnesses, so a claim needs two things: an
 * adjusted p below BB_EVIDENCE_LEVEL, and that the same is found of families. For that whole families are drawn anew BB_EVIDENCE_DRAWS times,
 * of at least BB_EVIDENCE_FAMILIES: the interval must exclude zero, and p by its width, with as many degrees of freedom as there are families
 * less one, must be below BB_EVIDENCE_LEVEL when it is corrected as well (the interval alone says too much where families are few, and is not
 * corrected). Models without a family are a family of their own.
 */
#ifndef BB_INSIGHT_EVIDENCE_H
#define BB_INSIGHT_EVIDENCE_H

#include "insight/asking.h"

#define BB_EVIDENCE_LEVEL    .05
#define BB_EVIDENCE_FEWEST   5  /* with fewer models nothing is claimed */
#define BB_EVIDENCE_FEW      10 /* with fewer a warning stands beside it */
#define BB_EVIDENCE_FAMILIES 5
#define BB_EVIDENCE_DRAWS    1000
#define BB_EVIDENCE_MANY     100 /* models from which on the best tenth is looked at by itself */
#define BB_EVIDENCE_TENTH    20  /* models of the best tenth, at least */

enum bb_evidence_kind {
    BB_EVIDENCE_R,      /* Pearson's r of x and y; both turned so that up is better */
    BB_EVIDENCE_GROUPS, /* η²: the share of y's variance that lies between the groups of a text attribute; p by permutation */
    BB_EVIDENCE_TOP,    /* r among the best tenth in x, less r among the others; p by Fisher's z */
    BB_EVIDENCE_SHORTFALL, /* mean distance of the best tenth in x from the line through the others; p of the t test of a prediction */
    BB_EVIDENCE_GAIN, /* how much less the error of prediction is with all other benchmarks than with one (more.h); p of the t test over benchmarks */
    BB_EVIDENCE_LEAD, /* score of the first model less that of the second; p by the errors of their benchmarks, taken as independent */
    BB_N_EVIDENCE
};

enum bb_verdict {
    BB_CLAIMED,
    BB_NOT_SHOWN,      /* p */
    BB_FAMILIES_FEW,   /* p is small, but there are too few families */
    BB_FAMILIES_DOUBT, /* p is small, but not over families */
    BB_TOO_FEW,        /* models */
};

/* What else TOP and SHORTFALL found. */
struct bb_top_tenth {
    double from; /* the best tenth has x above this (x as it is, not turned) */
    size_t n_top, n_rest;
    double r_top, r_rest;
    double
        r_expected; /* among the best tenth, if they lay about the line through the others with the same scatter: their range is narrow */
};

struct bb_under_policy {
    size_t n; /* 0: not tested under it */
    double effect;
    enum bb_verdict verdict;
};

struct bb_evidence {
    enum bb_evidence_kind kind;
    const char *id;           /* the same under every policy */
    size_t x, y;              /* quantities; of GROUPS x is a text attribute; BB_NO_NODE: none */
    size_t n, n_families;     /* models, families */
    double effect, low, high; /* 95 % interval; NaN: none */
    double p, adjusted;
    double rho; /* R: Spearman */
    double explained; /* R, GROUPS: share of variance, adjusted for the number of parameters (1 − (1 − R²)(n − 1)/(n − k − 1)) */
    double family_effect;           /* over means of families (R); NaN: none */
    double family_low, family_high; /* whole families drawn anew; NaN: none */
    double family_p;        /* by the width of that interval; GROUPS: by permutation of the means of families. NaN: none */
    double family_adjusted; /* of the larger of p and family_p */
    struct bb_top_tenth top;
    enum bb_verdict verdict;
    struct bb_under_policy under[3]; /* by enum bb_missing */
};

struct bb_evidence_list {
    struct bb_evidence *item;
    size_t n, cap;
    struct bb_arena *arena;
};

/* Each adds a test, once, and returns its number; BB_NO_NODE when there is nothing to test: fewer than 3 models have both, or a side is constant. */
size_t bb_evidence_r(struct bb_evidence_list *list, const struct bb_asking *asking, size_t x, size_t y);
/* Texts that hardly repeat (more values than half the models) are names, not groups: not tested. */
size_t bb_evidence_groups(struct bb_evidence_list *list, const struct bb_asking *asking, size_t text, size_t y);
/* The tests of the best tenth; `shortfall` is that of the second kind. Fewer than BB_EVIDENCE_MANY models: none. */
size_t bb_evidence_top(struct bb_evidence_list *list, const struct bb_asking *asking, size_t x, size_t y, size_t *shortfall);
/* A test that was made elsewhere; the list fills in adjusted and verdict. */
size_t bb_evidence_add(struct bb_evidence_list *list, struct bb_evidence evidence);

/* p of a statistic by its interval over families; `is_r`: on Fisher's scale. NaN without an interval. */
double bb_family_p(double effect, double low, double high, size_t n_families, bool is_r);

size_t bb_evidence_find(const struct bb_evidence_list *list, const char *id);

/* Adjusted p values and verdicts, once all tests are there. */
void bb_evidence_judge(struct bb_evidence_list *list);

#endif
