/*
 * Compare: any two quantities against each other, and which benchmarks agree. What a board compares by default (insight/default_pairs.h) stands in
 * the page; assets/compare.js draws any other pair.
 */
#include <math.h>
#include <stdlib.h>

#include "chart/svg.h"
#include "render/compare_data.h"
#include "render/page_chart.h"
#include "render/page_versus.h"

struct compare_page {
    struct bb_page page;
    const struct bb_results *results;
    struct bb_compare compare;
};

/* --- pairs ------------------------------------------------------------------------------------------------------------ */

static void add_number(struct bb_tpl_dict *dict, const char *name, const char *value, const char *note)
{
    if (!value || !*value) return;
    struct bb_tpl_dict *number = bb_tpl_section(dict, "NUMBER");
    bb_tpl_set(number, "NUMBER_NAME", name);
    bb_tpl_set(number, "NUMBER_VALUE", value);
    bb_tpl_optional(number, "NUMBER_NOTE", note);
}

static const char *interval(struct bb_arena *arena, const struct bb_association *found)
{
    return isnan(found->r) ? NULL
                           : bb_arena_printf(arena, "95 %% interval %s to %s", bb_page_score(arena, found->low),
                                             bb_page_score(arena, found->high));
}

static void add_numbers(const struct compare_page *it, struct bb_tpl_dict *dict, const struct bb_compare_pair *pair)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_association found = pair->found,
                          families = bb_quantity_associate_families(&it->compare.all, pair->x, pair->y, arena);
    const char *p = bb_compare_p(arena, found.p), *rho_p = bb_compare_p(arena, found.rho_p);
    add_number(dict, "Models", bb_arena_printf(arena, "%zu", found.n), "with both values");
    add_number(dict, "Pearson r", bb_page_score(arena, found.r), interval(arena, &found));
    add_number(dict, "p of r", p, NULL);
    add_number(dict, "R²", bb_page_score(arena, found.r * found.r), "variance explained by the line");
    add_number(dict, "Spearman ρ", bb_page_score(arena, found.rho),
               *rho_p ? bb_arena_printf(arena, "p %s%s", found.rho_p < .001 ? "" : "= ", rho_p) : NULL);
    if (families.n && families.n < found.n)
        add_number(dict, "r over families", bb_page_score(arena, families.r),
                   bb_arena_printf(arena, "n = %zu, each family one point", families.n));
    add_number(dict, "Line", bb_compare_line(&it->compare, pair->x, pair->y, &found), NULL);
    bb_tpl_optional(dict, "FEW", bb_compare_warning(arena, found.n));
}

/* Quantities by domain, as the tree has them, then attributes. */
static void add_choices(const struct compare_page *it, struct bb_tpl_dict *dict)
{
    const struct bb_quantities *all = &it->compare.all;
    struct bb_tpl_dict *group = NULL;
    const char *last = NULL;
    for (size_t q = 0; q < all->n; q++) {
        const struct bb_quantity *is = &all->quantity[q];
        const char *title = is->domain ? bb_page_title_case(it->page.arena, is->domain) : "Attributes of models", *indent = "";
        if (!group || !bb_streq(title, last)) {
            group = bb_tpl_section(dict, "CHOICE_GROUP");
            bb_tpl_set(group, "CHOICE_TITLE", title);
        }
        last = title;
        for (size_t d = is->node == BB_NO_NODE ? 0 : it->results->tree.node[is->node].depth; d > 0; d--)
            indent = bb_arena_printf(it->page.arena, "%s\u2003", indent);
        struct bb_tpl_dict *choice = bb_tpl_section(group, "CHOICE");
        bb_tpl_set(choice, "CHOICE_ID", is->id);
        bb_tpl_set(choice, "CHOICE_NAME",
                   bb_arena_printf(it->page.arena, "%s%s", indent,
                                   is->kind == BB_QUANTITY_ATTRIBUTE ? bb_compare_label(&it->compare, q) : is->title));
    }
}

static struct bb_scene *scene_of(const struct compare_page *it, const struct bb_compare_pair *pair, double width, double height)
{
    const struct bb_compare_drawing drawing = {.models = "../models", .marked = BB_NO_NODE, .width = width, .height = height};
    return bb_compare_scene(&it->compare, pair, &drawing, it->page.arena);
}

/* What the chart shows, for its file. */
static const struct bb_figure_data *data_of(const struct compare_page *it, const struct bb_compare_pair *pair)
{
    const char *const name[] = {bb_compare_label(&it->compare, pair->x), bb_compare_label(&it->compare, pair->y)};
    return bb_chart_points(it->results, &it->compare.all, (const size_t[]){pair->x, pair->y}, name, it->page.arena);
}

