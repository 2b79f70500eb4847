/*
 * The front page, and the one that says that an address leads nowhere.
 */
#include "render/page.h"

#include <math.h>
#include <string.h>

#include "render/dataset.h"
#include "render/markdown.h"
#include "render/page_chart.h"

#define TOP_RANKS     10
#define FRONT_PARTS   4 /* columns beside the average */
#define PART_CHILDREN 8 /* names after each part */

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

/* A domain's main table: its best models, and the parts that its average is made of. */
struct front {
    const struct bb_page *page;
    const struct bb_results *results;
    struct bb_view_rows rows;
    struct bb_view_column scores; /* range of the scores that the order comes from */
    size_t part[FRONT_PARTS], n_parts;
};

static bool is_part(const struct bb_results *results, size_t node)
{
    const struct bb_node *is = &results->tree.node[node];
    return bb_results_node_shown(results, node) && !is->engineering && !is->no_average && is->publish != BB_PUBLISH_NONE;
}

static void find_parts(struct front *front, size_t root)
{
    const struct bb_tree *tree = &front->results->tree;
    for (size_t c = 0; c < tree->node[root].n_children && front->n_parts < FRONT_PARTS; c++) {
        size_t child = tree->child[tree->node[root].first_child + c];
        if (child != front->rows.ordered_by && is_part(front->results, child)) front->part[front->n_parts++] = child;
    }
}

static const char *bar_of(const struct front *front, double score)
{
    const struct bb_bar_axis axis = {fmin(0, front->scores.low), fmax(1, front->scores.high)};
    const struct bb_bar bar = {.score = score, .error = (double)NAN, .median = (double)NAN, .best = (double)NAN};
    if (front->results->tree.node[front->rows.ordered_by].lower_better) return "";
    return bb_chart_bar_html(front->page->arena, axis, bar);
}

static void add_row(const struct front *front, struct bb_tpl_dict *section, size_t index)
{
    const struct bb_model *model = &front->results->model[index];
    struct bb_arena *arena = front->page->arena;
    double score = bb_results_aggregate(front->results, index, front->rows.ordered_by)->score;
    struct bb_tpl_dict *row = bb_tpl_section(section, "FRONT_ROW");
    bb_page_rank(row, front->results, &front->rows, index);
    bb_page_model(row, model);
    if (model->reference) bb_tpl_show(row, "REFERENCE");
    bb_tpl_optional(row, "BY", model->submitter);
    bb_tpl_set(row, "SCORE", bb_page_score(arena, score));
    bb_tpl_set_html(row, "BAR_HTML", bar_of(front, score));
    for (size_t k = 0; k < front->n_parts; k++)
        bb_tpl_set(bb_tpl_section(row, "FRONT_CELL"), "SCORE",
                   bb_page_score(arena, bb_results_aggregate(front->results, index, front->part[k])->score));
}

/* The first ranks, and reference rows between them. */
static void add_rows(const struct front *front, struct bb_tpl_dict *section)
{
    for (size_t i = 0, ranked = 0; i < front->rows.n; i++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(front->results, front->rows.model[i], front->rows.ordered_by);
        if (isnan(aggregate->score) || aggregate->rank > TOP_RANKS) return;
        if (ranked == front->rows.n_ranked || ranked >= 2 * TOP_RANKS)
            return; /* what stands below the last shown rank, and very long ties */
        add_row(front, section, front->rows.model[i]);
        ranked += aggregate->rank > 0;
    }
}

static void add_child(struct bb_tpl_dict *part, const struct bb_node *node, bool is_first)
{
    struct bb_tpl_dict *item = bb_tpl_section(part, "PART_CHILD");
    if (!is_first) bb_tpl_show(item, "COMMA");
    bb_tpl_set(item, "NODE_ID", node->id);
    bb_tpl_set(item, "NODE_TITLE", bb_page_node_title(node));
}

