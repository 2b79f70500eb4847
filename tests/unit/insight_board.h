/*
 * Results for tests of insights: one domain, language, with an average of two groups, neural (3 benchmarks) and behaviour (2), and an engineering
 * benchmark "task"; attributes are set by the test.
 */
#ifndef BB_TESTS_INSIGHT_BOARD_H
#define BB_TESTS_INSIGHT_BOARD_H

#include "base/rng.h"
#include "score/results.h"

enum { INSIGHT_LEAVES = 6, INSIGHT_TASK = 5 }; /* neural 0 1 2, behaviour 3 4, task 5 */

struct insight_board {
    size_t n_models, n_families;
    double (*score)[INSIGHT_LEAVES]; /* NaN: not run */
    double *perplexity, *parameters; /* NaN: none; NULL: no model has it */
    const char *const *training;     /* NULL as a whole, or for a model */
    double error;                    /* of each score; 0: none */
    const char *missing;             /* "zero" */
};

/* Through scores.json, as the program reads it. bb_results_free frees it. */
struct bb_results *insight_board_new(const struct insight_board *board);

double insight_normal(struct bb_rng *rng); /* mean 0, SD 1: a sum of twelve uniform numbers */

#endif
