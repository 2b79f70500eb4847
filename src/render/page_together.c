/*
 * Domains side by side: who is measured in all of them, and how they fare in each. Only on boards of several domains.
 */
#include "render/page.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_DOMAINS = 8 };

struct column {
    size_t node;
    struct bb_view_column shade;
};

struct domain {
    const char *name;
    struct bb_view_rows rows;
    struct column *column; /* the domain's own average, then its parts */
    size_t n_columns;
};

struct together {
    struct bb_page page;
    const struct bb_results *results;
    struct domain domain[MOST_DOMAINS];
    size_t n_domains;
};

static void add_column(struct together *it, struct domain *domain, size_t node)
{
    domain->column[domain->n_columns++] = (struct column){node, bb_view_column(it->results, node, &domain->rows)};
}

/* The domain's first table, and what its average is made of. */
static bool add_domain(struct together *it, const char *name)
{
    struct domain *domain = &it->domain[it->n_domains];
    struct bb_view_nodes tables = bb_view_tables(it->results, name, it->page.arena);
    if (!tables.n) return false;
    const struct bb_node *root = &it->results->tree.node[tables.node[0]];
    *domain = (struct domain){.name = name,
                              .rows = bb_view_rows(it->results, tables.node[0], it->page.arena),
                              .column = BB_NEW_ARRAY(it->page.arena, root->n_children + 1, struct column)};
    if (!domain->rows.n) return false;
    add_column(it, domain, tables.node[0]);
    for (size_t c = 0; c < root->n_children; c++) {
        size_t child = it->results->tree.child[root->first_child + c];
        if (bb_view_is_column(it->results, child, tables.node[0]) && !it->results->tree.node[child].no_average)
            add_column(it, domain, child);
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

static void add_row(const struct together *it, struct bb_tpl_dict *table, size_t index)
{
    const struct bb_model *model = &it->results->model[index];
    struct bb_tpl_dict *row = bb_tpl_section(table, "ROW");
    bb_page_model(row, model);
    bb_tpl_optional(row, "BY", model->family ? model->family : model->submitter);
    if (model->reference) bb_tpl_show(row, "REFERENCE");
    for (size_t d = 0; d < it->n_domains; d++) {
        const struct domain *domain = &it->domain[d];
        const struct bb_aggregate *own = bb_results_aggregate(it->results, index, domain->column[0].node);
        struct bb_tpl_dict *rank = bb_tpl_section(row, "CELL");
        size_t place = bb_results_aggregate(it->results, index, domain->rows.ordered_by)->rank;
        bool is_tied = place && bb_view_is_tied(it->results, &domain->rows, index);
        bb_tpl_set(rank, "CELL_CLASS", "rank first");
        bb_tpl_set(rank, "CELL_SCORE", place ? bb_arena_printf(it->page.arena, "%zu%s", place, is_tied ? "=" : "") : "");
        for (size_t c = 0; c < domain->n_columns; c++) {
            bool has_score = !isnan(bb_results_aggregate(it->results, index, domain->column[c].node)->score);
            bb_page_score_cell(&it->page, row, index, &domain->column[c].shade, !has_score ? "" : c == 0 ? "own" : "leaf");
        }
        struct bb_tpl_dict *cover = bb_tpl_section(row, "CELL");
        bb_tpl_set(cover, "CELL_CLASS", "num cover");
        bb_tpl_set(cover, "CELL_SCORE", own->of ? bb_arena_printf(it->page.arena, "%zu of %zu", own->scored, own->of) : "");
    }
}

static void add_table(struct together *it, const char *id, const char *caption, const struct place *place, size_t n)
{
    struct bb_tpl_dict *table = bb_tpl_section(it->page.content, "TOGETHER");
    bb_tpl_set(table, "TABLE_ID", id);
    bb_tpl_set(table, "CAPTION", caption);
    for (size_t d = 0; d < it->n_domains; d++) {
        const struct domain *domain = &it->domain[d];
        struct bb_tpl_dict *head = bb_tpl_section(table, "TOGETHER_HEAD");
        bb_tpl_set(head, "DOMAIN_TITLE", bb_page_title_case(it->page.arena, domain->name));
        bb_tpl_set(head, "DOMAIN_PATH", bb_arena_printf(it->page.arena, "%s/index.html", domain->name));
        bb_tpl_set_number(head, "DOMAIN_WIDTH", domain->n_columns + 2);
        struct bb_tpl_dict *sub = bb_tpl_section(table, "TOGETHER_SUB");
        bb_tpl_set(sub, "RANK_NODE", it->results->tree.node[domain->rows.ordered_by].id);
        bb_tpl_set(sub, "BOARD_NODE", it->results->tree.node[domain->column[0].node].id);
        for (size_t c = 0; c < domain->n_columns; c++) {
            const struct bb_node *node = &it->results->tree.node[domain->column[c].node];
            struct bb_tpl_dict *column = bb_tpl_section(sub, "TOGETHER_COLUMN");
            bb_tpl_set(column, "NODE_ID", node->id);
            bb_tpl_set(column, "NODE_TITLE", bb_page_node_title(node));
        }
    }
    for (size_t i = 0; i < n; i++) add_row(it, table, place[i].model);
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
               bb_arena_printf(arena, "%zu of %zu models are measured in every domain", in_all, n));
    if (in_all) add_table(&it, "in-all", "In every domain", place, in_all);
    if (in_all < n) add_table(&it, "in-some", "In some domains only", place + in_all, n - in_all);
    bb_page_legend(&it.page, it.page.content);
    bb_page_script(&it.page, "query.js");
    bb_page_script(&it.page, "sort.js");
    return bb_page_end(&it.page, err);
}
