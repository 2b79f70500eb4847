#include "render/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/order.h"

/* --- rows ----------------------------------------------------------------------------------------------------------- */

struct sorted_row {
    size_t model;
    double value; /* larger is better; NaN last. Not rounded: the order never contradicts the ranks, which are by the rounded score */
    const char *name;
};

static int by_value(const void *a, const void *b)
{
    const struct sorted_row *x = a, *y = b;
    if (isnan(x->value) != isnan(y->value)) return isnan(x->value) ? 1 : -1;
    if (!isnan(x->value) && x->value != y->value) return x->value > y->value ? -1 : 1;
    int order = bb_natural_compare(x->name, y->name);
    return order ? order : (x->model > y->model) - (x->model < y->model);
}

static bool has_scores(const struct bb_results *results, size_t node)
{
    for (size_t m = 0; m < results->n_models; m++)
        if (!isnan(bb_results_aggregate(results, m, node)->score)) return true;
    return false;
}

/* Nodes stand depth first: what is below a node follows it, deeper than it. */
size_t bb_view_end(const struct bb_tree *tree, size_t node)
{
    size_t end = node + 1;
    while (end < tree->n && tree->node[end].depth > tree->node[node].depth) end++;
    return end;
}

bool bb_view_has_leaf(const struct bb_tree *tree, size_t node)
{
    for (size_t i = node, end = bb_view_end(tree, node); i < end; i++)
        if (bb_node_is_leaf(&tree->node[i])) return true;
    return false;
}

static size_t order_node(const struct bb_results *results, size_t node)
{
    size_t end = bb_view_end(&results->tree, node);
    for (size_t i = node; i < end; i++)
        if (has_scores(results, i)) return i;
    return node;
}

static size_t rank_of(const struct bb_results *results, const struct bb_view_rows *rows, size_t model)
{
    return bb_results_aggregate(results, model, rows->ordered_by)->rank;
}

static void count_ranks(const struct bb_results *results, struct bb_view_rows *rows, struct bb_arena *arena)
{
    size_t last = 0;
    for (size_t i = 0; i < rows->n; i++)
        if (rank_of(results, rows, rows->model[i]) > last) last = rank_of(results, rows, rows->model[i]);
    rows->last_rank = last;
    rows->n_with_rank = BB_NEW_ARRAY(arena, last + 1, size_t);
    for (size_t i = 0; i < rows->n; i++) rows->n_with_rank[rank_of(results, rows, rows->model[i])]++;
}

/* By value, and those of one value, who are few, by the rest. */
static void order_rows(const struct sorted_row *row, size_t n, struct bb_view_rows *out, struct bb_arena *arena)
{
    double *value = BB_NEW_ARRAY(arena, n + 1, double);
    size_t *order = BB_NEW_ARRAY(arena, n + 1, size_t);
    struct sorted_row *sorted = BB_NEW_ARRAY(arena, n + 1, struct sorted_row);
    for (size_t i = 0; i < n; i++) value[i] = isnan(row[i].value) ? (double)INFINITY : -row[i].value;
    bb_order(value, n, order);
    for (size_t i = 0; i < n; i++) sorted[i] = row[order[i]];
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && value[order[end]] == value[order[first]];) end++;
        if (end - first > 1) qsort(sorted + first, end - first, sizeof *sorted, by_value);
    }
    for (size_t i = 0; i < n; i++) out->model[i] = sorted[i].model;
}

struct bb_view_rows bb_view_rows(const struct bb_results *results, size_t node, struct bb_arena *arena)
{
    struct bb_view_rows rows = {.model = BB_NEW_ARRAY(arena, results->n_models + 1, size_t), .ordered_by = order_node(results, node)};
    struct sorted_row *sorted = BB_NEW_ARRAY(arena, results->n_models + 1, struct sorted_row);
    double sign = results->tree.node[rows.ordered_by].lower_better ? -1 : 1;
    for (size_t m = 0; m < results->n_models; m++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(results, m, rows.ordered_by);
        if (!bb_results_model_listed(results, m, node)) continue;
        sorted[rows.n++] = (struct sorted_row){m, sign * aggregate->score, results->model[m].name};
        rows.n_ranked += aggregate->rank > 0;
    }
    order_rows(sorted, rows.n, &rows, arena);
    count_ranks(results, &rows, arena);
    return rows;
}

