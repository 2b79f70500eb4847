#include "render/page_trend.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "chart/profile.h"
#include "history/diff_words.h"
#include "render/page_figure.h"

size_t bb_trend_model(const struct bb_results *record, const char *id)
{
    size_t low = 0, high = record->n_models;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, record->model[middle].id);
        if (order == 0) return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return BB_NO_NODE;
}

size_t bb_trend_leader(const struct bb_results *record, size_t node)
{
    for (size_t m = 0; m < record->n_models; m++)
        if (bb_results_aggregate(record, m, node)->rank == 1) return m;
    return BB_NO_NODE;
}

void bb_trend_add_last(const struct bb_page *page, struct bb_tpl_dict *dict, const char *model, size_t node)
{
    const struct bb_archive *history = page->site->options->history;
    const struct bb_node *is = &page->site->results->tree.node[node];
    for (size_t i = history ? history->n - 1 : 0; i-- > 0;) { /* not what is built itself */
        const struct bb_release *release = &history->release[i];
        size_t m = bb_trend_model(release->record, model), there = bb_tree_find(&release->record->tree, is->id);
        if (!release->name || m == BB_NO_NODE || there == BB_NO_NODE || release->record->tree.node[there].version != is->version)
            continue;
        const struct bb_cell *cell = bb_results_cell(release->record, m, there);
        if (cell->status != BB_CELL_OK || isnan(cell->score)) continue;
        bb_tpl_set(bb_tpl_once(dict, "LAST_RELEASE"), "LAST_RELEASE", release->name);
        bb_tpl_set(dict, "LAST_SCORE", bb_page_score(page->arena, cell->score));
        bb_tpl_optional(dict, "LAST_DAY", release->date);
        return;
    }
}

void bb_trend_release(struct bb_tpl_dict *dict, const struct bb_release *release)
{
    if (release->name)
        bb_tpl_optional(dict, "TREND_RELEASE", release->name);
    else
        bb_tpl_show(dict, "TREND_NOW");
    bb_tpl_optional(dict, "TREND_DAY", release->date);
}

bool bb_feed_here(const struct bb_site *site)
{
    const struct bb_archive *history = site->options->history;
    for (size_t i = 0; history && site->base && i < history->n; i++)
        if (history->release[i].name && history->release[i].date) return true;
    return false;
}

/* --- tables ----------------------------------------------------------------------------------------------------------- */

struct table {
    struct bb_page *page;
    const struct bb_archive *history;
    struct bb_tpl_dict *dict;
    bool dated;
};

static struct table begin(struct bb_page *page, const char *id, const char *caption)
{
    struct table table = {.page = page, .history = page->site->options->history};
    struct bb_tpl_dict *trends = bb_tpl_once(page->content, "TRENDS");
    table.dict = bb_tpl_include(trends, "TREND", "trend.tpl");
    bb_tpl_set(table.dict, "TABLE_ID", bb_arena_printf(page->arena, "history-%s", id));
    bb_tpl_set(table.dict, "CAPTION", caption);
    for (size_t i = 0; i < table.history->n; i++) table.dated = table.dated || table.history->release[i].date;
    if (table.dated) bb_tpl_show(table.dict, "TREND_DATED");
    return table;
}

static void head(struct table *table, const char *title, bool is_number)
{
    struct bb_tpl_dict *dict = bb_tpl_section(table->dict, "TREND_HEAD");
    if (is_number) bb_tpl_show(dict, "TREND_NUMBER");
    bb_tpl_set(dict, "TREND_TITLE", title);
}

static void cell(struct bb_tpl_dict *row, const char *text, bool is_number)
{
    struct bb_tpl_dict *dict = bb_tpl_section(row, "TREND_CELL");
    if (is_number) bb_tpl_show(dict, "TREND_NUMBER");
    bb_tpl_set(dict, "TREND_TEXT", text);
}

static struct bb_tpl_dict *row_of(struct table *table, size_t release)
{
    const struct bb_release *is = &table->history->release[release];
    struct bb_tpl_dict *row = bb_tpl_section(table->dict, "TREND_ROW");
    struct bb_release shown = *is;
    if (table->dated && !shown.date) shown.date = "–"; /* a cell for each column */
    bb_trend_release(row, &shown);
    return row;
}

static const char *rank_text(struct bb_arena *arena, size_t rank)
{
    return rank ? bb_arena_printf(arena, "%zu", rank) : "";
}

/* --- a model ---------------------------------------------------------------------------------------------------------- */

