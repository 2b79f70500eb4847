/*
 * A page per domain: its leaderboards, and the tree of its benchmarks.
 */
#include "render/page.h"

static bool add_table(struct bb_page *page, size_t node, bool is_first)
{
    const struct bb_results *results = page->site->results;
    const struct bb_node *is = &results->tree.node[node];
    const char *title = bb_page_node_title(is);
    struct bb_view_rows rows = bb_view_rows(results, node, page->arena);
    if (!rows.n) return false;
    const char *by = rows.ordered_by == node ? "" : bb_page_node_title(&results->tree.node[rows.ordered_by]);
    struct bb_tpl_dict *table = bb_tpl_section(page->content, "DOMAIN_TABLE");
    bb_tpl_set(table, "SECTION_ID", bb_arena_printf(page->arena, "section-%s", is->id));
    bb_tpl_set(table, "SECTION_TITLE", title);
    if (is_first) bb_tpl_show(table, "MAIN_TABLE"); /* the heading of the page is enough for the eye */
    if (is->engineering) bb_tpl_show(table, "APART");
    bb_page_board(page, table, node, &rows, bb_arena_printf(page->arena, "table-%s", is->id), is_first ? "" : is->id,
                  bb_arena_printf(page->arena, "%zu models%s%s", rows.n, *by ? ", in the order of " : ", best first", by));
    return true;
}

static void add_tree(const struct bb_page *page, const char *domain)
{
    const struct bb_results *results = page->site->results;
    const struct bb_tree *tree = &results->tree;
    for (size_t i = 0; i < tree->n; i++) {
        if (!bb_streq(bb_view_domain(results, i), domain) || !bb_view_has_leaf(tree, i)) continue;
        struct bb_tpl_dict *item = bb_tpl_section(page->content, "NODE");
        bb_tpl_set(item, "NODE_ID", tree->node[i].id);
        bb_tpl_set(item, "NODE_TITLE", bb_page_node_title(&tree->node[i]));
        bb_tpl_set_number(item, "NODE_DEPTH", bb_page_depth(tree->node[i].depth));
        bb_tpl_optional(item, "NODE_NOTE", bb_page_node_note(page, i));
    }
}

static enum bb_code domain_page(const struct bb_site *site, const char *domain, struct bb_err *err)
{
    struct bb_arena *arena = site->arena;
    const char *title = bb_page_title_case(arena, domain);
    struct bb_page page;
    bool any = false;
    bb_page_begin(&page, site, bb_arena_printf(arena, "%s/index.html", domain), "domain.tpl", title);
    bb_tpl_set(page.content, "DOMAIN_TITLE", title);
    struct bb_view_nodes tables = bb_view_tables(site->results, domain, page.arena);
    for (size_t i = 0; i < tables.n; i++) any |= add_table(&page, tables.node[i], i == 0);
    if (!any) bb_tpl_show(page.content, "NO_SCORES");
    bb_page_legend(&page, page.content);
    add_tree(&page, domain);
    return bb_page_end(&page, err);
}

enum bb_code bb_pages_domains(const struct bb_site *site, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; code == BB_OK && i < site->domains.n; i++) code = domain_page(site, site->domains.name[i], err);
    return code;
}
