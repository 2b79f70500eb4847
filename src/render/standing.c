#include "render/standing.h"

#include <math.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int descending(const void *a, const void *b)
{
    return ascending(b, a);
}

static struct bb_standing stand(const struct bb_results *results, size_t node, double *value)
{
    struct bb_standing out = {.value = value,
                              .worst = (double)NAN,
                              .median = (double)NAN,
                              .best = (double)NAN,
                              .lower_better = results->tree.node[node].lower_better != 0};
    for (size_t m = 0; m < results->n_models; m++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(results, m, node);
        if (aggregate->rank && !isnan(aggregate->score)) value[out.n++] = aggregate->score;
    }
    if (!out.n) return out;
    qsort(value, out.n, sizeof *value, out.lower_better ? descending : ascending);
    out.worst = value[0];
    out.best = value[out.n - 1];
    out.median = (value[(out.n - 1) / 2] + value[out.n / 2]) / 2;
    return out;
}

struct bb_standings bb_standings_new(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_standings all = {BB_NEW_ARRAY(arena, results->tree.n + 1, struct bb_standing)};
    double *value = BB_NEW_ARRAY(arena, results->tree.n * results->n_models + 1, double);
    for (size_t i = 0; i < results->tree.n; i++) all.node[i] = stand(results, i, value + i * results->n_models);
    return all;
}

/* How many come before `score` in the order; `or_same`: and how many are the same. */
static size_t count_behind(const struct bb_standing *standing, double score, bool or_same)
{
    size_t low = 0, high = standing->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double other = standing->lower_better ? -standing->value[middle] : standing->value[middle];
        double own = standing->lower_better ? -score : score;
        if (or_same ? other <= own : other < own)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double bb_standing_ahead(const struct bb_standing *standing, double score, bool is_ranked)
{
    size_t own = is_ranked ? 1 : 0, others = standing->n > own ? standing->n - own : 0;
    if (isnan(score) || !others) return (double)NAN;
    size_t behind = count_behind(standing, score, false);
    size_t same = count_behind(standing, score, true) - behind - own;
    return ((double)behind + (double)same / 2) / (double)others;
}
