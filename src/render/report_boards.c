/*
 * Of the report: the summary, and the leaderboards.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "render/report_int.h"

/* --- summary -------------------------------------------------------------------------------------------------------- */

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

struct tally {
    size_t ok, failed, missing, of; /* cells of public models, and of how many that can be */
};

static struct tally tally_of(const struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct tally tally = {0};
    for (size_t m = 0; m < results->n_models; m++) {
        if (results->model[m].visibility != BB_PUBLIC) continue;
        for (size_t i = 0; i < results->tree.n; i++) {
            enum bb_status status = bb_results_cell(results, m, i)->status;
            tally.ok += status == BB_CELL_OK;
            tally.failed += status == BB_CELL_FAILED;
            tally.missing += status == BB_CELL_MISSING;
        }
    }
    tally.of = tally.ok + tally.failed + tally.missing;
    return tally;
}

/* "Vision (average of 17 benchmarks): CORnet-S leads with 0.42, followed by …; the median of 33 models is 0.31." */
static void domain_item(struct bb_report *report, const char *domain)
{
    const struct bb_results *results = report->results;
    struct bb_arena *arena = report->arena;
    struct bb_view_nodes tables = bb_view_tables(results, domain, arena);
    if (!tables.n) return;
    struct bb_view_rows rows = bb_view_rows(results, tables.node[0], arena);
    struct bb_standings standings = bb_standings_new(results, arena);
    const struct bb_standing *standing = &standings.node[rows.ordered_by];
    struct bb_buf text = BB_BUF_INIT;
    size_t named = 0;
    for (size_t i = 0; i < rows.n && named < 3; i++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(results, rows.model[i], rows.ordered_by);
        if (!aggregate->rank) continue;
        const char *score = bb_page_score(arena, aggregate->score);
        bb_buf_printf(&text,
                      named == 0   ? "%s leads with %s"
                      : named == 1 ? ", then %s with %s"
                                   : " and %s with %s",
                      results->model[rows.model[i]].name, score);
        named++;
    }
    if (!named)
        bb_buf_puts(&text, "no model has a score");
    else if (standing->n > 3)
        bb_buf_printf(&text, "; the median of %zu ranked models is %s", standing->n, bb_page_score(arena, standing->median));
    bb_buf_puts(&text, ".");
    struct bb_span span[] = {
        bb_report_word(bb_arena_printf(arena, "%s. ", bb_page_title_case(arena, domain)), BB_FACE_BOLD),
        bb_report_word(bb_arena_printf(arena, "Ranked by %s: ", bb_page_node_title(&results->tree.node[rows.ordered_by])),
                       BB_FACE_TEXT),
        bb_report_word(bb_arena_strdup(arena, bb_buf_text(&text)), BB_FACE_TEXT)};
    bb_flow_item(&report->flow, span, 3);
    bb_buf_release(&text);
}

void bb_report_summary(struct bb_report *report)
{
    struct bb_arena *arena = report->arena;
    struct bb_flow *flow = &report->flow;
    struct tally tally = tally_of(report);
    bb_flow_new_page(flow, false);
    bb_flow_heading(flow, 1, "Summary", "summary", 0);
    bb_flow_text(
        flow,
        bb_arena_printf(arena,
                        "This board compares %zu model%s on %zu benchmark%s of %zu domain%s. Of %zu combinations that can be "
                        "scored, %zu have a score, %zu failed and %zu were not run. A score says how closely a model’s answers "
                        "match what was measured, by the rule of its benchmark, which is stated with it. %s",
                        report->n_models, plural(report->n_models), report->n_leaves, plural(report->n_leaves),
                        report->site->domains.n, plural(report->site->domains.n), tally.of, tally.ok, tally.failed, tally.missing,
                        bb_page_missing_line(report->results)));
    for (size_t d = 0; d < report->site->domains.n; d++) domain_item(report, report->site->domains.name[d]);
    bb_flow_skip(flow, 6);
    if (report->n_models > BB_REPORT_TOP)
        bb_flow_text(flow,
                     bb_arena_printf(
                         arena,
                         "The report is made for print: tables of benchmarks name the best %d models of each, and figures draw "
                         "the others without their names. data/scores.csv has all %zu models.",
                         BB_REPORT_TOP, report->n_models));
    bb_flow_text(
        flow,
        "Marks in tables: × failed, – not run, n/a cannot be measured for this model, = a shared rank; the best score of each "
        "column stands in bold. Scores are rounded once, when they are shown.");
}

