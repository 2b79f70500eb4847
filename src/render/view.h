/*
 * What a table shows: which models in which order, which benchmarks as columns, and the shade of each cell. Pure functions of the results.
 */
#ifndef BB_RENDER_VIEW_H
#define BB_RENDER_VIEW_H

#include "render/palette.h"
#include "score/results.h"

/* Models of one table, best first. The order is that of the rounded scores, ties by name; models without a score stand last. Reference rows
   stand where their score puts them. */
struct bb_view_rows {
    size_t *model;
    size_t *n_with_rank, last_rank; /* per rank: how many rows have it */
    size_t n;
    size_t n_ranked; /* how many of them have a rank */
    size_t
        ordered_by; /* the node that order and ranks come from: the asked one, or where that has no scores, the first below it that has */
};
struct bb_view_rows bb_view_rows(const struct bb_results *results, size_t node, struct bb_arena *arena);

/* true when another row has the rank of this one. */
bool bb_view_is_tied(const struct bb_results *results, const struct bb_view_rows *rows, size_t model);

/* Columns of one table under `node`, whose own column is not among them: its groups down to the second level, and their benchmarks. A group
   of more than BB_VIEW_LEAVES benchmarks is one column; its benchmarks stand on its own page. Nodes without anything to show are left out.
   A table of more than BB_VIEW_CELLS cells would keep a browser busy for seconds: it leaves out first the benchmarks of groups, then all but the
   children of the node, then those too. The pages of what is left out have it, and readers with scripts can open it. */
#define BB_VIEW_LEAVES 8
#define BB_VIEW_CELLS 30000
struct bb_view_column {
    size_t node;
    size_t top;       /* the child of the table's node that it belongs to */
    double low, high; /* range of the shown scores; NaN without any */
    struct bb_palette_range reference; /* what Brain-Score.web's colours go by */
};
struct bb_view_columns {
    struct bb_view_column *column;
    size_t n;
    bool is_cut; /* for BB_VIEW_CELLS */
};
struct bb_view_columns bb_view_columns(const struct bb_results *results, size_t node, const struct bb_view_rows *rows,
                                       struct bb_arena *arena);
/* All that stands below the group has columns: what the button of board.js closes; without, it opens. */
bool bb_view_is_open(const struct bb_results *results, const struct bb_view_columns *columns, size_t group);
/* The node may be a column of a table in which `parent` is one, or of the table of `parent`. */
bool bb_view_is_column(const struct bb_results *results, size_t node, size_t parent);
struct bb_view_column bb_view_column(const struct bb_results *results, size_t node, const struct bb_view_rows *rows);

/* 0 … 9, the best is 9; −1 where there is no score or no range. */
#define BB_VIEW_SHADES 10
int bb_view_shade(const struct bb_results *results, const struct bb_view_column *column, double score);

/* true when some benchmark at or below the node says something of the model: a score, a failure, a reason why not. */
bool bb_view_has_answer(const struct bb_results *results, size_t model, size_t node);

/* Nodes [node, end) are the node and all below it. */
size_t bb_view_end(const struct bb_tree *tree, size_t node);

/* A benchmark, or a group that has one somewhere below it: what has a page and stands in lists. */
bool bb_view_has_leaf(const struct bb_tree *tree, size_t node);

/* Status of a cell; of a group without a score, what its benchmarks say: failed before missing before not applicable. */
enum bb_status bb_view_status(const struct bb_results *results, size_t model, size_t node);

/* Nodes that have a table of their own on the page of a domain: its roots, and engineering nodes that stand apart from an average; roots first. */
struct bb_view_nodes {
    size_t *node;
    size_t n;
};
struct bb_view_nodes bb_view_tables(const struct bb_results *results, const char *domain, struct bb_arena *arena);

/* "vision", "language" … in tree order. */
struct bb_view_domains {
    const char **name;
    size_t n;
};
struct bb_view_domains bb_view_domains(const struct bb_results *results, struct bb_arena *arena);
const char *bb_view_domain(const struct bb_results *results, size_t node);

#endif
