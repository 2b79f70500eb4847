#include "render/page_versus_layers.h"

#include <math.h>

#include "base/json.h"
#include "base/shortest.h"
#include "chart/depth.h"
#include "render/compare_data.h"
#include "render/page_chart.h"

/* --- which benchmarks ------------------------------------------------------------------------------------------------- */

/* m: of the list. */
static const struct bb_cell *layered(const struct bb_compare *it, size_t m, size_t node)
{
    const struct bb_cell *cell = bb_results_cell(it->results, it->all.model[m], node);
    bool may = it->results->tree.node[node].publish != BB_PUBLISH_NONE && !cell->withheld;
    return may && cell->status == BB_CELL_OK && cell->n_layers > 1 ? cell : NULL;
}

static size_t count(const struct bb_compare *it, size_t node)
{
    size_t n = 0;
    for (size_t m = 0; m < it->all.n_models; m++) n += layered(it, m, node) ? 1 : 0;
    return n;
}

struct bb_versus_layers bb_versus_layers_of(const struct bb_compare *it)
{
    const struct bb_tree *tree = &it->results->tree;
    struct bb_versus_layers out = {.node = BB_NEW_ARRAY(it->arena, tree->n + 1, size_t)};
    size_t *most = BB_NEW_ARRAY(it->arena, tree->n + 1, size_t);
    for (size_t i = 0; i < tree->n; i++) {
        size_t n = bb_node_is_leaf(&tree->node[i]) ? count(it, i) : 0, k = 0;
        if (n < 2) continue;
        while (k < out.n && !(bb_streq(tree->node[out.node[k]].region, tree->node[i].region) &&
                              bb_streq(bb_view_domain(it->results, out.node[k]), bb_view_domain(it->results, i))))
            k++;
        if (k < out.n && n <= most[k]) continue;
        out.node[k] = i;
        most[k] = n;
        if (k == out.n) out.n++;
    }
    return out;
}

/* --- in the page ------------------------------------------------------------------------------------------------------ */

/* What the chart shows: a row for each layer of each model. */
static const struct bb_figure_data *data_of(const struct bb_depth *depth, struct bb_arena *arena)
{
    size_t n = 0;
    for (size_t m = 0; m < depth->n; m++) n += depth->model[m].n;
    const char **text = BB_NEW_ARRAY(arena, 3 * n + 1, const char *);
    double *score = BB_NEW_ARRAY(arena, n + 1, double);
    struct bb_figure_column *column = BB_NEW_ARRAY(arena, 4, struct bb_figure_column);
    struct bb_figure_data *data = BB_NEW(arena, struct bb_figure_data);
    *data = (struct bb_figure_data){.column = column, .n_columns = 4};
    for (size_t m = 0; m < depth->n; m++) {
        for (size_t i = 0; i < depth->model[m].n; i++, data->n_rows++) {
            text[data->n_rows] = depth->model[m].name;
            text[n + data->n_rows] = depth->model[m].layer[i].name;
            text[2 * n + data->n_rows] = i == depth->model[m].chosen ? "chosen" : NULL;
            score[data->n_rows] = depth->model[m].layer[i].score;
        }
    }
    column[0] = (struct bb_figure_column){.name = "Model", .text = text};
    column[1] = (struct bb_figure_column){.name = "Layer", .text = text + n};
    column[2] = (struct bb_figure_column){.name = "Score", .value = score};
    column[3] = (struct bb_figure_column){.name = "Choice", .text = text + 2 * n};
    return data;
}

