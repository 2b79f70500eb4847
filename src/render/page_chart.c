#include "render/page_chart.h"

#include <math.h>
#include <stdlib.h>

#include "chart/dots.h"
#include "chart/profile.h"

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

/* The strip of `place` with `model` marked, which joins it at the end when it has no rank: a reference, or unlisted. */
static struct bb_strip marked_strip(const struct bb_page *page, const struct bb_chart_place *place, size_t node, size_t model)
{
    const struct bb_results *results = page->site->results;
    struct bb_strip strip = {.item = place->item, .n = place->n, .marked = BB_NO_NODE, .ceiling = BB_CEILING_NONE};
    if (model == BB_NO_NODE) return strip;
    for (size_t i = 0; i < place->n; i++)
        if (place->model[i] == model) strip.marked = i;
    if (strip.marked != BB_NO_NODE) return strip;
    struct bb_strip_item *item = BB_NEW_ARRAY(page->arena, place->n + 1, struct bb_strip_item);
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
    struct bb_strip strip = marked_strip(page, place, node, model);
    strip.title = title;
    if (bb_node_is_leaf(is)) strip.ceiling = bb_chart_ceiling(page->site->results, node);
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

void bb_chart_add_profile(const struct bb_page *page, struct bb_tpl_dict *figures, size_t model, size_t node)
{
    const struct bb_results *results = page->site->results;
    const struct bb_cell *cell = bb_results_cell(results, model, node);
    const struct bb_node *is = &results->tree.node[node];
    struct bb_arena *arena = page->arena;
    struct bb_profile_layer *layer = BB_NEW_ARRAY(arena, cell->n_layers + 1, struct bb_profile_layer);
    struct bb_profile profile = {.quantity = "Score", .layer = layer, .n = cell->n_layers, .chosen = cell->n_layers};
    for (size_t i = 0; i < cell->n_layers; i++) {
        layer[i] = (struct bb_profile_layer){cell->layers[i].layer, cell->layers[i].score, NAN};
        if (!bb_streq(cell->layers[i].layer, cell->layer)) continue;
        profile.chosen = i;
        if (cell->error_kind) layer[i].error = cell->error;
    }
    const char *place = is->region && !bb_starts_with(bb_page_node_title(is), is->region)
                            ? bb_arena_printf(arena, "%s: %s", is->region, bb_page_node_title(is))
                            : bb_page_node_title(is);
    profile.title = bb_arena_printf(arena, "Scores of all layers of %s on %s", results->model[model].name, place);
    profile.ceiling = BB_CEILING_NONE;
    struct bb_figure figure = {.scene = bb_profile_scene(&profile, arena), .title = place};
    figure.id = bb_arena_printf(arena, "profile-%s", is->id);
    figure.title_path = bb_arena_printf(arena, "benchmarks/%s/index.html", is->id);
    figure.data = profile_data(&profile, arena);
    bb_figure_add(page, figures, &figure);
}

/* --- the models of a benchmark -------------------------------------------------------------------------------------- */

/* What the whiskers are: one word for all of them, or NULL. */
static const char *whisker_word(const struct bb_page *page, const struct bb_view_rows *rows, size_t node)
{
    const char *kind = NULL;
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_cell *cell = bb_results_cell(page->site->results, rows->model[i], node);
        if (cell->status != BB_CELL_OK || !cell->error_kind) continue;
        if (kind && !bb_streq(kind, cell->error_kind)) return "the error that the table names";
        kind = cell->error_kind;
    }
    return kind ? bb_page_error_kind(page->arena, kind) : NULL;
}

static struct bb_dots_item item_of(const struct bb_page *page, const struct bb_cell *cell, const struct bb_model *model)
{
    bool has_error = cell->error_kind && !isnan(cell->error);
    return (struct bb_dots_item){.name = model->name,
                                 .href = bb_arena_printf(page->arena, "../../models/%s/index.html", model->id),
                                 .value = cell->score,
                                 .low = has_error ? cell->score - cell->error : (double)NAN,
                                 .high = has_error ? cell->score + cell->error : (double)NAN,
                                 .reference = model->reference};
}

void bb_chart_add_ranking(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_view_rows *rows, size_t node)
{
    const struct bb_results *results = page->site->results;
    const struct bb_node *is = &results->tree.node[node];
    struct bb_arena *arena = page->arena;
    struct bb_dots_item *item = BB_NEW_ARRAY(arena, rows->n + 1, struct bb_dots_item);
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_cell *cell = bb_results_cell(results, rows->model[i], node);
        if (cell->status == BB_CELL_OK) item[n++] = item_of(page, cell, &results->model[rows->model[i]]);
    }
    if (n < 2) return;
    const char *word = n <= BB_DOTS_WHISKERS ? whisker_word(page, rows, node) : NULL;
    struct bb_dots dots = {.quantity = "Score", .item = item, .n = n, .rows_most = BB_CHART_RANKED_ROWS, .whisker = word};
    dots.title = bb_arena_printf(arena, "Scores of the models on %s", bb_page_node_title(is));
    dots.ceiling = bb_chart_ceiling(results, node);
    bool has_band = dots.ceiling.high - dots.ceiling.low > .01; /* less is a line */
    const char *note = word ? bb_arena_printf(arena, "Whiskers: %s.%s", word, has_band ? " Band: the error of the ceiling." : "")
                       : has_band ? "Band: the error of the ceiling."
                                  : NULL;
    struct bb_figure figure = {.scene = bb_dots_scene(&dots, arena), .title = "Models by score", .note = note};
    figure.id = bb_arena_printf(arena, "ranking-%s", is->id);
    figure.data_path = scores_path(page, node);
    bb_figure_add(page, figures, &figure);
}
