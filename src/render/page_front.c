/*
 * The front page, and the one that says that an address leads nowhere.
 */
#include "render/page.h"

#define TOP_RANKS 10

static size_t count_leaves(const struct bb_results *results)
{
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++)
        n += bb_node_is_leaf(&results->tree.node[i]) && bb_results_node_shown(results, i);
    return n;
}

static size_t count_listed(const struct bb_results *results)
{
    size_t n = 0;
    for (size_t m = 0; m < results->n_models; m++) n += results->model[m].visibility == BB_PUBLIC;
    return n;
}

/* The top of the domain's main table; false: there is nothing in it. */
static bool add_domain(const struct bb_page *page, const char *domain)
{
    struct bb_view_nodes tables = bb_view_tables(page->site->results, domain, page->arena);
    if (!tables.n) return false;
    struct bb_view_rows rows = bb_view_rows(page->site->results, tables.node[0], page->arena);
    if (!rows.n) return false;
    const char *title = bb_page_title_case(page->arena, domain);
    struct bb_tpl_dict *front = bb_tpl_section(page->content, "FRONT_DOMAIN");
    bb_tpl_set(front, "FRONT_ID", domain);
    bb_tpl_set(front, "FRONT_TITLE", title);
    bb_tpl_set(front, "FRONT_PATH", bb_arena_printf(page->arena, "%s/index.html", domain));
    bb_tpl_set(front, "FRONT_MORE", bb_arena_printf(page->arena, "All %zu models and every benchmark of %s", rows.n, domain));
    bb_page_board(page, front, tables.node[0], &rows, TOP_RANKS, bb_arena_printf(page->arena, "top-%s", domain),
                  bb_arena_printf(page->arena, rows.n_ranked > TOP_RANKS ? "%s: the first %d ranks" : "%s: all models", title, TOP_RANKS));
    return true;
}

static const char *front_facts(const struct bb_page *page)
{
    const struct bb_results *results = page->site->results;
    const struct bb_board *board = &results->board;
    size_t models = count_listed(results), benchmarks = count_leaves(results);
    return bb_arena_printf(page->arena, "%s%s%s%s%s%zu model%s · %zu benchmark%s", board->release ? "Release " : "",
                           board->release ? board->release : "", board->release ? " · " : "", board->date ? board->date : "",
                           board->date ? " · " : "", models, models == 1 ? "" : "s", benchmarks, benchmarks == 1 ? "" : "s");
}

static enum bb_code front_page(const struct bb_site *site, struct bb_err *err)
{
    struct bb_page page;
    bool any = false;
    bb_page_begin(&page, site, "index.html", "front.tpl", NULL);
    bb_tpl_set(page.content, "FRONT_FACTS", front_facts(&page));
    bb_page_paragraphs(page.content, site->results->board.description);
    for (size_t i = 0; i < site->domains.n; i++) any |= add_domain(&page, site->domains.name[i]);
    if (!any) bb_tpl_show(page.content, "NO_SCORES");
    if (bb_insight_here(site)) bb_tpl_show(page.content, "INSIGHT");
    bb_tpl_optional(page.content, "CITATION", site->results->board.citation);
    return bb_page_end(&page, err);
}

static enum bb_code lost_page(const struct bb_site *site, struct bb_err *err)
{
    struct bb_page page;
    bb_page_begin(&page, site, "404.html", "lost.tpl", "No such page");
    return bb_page_end(&page, err);
}

enum bb_code bb_pages_front(const struct bb_site *site, struct bb_err *err)
{
    enum bb_code code = front_page(site, err);
    if (code == BB_OK) code = lost_page(site, err);
    return code;
}
