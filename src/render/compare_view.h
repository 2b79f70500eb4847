/*
 * What the compare pages show, without the page: names of quantities, a scatter of two of them with its line and families told apart, and how
 * they go together, in words. assets/compare.js says the same of the pairs that readers choose.
 */
#ifndef BB_RENDER_COMPARE_VIEW_H
#define BB_RENDER_COMPARE_VIEW_H

#include "chart/scatter.h"
#include "insight/default_pairs.h"

#define BB_COMPARE_FEW 10 /* models; below, a page warns */

struct bb_compare {
    const struct bb_results *results;
    struct bb_quantities all;
    struct bb_pairs pairs;
    bool names_domains; /* of a board with several */
    struct bb_arena *arena;
};

/* In `arena`; borrows the results. */
struct bb_compare bb_compare_new(const struct bb_results *results, struct bb_arena *arena);

/* "Behavior, vision", "Parameters (M)" */
const char *bb_compare_label(const struct bb_compare *it, size_t quantity);
/* "Behavior against Neural, vision" */
const char *bb_compare_title(const struct bb_compare *it, size_t x, size_t y);

/* How the numbers of an axis are written: whole numbers as counts, those that can only be years as they are. */
enum bb_tick_format bb_compare_format(const struct bb_compare *it, size_t quantity);

/* Two quantities as they are drawn: how they go together, the line, and the families of which two models and more have both values, the largest
   first. In the arena of `it`. */
struct bb_compare_pair {
    size_t x, y;
    struct bb_association found;
    struct bb_scatter_fit fit;
    const char **family;
    size_t n_families, *family_of; /* per model of the list; n_families: none of them */
};
struct bb_compare_pair bb_compare_pair_of(const struct bb_compare *it, size_t x, size_t y);

/* Scores against what models cost, or against years, have the front of the best: of what is as cheap or as early. */
enum bb_front bb_compare_front(const struct bb_compare *it, size_t x, size_t y);

/* How a scene of them is drawn. */
struct bb_compare_drawing {
    const char *models;   /* links are `models`/<id>/index.html; NULL: none */
    size_t marked;        /* a model of the results; BB_NO_NODE: none */
    size_t step;          /* of the others every step-th is drawn; 0: all */
    double width, height; /* 0: the default */
};
struct bb_scene *bb_compare_scene(const struct bb_compare *it, const struct bb_compare_pair *pair,
                                  const struct bb_compare_drawing *drawing, struct bb_arena *arena);

/* Which benchmarks of a domain order models alike. Where they are more than BB_COMPARE_AGREE_MOST, the groups at some depth take their place. */
#define BB_COMPARE_AGREE_MOST 40
#define BB_COMPARE_AGREE_FEW  8 /* models: the reference shows no correlation over fewer */
struct bb_compare_agreement {
    const char *domain;
    size_t *quantity, n;
    size_t n_leaves;   /* benchmarks of the domain */
    const char **name; /* "IT: PLS" */
    double *r;         /* n × n, Pearson's; NaN: none */
    size_t *count;     /* n × n: models that have both */
    size_t *order;     /* those that are alike side by side (average linkage) */
};
/* In the arena of `it`. */
struct bb_compare_agreement bb_compare_agreement_of(const struct bb_compare *it, const char *domain);
struct bb_scene *bb_compare_agreement_scene(const struct bb_compare_agreement *agreement, struct bb_arena *arena);

/*
 * One model against another on a quantity that is a benchmark or group; models by their number in the list.
 *   difference  of the first's score minus the second's
 *   se          of the difference, √(se₁² + se₂²), where both scores have a standard error: as if the two
 *               were independent, which models that answer the same stimuli are not, so it is often wider than the truth; NaN else
 *   ahead       1: the first, −1: the second, 0: a tie: the same to two decimals, or where se is known, no more than 2 se apart
 */
struct bb_compare_duel {
    bool both; /* else nothing but the scores is set */
    double score[2], error[2];
    double difference, se;
    int ahead;
};
struct bb_compare_duel bb_compare_duel(const struct bb_compare *it, size_t quantity, size_t first, size_t second);

/* Benchmarks and groups of a domain down to a depth at which they are at most `most`; quantity: room for all. Returns how many. */
size_t bb_compare_rows(const struct bb_compare *it, const char *domain, size_t most, size_t *quantity);

/* "r = 0.71 (0.50 to 0.84), n = 24", "n = 2: too few". */
const char *bb_compare_finding(const struct bb_compare *it, const struct bb_association *found);
/* "0.023", "< 0.001"; "" for NaN. */
const char *bb_compare_p(struct bb_arena *arena, double p);
/* "Only 7 models have both values: this says little."; NULL when there are enough. */
const char *bb_compare_warning(struct bb_arena *arena, size_t n);
/* "y = 0.12 + 0.034 · log₁₀ x"; NULL without a line. */
const char *bb_compare_line(const struct bb_compare *it, size_t x, size_t y, const struct bb_association *found);

#endif
