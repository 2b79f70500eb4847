/*
 * Of the report: what each benchmark is, and the scores of the models on it, with errors, intervals and the ceiling.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "render/describe.h"
#include "render/page_chart.h"
#include "render/report_int.h"

#define NAMES  86.0 /* room for the names of facts */
#define BLOCKS 2    /* a row of the table has so many models */

struct section {
    struct bb_report *report;
    size_t index;
    const struct bb_node *node;
    const struct bb_facts *facts;
    struct bb_view_rows rows;
    const char *kind; /* of all errors, or NULL where they differ or there is none */
    bool any_error, any_interval, one_n;
    size_t n; /* items, of all cells when one_n */
};

/* --- what it is ----------------------------------------------------------------------------------------------------- */

static void add(struct bb_buf *text, const char *word)
{
    if (word && *word) bb_buf_printf(text, "%s%s", text->len ? "; " : "", word);
}

static void add_count(struct section *it, struct bb_buf *text, long n, const char *one, const char *many)
{
    if (n > 0) add(text, bb_arena_printf(it->report->arena, "%s %s", bb_describe_count(it->report->arena, n), n == 1 ? one : many));
}

static void fact(struct section *it, const char *name, struct bb_buf *text)
{
    bb_flow_fact(&it->report->flow, name, text->len ? bb_arena_strdup(it->report->arena, text->data) : NULL, NULL, NAMES);
    bb_buf_reset(text);
}

static void measured(struct section *it)
{
    const struct bb_node *node = it->node;
    struct bb_arena *arena = it->report->arena;
    struct bb_buf text = BB_BUF_INIT;
    add(&text, node->region);
    add(&text, node->species);
    add_count(it, &text, node->subjects, "subject", "subjects");
    add_count(it, &text, node->units, "unit", "units");
    add_count(it, &text, node->trials, "trial", "trials");
    if (bb_page_simulated(it->report->results, it->index) && !it->report->results->board.simulated) add(&text, "simulated");
    fact(it, "Measured", &text);
    add(&text, node->stimuli);
    add_count(it, &text, node->n_stimuli, "stimulus", "stimuli");
    if (!isnan(node->visual_degrees))
        add(&text, bb_arena_printf(arena, "%s of the visual field", bb_page_degrees(arena, node->visual_degrees)));
    fact(it, "Stimuli", &text);
    bb_buf_release(&text);
}

static const char *ceiling_text(struct section *it)
{
    struct bb_arena *arena = it->report->arena;
    const char *how = bb_describe_ceiling(it->node, it->facts, arena), *words = bb_page_ceiling(arena, it->node, it->facts);
    return how ? bb_arena_printf(arena, "%s; %s", words, how) : words;
}

static void definition(struct section *it)
{
    struct bb_flow *flow = &it->report->flow;
    struct bb_arena *arena = it->report->arena;
    const struct bb_node *node = it->node;
    measured(it);
    if (node->metric) {
        const char *words = bb_describe_metric(node, it->facts, arena);
        bb_flow_fact(flow, "Metric", words ? bb_arena_printf(arena, "%s: %s", node->metric->title, words) : node->metric->title,
                     NULL, NAMES);
        bb_flow_fact(flow, "Raw value r", bb_describe_raw(node, it->facts, arena), NULL, NAMES);
    } else {
        bb_flow_fact(flow, "Metric", "published scores: the numbers come from lists", NULL, NAMES);
    }
    bb_flow_fact(flow, "Ceiling", ceiling_text(it), NULL, NAMES);
    bb_flow_fact(flow, "Score", bb_describe_rule_words(node, it->facts, arena), NULL, NAMES);
    if (!isnan(it->facts->oracle))
        bb_flow_fact(flow, "Oracle",
                     bb_arena_printf(arena, "%s (raw %s): the recording predicting itself through the same metric",
                                     bb_page_detail(arena, it->facts->oracle), bb_page_detail(arena, it->facts->oracle_raw)),
                     NULL, NAMES);
    bb_flow_fact(flow, "Address", node->url, node->url, NAMES);
    bb_flow_skip(flow, 6);
}

/* --- who has which -------------------------------------------------------------------------------------------------- */