bool bb_view_is_tied(const struct bb_results *results, const struct bb_view_rows *rows, size_t model)
{
    size_t rank = rank_of(results, rows, model);
    return rank && rank <= rows->last_rank && rows->n_with_rank[rank] > 1;
}

/* --- columns -------------------------------------------------------------------------------------------------------- */

struct bb_view_column bb_view_column(const struct bb_results *results, size_t node, const struct bb_view_rows *rows)
{
    struct bb_view_column column = {node, node, (double)NAN, (double)NAN, bb_palette_range(results, node)};
    for (size_t i = 0; i < rows->n; i++) {
        double score = bb_results_aggregate(results, rows->model[i], node)->score;
        column.low = fmin(column.low, score); /* fmin and fmax pass over NaN */
        column.high = fmax(column.high, score);
    }
    return column;
}

/* What a table may have; from all to nothing. */
static const struct reach {
    int levels;  /* of groups */
    bool leaves; /* benchmarks of the groups */
} reaches[] = {{2, true}, {2, false}, {1, false}, {0, false}};

struct column_list {
    const struct bb_results *results;
    const struct bb_view_rows *rows;
    struct reach reach;
    struct bb_view_columns out;
};

bool bb_view_is_column(const struct bb_results *results, size_t node, size_t parent)
{
    const struct bb_node *is = &results->tree.node[node];
    return bb_results_node_shown(results, node) && is->publish != BB_PUBLISH_NONE &&
           (!is->engineering || results->tree.node[parent].engineering);
}

static void add_column(struct column_list *list, size_t node, size_t top)
{
    list->out.column[list->out.n++] = (struct bb_view_column){.node = node, .top = top};
}

static void add_group(struct column_list *list, size_t group, size_t top, int level)
{
    const struct bb_tree *tree = &list->results->tree;
    const struct bb_node *is = &tree->node[group];
    size_t leaves = 0;
    for (size_t c = 0; c < is->n_children; c++) leaves += bb_node_is_leaf(&tree->node[tree->child[is->first_child + c]]);
    if (!is->no_average) add_column(list, group, top);
    for (size_t c = 0; c < is->n_children; c++) {
        size_t child = tree->child[is->first_child + c];
        if (!bb_view_is_column(list->results, child, group)) continue;
        if (!bb_node_is_leaf(&tree->node[child])) {
            if (level < list->reach.levels) add_group(list, child, top, level + 1);
        } else if (!list->reach.leaves) {
            continue;
        } else if (leaves <= BB_VIEW_LEAVES || is->no_average) {
            add_column(list, child, top);
        }
    }
}

static void add_columns(struct column_list *list, size_t node)
{
    const struct bb_node *is = &list->results->tree.node[node];
    list->out.n = 0;
    for (size_t c = 0; c < is->n_children && list->reach.levels; c++) {
        size_t child = list->results->tree.child[is->first_child + c];
        if (!bb_view_is_column(list->results, child, node)) continue;
        if (bb_node_is_leaf(&list->results->tree.node[child]))
            add_column(list, child, child);
        else
            add_group(list, child, child, 1);
    }
}

struct bb_view_columns bb_view_columns(const struct bb_results *results, size_t node, const struct bb_view_rows *rows,
                                       struct bb_arena *arena)
{
    struct column_list list = {.results = results, .rows = rows};
    list.out.column = BB_NEW_ARRAY(arena, results->tree.n, struct bb_view_column);
    const size_t n = sizeof reaches / sizeof reaches[0] - (results->tree.node[node].no_average ? 1 : 0); /* or nothing would be left */
    for (size_t k = 0; k < n; k++) {
        list.reach = reaches[k];
        list.out.is_cut = k > 0;
        add_columns(&list, node);
        if (rows->n * list.out.n <= BB_VIEW_CELLS) break;
    }
    for (size_t i = 0; i < list.out.n; i++) {
        struct bb_view_column *column = &list.out.column[i], is = bb_view_column(results, column->node, rows);
        is.top = column->top;
        *column = is;
    }
    return list.out;
}

