/*
 * The scores of a model: its strongest and weakest benchmarks, and the tree as tables, with what each score is made of and where it stands.
 */
#include "render/page_model.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/describe.h"
#include "render/page_chart.h"
#include "render/page_trend.h"
#include "score/kept.h"

#define MANY_ROWS  48 /* a table of more folds its larger groups */
#define N_EXTREMES 5  /* strongest and weakest benchmarks, each */
#define FEW_MODELS 5  /* with fewer at a benchmark, a place among them says little */

/* --- notes ---------------------------------------------------------------------------------------------------------- */

/* Sentences about single cells: each once below the tables, and a letter in the cells that it is about. */
struct notes {
    const char **text;
    size_t n;
};

/* 0 is "a", 25 "z", 26 "aa" … */
static const char *note_letter(struct bb_arena *arena, size_t index)
{
    const char *rest = "";
    for (size_t left = index + 1; left; left = (left - 1) / 26)
        rest = bb_arena_printf(arena, "%c%s", (char)('a' + (left - 1) % 26), rest);
    return rest;
}

static void add_mark(const struct bb_model_page *it, struct notes *notes, struct bb_tpl_dict *cell, const char *text)
{
    size_t at = 0;
    if (!text || !*text) return;
    while (at < notes->n && strcmp(notes->text[at], text) != 0) at++;
    if (at == notes->n) notes->text[notes->n++] = text;
    bb_tpl_optional(cell, "MARK", note_letter(it->page.arena, at));
}

static void add_notes(const struct bb_model_page *it, const struct notes *notes)
{
    struct bb_tpl_dict *list = notes->n ? bb_tpl_section(it->page.content, "NOTES") : NULL;
    for (size_t i = 0; i < notes->n; i++) {
        struct bb_tpl_dict *item = bb_tpl_section(list, "NOTE");
        bb_tpl_set(item, "NOTE_LETTER", note_letter(it->page.arena, i));
        bb_tpl_set(item, "NOTE_TEXT", notes->text[i]);
    }
}

static const char *source_note(const struct bb_model_page *it, const struct bb_cell *cell)
{
    if (!cell->source) return NULL;
    return bb_arena_printf(it->page.arena, "From a published list (%s)%s%s.", cell->source,
                           cell->rule ? "; its scores are made by " : "", cell->rule ? cell->rule : "");
}

static void add_marks(const struct bb_model_page *it, struct notes *notes, struct bb_tpl_dict *scored, const struct bb_cell *cell)
{
    add_mark(it, notes, scored, cell->warning);
    if (bb_streq(cell->layer_choice, "same_data"))
        add_mark(
            it, notes, scored,
            "The layer was chosen on these very data, which favours models with many layers; how much, stands under Layers.");
    add_mark(it, notes, scored, source_note(it, cell));
    add_mark(it, notes, scored, cell->cached ? bb_arena_printf(it->page.arena, "%s.", bb_kept_words) : NULL);
}

/* --- how a score is made -------------------------------------------------------------------------------------------- */

/* The rule with the numbers of this cell; r, c and chance stand for theirs. */
static const char *rule_with_numbers(const struct bb_model_page *it, const struct bb_node *node, const struct bb_cell *cell)
{
    struct bb_arena *arena = it->page.arena;
    const char *r = bb_page_detail(arena, cell->raw);
    struct bb_rule_numbers numbers = {
        r, cell->raw < 0 ? bb_arena_printf(arena, "(%s)", r) : r,
        node->normalise == BB_NORMALISE_CHANCE && isnan(cell->ceiling) ? "1" : bb_page_detail(arena, cell->ceiling),
        bb_page_detail(arena, node->chance)};
    const char *rule = bb_describe_rule(node, &numbers, arena);
    return rule ? rule : r;
}

/*
 * The rule is shown only where it gives this cell's score. It does not where a score comes from a list that has another rule, or was averaged
 * over subjects after normalising: there the two numbers stand by themselves.
 */