static void look_at_cells(struct section *it)
{
    const struct bb_cell *first = NULL;
    it->one_n = true;
    for (size_t i = 0; i < it->rows.n; i++) {
        const struct bb_cell *cell = bb_results_cell(it->report->results, it->rows.model[i], it->index);
        if (cell->status != BB_CELL_OK) continue;
        if (!first) it->kind = cell->error_kind;
        if (!bb_streq(it->kind, cell->error_kind)) it->kind = NULL;
        if (!first) it->n = cell->n;
        it->one_n = it->one_n && cell->n == it->n;
        it->any_error = it->any_error || (cell->error_kind && !isnan(cell->error));
        it->any_interval = it->any_interval || !isnan(cell->interval[0]);
        first = cell;
    }
}

/* Columns of one model; which of them there are is the same for all. */
enum { RANK, MODEL, SCORE, ERROR, INTERVAL, RAW, N, N_PER_MODEL };

static size_t columns_of(const struct section *it, struct bb_pdf_column *out, unsigned *which)
{
    const struct bb_pdf_column all[N_PER_MODEL] = {[RANK] = {.title = "", .align = BB_PDF_RIGHT},
                                                   [MODEL] = {.title = "Model", .wraps = true},
                                                   [SCORE] = {.title = "Score", .align = BB_PDF_RIGHT, .decimal = true},
                                                   [ERROR] = {.title = "±", .align = BB_PDF_RIGHT, .decimal = true},
                                                   [INTERVAL] = {.title = "95 % interval", .align = BB_PDF_RIGHT},
                                                   [RAW] = {.title = "Raw", .align = BB_PDF_RIGHT, .decimal = true},
                                                   [N] = {.title = "n", .align = BB_PDF_RIGHT}};
    const bool has[N_PER_MODEL] = {
        true, true, true, it->any_error, it->any_interval, it->node->normalise != BB_NORMALISE_NONE, !it->one_n};
    size_t n = 0;
    for (unsigned c = 0; c < N_PER_MODEL; c++) {
        if (!has[c]) continue;
        which[n] = c;
        out[n++] = all[c];
    }
    return n;
}

static struct bb_pdf_cell cell_of(const struct section *it, size_t model, unsigned which)
{
    struct bb_arena *arena = it->report->arena;
    const struct bb_results *results = it->report->results;
    const struct bb_model *is = &results->model[model];
    const struct bb_cell *cell = bb_results_cell(results, model, it->index);
    size_t rank = bb_results_aggregate(results, model, it->index)->rank;
    bool ok = cell->status == BB_CELL_OK;
    switch (which) {
    case RANK:
        return (struct bb_pdf_cell){
            .text = rank ? bb_arena_printf(arena, "%zu%s", rank, bb_view_is_tied(results, &it->rows, model) ? "=" : "") : NULL,
            .muted = true};
    case MODEL:
        return (struct bb_pdf_cell){.text = is->name,
                                    .face = is->reference ? BB_FACE_ITALIC : BB_FACE_TEXT,
                                    .target = bb_report_model_link(it->report, is)};
    case SCORE:
        if (!ok) return (struct bb_pdf_cell){.text = bb_report_status_mark(cell->status), .muted = true};
        return (struct bb_pdf_cell){.text = bb_page_detail(arena, cell->score)};
    case ERROR:
        return (struct bb_pdf_cell){
            .text = ok && cell->error_kind && !isnan(cell->error) ? bb_page_detail(arena, cell->error) : NULL, .muted = true};
    case INTERVAL:
        if (!ok || isnan(cell->interval[0])) return (struct bb_pdf_cell){0};
        return (struct bb_pdf_cell){.text = bb_arena_printf(arena, "%s to %s", bb_page_detail(arena, cell->interval[0]),
                                                            bb_page_detail(arena, cell->interval[1])),
                                    .muted = true};
    case RAW:
        return (struct bb_pdf_cell){.text = ok && !isnan(cell->raw) ? bb_page_detail(arena, cell->raw) : NULL, .muted = true};
    default:
        return (struct bb_pdf_cell){.text = ok && cell->n ? bb_arena_printf(arena, "%zu", cell->n) : NULL, .muted = true};
    }
}