static void add_first(const struct compare_page *it, const char *data)
{
    const struct bb_compare *compare = &it->compare;
    struct bb_tpl_dict *first = bb_tpl_section(it->page.content, "FIRST");
    struct bb_compare_pair pair = bb_compare_pair_of(compare, compare->pairs.pair[0].x, compare->pairs.pair[0].y);
    const struct bb_figure figure = {.scene = scene_of(it, &pair, 560, 400),
                                     .id = "pair-0",
                                     .title = bb_compare_title(compare, pair.x, pair.y),
                                     .data = data_of(it, &pair)};
    bb_tpl_set(first, "PAIR_TITLE", figure.title);
    bb_tpl_set_html(first, "CHART_HTML", bb_svg_text(figure.scene, &(struct bb_svg_options){.id = figure.id}, it->page.arena));
    bb_figure_files(&it->page, first, &figure);
    bb_tpl_set(first, "COMPARE_DATA", data);
    bb_tpl_set(first, "PAIR_X", compare->all.quantity[pair.x].id);
    bb_tpl_set(first, "PAIR_Y", compare->all.quantity[pair.y].id);
    add_choices(it, first);
    add_numbers(it, first, &pair);
}

static void add_others(const struct compare_page *it)
{
    const struct bb_compare *compare = &it->compare;
    struct bb_arena *arena = it->page.arena;
    if (compare->pairs.n < 2) return;
    struct bb_tpl_dict *figures = bb_figures(bb_tpl_section(it->page.content, "OTHERS"));
    for (size_t i = 1; i < compare->pairs.n; i++) {
        struct bb_compare_pair pair = bb_compare_pair_of(compare, compare->pairs.pair[i].x, compare->pairs.pair[i].y);
        const char *few = bb_compare_warning(arena, pair.found.n),
                   *front =
                       bb_compare_front(compare, pair.x, pair.y) ? " Steps: the best of what is no further to the right." : "",
                   *x = compare->all.quantity[pair.x].id, *y = compare->all.quantity[pair.y].id;
        struct bb_figure figure = {.scene = scene_of(it, &pair, 0, 300),
                                   .id = bb_arena_printf(arena, "pair-%zu", i),
                                   .title = bb_compare_title(compare, pair.x, pair.y),
                                   .title_path = bb_arena_printf(arena, "compare/index.html#x=%s&y=%s", x, y),
                                   .note = bb_arena_printf(arena, "%s.%s%s%s", bb_compare_finding(compare, &pair.found),
                                                           few ? " " : "", few ? few : "", front),
                                   .data = data_of(it, &pair)};
        bb_figure_add(&it->page, figures, &figure);
    }
}

/* --- the values that the charts show ---------------------------------------------------------------------------------- */

static void add_values(const struct compare_page *it)
{
    const struct bb_compare *compare = &it->compare;
    struct bb_arena *arena = it->page.arena;
    size_t *shown = BB_NEW_ARRAY(arena, compare->all.n + 1, size_t), n = 0;
    for (size_t q = 0; q < compare->all.n; q++) {
        bool is_shown = false;
        for (size_t i = 0; i < compare->pairs.n; i++)
            is_shown = is_shown || compare->pairs.pair[i].x == q || compare->pairs.pair[i].y == q;
        if (is_shown) shown[n++] = q;
    }
    struct bb_tpl_dict *values = bb_tpl_section(it->page.content, "VALUES");
    for (size_t k = 0; k < n; k++)
        bb_tpl_set(bb_tpl_section(values, "VALUE_HEAD"), "QUANTITY", bb_compare_label(compare, shown[k]));
    for (size_t m = 0; m < compare->all.n_models; m++) {
        struct bb_tpl_dict *row = bb_tpl_section(values, "VALUE_ROW");
        const struct bb_model *model = &it->results->model[compare->all.model[m]];
        bb_page_model(row, model);
        bb_tpl_optional(row, "BY", model->family);
        for (size_t k = 0; k < n; k++) {
            const struct bb_quantity *is = &compare->all.quantity[shown[k]];
            bool is_score = is->kind != BB_QUANTITY_ATTRIBUTE;
            bb_tpl_set(bb_tpl_section(row, "VALUE_CELL"), "VALUE",
                       is_score ? bb_page_score(arena, is->value[m]) : bb_page_detail(arena, is->value[m]));
        }
    }
}

/* --- which benchmarks agree ------------------------------------------------------------------------------------------- */