bool bb_view_is_open(const struct bb_results *results, const struct bb_view_columns *columns, size_t group)
{
    const struct bb_tree *tree = &results->tree;
    for (size_t c = 0; c < tree->node[group].n_children; c++) {
        size_t child = tree->child[tree->node[group].first_child + c], end = bb_view_end(tree, child), at = 0;
        if (!bb_view_is_column(results, child, group)) continue;
        while (at < columns->n && (columns->column[at].node < child || columns->column[at].node >= end)) at++;
        if (at == columns->n) return false;
    }
    return true;
}

int bb_view_shade(const struct bb_results *results, const struct bb_view_column *column, double score)
{
    double range = column->high - column->low;
    if (isnan(score) || !(range > 0)) return -1;
    double part = (score - column->low) / range;
    if (results->tree.node[column->node].lower_better) part = 1 - part;
    int shade = (int)(part * BB_VIEW_SHADES);
    return shade < BB_VIEW_SHADES ? shade : BB_VIEW_SHADES - 1;
}

bool bb_view_has_answer(const struct bb_results *results, size_t model, size_t node)
{
    size_t end = bb_view_end(&results->tree, node);
    for (size_t i = node; i < end; i++) {
        enum bb_status status = bb_results_cell(results, model, i)->status;
        if (status != BB_CELL_NONE && status != BB_CELL_MISSING) return true;
    }
    return false;
}

enum bb_status bb_view_status(const struct bb_results *results, size_t model, size_t node)
{
    static const enum bb_status order[] = {BB_CELL_FAILED, BB_CELL_MISSING, BB_CELL_NOT_APPLICABLE};
    if (!isnan(bb_results_aggregate(results, model, node)->score)) return BB_CELL_OK;
    size_t end = bb_view_end(&results->tree, node);
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
        for (size_t i = node; i < end; i++)
            if (bb_results_cell(results, model, i)->status == order[k]) return order[k];
    return BB_CELL_NONE;
}

/* --- domains -------------------------------------------------------------------------------------------------------- */

const char *bb_view_domain(const struct bb_results *results, size_t node)
{
    return results->tree.node[results->tree.node[node].root].domain;
}

struct bb_view_nodes bb_view_tables(const struct bb_results *results, const char *domain, struct bb_arena *arena)
{
    const struct bb_tree *tree = &results->tree;
    struct bb_view_nodes tables = {BB_NEW_ARRAY(arena, tree->n, size_t), 0};
    for (int engineering = 0; engineering <= 1; engineering++)
        for (size_t i = 0; i < tree->n; i++) {
            const struct bb_node *node = &tree->node[i];
            bool is_root = node->parent_index == BB_NO_NODE;
            bool is_apart = node->engineering && !is_root && !tree->node[node->parent_index].engineering;
            if (node->engineering != (engineering == 1) || !(is_root || is_apart)) continue;
            if (bb_streq(bb_view_domain(results, i), domain) && bb_results_node_shown(results, i)) tables.node[tables.n++] = i;
        }
    return tables;
}

struct bb_view_domains bb_view_domains(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_view_domains domains = {BB_NEW_ARRAY(arena, results->tree.n + 1, const char *), 0};
    for (size_t i = 0; i < results->tree.n; i++) {
        const char *domain = bb_view_domain(results, i);
        bool is_new = domain != NULL;
        for (size_t k = 0; k < domains.n; k++) is_new = is_new && !bb_streq(domains.name[k], domain);
        if (is_new) domains.name[domains.n++] = domain;
    }
    return domains;
}
