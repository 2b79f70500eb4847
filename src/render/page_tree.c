/*
 * The index of benchmarks: the whole tree, and what one looks for when choosing among them.
 */
#include "render/page_node.h"

#include <math.h>

#include "render/describe.h"

static size_t count_leaves(const struct bb_results *results, bool here)
{
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++)
        n += bb_node_is_leaf(&results->tree.node[i]) && (!here || bb_results_node_shown(results, i));
    return n;
}

static void add_leaf(const struct bb_page *page, struct bb_tpl_dict *row, size_t index)
{
    const struct bb_results *results = page->site->results;
    const struct bb_node *node = &results->tree.node[index];
    bool hidden = node->publish == BB_PUBLISH_NONE;
    struct bb_tpl_dict *leaf = bb_tpl_section(row, "TREE_LEAF");
    bb_tpl_set(leaf, "TREE_REGION", node->region);
    bb_tpl_set(leaf, "TREE_SPECIES", node->species);
    bb_tpl_set(leaf, "TREE_STIMULI", node->n_stimuli > 0 ? bb_describe_count(page->arena, node->n_stimuli) : "");
    bb_tpl_set(leaf, "TREE_METRIC", node->metric ? node->metric->title : "published scores");
    double ceiling = results->facts[index].ceiling.value;
    const char *without = bb_describe_has_ceiling(node, &results->facts[index]) ? "not computed here" : "none";
    bb_tpl_set(leaf, "TREE_CEILING", hidden ? "" : isnan(ceiling) ? without : bb_page_score(page->arena, ceiling));
    bb_tpl_set(leaf, "TREE_MODELS", hidden ? "" : bb_arena_printf(page->arena, "%zu", bb_node_scored(results, index)));
    bb_tpl_set(leaf, "TREE_DATA", hidden ? "scores not published" : bb_node_data_word(results, index));
}

static void add_node(const struct bb_page *page, struct bb_tpl_dict *table, size_t index)
{
    const struct bb_results *results = page->site->results;
    const struct bb_node *node = &results->tree.node[index];
    struct bb_tpl_dict *row = bb_tpl_section(table, "TREE_ROW");
    bb_tpl_set(row, "TREE_CLASS", bb_node_is_leaf(node) ? "leaf" : node->engineering ? "group apart" : "group");
    bb_tpl_set_number(row, "TREE_DEPTH", bb_page_depth(node->depth));
    bb_tpl_set(row, "TREE_ID", node->id);
    bb_tpl_set(row, "TREE_TITLE", bb_page_node_title(node));
    if (bb_node_is_leaf(node)) {
        add_leaf(page, row, index);
        return;
    }
    struct bb_tpl_dict *group = bb_tpl_section(row, "TREE_GROUP");
    bool apart = node->engineering && (node->parent_index == BB_NO_NODE || !results->tree.node[node->parent_index].engineering);
    bb_tpl_set(group, "TREE_NOTE",
               bb_arena_printf(page->arena, "%s%s", bb_page_node_note(page, index), apart ? ", apart from the average" : ""));
    bb_tpl_set(group, "TREE_MODELS", bb_arena_printf(page->arena, "%zu", bb_node_scored(results, index)));
}

static void add_domain(const struct bb_page *page, const char *domain)
{
    const struct bb_results *results = page->site->results;
    struct bb_tpl_dict *table = bb_tpl_section(page->content, "TREE_TABLE");
    bb_tpl_set(table, "TREE_TABLE_ID", domain);
    bb_tpl_set(table, "TREE_TABLE_TITLE", bb_page_title_case(page->arena, domain));
    for (size_t i = 0; i < results->tree.n; i++)
        if (bb_streq(bb_view_domain(results, i), domain) && bb_view_has_leaf(&results->tree, i)) add_node(page, table, i);
}

enum bb_code bb_page_benchmark_index(const struct bb_site *site, struct bb_err *err)
{
    struct bb_page page;
    size_t all = count_leaves(site->results, false), here = count_leaves(site->results, true);
    bb_page_begin(&page, site, "benchmarks/index.html", "tree.tpl", "Benchmarks");
    bb_tpl_set(page.content, "TREE_FACTS",
               bb_arena_printf(page.arena, "%zu benchmark%s%s", all, all == 1 ? "" : "s",
                               here < all ? bb_arena_printf(page.arena, ", %zu of them scored here", here) : ""));
    for (size_t i = 0; i < site->domains.n; i++) add_domain(&page, site->domains.name[i]);
    return bb_page_end(&page, err);
}
