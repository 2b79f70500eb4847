/*
 * The changes of a board with a history: an index with the ranks over the releases, a page for each release, and an Atom feed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "chart/bump.h"
#include "history/diff_words.h"
#include "render/editions.h"
#include "render/host_files.h"
#include "render/page_figure.h"
#include "render/page_trend.h"

enum { MOST_ROWS = 200 /* of a table: changes.json has all */, MOST_NAMES = 60 };

static const struct bb_archive *history_of(const struct bb_site *site)
{
    return site->options->history;
}

static const char *summary_of(struct bb_arena *arena, const struct bb_release *release)
{
    if (release->diff) return bb_diff_summary(arena, release->diff);
    size_t leaves = 0;
    for (size_t i = 0; i < release->record->tree.n; i++)
        leaves += bb_node_is_leaf(&release->record->tree.node[i]) && release->record->facts[i].present;
    return bb_arena_printf(arena, "The first release: %zu model%s, %zu benchmark%s", release->record->n_models,
                           release->record->n_models == 1 ? "" : "s", leaves, leaves == 1 ? "" : "s");
}

/* Pages of the site; NULL: there is none (any more). */
static const char *model_path(const struct bb_page *page, const char *id)
{
    const struct bb_results *results = page->site->results;
    size_t m = bb_trend_model(results, id);
    bool is_here = m != BB_NO_NODE && results->model[m].visibility == BB_PUBLIC;
    return is_here ? bb_arena_printf(page->arena, "models/%s/index.html", id) : NULL;
}

static const char *node_path(const struct bb_page *page, const char *id)
{
    const struct bb_tree *tree = &page->site->results->tree;
    size_t node = bb_tree_find(tree, id);
    if (node == BB_NO_NODE || !bb_view_has_leaf(tree, node)) return NULL;
    return bb_arena_printf(page->arena, "benchmarks/%s/index.html", id);
}

static void set_link(struct bb_tpl_dict *dict, const char *path, const char *name)
{
    struct bb_tpl_dict *section = bb_tpl_section(dict, path ? "LIST_PATH" : "LIST_GONE");
    if (path) bb_tpl_set(section, "LIST_PATH", path);
    bb_tpl_set(section, "LIST_NAME", name);
}

/* --- what came and went ----------------------------------------------------------------------------------------------- */

struct list {
    const struct bb_page *page;
    struct bb_tpl_dict *lists, *list; /* NULL until there is something in it */
    const char *title;
    size_t n;
};

static void list_add(struct list *list, const char *path, const char *name, const char *how)
{
    if (!list->list) {
        list->list = bb_tpl_section(bb_tpl_once(list->page->content, "RELEASE_LISTS"), "RELEASE_LIST");
        bb_tpl_set(list->list, "LIST_TITLE", list->title);
    }
    if (list->n++ >= MOST_NAMES) return;
    struct bb_tpl_dict *item = bb_tpl_section(list->list, "LIST_ITEM");
    set_link(item, path, name);
    bb_tpl_optional(item, "LIST_HOW", how);
}

static void list_end(struct list *list)
{
    if (list->n <= MOST_NAMES) return;
    struct bb_tpl_dict *item = bb_tpl_section(list->list, "LIST_ITEM");
    set_link(item, NULL, bb_arena_printf(list->page->arena, "and %zu more", list->n - MOST_NAMES));
}

static void add_models(const struct bb_page *page, const char *title, const struct bb_results *of, const size_t *model, size_t n)
{
    struct list list = {.page = page, .title = title};
    for (size_t i = 0; i < n; i++) list_add(&list, model_path(page, of->model[model[i]].id), of->model[model[i]].name, NULL);
    list_end(&list);
}

static void add_nodes(const struct bb_page *page, const char *title, const struct bb_diff *diff, enum bb_node_change_kind kind)
{
    struct list list = {.page = page, .title = title};
    for (size_t i = 0; i < diff->n_nodes; i++) {
        const struct bb_node_change *change = &diff->node[i];
        if (change->kind != kind) continue;
        const struct bb_node *node =
            kind == BB_NODE_REMOVED ? &diff->before->tree.node[change->before] : &diff->after->tree.node[change->after];
        list_add(&list, node_path(page, node->id), bb_page_node_title(node), bb_diff_node(page->arena, diff, change));
    }
    list_end(&list);
}

static void add_rule(const struct bb_page *page, const char *title, const char *text)
{
    struct list list = {.page = page, .title = title};
    list_add(&list, NULL, text, NULL);
}

