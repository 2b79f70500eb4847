#include "render/page_chart.h"

#include <math.h>
#include <stdlib.h>

#include "chart/cluster.h"
#include "chart/svg.h"

/* --- what they share ------------------------------------------------------------------------------------------------ */

struct bb_ceiling_band bb_chart_ceiling(const struct bb_results *results, size_t node)
{
    const struct bb_node *is = &results->tree.node[node];
    const struct bb_ceiling_result *ceiling = &results->facts[node].ceiling;
    double c = ceiling->value, error = ceiling->error;
    if (!bb_node_is_leaf(is) || isnan(c) || is->lower_better) return BB_CEILING_NONE;
    switch (is->normalise) {
    case BB_NORMALISE_NONE:
        return (struct bb_ceiling_band){c, c - error, c + error};
    case BB_NORMALISE_RATIO:
    case BB_NORMALISE_EXPLAINED_VARIANCE:
        return c > 0 ? (struct bb_ceiling_band){1, 1 - error / c, 1 + error / c} : BB_CEILING_NONE;
    default:
        return c > 0 ? (struct bb_ceiling_band){1, NAN, NAN} : BB_CEILING_NONE;
    }
}

const char *bb_chart_place_name(const struct bb_results *results, size_t node, struct bb_arena *arena)
{
    const char *title = bb_page_node_title(&results->tree.node[node]), *region = results->tree.node[node].region;
    bool says_more = region && !bb_starts_with(title, region) && !bb_streq(region, bb_view_domain(results, node));
    return says_more ? bb_arena_printf(arena, "%s: %s", region, title) : title;
}

static const char *scores_path(const struct bb_page *page, size_t node)
{
    return bb_arena_printf(page->arena, "benchmarks/%s/charts/scores.csv", page->site->results->tree.node[node].id);
}

void bb_chart_scores_file(const struct bb_page *page, size_t node, const struct bb_view_rows *rows)
{
    const struct bb_results *results = page->site->results;
    const char **text = BB_NEW_ARRAY(page->arena, 3 * rows->n + 1, const char *);
    double *value = BB_NEW_ARRAY(page->arena, 3 * rows->n + 1, double);
    size_t n = 0, all = rows->n;
    if (results->tree.node[node].publish == BB_PUBLISH_NONE) return;
    for (size_t i = 0; i < all; i++) {
        const struct bb_model *model = &results->model[rows->model[i]];
        const struct bb_aggregate *aggregate = bb_results_aggregate(results, rows->model[i], node);
        const struct bb_cell *cell = bb_results_cell(results, rows->model[i], node);
        bool has_error = cell->status == BB_CELL_OK && cell->error_kind;
        if (isnan(aggregate->score)) continue;
        text[n] = model->id;
        text[all + n] = model->name;
        text[2 * all + n] = has_error ? cell->error_kind : NULL;
        value[n] = aggregate->rank ? (double)aggregate->rank : (double)NAN;
        value[all + n] = aggregate->score;
        value[2 * all + n++] = has_error ? cell->error : (double)NAN;
    }
    const struct bb_figure_column column[] = {
        {"model", text, NULL},        {"name", text + all, NULL},       {"rank", NULL, value},
        {"score", NULL, value + all}, {"error", NULL, value + 2 * all}, {"error_kind", text + 2 * all, NULL}};
    struct bb_buf out = BB_BUF_INIT;
    bb_figure_csv(&(struct bb_figure_data){column, sizeof column / sizeof column[0], n}, &out);
    bb_page_file(page, scores_path(page, node), bb_buf_text(&out), out.len);
    bb_buf_release(&out);
}

const char *bb_chart_bar_html(struct bb_arena *arena, struct bb_bar_axis axis, struct bb_bar bar)
{
    const struct bb_scene *scene = bb_bar_scene(axis, bar, arena);
    return scene ? bb_svg_text(scene, &(struct bb_svg_options){.class = "bar", .decorative = true}, arena) : "";
}