/* --- leaderboards --------------------------------------------------------------------------------------------------- */

struct board {
    struct bb_report *report;
    size_t node;
    struct bb_view_rows rows;
    struct bb_view_columns columns;
    const char **best; /* per column: the best score as shown; NULL: none */
};

enum { FIXED = 4 }; /* rank, model, score, scored */

static const char *rank_of(const struct board *board, size_t model)
{
    const struct bb_results *results = board->report->results;
    size_t rank = bb_results_aggregate(results, model, board->rows.ordered_by)->rank;
    if (!rank) return NULL;
    return bb_arena_printf(board->report->arena, "%zu%s", rank, bb_view_is_tied(results, &board->rows, model) ? "=" : "");
}

static bool is_withheld(const struct bb_results *results, size_t model, size_t node)
{
    return bb_node_is_leaf(&results->tree.node[node]) && bb_results_cell(results, model, node)->withheld;
}

static struct bb_pdf_cell score_cell(const struct board *board, size_t model, size_t column)
{
    const struct bb_results *results = board->report->results;
    size_t node = board->columns.column[column].node;
    double score = bb_results_aggregate(results, model, node)->score;
    if (is_withheld(results, model, node)) return (struct bb_pdf_cell){.text = "·", .muted = true};
    if (isnan(score))
        return (struct bb_pdf_cell){.text = bb_report_status_mark(bb_view_status(results, model, node)), .muted = true};
    const char *text = bb_page_score(board->report->arena, score);
    bool is_best = bb_streq(text, board->best[column]) && !results->model[model].reference;
    return (struct bb_pdf_cell){.text = text, .face = is_best ? BB_FACE_BOLD : BB_FACE_TEXT};
}

static void find_best(struct board *board)
{
    const struct bb_results *results = board->report->results;
    board->best = BB_NEW_ARRAY(board->report->arena, board->columns.n + 1, const char *);
    for (size_t c = 0; c < board->columns.n; c++) {
        size_t node = board->columns.column[c].node, best = BB_NO_NODE;
        for (size_t i = 0; i < board->rows.n; i++) {
            const struct bb_aggregate *aggregate = bb_results_aggregate(results, board->rows.model[i], node);
            if (aggregate->rank != 1 || isnan(aggregate->score)) continue;
            best = board->rows.model[i];
        }
        if (best != BB_NO_NODE)
            board->best[c] = bb_page_score(board->report->arena, bb_results_aggregate(results, best, node)->score);
    }
}

static void fill_columns(const struct board *board, struct bb_pdf_column *column)
{
    const struct bb_results *results = board->report->results;
    bool turned = board->columns.n > 6;
    column[0] = (struct bb_pdf_column){.title = "", .align = BB_PDF_RIGHT};
    column[1] = (struct bb_pdf_column){.title = "Model", .wraps = true};
    column[2] = (struct bb_pdf_column){
        .title = bb_page_node_title(&results->tree.node[board->rows.ordered_by]), .align = BB_PDF_RIGHT, .turned = turned};
    column[3] = (struct bb_pdf_column){.title = "scored", .align = BB_PDF_RIGHT, .turned = turned};
    for (size_t c = 0; c < board->columns.n; c++) {
        const struct bb_view_column *is = &board->columns.column[c];
        bool has_parts = (c + 1 < board->columns.n && board->columns.column[c + 1].top == is->top) || is->node != is->top;
        const char *title = bb_page_node_title(&results->tree.node[is->node]);
        column[FIXED + c] = (struct bb_pdf_column){.title = has_parts && is->node == is->top ? "average" : title,
                                                   .group = has_parts ? bb_page_node_title(&results->tree.node[is->top]) : NULL,
                                                   .align = BB_PDF_RIGHT,
                                                   .turned = turned};
        if (bb_report_shows(results, is->node)) column[FIXED + c].target = bb_report_node_anchor(board->report, is->node);
    }
}