static void add_board(const struct bb_page *page, const struct bb_diff *diff)
{
    add_models(page, "Models added", diff->after, diff->model_added, diff->n_models_added);
    add_models(page, "Models removed", diff->before, diff->model_removed, diff->n_models_removed);
    add_nodes(page, "Benchmarks added", diff, BB_NODE_ADDED);
    add_nodes(page, "Benchmarks removed", diff, BB_NODE_REMOVED);
    add_nodes(page, "Benchmarks revised", diff, BB_NODE_REVISED);
    add_nodes(page, "Regrouped", diff, BB_NODE_REGROUPED);
    struct bb_diff_rule rule[BB_DIFF_RULES];
    for (size_t i = 0, n = bb_diff_rules(page->arena, diff, rule); i < n; i++) add_rule(page, rule[i].title, rule[i].text);
}

/* --- averages --------------------------------------------------------------------------------------------------------- */

static void group_row(const struct bb_page *page, struct bb_tpl_dict *group, const struct bb_diff *diff, const bool *has_kind,
                      const struct bb_average_change *change)
{
    struct bb_tpl_dict *row = bb_tpl_section(group, "GROUP_ROW");
    const struct bb_model *model = &diff->after->model[change->model[1]];
    set_link(row, model_path(page, model->id), model->name);
    bb_tpl_set(row, "GROUP_RANK", bb_diff_ranks(page->arena, change));
    bb_tpl_set(row, "GROUP_BEFORE", bb_page_detail(page->arena, change->before));
    bb_tpl_set(row, "GROUP_AFTER", bb_page_detail(page->arena, change->after));
    bb_tpl_set(row, "GROUP_CHANGE", bb_diff_signed(page->arena, change->after - change->before));
    for (int kind = 0; kind < BB_N_TERMS; kind++)
        if (has_kind[kind])
            bb_tpl_set(bb_tpl_section(row, "GROUP_CELL"), "GROUP_TERM",
                       change->sum[kind] != 0 ? bb_diff_signed(page->arena, change->sum[kind]) : "");
    bb_tpl_set(row, "GROUP_WHY", bb_diff_rank(page->arena, change));
}

static void add_group(const struct bb_page *page, const struct bb_diff *diff, const struct bb_average_change **change, size_t n)
{
    const struct bb_node *node = &diff->after->tree.node[change[0]->node[1]];
    struct bb_tpl_dict *group = bb_tpl_section(page->content, "RELEASE_GROUP");
    bool has_kind[BB_N_TERMS] = {false};
    qsort(change, n, sizeof *change, bb_diff_by_change);
    bb_tpl_set(group, "TABLE_ID", bb_arena_printf(page->arena, "changes-%s", node->id));
    bb_tpl_set(group, "GROUP_TITLE",
               node->domain ? bb_arena_printf(page->arena, "%s: %s", bb_page_title_case(page->arena, node->domain),
                                              bb_page_node_title(node))
                            : bb_page_node_title(node));
    bb_tpl_set(group, "CAPTION",
               bb_arena_printf(page->arena,
                               "%zu of the %zu models that are in both%s. The parts between “Change” and the reason of the rank "
                               "add up to the change.",
                               n, diff->n_models_common,
                               n > MOST_ROWS ? bb_arena_printf(page->arena, "; the %d largest changes", MOST_ROWS) : ""));
    for (int kind = 0; kind < BB_N_TERMS; kind++) {
        for (size_t i = 0; i < n && !has_kind[kind]; i++) has_kind[kind] = change[i]->sum[kind] != 0;
        if (has_kind[kind]) bb_tpl_set(bb_tpl_section(group, "GROUP_HEAD"), "GROUP_KIND", bb_term_names[kind].title);
    }
    for (size_t i = 0; i < n && i < MOST_ROWS; i++) group_row(page, group, diff, has_kind, change[i]);
}

static void add_groups(const struct bb_page *page, const struct bb_diff *diff)
{
    const struct bb_average_change **sorted = BB_NEW_ARRAY(page->arena, diff->n_averages + 1, const struct bb_average_change *);
    for (size_t first = 0, behind; first < diff->n_averages; first = behind) {
        size_t node = diff->average[first].node[1];
        for (behind = first; behind < diff->n_averages && diff->average[behind].node[1] == node; behind++)
            sorted[behind - first] = &diff->average[behind];
        if (!diff->after->tree.node[node].parent) add_group(page, diff, sorted, behind - first);
    }
}

/* --- scores ----------------------------------------------------------------------------------------------------------- */

