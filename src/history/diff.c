#include "history/diff.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "history/attribute.h"
#include "history/rank_change.h"

const struct bb_term_name bb_term_names[BB_N_TERMS] = {
    [BB_TERM_SCORE] = {"score", "Scores", "scores that changed"},
    [BB_TERM_LOST] = {"lost", "Lost", "scores that are not there any more"},
    [BB_TERM_FOUND] = {"found", "Newly scored", "newly scored"},
    [BB_TERM_EXEMPT] = {"exempt", "Exempt", "benchmarks without a score that no longer count, or now do"},
    [BB_TERM_REVISED] = {"revised", "Revised", "benchmarks whose version, definition or data changed"},
    [BB_TERM_REMOVED] = {"removed", "Removed", "benchmarks removed"},
    [BB_TERM_REGROUPED] = {"regrouped", "Regrouped", "the tree was regrouped"},
    [BB_TERM_ADDED] = {"added", "Added", "benchmarks added"},
    [BB_TERM_POLICY] = {"policy", "Policy", "the rule for missing scores changed"},
    [BB_TERM_WITHHELD] = {"withheld", "Not published", "what follows from scores that are not published"},
};

const struct bb_cause_name bb_cause_names[BB_N_CAUSES] = {
    {"output", "model output"}, {"data", "benchmark data"},    {"definition", "definition"}, {"metric", "metric version"},
    {"version", "version"},     {"ceiling", "ceiling"},        {"layer", "layer"},           {"source", "score list"},
    {"options", "options"},     {"other", "nothing recorded"},
};

const char *const bb_node_change_names[] = {"added", "removed", "revised", "regrouped"};

struct differ {
    const struct bb_results *before, *after;
    struct bb_arena *arena;
    struct bb_diff *out;
    size_t *to_new, *to_old;             /* nodes */
    size_t *model_to_new, *model_to_old; /* models */
    unsigned *revised;
    bool regrouped;
};

/* --- what is in both -------------------------------------------------------------------------------------------------- */

static void match_nodes(struct differ *d)
{
    const struct bb_tree *old = &d->before->tree, *new = &d->after->tree;
    d->to_new = BB_NEW_ARRAY(d->arena, old->n + 1, size_t);
    d->to_old = BB_NEW_ARRAY(d->arena, new->n + 1, size_t);
    for (size_t i = 0; i < new->n; i++) d->to_old[i] = BB_NO_NODE;
    for (size_t i = 0; i < old->n; i++) {
        size_t twin = bb_tree_find(new, old->node[i].id);
        if (twin != BB_NO_NODE && bb_node_is_leaf(&old->node[i]) != bb_node_is_leaf(&new->node[twin])) twin = BB_NO_NODE;
        d->to_new[i] = twin;
        if (twin != BB_NO_NODE) d->to_old[twin] = i;
    }
}

/* Both are sorted by id. */
static void match_models(struct differ *d)
{
    size_t n_old = d->before->n_models, n_new = d->after->n_models, i = 0, k = 0;
    struct bb_diff *out = d->out;
    d->model_to_new = BB_NEW_ARRAY(d->arena, n_old + 1, size_t);
    d->model_to_old = BB_NEW_ARRAY(d->arena, n_new + 1, size_t);
    out->model_removed = BB_NEW_ARRAY(d->arena, n_old + 1, size_t);
    out->model_added = BB_NEW_ARRAY(d->arena, n_new + 1, size_t);
    while (i < n_old || k < n_new) {
        int order = i == n_old ? 1 : k == n_new ? -1 : strcmp(d->before->model[i].id, d->after->model[k].id);
        if (order == 0) {
            d->model_to_new[i] = k;
            d->model_to_old[k] = i;
            out->n_models_common++;
        } else if (order < 0) {
            d->model_to_new[i] = BB_NO_NODE;
            out->model_removed[out->n_models_removed++] = i;
        } else {
            d->model_to_old[k] = BB_NO_NODE;
            out->model_added[out->n_models_added++] = k;
        }
        if (order <= 0) i++;
        if (order >= 0) k++;
    }
}