bool bb_chart_is_standard_error(const char *error_kind)
{
    return error_kind &&
           (bb_ends_with(error_kind, "_sem") || bb_ends_with(error_kind, "_se") || bb_streq(error_kind, "bootstrap"));
}

const struct bb_figure_data *bb_chart_points(const struct bb_results *results, const struct bb_quantities *all,
                                             const size_t side[2], const char *const name[2], struct bb_arena *arena)
{
    size_t most = all->n_models + 1;
    struct bb_figure_column *column = BB_NEW_ARRAY(arena, 4, struct bb_figure_column);
    struct bb_figure_data *data = BB_NEW(arena, struct bb_figure_data);
    const char **text = BB_NEW_ARRAY(arena, 2 * most, const char *);
    double *value = BB_NEW_ARRAY(arena, 2 * most, double);
    *data = (struct bb_figure_data){.column = column, .n_columns = 4};
    for (size_t m = 0; m < all->n_models; m++) {
        double x = all->quantity[side[0]].value[m], y = all->quantity[side[1]].value[m];
        if (isnan(x) || isnan(y)) continue;
        text[data->n_rows] = results->model[all->model[m]].name;
        text[most + data->n_rows] = results->model[all->model[m]].family;
        value[data->n_rows] = x;
        value[most + data->n_rows++] = y;
    }
    column[0] = (struct bb_figure_column){.name = "Model", .text = text};
    column[1] = (struct bb_figure_column){.name = "Family", .text = text + most};
    for (size_t k = 0; k < 2; k++) column[2 + k] = (struct bb_figure_column){.name = name[k], .value = value + k * most};
    return data;
}

/* --- a place among all ---------------------------------------------------------------------------------------------- */

struct by_score {
    double score;
    size_t model;
};

static int ascending(const void *a, const void *b)
{
    const struct by_score *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? -1 : 1;
    return (x->model > y->model) - (x->model < y->model);
}

struct bb_chart_place bb_chart_place_new(const struct bb_results *results, size_t node, struct bb_arena *arena)
{
    struct by_score *sorted = BB_NEW_ARRAY(arena, results->n_models + 1, struct by_score);
    struct bb_chart_place place = {.item = BB_NEW_ARRAY(arena, results->n_models + 1, struct bb_strip_item),
                                   .model = BB_NEW_ARRAY(arena, results->n_models + 1, size_t)};
    for (size_t m = 0; m < results->n_models; m++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(results, m, node);
        if (aggregate->rank) sorted[place.n++] = (struct by_score){aggregate->score, m};
    }
    if (place.n) qsort(sorted, place.n, sizeof *sorted, ascending);
    for (size_t i = 0; i < place.n; i++) {
        place.item[i] = (struct bb_strip_item){results->model[sorted[i].model].name, sorted[i].score};
        place.model[i] = sorted[i].model;
    }
    return place;
}

struct bb_strip bb_chart_strip(const struct bb_results *results, const struct bb_chart_place *place, size_t node, size_t model,
                               struct bb_arena *arena)
{
    struct bb_strip strip = {.item = place->item, .n = place->n, .marked = BB_NO_NODE, .ceiling = BB_CEILING_NONE};
    if (bb_node_is_leaf(&results->tree.node[node])) strip.ceiling = bb_chart_ceiling(results, node);
    if (model == BB_NO_NODE) return strip;
    for (size_t i = 0; i < place->n; i++)
        if (place->model[i] == model) strip.marked = i;
    if (strip.marked != BB_NO_NODE) return strip;
    struct bb_strip_item *item = BB_NEW_ARRAY(arena, place->n + 1, struct bb_strip_item);
    for (size_t i = 0; i < place->n; i++) item[i] = place->item[i];
    item[place->n] = (struct bb_strip_item){results->model[model].name, bb_results_aggregate(results, model, node)->score};
    strip.item = item;
    strip.marked = strip.n++;
    return strip;
}