static const char *cell_how(const struct bb_model_page *it, const struct bb_node *node, const struct bb_cell *cell)
{
    struct bb_arena *arena = it->page.arena;
    if (isnan(cell->raw)) return "";
    struct bb_node free_rule = *node; /* the same without clipping */
    free_rule.clip.n = 0;
    double clipped = bb_node_score(node, cell->raw, cell->ceiling),
           unclipped = bb_node_score(&free_rule, cell->raw, cell->ceiling);
    if (!(fabs(clipped - cell->score) <= 1e-9 * fmax(1, fabs(cell->score))))
        return bb_arena_printf(arena, isnan(cell->ceiling) ? "raw %s" : "raw %s, ceiling %s", bb_page_detail(arena, cell->raw),
                               bb_page_detail(arena, cell->ceiling));
    const char *how = rule_with_numbers(it, node, cell);
    if (clipped != unclipped && node->normalise == BB_NORMALISE_NONE) return bb_arena_printf(arena, "%s, clipped", how);
    return clipped == unclipped ? how : bb_arena_printf(arena, "%s = %s, clipped", how, bb_page_detail(arena, unclipped));
}

/* "mean of 4; 1 counts as 0", as aggregate.c counts. */
static const char *group_how(const struct bb_model_page *it, size_t index)
{
    const struct bb_node *node = &it->results->tree.node[index];
    size_t counted = 0, scored = 0;
    if (node->no_average) return "no common scale";
    for (size_t c = 0; c < node->n_children; c++) {
        size_t child = it->results->tree.child[node->first_child + c];
        const struct bb_aggregate *part = bb_results_aggregate(it->results, it->index, child);
        if (!part->of || (it->results->tree.node[child].engineering && !node->engineering)) continue;
        counted++;
        bool is_withheld =
            part->scored && !it->results->tree.node[child].no_average && bb_results_withheld_below(it->results, child);
        if (!isnan(part->score) || is_withheld) scored++; /* withheld scores are in the average, and are not here */
    }
    if (isnan(bb_results_aggregate(it->results, it->index, index)->score)) return "";
    if (scored == counted) return bb_arena_printf(it->page.arena, "mean of %zu", counted);
    if (it->results->board.options.missing == BB_MISSING_ZERO)
        return bb_arena_printf(it->page.arena, "mean of %zu, %zu of them as 0", counted, counted - scored);
    return bb_arena_printf(it->page.arena, "mean of %zu of %zu", scored, counted);
}

/* --- a row ---------------------------------------------------------------------------------------------------------- */

struct rows {
    size_t *node, n;
    size_t top; /* depth is counted from here */
    struct bb_bar_axis axis;
    size_t fold; /* groups with more benchmarks than this of their own are one row, and folded below */
};

static const char *bar_of(const struct bb_model_page *it, const struct rows *rows, size_t node)
{
    const struct bb_cell *cell = bb_results_cell(it->results, it->index, node);
    const struct bb_standing *standing = &it->shared->standings.node[node];
    const struct bb_bar bar = {.score = bb_results_aggregate(it->results, it->index, node)->score,
                               .error = bb_chart_is_standard_error(cell->error_kind) ? cell->error : (double)NAN,
                               .median = standing->n > 1 ? standing->median : (double)NAN,
                               .best = standing->n > 1 ? standing->best : (double)NAN};
    return standing->lower_better ? "" : bb_chart_bar_html(it->page.arena, rows->axis, bar);
}

static void add_error(const struct bb_model_page *it, struct bb_tpl_dict *scored, const struct bb_cell *cell)
{
    if (!cell->error_kind || isnan(cell->error)) return;
    struct bb_tpl_dict *error = bb_tpl_once(scored, "ERROR");
    bb_tpl_set(error, "ERROR_VALUE", bb_page_detail(it->page.arena, cell->error));
    bb_tpl_set(error, "ERROR_KIND", bb_page_error_kind(it->page.arena, cell->error_kind));
}