static const char *table_caption(const struct section *it, size_t shown)
{
    struct bb_arena *arena = it->report->arena;
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "%s: ", bb_page_node_title(it->node));
    if (shown < it->rows.n)
        bb_buf_printf(&text, "the best %zu of %zu models", shown, it->rows.n);
    else
        bb_buf_printf(&text, "%zu model%s", it->rows.n, it->rows.n == 1 ? "" : "s");
    if (it->any_error && it->kind)
        bb_buf_printf(&text, "; ± is the %s", bb_page_error_kind(arena, it->kind));
    else if (it->any_error)
        bb_buf_puts(&text, "; what ± is differs between models (data/scores.csv says it)");
    if (it->one_n && it->n) bb_buf_printf(&text, "; n = %zu", it->n);
    bb_buf_puts(&text, ".");
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

static void scores_table(struct section *it)
{
    struct bb_arena *arena = it->report->arena;
    unsigned which[N_PER_MODEL];
    struct bb_pdf_column one[N_PER_MODEL];
    size_t shown = it->rows.n < BB_REPORT_TOP ? it->rows.n : BB_REPORT_TOP, n = columns_of(it, one, which);
    size_t blocks = shown >= 8 && !it->any_interval ? BLOCKS : 1, rows = (shown + blocks - 1) / blocks;
    struct bb_pdf_column *column = BB_NEW_ARRAY(arena, blocks * (n + 1), struct bb_pdf_column);
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, rows * blocks * (n + 1) + 1, struct bb_pdf_cell);
    size_t n_columns = blocks * n + (blocks - 1);
    for (size_t b = 0; b < blocks; b++) {
        for (size_t c = 0; c < n; c++) column[b * (n + 1) + c] = one[c];
        if (b + 1 < blocks) column[b * (n + 1) + n] = (struct bb_pdf_column){.title = "", .room = 10};
    }
    for (size_t i = 0; i < shown; i++) {
        size_t block = i / rows, row = i % rows;
        for (size_t c = 0; c < n; c++) cell[row * n_columns + block * (n + 1) + c] = cell_of(it, it->rows.model[i], which[c]);
    }
    const struct bb_pdf_table table = {.caption = table_caption(it, shown),
                                       .column = column,
                                       .n_columns = n_columns,
                                       .cell = cell,
                                       .n_rows = rows,
                                       .no_turning = true};
    bb_flow_table(&it->report->flow, &table);
}

/* --- the chart ------------------------------------------------------------------------------------------------------ */

static void scores_chart(struct section *it)
{
    struct bb_arena *arena = it->report->arena;
    struct bb_dots dots = bb_chart_ranking(it->report->results, &it->rows, it->index, NULL, arena);
    if (dots.n < BB_CHART_FEW) return;
    dots.rows_most = 1; /* the table has the names */
    dots.width = 640;
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "%s: models by score", bb_page_node_title(it->node));
    if (dots.whisker) bb_buf_printf(&text, "; whiskers: %s", dots.whisker);
    if (!isnan(dots.ceiling.value))
        bb_buf_puts(&text, dots.ceiling.high - dots.ceiling.low > 0 ? "; line and band: the ceiling and its error"
                                                                    : "; line: the ceiling");
    bb_buf_puts(&text, ".");
    bb_report_figure(it->report, bb_dots_scene(&dots, arena), bb_arena_strdup(arena, bb_buf_text(&text)));
    bb_buf_release(&text);
}

/* --- all of them ---------------------------------------------------------------------------------------------------- */

static void benchmark(struct bb_report *report, size_t index)
{
    const struct bb_results *results = report->results;
    struct section it = {.report = report, .index = index, .node = &results->tree.node[index], .facts = &results->facts[index]};
    it.rows = bb_view_rows(results, index, report->arena);
    look_at_cells(&it);
    bb_flow_heading(&report->flow, 2, bb_page_node_title(it.node), bb_report_node_anchor(report, index) + 1, 150);
    const char *description = bb_report_plain(report, it.node->description);
    if (description) bb_flow_text(&report->flow, description);
    definition(&it);
    scores_chart(&it);
    scores_table(&it);
}

void bb_report_benchmarks(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    bb_flow_part(&report->flow, "Benchmarks", "benchmarks");
    for (size_t i = 0; i < results->tree.n; i++)
        if (bb_report_shows(results, i)) benchmark(report, i);
    bb_flow_part(&report->flow, NULL, NULL);
}