static const char *why(struct bb_arena *arena, const struct bb_release *release, size_t model, size_t node, bool is_first)
{
    if (is_first) return "first on the board";
    const struct bb_average_change *change = release->diff ? bb_diff_find(release->diff, model, node) : NULL;
    if (!change) return "unchanged";
    const char *reasons = bb_diff_reasons(arena, change), *rank = bb_diff_rank(arena, change);
    if (*reasons && *rank) return bb_arena_printf(arena, "%s; rank: %s", reasons, rank);
    return *reasons ? reasons : bb_arena_printf(arena, "rank: %s", *rank ? rank : "the model is ranked or not");
}

static void model_row(struct table *table, size_t release, const char *model, const char *node, bool is_first)
{
    struct bb_arena *arena = table->page->arena;
    const struct bb_release *is = &table->history->release[release];
    size_t m = bb_trend_model(is->record, model), n = bb_tree_find(&is->record->tree, node);
    struct bb_tpl_dict *row = row_of(table, release);
    if (m == BB_NO_NODE || n == BB_NO_NODE) {
        cell(row, "", true);
        cell(row, "", true);
        cell(row, "not on the board", false);
        return;
    }
    const struct bb_aggregate *aggregate = bb_results_aggregate(is->record, m, n);
    cell(row, bb_page_detail(arena, aggregate->score), true);
    cell(row, rank_text(arena, aggregate->rank), true);
    cell(row, why(arena, is, m, n, is_first), false);
}

/* The first release in which the model has an average at the node; n: none. */
static size_t first_with(const struct bb_archive *history, const char *model, const char *node)
{
    for (size_t i = 0; i < history->n; i++) {
        const struct bb_results *record = history->release[i].record;
        size_t m = bb_trend_model(record, model), n = bb_tree_find(&record->tree, node);
        if (m != BB_NO_NODE && n != BB_NO_NODE && !isnan(bb_results_aggregate(record, m, n)->score)) return i;
    }
    return history->n;
}

static const char *name_of(const struct bb_release *release)
{
    return release->name ? release->name : "this build";
}

/* The score from release to release; the table below has the numbers. */
static void add_chart(struct bb_page *page, const char *model, size_t node, size_t first, const char *domain)
{
    const struct bb_archive *history = page->site->options->history;
    const char *id = page->site->results->tree.node[node].id;
    struct bb_arena *arena = page->arena;
    size_t n = history->n - first;
    struct bb_profile_layer *point = BB_NEW_ARRAY(arena, n, struct bb_profile_layer);
    const char **name = BB_NEW_ARRAY(arena, n, const char *);
    double *score = BB_NEW_ARRAY(arena, n, double), *rank = BB_NEW_ARRAY(arena, n, double);
    if (n < 2) return;
    for (size_t i = 0; i < n; i++) {
        const struct bb_results *record = history->release[first + i].record;
        size_t m = bb_trend_model(record, model), at = bb_tree_find(&record->tree, id);
        const struct bb_aggregate *aggregate = m == BB_NO_NODE || at == BB_NO_NODE ? NULL : bb_results_aggregate(record, m, at);
        name[i] = name_of(&history->release[first + i]);
        score[i] = aggregate ? aggregate->score : (double)NAN;
        rank[i] = aggregate && aggregate->rank ? (double)aggregate->rank : (double)NAN;
        point[i] = (struct bb_profile_layer){name[i], score[i], NAN};
    }
    const struct bb_profile profile = {.title = bb_arena_printf(arena, "%s: the average in each release", domain),
                                       .quantity = "Average",
                                       .layer = point,
                                       .n = n,
                                       .chosen = n - 1,
                                       .releases = true,
                                       .ceiling = BB_CEILING_NONE};
    const struct bb_figure_column column[] = {
        {.name = "Release", .text = name}, {.name = "Average", .value = score}, {.name = "Rank", .value = rank}};
    const struct bb_figure_data data = {.column = column, .n_columns = 3, .n_rows = n};
    bb_figure_add(page, bb_tpl_include(page->content, "TREND_FIGURES", "figures.tpl"),
                  &(struct bb_figure){.scene = bb_profile_scene(&profile, arena),
                                      .id = bb_arena_printf(arena, "history-of-%s", id),
                                      .title = profile.title,
                                      .data = &data});
}

