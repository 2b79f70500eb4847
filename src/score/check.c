/*
 * `check`: reads every file that a board names and says what scoring would trip over.
 */
#include <stdlib.h>
#include <string.h>

#include "metric/behavior.h"
#include "score/inputs.h"
#include "score/score_int.h"

enum { ABSENT_SHOWN = 3 };

struct checking {
    struct bb_scoring s;
    struct bb_inputs *inputs;
    struct bb_diags *diags;
    const struct bb_node *absent[ABSENT_SHOWN]; /* the first benchmarks of the program's catalog whose data is not on this machine, … */
    const char *why[ABSENT_SHOWN];
    size_t n_absent; /* … and how many there are */
    const struct bb_node *last_absent;
};

/* true when none is missing. */
static bool check_coords(struct checking *c, const struct bb_source *source, const struct bb_assembly *assembly,
                         const char *const *needed, const char *metric)
{
    size_t errors = c->diags->n_errors;
    struct bb_arena *arena = bb_arena_new(0);
    for (; needed && *needed; needed++) {
        if (!bb_has_coord(assembly, *needed))
            bb_diag_add(c->diags, BB_ERROR, source->place, "%s needs the coordinate \"%s\"; the columns give %s: %s", metric, *needed,
                        bb_assembly_coord_names(assembly, arena), bb_coord_advice(assembly, *needed));
    }
    bb_arena_free(arena);
    return c->diags->n_errors == errors;
}

static void plan_look(struct checking *c, const struct bb_sources *sources)
{
    struct bb_found *found = sources->n ? bb_founds_get(c->s.founds, sources) : NULL;
    if (!found || found->kind == BB_KIND_TABLE || found->code || (found->have_look && found->have_digest)) return;
    for (size_t i = 0; i < c->s.n_work; i++)
        if (c->s.work[i].look == found) return;
    bb_plan_look(&c->s, found);
}

/* HDF5 is looked at by workers, because a damaged file can end one. */
static void look_at_all(struct checking *c)
{
    const struct bb_catalog *catalog = c->s.catalog;
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *leaf = &catalog->tree.node[i];
        if (!leaf->metric) continue;
        plan_look(c, &leaf->data);
        plan_look(c, &leaf->data_train);
        plan_look(c, &leaf->data_stimuli);
        for (size_t m = 0; m < catalog->n_models; m++) {
            const struct bb_output *output = bb_find_output(&catalog->model[m], leaf->stimuli);
            if (output) plan_look(c, &output->sources);
        }
    }
    bb_do_work(&c->s, "looking at files");
}

static const struct bb_look *look_of(const struct bb_found *found)
{
    return found->kind == BB_KIND_TABLE || found->code ? NULL : &found->look;
}

/* Many of the catalog's are: they are said together, in the end. */
static void note_absent(struct checking *c, const struct bb_node *leaf, const char *reason)
{
    if (c->last_absent == leaf) return; /* several files of one benchmark */
    c->last_absent = leaf;
    size_t n = c->n_absent++;
    if (n >= ABSENT_SHOWN) return;
    c->absent[n] = leaf;
    c->why[n] = bb_with_address(&c->s, leaf, bb_arena_strdup(c->s.arena, reason));
}

static void say_absent(struct checking *c)
{
    const struct bb_place nowhere = {0};
    for (size_t i = 0; i < c->n_absent && c->n_absent <= ABSENT_SHOWN; i++)
        bb_diag_add(c->diags, BB_WARNING, nowhere, "%s: %s", c->absent[i]->id, c->why[i]);
    if (c->n_absent > ABSENT_SHOWN)
        bb_diag_add(c->diags, BB_WARNING, nowhere,
                    "the data of %zu benchmarks of the program's catalog is not on this machine, %s the first of them: they are left out "
                    "of the board, or count as missing with --all; `brainboard explain` says where the data of one is to be had, "
                    "`brainboard fetch` gets what is public",
                    c->n_absent, c->absent[0]->id);
}

/* The assembly of a table, or NULL, after the diagnostic where there is one: what is not on this machine is a warning, what
   cannot be read an error. `leaf`: whose data it is; NULL for the output of a model. */