static void add_scored(const struct bb_model_page *it, struct notes *notes, struct bb_tpl_dict *row, const struct rows *rows,
                       size_t node)
{
    const struct bb_node *is = &it->results->tree.node[node];
    const struct bb_cell *cell = bb_results_cell(it->results, it->index, node);
    const struct bb_aggregate *aggregate = bb_results_aggregate(it->results, it->index, node);
    const struct bb_standing *standing = &it->shared->standings.node[node];
    bool is_leaf = bb_node_is_leaf(is);
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *scored = bb_tpl_once(row, "SCORED");
    bb_tpl_set(scored, "SCORE", bb_page_detail(arena, aggregate->score));
    bb_tpl_set_html(scored, "BAR_HTML", bar_of(it, rows, node));
    bb_tpl_set(scored, "RANK", aggregate->rank ? bb_arena_printf(arena, "%zu of %zu", aggregate->rank, standing->n) : "");
    bb_tpl_set(scored, "MEDIAN", it->shared->median[node]);
    bb_tpl_set(scored, "BEST", it->shared->best[node]);
    bb_tpl_set(scored, "HOW", is_leaf ? cell_how(it, is, cell) : group_how(it, node));
    bb_tpl_optional(scored, "DETAIL", is_leaf ? cell->detail : NULL);
    bb_tpl_set(scored, "LAYER", is_leaf ? cell->layer : NULL);
    add_error(it, scored, cell);
    if (is_leaf)
        bb_tpl_set(scored, "COUNT", cell->n ? bb_arena_printf(arena, "%zu", cell->n) : "");
    else
        bb_tpl_set(scored, "COUNT", bb_arena_printf(arena, "%zu/%zu", aggregate->scored, aggregate->of));
    if (is_leaf) add_marks(it, notes, scored, cell);
}

static size_t own_leaves(const struct bb_model_page *it, size_t group);

/* No benchmark at or below the node has a score, and all say the same: its row says it for all of them. */
static bool is_alike(const struct bb_model_page *it, size_t node)
{
    const struct bb_tree *tree = &it->results->tree;
    const struct bb_cell *first = NULL;
    for (size_t i = node, end = bb_view_end(tree, node); i < end; i++) {
        const struct bb_cell *cell = bb_results_cell(it->results, it->index, i);
        if (!bb_node_is_leaf(&tree->node[i])) {
            if (!tree->node[i].n_children) return false;
            continue;
        }
        if (!first) first = cell;
        if (cell->status == BB_CELL_OK || cell->status != first->status || !bb_streq(cell->reason, first->reason)) return false;
    }
    return first != NULL;
}

static size_t first_leaf(const struct bb_tree *tree, size_t node)
{
    while (!bb_node_is_leaf(&tree->node[node])) node = tree->child[tree->node[node].first_child];
    return node;
}

static void add_unscored(const struct bb_model_page *it, struct bb_tpl_dict *row, size_t node)
{
    const struct bb_tree *tree = &it->results->tree;
    enum bb_status status = bb_view_status(it->results, it->index, node);
    const char *reason = is_alike(it, node) ? bb_results_cell(it->results, it->index, first_leaf(tree, node))->reason : NULL;
    struct bb_tpl_dict *unscored = bb_tpl_once(row, "UNSCORED");
    if (tree->node[node].publish == BB_PUBLISH_NONE) {
        bb_tpl_set(unscored, "STATUS_CLASS", bb_page_status_class(BB_CELL_NONE));
        bb_tpl_set(unscored, "STATUS_TEXT", "not published");
        return;
    }
    bb_tpl_set(unscored, "STATUS_CLASS", bb_page_status_class(status));
    bb_page_status(unscored, status);
    bb_tpl_optional(unscored, "REASON", reason);
    if (bb_node_is_leaf(&tree->node[node]) && status == BB_CELL_FAILED)
        bb_trend_add_last(&it->page, unscored, it->model->id, node);
    if (!bb_node_is_leaf(&tree->node[node]) && is_alike(it, node)) {
        size_t n = 0;
        for (size_t i = node, end = bb_view_end(tree, node); i < end; i++) n += bb_node_is_leaf(&tree->node[i]);
        bb_tpl_optional(unscored, "ALIKE", bb_arena_printf(it->page.arena, "%zu benchmark%s", n, n == 1 ? "" : "s"));
    }
}