/* --- causes ----------------------------------------------------------------------------------------------------------- */

/* Both are known, and differ. */
static bool digests_differ(const char *a, const char *b)
{
    return a && b && strcmp(a, b) != 0;
}

static bool numbers_differ(double a, double b)
{
    return a != b && !(isnan(a) && isnan(b));
}

static unsigned node_causes(const struct differ *d, size_t before, size_t after)
{
    const struct bb_facts *old = &d->before->facts[before], *new = &d->after->facts[after];
    unsigned causes = 0;
    if (digests_differ(old->data_digest, new->data_digest)) causes |= BB_CAUSE_DATA;
    if (digests_differ(old->definition_digest, new->definition_digest)) causes |= BB_CAUSE_DEFINITION;
    if (digests_differ(old->metric_digest, new->metric_digest)) causes |= BB_CAUSE_METRIC;
    if (d->before->tree.node[before].version != d->after->tree.node[after].version) causes |= BB_CAUSE_VERSION;
    return causes;
}

/* The digests of a set's files, one after the other. */
static bool outputs_differ(const struct bb_model *old, const struct bb_model *new, const char *old_set, const char *new_set)
{
    size_t i = 0, k = 0;
    if (!old_set || !new_set) return false;
    for (;;) {
        while (i < old->n_outputs && !(old->output[i].digest && bb_streq(old->output[i].stimuli, old_set))) i++;
        while (k < new->n_outputs && !(new->output[k].digest &&bb_streq(new->output[k].stimuli, new_set))) k++;
        if (i == old->n_outputs || k == new->n_outputs) return (i < old->n_outputs) != (k < new->n_outputs);
        if (strcmp(old->output[i++].digest, new->output[k++].digest) != 0) return true;
    }
}

static bool options_differ(const struct bb_results *before, const struct bb_results *after)
{
    const struct bb_options *a = &before->board.options, *b = &after->board.options;
    return a->items != b->items || a->layer_choice != b->layer_choice || a->bootstrap != b->bootstrap || a->seed != b->seed;
}

static unsigned cell_causes(const struct differ *d, const struct bb_cell_change *change)
{
    const struct bb_model *old = &d->before->model[change->model[0]], *new = &d->after->model[change->model[1]];
    const struct bb_node *was = &d->before->tree.node[change->node[0]], *is = &d->after->tree.node[change->node[1]];
    unsigned causes = d->revised[change->node[1]];
    if (outputs_differ(old, new, was->stimuli, is->stimuli) ||
        outputs_differ(old, new, was->fitting_stimuli, is->fitting_stimuli) ||
        outputs_differ(old, new, was->pca_stimuli, is->pca_stimuli))
        causes |= BB_CAUSE_OUTPUT;
    if (numbers_differ(d->before->facts[change->node[0]].ceiling.value, d->after->facts[change->node[1]].ceiling.value))
        causes |= BB_CAUSE_CEILING;
    if (change->before->layer && change->after->layer && strcmp(change->before->layer, change->after->layer) != 0)
        causes |= BB_CAUSE_LAYER;
    if (!bb_streq(change->before->source, change->after->source) || !bb_streq(change->before->rule, change->after->rule))
        causes |= BB_CAUSE_SOURCE;
    if (options_differ(d->before, d->after) && !change->after->source) causes |= BB_CAUSE_OPTIONS;
    return causes ? causes : BB_CAUSE_OTHER;
}

/* --- benchmarks ------------------------------------------------------------------------------------------------------- */

static void add_node(struct differ *d, enum bb_node_change_kind kind, size_t before, size_t after, unsigned causes)
{
    d->out->node[d->out->n_nodes++] = (struct bb_node_change){kind, before, after, causes};
}

