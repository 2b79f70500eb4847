#include <stdlib.h>

#include "score/score_int.h"

const struct bb_output *bb_find_output(const struct bb_model *model, const char *stimuli)
{
    for (size_t i = 0; i < model->n_outputs; i++)
        if (bb_streq(model->output[i].stimuli, stimuli)) return &model->output[i];
    return NULL;
}

struct bb_found *bb_output_found(const struct bb_scoring *s, size_t model, const char *stimuli)
{
    const struct bb_model *m = &s->results->model[model];
    const struct bb_output *output = stimuli ? bb_find_output(m, stimuli) : NULL;
    return output ? s->output[model][output - m->output] : NULL;
}

bool bb_output_is_partial(const struct bb_model *model, const char *stimuli)
{
    const struct bb_output *output = bb_find_output(model, stimuli);
    for (size_t i = 0; output && i < output->sources.n; i++)
        if (output->sources.source[i].partial) return true;
    return false;
}

/* The target may be the benchmark, a group above it, or its stimulus set. */
const struct bb_exemption *bb_find_exemption(const struct bb_model *model, const struct bb_tree *tree, const struct bb_node *node)
{
    const char *stimuli = node->stimuli;
    for (size_t i = 0; i < model->n_exemptions; i++)
        if (bb_streq(model->exemption[i].target, stimuli)) return &model->exemption[i];
    for (;; node = &tree->node[node->parent_index]) {
        for (size_t i = 0; i < model->n_exemptions; i++)
            if (bb_streq(model->exemption[i].target, node->id)) return &model->exemption[i];
        if (node->parent_index == BB_NO_NODE) return NULL;
    }
}

/* A model that names its domains takes part in those; any other in the domains of the benchmarks that it answers. */
static bool answers_domain(const struct bb_tree *tree, const struct bb_model *model, const bool *listed, const char *domain)
{
    for (size_t i = 0; i < model->domains.n; i++)
        if (bb_streq(model->domains.text[i], domain)) return true;
    if (model->domains.n) return false;
    for (size_t i = 0; i < tree->n; i++) {
        const struct bb_node *node = &tree->node[i];
        if (!bb_node_is_leaf(node) || !bb_streq(tree->node[node->root].domain, domain)) continue;
        if (bb_find_output(model, node->stimuli) || bb_find_exemption(model, tree, node) || listed[i]) return true;
    }
    return false;
}

/* models × nodes: a score list has the cell. */
static bool *find_listed(const struct bb_results *results, const struct bb_lists *lists)
{
    bool *listed = bb_calloc(results->n_models * results->tree.n + 1, sizeof *listed);
    struct bb_names models;
    bb_names_init(&models);
    for (size_t m = 0; m < results->n_models; m++) bb_names_add(&models, results->model[m].id);
    for (size_t i = 0; i < lists->n; i++) {
        size_t m = bb_names_find(&models, lists->score[i].model);
        if (m != BB_NAMES_NONE) listed[m * results->tree.n + lists->score[i].node] = true;
    }
    bb_names_release(&models);
    return listed;
}

void bb_find_participants(struct bb_scoring *s)
{
    const struct bb_tree *tree = &s->results->tree;
    bool *listed = find_listed(s->results, s->options->lists);
    s->takes_part = bb_calloc(s->results->n_models * tree->n + 1, sizeof *s->takes_part);
    for (size_t m = 0; m < s->results->n_models; m++) {
        bool *row = &s->takes_part[m * tree->n];
        for (size_t i = 0; i < tree->n; i++) {
            size_t root = tree->node[i].root;
            row[i] =
                i == root ? answers_domain(tree, &s->results->model[m], &listed[m * tree->n], tree->node[i].domain) : row[root];
        }
    }
    free(listed);
}