static void add_row(const struct bb_model_page *it, struct notes *notes, struct bb_tpl_dict *table, const struct rows *rows,
                    size_t node)
{
    const struct bb_tree *tree = &it->results->tree;
    const struct bb_node *is = &tree->node[node];
    bool is_leaf = bb_node_is_leaf(is);
    struct bb_tpl_dict *row = bb_tpl_section(table, "ROW");
    bb_tpl_set(row, "ROW_CLASS", is_leaf ? "leaf" : node == rows->top ? "group whole" : "group");
    bb_tpl_set(row, "NODE_ID", is->id);
    bb_tpl_set(row, "NODE_TITLE", bb_page_node_title(is));
    bb_tpl_set_number(row, "NODE_DEPTH", bb_page_depth(is->depth - tree->node[rows->top].depth));
    if (is_leaf && is->version > 0) bb_tpl_optional(row, "NODE_VERSION", bb_arena_printf(it->page.arena, "v%ld", is->version));
    size_t below = is_leaf ? 0 : own_leaves(it, node);
    if (below > rows->fold) bb_tpl_optional(row, "FOLDED", bb_arena_printf(it->page.arena, "%zu benchmarks", below));
    if (is->publish != BB_PUBLISH_NONE && bb_results_aggregate(it->results, it->index, node)->scored > 0)
        add_scored(it, notes, row, rows, node);
    else
        add_unscored(it, row, node);
}

/* --- a table -------------------------------------------------------------------------------------------------------- */

/* There is something to say of the node: a score, or why there is none. */
static bool says(const struct bb_model_page *it, size_t node)
{
    return bb_view_status(it->results, it->index, node) != BB_CELL_NONE ||
           bb_results_aggregate(it->results, it->index, node)->scored > 0;
}

/* All rows in tree order. A group below which there is no score and everywhere the same reason is one row. */
static struct rows all_rows(const struct bb_model_page *it, const struct bb_model_table *table)
{
    const struct bb_tree *tree = &it->results->tree;
    struct rows rows = {
        .node = BB_NEW_ARRAY(it->page.arena, table->end - table->node, size_t), .top = table->node, .fold = (size_t)-1};
    for (size_t i = table->node; i < table->end;) {
        bool is_apart = bb_model_is_apart(tree, table->node, i);
        if (!is_apart && says(it, i)) rows.node[rows.n++] = i;
        bool is_group = !bb_node_is_leaf(&tree->node[i]);
        bool is_silent = is_group && ((i != table->node && !bb_view_has_answer(it->results, it->index, i)) || is_alike(it, i));
        i = is_apart || is_silent ? bb_view_end(tree, i) : i + 1;
    }
    return rows;
}

/* Benchmarks that stand directly in the group, as far as they have rows. */
static size_t own_leaves(const struct bb_model_page *it, size_t group)
{
    const struct bb_tree *tree = &it->results->tree;
    size_t n = 0;
    if (!bb_view_has_answer(it->results, it->index, group) || is_alike(it, group)) return 0;
    for (size_t c = 0; c < tree->node[group].n_children; c++) {
        size_t child = tree->child[tree->node[group].first_child + c];
        n += bb_node_is_leaf(&tree->node[child]) && says(it, child);
    }
    return n;
}

