/*
 * What many seeds of the identification study say together, and the files that it is kept in: results.csv (a row for each
 * brain, condition, metric and candidate) and results.json (a cell for each brain, condition and metric, and what became of
 * the predictions), which the site's page is made of.
 */
#ifndef BB_EXAMPLE_IDENTIFY_SUMMARY_H
#define BB_EXAMPLE_IDENTIFY_SUMMARY_H

#include <stdbool.h>

#include "example/identify.h"

struct bb_identify_cell {
    bool defined; /* false: no such condition for this brain */
    double mean[BB_SCORED], sd[BB_SCORED];
    double first[BB_MODELS];  /* share of seeds in which its score is strictly the highest */
    double near[BB_MODELS];   /* share in which it is within BB_IDENTIFY_NEAR of the highest */
    double margin, margin_sd; /* right candidate minus the best other; NaN without a right one */
    size_t winner;            /* who is first most often (the first of equals) */
};

#define BB_IDENTIFY_NEAR .005

struct bb_identify_summary {
    uint64_t first_seed;
    size_t n_seeds;
    struct bb_identify_cell cell[BB_BRAINS][BB_CONDITIONS][BB_METRICS];
    double same_winner; /* share of brains and seeds in which pls and rdm have the same winner, in `other` */
};

void bb_identify_summarise(const struct bb_identify_scores *scores, uint64_t first_seed, size_t n_seeds,
                           struct bb_identify_summary *out);

/* Share of seeds in which the right candidate is first; NaN where there is none. */
double bb_identify_rate(const struct bb_identify_summary *summary, size_t brain, size_t condition, size_t metric);
double bb_identify_mean_rate(const struct bb_identify_summary *summary, size_t condition,
                             size_t metric); /* over the matched brains */

void bb_identify_csv(const struct bb_identify_summary *summary, struct bb_buf *out);
void bb_identify_json(const struct bb_identify_summary *summary, const struct bb_identify_size *size, struct bb_buf *out);

#endif
