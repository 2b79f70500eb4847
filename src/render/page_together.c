/*
 * Domains side by side: who is measured in all of them, and how they fare in each. Only on boards of several domains.
 */
#include "render/page.h"

#include <stdlib.h>

enum { MOST_DOMAINS = 8 };

struct domain {
    const char *name;
    struct bb_view_rows rows;
    struct bb_view_columns columns; /* the domain's own average, then its parts */
};

struct together {
    struct bb_page page;
    const struct bb_results *results;
    struct domain domain[MOST_DOMAINS];
    size_t n_domains;
};

static void add_column(struct together *it, struct domain *domain, size_t node, size_t top)
{
    struct bb_view_column column = bb_view_column(it->results, node, &domain->rows);
    column.top = top;
    domain->columns.column[domain->columns.n++] = column;
}

/* The domain's first table, and what its average is made of. */
static bool add_domain(struct together *it, const char *name)
{
    struct domain *domain = &it->domain[it->n_domains];
    struct bb_view_nodes tables = bb_view_tables(it->results, name, it->page.arena);
    if (!tables.n) return false;
    size_t top = tables.node[0];
    const struct bb_node *root = &it->results->tree.node[top];
    *domain = (struct domain){.name = name,
                              .rows = bb_view_rows(it->results, top, it->page.arena),
                              .columns = {.column = BB_NEW_ARRAY(it->page.arena, root->n_children + 1, struct bb_view_column)}};
    if (!domain->rows.n) return false;
    add_column(it, domain, top, top);
    for (size_t c = 0; c < root->n_children; c++) {
        size_t child = it->results->tree.child[root->first_child + c];
        if (bb_view_is_column(it->results, child, top) && !it->results->tree.node[child].no_average) add_column(it, domain, child, top);
    }
    it->n_domains++;
    return true;
}

/* --- rows: those of all domains first, then by the first domain that they are in -------------------------------------------- */

struct place {
    size_t model, n_domains, first, position;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->n_domains != y->n_domains) return x->n_domains > y->n_domains ? -1 : 1;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

static struct place *places(const struct together *it, size_t *n)
{
    struct place *of = BB_NEW_ARRAY(it->page.arena, it->results->n_models + 1, struct place),
                 *out = BB_NEW_ARRAY(it->page.arena, it->results->n_models + 1, struct place);
    for (size_t d = 0; d < it->n_domains; d++)
        for (size_t i = 0; i < it->domain[d].rows.n; i++) {
            struct place *place = &of[it->domain[d].rows.model[i]];
            if (!place->n_domains++) *place = (struct place){it->domain[d].rows.model[i], 1, d, i};
        }
    *n = 0;
    for (size_t m = 0; m < it->results->n_models; m++)
        if (of[m].n_domains) out[(*n)++] = of[m];
    qsort(out, *n, sizeof *out, by_place);
    return out;
}

static const char *class_of(const struct together *it, const struct bb_view_column *column)
{
    if (column->node == column->top) return "own";
    return bb_node_is_leaf(&it->results->tree.node[column->node]) ? "leaf" : "group";
}

static void add_rank(const struct together *it, struct bb_tpl_dict *row, const struct domain *domain, size_t model)
{
    struct bb_tpl_dict *cell = bb_tpl_section(row, "CELL");
    size_t rank = bb_results_aggregate(it->results, model, domain->rows.ordered_by)->rank;
    bool is_tied = rank && bb_view_is_tied(it->results, &domain->rows, model);
    bb_tpl_set(cell, "CELL_CLASS", "rank first");
    bb_tpl_set(cell, "CELL_SCORE", rank ? bb_arena_printf(it->page.arena, "%zu%s", rank, is_tied ? "=" : "") : "");
}

static void add_row(const struct together *it, size_t index)
{
    const struct bb_model *model = &it->results->model[index];
    struct bb_tpl_dict *row = bb_tpl_section(it->page.content, "ROW");
    bb_page_model(row, model);
    bb_tpl_optional(row, "BY", model->submitter ? model->submitter : model->family);
    if (model->reference) bb_tpl_show(row, "REFERENCE");
    for (size_t d = 0; d < it->n_domains; d++) {
        const struct domain *domain = &it->domain[d];
        add_rank(it, row, domain, index);
        for (size_t c = 0; c < domain->columns.n; c++)
            bb_page_score_cell(&it->page, row, index, &domain->columns.column[c], class_of(it, &domain->columns.column[c]));
        bb_page_coverage(&it->page, row, index, domain->columns.column[0].node);
    }
}

