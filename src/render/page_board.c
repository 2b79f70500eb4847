/*
 * The leaderboard table: models × the columns under a node, with a head of two levels.
 */
#include "render/page.h"

#include <math.h>

#define CUT " Not all parts have a column here, or the table would be too large: each has its own page."

struct board {
    const struct bb_page *page;
    const struct bb_results *results;
    struct bb_tpl_dict *dict;
    size_t node;
    const struct bb_view_rows *rows;
    struct bb_view_column own;
    bool has_own; /* the node has scores of its own, not only below it */
    struct bb_view_columns columns;
};

static const struct bb_node *node_of(const struct board *board, size_t index)
{
    return &board->results->tree.node[index];
}

/* Columns [at, …) that stand under the same top heading. */
static size_t span_at(const struct board *board, size_t at)
{
    size_t end = at;
    while (end < board->columns.n && board->columns.column[end].top == board->columns.column[at].top) end++;
    return end - at;
}

static bool is_single(const struct board *board, size_t at)
{
    return span_at(board, at) == 1 && board->columns.column[at].node == board->columns.column[at].top;
}

/* Where a vertical rule stands: before each group, and before the first of several single columns. */
static bool is_first(const struct board *board, size_t at)
{
    if (at == 0) return true;
    return board->columns.column[at].top != board->columns.column[at - 1].top &&
           !(is_single(board, at) && is_single(board, at - 1));
}

static const char *column_class(const struct board *board, size_t at)
{
    bool is_group = !bb_node_is_leaf(node_of(board, board->columns.column[at].node));
    if (is_first(board, at)) return is_group ? "first group" : "first";
    return is_group ? "group" : "leaf";
}

/* The table stands in the order of this node. */
static void set_sorted(const struct board *board, struct bb_tpl_dict *head, size_t node)
{
    if (node != board->rows->ordered_by) return;
    bb_tpl_set(bb_tpl_section(head, "SORTED"), "DIRECTION", node_of(board, node)->lower_better ? "ascending" : "descending");
}

static void add_sub(const struct board *board, struct bb_tpl_dict *second, size_t at)
{
    const struct bb_view_column *column = &board->columns.column[at];
    const struct bb_node *node = node_of(board, column->node);
    struct bb_tpl_dict *sub = bb_tpl_section(second, "SUB");
    bb_tpl_set(sub, "SUB_ID", node->id);
    bb_tpl_set(sub, "SUB_TITLE", column->node == column->top ? "Average" : bb_page_node_title(node));
    bb_tpl_set(sub, "SUB_CLASS", column_class(board, at));
    if (column->node != column->top) bb_page_opens(sub, board->results, &board->columns, column->node);
    set_sorted(board, sub, column->node);
}

static void add_head(const struct board *board)
{
    struct bb_tpl_dict *second = NULL;
    for (size_t at = 0; at < board->columns.n; at += span_at(board, at)) {
        const struct bb_node *node = node_of(board, board->columns.column[at].top);
        size_t width = span_at(board, at);
        bb_tpl_set_number(bb_tpl_section(board->dict, "SPAN"), "SPAN_WIDTH", width);
        struct bb_tpl_dict *top = bb_tpl_section(board->dict, "TOP");
        bb_tpl_set(top, "TOP_ID", node->id);
        bb_tpl_set(top, "TOP_TITLE", bb_page_node_title(node));
        struct bb_tpl_dict *cell = bb_tpl_section(top, is_single(board, at) ? "TOP_SINGLE" : "TOP_GROUP");
        bb_page_opens(cell, board->results, &board->columns, board->columns.column[at].top);
        if (is_single(board, at)) {
            bb_tpl_set(cell, "TOP_CLASS", bb_arena_printf(board->page->arena, "num %s", column_class(board, at)));
            set_sorted(board, cell, board->columns.column[at].node);
            continue;
        }
        bb_tpl_set_number(cell, "TOP_WIDTH", width);
        if (!second) second = bb_tpl_section(board->dict, "SECOND");
        for (size_t i = at; i < at + width; i++) add_sub(board, second, i);
    }
    bb_tpl_set_number(board->dict, "HEAD_ROWS", second ? 2 : 1);
    bb_tpl_set_number(board->dict, "LEAD_WIDTH", board->has_own ? 4 : 3);
    if (!board->has_own) return;
    struct bb_tpl_dict *own = bb_tpl_section(board->dict, "OWN");
    bb_tpl_set(own, "OWN_ID", node_of(board, board->node)->id);
    bb_tpl_set(own, "OWN_TITLE", bb_page_node_title(node_of(board, board->node)));
    set_sorted(board, own, board->node);
}

static void add_row(const struct board *board, size_t index)
{
    const struct bb_model *model = &board->results->model[index];
    struct bb_tpl_dict *row = bb_tpl_section(board->dict, "ROW");
    bb_page_model(row, model);
    bb_page_rank(row, board->results, board->rows, index);
    bb_tpl_optional(row, "BY", model->submitter ? model->submitter : model->family);
    if (model->reference) bb_tpl_show(row, "REFERENCE");
    if (board->has_own) bb_page_score_cell(board->page, row, index, &board->own, "own");
    bb_page_coverage(board->page, row, index, board->node);
    for (size_t i = 0; i < board->columns.n; i++) bb_page_score_cell(board->page, row, index, &board->columns.column[i], column_class(board, i));
}

void bb_page_board_scripts(struct bb_page *page)
{
    static const char *const script[] = {"numbers.js", "query.js", "board.js"};
    for (size_t i = 0; i < sizeof script / sizeof script[0]; i++) bb_page_script(page, script[i]);
}

void bb_page_board(struct bb_page *page, struct bb_tpl_dict *dict, size_t node, const struct bb_view_rows *rows, const char *table_id,
                   const char *key, const char *caption)
{
    struct board board = {.page = page, .results = page->site->results, .node = node, .rows = rows};
    board.dict = bb_tpl_include(dict, "BOARD", "board.tpl");
    board.own = bb_view_column(board.results, node, rows);
    board.has_own = !isnan(board.own.low);
    board.columns = bb_view_columns(board.results, node, rows, page->arena);
    bb_page_board_scripts(page);
    bb_tpl_set(board.dict, "BOARD_DATA", page->site->board_data[node].path);
    bb_tpl_set(board.dict, "BOARD_OF", node_of(&board, page->site->board_data[node].root)->id);
    bb_tpl_set(board.dict, "BOARD_KEY", key);
    bb_tpl_set(board.dict, "TABLE_ID", table_id);
    bb_tpl_set(board.dict, "BOARD_NODE", node_of(&board, node)->id);
    bb_tpl_set(board.dict, "RANK_NODE", node_of(&board, rows->ordered_by)->id);
    bb_tpl_set(board.dict, "CAPTION", caption);
    bb_tpl_set(board.dict, "CAPTION_REST",
               bb_arena_printf(page->arena, "%s%s%s", board.has_own ? " " : "",
                               board.has_own ? bb_page_missing_line(board.results) : "", board.columns.is_cut ? CUT : ""));
    bb_page_exports_node(page, board.dict, node, rows->n);
    add_head(&board);
    for (size_t i = 0; i < rows->n; i++) add_row(&board, rows->model[i]);
}