static void fill_row(const struct board *board, size_t model, struct bb_pdf_cell *cell)
{
    const struct bb_results *results = board->report->results;
    const struct bb_aggregate *own = bb_results_aggregate(results, model, board->rows.ordered_by);
    struct bb_arena *arena = board->report->arena;
    const struct bb_model *is = &results->model[model];
    cell[0] = (struct bb_pdf_cell){.text = rank_of(board, model), .muted = true};
    cell[1] = (struct bb_pdf_cell){.text = is->reference ? bb_arena_printf(arena, "%s (reference)", is->name) : is->name,
                                   .target = bb_report_model_link(board->report, is),
                                   .face = is->reference ? BB_FACE_ITALIC : BB_FACE_TEXT};
    cell[2] = (struct bb_pdf_cell){.text = isnan(own->score) ? "" : bb_page_score(arena, own->score), .face = BB_FACE_BOLD};
    cell[3] = (struct bb_pdf_cell){.text = own->of ? bb_arena_printf(arena, "%zu/%zu", own->scored, own->of) : "", .muted = true};
    for (size_t c = 0; c < board->columns.n; c++) cell[FIXED + c] = score_cell(board, model, c);
}

/* The column of the node itself, where the view has one, stands in the fixed part already. */
static void leave_out_own(struct board *board)
{
    size_t n = 0;
    for (size_t c = 0; c < board->columns.n; c++)
        if (board->columns.column[c].node != board->rows.ordered_by) board->columns.column[n++] = board->columns.column[c];
    board->columns.n = n;
}

/* Headings stand on the page of the table: an upright one would bear nothing else where the table is turned. */
struct headings {
    const char *part, *section;
};

static void add_table(struct bb_report *report, const struct bb_pdf_table *table, struct headings headings)
{
    enum { HEADING = 40 }; /* height of one, with the room above it */
    struct bb_flow *flow = &report->flow;
    bool turns = bb_flow_table_turns(flow, table);
    if (headings.part || (turns && !flow->turned)) bb_flow_new_page(flow, turns);
    flow->hold = turns || (flow->turned && bb_flow_table_fits(flow, table, HEADING)); /* a small one goes on below a turned one */
    if (headings.part) bb_flow_heading(flow, 1, headings.part, "leaderboards", 180);
    bb_flow_heading(flow, 2, headings.section, NULL, flow->hold && !turns ? 60 : 150);
    bb_flow_table(flow, table);
    flow->hold = false;
}

static void leaderboard(struct bb_report *report, size_t node, struct headings headings)
{
    struct bb_arena *arena = report->arena;
    const struct bb_results *results = report->results;
    struct board board = {.report = report, .node = node, .rows = bb_view_rows(results, node, arena)};
    board.columns = bb_view_columns(results, node, &board.rows, arena);
    leave_out_own(&board);
    find_best(&board);
    size_t n_columns = FIXED + board.columns.n;
    struct bb_pdf_column *column = BB_NEW_ARRAY(arena, n_columns, struct bb_pdf_column);
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, n_columns * (board.rows.n + 1), struct bb_pdf_cell);
    fill_columns(&board, column);
    for (size_t i = 0; i < board.rows.n; i++) fill_row(&board, board.rows.model[i], cell + i * n_columns);
    const char *title = bb_page_node_title(&results->tree.node[node]);
    const struct bb_pdf_table table = {
        .caption = bb_arena_printf(arena, "%s: scores of %zu model%s, best first.", title, board.rows.n, plural(board.rows.n)),
        .note = board.columns.is_cut ? "Benchmarks are left out where the table would not end; each has its own section below."
                                     : NULL,
        .column = column,
        .n_columns = n_columns,
        .n_fixed = FIXED,
        .cell = cell,
        .n_rows = board.rows.n,
        .grouped = true,
    };
    add_table(report, &table, headings);
}

/* The first table of each domain, then the second of each: those of one kind are of one width, and share pages. */
void bb_report_boards(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct headings headings = {.part = "Leaderboards"};
    bool any = true;
    for (size_t i = 0; any; i++) {
        any = false;
        for (size_t d = 0; d < report->site->domains.n; d++) {
            struct bb_view_nodes tables = bb_view_tables(results, report->site->domains.name[d], report->arena);
            const char *domain = bb_page_title_case(report->arena, report->site->domains.name[d]);
            if (i >= tables.n) continue;
            any = true;
            const char *title = bb_page_node_title(&results->tree.node[tables.node[i]]);
            headings.section = i ? bb_arena_printf(report->arena, "%s: %s", domain, title) : domain;
            leaderboard(report, tables.node[i], headings);
            headings.part = NULL;
        }
    }
}
