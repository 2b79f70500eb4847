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
#define RULE(name, value)                                                                                                        \
    static double name(double r, double c, double x)                                                                             \
    {                                                                                                                            \
        (void)r, (void)c, (void)x;                                                                                               \
        return value;                                                                                                            \
    }
RULE(none, r)
RULE(none_slope, 1)
RULE(ratio, r / c)
RULE(ratio_slope, 1 / c)
RULE(ratio_squared, (r / c) * (r / c))
RULE(ratio_squared_slope, 2 * r / (c * c))
RULE(explained_variance, (r * r) / c)
RULE(explained_variance_slope, 2 * r / c)
RULE(ratio_sqrt, r / sqrt(c))
RULE(ratio_sqrt_slope, 1 / sqrt(c))
RULE(chance, (r - x) / (c - x))
RULE(chance_slope, 1 / (c - x))
#undef RULE

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
