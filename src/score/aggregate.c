/*
 * Averages up the tree, and ranks.
 *
 * A child counts for a model when its benchmark's data is on this machine and the model is not exempt from it; a group counts
 * when anything below it does. An engineering child does not count in a parent that is not engineering. With the children
 * that count, the score of a group is
 *   zero     Σ score (missing and failed as 0) / number of children, when at least one child has a score (the reference's rule:
 *            Brain-Score.web mv.sql)
 *   skip     the mean of the children that have a score
 *   require  the mean, when every child has a score
 * and no score otherwise. Every child weighs the same, whatever stands below it.
 *
 * Ranks are competition ranks (1, 2, 2, 4) on the score rounded once, half away from zero, to two decimals. Reference rows
 * and unlisted models are not ranked and take no rank from others. With `parity` the score is rounded twice, as on Brain-Score.web, and a model
 * all of whose benchmarks failed ('X') shares the rank behind the last with its like (views/index.py, filter_and_rank_models).
 */
#include "score/results.h"

#include <math.h>
#include <stdlib.h>

#include "base/order.h"
#include "score/parity.h"

static void aggregate_leaf(struct bb_results *results, size_t model, size_t node)
{
    const struct bb_cell *cell = bb_results_cell(results, model, node);
    struct bb_aggregate *aggregate = bb_results_aggregate(results, model, node);
    aggregate->of = cell->status != BB_CELL_NONE && cell->status != BB_CELL_NOT_APPLICABLE;
    aggregate->score = cell->status == BB_CELL_OK ? cell->score : (double)NAN;
    if (!isnan(aggregate->score) || (cell->withheld && cell->status == BB_CELL_OK)) aggregate->scored = 1;
    aggregate->interval[0] = cell->interval[0];
    aggregate->interval[1] = cell->interval[1];
}

static void aggregate_group(struct bb_results *results, size_t model, size_t index)
{
    const struct bb_node *node = &results->tree.node[index];
    struct bb_aggregate *aggregate = bb_results_aggregate(results, model, index);
    double sum = 0;
    size_t counted = 0, scored = 0;
    for (size_t c = 0; c < node->n_children; c++) {
        size_t child = results->tree.child[node->first_child + c];
        const struct bb_aggregate *part = bb_results_aggregate(results, model, child);
        if (!part->of || (results->tree.node[child].engineering && !node->engineering)) continue;
        aggregate->scored += part->scored;
        aggregate->of += part->of;
        counted++;
        if (isnan(part->score)) continue;
        scored++;
        sum += part->score;
    }
    aggregate->score = (double)NAN;
    if (node->no_average || !scored) return;
    switch ((enum bb_missing)results->board.options.missing) {
    case BB_MISSING_ZERO:
        aggregate->score = sum / (double)counted;
        break;
    case BB_MISSING_SKIP:
        aggregate->score = sum / (double)scored;
        break;
    case BB_MISSING_REQUIRE:
        aggregate->score = scored == counted ? sum / (double)counted : (double)NAN;
        break;
    }
}

/* What the ranks of a node are found in: those that are ranked, a value each (rounded, the best is the least), and their order. */
struct ranked {
    size_t *model, *order;
    double *value;
};

static bool is_ranked(const struct bb_model *model)
{
    return !model->reference && model->visibility == BB_PUBLIC;
}

/* Nodes stand depth first. */
static bool has_failed_below(const struct bb_results *results, size_t model, size_t node)
{
    const struct bb_node *at = results->tree.node;
    for (size_t i = node; i < results->tree.n && (i == node || at[i].depth > at[node].depth); i++)
        if (bb_results_cell(results, model, i)->status == BB_CELL_FAILED) return true;
    return false;
}

static void rank_failed(struct bb_results *results, size_t node, size_t rank)
{
    for (size_t m = 0; m < results->n_models; m++) {
        struct bb_aggregate *aggregate = bb_results_aggregate(results, m, node);
        if (isnan(aggregate->score) && is_ranked(&results->model[m]) && has_failed_below(results, m, node)) aggregate->rank = rank;
    }
}

static void rank_node(struct bb_results *results, size_t node, struct ranked ranked)
{
    size_t n = 0;
    for (size_t m = 0; m < results->n_models; m++) {
        double score = bb_results_aggregate(results, m, node)->score;
        bb_results_aggregate(results, m, node)->rank = 0;
        if (isnan(score) || !is_ranked(&results->model[m])) continue;
        double rounded = results->parity ? bb_parity_round(score) : bb_round_decimals(score, 2);
        ranked.model[n] = m;
        ranked.value[n++] = results->tree.node[node].lower_better ? rounded : -rounded;
    }
    bb_order(ranked.value, n, ranked.order);
    for (size_t i = 0, rank = 0; i < n; i++) {
        if (i == 0 || ranked.value[ranked.order[i]] != ranked.value[ranked.order[i - 1]]) rank = i + 1;
        bb_results_aggregate(results, ranked.model[ranked.order[i]], node)->rank = rank;
    }
    if (results->parity) rank_failed(results, node, n + 1);
}

void bb_results_rank_all(struct bb_results *results)
{
    size_t n = results->n_models + 1;
    struct ranked ranked = {bb_calloc(n, sizeof(size_t)), bb_calloc(n, sizeof(size_t)), bb_calloc(n, sizeof(double))};
    for (size_t node = 0; node < results->tree.n; node++) rank_node(results, node, ranked);
    free(ranked.value);
    free(ranked.order);
    free(ranked.model);
}

void bb_results_aggregate_all(struct bb_results *results)
{
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t i = results->tree.n; i-- > 0;) { /* children stand behind their parents */
            *bb_results_aggregate(results, m, i) =
                (struct bb_aggregate){.score = (double)NAN, .interval = {(double)NAN, (double)NAN}};
            if (bb_node_is_leaf(&results->tree.node[i]))
                aggregate_leaf(results, m, i);
            else
                aggregate_group(results, m, i);
        }
    bb_results_rank_all(results);
}

struct bb_results *bb_results_under_policy(const struct bb_results *results, enum bb_missing missing)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_results *under = BB_NEW(arena, struct bb_results);
    size_t n = results->n_models * results->tree.n;
    *under = *results;
    under->arena = arena;
    under->board.options.missing = missing;
    under->aggregate = BB_NEW_ARRAY(arena, n + 1, struct bb_aggregate);
    bb_results_aggregate_all(under);
    return under;
}
