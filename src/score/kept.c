#include "score/kept.h"

#include <math.h>

#include "base/text.h"

const char bb_kept_words[] = "From the cache: files that it was scored from were not at hand when the site was made, and it stands by their SHA-256";

bool bb_kept_any(const struct bb_results *results)
{
    for (size_t i = 0; i < results->n_models * results->tree.n; i++)
        if (results->cell[i].cached) return true;
    return false;
}

/* The n-th output of a model for a set. */
static const struct bb_output *output_of(const struct bb_model *model, const char *stimuli, size_t n)
{
    for (size_t i = 0; i < model->n_outputs; i++)
        if (bb_streq(model->output[i].stimuli, stimuli) && n-- == 0) return &model->output[i];
    return NULL;
}

static bool same_outputs(const struct bb_model *a, const struct bb_model *b, const char *stimuli)
{
    for (size_t n = 0; stimuli; n++) {
        const struct bb_output *x = output_of(a, stimuli, n), *y = output_of(b, stimuli, n);
        if (!x && !y) break;
        if (!x || !y || !bb_streq(x->digest, y->digest)) return false;
    }
    return true;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool is_shown(const struct bb_results *results, size_t m, size_t i, const struct bb_results *shown, size_t model, size_t at)
{
    const struct bb_cell *is = bb_results_cell(results, m, i), *was = bb_results_cell(shown, model, at);
    const struct bb_facts *now = &results->facts[i], *then = &shown->facts[at];
    const struct bb_node *node = &results->tree.node[i];
    const char *sets[] = {node->stimuli, node->fitting_stimuli, node->pca_stimuli};
    bool same = was->status == BB_CELL_OK && !was->cached && !was->source && same_number(is->score, was->score) &&
                same_number(is->raw, was->raw) && same_number(is->ceiling, was->ceiling) &&
                node->version == shown->tree.node[at].version && bb_streq(now->data_digest, then->data_digest) &&
                bb_streq(now->definition_digest, then->definition_digest) && bb_streq(now->metric_digest, then->metric_digest);
    for (size_t k = 0; same && k < sizeof sets / sizeof sets[0]; k++)
        same = same_outputs(&results->model[m], &shown->model[model], sets[k]);
    return same;
}

void bb_kept_settle(struct bb_results *results, const struct bb_results *shown)
{
    struct bb_names models;
    bb_names_init(&models);
    for (size_t m = 0; m < shown->n_models; m++) bb_names_add(&models, shown->model[m].id);
    for (size_t m = 0; m < results->n_models; m++) {
        size_t model = bb_names_find(&models, results->model[m].id);
        for (size_t i = 0; model != BB_NAMES_NONE && i < results->tree.n; i++) {
            struct bb_cell *cell = bb_results_cell(results, m, i);
            size_t at = cell->cached ? bb_tree_find(&shown->tree, results->tree.node[i].id) : BB_NO_NODE;
            if (at != BB_NO_NODE && is_shown(results, m, i, shown, model, at)) cell->cached = false;
        }
    }
    bb_names_release(&models);
}
