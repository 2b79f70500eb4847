/*
 * Which layer of the model stands for which region, how it was found, and how the others scored.
 */
#include "render/page_model.h"

#include <math.h>
#include <string.h>

/* Cells of one region with the same layer, found in the same way. On the benchmark that chooses for its region, the choice is made on the
   very data that are scored ("same_data"): it stands with those that follow it, and gives them its optimism. */
struct commitment {
    const char *region, *layer, *choice;
    size_t first, n;    /* the first of the benchmarks, and how many */
    double optimism[2]; /* the least and the most; NaN: not known */
};

struct commitments {
    struct commitment *item;
    size_t n;
};

static const char *region_of(const struct bb_node *node)
{
    return node->region ? node->region : "";
}

static const char *choice_of(const struct bb_node *node, const struct bb_cell *cell)
{
    return node->selects_layer && bb_streq(cell->layer_choice, "same_data") ? "selection" : cell->layer_choice;
}

static struct commitment *find_commitment(struct commitments *list, const struct bb_node *node, const struct bb_cell *cell)
{
    for (size_t i = 0; i < list->n; i++) {
        struct commitment *item = &list->item[i];
        if (bb_streq(item->region, region_of(node)) && bb_streq(item->layer, cell->layer) &&
            bb_streq(item->choice, choice_of(node, cell)))
            return item;
    }
    return NULL;
}

static struct commitments collect(const struct bb_model_page *it)
{
    const struct bb_tree *tree = &it->results->tree;
    struct commitments list = {BB_NEW_ARRAY(it->page.arena, tree->n + 1, struct commitment), 0};
    for (size_t i = 0; i < tree->n; i++) {
        const struct bb_cell *cell = bb_results_cell(it->results, it->index, i);
        if (!bb_model_shows(it, i) || !cell->layer) continue;
        struct commitment *item = find_commitment(&list, &tree->node[i], cell);
        if (!item) {
            item = &list.item[list.n++];
            *item = (struct commitment){region_of(&tree->node[i]), cell->layer, choice_of(&tree->node[i], cell), i, 0,
                                        {(double)NAN, (double)NAN}};
        }
        item->n++;
        item->optimism[0] = fmin(item->optimism[0], cell->optimism);
        item->optimism[1] = fmax(item->optimism[1], cell->optimism);
    }
    return list;
}

/* The benchmark of the region on which layers are chosen. */
static size_t selecting(const struct bb_model_page *it, const char *region)
{
    const struct bb_tree *tree = &it->results->tree;
    for (size_t i = 0; i < tree->n; i++)
        if (tree->node[i].selects_layer && bb_streq(region_of(&tree->node[i]), region)) return i;
    return BB_NO_NODE;
}