static const struct bb_assembly *check_sources(struct checking *c, const struct bb_node *leaf, const struct bb_sources *sources,
                                               bool activations)
{
    struct bb_found *found = bb_founds_get(c->s.founds, sources);
    const struct bb_look *look = look_of(found);
    const struct bb_place place = sources->source[0].place;
    if (look) {
        if (look->code && (activations || look->resource || look->unreadable))
            bb_diag_add(c->diags, BB_ERROR, place, "%s", look->reason);
        return NULL;
    }
    const struct bb_input *input = bb_inputs_get(c->inputs, found);
    if (input->code == BB_EABSENT && leaf && leaf->verified)
        note_absent(c, leaf, input->err.msg);
    else if (input->code != BB_OK)
        bb_diag_add(c->diags, input->code == BB_EABSENT ? BB_WARNING : BB_ERROR, place, "%s", input->err.msg);
    return input->assembly;
}

/* Stated layers must be in the activations. */
static void check_layers(struct checking *c, const struct bb_model *model, const struct bb_node *leaf,
                         const struct bb_sources *sources)
{
    const struct bb_found *found = bb_founds_get(c->s.founds, sources);
    const char *region = leaf->region || !leaf->metric->behavior ? leaf->region : "behavior";
    const struct bb_json *stated = model->layers_json && region ? bb_json_member(model->layers_json, region) : NULL;
    const struct bb_look *look = &found->look;
    if (!stated || found->kind == BB_KIND_TABLE || found->code || look->code || (look->n_layers == 1 && !*look->layer[0].name))
        return;
    for (size_t i = 0; i < (stated->type == BB_JSON_ARRAY ? stated->as.list.n : 1); i++) {
        const struct bb_json *name = stated->type == BB_JSON_ARRAY ? stated->as.list.item[i] : stated;
        size_t at = 0;
        while (at < look->n_layers && strcmp(look->layer[at].name, name->as.text) != 0) at++;
        if (at == look->n_layers)
            bb_diag_add(c->diags, BB_ERROR, name->place, "there is no layer \"%s\" in the output for %s", name->as.text,
                        leaf->stimuli);
    }
}

/* Of the stimuli, and of those that something is fitted on. */
static void check_angles(struct checking *c, const struct bb_model *model, const struct bb_node *leaf)
{
    const struct bb_output *output[] = {bb_find_output(model, leaf->stimuli),
                                        leaf->fitting_stimuli ? bb_find_output(model, leaf->fitting_stimuli) : NULL};
    for (size_t k = 0; k < sizeof output / sizeof output[0]; k++)
        for (size_t i = 0; output[k] && i < output[k]->sources.n; i++) {
            const struct bb_source *source = &output[k]->sources.source[i];
            bool wrong;
            const char *problem = bb_angle_problem(leaf, source, c->s.arena, &wrong);
            if (problem) bb_diag_add(c->diags, wrong ? BB_ERROR : BB_WARNING, source->place, "%s", problem);
        }
}

/* A source that is a table and can be read, for a task; NULL where there is none. false: it is something else. */
static bool table_of(struct checking *c, const struct bb_sources *sources, const struct bb_assembly **out)
{
    struct bb_found *found = sources->n ? bb_founds_get(c->s.founds, sources) : NULL;
    *out = NULL;
    if (!found) return true;
    if (found->kind == BB_KIND_TABLE) *out = bb_inputs_get(c->inputs, found)->assembly;
    return *out != NULL;
}

/* Behaviour that is a table, against recordings that are: stimuli without an answer, labels that nobody knows and the like, as the metric says it. */
static void check_answers(struct checking *c, const struct bb_model *model, const struct bb_node *leaf, const struct bb_source *source,
                          const struct bb_assembly *answers)
{
    struct bb_err err = {0};
    struct bb_metric_result result = {0};
    struct bb_task task = {.params = leaf->metric_params, .model = answers, .partial = bb_output_is_partial(model, leaf->stimuli)};
    if (!leaf->metric->behavior || !table_of(c, &leaf->data, &task.data) || !table_of(c, &leaf->data_stimuli, &task.stimuli)) return;
    if (task.data && bb_lacking_coord(task.data, leaf->metric->data_coords)) return; /* that was said */
    task.arena = bb_arena_new(0);
    if (bb_behavior_score(leaf->metric, &task, &result, &err) == BB_EINPUT)
        bb_diag_add(c->diags, BB_ERROR, source->place, "%s: %s", leaf->id, err.msg);
    bb_arena_free(task.arena);
}

