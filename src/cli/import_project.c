#include "cli/import_project.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- names and ids ------------------------------------------------------------------------------------------------ */

enum { ID_BASE_MAX = 120 }; /* bytes; leaves room for "-2" and so on */

void bb_import_init(struct bb_import *project, struct bb_arena *arena, struct bb_diags *diags)
{
    *project = (struct bb_import){.arena = arena, .diags = diags};
}

void bb_import_release(struct bb_import *project)
{
    struct bb_names *names[] = {&project->attributes, &project->model_name, &project->model_id, &project->node_name,
                                &project->node_id};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) bb_names_release(names[i]);
    free(project->model);
    free(project->node);
    free(project->score);
}

size_t bb_import_model(struct bb_import *project, const char *name)
{
    size_t at = bb_names_add(&project->model_name, name), n = project->attributes.n;
    if (at < project->n_models) return at;
    project->model = bb_grow(project->model, &project->model_cap, at + 1, sizeof *project->model);
    project->model[at] = (struct bb_import_model){.id = bb_id_new(&project->model_id, project->arena, name),
                                                  .name = bb_arena_strdup(project->arena, name),
                                                  .visual_degrees = (double)NAN,
                                                  .attribute = BB_NEW_ARRAY(project->arena, n, const char *),
                                                  .attribute_line = BB_NEW_ARRAY(project->arena, n, size_t)};
    project->n_models++;
    return at;
}

static size_t add_node(struct bb_import *project, size_t parent, const char *name)
{
    size_t at = project->n_nodes++;
    project->node = bb_grow(project->node, &project->node_cap, at + 1, sizeof *project->node);
    project->node[at] = (struct bb_import_node){.id = bb_id_new(&project->node_id, project->arena, name),
                                                .title = bb_arena_strdup(project->arena, name),
                                                .parent = parent,
                                                .order = parent == BB_IMPORT_NONE ? 0 : ++project->node[parent].n_children,
                                                .ceiling = (double)NAN,
                                                .ceiling_error = (double)NAN};
    return at;
}

/* Leaves and groups have names apart: a region V1 and a benchmark V1 are two nodes. A name never begins with a newline. */
static const char *group_key(const struct bb_import *project, const char *name)
{
    return bb_arena_printf(project->arena, "\n%s", name);
}

size_t bb_import_group(struct bb_import *project, size_t parent, const char *name)
{
    bb_names_add(&project->node_name, group_key(project, name));
    return add_node(project, parent, name);
}

size_t bb_import_leaf(struct bb_import *project, size_t parent, const char *name)
{
    bb_names_add(&project->node_name, name);
    size_t at = add_node(project, parent, name);
    project->node[at].is_leaf = true;
    return at;
}

/* Each node adds one name, so both have the same number. */
static size_t find_node(const struct bb_import *project, const char *key)
{
    size_t at = bb_names_find(&project->node_name, key);
    return at == BB_NAMES_NONE ? BB_IMPORT_NONE : at;
}

size_t bb_import_find_leaf(const struct bb_import *project, const char *name)
{
    return find_node(project, name);
}

size_t bb_import_find_group(const struct bb_import *project, const char *name)
{
    return find_node(project, group_key(project, name));
}

size_t bb_import_root(struct bb_import *project, const char *domain)
{
    size_t root = bb_import_group(project, BB_IMPORT_NONE, bb_arena_printf(project->arena, "average_%s", domain));
    project->node[root].domain = domain;
    project->node[root].title = "Average";
    return root;
}

/* --- scores and attributes ---------------------------------------------------------------------------------------- */

void bb_import_score(struct bb_import *project, const struct bb_import_score *score)
{
    struct bb_import_node *node = &project->node[score->node];
    project->score = bb_grow(project->score, &project->score_cap, project->n_scores + 1, sizeof *project->score);
    project->score[project->n_scores++] = *score;
    if (score->version > node->version) node->version = score->version;
}

/* "model" is the column of the ids. */
size_t bb_import_attribute_column(struct bb_import *project, const char *name)
{
    return bb_names_add(&project->attributes, bb_strcaseeq(name, "model") ? "model_2" : name);
}

void bb_import_attribute(struct bb_import *project, size_t model, size_t column, const char *value, struct bb_place place)
{
    struct bb_import_model *m = &project->model[model];
    if (!m->attribute[column]) {
        m->attribute[column] = bb_arena_strdup(project->arena, value);
        m->attribute_line[column] = place.line;
    } else if (!bb_streq(m->attribute[column], value)) {
        bb_diag_add(project->diags, BB_ERROR, place,
                    "\"%s\" of the model \"%s\" is \"%s\" here and \"%s\" on line %zu: an attribute has one value",
                    project->attributes.name[column], m->name, value, m->attribute[column], m->attribute_line[column]);
    }
}

size_t bb_import_keep_latest(struct bb_import *project)
{
    size_t n = project->n_scores, kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct bb_import_score *score = &project->score[i];
        if (score->version && score->version != project->node[score->node].version) continue;
        project->score[kept++] = *score;
    }
    project->n_scores = kept;
    return n - kept;
}