static void add_head(const struct together *it, const struct domain *domain)
{
    const struct bb_tree *tree = &it->results->tree;
    const struct bb_board_data *data = &it->page.site->board_data[domain->columns.column[0].node];
    struct bb_tpl_dict *head = bb_tpl_section(it->page.content, "TOGETHER_HEAD");
    bb_tpl_set(head, "DOMAIN_TITLE", bb_page_title_case(it->page.arena, domain->name));
    bb_tpl_set(head, "DOMAIN_PATH", bb_arena_printf(it->page.arena, "%s/index.html", domain->name));
    bb_tpl_set_number(head, "DOMAIN_WIDTH", domain->columns.n + 2);
    bb_tpl_set(head, "BOARD_NODE", tree->node[domain->columns.column[0].node].id);
    bb_tpl_set(head, "RANK_NODE", tree->node[domain->rows.ordered_by].id);
    bb_tpl_set(head, "BOARD_OF", tree->node[data->root].id);
    bb_tpl_set(head, "BOARD_DATA", data->path);
    bb_page_opens(head, it->results, &domain->columns, domain->columns.column[0].node);
    struct bb_tpl_dict *sub = bb_tpl_section(it->page.content, "TOGETHER_SUB");
    bb_tpl_set(sub, "RANK_NODE", tree->node[domain->rows.ordered_by].id);
    bb_tpl_set(sub, "BOARD_NODE", tree->node[domain->columns.column[0].node].id);
    for (size_t c = 0; c < domain->columns.n; c++) {
        const struct bb_view_column *is = &domain->columns.column[c];
        struct bb_tpl_dict *column = bb_tpl_section(sub, "TOGETHER_COLUMN");
        bb_tpl_set(column, "NODE_ID", tree->node[is->node].id);
        bb_tpl_set(column, "NODE_TITLE", is->node == is->top ? "Average" : bb_page_node_title(&tree->node[is->node]));
        bb_tpl_set(column, "COLUMN_CLASS", class_of(it, is));
        if (is->node != is->top) bb_page_opens(column, it->results, &domain->columns, is->node);
    }
}

bool bb_together_here(const struct bb_site *site)
{
    return site->domains.n > 1 && site->domains.n <= MOST_DOMAINS;
}

enum bb_code bb_pages_together(const struct bb_site *site, struct bb_err *err)
{
    struct together it = {.results = site->results};
    size_t n, in_all = 0;
    if (!bb_together_here(site)) return BB_OK;
    bb_page_begin(&it.page, site, "side-by-side/index.html", "together.tpl", "Side by side");
    for (size_t i = 0; i < site->domains.n; i++) add_domain(&it, site->domains.name[i]);
    struct place *place = places(&it, &n);
    while (in_all < n && place[in_all].n_domains == it.n_domains) in_all++;
    struct bb_arena *arena = it.page.arena;
    bb_tpl_set(it.page.content, "TOGETHER_FACTS",
               bb_arena_printf(arena, "%zu of %zu model%s %s measured in every domain", in_all, n, n == 1 ? "" : "s", in_all == 1 ? "is" : "are"));
    bb_tpl_set(it.page.content, "CAPTION", bb_arena_printf(arena, "%zu model%s, those in every domain first", n, n == 1 ? "" : "s"));
    bb_tpl_set(it.page.content, "CAPTION_REST", bb_arena_printf(arena, " %s", bb_page_missing_line(it.results)));
    for (size_t d = 0; d < it.n_domains; d++) add_head(&it, &it.domain[d]);
    for (size_t i = 0; i < n; i++) add_row(&it, place[i].model);
    bb_page_legend(&it.page, it.page.content);
    bb_page_board_scripts(&it.page);
    return bb_page_end(&it.page, err);
}