static void add_cell(const struct compare_page *it, struct bb_tpl_dict *row, double r, size_t count, bool is_self)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *cell = bb_tpl_section(row, "AGREE_CELL");
    bool few = count < BB_COMPARE_AGREE_FEW, is_known = !isnan(r) && !is_self;
    int shade = !is_known || few ? -1 : r <= 0 ? 0 : r >= 1 ? BB_VIEW_SHADES - 1 : (int)(r * BB_VIEW_SHADES);
    bb_tpl_set(cell, "CELL_CLASS", is_self ? "self" : few || !is_known ? "under" : bb_page_shade(arena, shade));
    bb_tpl_set(cell, "CELL_R", is_self ? "" : is_known ? bb_page_score(arena, r) : "–");
    bb_tpl_set_number(cell, "CELL_N", count);
}

/* The same as a picture, with those that agree beside each other. */
static void add_matrix(const struct compare_page *it, struct bb_tpl_dict *section, const struct bb_compare_agreement *agreement)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_figure figure = {
        .scene = bb_compare_agreement_scene(agreement, arena),
        .id = bb_arena_printf(arena, "matrix-%s", agreement->domain),
        .title = bb_arena_printf(arena, "%s: benchmarks that agree, side by side", bb_page_title_case(arena, agreement->domain)),
        .note = "Ordered by how alike their correlations are (average linkage). The table below is in the order of the board.",
        .data = bb_figure_pairs(agreement->name, agreement->n, agreement->r, agreement->count, NULL, arena)};
    struct bb_tpl_dict *figures = bb_figures(section);
    bb_figure_add(&it->page, figures, &figure);
    bb_chart_add_heatmap(&it->page, figures, agreement->domain);
}

static void add_domain(const struct compare_page *it, const char *domain)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_compare_agreement agreement = bb_compare_agreement_of(&it->compare, domain);
    size_t n = agreement.n;
    if (n < 2) return;
    struct bb_tpl_dict *matrix = bb_tpl_section(it->page.content, "AGREE");
    bb_tpl_set(matrix, "AGREE_ID", bb_arena_printf(arena, "agree-%s", domain));
    bb_tpl_set(matrix, "AGREE_TITLE", bb_page_title_case(arena, domain));
    if (agreement.n_leaves > BB_COMPARE_AGREE_MOST)
        bb_tpl_set_number(bb_tpl_section(matrix, "AGREE_CUT"), "AGREE_LEAVES", agreement.n_leaves);
    add_matrix(it, matrix, &agreement);
    for (size_t k = 0; k < n; k++) bb_tpl_set(bb_tpl_section(matrix, "AGREE_HEAD"), "AGREE_NAME", agreement.name[k]);
    for (size_t i = 0; i < n; i++) {
        struct bb_tpl_dict *row = bb_tpl_section(matrix, "AGREE_ROW");
        bb_tpl_set(row, "NODE_ID", it->compare.all.quantity[agreement.quantity[i]].id);
        bb_tpl_set(row, "AGREE_NAME", agreement.name[i]);
        for (size_t k = 0; k < n; k++) add_cell(it, row, agreement.r[i * n + k], agreement.count[i * n + k], i == k);
    }
}

/* --- the page --------------------------------------------------------------------------------------------------------- */

enum bb_code bb_pages_compare(const struct bb_site *site, struct bb_err *err)
{
    struct compare_page it = {.results = site->results};
    const char *data = NULL;
    bb_page_begin(&it.page, site, "compare/index.html", "compare.tpl", "Compare");
    it.compare = bb_compare_new(site->results, it.page.arena);
    enum bb_code code = bb_compare_data_add(site, &it.compare, &data, err);
    struct bb_arena *arena = it.page.arena;
    bb_tpl_set(it.page.content, "COMPARE_FACTS",
               bb_arena_printf(arena, "%zu quantities of %zu models: benchmarks, groups and attributes", it.compare.all.n,
                               it.compare.all.n_models));
    if (it.compare.pairs.n) {
        add_first(&it, data);
        add_others(&it);
        add_values(&it);
        for (size_t i = 0; i < site->domains.n; i++) add_domain(&it, site->domains.name[i]);
        bb_page_script(&it.page, "associate.js");
        bb_page_script(&it.page, "query.js");
        bb_page_script(&it.page, "sort.js");
        bb_page_script(&it.page, "numbers.js");
        bb_page_script(&it.page, "plot.js");
        bb_page_script(&it.page, "compare.js");
    } else {
        bb_tpl_show(it.page.content, "NOTHING");
    }
    if (code == BB_OK) code = bb_page_versus(site, &it.compare, data, err);
    enum bb_code end = bb_page_end(&it.page, code == BB_OK ? err : NULL); /* also frees it after a failure */
    return code != BB_OK ? code : end;
}