/* What the domain compares: a node, how many benchmarks it has, and what stands directly below it. */
static void add_part(const struct front *front, struct bb_tpl_dict *section, size_t index)
{
    const struct bb_tree *tree = &front->results->tree;
    const struct bb_node *node = &tree->node[index];
    size_t shown = 0, more = 0;
    struct bb_tpl_dict *part = bb_tpl_section(section, "PART");
    bb_tpl_set(part, "NODE_ID", node->id);
    bb_tpl_set(part, "NODE_TITLE", bb_page_node_title(node));
    bb_tpl_optional(part, "PART_NOTE", bb_page_node_note(front->page, index));
    for (size_t c = 0; c < node->n_children; c++) {
        size_t child = tree->child[node->first_child + c];
        if (!bb_view_has_leaf(tree, child)) continue;
        if (shown == PART_CHILDREN)
            more++;
        else
            add_child(part, &tree->node[child], shown++ == 0);
    }
    if (more) bb_tpl_optional(part, "PART_MORE", bb_arena_printf(front->page->arena, "%zu", more));
}

static void add_parts(const struct front *front, struct bb_tpl_dict *section, const struct bb_view_nodes *tables)
{
    const struct bb_tree *tree = &front->results->tree;
    const struct bb_node *root = &tree->node[tables->node[0]];
    for (size_t c = 0; c < root->n_children; c++) {
        size_t child = tree->child[root->first_child + c];
        if (bb_view_has_leaf(tree, child) && !tree->node[child].engineering) add_part(front, section, child);
    }
    for (size_t i = 1; i < tables->n; i++) add_part(front, section, tables->node[i]);
}

/* false: there is nothing in the domain's main table. */
static bool add_domain(const struct bb_page *page, const char *domain)
{
    const struct bb_results *results = page->site->results;
    struct bb_view_nodes tables = bb_view_tables(results, domain, page->arena);
    if (!tables.n) return false;
    struct front front = {.page = page, .results = results, .rows = bb_view_rows(results, tables.node[0], page->arena)};
    if (!front.rows.n) return false;
    front.scores = bb_view_column(results, front.rows.ordered_by, &front.rows);
    find_parts(&front, tables.node[0]);
    struct bb_tpl_dict *section = bb_tpl_section(page->content, "FRONT_DOMAIN");
    bb_tpl_set(section, "FRONT_ID", domain);
    bb_tpl_set(section, "FRONT_TITLE", bb_page_title_case(page->arena, domain));
    bb_tpl_set(section, "FRONT_PATH", bb_arena_printf(page->arena, "%s/index.html", domain));
    bb_tpl_set(section, "FRONT_MORE",
               front.rows.n == 1 ? bb_arena_printf(page->arena, "The model and every benchmark of %s", domain)
                                 : bb_arena_printf(page->arena, "All %zu models and every benchmark of %s", front.rows.n, domain));
    bb_tpl_set(section, "SCORE_TITLE", bb_page_node_title(&results->tree.node[front.rows.ordered_by]));
    bb_tpl_set(section, "SCORE_NODE", results->tree.node[front.rows.ordered_by].id);
    for (size_t k = 0; k < front.n_parts; k++) {
        struct bb_tpl_dict *head = bb_tpl_section(section, "FRONT_HEAD");
        bb_tpl_set(head, "NODE_ID", results->tree.node[front.part[k]].id);
        bb_tpl_set(head, "NODE_TITLE", bb_page_node_title(&results->tree.node[front.part[k]]));
    }
    add_rows(&front, section);
    add_parts(&front, section, &tables);
    return true;
}

/* --- what the board is, and how to cite it --------------------------------------------------------------------------- */

const char *bb_board_facts(const struct bb_site *site, struct bb_arena *arena)
{
    const struct bb_board *board = &site->results->board;
    size_t models = count_listed(site->results), benchmarks = count_leaves(site->results);
    return bb_arena_printf(arena, "%s%s%s%s%s%zu model%s · %zu benchmark%s", board->release ? "Release " : "",
                           board->release ? board->release : "", board->release ? " · " : "", board->date ? board->date : "",
                           board->date ? " · " : "", models, models == 1 ? "" : "s", benchmarks, benchmarks == 1 ? "" : "s");
}

static const char *joined(struct bb_arena *arena, const struct bb_texts *texts)
{
    const char *text = NULL;
    for (size_t i = 0; i < texts->n; i++) text = text ? bb_arena_printf(arena, "%s, %s", text, texts->text[i]) : texts->text[i];
    return text;
}