static double size_of(const struct bb_cell_change *change)
{
    double size = fabs(change->after->score - change->before->score);
    return isnan(size) ? HUGE_VAL : size; /* what came or went is read first */
}

static int by_cell(const void *a, const void *b)
{
    const struct bb_cell_change *x = *(const struct bb_cell_change *const *)a, *y = *(const struct bb_cell_change *const *)b;
    if (size_of(x) != size_of(y)) return size_of(x) > size_of(y) ? -1 : 1;
    return (x > y) - (x < y);
}

static const char *cell_text(const struct bb_page *page, const struct bb_cell *cell)
{
    bool has = cell->status == BB_CELL_OK && !isnan(cell->score);
    return has ? bb_page_detail(page->arena, cell->score) : bb_diff_cell(page->arena, cell);
}

static void add_scores(const struct bb_page *page, const struct bb_diff *diff)
{
    const struct bb_cell_change **sorted = BB_NEW_ARRAY(page->arena, diff->n_cells + 1, const struct bb_cell_change *);
    if (!diff->n_cells) return;
    struct bb_tpl_dict *section = bb_tpl_section(page->content, "RELEASE_SCORES");
    for (size_t i = 0; i < diff->n_cells; i++) sorted[i] = &diff->cell[i];
    qsort(sorted, diff->n_cells, sizeof *sorted, by_cell);
    bb_tpl_set(
        section, "CAPTION",
        bb_arena_printf(page->arena, "%zu scores of models and benchmarks that are in both%s, and what of their inputs changed",
                        diff->n_cells,
                        diff->n_cells > MOST_ROWS ? bb_arena_printf(page->arena, " (the %d largest changes)", MOST_ROWS) : ""));
    for (size_t i = 0; i < diff->n_cells && i < MOST_ROWS; i++) {
        struct bb_tpl_dict *row = bb_tpl_section(section, "SCORE_ROW");
        bb_tpl_set(row, "SCORE_MODEL", diff->after->model[sorted[i]->model[1]].name);
        bb_tpl_set(row, "SCORE_BENCHMARK", bb_page_node_title(&diff->after->tree.node[sorted[i]->node[1]]));
        bb_tpl_set(row, "GROUP_BEFORE", cell_text(page, sorted[i]->before));
        bb_tpl_set(row, "GROUP_AFTER", cell_text(page, sorted[i]->after));
        bb_tpl_set(row, "GROUP_CHANGE", bb_diff_signed(page->arena, sorted[i]->after->score - sorted[i]->before->score));
        bb_tpl_set(row, "SCORE_CAUSES", bb_diff_causes(page->arena, sorted[i]->causes));
    }
}

static enum bb_code release_page(const struct bb_site *site, const struct bb_release *release, struct bb_err *err)
{
    struct bb_page page;
    struct bb_buf json = BB_BUF_INIT;
    const char *name = release->name ? release->name : "This build";
    const char *folder = bb_arena_printf(site->arena, "changes/%s", release->name ? release->name : BB_UNNAMED_RELEASE);
    bb_page_begin(&page, site, bb_arena_printf(site->arena, "%s/index.html", folder), "release.tpl",
                  bb_arena_printf(site->arena, "Changes: %s", name));
    bb_tpl_set(page.content, "RELEASE_TITLE", release->name ? bb_arena_printf(page.arena, "Release %s", name) : name);
    bb_tpl_optional(page.content, "TREND_DAY", release->date);
    bb_tpl_set(page.content, "RELEASE_SUMMARY", summary_of(page.arena, release));
    if (release->diff) {
        bb_tpl_show(page.content, "RELEASE_DATA");
        add_board(&page, release->diff);
        add_groups(&page, release->diff);
        add_scores(&page, release->diff);
        bb_diff_json(release->diff, &json);
    }
    enum bb_code code = bb_page_end(&page, err);
    if (code == BB_OK && json.len)
        code = bb_staging_add(site->staging, bb_arena_printf(site->arena, "%s/changes.json", folder), json.data, json.len, err);
    bb_buf_release(&json);
    return code;
}

/* --- the index -------------------------------------------------------------------------------------------------------- */

static bool is_ranked_somewhere(const size_t *rank, size_t n)
{
    size_t ranked = 0;
    for (size_t i = 0; i < n; i++) ranked += rank[i] > 0;
    return ranked > 0;
}