bool bb_versus_layers_add(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_compare *compare,
                          const struct bb_versus_layers *layers, const char *domain, const size_t model[2])
{
    const struct bb_results *results = compare->results;
    struct bb_arena *arena = page->arena;
    struct bb_tpl_dict *figures = NULL;
    for (size_t k = 0; k < layers->n; k++) {
        size_t node = layers->node[k];
        struct bb_depth_model drawn[2];
        if (!bb_streq(bb_view_domain(results, node), domain)) continue;
        if (!layered(compare, model[0], node) || !layered(compare, model[1], node)) continue;
        for (size_t side = 0; side < 2; side++) {
            size_t m = compare->all.model[model[side]];
            struct bb_profile profile = bb_chart_profile(results, m, node, arena);
            drawn[side] = (struct bb_depth_model){results->model[m].name, profile.layer, profile.n, profile.chosen};
        }
        const char *name = bb_chart_place_name(results, node, arena);
        const struct bb_depth depth = {
            .title = bb_arena_printf(arena, "Layers of %s and %s on %s", drawn[0].name, drawn[1].name, name),
            .quantity = "Score",
            .model = drawn,
            .n = 2};
        const struct bb_figure figure = {.scene = bb_depth_scene(&depth, arena),
                                         .id = bb_arena_printf(arena, "layers-%s", results->tree.node[node].id),
                                         .title = name,
                                         .title_path =
                                             bb_arena_printf(arena, "benchmarks/%s/index.html", results->tree.node[node].id),
                                         .data = data_of(&depth, arena),
                                         .folds = true};
        if (!figures) figures = bb_figures(bb_tpl_section(section, "DUEL_LAYERS"));
        bb_figure_add(page, figures, &figure);
    }
    return figures != NULL;
}

/* --- of all models ---------------------------------------------------------------------------------------------------- */

static void write_names(struct bb_json_writer *w, const struct bb_cell *cell)
{
    bb_jw_array(w);
    for (size_t i = 0; i < cell->n_layers; i++) bb_jw_text(w, cell->layers[i].layer);
    bb_jw_array_end(w);
}

static bool same_names(const struct bb_cell *a, const struct bb_cell *b)
{
    bool same = a->n_layers == b->n_layers;
    for (size_t i = 0; same && i < a->n_layers; i++) same = bb_streq(a->layers[i].layer, b->layers[i].layer);
    return same;
}

/* Four digits are finer than any chart. */
static void write_scores(struct bb_json_writer *w, const struct bb_cell *cell, const struct bb_cell *first,
                         struct bb_arena *arena)
{
    double *score = BB_NEW_ARRAY(arena, cell->n_layers, double);
    long chosen = -1;
    for (size_t i = 0; i < cell->n_layers; i++) {
        score[i] = bb_round_significant(cell->layers[i].score, 4);
        if (chosen < 0 && bb_streq(cell->layers[i].layer, cell->layer)) chosen = (long)i;
    }
    bb_jw_array(w);
    bb_compare_write_numbers(w, score, cell->n_layers);
    bb_jw_integer(w, chosen);
    if (!same_names(cell, first)) write_names(w, cell);
    bb_jw_array_end(w);
}

static void write_model(struct bb_json_writer *w, const struct bb_compare *it, const struct bb_versus_layers *layers, size_t m)
{
    const struct bb_cell *first = NULL;
    for (size_t k = 0; k < layers->n && !first; k++) first = layered(it, m, layers->node[k]);
    if (!first) return;
    bb_jw_key(w, it->results->model[it->all.model[m]].id);
    bb_jw_array(w);
    write_names(w, first);
    bb_jw_object(w);
    for (size_t k = 0; k < layers->n; k++) {
        const struct bb_cell *cell = layered(it, m, layers->node[k]);
        if (!cell) continue;
        bb_jw_key(w, bb_arena_printf(it->arena, "%zu", k));
        write_scores(w, cell, first, it->arena);
    }
    bb_jw_object_end(w);
    bb_jw_array_end(w);
}

enum bb_code bb_versus_layers_data_add(const struct bb_site *site, const struct bb_compare *compare,
                                       const struct bb_versus_layers *layers, const char **path, struct bb_err *err)
{
    struct bb_buf json = BB_BUF_INIT;
    struct bb_json_writer w;
    *path = NULL;
    if (!layers->n) return BB_OK;
    bb_jw_init(&w, &json, 0);
    bb_jw_object(&w);
    bb_jw_key(&w, "benchmarks");
    bb_jw_array(&w);
    for (size_t k = 0; k < layers->n; k++) bb_jw_text(&w, compare->results->tree.node[layers->node[k]].id);
    bb_jw_array_end(&w);
    bb_jw_key(&w, "models");
    bb_jw_object(&w);
    for (size_t m = 0; m < compare->all.n_models; m++) write_model(&w, compare, layers, m);
    bb_jw_object_end(&w);
    bb_jw_object_end(&w);
    enum bb_code code = bb_compare_script_add(site, "layers", "layer-data", bb_buf_text(&json), compare->arena, path, err);
    bb_buf_release(&json);
    return code;
}
