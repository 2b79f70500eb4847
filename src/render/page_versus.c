/*
 * Models against each other: the two best of each domain stand in the page; assets/versus.js compares those that a reader chooses.
 */
#include "render/page_versus.h"

#include <math.h>

#include "chart/svg.h"
#include "chart/versus.h"
#include "render/page_figure.h"
#include "render/page_versus_layers.h"

enum { ROWS_MOST = 60 };

struct versus_page {
    struct bb_page page;
    const struct bb_compare *compare;
    size_t model[2]; /* of the list */
    size_t *row, n_rows;
    struct bb_versus_layers layers;
};

static const struct bb_model *model_of(const struct versus_page *it, size_t side)
{
    return &it->page.site->results->model[it->compare->all.model[it->model[side]]];
}

/* The two that stand first at the domain's average, as numbers of the list; false where there are no two. */
static bool find_best(struct versus_page *it, const char *domain)
{
    size_t average = bb_domain_average(it->page.site->results, &it->compare->all, domain), n = 0;
    if (average == BB_NO_NODE) return false;
    struct bb_view_rows rows = bb_view_rows(it->page.site->results, it->compare->all.quantity[average].node, it->page.arena);
    for (size_t i = 0; i < rows.n && n < 2; i++)
        for (size_t m = 0; m < it->compare->all.n_models && n < 2; m++)
            if (it->compare->all.model[m] == rows.model[i] && !isnan(it->compare->all.quantity[average].value[m]))
                it->model[n++] = m;
    return n == 2;
}

/* What the chart shows, for its file; with the difference. */
static const struct bb_figure_data *data_of(const struct versus_page *it)
{
    enum { NUMBERS = 6 };
    struct bb_arena *arena = it->page.arena;
    const char **id = BB_NEW_ARRAY(arena, it->n_rows + 1, const char *);
    struct bb_figure_column *column = BB_NEW_ARRAY(arena, 1 + NUMBERS, struct bb_figure_column);
    struct bb_figure_data *data = BB_NEW(arena, struct bb_figure_data);
    double *value = BB_NEW_ARRAY(arena, NUMBERS * it->n_rows + 1, double);
    for (size_t i = 0; i < it->n_rows; i++) {
        struct bb_compare_duel found = bb_compare_duel(it->compare, it->row[i], it->model[0], it->model[1]);
        const double number[NUMBERS] = {found.score[0], found.error[0],   found.score[1],
                                        found.error[1], found.difference, found.se};
        id[i] = it->compare->all.quantity[it->row[i]].id;
        for (size_t k = 0; k < NUMBERS; k++) value[k * it->n_rows + i] = number[k];
    }
    const char *const name[NUMBERS] = {model_of(it, 0)->name, bb_arena_printf(arena, "%s, se", model_of(it, 0)->name),
                                       model_of(it, 1)->name, bb_arena_printf(arena, "%s, se", model_of(it, 1)->name),
                                       "difference",          "difference, se"};
    column[0] = (struct bb_figure_column){.name = "benchmark", .text = id};
    for (size_t k = 0; k < NUMBERS; k++)
        column[1 + k] = (struct bb_figure_column){.name = name[k], .value = value + k * it->n_rows};
    *data = (struct bb_figure_data){column, 1 + NUMBERS, it->n_rows};
    return data;
}

static void add_chart(const struct versus_page *it, struct bb_tpl_dict *duel, const char *domain, const char *title)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_versus_row *row = BB_NEW_ARRAY(arena, it->n_rows + 1, struct bb_versus_row);
    const char *names[] = {model_of(it, 0)->name, model_of(it, 1)->name};
    for (size_t i = 0; i < it->n_rows; i++) {
        const struct bb_quantity *is = &it->compare->all.quantity[it->row[i]];
        struct bb_compare_duel found = bb_compare_duel(it->compare, it->row[i], it->model[0], it->model[1]);
        double *value = BB_NEW_ARRAY(arena, 4, double);
        for (size_t side = 0; side < 2; side++) {
            value[side] = found.score[side];
            value[2 + side] = found.error[side];
        }
        row[i] = (struct bb_versus_row){
            .name = is->title, .value = value, .error = value + 2, .is_group = is->kind == BB_QUANTITY_GROUP};
        row[i].href = bb_arena_printf(arena, "../../benchmarks/%s/index.html", is->id);
        row[i].indent = it->page.site->results->tree.node[is->node].depth;
    }
    struct bb_versus versus = {.title = title, .quantity = "Score", .series = names, .n_series = 2, .row = row, .n = it->n_rows};
    const struct bb_figure figure = {.scene = bb_versus_scene(&versus, arena),
                                     .id = bb_arena_printf(arena, "duel-%s", domain),
                                     .title = title,
                                     .data = data_of(it)};
    bb_tpl_set_html(duel, "CHART_HTML", bb_svg_text(figure.scene, &(struct bb_svg_options){.id = figure.id}, arena));
    bb_figure_files(&it->page, duel, &figure);
}

