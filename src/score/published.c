#include "score/published.h"

#include <math.h>
#include <string.h>

#include "score/anonymous.h"
#include "score/visible.h"

/* --- benchmarks whose scores are not published ----------------------------------------------------------------------- */

/* The benchmark, or a group that has nothing else: its average says nothing but what is withheld. */
static bool is_withheld(const struct bb_results *results, size_t node)
{
    const struct bb_tree *tree = &results->tree;
    if (bb_node_is_leaf(&tree->node[node])) return tree->node[node].publish == BB_PUBLISH_NONE;
    bool any = false;
    for (size_t c = 0; c < tree->node[node].n_children; c++) {
        size_t child = tree->child[tree->node[node].first_child + c];
        if (!bb_results_node_shown(results, child)) continue;
        if (!is_withheld(results, child)) return false;
        any = true;
    }
    return any;
}

static void withhold_cell(struct bb_cell *cell)
{
    const double none = (double)NAN;
    *cell = (struct bb_cell){.status = cell->status,
                             .raw = none,
                             .ceiling = none,
                             .score = none,
                             .raw_error = none,
                             .error = none,
                             .interval = {none, none},
                             .optimism = none,
                             .withheld = true};
}

static void withhold_facts(struct bb_facts *facts)
{
    const double none = (double)NAN;
    *facts = (struct bb_facts){.present = facts->present,
                               .counted = facts->counted,
                               .absent_reason = facts->absent_reason,
                               .definition_digest = facts->definition_digest,
                               .metric_digest = facts->metric_digest,
                               .oracle = none,
                               .oracle_raw = none,
                               .ceiling = {.value = none, .error = none, .lower = none}};
}

static void withhold_node(struct bb_results *results, size_t node)
{
    bool is_leaf = bb_node_is_leaf(&results->tree.node[node]);
    if (is_leaf) withhold_facts(&results->facts[node]);
    for (size_t m = 0; m < results->n_models; m++) {
        struct bb_cell *cell = bb_results_cell(results, m, node);
        struct bb_aggregate *aggregate = bb_results_aggregate(results, m, node);
        if (is_leaf && cell->status != BB_CELL_NONE) withhold_cell(cell);
        aggregate->score = aggregate->interval[0] = aggregate->interval[1] = (double)NAN;
        aggregate->tie_group = 0;
    }
}

/* A stated ceiling is a part of what was measured as well. */
static void withhold_nodes(struct bb_results *results)
{
    struct bb_node *node = BB_NEW_ARRAY(results->arena, results->tree.n + 1, struct bb_node);
    if (results->tree.n) memcpy(node, results->tree.node, results->tree.n * sizeof *node);
    results->tree.node = node;
    for (size_t i = 0; i < results->tree.n; i++) {
        if (!is_withheld(results, i)) continue;
        withhold_node(results, i);
        if (isnan(node[i].ceiling_value)) continue;
        node[i].ceiling_value = node[i].ceiling_error = node[i].ceiling_lower = (double)NAN;
        node[i].ceiling_json = NULL;
    }
}

/* --- rows ------------------------------------------------------------------------------------------------------------ */

static void copy_row(struct bb_results *to, size_t row, const struct bb_results *from, size_t model)
{
    size_t n = from->tree.n;
    if (!n) return;
    memcpy(&to->cell[row * n], &from->cell[model * n], n * sizeof to->cell[0]);
    memcpy(&to->aggregate[row * n], &from->aggregate[model * n], n * sizeof to->aggregate[0]);
}

static void take_models(struct bb_results *to, const struct bb_results *from, bool listed_only)
{
    struct bb_model *model = BB_NEW_ARRAY(to->arena, from->n_models + 1, struct bb_model);
    size_t *place = BB_NEW_ARRAY(to->arena, from->n_models + 1, size_t);
    const char *date = bb_visible_date(&from->board, to->arena);
    to->n_models = bb_visible_models(from->model, from->n_models, date, listed_only, model, place);
    to->model = model;
    to->cell = BB_NEW_ARRAY(to->arena, to->n_models * to->tree.n + 1, struct bb_cell);
    to->aggregate = BB_NEW_ARRAY(to->arena, to->n_models * to->tree.n + 1, struct bb_aggregate);
    for (size_t m = 0; m < to->n_models; m++) copy_row(to, m, from, place[m]);
}

struct bb_results *bb_results_published(const struct bb_results *results, const struct bb_publish_options *options)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_results *published = BB_NEW(arena, struct bb_results);
    *published = *results;
    published->arena = arena;
    published->parity = options->parity;
    published->facts = BB_NEW_ARRAY(arena, results->tree.n + 1, struct bb_facts);
    if (results->tree.n) memcpy(published->facts, results->facts, results->tree.n * sizeof *published->facts);
    take_models(published, results, options->listed_only);
    withhold_nodes(published);
    bb_results_rank_all(published);
    if (options->anonymous) bb_anonymise(published);
    return published;
}

/* --- units ------------------------------------------------------------------------------------------------------------ */

static bool is_public(const struct bb_results *published, const char *id)
{
    for (size_t m = 0; m < published->n_models; m++)
        if (strcmp(published->model[m].id, id) == 0) return published->model[m].visibility == BB_PUBLIC;
    return false;
}

static bool publish_block(const struct bb_units_block *block, const struct bb_results *published, struct bb_arena *arena,
                          struct bb_units_block *out)
{
    size_t row = block->axis[0].n * (block->n_axes > 1 ? block->axis[1].n : 1);
    const char **model = BB_NEW_ARRAY(arena, block->n_models + 1, const char *);
    double *value = BB_NEW_ARRAY(arena, block->n_models * row + 1, double);
    *out = *block;
    out->n_models = 0;
    for (size_t m = 0; m < block->n_models; m++) {
        if (!is_public(published, block->model[m])) continue;
        memcpy(&value[out->n_models * row], &block->value[m * row], row * sizeof *value);
        model[out->n_models++] = block->model[m];
    }
    out->model = model;
    out->value = value;
    return out->n_models > 0;
}

size_t bb_units_publish(const struct bb_units_block *block, size_t n, const struct bb_results *published, struct bb_arena *arena,
                        struct bb_units_block **out)
{
    size_t kept = 0;
    *out = BB_NEW_ARRAY(arena, n + 1, struct bb_units_block);
    for (size_t i = 0; i < n; i++) {
        size_t node = bb_tree_find(&published->tree, block[i].benchmark);
        if (node == BB_NO_NODE || published->tree.node[node].publish != BB_PUBLISH_UNITS) continue;
        kept += publish_block(&block[i], published, arena, &(*out)[kept]);
    }
    return kept;
}

/* --- what can be worked out --------------------------------------------------------------------------------------------- */

static bool is_withheld_part(const struct bb_results *results, size_t node, const struct bb_node *parent)
{
    const struct bb_node *is = &results->tree.node[node];
    return bb_node_is_leaf(is) && bb_results_withheld_below(results, node) && (!is->engineering || parent->engineering);
}

size_t bb_results_given_away_by(const struct bb_results *results, size_t node)
{
    const struct bb_tree *tree = &results->tree;
    size_t at = tree->node[node].parent_index;
    const struct bb_node *parent = at == BB_NO_NODE ? NULL : &tree->node[at];
    if (!parent || parent->no_average || !is_withheld_part(results, node, parent)) return BB_NO_NODE;
    for (size_t c = 0; c < parent->n_children; c++) { /* the averages of groups are shown, whatever they count */
        size_t child = tree->child[parent->first_child + c];
        if (child != node && is_withheld_part(results, child, parent)) return BB_NO_NODE;
    }
    return at;
}