static bool has_moved(const struct differ *d, size_t before, size_t after)
{
    const struct bb_node *old = &d->before->tree.node[before], *new = &d->after->tree.node[after];
    return !bb_streq(old->parent, new->parent) || old->engineering != new->engineering || old->no_average != new->no_average ||
           (!old->parent && !bb_streq(old->domain, new->domain));
}

static void compare_nodes(struct differ *d)
{
    size_t n_old = d->before->tree.n, n_new = d->after->tree.n;
    d->revised = BB_NEW_ARRAY(d->arena, n_new + 1, unsigned);
    d->out->node = BB_NEW_ARRAY(d->arena, n_old + 2 * n_new + 1, struct bb_node_change);
    for (size_t i = 0; i < n_new; i++) {
        size_t twin = d->to_old[i];
        bool is_leaf = bb_node_is_leaf(&d->after->tree.node[i]);
        bool is_here = is_leaf && d->after->facts[i].present,
             was_here = is_leaf && twin != BB_NO_NODE && d->before->facts[twin].present;
        if (is_here && !was_here) add_node(d, BB_NODE_ADDED, twin, i, 0);
        if (twin == BB_NO_NODE) continue;
        if (is_here && was_here) {
            d->revised[i] = node_causes(d, twin, i);
            if (d->revised[i]) add_node(d, BB_NODE_REVISED, twin, i, d->revised[i]);
        }
        if (!has_moved(d, twin, i)) continue;
        d->regrouped = true;
        if (!is_leaf || (is_here && was_here)) add_node(d, BB_NODE_REGROUPED, twin, i, 0);
    }
    for (size_t i = 0; i < n_old; i++) {
        size_t twin = d->to_new[i];
        bool is_here = twin != BB_NO_NODE && d->after->facts[twin].present;
        if (bb_node_is_leaf(&d->before->tree.node[i]) && d->before->facts[i].present && !is_here)
            add_node(d, BB_NODE_REMOVED, i, BB_NO_NODE, 0);
    }
}

/* --- cells ------------------------------------------------------------------------------------------------------------ */

static bool cells_differ(const struct bb_cell *before, const struct bb_cell *after)
{
    return before->status != after->status || numbers_differ(before->score, after->score) ||
           numbers_differ(before->raw, after->raw);
}

static void compare_cells(struct differ *d)
{
    struct bb_diff *out = d->out;
    struct bb_cell_change *list = NULL;
    size_t cap = 0, n = 0;
    for (size_t m = 0; m < d->after->n_models; m++)
        for (size_t i = 0; i < d->after->tree.n && d->model_to_old[m] != BB_NO_NODE; i++) {
            size_t twin = d->to_old[i];
            if (twin == BB_NO_NODE || !d->before->facts[twin].present || !d->after->facts[i].present) continue;
            struct bb_cell_change change = {.model = {d->model_to_old[m], m}, .node = {twin, i}};
            change.before = bb_results_cell(d->before, change.model[0], twin);
            change.after = bb_results_cell(d->after, m, i);
            if (!cells_differ(change.before, change.after)) continue;
            change.kind = bb_attribution_kind(change.before, change.after, d->revised[i]);
            change.causes = cell_causes(d, &change);
            list = bb_grow(list, &cap, n + 1, sizeof *list);
            list[n++] = change;
        }
    out->cell = BB_NEW_ARRAY(d->arena, n + 1, struct bb_cell_change);
    if (n) memcpy(out->cell, list, n * sizeof *list);
    out->n_cells = n;
    free(list);
}

/* --- averages --------------------------------------------------------------------------------------------------------- */

static bool is_group_of_both(const struct differ *d, size_t node)
{
    return d->to_old[node] != BB_NO_NODE && !bb_node_is_leaf(&d->after->tree.node[node]);
}

