/*
 * Quantities of models: whatever can stand on an axis. A benchmark, a group of benchmarks, or a number that describes the model (an attribute).
 * Charts, comparisons and the questions of the insights are all about pairs of them.
 *
 * The models are those of the leaderboards: public, no reference rows. A node's value is its score as the board shows it (bb_aggregate.score).
 */
#ifndef BB_INSIGHT_QUANTITY_H
#define BB_INSIGHT_QUANTITY_H

#include "numeric/association.h"
#include "score/results.h"

enum bb_quantity_kind { BB_QUANTITY_GROUP, BB_QUANTITY_BENCHMARK, BB_QUANTITY_ATTRIBUTE };

struct bb_quantity {
    enum bb_quantity_kind kind;
    const char *id;     /* of the node; "attribute.<name>" */
    const char *title;  /* never NULL */
    const char *unit;   /* "" for none */
    const char *domain; /* of nodes; NULL for attributes */
    size_t node;        /* BB_NO_NODE for attributes */
    bool engineering;   /* does not count in an average of its domain */
    bool is_log;        /* to be drawn and correlated as log10: attribute_info says so, and every value is positive */
    bool is_year;       /* an attribute of whole numbers from 1500 to 2500 */
    int better;         /* 1: higher, −1: lower, 0: neither */
    double *value;      /* per model of the list; NaN: none */
    size_t n_values;    /* models with one */
};

struct bb_quantities {
    const size_t *model; /* of results */
    size_t n_models;
    const size_t
        *family; /* per model of the list: the first model (index into the list) of the same family; itself without a family */
    struct bb_quantity *quantity; /* nodes in tree order, then attributes by name; each with at least one value */
    size_t n;
};

/* In `arena`; borrows the results' strings. Nodes whose scores are not published (publish: none) are left out. */
struct bb_quantities bb_quantities_of(const struct bb_results *results, struct bb_arena *arena);

size_t bb_quantity_find(const struct bb_quantities *all, const char *id); /* BB_NO_NODE */

/* What a front is drawn against: what a model costs or when it came, an attribute of which neither more nor less is better. */
bool bb_quantity_is_cost(const struct bb_quantity *quantity);

/* Values as they are correlated: log10 of a quantity on a log scale. In `arena`. */
const double *bb_quantity_axis(const struct bb_quantities *all, size_t quantity, struct bb_arena *arena);

struct bb_association bb_quantity_associate(const struct bb_quantities *all, size_t x, size_t y, struct bb_arena *arena);

/* The same over families: each family is one item, the mean of its models that have both values. */
struct bb_association bb_quantity_associate_families(const struct bb_quantities *all, size_t x, size_t y, struct bb_arena *arena);

#endif