void bb_chart_add_place(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_chart_place *place, size_t node,
                        size_t model, const char *title)
{
    const struct bb_node *is = &page->site->results->tree.node[node];
    struct bb_arena *arena = page->arena;
    if (place->n < BB_CHART_FEW || is->publish == BB_PUBLISH_NONE) return;
    struct bb_strip strip = bb_chart_strip(page->site->results, place, node, model, arena);
    strip.title = title;
    const char *note = strip.n <= BB_STRIP_DOTS ? "Each dot is a model. Band: the middle half; line: the median."
                                                : "How many models have which score. Band: the middle half; line: the median.";
    if (place->n < 4) note = NULL; /* no quartiles are drawn */
    struct bb_figure figure = {.scene = bb_strip_scene(&strip, arena), .title = title, .note = note};
    figure.id = bb_arena_printf(arena, "place-%s", is->id);
    figure.data_path = scores_path(page, node);
    bb_figure_add(page, figures, &figure);
}

/* --- layers --------------------------------------------------------------------------------------------------------- */

static struct bb_figure_data *profile_data(const struct bb_profile *profile, struct bb_arena *arena)
{
    const char **text = BB_NEW_ARRAY(arena, 2 * profile->n + 1, const char *);
    double *score = BB_NEW_ARRAY(arena, profile->n + 1, double);
    struct bb_figure_column *column = BB_NEW_ARRAY(arena, 3, struct bb_figure_column);
    struct bb_figure_data *data = BB_NEW(arena, struct bb_figure_data);
    for (size_t i = 0; i < profile->n; i++) {
        text[i] = profile->layer[i].name;
        text[profile->n + i] = i == profile->chosen ? "chosen" : NULL;
        score[i] = profile->layer[i].score;
    }
    column[0] = (struct bb_figure_column){"layer", text, NULL};
    column[1] = (struct bb_figure_column){"score", NULL, score};
    column[2] = (struct bb_figure_column){"choice", text + profile->n, NULL};
    *data = (struct bb_figure_data){column, 3, profile->n};
    return data;
}

struct bb_profile bb_chart_profile(const struct bb_results *results, size_t model, size_t node, struct bb_arena *arena)
{
    const struct bb_cell *cell = bb_results_cell(results, model, node);
    struct bb_profile_layer *layer = BB_NEW_ARRAY(arena, cell->n_layers + 1, struct bb_profile_layer);
    for (size_t i = 0; i < cell->n_layers; i++)
        layer[i] = (struct bb_profile_layer){cell->layers[i].layer, cell->layers[i].score, NAN};
    size_t chosen = 0;
    while (chosen < cell->n_layers && !bb_streq(layer[chosen].name, cell->layer)) chosen++;
    if (chosen < cell->n_layers && cell->error_kind) layer[chosen].error = cell->error;
    return (struct bb_profile){.title = bb_arena_printf(arena, "Scores of all layers of %s on %s", results->model[model].name,
                                                        bb_chart_place_name(results, node, arena)),
                               .quantity = "Score",
                               .layer = layer,
                               .n = cell->n_layers,
                               .chosen = chosen,
                               .ceiling = BB_CEILING_NONE};
}

void bb_chart_add_profile(const struct bb_page *page, struct bb_tpl_dict *figures, size_t model, size_t node)
{
    const struct bb_results *results = page->site->results;
    const struct bb_node *is = &results->tree.node[node];
    struct bb_arena *arena = page->arena;
    struct bb_profile profile = bb_chart_profile(results, model, node, arena);
    struct bb_figure figure = {.scene = bb_profile_scene(&profile, arena), .title = bb_chart_place_name(results, node, arena)};
    figure.id = bb_arena_printf(arena, "profile-%s", is->id);
    figure.title_path = bb_arena_printf(arena, "benchmarks/%s/index.html", is->id);
    figure.data = profile_data(&profile, arena);
    bb_figure_add(page, figures, &figure);
}

/* --- the models of a benchmark -------------------------------------------------------------------------------------- */