static void add_average(struct bb_diff *out, size_t *cap, const struct bb_average_change *change)
{
    out->average = bb_grow(out->average, cap, out->n_averages + 1, sizeof *out->average);
    out->average[out->n_averages++] = *change;
}

static void compare_model(struct differ *d, struct bb_attribution *attribution, size_t model, size_t *cap)
{
    size_t old = d->model_to_old[model];
    bool ready = false;
    for (size_t i = 0; i < d->after->tree.n; i++) {
        if (!is_group_of_both(d, i)) continue;
        const struct bb_aggregate *was = bb_results_aggregate(d->before, old, d->to_old[i]),
                                  *is = bb_results_aggregate(d->after, model, i);
        struct bb_average_change change = {.model = {old, model},
                                           .node = {d->to_old[i], i},
                                           .before = was->score,
                                           .after = is->score,
                                           .rank_before = was->rank,
                                           .rank_after = is->rank};
        if (!numbers_differ(was->score, is->score) && was->rank == is->rank) continue;
        if (!ready) bb_attribution_model(attribution, old, model);
        ready = true;
        bb_attribution_terms(attribution, i, &change);
        add_average(d->out, cap, &change);
    }
}

static int by_node(const void *a, const void *b)
{
    const struct bb_average_change *x = a, *y = b;
    if (x->node[1] != y->node[1]) return x->node[1] < y->node[1] ? -1 : 1;
    return x->model[1] < y->model[1] ? -1 : x->model[1] > y->model[1];
}

static void compare_averages(struct differ *d)
{
    const struct bb_matches matches = {d->to_new, d->to_old, d->revised, d->regrouped};
    struct bb_attribution *attribution = bb_attribution_new(d->before, d->after, &matches, d->arena);
    struct bb_average_change *list;
    size_t cap = 0;
    for (size_t m = 0; m < d->after->n_models; m++)
        if (d->model_to_old[m] != BB_NO_NODE) compare_model(d, attribution, m, &cap);
    bb_attribution_free(attribution);
    list = d->out->average;
    d->out->average = BB_NEW_ARRAY(d->arena, d->out->n_averages + 1, struct bb_average_change);
    if (d->out->n_averages) memcpy(d->out->average, list, d->out->n_averages * sizeof *list);
    free(list);
    qsort(d->out->average, d->out->n_averages, sizeof *d->out->average, by_node);
    for (size_t first = 0, behind; first < d->out->n_averages; first = behind) {
        for (behind = first + 1;
             behind < d->out->n_averages && d->out->average[behind].node[1] == d->out->average[first].node[1];)
            behind++;
        bb_rank_changes(d->before, d->after, d->model_to_new, d->model_to_old, &d->out->average[first], behind - first);
    }
}

const struct bb_average_change *bb_diff_find(const struct bb_diff *diff, size_t model, size_t node)
{
    for (size_t low = 0, high = diff->n_averages; low < high;) {
        size_t middle = low + (high - low) / 2;
        const struct bb_average_change *at = &diff->average[middle];
        const struct bb_average_change key = {.model = {0, model}, .node = {0, node}};
        int order = by_node(&key, at);
        if (order == 0) return at;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* --- all -------------------------------------------------------------------------------------------------------------- */

struct bb_diff *bb_diff_new(const struct bb_results *before, const struct bb_results *after, struct bb_arena *arena)
{
    struct bb_diff *out = BB_NEW(arena, struct bb_diff);
    struct differ d = {.before = before, .after = after, .arena = arena, .out = out};
    out->before = before;
    out->after = after;
    match_nodes(&d);
    match_models(&d);
    compare_nodes(&d);
    compare_cells(&d);
    compare_averages(&d);
    out->missing = before->board.options.missing != after->board.options.missing;
    out->parity = before->parity != after->parity;
    out->options = options_differ(before, after);
    out->any = out->n_models_added || out->n_models_removed || out->n_nodes || out->n_cells || out->n_averages || out->missing ||
               out->parity || out->options;
    return out;
}