static bool is_folded(const struct bb_model_page *it, const struct rows *rows, size_t node)
{
    size_t parent = it->results->tree.node[node].parent_index;
    return bb_node_is_leaf(&it->results->tree.node[node]) && node != rows->top && own_leaves(it, parent) > rows->fold;
}

/* The mildest rule with which the table is short: groups of more than 8 benchmarks are folded, of more than 4, all. */
static void choose_fold(const struct bb_model_page *it, struct rows *rows)
{
    static const size_t limits[] = {(size_t)-1, 8, 4, 0};
    for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
        size_t n = 0;
        rows->fold = limits[k];
        for (size_t i = 0; i < rows->n; i++) n += !is_folded(it, rows, rows->node[i]);
        if (n <= MANY_ROWS) return;
    }
}

/* From 0 to 1, further down to the next tenth where a score is negative. */
static struct bb_bar_axis find_axis(const struct bb_model_page *it, const struct rows *rows)
{
    struct bb_bar_axis axis = {0, 1};
    for (size_t i = 0; i < rows->n; i++) {
        double score = bb_results_aggregate(it->results, it->index, rows->node[i])->score;
        if (score < axis.low && score >= -1) axis.low = floor(score * 10) / 10;
    }
    return axis;
}

/* The frame of a table: the main one of a tree, or that of a folded group. */
static struct bb_tpl_dict *begin_table(const struct bb_model_page *it, struct bb_tpl_dict *section, const struct rows *rows,
                                       const char *id)
{
    struct bb_tpl_dict *table = bb_tpl_include(section, "ROWS", "model_rows.tpl");
    bb_tpl_set(table, "TABLE_ID", id);
    bb_tpl_set(table, "AXIS_LOW", rows->axis.low < 0 ? bb_arena_printf(it->page.arena, "−%.1f", -rows->axis.low) : "0");
    return table;
}

static void add_fold(const struct bb_model_page *it, struct notes *notes, struct bb_tpl_dict *section, const struct rows *rows,
                     size_t group)
{
    const struct bb_node *is = &it->results->tree.node[group];
    struct bb_tpl_dict *fold = bb_tpl_section(section, "FOLD");
    struct rows own = {.top = group, .axis = rows->axis, .fold = (size_t)-1};
    bb_tpl_set(fold, "NODE_ID", is->id);
    bb_tpl_set(fold, "NODE_TITLE", bb_page_node_title(is));
    bb_tpl_set(fold, "NODE_ID", is->id);
    bb_tpl_set_number(fold, "FOLD_COUNT", own_leaves(it, group));
    struct bb_tpl_dict *table = begin_table(it, fold, rows, bb_arena_printf(it->page.arena, "in-%s", is->id));
    bb_tpl_optional(table, "CAPTION", bb_page_node_title(is));
    for (size_t c = 0; c < is->n_children; c++) {
        size_t child = it->results->tree.child[is->first_child + c];
        if (bb_node_is_leaf(&it->results->tree.node[child]) && says(it, child)) add_row(it, notes, table, &own, child);
    }
}

static bool add_table(const struct bb_model_page *it, struct notes *notes, const struct bb_model_table *spec)
{
    const struct bb_tree *tree = &it->results->tree;
    if (!bb_view_has_answer(it->results, it->index, spec->node)) return false;
    struct rows rows = all_rows(it, spec);
    choose_fold(it, &rows);
    rows.axis = find_axis(it, &rows);
    const char *id = bb_arena_printf(it->page.arena, "scores-%s", tree->node[spec->node].id);
    struct bb_tpl_dict *section = bb_tpl_section(it->page.content, "MODEL_TABLE");
    bb_tpl_set(section, "TABLE_ID", id);
    bb_tpl_set(section, "MODEL_TABLE_TITLE", spec->title);
    struct bb_tpl_dict *table = begin_table(it, section, &rows, id);
    bb_tpl_show(table, spec->is_main ? "KEY" : "APART");
    for (size_t i = 0; i < rows.n; i++)
        if (!is_folded(it, &rows, rows.node[i])) add_row(it, notes, table, &rows, rows.node[i]);
    for (size_t i = 0; i < rows.n; i++)
        if (!bb_node_is_leaf(&tree->node[rows.node[i]]) && own_leaves(it, rows.node[i]) > rows.fold)
            add_fold(it, notes, section, &rows, rows.node[i]);
    return true;
}