/* The ranks at a root of the site, of all models that the site has. */
static void add_bump(const struct bb_page *page, struct bb_tpl_dict **figures, size_t node)
{
    const struct bb_archive *history = history_of(page->site);
    const struct bb_results *results = page->site->listed;
    const char *id = results->tree.node[node].id;
    struct bb_arena *arena = page->arena;
    const char **list = BB_NEW_ARRAY(arena, history->n + 1, const char *);
    struct bb_bump_line *line = BB_NEW_ARRAY(arena, results->n_models + 1, struct bb_bump_line);
    size_t n = 0;
    for (size_t i = 0; i < history->n; i++) list[i] = history->release[i].name ? history->release[i].name : "this build";
    for (size_t m = 0; m < results->n_models; m++) {
        size_t *rank = BB_NEW_ARRAY(arena, history->n + 1, size_t);
        for (size_t i = 0; i < history->n; i++) {
            const struct bb_results *record = history->release[i].record;
            size_t model = bb_trend_model(record, results->model[m].id), at = bb_tree_find(&record->tree, id);
            if (model != BB_NO_NODE && at != BB_NO_NODE) rank[i] = bb_results_aggregate(record, model, at)->rank;
        }
        if (!is_ranked_somewhere(rank, history->n)) continue;
        line[n++] = (struct bb_bump_line){.name = results->model[m].name,
                                          .href = bb_arena_printf(arena, "../models/%s/index.html", results->model[m].id),
                                          .rank = rank};
    }
    if (n < 2) return;
    const char *title = bb_arena_printf(arena, "%s: %s", bb_page_title_case(arena, bb_view_domain(results, node)),
                                        bb_page_node_title(&results->tree.node[node]));
    const struct bb_bump bump = {.title = bb_arena_printf(arena, "%s, ranks over the releases", title),
                                 .list = list,
                                 .n_lists = history->n,
                                 .line = line,
                                 .n = n};
    struct bb_figure_column *column = BB_NEW_ARRAY(arena, history->n + 1, struct bb_figure_column);
    const char **name = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t k = 0; k < n; k++) name[k] = line[k].name;
    column[0] = (struct bb_figure_column){.name = "Model", .text = name};
    for (size_t i = 0; i < history->n; i++) {
        double *value = BB_NEW_ARRAY(arena, n, double);
        for (size_t k = 0; k < n; k++) value[k] = line[k].rank[i] ? (double)line[k].rank[i] : (double)NAN;
        column[i + 1] = (struct bb_figure_column){.name = list[i], .value = value};
    }
    const struct bb_figure_data data = {.column = column, .n_columns = history->n + 1, .n_rows = n};
    if (!*figures) *figures = bb_figures(bb_tpl_section(page->content, "RANKS_FIGURES"));
    bb_figure_add(page, *figures,
                  &(struct bb_figure){.scene = bb_bump_scene(&bump, arena),
                                      .id = bb_arena_printf(arena, "ranks-%s", id),
                                      .title = title,
                                      .data = &data,
                                      .folds = true});
}

static void add_bumps(const struct bb_page *page)
{
    struct bb_tpl_dict *figures = NULL;
    const struct bb_tree *tree = &page->site->listed->tree;
    if (history_of(page->site)->n < 2) return;
    for (size_t i = 0; i < tree->n; i++)
        if (!tree->node[i].parent && !tree->node[i].no_average && !bb_node_is_leaf(&tree->node[i])) add_bump(page, &figures, i);
}

static enum bb_code index_page(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_archive *history = history_of(site);
    struct bb_page page;
    bb_page_begin(&page, site, "changes/index.html", "changes.tpl", "Changes");
    size_t named = history->n - !history->release[history->n - 1].name;
    bb_tpl_set(page.content, "CHANGES_COUNT", bb_arena_printf(page.arena, "%zu release%s", named, named == 1 ? "" : "s"));
    if (bb_feed_here(site)) bb_tpl_show(page.content, "FEED");
    add_bumps(&page);
    for (size_t i = history->n; i-- > 0;) {
        struct bb_tpl_dict *item = bb_tpl_section(page.content, "RELEASE_ITEM");
        bb_trend_release(item, &history->release[i]);
        bb_tpl_set(item, "RELEASE_SUMMARY", summary_of(page.arena, &history->release[i]));
        /* not from a release to another, which may be withdrawn */
        if (!site->edition && bb_editions_find(site->editions, history->release[i].name))
            bb_tpl_optional(item, "AS_PUBLISHED", history->release[i].name);
    }
    return bb_page_end(&page, err);
}

/* --- the feed --------------------------------------------------------------------------------------------------------- */