void bb_trend_add_model(struct bb_page *page, const char *model, size_t node)
{
    const struct bb_archive *history = page->site->options->history;
    const struct bb_node *is = &page->site->results->tree.node[node];
    size_t first = history ? first_with(history, model, is->id) : 0;
    if (!history || first == history->n) return;
    const char *domain = bb_page_title_case(page->arena, bb_view_domain(page->site->results, node));
    struct table table =
        begin(page, is->id, bb_arena_printf(page->arena, "%s: score and rank in each release, and why they changed", domain));
    add_chart(page, model, node, first, domain);
    head(&table, "Score", true);
    head(&table, "Rank", true);
    head(&table, "Because of", false);
    for (size_t i = history->n; i-- > first;) model_row(&table, i, model, is->id, i == first);
}

/* --- a benchmark or group --------------------------------------------------------------------------------------------- */

static size_t count_scored(const struct bb_results *record, size_t node)
{
    size_t n = 0;
    for (size_t m = 0; m < record->n_models; m++) n += isnan(bb_results_aggregate(record, m, node)->score) ? 0 : 1;
    return n;
}

/* What happened to the node itself, and to the scores below it. */
static const char *node_change(struct bb_arena *arena, const struct bb_diff *diff, size_t node)
{
    struct bb_buf out = BB_BUF_INIT;
    const struct bb_tree *tree = &diff->after->tree;
    size_t end = bb_view_end(tree, node), cells = 0, nodes = 0;
    for (size_t i = 0; i < diff->n_cells; i++) cells += diff->cell[i].node[1] >= node && diff->cell[i].node[1] < end;
    for (size_t i = 0; i < diff->n_nodes; i++) {
        const struct bb_node_change *change = &diff->node[i];
        if (change->after == BB_NO_NODE || change->after < node || change->after >= end) continue;
        if (change->after != node) {
            nodes++;
            continue;
        }
        const char *how = bb_diff_node(arena, diff, change);
        bb_buf_printf(&out, "%s%s%s%s", out.len ? "; " : "", bb_node_change_names[change->kind], *how ? ": " : "", how);
    }
    if (nodes) bb_buf_printf(&out, "%s%zu below it changed", out.len ? "; " : "", nodes);
    if (cells) bb_buf_printf(&out, "%s%zu score%s changed", out.len ? "; " : "", cells, cells == 1 ? "" : "s");
    const char *copy = out.len ? bb_arena_strdup(arena, out.data) : "unchanged";
    bb_buf_release(&out);
    return copy;
}

static bool is_there(const struct bb_results *record, size_t node)
{
    return node != BB_NO_NODE && bb_results_node_shown(record, node);
}

static void node_row(struct table *table, size_t release, const char *id, bool is_leaf, bool is_first)
{
    struct bb_arena *arena = table->page->arena;
    const struct bb_release *is = &table->history->release[release];
    size_t n = bb_tree_find(&is->record->tree, id), leader;
    struct bb_tpl_dict *row = row_of(table, release);
    if (!is_there(is->record, n)) {
        for (int i = 0; i < (is_leaf ? 2 : 1); i++) cell(row, "", true);
        cell(row, "", false);
        cell(row, "not on the board", false);
        return;
    }
    leader = bb_trend_leader(is->record, n);
    if (is_leaf) cell(row, bb_page_detail(arena, is->record->facts[n].ceiling.value), true);
    cell(row, bb_arena_printf(arena, "%zu", count_scored(is->record, n)), true);
    cell(row,
         leader == BB_NO_NODE
             ? ""
             : bb_arena_printf(arena, "%s %s", bb_page_score(arena, bb_results_aggregate(is->record, leader, n)->score),
                               is->record->model[leader].name),
         false);
    cell(row, is_first || !is->diff ? "first on the board" : node_change(arena, is->diff, n), false);
}

void bb_trend_add_node(struct bb_page *page, size_t node)
{
    const struct bb_archive *history = page->site->options->history;
    const struct bb_node *is = &page->site->results->tree.node[node];
    bool is_leaf = bb_node_is_leaf(is);
    size_t first = 0;
    if (!history) return;
    while (first < history->n &&
           !is_there(history->release[first].record, bb_tree_find(&history->release[first].record->tree, is->id)))
        first++;
    if (first == history->n) return;
    struct table table = begin(page, is->id, "Each release, and what changed");
    if (is_leaf) head(&table, "Ceiling", true);
    head(&table, "Models scored", true);
    head(&table, "Best", false);
    head(&table, "What changed", false);
    for (size_t i = history->n; i-- > first;) node_row(&table, i, is->id, is_leaf, i == first);
}