static void check_outputs(struct checking *c, const struct bb_node *leaf, bool activations)
{
    for (size_t m = 0; m < c->s.catalog->n_models; m++) {
        const struct bb_model *model = &c->s.catalog->model[m];
        const struct bb_output *output = bb_find_output(model, leaf->stimuli);
        if (!output) continue;
        check_angles(c, model, leaf);
        const struct bb_found *found = bb_founds_get(c->s.founds, &output->sources);
        bool either = leaf->metric->score_features && !leaf->metric->behavior; /* a table of pairs, or activations */
        bool of_this = activations || (either && found->kind != BB_KIND_TABLE);
        const struct bb_assembly *assembly = check_sources(c, NULL, &output->sources, of_this);
        const struct bb_source *source = &output->sources.source[0];
        if (assembly && check_coords(c, source, assembly, bb_metric_coords(leaf->metric, assembly), leaf->metric->name))
            check_answers(c, model, leaf, source, assembly);
        if (of_this) check_layers(c, model, leaf, &output->sources);
    }
}

/* Some model gives activations, out of which behaviour is read. */
static bool needs_readout(struct checking *c, const struct bb_node *leaf)
{
    for (size_t m = 0; m < c->s.catalog->n_models; m++) {
        const struct bb_output *output = bb_find_output(&c->s.catalog->model[m], leaf->stimuli);
        if (output && bb_are_activations(bb_founds_get(c->s.founds, &output->sources))) return true;
    }
    return false;
}

static void check_leaf(struct checking *c, const struct bb_node *leaf)
{
    bool activations = leaf->metric->score_features && !leaf->metric->score;
    if (leaf->data.n) {
        const struct bb_found *found = bb_founds_get(c->s.founds, &leaf->data);
        const struct bb_assembly *data = check_sources(c, leaf, &leaf->data, false);
        if (found->kind == BB_KIND_TABLE) {
            if (!data) return; /* what models answered to a recording that is not here cannot be scored either */
            check_coords(c, &leaf->data.source[0], data, leaf->metric->data_coords, leaf->metric->name);
            if (leaf->ceiling) check_coords(c, &leaf->data.source[0], data, leaf->ceiling->data_coords, leaf->ceiling->name);
        }
        activations = activations || (leaf->metric->score_features && found->kind == BB_KIND_ARRAY);
    }
    if (leaf->data_train.n && (!leaf->metric->behavior || needs_readout(c, leaf))) check_sources(c, leaf, &leaf->data_train, false);
    if (leaf->data_stimuli.n) check_sources(c, leaf, &leaf->data_stimuli, false);
    check_outputs(c, leaf, activations);
}

void bb_score_check(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_diags *diags)
{
    struct checking c = {.diags = diags};
    const struct bb_tree *tree = &catalog->tree;
    bool *done = bb_calloc(tree->n + 1, sizeof *done);
    c.s = (struct bb_scoring){.catalog = catalog, .options = options, .cache = options->cache, .arena = bb_arena_new(0)};
    c.s.founds = bb_founds_new(options->data, options->cache, c.s.arena);
    c.inputs = bb_inputs_new(c.s.founds);
    look_at_all(&c);
    for (size_t i = 0; i < tree->n; i++) {
        if (done[i] || !tree->node[i].metric) continue;
        for (size_t k = i; k < tree->n; k++) { /* leaves of one stimulus set together: each file is read once */
            if (!tree->node[k].metric || !bb_streq(tree->node[k].stimuli, tree->node[i].stimuli)) continue;
            check_leaf(&c, &tree->node[k]);
            done[k] = true;
        }
        bb_inputs_clear(c.inputs);
    }
    say_absent(&c);
    free(done);
    bb_inputs_free(c.inputs);
    bb_founds_free(c.s.founds);
    bb_arena_free(c.s.arena);
    free(c.s.work);
}