static const char *moment(struct bb_arena *arena, const char *date)
{
    return bb_arena_printf(arena, "%sT00:00:00Z", date);
}

struct feed {
    const struct bb_site *site;
    struct bb_arena *arena;
    struct bb_tpl_dict *dict;
    const char *updated; /* the latest date */
};

/* `what`: NULL for the release itself, else the fragment that makes the entry's id one of its own. */
static void add_entry(struct feed *feed, const struct bb_release *release, const char *what, const char *title,
                      const char *summary)
{
    struct bb_tpl_dict *entry = bb_tpl_section(feed->dict, "ENTRY");
    const char *page = bb_arena_printf(feed->arena, "%schanges/%s/", feed->site->base, release->name);
    bb_tpl_set(entry, "ENTRY_TITLE", title);
    bb_tpl_set(entry, "ENTRY_ID", what ? bb_arena_printf(feed->arena, "%s#%s", page, what) : page);
    bb_tpl_set(entry, "ENTRY_PAGE", page);
    bb_tpl_set(entry, "ENTRY_UPDATED", moment(feed->arena, release->date));
    bb_tpl_set(entry, "ENTRY_SUMMARY", summary);
    if (!feed->updated || strcmp(release->date, feed->updated) > 0) feed->updated = release->date;
}

/* Another model leads a domain. */
static void add_leaders(struct feed *feed, const struct bb_release *release)
{
    const struct bb_diff *diff = release->diff;
    for (size_t i = 0; diff && i < release->record->tree.n; i++) {
        const struct bb_node *node = &release->record->tree.node[i];
        size_t was = bb_tree_find(&diff->before->tree, node->id), now = bb_trend_leader(diff->after, i);
        if (node->parent || was == BB_NO_NODE || now == BB_NO_NODE) continue;
        size_t old = bb_trend_leader(diff->before, was);
        if (old == BB_NO_NODE || bb_streq(diff->before->model[old].id, diff->after->model[now].id)) continue;
        const char *title = bb_arena_printf(feed->arena, "%s leads %s", diff->after->model[now].name, bb_page_node_title(node));
        add_entry(feed, release, bb_arena_printf(feed->arena, "leader-%s", node->id), title,
                  bb_arena_printf(feed->arena, "With %s; before, %s led with %s.",
                                  bb_page_score(feed->arena, bb_results_aggregate(diff->after, now, i)->score),
                                  diff->before->model[old].name,
                                  bb_page_score(feed->arena, bb_results_aggregate(diff->before, old, was)->score)));
    }
}

static enum bb_code add_feed(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_archive *history = history_of(site);
    struct feed feed = {.site = site, .arena = bb_arena_new(0), .dict = bb_tpl_new()};
    struct bb_buf xml = BB_BUF_INIT;
    const char *title = site->results->board.title;
    for (size_t i = history->n; i-- > 0;) {
        const struct bb_release *release = &history->release[i];
        if (!release->name || !release->date) continue;
        add_entry(&feed, release, NULL, bb_arena_printf(feed.arena, "%s: release %s", title, release->name),
                  summary_of(feed.arena, release));
        add_leaders(&feed, release);
    }
    bb_tpl_set(feed.dict, "FEED_TITLE", bb_arena_printf(feed.arena, "%s: changes", title));
    bb_tpl_set(feed.dict, "FEED_AUTHOR", title);
    bb_tpl_set(feed.dict, "FEED_ID", bb_arena_printf(feed.arena, "%schanges/feed.xml", site->base));
    bb_tpl_set(feed.dict, "FEED_PAGE", bb_arena_printf(feed.arena, "%schanges/", site->base));
    bb_tpl_set(feed.dict, "FEED_UPDATED", moment(feed.arena, feed.updated ? feed.updated : "1970-01-01"));
    enum bb_code code = bb_tpl_expand("feed.tpl", feed.dict, &xml, err);
    if (code == BB_OK) code = bb_staging_add(site->staging, "changes/feed.xml", bb_buf_text(&xml), xml.len, err);
    bb_buf_release(&xml);
    bb_tpl_free(feed.dict);
    bb_arena_free(feed.arena);
    return code;
}

enum bb_code bb_pages_changes(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_archive *history = history_of(site);
    enum bb_code code = BB_OK;
    if (!history) return BB_OK;
    for (size_t i = 0; code == BB_OK && i < history->n; i++) code = release_page(site, &history->release[i], err);
    if (code == BB_OK) code = index_page(site, err);
    if (code == BB_OK && bb_feed_here(site)) code = add_feed(site, err);
    return code;
}
