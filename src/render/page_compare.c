/*
 * Compare: any two quantities against each other, and which benchmarks agree. What a board compares by default (insight/default_pairs.h) stands in
 * the page; assets/compare.js draws any other pair.
 */
#include <math.h>
#include <stdlib.h>

#include "chart/cluster.h"
#include "chart/matrix.h"
#include "chart/svg.h"
#include "render/compare_data.h"
#include "render/page_figure.h"
#include "render/page_versus.h"
#include "score/relations.h"

enum { CONSISTENT_MOST = 40 }; /* benchmarks of a table that has a row and a column for each */
#define OVERLAP 8              /* models: the reference shows no correlation over fewer */

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

static void add_numbers(const struct compare_page *it, struct bb_tpl_dict *dict, size_t x, size_t y)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_association found = bb_quantity_associate(&it->compare.all, x, y, arena),
                          families = bb_quantity_associate_families(&it->compare.all, x, y, arena);
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
    add_number(dict, "Line", bb_compare_line(&it->compare, x, y, &found), NULL);
    bb_tpl_optional(dict, "FEW", bb_compare_warning(arena, found.n));
}

static void set_pair(const struct compare_page *it, struct bb_tpl_dict *dict, const struct bb_pair *pair, size_t number,
                     double width, double height)
{
    const struct bb_compare *compare = &it->compare;
    struct bb_arena *arena = it->page.arena;
    struct bb_scene *scene = bb_compare_scene(compare, pair->x, pair->y, "../models", width, height);
    bb_tpl_set(dict, "PAIR_TITLE", bb_compare_title(compare, pair->x, pair->y));
    bb_tpl_set_html(dict, "CHART_HTML",
                    bb_svg_text(scene, &(struct bb_svg_options){.id = bb_arena_printf(arena, "pair-%zu", number)}, arena));
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

static void add_first(const struct compare_page *it, const struct bb_pair *pair, const char *data)
{
    struct bb_tpl_dict *first = bb_tpl_section(it->page.content, "FIRST");
    set_pair(it, first, pair, 0, 560, 400);
    bb_tpl_set(first, "COMPARE_DATA", data);
    bb_tpl_set(first, "PAIR_X", it->compare.all.quantity[pair->x].id);
    bb_tpl_set(first, "PAIR_Y", it->compare.all.quantity[pair->y].id);
    add_choices(it, first);
    add_numbers(it, first, pair->x, pair->y);
}

/* What the chart shows, for its file. */
static const struct bb_figure_data *data_of(const struct compare_page *it, const struct bb_pair *pair)
{
    const struct bb_quantities *all = &it->compare.all;
    struct bb_arena *arena = it->page.arena;
    struct bb_figure_column *column = BB_NEW_ARRAY(arena, 4, struct bb_figure_column);
    struct bb_figure_data *data = BB_NEW(arena, struct bb_figure_data);
    const char **name = BB_NEW_ARRAY(arena, all->n_models + 1, const char *),
               **family = BB_NEW_ARRAY(arena, all->n_models + 1, const char *);
    double *value[2] = {BB_NEW_ARRAY(arena, all->n_models + 1, double), BB_NEW_ARRAY(arena, all->n_models + 1, double)};
    const size_t side[2] = {pair->x, pair->y};
    *data = (struct bb_figure_data){.column = column, .n_columns = 4};
    for (size_t m = 0; m < all->n_models; m++) {
        if (isnan(all->quantity[pair->x].value[m]) || isnan(all->quantity[pair->y].value[m])) continue;
        name[data->n_rows] = it->results->model[all->model[m]].name;
        family[data->n_rows] = it->results->model[all->model[m]].family;
        for (size_t k = 0; k < 2; k++) value[k][data->n_rows] = all->quantity[side[k]].value[m];
        data->n_rows++;
    }
    column[0] = (struct bb_figure_column){.name = "Model", .text = name};
    column[1] = (struct bb_figure_column){.name = "Family", .text = family};
    for (size_t k = 0; k < 2; k++)
        column[2 + k] = (struct bb_figure_column){.name = bb_compare_label(&it->compare, side[k]), .value = value[k]};
    return data;
}

static void add_others(const struct compare_page *it)
{
    const struct bb_compare *compare = &it->compare;
    struct bb_arena *arena = it->page.arena;
    if (compare->pairs.n < 2) return;
    struct bb_tpl_dict *figures = bb_figures(bb_tpl_section(it->page.content, "OTHERS"));
    for (size_t i = 1; i < compare->pairs.n; i++) {
        const struct bb_pair *pair = &compare->pairs.pair[i];
        struct bb_association found = bb_quantity_associate(&compare->all, pair->x, pair->y, arena);
        const char *few = bb_compare_warning(arena, found.n), *x = compare->all.quantity[pair->x].id,
                   *y = compare->all.quantity[pair->y].id;
        struct bb_figure figure = {
            .scene = bb_compare_scene(compare, pair->x, pair->y, "../models", 0, 300),
            .id = bb_arena_printf(arena, "pair-%zu", i),
            .title = bb_compare_title(compare, pair->x, pair->y),
            .title_path = bb_arena_printf(arena, "compare/index.html#x=%s&y=%s", x, y),
            .note = bb_arena_printf(arena, "%s.%s%s", bb_compare_finding(compare, &found), few ? " " : "", few ? few : ""),
            .data = data_of(it, pair)};
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

/* Benchmarks of a domain with a score, or where they are too many the groups at some depth in their place. */
static size_t choose_nodes(const struct compare_page *it, const char *domain, size_t *node)
{
    const struct bb_quantities *all = &it->compare.all;
    for (size_t depth = 6;; depth--) {
        size_t n = 0;
        for (size_t q = 0; q < all->n; q++) {
            const struct bb_quantity *is = &all->quantity[q];
            if (is->kind == BB_QUANTITY_ATTRIBUTE || !bb_streq(is->domain, domain)) continue;
            size_t at = it->results->tree.node[is->node].depth;
            bool is_leaf = is->kind == BB_QUANTITY_BENCHMARK;
            if (is_leaf ? at <= depth : at == depth && depth < 6) node[n++] = q;
        }
        if (n <= CONSISTENT_MOST || depth == 1) return n;
    }
}

static const char *short_title(const struct compare_page *it, size_t quantity)
{
    const struct bb_quantity *is = &it->compare.all.quantity[quantity];
    const struct bb_node *node = &it->results->tree.node[is->node];
    return node->region && is->kind == BB_QUANTITY_BENCHMARK && !bb_starts_with(is->title, node->region)
               ? bb_arena_printf(it->page.arena, "%s: %s", node->region, is->title)
               : is->title;
}

static void add_cell(const struct compare_page *it, struct bb_tpl_dict *row, const struct bb_relation *relation, bool is_self)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *cell = bb_tpl_section(row, "AGREE_CELL");
    double r = relation->pearson;
    bool few = relation->n < OVERLAP, is_known = !isnan(r) && !is_self;
    int shade = !is_known || few ? -1 : r <= 0 ? 0 : r >= 1 ? BB_VIEW_SHADES - 1 : (int)(r * BB_VIEW_SHADES);
    bb_tpl_set(cell, "CELL_CLASS", is_self ? "self" : few || !is_known ? "under" : bb_page_shade(arena, shade));
    bb_tpl_set(cell, "CELL_R", is_self ? "" : is_known ? bb_page_score(arena, r) : "–");
    bb_tpl_set_number(cell, "CELL_N", relation->n);
}

/* The same as a picture, with those that agree beside each other. */
static void add_matrix(const struct compare_page *it, struct bb_tpl_dict *section, const char *domain, const size_t *node,
                       size_t n)
{
    struct bb_arena *arena = it->page.arena;
    const struct bb_quantities *all = &it->compare.all;
    const char **name = BB_NEW_ARRAY(arena, n + 1, const char *);
    double *r = BB_NEW_ARRAY(arena, n * n + 1, double);
    size_t *count = BB_NEW_ARRAY(arena, n * n + 1, size_t), *order = BB_NEW_ARRAY(arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++) {
        name[i] = short_title(it, node[i]);
        for (size_t k = 0; k < n; k++) {
            struct bb_relation relation =
                bb_relation_between(all->quantity[node[i]].value, all->quantity[node[k]].value, all->n_models);
            r[i * n + k] = relation.pearson;
            count[i * n + k] = relation.n;
        }
    }
    bb_cluster_order(r, n, n, n, 1, order, arena);
    struct bb_matrix matrix = {.title = bb_arena_printf(arena, "Correlations between benchmarks of %s", domain),
                               .quantity = "Pearson r",
                               .name = name,
                               .n = n,
                               .r = r,
                               .count = count,
                               .few = OVERLAP,
                               .order = order};
    struct bb_figure figure = {
        .scene = bb_matrix_scene(&matrix, arena),
        .id = bb_arena_printf(arena, "matrix-%s", domain),
        .title = bb_arena_printf(arena, "%s: benchmarks that agree, side by side", bb_page_title_case(arena, domain)),
        .note = "Ordered by how alike their correlations are (average linkage). The table below is in the order of the board."};
    bb_figure_add(&it->page, bb_figures(section), &figure);
}

static void add_domain(const struct compare_page *it, const char *domain)
{
    const struct bb_quantities *all = &it->compare.all;
    struct bb_arena *arena = it->page.arena;
    size_t *node = BB_NEW_ARRAY(arena, all->n + 1, size_t), n = choose_nodes(it, domain, node), n_leaves = 0;
    for (size_t q = 0; q < all->n; q++)
        n_leaves += all->quantity[q].kind == BB_QUANTITY_BENCHMARK && bb_streq(all->quantity[q].domain, domain);
    if (n < 2) return;
    struct bb_tpl_dict *matrix = bb_tpl_section(it->page.content, "AGREE");
    bb_tpl_set(matrix, "AGREE_ID", bb_arena_printf(arena, "agree-%s", domain));
    bb_tpl_set(matrix, "AGREE_TITLE", bb_page_title_case(arena, domain));
    if (n_leaves > CONSISTENT_MOST) bb_tpl_set_number(bb_tpl_section(matrix, "AGREE_CUT"), "AGREE_LEAVES", n_leaves);
    add_matrix(it, matrix, domain, node, n);
    for (size_t k = 0; k < n; k++) bb_tpl_set(bb_tpl_section(matrix, "AGREE_HEAD"), "AGREE_NAME", short_title(it, node[k]));
    for (size_t i = 0; i < n; i++) {
        struct bb_tpl_dict *row = bb_tpl_section(matrix, "AGREE_ROW");
        bb_tpl_set(row, "NODE_ID", all->quantity[node[i]].id);
        bb_tpl_set(row, "AGREE_NAME", short_title(it, node[i]));
        for (size_t k = 0; k < n; k++) {
            struct bb_relation relation =
                bb_relation_between(all->quantity[node[i]].value, all->quantity[node[k]].value, all->n_models);
            add_cell(it, row, &relation, i == k);
        }
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
        add_first(&it, &it.compare.pairs.pair[0], data);
        add_others(&it);
        add_values(&it);
        for (size_t i = 0; i < site->domains.n; i++) add_domain(&it, site->domains.name[i]);
        bb_page_script(&it.page, "associate.js");
        bb_page_script(&it.page, "query.js");
        bb_page_script(&it.page, "sort.js");
        bb_page_script(&it.page, "plot.js");
        bb_page_script(&it.page, "compare.js");
    } else {
        bb_tpl_show(it.page.content, "NOTHING");
    }
    if (code == BB_OK) code = bb_page_versus(site, &it.compare, data, err);
    enum bb_code end = bb_page_end(&it.page, code == BB_OK ? err : NULL); /* also frees it after a failure */
    return code != BB_OK ? code : end;
}