/* --- strongest and weakest ------------------------------------------------------------------------------------------ */

struct extreme {
    size_t node;
    double ahead;
};

static int best_first(const void *a, const void *b)
{
    const struct extreme *x = a, *y = b;
    if (x->ahead != y->ahead) return x->ahead > y->ahead ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

/* Published benchmarks outside engineering that enough others have a score on, by how many of them the model is ahead of. */
static size_t sort_by_standing(const struct bb_model_page *it, struct extreme *list)
{
    const struct bb_tree *tree = &it->results->tree;
    size_t n = 0;
    for (size_t i = 0; i < tree->n; i++) {
        const struct bb_standing *standing = &it->shared->standings.node[i];
        const struct bb_aggregate *aggregate = bb_results_aggregate(it->results, it->index, i);
        size_t others = standing->n - (aggregate->rank > 0);
        if (!bb_node_is_leaf(&tree->node[i]) || tree->node[i].engineering || !bb_model_shows(it, i) || others < FEW_MODELS)
            continue;
        double ahead = bb_standing_ahead(standing, aggregate->score, aggregate->rank > 0);
        if (!isnan(ahead)) list[n++] = (struct extreme){i, ahead};
    }
    qsort(list, n, sizeof *list, best_first);
    return n;
}

static void add_extreme(const struct bb_model_page *it, struct bb_tpl_dict *list, const struct extreme *item)
{
    const struct bb_node *node = &it->results->tree.node[item->node];
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *row = bb_tpl_section(list, "EXTREME");
    bb_tpl_set(row, "NODE_ID", node->id);
    bb_tpl_set(row, "NODE_TITLE", bb_page_node_title(node));
    bb_tpl_set(row, "SCORE", bb_page_detail(arena, bb_results_aggregate(it->results, it->index, item->node)->score));
    bb_tpl_set(row, "AHEAD", bb_arena_printf(arena, "%.0f", bb_round_decimals(item->ahead * 100, 0)));
}

static void add_extremes(const struct bb_model_page *it)
{
    struct extreme *list = BB_NEW_ARRAY(it->page.arena, it->results->tree.n + 1, struct extreme);
    size_t n = sort_by_standing(it, list), shown = n / 2 < N_EXTREMES ? n / 2 : N_EXTREMES;
    if (n < 4) return;
    struct bb_tpl_dict *section = bb_tpl_section(it->page.content, "EXTREMES");
    bb_tpl_set_number(section, "FEW_MODELS", FEW_MODELS);
    struct bb_tpl_dict *strong = bb_tpl_section(section, "EXTREME_LIST"), *weak = bb_tpl_section(section, "EXTREME_LIST");
    bb_tpl_set(strong, "EXTREME_TITLE", "Strongest");
    bb_tpl_set(weak, "EXTREME_TITLE", "Weakest");
    for (size_t i = 0; i < shown; i++) {
        add_extreme(it, strong, &list[i]);
        add_extreme(it, weak, &list[n - 1 - i]);
    }
}

void bb_model_add_scores(const struct bb_model_page *it)
{
    struct notes notes = {BB_NEW_ARRAY(it->page.arena, 4 * it->results->tree.n + 1, const char *), 0};
    bool any = false;
    add_extremes(it);
    for (size_t i = 0; i < it->shared->n_tables; i++) any |= add_table(it, &notes, &it->shared->table[i]);
    if (!any)
        bb_tpl_show(it->page.content, "NO_SCORES");
    else
        bb_page_exports_model(&it->page, it->page.content, it->index);
    add_notes(it, &notes);
}