static const char *with_error(struct bb_arena *arena, double value, double error)
{
    if (isnan(value)) return "";
    return isnan(error) ? bb_page_detail(arena, value)
                        : bb_arena_printf(arena, "%s ± %s", bb_page_detail(arena, value), bb_page_detail(arena, error));
}

static void add_row(const struct versus_page *it, struct bb_tpl_dict *duel, size_t quantity)
{
    static const char *const words[] = {"second", "tie", "first"};
    struct bb_arena *arena = it->page.arena;
    const struct bb_quantity *is = &it->compare->all.quantity[quantity];
    struct bb_compare_duel found = bb_compare_duel(it->compare, quantity, it->model[0], it->model[1]);
    struct bb_tpl_dict *row = bb_tpl_section(duel, "DUEL_ROW");
    bb_tpl_set(row, "NODE_ID", is->id);
    bb_tpl_set(row, "NODE_TITLE", is->title);
    bb_tpl_set_number(row, "NODE_DEPTH", bb_page_depth(it->page.site->results->tree.node[is->node].depth));
    bb_tpl_set(row, "ROW_CLASS", is->kind == BB_QUANTITY_GROUP ? "group" : "leaf");
    for (size_t side = 0; side < 2; side++)
        bb_tpl_set(bb_tpl_section(row, "DUEL_CELL"), "SCORE", with_error(arena, found.score[side], found.error[side]));
    const char *difference = with_error(arena, found.difference, found.se);
    bb_tpl_set(row, "DIFFERENCE", found.difference > 0 ? bb_arena_printf(arena, "+%s", difference) : difference);
    bb_tpl_set(row, "AHEAD", found.both && is->kind == BB_QUANTITY_BENCHMARK ? words[found.ahead + 1] : "");
}

static const char *count(const struct versus_page *it, const char *domain)
{
    size_t n[3] = {0, 0, 0};
    for (size_t q = 0; q < it->compare->all.n; q++) {
        const struct bb_quantity *is = &it->compare->all.quantity[q];
        if (is->kind != BB_QUANTITY_BENCHMARK || !bb_streq(is->domain, domain)) continue;
        struct bb_compare_duel found = bb_compare_duel(it->compare, q, it->model[0], it->model[1]);
        if (found.both) n[found.ahead + 1]++;
    }
    return bb_arena_printf(it->page.arena,
                           "%s is ahead on %zu, behind on %zu, and tied on %zu of the %zu benchmarks that both have a score on.",
                           model_of(it, 0)->name, n[2], n[0], n[1], n[0] + n[1] + n[2]);
}

static void add_duel(struct versus_page *it, const char *domain)
{
    struct bb_arena *arena = it->page.arena;
    if (!find_best(it, domain)) return;
    it->row = BB_NEW_ARRAY(arena, it->compare->all.n + 1, size_t);
    it->n_rows = bb_compare_rows(it->compare, domain, ROWS_MOST, it->row);
    struct bb_tpl_dict *duel = bb_tpl_section(it->page.content, "DUEL");
    const char *title = bb_arena_printf(arena, "%s against %s", model_of(it, 0)->name, model_of(it, 1)->name);
    bb_tpl_set(duel, "DUEL_ID", bb_arena_printf(arena, "best-%s", domain));
    bb_tpl_set(duel, "DOMAIN_TITLE", bb_page_title_case(arena, domain));
    bb_tpl_set(duel, "DUEL_COUNT", count(it, domain));
    for (size_t side = 0; side < 2; side++) {
        struct bb_tpl_dict *head = bb_tpl_section(duel, "DUEL_HEAD");
        bb_page_model(head, model_of(it, side));
    }
    add_chart(it, duel, domain, title);
    for (size_t i = 0; i < it->n_rows; i++) add_row(it, duel, it->row[i]);
    bb_versus_layers_add(&it->page, duel, it->compare, &it->layers, domain, it->model);
}

enum bb_code bb_page_versus(const struct bb_site *site, const struct bb_compare *compare, const char *data, struct bb_err *err)
{
    struct versus_page it = {.compare = compare};
    bb_page_begin(&it.page, site, "compare/models/index.html", "versus.tpl", "Models against each other");
    it.layers = bb_versus_layers_of(compare);
    const char *layer_data = NULL;
    enum bb_code code = bb_versus_layers_data_add(site, compare, &it.layers, &layer_data, err);
    bb_tpl_set(it.page.content, "COMPARE_DATA", data);
    bb_tpl_optional(it.page.content, "LAYER_DATA", layer_data);
    for (size_t i = 0; i < site->domains.n; i++) add_duel(&it, site->domains.name[i]);
    bb_page_script(&it.page, "associate.js");
    bb_page_script(&it.page, "numbers.js");
    bb_page_script(&it.page, "plot.js");
    bb_page_script(&it.page, "compare.js");
    bb_page_script(&it.page, "versus.js");
    enum bb_code end = bb_page_end(&it.page, code == BB_OK ? err : NULL); /* also frees it after a failure */
    return code != BB_OK ? code : end;
}
