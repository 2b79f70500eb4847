/*
 * Which quantities a board compares by default: what a reader of such a board asks first. The compare page, the report and the insights all show
 * these; readers with scripts choose others.
 *
 * For each domain, in tree order (its average: the first root that is no engineering; parts: the children of it that count in it):
 *   parts        each two parts against each other, the earlier one across: neural × behavior
 *   engineering  the topmost engineering node with scores (of several, the one that most models share with the average), across
 *   task         attributes that are better higher or lower (accuracy, perplexity), across: the two that most models share with the average
 *   size         attributes that are neither, those on a log scale first (parameters, operations): the two that most models share with the average
 *   year         the attribute that has years
 * and at the end the averages of each two domains. Ties go to what stands first. A pair is only there when BB_PAIR_FEW models have both values,
 * and neither is the same for all of them.
 */
#ifndef BB_INSIGHT_DEFAULT_PAIRS_H
#define BB_INSIGHT_DEFAULT_PAIRS_H

#include "insight/quantity.h"

enum bb_pair_kind {
    BB_PAIR_PARTS,
    BB_PAIR_ENGINEERING,
    BB_PAIR_TASK,
    BB_PAIR_SIZE,
    BB_PAIR_YEAR,
    BB_PAIR_DOMAINS,
    BB_N_PAIR_KINDS
};

#define BB_PAIR_FEW        3
#define BB_PAIR_PARTS_MOST 3 /* pairs of parts per domain: those of the first parts */
#define BB_PAIR_TASKS_MOST 2
#define BB_PAIR_SIZES_MOST 2

struct bb_pair {
    enum bb_pair_kind kind;
    size_t x, y;        /* quantities: x across, y up */
    size_t n;           /* models that have both */
    const char *domain; /* NULL: of two domains */
};
struct bb_pairs {
    struct bb_pair *pair;
    size_t n;
};

/* `all` must be of these results. In `arena`. */
struct bb_pairs bb_pairs_of(const struct bb_results *results, const struct bb_quantities *all, struct bb_arena *arena);

/* The quantity of a node; BB_NO_NODE when it has no values. */
size_t bb_quantity_of_node(const struct bb_quantities *all, size_t node);

/* Models that have both. */
size_t bb_pair_common(const struct bb_quantities *all, size_t x, size_t y);

/* The average of a domain, as a quantity; BB_NO_NODE: it has none. */
size_t bb_domain_average(const struct bb_results *results, const struct bb_quantities *all, const char *domain);

#endif
