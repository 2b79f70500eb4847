#include "catalog/node.h"

#include <assert.h>
#include <math.h>

#include "catalog/catalog_int.h"

/*
 * Each rule as f(r, c) and its derivative df/dr; x is the chance level, for the rule that has one.
 *
 * ratio_squared and explained_variance square, as the reference does: a negative correlation becomes a positive score. The reference keeps it so,
 * and so do we; the raw value stands beside the score.
 */
static double none(double r, double c, double x) { (void)c, (void)x; return r; }
static double none_slope(double r, double c, double x) { (void)r, (void)c, (void)x; return 1; }
static double ratio(double r, double c, double x) { (void)x; return r / c; }
static double ratio_slope(double r, double c, double x) { (void)r, (void)x; return 1 / c; }
static double ratio_squared(double r, double c, double x) { (void)x; return (r / c) * (r / c); }
static double ratio_squared_slope(double r, double c, double x) { (void)x; return 2 * r / (c * c); }
static double explained_variance(double r, double c, double x) { (void)x; return r * r / c; }
static double explained_variance_slope(double r, double c, double x) { (void)x; return 2 * r / c; }
static double ratio_sqrt(double r, double c, double x) { (void)x; return r / sqrt(c); }
static double ratio_sqrt_slope(double r, double c, double x) { (void)r, (void)x; return 1 / sqrt(c); }
static double chance(double r, double c, double x) { return (r - x) / (c - x); }
static double chance_slope(double r, double c, double x) { (void)r; return 1 / (c - x); }

struct rule {
    const char *formula;
    bool needs_ceiling;
    double (*score)(double r, double c, double x);
    double (*slope)(double r, double c, double x);
};

static const struct rule rules[] = {
    [BB_NORMALISE_NONE] = {"r", false, none, none_slope},
    [BB_NORMALISE_RATIO] = {"r / c", true, ratio, ratio_slope},
    [BB_NORMALISE_RATIO_SQUARED] = {"(r / c)²", true, ratio_squared, ratio_squared_slope},
    [BB_NORMALISE_EXPLAINED_VARIANCE] = {"r² / c", true, explained_variance, explained_variance_slope},
    [BB_NORMALISE_RATIO_SQRT] = {"r / √c", true, ratio_sqrt, ratio_sqrt_slope},
    [BB_NORMALISE_CHANCE] = {"(r − chance) / (c − chance)", false, chance, chance_slope},
};

/* The ceiling as the rule uses it; NaN when the rule cannot be applied. */
static double usable_ceiling(const struct bb_node *node, double ceiling)
{
    if (rules[node->normalise].needs_ceiling) return ceiling > 0 ? ceiling : (double)NAN;
    if (node->normalise == BB_NORMALISE_NONE) return 1;
    if (isnan(ceiling)) ceiling = 1;
    return ceiling > node->chance ? ceiling : (double)NAN;
}

double bb_node_score(const struct bb_node *node, double raw, double ceiling)
{
    double c = usable_ceiling(node, ceiling);
    if (isnan(raw) || isnan(c)) return NAN;
    double score = rules[node->normalise].score(raw, c, node->chance);
    if (node->clip.n == 2) score = fmin(fmax(score, node->clip.number[0]), node->clip.number[1]);
    return score;
}

double bb_node_score_error(const struct bb_node *node, double raw, double ceiling, double error)
{
    double c = usable_ceiling(node, ceiling);
    if (isnan(raw) || isnan(c)) return NAN;
    return fabs(rules[node->normalise].slope(raw, c, node->chance)) * error;
}

const char *bb_normalise_formula(enum bb_normalise rule)
{
    assert((size_t)rule < sizeof rules / sizeof *rules);
    return rules[rule].formula;
}

bool bb_normalise_needs_ceiling(enum bb_normalise rule)
{
    return rules[rule].needs_ceiling;
}