static const char *how_text(const struct bb_model_page *it, const struct commitment *item)
{
    static const char *const texts[][2] = {{"stated", "stated by the model"},
                                           {"only", "the only one that was given"},
                                           {"last", "the last of its output"},
                                           {"same_data", "chosen on the very data that are scored"},
                                           {"nested", "chosen within the training part of each split"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (bb_streq(item->choice, texts[i][0])) return texts[i][1];
    if (!bb_streq(item->choice, "selection")) return "";
    size_t node = selecting(it, item->region);
    if (node == BB_NO_NODE) return "chosen on the region’s selection benchmark";
    return bb_arena_printf(it->page.arena, "chosen on %s", bb_page_node_title(&it->results->tree.node[node]));
}

/* "0.009", "0.000 to 0.012"; "" where it cannot arise. */
static const char *optimism_text(const struct bb_model_page *it, const struct commitment *item)
{
    struct bb_arena *arena = it->page.arena;
    if (isnan(item->optimism[0])) return bb_streq(item->choice, "same_data") ? "not known" : "";
    const char *low = bb_page_detail(arena, item->optimism[0]), *high = bb_page_detail(arena, item->optimism[1]);
    return strcmp(low, high) == 0 ? low : bb_arena_printf(arena, "%s to %s", low, high);
}

static void add_commitment(const struct bb_model_page *it, struct bb_tpl_dict *section, const struct commitment *item,
                           bool with_optimism)
{
    struct bb_tpl_dict *row = bb_tpl_section(section, "LAYER_ROW");
    bb_tpl_set(row, "REGION", *item->region ? item->region : "no region");
    bb_tpl_set(row, "LAYER", item->layer);
    bb_tpl_set(row, "LAYER_HOW", how_text(it, item));
    if (with_optimism) bb_tpl_set(bb_tpl_section(row, "OPTIMISM_CELL"), "OPTIMISM", optimism_text(it, item));
    const struct bb_node *first = &it->results->tree.node[item->first];
    if (item->n > 1) {
        bb_tpl_optional(row, "LAYER_MANY", bb_arena_printf(it->page.arena, "%zu benchmarks", item->n));
        return;
    }
    struct bb_tpl_dict *one = bb_tpl_section(row, "LAYER_ONE");
    bb_tpl_set(one, "NODE_ID", first->id);
    bb_tpl_set(one, "NODE_TITLE", bb_page_node_title(first));
}

/* Regions that the model names a layer for, and that no benchmark here is of. */
static void add_unused(const struct bb_model_page *it, struct bb_tpl_dict *section, const struct commitments *list,
                       bool with_optimism)
{
    const struct bb_json *layers = it->model->layers_json;
    for (size_t i = 0; layers && layers->type == BB_JSON_OBJECT && i < layers->as.list.n; i++) {
        const struct bb_json *layer = layers->as.list.item[i];
        bool is_used = layer->type != BB_JSON_TEXT;
        for (size_t k = 0; k < list->n && !is_used; k++) is_used = bb_streq(list->item[k].region, layer->key);
        if (is_used) continue;
        struct bb_tpl_dict *row = bb_tpl_section(section, "LAYER_ROW");
        bb_tpl_set(row, "REGION", layer->key);
        bb_tpl_set(row, "LAYER", layer->as.text);
        bb_tpl_set(row, "LAYER_HOW", "stated by the model");
        if (with_optimism) bb_tpl_set(bb_tpl_section(row, "OPTIMISM_CELL"), "OPTIMISM", "");
        bb_tpl_optional(row, "LAYER_MANY", "no score");
    }
}

/* --- profiles ------------------------------------------------------------------------------------------------------- */

/* Layers as rows, benchmarks of one region as columns. */
struct profile {
    const char *region;
    size_t *node, n_nodes;
    const char **layer;
    size_t n_layers;
};

static bool has_profile(const struct bb_model_page *it, size_t node, const char *region)
{
    return bb_model_shows(it, node) && bb_results_cell(it->results, it->index, node)->n_layers > 1 &&
           bb_streq(region_of(&it->results->tree.node[node]), region);
}

static void join_layers(struct profile *profile, const struct bb_cell *cell)
{
    for (size_t k = 0; k < cell->n_layers; k++) {
        size_t at = 0;
        while (at < profile->n_layers && strcmp(profile->layer[at], cell->layers[k].layer) != 0) at++;
        if (at == profile->n_layers) profile->layer[profile->n_layers++] = cell->layers[k].layer;
    }
}

static struct profile make_profile(const struct bb_model_page *it, const char *region)
{
    const struct bb_tree *tree = &it->results->tree;
    struct profile profile = {.region = region, .node = BB_NEW_ARRAY(it->page.arena, tree->n + 1, size_t)};
    size_t most = 0;
    for (size_t i = 0; i < tree->n; i++) {
        if (!has_profile(it, i, region)) continue;
        profile.node[profile.n_nodes++] = i;
        most += bb_results_cell(it->results, it->index, i)->n_layers;
    }
    profile.layer = BB_NEW_ARRAY(it->page.arena, most + 1, const char *);
    for (size_t i = 0; i < profile.n_nodes; i++) join_layers(&profile, bb_results_cell(it->results, it->index, profile.node[i]));
    return profile;
}

static double layer_score(const struct bb_cell *cell, const char *layer)
{
    for (size_t k = 0; k < cell->n_layers; k++)
        if (strcmp(cell->layers[k].layer, layer) == 0) return cell->layers[k].score;
    return (double)NAN;
}

static void add_profile_row(const struct bb_model_page *it, struct bb_tpl_dict *table, const struct profile *profile,
                            const char *layer)
{
    struct bb_tpl_dict *row = bb_tpl_section(table, "PROFILE_ROW");
    bb_tpl_set(row, "LAYER", layer);
    for (size_t i = 0; i < profile->n_nodes; i++) {
        const struct bb_cell *cell = bb_results_cell(it->results, it->index, profile->node[i]);
        struct bb_tpl_dict *value = bb_tpl_section(row, "PROFILE_CELL");
        bb_tpl_set(value, "SCORE", bb_page_detail(it->page.arena, layer_score(cell, layer)));
        if (bb_streq(cell->layer, layer)) bb_tpl_show(value, "CHOSEN");
    }
}

static void add_profile(const struct bb_model_page *it, struct bb_tpl_dict *section, const char *region)
{
    struct profile profile = make_profile(it, region);
    if (!profile.n_nodes) return;
    struct bb_tpl_dict *table = bb_tpl_section(section, "PROFILE");
    bb_tpl_set(table, "REGION", *region ? region : "No region");
    bb_tpl_set_number(table, "PROFILE_COUNT", profile.n_layers);
    for (size_t i = 0; i < profile.n_nodes; i++)
        bb_tpl_set(bb_tpl_section(table, "PROFILE_HEAD"), "NODE_TITLE",
                   bb_page_node_title(&it->results->tree.node[profile.node[i]]));
    for (size_t i = 0; i < profile.n_layers; i++) add_profile_row(it, table, &profile, profile.layer[i]);
}

/* A chart for each benchmark that has a profile; the tables below have the numbers. */
static void add_charts(const struct bb_model_page *it, struct bb_tpl_dict *section)
{
    struct bb_tpl_dict *figures = NULL;
    for (size_t i = 0; i < it->results->tree.n; i++) {
        if (!has_profile(it, i, region_of(&it->results->tree.node[i]))) continue;
        if (!figures) figures = bb_figures(bb_tpl_section(section, "LAYER_FIGURES"));
        bb_chart_add_profile(&it->page, figures, it->index, i);
    }
}

static bool is_first_of_region(const struct commitments *list, size_t item)
{
    for (size_t k = 0; k < item; k++)
        if (bb_streq(list->item[k].region, list->item[item].region)) return false;
    return true;
}

void bb_model_add_layers(const struct bb_model_page *it)
{
    const struct bb_json *stated = it->model->layers_json;
    struct commitments list = collect(it);
    bool with_optimism = false;
    if (!list.n && (!stated || stated->type != BB_JSON_OBJECT || !stated->as.list.n)) return;
    struct bb_tpl_dict *section = bb_tpl_section(it->page.content, "LAYERS");
    for (size_t i = 0; i < list.n; i++) with_optimism |= *optimism_text(it, &list.item[i]) != 0;
    if (with_optimism) {
        bb_tpl_show(section, "SAME_DATA");
        bb_tpl_show(section, "OPTIMISM_HEAD");
    }
    for (size_t r = 0; r < list.n; r++) { /* those of a region stand together */
        if (!is_first_of_region(&list, r)) continue;
        for (size_t i = r; i < list.n; i++)
            if (bb_streq(list.item[i].region, list.item[r].region)) add_commitment(it, section, &list.item[i], with_optimism);
    }
    add_unused(it, section, &list, with_optimism);
    add_charts(it, section);
    for (size_t r = 0; r < list.n; r++)
        if (is_first_of_region(&list, r)) add_profile(it, section, list.item[r].region);
}
