#include <stddef.h>
#include <string.h>

#include "catalog/catalog_int.h"

/* Everything that something else may refer to. */
struct known {
    struct bb_names models, benchmarks, sets, regions, domains, targets; /* targets: benchmarks and sets */
    struct bb_arena *arena;
    struct bb_diags *diags;
};

static void add(struct bb_names *names, const char *name)
{
    if (name) bb_names_add(names, name);
}

static void collect(const struct bb_catalog *catalog, struct known *known)
{
    for (size_t i = 0; i < catalog->n_models; i++) add(&known->models, catalog->model[i].id);
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        const char *const set[] = {node->stimuli, node->fitting_stimuli, node->pca_stimuli};
        add(&known->benchmarks, node->id);
        add(&known->targets, node->id);
        add(&known->regions, node->region || !node->metric || !node->metric->behavior ? node->region : "behavior");
        add(&known->domains, node->domain);
        for (size_t k = 0; k < BB_N_OF(set); k++) {
            add(&known->sets, set[k]);
            add(&known->targets, set[k]);
        }
    }
}

static void release(struct known *known)
{
    struct bb_names *all[] = {&known->models,  &known->benchmarks, &known->sets,
                              &known->regions, &known->domains,    &known->targets};
    for (size_t i = 0; i < BB_N_OF(all); i++) bb_names_release(all[i]);
}

/* Adds `sentence` and the nearest name when none of the names is it. */
static void require(const struct known *known, const struct bb_names *names, const char *name, enum bb_severity severity,
                    struct bb_place place, const char *sentence)
{
    if (bb_names_find(names, name) != BB_NAMES_NONE) return;
    bb_diag_add(known->diags, severity, place, "%s%s", sentence, bb_did_you_mean(known->arena, name, names->name, names->n));
}

static void check_model(const struct known *known, const struct bb_model *model)
{
    struct bb_arena *arena = known->arena;
    for (size_t i = 0; i < model->n_outputs; i++)
        require(known, &known->sets, model->output[i].stimuli, BB_NOTE, model->outputs_json->as.list.item[i]->key_place,
                bb_arena_printf(arena, "no benchmark uses the stimuli \"%s\", which \"%s\" answers", model->output[i].stimuli,
                                model->id));
    for (size_t i = 0; i < model->n_exemptions; i++)
        require(known, &known->targets, model->exemption[i].target, BB_ERROR,
                bb_json_member(model->not_applicable_json, model->exemption[i].target)->key_place,
                bb_arena_printf(arena, "\"not_applicable\": there is no benchmark or stimulus set \"%s\"",
                                model->exemption[i].target));
    const struct bb_json *layers = model->layers_json;
    for (size_t i = 0; layers && layers->type == BB_JSON_OBJECT && i < layers->as.list.n; i++)
        require(known, &known->regions, layers->as.list.item[i]->key, BB_WARNING, layers->as.list.item[i]->key_place,
                bb_arena_printf(arena, "\"layers\": no benchmark measures a region \"%s\"", layers->as.list.item[i]->key));
    for (size_t i = 0; i < model->domains.n; i++)
        require(known, &known->domains, model->domains.text[i], BB_WARNING, model->place,
                bb_arena_printf(arena, "\"%s\" is of the domain \"%s\", which no benchmark is of", model->id,
                                model->domains.text[i]));
    if (model->variant_of)
        require(known, &known->models, model->variant_of, BB_WARNING, model->place,
                bb_arena_printf(arena, "\"%s\" is a variant of \"%s\", which is not a model of this board", model->id,
                                model->variant_of));
}

void bb_catalog_check_references(const struct bb_catalog *catalog, struct bb_diags *diags)
{
    struct known known = {.arena = catalog->arena, .diags = diags};
    collect(catalog, &known);
    for (size_t i = 0; i < catalog->n_models; i++) check_model(&known, &catalog->model[i]);
    release(&known);
}