/* What the whiskers are: one word for all of them, or NULL. */
static const char *whisker_word(const struct bb_results *results, const struct bb_view_rows *rows, size_t node,
                                struct bb_arena *arena)
{
    const char *kind = NULL;
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_cell *cell = bb_results_cell(results, rows->model[i], node);
        if (cell->status != BB_CELL_OK || !cell->error_kind) continue;
        if (kind && !bb_streq(kind, cell->error_kind)) return "the error that the table names";
        kind = cell->error_kind;
    }
    return kind ? bb_page_error_kind(arena, kind) : NULL;
}

struct bb_dots bb_chart_ranking(const struct bb_results *results, const struct bb_view_rows *rows, size_t node,
                                const char *models, struct bb_arena *arena)
{
    struct bb_dots_item *item = BB_NEW_ARRAY(arena, rows->n + 1, struct bb_dots_item);
    struct bb_dots dots = {.quantity = "Score", .item = item, .ceiling = bb_chart_ceiling(results, node)};
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_cell *cell = bb_results_cell(results, rows->model[i], node);
        const struct bb_model *model = &results->model[rows->model[i]];
        bool has_error = cell->error_kind && !isnan(cell->error);
        if (cell->status != BB_CELL_OK) continue;
        item[dots.n++] =
            (struct bb_dots_item){.name = model->name,
                                  .href = models ? bb_arena_printf(arena, "%s/%s/index.html", models, model->id) : NULL,
                                  .value = cell->score,
                                  .low = has_error ? cell->score - cell->error : (double)NAN,
                                  .high = has_error ? cell->score + cell->error : (double)NAN,
                                  .reference = model->reference};
    }
    if (dots.n <= BB_DOTS_WHISKERS) dots.whisker = whisker_word(results, rows, node, arena);
    dots.title = bb_arena_printf(arena, "Scores of the models on %s", bb_page_node_title(&results->tree.node[node]));
    return dots;
}

void bb_chart_add_ranking(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_view_rows *rows, size_t node)
{
    const struct bb_results *results = page->site->results;
    struct bb_arena *arena = page->arena;
    struct bb_dots dots = bb_chart_ranking(results, rows, node, "../../models", arena);
    if (dots.n < 2) return;
    dots.rows_most = BB_CHART_RANKED_ROWS;
    bool has_band = dots.ceiling.high - dots.ceiling.low > .01; /* less is a line */
    const char *band = has_band ? "Band: the error of the ceiling." : NULL;
    const char *note =
        dots.whisker ? bb_arena_printf(arena, "Whiskers: %s.%s%s", dots.whisker, band ? " " : "", band ? band : "") : band;
    struct bb_figure figure = {.scene = bb_dots_scene(&dots, arena), .title = "Models by score", .note = note};
    figure.id = bb_arena_printf(arena, "ranking-%s", results->tree.node[node].id);
    figure.data_path = scores_path(page, node);
    bb_figure_add(page, figures, &figure);
}

/* --- all scores ----------------------------------------------------------------------------------------------------- */

static struct bb_heat_cell heat_cell(const struct bb_results *results, const struct bb_view_column *column, size_t model)
{
    const struct bb_cell *cell = bb_results_cell(results, model, column->node);
    if (cell->status == BB_CELL_FAILED) return (struct bb_heat_cell){.kind = BB_HEAT_FAILED};
    if (cell->status == BB_CELL_MISSING) return (struct bb_heat_cell){.kind = BB_HEAT_MISSING};
    if (cell->status != BB_CELL_OK || cell->withheld || isnan(cell->score)) return (struct bb_heat_cell){.kind = BB_HEAT_NONE};
    int shade = bb_view_shade(results, column, cell->score);
    return (struct bb_heat_cell){.kind = BB_HEAT_VALUE, .shade = shade < 0 ? BB_SHADES / 2 : shade, .value = cell->score};
}

static bool has_score(const struct bb_results *results, const struct bb_view_rows *rows, size_t node)
{
    const struct bb_node *is = &results->tree.node[node];
    if (!bb_node_is_leaf(is) || is->publish == BB_PUBLISH_NONE) return false;
    for (size_t i = 0; i < rows->n; i++)
        if (bb_results_cell(results, rows->model[i], node)->status == BB_CELL_OK) return true;
    return false;
}