/* "Authors. Title, release 2026.11. 2026-11-23." and the BibTeX that the board states. */
static void add_citation(const struct bb_page *page)
{
    const struct bb_board *board = &page->site->results->board;
    struct bb_arena *arena = page->arena;
    const char *authors = joined(arena, &board->authors), *address = bb_doi_url(arena, board->doi);
    if (!board->citation && !authors && !board->doi) return;
    struct bb_tpl_dict *section = bb_tpl_section(page->content, "CITE");
    bb_tpl_optional(section, "CITE_AUTHORS", authors);
    if (board->authors.n) bb_tpl_show(section, "CITE_FILE"); /* the format requires them */
    bb_tpl_optional(section, "CITE_RELEASE", board->release);
    bb_tpl_optional(section, "CITE_DATE", board->date);
    if (address) {
        struct bb_tpl_dict *link = bb_tpl_section(section, "CITE_DOI");
        bb_tpl_set(link, "CITE_DOI_URL", address);
        bb_tpl_set(link, "CITE_DOI_TEXT", board->doi);
    }
    bb_tpl_optional(section, "CITATION", board->citation);
}

static void add_description(const struct bb_page *page)
{
    struct bb_buf html = BB_BUF_INIT;
    bb_markdown_html(page->site->results->board.description, 2, &html);
    bb_tpl_optional_html(page->content, "DESCRIPTION_HTML", bb_buf_text(&html));
    bb_buf_release(&html);
}

/* The same for programs. */
static void add_dataset(const struct bb_page *page)
{
    struct bb_buf json = BB_BUF_INIT;
    bb_dataset_jsonld(page->site, &json);
    bb_tpl_optional_html(page->content, "DATASET_HTML", bb_buf_text(&json));
    bb_buf_release(&json);
}

static enum bb_code front_page(const struct bb_site *site, struct bb_err *err)
{
    struct bb_page page;
    bool any = false;
    bb_page_begin(&page, site, "index.html", "front.tpl", NULL);
    bb_tpl_set(page.content, "FRONT_FACTS", bb_board_facts(site, page.arena));
    bb_tpl_set(page.content, "FRONT_MISSING", bb_page_missing_line(site->results));
    bb_page_summary(&page, site->results->board.description);
    add_description(&page);
    add_dataset(&page);
    for (size_t i = 0; i < site->domains.n; i++) any |= add_domain(&page, site->domains.name[i]);
    if (!any) bb_tpl_show(page.content, "NO_SCORES");
    if (bb_questions_here(site)) bb_tpl_show(page.content, "QUESTIONS");
    if (bb_insight_here(site)) bb_tpl_show(page.content, "INSIGHT");
    if (bb_together_here(site)) bb_tpl_show(page.content, "TOGETHER");
    if (site->options->units_path) bb_tpl_show(page.content, "FRONT_UNITS");
    if (site->faces) bb_tpl_show(page.content, "FRONT_REPORT");
    add_citation(&page);
    return bb_page_end(&page, err);
}

/* Where nobody said where the site will be, no link and no style sheet can be named that is found from any depth: then it needs none. */
static enum bb_code lost_anywhere(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf html = BB_BUF_INIT;
    struct bb_tpl_dict *dict = bb_tpl_new();
    bb_tpl_set_global(dict, "BOARD_TITLE", site->results->board.title);
    bb_tpl_set_global(dict, "ROOT", "");
    if (site->results->board.simulated) bb_tpl_show(dict, "SIMULATED_BOARD");
    bb_tpl_show(bb_tpl_include(dict, "CONTENT", "lost.tpl"), "LOST_WORDS");
    enum bb_code code = bb_tpl_expand("lost_anywhere.tpl", dict, &html, err);
    if (code == BB_OK) code = bb_staging_add(site->staging, "404.html", bb_buf_text(&html), html.len, err);
    bb_tpl_free(dict);
    bb_buf_release(&html);
    return code;
}

/* A host serves it for an address at any depth. */
static enum bb_code lost_page(const struct bb_site *site, struct bb_err *err)
{
    struct bb_page page;
    if (!site->base) return lost_anywhere(site, err);
    bb_page_begin(&page, site, "404.html", "lost.tpl", "No such page");
    bb_tpl_show(page.content, "LOST_LINK");
    return bb_page_end(&page, err);
}

enum bb_code bb_pages_front(const struct bb_site *site, struct bb_err *err)
{
    enum bb_code code = front_page(site, err);
    if (code == BB_OK && !site->edition) code = lost_page(site, err); /* a host has one */
    return code;
}
