/*
 * `check`: reads every file that a board names and says what scoring would trip over.
 */
#include <stdlib.h>

#include "score/inputs.h"
#include "score/score.h"

struct checking {
    const struct bb_catalog *catalog;
    struct bb_inputs *inputs;
    struct bb_diags *diags;
};

static void check_coords(struct checking *c, const struct bb_source *source, const struct bb_assembly *assembly, const char *const *needed,
                         const char *metric)
{
    struct bb_arena *arena = bb_arena_new(0);
    for (; needed && *needed; needed++) {
        bool there = bb_streq(*needed, "value") ? assembly->value != NULL : bb_assembly_coord(assembly, *needed) != NULL;
        if (!there)
            bb_diag_add(c->diags, BB_ERROR, source->place, "%s needs the coordinate \"%s\"; the columns give %s", metric, *needed,
                        bb_assembly_coord_names(assembly, arena));
    }
    bb_arena_free(arena);
}

/* The assembly, or NULL after the diagnostic: what is not on this machine is a warning, what cannot be read an error. */
static const struct bb_assembly *check_sources(struct checking *c, const struct bb_sources *sources)
{
    const struct bb_input *input = bb_inputs_get(c->inputs, sources);
    if (input->code != BB_OK)
        bb_diag_add(c->diags, input->code == BB_EABSENT ? BB_WARNING : BB_ERROR, sources->source[0].place, "%s", input->err.msg);
    return input->assembly;
}

static void check_outputs(struct checking *c, const struct bb_node *leaf)
{
    for (size_t m = 0; m < c->catalog->n_models; m++) {
        const struct bb_model *model = &c->catalog->model[m];
        for (size_t i = 0; i < model->n_outputs; i++) {
            if (!bb_streq(model->output[i].stimuli, leaf->stimuli)) continue;
            const struct bb_assembly *assembly = check_sources(c, &model->output[i].sources);
            if (assembly) check_coords(c, &model->output[i].sources.source[0], assembly, leaf->metric->model_coords, leaf->metric->name);
        }
    }
}

static void check_leaf(struct checking *c, const struct bb_node *leaf)
{
    if (leaf->data.n) {
        const struct bb_assembly *data = check_sources(c, &leaf->data);
        if (!data) return; /* what models answered to a recording that is not here cannot be scored either */
        check_coords(c, &leaf->data.source[0], data, leaf->metric->data_coords, leaf->metric->name);
        if (leaf->ceiling) check_coords(c, &leaf->data.source[0], data, leaf->ceiling->data_coords, leaf->ceiling->name);
    }
    check_outputs(c, leaf);
}

void bb_score_check(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_diags *diags)
{
    struct checking c = {.catalog = catalog, .inputs = bb_inputs_new(options->data), .diags = diags};
    const struct bb_tree *tree = &catalog->tree;
    bool *done = bb_calloc(tree->n + 1, sizeof *done);
    for (size_t i = 0; i < tree->n; i++) {
        if (done[i] || !tree->node[i].metric) continue;
        for (size_t k = i; k < tree->n; k++) { /* leaves of one stimulus set together: each file is read once */
            if (!tree->node[k].metric || !bb_streq(tree->node[k].stimuli, tree->node[i].stimuli)) continue;
            check_leaf(&c, &tree->node[k]);
            done[k] = true;
        }
        bb_inputs_clear(c.inputs);
    }
    free(done);
    bb_inputs_free(c.inputs);
}