/* Columns by their shades, whatever their scales are. */
static const size_t *heat_order(const struct bb_heatmap *map, struct bb_arena *arena)
{
    size_t n = map->n_rows * map->n_columns, *order = BB_NEW_ARRAY(arena, map->n_columns, size_t);
    double *shade = BB_NEW_ARRAY(arena, n, double);
    for (size_t i = 0; i < n; i++) shade[i] = map->cell[i].kind == BB_HEAT_VALUE ? map->cell[i].shade : (double)NAN;
    bb_cluster_order(shade, map->n_columns, map->n_rows, 1, map->n_columns, order, arena);
    return order;
}

struct bb_heatmap bb_chart_heatmap(const struct bb_results *results, const char *domain, size_t most, struct bb_arena *arena)
{
    struct bb_view_nodes tables = bb_view_tables(results, domain, arena);
    struct bb_heatmap map = {.title = bb_arena_printf(arena, "All scores of %s", domain), .low = "lowest", .high = "best"};
    if (!tables.n) return map;
    struct bb_view_rows rows = bb_view_rows(results, tables.node[0], arena);
    size_t n = rows.n < most ? rows.n : most, n_leaves = 0, *leaf = BB_NEW_ARRAY(arena, results->tree.n + 1, size_t);
    for (size_t i = 0; i < results->tree.n; i++)
        if (bb_streq(bb_view_domain(results, i), domain) && has_score(results, &rows, i)) leaf[n_leaves++] = i;
    if (n < 2 || n_leaves < 2) return map;
    struct bb_heat_cell *cell = BB_NEW_ARRAY(arena, n * n_leaves, struct bb_heat_cell);
    const char **row = BB_NEW_ARRAY(arena, n, const char *), **column = BB_NEW_ARRAY(arena, n_leaves, const char *);
    for (size_t i = 0; i < n; i++) row[i] = results->model[rows.model[i]].name;
    for (size_t c = 0; c < n_leaves; c++) {
        struct bb_view_column view = bb_view_column(results, leaf[c], &rows);
        column[c] = bb_chart_place_name(results, leaf[c], arena);
        for (size_t i = 0; i < n; i++) cell[i * n_leaves + c] = heat_cell(results, &view, rows.model[i]);
    }
    map.row = row;
    map.column = column;
    map.n_rows = n;
    map.n_columns = n_leaves;
    map.cell = cell;
    map.column_order = heat_order(&map, arena);
    return map;
}

#define NAMED_ROWS 60

void bb_chart_add_heatmap(const struct bb_page *page, struct bb_tpl_dict *figures, const char *domain)
{
    const struct bb_results *results = page->site->results;
    struct bb_arena *arena = page->arena;
    size_t n_leaves = 0;
    for (size_t i = 0; i < results->tree.n; i++)
        n_leaves += bb_node_is_leaf(&results->tree.node[i]) && bb_streq(bb_view_domain(results, i), domain);
    size_t most = BB_CHART_HEAT_CELLS / (n_leaves + 1) + 1;
    struct bb_heatmap map = bb_chart_heatmap(results, domain, most, arena);
    if (!map.n_rows) return;
    if (map.n_rows <= NAMED_ROWS) map.cell_height = 14; /* so that rows have their names, however many columns there are */
    const struct bb_figure figure = {
        .scene = bb_heatmap_scene(&map, arena),
        .id = bb_arena_printf(arena, "heatmap-%s", domain),
        .title = bb_arena_printf(arena, "%s: all scores at once", bb_page_title_case(arena, domain)),
        .title_path = bb_arena_printf(arena, "%s/index.html", domain),
        .note = bb_arena_printf(arena,
                                "The %smodels, best first. Beside each other: benchmarks on which the same models are good. "
                                "The darker on paper, the lighter on a dark page, the nearer to the best of the benchmark.",
                                map.n_rows < most ? "" : bb_arena_printf(arena, "%zu best ", most)),
        .data_path = "data/scores.csv"};
    bb_figure_add(page, figures, &figure);
}
